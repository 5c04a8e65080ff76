"""Takes the README's pictures: the demo, seen by the real Chromium. `make screenshots`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from docs.serving import demo

HERE = Path(__file__).parent
SHOTS = [
    ("article-id-390.png", 390, "/id/articles/port-market"),
    ("article-id-1280.png", 1280, "/id/articles/port-market"),
]


def main() -> None:
    """Serve the demo and photograph it."""
    with tempfile.TemporaryDirectory() as data, demo(data) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        for name, width, path in SHOTS:
            page = browser.new_page(viewport={"width": width, "height": 800})
            page.goto(site + path)
            page.screenshot(path=HERE / name)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
