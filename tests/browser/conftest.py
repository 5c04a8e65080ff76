"""A real Chromium, and the demo served by a real process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from service.cli import main
from service.settings import ROOT
from tests.conftest import serve

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

REMEDY = "needs Chromium: apt-get install chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, and say how to get what it needs."""
    missing = shutil.which("chromium") is None
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if missing:
                item.add_marker(pytest.mark.skip(reason=REMEDY))


@pytest.fixture(scope="module")
def site(models: Path, words: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of the demo, served by a process of its own."""
    data = tmp_path_factory.mktemp("demo")
    (data / "models").symlink_to(models)
    main(["--data", str(data), "demo", str(ROOT / "demo")], standalone_mode=False)
    service = serve(data, data / "service.log")
    yield service.wait().url
    service.kill()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh reader, who prefers English, on a phone."""
    context = chromium.new_context(locale="en-US", viewport={"width": 390, "height": 844})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test for any request to another origin, any error and any refusal by the CSP."""
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: None if "127.0.0.1" in request.url else faults.append(request.url))
    yield page
    assert faults == []
