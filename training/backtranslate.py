"""Translate monolingual text, to train on: `python -m training.backtranslate PACKAGE TEXT WORK --most 100000`.

TEXT holds a sentence a line (.txt or .txt.xz) in the package's source language. WORK/data/back-LANGUAGE.tsv gets pairs
of them with what the package makes of them, to be trained in the direction whose target a person wrote (Sennrich et
al. 2016). Made again with a better model the pairs get better, too.
"""

from __future__ import annotations

import argparse
import lzma
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import ctranslate2
import sentencepiece

from training.corpus import Pair, write
from training.pack import Package, unpacked
from training.prepare import held_out, sound

_BEGINS: Final = re.compile(r"[\"“'‘(]?[A-Z0-9]")
_ENDS: Final = re.compile(r"[.!?][\"”'’)]?$")
_FOREIGN: Final = re.compile(r"https?:|www\.|[@©|{}<>]")
_LETTER: Final = re.compile(r"[^\W\d_]")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path)
    parser.add_argument("text", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--most", type=int, default=100_000, help="sentences, drawn at random; default: %(default)s")
    parser.add_argument("--corpus", type=Path, help="whose test sentences are kept out")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    with _open(arguments.text) as lines:
        sentences = [*chosen(lines)]
    random.Random(1).shuffle(sentences)
    with unpacked(arguments.package) as package:
        pairs = [*translated(package, sentences[: arguments.most], arguments.threads)]
        name = f"back-{package.source}"
    never = held_out(arguments.corpus) if arguments.corpus else frozenset[str]()
    write(arguments.work / "data" / f"{name}.tsv", sound(pairs, never, name))


def _open(file: Path) -> Any:
    return lzma.open(file, "rt", encoding="utf-8") if file.suffix == ".xz" else file.open(encoding="utf-8")


def chosen(lines: Iterable[str]) -> Iterator[str]:
    """The lines that are whole sentences of prose, 6 to 40 words, each once.

    >>> [*chosen(["Baca juga: 5 tips", "Harga beras naik lagi pekan ini.", "Harga beras naik lagi pekan ini."])]
    ['Harga beras naik lagi pekan ini.']
    """
    seen: set[str] = set()
    for line in lines:
        sentence = " ".join(line.split())
        whole = _BEGINS.match(sentence) and _ENDS.search(sentence) and not _FOREIGN.search(sentence)
        if whole and 6 <= len(sentence.split()) <= 40 and sentence not in seen:
            seen.add(sentence)
            if len(_LETTER.findall(sentence)) > 0.65 * len(sentence):
                yield sentence


def translated(package: Package, sentences: Sequence[str], threads: int) -> Iterator[Pair]:
    """Pairs of the sentences with what the package makes of them, greedily: beams would cost more than they bring."""
    tokenizer: Any = sentencepiece.SentencePieceProcessor(model_file=str(package.folder / "sentencepiece.model"))
    model = ctranslate2.Translator(
        str(package.folder / "model"), compute_type="int8", inter_threads=threads, intra_threads=1
    )
    start = [package.prefix] if package.prefix else []
    results = model.translate_iterable(
        tokenizer.encode([*sentences], out_type=str),
        target_prefix=[start] * len(sentences) if start else None,
        beam_size=1,
        max_batch_size=1024,
        batch_type="tokens",
        max_decoding_length=120,
    )
    for sentence, result in zip(sentences, results, strict=True):
        made = tokenizer.decode(result.hypotheses[0][len(start) :])
        yield Pair(made, sentence, into="id") if package.source == "id" else Pair(sentence, made, into="en")


if __name__ == "__main__":
    main()
