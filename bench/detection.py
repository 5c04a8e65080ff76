"""How often the language is told, of texts that nothing was trained on: beside langdetect alone, our classifier alone
and lingua. Prints Markdown; `make evaluate-detection` puts it into docs/detection.md.

    python -m bench.detection CORPUS NTREX [docs/detection.md]

CORPUS and NTREX are the folders that the classifier learns from (`training/texts.py`); asked is what it holds out, and
CORPUS/test/*.tsv. lingua has an environment of its own, `.venv-lingua`, made from `bench/lingua.lock`.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeVar

from bench.page import put
from service.article import detect, markup, sentences
from service.article.types import Detected
from training.texts import Text, neighbours, ntrex, words_of

ROOT: Final = Path(__file__).parent.parent
_OTHERS: Final = tuple("jv su min ace ban bjn bug mad nij bbc fil nl de fr es".split())
_SURE: Final = 0.9
_SENTENCES, _OF_OTHERS = 1_000, 100
"""Sentences of English and of Indonesian, and of each other language but Malay."""

_BINS: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)


@dataclass(frozen=True, slots=True)
class Asked:
    """A text, the language that it is in, and the set that it is counted in."""

    kind: str
    language: str
    text: str


T = TypeVar("T")
Answer = tuple[str, float]
"""The language that was found, empty where none was, and how sure."""


def asked(corpus: Path, news: Path) -> list[Asked]:
    """The held-out texts, and the forms that headlines and captions have."""
    chance = random.Random(1)
    lines: list[Asked] = []
    for name in ("bbc", "gunnxx-news-test"):
        for line in (corpus / "test" / f"{name}.tsv").read_text("utf-8").splitlines():
            for language, text in zip(("en", "id"), line.split("\t"), strict=False):
                title = text[-1:].isalnum() and 3 <= len(text.split()) <= 8
                if title or len(words_of(text)) >= 5:
                    lines.append(Asked("headlines" if title else "sentences", language, text))
    found = [one for one in lines if one.kind == "headlines"]
    for language in ("en", "id"):
        own = [one for one in lines if one.kind == "sentences" and one.language == language]
        found += chance.sample(own, min(_SENTENCES, len(own)))
    found += [Asked("cuts", one.language, text) for one in found for text in _cuts(one, chance)]
    held_out = [text for text in (*ntrex(news), *neighbours(corpus)) if text.side == "test"]
    for text in held_out:
        if text.title and text.language in ("en", "id") and len(words_of(text.text)) >= 3:
            found.append(Asked("headlines", text.language, text.text))
        if text.language in ("id", "ms") and text.source in ("ntrex", "tico19") and len(words_of(text.text)) >= 3:
            found.append(Asked({"ntrex": "news", "tico19": "health"}[text.source], text.language, text.text))
    malay = [text.text for text in held_out if text.language == "ms" and text.source in ("ntrex", "tico19")]
    found += [Asked("cuts", "ms", cut) for text in malay for cut in _cuts(Asked("sentences", "ms", text), chance)]
    for language in _OTHERS:
        said = [text.text for text in held_out if text.language == language and len(words_of(text.text)) >= 3]
        found += [Asked("others", language, text) for text in chance.sample(said, min(_OF_OTHERS, len(said)))]
    return list(dict.fromkeys([*_articles(held_out), *found]))


def _articles(texts: Sequence[Text]) -> Iterator[Asked]:
    """The documents of NTREX, whole."""
    for language in ("en", "id", "ms"):
        lines: list[str] = []
        for text in [*(one for one in texts if one.source == "ntrex" and one.language == language), None]:
            if lines and (text is None or text.title):
                yield Asked("articles", language, "\n".join(lines))
                lines = []
            lines += [text.text] if text else []


def _cuts(one: Asked, chance: random.Random) -> Iterator[str]:
    """Three to eight words out of a sentence of nine or more: as they stand, in Title Case or in CAPITALS."""
    words = one.text.split()
    length = chance.randint(3, 8)
    if one.kind == "sentences" and len(words) >= 9:
        start = chance.randint(0, len(words) - length)
        said = " ".join(words[start : start + length]).strip(",.;:!?\"'“”‘’()–— ")
        form = chance.choice((str, str.title, str.upper))
        if len(words_of(said)) >= 3:
            yield form(said)


def _best(told: Mapping[str, float]) -> Answer:
    return max(((language, chance) for language, chance in told.items()), key=lambda one: one[1], default=("", 0.0))


def _langdetect(text: str) -> Answer:
    return _best(detect.profiled(detect.prose(text)))


def _classifier(text: str) -> Answer:
    return _best(detect.classified(detect.prose(text)))


def _lingua(texts: Sequence[str]) -> tuple[list[Answer], float]:
    """Its answers, and microseconds a text."""
    command = [ROOT / ".venv-lingua/bin/python", ROOT / "bench" / "lingua_peer.py"]
    made = subprocess.run(command, input=json.dumps(list(texts)), capture_output=True, text=True, check=True)
    answer = json.loads(made.stdout)
    return [(detect.normalise(language), sure) for language, sure in answer["answers"]], answer["microseconds"]


def main(corpus: Path, news: Path, page: Path | None = None) -> None:
    """Measure; print, and write between the two comments of a page."""
    detect.warm()
    texts = asked(corpus, news)
    answers: dict[str, list[Answer]] = {}
    spent: dict[str, float] = {}
    for name, ask in (("langdetect", _langdetect), ("classifier", _classifier)):
        answers[name], spent[name] = _timed(ask, texts)
    told, spent["both"] = _timed(detect.detect, texts)
    answers["both"] = [(one.candidates[0].language, one.candidates[0].confidence) if one.candidates else ("", 0.0)
                       for one in told]  # fmt: skip
    answers["lingua"], spent["lingua"] = _lingua([one.text for one in texts])
    sure = [isinstance(one, Detected) for one in told]
    said = "\n\n".join((
        _right(texts, answers), _answered(texts, answers["both"], sure), _reliability(texts, answers["both"]),
        _confusion(texts, answers["both"], sure), _foreign(texts), _speed(texts, spent),
    ))  # fmt: skip
    print(said)
    if page:
        put(page, f"{said}\n", "evaluate-detection")


def _timed(ask: Callable[[str], T], texts: Sequence[Asked]) -> tuple[list[T], float]:
    """Answers, and microseconds of one core a text."""
    begun = time.process_time()
    answers = [ask(one.text) for one in texts]
    return answers, 1e6 * (time.process_time() - begun) / len(texts)


def _groups(texts: Sequence[Asked]) -> dict[tuple[str, str], list[int]]:
    """The places of the texts of each set and language, and of both of a pair together."""
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(texts):
        found[one.kind, one.language].append(place)
        if one.kind != "others":
            found[one.kind, "together"].append(place)
    kinds = list(dict.fromkeys(one.kind for one in texts))
    return dict(sorted(found.items(), key=lambda one: (kinds.index(one[0][0]), one[0][1] == "together")))


def _right(texts: Sequence[Asked], answers: Mapping[str, Sequence[Answer]]) -> str:
    rows = []
    for (kind, language), places in _groups(texts).items():
        shares = [sum(each[place][0] == texts[place].language for place in places) for each in answers.values()]
        rows.append([kind, language, f"{len(places):,}", *(f"{100 * share / len(places):.1f} %" for share in shares)])
    head = "How often the first answer is right, however unsure:"
    names = {"both": "both, as we answer"}
    return _table(head, ["texts", "language", "count", *(names.get(name, name) for name in answers)], rows)


def _answered(texts: Sequence[Asked], answers: Sequence[Answer], sure: Sequence[bool]) -> str:
    rows = []
    for (kind, language), places in _groups(texts).items():
        right = sum(sure[place] and answers[place][0] == texts[place].language for place in places)
        wrong = sum(sure[place] and answers[place][0] != texts[place].language for place in places)
        worst = sum(answers[p][1] > _SURE and sure[p] and answers[p][0] != texts[p].language for p in places)
        cells = (right, len(places) - right - wrong, wrong, worst)
        rows.append([kind, language, *(f"{100 * cell / len(places):.2f} %" for cell in cells)])
    head = "What we answer: a language or `unsure`. The last column is what must not happen."
    return _table(head, ["texts", "language", "right", "unsure", "wrong", f"wrong with more than {_SURE}"], rows)


def _reliability(texts: Sequence[Asked], answers: Sequence[Answer]) -> str:
    rows = []
    for low, high in pairwise(_BINS):
        inside = [(one, answer) for one, answer in zip(texts, answers, strict=True) if low <= answer[1] < high]
        if inside:
            mean = sum(answer[1] for _, answer in inside) / len(inside)
            right = sum(one.language == answer[0] for one, answer in inside) / len(inside)
            rows.append([f"{low:.2f} to {min(high, 1):.2f}", f"{len(inside):,}", f"{mean:.3f}", f"{right:.3f}"])
    head = "Whether the confidence is worth its name: of the answers in each row, so many are right."
    return _table(head, ["confidence", "answers", "mean", "right"], rows)


def _confusion(texts: Sequence[Asked], answers: Sequence[Answer], sure: Sequence[bool]) -> str:
    taken: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one, answer, is_sure in zip(texts, answers, sure, strict=True):
        taken[one.language][answer[0] if is_sure else "unsure"] += 1
    rows = []
    for language, counts in taken.items():
        wrong = [f"{other} {count}" for other, count in counts.most_common() if other not in (language, "unsure")]
        rows.append([language, str(counts[language]), str(counts["unsure"]), ", ".join(wrong[:6]) or "none"])
    head = "What each language is taken for:"
    return _table(head, ["language", "right", "unsure", "taken for"], rows)


def _foreign(texts: Sequence[Asked]) -> str:
    """Sentences of an article in their own language that would be left untranslated, and in the other that would be."""
    lines = []
    for own, other in (("en", "id"), ("id", "en")):
        said = [one.text for one in texts if one.language == own and one.kind == "sentences"]
        lost = sum(detect.block_language(text, own) is not None for text in said)
        kept = sum(detect.block_language(text, other) == own for text in said)
        lines.append(
            f"- {own}: {lost} of {len(said):,} sentences are taken for another language in an article in {own}; "
            f"{100 * kept / len(said):.1f} % are recognised as {own} in an article in {other}."
        )
    return "Sentences within articles:\n\n" + "\n".join(lines)


def _speed(texts: Sequence[Asked], spent: Mapping[str, float]) -> str:
    cleaned = [replace(one, text=detect.prose(one.text)) for one in texts if one.kind == "sentences"]
    _, sentence = _timed(detect.classified, cleaned)
    sample = (ROOT / "tests/samples/madrid-summit.txt").read_text("utf-8")
    part = markup.lines_part("text", sample)
    begun = time.process_time()
    for _ in range(20):
        detect.detect(sample)
    article = 1e3 * (time.process_time() - begun) / 20
    with_languages = min(_segmenting(part) for _ in range(5))
    each = ", ".join(f"{name} {micros / 1000:.2f} ms" for name, micros in spent.items())
    return (
        f"Time of one core a text, articles among them: {each}; a sentence, the classifier itself "
        f"{sentence / 1000:.2f} ms. An article of {len(sample.split())} words (the sample): "
        f"{article:.1f} ms for its language, {with_languages:.1f} ms to cut it into sentences and look at each one's."
    )


def _segmenting(part: markup.Part) -> float:
    begun = time.process_time()
    sentences.segmented([part], "en")
    return 1e3 * (time.process_time() - begun)


def _table(head: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, "", f"| {' | '.join(columns)} |", "| --- |" + " --- |" * (len(columns) - 1)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
