"""The lists for machines as other people's programs read them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import feedparser
import pytest

from service.article.types import Author, Text
from tests.unit.newsroom import SITE, article, dossier, edition
from tests.unit.pages import xml

Get = Callable[..., str]

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.mark.parametrize(
    ("tag", "title", "published"),
    [
        ("en", "Harbour reopens after the storm", (2026, 11, 23, 7, 30)),
        ("id", "Pelabuhan dibuka kembali setelah badai", (2026, 11, 23, 8, 0)),
    ],
)
def test_a_feed_reader_finds_everything(desk, get: Get, tag: str, title: str, published: tuple[int, ...]) -> None:
    desk.add(dossier(of=article(authors=(Author("Ratna Dewi"), Author("Budi Santoso")))))
    found = feedparser.parse(get(f"/{tag}/feed.xml").encode())
    assert (found.bozo, found.version, found.feed.language) == (False, "atom10", tag)
    assert (found.feed.id, found.feed.title) == (f"https://desk.example/{tag}/feed.xml", "The Harbour Post")
    (entry,) = found.entries
    assert entry.id == entry.link == f"https://desk.example/{tag}/articles/harbour"
    assert entry.title == title
    assert [author.name for author in entry.authors] == ["Ratna Dewi", "Budi Santoso"]
    assert entry.published_parsed[:5] == published
    assert entry.updated_parsed <= found.feed.updated_parsed


def test_a_feed_reader_reads_titles_as_they_are_written(desk, get: Get) -> None:
    desk.add(dossier(edition("en-US", "source", parts={"title": Text("text", "A & B <i>\ufffe“C”")})))
    found = feedparser.parse(get("/en/feed.xml").encode())
    assert found.bozo is False
    assert found.entries[0].title_detail.value == "A & B <i>“C”"


def test_an_empty_feed_is_read_too(desk, get: Get) -> None:
    found = feedparser.parse(get("/en/feed.xml").encode())
    assert (found.bozo, found.entries) == (False, [])
    assert found.feed.updated_parsed is not None


@pytest.mark.parametrize("state", ["reviewed", "machine"])
def test_a_sitemap_keeps_to_the_schema(desk, get: Get, state: str) -> None:
    desk.add(dossier(edition("en-US", "source"), edition("id-ID", state)))
    urlset = xml(get("/sitemap.xml"))
    assert urlset.tag == f"{MAP}urlset"
    assert len(urlset) == 2
    for url in urlset:
        names = [child.tag for child in url]
        assert names == [f"{MAP}loc", f"{MAP}lastmod"] + [f"{XHTML}link"] * (len(names) - 2)
        _is_entry(url)
        assert all(_absolute(link.attrib["href"]) for link in url.iter(f"{XHTML}link"))
        assert {link.attrib["rel"] for link in url.iter(f"{XHTML}link")} == {"alternate"}
        assert url.findtext(f"{MAP}loc") in {link.attrib["href"] for link in url.iter(f"{XHTML}link")}


def test_a_list_of_sitemaps_keeps_to_the_schema(desk, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.web.feeds.PER_SITEMAP", 1)
    desk.add(*(dossier(of=article(id=name)) for name in ("a", "b")))
    index = xml(get("/sitemap.xml"))
    assert [child.tag for child in index] == [f"{MAP}sitemap"] * 2
    for entry in index:
        assert [child.tag for child in entry] == [f"{MAP}loc", f"{MAP}lastmod"]
        _is_entry(entry)


def test_a_news_sitemap_keeps_to_the_schema(desk, get: Get) -> None:
    now = datetime.now().astimezone()
    desk.add(dossier(of=article(published_at=now), site=replace(SITE, name="A & B")))
    urls = list(xml(get("/news-sitemap.xml")))
    assert len(urls) == 2
    for url, language in zip(urls, ("en", "id"), strict=True):
        assert [child.tag for child in url] == [f"{MAP}loc", f"{NEWS}news"]
        news = url[1]
        assert [child.tag for child in news] == [
            f"{NEWS}{name}" for name in ("publication", "publication_date", "title")
        ]
        assert [child.tag for child in news[0]] == [f"{NEWS}name", f"{NEWS}language"]
        assert [child.text for child in news[0]] == ["A & B", language]
        assert datetime.fromisoformat(news[1].text or "").tzinfo is not None
        assert news[2].text


def _is_entry(entry: Element) -> None:
    location, moment = entry.findtext(f"{MAP}loc") or "", entry.findtext(f"{MAP}lastmod") or ""
    assert _absolute(location)
    assert len(location) < 2_048
    assert datetime.fromisoformat(moment).tzinfo is not None


def _absolute(address: str) -> bool:
    return urlsplit(address).scheme == "https" and bool(urlsplit(address).netloc)
