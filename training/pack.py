"""Argos packages: a CTranslate2 model and its vocabulary in a zip that says what it translates."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from training.corpus import Language
from training.vocabulary import PREFIXES

ARGOS: Final = "1.11"
"""The version of argostranslate that is known to read the packages."""

_NAMES: Final[dict[Language, str]] = {"en": "English", "id": "Indonesian"}
_DIRECTIONS: Final[tuple[tuple[Language, Language], ...]] = (("en", "id"), ("id", "en"))
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Package:
    """A package on disk, unpacked: `folder` holds model/ and sentencepiece.model."""

    folder: Path
    source: str
    target: str
    prefix: str


def pack(model: Path, vocabulary: Path, out: Path, version: str) -> list[Path]:
    """Pack a model of both directions as two packages in `out`, with their SHA256SUMS. Gives the packages' paths.

    The same files give the same bytes: no times are kept, and names go in order.
    """
    out.mkdir(parents=True, exist_ok=True)
    packed: list[Path] = []
    for source, target in _DIRECTIONS:
        name = f"translate-{source}_{target}-{version.replace('.', '_')}"
        metadata = {
            "package_version": version,
            "argos_version": ARGOS,
            "from_code": source,
            "from_name": _NAMES[source],
            "to_code": target,
            "to_name": _NAMES[target],
            "target_prefix": PREFIXES[target],
        }
        contents = {"metadata.json": json.dumps(metadata, indent=2).encode()}
        contents |= {f"model/{file.name}": file.read_bytes() for file in sorted(model.iterdir())}
        contents["sentencepiece.model"] = vocabulary.read_bytes()
        packed.append(out / f"{name}.argosmodel")
        with zipfile.ZipFile(packed[-1], "w") as archive:
            for entry, content in contents.items():
                archive.writestr(zipfile.ZipInfo(f"{name}/{entry}", _LONG_AGO), content, zipfile.ZIP_DEFLATED, 9)
    sums = (f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in packed)
    (out / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    return packed


@contextmanager
def unpacked(file: Path) -> Iterator[Package]:
    """A package of ours or another's, in a folder that goes with the context."""
    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(file) as archive:
        archive.extractall(scratch)  # zipfile keeps entries inside; we unpack what we have made
        (metadata,) = Path(scratch).glob("*/metadata.json")
        said = json.loads(metadata.read_text(encoding="utf-8"))
        yield Package(metadata.parent, said["from_code"], said["to_code"], said.get("target_prefix", ""))
