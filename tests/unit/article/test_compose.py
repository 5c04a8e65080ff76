"""Translations back in their blocks, blocks back in the caller's markup."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from service.article import compose, markup, sentences
from service.article.inline import to_html
from service.article.types import Article, Detected, Translation


def article(html: str, title: str = "A title") -> Article:
    parts = sentences.segmented([markup.plain_part("title", title), markup.html_part("body", html)], "en")
    return Article("a", "default", "en-US", Detected("en", 1.0, ()), None, parts)


def written(html: str, *targets: str, title: str = "Judul", **changes: str) -> dict[str, str]:
    """The parts, with these targets for the title and the body's sentences."""
    source = article(html)
    translations = [
        replace(one, target=target, origin=changes.get("origin", "model"))  # type: ignore[arg-type]
        for one, target in zip(compose.source_translations(source), (title, *targets), strict=True)
    ]
    made = compose.blocks(source, {one.segment: one for one in translations}, "id")
    return {name: text.value for name, text in compose.parts(source, made).items()}


def test_the_source_is_a_variant_of_itself() -> None:
    html = "<div class='x'><p>One <b>here. Two</b> there.</p><!-- c --></div>"
    source = article(html)
    translations = {one.segment: one for one in compose.source_translations(source)}

    parts = compose.parts(source, compose.blocks(source, translations, "en"))

    assert parts["body"].value == html.replace("'", '"')
    assert {one.origin for one in translations.values()} == {"source"}


def test_sentences_are_joined_with_what_stood_between_them() -> None:
    assert written("<p>One.\n Two.<br>Three.</p>", "Satu.", "Dua.", "Tiga.")["body"] == ("<p>Satu.\n Dua.<br>Tiga.</p>")


def test_an_element_over_two_sentences_is_one_again() -> None:
    assert written("<p>One <b>here. Two</b> there.</p>", "<b>Sini</b> satu.", "Sana <b>dua</b>.")["body"] == (
        "<p><b>Sini satu. Sana dua</b>.</p>"
    )


def test_an_element_that_lost_its_words_in_one_sentence_is_still_one() -> None:
    assert (
        written("<p>One <b>here. Two</b> there.</p>", "Satu <b>sini.</b>", "Dua sana.<b></b>")["body"].count("<b>") == 1
    )


def test_sentences_without_space_between_do_not_run_together() -> None:
    assert written("<p>Is it?) (The boat.</p>", "Ya", "Perahu.")["body"] == "<p>Ya Perahu.</p>"


def test_a_plain_part_is_plain_again() -> None:
    assert written("<p>One.</p>", "Satu.", title="Ikan &amp; &lt;kentang&gt;")["title"] == "Ikan & <kentang>"


def test_an_element_that_a_person_added_is_kept() -> None:
    assert written("<p>One.</p>", "<i>Satu</i>.")["body"] == "<p><i>Satu</i>.</p>"


def test_a_sentence_that_is_in_another_language_says_so_and_only_where_that_is_another() -> None:
    quoted = "We will never again open the gates to those who came here to burn our houses."
    parts = sentences.segmented([markup.html_part("body", f"<p>Ia berkata. {quoted}</p>")], "id")
    source = Article("a", "default", "id-ID", Detected("id", 1.0, ()), None, parts)
    kept = {one.segment: one for one in compose.source_translations(source)}

    (indonesian,) = compose.blocks(source, kept, "id")
    (english,) = compose.blocks(source, {key: replace(one, origin="kept") for key, one in kept.items()}, "en")

    assert indonesian.value == f'Ia berkata. <span lang="en">{quoted}</span>'
    assert english.value == f"Ia berkata. {quoted}"


def test_a_sentence_left_in_the_source_language_says_so() -> None:
    html = "<p>One <b>here. Two</b> there.</p>"
    source = article(html)
    left, right = compose.source_translations(source)[1:]
    kept = {left.segment: replace(left, target="Satu <b>sini.</b>", origin="model"), right.segment: right}
    title = compose.source_translations(source)[0]

    made = compose.blocks(source, {title.segment: title, **kept}, "id")

    assert compose.parts(source, made)["body"].value == (
        '<p>Satu <b>sini. <span lang="en">Two</span></b><span lang="en"> there.</span></p>'
    )


def test_a_block_in_another_language_carries_it() -> None:
    quoted = "Nous allons construire des routes dans la province pour tous les habitants de la ville."
    html = f"<p>The minister spoke to the people of the town.</p><p>{quoted}</p>"

    assert written(html, "Menteri berbicara.", quoted, origin="kept")["body"] == (
        f'<p>Menteri berbicara.</p><p><span lang="fr">{quoted}</span></p>'
    )


def test_elements_are_known_again_by_their_tags_and_others_are_new() -> None:
    source = markup.parse_inline('<b>one</b> <b class="x">two</b>')
    target = markup.parse_inline('<b class="x">dua</b> <i>dan</i> <b>satu</b>')

    assert [span.element for span in compose.adopt(target, source, count(100)).spans] == [1, 100, 0]
    assert to_html(compose.adopt(target, source, count(100))) == '<b class="x">dua</b> <i>dan</i> <b>satu</b>'


def test_blocks_know_their_part_and_role() -> None:
    source = article("<h2>One</h2>")
    translations: dict[str, Translation] = {one.segment: one for one in compose.source_translations(source)}

    assert [(b.part, b.role, b.value) for b in compose.blocks(source, translations, "en")] == [
        ("title", "title", "A title"), ("body", "heading", "One"),
    ]  # fmt: skip
