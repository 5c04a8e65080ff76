"""A person's translation beside the article: what stands for what, and what of it nobody wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from service import pipeline
from service.article import compose, intake, own, sentences
from service.article.types import Article, Field, Image, Part, Refusal, Site, Submission, Text, Translation

PAIRS = {("en", "id"), ("id", "en")}
ARTICLE = pipeline.receive(
    Submission(
        id="a",
        title="The boats are in the harbour",
        body="<p>The boats sail. They come back.</p><p>The harbour is open.</p>",
        language="en",
        image=Image(),
        image_caption="The boats in the harbour.",
        fields={"kicker": Field("<b>The harbour</b> today", "html"), "seo": Field("Boats")},
        corrections=((datetime(2026, 1, 1, tzinfo=UTC), "The number of boats was wrong."),),
    ),
    Site(),
    PAIRS,
)


def sent(**changes: object) -> tuple[Part, ...]:
    plain = {"id": "a", "title": "Kapal di pelabuhan", "body": "<p>Kapal berlayar. Mereka kembali.</p><p>Buka.</p>"}
    return sentences.segmented(intake.read(Submission(**{**plain, **changes})).parts, "id")  # type: ignore[arg-type]


def framed(
    *, of: Article = ARTICLE, known: tuple[Translation, ...] = (), **changes: object
) -> tuple[tuple[Translation, ...], dict[str, Text]]:
    """The translations, and the parts that they make."""
    parts, made = own.framed(of, sent(**changes), (), {one.segment: one for one in known})
    frame = replace(of, parts=parts)
    blocks = compose.blocks(frame, {one.segment: one for one in made}, "id")
    return made, compose.parts(frame, blocks)


def in_part(made: tuple[Translation, ...], name: str) -> list[Translation]:
    return [one for one in made if one.block.startswith(f"{name}.")]


def test_the_same_blocks_and_sentences_stand_for_each_other() -> None:
    made, parts = framed()
    assert [(one.source, one.target, one.origin) for one in in_part(made, "body")] == [
        ("The boats sail.", "Kapal berlayar.", "person"),
        ("They come back.", "Mereka kembali.", "person"),
        ("The harbour is open.", "Buka.", "person"),
    ]
    assert parts["body"].value == "<p>Kapal berlayar. Mereka kembali.</p><p>Buka.</p>"


def test_a_part_of_another_number_of_sentences_stands_block_by_block() -> None:
    made, parts = framed(body='<p class="x">Kapal berlayar dan kembali.</p><p>Pelabuhan buka.</p>')
    assert [(one.segment, one.source, one.origin) for one in in_part(made, "body")] == [
        ("body.0", "The boats sail. They come back.", "person"),
        ("body.1", "The harbour is open.", "person"),
    ]
    assert parts["body"].value == '<p class="x">Kapal berlayar dan kembali.</p><p>Pelabuhan buka.</p>'
    assert [one.origin for one in in_part(made, "title")] == ["person"]


def test_nothing_is_known_of_a_part_with_other_blocks() -> None:
    made, parts = framed(body="<h2>Kapal</h2><p>Kapal berlayar.</p><p>Buka.</p>")
    assert in_part(made, "body") == []
    assert parts["body"].value == "<h2>Kapal</h2><p>Kapal berlayar.</p><p>Buka.</p>"


def test_what_was_not_sent_is_the_source_and_says_so() -> None:
    made, parts = framed()
    for name in ("image.caption", "fields.kicker", "fields.seo", "corrections.0"):
        assert {one.origin for one in in_part(made, name)} == {"source"}
    assert parts["image.caption"] == Text("text", "The boats in the harbour.")
    assert parts["fields.kicker"] == Text("html", '<span lang="en"><b>The harbour</b> today</span>')


def test_what_was_not_sent_stays_as_a_machine_made_it() -> None:
    caption = next(part for part in ARTICLE.parts if part.name == "image.caption")
    piece = caption.blocks[0].segments[0].id
    machine = Translation(piece, "image.caption.0", "The boats in the harbour.", "Kapal di pelabuhan.", "model")
    made, parts = framed(known=(machine,))
    assert in_part(made, "image.caption") == [machine]
    assert parts["image.caption"].value == "Kapal di pelabuhan."
    other = framed(known=(replace(machine, source="Another sentence."),))[0]
    assert [one.origin for one in in_part(other, "image.caption")] == ["source"]


def test_every_part_of_the_article_is_there_once() -> None:
    made, parts = framed(dek="Sebuah pengantar.", image_caption="Kapal.")
    assert set(parts) == {part.name for part in ARTICLE.parts} | {"dek"}
    assert len({one.segment for one in made}) == len(made)


def test_an_earlier_translation_of_the_same_text_keeps_what_is_not_sent_again() -> None:
    earlier, before = own.framed(ARTICLE, sent(image_caption="Dua kapal. Di pelabuhan."), (), {})
    parts, made = own.framed(ARTICLE, sent(), earlier, {one.segment: one for one in before})
    blocks = compose.blocks(replace(ARTICLE, parts=parts), {one.segment: one for one in made}, "id")
    assert compose.parts(replace(ARTICLE, parts=parts), blocks)["image.caption"].value == "Dua kapal. Di pelabuhan."


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"fields": {"kiker": Field("x")}}, "fields.kiker", "kicker, seo"),
        ({"corrections": ((datetime(2026, 1, 1, tzinfo=UTC), "Satu."),) * 2}, "corrections.1", "it has 1"),
    ],
)
def test_what_the_article_has_nothing_for_is_refused(changes: dict[str, object], field: str, told: str) -> None:
    with pytest.raises(Refusal) as refused:
        framed(**changes)
    assert refused.value.field == field
    assert told in refused.value.message


def test_words_of_a_picture_that_the_article_has_not_are_refused() -> None:
    with pytest.raises(Refusal, match="no image"):
        framed(of=replace(ARTICLE, image=None), image_alt="Kapal.")


def test_attributes_and_text_stand_for_each_other_each_on_their_own() -> None:
    body = '<p>The boats sail. They come back.</p><img alt="A boat"><p>The harbour is open.</p>'
    article = pipeline.receive(Submission("a", "The boats are in the harbour", body, language="en"), Site(), PAIRS)
    theirs = "<p>Kapal berlayar. Mereka kembali.</p><p>Buka.</p>"

    made, parts = framed(of=article, body=theirs)
    assert [one.target for one in in_part(made, "body")] == ["Kapal berlayar.", "Mereka kembali.", "Buka."]
    assert parts["body"].value == theirs

    made, parts = framed(of=article, body=f'{theirs}<img alt="Kapal & laut">')
    assert [(one.source, one.target) for one in in_part(made, "body")][-1] == ("A boat", "Kapal &amp; laut")
    assert parts["body"].value == f'{theirs}<img alt="Kapal &amp; laut">'
