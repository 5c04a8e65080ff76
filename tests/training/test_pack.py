"""Argos packages of ours are what the product installs."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

from training.pack import pack, unpacked


def packed(folder: Path, version: str = "0.3") -> list[Path]:
    model = folder / "model"
    model.mkdir(exist_ok=True)
    (model / "model.bin").write_bytes(b"weights")
    (model / "config.json").write_text("{}", encoding="utf-8")
    (folder / "sp.model").write_bytes(b"pieces")
    return pack(model, folder / "sp.model", folder / "out", version)


def test_a_model_of_both_directions_makes_two_packages(tmp_path: Path) -> None:
    files = packed(tmp_path)
    assert [file.name for file in files] == ["translate-en_id-0_3.argosmodel", "translate-id_en-0_3.argosmodel"]
    with zipfile.ZipFile(files[1]) as archive:
        root = "translate-id_en-0_3"
        assert archive.read(f"{root}/model/model.bin") == b"weights"
        assert archive.read(f"{root}/sentencepiece.model") == b"pieces"
        metadata = json.loads(archive.read(f"{root}/metadata.json"))
    assert (metadata["from_code"], metadata["to_code"]) == ("id", "en")
    assert metadata["target_prefix"] == "<2en>"
    assert metadata["package_version"] == "0.3"


def test_the_same_model_makes_the_same_bytes_and_their_sums_are_told(tmp_path: Path) -> None:
    before = [file.read_bytes() for file in packed(tmp_path)]
    files = packed(tmp_path)
    assert [file.read_bytes() for file in files] == before
    lines = (tmp_path / "out" / "SHA256SUMS").read_text().splitlines()
    assert lines == [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}" for file in files]


def test_a_package_is_unpacked_for_a_while(tmp_path: Path) -> None:
    forth, _ = packed(tmp_path)
    with unpacked(forth) as package:
        assert (package.source, package.target, package.prefix) == ("en", "id", "<2id>")
        assert (package.folder / "model" / "model.bin").is_file()
    assert not package.folder.exists()
