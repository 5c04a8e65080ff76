"""Which words a word may be a form of, in Indonesian and English.

Indonesian hangs its grammar on the word: `-nya`, `-lah`, `ke-`, `meN-`, `buku-buku`. A term of the house is still there
in `bukunya`, and was meant by `buku-buku`. The stems are those that spelling allows, not those that a dictionary has
("berita" may be a form of "ita"): they are for asking whether a known word is in a text, never for finding words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_CLITIC: Final = re.compile(r"(?<=\w\w)-?(?:lah|kah|pun|tah)$", re.IGNORECASE)
_POSSESSIVE: Final = re.compile(r"(?<=\w\w)-?(?:nya|ku|mu)$", re.IGNORECASE)
_JOINED: Final = re.compile(r"^(?:di|ke|se|non|pra|eks)-(?=\w\w)", re.IGNORECASE)
_SUFFIXES: Final = tuple(re.compile(rf"(?<=\w\w)-?{suffix}$", re.IGNORECASE) for suffix in ("kan", "an", "i"))
_PREFIXES: Final = (
    ("memper", ""), ("diper", ""), ("keber", ""), ("menge", ""), ("penge", ""),
    ("meng", ""), ("meng", "k"), ("meny", "s"), ("mem", ""), ("mem", "p"), ("men", ""), ("men", "t"), ("me", ""),
    ("peng", ""), ("peng", "k"), ("peny", "s"), ("pem", ""), ("pem", "p"), ("pen", ""), ("pen", "t"), ("per", ""),
    ("pe", ""), ("ber", ""), ("be", ""), ("ter", ""), ("di", ""), ("ke", ""), ("se", ""), ("ku", ""),
)  # fmt: skip
"""Prefixes, and the consonant of the stem that the nasal ones swallow (KBBI: meN- + tulis = menulis)."""

_PLURALS: Final = (("ies", "y"), ("es", ""), ("s", ""))


@lru_cache(maxsize=1 << 15)
def stems(word: str, language: str, *, derived: bool = False) -> frozenset[str]:
    """The word itself and what it may be a form of, in the case that it has; of other languages the word alone.

    Indonesian clitics, possessives and reduplication, English plurals and possessives; with `derived` also what makes
    another word in Indonesian: `meN-`, `ber-`, `ke- -an`…

    >>> sorted(stems("buku-bukunya", "id"))
    ['buku', 'buku-buku', 'buku-bukunya']
    >>> "tulis" in stems("penulisannya", "id", derived=True), "tulis" in stems("penulisannya", "id")
    (True, False)
    >>> sorted(stems("Ministries'", "en"))
    ['Ministri', 'Ministrie', 'Ministries', "Ministries'", 'Ministry']
    """
    if language == "id":
        found = _indonesian(word)
        return frozenset(_derivations(found)) if derived else frozenset(found)
    return frozenset(_english(word)) if language == "en" else frozenset((word,))


def _indonesian(word: str) -> set[str]:
    found = {word}
    for ending in (_CLITIC, _POSSESSIVE):
        found |= {ending.sub("", one) for one in found}
    found |= {_JOINED.sub("", one) for one in found}
    for one in tuple(found):
        left, hyphen, right = one.partition("-")
        if hyphen and left.casefold() == right.casefold():
            found.add(left)
    return found


def _derivations(found: set[str]) -> set[str]:
    found = found | {suffix.sub("", one) for suffix in _SUFFIXES for one in found}
    for one in tuple(found):
        lower = one.casefold()
        for prefix, swallowed in _PREFIXES:
            if lower.startswith(prefix) and len(one) >= len(prefix) + 3:
                found.add(swallowed + one[len(prefix) :])
    return found


def _english(word: str) -> set[str]:
    found = {word, re.sub(r"(?:['’]s|(?<=s)['’])$", "", word)}
    for one in tuple(found):
        for ending, stem in _PLURALS:
            if one.endswith(ending) and len(one) > len(ending) + 1:
                found.add(one.removesuffix(ending) + stem)
    return found
