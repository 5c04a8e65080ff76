"""English words that there are not: small models write words piece by piece, and some end as `forgotation`.

What is no listed word, no regular form of one and no two of them in one, stands in lower case and is not in the source
is the model's own. Indonesian is not looked at: too few of its words are listed to tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from service.article import lexicon

_WORD: Final = re.compile(r"(?<![\w’'\-/.@#])[a-z]{5,}(?:-[a-z]+)*(?![\w’'/@]|\.\w)")
_SHORT: Final = 5
"""Letters from which a word is looked at: of shorter ones too many are abbreviations."""

_STEM: Final = 3
_AFFIXES: Final = 2
"""Letters that a stem has at least, and how many affixes hang on it at most: un-forgett-able."""

_ENDINGS: Final = (
    ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("ied", "y"), ("ly", ""), ("ily", "y"), ("ally", ""),
    ("ably", "able"), ("ibly", "ible"), ("er", ""), ("er", "e"), ("ier", "y"), ("or", ""), ("or", "e"), ("est", ""),
    ("est", "e"), ("iest", "y"), ("ness", ""), ("iness", "y"), ("able", ""), ("able", "e"), ("ability", ""),
    ("less", ""), ("ful", ""), ("ship", ""), ("hood", ""), ("ization", "ize"), ("isation", "ize"), ("ise", "ize"),
    ("ised", "ize"), ("ising", "ize"), ("our", "or"), ("ment", ""), ("like", ""), ("wide", ""), ("ward", ""),
    ("wards", ""), ("some", ""), ("ity", ""), ("ity", "e"), ("tion", "te"), ("ic", ""), ("al", ""), ("ist", ""),
    ("ism", ""), ("y", ""),
)  # fmt: skip
"""Endings, and what the stem ends in without them."""

_BEGINNINGS: Final = re.compile(
    "anti|auto|back|bio|co|counter|de|dis|down|eco|em|en|hyper|il|im|in|infra|inter|ir|micro|mid|mis|multi|neuro|non|off|"
    "out|over|post|pre|pro|re|semi|sub|super|tele|trans|ultra|un|under|up"
)


def found(source: str, target: str) -> Iterator[str]:
    """The non-words of an English translation.

    >>> list(found("Ia memintanya.", "He asked for the reimbursation and an unforgettable balado."))
    ['reimbursation', 'balado']
    >>> list(found("Ia meminta balado.", "He asked for balado."))
    []
    """
    given = None
    for match in _WORD.finditer(target):
        for word in match[0].split("-"):
            if len(word) >= _SHORT and not _is_word(word):
                given = given or frozenset(re.findall(r"\w+", source.lower()))
                if word not in given:
                    yield word


@lru_cache(maxsize=1 << 14)
def _is_word(word: str) -> bool:
    return _formed(word, _AFFIXES) or any(
        lexicon.ordinary(word[:at], "en") and lexicon.ordinary(word[at:], "en")
        for at in range(_STEM, len(word) - _STEM + 1)
    )


def _formed(word: str, affixes: int) -> bool:
    """Whether a word is listed, or made of one that is by so many affixes at most."""
    return lexicon.ordinary(word, "en") or (affixes > 0 and any(_formed(stem, affixes - 1) for stem in _stems(word)))


def _stems(word: str) -> Iterator[str]:
    for ending, instead in _ENDINGS:
        stem = word.removesuffix(ending) + instead
        if word.endswith(ending) and len(stem) >= _STEM:
            yield stem
            if not instead and len(stem) > _STEM and stem[-1] == stem[-2]:  # "swimming"
                yield stem[:-1]
    if (beginning := _BEGINNINGS.match(word)) and len(word) - beginning.end() >= _STEM:
        yield word[beginning.end() :]
