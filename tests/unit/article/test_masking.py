"""Stand-ins for words that a translation has to have in a given form."""

from __future__ import annotations

from service.article.alignment import plain
from service.article.masking import Mask, Place, mask, unmask
from service.article.types import ATOM, Atom, Hypothesis, Inline, Link

CONTENT = Inline(f"{ATOM} met the Navy and the Army.", (), (Atom("<code>a</code>", "a"),))
PLACES = [Place(11, 15, "TNI AL"), Place(24, 28, "TNI AD")]


def test_the_model_reads_stand_ins_with_a_letter_of_their_own() -> None:
    ready, masks = mask(plain(CONTENT), PLACES)

    assert ready.text == "X1 met the Z1 and the Z2."
    assert masks == (Mask("Z1", 11, 13, "TNI AL"), Mask("Z2", 22, 24, "TNI AD"))


def test_offsets_stay_those_of_the_content() -> None:
    ready, _ = mask(plain(CONTENT), PLACES)

    assert [CONTENT.text[offset] for offset in ready.origin] == list(f"{ATOM}{ATOM} met the NN and the AA.")


def test_of_places_that_overlap_the_first_counts_in_whatever_order_they_come() -> None:
    ready, masks = mask(plain(CONTENT), [PLACES[1], Place(13, 15, "vy"), PLACES[0]])

    assert (ready.text, [one.target for one in masks]) == ("X1 met the Z1 and the Z2.", ["TNI AL", "TNI AD"])


def test_nothing_to_mask_is_the_sentence_itself() -> None:
    ready = plain(CONTENT)

    assert mask(ready, []) == (ready, ())


def test_stand_ins_become_their_words_and_keep_their_links() -> None:
    _, masks = mask(plain(CONTENT), PLACES)

    after = unmask(Hypothesis("X1 bertemu Z2 dan Z1.", 0.0, (Link(22, 24, 11, 13),), "m"), masks)

    assert after.text == "X1 bertemu TNI AD dan TNI AL."
    assert after.links == (Link(22, 24, 11, 17), Link(11, 13, 22, 28))


def test_a_stand_in_that_the_model_lost_stays_lost() -> None:
    _, masks = mask(plain(CONTENT), PLACES)

    assert unmask(Hypothesis("X1 bertemu Z12.", 0.0, (), "m"), masks).text == "X1 bertemu Z12."
