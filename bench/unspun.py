"""How well spun English is repaired. Prints Markdown; `make evaluate-spun` puts it into docs/spun.md.

`python -m bench.unspun PAGE TEST.tsv ...`, with lines of `english<TAB>indonesian`: news that nothing was trained on.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import page as pages
from bench.spinning import Put, Spinner
from service.article import faithful, markup, ngrams, sentences, substitutions
from service.article.plain import plain
from service.article.spun import TELLS, spun
from service.article.substitutions import Substitutions
from service.article.types import Article, Detected, Text
from service.article.unspin import Change, Mark, Repair, repaired
from service.engine import installer
from service.engine.pool import Pool
from service.settings import ROOT

SAMPLES = ROOT / "tests" / "samples"

ARTICLES = 20
SENTENCES = 25
"""How many articles are spun, of how many sentences: 550 words, as the sample has."""

CLEAN = 2_000
GROUP = 20
"""Clean sentences, and how many make an article that must not be judged spun."""


def main(page: Path, files: Sequence[Path]) -> None:
    """Measure with the sentences of the files; print, and write between the two comments of the page."""
    lines = [line.split("\t")[0] for file in files for line in file.read_text("utf-8").splitlines()]
    said = "\n\n".join((_measured(lines), _shown()))
    print(said)
    pages.put(page, f"{said}\n", "evaluate-spun")


# --- what comes back ---------------------------------------------------------------------------------------------


@dataclass
class Score:
    """Of the words that were put for others, how many came back, and how many words else were changed."""

    function: int = 0
    function_right: int = 0
    other: int = 0
    other_right: int = 0
    changed: int = 0
    """Put for another, and changed into a third."""
    wrong: int = 0
    """Correct, and changed."""
    marked: int = 0
    marked_spun: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def score(texts: Sequence[str], puts: Sequence[Sequence[Put]], repairs: Sequence[Repair]) -> Score:
    """Judge the repairs of an article's texts, of which `puts` tell what was put where in them."""
    total = Score()
    for text, own, repair in zip(texts, puts, repairs, strict=True):
        for put in own:
            inside = [one for one in repair.changes if put.start <= one.start and one.end <= put.end]
            right = _with(text[put.start : put.end], put.start, inside).casefold() == put.original.casefold()
            total.function += put.function
            total.function_right += put.function and right
            total.other += not put.function
            total.other_right += not put.function and right
            total.changed += bool(inside) and not right
        total.wrong += sum(not _among(one, own) for one in repair.changes)
        total.marked += len(repair.marks)
        total.marked_spun += sum(_among(one, own) for one in repair.marks)
    return total


def _among(one: Change | Mark, puts: Sequence[Put]) -> bool:
    """Whether it is at a word that was put for another."""
    return any(put.start < one.end and one.start < put.end for put in puts)


def _with(text: str, start: int, changes: Sequence[Change]) -> str:
    """A piece of the posted text, which begins at `start` of it, with its changes."""
    for one in reversed(changes):
        text = text[: one.start - start] + one.after + text[one.end - start :]
    return text


def puts_between(posted: str, original: str) -> list[Put]:
    """What was put for what, where only the original is known: word by word where as many stand for as many."""
    table = substitutions.table()
    here, there = [*ngrams.read(posted)], [*ngrams.read(original)]
    matcher = SequenceMatcher(None, [one.word for one in here], [one.word for one in there], autojunk=False)
    found = []
    for kind, begin, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            continue
        groups = [(at, at + 1, at - begin + first, at - begin + first + 1) for at in range(begin, end)]
        for one, two, three, four in groups if end - begin == last - first else [(begin, end, first, last)]:
            start, stop = here[one].start, here[two - 1].end
            word = original[there[three].start : there[four - 1].end]
            found.append(Put(start, stop, word, posted[start:stop], table.always(word.lower())))
    return found


# --- the table ---------------------------------------------------------------------------------------------------

_HEAD = """\
| article | judged spun | function words repaired | others repaired | all repaired | spun words made other wrong \
ones | correct words made wrong, an article | at most | marked, of these spun |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |"""


def _measured(lines: Sequence[str]) -> str:
    whole = [line for line in lines if len(line.split()) >= 6]
    groups = [whole[at : at + SENTENCES] for at in range(0, min(len(whole), ARTICLES * SENTENCES), SENTENCES)]
    blind = substitutions.table().blinded()
    posted, original = sample()
    puts = [puts_between(*pair) for pair in zip(posted, original, strict=True)]
    rows = [
        _row("the sample, as shipped", [(posted, puts)], None),
        _row("the sample, with nothing but function words seen before", [(posted, puts)], blind),
        _row(f"{len(groups)} spun articles, held out", _spun(groups, Spinner()), blind),
        _row(f"{len(groups)} spun articles, as shipped", _spun(groups, Spinner(seen=True)), None),
    ]
    return "\n\n".join(("\n".join([_HEAD, *rows]), _judged(groups), _clean(lines[:CLEAN]), _speed(posted)))


def sample() -> tuple[list[str], list[str]]:
    """The paragraphs of the sample as posted, but for its one broken apostrophe, and corrected by hand."""
    posted = (SAMPLES / "madrid-summit.txt").read_text("utf-8").replace("¡", "’").splitlines()
    return posted, (SAMPLES / "madrid-summit.corrected.txt").read_text("utf-8").splitlines()


Spun = tuple[list[str], list[list[Put]]]


def _spun(groups: Sequence[Sequence[str]], spinner: Spinner) -> list[Spun]:
    made = [spinner.spin(group, seed) for seed, group in enumerate(groups)]
    return [([text for text, _ in one], [puts for _, puts in one]) for one in made]


def _row(name: str, articles: Sequence[Spun], table: Substitutions | None) -> str:
    scores = [score(texts, puts, repaired(texts, table)) for texts, puts in articles]
    judged = sum(spun(texts) is not None for texts, _ in articles)
    total = sum(scores, Score())
    right, words = total.function_right + total.other_right, total.function + total.other
    cells = (
        f"{judged} of {len(articles)}",
        _share(total.function_right, total.function),
        _share(total.other_right, total.other),
        _share(right, words),
        str(total.changed),
        f"{total.wrong / len(articles):.1f}",
        str(max(one.wrong for one in scores)),
        f"{total.marked}, {total.marked_spun}",
    )
    return f"| {name} | {' | '.join(cells)} |"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} % of {whole:,}"


def _judged(groups: Sequence[Sequence[str]]) -> str:
    """How many are judged spun by one half of the tells: the spinner's words that the judge has not seen."""
    made = _spun(groups, Spinner())
    halves = [sum(spun(texts, TELLS[half::2]) is not None for texts, _ in made) for half in (0, 1)]
    return f"By one half of its tells alone the judge finds {halves[0]} of the {len(made)}, by the other {halves[1]}."


def _clean(lines: Sequence[str]) -> str:
    groups = [lines[at : at + GROUP] for at in range(0, len(lines), GROUP)]
    judged = sum(spun(group) is not None for group in groups)
    together = sum(bool(one.changes) for group in groups for one in repaired(group))
    alone = sum(bool(repaired([line])[0].changes) for line in lines)
    return (
        f"Of {len(lines):,} clean sentences in groups of {GROUP}, {judged} groups were judged spun. Repaired all the "
        f"same, {together} sentences were touched ({100 * together / len(lines):.2f} %); each as an article of its "
        f"own, {alone} ({100 * alone / len(lines):.2f} %)."
    )


def _speed(texts: Sequence[str]) -> str:
    for cached in (ngrams.english, substitutions.table):
        cached.cache_clear()
    begun = time.process_time()
    repaired(texts)
    first = time.process_time() - begun
    begun = time.process_time()
    repaired(texts)
    again = time.process_time() - begun
    return f"The sample took {first:.2f} s of one core with its data read for the first time, then {again:.2f} s."


# --- side by side ------------------------------------------------------------------------------------------------


def _shown() -> str:
    """The sample as it was posted and repaired, and what the bundled model makes of either."""
    posted, _ = sample()
    repairs = repaired(posted)
    english = [
        f"| {text} | {_with(text, 0, [_bold(one) for one in repair.changes])} |"
        for text, repair in zip(posted, repairs, strict=True)
    ]
    with TemporaryDirectory() as folder:
        for package in sorted((ROOT / "models").glob("*.argosmodel")):
            installer.install(package, Path(folder))
        pool = Pool(Path(folder), threads=2)
        before, after = (_translated(pool, texts) for texts in (posted, [one.text for one in repairs]))
    indonesian = [f"| {one} | {two} |" for one, two in zip(before, after, strict=True)]
    left = ", ".join(f"*{one.word}* ({one.guess}?)" for repair in repairs for one in repair.marks)
    return "\n".join([
        "The sample as it was posted, and repaired, what was changed in bold:", "",
        "| posted | repaired |", "| --- | --- |", *english, "", f"Surely spun, and left: {left}.", "",
        "What the bundled model makes of either:", "",
        "| of what was posted | of what was repaired |", "| --- | --- |", *indonesian,
    ])  # fmt: skip


def _bold(change: Change) -> Change:
    return Change(change.start, change.end, change.before, f"**{change.after}**", change.confidence)


def _translated(pool: Pool, texts: Sequence[str]) -> list[str]:
    """The texts in Indonesian, one by one."""
    part = markup.lines_part("text", "\n".join(texts))
    article = Article("", "", "en", Detected("en", 1.0, ()), "en", sentences.segmented([part], "en"))
    items = [*sentences.of(article)]
    made = faithful.translate(items, "en", "id", model=pool.translate)
    said: dict[str, list[str]] = {}
    for item, one in zip(items, made, strict=True):
        said.setdefault(item.block.id, []).append(plain(Text("html", one.target)))
    return [" ".join(one) for one in said.values()]


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
