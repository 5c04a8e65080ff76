"""The Atom feed, the sitemap and robots.txt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from service.article.types import Text
from tests.unit.newsroom import SITE, article, dossier, edition, unsound
from tests.unit.pages import xml

Get = Callable[..., str]


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
        "Disallow: /desk/",
        "Sitemap: https://desk.example/sitemap.xml",
    ]
