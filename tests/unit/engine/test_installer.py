"""Changes to the folder of packages: as a whole or not at all, tried before used, and undone by a roll-back."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from service.engine import installer, packages, pins, trial
from service.engine.installer import State, Unchanged
from service.engine.packages import Installed, PackageError
from tests.unit.engine import tiny


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of something else: packages are not tried, which takes half a second."""
    monkeypatch.setattr(trial, "run", lambda _: None)


def tree(folder: Path) -> dict[str, bytes | None]:
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def refused(change: Callable[[], object], folder: Path, reason: str) -> None:
    """A change is refused for a reason, and nothing was changed."""
    before = tree(folder)
    with pytest.raises(PackageError, match=reason):
        change()
    assert tree(folder) == before


def versions(directory: Path) -> tuple[list[str], list[str]]:
    """What is in use, and what is kept."""
    return (
        [one.version for one in packages.installed(directory)],
        [one.version for one in packages.kept(directory)],
    )


# --- install ---------------------------------------------------------------------------------------------------------


def test_a_package_is_tried_and_installed_with_its_hash(tmp_path: Path, directory: Path) -> None:
    file = tiny.package(tmp_path, "de-en", target_prefix="<2en>")
    digest = packages.sha256(file)
    one = installer.install(file, directory, digest.upper())
    assert (one.name, one.version, one.sha256, one.target_prefix) == ("de-en", "1.0", digest, "<2en>")
    assert packages.installed(directory) == [one]
    assert [path.name for path in directory.iterdir()] == [one.path.name]  # nothing else is left


def test_a_model_that_does_not_translate_takes_nobodys_place(tmp_path: Path, directory: Path) -> None:
    one = installer.install(tiny.package(tmp_path, version="1.0"), directory, pin=True)
    damaged = tiny.package(
        tmp_path, version="2.0", without=["fake/model/model.bin"], extra=[("fake/model/model.bin", b"no weights")]
    )
    refused(lambda: installer.install(damaged, directory, pin=True), tmp_path, "en-id 2.0 does not translate here")
    short = tiny.package(tmp_path, version="2.0", positions=128)
    refused(lambda: installer.install(short, directory, pin=True), tmp_path, "sentences of 400 pieces")
    assert packages.installed(directory) == [one]


@pytest.mark.usefixtures("quick")
class TestWithoutTrial:
    def test_a_wrong_hash_is_refused(self, tmp_path: Path, directory: Path) -> None:
        file = tiny.package(tmp_path)
        refused(lambda: installer.install(file, directory, "0" * 64), tmp_path, "not the expected 0000")

    def test_a_missing_file_is_refused(self, tmp_path: Path, directory: Path) -> None:
        refused(lambda: installer.install(tmp_path / "none", directory), tmp_path, "no such file")

    def test_an_unsafe_archive_is_refused(self, tmp_path: Path, directory: Path) -> None:
        file = tiny.package(tmp_path, extra=[("../evil", b"evil")])
        refused(lambda: installer.install(file, directory), tmp_path, "points outside")
        installer.install(tiny.package(tmp_path, version="0.9"), directory)
        refused(lambda: installer.install(file, directory), tmp_path, "points outside")

    def test_an_archive_damaged_within_is_refused(self, tmp_path: Path, directory: Path) -> None:
        file = tiny.package(tmp_path, extra=[("fake/random", os.urandom(2000))])
        content = bytearray(file.read_bytes())
        place = content.index(b"fake/random") + 500
        content[place : place + 500] = bytes(500)
        file.write_bytes(content)
        refused(lambda: installer.install(file, directory), tmp_path, "damaged")

    def test_metadata_that_cannot_be_are_refused(self, tmp_path: Path, directory: Path) -> None:
        file = tiny.package(tmp_path, package_version="1/../../evil")
        refused(lambda: installer.install(file, directory), tmp_path, "version")

    def test_a_folder_that_cannot_be_one_is_refused(self, tmp_path: Path) -> None:
        file = tiny.package(tmp_path)
        (tmp_path / "file").write_text("")
        refused(lambda: installer.install(file, tmp_path / "file" / "models"), tmp_path, "cannot be changed")

    def test_what_is_installed_is_left_as_it_is(self, tmp_path: Path, directory: Path) -> None:
        file = tiny.package(tmp_path)
        one = installer.install(file, directory)
        before = packages.generation(directory), tree(directory)
        assert installer.install(file, directory) == one
        assert (packages.generation(directory), tree(directory)) == before

    def test_what_is_installed_but_damaged_is_installed_again(self, tmp_path: Path, directory: Path) -> None:
        file = tiny.package(tmp_path)
        one = installer.install(file, directory, pin=True)
        before = tree(directory)
        (one.path / "model" / "model.bin").write_bytes(b"no weights")
        assert installer.install(file, directory).path == one.path
        assert (one.path / "model" / "model.bin").read_bytes() == before[f"{one.path.name}/model/model.bin"]
        assert installer.verify(directory) == [State("en-id", "1.0", True, ())]

    def test_what_is_replaced_is_kept_where_it_was_and_what_it_replaced_goes(
        self, tmp_path: Path, directory: Path
    ) -> None:
        installed = [
            installer.install(tiny.package(tmp_path, version=version), directory) for version in ("1.1", "1.10", "1.9")
        ]
        assert versions(directory) == (["1.9"], ["1.10"])
        assert [one.path.exists() for one in installed] == [False, True, True]

    def test_a_crash_before_the_rename_changes_nothing(
        self, tmp_path: Path, directory: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        one = installer.install(tiny.package(tmp_path), directory)

        def crash(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(Path, "rename", crash)
        before = tree(directory)
        with pytest.raises(KeyboardInterrupt):
            installer.install(tiny.package(tmp_path, version="2.0"), directory)
        assert (tree(directory), packages.installed(directory)) == (before, [one])

    def test_what_a_killed_install_left_behind_is_no_package(self, tmp_path: Path, directory: Path) -> None:
        one = installer.install(tiny.package(tmp_path), directory)
        one.path.with_name(".alihbahasa-killed").mkdir()
        (directory / ".alihbahasa-killed" / "metadata.json").write_text("{")
        assert packages.installed(directory) == [one]
        assert installer.verify(directory) == [State("en-id", "1.0", False, ())]

    def test_installers_at_the_same_time_take_turns(self, tmp_path: Path, directory: Path) -> None:
        files = [tiny.package(tmp_path, pair) for pair in ("en-id", "id-en", "de-en", "en-de")] * 2
        failed: list[BaseException] = []

        def install(file: Path) -> None:
            try:
                installer.install(file, directory, pin=True)
            except BaseException as error:
                failed.append(error)

        threads = [threading.Thread(target=install, args=(file,)) for file in files]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert failed == []
        assert sorted(one.serial for one in packages.every(directory)) == [1, 2, 3, 4]
        assert pins.read(directory).keys() == {"en-id", "id-en", "de-en", "en-de"}

    def test_no_other_process_can_change_the_folder_meanwhile(
        self, tmp_path: Path, directory: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tried: list[int] = []

        def write(*_: object) -> None:
            handle = os.open(directory, os.O_RDONLY)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                tried.append(error.errno)
            finally:
                os.close(handle)

        monkeypatch.setattr(pins, "write", write)
        installer.install(tiny.package(tmp_path), directory, pin=True)
        assert tried == [errno.EWOULDBLOCK]


# --- newer -----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
class TestNewer:
    def test_a_pair_without_a_package_or_with_an_older_one_gets_it(self, tmp_path: Path, directory: Path) -> None:
        for version in ("1.9", "1.10"):
            file = tiny.package(tmp_path, version=version)
            assert installer.install(file, directory, newer=True).version == version

    @pytest.mark.parametrize("version", ["1.9", "1.10"])
    def test_a_pair_with_one_as_new_is_left_as_it_is(self, tmp_path: Path, directory: Path, version: str) -> None:
        installer.install(tiny.package(tmp_path, version="1.10"), directory)
        file = tiny.package(tmp_path, version=version, seed=1)
        refused(lambda: installer.install(file, directory, newer=True), tmp_path, "left as it is")
        assert installer.install(file, directory).version == version  # unless it is asked for by itself

    def test_what_was_rolled_back_stays_so(self, tmp_path: Path, directory: Path) -> None:
        installer.install(tiny.package(tmp_path), directory)
        file = tiny.package(tmp_path, version="2.0")
        installer.install(file, directory)
        installer.rollback("en-id", directory)
        with pytest.raises(Unchanged, match=r"2\.0"):
            installer.install(file, directory, newer=True)
        assert installer.install(file, directory).version == "2.0"

    def test_a_pin_stays(self, tmp_path: Path, directory: Path) -> None:
        installer.install(tiny.package(tmp_path), directory, pin=True)
        file = tiny.package(tmp_path, version="2.0")
        with pytest.raises(Unchanged, match=r"pinned to 1\.0"):
            installer.install(file, directory, newer=True, pin=True)


# --- pins ------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
class TestPins:
    @pytest.fixture
    def one(self, tmp_path: Path, directory: Path) -> Installed:
        return installer.install(tiny.package(tmp_path), directory, pin=True)

    def test_the_lock_file_has_the_hash_of_each_file(self, one: Installed, directory: Path) -> None:
        lock = json.loads((directory / "models.lock.json").read_text())
        files = {
            path.relative_to(one.path).as_posix(): packages.sha256(path)
            for path in one.path.rglob("*")
            if path.is_file() and path.name != "alihbahasa.json"
        }
        assert lock == {"version": 1, "packages": {"en-id": {"version": "1.0", "sha256": one.sha256, "files": files}}}
        pins.check(one)

    def test_another_package_is_refused_unless_it_is_to_be_the_pinned_one(
        self, one: Installed, tmp_path: Path, directory: Path
    ) -> None:
        file = tiny.package(tmp_path, version="2.0")
        refused(lambda: installer.install(file, directory), tmp_path, r"pinned to 1\.0.*--pin")
        two = installer.install(file, directory, pin=True)
        assert pins.read(directory)["en-id"].sha256 == two.sha256
        pins.check(two)

    def test_a_changed_file_is_refused_by_name(self, one: Installed) -> None:
        (one.path / "model" / "model.bin").write_bytes(b"other weights")
        (one.path / "new").write_text("")
        (one.path / "sentencepiece.model").unlink()
        with pytest.raises(PackageError) as told:
            pins.check(one)
        for fault in ("model/model.bin is changed", "new is new", "sentencepiece.model is missing"):
            assert fault in str(told.value)

    def test_another_package_than_the_pinned_one_is_refused(
        self, one: Installed, tmp_path: Path, directory: Path
    ) -> None:
        lock = (directory / "models.lock.json").read_text()
        two = installer.install(tiny.package(tmp_path, version="2.0"), directory, pin=True)
        (directory / "models.lock.json").write_text(lock)
        with pytest.raises(PackageError, match=r"2\.0.*pinned to 1\.0.*models pin en-id"):
            pins.check(two)
        installer.pin(["en-id"], directory)
        pins.check(two)

    def test_what_has_no_pin_is_not_looked_at(self, one: Installed, directory: Path) -> None:
        installer.unpin([], directory)
        (one.path / "model" / "model.bin").write_bytes(b"other weights")
        pins.check(one)

    def test_what_is_damaged_is_not_pinned(self, one: Installed, directory: Path, tmp_path: Path) -> None:
        installer.unpin(["en-id"], directory)
        (one.path / "model" / "model.bin").write_bytes(b"other weights")
        refused(lambda: installer.pin([], directory), tmp_path, r"damaged.*model\.bin.*install it again")

    @pytest.mark.parametrize(
        "content", ["", "[]", '{"version": 2, "packages": {}}', '{"version": 1, "packages": {"x": 1}}']
    )
    def test_a_lock_file_that_cannot_be_read_is_no_leave(
        self, one: Installed, directory: Path, tmp_path: Path, content: str
    ) -> None:
        (directory / "models.lock.json").write_text(content)
        refused(lambda: pins.check(one), tmp_path, "models.lock.json: cannot be read")
        file = tiny.package(tmp_path, version="2.0")
        refused(lambda: installer.install(file, directory, pin=True), tmp_path, "models.lock.json: cannot be read")

    def test_pins_are_of_what_is_there(self, one: Installed, directory: Path, tmp_path: Path) -> None:
        refused(lambda: installer.pin(["de-en"], directory), tmp_path, "de-en is not installed")
        refused(lambda: installer.unpin(["de-en"], directory), tmp_path, "de-en is not pinned")


# --- roll back, remove, verify ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
class TestUndone:
    def test_a_roll_back_takes_up_what_was_replaced_and_is_undone_by_another(
        self, tmp_path: Path, directory: Path
    ) -> None:
        installer.install(tiny.package(tmp_path), directory)
        installer.install(tiny.package(tmp_path, version="2.0"), directory)
        before = packages.generation(directory)
        assert installer.rollback("en-id", directory).version == "1.0"
        assert versions(directory) == (["1.0"], ["2.0"])
        assert packages.generation(directory) != before
        installer.rollback("en-id", directory)
        assert versions(directory) == (["2.0"], ["1.0"])

    def test_a_pin_follows_a_roll_back(self, tmp_path: Path, directory: Path) -> None:
        installer.install(tiny.package(tmp_path), directory, pin=True)
        installer.install(tiny.package(tmp_path, version="2.0"), directory, pin=True)
        pins.check(installer.rollback("en-id", directory))
        assert pins.read(directory)["en-id"].version == "1.0"

    def test_there_is_no_roll_back_to_nothing_or_to_what_is_damaged(self, tmp_path: Path, directory: Path) -> None:
        refused(lambda: installer.rollback("en-id", directory), tmp_path, "nothing is installed")
        one = installer.install(tiny.package(tmp_path), directory)
        refused(lambda: installer.rollback("de-en", directory), tmp_path, "de-en is not installed")
        refused(lambda: installer.rollback("en-id", directory), tmp_path, "no earlier package")
        installer.install(tiny.package(tmp_path, version="2.0"), directory)
        (one.path / "model" / "model.bin").write_bytes(b"other weights")
        refused(lambda: installer.rollback("en-id", directory), tmp_path, "damaged")

    def test_a_removed_pair_is_gone_without_a_trace(self, tmp_path: Path, directory: Path) -> None:
        other = installer.install(tiny.package(tmp_path, "id-en"), directory)
        before = tree(directory)
        for version in ("1.0", "2.0"):
            installer.install(tiny.package(tmp_path, version=version), directory, pin=True)
        assert [one.version for one in installer.remove("en-id", directory)] == ["2.0", "1.0"]
        assert packages.installed(directory) == [other]
        assert pins.read(directory) == {}
        assert tree(directory).keys() == before.keys() | {"models.lock.json"}
        refused(lambda: installer.remove("en-id", directory), tmp_path, "en-id is not installed")

    def test_all_that_differs_is_told_by_name(self, tmp_path: Path, directory: Path) -> None:
        installer.install(tiny.package(tmp_path, "de-en"), directory, pin=True)
        kept = installer.install(tiny.package(tmp_path), directory)
        installer.install(tiny.package(tmp_path, version="2.0"), directory, pin=True)
        assert installer.verify(directory) == [
            State("de-en", "1.0", True, ()),
            State("en-id", "2.0", True, ()),
            State("en-id", "1.0", False, ()),
        ]
        (kept.path / "sentencepiece.model").write_bytes(b"other pieces")
        (directory / "broken").mkdir()
        (directory / "broken" / "metadata.json").write_text("{")
        found = {f"{one.name} {one.version}": " ".join(one.faults) for one in installer.verify(directory)}
        assert "not a readable" in found["broken "]
        assert found["en-id 1.0"] == "sentencepiece.model is changed"
        assert found["en-id 2.0"] == found["de-en 1.0"] == ""
        (one,) = [one for one in packages.folders(directory) if one.name.startswith("de_en")]
        one.rename(tmp_path / "elsewhere")
        found = {one.name: " ".join(one.faults) for one in installer.verify(directory)}
        assert found["de-en"] == "it is pinned, but not installed"


# --- SHA256SUMS ------------------------------------------------------------------------------------------------------


def test_the_hash_beside_a_file_is_found(tmp_path: Path) -> None:
    assert installer.listed_sha256(tmp_path / "a.argosmodel") is None
    (tmp_path / "SHA256SUMS").write_text(f"{'a' * 64}  a.argosmodel\n{'b' * 64} *b.argosmodel\n")
    assert installer.listed_sha256(tmp_path / "b.argosmodel") == "b" * 64
    assert installer.listed_sha256(tmp_path / "c.argosmodel") is None
