"""Translating sentences and not trusting it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from service.article import faithful, markup, sentences
from service.article.glossary import Glossary
from service.article.inline import cut, to_html
from service.article.sentences import Sentence
from service.article.types import Decoding, Hypothesis, Term, Translation
from tests.unit.article import fakes

GOOD = {
    "The boats left in the morning.": "Perahu itu berangkat pagi hari.",
    "The market has 40 shops.": "Pasar itu punya 40 toko.",
}


class Model:
    """Answers a sentence with the first, second, … of its answers, the later the harder it searches."""

    def __init__(self, answers: dict[str, list[str]]) -> None:
        self.answers = answers
        self.asked: list[tuple[Decoding, list[str]]] = []

    def __call__(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        *,
        decoding: Decoding = Decoding(),  # noqa: B008 - frozen
    ) -> Iterator[tuple[int, Hypothesis]]:
        tried = len(self.asked)
        self.asked.append((decoding, list(texts)))
        made = [Hypothesis(self.answers[text][tried], -1.0, (), "m 1") for text in texts]
        return reversed(list(enumerate(made)))  # as a model may: the longest first


def items(*texts: str) -> list[Sentence]:
    parts = sentences.segmented([markup.html_part("body", "".join(f"<p>{text}</p>" for text in texts))], "en")
    return [
        Sentence(block, piece, content := cut(block.content, piece.start, piece.end), to_html(content))
        for block in parts[0].blocks
        for piece in block.segments
    ]


def translated(model: Model, *texts: str, glossary: Sequence[Term] = ()) -> list[Translation]:
    return faithful.translate(items(*texts), "en", "id", model=model, terms=Glossary(glossary))


def test_sentences_that_pass_are_decoded_once() -> None:
    model = Model({source: [target] for source, target in GOOD.items()})

    made = translated(model, *GOOD)

    assert [one.target for one in made] == list(GOOD.values())
    assert {(one.origin, one.model, one.findings) for one in made} == {("model", "m 1", ())}
    assert [decoding for decoding, _ in model.asked] == [Decoding()]


def test_only_a_sentence_that_fails_is_decoded_again_with_other_options() -> None:
    left, market = GOOD
    model = Model({left: [GOOD[left]], market: ["The market has 40 shops.", GOOD[market]]})

    made = translated(model, left, market)

    assert made[1].target == GOOD[market]
    assert made[1].findings == ()
    assert model.asked == [(Decoding(), [left, market]), (faithful.RETRIES[0], [market])]


def test_where_a_figure_changed_it_is_carried_through_the_next_pass_and_free_in_the_last() -> None:
    market, again, bad = "The market has 1,500 shops.", "The market has X1 shops.", "Pasar itu punya toko."
    model = Model({market: [bad, "", bad], again: ["", "Pasar itu punya X1 toko.", ""]})

    (made,) = translated(model, market)

    assert (made.target, made.findings) == ("Pasar itu punya 1.500 toko.", ())
    assert [(one.source, one.target, one.was) for one in made.conversions] == [("1,500", "1.500", None)]

    model = Model({market: [bad, "", "Pasar itu punya 1.500 toko."], again: ["", "toko toko toko toko X1", ""]})
    assert translated(model, market)[0].target == "Pasar itu punya 1.500 toko."
    assert [texts for _, texts in model.asked] == [[market], [again], [market]]


def test_of_all_that_fail_the_best_by_the_checks_is_kept_with_what_is_wrong() -> None:
    market = "The market has 40 shops."
    model = Model({market: ["The market has 40 shops.", "Pasar itu punya 50 toko.", "toko toko toko toko"]})

    (made,) = translated(model, market)

    assert (made.target, made.origin, made.conversions) == ("Pasar itu punya 50 toko.", "model", ())
    assert [(finding.code, finding.segment) for finding in made.findings] == [("numbers-changed", made.segment)]


def test_a_hopeless_sentence_keeps_its_source_and_says_why() -> None:
    model = Model({"The boats left.": ["", "", ""]})

    (made,) = translated(model, "The <b>boats</b> left.")

    assert (made.target, made.origin) == ("The <b>boats</b> left.", "source")
    assert "empty" in [finding.code for finding in made.findings]


NAVY = [Term("Navy", "TNI AL", "en", "id"), Term("Army", "TNI AD", "en", "id")]


def codes(made: Translation) -> list[str]:
    return [finding.code for finding in made.findings]


def test_a_sentence_whose_translation_has_the_term_is_decoded_once_as_it_is() -> None:
    model = Model({"The Navy left.": ["TNI AL pergi."]})

    (made,) = translated(model, "The Navy left.", glossary=NAVY)

    assert (made.target, made.findings, len(model.asked)) == ("TNI AL pergi.", (), 1)


def test_a_term_that_the_model_left_as_it_was_is_written() -> None:
    model = Model({"The Navy left.": ["Navy pergi."]})

    (made,) = translated(model, "The Navy left.", glossary=NAVY)

    assert (made.target, codes(made), len(model.asked)) == ("TNI AL pergi.", ["term-written"], 1)


def test_a_term_that_the_translation_lacks_is_masked_in_a_second_decoding() -> None:
    model = Model({"The Navy met the Army.": ["Laut bertemu TNI AD.", ""],
                   "The X1 met the Army.": ["", "X1 bertemu TNI AD."]})  # fmt: skip

    (made,) = translated(model, "The Navy met the Army.", glossary=NAVY)

    assert (made.target, made.findings) == ("TNI AL bertemu TNI AD.", ())


def test_a_term_that_no_decoding_has_is_told() -> None:
    model = Model({"The Navy left.": ["Laut pergi."], "The X1 left.": ["", "Ia pergi."]})

    (made,) = translated(model, "The Navy left.", glossary=NAVY)

    assert (made.target, codes(made)) == ("Laut pergi.", ["term-missing"])
    assert made.findings[0].evidence == "Navy → TNI AL"


def test_a_term_over_the_edge_of_an_element_is_written_too() -> None:
    model = Model({"The Navy Office left.": ["Navy Office pergi."]})

    (made,) = translated(model, "The <b>Navy</b> Office left.", glossary=[Term("Navy Office", "Kantor", "en", "id")])

    assert "Kantor" in made.target


def test_protected_text_is_no_term() -> None:
    model = Model({"The X1 left.": ["X1 pergi."]})

    (made,) = translated(model, "The <code>Navy</code> left.", glossary=NAVY)

    assert (made.target, made.findings) == ("<code>Navy</code> pergi.", ())


def test_a_sentence_whose_name_was_dropped_is_translated_again_with_a_stand_in_for_it() -> None:
    model = Model({"They met Prabowo.": ["Mereka bertemu."], "They met X1.": ["", "Mereka bertemu X1."]})

    (made,) = translated(model, "They met Prabowo.")

    assert (made.target, codes(made)) == ("Mereka bertemu Prabowo.", [])


def test_a_name_that_no_decoding_has_is_told() -> None:
    model = Model({"They met Prabowo.": ["Mereka bertemu."], "They met X1.": ["", "Mereka pergi."]})

    (made,) = translated(model, "They met Prabowo.")

    assert (made.target, codes(made)) == ("Mereka bertemu.", ["name-missing"])


def test_a_heading_gets_no_full_stop_that_its_source_has_not() -> None:
    model = Model({"Boats left": ["Perahu berangkat."], "Boats left.": ["Perahu berangkat."]})

    assert [one.target for one in translated(model, "Boats left", "Boats left.")] == [
        "Perahu berangkat", "Perahu berangkat.",
    ]  # fmt: skip


def test_nothing_to_translate_asks_no_model() -> None:
    model = Model({})

    assert faithful.translate([], "en", "id", model=model) == []
    assert model.asked == []


def test_progress_counts_each_sentence_once_retries_or_not() -> None:
    told: list[int] = []

    faithful.translate(
        items("The boats left. They came back."), "en", "id", model=fakes.hostile(1), progress=told.append
    )

    assert sum(told) == 2


def test_a_sentence_that_stays_bad_is_translated_in_halves() -> None:
    first, second = "The market in the old town has many shops,", "but some of the shops are still closed today."
    bad = "toko toko toko toko toko"
    model = Model({
        f"{first} {second}": [bad, bad, bad],
        first: ["", "", "", "Pasar di kota tua punya banyak toko,"],
        second: ["", "", "", "Tetapi beberapa toko masih tutup hari ini."],
    })  # fmt: skip

    (made,) = translated(model, f"{first} {second}")

    assert made.target == "Pasar di kota tua punya banyak toko, tetapi beberapa toko masih tutup hari ini."
    assert (made.source, made.findings) == (f"{first} {second}", ())


def test_the_conversions_of_both_halves_are_at_their_places_in_the_whole() -> None:
    first, second = (
        "The <b>market</b> in the old town has 1,500 shops,",
        "but 1.5 percent of them are still closed today.",
    )
    model = Model({
        f"{first} {second}".replace("<b>", "").replace("</b>", ""): [bad := "toko toko toko toko toko", bad, bad],
        "The market in the old town has X1 shops, but X2 percent of them are still closed today.": ["", bad],
        "The market in the old town has X1 shops,": ["", "", "", "Pasar di kota tua punya X1 toko,"],
        "but X1 percent of them are still closed today.": ["", "", "", "Tetapi X1 persen masih tutup hari ini."],
    })  # fmt: skip

    (made,) = translated(model, f"{first} {second}")

    source, target = (re.sub("</?b>", "", text) for text in (made.source, made.target))
    assert [(one.source, one.target) for one in made.conversions] == [("1,500", "1.500"), ("1.5", "1,5")]
    for one in made.conversions:
        assert source[one.source_start : one.source_end] == one.source
        assert target[one.target_start : one.target_end] == one.target


def test_a_sentence_is_not_divided_within_an_element() -> None:
    sentence = "The market in the <b>old town has 40 shops, but 12 of the shops</b> are still closed today."
    plain = sentence.replace("<b>", "").replace("</b>", "")
    model = Model({plain: [""] * 3})

    (made,) = translated(model, sentence)

    assert (made.target, made.origin) == (sentence, "source")
    assert len(model.asked) == 3


def test_retries_are_for_a_share_of_the_sentences_the_worst_first() -> None:
    market, left = "The market is not open.", "The boats left."
    model = Model({
        market: ["Pasar itu buka.", "", "Pasar itu tidak buka."],
        left: ["", "Perahu pergi."],
        "We came.": ["Kami datang."],
    })  # fmt: skip

    made = faithful.translate(items(market, left, "We came."), "en", "id", model=model, retry_share=0.3)

    assert [asked for _, asked in model.asked[1:]] == [[left], [market]]
    assert [one.target for one in made] == ["Pasar itu tidak buka.", "Perahu pergi.", "Kami datang."]


def test_no_retries_where_none_are_wanted() -> None:
    model = Model({"The boats left.": [""]})

    (made,) = faithful.translate(items("The boats left."), "en", "id", model=model, retry_share=0)

    assert (made.origin, len(model.asked)) == ("source", 1)


def test_a_lost_negation_is_tried_again() -> None:
    model = Model({"The boats did not leave.": ["Perahu itu berangkat.", "Perahu itu tidak berangkat."]})

    (made,) = translated(model, "The boats did not leave.")

    assert (made.target, made.findings) == ("Perahu itu tidak berangkat.", ())


def test_a_word_that_there_is_not_is_tried_again() -> None:
    model = Model({"Ia meminta ganti rugi.": ["He asked for reimbursation.", "He asked for compensation."]})

    (made,) = faithful.translate(items("Ia meminta ganti rugi."), "id", "en", model=model)

    assert (made.target, made.findings) == ("He asked for compensation.", ())
