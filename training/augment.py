"""What articles hold and the corpus lacks, made of its pairs: typographic quotes, headlines, figures, stand-ins."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from typing import Final

from service.article.numbers import compare
from training.corpus import Pair

_SMALL: Final = {
    "en": frozenset("a an the and or but of in on at to for by with from as into over".split()),
    "id": frozenset("di ke dari yang dan atau untuk dengan pada oleh dalam bagi sebagai serta tak".split()),
}
_SWAPPED: Final = str.maketrans(".,", ",.")
_FIGURE: Final = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w|[.,]\d)")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_WORD: Final = re.compile(r"\w+(?:[-'’.,]\w+)*")
STAND_IN: Final = re.compile(r"\b[A-Z]\d\b")


def curly(pair: Pair) -> Pair:
    """The pair with typographic quotes; as it is where its straight ones do not pair up.

    >>> curly(Pair('"Wait," he said. "It\\'s late."', '"Tunggu," katanya. "Sudah larut."')).sides
    ('“Wait,” he said. “It’s late.”', '“Tunggu,” katanya. “Sudah larut.”')
    """
    if any(side.count('"') % 2 for side in pair.sides):
        return pair
    english, indonesian = (_curled(side) for side in pair.sides)
    return Pair(english, indonesian)


def _curled(text: str) -> str:
    first, *rest = text.split('"')
    return first.replace("'", "’") + "".join("“”"[n % 2] + part.replace("'", "’") for n, part in enumerate(rest))


def headlines(pairs: Iterable[Pair], random: random.Random) -> Iterator[Pair]:
    """Short statements as headlines are set: without the final stop; half in title case, a fifth in capitals."""
    for pair in pairs:
        english, indonesian = pair.sides
        if (
            4 <= len(english.split()) <= 14
            and english.endswith(".")
            and indonesian.endswith(".")
            and '"' not in english
        ):
            bare = Pair(english.rstrip("."), indonesian.rstrip("."))
            yield random.choices((bare, titled(bare), capitals(bare)), (3, 5, 2))[0]


def titled(pair: Pair) -> Pair:
    """Both sides in title case, each after the custom of its language.

    >>> titled(Pair("Floods in Java cut road to Semarang", "Banjir di Jawa putuskan jalan ke Semarang")).sides
    ('Floods in Java Cut Road to Semarang', 'Banjir di Jawa Putuskan Jalan ke Semarang')
    """
    return Pair(_titled(pair.english, _SMALL["en"]), _titled(pair.indonesian, _SMALL["id"]))


def _titled(text: str, small: frozenset[str]) -> str:
    words = text.split()
    return " ".join(word if n and word in small else word[:1].upper() + word[1:] for n, word in enumerate(words))


def capitals(pair: Pair) -> Pair:
    """Both sides in capitals."""
    return Pair(pair.english.upper(), pair.indonesian.upper())


def figures(pairs: Iterable[Pair], random: random.Random) -> Iterator[Pair]:
    """Pairs with other digits in the same figures of both sides: there a model can only copy, not guess.

    Only where all digits of a pair are in figures that match one to one, in the notation of each language. Years stay
    in their century, and no figure begins with a zero that did not. Zeros and doubled digits are frequent, since small
    models lose count of them: `33` becomes `333`.
    """
    for pair in pairs:
        english, indonesian = pair.sides
        ours = _FIGURE.findall(english)
        theirs = [figure.translate(_SWAPPED) for figure in _FIGURE.findall(indonesian)]
        whole = all(
            _digits("".join(found)) == _digits(side) for found, side in zip((ours, theirs), pair.sides, strict=True)
        )
        if not ours or sorted(ours) != sorted(theirs) or not whole:
            continue
        fresh = {figure: _other(figure, random) for figure in ours}
        made = Pair(
            _replaced(english, fresh),
            _replaced(indonesian, {old.translate(_SWAPPED): new.translate(_SWAPPED) for old, new in fresh.items()}),
        )
        if made.english != english and not compare(*made.sides, "en", "id"):
            yield made


def _replaced(text: str, fresh: dict[str, str]) -> str:
    return _FIGURE.sub(lambda match: fresh[match[0]], text)


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


def _other(figure: str, random: random.Random) -> str:
    if _YEAR.fullmatch(figure):
        return f"{figure[:2]}{random.randrange(100):02}"
    made = random.choice("123456789") if figure[0] != "0" else "0"
    for character in figure[1:]:
        if character.isdigit():
            made += random.choice(("0", made[-1] if made[-1].isdigit() else "0", *"0123456789"))
        else:
            made += character
    return made


def stand_ins(pairs: Iterable[Pair], random: random.Random) -> Iterator[Pair]:
    """Pairs in which words that both sides spell alike, names and figures, became `X1`, `X2`…

    The product puts such stand-ins in place of what must not be translated (service/article/alignment.py, `plain`).

    >>> pair = Pair("The Suzuki factory closed.", "Pabrik Suzuki tutup.")
    >>> [made.sides for made in stand_ins([pair], random.Random(1))]
    [('The X1 factory closed.', 'Pabrik X1 tutup.')]
    """
    for pair in pairs:
        english, indonesian = pair.sides
        if STAND_IN.search(english + indonesian):
            continue
        same = [
            word
            for word in _WORD.findall(english)
            if len(word) > 1 and (word[0].isupper() or word[0].isdigit())
            if english.count(word) == indonesian.count(word) == 1 and word in _WORD.findall(indonesian)
        ]
        if not same:
            continue
        chosen = random.sample(same, min(len(same), random.choices((1, 2, 3), (6, 3, 1))[0]))
        letter = random.choices("XZQ", (90, 7, 3))[0]
        for number, word in enumerate(sorted(chosen, key=english.index), 1):
            english, indonesian = (side.replace(word, f"{letter}{number}") for side in (english, indonesian))
        yield Pair(english, indonesian)
