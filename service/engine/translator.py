"""One CTranslate2 model and its tokenizer: plain sentences to hypotheses with their alignments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import ctranslate2

from service.article.types import Decoding, Hypothesis, Link
from service.engine import tokenizer
from service.engine.batcher import MAX_BATCH_TOKENS, Batcher
from service.engine.courtesy import made_behind
from service.engine.packages import Installed
from service.engine.tokenizer import Tokenizer

MAX_PIECES = 400
"""Longest input given to a model at once, in pieces: well below the 512 positions of Argos models."""

_MAX_OUTPUT = 500

_CHUNK_TOKENS = 4 * MAX_BATCH_TOKENS
"""Pieces after which decoding begins while the rest of the sentences is still being read."""


@dataclass(frozen=True, slots=True)
class _Input:
    """A sentence's pieces, and where in the sentence each came from."""

    pieces: list[str]
    spans: list[tuple[int, int]]


@dataclass(slots=True)
class _Open:
    """A sentence on its way: its runs are numbered from `first`."""

    sentence: str
    first: int
    runs: list[_Input]
    results: list[Any]
    left: int

    def end(self, number: int, result: Any) -> bool:
        """Take the result of a run; whether it was the last."""
        self.results[number - self.first] = result
        self.left -= 1
        return self.left == 0


class Translator:
    """A loaded model. Safe to use from many threads, whose sentences meet in the batcher."""

    def __init__(self, package: Installed, batcher: Batcher, threads: int) -> None:
        self.package = package
        self.size = sum(file.stat().st_size for file in (package.path / "model").iterdir())
        """Bytes that the model holds in memory, about."""
        self._batcher = batcher
        self._tokenizer = tokenizer.load(package)
        load = partial(ctranslate2.Translator, str(package.path / "model"), device="cpu", compute_type="int8")
        self._model = made_behind(partial(load, inter_threads=threads, intra_threads=1))

    def translate(
        self, sentences: Iterable[str], decoding: Decoding, urgent: bool = False
    ) -> Iterator[tuple[int, Hypothesis]]:
        """Translate sentences; yields their places and hypotheses as they are ready, the longest first.

        `urgent` is work that somebody waits for. Who stops taking frees the cores of the rest. A sentence of more
        than MAX_PIECES pieces is translated in runs of whole words and put together again. A batch that raises is
        tried again one by one; a sentence that still fails comes back empty (a check sees it).
        """
        owners: list[int] = []
        open_: dict[int, _Open] = {}
        request = self._batcher.open((self, decoding), partial(self._decode, decoding=decoding), urgent)

        def hypotheses(results: Iterable[tuple[int, Any]]) -> Iterator[tuple[int, Hypothesis]]:
            for number, result in results:
                place = owners[number]
                if open_[place].end(number, result):
                    yield place, _hypothesis(open_.pop(place), self.package, self._tokenizer)

        try:
            added: list[list[str]] = []
            tokens = 0
            for place, sentence in enumerate(sentences):
                runs = _runs(self._encode(sentence))
                open_[place] = _Open(sentence, len(owners), runs, [None] * len(runs), len(runs))
                owners += [place] * len(runs)
                added += [run.pieces for run in runs]
                tokens += sum(len(run.pieces) for run in runs)
                if tokens > _CHUNK_TOKENS:
                    request.add(added)
                    added, tokens = [], 0
                    yield from hypotheses(request.ready())
            request.add(added)
            yield from hypotheses(request.rest())
        finally:
            request.close()

    def _encode(self, sentence: str) -> _Input:
        return _Input(*self._tokenizer.encode(sentence))

    def _decode(self, batch: Sequence[Sequence[str]], decoding: Decoding) -> list[Any]:
        try:
            return self._translated(batch, decoding)
        except RuntimeError:
            return [self._alone(pieces, decoding) for pieces in batch]

    def _alone(self, pieces: Sequence[str], decoding: Decoding) -> Any:
        try:
            return self._translated([pieces], decoding)[0]
        except RuntimeError:
            return None

    def _translated(self, batch: Sequence[Sequence[str]], decoding: Decoding) -> list[Any]:
        prefix = self.package.target_prefix
        results: list[Any] = self._model.translate_batch(
            batch,
            target_prefix=[[prefix]] * len(batch) if prefix else None,
            beam_size=decoding.beam_size,
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            repetition_penalty=decoding.repetition_penalty,
            max_decoding_length=_MAX_OUTPUT,
            max_input_length=0,
            return_scores=True,
            return_attention=True,
        )
        return results


def _runs(whole: _Input) -> list[_Input]:
    """The input cut into runs of at most MAX_PIECES pieces, at the start of a word where there is one."""
    runs: list[_Input] = []
    start = 0
    while len(whole.pieces) - start > MAX_PIECES:
        end = start + MAX_PIECES
        cut = next(
            (i for i in range(end, start + MAX_PIECES // 2, -1) if whole.spans[i - 1][1] < whole.spans[i][0]), end
        )
        runs.append(_Input(whole.pieces[start:cut], whole.spans[start:cut]))
        start = cut
    runs.append(_Input(whole.pieces[start:], whole.spans[start:]))
    return runs


def _hypothesis(done: _Open, package: Installed, cut: Tokenizer) -> Hypothesis:
    """Detokenise, with a link for each output piece to the input piece that it attends to most.

    The target prefix is no text. A piece unknown to the vocabulary is copied from the
    source at that place: é, ⟦, an emoji.
    """
    text = ""
    links: list[Link] = []
    scores: list[float] = []
    prefix = 1 if package.target_prefix else 0
    for run, output in zip(done.runs, done.results, strict=True):
        if output is None:
            continue
        scores.append(output.scores[0])
        for token, weights in zip(cut.marked(output.hypotheses[0][prefix:]), output.attention[0][prefix:], strict=True):
            row = weights[: len(run.pieces)]
            best = row.index(max(row)) if row else None
            start, end = run.spans[best] if best is not None else (0, 0)
            if token.endswith("<unk>"):
                token = token.removesuffix("<unk>") + done.sentence[start:end]
            if text == "" or text.endswith(" "):
                token = token.lstrip("▁")
            piece = token.replace("▁", " ")
            offset = len(text) + (len(piece) - len(piece.lstrip()))
            text += piece
            if best is not None and len(text) > offset:
                links.append(Link(start, end, offset, len(text)))
        text += " "
    stripped = text.rstrip()
    return Hypothesis(
        stripped,
        min(scores, default=float("-inf")),
        tuple(link for link in links if link.target_start < len(stripped)),
        package.model,
    )
