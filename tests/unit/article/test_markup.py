"""HTML to blocks and back: the caller's own markup, and through translators that are good and bad."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service import pipeline
from service.article import detect, intake, markup, sentences, tree
from service.article.types import ATOM, Refusal, Submission, Translate
from tests.unit.article import documents, fakes

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.html"))
"""What CMSs send: Gutenberg and the classic editor of WordPress, Ghost, Drupal, AMP."""

of_all = pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)


@pytest.fixture(scope="module", autouse=True)
def _one_language() -> Iterator[None]:
    """Random words look like any language, and blocks in another are not translated."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(detect, "block_language", lambda *_: None)
        yield


def translated(html: str, translator: Translate, target: str = "en-US") -> str:
    variant = pipeline.translate_text(html, "html", "en", target, translate=translator, terms=lambda *_: ())
    assert not [one for made in variant.segments for one in made.findings if one.code == "markup-changed"]
    return variant.text("text") or ""


def blocks(html: str) -> list[tuple[str, str]]:
    return [(block.role, block.content.text) for block in markup.html_part("body", html).blocks]


DOCUMENTS = int(os.environ.get("DOCUMENTS", "150"))
"""How many are made for each property; `make property` makes 1,000."""

slow = settings(max_examples=DOCUMENTS, deadline=None, suppress_health_check=list(HealthCheck))


@slow
@given(documents.document())
def test_a_document_comes_through_a_faithful_translator_as_the_same_tree(html: str) -> None:
    def seen(html: str) -> str:
        return str(fakes.dom(html)).casefold()  # a headline's words are given to the translator in small letters

    assert seen(translated(html, fakes.identity())) == seen(html)


@slow
@given(documents.document(), st.integers(0, 2**32))
def test_whatever_a_translator_does_every_element_and_address_is_there_once(html: str, seed: int) -> None:
    result = translated(html, fakes.hostile(seed), "id-ID")

    with_notes = fakes.tags(result)
    with_notes.subtract({("span", (("lang", "en"),)): with_notes["span", (("lang", "en"),)]})
    assert +with_notes == fakes.tags(html)
    assert fakes.addresses(result) == fakes.addresses(html)


def test_an_element_that_lost_its_words_is_not_taken_for_an_empty_one_beside_it() -> None:
    html = "<p>The The The [embed]x[/embed] <b></b><b>The </b></p>"
    assert fakes.tags(translated(html, fakes.hostile(0), "id-ID")) == fakes.tags(html)


def test_a_word_that_was_linked_to_what_is_behind_an_address_does_not_get_into_it() -> None:
    html = (
        '<p title="The &quot;old&quot; harbour &amp; x&lt;y. Two boats, see https://example.org/t?a=1&amp;b=2 and '
        '{name}!"><svg viewBox="0 0 1 1" aria-label="Prices of fish"></svg></p><p aria-label=" Open it&nbsp;now ">'
        "https://example.org/a?b=1&amp;c=2, The, first-class </p>"
    )
    assert fakes.addresses(translated(html, fakes.hostile(0), "id-ID")) == fakes.addresses(html)


def test_words_that_an_address_runs_into_stay_whole() -> None:
    html = "<p>https://example.org/a?b=1&amp;c=2&#8209;don't </p>"
    assert fakes.dom(translated(html, fakes.identity())) == fakes.dom(html)


@of_all
def test_what_a_cms_sends_comes_through_as_the_same_tree(sample: Path) -> None:
    html = sample.read_text("utf-8")

    assert fakes.dom(translated(html, fakes.identity())) == fakes.dom(html)


@of_all
def test_what_a_cms_sends_keeps_its_tags_when_its_words_change(sample: Path) -> None:
    html = sample.read_text("utf-8")

    result = translated(html, fakes.mirrored(), "id-ID")

    assert fakes.tags(result) == fakes.tags(html)
    assert fakes.addresses(result) == fakes.addresses(html)
    assert result != html


def test_text_without_paragraphs_is_read_paragraph_by_paragraph() -> None:
    html = "The first line\n\nThe <b>second\n \nline</b> goes\non."

    assert translated(html, fakes.mirrored(), "id-ID") == "ehT tsrif enil\n\nehT <b>dnoces\n \nenil</b> seog\nno."


def test_a_piece_of_a_link_that_looks_like_the_reference_to_a_footnote_is_none() -> None:
    html = '<p>The <a href="/">list <sup><br>x</sup></a></p>'

    assert translated(html, fakes.identity()) == html


def test_shortcodes_and_emoji_around_a_text_are_none_of_its_sentences() -> None:
    part = markup.html_part("body", '<p>[caption id="a"]<img src="a"> The boats sail. They return 🎉[/caption]</p>')
    (block,) = sentences.segmented([part], "en")[0].blocks

    assert [block.content.text[one.start : one.end] for one in block.segments] == [
        f"{ATOM} The boats sail.", "They return",
    ]  # fmt: skip


def test_what_holds_text_is_a_block_with_its_role() -> None:
    html = (
        "<h2>A heading</h2><p>A paragraph.</p><ul><li>An item</li></ul><table><tr><td>A cell</td></tr></table>"
        "<figure><img src=a><figcaption>A caption</figcaption></figure><blockquote><p>A quote.</p></blockquote>"
    )

    assert blocks(html) == [
        ("heading", "A heading"), ("paragraph", "A paragraph."), ("item", "An item"), ("cell", "A cell"),
        ("caption", "A caption"), ("quote", "A quote."),
    ]  # fmt: skip


def test_loose_text_beside_blocks_is_a_block() -> None:
    assert blocks("Loose <b>text</b><p>Inside</p>after") == [
        ("paragraph", "Loose text"), ("paragraph", "Inside"), ("paragraph", "after"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "html",
    [
        "<!-- wp:more -->",
        "<p translate=no>Words.</p>",
        "<pre>Words.</pre>",
        "<p><code>x = 1</code></p>",
        "<script>words()</script>",
        "<iframe src=a></iframe>",
        "<p>—</p>",
        "<textarea>Words.</textarea>",
    ],
)
def test_what_is_not_for_a_translator_is_no_block(html: str) -> None:
    assert blocks(html) == []


def test_a_newline_that_pre_begins_with_is_written_twice() -> None:
    part = markup.html_part("body", "<pre>\n\nx</pre>")

    assert markup.write(part, {}) == "<pre>\n\nx</pre>"


def test_characters_that_mean_markup_stay_escaped() -> None:
    assert translated("<p>Fish &amp; &lt;chips&gt;&nbsp;©</p>", fakes.identity()) == (
        "<p>Fish &amp; &lt;chips&gt;&nbsp;©</p>"
    )


def test_attributes_are_the_callers_own() -> None:
    html = '<p class="a b" data-x="1 &quot;2&quot;" hidden=""><a href="/?a=1&amp;b=2">Words</a></p>'

    assert translated(html, fakes.identity()) == html


@pytest.mark.parametrize("tag", ["div", "span", "b"])
def test_markup_256_deep_is_read(tag: str) -> None:
    html = f"<{tag}>" * 256 + "Words" + f"</{tag}>" * 256

    assert translated(html, fakes.identity()) == html


@pytest.mark.parametrize("tag", ["div", "span", "b"])
@pytest.mark.parametrize("depth", [257, 5000])
def test_deeper_markup_is_refused_with_the_remedy(tag: str, depth: int) -> None:
    with pytest.raises(tree.MarkupError, match="deeper than 256; flatten it"):
        markup.html_part("body", f"<{tag}>" * depth + "Words")


def test_an_article_with_deeper_markup_is_refused_by_field() -> None:
    with pytest.raises(Refusal) as refused:
        intake.read(Submission("a", "A title", "<div>" * 300 + "Words"))

    assert (refused.value.code, refused.value.field) == ("markup-refused", "body")


@pytest.mark.parametrize("text", ["One\nTwo", "One\r\nTwo\r\n", "\n\n  One  \n\n\tTwo", "One", "", " \n ", "1\n\n2\r3"])
def test_plain_text_keeps_its_lines(text: str) -> None:
    part = markup.lines_part("text", text)

    assert markup.write(part, {block.id: block.content.text for block in part.blocks}) == text


def test_an_element_of_a_stored_sentence_that_lost_its_words_is_still_an_element() -> None:
    content = markup.parse_inline("Words <b></b> and <i></i>", ["<i></i>"])

    assert [span.open for span in content.spans] == ["<b>"]
    assert [atom.html for atom in content.atoms] == ["<i></i>"]


@pytest.mark.parametrize("tag", ["div", "b", "span", "blockquote"])
def test_a_bomb_of_open_elements_is_refused_before_it_is_parsed(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "LexborHTMLParser", None)
    with pytest.raises(tree.MarkupError, match="256"):
        markup.html_part("body", f"<{tag}>" * 100_000)


def test_many_paragraphs_that_nobody_closed_are_no_bomb() -> None:
    assert len(markup.html_part("body", "<p>word" * 10_000).blocks) == 10_000


def test_a_documents_own_title_is_no_text_of_the_body() -> None:
    part = markup.html_part("body", "<title>A title</title><p>A text.</p>")
    assert [block.content.text for block in part.blocks] == ["A text."]
