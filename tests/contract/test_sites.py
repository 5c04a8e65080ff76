"""Sites and glossaries."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from service.store import sites
from service.web.desk import Desk
from tests.contract.conftest import Put

SITE = "/v1/sites/default"


def test_default_is_there_from_the_start(client: FlaskClient) -> None:
    site = client.get(SITE).json
    assert (site["locales"], site["time_zone"], site["indexing"]) == (["en-US", "id-ID"], "Asia/Jakarta", "reviewed")


def test_what_is_left_out_keeps_its_value(client: FlaskClient) -> None:
    client.put(SITE, json={"name": "The Courier"})
    site = client.put(SITE, json={"indexing": "machine"}).json
    assert (site["name"], site["indexing"]) == ("The Courier", "machine")


def test_how_rupiah_are_written_is_the_sites_choice(client: FlaskClient) -> None:
    text = {"text": "Pemerintah menyiapkan Rp1,2 triliun.", "source": "id", "target": "en"}
    assert client.get(SITE).json["rupiah"] == "Rp1"
    assert "Rp1.2 trillion" in client.post("/v1/translations", json=text).json["translation"]
    assert client.put(SITE, json={"rupiah": "Rp 1"}).json["rupiah"] == "Rp 1"
    assert "Rp 1.2 trillion" in client.post("/v1/translations", json=text).json["translation"]


def test_remembered_amounts_follow_the_sites_choice(client: FlaskClient, put: Put) -> None:
    def made(article_id: str) -> str:
        put(article_id, body="<p>The road will cost Rp 12 billion.</p>")
        return str(client.get(f"/v1/articles/{article_id}/variants/id-ID").json["body"])

    assert "Rp12 miliar" in made("a1")
    client.put(SITE, json={"rupiah": "Rp 1"})
    assert "Rp 12 miliar" in made("a2")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"indexing": "always"}, "/indexing"),
        ({"time_zone": "Mars/Olympus"}, "/time_zone"),
        ({"locales": ["xx-XX"]}, "/locales"),
        ({"locales": []}, "/locales"),
        ({"rupiah": "IDR"}, "/rupiah"),
        ({"publish_unreviewed": "perhaps"}, "/publish_unreviewed"),
        ({"hosts": ["https://example.org"]}, "/hosts/0"),
        ({"nmae": "x"}, "/nmae"),
    ],
)
def test_a_wrong_setting_is_named(client: FlaskClient, body: dict[str, object], field: str) -> None:
    answer = client.put(SITE, json=body)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == field


def test_two_changes_at_once_both_last(client: FlaskClient, app: Flask, desk: Desk) -> None:
    waits = threading.Event()

    def executes(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement == "BEGIN IMMEDIATE" and threading.current_thread().name.startswith("other"):
            waits.set()

    with ThreadPoolExecutor(1, "other") as other:
        with desk.database.write() as connection:
            event.listen(desk.database.engine, "before_cursor_execute", executes)
            name = other.submit(app.test_client().put, SITE, json={"name": "The Courier"})
            assert waits.wait(30)  # for us to be done: whatever it reads of the site, it must read after that
            sites.put(connection, replace(desk.site(), indexing="machine"), datetime.now(UTC))
        assert name.result(30).status_code == 200
    site = client.get(SITE).json
    assert (site["name"], site["indexing"]) == ("The Courier", "machine")


def test_an_unknown_site_is_404(client: FlaskClient) -> None:
    assert client.get("/v1/sites/other").status_code == 404
    assert client.put("/v1/sites/other", json={}).status_code == 404


def test_terms_are_used_and_kept(client: FlaskClient, put: Put) -> None:
    terms = [
        {
            "source": "Ministry of Roads",
            "target": "Kementerian Jalan",
            "source_language": "en",
            "target_language": "id",
        },
        {"source": "Harbour Courier", "target": None, "source_language": "en", "target_language": "id"},
    ]
    stored = client.put(f"{SITE}/glossary", json={"terms": terms}).json["terms"]
    assert {term["source"] for term in stored} == {"Ministry of Roads", "Harbour Courier"}
    assert client.get(f"{SITE}/glossary").json["terms"] == stored
    put(body="<p>Ministry of Roads</p><p>The report in the Harbour Courier was long.</p>")
    variant = client.get("/v1/articles/a1/variants/id").json
    assert "<p>Kementerian Jalan</p>" in variant["body"]
    assert "Harbour Courier" in variant["body"]
    assert [s["origin"] for s in variant["segments"] if s["source"] == "Ministry of Roads"] == ["glossary"]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"target_language": "en-GB"}, "/terms/0/target_language"),
        ({"source": " "}, "/terms/0/source"),
        ({"target": "\t"}, "/terms/0/target"),
        ({"target": ""}, "/terms/0/target"),
    ],
)
def test_a_term_that_says_nothing_is_refused(client: FlaskClient, changes: dict[str, str], pointer: str) -> None:
    term = {"source": "KPK", "target": "CEC", "source_language": "en", "target_language": "id", **changes}
    answer = client.put(f"{SITE}/glossary", json={"terms": [term]})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)


def test_a_term_given_twice_is_refused(client: FlaskClient) -> None:
    term = {"source": "KPK", "target": "KPK", "source_language": "id", "target_language": "en"}
    answer = client.put(f"{SITE}/glossary", json={"terms": [term, term]})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/terms/1/source"


def test_links_of_articles_lead_to_the_pages_of_their_locale(client: FlaskClient, put: Put) -> None:
    rule = {"en": "https://a.example/en/", "id-ID": "https://a.example/id/"}
    answer = client.put("/v1/sites/default", json={"links": [rule]})
    assert answer.json["links"] == [{"en-US": "https://a.example/en/", "id-ID": "https://a.example/id/"}]
    assert client.get("/v1/sites/default").json["links"] == answer.json["links"]
    put(body='<p>The government will build <a href="https://a.example/en/roads">new roads</a> next year.</p>')
    body = client.get("/v1/articles/a1/variants/id-ID").json["body"]
    assert '<a href="https://a.example/id/roads">' in body


def test_the_links_of_a_persons_own_translation_lead_where_the_person_has_them_lead(
    client: FlaskClient, put: Put
) -> None:
    client.put(SITE, json={"links": [{"en": "/", "id": "/id/"}]})
    put()
    body = '<p>Pemerintah akan membangun <a href="/roads">jalan baru</a>. Pekerjaan akan dimulai.</p>'
    path = "/v1/articles/a1/variants/id-ID"
    assert client.put(path, json={"title": "Jalan baru", "body": body}).json["body"] == body
    segment = client.get(path).json["segments"][-1]["id"]
    edited = client.patch(f"{path}/segments/{segment}", json={"target": "Pekerjaan dimulai."}).json["body"]
    assert '<a href="/roads">' in edited


@pytest.mark.parametrize(
    ("rule", "pointer"),
    [
        ({"en": "https://a.example/en/"}, "/links/0"),
        ({"en": "https://a.example/en/", "en-US": "/id/"}, "/links/0"),
        ({"en": "javascript:a", "id": "/id/"}, "/links/0/en"),
        ({"en": "/en/", "xx-yy-zz": "/id/"}, "/links/0"),
    ],
)
def test_a_rule_for_links_that_is_none_is_refused(client: FlaskClient, rule: dict[str, str], pointer: str) -> None:
    answer = client.put("/v1/sites/default", json={"links": [rule]})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, pointer)
