"""Argos packages on disk: installed safely and atomically, listed with the SHA-256 they came with.

argostranslate gives the package's model (`Package`, its metadata); everything that writes is ours, because its own
functions import stanza and torch, open the network, or unzip without looking.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import tempfile
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

MAX_UNPACKED = 4 * 1024**3
"""Bytes that a package may unpack to; the largest in the Argos index is under 1 GiB."""

_RECEIPT = "alihbahasa.json"

_CODE = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*")
_VERSION = re.compile(r"[0-9A-Za-z]+([.+-][0-9A-Za-z]+)*")
"""What a package may say of itself: its folder is named after this, so nothing in it may lead elsewhere."""


class PackageError(ValueError):
    """A package that is refused; the message names the file and the remedy. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A package on disk. `sha256` is that of the archive it came in."""

    source: str
    target: str
    name: str
    version: str
    sha256: str
    target_prefix: str
    path: Path

    @property
    def model(self) -> str:
        """The name by which translations tell what made them."""
        return f"{self.name}@{self.sha256[:12]}"


@cache
def _argos(home: Path) -> Any:
    """argostranslate.package. It makes folders on import where XDG says: in the data folder, not the user's home."""
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, str(home)))
    try:
        import argostranslate.package
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    return argostranslate.package


def sha256(file: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def installed(directory: Path) -> list[Installed]:
    """The packages in a folder, by language pair; of two versions of one pair, the newer one."""
    found: dict[tuple[str, str], Installed] = {}
    folders = sorted(directory.glob("[!.]*/metadata.json")) if directory.is_dir() else []
    for metadata in folders:
        one = _read(metadata.parent)
        known = found.get((one.source, one.target))
        if known is None or _version(known.version) < _version(one.version):
            found[one.source, one.target] = one
    return [found[pair] for pair in sorted(found)]


def install(file: Path, directory: Path, expected: str | None = None) -> Installed:
    """Install an `.argosmodel` file into a folder: all of it or nothing.

    `expected` is the SHA-256 that the file must have. A package that is installed already is left as it is. Raises
    PackageError for a wrong hash, an unsafe or damaged archive, or one that is no Argos translation package.
    """
    if not file.is_file():
        raise PackageError(f"{file}: no such file")
    digest = sha256(file)
    if expected is not None and digest != expected.lower():
        raise PackageError(f"{file.name}: its SHA-256 is {digest}, not the expected {expected}; download it again")
    for one in installed(directory):
        if one.sha256 == digest:
            return one
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".installing-", dir=directory) as scratch:
        root = _unpack(file, Path(scratch))
        (root / _RECEIPT).write_text(json.dumps({"sha256": digest}), encoding="utf-8")
        one = _read(root)
        place = directory / f"{one.source}_{one.target}-{one.version}-{digest[:12]}"
        try:
            root.replace(place)
        except OSError:
            if not place.is_dir():  # else somebody installed the same archive meanwhile
                raise
    return _read(place)


def remove(package: Installed) -> None:
    """Remove an installed package. A model that is loaded from it stays in memory until the service restarts."""
    with tempfile.TemporaryDirectory(prefix=".removing-", dir=package.path.parent) as scratch:
        package.path.replace(Path(scratch, package.path.name))  # gone at once: half a package would stop the service


def _unpack(file: Path, scratch: Path) -> Path:
    """Unzip after looking at every entry; returns the package's folder inside `scratch`."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise PackageError(f"{file.name}: unpacks to more than {MAX_UNPACKED} bytes")
            for entry in entries:
                name = entry.filename
                mode = entry.external_attr >> 16
                if name.startswith("/") or ".." in Path(name).parts or "\\" in name or ":" in name:
                    raise PackageError(f"{file.name}: entry {name!r} points outside the package")
                if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
                    raise PackageError(f"{file.name}: entry {name!r} is a link or a special file")
            archive.extractall(scratch)  # every entry was looked at above
    except PackageError:
        raise
    except OSError as error:
        raise PackageError(f"{file.name}: cannot be unpacked into {scratch.parent}: {error}") from error
    except Exception as error:  # zipfile, zlib, lzma and bz2 each raise their own on bad bytes
        raise PackageError(f"{file.name}: the archive is damaged ({error}); download it again") from error
    roots = list(scratch.glob("*/metadata.json"))
    if len(roots) != 1:
        raise PackageError(f"{file.name}: no Argos package (a metadata.json in one folder was expected)")
    return roots[0].parent


def _read(folder: Path) -> Installed:
    try:
        package = _argos(folder.parent / ".argos").Package(folder)
        metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
        receipt = folder / _RECEIPT
        digest = json.loads(receipt.read_text(encoding="utf-8"))["sha256"] if receipt.exists() else "unknown"
        one = Installed(
            source=str(package.from_code or ""),
            target=str(package.to_code or ""),
            name=f"{package.from_code}-{package.to_code}",
            version=str(package.package_version),
            sha256=digest,
            target_prefix=str(metadata.get("target_prefix") or ""),
            path=folder,
        )
    except Exception as error:
        raise PackageError(f"{folder.name}: not a readable Argos package ({error}); remove its folder") from error
    if not one.source or not one.target or not (folder / "model" / "model.bin").is_file():
        raise PackageError(f"{folder.name}: not an Argos translation package (languages or model/model.bin missing)")
    if not (_CODE.fullmatch(one.source) and _CODE.fullmatch(one.target) and _VERSION.fullmatch(one.version)):
        raise PackageError(f"{folder.name}: its languages or its version are none: {one.name!r} {one.version!r}")
    if not (folder / "sentencepiece.model").is_file():
        raise PackageError(f"{folder.name}: only SentencePiece packages are supported so far")
    return one


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in text.split("."))
