"""What stands beside figures: percent signs, currencies, measures, time zones. Dropped or swapped, a fact changes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_CURRENCIES: Final = {
    # symbols before a figure, names behind it
    "rupiah": (r"Rp\.?|IDR", r"rupiahs?|IDR"),
    "Singapore dollar": (r"S\$|SGD", r"Singapore(?:an)? dollars?|dolar Singapura|SGD"),
    "Australian dollar": (r"AU?\$|AUD", r"Australian dollars?|dolar Australia|AUD"),
    "Hong Kong dollar": (r"HK\$|HKD", r"Hong Kong dollars?|dolar Hong ?Kong|HKD"),
    "dollar": (r"(?:US|AS|NZ|CA?)?\$|USD", r"(?:US |U\.S\. |American |Canadian )?dollars?|dolar|USD"),
    "euro": (r"€|EUR", r"euros?|EUR"),
    "pound": (r"£|GBP", r"pounds?|poundsterling|pon|GBP"),
    "yen": (r"¥|JPY", r"yen|JPY"),
    "yuan": (r"RMB|CNY", r"yuan|renminbi|RMB|CNY"),
    "ringgit": (r"RM|MYR", r"ringgits?|MYR"),
    "baht": (r"฿|THB", r"baht|THB"),
    "rupee": (r"₹|INR", r"rupees?|INR"),
    "peso": (r"₱|PHP", r"pesos?|PHP"),
}
_MEASURES: Final = {
    "percent": r"%|per[\s-]?cents?|persen|percentage|persentase|pct",
    "degree": r"[°º][CF]?|degrees?|derajat",
    "kilometre": r"km|kilomet(?:er|re)s?",
    "centimetre": r"cm|[cs]entimet(?:er|re)s?",
    "metre": r"m|met(?:er|re)s?",
    "mile": r"miles?|mil",
    "hectare": r"ha|hectares?|hektare?",
    "kilogram": r"kg|kilograms?|kilos?",
    "tonne": r"tons?|tonnes?",
    "litre": r"lit(?:er|re)s?",
    "WIB": r"WIB|Western Indonesian? (?:Standard )?Time|Waktu Indonesia(?: Bagian)? Barat",
    "WITA": r"WITA|Central Indonesian? (?:Standard )?Time|Waktu Indonesia(?: Bagian)? Tengah",
    "WIT": r"WIT|Eastern Indonesian? (?:Standard )?Time|Waktu Indonesia(?: Bagian)? Timur",
    "GMT": r"GMT|UTC",
}

_SCALE: Final = (
    r"(?:[\s-]?(?:thousand|million|billion|trillion|ribu|juta|miliar|milyar|triliun|bn|mn|tn|jt|rb|[mkbt]\b))?"
)
_BEFORE: Final = "|".join(symbols for symbols, _ in _CURRENCIES.values())
_BEHIND: Final = "|".join((*(names for _, names in _CURRENCIES.values()), *_MEASURES.values()))
_FIGURE: Final = re.compile(
    rf"\d[\d.,]*(?:[½¼¾]|\s?[ap]\.?m\b\.?)?{_SCALE}(?:\s?[-–]?\s?(?P<unit>{_BEHIND})(?!\w))?", re.IGNORECASE
)
_SIGN: Final = re.compile(rf"(?<![a-z])(?P<unit>{_BEFORE})\s?$", re.IGNORECASE)
_LONGEST_SIGN: Final = 5
_NAMED: Final = {
    **{kind: re.compile(rf"(?<![a-z])(?:{a}|(?:{b})(?!\w))", re.IGNORECASE) for kind, (a, b) in _CURRENCIES.items()},
    **{kind: re.compile(rf"(?<![a-z])(?:{names})(?!\w)", re.IGNORECASE) for kind, names in _MEASURES.items()},
}


CURRENCIES: Final = frozenset(_CURRENCIES)


def lost(source: str, target: str) -> tuple[str, ...]:
    """The units beside figures of the source that the target does not name at all.

    The target may spell its figures out ("four percent") or name a unit once for two ("Rp 50-100 million").

    >>> lost("Rp1,2 triliun or 3.5 percent of $20", "Rp1,2 triliun, 3,5 dari 20 dolar")
    ('percent',)
    """
    return tuple(kind for kind in beside(source) if not _NAMED[kind].search(target))


def gained(source: str, target: str) -> tuple[str, ...]:
    """The currencies beside figures of the target that the source does not name at all.

    >>> gained("It cost 28 million.", "Biayanya Rp28 juta.")
    ('rupiah',)
    """
    return tuple(kind for kind in beside(target) if kind in CURRENCIES and not _NAMED[kind].search(source))


def beside(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """The kinds of units beside the figures of a text, or beside the figure at `text[start:end]` alone."""
    found: dict[str, None] = {}
    for figure in _FIGURE.finditer(text, start):
        if end is not None and figure.start() >= end:
            break
        sign = _SIGN.search(text, max(0, figure.start() - _LONGEST_SIGN), figure.start())
        for match in filter(None, (sign, figure)):
            found |= dict.fromkeys(_kinds(match["unit"]) if match["unit"] else ())
    return list(found)


@lru_cache(maxsize=256)
def _kinds(unit: str) -> tuple[str, ...]:
    return tuple(kind for kind, named in _NAMED.items() if named.fullmatch(unit))
