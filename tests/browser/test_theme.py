"""The example of docs/theming.md does what that says, in real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from service.cli import main
from service.settings import ROOT
from tests.browser.axe import violations
from tests.browser.test_reading import settled
from tests.conftest import serve

EXAMPLE = ROOT / "docs" / "theme-example.css"
COLOURS = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
WHITE_PAPER = ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


@pytest.fixture(scope="module")
def themed(models: Path, words: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo in that theme."""
    data = tmp_path_factory.mktemp("themed")
    (data / "models").symlink_to(models)
    main(["--data", str(data), "demo", str(ROOT / "demo")], standalone_mode=False)
    service = serve(data, data / "service.log", theme=EXAMPLE)
    yield service.wait().url
    service.kill()


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(14, 22, 32)")])
@pytest.mark.parametrize("path", ["/id/articles/port-market", "/id/articles/port-market/compare", "/id/"])
def test_the_example_colours_every_page_and_axe_finds_nothing(
    chromium: Browser, themed: str, path: str, scheme: str, paper: str
) -> None:
    settled(themed, "port-market")
    context = chromium.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.goto(themed + path)
    assert page.evaluate(COLOURS)[0] == paper
    assert violations(page) == []
    assert faults == []
    page.emulate_media(media="print")
    assert page.evaluate(COLOURS) == WHITE_PAPER
    context.close()


def test_the_document_shows_all_of_the_example_and_names_every_property() -> None:
    document = (ROOT / "docs" / "theming.md").read_text()
    assert f"```css\n{EXAMPLE.read_text()}```" in document
    ours = (ROOT / "service" / "web" / "static" / "reader.css").read_text()
    declared = {line.split(":")[0].strip() for line in ours.splitlines() if line.strip().startswith("--")}
    assert all(f"| `{name}` |" in document for name in {*declared, "--headline"})
