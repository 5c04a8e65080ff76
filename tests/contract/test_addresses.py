"""Addresses: one for each page, none from a Host header, and which of the publisher's own are taken."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.web.desk import Desk
from tests.contract.conftest import Put, payload

FORGED = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
VALUES = {"article_id": "a1", "locale": "id-ID", "segment_id": "s1", "site_id": "default", "tag": "id"}


def example(rule: str) -> str:
    """A path that a rule of the map answers."""
    return re.sub(r"<(?:[^:>]*:)?([^>]+)>", lambda found: VALUES.get(found[1], "x"), rule)


@pytest.mark.parametrize("prefix", ["", "/alih"])
def test_no_address_with_a_slash_too_many_or_too_few_repeats_the_host(
    app: Flask, client: FlaskClient, desk: Desk, put: Put, prefix: str
) -> None:
    put()
    desk.public_url = f"https://paper.example{prefix}"
    seen = 0
    for rule in app.url_map.iter_rules():
        path = example(rule.rule)
        for form in (path, path.rstrip("/"), f"{path.rstrip('/')}/", path.replace("/", "//"), f"/{path}", f"{path}//"):
            for method in sorted(rule.methods or ()):
                for accept in ("text/html", "application/json"):
                    answer = client.open("/", method=method, headers={**FORGED, "Accept": accept},
                                         environ_overrides={"PATH_INFO": form})  # fmt: skip
                    location = answer.headers.get("Location", "")
                    assert "evil.example" not in answer.text + location, (method, form)
                    ours = (f"{prefix}/", f"https://paper.example{prefix}/")
                    assert not location or (location.startswith(ours) and not location.startswith("//")), location
                    assert answer.status_code not in (307, 308), form
                    seen += 1
    assert seen > 200


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/id/articles/a1/", "/alih/id/articles/a1"),
        ("/id/articles/a1/?choose", "/alih/id/articles/a1?choose"),
        ("/id", "/alih/id/"),
        ("/id/feed.xml/", "/alih/id/feed.xml"),
        ("/sitemap.xml/", "/alih/sitemap.xml"),
    ],
)
def test_a_page_has_one_address_and_other_forms_lead_there(
    client: FlaskClient, desk: Desk, path: str, location: str
) -> None:
    desk.public_url = "https://paper.example/alih"
    answer = client.get(path, headers=FORGED)
    assert (answer.status_code, answer.headers["Location"]) == (301, location)


@pytest.mark.parametrize("path", ["/v1/languages/", "/v1/articles/", "/v1/sites/default/", "/health/live/", "/docs/"])
def test_the_api_answers_with_a_slash_at_the_end_too(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_a_put_with_a_slash_at_the_end_is_not_lost_on_the_way(client: FlaskClient) -> None:
    assert client.put("/v1/articles/a1/", json=payload(targets=[])).status_code == 201


# --- the publisher's own -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://editor:secret@paper.example/x",
        "https://editor@paper.example/x",
        "https://paper.example:0/x",
        "https://paper.example:65536/x",
        "https://paper.example:/x",
        "https://paper.example:eighty/x",
        "https://[::1/x",
    ],
)
def test_an_address_with_a_user_or_without_a_sound_port_is_refused(client: FlaskClient, url: str) -> None:
    answer = client.put("/v1/articles/a1", json=payload(urls={"id": url}))
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/urls/id")


@pytest.mark.parametrize(
    "url",
    [
        "https://desk.example/alih/id/articles/a1",
        "https://desk.example/alih/id/articles/a1/",
        "https://DESK.example:443/alih/id/articles/a1?x=1#y",
        "http://desk.example/alih/articles/a1",
        "https://desk.example/alih/x/../id/%61rticles/a1",
        "https://desk.example/alih",
        "https://desk.example/alih/en/",
    ],
)
def test_a_page_of_ours_would_lead_to_itself(client: FlaskClient, desk: Desk, url: str) -> None:
    desk.public_url = "https://desk.example/alih"
    answer = client.put("/v1/articles/a1", json=payload(urls={"id": url}))
    assert (answer.status_code, answer.json["type"]) == (422, "urn:alihbahasa:problem:url-is-ours")
    assert answer.json["errors"][0]["pointer"] == "/urls/id"
    assert client.get("/v1/articles/a1").status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "https://desk.example/berita/jalan-baru",
        "https://desk.example/alihan/id/articles/a1",
        "https://desk.example:8443/alih/id/articles/a1",
        "https://paper.example/id/articles/a1",
    ],
)
def test_a_page_of_the_publisher_may_be_on_our_host(client: FlaskClient, desk: Desk, url: str) -> None:
    desk.public_url = "https://desk.example/alih"
    assert client.put("/v1/articles/a1", json=payload(urls={"id": url}, targets=[])).status_code == 201


def test_two_tags_for_one_locale_are_refused(client: FlaskClient) -> None:
    urls = {"id": "https://paper.example/1", "in-ID": "https://paper.example/2"}
    answer = client.put("/v1/articles/a1", json=payload(urls=urls))
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/urls/in-ID")
    assert "id-ID" in answer.json["detail"]


def test_where_the_site_names_its_hosts_no_other_goes(client: FlaskClient) -> None:
    client.put("/v1/sites/default", json={"hosts": ["paper.example", "localhost:9000"]})
    for url in ("https://evil.example/x", "https://paper.example.evil.example/x", "https://paper.example:8443/x"):
        answer = client.post("/v1/articles", json=payload(urls={"id": url}))
        assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/urls/id")
        assert "paper.example, localhost:9000" in answer.json["detail"]
    for url in ("https://Paper.example/x", "https://paper.example:443/x", "http://localhost:9000/x"):
        assert client.put("/v1/articles/a1", json=payload(urls={"id": url}, targets=[])).status_code in (200, 201)
