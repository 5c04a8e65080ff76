"""What is an ordinary word of English or Indonesian, and what is a name with a form of its own in each language."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files
from typing import Final

from babel import Locale

from service.article.inflection import stems

LANGUAGES: Final = frozenset({"en", "id"})
"""Those whose words are listed."""


def ordinary(word: str, language: str, *, derived: bool = False) -> bool:
    """Whether a word, in any case, is or may be a form of an ordinary word of English or Indonesian.

    >>> ordinary("Ministries", "en"), ordinary("Gubernurnya", "id"), ordinary("Susilo", "id")
    (True, True, False)
    """
    return not _listed().isdisjoint(stems(word.lower(), language, derived=derived))


def capitalised(word: str, language: str) -> bool:
    """Whether a word is written with a capital wherever it stands, as names of months, days and countries are.

    >>> capitalised("Monday", "en"), capitalised("Market", "en"), capitalised("New", "en")
    (True, False, False)
    """
    return word in _whole_names(language)


def known(word: str, language: str) -> bool:
    """Whether a word is ordinary, or a name that is known to be written so (`Jerman`, `Desember`, `Syria`)."""
    forms = stems(word, language)
    return ordinary(word, language) or not (_listed().isdisjoint(forms) and _names(language).isdisjoint(forms))


def translated(word: str, source: str, target: str) -> bool:
    """Whether a word is of a territory's, language's, month's or day's name that the other language has otherwise.

    >>> translated("Jerman", "id", "en"), translated("Jakarta", "id", "en")
    (True, False)
    """
    return any(part in _names(source) and part not in _names(target) for part in word.split("-"))


@cache
def _listed() -> frozenset[str]:
    """The words of `service/data/words.txt.gz`."""
    packed = files("service").joinpath("data", "words.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode().split("\n"))


@cache
def _names(language: str) -> frozenset[str]:
    """The words of those names: of `New Zealand`, both."""
    return frozenset(word.strip("(),") for name in _whole_names(language) for word in name.split())


@cache
def _whole_names(language: str) -> frozenset[str]:
    """Babel's (CLDR's) names of territories, languages, months and days."""
    locale = Locale(language)
    return frozenset((
        *locale.territories.values(), *locale.languages.values(),
        *locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values(),
    ))  # fmt: skip
