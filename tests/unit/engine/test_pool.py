"""The pool: which pairs there are, what translates them, and each model loaded once."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from service.article.types import Hypothesis, Link
from service.engine import packages, pool
from service.engine.pool import NoModel, Pool
from service.engine.translator import Translator


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


def test_a_chain_names_both_models_and_tells_progress_once_a_sentence(chain: Pool) -> None:
    told: list[int] = []
    sentences = ["Pemerintah membangun jalan baru.", "Selamat pagi."]
    found = chain.translate(sentences, "jv", "id", progress=told.append)
    assert {one.model for one in found} == {chain.model("jv", "id")}
    assert chain.model("jv", "id").count("@") == 2
    assert all(one.text for one in found)
    assert sum(told) == 2
    assert told[0] == 0  # half way: alive, nothing done


def test_a_chained_link_leads_to_the_first_source(chain: Pool) -> None:
    first = Hypothesis("b bb", -1.0, (Link(0, 2, 0, 1), Link(3, 5, 2, 4)), "one")
    second = Hypothesis("ccc", -2.0, (Link(2, 4, 0, 3),), "two")
    chained = pool._chained(first, second)
    assert (chained.text, chained.score, chained.links) == ("ccc", -3.0, (Link(3, 5, 0, 3),))


def test_models_are_loaded_once_for_all_threads(both: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str] = []
    barrier = threading.Barrier(8)

    def load(package: packages.Installed, threads: int) -> Translator:
        loaded.append(package.name)
        return Translator(package, threads)

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
    assert set(both._loaded) == both.pairs()
