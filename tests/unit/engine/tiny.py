"""Argos packages with tiny models of random weights: sound, quick, and for any pair of languages."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import numpy
import sentencepiece
from ctranslate2.specs import TransformerSpec, model_spec

_WIDTH = 16
_TEXT = "selamat pagi good morning guten morgen jalan baru 1 2 3 . , the government will build new roads"

CODES = "\n".join(["#version: 0.2", "g o", "o d</w>", "m o", "r n", "i n", "in g</w>", "t h", "th e</w>", ""]).encode()
"""Merges of byte pair encoding: `goodness` is `go@@ o@@ d@@ n@@ …`."""

Entry = tuple[zipfile.ZipInfo | str, bytes]


def package(
    folder: Path,
    pair: str = "en-id",
    version: str = "1.0",
    *,
    seed: int = 0,
    positions: int = 512,
    byte_pairs: bool = False,
    without: Iterable[str] = (),
    extra: Iterable[Entry] = (),
    **metadata: Any,
) -> Path:
    """Make an `.argosmodel` file in a folder. `metadata`, `extra` and `without` say otherwise than a sound one has."""
    source, target = pair.split("-")
    described = {"package_version": version, "argos_version": "1.5", "from_code": source, "to_code": target, **metadata}
    weights = model(seed, positions, metadata.get("target_prefix"), byte_pairs)
    contents: dict[str, bytes] = {
        "fake/metadata.json": json.dumps(described).encode(),
        "fake/bpe.model" if byte_pairs else "fake/sentencepiece.model": CODES if byte_pairs else pieces()[0],
        **{f"fake/model/{name}": content for name, content in weights},
    }
    file = folder / f"translate-{source}_{target}-{version}.argosmodel"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            if name not in without:
                archive.writestr(name, content)
        for entry, content in extra:
            archive.writestr(entry, content)
    return file


@cache
def pieces() -> tuple[bytes, tuple[str, ...]]:
    """A SentencePiece model and its vocabulary."""
    trained = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([_TEXT] * 20),
        model_writer=trained,
        vocab_size=60,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    processor = sentencepiece.SentencePieceProcessor(model_proto=trained.getvalue())
    return trained.getvalue(), tuple(processor.id_to_piece(number) for number in range(3, len(processor)))


def _byte_pairs() -> list[str]:
    letters = "abcdefghijklmnopqrstuvwxyzGS123.,"
    return [*letters, *(f"{one}@@" for one in letters), "go@@", "od", "mo@@", "rn@@", "in@@", "ing", "th@@", "the"]


@cache
def model(
    seed: int = 0, positions: int = 512, prefix: object = None, byte_pairs: bool = False
) -> tuple[tuple[str, bytes], ...]:
    """The files of a CTranslate2 Transformer: each sentence becomes some of its pieces."""
    known = _byte_pairs() if byte_pairs else pieces()[1]
    vocabulary = ["<blank>", "<s>", "</s>", "<unk>", *known, *([str(prefix)] if prefix else [])]
    random = numpy.random.default_rng(seed)
    size = len(vocabulary)
    shapes = {
        "self_attention/linear_0/weight": (3 * _WIDTH, _WIDTH),
        "attention/linear_1/weight": (2 * _WIDTH, _WIDTH),
        "ffn/linear_0/weight": (4 * _WIDTH, _WIDTH),
        "ffn/linear_1/weight": (_WIDTH, 4 * _WIDTH),
        "embeddings/weight": (size, _WIDTH),
        "embeddings_0/weight": (size, _WIDTH),
        "projection/weight": (size, _WIDTH),
        "position_encodings/encodings": (positions, _WIDTH),
        "gamma": (_WIDTH,),
        "beta": (_WIDTH,),
    }

    def fill(layer: Any, name: str, value: object) -> None:
        shape = next((shape for end, shape in shapes.items() if name.endswith(end)), None)
        if value is None or name.endswith("encodings"):
            setattr(layer, name.rpartition("/")[2], random.normal(size=shape or (_WIDTH, _WIDTH)).astype("float32"))

    spec = TransformerSpec.from_config(1, 2)
    model_spec.visit_spec(spec, fill)
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    with tempfile.TemporaryDirectory() as folder:
        spec.save(folder)
        return tuple((file.name, file.read_bytes()) for file in sorted(Path(folder).iterdir()))
