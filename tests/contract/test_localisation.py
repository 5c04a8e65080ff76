"""What a CMS needs to print a page in a locale's way."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.contract.conftest import Put


def test_a_locale_tells_its_conventions(client: FlaskClient) -> None:
    answer = client.get("/v1/locales/in_ID")
    assert answer.json == {
        "locale": "id-ID",
        "dir": "ltr",
        "script": "Latn",
        "names": {"id-ID": "Bahasa Indonesia", "en-US": "Indonesian"},
        "quotation_marks": {"start": "“", "end": "”", "inner_start": "‘", "inner_end": "’"},
        "decimal": ",",
        "group": ".",
        "list_separators": [", ", ", dan "],
        "moment": None,
        "number": None,
    }
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_a_time_is_written_in_the_sites_zone_and_not_kept(client: FlaskClient) -> None:
    answer = client.get("/v1/locales/id", query_string={"at": "2025-11-04T07:30:00Z"})
    moment = answer.json["moment"]
    assert moment.pop("relative").endswith("yang lalu")
    assert moment == {
        "iso": "2025-11-04T07:30:00Z",
        "text": "Selasa, 4 November 2025, 14.30 WIB",
        "date": "Selasa, 4 November 2025",
        "day": "4 November 2025",
        "time": "14.30 WIB",
    }
    assert answer.headers["Cache-Control"] == "no-store"


def test_amounts_are_written_as_the_site_writes_rupiah(client: FlaskClient) -> None:
    client.put("/v1/sites/default", json={"rupiah": "Rp 1"})
    asked = {"number": "1500000", "currency": "IDR"}
    assert client.get("/v1/locales/id", query_string=asked).json["number"] == "Rp 1.500.000"
    assert client.get("/v1/locales/id", query_string={"number": "1234.5"}).json["number"] == "1.234,5"


def test_measures_are_written_as_the_site_writes_them_and_never_converted(client: FlaskClient) -> None:
    asked = {"number": "1234.5", "unit": "mile"}
    assert client.get("/v1/locales/id", query_string=asked).json["number"] == "1.234,5 mil"
    client.put("/v1/sites/default", json={"units": "short"})
    assert client.get("/v1/locales/id", query_string=asked).json["number"] == "1.234,5 mi"
    refused = client.get("/v1/locales/id", query_string={"number": "1", "unit": "parsnip"})
    assert refused.status_code == 422
    assert "kilometer" in refused.json["detail"]


@pytest.mark.parametrize(
    ("tag", "query"),
    [
        ("xx", {}),
        ("id", {"at": "yesterday"}),
        ("id", {"number": "NaN"}),
        ("id", {"number": "1e999"}),
        ("id", {"number": "1", "currency": "rp"}),
        ("id", {"currency": "IDR"}),
        ("id", {"unit": "mile"}),
        ("id", {"number": "1", "unit": "mile", "currency": "IDR"}),
        ("id", {"number": "1", "unit": "../mile"}),
        ("id", {"moment": "2025-11-04T07:30:00Z"}),
    ],
)
def test_what_cannot_be_written_is_refused(client: FlaskClient, tag: str, query: dict[str, str]) -> None:
    assert client.get(f"/v1/locales/{tag}", query_string=query).status_code == 422


def test_a_variant_has_all_that_is_printed_beside_its_text(client: FlaskClient, put: Put) -> None:
    authors = [{"name": "Ratna Dewi"}, {"name": "Budi Santoso"}]
    put(published_at="2025-11-04T09:00:00+07:00", authors=authors)
    variant = client.get("/v1/articles/a1/variants/id").json
    assert variant["byline"] == "Ratna Dewi dan Budi Santoso"
    assert variant["language_names"] == {"en-US": "Indonesian", "id-ID": "Bahasa Indonesia"}
    assert variant["published"] == {
        "iso": "2025-11-04T02:00:00Z",
        "text": "Selasa, 4 November 2025, 09.00 WIB",
        "date": "Selasa, 4 November 2025",
        "day": "4 November 2025",
        "time": "09.00 WIB",
    }


def test_a_glossary_is_in_the_order_of_a_dictionary(client: FlaskClient) -> None:
    terms = [
        {"source": source, "target": source, "source_language": "id", "target_language": "en"}
        for source in ("Zamrud", "apel", "Bupati")
    ]
    client.put("/v1/sites/default/glossary", json={"terms": terms})
    found = client.get("/v1/sites/default/glossary")
    assert [term["source"] for term in found.json["terms"]] == ["apel", "Bupati", "Zamrud"]
