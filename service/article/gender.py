"""He or she? Indonesian says *dia*, *ia*, *-nya* for both, and a translation to English has to guess.

The article may tell: *Ibu Sri*, *sang istri*. Where nothing in it does, the guess is the model's, and an editor should
know of it.
"""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = {
    "male": frozenset(
        "bapak pak suami suaminya ayah ayahnya pria lelaki laki putra putranya kakek paman raja pangeran pemuda duda om"
        " mas bang kang haji tuan ustaz ustadz kiai uskup paus aktor jaka mr sir".split()
    ),
    "female": frozenset(
        "ibu bu istri istrinya isteri isterinya wanita perempuan putri putrinya nenek bibi ratu gadis janda tante mbak"
        " nyonya nona hajjah ustazah aktris hamil hijab mrs ms miss".split()
    ),
}
_PRONOUN: Final = {
    "male": re.compile(r"\b(?:he|him|his|himself|he['’](?:s|d|ll))\b", re.IGNORECASE),
    "female": re.compile(r"\b(?:she|her|hers|herself|she['’](?:s|d|ll))\b", re.IGNORECASE),
}
_EITHER: Final = re.compile(r"\b(?:dia|ia|beliau)\b|\w{3,}nya\b", re.IGNORECASE)


def told(text: str) -> frozenset[str]:
    """The genders, `male` and `female`, of which an Indonesian article speaks.

    >>> sorted(told("Ibu Sri dan suaminya"))
    ['female', 'male']
    """
    said = set(re.findall(r"\w+", text.lower()))
    return frozenset(gender for gender, words in _WORDS.items() if not words.isdisjoint(said))


def guessed(source: str, target: str, known: frozenset[str]) -> str | None:
    """The English pronoun that nothing in the Indonesian article bears out; None where there is none.

    >>> guessed("Dia datang kemarin.", "He came yesterday.", frozenset())
    'He'
    >>> guessed("Dia datang kemarin.", "He came yesterday.", frozenset({"male"}))
    """
    if not _EITHER.search(source):
        return None
    for gender, pronoun in _PRONOUN.items():
        if gender not in known and (found := pronoun.search(target)):
            return found[0]
    return None
