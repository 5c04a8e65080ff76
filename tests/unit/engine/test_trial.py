"""The trial of a package: in a process of its own, which may crash, hang, or say what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.engine import archive, packages, trial
from service.engine.packages import Installed, PackageError, Receipt
from tests.unit.engine import tiny


def laid(tmp_path: Path, **options: object) -> Installed:
    """A package as it is before it is put in use."""
    root = archive.unpack(tiny.package(tmp_path, **options), tmp_path)  # type: ignore[arg-type]
    packages.write_receipt(root, Receipt("a" * 64, {}))
    return packages.read(root)


@pytest.mark.parametrize("positions", [512, 1024])
def test_a_sound_model_passes_whatever_its_positions(tmp_path: Path, positions: int) -> None:
    trial.run(laid(tmp_path, positions=positions))


def test_a_target_prefix_that_the_model_does_not_know_is_no_reason_to_crash(tmp_path: Path) -> None:
    trial.run(laid(tmp_path, target_prefix="<2id>"))


@pytest.mark.parametrize(
    ("file", "content", "reason"),
    [
        ("model/model.bin", b"\x09\x00\x00\x00" + bytes(100), "version"),
        ("model/model.bin", b"", "does not translate here"),
        ("model/shared_vocabulary.json", b"[]", "does not translate here"),
        ("sentencepiece.model", b"pieces", "does not translate here"),
    ],
)
def test_a_model_that_does_not_load_is_told_with_the_reason(
    tmp_path: Path, file: str, content: bytes, reason: str
) -> None:
    one = laid(tmp_path)
    (one.path / file).write_bytes(content)
    with pytest.raises(PackageError, match=reason):
        trial.run(one)


def test_a_trial_that_crashes_is_told_by_its_signal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "crash"
    script.write_text("#!/bin/sh\nkill -SEGV $$\n")
    script.chmod(0o755)
    one = laid(tmp_path)
    monkeypatch.setattr("sys.executable", str(script))
    with pytest.raises(PackageError, match="SIGSEGV"):
        trial.run(one)


def test_a_trial_that_does_not_end_is_ended(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="longer than"):
        trial.run(laid(tmp_path), seconds=0.01)
