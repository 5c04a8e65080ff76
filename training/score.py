"""Packages side by side: `python -m training.score CORPUS PACKAGE...` prints Markdown.

BLEU (Papineni et al. 2002) and chrF (Popović 2015) by sacrebleu, with its signatures, on CORPUS/test; then how often
the plain output is broken, as the product's own checks see it, and how often it loses a stand-in for what must not be
translated. All packages are asked in the same run.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import ctranslate2
import sacrebleu
import sentencepiece

from training.augment import stand_ins
from training.corpus import Pair, read
from training.faults import faults, stand_ins_lost
from training.pack import Package, unpacked

SETS: Final = ("gunnxx-news-test", "gunnxx-general-test", "ted-tst", "bbc")
NEWS: Final = "gunnxx-news-test"


class Translator:
    """A package, ready. One core: speeds are compared."""

    def __init__(self, package: Package) -> None:
        self._tokenizer: Any = sentencepiece.SentencePieceProcessor(
            model_file=str(package.folder / "sentencepiece.model")
        )
        self._model = ctranslate2.Translator(
            str(package.folder / "model"), compute_type="int8", inter_threads=1, intra_threads=1
        )
        self._start = [package.prefix] if package.prefix else []

    def translate(self, sentences: Sequence[str], beam: int) -> list[str]:
        results = self._model.translate_batch(
            self._tokenizer.encode([*sentences], out_type=str),
            target_prefix=[self._start] * len(sentences) if self._start else None,
            beam_size=beam,
            max_batch_size=1024,
            batch_type="tokens",
            max_decoding_length=250,
        )
        return [self._tokenizer.decode(result.hypotheses[0][len(self._start) :]) for result in results]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("packages", type=Path, nargs="+")
    parser.add_argument("--lines", type=int, default=400)
    arguments = parser.parse_args()
    with ExitStack() as stack:
        packages = {file.stem: stack.enter_context(unpacked(file)) for file in arguments.packages}
        sets = {name: read(arguments.corpus / "test" / f"{name}.tsv") for name in SETS}
        for line in report(packages, sets, arguments.lines):
            print(line, flush=True)


def report(packages: dict[str, Package], sets: dict[str, list[Pair]], lines: int) -> Iterator[str]:
    """Two Markdown tables: scores on the first `lines` of each set at beam 4, and faults on news at beam 2."""
    signatures: set[str] = set()
    ready = {name: Translator(package) for name, package in packages.items()}
    yield f"| package | {' | '.join(sets)} | words/s |"
    yield "| --- " * (len(sets) + 2) + "|"
    for name, package in packages.items():
        cells, words, seconds = [], 0, 0.0
        for pairs in sets.values():
            sources, references = _sides(pairs[:lines], package)
            before = time.perf_counter()
            outputs = ready[name].translate(sources, beam=4)
            seconds += time.perf_counter() - before
            words += sum(len(source.split()) for source in sources)
            bleu, chrf = sacrebleu.BLEU(), sacrebleu.CHRF()
            scores = [metric.corpus_score(outputs, [references]).score for metric in (bleu, chrf)]
            signatures |= {f"{type(metric).__name__} {metric.get_signature()}" for metric in (bleu, chrf)}
            cells.append(f"{scores[0]:.1f} ({scores[1]:.1f})")
        yield f"| {name} | {' | '.join(cells)} | {words / seconds:.0f} |"
    yield f"\nBLEU (chrF), the first {lines} lines at beam 4 on one core. {'; '.join(sorted(signatures))}\n"
    yield "| package | loops | empty | untranslated | unknown characters | figures lost | stand-ins lost |"
    yield "| --- " * 7 + "|"
    news = sets[NEWS][:1000]
    masked = [*stand_ins(news, random.Random(1))]
    for name, package in packages.items():
        sources, _ = _sides(news, package)
        told = faults(sources, ready[name].translate(sources, beam=2), package.source, package.target)
        sources, _ = _sides(masked, package)
        lost = stand_ins_lost(sources, ready[name].translate(sources, beam=2))
        yield f"| {name} | {' | '.join(told.told())} | {lost:.1%} |"
    yield f"\nThe first 1,000 lines of {NEWS} at beam 2, unmended; figures lost: of the sentences with any."


def _sides(pairs: Sequence[Pair], package: Package) -> tuple[list[str], list[str]]:
    english, indonesian = [pair.english for pair in pairs], [pair.indonesian for pair in pairs]
    return (english, indonesian) if package.source == "en" else (indonesian, english)


if __name__ == "__main__":
    main()
