"""One CTranslate2 model and its tokenizer: plain sentences to hypotheses with their alignments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import ctranslate2
import sentencepiece

from service.article.types import Decoding, Hypothesis, Link
from service.engine.packages import Installed

MAX_PIECES = 400
"""Longest input given to a model at once, in pieces: well below the 512 positions of Argos models."""

MAX_BATCH_TOKENS = 2048
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
        self._tokenizer = sentencepiece.SentencePieceProcessor(model_file=str(package.path / "sentencepiece.model"))
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
        return [_hypothesis(sentence, parts, model, prefix) for sentence, parts in zip(sentences, merged, strict=True)]

    def _encode(self, sentence: str) -> _Input:
        normalised, offsets = self._tokenizer.normalize(sentence, with_offsets=True)
        pieces = self._tokenizer.encode(sentence, out_type=str)
        spans: list[tuple[int, int]] = []
        position = 0
        for piece in pieces:
            place = position + (len(piece) - len(piece.lstrip("▁")) if piece.strip("▁") else 0)
            end = position + len(piece)
            spans.append((offsets[min(place, len(normalised))], offsets[min(end, len(normalised))]))
            position = end
        return _Input(pieces, spans)

    def _decode(self, runs: list[_Input], decoding: Decoding, progress: Callable[[int], None]) -> list[Any]:
        prefix = [[self.package.target_prefix]] if self.package.target_prefix else None
        tokens = sum(len(run.pieces) for run in runs)
        options: dict[str, Any] = {
            "beam_size": decoding.beam_size,
            "no_repeat_ngram_size": decoding.no_repeat_ngram,
            "repetition_penalty": decoding.repetition_penalty,
            "max_batch_size": max(64, min(MAX_BATCH_TOKENS, -(-tokens // self._threads))),
            "batch_type": "tokens",
            "max_decoding_length": _MAX_OUTPUT,
            "max_input_length": 0,
            "return_scores": True,
            "return_attention": True,
        }

        def run_batch(batch: list[_Input]) -> list[Any]:
            submitted: list[Any] = self._model.translate_batch(
                [run.pieces for run in batch],
                target_prefix=prefix * len(batch) if prefix else None,
                asynchronous=True,
                **options,
            )
            return submitted

        results: list[Any] = []
        for index, future in enumerate(run_batch(runs) if runs else []):
            try:
                results.append(future.result())
            except RuntimeError:
                results.append(self._alone(partial(run_batch, [runs[index]])))
            progress(index)
        return results

    @staticmethod
    def _alone(submit: Callable[[], list[Any]]) -> Any:
        try:
            return submit()[0].result()
        except RuntimeError:
            return None


def _counting(owners: list[int], progress: Callable[[int], None] | None) -> Callable[[int], None]:
    """Progress in sentences for work that goes by runs: a sentence is done with its last run."""

    def done(index: int) -> None:
        if progress and (index + 1 == len(owners) or owners[index + 1] != owners[index]):
            progress(1)

    return done


def _runs(whole: _Input) -> list[_Input]:
    """The input cut into runs of at most MAX_PIECES pieces, at the start of a word where there is one."""
    runs: list[_Input] = []
    start = 0
    while len(whole.pieces) - start > MAX_PIECES:
        end = start + MAX_PIECES
        cut = next((i for i in range(end, start + MAX_PIECES // 2, -1) if whole.pieces[i].startswith("▁")), end)
        runs.append(_Input(whole.pieces[start:cut], whole.spans[start:cut]))
        start = cut
    runs.append(_Input(whole.pieces[start:], whole.spans[start:]))
    return runs


def _hypothesis(sentence: str, parts: list[tuple[_Input, Any]], model: str, prefix: int) -> Hypothesis:
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
        tokens, attention = output.hypotheses[0], output.attention[0]
        for index in range(prefix, len(tokens)):
            token = tokens[index]
            row = attention[index][: len(run.pieces)]
            best = max(range(len(row)), key=row.__getitem__) if row else None
            start, end = run.spans[best] if best is not None else (0, 0)
            if token == "<unk>":  # noqa: S105 - a piece of the vocabulary
                token = sentence[start:end]
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
