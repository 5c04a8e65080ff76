"""Numbers written in words, in English and Indonesian, and Roman numerals.

A figure in one language is often a word in the other ("3 orang" / "three people"), so `numbers` needs the
value of both. Read leniently: what is read here explains a figure on the other side, and is never missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_EN_UNITS: Final = """
    zero one two three four five six seven eight nine ten
    eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
"""
_EN_ORDINALS: Final = """
    zeroth first second third fourth fifth sixth seventh eighth ninth tenth
    eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
"""
_EN_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_ID_UNITS: Final = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"

_EN: Final[dict[str, int]] = {
    **{word: value for value, word in enumerate(_EN_UNITS.split())},
    **{word: value for value, word in enumerate(_EN_ORDINALS.split())},
    **{word: 10 * value for value, word in enumerate(_EN_TENS.split(), 2)},
    **{word[:-1] + "ieth": 10 * value for value, word in enumerate(_EN_TENS.split(), 2)},
    **{word[:-1] + "ies": 1900 + 10 * value for value, word in enumerate(_EN_TENS.split(), 2)},
    "nil": 0,
    "once": 1,
    "twice": 2,
    "thrice": 3,
    "single": 1,
    "double": 2,
    "triple": 3,
}
_ID: Final[dict[str, int]] = {
    **{word: value for value, word in enumerate(_ID_UNITS.split())},
    **{"ke" + word: value for value, word in enumerate(_ID_UNITS.split())},
    "esa": 1,
    "sebuah": 1,
    "seorang": 1,
    "pertama": 1,
    "sekali": 1,
    "perdana": 1,
}
_PLAIN: Final = {"en": _EN, "id": _ID}

SCALES: Final[dict[str, dict[str, Decimal]]] = {
    "en": {
        "dozen": Decimal(12),
        "hundred": Decimal(100),
        "thousand": Decimal(1000),
        "million": Decimal(10**6),
        "billion": Decimal(10**9),
        "trillion": Decimal(10**12),
        "quadrillion": Decimal(10**15),
        "hundredth": Decimal(100),
        "thousandth": Decimal(1000),
        "millionth": Decimal(10**6),
    },
    "id": {
        "puluh": Decimal(10),
        "lusin": Decimal(12),
        "ratus": Decimal(100),
        "ribu": Decimal(1000),
        "juta": Decimal(10**6),
        "miliar": Decimal(10**9),
        "milyar": Decimal(10**9),
        "triliun": Decimal(10**12),
        "trilyun": Decimal(10**12),
        "biliun": Decimal(10**12),
        "kuadriliun": Decimal(10**15),
    },
}
"""Scale words by language. Mind `billion`: `miliar` in Indonesian, whose `biliun` is a trillion."""

_ONE_OF: Final = {"se" + word: value for word, value in SCALES["id"].items() if word != "biliun"}
_OPENERS: Final = {
    "en": frozenset(_EN) | frozenset(SCALES["en"]),
    "id": frozenset(_ID) | frozenset(_ONE_OF),
}
"""The words that a number may begin with."""
_LINKS: Final = {"en": ("and", "point"), "id": ("koma",)}
_POINTS: Final = ("point", "koma")
_WORD: Final = re.compile(r"[a-z]+")
_JOIN: Final = re.compile(r"[\s\-–]+")
_ROMAN: Final = re.compile(r"(?<![\w.])(?=[IVXL]{2,})L?(X{0,3}|XL)(IX|IV|V?I{0,3})(?!\w)")
_ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number written in letters: `text[start:end]`."""

    start: int
    end: int
    value: Decimal


@dataclass(slots=True)
class _Reading:
    """A number as it grows word by word: `total` down to the last scale word, `run` below it.

    `linked` holds words that belong to the number only if the right one follows ("and", "and a", "point");
    `place` is the place of the next digit behind the point, 0 before it.
    """

    language: str
    total: Decimal = Decimal(0)
    run: Decimal = Decimal(0)
    smallest: Decimal = Decimal(10**30)
    started: bool = False
    linked: str = ""
    place: Decimal = Decimal(0)

    def take(self, word: str) -> bool:
        """Take up the next word; False where the number ends before it."""
        linked, self.linked = self.linked, ""
        if self.started and not linked and word in _LINKS[self.language]:
            self.linked = word
            return True
        if (linked, word) == ("and", "a"):
            self.linked = "and a"
            return True
        if linked.startswith("and") and word == "half":
            self.run += Decimal("0.5")
            return True
        if linked in _POINTS:
            self.place = Decimal("0.1")
        elif linked and (linked != "and" or self.run % 100 or not (self.run or self.total)):
            return False
        taken = self._plain(word) or self._belas(word) or self._one_of(word) or self._scale(word)
        self.started = self.started or taken
        return taken

    def _plain(self, word: str) -> bool:
        value = _PLAIN[self.language].get(word)
        if value is None:
            return False
        if self.place:
            self.run, self.place = self.run + self.place * value, self.place / 10
            return value < 10
        tail = self.run % 100
        occupied = 10 <= tail < 20 or (tail % 10 if value < 10 else tail)
        if self.started and (occupied or not 0 < value < 100):
            return False
        self.run += value
        return True

    def _belas(self, word: str) -> bool:
        if self.language != "id" or word != "belas" or not 2 <= self.run % 100 <= 9:
            return False
        self.run += 10
        return True

    def _one_of(self, word: str) -> bool:
        """`seratus`, `seribu`, `sejuta`: one of the scale."""
        value = _ONE_OF.get(word) if self.language == "id" else None
        if value is None or self.run or value >= self.smallest:
            return False
        if value < 1000:
            self.run = value
        else:
            self.total, self.smallest = self.total + value, value
        return True

    def _scale(self, word: str) -> bool:
        value = SCALES[self.language].get(word)
        self.place = Decimal(0)
        if value is None or value >= self.smallest or not (self.started or self.language == "en"):
            return False
        if value < 1000:
            tail = self.run % 10 if value == 10 else self.run % 100
            self.run += (tail or 1) * value - tail
        else:
            self.total, self.run, self.smallest = self.total + (self.run or 1) * value, Decimal(0), value
        return True


def roman(text: str) -> Iterator[Numeral]:
    """Roman numerals of two letters or more ("abad XIX", "Perang Dunia II").

    >>> [int(numeral.value) for numeral in roman("abad XIX, Perang Dunia II, XL")]
    [19, 2, 40]
    """
    for match in _ROMAN.finditer(text):
        values = [_ROMAN_VALUES[letter] for letter in match[0]]
        pairs = zip(values, [*values[1:], 0], strict=True)
        yield Numeral(match.start(), match.end(), Decimal(sum(-a if a < b else a for a, b in pairs)))


def spelled(text: str, language: str) -> Iterator[Numeral]:
    """Numbers in words, in reading order. Unlisted languages have none.

    >>> [int(n.value) for n in spelled("one-hundred-and-sixty-six of a million; two, three", "en")]
    [166, 1000000, 2, 3]
    >>> [str(n.value) for n in spelled("six and a half million, one point three billion", "en")]
    ['6500000.0', '1300000000.0']
    >>> [int(n.value) for n in spelled("dua puluh satu, seratus lima belas ribu, sebelas, seribu", "id")]
    [21, 115000, 11, 1000]
    """
    if language not in _PLAIN:
        return
    lowered = text.lower() if len(text.lower()) == len(text) else text
    openers = _OPENERS[language]
    if openers.isdisjoint(_WORD.findall(lowered)):
        return
    reading, start, end, last = _Reading(language), 0, 0, 0
    for match in _WORD.finditer(lowered):
        if not reading.started and match[0] not in openers:
            continue
        joined = reading.started and _JOIN.fullmatch(lowered, last, match.start())
        last = match.end()
        if not joined or not reading.take(match[0]):
            if reading.started:
                yield Numeral(start, end, reading.total + reading.run)
            reading, start = _Reading(language), match.start()
            reading.take(match[0])
        if not reading.linked:
            end = match.end()
    if reading.started:
        yield Numeral(start, end, reading.total + reading.run)
