"""The Atom feed, the sitemap and robots.txt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.article.types import Text
from service.web import feeds, listings
from tests.unit.newsroom import SITE, article, dossier, edition, unsound
from tests.unit.pages import xml

Get = Callable[..., str]


ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
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
        "Disallow: /desk/",
        "Sitemap: https://desk.example/sitemap.xml",
        "Sitemap: https://desk.example/news-sitemap.xml",
    ]


# --- many articles ---


def test_many_articles_are_in_several_sitemaps(
    desk, get: Get, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "PER_SITEMAP", 2)
    desk.add(*(dossier(of=article(id=f"a{number}")) for number in range(5)))
    index = xml(get("/sitemap.xml"))
    assert index.tag == f"{MAP}sitemapindex"
    parts = [node.text or "" for node in index.iter(f"{MAP}loc")]
    assert parts == [f"https://desk.example/sitemap-{number}.xml" for number in (1, 2, 3)]
    assert [node.text for node in index.iter(f"{MAP}lastmod")] == ["2026-11-23T08:00:00+00:00"] * 3
    found = [node.text for part in parts for node in xml(get(part.removeprefix(desk.public_url))).iter(f"{MAP}loc")]
    assert sorted(found) == sorted(
        f"https://desk.example/{tag}/articles/a{number}" for tag in ("en", "id") for number in range(5)
    )
    assert [client.get(f"/sitemap-{number}.xml").status_code for number in ("0", "4", "x")] == [404] * 3


# --- news ---


def fresh(name: str, **ago: float) -> Any:
    return article(id=name, published_at=datetime.now(UTC) - timedelta(**ago))


def test_news_is_what_may_be_indexed_of_the_last_two_days(desk, get: Get) -> None:
    desk.add(
        dossier(of=fresh("old", hours=49)),
        dossier(edition("en-US", "source"), edition("id-ID", "needs_review"), of=fresh("b", hours=47)),
        dossier(of=replace(fresh("own", hours=2), urls={"id-ID": "https://koran.example/x"})),
        dossier(of=replace(unsound(id="spun"), published_at=datetime.now(UTC))),
        dossier(of=fresh("a", hours=1)),
    )
    urls = xml(get("/news-sitemap.xml")).findall(f"{MAP}url")
    assert [url.findtext(f"{MAP}loc") for url in urls] == [
        f"https://desk.example/{page}"
        for page in ("en/articles/a", "id/articles/a", "en/articles/own", "en/articles/b")
    ]
    news = urls[1].find(f"{NEWS}news")
    assert news is not None
    assert news.findtext(f"{NEWS}publication/{NEWS}name") == "The Harbour Post"
    assert news.findtext(f"{NEWS}publication/{NEWS}language") == "id"
    assert news.findtext(f"{NEWS}title") == "Pelabuhan dibuka kembali setelah badai"
    assert datetime.fromisoformat(news.findtext(f"{NEWS}publication_date") or "").tzinfo is not None


def test_news_is_a_thousand_pages_at_most(desk, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    assert feeds.MAX_NEWS == 1_000
    monkeypatch.setattr(feeds, "MAX_NEWS", 3)
    desk.add(*(dossier(of=fresh(f"a{number}", hours=1)) for number in range(3)))
    assert len(xml(get("/news-sitemap.xml")).findall(f"{MAP}url")) == 3


def test_news_grows_old_though_nothing_changes(desk, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.add(dossier(of=fresh("a", hours=47, minutes=59)))
    assert "articles/a" in get("/news-sitemap.xml")
    monkeypatch.setattr(listings, "datetime", _Later)
    monkeypatch.setattr("service.web.kept.datetime", _Later)
    assert "articles/a" not in get("/news-sitemap.xml")


class _Later(datetime):
    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return datetime.now(tz) + timedelta(hours=1)
