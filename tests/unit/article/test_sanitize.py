"""What our own origin renders of an article's markup, and what it never does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from service.article.sanitize import TAGS, allowed_image, for_our_pages, link_host

HOSTS = ("images.example",)


@pytest.mark.parametrize(
    "html",
    [
        "<p>A <b>bold</b>, <i>italic</i>, <code>x</code> and <q>quoted</q> word.</p>",
        "<h2>Heading</h2>",
        "<ul><li>one</li><li>two</li></ul>",
        '<ol start="3"><li>three</li></ol>',
        '<table><tbody><tr><th scope="row">a</th><td colspan="2">b</td></tr></tbody></table>',
        "<figure><figcaption>caption</figcaption></figure>",
        "<blockquote><p>Said so.</p></blockquote>",
        '<p><span lang="id" dir="ltr">Kata</span> <time datetime="2025-11-04">4 Nov</time></p>',
        '<p translate="no">Kompas</p>',
        "<p>1 &lt; 2 &amp; 3</p>",
    ],
)
def test_article_markup_is_kept(html: str) -> None:
    assert for_our_pages(html) == html


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        "<svg><script>alert(1)</script></svg><math><mtext>x</mtext></math>",
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
        '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
        "<textarea>text</textarea><select><option>one</select><button>Go</button>",
        "<!-- a comment -->",
        '<img src="data:image/png;base64,AAAA" alt="">',
    ],
)
def test_what_is_no_article_leaves_nothing(html: str) -> None:
    assert for_our_pages(html, HOSTS) == ""


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<p onclick="x()" class="c" id="i" style="color:red" data-x="1">a</p>', "<p>a</p>"),
        ('<form action="/x"><p>a</p></form>', "<p>a</p>"),
        ('<a href="javascript:alert(1)">a</a>', '<a rel="noopener">a</a>'),
        ('<a href="/login">a</a>', '<a rel="noopener">a</a>'),
        (
            '<a href="https://x.example/" target="_blank">a</a>',
            '<a href="https://x.example/" rel="noopener">a</a>',
        ),
        ('<a href="mailto:a@x.example">a</a>', '<a href="mailto:a@x.example" rel="noopener">a</a>'),
    ],
)
def test_what_could_act_is_taken_off(html: str, shown: str) -> None:
    assert for_our_pages(html) == shown


def test_a_first_level_heading_makes_room_for_the_pages_own() -> None:
    assert for_our_pages('<h1 class="x">One</h1><h1>Two</h1>') == "<h2>One</h2><h2>Two</h2>"


@pytest.mark.parametrize(
    ("html", "href", "words"),
    [
        (
            '<iframe src="https://www.video.example/e/1"></iframe>',
            "https://www.video.example/e/1",
            "video.example",
        ),
        ('<iframe src="//v.example/1" title="A &amp; B"></iframe>', "https://v.example/1", "A & B"),
        ('<video><source src="https://v.example/a.mp4">old</video>', "https://v.example/a.mp4", "v.example"),
        ('<audio src="https://v.example/a.mp3"></audio>', "https://v.example/a.mp3", "v.example"),
        (
            '<object data="https://v.example/a"><embed src="https://v.example/b"></object>',
            "https://v.example/a",
            "v.example",
        ),
        ('<img src="https://other.example/a.jpg" alt="A ship">', "https://other.example/a.jpg", "A ship"),
        ('<img src="http://images.example/a.jpg">', "http://images.example/a.jpg", "images.example"),
    ],
)
def test_embeds_and_foreign_pictures_become_links(html: str, href: str, words: str) -> None:
    links = LexborHTMLParser(for_our_pages(html, HOSTS), is_fragment=True).css("*")
    assert [(a.tag, a.attributes["href"], a.text()) for a in links] == [("a", href, words)]


def test_inside_a_link_only_the_words_are_left() -> None:
    html = '<a href="https://x.example/"><img src="https://other.example/a.jpg" alt="A ship"></a>'
    assert for_our_pages(html, HOSTS) == '<a href="https://x.example/" rel="noopener">A ship</a>'


def test_a_picture_from_the_site_is_shown_when_it_is_scrolled_to() -> None:
    html = '<img src="https://images.example/a.jpg" srcset="https://other.example/b 2x" alt="A" width="3">'
    image = LexborHTMLParser(for_our_pages(html, HOSTS), is_fragment=True).css_first("img")
    assert image.attributes == {
        "src": "https://images.example/a.jpg",
        "alt": "A",
        "width": "3",
        "loading": "lazy",
        "decoding": "async",
    }


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "/a.jpg",
        "//images.example/a.jpg",
        "http://images.example/a.jpg",
        "https://images.example.evil.example/a.jpg",
        "https://images.example@evil.example/a.jpg",
        "https://images.example:8443/a.jpg",
        "https://[",
    ],
)
def test_only_https_pictures_of_exactly_the_sites_hosts_are_allowed(url: str | None) -> None:
    assert not allowed_image(url, HOSTS)


def test_hosts_are_compared_without_case_and_with_their_port() -> None:
    assert allowed_image("https://IMAGES.example/a.jpg", HOSTS)
    assert allowed_image("https://images.example:8443/a.jpg", ("images.example:8443",))


def test_a_link_is_named_by_its_host() -> None:
    assert link_host("https://www.paper.example/a?b") == "paper.example"
    assert link_host("javascript:alert(1)") is None


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                f"<{tag}>"
                for tag in ("p", "a href=javascript:x", "svg", "math", "style", "iframe src=x", "h1", "table")
            ),
            *(f"</{tag}>" for tag in ("p", "a", "svg", "math", "style", "iframe", "h1", "noscript")),
            "<img src=x onerror=alert(1)>",
            "<!--",
            "-->",
            "<![CDATA[",
            "<noscript>",
            "<script>alert(1)",
            "]]>",
            '"',
            "&lt;script&gt;",
            "text",
        ]
    ),
    max_size=12,
)


@given(PIECES)
def test_no_soup_of_tags_gets_anything_else_through(pieces: list[str]) -> None:
    shown = LexborHTMLParser(for_our_pages("".join(pieces), HOSTS), is_fragment=True)
    for node in shown.css("*"):
        assert node.tag in TAGS
        assert not any(name.startswith("on") for name in node.attributes)
        assert not (node.attributes.get("href") or "").startswith("javascript:")


@given(PIECES)
def test_cleaning_twice_changes_nothing_more(pieces: list[str]) -> None:
    once = for_our_pages("".join(pieces), HOSTS)
    assert for_our_pages(once, HOSTS) == once
