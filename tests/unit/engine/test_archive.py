"""Archives: nothing that one says of itself is believed, and what is refused leaves nothing behind."""

from __future__ import annotations

import os
import stat
import zipfile
from pathlib import Path

import pytest

from service.engine import archive
from service.engine.packages import PackageError
from tests.unit.engine import tiny


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def entry(name: str, mode: int = 0, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.compress_type = method
    return info


def assert_refused(file: Path, scratch: Path, reason: str) -> None:
    """Refused before anything was written."""
    with pytest.raises(PackageError, match=reason) as told:
        archive.unpack(file, scratch)
    assert str(told.value).startswith(f"{file.name}: ")
    assert list(scratch.iterdir()) == []


def test_a_package_is_unpacked_without_the_models_of_other_sentence_splitters(tmp_path: Path, scratch: Path) -> None:
    extra = [("fake/README.md", b"CC BY"), ("fake/stanza/en.pt", b"pickle"), ("fake/minisbd/en.onnx", b"onnx")]
    root = archive.unpack(
        tiny.package(tmp_path, extra=[*extra, ("__MACOSX/fake/x", b"x"), ("fake/model/", b"")]), scratch
    )
    assert root == scratch / "fake"
    assert sorted(path.name for path in scratch.iterdir()) == ["fake"]
    assert sorted(path.name for path in root.iterdir()) == [
        "README.md",
        "metadata.json",
        "model",
        "sentencepiece.model",
    ]
    assert (root / "README.md").read_bytes() == b"CC BY"


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "fake/../../evil",
        "/evil",
        "//evil",
        "..\\evil",
        "C:evil",
        "fake/./x",
        "fake//x",
        "fake/a\nb",
        "..",
    ],
)
def test_an_entry_that_points_outside_is_refused(tmp_path: Path, scratch: Path, name: str) -> None:
    assert_refused(tiny.package(tmp_path, extra=[(entry(name), b"evil")]), scratch, "points outside")


def test_a_name_that_ends_early_is_refused(tmp_path: Path, scratch: Path) -> None:
    file = tiny.package(tmp_path, extra=[(entry("fake/readme~evil"), b"evil")])
    file.write_bytes(file.read_bytes().replace(b"fake/readme~evil", b"fake/readme\0evil"))
    assert_refused(file, scratch, "points outside")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO])
def test_a_link_or_a_special_file_is_refused(tmp_path: Path, scratch: Path, kind: int) -> None:
    file = tiny.package(tmp_path, extra=[(entry("fake/link", kind | 0o777), b"/etc/passwd")])
    assert_refused(file, scratch, "a link or a special file")


@pytest.mark.parametrize(
    "names", [("fake/x", "fake/x"), ("fake/x", "fake/x/y"), ("fake/x/y", "fake/x"), ("fake/x/", "fake/x")]
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_refused(tmp_path: Path, scratch: Path, names: tuple[str, str]) -> None:
    assert_refused(tiny.package(tmp_path, extra=[(entry(name), b"") for name in names]), scratch, "have one name")


def test_too_many_entries_are_refused(tmp_path: Path, scratch: Path) -> None:
    file = tiny.package(tmp_path, extra=[(entry(f"fake/{number}"), b"") for number in range(archive.MAX_ENTRIES)])
    assert_refused(file, scratch, "entries")


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1_000_000)
    assert_refused(
        tiny.package(tmp_path, extra=[("fake/noise", os.urandom(1_000_000))]), scratch, "unpacks to more than"
    )


def test_what_unpacks_to_many_times_its_size_is_refused(tmp_path: Path, scratch: Path) -> None:
    assert_refused(tiny.package(tmp_path, extra=[("fake/zeros", bytes(100_000_000))]), scratch, "a zip bomb")


def test_an_entry_is_never_unpacked_beyond_its_declared_size(tmp_path: Path, scratch: Path) -> None:
    file = tiny.package(tmp_path, extra=[("fake/zeros", bytes(100_000))])
    file.write_bytes(file.read_bytes().replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    with pytest.raises(PackageError, match="damaged"):
        archive.unpack(file, scratch)
    assert (scratch / "fake" / "zeros").stat().st_size <= 10


def test_a_truncated_archive_is_refused(tmp_path: Path, scratch: Path) -> None:
    file = tiny.package(tmp_path)
    os.truncate(file, file.stat().st_size // 2)
    assert_refused(file, scratch, "damaged.*download it again")


def test_changed_bytes_are_refused(tmp_path: Path, scratch: Path) -> None:
    file = tiny.package(tmp_path, extra=[("fake/random", os.urandom(2000))])
    content = bytearray(file.read_bytes())
    middle = content.index(b"fake/random") + 500
    content[middle : middle + 500] = bytes(500)
    file.write_bytes(content)
    with pytest.raises(PackageError, match="damaged"):
        archive.unpack(file, scratch)


def test_an_encrypted_archive_is_refused(tmp_path: Path, scratch: Path) -> None:
    file = tiny.package(tmp_path)
    with zipfile.ZipFile(file) as opened:
        place = opened.start_dir
    content = bytearray(file.read_bytes())
    content[place + 8] |= 1  # the first entry's flags in the central directory
    content[6] |= 1
    file.write_bytes(content)
    assert_refused(file, scratch, "encrypted")


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_compression_that_packages_do_not_have_is_refused(tmp_path: Path, scratch: Path, method: int) -> None:
    assert_refused(tiny.package(tmp_path, extra=[(entry("fake/x", method=method), b"x")]), scratch, "not deflated")


@pytest.mark.parametrize("extra", [[], [("other/metadata.json", b"{}"), ("fake/metadata.json", b"{}")]])
def test_what_is_no_package_is_refused(tmp_path: Path, scratch: Path, extra: list[tuple[str, bytes]]) -> None:
    assert_refused(tiny.package(tmp_path, without=["fake/metadata.json"], extra=extra), scratch, "no Argos package")


def test_metadata_at_the_top_makes_no_package(tmp_path: Path, scratch: Path) -> None:
    file = tiny.package(tmp_path, without=["fake/metadata.json"], extra=[("metadata.json", b"{}")])
    assert_refused(file, scratch, "no Argos package")


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, scratch: Path) -> None:
    file = tmp_path / "text.argosmodel"
    file.write_text("no archive")
    assert_refused(file, scratch, "damaged")
