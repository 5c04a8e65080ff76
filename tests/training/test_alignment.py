"""The sentences aligned by hand, and the error rate measured on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.alignment import Gold, Links, Sentence, both_ways, error_rate, gold, linked, measure, parse, words_of
from training.pack import unpacked

MODELS = Path(__file__).parents[2] / "models"


def pair() -> Gold:
    return Gold(parse("The/1? court/2 ruled/3."), parse("Pengadilan/1?+2 memutuskan/3."))


def test_a_line_gives_the_plain_sentence_and_where_its_words_are() -> None:
    sentence = parse('"A/1? cheap/2+3 lie/3", he/4 said.')
    assert sentence.text == '"A cheap lie", he said.'
    assert [sentence.text[a:b] for a, b in sentence.words] == ["A", "cheap", "lie", "he"]
    assert sentence.labels[1] == {"2": True, "3": True}


def test_figures_and_money_are_words() -> None:
    sentence = parse("worth/1 $2.5/2 billion/3.")
    assert [sentence.text[a:b] for a, b in sentence.words] == ["worth", "$2.5", "billion"]


def test_links_are_sure_where_both_sides_are() -> None:
    assert pair().links(sure=True) == {(1, 0), (2, 1)}
    assert pair().links(sure=False) == {(0, 0), (1, 0), (2, 1)}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ({(1, 0), (2, 1)}, 0.0),
        ({(0, 0), (1, 0), (2, 1)}, 0.0),  # a possible link does no harm
        ({(1, 0)}, 1 - 2 / 3),
        ({(1, 0), (2, 0)}, 1 - 2 / 4),
        (set(), 1.0),
    ],
)
def test_the_error_rate_is_that_of_och_and_ney(found: Links, expected: float) -> None:
    assert error_rate([(pair(), frozenset(found))]) == pytest.approx(expected)


def test_pieces_belong_to_the_words_that_they_are_part_of() -> None:
    assert words_of(pair().source, ["▁The", "▁", "co", "urt", "▁ruled", "."]) == [0, None, 1, 1, 2, None]


def test_pieces_of_no_word_link_nothing() -> None:
    assert linked([0, 1, 2, None], [0, 1, None], [1, 3, 2]) == {(1, 0)}


def test_the_gold_set_is_large_and_both_sides_use_the_same_numbers() -> None:
    pairs = gold()
    assert len(pairs) >= 50
    for each in pairs:
        assert len(each.links(sure=True)) >= 4, each.source.text


def test_a_number_on_one_side_only_is_named(tmp_path: Path) -> None:
    file = tmp_path / "gold.txt"
    file.write_text("# ours\n\nYes/1, he/2 left/3.\nYa/1, ia/2 pergi/4.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"'Yes, he left\.': 3, 4 is on one side only"):
        gold(file)


@pytest.mark.slow
@pytest.mark.parametrize("file", sorted(MODELS.glob("*.argosmodel")), ids=lambda file: file.stem)
def test_the_bundled_models_align(file: Path) -> None:
    """Markup is carried over by what they attend to."""
    with unpacked(file) as package:
        pairs = [each for target, each in both_ways(gold()) if target == package.target]
        assert measure(package.folder, pairs, package.prefix) < 0.25


def test_the_reverse_of_a_pair_has_its_links_turned_round() -> None:
    (_, forth), (_, back) = both_ways([pair()])
    assert back.links(sure=True) == {(b, a) for a, b in forth.links(sure=True)}
    assert isinstance(back.source, Sentence)
