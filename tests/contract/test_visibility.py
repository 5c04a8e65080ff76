"""Who may see what: one decision on every public surface, over HTTP."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.contract.conftest import Put
from tests.contract.test_articles import SAMPLE
from tests.unit.pages import parse

PAGES = ("/en/articles/a1", "/id/articles/a1", "/articles/a1")


def surfaces(client: FlaskClient) -> dict[str, bool]:
    """Where article a1 is to be found."""
    found = {path: client.get(path).status_code in (200, 302) for path in PAGES}
    for path in ("/en/", "/id/", "/sitemap.xml", "/en/feed.xml", "/id/feed.xml"):
        found[path] = "articles/a1" in client.get(path).text
    return found


def test_a_draft_is_on_no_surface_and_like_an_unknown_article(client: FlaskClient, put: Put) -> None:
    put(status="draft")
    assert not any(surfaces(client).values())
    assert client.get("/id/articles/a1").data == client.get("/id/articles/unknown").data.replace(b"unknown", b"a1")


def test_an_embargoed_article_is_on_no_surface(client: FlaskClient, put: Put) -> None:
    put(published_at="2999-01-01T00:00:00Z")
    assert not any(surfaces(client).values())


def test_a_withdrawn_article_is_gone(client: FlaskClient, put: Put) -> None:
    put()
    put(status="withdrawn")
    assert [client.get(path).status_code for path in PAGES] == [410, 410, 410]
    assert not any(surfaces(client).values())


def test_what_was_withdrawn_before_it_was_public_is_like_what_is_unknown(client: FlaskClient, put: Put) -> None:
    put(status="draft")
    put(status="withdrawn")
    put("a2", status="withdrawn", targets=[])
    for path in PAGES:
        for article in ("a1", "a2"):
            answer = client.get(path.replace("a1", article))
            unknown = client.get(path.replace("a1", "unknown"))
            assert (answer.status_code, answer.data) == (404, unknown.data)
    put(status="published")
    put(status="withdrawn")
    assert [client.get(path).status_code for path in PAGES] == [410, 410, 410]


def test_a_machine_variant_is_seen_but_not_indexed_until_it_is_reviewed(client: FlaskClient, put: Put) -> None:
    put()
    before = surfaces(client)
    assert before["/id/articles/a1"]
    assert not before["/id/feed.xml"]
    page = client.get("/id/articles/a1").text
    assert '<meta name="robots" content="noindex">' in page
    assert "hreflang=" not in page[: page.index("</head>")]
    client.post("/v1/articles/a1/variants/id-ID/approval", json={"by": "Sari"})
    assert all(surfaces(client).values())
    page = client.get("/id/articles/a1").text
    assert page[: page.index("</head>")].count('<link rel="alternate" hreflang=') == 3


def test_an_unsound_source_is_seen_with_a_banner_and_never_indexed(client: FlaskClient) -> None:
    client.put("/v1/sites/default", json={"indexing": "machine"})
    sent = {"body": SAMPLE.read_text(encoding="utf-8"), "format": "text"}
    client.put("/v1/articles/a1", json=sent, headers={"Prefer": "wait=60"})
    found = surfaces(client)
    assert found["/en/articles/a1"]
    assert found["/id/articles/a1"]
    assert not found["/sitemap.xml"]
    assert not found["/en/feed.xml"]


def test_the_callers_own_address_is_canonical_and_our_page_leads_there(client: FlaskClient, put: Put) -> None:
    put(urls={"id": "https://paper.example/id/roads"})
    answer = client.get("/id/articles/a1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "https://paper.example/id/roads")
    head = client.get("/v1/articles/a1/head?locale=id").text
    assert '<link rel="canonical" href="https://paper.example/id/roads">' in head


def test_a_forged_host_changes_no_address(client: FlaskClient, put: Put) -> None:
    put()
    forged = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    client.post("/v1/articles/a1/variants/id-ID/approval", json={"by": "Sari"})
    article = "/v1/articles/a1"
    pages = ("/", "/en/", "/en/articles/a1", "/articles/a1", "/en-US/articles/a1", "/id/articles/a1?choose")
    lists = ("/sitemap.xml", "/en/feed.xml", "/robots.txt", "/docs", "/openapi.json")
    calls = (article, f"{article}/head", f"{article}/switcher", f"{article}?include=variants,head,switcher")
    for path in (*pages, *lists, *calls):
        answer = client.get(path, headers=forged)
        assert "evil.example" not in answer.text
        assert "evil.example" not in answer.headers.get("Location", "")
        assert answer.status_code < 400


def test_a_page_whose_language_left_the_site_leads_home_to_a_page_that_there_is(client: FlaskClient, put: Put) -> None:
    put()
    client.put("/v1/sites/default", json={"locales": ["en-US"]})
    page = client.get("/id/articles/a1")
    assert page.status_code == 200
    for link in parse(page.text).css("a[href^='/'], link[href^='/']"):
        address = link.attributes["href"] or ""
        assert client.get(address, follow_redirects=True).status_code == 200, address


def test_a_choice_is_remembered_by_negotiation(client: FlaskClient, put: Put) -> None:
    put()
    assert client.get("/articles/a1", headers={"Accept-Language": "en"}).headers["Location"].endswith("/en/articles/a1")
    client.get("/id/articles/a1?choose")
    answer = client.get("/articles/a1", headers={"Accept-Language": "en"})
    assert answer.headers["Location"].endswith("/id/articles/a1")
    assert answer.headers["Cache-Control"] == "private, no-cache"
