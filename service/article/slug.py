"""The part of an address that says what a page is about."""

from __future__ import annotations

import re
from typing import Final

from anyascii import anyascii

MAX: Final = 80
"""Characters: about what a result page shows of an address."""


def slug(title: str) -> str | None:
    """A title in small ASCII letters, digits and hyphens, cut between words; None where nothing is left of it.

    >>> slug("KTT NATO di Madrid: “Erdoğan” & 5 lainnya"), slug("Élysée c'est ça"), slug("…")
    ('ktt-nato-di-madrid-erdogan-5-lainnya', 'elysee-cest-ca', None)
    """
    words = re.findall(r"[a-z0-9]+", re.sub(r"[\'’]", "", anyascii(title)).lower())
    said = ""
    for word in words:
        if said and len(said) + 1 + len(word) > MAX:
            break
        said = f"{said}-{word}" if said else word[:MAX]
    return said or None
