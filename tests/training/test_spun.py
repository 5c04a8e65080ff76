"""What repairs spun English is made of: counts of words, and substitutions by hand and from WordNet."""

from __future__ import annotations

import lzma
from math import exp
from pathlib import Path

import pytest

from service.article.ngrams import BOUNDARY, Ngrams, Vocabulary
from service.article.substitutions import Substitutions
from training import ngrams, substitutions, wordnet

LINES = [
    *["The mayor of the port met the mayor of the town."] * 6,
    *["A boat left the port on Monday."] * 4,
    *["An old boat left in 2019, and the mayor was there."] * 3,
    "The zebra left.",
]


@pytest.fixture(scope="module")
def model() -> Ngrams:
    return Ngrams(ngrams.trained(LINES, 30, 0.0, 0.0))


def probability(model: Ngrams, *words: str) -> float:
    before, previous, word = map(model.vocabulary.number, words)
    return exp(model.score(before, previous, word))


def test_what_was_read_often_is_likely(model: Ngrams) -> None:
    assert probability(model, "of", "the", "town") > probability(model, "of", "the", "boat")
    assert probability(model, "met", "the", "mayor") > 0.5
    assert probability(model, BOUNDARY, BOUNDARY, "The") > probability(model, BOUNDARY, BOUNDARY, "mayor")


@pytest.mark.parametrize("context", [("of", "the"), ("zebra", "of"), (BOUNDARY, BOUNDARY), ("left", "the")])
def test_the_probabilities_of_all_words_make_one(model: Ngrams, context: tuple[str, str]) -> None:
    whole = sum(probability(model, *context, word) for word in model.vocabulary.words)
    assert whole == pytest.approx(1, abs=0.05)


def test_rare_words_are_left_out_of_the_vocabulary(model: Ngrams) -> None:
    small = Ngrams(ngrams.trained(LINES, 12, 0.0, 0.0))
    assert len(small.vocabulary.words) == 12
    assert "zebra" in model.vocabulary
    assert "zebra" not in small.vocabulary
    assert small.unseen < 0


def test_what_adds_little_is_dropped(model: Ngrams) -> None:
    pruned = ngrams.trained(LINES, 30, 3.0, 3.0)
    assert len(pruned) < len(ngrams.trained(LINES, 30, 0.0, 0.0))
    assert ngrams.perplexity(model, LINES) < ngrams.perplexity(Ngrams(pruned), LINES) < 30


def test_the_same_lines_give_the_same_file() -> None:
    assert ngrams.trained(LINES, 30, 0.0, 0.0) == ngrams.trained([*LINES], 30, 0.0, 0.0)


def test_the_english_side_of_a_corpus_is_read(tmp_path: Path) -> None:
    (tmp_path / "train").mkdir()
    (tmp_path / "mono").mkdir()
    (tmp_path / "train" / "news.tsv").write_text("The port.\tPelabuhan.\n", "utf-8")
    (tmp_path / "train" / "dictionary.tsv").write_text("port\tpelabuhan\n", "utf-8")
    (tmp_path / "mono" / "en.txt.xz").write_bytes(lzma.compress(b"The town.\n"))
    assert [line.strip() for line in ngrams.english(tmp_path)] == ["The port.", "The town."]


NOUNS = """\
  1 This is the licence.
00000001 15 n 02 summit 0 acme 0 000 | the highest place
00000002 15 n 02 summit 0 summit_meeting 0 000 | a meeting of leaders
00000003 15 n 02 Arsenic 0 As 0 000 | an element
"""
ADJECTIVES = """\
00000001 00 a 01 long 0 001 & 00000002 a 0000 | long
00000002 00 s 02 lengthy 0 drawn-out(a) 0 001 & 00000001 a 0000 | longer
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A WordNet of five sets, in its own format."""
    files = {
        "noun": NOUNS,
        "adj": ADJECTIVES,
        "verb": "00000001 29 v 02 take 0 get 0 000 01 + 08 00 | take\n",
        "adv": "",
    }
    for name, text in files.items():
        (tmp_path / f"data.{name}").write_text(text, "latin-1")
        (tmp_path / f"{name}.exc").write_text("took take\ntaken take\ngot get\n" if name == "verb" else "", "latin-1")
    return tmp_path


def test_synonyms_are_those_of_all_senses_and_of_similar_sets(folder: Path) -> None:
    found = wordnet.mates(folder)
    assert found["summit", "n"] == {"acme": 1.0, "summit meeting": 1.0}
    assert found["as", "n"] == {"arsenic": 1.0}
    assert found["long", "a"] == {"lengthy": wordnet.SIMILAR_WEIGHT, "drawn-out": wordnet.SIMILAR_WEIGHT}


@pytest.mark.parametrize(
    ("word", "part", "kind", "forms"),
    [
        ("acme", "n", "s", ["acmes"]),
        ("city", "n", "s", ["cities"]),
        ("stop", "v", "ed", ["stopped"]),
        ("describe", "v", "ing", ["describing"]),
        ("carry", "v", "ed", ["carried"]),
        ("signal", "v", "ing", ["signaling", "signalling"]),
        ("agree", "v", "ing", ["agreeing"]),
        ("take off", "v", "ed", ["took off", "taken off"]),
        ("big", "a", "er", ["bigger"]),
        ("softly", "r", "base", ["softly"]),
    ],
)
def test_words_have_forms(folder: Path, word: str, part: str, kind: str, forms: list[str]) -> None:
    assert wordnet.forms(word, part, wordnet.irregular(folder))[kind] == forms


def test_a_table_pairs_each_form_with_the_same_form(folder: Path) -> None:
    known = Vocabulary(["summit", "summits", "get", "gets", "got", "getting", "a", "<unknown>"])
    found = substitutions.synonyms(wordnet.mates(folder), wordnet.irregular(folder), known)
    assert found["acmes"] == {"summits": 0.5}
    assert found["took"] == {"got": 1.0}
    assert "getting" in found["taking"]
    assert "as" not in {original for originals in found.values() for original in originals}


def test_a_list_by_hand_is_read_and_packed(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("# ours\n\nx! nan = the\nv clasp = take, get\n", "utf-8")
    own = substitutions.by_hand(file, wordnet.irregular(folder))
    assert set(own["clasped"]) == {"took", "taken", "got"}
    lines = lzma.decompress(substitutions.pack(own, {"nan": {"granny": 0.5}})).decode().split("\n")
    table = Substitutions(dict(line.split("\t", 1) for line in lines))
    assert [(one.word, one.always) for one in table.originals("nan")] == [("granny", False), ("the", True)]
    assert {one.word for one in table.originals("clasps")} == {"takes", "gets"}


def test_the_list_by_hand_is_sound() -> None:
    """Each line is `class spun = originals`, in lower case, and puts nothing for itself."""
    for line in substitutions.BY_HAND.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, _, rule = line.partition(" ")
            spun, equals, originals = rule.partition(" = ")
            assert kind in ("x!", "x", "n", "v", "a"), line
            assert equals, line
            assert spun not in originals.split(", "), line
            assert line == line.lower(), line
