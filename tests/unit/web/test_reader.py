"""The readers' addresses: which page each means, what is remembered, what is kept by caches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.article.types import Dossier, Site, Text
from service.web.assets import ASSETS
from service.web.frame import COOKIE, PUBLIC
from tests.unit.newsroom import SITE, article, dossier, edition
from tests.unit.pages import parse, words

Get = Callable[..., str]


TOMORROW = datetime.now(UTC) + timedelta(days=1)


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


def test_a_translation_in_the_making_is_named_without_a_link(desk, client: FlaskClient) -> None:
    desk.add(dossier(edition("en-US", "source"), edition("id-ID", "translating", made=False)))
    making = client.get("/en/articles/harbour")
    assert words(making.text, ".alihbahasa-switcher span") == "Bahasa Indonesia (being translated)"
    assert words(client.get("/id/articles/harbour").text, ".others") == "English"
    desk.add(dossier(edition("en-US", "source"), edition("id-ID", "failed", made=False)))
    failed = client.get("/en/articles/harbour", headers={"If-None-Match": making.headers["ETag"]})
    assert failed.status_code == 200
    assert words(failed.text, ".alihbahasa-switcher") == ""


def test_a_failed_translation_offers_the_others(desk, client: FlaskClient) -> None:
    desk.add(dossier(edition("en-US", "source"), edition("id-ID", "failed", made=False)))
    response = client.get("/id/articles/harbour")
    assert (response.status_code, words(response.text, "h1")) == (404, "Tidak ada artikel di sini")
    assert "Retry-After" not in response.headers
    assert words(response.text, ".others") == "English"


@pytest.mark.parametrize("path", ["/fr/", "/fr/feed.xml", f"/assets/{ASSETS}/other.css"])
def test_what_the_site_does_not_have_is_no_page(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_choice_is_remembered_from_the_index_too(client: FlaskClient) -> None:
    answer = client.get("/id/?choose")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/id/")
    assert f"{COOKIE}=id" in answer.headers["Set-Cookie"]


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
    assert response.headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == PUBLIC


# --- caching ---


def test_a_page_that_has_not_changed_is_not_sent_again(desk, client: FlaskClient) -> None:
    desk.add(dossier())
    first = client.get("/id/articles/harbour")
    again = client.get("/id/articles/harbour", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.text, again.headers["ETag"]) == (304, "", first.headers["ETag"])
    assert again.headers["Cache-Control"] == PUBLIC


def test_a_page_that_has_not_changed_keeps_its_pictures(desk, client: FlaskClient) -> None:
    desk.add(dossier())
    first = client.get("/id/articles/harbour")
    again = client.get("/id/articles/harbour", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert "https://images.example" in again.headers["Content-Security-Policy"]
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "change",
    [
        dossier(edition("en-US", "source"), edition("id-ID", parts={"title": Text("text", "Pelabuhan")})),
        dossier(edition("en-US", "source"), edition("id-ID", "reviewed", reviewed_by="Sari")),
        dossier(site=replace(SITE, indexing="never")),
    ],
    ids=["text", "state", "site"],
)
def test_whatever_the_page_shows_changes_its_tag(desk, client: FlaskClient, change: Dossier) -> None:
    desk.add(dossier())
    before = client.get("/id/articles/harbour").headers["ETag"]
    desk.add(change)
    assert client.get("/id/articles/harbour").headers["ETag"] != before


def test_a_revision_that_readers_do_not_see_keeps_the_tag(desk, client: FlaskClient) -> None:
    desk.add(dossier())
    before = client.get("/id/articles/harbour").headers["ETag"]
    desk.add(dossier(revision=2, n=3))
    assert client.get("/id/articles/harbour").headers["ETag"] == before


def test_the_style_sheet_is_kept_for_good_under_its_version(client: FlaskClient) -> None:
    assert "immutable" in client.get(f"/assets/{ASSETS}/reader.css").headers["Cache-Control"]
    assert client.get("/assets/old/reader.css").headers["Cache-Control"] == "no-cache"
    assert client.get(f"/assets/{ASSETS}/../reader.py").status_code == 404


# --- the index ---


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
    assert [(a.attributes["href"], a.attributes.get("aria-current")) for a in tree.css(".alihbahasa-switcher a")] == [
        ("/en/?choose", None),
        ("/id/?choose", "page"),
    ]
    assert [a.attributes["href"] for a in tree.css("link[hreflang]")] == [
        "https://desk.example/en/",
        "https://desk.example/id/",
    ]
