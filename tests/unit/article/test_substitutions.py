"""What spinners put for what."""

from __future__ import annotations

import pytest

from service.article.substitutions import Substitutions, table


@pytest.mark.parametrize(
    ("spun", "original"),
    [
        ("nan", "the"),
        ("person", "have"),
        ("acmes", "summits"),
        ("constricted", "restricted"),
        ("picturing", "describing"),
        ("scenery", "landscape"),
        ("time off", "leave"),
        ("knew", "recognised"),
    ],
)
def test_originals(spun: str, original: str) -> None:
    assert original in {one.word for one in table().originals(spun)}


def test_a_word_that_no_spinner_puts_has_none() -> None:
    assert table().originals("qwrtp") == []


def test_what_spinners_never_leave() -> None:
    assert table().always("the")
    assert not table().always("summit")


def test_what_was_seen_comes_before_what_is_a_synonym() -> None:
    (one,) = Substitutions({"acme": "summit=2\tsummit=6"}).originals("acme")
    assert (one.word, one.cost, one.seen, one.always) == ("summit", -0.25, True, False)


def test_blinded_it_knows_function_words_and_synonyms() -> None:
    whole = Substitutions({"nan": "the=1\t", "acme": "summit=2\theight=20"})
    assert [one.word for one in whole.blinded().originals("acme")] == ["height"]
    assert [one.word for one in whole.blinded().originals("nan")] == ["the"]
