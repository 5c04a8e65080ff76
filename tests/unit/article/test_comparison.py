"""A variant beside its original: which sentences, in which language, and what is said of each."""

from __future__ import annotations

from dataclasses import replace

from service.article import comparison, intake, sentences
from service.article.types import Article, Finding, Severity, Submission, Translation, Variant
from tests.unit.newsroom import article


def stored(body: str, **fields: str) -> Article:
    read = intake.read(Submission("harbour", "Harbour reopens", body, language="en", **fields))  # type: ignore[arg-type]
    return article(parts=sentences.segmented(read.parts, "en"))


def made(of: Article, **changes: object) -> Variant:
    """Every sentence with the word "id" before it; keywords by its first word change one."""
    segments = [
        Translation(item.segment.id, item.block.id, item.source, f"id {item.source}", "model")
        for item in sentences.of(of)
    ]
    return Variant("id-ID", "machine", {}, tuple(
        replace(one, **changes.get(one.source.split()[0], {})) for one in segments  # type: ignore[arg-type]
    ))  # fmt: skip


def test_each_sentence_stands_beside_its_own_in_reading_order() -> None:
    of = stored("<p>One ship. Two ships.</p><p>Three ships.</p>", dek="Ships sailed.")
    found = list(comparison.pairs(of, made(of)))
    assert [str(one.source.words) for one in found] == [
        "Harbour reopens", "Ships sailed.", "One ship.", "Two ships.", "Three ships."]  # fmt: skip
    assert [str(one.target.words) for one in found] == [f"id {one.source.words}" for one in found]
    assert [one.starts for one in found] == [True, True, True, False, True]
    assert {(one.source.tag, one.target.tag) for one in found} == {("en-US", "id-ID")}
    assert len({one.id for one in found}) == len(found)


def test_a_stale_variant_is_beside_the_text_that_it_was_made_from() -> None:
    before = stored("<p>The old sentence.</p>")
    found = list(comparison.pairs(stored("<p>A new sentence.</p>"), made(before)))
    assert str(found[-1].source.words) == "The old sentence."


def test_what_was_left_or_kept_is_in_its_own_language() -> None:
    of = stored("<p>Left here.</p><p>Bonjour à tous.</p>")
    title, body = of.parts
    english, french = body.blocks
    of = replace(of, parts=(title, replace(body, blocks=(english, replace(french, language="fr")))))
    variant = made(of, Left={"origin": "source"}, Bonjour={"origin": "kept"})
    assert [one.target.tag for one in comparison.pairs(of, variant)] == ["id-ID", "en-US", "fr"]


def test_doubts_are_told_the_gravest_first_and_not_where_a_person_vouches() -> None:
    findings = (
        Finding("length", "", Severity.WARNING),
        Finding("numbers-changed", "", Severity.ERROR),
        Finding("number-repaired", "", Severity.INFO),
    )
    of = stored("<p>One ship. Two ships. Three ships.</p>")
    variant = made(
        of,
        One={"findings": findings[:1]},
        Two={"findings": findings},
        Three={"findings": findings, "origin": "approved"},
    )
    *_, one, two, three = comparison.pairs(of, variant)
    assert (one.doubts, two.doubts, three.doubts) == (("length",), ("numbers-changed", "length"), ())
    assert comparison.first_doubt(variant) == two.id
    assert comparison.first_doubt(made(of, Two={"origin": "source"})) == two.id
    assert comparison.first_doubt(made(of)) is None


def test_a_sentence_has_nothing_to_follow_or_to_load() -> None:
    of = stored('<p>See <a href="/x">the <b>map</b></a><img src="/i.png" alt="A map">.</p>')
    found = [str(one.source.words) for one in comparison.pairs(of, made(of))]
    assert found[1:] == ["See the <b>map</b>.", "A map"]


def test_fields_of_the_cms_are_not_shown() -> None:
    of = stored("<p>One ship.</p>")
    hidden = Translation("s1", "fields.seo_title.0", "Secret", "Rahasia", "model")
    kicker = replace(hidden, block="fields.kicker.0")
    variant = replace(made(of), segments=(hidden, kicker))
    assert [one.id for one in comparison.pairs(of, variant)] == ["fields.kicker.0-s1"]
