"""Offices and ranks: a president must not come out as a prime minister, nor a colonel as a general."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_OFFICES: Final = (
    ("president", "presiden"),
    ("vice president", "wakil presiden|wapres"),
    ("prime minister|premier|PM", "perdana menteri|PM"),
    ("chancellor", "kanselir|rektor"),
    ("king|monarch", "raja"),
    ("queen", "ratu"),
    ("prince|crown prince", "pangeran|putra mahkota"),
    ("princess", "putri"),
    ("sultan", "sultan"),
    ("foreign minister|secretary of state|foreign secretary", "menteri luar negeri|menlu"),
    ("minister|secretary", "menteri|menko|mensesneg|menlu|menkeu|mendagri|menhan|menkes|sekretaris"),
    ("governor", "gubernur"),
    ("regent", "bupati"),
    ("mayor", "wali ?kota|bupati"),
    ("ambassador|envoy", "duta besar|dubes|utusan"),
    ("senator", "senator"),
    ("speaker", "ketua parlemen|ketua dpr|ketua"),
    ("judge|(?-i:Justice)", "hakim"),
    ("prosecutor|attorney general", "jaksa"),
    ("attorney|lawyer|counsel|solicitor", "pengacara|advokat|kuasa hukum|penasihat hukum"),
    ("(?-i:General|Gen)", "jenderal|jend|letjen|mayjen|brigjen"),
    ("colonel|(?-i:Col)", "kolonel|letkol"),
    ("(?-i:Major)", "mayor"),
    ("captain|capt", "kapten|nakhoda"),
    ("lieutenant|(?-i:Lt)", "letnan|letda|lettu"),
    ("sergeant|sgt", "sersan"),
    ("admiral", "laksamana"),
    ("marshal", "marsekal|marsda"),
    ("police chief|chief of police", "kapolri|kapolda|kapolres|kapolsek|kepala polisi|kepala kepolisian"),
    ("professor|prof", "profesor|prof|guru besar"),
    ("bishop|archbishop", "uskup"),
    ("pope|pontiff", "paus"),
)
"""English, Indonesian: each with its other names and abbreviations, as regular expressions."""

_ENDINGS: Final = ("s", "nya")
"""What may hang on a name: a plural, a possessive."""


def _any_of(names: str, column: int) -> str:
    return rf"\b(?:{names})(?:{_ENDINGS[column]})?\b"


def _pattern(column: int) -> re.Pattern[str]:
    groups = (f"(?P<o{number}>{office[column]})" for number, office in _ordered(column))
    return re.compile(_any_of("|".join(groups), column), re.IGNORECASE)


def _ordered(column: int) -> list[tuple[int, tuple[str, str]]]:
    """The longest first: a vice president is no president."""
    return sorted(enumerate(_OFFICES), key=lambda office: -max(map(len, office[1][column].split("|"))))


def _first_words(column: int) -> Iterator[str]:
    for _, office in _ordered(column):
        for name in re.sub(r"\(\?-i:|\)", "", office[column]).lower().split("|"):
            for first in {name.replace(" ?", "").split()[0], name.replace(" ?", " ").split()[0]}:
                yield from (first, first + _ENDINGS[column])


_PATTERNS: Final = {"en": _pattern(0), "id": _pattern(1)}
_SAME: Final = {
    language: tuple(re.compile(_any_of(office[column], column), re.IGNORECASE) for office in _OFFICES)
    for column, language in enumerate(("en", "id"))
}


_WORD: Final = re.compile(r"\w+")
_HINTS: Final = {"en": frozenset(_first_words(0)), "id": frozenset(_first_words(1))}
"""The first words of all names: a text that has none of them, as most have not, is quick to see."""


def named(text: str, language: str) -> dict[int, str]:
    """The offices that a text names, by their number, as written."""
    if _HINTS[language].isdisjoint(_WORD.findall(text.lower())):
        return {}
    return {int((match.lastgroup or "o0")[1:]): match[0] for match in _PATTERNS[language].finditer(text)}


def changed(source: str, target: str, source_language: str, target_language: str) -> tuple[str, str] | None:
    """An office of the source that the target has not, and the one that stands there instead; None where all is well.

    >>> changed("President Obama spoke.", "Perdana Menteri Obama berbicara.", "en", "id")
    ('President', 'Perdana Menteri')
    >>> changed("President Obama spoke.", "Obama berbicara.", "en", "id")
    """
    if source_language not in _PATTERNS or target_language not in _PATTERNS:
        return None
    ours = named(source, source_language)
    if not ours:
        return None
    theirs = named(target, target_language)
    missing = [text for number, text in ours.items() if not _SAME[target_language][number].search(target)]
    instead = [text for number, text in theirs.items() if not _SAME[source_language][number].search(source)]
    return (missing[0], instead[0]) if missing and instead else None
