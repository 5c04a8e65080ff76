"""One vocabulary for both languages: `python -m training.vocabulary WORK`, from WORK/data to WORK/sentencepiece.model.

Pieces by the unigram model (Kudo 2018), whose sampling the trainer may use. Digits are pieces of their own, so that
figures are copied digit by digit; `<2en>` and `<2id>` name the target. With the pieces of a package that is to be
trained on, take its sentencepiece.model instead.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

import sentencepiece

from training.corpus import Language, mixture, recipe
from training.prepare import RECIPE

PREFIXES: Final[dict[Language, str]] = {"en": "<2en>", "id": "<2id>"}
"""The decoder's first token, which names the target language; an Argos package's `target_prefix`."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--pieces", type=int, default=8000)
    parser.add_argument("--recipe", type=Path, default=RECIPE)
    arguments = parser.parse_args()
    pairs = mixture(recipe(arguments.recipe), arguments.work / "data")
    train([side for pair in pairs for side in pair.sides], arguments.work / "sentencepiece.model", arguments.pieces)


def train(sentences: list[str], file: Path, pieces: int) -> None:
    """Train a vocabulary. Raises RuntimeError where the sentences do not have that many pieces in them."""
    with file.open("wb") as out:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(sentences),
            model_writer=out,
            vocab_size=pieces,
            model_type="unigram",
            normalization_rule_name="nmt_nfkc",
            split_digits=True,
            control_symbols=list(PREFIXES.values()),
            pad_id=0,
            unk_id=1,
            bos_id=2,
            eos_id=3,
            input_sentence_size=2_000_000,
            shuffle_input_sentence=True,
            minloglevel=2,
        )


if __name__ == "__main__":
    main()
