"""A link to another article that is kept here leads to its variant in the page's language, once readers may see it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.contract.conftest import BODY, Put

READ_ALSO = '<p>Read also: <a href="{}">The roads of the province</a></p>'


def link(client: FlaskClient, locale: str = "id-ID") -> str:
    body = client.get(f"/v1/articles/a1/variants/{locale}").json["body"]
    return body[body.rindex("<a ") : body.index(">", body.rindex("<a ")) + 1]


@pytest.mark.parametrize(
    "address", ["/en/articles/other", "http://127.0.0.1:8080/en/articles/other", "/articles/other"]
)
def test_our_own_pages(client: FlaskClient, put: Put, address: str) -> None:
    put("other")
    put(body=BODY + READ_ALSO.format(address))
    assert link(client) == '<a href="http://127.0.0.1:8080/id/articles/other">'
    assert link(client, "en-US") == f'<a href="{address}">'
    page = client.get("/id/articles/a1").text
    assert 'href="http://127.0.0.1:8080/id/articles/other"' in page
    assert "Baca juga:" in page


def test_the_publishers_own_pages_with_hreflang_until_there_is_a_variant(client: FlaskClient, put: Put) -> None:
    own = {"en": "https://paper.example/en/roads?a=1&b=2", "id": "https://paper.example/id/jalan"}
    put("other", urls=own, targets=[])
    put(body=BODY + READ_ALSO.format("https://paper.example/en/roads?a=1&amp;b=2"))
    escaped = "https://paper.example/en/roads?a=1&amp;b=2"
    assert link(client) == f'<a href="{escaped}" hreflang="en">'
    tag = client.get("/id/articles/a1").headers["ETag"]
    api = client.get("/v1/articles/a1/variants/id-ID").headers["ETag"]
    put("other", urls=own)
    assert link(client) == '<a href="https://paper.example/id/jalan">'
    assert client.get("/id/articles/a1", headers={"If-None-Match": tag}).status_code == 200
    assert client.get("/v1/articles/a1/variants/id-ID", headers={"If-None-Match": api}).status_code == 200
    put("other", urls={}, status="draft")
    assert link(client) == f'<a href="{escaped}">'  # no address of any article here any more


def test_a_link_to_a_draft_does_not_tell_that_there_is_one(client: FlaskClient, put: Put) -> None:
    put("other", status="draft")
    put(body=BODY + READ_ALSO.format("/en/articles/other"))
    assert link(client) == '<a href="/en/articles/other">'
    put("other", status="published")
    assert link(client) == '<a href="http://127.0.0.1:8080/id/articles/other">'


@pytest.mark.parametrize("address", ["http://[foo", "//[x]/articles/1", "http://a]b/", "http://℀.com/"])
def test_an_address_that_is_none_stays_and_breaks_nothing(client: FlaskClient, put: Put, address: str) -> None:
    put(body=BODY + READ_ALSO.format(address))
    assert link(client) == f'<a href="{address}">'
    assert client.get("/id/articles/a1").status_code == 200


def test_of_two_articles_with_one_address_the_newer_is_led_to(client: FlaskClient, put: Put) -> None:
    urls = {"en": "https://paper.example/en/roads"}
    put("z-first", urls=urls)
    put("b-second", urls=urls)
    put("z-first", urls=urls, slug="roads")  # sent again: it is no newer for that
    put(body=BODY + READ_ALSO.format("https://paper.example/en/roads"))
    assert link(client) == '<a href="http://127.0.0.1:8080/id/articles/b-second">'
