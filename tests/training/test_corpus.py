"""What is kept of a corpus, and what a recipe makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.corpus import Pair, Part, covered, flaw, mixture, read, recipe, synthetic_flaw, told_apart, write
from training.prepare import RECIPE, prepare

SOUND = Pair("The bridge cost 1,500 dollars.", "Jembatan itu menghabiskan 1.500 dolar.")


@pytest.mark.parametrize(
    ("english", "indonesian", "expected"),
    [
        (*SOUND.sides, None),
        ("", "Kosong.", "empty"),
        ("Copy the files to the folder.", "Copy the files to the folder.", "copy"),
        ("Jakarta", "Jakarta", None),
        ("word " * 101, "kata " * 101, "long"),
        ("The bridge was closed for two days after the storm.", "Jembatan ditutup.", "ratio"),
        ("Shares are worth $1.8 billion.", "Saham bernilai 2,4 miliar dolar.", "figures"),
        ("They left the city.", "Mereka pergi pergi pergi pergi.", "loop"),
    ],
)
def test_a_pair_is_dropped_for_its_first_flaw(english: str, indonesian: str, expected: str | None) -> None:
    assert flaw(Pair(english, indonesian)) == expected


@pytest.mark.parametrize(
    ("made", "written", "expected"),
    [
        ("Minister Luhut spoke in Jakarta on Monday.", "Menteri Luhut berbicara di Jakarta pada Senin.", None),
        ("The ⁇ bridge was closed.", "Jembatan itu ditutup.", "unknown"),
        ("The Soekarno Hastattattattat airport was closed.", "Bandara Soekarno Hatta ditutup.", "loop"),
        ("Menteri itu berbicara di Jakarta.", "Menteri itu berbicara di Jakarta kemarin.", "copy"),
        ("The minister spoke in the city today.", "Menteri bernama Luhut berbicara di kota Balikpapan.", "names"),
        ("The price is 12 dollars.", "Harganya 15 dolar.", "figures"),
    ],
)
def test_a_machines_source_has_flaws_of_its_own(made: str, written: str, expected: str | None) -> None:
    assert synthetic_flaw(Pair(made, written, into="id")) == expected


def test_the_machines_side_is_told_by_the_direction() -> None:
    assert synthetic_flaw(Pair("Luhut was in Jakarta.", "Lutut ada di ⁇.", into="en")) == "unknown"
    assert synthetic_flaw(Pair("Luhut was in ⁇.", "Luhut ada di Jakarta.", into="en")) != "unknown"


def test_sentences_of_a_test_set_and_pairs_met_before_are_told() -> None:
    tested = Pair("It rained in Bogor.", "Hujan turun di Bogor.")
    told = told_apart([SOUND, tested, SOUND], frozenset({"Hujan turun di Bogor."}))
    assert [why for _, why in told] == [None, "test", "seen"]


def test_sides_with_few_links_say_different_things() -> None:
    sides = ("He said that he would be back in the spring.", "Polisi menutup jalan utama kota itu sejak pagi.")
    assert covered(Pair(*sides, "0-0 1-1 2-2 3-3 4-4 5-5 6-6 7-7"))
    assert not covered(Pair(*sides, "0-0 4-3 9-7"))
    assert covered(Pair(*sides)), "not aligned yet"
    assert covered(Pair("He left.", "Ia pergi.", "0-0")), "too short to judge"


def test_a_file_keeps_pairs_with_their_links(tmp_path: Path) -> None:
    file = tmp_path / "news.tsv"
    write(file, [SOUND, Pair("Yes.", "Ya.", "0-0 1-1")])
    assert read(file) == [SOUND, Pair("Yes.", "Ya.", "0-0 1-1")]


def test_lines_without_a_translation_are_left_out_and_white_space_is_folded(tmp_path: Path) -> None:
    file = tmp_path / "news.tsv"
    file.write_text("Alone\nTwo  words\tDua\u00a0 kata \n", encoding="utf-8")
    assert read(file) == [Pair("Two words", "Dua kata")]


def test_a_mixture_shows_parts_as_often_as_the_recipe_says(tmp_path: Path) -> None:
    write(tmp_path / "news.tsv", [SOUND])
    write(tmp_path / "back-id.tsv", [Pair("Yes.", "Ya.")])
    parts = [Part("news.tsv", times=2), Part("back-id.tsv", made=True, into="id"), Part("back-en.tsv", made=True)]
    assert mixture(parts, tmp_path) == [SOUND, SOUND, Pair("Yes.", "Ya.", into="id")]


def test_our_recipe_can_be_read_and_shows_machine_text_one_way_only() -> None:
    parts = recipe(RECIPE)
    assert {part.into for part in parts if part.files.startswith("back-")} == {"en", "id"}
    assert all(part.into is None for part in parts if not part.made)


def test_preparing_cleans_every_part_and_makes_what_articles_need(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    for name, pairs in {
        "train/news.tsv": [
            SOUND,
            Pair("Floods hit Bogor again.", "Banjir kembali melanda Bogor."),
            Pair("One.", "1 2"),
        ],
        "train/talks.tsv": [Pair('"Yes," he said.', '"Ya," katanya.')] * 2
        + [Pair('"No," he said.', '"Tidak," katanya.')],
        "test/news.tsv": [Pair("Unseen.", "Floods hit Bogor again.")],
    }.items():
        (corpus / name).parent.mkdir(parents=True, exist_ok=True)
        write(corpus / name, pairs)
    prepare(corpus, tmp_path / "data", [Part("news.tsv", seed=True), Part("talks.tsv")])
    assert read(tmp_path / "data" / "news.tsv") == [SOUND]
    assert [pair.english for pair in read(tmp_path / "data" / "talks.tsv")] == ['"Yes," he said.', "“No,” he said."]
    (figures,) = read(tmp_path / "data" / "made-figures.tsv")
    assert figures != SOUND
    assert figures.english.startswith("The bridge cost ")


def test_a_part_that_the_corpus_lacks_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"talks\.tsv: no such file; take the part out of the recipe"):
        prepare(tmp_path, tmp_path / "data", [Part("talks.tsv")])
