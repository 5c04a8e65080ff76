"""What a person may write as one sentence: nothing that a parser would mend in silence, nothing that runs."""

from __future__ import annotations

import re
import time
from contextlib import suppress

import pytest

from service.article import fragment, markup
from service.article.tree import MarkupError

SOURCE = markup.parse_inline('One <a href="https://example.org/" onclick="go()">two</a><br> three.', None)


@pytest.mark.parametrize(
    "target",
    [
        "Satu.",
        "Satu <em>dua</em>.",
        'Satu <a href="/x?a=1&amp;b=2" class="y">dua</a><br>tiga',
        "3 &lt; 4 &amp; 5",
        "<b>Satu <i>dua</i></b>",
        '<a href="https://example.org/" onclick="go()">dua</a> satu.',
    ],
)
def test_inline_html_is_kept_as_it_is(target: str) -> None:
    assert fragment.checked(target, SOURCE, "html") == target


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("", "no text"),
        (" \u200b\u00a0", "no text"),
        ("<b></b>", "no text"),
        ("<br>", "no text"),
        ("<p>Satu.</p>", "<p>"),
        ("Satu.<div>dua</div>", "<div>"),
        ("Satu <script>alert(1)</script>", "<script>"),
        ("Satu <svg onload=alert(1)></svg>", "<svg"),
        ("Satu <iframe src='https://example.org'></iframe>", "<iframe"),
        ("Satu <style>*{}</style>", "<style>"),
        ("Satu <form>dua</form>", "<form>"),
        ("Satu <!-- dua -->", "comment"),
        ("Satu <!-- dua", "comment"),
        ("Satu <b>dua", "not closed"),
        ("Satu</b> dua", "not closed"),
        ("<b>Satu <i>dua</b></i>", "not closed"),
        ("<a href='/x'>satu <a href='/y'>dua</a></a>", "not closed"),
        ("Satu <b", "no whole tag"),
        ('Satu <b title="x>dua</b>', "no whole tag"),
        ("Satu <?php ?> dua", "no whole tag"),
        ('<b onmouseover="x()">Satu</b>', "onmouseover"),
        ('<a href="javascript:x()">Satu</a>', "href"),
        ('<a href=" java&#10;script:x()">Satu</a>', "href"),
        ('<a href="data:text/html,x">Satu</a>', "href"),
        ("<img src=x onerror=alert(1)>Satu", "onerror"),
        ("<b>" * 300 + "Satu" + "</b>" * 300, "256"),
    ],
)
def test_what_is_no_sentence_is_refused_with_what_is_wrong(target: str, told: str) -> None:
    with pytest.raises(MarkupError, match=re.escape(told)):
        fragment.checked(target, SOURCE, "html")


@pytest.mark.parametrize(
    "own",
    [
        "<!-- more -->",
        '<iframe src="https://example.org/"></iframe>',
        "<script>if (a<b) go()</script>",
        '<i class="icon"></i>',
    ],
)
def test_markup_of_the_source_may_stand_in_the_target(own: str) -> None:
    source = markup.parse_inline(f"One {own} two {own}.", None)
    assert fragment.checked(f"Satu {own} dua.", source, "html") == f"Satu {own} dua."


@pytest.mark.parametrize("target", ["Ikan & <b>kentang</b>", "3 < 4", "&amp;", 'a "b" \u00a0c'])
def test_plain_text_comes_back_as_it_was_sent(target: str) -> None:
    stored = fragment.checked(target, markup.parse_inline("One."), "text")
    assert fragment.shown(stored, "text") == target
    assert "<" not in stored


def test_a_blank_plain_text_is_refused() -> None:
    with pytest.raises(MarkupError, match="no text"):
        fragment.checked("  ", markup.parse_inline("One."), "text")


@pytest.mark.parametrize("piece", ["<a", "<", "<!--", '<a "', "</", '<a b="', "<a href='x' "])
def test_no_text_takes_long_to_refuse(piece: str) -> None:
    began = time.perf_counter()
    with suppress(MarkupError):
        fragment.checked("x" + piece * (20_000 // len(piece)), SOURCE, "html")
    assert time.perf_counter() - began < 2
