"""The demo articles by another version of the models and by the bundled ones, sentence beside sentence.

`python -m bench.beside PACKAGE… > docs/models.md`, with the other version's Argos packages, both directions.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from service import commands
from service.article.plain import plain
from service.article.types import Submission, Text, Variant
from service.engine import installer
from service.engine.pool import Pool
from service.settings import ROOT

_HEAD = """# The bundled models on the demo articles

The whole service's output: spun English repaired, checks and retries included. A sentence that stays in its own
language was hopeless, and is flagged. `python -m bench.beside` writes this page."""


def main(others: Sequence[Path]) -> None:
    """Print Markdown: a table for each article, a row for each sentence."""
    bundled = sorted((ROOT / "models").glob("*.argosmodel"))
    print(_HEAD)
    for submission in articles():
        (before, name), (after, new) = _by(others, submission), _by(bundled, submission)
        print(f"\n## {submission.title or submission.id}\n\n| source | {name} | {new} |\n| --- | --- | --- |")
        for row in _rows(before, after):
            print(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |")


def articles() -> Iterator[Submission]:
    """The demo's articles, as they are posted."""
    for file in sorted((ROOT / "demo" / "articles").iterdir()):
        if file.suffix == ".txt":
            yield commands.read(file)
        else:
            said = json.loads(file.read_text("utf-8"))
            yield Submission(file.stem, said["title"], said["body"], said["format"], language=said.get("language"))


def _by(packages: Sequence[Path], submission: Submission) -> tuple[Variant, str]:
    """The variant that a service with these packages makes, and the versions that made it."""
    with tempfile.TemporaryDirectory() as folder:
        versions = {installer.install(package, Path(folder)).version for package in packages}
        _, (variant,) = commands.translate(submission, Pool(Path(folder), 2))
    return variant, f"{' and '.join(sorted(versions))} ({variant.locale})"


def _rows(before: Variant, after: Variant) -> Iterator[tuple[str, str, str]]:
    for ours, theirs in zip(after.segments, before.segments, strict=True):
        yield _words(ours.source), _words(theirs.target), _words(ours.target)


def _words(html: str) -> str:
    return plain(Text("html", html)).strip()


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
