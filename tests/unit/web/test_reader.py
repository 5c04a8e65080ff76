"""The reader's pages: addresses, languages, caching, notices, feeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from service.article.types import (
    Author,
    Block,
    Correction,
    Image,
    Inline,
    Part,
    Segment,
    Site,
    Text,
)
from service.web.reader import ASSETS, COOKIE, PUBLIC
from service.web.ui import init_ui
from tests.unit.newsroom import SITE, article, dossier, edition, kept, unsound

Get = Callable[..., str]
TOMORROW = datetime.now(UTC) + timedelta(days=1)


def parse(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def xml(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314 - our own


def words(html: str, selector: str) -> str:
    node = parse(html).css_first(selector)
    return " ".join(node.text(separator=" ").split()).replace(" .", ".").replace(" ,", ",") if node else ""


# --- an article's page ---


@pytest.mark.parametrize(
    ("path", "lang", "title", "date"),
    [
        (
            "/en/articles/harbour",
            "en",
            "Harbour reopens after the storm",
            "Monday, November 23, 2026, 2:30 p.m. WIB",
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
    assert (
        tree.css_first('link[rel="canonical"]').attributes["href"]
        == "https://desk.example/id/articles/harbour"
    )
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
    foreign = Text(
        "html", '<p>a</p><img src="https://other.example/a.jpg"><iframe src="https://v.example/"></iframe>'
    )
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
            dossier(
                edition("en-US", "source"), edition("id-ID", "needs_review", segments=(kept(0), kept(1)))
            ),
            "Diterjemahkan mesin dari bahasa Inggris, belum diperiksa redaksi. Sebagian isinya diragukan oleh"
            " pemeriksaan otomatis kami. 2 kalimat tidak dapat diterjemahkan dengan baik dan dibiarkan dalam"
            " bahasa Inggris. Baca aslinya.",
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


def test_an_unsound_source_is_said_to_be_so_in_every_language(desk, get: Get) -> None:
    desk.add(dossier(of=unsound()))
    assert "garbled" in words(get("/en/articles/harbour"), ".notice-warning")
    assert "rusak" in words(get("/id/articles/harbour"), ".notice-warning")
    assert 'content="noindex"' in get("/en/articles/harbour")


def test_text_left_in_the_source_language_says_its_language(desk, get: Get) -> None:
    title = Part(
        "title", "text", ("", "b0", ""), (Block("b0", "title", Inline("x"), (Segment("s0", 0, 1),)),)
    )
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


# --- which page an address means ---


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/en-US/articles/harbour", "/en/articles/harbour"),
        ("/id-ID/articles/harbour", "/id/articles/harbour"),
        ("/in/articles/harbour", "/id/articles/harbour"),
        ("/EN/articles/harbour", "/en/articles/harbour"),
        ("/en-US/", "/en/"),
        ("/in/feed.xml", "/id/feed.xml"),
    ],
)
def test_other_spellings_of_a_language_lead_to_the_short_one_for_good(
    desk, client: FlaskClient, path: str, location: str
) -> None:
    desk.add(dossier())
    response = client.get(path)
    assert (response.status_code, response.headers["Location"]) == (301, location)


def test_two_regions_of_a_language_have_two_addresses(desk, client: FlaskClient) -> None:
    site = Site(locales=("en-US", "en-GB"), indexing="machine")
    desk.add(dossier(edition("en-US", "source"), edition("en-GB"), site=site))
    page = client.get("/en-GB/articles/harbour")
    assert parse(page.text).css_first("html").attributes["lang"] == "en-GB"
    assert client.get("/en/articles/harbour").headers["Location"] == "/en-US/articles/harbour"


def test_the_publishers_own_page_is_where_readers_go(desk, client: FlaskClient) -> None:
    desk.add(dossier(of=article(urls={"id-ID": "https://koran.example/pelabuhan"})))
    response = client.get("/id/articles/harbour")
    assert (response.status_code, response.headers["Location"]) == (302, "https://koran.example/pelabuhan")


def test_an_id_may_have_colons(desk, get: Get) -> None:
    desk.add(dossier(of=article(id="wp:site:123")))
    assert get("/en/articles/wp:site:123") == get("/en/articles/wp%3Asite%3A123")


def test_a_language_never_swallows_the_api(app: Flask) -> None:
    adapter = app.url_map.bind("desk.example")
    assert not adapter.test("/v1/articles/x")
    assert not adapter.test("/docs/")
    assert adapter.test("/zh-Hant-TW/articles/x")


# --- no page ---


@pytest.mark.parametrize(
    "hidden",
    [
        article(status="draft"),
        article(published_at=TOMORROW),
        article(published_at=TOMORROW, status="withdrawn"),
    ],
)
def test_what_is_not_public_looks_exactly_like_what_does_not_exist(desk, client: FlaskClient, hidden) -> None:
    desk.add(dossier(of=hidden))
    for path in (
        "/en/articles/{}",
        "/id/articles/{}",
        "/en-US/articles/{}",
        "/fr/articles/{}",
        "/articles/{}",
    ):
        secret, unknown = (client.get(path.format(id)) for id in ("harbour", "nothing"))
        assert secret.status_code == 404
        assert (secret.text, list(secret.headers)) == (unknown.text, list(unknown.headers))


def test_a_withdrawn_article_is_gone(desk, client: FlaskClient) -> None:
    desk.add(dossier(of=article(status="withdrawn")))
    response = client.get("/id/articles/harbour")
    assert (response.status_code, words(response.text, "h1")) == (410, "Artikel ini telah ditarik")
    assert client.get("/articles/harbour").status_code == 410


def test_a_translation_in_the_making_asks_to_come_back(desk, client: FlaskClient) -> None:
    desk.add(dossier(edition("en-US", "source"), edition("id-ID", "translating", made=False)))
    response = client.get("/id/articles/harbour")
    assert (response.status_code, words(response.text, "h1")) == (404, "Terjemahan ini sedang disiapkan")
    assert response.headers["Retry-After"] == "15"
    assert parse(response.text).css_first(".others a").attributes["href"] == "/en/articles/harbour"


def test_a_failed_translation_offers_the_others(desk, client: FlaskClient) -> None:
    desk.add(dossier(edition("en-US", "source"), edition("id-ID", "failed", made=False)))
    response = client.get("/id/articles/harbour")
    assert (response.status_code, words(response.text, "h1")) == (404, "Tidak ada artikel di sini")
    assert "Retry-After" not in response.headers
    assert words(response.text, ".others") == "English"


def test_an_unknown_language_is_no_page_in_the_sites_first(client: FlaskClient) -> None:
    response = client.get("/xx/articles/harbour")
    assert (response.status_code, words(response.text, "h1")) == (404, "There is no article here")


# --- negotiation, and the reader's choice ---


def test_the_bare_address_leads_to_the_readers_language(desk, client: FlaskClient) -> None:
    desk.add(dossier())
    response = client.get("/articles/harbour", headers={"Accept-Language": "id, en;q=0.5"})
    assert (response.status_code, response.headers["Location"]) == (302, "/id/articles/harbour")
    assert response.headers["Vary"] == "Accept-Language, Cookie"
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_the_default_is_the_original(desk, client: FlaskClient) -> None:
    desk.add(dossier(edition("id-ID", "source"), edition("en-US"), of=article(locale="id-ID")))
    assert client.get("/articles/harbour").headers["Location"] == "/id/articles/harbour"


def test_only_what_readers_may_see_is_negotiated(desk, client: FlaskClient) -> None:
    desk.add(dossier(edition("en-US", "source"), edition("id-ID", "queued", made=False)))
    response = client.get("/articles/harbour", headers={"Accept-Language": "id"})
    assert response.headers["Location"] == "/en/articles/harbour"


def test_choosing_in_the_switcher_is_remembered_without_a_script(desk, client: FlaskClient) -> None:
    desk.add(dossier())
    links = parse(client.get("/en/articles/harbour").text).css(".alihbahasa-switcher a")
    href = next(a.attributes["href"] for a in links if a.attributes["hreflang"] == "id")
    answer = client.get(href)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/id/articles/harbour")
    assert answer.headers["Cache-Control"] == "private, no-store"
    crumbs = set(answer.headers["Set-Cookie"].split("; "))
    assert crumbs >= {f"{COOKIE}=id", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"}
    desk.public_url = "http://desk.example"
    client.get(href)
    later = client.get("/articles/harbour", headers={"Accept-Language": "en"})
    assert later.headers["Location"] == "/id/articles/harbour"
    assert client.get("/", headers={"Accept-Language": "en"}).headers["Location"] == "/id/"


def test_a_page_never_depends_on_cookie_or_browser(desk, client: FlaskClient) -> None:
    desk.public_url = "http://desk.example"
    desk.add(dossier())
    client.set_cookie(COOKIE, "id")
    response = client.get("/en/articles/harbour", headers={"Accept-Language": "id"})
    assert response.status_code == 200
    assert "Vary" not in response.headers
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == PUBLIC


# --- caching ---


def test_a_page_that_has_not_changed_is_not_sent_again(desk, client: FlaskClient) -> None:
    desk.add(dossier())
    first = client.get("/id/articles/harbour")
    assert first.headers["ETag"].startswith('"1.0-')
    again = client.get("/id/articles/harbour", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.text, again.headers["ETag"]) == (304, "", first.headers["ETag"])
    assert again.headers["Cache-Control"] == PUBLIC


@pytest.mark.parametrize(
    "change",
    [
        lambda desk: desk.add(dossier(revision=2)),
        lambda desk: desk.add(dossier(n=1)),
        lambda desk: desk.add(dossier(site=replace(SITE, indexing="never"))),
        lambda desk: setattr(desk, "public_url", "https://other.example"),
    ],
    ids=["revision", "variant", "site", "address"],
)
def test_whatever_the_page_shows_changes_its_tag(desk, client: FlaskClient, change) -> None:
    desk.add(dossier())
    before = client.get("/id/articles/harbour").headers["ETag"]
    change(desk)
    assert client.get("/id/articles/harbour").headers["ETag"] != before


def test_the_style_sheet_is_kept_for_good_under_its_version(client: FlaskClient) -> None:
    assert "immutable" in client.get(f"/assets/{ASSETS}/reader.css").headers["Cache-Control"]
    assert client.get("/assets/old/reader.css").headers["Cache-Control"] == "no-cache"
    assert client.get(f"/assets/{ASSETS}/../reader.py").status_code == 404


# --- lists ---


def test_the_index_lists_what_there_is_in_its_language(desk, get: Get) -> None:
    desk.add(
        dossier(of=article(id="a")),
        dossier(edition("en-US", "source"), of=article(id="b")),
        dossier(of=article(id="c", status="draft")),
    )
    assert [a.attributes["href"] for a in parse(get("/en/")).css(".teaser a")] == [
        "/en/articles/b",
        "/en/articles/a",
    ]
    assert [a.attributes["href"] for a in parse(get("/id/")).css(".teaser a")] == ["/id/articles/a"]
    assert "Terjemahan mesin" in words(get("/id/"), ".teaser")


def test_an_empty_index_says_so(get: Get) -> None:
    assert words(get("/id/"), ".empty") == "Belum ada artikel di sini."


def test_the_index_switches_language(get: Get) -> None:
    tree = parse(get("/id/"))
    assert [
        (a.attributes["href"], a.attributes.get("aria-current")) for a in tree.css(".alihbahasa-switcher a")
    ] == [
        ("/en/?choose", None),
        ("/id/?choose", "page"),
    ]
    assert [a.attributes["href"] for a in tree.css("link[hreflang]")] == [
        "https://desk.example/en/",
        "https://desk.example/id/",
    ]


ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def some_of_each(desk) -> None:
    desk.add(
        dossier(of=article(id="good")),
        dossier(of=article(id="draft", status="draft")),
        dossier(of=unsound(id="spun")),
        dossier(of=article(id="unreviewed"), site=replace(SITE, indexing="reviewed")),
    )


def test_the_feed_has_what_may_be_indexed(desk, get: Get) -> None:
    some_of_each(desk)
    feed = xml(get("/id/feed.xml"))
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "id"
    assert [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")] == [
        "https://desk.example/id/articles/good"
    ]
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "Pelabuhan dibuka kembali setelah badai"
    assert feed.findtext(f"{ATOM}updated") == "2026-11-23T08:00:00+00:00"


def test_an_empty_feed_is_still_a_feed(get: Get) -> None:
    assert xml(get("/en/feed.xml")).findtext(f"{ATOM}updated")


def test_a_feed_has_no_character_that_xml_forbids(desk, get: Get) -> None:
    desk.add(dossier(edition("en-US", "source", parts={"title": Text("text", "A\x0bB\ufffe <C>")})))
    assert "<C>" in xml(get("/en/feed.xml")).findtext(f"{ATOM}entry/{ATOM}title")


def test_the_sitemap_has_every_indexable_page_with_its_alternates(desk, get: Get) -> None:
    some_of_each(desk)
    urls = xml(get("/sitemap.xml")).findall(f"{MAP}url")
    assert [url.findtext(f"{MAP}loc") for url in urls] == [
        "https://desk.example/en/articles/unreviewed",
        "https://desk.example/en/articles/good",
        "https://desk.example/id/articles/good",
    ]
    assert [link.attrib["hreflang"] for link in urls[1].findall(f"{XHTML}link")] == ["en", "id", "x-default"]


def test_the_sitemap_lists_our_own_host_only(desk, get: Get) -> None:
    desk.add(dossier(of=article(urls={"id-ID": "https://koran.example/pelabuhan"})))
    locations = [node.text for node in xml(get("/sitemap.xml")).iter(f"{MAP}loc")]
    assert locations == ["https://desk.example/en/articles/harbour"]


def test_robots_names_the_sitemap_and_forbids_no_page(get: Get) -> None:
    assert get("/robots.txt").splitlines() == [
        "User-agent: *",
        "Allow: /",
        "Disallow: /*?choose",
        "Sitemap: https://desk.example/sitemap.xml",
    ]


# --- our own words ---


def test_uncompiled_words_stop_the_service_with_a_remedy(tmp_path: Path) -> None:
    po = tmp_path / "id" / "LC_MESSAGES" / "messages.po"
    po.parent.mkdir(parents=True)
    po.write_text("")
    with pytest.raises(RuntimeError, match=r"messages\.po.*pybabel compile"):
        init_ui(Flask("x"), str(tmp_path))
    with pytest.raises(RuntimeError, match="any messages in"):
        init_ui(Flask("x"), str(tmp_path / "id"))
