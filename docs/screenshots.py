"""Takes the pictures of the README and of docs/theming.md: the demo, seen by the real Chromium. `make screenshots`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from docs.serving import demo

HERE = Path(__file__).parent
ARTICLE = "/id/articles/port-market"
SHOTS = [("article-id-390.png", 390, ARTICLE), ("article-id-1280.png", 1280, ARTICLE)]
THEMED = [("themed-article.png", 768, ARTICLE)]


def main() -> None:
    """Serve the demo and photograph it, as it is and in the example of a theme."""
    photograph(SHOTS, None)
    photograph(THEMED, HERE / "theme-example.css")


def photograph(shots: list[tuple[str, int, str]], theme: Path | None) -> None:
    """The demo's pages into files of these names, in windows of these widths."""
    with tempfile.TemporaryDirectory() as data, demo(data, theme) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-background-networking"]
        )
        for name, width, path in shots:
            page = browser.new_page(viewport={"width": width, "height": 800})
            page.goto(site + path)
            page.screenshot(path=HERE / name)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
