"""Noise in a source: letters that a scanner misread, keys that a cat pressed, a text that breaks off.

Pure guesses by form, so each asks for several signs of its kind before it speaks: a name, a foreign word or a slip of
the pen is no noise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from service.article import boilerplate
from service.article.inline import to_text
from service.article.lexicon import LANGUAGES, ordinary
from service.article.types import Block, Place, Severity, SourceFinding
from service.article.words import FUNCTION_WORDS, without_addresses

# --- letters that a scanner misread ----------------------------------------------------------------------------------

_MISREAD: Final = (
    ("rn", "m"), ("m", "rn"), ("vv", "w"), ("cl", "d"), ("ii", "u"), ("tlie", "the"), ("tb", "th"), ("wb", "wh"),
    ("0", "o"), ("1", "l"), ("1", "i"), ("5", "s"), ("8", "b"), ("6", "b"), ("|", "l"), ("|", "i"), ("!", "l"),
    ("I", "l"),
)  # fmt: skip
"""What a scanner writes, and what stood on the paper."""

_WORD: Final = re.compile(
    r"(?<![\w|!'’./-])(?:(?=\w*[a-z])[A-Za-z][\w|!]*[a-z]|I[a-z]+)(?![\w|!'’-]|[./]\w)",
)
_HYPHENATED: Final = re.compile(r"(?<!\S)([A-Za-z]?[a-z]{2,})-\s+([a-z]{2,})(?![\w-])")
_SCANNED_AT_LEAST: Final = 3
"""Words misread, all of them different…"""

_SCANNED_SHARE: Final = 0.008
_UNSOUND_SHARE: Final = 0.1
"""…of so great a share of all; and the share from which the text is not worth translating."""


def scanned(blocks: Sequence[Block], language: str | None) -> Iterator[SourceFinding]:
    """Words of English and Indonesian that a scanner misread: `tbe`, `govemment`, `w1ll`, `Iarge`, `govern- ment`."""
    if language not in LANGUAGES:
        return
    found: list[tuple[Place, str]] = []
    words = 0
    for block in blocks:
        text = without_addresses(block.content.text)
        words += len(text.split())
        wrong = [match for match in _WORD.finditer(text) if _misread(match[0], language)]
        wrong += [match for match in _HYPHENATED.finditer(text) if _cut(match[1], match[2], language)]
        found += [(Place(block.id, *match.span()), match[0]) for match in sorted(wrong, key=re.Match.start)]
    different = list(dict.fromkeys(word for _, word in found))
    if len(different) < _SCANNED_AT_LEAST or len(found) < _SCANNED_SHARE * words:
        return
    yield SourceFinding(
        "ocr-noise",
        f"{len(found)} words look misread by a scanner. Send a text that was proof-read.",
        Severity.ERROR if len(found) > _UNSOUND_SHARE * words else Severity.WARNING,
        ", ".join(different[:8]),
        0.9 if len(different) > 2 * _SCANNED_AT_LEAST else 0.8,
        tuple(place for place, _ in found),
    )


@lru_cache(maxsize=1 << 14)
def _misread(word: str, language: str) -> bool:
    """Whether a word is none, and would be one with some letters read otherwise.

    >>> [_misread(word, "en") for word in ("tbe", "govemment", "w1ll", "Iarge", "corner", "Obama")]
    [True, True, True, True, False, False]
    """
    digits = any(not character.isalpha() for character in word)
    if (word[0].isupper() and not digits and word[0] != "I") or len(word) < 3 or ordinary(word, language):
        return False
    if digits and re.search(r"\d{2}|^\d|\d$", word):  # a code, a model's number
        return False
    return any(
        ordinary(meant, language) and len(meant) > 2
        for wrong, right in _MISREAD
        if wrong in word
        for meant in {word.replace(wrong, right), word.replace(wrong, right, 1)}
    )


def _cut(left: str, right: str, language: str) -> bool:
    """Whether two halves are one word that the end of a line has cut."""
    whole = ordinary(left + right, language)
    return whole and not (ordinary(left, language) and ordinary(right, language))


# --- keys that were only pressed -------------------------------------------------------------------------------------

_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_RUNS: Final = re.compile(
    "|".join(row[at : at + 4] for line in _ROWS for row in (line, line[::-1]) for at in range(len(row) - 3))
)
_LETTERS: Final = re.compile(r"(?<![\w@#.&/-])[^\W\d_]{2,}(?![\w@-])")
_STUCK: Final = re.compile(r"([^\W\d_])\1{4,}", re.IGNORECASE)
_CONSONANTS: Final = re.compile(r"[bcdfghjklmnpqrstvwxz]{6,}")
_SPAM_SHARE: Final = 0.3
"""Share of a block's words from which it is nothing but pressed keys."""


def pressed(blocks: Sequence[Block], language: str | None) -> Iterator[SourceFinding]:
    """Blocks of pressed keys: `asdf asdf`, `qwertyui`, `aaaaaaa`, one word again and again."""
    found: list[tuple[Place, str]] = []
    words = spam = 0
    for block in blocks:
        matches = list(_LETTERS.finditer(without_addresses(block.content.text)))
        words += len(matches)
        hits = [match for match in matches if _pressed(match[0], language or "en")]
        known = {match.start() for match in hits}
        hits += [
            match
            for first, second, match in zip(matches, matches[1:], matches[2:], strict=False)
            if first[0].casefold() == second[0].casefold() == match[0].casefold() and match.start() not in known
        ]
        if len(hits) >= 2 or (hits and len(hits) >= _SPAM_SHARE * len(matches)):
            spam += len(hits)
            start, end = min(hit.start() for hit in hits), max(hit.end() for hit in hits)
            found.append((Place(block.id, start, end), block.content.text[start:end][:60]))
    if found:
        yield SourceFinding(
            "keyboard-spam",
            "Keys that were only pressed: no language has these words. Remove them.",
            Severity.ERROR if spam > 0.1 * words else Severity.WARNING,
            ", ".join(dict.fromkeys(text for _, text in found[:8])),
            0.95,
            tuple(place for place, _ in found),
        )


@lru_cache(maxsize=1 << 14)
def _pressed(word: str, language: str) -> bool:
    """Whether a word was not written but hit: keys beside each other, one key held down, no vowel at all.

    >>> [_pressed(word, "en") for word in ("asdf", "qwerty", "aaaaaah", "property", "FGHJKL", "NATO")]
    [True, True, True, False, True, False]
    """
    small = word.casefold()
    if ordinary(small, language):
        return False
    return bool(_RUNS.search(small) or _STUCK.search(small) or (not word.isupper() and _CONSONANTS.search(small)))


# --- a text that breaks off ------------------------------------------------------------------------------------------

_MORE: Final = re.compile(
    r"(?:\[?(?:…|\.\.\.)\s?\]?\s*)?[\[(]?\s*(?:(?:read|continue|see) (?:more|the rest|full (?:story|article)|on)"
    r"|(?:baca|lihat) (?:selengkapnya|selanjutnya|lebih lanjut))\b[^.]{0,40}\Z"
    r"|\[(?:…|\.\.\.|\+\d+ chars)\]\s*\Z|\[\+\d+ chars\]",
    re.IGNORECASE,
)
_ENDED: Final = re.compile(r"[.?!…:;]['\"”’»)\]]*\s*(?:\([\w/. ]{2,20}\)\.?)?\s*\Z|[)\]]\s*\Z|['\"”’»]\s*\Z")
_HANGING: Final = {
    "en": frozenset("the a an of and in to with for from by at on or that which is are was were be has have".split()),
    "id": frozenset("yang dan di ke dari untuk dengan pada dalam oleh atau bahwa adalah para sebagai akan".split()),
}
"""Words that no sentence ends with."""

_TAIL: Final = 200
"""Characters of a block in which its end is looked for."""

_WORDS_AT_LEAST: Final = 6
_BLOCKS_AT_LEAST: Final = 3
_USUAL: Final = 0.7
"""Share of the paragraphs before that end as sentences do: else this author writes without full stops."""


def truncated(blocks: Sequence[Block], language: str | None) -> Iterator[SourceFinding]:
    """Whether the body breaks off: "… [read more]", in the middle of a sentence, or of a quotation.

    `blocks` are those of the body, in reading order.
    """
    prose = [block for block in blocks if block.role in ("paragraph", "quote") and not _around(block.content.text)]
    if not prose:
        return
    last, text = prose[-1], to_text(prose[-1].content).rstrip()
    shown = last.content.text.rstrip()

    def finding(message: str, start: int, confidence: float) -> SourceFinding:
        place = Place(last.id, max(0, start), len(shown))
        return SourceFinding(
            "truncated", message, Severity.WARNING, shown[max(0, start) :][-120:], confidence, (place,)
        )

    if match := _MORE.search(shown, max(0, len(shown) - _TAIL)):
        yield finding("The text breaks off and refers to the rest. Send all of it.", match.start(), 0.95)
        return
    words = text.split()
    if len(words) < _WORDS_AT_LEAST:
        return
    tail = len(shown) - len(words[-1])
    if words[-1].casefold() in _HANGING.get(language or "", ()) or (
        language in FUNCTION_WORDS and words[-1][-1] in ",-–—"
    ):
        yield finding("The text breaks off in the middle of a sentence. Send all of it.", tail, 0.95)
        return
    if shown.count("“") > shown.count("”") and "„" not in shown:
        yield finding("The last quotation has no end. Send all of it.", shown.rindex("“"), 0.8)
        return
    sentences = (to_text(block.content) for block in prose[:-1])
    before = [_ends(sentence) for sentence in sentences if len(sentence.split()) >= _WORDS_AT_LEAST]
    if _ends(text) or len(before) < _BLOCKS_AT_LEAST or sum(before) < _USUAL * len(before):
        return
    yield finding("The last sentence has no end. Is it all of the text?", tail, 0.8)


def _ends(text: str) -> bool:
    return _ENDED.search(text.rstrip()[-_TAIL:]) is not None


def _around(text: str) -> bool:
    """Whether a block is of the page around the article."""
    return bool(boilerplate.whole(text) or boilerplate.label(text))
