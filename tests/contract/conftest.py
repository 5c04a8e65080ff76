"""What contract tests share: short articles, and calls that wait for what they ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

BODY = (
    '<p>The government will build <a href="https://example.org/roads?a=1&amp;b=2">new roads</a> in the province.</p>'
    "<p>The work will begin next year. It will cost 12 billion rupiah.</p>"
)

Put = Callable[..., TestResponse]


def payload(**changes: Any) -> dict[str, Any]:
    """A sound English article, with what a test changes in it."""
    return {"title": "The government will build new roads", "body": BODY, "language": "en", **changes}


@pytest.fixture
def put(client: FlaskClient) -> Put:
    """PUT an article and wait until all its variants are made."""

    def put(
        article_id: str = "a1", wait: int = 60, headers: dict[str, str] | None = None, **changes: Any
    ) -> TestResponse:
        prefer = {"Prefer": f"wait={wait}"} if wait else {}
        return client.put(f"/v1/articles/{article_id}", json=payload(**changes), headers={**prefer, **(headers or {})})

    return put
