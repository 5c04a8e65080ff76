"""What stands beside figures: percent signs and currencies. A translation that drops or swaps one changes a fact."""

from __future__ import annotations

import re

_SCALE = r"(?:\s?(?:thousand|million|billion|trillion|ribu|juta|miliar|milyar|triliun|bn|m|k|tn|jt|rb))?"
_NUMBER = rf"\d[\d.,]*{_SCALE}"
_KINDS = {
    "percent": (r"", r"%|per[\s-]?cents?\b|persen\b|pct\b"),
    "rupiah": (r"Rp\.?|IDR", r"rupiahs?\b|IDR\b"),
    "dollar": (
        r"(?:US|AS|A|S|C|HK|NZ)?\$|USD",
        r"(?:US |U\.S\. |American |Singapore |Australian )?dollars?\b|dolar\b|USD\b",
    ),
    "euro": (r"€|EUR", r"euros?\b|EUR\b"),
    "pound": (r"£|GBP", r"pounds?\b|poundsterling\b|GBP\b"),
    "yen": (r"¥|JPY", r"yen\b|JPY\b"),
}
_BESIDE = {
    kind: re.compile(
        (rf"(?:{before})\s?{_NUMBER}|" if before else "") + rf"{_NUMBER}\s?[-–]?\s?(?:{after})", re.IGNORECASE
    )
    for kind, (before, after) in _KINDS.items()
}
_ANYWHERE = {
    kind: re.compile("|".join(filter(None, (before, after))), re.IGNORECASE) for kind, (before, after) in _KINDS.items()
}


def lost(source: str, target: str) -> tuple[str, ...]:
    """The units beside figures of the source that the target does not name at all.

    The target may spell its figures out ("four percent") or name a unit once for two ("Rp 50-100 million").

    >>> lost("Rp1,2 triliun or 3.5 percent of $20", "Rp1,2 triliun, 3,5 dari 20 dolar")
    ('percent',)
    """
    return tuple(kind for kind in _KINDS if _BESIDE[kind].search(source) and not _ANYWHERE[kind].search(target))
