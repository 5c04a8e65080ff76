"""Sentences to a model's pieces and back: by SentencePiece, or by Moses and byte pairs, as the package has it."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import sentencepiece

from service.engine import packages
from service.engine.packages import Installed

Span = tuple[int, int]


class Tokenizer(Protocol):
    """What cuts sentences for one model."""

    def encode(self, sentence: str) -> tuple[list[str], list[Span]]:
        """A sentence's pieces, and where in the sentence each came from, in code points."""

    def marked(self, pieces: Sequence[str]) -> Sequence[str]:
        """Pieces that a model made, as text: ▁ stands where there is a space. `<unk>` stays."""


def load(package: Installed) -> Tokenizer:
    """The tokenizer of a package."""
    if (package.path / "sentencepiece.model").is_file():
        return SentencePiece(package)
    return BytePairs(package)


class SentencePiece:
    """Kudo and Richardson, 2018: most of Argos' packages."""

    def __init__(self, package: Installed) -> None:
        self._processor = sentencepiece.SentencePieceProcessor(model_file=str(package.path / "sentencepiece.model"))

    def encode(self, sentence: str) -> tuple[list[str], list[Span]]:
        """See Tokenizer."""
        normalised, offsets = self._processor.normalize(sentence, with_offsets=True)
        pieces: list[str] = self._processor.encode(sentence, out_type=str)
        spans: list[Span] = []
        position = 0
        for piece in pieces:
            place = position + (len(piece) - len(piece.lstrip("▁")) if piece.strip("▁") else 0)
            end = position + len(piece)
            spans.append(_covered(offsets, min(place, len(normalised)), min(end, len(normalised))))
            position = end
        return pieces, spans

    def marked(self, pieces: Sequence[str]) -> Sequence[str]:
        """They are as they should be."""
        return pieces


class BytePairs:
    """Moses' words, cut by byte pair encoding (Sennrich et al., 2016): packages with a `bpe.model`, from OPUS-MT.

    `@@` ends a piece that another of the same word follows. Moses escapes what is special to it (`&quot;`), and writes
    quotation marks and dashes its own way, so that words are found again in the sentence by going along it.
    """

    def __init__(self, package: Installed) -> None:
        self._moses: Any = packages.argos().Package(package.path).tokenizer
        self._moses.lazy_load()

    def encode(self, sentence: str) -> tuple[list[str], list[Span]]:
        """See Tokenizer."""
        pieces: list[str] = self._moses.encode(sentence) if sentence.strip() else []
        words = [_texts(word) for word in _words(pieces)]
        whole = ["".join(word) for word in words]
        spans: list[Span] = []
        end = 0
        for number, word in enumerate(words):
            start, end = _place(sentence, end, whole[number], whole[number + 1 : number + 2])
            as_written = all(word) and end - start == len(whole[number])
            cut = start
            for text in word:
                spans.append((cut, cut + len(text)) if as_written else (start, end))
                cut += len(text)
        return pieces, spans

    def marked(self, pieces: Sequence[str]) -> Sequence[str]:
        """See Tokenizer."""
        words = [_texts(word) for word in _words(pieces)]
        text: str = self._moses.detokenizer.detokenize([html.escape("".join(word), quote=False) for word in words])
        marked: list[str] = []
        end = 0
        for first, *more in words:
            word = "".join((first, *more))
            start = text.find(word, end)
            joined = start > 0 and not text[start - 1].isspace()
            marked += [first if joined else "▁" + first, *more]
            end = max(end, start + len(word))
        return marked


def _covered(offsets: Sequence[int], start: int, end: int) -> Span:
    """The source range of `normalised[start:end]`. NFKC makes several characters of one (½, …): each leads to it."""
    first, last = offsets[start], offsets[end]
    while last == first and end < len(offsets) - 1:
        end += 1
        last = offsets[end]
    return first, last


def _words(pieces: Sequence[str]) -> Iterator[list[str]]:
    """The pieces of each word."""
    word: list[str] = []
    for piece in pieces:
        word.append(piece)
        if not piece.endswith("@@"):
            yield word
            word = []
    if word:
        yield word


def _texts(word: Sequence[str]) -> list[str]:
    """The text of each of a word's pieces. What Moses escaped, and byte pairs then cut, stands in the first."""
    texts = [piece.removesuffix("@@") for piece in word]
    whole = "".join(texts)
    return [html.unescape(whole), *[""] * (len(texts) - 1)] if "&" in whole else texts


def _place(sentence: str, start: int, word: str, following: Sequence[str]) -> Span:
    """Where a word is that begins at `start` or after spaces. One that was written otherwise (“ and ") ends where the
    following one begins."""
    while start < len(sentence) and sentence[start].isspace():
        start += 1
    end = start + len(word)
    if not sentence.startswith(word, start) and following:
        found = sentence.find(following[0], start + 1, end + len(following[0]) + 1)
        end = found if found > start else end
    return start, start + len(sentence[start : min(end, len(sentence))].rstrip())
