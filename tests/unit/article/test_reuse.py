"""Keys and ids that survive what does not change a sentence."""

from __future__ import annotations

from service.article import reuse


def test_a_key_is_the_sentences_and_the_pairs() -> None:
    keys = {reuse.key("One.", "en", "id"), reuse.key("Two.", "en", "id"), reuse.key("One.", "id", "en")}

    assert len(keys) == 3
    assert all(len(key) == 64 for key in keys)


def test_white_space_and_unicode_form_are_no_difference() -> None:
    assert reuse.key("Café\n one ", "en", "id") == reuse.key("Cafe\u0301 one", "en", "id")


def test_markup_is_a_difference() -> None:
    assert reuse.key("<b>One</b>", "en", "id") != reuse.key("One", "en", "id")


def test_a_lone_surrogate_has_a_key() -> None:
    assert reuse.key("\ud800", "en", "id")


def test_ids_survive_edits_elsewhere() -> None:
    before = reuse.segment_ids(["One.", "Two.", "Three."])
    after = reuse.segment_ids(["Zero.", "One.", "Three."])

    assert (after[1], after[2]) == (before[0], before[2])


def test_the_same_sentence_again_has_a_number() -> None:
    first, second, third = reuse.segment_ids(["One.", "One.", " One. "])

    assert (second, third) == (f"{first}-2", f"{first}-3")
