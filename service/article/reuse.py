"""The keys under which sentences are known: inside an article, and for reuse across revisions and articles."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable


def _digest(*parts: str) -> str:
    text = "\x1f".join(unicodedata.normalize("NFC", " ".join(part.split())) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def key(source: str, source_language: str, target_language: str) -> str:
    """The key of a sentence (inline HTML) in a pair of languages: a SHA-256 in hex, white space folded, NFC."""
    return _digest(source, source_language, target_language)


def segment_ids(sources: Iterable[str]) -> list[str]:
    """Ids of an article's segments, in order: made from their text, so that they survive edits elsewhere.

    The second sentence with the same text gets `-2`, and so on.
    """
    seen: Counter[str] = Counter()
    ids: list[str] = []
    for source in sources:
        digest = _digest(source)[:12]
        seen[digest] += 1
        ids.append(f"s{digest}" + (f"-{seen[digest]}" if seen[digest] > 1 else ""))
    return ids
