"""A checkpoint as Argos packages, and a package as a checkpoint again.

`python -m training.export WORK VERSION` writes WORK/packages from WORK/last.pt: int8 for CTranslate2, whose attention
is that of the heads which align best (training/heads.py). `python -m training.export --recover PACKAGE WORK` writes
WORK/start.pt and the vocabulary from a package made here, to train on from what is published; what int8 rounds off is
learnt again within a hundred steps.
"""

from __future__ import annotations

import argparse
import io
import shutil
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy
import sentencepiece
import torch
from ctranslate2.specs import common_spec, transformer_spec
from ctranslate2.specs.model_spec import index_spec
from torch import Tensor

from training.alignment import gold
from training.heads import choose, put_first
from training.model import load
from training.pack import pack, unpacked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("version", nargs="?", help="of the packages: 0.3")
    parser.add_argument("--recover", type=Path, metavar="PACKAGE")
    arguments = parser.parse_args()
    work: Path = arguments.work
    if arguments.recover:
        work.mkdir(parents=True, exist_ok=True)
        with unpacked(arguments.recover) as package:
            torch.save(recovered(package.folder / "model" / "model.bin"), work / "start.pt")
            shutil.copy(package.folder / "sentencepiece.model", work)
        return
    if not arguments.version:
        parser.error("VERSION is missing: the packages are named after it")
    with tempfile.TemporaryDirectory() as scratch:
        model, vocabulary = Path(scratch) / "model", work / "sentencepiece.model"
        convert(torch.load(work / "last.pt", map_location="cpu"), vocabulary, model)
        for file in pack(model, vocabulary, work / "packages", arguments.version):
            print(file)


def layout(encoder: int, decoder: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Where each part of a checkpoint goes: a name in CTranslate2's specification, and those of the linear layers
    that are joined there, or of the normalisation."""
    for side, ours, count in (("encoder", "enc", encoder), ("decoder", "dec", decoder)):
        yield f"{side}/layer_norm", (f"n{ours[0]}",)
        for n in range(count):
            there, here = f"{side}/layer_{n}", f"{ours}.{n}"
            yield f"{there}/self_attention/layer_norm", (f"{here}.n1",)
            yield f"{there}/self_attention/linear_0", (f"{here}.sa.q", f"{here}.sa.k", f"{here}.sa.v")
            yield f"{there}/self_attention/linear_1", (f"{here}.sa.o",)
            if side == "decoder":
                yield f"{there}/attention/layer_norm", (f"{here}.n2",)
                yield f"{there}/attention/linear_0", (f"{here}.ca.q",)
                yield f"{there}/attention/linear_1", (f"{here}.ca.k", f"{here}.ca.v")
                yield f"{there}/attention/linear_2", (f"{here}.ca.o",)
            yield f"{there}/ffn/layer_norm", (f"{here}.n3",)
            yield f"{there}/ffn/linear_0", (f"{here}.f1",)
            yield f"{there}/ffn/linear_1", (f"{here}.f2",)


def convert(checkpoint: dict[str, Any], vocabulary: Path, out: Path) -> None:
    """Write a checkpoint as a CTranslate2 model of int8 weights into `out`, which is made."""
    tokenizer: Any = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary))
    model = load(checkpoint)
    choice = choose(model, tokenizer, gold())
    print(f"alignment error {choice.error:.3f}: layer {choice.layer}, heads {', '.join(map(str, choice.heads))}")
    put_first(model, choice)
    config = model.cfg
    spec = transformer_spec.TransformerSpec.from_config(
        (config["enc"], config["dec"]),
        config["h"],
        pre_norm=True,
        activation=common_spec.Activation.RELU,
        alignment_layer=choice.layer,
        alignment_heads=len(choice.heads),
    )
    weights = {name: value.detach().float().numpy() for name, value in model.state_dict().items()}
    for there, here in layout(config["enc"], config["dec"]):
        part = index_spec(spec, there)
        names = ("gamma", "beta") if there.endswith("norm") else ("weight", "bias")
        for name, kind in zip(names, ("weight", "bias"), strict=True):
            setattr(part, name, numpy.concatenate([weights[f"{one}.{kind}"] for one in here]))
    for embeddings in (spec.encoder.embeddings[0], spec.decoder.embeddings):
        embeddings.weight = weights["emb.weight"]
        embeddings.multiply_by_sqrt_depth = True
    for side in (spec.encoder, spec.decoder):
        side.position_encodings.encodings = model.pos.numpy()
    spec.decoder.projection.weight = weights["emb.weight"]
    pieces = [tokenizer.id_to_piece(n) for n in range(tokenizer.get_piece_size())]
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.add_source_eos = True
    spec.config.decoder_start_token = tokenizer.id_to_piece(tokenizer.bos_id())
    spec.validate()
    spec.optimize(quantization="int8")
    out.mkdir(parents=True)
    spec.save(str(out))


def recovered(file: Path) -> dict[str, Any]:
    """A checkpoint, `model` and `cfg`, of a model.bin that `convert` has made."""
    values = dict(variables(file))
    encoder, decoder = (
        len({name.split("/")[1] for name in values if name.startswith(f"{side}/layer_") and name.count("/") > 2})
        for side in ("encoder", "decoder")
    )
    state: dict[str, Tensor] = {"emb.weight": _weight(values, "decoder/embeddings")}
    for there, here in layout(encoder, decoder):
        if there.endswith("norm"):
            joined = {"weight": torch.tensor(values[f"{there}/gamma"]), "bias": torch.tensor(values[f"{there}/beta"])}
        else:
            joined = {"weight": _weight(values, there), "bias": torch.tensor(values[f"{there}/bias"])}
        for kind, value in joined.items():
            for one, part in zip(here, value.chunk(len(here)), strict=True):
                state[f"{one}.{kind}"] = part.clone()
    pieces, width = state["emb.weight"].shape
    config = {"vocab": pieces, "d": width, "h": int(values["encoder/num_heads"]), "enc": encoder, "dec": decoder}
    return {"model": state, "cfg": config | {"ff": len(state["enc.0.f1.bias"]), "drop": 0.1}}


def _weight(values: dict[str, Any], name: str) -> Tensor:
    """CTranslate2 keeps int8 weights with a scale for each row."""
    return torch.tensor(values[f"{name}/weight"] / values[f"{name}/weight_scale"][:, None], dtype=torch.float32)


_TYPES: Final = (numpy.float32, numpy.int8, numpy.int16, numpy.int32, numpy.float16)
"""Types of values by their number in the file."""

_VERSION: Final = 6


def variables(file: Path) -> Iterator[tuple[str, Any]]:
    """The values in a model.bin, by name, as CTranslate2's ModelSpec.save writes them (version 6 of the format).

    Raises ValueError for another version.
    """
    stream = io.BytesIO(file.read_bytes())

    def number(kind: str) -> int:
        return int(struct.unpack(f"<{kind}", stream.read(struct.calcsize(kind)))[0])

    def text() -> str:
        return stream.read(number("H")).rstrip(b"\0").decode()

    if (version := number("I")) != _VERSION:
        raise ValueError(f"{file}: version {version} of CTranslate2's format, not {_VERSION}")
    text()  # what kind of model it is
    number("I")  # and that kind's revision
    values: dict[str, Any] = {}
    for _ in range(number("I")):
        name = text()
        shape = [number("I") for _ in range(number("B"))]
        kind = _TYPES[number("B")]
        values[name] = numpy.frombuffer(stream.read(number("I")), kind).reshape(shape)
    aliases = {text(): text() for _ in range(number("I"))}
    yield from values.items()
    for alias, name in aliases.items():
        yield alias, values[name]


if __name__ == "__main__":
    main()
