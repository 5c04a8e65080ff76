"""Figures in translation: `python -m bench.figures` (or `make evaluate-figures`).

Sentence pairs of our own (tests/figures/*.tsv) through the bundled models and everything around them. What a
translation has to write is given with each sentence, by hand, so that the judge here knows nothing of the code that it
judges: a translation is right where all of it is there and no other digit is. The first column is what the models write
by themselves, the last what readers get.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from service.article import faithful, markup, sentences
from service.article.forms import Style
from service.article.inline import escape_text, to_html
from service.article.types import Part, Severity, Translate, Translation
from service.engine import installer
from service.engine.pool import Pool
from service.settings import ROOT

FIXTURES = ROOT / "tests" / "figures"
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with what its translation has to write: of each group of `needed` one."""

    source_locale: str
    target_locale: str
    kind: str
    sentence: str
    needed: tuple[tuple[str, ...], ...]

    @property
    def style(self) -> Style:
        """How the case's figures are read and written."""
        return Style(self.source_locale, self.target_locale)

    def right(self, translation: str) -> bool:
        """Whether all that is needed is there, as whole words and figures, and no figure besides."""
        for group in self.needed:
            found = next(filter(None, (_found(wording, translation) for wording in group)), None)
            if found is None:
                return False
            translation = translation[: found.start()] + " " + translation[found.end() :]
        return not _DIGIT.search(translation)


def cases() -> list[Case]:
    """All cases of the fixture files."""
    lines = [line for file in sorted(FIXTURES.glob("*.tsv")) for line in file.read_text(encoding="utf-8").splitlines()]
    return [_case(*line.split("\t")) for line in lines if not line.startswith("#")]


def _case(source: str, target: str, kind: str, sentence: str, needed: str) -> Case:
    return Case(source, target, kind, sentence, tuple(tuple(group.split("|")) for group in needed.split(";")))


def _found(wording: str, text: str) -> re.Match[str] | None:
    return re.search(rf"(?<![\w$])(?<!\d[.,:/-])(?:{re.escape(wording)})(?!\w|[.,:/-]\d)", text, re.IGNORECASE)


def translated(cases: list[Case], model: Translate) -> list[Translation]:
    """The cases through the whole of `faithful`, each pair of locales at once."""
    made: dict[int, Translation] = {}
    for style in dict.fromkeys(case.style for case in cases):
        indexes = [index for index, case in enumerate(cases) if case.style == style]
        items = [_sentence(cases[index]) for index in indexes]
        answers = faithful.translate(items, *style.languages, model=model, style=style)
        made |= dict(zip(indexes, answers, strict=True))
    return [made[index] for index in range(len(cases))]


def _sentence(case: Case) -> sentences.Sentence:
    (block,) = _part(case).blocks
    (segment,) = block.segments
    return sentences.Sentence(block, segment, block.content, to_html(block.content))


def _part(case: Case) -> Part:
    part = markup.html_part("text", escape_text(case.sentence))
    return sentences.segmented([part], case.style.languages[0])[0]


def verdict(case: Case, made: Translation) -> str:
    """`right`, `repaired` (right, and not as the model wrote it), `flagged`, or `wrong`: the one that must not be."""
    if case.right(unescape(made.target)) and made.origin == "model":
        return "repaired" if any(one.was is not None for one in made.conversions) else "right"
    return "flagged" if any(finding.severity is not Severity.INFO for finding in made.findings) else "wrong"


def main() -> None:
    """Measure and print a Markdown table, and what is not right."""
    with tempfile.TemporaryDirectory() as scratch:
        for file in sorted((ROOT / "models").glob("*.argosmodel")):
            installer.install(file, Path(scratch))
        pool = Pool(Path(scratch), 2)
        every = cases()
        raw = {
            direction: dict(
                pool.translate([case.sentence for case in every if case.style.languages == direction], *direction)
            )
            for direction in dict.fromkeys(case.style.languages for case in every)
        }
        made = translated(every, pool.translate)
    print(
        "\n".join(
            _table(every, made, {key: iter([raw[key][place].text for place in range(len(raw[key]))]) for key in raw})
        )
    )


def _table(every: list[Case], made: list[Translation], raw: dict[tuple[str, str], Iterator[str]]) -> Iterator[str]:
    yield "# Figures\n\nOf the sentences in tests/figures; `make evaluate-figures` writes this file.\n"
    yield "| pair | sentences | right, the model alone | right | of these put right | flagged | wrong, not flagged |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    alone, counts = Counter[tuple[str, str]](), Counter[tuple[tuple[str, str], str]]()
    rest: list[str] = []
    for case, translation in zip(every, made, strict=True):
        key = case.style.languages
        alone[key] += case.right(next(raw[key]))
        found = verdict(case, translation)
        counts[key, found] += 1
        if found in ("flagged", "wrong"):
            codes = ", ".join(finding.code for finding in translation.findings)
            rest.append(f"- {found} ({case.kind}; {codes}): {case.sentence} → {translation.target}")
    for key in raw:
        total = sum(case.style.languages == key for case in every)
        shares = [alone[key], counts[key, "right"] + counts[key, "repaired"], counts[key, "repaired"]]
        shares += [counts[key, "flagged"], counts[key, "wrong"]]
        cells = " | ".join(f"{share} ({share / total:.1%})" for share in shares)
        yield f"| {key[0]}-{key[1]} | {total} | {cells} |"
    yield "\nNot right:\n\n" + "\n".join(rest)


if __name__ == "__main__":
    main()
