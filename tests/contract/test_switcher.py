"""What pages of any origin may fetch of us: the switcher's script, and the switcher of what is public."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.web.assets import ASSETS, FILES
from service.web.desk import Desk
from tests.contract.conftest import Put
from tests.contract.test_addresses import example
from tests.contract.test_articles import SAMPLE
from tests.unit.newsroom import article, dossier, edition
from tests.unit.pages import parse

ORIGIN = {"Origin": "https://paper.example"}
MODULE = "/assets/language-switcher.js"
SWITCHER = "/v1/articles/a1/switcher"
JSON = {"Accept": "application/json", **ORIGIN}


def switcher(client: FlaskClient, query: str = "?locale=en", article: str = "a1") -> TestResponse:
    return client.get(f"/v1/articles/{article}/switcher{query}", headers=JSON)


# --- the script ---


def test_the_script_is_under_5_kilobytes_as_it_is_sent() -> None:
    assert len(gzip.compress(FILES["language-switcher.js"])) < 5_000


def test_the_script_needs_no_other_file_and_makes_no_markup_from_strings() -> None:
    script = FILES["language-switcher.js"].decode()
    for word in (
        r"\bimport\b(?!\.meta)",
        r"\beval\b",
        r"new Function",
        "innerHTML",
        "insertAdjacentHTML",
        r"\.style\b",
    ):
        assert not re.search(word, script), word


@pytest.mark.parametrize(
    ("path", "cache"),
    [
        (MODULE, "public, max-age=3600, stale-while-revalidate=86400"),
        (f"/assets/{ASSETS}/language-switcher.js", "public, max-age=31536000, immutable"),
    ],
)
def test_pages_of_any_origin_may_load_the_script(client: FlaskClient, path: str, cache: str) -> None:
    answer = client.get(path, headers=ORIGIN)
    assert answer.status_code == 200
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == cache


def test_the_script_is_sent_once(client: FlaskClient) -> None:
    first = client.get(MODULE)
    again = client.get(MODULE, headers={"If-None-Match": first.headers["ETag"], **ORIGIN})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_there_is_nothing_else_beside_it(client: FlaskClient) -> None:
    assert client.get("/assets/reader.py").status_code == 404


# --- who may read what across origins ---


def test_pages_of_any_origin_may_read_the_switcher(client: FlaskClient, put: Put) -> None:
    put()
    answer = switcher(client)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    again = client.get(f"{SWITCHER}?locale=en", headers={"If-None-Match": answer.headers["ETag"], **JSON})
    assert (again.status_code, again.headers["Access-Control-Allow-Origin"]) == (304, "*")
    assert switcher(client, article="unknown").headers["Access-Control-Allow-Origin"] == "*"


def test_every_other_call_stays_closed_to_other_origins(app: Flask, client: FlaskClient, put: Put) -> None:
    put()
    tried = 0
    for rule in app.url_map.iter_rules():
        if rule.endpoint in ("variants.links", "reader.asset", "reader.current_asset"):
            continue
        for method in sorted(rule.methods or ()):
            answer = client.open(example(rule.rule), method=method, headers=ORIGIN)
            assert not [name for name, _ in answer.headers if name.startswith("Access-Control-")], rule
            tried += 1
    assert tried > 60


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
@pytest.mark.parametrize("path", ["/v1/articles/a1", SWITCHER, "/v1/articles/a1/variants/id-ID", "/v1/sites/default"])
def test_no_preflight_lets_a_page_write(client: FlaskClient, path: str, method: str) -> None:
    asked = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": "content-type", **ORIGIN}
    answer = client.options(path, headers=asked)
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control-")]


# --- what it says ---


def test_the_words_come_with_the_answer(client: FlaskClient, put: Put) -> None:
    put()
    found = switcher(client, "?locale=id").json
    assert (found["label"], found["close"], found["lang"]) == ("Bahasa", "Tutup", "id")
    assert [item["offer"] for item in found["items"]] == ["Read in English", "Baca dalam Bahasa Indonesia"]


def test_a_translation_on_its_way_is_named_without_a_link(
    client: FlaskClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    making = dossier(edition("en-US", "source"), edition("id-ID", "translating", made=False), of=article(id="a1"))
    monkeypatch.setattr("service.store.articles.dossier", lambda *_: making)
    found = switcher(client)
    assert [(item["name"], item["url"], item["note"]) for item in found.json["items"]][1:] == [
        ("Bahasa Indonesia", None, "being translated")
    ]
    again = client.get(f"{SWITCHER}?locale=en", headers={"If-None-Match": found.headers["ETag"], **JSON})
    assert again.status_code == 304
    assert again.headers["Cache-Control"] == "private, no-cache"  # ask again until it is there


@pytest.mark.parametrize("hidden", [{"status": "draft"}, {"published_at": "2999-01-01T00:00:00Z"}])
@pytest.mark.parametrize("query", ["", "?locale=en", "?locale=id", "?locale=fr"])
def test_what_is_not_public_is_like_what_is_unknown(
    client: FlaskClient, put: Put, hidden: dict[str, str], query: str
) -> None:
    put(**hidden)
    secret, unknown = (switcher(client, query, article) for article in ("a1", "unknown"))
    assert secret.status_code == 404
    assert secret.data == unknown.data.replace(b"unknown'", b"a1'").replace(b"/unknown", b"/a1")
    assert [name for name, _ in secret.headers] == [name for name, _ in unknown.headers]


def test_what_a_site_holds_is_like_what_is_unknown(client: FlaskClient, put: Put) -> None:
    put(title=None, body=SAMPLE.read_text(encoding="utf-8"), format="text", targets=[])
    assert switcher(client).status_code == 200
    client.put("/v1/sites/default", json={"source_policy": "hold"})
    assert switcher(client).status_code == 404


def test_what_was_withdrawn_is_gone(client: FlaskClient, put: Put) -> None:
    put()
    put(status="withdrawn")
    assert switcher(client).status_code == 410


# --- the gallery ---


def test_the_gallery_runs_our_script_only_and_shows_every_state(client: FlaskClient, put: Put) -> None:
    put()
    answer = client.get("/switcher-gallery")
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert (policy["default-src"], policy["script-src"], policy["style-src"]) == ("'none'", "'self'", "'self'")
    tree = parse(answer.text)
    assert [node.attributes["src"] for node in tree.css("script")] == [f"/assets/{ASSETS}/language-switcher.js"]
    assert not tree.css("[style], [onclick]")
    assert {node.attributes["data-state"] for node in tree.css("[data-state]")} >= {
        "source", "machine", "reviewed", "stale", "queued", "translating"
    }  # fmt: skip
    assert tree.css_first("language-switcher[article]").attributes["article"] == "a1"
    for link in tree.css("link[rel=stylesheet], script[src], main > p a"):
        assert client.get(link.attributes.get("href") or link.attributes["src"]).status_code == 200


def test_the_gallery_shows_no_article_that_is_not_public(client: FlaskClient, put: Put) -> None:
    put("open")
    put("draft", status="draft")
    put("held", title=None, body=SAMPLE.read_text(encoding="utf-8"), format="text", targets=[])
    put("unsure", title="Ok", body="<p>Ok</p>", language=None)
    client.put("/v1/sites/default", json={"source_policy": "hold"})
    asked = parse(client.get("/switcher-gallery").text).css("language-switcher[article]")
    assert {node.attributes["article"] for node in asked} == {"open"}
