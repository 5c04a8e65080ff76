"""What the checks find: in translations by people (false alarms, most of them) and in the bundled models' before and
after the retries. Prints Markdown; `make evaluate-findings` puts it into docs/checks.md.

`python -m bench.findings PAIRS.tsv`, with lines of `english<TAB>indonesian`, translated by people.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.page import put
from service.article import check, faithful, gender, markup, sentences
from service.article.inline import escape_text
from service.article.sentences import Sentence
from service.article.types import Article, Decoding, Detected, Finding, Hypothesis, Translate
from service.engine import installer
from service.engine.pool import Pool
from service.settings import ROOT

SENTENCES = 300
"""How many sentences are translated each way."""

_FIRST = Decoding()


def main(file: Path, page: Path | None = None) -> None:
    """Measure with the pairs of a file; print, and write between the two comments of a page."""
    pairs = [(one[0], one[1]) for line in file.read_text("utf-8").splitlines() if len(one := line.split("\t")) >= 2]
    said = f"{_human(pairs)}\n\n{_machine(pairs[:SENTENCES])}\n"
    print(said)
    if page:
        put(page, said, "evaluate-findings")


class Counted:
    """A model that keeps count of the sentences that it is asked for."""

    def __init__(self, model: Translate) -> None:
        self._model = model
        self.asked: list[int] = []

    def __call__(
        self, sentences: Sequence[str], source: str, target: str, *, decoding: Decoding = _FIRST
    ) -> Iterator[tuple[int, Hypothesis]]:
        self.asked.append(len(sentences))
        return self._model(sentences, source, target, decoding=decoding)


def _human(pairs: Sequence[tuple[str, str]]) -> str:
    """Shares of people's own translations that a check finds fault with: in the corpus some of it is fault indeed."""
    rows: dict[str, dict[str, float]] = {}
    spent = 0.0
    for way in ("en-id", "id-en"):
        found: Counter[str] = Counter()
        for english, indonesian in pairs:
            source, target = (english, indonesian) if way == "en-id" else (indonesian, english)
            begun = time.perf_counter()
            codes = {finding.code for finding in check.check(source, target, *way.split("-"))}
            spent += time.perf_counter() - begun
            found.update(codes)
        for code, count in found.items():
            rows.setdefault(code, {})[way] = count / len(pairs)
    cost = 1e6 * spent / (2 * len(pairs))
    head = f"In {len(pairs):,} sentences translated by people; all checks together took {cost:.0f} µs a sentence:"
    return _table(head, ["en-id", "id-en"], rows)


def _machine(pairs: Sequence[tuple[str, str]]) -> str:
    rows: dict[str, dict[str, float]] = {}
    fixed: list[str] = []
    with TemporaryDirectory() as folder:
        for package in sorted((ROOT / "models").glob("*.argosmodel")):
            installer.install(package, Path(folder))
        pool = Pool(Path(folder), threads=2)
        for way in ("en-id", "id-en"):
            source, target = way.split("-")
            texts = [english if way == "en-id" else indonesian for english, indonesian in pairs]
            items = _sentences(texts, source)
            told = gender.told(" ".join(texts)) if source == "id" else None
            before = faithful.translate(items, source, target, model=pool.translate, genders=told, retry_share=0)
            counted = Counted(pool.translate)
            after = faithful.translate(items, source, target, model=counted, genders=told)
            for column, made in ((f"{way} before", before), (f"{way} after", after)):
                for code, share in _shares([one.findings for one in made]).items():
                    rows.setdefault(code, {})[column] = share
            kept = sum(one.origin == "source" for one in after)
            tries = ", then ".join(str(asked) for asked in counted.asked)
            fixed.append(f"{way}: {tries} sentences were decoded; {kept} keep their source in the end.")
    head = f"In {len(pairs)} sentences each way by the bundled models, before and after the retries:"
    columns = ["en-id before", "en-id after", "id-en before", "id-en after"]
    return "\n".join([_table(head, columns, rows), "", *fixed])


def _sentences(texts: Sequence[str], language: str) -> list[Sentence]:
    """Each text as one sentence of one article."""
    part = markup.html_part("text", "".join(f"<p>{escape_text(text)}</p>" for text in texts))
    article = Article("", "", language, Detected(language, 1.0, ()), language, sentences.segmented([part], language))
    return list(sentences.of(article))


def _shares(findings: Sequence[Sequence[Finding]]) -> dict[str, float]:
    found = Counter(code for each in findings for code in {finding.code for finding in each})
    return {code: count / len(findings) for code, count in found.items()}


def _table(head: str, columns: Sequence[str], rows: dict[str, dict[str, float]]) -> str:
    lines = [head, "", f"| finding | {' | '.join(columns)} |", "| --- |" + " --- |" * len(columns)]
    order = sorted(rows, key=lambda code: -max(rows[code].values()))
    lines += [f"| {code} | {' | '.join(f'{100 * rows[code].get(c, 0):.1f} %' for c in columns)} |" for code in order]
    return "\n".join(lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
