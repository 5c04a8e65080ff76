"""The limit: CTranslate2's own `translate_batch` on sentences that are tokenized beforehand, and nothing after it.

`python -m bench.raw MODELS` answers for `bench.worker`.
"""

from __future__ import annotations

import os
import sys
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import ctranslate2
import sentencepiece

from bench.timing import Measured, measure
from bench.worker import Worker, answer
from service.engine.packages import installed


@dataclass(frozen=True)
class Options:
    """How CTranslate2 is driven."""

    inter_threads: int
    intra_threads: int
    batch_size: int
    batch_type: str

    def __str__(self) -> str:
        return (
            f"inter_threads={self.inter_threads}, intra_threads={self.intra_threads}, "
            f'max_batch_size={self.batch_size}, batch_type="{self.batch_type}"'
        )


def scan(worker: Worker, items: list[Any]) -> tuple[Options, list[tuple[Options, float]]]:
    """The best options for these items, and what each of those tried gave, in words per second: the better of two.

    First the split of the cores, then the size of batches with the best split.
    """
    cores = len(os.sched_getaffinity(0))
    splits = sorted({(cores, 1), (1, cores), (2 * cores, 1)})
    sizes = [(256, "tokens"), (1024, "tokens"), (2048, "tokens"), (16, "examples"), (32, "examples")]
    tried: dict[Options, float] = {}

    def best() -> Options:
        return max(tried, key=tried.__getitem__)

    def attempt(options: Options) -> None:
        runs = [worker.measure(items=items, options=asdict(options)) for _ in range(3)]
        tried[options] = max(run.rate for run in runs[1:])

    for inter, intra in splits:
        attempt(Options(inter, intra, 512, "tokens"))
    split = best()
    for size, kind in sizes:
        attempt(Options(split.inter_threads, split.intra_threads, size, kind))
    return best(), list(tried.items())


def main(models: Path) -> None:
    """Items are [source, target, sentences]; `options` are those of Options."""
    packages = {(one.source, one.target): one for one in installed(models)}
    tokenizers = {
        pair: sentencepiece.SentencePieceProcessor(model_file=str(one.path / "sentencepiece.model"))
        for pair, one in packages.items()
    }
    loaded: dict[tuple[int, int], dict[tuple[str, str], ctranslate2.Translator]] = {}

    def translators(inter: int, intra: int) -> dict[tuple[str, str], ctranslate2.Translator]:
        if (inter, intra) not in loaded:
            loaded.clear()
            loaded[inter, intra] = {
                pair: ctranslate2.Translator(
                    str(one.path / "model"), compute_type="int8", inter_threads=inter, intra_threads=intra
                )
                for pair, one in packages.items()
            }
        return loaded[inter, intra]

    def reply(request: dict[str, Any]) -> Measured:
        options = Options(**request["options"])
        models = translators(options.inter_threads, options.intra_threads)
        calls, words = [], 0
        for source, target, sentences in request["items"]:
            prefix = packages[source, target].target_prefix
            call = partial(
                models[source, target].translate_batch,
                tokenizers[source, target].encode(sentences, out_type=str),
                target_prefix=[[prefix]] * len(sentences) if prefix else None,
                beam_size=request.get("beam", 2),
                max_batch_size=options.batch_size,
                batch_type=options.batch_type,
            )
            calls.append(call)
            words += sum(len(sentence.split()) for sentence in sentences)
        return measure(calls, words, request.get("concurrency", 1))

    answer(reply)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
