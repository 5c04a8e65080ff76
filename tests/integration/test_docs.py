"""The documents tell the truth: they are made from the code, or run against it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench import report
from docs import generate, tour
from service.cli import main
from service.settings import ROOT, Settings


@pytest.mark.parametrize("name", ["settings.md", "openapi.json", "localisation.md"])
def test_what_is_made_from_the_code_is_current(name: str, words: None) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == generate.DOCUMENTS[name](), "make docs"


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


@pytest.mark.parametrize(
    "document", ["README.md", *sorted(str(p.relative_to(ROOT)) for p in (ROOT / "docs").glob("*.md"))]
)
def test_links_between_the_documents_lead_somewhere(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert ((ROOT / document).parent / target).exists(), target


def test_the_readme_names_targets_that_make_has() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert named <= targets


def test_what_the_readme_shows_as_measured_is_what_was_measured() -> None:
    results = (ROOT / "bench" / "RESULTS.md").read_text(encoding="utf-8")
    assert report.summary(results) in (ROOT / "README.md").read_text(encoding="utf-8"), "make bench"


def test_the_tour_answers_as_the_readme_says(service: Callable[..., Any], data: Path) -> None:
    main(["--data", str(data), "demo", str(ROOT / "demo")], standalone_mode=False)
    address = service().url
    steps = list(tour.steps((ROOT / "README.md").read_text(encoding="utf-8")))
    assert len(steps) >= 6
    for step in steps:
        assert shape(tour.run(step, address)) == shape(step.shown), step.command


def shape(answer: str) -> list[str]:
    """An answer's lines with what differs from run to run masked, and what a model wrote: processors round apart."""
    lines = [re.sub(r"\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})?", "TIME", line) for line in answer.splitlines()]
    lines = [re.sub(r"\w+, \d{1,2} \w+ \d{4}, \d{2}\.\d{2} WIB", "TIME", line) for line in lines]
    lines = [re.sub(r"^Content-Length: .*", "Content-Length", line) for line in lines]
    lines = [
        re.sub(r'("(?:title|body|target|value|headline|description)": ?)"(?:[^"\\]|\\.)*"', r"\1WORDS", line)
        for line in lines
    ]
    lines = [re.sub(r"<title>[^<]*", "<title>WORDS", line) for line in lines]
    lines = [re.sub(r'((?:og:title|description)" content=)"[^"]*"', r"\1WORDS", line) for line in lines]
    return [line[:200] if line.endswith("…") else line for line in lines]
