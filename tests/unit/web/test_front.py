"""The list of articles: its pages, its filter, its pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from service.article.types import Image, Text
from service.web.front import PAGE
from tests.unit.newsroom import article, dossier, edition
from tests.unit.pages import parse, words
from tests.unit.web.conftest import Desk

Get = Callable[..., str]


def fill(desk: Desk, count: int) -> None:
    desk.add(*(dossier(of=article(id=f"a{n}")) for n in range(count)))


def test_pages_lead_to_each_other_and_each_has_its_own_address(desk: Desk, get: Get) -> None:
    fill(desk, 2 * PAGE + 1)
    seen = []
    for number, (newer, older) in enumerate(
        [(None, "/en/?page=2"), ("/en/", "/en/?page=3"), ("/en/?page=2", None)], start=1
    ):
        query = f"?page={number}" if number > 1 else ""
        tree = parse(get(f"/en/{query}"))
        seen += [a.attributes["href"] for a in tree.css(".teaser h2 a")]
        for kind, address in (("prev", newer), ("next", older)):
            found = [node.attributes["href"] for node in tree.css(f'[rel="{kind}"]')]
            assert found == ([address, address] if address else [])
        assert tree.css_first('[rel="canonical"]').attributes["href"] == f"https://desk.example/en/{query}"
        assert len(tree.css('link[rel="alternate"][hreflang]')) == (2 if number == 1 else 0)
    assert seen == [f"/en/articles/a{n}" for n in reversed(range(2 * PAGE + 1))]


@pytest.mark.parametrize("query", ["page=0", "page=3", "page=x", "page=", "page=²", "page=99999999", "source=fr"])
def test_there_is_no_page_beyond_the_last(desk: Desk, client: FlaskClient, query: str) -> None:
    fill(desk, PAGE + 1)
    assert client.get("/en/?page=2").status_code == 200
    assert client.get(f"/en/?{query}").status_code == 404


def test_a_filter_by_the_language_that_articles_were_written_in(desk: Desk, get: Get) -> None:
    desk.add(
        dossier(of=article(id="inggris")),
        dossier(edition("id-ID", "source"), edition("en-US"), of=article(id="indonesia", locale="id-ID")),
    )
    tree = parse(get("/en/"))
    assert [(a.text(), a.attributes["href"]) for a in tree.css(".filters a")] == [
        ("All", "/en/"), ("Written in English", "/en/?source=en"),
        ("Translated from Indonesian", "/en/?source=id")]  # fmt: skip
    tree = parse(get("/en/?source=id"))
    assert [a.attributes["href"] for a in tree.css(".teaser a")] == ["/en/articles/indonesia"]
    assert [a.text() for a in tree.css(".filters [aria-current]")] == ["Translated from Indonesian"]
    assert tree.css_first("title").text() == "Translated from Indonesian · The Harbour Post"
    assert tree.css_first('meta[name="robots"]').attributes["content"] == "noindex"


def test_an_empty_filter_leads_back_to_all(desk: Desk, get: Get) -> None:
    fill(desk, 1)
    html = get("/id/?source=id")
    assert words(html, ".empty") == "Belum ada artikel di sini yang ditulis dalam Bahasa Indonesia."
    assert parse(html).css_first("main p a").attributes["href"] == "/id/"


def test_pictures_of_the_sites_hosts_with_their_words(desk: Desk, client: FlaskClient) -> None:
    alt = {"parts": {"image.alt": Text("text", "Kapal di pelabuhan")}}
    for host in ("images.example", "tracker.example"):
        picture = Image(f"https://{host}/a.jpg")
        editions = edition("en-US", "source"), edition("id-ID", **alt)
        desk.add(*(dossier(*editions, of=article(id=f"{host[:2]}{n}", image=picture)) for n in range(2)))
    answer = client.get("/id/")
    images = [node.attributes for node in parse(answer.text).css("img")]
    assert [(one["src"], one["alt"]) for one in images] == 2 * [("https://images.example/a.jpg", "Kapal di pelabuhan")]
    assert "https://images.example" in answer.headers["Content-Security-Policy"]


def test_only_the_first_picture_comes_before_it_is_seen(desk: Desk, get: Get) -> None:
    desk.add(*(dossier(of=article(id=f"a{n}", image=Image("https://images.example/a.jpg"))) for n in range(3)))
    images = [node.attributes for node in parse(get("/en/")).css("img")]
    assert [one.get("loading") for one in images] == [None, "lazy", "lazy"]
    assert [one.get("fetchpriority") for one in images] == ["high", None, None]
