"""/v1/articles/{id}/source/acceptance: a person stands for a source, with the changes that mend it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from flask import Blueprint, Response, jsonify
from sqlalchemy import Connection

from service.article.types import Dossier
from service.jobs import acceptance, review
from service.store import articles as store
from service.web import bodies, schemas
from service.web.articles import unknown
from service.web.conditional import check_whole
from service.web.desk import desk
from service.web.openapi import operation
from service.web.problems import Problem, ProblemError, read_json

api = Blueprint("acceptance", __name__, url_prefix="/v1/articles/<article_id>/source")


@api.post("/acceptance")
@operation(
    "acceptSource",
    body=schemas.AcceptanceIn,
    answers={200: schemas.ArticleOut, 404: Problem, 412: Problem, 422: Problem},
    tag="articles",
)
def accept(article_id: str) -> Response:
    """A person stands for the source, with the changes that they accept: a revision, which may be indexed.

    To accept it again, with other changes, starts from what was posted.
    """
    sent = read_json(schemas.AcceptanceIn)
    return _answer(
        changed(article_id, partial(acceptance.accept, by=sent.by, changes=sent.changes, read=sent.revision))
    )


@api.delete("/acceptance")
@operation("reopenSource", answers={200: schemas.ArticleOut, 404: Problem, 412: Problem}, tag="articles")
def reopen(article_id: str) -> Response:
    """Nobody stands for the source any more: it is as it was posted, all changes are proposals."""
    return _answer(changed(article_id, acceptance.reopen))


def changed(article_id: str, change: Callable[[Connection, Dossier, datetime], None]) -> Dossier:
    """Change what is said of a source, in one transaction; the dossier as that left it. Raises ProblemError."""
    with desk().database.write() as connection:
        dossier = store.dossier(connection, article_id)
        if dossier is None:
            raise unknown(article_id)
        check_whole(dossier)
        try:
            change(connection, dossier, datetime.now(UTC))
        except review.OtherRevision as error:
            detail = f"the article is of revision {error.args[0]} by now; GET it and read it"
            raise ProblemError(412, "precondition-failed", detail) from None
        dossier = store.dossier(connection, article_id)
        assert dossier is not None  # noqa: S101 - this transaction holds it
    desk().workers.wake()
    return dossier


def _answer(dossier: Dossier) -> Response:
    body = bodies.article(dossier, desk().public_url, datetime.now(UTC))
    return jsonify(body.model_dump(mode="json"))
