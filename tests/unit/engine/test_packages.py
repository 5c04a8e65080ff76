"""Packages on disk: what each says of itself, which are in use, and a stamp that tells of changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from service.engine import packages
from service.engine.packages import Installed, PackageError, Receipt


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "models"


def lay(directory: Path, pair: str = "en-id", version: str = "1.0", serial: int = 0, **metadata: Any) -> Path:
    """A package's folder, without anything that could translate."""
    source, target = pair.split("-")
    folder = directory / f"{source}_{target}-{version}"
    (folder / "model").mkdir(parents=True)
    described = {"package_version": version, "from_code": source, "to_code": target, **metadata}
    (folder / "metadata.json").write_text(json.dumps(described))
    (folder / "model" / "model.bin").write_bytes(b"weights")
    (folder / "sentencepiece.model").write_bytes(b"pieces")
    packages.write_receipt(folder, Receipt("a" * 64, packages.digests(folder), serial))
    return folder


def names(found: list[Installed]) -> list[tuple[str, str]]:
    return [(one.name, one.version) for one in found]


def test_a_package_tells_its_pair_its_version_and_where_it_came_from(directory: Path) -> None:
    folder = lay(directory, target_prefix="<2id>")
    (one,) = packages.installed(directory)
    assert (one.source, one.target, one.name, one.version) == ("en", "id", "en-id", "1.0")
    assert (one.sha256, one.target_prefix, one.path) == ("a" * 64, "<2id>", folder)
    assert one.model == "en-id@aaaaaaaaaaaa"
    assert one.size == sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def test_nothing_is_installed_where_there_is_no_folder(directory: Path) -> None:
    assert packages.installed(directory) == packages.kept(directory) == []
    assert packages.generation(directory) is None


def test_what_was_put_in_use_last_is_used_and_what_it_replaced_is_kept(directory: Path) -> None:
    lay(directory, version="1.10", serial=1)
    lay(directory, version="1.9", serial=3)
    lay(directory, version="2.0", serial=2)
    lay(directory, "id-en", serial=4)
    assert names(packages.installed(directory)) == [("en-id", "1.9"), ("id-en", "1.0")]
    assert names(packages.kept(directory)) == [("en-id", "2.0")]


def test_of_two_put_in_use_at_once_the_newer_is_used(directory: Path) -> None:
    lay(directory, version="1.9")
    lay(directory, version="1.10")
    assert names(packages.installed(directory)) == [("en-id", "1.10")]


def test_what_is_hidden_is_no_package(directory: Path) -> None:
    lay(directory).rename(directory / ".alihbahasa-x")
    assert packages.installed(directory) == []


@pytest.mark.parametrize(
    ("metadata", "reason"),
    [
        ({"from_code": None}, "missing"),
        ({"from_code": ["en"]}, "missing"),
        ({"from_code": "../../../evil"}, "languages"),
        ({"to_code": "i/d"}, "languages"),
        ({"to_code": "xx"}, "xx"),
        ({"to_code": "zt"}, "install zh"),
        ({"from_code": "id"}, "id-id"),
        ({"from_code": None, "from_codes": ["en", "ms"]}, "several pairs"),
        ({"package_version": "1/../../evil"}, "version"),
        ({"package_version": ""}, "version"),
        ({"package_version": 1}, "version"),
        ({"target_prefix": 2}, "target_prefix"),
        ({"type": "sbd"}, "sbd"),
    ],
)
def test_a_package_that_says_what_cannot_be_is_refused(directory: Path, metadata: dict[str, Any], reason: str) -> None:
    lay(directory, **metadata)
    with pytest.raises(PackageError, match=reason):
        packages.installed(directory)


@pytest.mark.parametrize(
    ("missing", "reason"), [("model/model.bin", r"model\.bin is missing"), ("sentencepiece.model", "no tokenizer")]
)
def test_a_package_that_lacks_a_part_is_refused(directory: Path, missing: str, reason: str) -> None:
    (lay(directory) / missing).unlink()
    with pytest.raises(PackageError, match=reason):
        packages.installed(directory)


@pytest.mark.parametrize("file", ["metadata.json", "alihbahasa.json"])
@pytest.mark.parametrize("content", ["{", "[]", "[" * 100_000, '{"sha256": 1}'])
def test_a_package_that_cannot_be_read_is_told_by_its_folder(directory: Path, file: str, content: str) -> None:
    folder = lay(directory)
    (folder / file).write_text(content)
    with pytest.raises(PackageError, match=folder.name):
        packages.installed(directory)


@pytest.mark.parametrize(
    ("argos", "ours"),
    [("tl", "fil"), ("iw", "he"), ("pb", "pt"), ("nb", "nb"), ("pt-BR", "pt"), ("zh", "zh"), ("ky", "ky")],
)
def test_languages_are_named_as_the_rest_of_the_service_names_them(directory: Path, argos: str, ours: str) -> None:
    lay(directory, from_code=argos, to_code="en")
    assert [one.name for one in packages.installed(directory)] == [f"{ours}-en"]


def test_a_package_may_name_its_pair_in_lists(directory: Path) -> None:
    lay(directory, from_code=None, from_codes=["de"], to_code=None, to_codes=["en"])
    assert names(packages.installed(directory)) == [("de-en", "1.0")]


@pytest.mark.parametrize(
    ("name", "pair"),
    [
        ("en-id", ("en", "id")),
        ("en_id", ("en", "id")),
        ("EN_tl", ("en", "fil")),
        ("en", None),
        ("model.argosmodel", None),
        ("en-id-x", None),
    ],
)
def test_a_pair_may_be_named_as_argos_does(name: str, pair: tuple[str, str] | None) -> None:
    assert packages.pair_name(name) == pair


def test_the_stamp_changes_with_whatever_changes_what_is_used(directory: Path) -> None:
    folder = lay(directory)
    stamps = [packages.generation(directory), packages.generation(directory)]
    assert stamps[0] == stamps.pop()
    lay(directory, "id-en")
    stamps.append(packages.generation(directory))
    packages.write_receipt(folder, Receipt("a" * 64, {}, 7))
    stamps.append(packages.generation(directory))
    packages.write_json(directory / packages.LOCK, {})
    stamps.append(packages.generation(directory))
    (directory / ".alihbahasa-x").mkdir()
    assert packages.generation(directory) == stamps[-1]
    assert all(one not in stamps[:number] for number, one in enumerate(stamps))


def test_reading_packages_leaves_no_folders_behind(directory: Path) -> None:
    lay(directory)
    before = set(directory.rglob("*"))
    packages.installed(directory)
    assert set(directory.rglob("*")) == before
