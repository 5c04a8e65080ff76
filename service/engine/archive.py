"""Package archives, distrusted byte by byte: each entry is judged before the first is written."""

from __future__ import annotations

import os
import shutil
import stat
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Final

from service.engine.packages import PackageError, sync

MAX_UNPACKED: Final = 4 * 1024**3
"""Bytes that a package may unpack to; the largest in the Argos index is under 1 GiB."""

MAX_ENTRIES: Final = 1000
"""Files and folders in an archive; packages have ten, with a sentence splitter's models some thirty."""

MAX_RATIO: Final = 100
"""How many times its own size an archive may unpack to. Weights hardly shrink; deflate could do a thousand."""

_SMALL: Final = 1024**2
"""Bytes below which nothing is a bomb, whatever its ratio."""

_METHODS: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

_IGNORED: Final = {"minisbd", "spacy", "stanza"}
"""Sentence splitters that some packages carry. Ours is another, and theirs would come as pickles."""


def unpack(file: Path, scratch: Path) -> Path:
    """Unpack a package's archive into an empty folder; returns the package's own folder inside it.

    Raises PackageError for an archive that is damaged, too large, of a strange kind, or that would write anywhere else.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _judge(file, entries)
            root = _root(file.name, entries)
            for entry in entries:
                path = PurePosixPath(entry.filename)
                if path.parts[0] == root and not entry.is_dir() and path.parts[1] not in _IGNORED:
                    _write(archive, entry, scratch / path)
    except PackageError:
        raise
    except OSError as error:
        raise PackageError(f"{file.name}: cannot be unpacked into {scratch.parent}: {error}") from error
    except Exception as error:  # zipfile, zlib and struct each raise their own on bad bytes
        raise PackageError(f"{file.name}: the archive is damaged ({error}); download it again") from error
    for folder, _, _ in os.walk(scratch):
        sync(Path(folder))
    return scratch / root


def _judge(file: Path, entries: Sequence[zipfile.ZipInfo]) -> None:
    """Raise PackageError unless all of the entries may be written."""
    if len(entries) > MAX_ENTRIES:
        raise PackageError(f"{file.name}: more than {MAX_ENTRIES} entries; no Argos package has as many")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_UNPACKED:
        raise PackageError(f"{file.name}: unpacks to more than {MAX_UNPACKED} bytes; no Argos package is as large")
    if total > max(_SMALL, MAX_RATIO * file.stat().st_size):
        raise PackageError(f"{file.name}: unpacks to more than {MAX_RATIO} times its size: a zip bomb, no package")
    for entry in entries:
        _judge_entry(file.name, entry)
    paths = [PurePosixPath(entry.filename) for entry in entries]
    files = {path for path, entry in zip(paths, entries, strict=True) if not entry.is_dir()}
    if len(set(paths)) < len(paths) or any(files.intersection(path.parents) for path in paths):
        raise PackageError(f"{file.name}: two entries have one name; get the package elsewhere")


def _judge_entry(archive: str, entry: zipfile.ZipInfo) -> None:
    name, mode = entry.orig_filename, entry.external_attr >> 16
    parts = name.removesuffix("/").split("/")
    if any(part in ("", ".", "..") for part in parts) or "\\" in name or ":" in name or not name.isprintable():
        raise PackageError(f"{archive}: entry {name!r} points outside the package; get the package elsewhere")
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise PackageError(f"{archive}: entry {name!r} is a link or a special file; get the package elsewhere")
    if entry.flag_bits & 1:
        raise PackageError(f"{archive}: entry {name!r} is encrypted; get the package elsewhere")
    if entry.compress_type not in _METHODS:
        raise PackageError(f"{archive}: entry {name!r} is not deflated, as packages are; zip it again that way")


def _root(archive: str, entries: Sequence[zipfile.ZipInfo]) -> str:
    """The one folder that has a metadata.json. What else is at the top (`__MACOSX`) is left out."""
    paths = [PurePosixPath(entry.filename) for entry in entries]
    roots = [path.parts[0] for path in paths if len(path.parts) == 2 and path.name == "metadata.json"]
    if len(roots) != 1:
        raise PackageError(f"{archive}: no Argos package (a metadata.json in one folder was expected)")
    return roots[0]


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Path) -> None:
    """Write one file; zipfile itself holds it to its declared size and checks its CRC."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as source, place.open("xb") as target:
        shutil.copyfileobj(source, target, 1024**2)
    sync(place)
