"""Attributes that are text: segments of their own, and back in their tags."""

from __future__ import annotations

import pytest

from service import pipeline
from service.article import compose, detect, markup, sentences
from service.article.types import Article, Detected, Site, Submission, Translation, Variant
from tests.unit.article import fakes


@pytest.fixture(autouse=True)
def _one_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few words look like any language, and blocks in another are not translated."""
    monkeypatch.setattr(detect, "block_language", lambda *_: None)


def attributes(html: str) -> list[str]:
    return [block.content.text for block in markup.html_part("body", html).blocks if block.role == "attribute"]


def made(html: str) -> Variant:
    return pipeline.translate_text(html, "html", "en", "id-ID", translate=fakes.mirrored(), terms=lambda *_: ())


def translated(html: str) -> str:
    return made(html).text("text") or ""


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<figure><img src="a.jpg" alt="One boat"></figure>', '<figure><img src="a.jpg" alt="enO taob"></figure>'),
        ('<p>Two <img alt="One boat"> masts</p>', '<p>owT <img alt="enO taob"> stsam</p>'),
        ('<p>See <a href="/x" title="The list">prices</a></p>', '<p>eeS <a href="/x" title="ehT tsil">secirp</a></p>'),
        ('<p><abbr title="Fish market">FM</abbr> opens</p>', '<p><abbr title="hsiF tekram">MF</abbr> snepo</p>'),
        ('<table aria-label="Fish prices"></table>', '<table aria-label="hsiF secirp"></table>'),
        ('<input placeholder="Your name">', '<input placeholder="ruoY eman">'),
        ('<textarea placeholder="Your name">A</textarea>', '<textarea placeholder="ruoY eman">A</textarea>'),
        ('<iframe title="A map" src="/m"></iframe>', '<iframe title="A pam" src="/m"></iframe>'),
        ('<amp-img alt="One boat" src="a.jpg"></amp-img>', '<amp-img alt="enO taob" src="a.jpg"></amp-img>'),
        ('<p>Up <svg aria-label="One boat"><g viewBox="0 0"></g></svg> we go</p>',
         '<p>pU <svg aria-label="enO taob"><g viewBox="0 0"></g></svg> ew og</p>'),
    ],
)  # fmt: skip
def test_what_people_read_in_attributes_is_translated(html: str, expected: str) -> None:
    assert translated(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        '<p class="big boat" id="a boat" style="x: y" data-caption="One boat" summary="One boat" value="One boat"></p>',
        '<input type="submit" value="Send it" name="a name">',
        '<img alt="">',
        "<img alt>",
        '<img alt="IMG_0042.jpg">',
        '<img alt="Screenshot 2025-11-03 at 10.00.00.png">',
        '<img alt="DSC00123">',
        '<img alt="boats-at-the-quay">',
        '<img alt="https://example.org/boat">',
        '<img alt="{{ image.alt }}" title="2025 – 3.5%">',
        '<img translate="no" alt="One boat">',
        '<div class="notranslate"><img alt="One boat"></div>',
        '<p>Two <span translate="no"><img alt="One boat">boats</span></p>',
        '<video><source src="a"><p translate="no" title="One boat">x</p></video>',
        '<link title="Dark mode" rel="stylesheet" href="/a.css">',
        '<script title="One boat">a()</script>',
        '<template><img alt="One boat"></template>',
        '<!-- <img alt="One boat"> -->',
    ],
)  # fmt: skip
def test_all_other_attributes_are_the_callers_own(html: str) -> None:
    assert attributes(html) == []
    assert fakes.dom(translated(html).replace("owT", "Two")) == fakes.dom(html)


def test_each_is_a_segment_of_a_block_of_its_own_in_reading_order() -> None:
    variant = made('<figure><img alt="One boat. Two boats."></figure><p>See <a title="The list">prices</a>.</p>')

    assert [(one.source, one.target, one.block) for one in variant.segments] == [
        ("One boat.", "enO taob.", "text.0"),
        ("Two boats.", "owT staob.", "text.0"),
        ('See <a title="The list">prices</a>.', 'eeS <a title="The list">secirp</a>.', "text.1"),
        ("The list", "ehT tsil", "text.2"),
    ]
    assert [(block.role, block.format, block.value) for block in variant.blocks] == [
        ("attribute", "text", "enO taob. owT staob."),
        ("paragraph", "html", 'eeS <a title="ehT tsil">secirp</a>.'),
        ("attribute", "text", "ehT tsil"),
    ]


def test_a_value_is_escaped_as_a_value_and_shown_as_text() -> None:
    html = '<img alt="A &quot;boat&quot; &amp; x &lt; y">'
    variant = made(html)

    assert [block.value for block in variant.blocks] == ['A "taob" & x < y']
    assert variant.text("text") == '<img alt="A &quot;taob&quot; &amp; x &lt; y">'


def test_one_in_a_link_that_two_sentences_share_is_written_once() -> None:
    assert translated('<p>See <a title="The list">prices here. Then</a> buy.</p>') == (
        '<p>eeS <a title="ehT tsil">secirp ereh. nehT</a> yub.</p>'
    )


def test_the_same_tag_twice_in_a_block_is_one_segment() -> None:
    html = '<p>A <i title="The sea">boat</i> and a <i title="The sea">mast</i></p>'

    assert attributes(html) == ["The sea"]
    assert translated(html).count("ehT aes") == 2


def test_a_tag_that_a_person_wrote_is_theirs() -> None:
    part = markup.html_part("body", '<p>See <a href="/x" title="The list">prices</a>.</p>')
    article = Article("a", "", "en-US", Detected("en", 1.0, ()), None, sentences.segmented([part], "en"))
    see, list_ = compose.source_translations(article)
    targets = {see.segment: '<a href="/x" title="Daftar">harga</a>', list_.segment: "Senarai"}
    known = {one: Translation(one, "body.0", "", target, "person") for one, target in targets.items()}

    blocks = compose.blocks(article, known, "id")

    assert blocks[0].value == '<a href="/x" title="Daftar">harga</a>'


def test_the_language_and_the_soundness_of_a_text_are_not_told_by_them() -> None:
    caption = "The boats that came back to the harbour on Monday morning, before the storm was over."
    html = f'<figure><img alt="{caption}"><figcaption>{caption}</figcaption></figure>'

    assert markup.visible_text(markup.html_part("body", html)) == caption
    article = pipeline.receive(Submission("a", "The boats came back", html), Site(), {("en", "id")})
    assert article.source_quality.findings == ()
