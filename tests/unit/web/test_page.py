"""An article's page: what it shows, and what a reader has to know before reading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from service.article.types import Author, Block, Correction, Image, Inline, Part, Segment, Text
from tests.unit.newsroom import SITE, article, dossier, edition, kept, unsound
from tests.unit.pages import parse, words

Get = Callable[..., str]


@pytest.mark.parametrize(
    ("path", "lang", "title", "date"),
    [
        (
            "/en/articles/harbour",
            "en",
            "Harbour reopens after the storm",
            "Monday, November 23, 2026, 2:30 p.m. WIB (GMT+7)",
        ),
        (
            "/id/articles/harbour",
            "id",
            "Pelabuhan dibuka kembali setelah badai",
            "Senin, 23 November 2026, 14.30 WIB",
        ),
    ],
)
def test_a_page_speaks_one_language(desk, get: Get, path: str, lang: str, title: str, date: str) -> None:
    desk.add(dossier())
    html = get(path)
    root = parse(html).css_first("html")
    assert (root.attributes["lang"], root.attributes["dir"]) == (lang, "ltr")
    assert words(html, "h1") == title
    assert words(html, ".dates time") == date
    assert parse(html).css_first(".dates time").attributes["datetime"] == "2026-11-23T07:30:00+00:00"


def test_the_head_is_the_metadatas(desk, get: Get) -> None:
    desk.add(dossier())
    tree = parse(get("/id/articles/harbour"))
    assert tree.css_first('link[rel="canonical"]').attributes["href"] == "https://desk.example/id/articles/harbour"
    assert [a.attributes["hreflang"] for a in tree.css("link[hreflang]")] == ["en", "id", "x-default"]
    assert "application/ld+json" in tree.css_first("head script").attributes["type"]


def test_the_host_header_never_shows(desk, client: FlaskClient) -> None:
    desk.add(dossier())
    for path in (
        "/en/articles/harbour",
        "/en/",
        "/sitemap.xml",
        "/en/feed.xml",
        "/robots.txt",
        "/",
        "/articles/harbour",
    ):
        response = client.get(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        assert "evil.example" not in response.text + str(response.headers)


def test_links_begin_with_the_path_of_the_public_address(desk, client: FlaskClient) -> None:
    desk.public_url = "https://paper.example/alih"
    desk.add(dossier())
    tree = parse(client.get("/id/articles/harbour").text)
    assert all(a.attributes["href"].startswith(("/alih/", "#")) for a in tree.css("body a"))
    assert tree.css_first('link[rel="stylesheet"]').attributes["href"].startswith("/alih/assets/")
    assert client.get("/").headers["Location"] == "/alih/en/"


def test_nothing_on_a_page_comes_from_elsewhere(desk, get: Get) -> None:
    foreign = Text("html", '<p>a</p><img src="https://other.example/a.jpg"><iframe src="https://v.example/"></iframe>')
    desk.add(
        dossier(
            edition("en-US", "source", parts={"body": foreign}),
            of=article(image=Image("https://other.example/b.jpg")),
        )
    )
    tree = parse(get("/en/articles/harbour"))
    loads = tree.css(
        '[src], link[rel="stylesheet"], link[rel="icon"], script:not([type="application/ld+json"]), [style]'
    )
    assert all((node.attributes.get("href") or "").startswith(("/assets/", "data:")) for node in loads)
    assert "other.example" in words(tree.html, ".text")


def test_a_picture_of_the_site_is_shown_with_caption_and_credit(desk, client: FlaskClient) -> None:
    parts = {"image.caption": Text("text", "The quay."), "image.alt": Text("text", "Ships")}
    desk.add(
        dossier(
            edition("en-US", "source", parts=parts),
            of=article(image=Image("https://images.example/a.jpg", "A. Person")),
        )
    )
    response = client.get("/en/articles/harbour")
    image = parse(response.text).css_first(".picture img")
    assert (image.attributes["src"], image.attributes["alt"]) == ("https://images.example/a.jpg", "Ships")
    assert words(response.text, "figcaption") == "The quay. Picture: A. Person"
    assert "https://images.example" in response.headers["Content-Security-Policy"]


def test_the_picture_comes_first_and_keeps_its_room(desk, get: Get) -> None:
    for size, kept_room in (((1200, 675), ("1200", "675")), ((1200, None), (None, None))):
        desk.add(dossier(of=article(image=Image("https://images.example/a.jpg", None, *size))))
        image = parse(get("/en/articles/harbour")).css_first(".picture img").attributes
        assert (image.get("width"), image.get("height")) == kept_room
        assert (image.get("loading"), image["fetchpriority"]) == (None, "high")


def test_authors_are_listed_as_the_language_does(desk, get: Get) -> None:
    authors = (Author("A. One"), Author("B. Two", "https://b.example/"), Author("C. <Three>", "javascript:x"))
    desk.add(dossier(of=article(authors=authors)))
    assert words(get("/id/articles/harbour"), ".authors") == "Oleh A. One, B. Two, dan C. <Three>"
    assert [a.attributes["href"] for a in parse(get("/en/articles/harbour")).css(".authors a")] == [
        "https://b.example/"
    ]


def test_corrections_are_told_below_the_text(desk, get: Get) -> None:
    texts = {"corrections.0": Text("text", "Versi awal salah menyebut nama kapal.")}
    at = datetime(2026, 11, 24, 2, tzinfo=UTC)
    desk.add(
        dossier(
            edition("en-US", "source"),
            edition("id-ID", parts=texts),
            of=article(corrections=(Correction(at),)),
        )
    )
    section = words(get("/id/articles/harbour"), ".corrections")
    assert section == "Ralat Selasa, 24 November 2026 Versi awal salah menyebut nama kapal."
    assert words(get("/en/articles/harbour"), ".corrections") == ""


def test_hostile_text_is_shown_as_text(desk, get: Get) -> None:
    bad = "<script>alert(1)</script>"
    parts = {name: Text("text", bad) for name in ("title", "dek", "body", "fields.kicker", "image.caption")}
    desk.add(
        dossier(
            edition("en-US", "source", parts=parts),
            of=article(authors=(Author(bad),), image=Image(None, bad)),
            site=replace(SITE, name=bad),
        )
    )
    html = get("/en/articles/harbour")
    assert [node.attributes.get("type") for node in parse(html).css("script")] == ["application/ld+json"]
    assert bad in words(html, "h1")


def test_plain_text_has_a_paragraph_per_line(desk, get: Get) -> None:
    desk.add(dossier(edition("en-US", "source", parts={"body": Text("text", "One.\n\nTwo.")})))
    assert [p.text() for p in parse(get("/en/articles/harbour")).css(".text p")] == ["One.", "Two."]


# --- what a reader has to know ---


@pytest.mark.parametrize(
    ("path", "stored", "notice"),
    [
        (
            "/id/articles/harbour",
            dossier(),
            "Diterjemahkan mesin dari bahasa Inggris, belum diperiksa redaksi. Baca aslinya.",
        ),
        (
            "/en/articles/harbour",
            dossier(edition("id-ID", "source"), edition("en-US"), of=article(locale="id-ID")),
            "Machine-translated from Indonesian, not yet checked by the editors. Read the original.",
        ),
        (
            "/id/articles/harbour",
            dossier(edition("en-US", "source"), edition("id-ID", "reviewed")),
            "Diterjemahkan dari bahasa Inggris dan telah diperiksa redaksi. Baca aslinya.",
        ),
        (
            "/id/articles/harbour",
            dossier(edition("en-US", "source"), edition("id-ID", "needs_review", segments=(kept(0), kept(1)))),
            "Diterjemahkan mesin dari bahasa Inggris, belum diperiksa redaksi. Sebagian isinya diragukan oleh"
            " pemeriksaan otomatis kami. 2 kalimat tidak dapat diterjemahkan dengan baik dan dibiarkan dalam"
            " bahasa Inggris. Baca aslinya. Bandingkan dengan aslinya.",
        ),
        (
            "/id/articles/harbour",
            dossier(edition("en-US", "source"), edition("id-ID", "stale", variant_state="machine")),
            "Diterjemahkan mesin dari bahasa Inggris, belum diperiksa redaksi. Naskah aslinya telah berubah;"
            " terjemahan baru sedang disiapkan. Baca aslinya.",
        ),
        ("/en/articles/harbour", dossier(), ""),
    ],
)
def test_the_notice_tells_how_the_text_came_about(desk, get: Get, path: str, stored, notice: str) -> None:
    desk.add(stored)
    assert words(get(path), ".notice") == notice


def test_the_notice_stands_before_the_article_and_links_to_the_original(desk, get: Get) -> None:
    desk.add(dossier())
    html = get("/id/articles/harbour")
    assert html.index('class="notice"') < html.index("<article>")
    link = parse(html).css_first(".notice a")
    assert (link.attributes["href"], link.attributes["hreflang"]) == ("/en/articles/harbour", "en")


@pytest.mark.parametrize(("path", "count"), [("/id/articles/harbour", "1.234"), ("/en/articles/harbour", "1,234")])
def test_figures_are_the_pages_own(desk, get: Get, path: str, count: str) -> None:
    editions = [edition("en-US", "source"), edition("id-ID")]
    desk.add(dossier(*(replace(one, variant=replace(one.variant, repaired=1234)) for one in editions)))
    assert f"{count} " in words(get(path), ".notice")


def test_an_unsound_source_is_said_to_be_so_in_every_language(desk, get: Get) -> None:
    desk.add(dossier(of=unsound()))
    assert "garbled" in words(get("/en/articles/harbour"), ".notice-warning")
    assert "rusak" in words(get("/id/articles/harbour"), ".notice-warning")
    assert 'content="noindex"' in get("/en/articles/harbour")


def test_text_left_in_the_source_language_says_its_language(desk, get: Get) -> None:
    title = Part("title", "text", ("", "b0", ""), (Block("b0", "title", Inline("x"), (Segment("s0", 0, 1),)),))
    body = Text("html", '<p>Pelabuhan. <span lang="en">The ships.</span></p>')
    desk.add(
        dossier(
            edition("en-US", "source"),
            edition("id-ID", "needs_review", segments=(kept(0),), parts={"body": body}),
            of=article(parts=(title,)),
        )
    )
    tree = parse(get("/id/articles/harbour"))
    assert tree.css_first("h1").attributes["lang"] == "en"
    assert tree.css_first(".text span").attributes["lang"] == "en"
    assert "lang" not in tree.css_first(".dek").attributes


def test_every_part_that_was_left_in_the_source_language_says_so(desk, get: Get) -> None:
    names = ("fields.kicker", "image.caption", "image.alt", "corrections.0")
    parts = tuple(
        Part(name, "text", ("", f"b{n}", ""), (Block(f"b{n}", "x", Inline("x"), (Segment(f"s{n}", 0, 1),)),))
        for n, name in enumerate(names)
    )
    left = edition(
        "id-ID",
        "needs_review",
        segments=tuple(kept(n) for n in range(len(names))),
        parts={name: Text("text", "The harbour.") for name in names},
    )
    stored = article(
        parts=parts,
        image=Image("https://images.example/a.jpg"),
        corrections=(Correction(datetime(2026, 11, 24, 2, tzinfo=UTC)),),
    )
    desk.add(dossier(edition("en-US", "source"), left, of=stored))
    tree = parse(get("/id/articles/harbour"))
    for selector in (".kicker", "figcaption span", ".picture img", ".corrections li div"):
        assert tree.css_first(selector).attributes["lang"] == "en"
