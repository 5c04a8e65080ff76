"""Changes to the folder of packages: each happens as a whole or not at all, one after the other.

A new package is unpacked beside the old one, tried, and put in use by one rename. The one that it replaces stays where
it is, for a roll-back and for who still loads it, until the next but one comes.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from service.engine import archive, packages, pins, trial
from service.engine.packages import Installed, PackageError, Receipt, version_key
from service.engine.pins import Pin


class Unchanged(PackageError):
    """What is installed was left as it is, as `newer` asks for; the message says what and why."""


@dataclass(frozen=True, slots=True)
class State:
    """What `verify` found of a package: `faults` is empty where each file is what was installed, and pinned."""

    name: str
    version: str
    pinned: bool
    faults: tuple[str, ...]


def install(
    file: Path, directory: Path, expected: str | None = None, *, newer: bool = False, pin: bool = False
) -> Installed:
    """Install an `.argosmodel` file into a folder and put it in use: all of it or nothing.

    `expected` is the SHA-256 that the file must have. `newer` raises Unchanged for a pair that is pinned to another
    package, was rolled back from this one, or has none that is older. `pin` pins the pair to this package; without it,
    one that is pinned to another is refused. What is installed already, and whole, is left as it is.

    Raises PackageError for a wrong hash, an unsafe or damaged archive, one that is no Argos translation package, and
    one that does not translate. Then nothing was changed.
    """
    if not file.is_file():
        raise PackageError(f"{file}: no such file")
    digest = packages.sha256(file)
    if expected is not None and digest != expected.lower():
        raise PackageError(f"{file.name}: its SHA-256 is {digest}, not the expected {expected}; download it again")
    with _refusing(directory):
        known = _known(directory, digest)
        if known:
            return _enter(known, directory, newer, pin)
        with scratch(directory) as empty:
            root = archive.unpack(file, empty)
            packages.write_receipt(root, Receipt(digest, packages.digests(root)))
            one = packages.read(root)
            _permit(one, directory, newer, pin)
            trial.run(one)
            directory.mkdir(parents=True, exist_ok=True)
            return _enter(one, directory, newer, pin)


def remove(name: str, directory: Path) -> list[Installed]:
    """Remove a pair's packages and its pin; returns the packages. A running service notices.

    Raises PackageError where there is none.
    """
    with _refusing(directory), _alone(directory):
        found = [one for one in packages.every(directory) if one.name == name]
        _named(found, name)
        last_in_use = [one.path for one in reversed(found)]  # else what is kept would take its place for a moment
        _delete(last_in_use, directory)
        pinned = pins.read(directory)
        if pinned.pop(name, None):
            pins.write(directory, pinned)
    return found


def rollback(name: str, directory: Path) -> Installed:
    """Put the package in use that was replaced last; a second roll-back undoes it. A pin follows.

    Raises PackageError where there is none, or where it is not what was installed.
    """
    with _refusing(directory), _alone(directory):
        _named([one for one in packages.installed(directory) if one.name == name], name)
        kept = next((one for one in packages.kept(directory) if one.name == name), None)
        if kept is None:
            raise PackageError(f"{name}: no earlier package is kept; install the one that you want")
        _sound(kept)
        one = _use(kept, directory)
        if name in pins.read(directory):
            _pin([one], directory)
    return one


def pin(names: Sequence[str], directory: Path) -> list[Installed]:
    """Pin pairs to the packages in use, all of them where none is named; returns the packages.

    Raises PackageError for a pair that is not installed, and for a package that is not what was installed.
    """
    with _refusing(directory), _alone(directory):
        used = {one.name: one for one in packages.installed(directory)}
        for name in names:
            _named([used[name]] if name in used else [], name)
        found = [used[name] for name in names or used]
        for one in found:
            _sound(one)
        _pin(found, directory)
    return found


def unpin(names: Sequence[str], directory: Path) -> None:
    """Take the pins off pairs, off all where none is named. Raises PackageError for one that has none."""
    with _refusing(directory), _alone(directory):
        pinned = pins.read(directory)
        for name in names or list(pinned):
            if pinned.pop(name, None) is None:
                raise PackageError(f"{name} is not pinned; `alihbahasa models list` shows what is")
        pins.write(directory, pinned)


def verify(directory: Path) -> list[State]:
    """Read all files of all packages again and compare them with the lock file, or with what was installed."""
    pinned = pins.read(directory)
    found: list[State] = []
    sound: list[Installed] = []
    for folder in packages.folders(directory):
        try:
            sound.append(packages.read(folder))
        except PackageError as error:
            found.append(State(folder.name, "", False, (str(error),)))
    missing = dict(pinned)
    for one in packages.by_use(sound):
        pin = missing.pop(one.name, None)  # it is for the first of a pair, the one in use
        faults = pins.differences(one.path, pin.files if pin else packages.receipt(one.path).files)
        if pin and pin.sha256 != one.sha256:
            faults = [f"the pair is pinned to {pin.version} ({pin.sha256}), this is {one.sha256}"]
        found.append(State(one.name, one.version, pin is not None, tuple(faults)))
    for name, pin in missing.items():
        found.append(State(name, pin.version, True, ("it is pinned, but not installed",)))
    return sorted(found, key=lambda state: state.name)


def listed_sha256(file: Path) -> str | None:
    """The SHA-256 that a SHA256SUMS file beside a package says it has."""
    try:
        lines = (file.parent / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    listed = {name.lstrip(" *"): digest for digest, _, name in (line.partition(" ") for line in lines)}
    return listed.get(file.name)


@contextmanager
def scratch(directory: Path) -> Iterator[Path]:
    """An empty folder on the file system of a folder, which need not be there yet; it goes again."""
    place = next(parent for parent in (directory, *directory.absolute().parents) if parent.is_dir())
    with tempfile.TemporaryDirectory(prefix=".alihbahasa-", dir=place) as folder:
        yield Path(folder)


def _permit(one: Installed, directory: Path, newer: bool, pin: bool) -> None:
    """Raise PackageError where a pin, or `newer`, forbids to put a package in use."""
    pinned = pins.read(directory).get(one.name)
    if pinned and pinned.sha256 != one.sha256:
        is_pinned = f"{one.name} is pinned to {pinned.version} ({pinned.sha256})"
        if newer:
            raise Unchanged(f"{is_pinned}: left as it is")
        if not pin:
            raise PackageError(f"{is_pinned}, this is {one.version} ({one.sha256}); --pin pins it to this one instead")
    used = next((other for other in packages.installed(directory) if other.name == one.name), None)
    if newer and used and used.sha256 != one.sha256:
        if any(other.sha256 == one.sha256 for other in packages.kept(directory)):
            raise Unchanged(f"{one.name} {used.version} is in use, {one.version} was replaced by it: left as it is")
        if version_key(used.version) >= version_key(one.version):
            raise Unchanged(f"{one.name} {used.version} is in use and no older than {one.version}: left as it is")


def _enter(one: Installed, directory: Path, newer: bool, pin: bool) -> Installed:
    """Put a package in use, pin it, and let go of what a roll-back does not need."""
    with _alone(directory):
        _permit(one, directory, newer, pin)
        one = _use(_known(directory, one.sha256) or one, directory)
        if pin:
            _pin([one], directory)
        others = [other for other in packages.every(directory) if other.name == one.name]
        _delete([other.path for other in others[2:]], directory)
    return one


def _use(one: Installed, directory: Path) -> Installed:
    """Put a package in use that is in the folder or beside it: it gets the highest serial."""
    found = packages.every(directory)
    if one.path in {other.path for other in packages.installed(directory)}:
        return one
    serial = max((other.serial for other in found), default=0) + 1
    packages.write_receipt(one.path, replace(packages.receipt(one.path), serial=serial))
    place = directory / f"{one.source}_{one.target}-{one.version}-{one.sha256[:12]}"
    if place != one.path:
        _delete([place] if place.exists() else [], directory)  # the same package, but damaged
        one.path.rename(place)
        packages.sync(directory)
    return packages.read(place)


def _known(directory: Path, digest: str) -> Installed | None:
    """The package that came in an archive of this SHA-256, if it is here and whole."""
    found = (one for one in packages.every(directory) if one.sha256 == digest)
    return next((one for one in found if not pins.differences(one.path, packages.receipt(one.path).files)), None)


def _pin(found: Iterable[Installed], directory: Path) -> None:
    before = pins.read(directory)
    after = before | {one.name: Pin(one.version, one.sha256, packages.receipt(one.path).files) for one in found}
    if after != before:
        pins.write(directory, after)


def _sound(one: Installed) -> None:
    """Raise PackageError where a package is not what was installed."""
    changed = pins.differences(one.path, packages.receipt(one.path).files)
    if changed:
        raise PackageError(f"{one.name} {one.version} is damaged ({'; '.join(changed)}): install it again")


def _named(found: Sequence[Installed], name: str) -> None:
    if not found:
        raise PackageError(f"{name} is not installed; `alihbahasa models list` shows what is")


def _delete(folders: Iterable[Path], directory: Path) -> None:
    """Delete packages, each gone at once: half a package would stop the service."""
    for folder in folders:
        with tempfile.TemporaryDirectory(prefix=".alihbahasa-", dir=directory) as bin_:
            folder.rename(Path(bin_, folder.name))


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """Nobody else changes the folder meanwhile: who comes second waits."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def _refusing(directory: Path) -> Iterator[None]:
    """What the system refuses is told as what could not be done."""
    try:
        yield
    except FileNotFoundError as error:
        raise PackageError(f"{directory}: nothing is installed there; `alihbahasa models install` does it") from error
    except OSError as error:
        raise PackageError(f"{directory}: cannot be changed: {error}") from error
