"""Text without an article: translations, detections, languages."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from typing import Any

import httpx
from flask import Flask
from flask.testing import FlaskClient

from service.app import create_app
from service.settings import Settings
from service.web.desk import Desk


def test_text_keeps_its_line_breaks(client: FlaskClient) -> None:
    sent = {"text": "Good morning.\r\n\r\n  The government works.\nThe end.\n", "source": "en", "target": "id"}
    answer = client.post("/v1/translations", json=sent).json
    lines = answer["translation"].split("\r\n\r\n")
    assert len(lines) == 2
    assert lines[1].startswith("  ")
    assert lines[1].count("\n") == 2
    assert (answer["source"], answer["target"]) == ("en", "id-ID")


def test_html_keeps_its_tags_and_escapes(client: FlaskClient) -> None:
    sent = {
        "text": "<p>The <b>government</b> works &lt;script&gt; here.</p>",
        "format": "html",
        "source": "en",
        "target": "id",
    }
    translation = client.post("/v1/translations", json=sent).json["translation"]
    assert translation.count("<b>") == translation.count("</b>") == 1
    assert "<script>" not in translation


def test_nothing_is_stored(client: FlaskClient) -> None:
    client.post("/v1/translations", json={"text": "The government works.", "source": "en", "target": "id"})
    assert client.get("/v1/articles").json["articles"] == []


def test_the_rules_for_articles_do_not_apply(client: FlaskClient) -> None:
    sent = {"text": "A title. Credit: The Government\nEnglish (US) · Indonesian (ID) ·", "source": "en", "target": "id"}
    assert client.post("/v1/translations", json=sent).json["translation"].count("\n") == 1


def test_texts_beyond_those_at_work_are_sent_away_and_all_else_goes_on(client: FlaskClient, app: Flask) -> None:
    places = app.extensions["alihbahasa_translating"]
    taken = 0
    while places.acquire(blocking=False):
        taken += 1
    sent = {"text": "The government works.", "source": "en", "target": "id"}
    answer = client.post("/v1/translations", json=sent)
    assert (answer.status_code, answer.json["type"]) == (503, "urn:alihbahasa:problem:busy")
    assert answer.headers["Retry-After"].isdecimal()
    assert client.post("/v1/translations", json={**sent, "target": "en"}).status_code == 200  # needs no model
    places.release(taken)
    for text in ("The government works.", "<div>" * 300):  # what fails gives its place back too
        for _ in range(taken + 1):
            client.post("/v1/translations", json={**sent, "text": text, "format": "html"})
    assert client.post("/v1/translations", json=sent).status_code == 200


def test_some_threads_are_always_free(settings: Settings, desk: Desk, words: None) -> None:
    for threads in range(4, 40):
        some = settings.model_copy(update={"request_threads": threads})
        translating = create_app(some, desk).extensions["alihbahasa_translating"]._value
        waiting = max(1, threads // 2)
        assert translating >= 1
        assert translating + waiting < threads


def test_health_answers_while_all_translations_that_go_are_under_way(service: Callable[..., Any]) -> None:
    running = service(request_threads=4)
    sent = {"text": "The government will build new roads in the province. " * 1500, "source": "en", "target": "id"}

    def translate(_: int) -> int:
        return httpx.post(f"{running.url}/v1/translations", json=sent, timeout=120).status_code

    with ThreadPoolExecutor(6) as callers:
        answers = [callers.submit(translate, number) for number in range(6)]
        done, _ = wait(answers, 60, FIRST_COMPLETED)
        assert {one.result() for one in done} == {503}  # at once, while one is still at work
        assert running.get("/health/live") == 200
        running.kill()


def test_a_text_that_would_take_minutes_is_refused(client: FlaskClient) -> None:
    answer = client.post("/v1/translations", json={"text": "x" * 100_001, "source": "en", "target": "id"})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/text")
    assert "at most 100000 characters" in answer.json["detail"]


def test_unsure_without_source_is_422_with_candidates(client: FlaskClient) -> None:
    answer = client.post("/v1/translations", json={"text": "OK", "target": "id"})
    assert answer.status_code == 422
    assert answer.json["type"].endswith("language-unsure")
    assert isinstance(answer.json["candidates"], list)


def test_an_unsupported_pair_names_those_there_are(client: FlaskClient) -> None:
    answer = client.post("/v1/translations", json={"text": "Bonjour", "source": "fr", "target": "id"})
    assert answer.status_code == 422
    assert "en-id, id-en" in answer.json["detail"]


def test_the_same_language_comes_back_as_it_is(client: FlaskClient) -> None:
    answer = client.post("/v1/translations", json={"text": "Good morning.", "source": "en", "target": "en"})
    assert answer.json["translation"] == "Good morning."


def test_detection(client: FlaskClient) -> None:
    text = "Pemerintah akan membangun jalan baru di provinsi itu tahun depan, kata gubernur kepada wartawan."
    answer = client.post("/v1/detections", json={"text": text}).json
    assert answer["language"] == "id"
    assert answer["confidence"] > 0.9
    assert answer["candidates"][0]["language"] == "id"


def test_detection_may_be_unsure(client: FlaskClient) -> None:
    answer = client.post("/v1/detections", json={"text": "123"}).json
    assert (answer["language"], answer["confidence"]) == (None, 0.0)
    assert answer["reason"]


def test_languages_name_pairs_models_and_locales(client: FlaskClient) -> None:
    answer = client.get("/v1/languages").json
    assert [(pair["source"], pair["target"]) for pair in answer["pairs"]] == [("en", "id"), ("id", "en")]
    assert len(answer["pairs"][0]["models"][0]["sha256"]) == 64
    assert {one["locale"]: one["name"] for one in answer["locales"]} == {
        "en-US": "English",
        "id-ID": "Bahasa Indonesia",
    }
