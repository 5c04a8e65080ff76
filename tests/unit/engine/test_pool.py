"""The pool: which pairs there are, what translates them, and each model loaded once."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import pytest

from service.article.types import Hypothesis, Link
from service.engine import installer, packages, pool
from service.engine.batcher import Batcher
from service.engine.packages import PackageError
from service.engine.pool import NoModel, Pool
from service.engine.translator import Translator
from tests.unit.engine import tiny


@pytest.fixture
def both(models: Path) -> Pool:
    return Pool(models, threads=1)


@pytest.fixture
def chain(tmp_path: Path, models: Path) -> Pool:
    """The starter models as if they were Javanese to English and English to Indonesian."""
    for package, source, target in zip(packages.installed(models), ("en", "jv"), ("id", "en"), strict=True):
        folder = tmp_path / f"{source}_{target}"
        folder.mkdir()
        for entry in package.path.iterdir():
            if entry.name != "metadata.json":
                (folder / entry.name).symlink_to(entry)
        metadata = json.loads((package.path / "metadata.json").read_text())
        (folder / "metadata.json").write_text(json.dumps({**metadata, "from_code": source, "to_code": target}))
    return Pool(tmp_path, threads=1)


def test_the_pairs_are_those_of_the_packages(both: Pool) -> None:
    assert both.pairs() == {("en", "id"), ("id", "en")}
    assert [package.name for package in both.packages] == ["en-id", "id-en"]


def test_an_empty_folder_has_no_pairs(tmp_path: Path) -> None:
    assert Pool(tmp_path / "none", threads=1).pairs() == frozenset()


def test_a_pair_without_a_model_is_told_with_the_remedy(both: Pool) -> None:
    with pytest.raises(NoModel, match="models install"):
        both.translate(["Bonjour."], "fr", "id")
    with pytest.raises(NoModel):
        both.model("id", "id")


def test_pairs_are_chained_through_english(chain: Pool) -> None:
    assert chain.pairs() == {("en", "id"), ("jv", "en"), ("jv", "id")}
    assert [package.name for package in chain.route("jv", "id")] == ["jv-en", "en-id"]


def test_a_chain_translates_by_both_models_and_names_them(chain: Pool) -> None:
    sentences = ["Pemerintah membangun jalan baru di provinsi itu.", "Selamat pagi."]
    found = dict(chain.translate(sentences, "jv", "id"))
    assert {one.model for one in found.values()} == {chain.model("jv", "id")}
    assert chain.model("jv", "id").count("@") == 2
    assert (found[1].text, set(found)) == ("Selamat pagi.", {0, 1})


def test_a_chained_link_leads_to_the_first_source(chain: Pool) -> None:
    first = Hypothesis("b bb", -1.0, (Link(0, 2, 0, 1), Link(3, 5, 2, 4)), "one")
    second = Hypothesis("ccc", -2.0, (Link(2, 4, 0, 3),), "two")
    chained = pool._joined(first, second)
    assert (chained.text, chained.score, chained.links) == ("ccc", -3.0, (Link(3, 5, 0, 3),))


def test_models_are_loaded_once_for_all_threads(both: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    barrier = threading.Barrier(8)

    def load(package: packages.Installed, batcher: Batcher, threads: int) -> Translator:
        loaded.append(package.name)
        return Translator(package, batcher, threads)

    def work() -> None:
        barrier.wait(10)
        both.translate(["Good morning."], "en", "id")

    monkeypatch.setattr(pool, "Translator", load)
    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert loaded == ["en-id"]


def test_all_models_are_loaded_ahead(both: Pool) -> None:
    both.load()
    assert set(both._loaded) == {package.path for package in both.packages}


# --- the folder changes under a running service ---------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, models: Path) -> Path:
    """A folder of our own with English to Indonesian alone."""
    copy(models, tmp_path / "models", "en-id", "1.0")
    return tmp_path / "models"


def copy(models: Path, folder: Path, name: str, version: str, model: bytes | None = None) -> None:
    """Put a package into a folder under a version, as `install` does; `model` replaces its weights."""
    (package,) = [one for one in packages.installed(models) if one.name == name]
    scratch = folder.parent / "scratch"
    scratch.mkdir(parents=True)
    shutil.copytree(package.path, scratch / "package")
    metadata = json.loads((package.path / "metadata.json").read_text())
    (scratch / "package" / "metadata.json").write_text(json.dumps({**metadata, "package_version": version}))
    if model is not None:
        (scratch / "package" / "model" / "model.bin").write_bytes(model)
    folder.mkdir(exist_ok=True)
    (scratch / "package").replace(folder / f"{name}-{version}")
    scratch.rmdir()


def test_a_new_version_takes_over_and_who_translates_with_the_old_one_ends_with_it(folder: Path, models: Path) -> None:
    pool = Pool(folder, threads=1)
    before = pool.packages[0]
    running = pool.translate(["Good morning."] * 200, "en", "id")
    next(running)
    copy(models, folder, "en-id", "2.0")
    (after,) = pool.packages
    assert (before.version, after.version) == ("1.0", "2.0")
    shutil.rmtree(before.path)
    assert sum(1 for _ in running) == 199
    assert [path.name for path in pool._loaded] == ["en-id-2.0"]


def test_a_new_version_that_does_not_work_changes_nothing(folder: Path, models: Path) -> None:
    pool = Pool(folder, threads=1)
    list(pool.translate(["Good morning."], "en", "id"))
    copy(models, folder, "en-id", "2.0", b"no model")
    assert [package.version for package in pool.packages] == ["1.0"]
    assert dict(pool.translate(["Good morning."], "en", "id"))[0].text == "Selamat pagi."


def test_a_new_pair_is_there_without_a_restart_and_goes_when_it_is_removed(folder: Path, models: Path) -> None:
    pool = Pool(folder, threads=1)
    assert pool.pairs() == {("en", "id")}
    copy(models, folder, "id-en", "1.0")
    assert pool.pairs() == {("en", "id"), ("id", "en")}
    installer.remove("id-en", folder)
    assert pool.pairs() == {("en", "id")}
    assert all(path.name.startswith("en-id") for path in pool._loaded)


def test_a_folder_that_cannot_be_read_changes_nothing(folder: Path) -> None:
    pool = Pool(folder, threads=1)
    (folder / "broken").mkdir()
    (folder / "broken" / "metadata.json").write_text("{")
    assert pool.pairs() == {("en", "id")}


def test_a_model_that_does_not_load_is_named_at_the_start(folder: Path, models: Path) -> None:
    copy(models, folder, "id-en", "1.0", b"no model")
    with pytest.raises(PackageError, match=r"id-en-1\.0: the model does not load"):
        Pool(folder, threads=1).load()


def test_the_model_used_least_leaves_when_there_is_too_much(models: Path) -> None:
    pool = Pool(models, threads=1, memory=8_000_000)
    for source, target in (("en", "id"), ("id", "en")):
        assert dict(pool.translate(["1, 2, 3."], source, target))[0].text
        assert [(one.package.source, one.package.target) for one in pool._loaded.values()] == [(source, target)]


def test_what_is_installed_serves_and_so_does_what_is_rolled_back_to(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    installer.install(tiny.package(tmp_path, version="1.0"), folder)
    pool = Pool(folder, threads=1)
    served: list[str] = []

    def serve() -> None:
        ((_, made),) = pool.translate(["Good morning."], "en", "id")
        assert made.model == pool.packages[0].model
        served.append(pool.packages[0].version)

    serve()
    installer.install(tiny.package(tmp_path, version="2.0"), folder)
    serve()
    installer.rollback("en-id", folder)
    serve()
    assert served == ["1.0", "2.0", "1.0"]


def test_a_model_that_differs_from_its_pin_is_not_taken_up(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    installer.install(tiny.package(tmp_path, version="1.0"), folder, pin=True)
    pool = Pool(folder, threads=1)
    lock = (folder / packages.LOCK).read_text()
    installer.install(tiny.package(tmp_path, version="2.0"), folder, pin=True)
    (folder / packages.LOCK).write_text(lock)
    assert pool.packages[0].version == "1.0"
    installer.pin([], folder)
    assert pool.packages[0].version == "2.0"
