"""Terms and names over a test set: how many are in the translations, without and with what the product does for them.

    python -m bench.names TEST [LINES]

TEST is a file of `English<TAB>Indonesian` news lines, which is not in the repository; of it the first LINES (600) are
read. A name is a capitalised word inside a sentence that the human translation has too. Run on the bundled models.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from service.article import faithful, glossary, starter
from service.article.alignment import WORD
from service.article.glossary import Glossary
from service.article.inline import to_html
from service.article.plain import plain
from service.article.sentences import Sentence
from service.article.types import Block, Finding, Inline, Segment, Text
from service.engine import installer
from service.engine.pool import Pool
from service.settings import ROOT


def main(test: Path, count: int = 600) -> None:
    """Print a table of terms and one of names, each way."""
    rows = [line.split("\t") for line in test.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        for file in sorted((ROOT / "models").glob("*.argosmodel")):
            installer.install(file, Path(folder))
        pool = Pool(Path(folder), 2)
        print(
            "| way | terms used | there without | there with | lines that lacked one |\n| --- | --- | --- | --- | --- |"
        )
        for languages, pairs in _ways(rows):
            print(_terms(pool, languages, pairs))
        print(
            "\n| way | sentences with names | all there without | all there with | put back | of these right | wrong |"
        )
        print("| --- | --- | --- | --- | --- | --- | --- |")
        for languages, pairs in _ways(rows[:count]):
            print(_names(pool, languages, pairs))


Pairs = list[tuple[str, str]]


def _ways(rows: Sequence[Sequence[str]]) -> list[tuple[tuple[str, str], Pairs]]:
    return [(("en", "id"), [(row[0], row[1]) for row in rows]), (("id", "en"), [(row[1], row[0]) for row in rows])]


def _terms(pool: Pool, languages: tuple[str, str], pairs: Pairs) -> str:
    """The terms of the starter glossary in all lines that use one."""
    house = Glossary(starter.terms(*languages))
    uses = [(source, found) for source, _ in pairs if (found := house.uses(source))]
    sources = [source for source, _ in uses]
    wanted = sum(len(found) for _, found in uses)
    raw = _raw(pool, sources, languages)
    made = [target for target, _ in _made(pool, languages, sources, house)]
    there = [
        wanted - sum(len(glossary.missing(found, text)) for (_, found), text in zip(uses, texts, strict=True))
        for texts in (raw, made)
    ]
    again = sum(bool(glossary.missing(found, text)) for (_, found), text in zip(uses, raw, strict=True))
    shares = " | ".join(f"{one / wanted:.1%}" for one in there)
    return f"| {'-'.join(languages)} | {wanted} in {len(uses)} of {len(pairs)} lines | {shares} | {again} |"


def _names(pool: Pool, languages: tuple[str, str], pairs: Pairs) -> str:
    """Names with and without; a name that is put where the human translation has what stood there is wrong."""
    sources = [source for source, _ in pairs]
    raw = _raw(pool, sources, languages)
    made = _made(pool, languages, sources, Glossary())
    having, before, after, put, right, wrong = 0, 0, 0, 0, 0, 0
    for (source, human), old, (new, findings) in zip(pairs, raw, made, strict=True):
        theirs = _words(human)
        wanted = {word for word in WORD.findall(source)[1:] if word[:1].isupper() and len(word) > 2} & theirs
        having += bool(wanted)
        before += bool(wanted) and wanted <= _words(old)
        after += bool(wanted) and wanted <= _words(new)
        for was, _, name in (one.evidence.partition(" → ") for one in findings if one.code == "name-restored"):
            put += 1
            right += name in theirs
            wrong += name not in theirs and was in theirs
    shares = f"{before / having:.1%} | {after / having:.1%}"
    return f"| {'-'.join(languages)} | {having} of {len(pairs)} | {shares} | {put} | {right} | {wrong} |"


def _made(
    pool: Pool, languages: tuple[str, str], sources: Sequence[str], terms: Glossary
) -> list[tuple[str, tuple[Finding, ...]]]:
    """The translations of the product, as plain text, with their findings."""
    contents = [Inline(source) for source in sources]
    sentences = [
        Sentence(Block(str(n), "paragraph", one), Segment(str(n), 0, len(one.text)), one, to_html(one))
        for n, one in enumerate(contents)
    ]
    made = faithful.translate(sentences, *languages, model=pool.translate, terms=terms)
    return [(plain(Text("html", one.target)), one.findings) for one in made]


def _words(text: str) -> set[str]:
    return {word.removesuffix("'s").removesuffix("’s") for word in WORD.findall(text)}


def _raw(pool: Pool, sources: Sequence[str], languages: tuple[str, str]) -> list[str]:
    """What the model makes of the sentences, in their order."""
    made = dict(pool.translate(sources, *languages))
    return [made[place].text for place in range(len(sources))]


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:3]))
