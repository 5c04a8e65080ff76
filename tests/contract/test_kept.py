"""Pages and answers are rendered once a revision, whatever else is stored, and never shown when out of date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import brotli
import pytest
from flask.testing import FlaskClient

from service.web import bodies, reader
from tests.contract.conftest import BODY, Put

PAGE, VARIANT = "/id/articles/a1", "/v1/articles/a1/variants/id-ID"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was made of articles: "page" or "answer", in order."""
    found: list[str] = []

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def count(*args: Any, **options: Any) -> Any:
            found.append(name)
            return function(*args, **options)

        return count

    monkeypatch.setattr(reader, "article_page", counted("page", reader.article_page))
    monkeypatch.setattr(bodies, "variant", counted("answer", bodies.variant))
    return found


def test_once_a_revision_whatever_else_is_stored(client: FlaskClient, put: Put, made: list[str]) -> None:
    put()
    first = [client.get(path).data for path in (PAGE, VARIANT)]
    put("other", title="Another one altogether")
    assert [client.get(path).data for path in (PAGE, VARIANT)] == first
    assert made == ["page", "answer"]
    put(body=BODY.replace("next year", "this year"))
    assert [client.get(path).data != old for path, old in zip((PAGE, VARIANT), first, strict=True)] == [True, True]
    assert made == ["page", "answer"] * 2


def test_a_change_by_a_person_is_seen_at_once(client: FlaskClient, put: Put) -> None:
    put()
    client.get(PAGE)
    answer = client.get(VARIANT, headers={"Accept-Encoding": "br"})
    assert answer.headers["ETag"] == '"1.1-br"'
    segment = next(one for one in client.get(VARIANT).json["segments"] if one["block"].startswith("b"))
    change = {"target": "Jalan baru dibangun.", "by": "Sari"}
    path = f"{VARIANT}/segments/{segment['id']}"
    # whatever form of the answer was read, it is this state of the article
    assert client.patch(path, json=change, headers={"If-Match": answer.headers["ETag"]}).status_code == 200
    assert client.patch(path, json=change, headers={"If-Match": answer.headers["ETag"]}).status_code == 412
    assert "Jalan baru dibangun." in client.get(PAGE).text
    compressed = client.get(VARIANT, headers={"Accept-Encoding": "br"})
    assert "Jalan baru dibangun." in brotli.decompress(compressed.data).decode()


def test_a_variant_of_another_language_that_comes_or_fails_is_seen(client: FlaskClient, put: Put, desk: Any) -> None:
    desk.workers.stop(20)  # what is queued stays queued
    put(wait=0)
    assert "/id/articles/a1" not in client.get("/en/articles/a1").text
    with desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE job SET state = 'failed', error = 'x'")
    before = client.get("/v1/articles/a1/variants/en-US").headers["ETag"]
    with desk.database.write() as connection:
        connection.exec_driver_sql("UPDATE job SET state = 'queued', error = NULL")
    assert client.get("/v1/articles/a1/variants/en-US").headers["ETag"] != before


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda client, put: client.delete("/v1/articles/a1"), 404),
        (lambda client, put: put(status="withdrawn"), 410),
        (lambda client, put: put(status="draft"), 404),
        (lambda client, put: put(urls={"id": "https://paper.example/jalan"}), 302),
    ],
    ids=["deleted", "withdrawn", "draft", "moved"],
)
def test_what_is_no_longer_there_is_not_kept(client: FlaskClient, put: Put, change: Any, status: int) -> None:
    put()
    assert client.get(PAGE).status_code == 200
    change(client, put)
    assert client.get(PAGE).status_code == status


def test_a_setting_of_the_site_changes_its_pages(client: FlaskClient, put: Put) -> None:
    put()
    assert "The Harbour Post" not in client.get(PAGE).text
    assert client.put("/v1/sites/default", json={"name": "The Harbour Post"}).status_code == 200
    assert "The Harbour Post" in client.get(PAGE).text


def test_caches_in_front_may_be_told_what_to_purge(client: FlaskClient, put: Put) -> None:
    put()
    assert client.get(PAGE).headers["Surrogate-Key"] == "site:default article:a1"


def test_choosing_a_language_is_never_answered_from_what_is_kept(client: FlaskClient, put: Put) -> None:
    put()
    client.get(PAGE)
    for _ in range(2):
        answer = client.get(f"{PAGE}?choose")
        assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
        assert "Set-Cookie" in answer.headers
        assert "Set-Cookie" not in client.get(PAGE).headers
