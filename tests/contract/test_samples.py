"""What CMSs send, through the bundled models: every tag is there once, and the page shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.contract.conftest import Put
from tests.unit.article import fakes

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.html"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_what_a_cms_sends_is_translated_within_its_own_markup(client: FlaskClient, put: Put, sample: Path) -> None:
    html = sample.read_text("utf-8")
    assert put(body=html).status_code == 201
    variant = client.get("/v1/articles/a1/variants/id-ID").json
    tags = fakes.tags(variant["body"])
    for language in ("en", "id"):  # what is in another language than the page says so
        del tags["span", (("lang", language),)]
    assert tags == fakes.tags(html)
    assert fakes.addresses(variant["body"]) == fakes.addresses(html)
    assert sum(one["origin"] == "model" for one in variant["segments"]) > len(variant["segments"]) / 2
    for page in ("/en/articles/a1", "/id/articles/a1"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert "<!-- wp:" not in answer.text
