"""Lists for machines over the real store: kept while nothing changes, right when something does, cheap when long."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from bench.pages import multiply
from service.store import articles
from service.web.desk import Desk
from tests.contract.conftest import Put

LISTS = ("/sitemap.xml", "/sitemap-1.xml", "/news-sitemap.xml", "/en/feed.xml")


def test_lists_are_made_anew_when_something_changes(client: FlaskClient, put: Put) -> None:
    put()
    tags = {path: client.get(path).headers["ETag"] for path in LISTS}
    for path, tag in tags.items():
        answer = client.get(path, headers={"If-None-Match": tag})
        assert (answer.status_code, answer.data) == (304, b"")
        assert "max-age=60" in answer.headers["Cache-Control"]
    put("a2", title="Another one altogether")
    for path, tag in tags.items():
        answer = client.get(path, headers={"If-None-Match": tag})
        assert answer.status_code == 200
        assert "/en/articles/a2" in answer.text
    client.delete("/v1/articles/a2")
    assert not any("/en/articles/a2" in client.get(path).text for path in LISTS)
    client.put("/v1/sites/default", json={"indexing": "never"})
    assert not any("/en/articles/a1" in client.get(path).text for path in LISTS)


def test_a_sitemap_of_many_reads_no_text(client: FlaskClient, put: Put, data: Path, monkeypatch) -> None:
    put()
    multiply(data / "alihbahasa.db", "a1", 1_500)

    def read(document: str) -> None:
        raise AssertionError("an article's text was read")

    for name in ("load_article", "load_variant"):
        monkeypatch.setattr(f"service.store.documents.{name}", read)
    index = client.get("/sitemap.xml").text
    assert "http://127.0.0.1:8080/sitemap-2.xml" in index
    assert "sitemap-3" not in index
    first, second = (client.get(f"/sitemap-{number}.xml").text for number in (1, 2))
    assert (first.count("<loc>"), second.count("<loc>")) == (1_000, 501)
    assert len(client.get("/sitemap-1.xml", headers={"Accept-Encoding": "br"}).data) < len(first) / 20


def test_what_lists_know_of_an_article_is_what_it_says(client: FlaskClient, put: Put, desk: Desk) -> None:
    put(published_at="2025-11-04T09:00:00+07:00", urls={"id": "https://paper.example/jalan"})
    with desk.database.read() as connection:
        (bare,) = articles.listed(connection, 10, 0)
        whole = articles.dossier(connection, "a1")
    assert whole is not None
    for name in ("id", "site", "locale", "status", "published_at", "urls"):
        assert getattr(bare.article, name) == getattr(whole.article, name)
    assert bare.article.source_quality.trusted == whole.article.source_quality.trusted
    assert (bare.etag, bare.created_at, bare.site) == (whole.etag, whole.created_at, whole.site)
    for one, other in zip(bare.editions, whole.editions, strict=True):
        for name in ("locale", "state", "first_published_at", "modified_at"):
            assert getattr(one, name) == getattr(other, name)
        assert one.variant.state == other.variant.state
