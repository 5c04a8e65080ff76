"""Translating sentences and not trusting it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from service.article import faithful, markup, sentences
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
        progress: Callable[[int], None] | None = None,
    ) -> list[Hypothesis]:
        tried = len(self.asked)
        self.asked.append((decoding, list(texts)))
        if progress:
            progress(len(texts))
        return [Hypothesis(self.answers[text][tried], -1.0, (), "m 1") for text in texts]


def items(*texts: str) -> list[Sentence]:
    parts = sentences.segmented([markup.html_part("body", "".join(f"<p>{text}</p>" for text in texts))], "en")
    return [
        Sentence(block, piece, content := cut(block.content, piece.start, piece.end), to_html(content))
        for block in parts[0].blocks
        for piece in block.segments
    ]


def translated(model: Model, *texts: str, glossary: Sequence[Term] = ()) -> list[Translation]:
    return faithful.translate(items(*texts), "en", "id", model=model, glossary=glossary)


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


def test_a_glossary_term_is_carried_through_the_model() -> None:
    model = Model({"The X1 left.": ["X1 pergi."]})

    (made,) = translated(model, "The Navy left.", glossary=[Term("Navy", "TNI AL", "en", "id")])

    assert made.target == "TNI AL pergi."


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
