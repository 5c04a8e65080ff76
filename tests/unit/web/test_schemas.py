"""The bodies tell what they are: /docs is made of them."""

from __future__ import annotations

from datetime import UTC, datetime
from inspect import getdoc

import pytest
from pydantic import BaseModel

from service.web import schemas

MODELS = [model for name in schemas.__all__ if isinstance(model := getattr(schemas, name), type)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_body_says_what_it_is(model: type[BaseModel]) -> None:
    assert "__doc__" in vars(model)
    assert getdoc(model)


def test_units_and_states_are_told() -> None:
    properties = schemas.VariantLinkOut.model_json_schema()["properties"]
    assert (properties["progress"]["minimum"], properties["progress"]["maximum"]) == (0, 1)
    assert "needs_review" in properties["state"]["enum"]
    assert schemas.CandidateOut.model_json_schema()["properties"]["confidence"]["description"] == "0 to 1."


def test_what_an_article_was_not_asked_for_is_left_out() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    answer = schemas.ArticleOut(
        id="a",
        site="default",
        revision=1,
        status="published",
        state="settled",
        source=schemas.SourceOut(language=None, locale=None, declared=None, confidence=0, candidates=[]),
        source_quality=schemas.QualityOut(sound=True, findings=[], changes=[], page=""),
        variants=[],
        warnings=[],
        created_at=now,
        changed_at=now,
    )
    page = schemas.ArticlesOut(articles=[answer], next=None).model_dump(mode="json")
    assert page["articles"] == [answer.model_dump(mode="json")]
    assert not {"outcome", "included"} & set(page["articles"][0])
    assert page["next"] is None
