"""Argos packages on disk: which there are, and what each says of itself. Who changes them is `installer`.

Each package is a folder with a receipt, which holds the SHA-256 of the archive that it came in and those of its files.
Of two packages for one language pair the one that was put in use last is used, and the other kept for a roll-back.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from service.article import locale as locales

LOCK: Final = "models.lock.json"
"""The lock file's name: which packages are pinned, and to what (`pins`)."""

_RECEIPT: Final = "alihbahasa.json"

_VERSION: Final = re.compile(r"[0-9A-Za-z]+([.+-][0-9A-Za-z]+)*")
"""What a package may say of itself: its folder is named after this, so nothing in it may lead elsewhere."""

_ARGOS_CODES: Final = {"pb": "pt"}
"""Language codes of Argos' own making."""


class PackageError(ValueError):
    """A package that is refused; the message names the file and the remedy. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was installed: the archive's SHA-256, those of its files by their path, and when: the higher, the later."""

    sha256: str
    files: Mapping[str, str]
    serial: int = 0


@dataclass(frozen=True, slots=True)
class Installed:
    """A package on disk. `sha256` is that of the archive it came in; the languages are BCP 47's first subtags."""

    source: str
    target: str
    name: str
    version: str
    sha256: str
    target_prefix: str
    path: Path
    serial: int = 0

    @property
    def model(self) -> str:
        """The name by which translations tell what made them."""
        return f"{self.name}@{self.sha256[:12]}"

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(file.stat().st_size for file in self.path.rglob("*") if file.is_file())


@cache
def argos() -> Any:
    """argostranslate.package. On import it makes folders where XDG says: in one that goes again, not in our home."""
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    before = {name: os.environ.get(name) for name in names}
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(dict.fromkeys(names, home))
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


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of a package, by its path in the package."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and file != folder / _RECEIPT)
    return {file.relative_to(folder).as_posix(): sha256(file) for file in files}


def installed(directory: Path) -> list[Installed]:
    """The packages in use, by language pair. Raises PackageError for a folder that is no sound package."""
    return _latest(every(directory))


def kept(directory: Path) -> list[Installed]:
    """The packages that a roll-back would bring back, by language pair."""
    packages = every(directory)
    used = {one.path for one in _latest(packages)}
    return _latest([one for one in packages if one.path not in used])


def every(directory: Path) -> list[Installed]:
    """All packages in a folder, the last used of a pair first."""
    return by_use(read(folder) for folder in folders(directory))


def by_use(packages: Iterable[Installed]) -> list[Installed]:
    """Packages in their order: those that were put in use last come first."""
    return sorted(packages, key=lambda one: (one.serial, version_key(one.version)), reverse=True)


def folders(directory: Path) -> list[Path]:
    """The folders that hold a package, sound or not."""
    return sorted(path.parent for path in directory.glob("[!.]*/metadata.json"))


def generation(directory: Path) -> object:
    """A stamp that is another after each install, removal, roll-back and change of a pin; takes microseconds."""
    stamps: list[tuple[str, int, int]] = []
    try:
        with os.scandir(directory) as entries:
            paths = [entry.path for entry in entries if not entry.name.startswith(".")]
    except FileNotFoundError:
        return None
    for path in paths:
        try:
            state = Path(path if path.endswith(LOCK) else f"{path}/{_RECEIPT}").stat()
        except OSError:  # no package, or one that goes this moment
            continue
        stamps.append((path, state.st_ino, state.st_mtime_ns))
    return sorted(stamps)


def version_key(version: str) -> tuple[int, ...]:
    """Versions in their order: 1.9 before 1.10."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))


def pair_name(name: str) -> tuple[str, str] | None:
    """The languages of a pair's name, None where it is none: `en-id`, `en_id`, and `en_pb` as Argos has it.

    >>> pair_name("en_tl"), pair_name("en-id.argosmodel")
    (('en', 'fil'), None)
    """
    source, mark, target = name.replace("_", "-").partition("-")
    try:
        return (language(source), language(target)) if mark else None
    except ValueError:
        return None


def language(code: str) -> str:
    """A package's language in our spelling: Argos' `tl` is `fil`, its `pb` Portuguese. Raises ValueError."""
    if code == "zt":
        raise ValueError("traditional Chinese (zt) cannot be told from simplified (zh) here: install zh")
    return locales.language(_ARGOS_CODES.get(code, code))


def receipt(folder: Path) -> Receipt:
    """The receipt in a package's folder. Raises OSError, ValueError or TypeError where there is no sound one."""
    return Receipt(**json.loads((folder / _RECEIPT).read_text(encoding="utf-8")))


def write_receipt(folder: Path, receipt: Receipt) -> None:
    """Write a package's receipt, at once or not at all."""
    write_json(folder / _RECEIPT, asdict(receipt))


def write_json(file: Path, value: object) -> None:
    """Write a file so that nobody, also after a power cut, sees half of it."""
    with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=".", encoding="utf-8", delete=False) as new:
        json.dump(value, new, indent=2)
        new.write("\n")
        new.flush()
        os.fsync(new.fileno())
    Path(new.name).chmod(0o644)
    Path(new.name).replace(file)
    sync(file.parent)


def sync(path: Path) -> None:
    """What was written to a file or a folder is on the disk, also after a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(folder: Path) -> Installed:
    """The package in a folder. Raises PackageError where there is no sound one."""
    try:
        package = argos().Package(folder)
        prefix = json.loads((folder / "metadata.json").read_text(encoding="utf-8")).get("target_prefix") or ""
        came = receipt(folder)
    except Exception as error:
        raise PackageError(f"{folder.name}: not a readable Argos package ({error!r}); remove its folder") from error
    if package.type != "translate":
        raise PackageError(f"{folder.name}: a package of type {package.type!r}; only those that translate are of use")
    try:
        source, target = _only(package.from_code, package.from_codes), _only(package.to_code, package.to_codes)
    except ValueError as error:
        raise PackageError(f"{folder.name}: its languages cannot be used: {error}") from None
    version = package.package_version
    if source == target or not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise PackageError(f"{folder.name}: its languages or its version are none: {source}-{target} {version!r}")
    if not isinstance(prefix, str):
        raise PackageError(f"{folder.name}: its target_prefix is no text: {prefix!r}")
    if not (folder / "model" / "model.bin").is_file():
        raise PackageError(f"{folder.name}: not an Argos translation package (model/model.bin is missing)")
    if not any((folder / tokenizer).is_file() for tokenizer in ("sentencepiece.model", "bpe.model")):
        raise PackageError(f"{folder.name}: not an Argos translation package (it has no tokenizer that we know)")
    name = f"{source}-{target}"
    return Installed(source, target, name, version, came.sha256, prefix, folder, came.serial)


def _only(code: object, codes: object) -> str:
    """The one language that a package names. Raises ValueError for several, none, or one that is unknown."""
    named = [code] if code else codes
    if not isinstance(named, list) or not all(isinstance(one, str) for one in named) or not named:
        raise ValueError("from_code or to_code is missing")
    if len(named) > 1:
        raise ValueError(f"{', '.join(named)}: a package for several pairs at once; install one for each pair")
    return language(named[0])


def _latest(packages: list[Installed]) -> list[Installed]:
    """The first of each pair, by pair."""
    first: dict[str, Installed] = {}
    for one in packages:
        first.setdefault(one.name, one)
    return [first[name] for name in sorted(first)]
