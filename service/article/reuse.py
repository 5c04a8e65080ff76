"""The keys under which sentences are known: inside an article, and for reuse across revisions and articles."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from service.article import patterns
from service.article.types import Keys, Remembered, Severity


def _digest(*parts: str) -> str:
    text = "\x1f".join(unicodedata.normalize("NFC", " ".join(part.split())) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def key(source: str, source_language: str, target_language: str) -> str:
    """The key of a sentence (inline HTML) in a pair of languages: a SHA-256 in hex, white space folded, NFC."""
    return _digest(source, source_language, target_language)


def keys(sources: Sequence[str], source_language: str, target_language: str) -> list[Keys]:
    """The keys of an article's sentences (inline HTML), in order."""
    pair = (source_language, target_language)
    return [
        Keys(_digest(*around, *pair), key(around[1], *pair), pattern_key(around[1], *pair))
        for around in zip(("", *sources), sources, (*sources[1:], ""), strict=False)
    ]


def pattern_key(source: str, source_language: str, target_language: str) -> str:
    """The key of a sentence's pattern; empty where it has none."""
    pattern = patterns.pattern(source)
    return _digest(pattern, "", source_language, target_language) if pattern else ""


def found(
    known: Mapping[str, Remembered], under: Keys, source: str, source_language: str, target_language: str
) -> Remembered | None:
    """What is remembered of a sentence: in its context, else anywhere, else of one that differs in its figures alone.

    The last is nobody's word any more, whoever wrote the other sentence.
    """
    exact = known.get(under.context) or known.get(under.exact)
    like = known.get(under.pattern)
    if exact or not like or any(finding.severity is not Severity.INFO for finding in like.findings):
        return exact
    target = patterns.filled(source, like.source, like.target, source_language, target_language)
    return Remembered(target, "memory", like.model, like.findings, source, filled=True) if target is not None else None


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
