"""Texts by language, for the classifier of languages to learn from and to be tried on.

CORPUS is the folder that the models are trained from (`train/*.tsv`, `mono/*.txt.xz`, `news-valid.tsv`) with
`lid/*.tsv` in it: lines of an ISO 639-3 code, a tab and a text. NTREX is the folder NTREX-128 of the data set of that
name, news in 123 languages; all that are written in Latin letters are learnt from.

Texts are held out by number, not by chance: the parallel sentences of NTREX, TICO-19 and NusaX are on the same side of
the line in every language, or what a sentence is about would tell. Of NTREX it is whole documents.
"""

from __future__ import annotations

import lzma
import random
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from service.article.classifier import NAMES, OTHERS
from service.article.words import ADDRESS, WORD

Side = Literal["train", "valid", "test"]

CODES: Final = {
    "eng": "en", "ind": "id", "msa": "ms", "jav": "jv", "sun": "su", "tgl": "fil", "fil": "fil", "fra": "fr",
    "spa": "es", "por": "pt", "nld": "nl", "deu": "de", "ita": "it", "min": "min", "ace": "ace", "ban": "ban",
    "bjn": "bjn", "bug": "bug", "mad": "mad", "nij": "nij", "bbc": "bbc",
}  # fmt: skip
"""The languages told apart, from ISO 639-3 to BCP 47. All others are `OTHERS`."""

SHARES: Final = {"en": 0.22, "id": 0.25, "ms": 0.19, OTHERS: 0.1, NAMES: 0.04}
"""How often a class is shown, the rest sharing what is left: near to what a desk for English and Indonesian meets, so
that its probabilities are worth their name there."""

PARALLEL: Final = {"tico19": 0.13, "ntrex": 0.11, "nusax": 0.08}
"""Share of the pieces of English and of Indonesian that come from the sets where they stand beside other languages."""

NAMELESS: Final = 0.7
"""Share of pieces without names, which are the same in every language and of one country all the same."""

LENGTHS: Final = ((2, 4, 0.2), (3, 8, 0.4), (9, 20, 0.2), (40, 40, 0.2))
"""Words of a piece, from and to, and the share of such pieces: headlines, captions, sentences."""

PLAIN: Final = 0.15
"""Share of pieces that lose their diacritics."""

_NOT_PROSE: Final = ("dictionary", "ui-")
_MOST: Final = 6_000
"""Texts of one file, lest a corpus of one kind outweigh the others."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text, the class that it is in, what it is used for, the data set that it is of, whether it is a headline."""

    language: str
    text: str
    side: Side
    source: str
    title: bool = False


def side(number: int, count: int) -> Side:
    """What the text of this number, of so many parallel ones, is used for: the last fifth to test, the tenth before it
    to calibrate. Runs, not every tenth: a language that lacks a line or two stays beside the others.

    >>> side(0, 1000), side(750, 1000), side(999, 1000)
    ('train', 'valid', 'test')
    """
    return "test" if number >= 0.8 * count else "valid" if number >= 0.7 * count else "train"


def ntrex(folder: Path) -> Iterator[Text]:
    """News in the languages of NTREX that are written in Latin letters."""
    documents = (folder.parent / "DOCUMENT_IDS.tsv").read_text("utf-8").split("\n")
    places = {name: place for place, name in enumerate(dict.fromkeys(documents))}
    for file in sorted(folder.glob("newstest2019-*.txt")):
        code = file.name.split(".")[1].partition("-")[0]
        lines = file.read_text("utf-8").split("\n")
        if _latin(" ".join(lines[:50])):
            for document, line, before in zip(documents, lines, ["", *documents], strict=False):
                number = places[document] % 10
                used: Side = "test" if number > 7 else "valid" if number == 7 else "train"
                yield Text(CODES.get(code, OTHERS), line, used, "ntrex", title=document != before)


def _latin(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return sum(unicodedata.name(char, "").startswith("LATIN") for char in letters) > 0.9 * len(letters)


def neighbours(corpus: Path) -> Iterator[Text]:
    """The texts of `lid/*.tsv`, and the English and Indonesian sides of TICO-19 and NusaX, both in `others.tsv`."""
    for file in sorted(corpus.glob("lid/*.tsv")):
        told: defaultdict[str, list[str]] = defaultdict(list)
        for line in _lines(file):
            code, _, text = line.partition("\t")
            told[code].append(text)
        for code, texts in told.items():
            parallel = file.stem == "others"
            source = file.stem if not parallel else "tico19" if len(texts) > 2_000 else "nusax"
            for number, text in enumerate(texts):
                yield Text(CODES[code], text, side(number, len(texts)) if parallel else "train", source)
    for source in ("tico19", "nusax"):
        lines = _lines(corpus / "train" / f"{source}.tsv")
        for number, line in enumerate(lines):
            for language, text in zip(("en", "id"), line.split("\t"), strict=False):
                yield Text(language, text, side(number, len(lines)), source)


def english_and_indonesian(corpus: Path, chance: random.Random) -> Iterator[Text]:
    """Of every parallel text but word lists, and of the news; `news-valid.tsv` to calibrate by."""
    files = [file for file in sorted(corpus.glob("train/*.tsv")) if not file.name.startswith(_NOT_PROSE)]
    for file in [file for file in files if file.stem not in ("tico19", "nusax")]:
        for line in _some(_lines(file), _MOST, chance):
            yield from (Text(*pair, "train", file.stem) for pair in zip(("en", "id"), line.split("\t"), strict=False))
    for line in _lines(corpus / "news-valid.tsv"):
        yield from (Text(*pair, "valid", "news") for pair in zip(("en", "id"), line.split("\t"), strict=False))
    for language in ("en", "id"):
        lines = lzma.decompress((corpus / "mono" / f"{language}.txt.xz").read_bytes()).decode().split("\n")
        yield from (Text(language, line, "train", "mono") for line in _some(lines, 25 * _MOST, chance))


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").split("\n")[:-1]


def _some(lines: Sequence[str], most: int, chance: random.Random) -> Sequence[str]:
    return lines if len(lines) <= most else chance.sample(lines, most)


def words_of(text: str) -> list[str]:
    """The words of a text with their capitals; an address is none."""
    return [word.replace("’", "'") for word in WORD.findall(ADDRESS.sub(" ", text))]


def names(texts: Iterable[Text]) -> list[Text]:
    """Rows of names: words with a capital within a sentence that are hardly ever written without, in any language.

    A headline in which every word has a capital tells nothing and is not looked at.
    """
    small: Counter[str] = Counter()
    runs: list[tuple[list[str], Side]] = []
    for text in texts:
        words = words_of(text.text)
        small.update(word for word in words if word.islower())
        if sum(word[0].isupper() for word in words) > 0.5 * len(words):
            continue
        run: list[str] = []
        for word in [*words[1:], ""]:
            if word[:1].isupper():
                run.append(word)
            elif run:
                runs.append((run, text.side))
                run = []
    big = Counter(word for run, _ in runs for word in run)
    known = {word for word, count in big.items() if small[word.lower()] <= 0.03 * count}
    return [Text(NAMES, " ".join(run), used, "names") for run, used in runs if known.issuperset(run)]


def drawn(texts: Sequence[Text], count: int, chance: random.Random) -> Iterator[tuple[str, list[str]]]:
    """So many pieces with their class: words in lower case, of all lengths.

    Two things keep the classifier from telling languages by what is written about: English and Indonesian are drawn
    from the parallel sets as often as their neighbours are, and most names are left out.
    """
    pools: defaultdict[str, defaultdict[str, list[Text]]] = defaultdict(lambda: defaultdict(list))
    known: set[str] = set()
    for text in texts:
        evened = text.language in ("en", "id") and text.source in PARALLEL
        pools[text.language][text.source if evened else ""].append(text)
        if text.language == NAMES:
            known.update(text.text.split())
    rest = (1 - sum(SHARES[name] for name in pools if name in SHARES)) / max(1, len(pools.keys() - SHARES.keys()))
    for language, pool in sorted(pools.items()):
        sources = sorted(pool)
        shares = [PARALLEL.get(source, 1 - sum(PARALLEL.get(other, 0) for other in sources)) for source in sources]
        for _ in range(round(count * SHARES.get(language, rest))):
            own = pool[chance.choices(sources, shares)[0]]
            words = words_of(chance.choice(own).text)
            if language == NAMES:
                while len(words) < 10 and chance.random() < 0.6:
                    words += words_of(chance.choice(own).text)
            elif chance.random() < NAMELESS:
                words = [word for word in words if word not in known]
            low, high, _ = chance.choices(LENGTHS, [length[2] for length in LENGTHS])[0]
            length = chance.randint(low, high)
            start = chance.randint(0, max(0, len(words) - length))
            said = " ".join(words[start : start + length]).casefold()
            if chance.random() < PLAIN:
                said = plain(said)
            if said:
                yield language, said.split()


def plain(text: str) -> str:
    """Without diacritics, as it is typed on a keyboard that has none.

    >>> plain("é ñ ö")
    'e n o'
    """
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def gather(corpus: Path, news: Path, seed: int) -> list[Text]:
    """All texts, and the names in them."""
    chance = random.Random(seed)
    texts = [*ntrex(news), *neighbours(corpus), *english_and_indonesian(corpus, chance)]
    return [*texts, *names(texts)]
