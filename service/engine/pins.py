"""The lock file `models.lock.json`: which packages are pinned, and the SHA-256 of each of their files.

A pinned pair is translated by that package and no other: what differs is neither installed nor loaded.

```
{"version": 1,
 "packages": {"en-id": {"version": "0.2", "sha256": "4b59…", "files": {"metadata.json": "0d3f…", …}}}}
```
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from service.engine import packages
from service.engine.packages import LOCK, Installed, PackageError

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Pin:
    """What a pair is pinned to: the archive's SHA-256, and those of its files by their path."""

    version: str
    sha256: str
    files: Mapping[str, str]


def read(directory: Path) -> dict[str, Pin]:
    """The pins by the pair's name. Raises PackageError where the lock file cannot be read: pins are not forgotten."""
    file = directory / LOCK
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        if content["version"] != _FORMAT:
            raise ValueError(f"version {content['version']!r}, not {_FORMAT}")
        return {str(name): Pin(**pin) for name, pin in content["packages"].items()}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise PackageError(
            f"{file}: cannot be read ({error!r}); restore it, or remove it and pin again with `alihbahasa models pin`"
        ) from error


def write(directory: Path, pins: Mapping[str, Pin]) -> None:
    """Write the lock file, at once or not at all."""
    content = {name: asdict(pins[name]) for name in sorted(pins)}
    packages.write_json(directory / LOCK, {"version": _FORMAT, "packages": content})


def check(package: Installed) -> None:
    """Raise PackageError where a package is pinned and differs: another version, or a file that was changed.

    Reads all of the package's files: what is asked of a model before it is loaded.
    """
    pin = read(package.path.parent).get(package.name)
    if pin is None:
        return
    if pin.sha256 != package.sha256:
        raise PackageError(
            f"{package.name} {package.version} (SHA-256 {package.sha256}) is installed, but the pair is pinned to "
            f"{pin.version} ({pin.sha256}): install that one, or accept this one with "
            f"`alihbahasa models pin {package.name}`"
        )
    changed = differences(package.path, pin.files)
    if changed:
        raise PackageError(
            f"{package.name} {package.version} is not what it was pinned as ({'; '.join(changed)}): "
            "install the package again"
        )


def differences(folder: Path, files: Mapping[str, str]) -> list[str]:
    """What is not as it was in a package's folder, file by file; empty where all is."""
    found = packages.digests(folder)
    return [
        f"{name} is {'missing' if name not in found else 'new' if name not in files else 'changed'}"
        for name in sorted(found.keys() | files.keys())
        if found.get(name) != files.get(name)
    ]
