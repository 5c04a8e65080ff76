"""Packages: installed whole or not at all, and nothing that an archive says of itself is believed."""

from __future__ import annotations

import json
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.engine import packages
from service.engine.packages import PackageError
from service.settings import ROOT

EN_ID = next((ROOT / "models").glob("translate-en_id-*.argosmodel"))

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make an `.argosmodel` of the right shape, and of what a test adds to it or says otherwise."""

    def make(
        name: str = "fake.argosmodel",
        without: str = "",
        extra: tuple[tuple[zipfile.ZipInfo | str, bytes], ...] = (),
        **changes: Any,
    ) -> Path:
        metadata = {"package_version": "1.0", "argos_version": "1.5", "from_code": "en", "to_code": "id", **changes}
        contents: dict[str, bytes] = {
            "fake/metadata.json": json.dumps(metadata).encode(),
            "fake/model/model.bin": b"model",
            "fake/sentencepiece.model": b"pieces",
        }
        file = tmp_path / name
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry, content in contents.items():
                if entry != without:
                    archive.writestr(entry, content)
            for info, content in extra:
                archive.writestr(info, content)
        return file

    return make


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "models"


def tree(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if ".argos" not in path.parts}


def assert_refused(file: Path, directory: Path, reason: str, expected: str | None = None) -> None:
    before = tree(directory.parent)
    with pytest.raises(PackageError, match=reason):
        packages.install(file, directory, expected)
    assert tree(directory.parent) - {directory} == before - {directory}


def test_a_package_is_installed_with_its_metadata_and_hash(directory: Path) -> None:
    digest = packages.sha256(EN_ID)
    one = packages.install(EN_ID, directory, digest.upper())
    assert (one.source, one.target, one.name, one.version) == ("en", "id", "en-id", "0.2")
    assert one.sha256 == digest
    assert one.model == f"en-id@{digest[:12]}"
    assert packages.installed(directory) == [one]


def test_a_package_that_is_installed_is_left_as_it_is(make: Make, directory: Path) -> None:
    file = make()
    one = packages.install(file, directory)
    before = one.path.stat().st_mtime_ns
    assert packages.install(file, directory) == one
    assert one.path.stat().st_mtime_ns == before


def test_somebody_may_install_the_same_meanwhile(make: Make, directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = packages.install(make(), directory)
    monkeypatch.setattr(packages, "installed", lambda _: [])
    assert packages.install(make(), directory) == one


def test_a_wrong_hash_is_refused(make: Make, directory: Path) -> None:
    assert_refused(make(), directory, "not the expected", "0" * 64)


def test_a_missing_file_is_refused(directory: Path) -> None:
    assert_refused(directory / "none.argosmodel", directory, "no such file")


@pytest.mark.parametrize("name", ["../evil", "fake/../../evil", "/tmp/evil", "..\\evil", "C:evil"])  # noqa: S108
def test_an_entry_that_points_outside_is_refused(make: Make, directory: Path, name: str) -> None:
    assert_refused(make(extra=((zipfile.ZipInfo(name), b"evil"),)), directory, "points outside")


def test_a_link_is_refused(make: Make, directory: Path) -> None:
    link = zipfile.ZipInfo("fake/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert_refused(make(extra=((link, b"/etc/passwd"),)), directory, "a link or a special file")


def test_a_zip_bomb_is_refused_by_its_declared_size(
    make: Make, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "MAX_UNPACKED", 10_000)
    assert_refused(make(extra=(("fake/zeros", bytes(10_001)),)), directory, "unpacks to more than")


def test_an_entry_is_never_unpacked_beyond_its_declared_size(make: Make, directory: Path) -> None:
    file = make(extra=(("fake/zeros", bytes(100_000)),))
    file.write_bytes(file.read_bytes().replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    assert_refused(file, directory, "damaged")


def test_a_truncated_archive_is_refused(make: Make, directory: Path) -> None:
    file = make()
    os.truncate(file, file.stat().st_size // 2)
    assert_refused(file, directory, "damaged")


def test_changed_bytes_are_refused(make: Make, directory: Path) -> None:
    file = make(extra=(("fake/random", os.urandom(2000)),))
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 500] = bytes(500)
    file.write_bytes(content)
    assert_refused(file, directory, "damaged")


def test_an_encrypted_archive_is_refused(make: Make, directory: Path) -> None:
    file = make()
    with zipfile.ZipFile(file) as archive:
        place = archive.start_dir
    content = bytearray(file.read_bytes())
    content[place + 8] |= 1  # the first entry's flags in the central directory
    content[6] |= 1
    file.write_bytes(content)
    assert_refused(file, directory, "damaged")


@pytest.mark.parametrize(
    ("without", "reason"),
    [
        ("fake/metadata.json", "no Argos package"),
        ("fake/model/model.bin", r"model/model\.bin missing"),
        ("fake/sentencepiece.model", "only SentencePiece"),
    ],
)
def test_what_is_no_package_is_refused(make: Make, directory: Path, without: str, reason: str) -> None:
    assert_refused(make(without=without), directory, reason)


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, directory: Path) -> None:
    file = tmp_path / "text.argosmodel"
    file.write_text("no archive")
    assert_refused(file, directory, "damaged")


@pytest.mark.parametrize(
    "changes",
    [{"from_code": "../../../evil"}, {"to_code": "i/d"}, {"package_version": "1/../../evil"}, {"package_version": ""}],
)
def test_metadata_that_would_name_another_folder_is_refused(
    make: Make, directory: Path, changes: dict[str, str]
) -> None:
    assert_refused(make(**changes), directory, "its languages or its version")


def test_metadata_without_languages_is_refused(make: Make, directory: Path) -> None:
    assert_refused(make(from_code=None), directory, "languages")


def test_nothing_is_installed_where_there_is_no_folder(directory: Path) -> None:
    assert packages.installed(directory) == []


def test_of_two_versions_the_newer_one_is_listed(make: Make, directory: Path) -> None:
    packages.install(make("b.argosmodel", package_version="1.10"), directory)
    packages.install(make("a.argosmodel", package_version="1.9"), directory)
    packages.install(make("c.argosmodel", from_code="id", to_code="en"), directory)
    assert [(one.name, one.version) for one in packages.installed(directory)] == [("en-id", "1.10"), ("id-en", "1.0")]


def test_what_an_interrupted_install_left_behind_is_no_package(make: Make, directory: Path) -> None:
    one = packages.install(make(), directory)
    rubbish = directory / ".installing-x"
    rubbish.mkdir()
    (rubbish / "metadata.json").write_text("{")
    assert packages.installed(directory) == [one]


def test_a_damaged_package_is_told_by_name(make: Make, directory: Path) -> None:
    one = packages.install(make(), directory)
    (one.path / "metadata.json").write_text("{")
    with pytest.raises(PackageError, match=rf"{one.path.name}.*remove its folder"):
        packages.installed(directory)


def test_a_removed_package_is_gone_without_a_trace(make: Make, directory: Path) -> None:
    packages.remove(packages.install(make(), directory))
    assert packages.installed(directory) == []
    assert tree(directory) == set()
