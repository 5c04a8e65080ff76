"""The glossary as CSV, and its conditional requests."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.contract.conftest import Put

GLOSSARY = "/v1/sites/default/glossary"
HEAD = "source,target,source_language,target_language"
CSV = {"Content-Type": "text/csv; charset=utf-8"}
ROADS = f"{HEAD}\nMinistry of Roads,Kementerian Jalan,en,id\n"


def test_csv_in_is_json_out_and_csv_out(client: FlaskClient) -> None:
    stored = client.put(GLOSSARY, data=f"\ufeff{ROADS}".replace(",", ";").encode(), headers=CSV)

    assert stored.json["terms"] == [
        {
            "source": "Ministry of Roads",
            "target": "Kementerian Jalan",
            "source_language": "en",
            "target_language": "id",
            "case_sensitive": True,
            "part_of_speech": None,
        }
    ]
    out = client.get(GLOSSARY, headers={"Accept": "text/csv"})
    assert out.content_type == "text/csv; charset=utf-8; header=present"
    assert out.text.split("\r\n")[1] == "Ministry of Roads,Kementerian Jalan,en,id,yes,,"
    assert client.put(GLOSSARY, data=out.data, headers=CSV).json == stored.json


def test_json_is_what_nobody_asks_for(client: FlaskClient) -> None:
    for accept in ("*/*", "application/json, text/csv;q=0.5", "image/png"):
        answer = client.get(GLOSSARY, headers={"Accept": accept})
        assert (answer.mimetype, answer.vary.as_set()) == ("application/json", {"accept"})


def test_the_terms_of_a_csv_are_used(client: FlaskClient, put: Put) -> None:
    client.put(GLOSSARY, data=ROADS, headers=CSV)
    put(body="<p>Ministry of Roads</p><p>The Ministry of Roads will build new roads in the province.</p>")

    variant = client.get("/v1/articles/a1/variants/id").json
    segments = [one for one in variant["segments"] if "Ministry of Roads" in one["source"]]
    assert all("Kementerian Jalan" in one["target"] for one in segments)
    assert [one["origin"] for one in segments] == ["glossary", "model"]


def test_faults_are_named_by_row_and_column_and_nothing_is_taken(client: FlaskClient) -> None:
    client.put(GLOSSARY, data=ROADS, headers=CSV)

    answer = client.put(GLOSSARY, data=f"{HEAD}\nMA,Supreme Court,id,en\nMK,,id,en\nMA,SC,id,en\n", headers=CSV)

    assert (answer.status_code, answer.json["type"]) == (422, "urn:alihbahasa:problem:invalid-csv")
    assert [(one["row"], one["column"]) for one in answer.json["errors"]] == [("3", "target"), ("4", "source")]
    assert "row 3, column target: must not be blank" in answer.json["detail"]
    assert len(client.get(GLOSSARY).json["terms"]) == 1


@pytest.mark.parametrize("kind", ["text/csv; charset=windows-1252", "text/plain", "application/vnd.ms-excel"])
def test_another_charset_or_type_is_refused(client: FlaskClient, kind: str) -> None:
    assert client.put(GLOSSARY, data=ROADS, headers={"Content-Type": kind}).status_code == 415


def test_a_file_over_the_limit_is_refused(client: FlaskClient) -> None:
    client.application.config["MAX_CONTENT_LENGTH"] = 100

    assert client.put(GLOSSARY, data=ROADS * 10, headers=CSV).status_code == 413


def test_a_reader_that_has_the_terms_gets_304_by_media_type(client: FlaskClient) -> None:
    client.put(GLOSSARY, data=ROADS, headers=CSV)
    json, csv = (client.get(GLOSSARY, headers={"Accept": kind}) for kind in ("application/json", "text/csv"))

    assert json.headers["ETag"] != csv.headers["ETag"]
    for answer, accept, status in ((json, "application/json", 304), (csv, "text/csv", 304), (json, "text/csv", 200)):
        headers = {"Accept": accept, "If-None-Match": answer.headers["ETag"]}
        assert client.get(GLOSSARY, headers=headers).status_code == status


@pytest.mark.parametrize("accept", ["application/json", "text/csv"])
def test_two_editors_cannot_overwrite_each_other(client: FlaskClient, accept: str) -> None:
    read = client.get(GLOSSARY, headers={"Accept": accept}).headers["ETag"]

    first = client.put(GLOSSARY, data=ROADS, headers={**CSV, "If-Match": read})
    second = client.put(GLOSSARY, json={"terms": []}, headers={"If-Match": read})

    assert (first.status_code, second.status_code) == (200, 412)
    assert first.headers["ETag"] in second.json["detail"]
    assert client.put(GLOSSARY, json={"terms": []}, headers={"If-Match": first.headers["ETag"]}).status_code == 200
    assert client.put(GLOSSARY, json={"terms": []}, headers={"If-Match": "*"}).status_code == 200


def test_an_unknown_site_has_none(client: FlaskClient) -> None:
    assert client.put("/v1/sites/other/glossary", data=ROADS, headers=CSV).status_code == 404


def test_both_media_types_are_documented(client: FlaskClient) -> None:
    document = client.get("/openapi.json").json["paths"]["/v1/sites/{site_id}/glossary"]

    assert set(document["get"]["responses"]["200"]["content"]) == {"application/json", "text/csv"}
    assert set(document["put"]["requestBody"]["content"]) == {"application/json", "text/csv"}


# --- the starter -----------------------------------------------------------------------------------------------------


def translated(client: FlaskClient) -> str:
    body = {"text": "Kapolri menghadiri rapat di Jakarta.", "source": "id", "target": "en"}
    return str(client.post("/v1/translations", json=body).json["translation"])


def test_a_site_starts_with_the_starter_and_can_do_without(client: FlaskClient) -> None:
    assert client.get("/v1/sites/default").json["starter_glossary"] is True
    assert "National Police chief" in translated(client)
    assert client.get(GLOSSARY).json["terms"] == []

    client.put(GLOSSARY, data=f"{HEAD}\nKapolri,Chief of Police,id,en\n", headers=CSV)
    assert "Chief of Police" in translated(client)

    client.put(GLOSSARY, json={"terms": []})
    client.put("/v1/sites/default", json={"starter_glossary": False})
    assert "National Police chief" not in translated(client)


def test_a_changed_glossary_is_kept_by_what_is_remembered_too(client: FlaskClient, put: Put) -> None:
    body = "<p>The government will build new roads in the province.</p>"
    put(body=body)
    before = client.get("/v1/articles/a1/variants/id").json
    assert "wilayah dinas" not in before["body"]

    client.put(GLOSSARY, data=f"{HEAD}\nprovince,wilayah dinas,en,id\n", headers=CSV)
    put(article_id="a2", body=body)

    after = client.get("/v1/articles/a2/variants/id").json
    assert "wilayah dinas" in after["body"]  # the title, which has no term, is remembered
    assert [one["origin"] for one in after["segments"]] == ["memory", "model"]
