"""How a locale writes figures, amounts, quotations and lists, and in which order its words are listed.

Digits are Latin everywhere, as in Babel's dates: "4 نوفمبر 2025" beside "٢٫٤" would be two systems on one page.
Nothing is converted, neither currencies nor measures: what is given is written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from babel.numbers import format_currency, format_decimal, format_percent, get_decimal_symbol, get_group_symbol
from babel.units import UnknownUnitError, format_unit

from service.article.locale import babel_locale, list_separators, parse_locale, script
from service.article.types import Rupiah, Units


class QuotationMarks(NamedTuple):
    """What stands around a quotation, and around one within it."""

    start: str
    end: str
    inner_start: str
    inner_end: str


_USUAL: Final = "“”‘’"
_MARKS: Final = {
    language: marks
    for marks, languages in {
        "«»“”": "ast br ca el es eu it kab lij mg pt-AO pt-CH pt-CV pt-GQ pt-GW pt-LU pt-MO pt-MZ pt-PT pt-ST pt-TL sc "
        "sq",
        "„“‚‘": "bs-Cyrl cs de dsb et hr hsb is lb luy mk nds sk sl",
        "«»‹›": "am az-Cyrl fa fr-CH gsw jgo kkj mzn rm wae",
        "«»„“": "bas be ky os ru sah uk",
        "””’’": "fi he se sv yi",
        "«»‘’": "dua ksf nb nn no rw",
        "«»«»": "fr hy yav",
        "”“’‘": "ar ur",
        "„“„“": "bg lt prg",
        "‘’“”": "fur ia",
        "„”«»": "pl ro",
        "「」『』": "ja yue zh-Hant",
        "„”‚’": "agq ff",
        "«»„”": "shi zgh",
        "„”»«": "hu",
        "“”“”": "tk",
        "„”‘’": "bs",
        "„”’’": "sr",
        "„“«»": "ka",
        "‘’‘’": "nl",
        "«»”“": "fr-CA",
    }.items()
    for language in languages.split()
}
"""CLDR 48's delimiters, which Babel leaves out, of the languages that do not have the usual ones."""


def quotation_marks(tag: str) -> QuotationMarks:
    """The marks that a page's own words have: “…” in English and Indonesian, „…“ in German. What is quoted in an
    article keeps the marks that its author and translator gave it."""
    language, _, region = parse_locale(tag).partition("-")
    spellings = (f"{language}-{region.rpartition('-')[2]}", f"{language}-{script(tag)}", language)
    return QuotationMarks(*next((_MARKS[one] for one in spellings if one in _MARKS), _USUAL))


def separators(tag: str) -> tuple[str, str]:
    """What stands before decimals and between thousands."""
    locale = babel_locale(tag)
    return str(get_decimal_symbol(locale)), str(get_group_symbol(locale))


def number(value: Decimal | int, tag: str) -> str:
    """A number with the locale's separators and all of its decimals: 1,234.5 or 1.234,5."""
    return str(format_decimal(value, locale=babel_locale(tag), decimal_quantization=False))


def percent(share: float, tag: str) -> str:
    """A share of 1 in whole percent, with the sign where the locale has it: 12%, in German 12 %."""
    return str(format_percent(share, locale=babel_locale(tag)))


def amount(value: Decimal | int, currency: str, tag: str, rupiah: Rupiah = "Rp1") -> str:
    """An amount in the currency that it is in; rupiah as the house writes them, and whole amounts without decimals.

    >>> amount(1_500_000, "IDR", "id-ID"), amount(1_500_000, "IDR", "en-US", "Rp 1"), amount(12, "USD", "en-US")
    ('Rp1.500.000', 'Rp 1,500,000', '$12')
    """
    if currency == "IDR":
        sign = "-" if value < 0 else ""
        return sign + rupiah[:-1] + number(-value if value < 0 else value, tag)
    whole = value == int(value)
    pattern = babel_locale(tag).currency_formats["standard"].pattern
    return str(
        format_currency(value, currency, pattern.replace(".00", "") if whole else None, babel_locale(tag), not whole)
    )


def measure(value: Decimal | int, unit: str, tag: str, units: Units = "long") -> str:
    """A measure in the unit that it is in, by CLDR's name of it. Raises LookupError for one that CLDR does not name.

    >>> measure(12, "kilometer", "id-ID"), measure(Decimal("1.5"), "mile", "en-US", "short")
    ('12 kilometer', '1.5 mi')
    """
    try:
        return str(format_unit(value, unit, units, locale=babel_locale(tag)))
    except UnknownUnitError:
        raise LookupError(unit) from None


def joined(names: Sequence[str], tag: str) -> str:
    """A list in words: "A, B, and C", "A, B, dan C"."""
    separators = (*list_separators(len(names), tag), "")
    return "".join(name + separator for name, separator in zip(names, separators, strict=False))


def sort_key(text: str) -> tuple[str, str]:
    """Orders words as a dictionary of English or Indonesian does: capitals and accents count only between words that
    are otherwise the same, and what is no letter or figure does not count.

    Both alphabets are a to z, so neither ICU (a library of C++) nor a table of all the world's letters is needed; words
    in other scripts keep the order of Unicode.
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum() or letter.isspace()), text
