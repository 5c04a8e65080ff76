"""One CTranslate2 model and its tokenizer: plain sentences to hypotheses with their alignments."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import ctranslate2

from service.article.types import Decoding, Hypothesis, Link
from service.engine import tokenizer
from service.engine.packages import Installed

MAX_PIECES = 400
"""Longest input given to a model at once, in pieces: well below the 512 positions of Argos models."""

MAX_BATCH_TOKENS = 512
_MAX_OUTPUT = 500


@dataclass(frozen=True, slots=True)
class _Input:
    """A sentence's pieces, and where in the sentence each came from."""

    pieces: list[str]
    spans: list[tuple[int, int]]


class Translator:
    """A loaded model. Safe to use from many threads: CTranslate2 queues what they bring."""

    def __init__(self, package: Installed, threads: int) -> None:
        self.package = package
        self._threads = threads
        self._tokenizer = tokenizer.load(package)
        self._model = ctranslate2.Translator(
            str(package.path / "model"),
            device="cpu",
            compute_type="int8",
            inter_threads=threads,
            intra_threads=1,
        )

    def translate(
        self, sentences: Sequence[str], decoding: Decoding, progress: Callable[[int], None] | None = None
    ) -> list[Hypothesis]:
        """Translate sentences in as few batches as fill the cores.

        A sentence of more than MAX_PIECES pieces is translated in runs of whole words and put together again. A
        batch that raises is tried again one by one; a sentence that still fails comes back empty (a check sees it).
        """
        runs: list[_Input] = []
        owners: list[int] = []
        for index, sentence in enumerate(sentences):
            for run in _runs(self._encode(sentence)):
                runs.append(run)
                owners.append(index)
        outputs = self._decode(runs, decoding, _counting(owners, progress))
        merged: list[list[tuple[_Input, Any]]] = [[] for _ in sentences]
        for owner, run, output in zip(owners, runs, outputs, strict=True):
            merged[owner].append((run, output))
        model, prefix = self.package.model, int(bool(self.package.target_prefix))
        marked = self._tokenizer.marked
        return [
            _hypothesis(sentence, parts, model, prefix, marked)
            for sentence, parts in zip(sentences, merged, strict=True)
        ]

    def _encode(self, sentence: str) -> _Input:
        return _Input(*self._tokenizer.encode(sentence))

    def _decode(self, runs: list[_Input], decoding: Decoding, progress: Callable[[Sequence[int]], None]) -> list[Any]:
        """Decode in batches of our own making: given all at once, CTranslate2 holds the caller, who could neither tell
        progress nor stop, and other callers, until nearly all is done."""
        results: list[Any] = [None] * len(runs)
        submitted: deque[tuple[list[int], list[Any]]] = deque()

        def collect() -> None:
            batch, futures = submitted.popleft()
            for index, future in zip(batch, futures, strict=True):
                try:
                    results[index] = future.result()
                except RuntimeError:
                    results[index] = self._alone(runs[index], decoding)
            progress(batch)

        for batch in _batches([len(run.pieces) for run in runs], self._threads):
            submitted.append((batch, self._submit([runs[index] for index in batch], decoding)))
            if len(submitted) > 2 * self._threads:
                collect()
        while submitted:
            collect()
        return results

    def _submit(self, batch: Sequence[_Input], decoding: Decoding) -> list[Any]:
        prefix = self.package.target_prefix
        futures: list[Any] = self._model.translate_batch(
            [run.pieces for run in batch],
            target_prefix=[[prefix]] * len(batch) if prefix else None,
            asynchronous=True,
            beam_size=decoding.beam_size,
            no_repeat_ngram_size=decoding.no_repeat_ngram,
            repetition_penalty=decoding.repetition_penalty,
            max_decoding_length=_MAX_OUTPUT,
            max_input_length=0,
            return_scores=True,
            return_attention=True,
        )
        return futures

    def _alone(self, run: _Input, decoding: Decoding) -> Any:
        try:
            return self._submit([run], decoding)[0].result()
        except RuntimeError:
            return None


def _batches(lengths: Sequence[int], threads: int) -> list[list[int]]:
    """Indexes in batches of at most MAX_BATCH_TOKENS, padding counted: alike lengths together, the longest first.

    A short article is spread over the threads instead of filling one batch.
    """
    limit = max(64, min(MAX_BATCH_TOKENS, -(-sum(lengths) // threads)))
    batches: list[list[int]] = []
    longest = 0
    for index in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        if not batches or longest * (len(batches[-1]) + 1) > limit:
            batches.append([])
            longest = max(1, lengths[index])
        batches[-1].append(index)
    return batches


def _counting(owners: Sequence[int], progress: Callable[[int], None] | None) -> Callable[[Sequence[int]], None]:
    """Progress in sentences for work that goes by runs: a sentence is done with the last of its runs."""
    left = Counter(owners)

    def done(batch: Sequence[int]) -> None:
        left.subtract(owners[index] for index in batch)
        ended = sum(left[owner] == 0 for owner in {owners[index] for index in batch})
        if progress:
            progress(ended)

    return done


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


def _hypothesis(
    sentence: str,
    parts: list[tuple[_Input, Any]],
    model: str,
    prefix: int,
    marked: Callable[[Sequence[str]], Sequence[str]],
) -> Hypothesis:
    """Detokenise, with a link for each output piece to the input piece that it attends to most.

    The first `prefix` tokens are the target prefix, no text. A piece unknown to the vocabulary is copied from the
    source at that place: é, ⟦, an emoji.
    """
    text = ""
    links: list[Link] = []
    scores: list[float] = []
    for run, output in parts:
        if output is None:
            continue
        scores.append(output.scores[0])
        for token, weights in zip(marked(output.hypotheses[0][prefix:]), output.attention[0][prefix:], strict=True):
            row = weights[: len(run.pieces)]
            best = max(range(len(row)), key=row.__getitem__) if row else None
            start, end = run.spans[best] if best is not None else (0, 0)
            if token.endswith("<unk>"):
                token = token.removesuffix("<unk>") + sentence[start:end]
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
        model,
    )
