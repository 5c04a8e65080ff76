"""What of a sentence a model read for its translation: by the alignment, words that no target word came from."""

from __future__ import annotations

import re
from typing import Final

from service.article.types import Hypothesis

_WORD: Final = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")


def left_out(source: str, hypothesis: Hypothesis) -> tuple[int, str]:
    """The longest run of words of the source that nothing in the translation came from: how many, and the words.

    Without any link there is nothing to go by, and none is left out.

    >>> from service.article.types import Link
    >>> left_out("One two three four.", Hypothesis("Satu", -1.0, (Link(0, 3, 0, 4),), "m"))
    (3, 'two three four')
    """
    if not hypothesis.links:
        return 0, ""
    read = bytearray(len(source) + 1)
    for link in hypothesis.links:
        read[link.source_start : link.source_end] = b"\1" * (link.source_end - link.source_start)
    longest, start, count, first = 0, 0, 0, 0
    end = 0
    for word in _WORD.finditer(source):
        if read.find(1, word.start(), word.end()) >= 0:
            count = 0
            continue
        first = first if count else word.start()
        count += 1
        if count > longest:
            longest, start, end = count, first, word.end()
    return longest, source[start:end]
