"""/v1/articles: create, revise, read, list, remove."""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.http import parse_options_header

from service.article import locale as locales
from service.article.targets import parse
from service.article.types import Dossier, Refusal
from service.store import articles as store
from service.store.articles import Saved
from service.web import addresses, bodies, schemas, ways
from service.web.conditional import failed, tagged, wanted_revisions
from service.web.desk import StaleRevision, desk, unsettled
from service.web.openapi import operation
from service.web.problems import Problem, ProblemError, read_json, read_query
from service.web.schemas.common import instant

RETRY_AFTER = 2
"""Seconds after which polling is worth it: about what a short article takes."""

api = Blueprint("articles", __name__, url_prefix="/v1/articles")


@api.put("/<article_id>")
@operation(
    "putArticle",
    body=schemas.ArticleIn,
    query=schemas.Inclusion,
    answers={
        200: schemas.ArticleOut,
        201: schemas.ArticleOut,
        202: schemas.ArticleOut,
        412: Problem,
        422: Problem,
    },
    tag="articles",
)
def put(article_id: str) -> Response:
    """Create or revise an article under the caller's own id.

    201 or 200 when all its variants are made, else 202. `Prefer: wait=N` waits for them.
    """
    if not re.fullmatch(schemas.ID, article_id):
        raise Refusal(
            "id-invalid",
            "id",
            f"an article's id is letters, digits and ._:- (at most 200), not {article_id!r}",
        )
    query = read_query(schemas.Inclusion)
    sent = read_json(schemas.ArticleIn)
    return _accepted(article_id, sent, query, wanted_revisions())


@api.post("")
@operation(
    "postArticle",
    body=schemas.ArticleIn,
    query=schemas.Inclusion,
    answers={201: schemas.ArticleOut, 202: schemas.ArticleOut, 422: Problem},
    tag="articles",
)
def post() -> Response:
    """Create an article under an id of ours."""
    query = read_query(schemas.Inclusion)
    sent = read_json(schemas.ArticleIn)
    return _accepted(f"a{secrets.token_hex(8)}", sent, query, None)


@api.get("/<article_id>")
@operation("getArticle", query=schemas.Inclusion, answers={200: schemas.ArticleOut, 404: Problem}, tag="articles")
def get(article_id: str) -> Response:
    """An article: its source, its quality and the states of its variants."""
    query = read_query(schemas.Inclusion)
    dossier = known(article_id)
    response = jsonify(_body(dossier, query))
    if unsettled(dossier):
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return tagged(response, dossier)


@api.get("")
@operation("listArticles", query=schemas.Listing, answers={200: schemas.ArticlesOut, 422: Problem}, tag="articles")
def listing() -> Response:
    """Articles in the order of their last change, in pages: follow `next` until it is null."""
    query = read_query(schemas.Listing)
    with desk().database.read() as connection:
        found, after = store.page(
            connection,
            limit=query.limit,
            after=place(query.after),
            state=query.state,
            language=locales.language(parse(query.language, "language")) if query.language is not None else None,
            changed_since=query.changed_since,
        )
    now = datetime.now(UTC)
    answer = schemas.ArticlesOut(
        articles=[bodies.article(one, desk().public_url, now) for one in found], next=token(after)
    )
    return jsonify(answer.model_dump(mode="json"))


@api.delete("/<article_id>")
@operation("deleteArticle", answers={204: None, 404: Problem, 412: Problem}, tag="articles")
def delete(article_id: str) -> Response:
    """Remove an article with its variants."""
    wanted = wanted_revisions()
    with desk().database.write() as connection:
        dossier = store.dossier(connection, article_id)
        if dossier is not None and wanted is not None and dossier.revision not in wanted:
            raise failed(dossier.etag)
        if not store.remove(connection, article_id, datetime.now(UTC)):
            raise unknown(article_id)
    return Response(status=204)


def known(article_id: str) -> Dossier:
    """The article's dossier. Raises ProblemError 404."""
    dossier = desk().dossier(article_id)
    if dossier is None:
        raise unknown(article_id)
    return dossier


def unknown(article_id: str) -> ProblemError:
    """404 for an article."""
    return ProblemError(404, "article-unknown", f"there is no article {article_id!r}; PUT it first")


def _accepted(
    article_id: str, sent: schemas.ArticleIn, query: schemas.Inclusion, revisions: Collection[int] | None
) -> Response:
    addresses.check(sent.urls, desk().site())
    asked = _wait()
    try:
        saved = desk().accept(sent.submission(article_id), revisions, urgent=bool(asked))
    except StaleRevision as error:
        raise failed(None if error.args[0] is None else str(error.args[0])) from None
    granted = desk().wait_until_settled(article_id, asked) if asked else None
    dossier = desk().dossier(article_id)
    if dossier is None:  # removed by another client while we waited
        raise unknown(article_id)
    response = jsonify(_body(dossier, query, saved))
    if unsettled(dossier):
        response.status_code = 202
        response.headers["Retry-After"] = str(RETRY_AFTER)
    else:
        response.status_code = 201 if saved.outcome == "created" else 200
    if asked and (granted is not None or response.status_code != 202):
        response.headers["Preference-Applied"] = f"wait={int(min(asked, desk().max_wait))}"
    response.headers["Location"] = f"{desk().public_url}/v1/articles/{article_id}"
    if request.method == "PUT":
        return tagged(response, dossier)
    return response


def _body(dossier: Dossier, query: schemas.Inclusion, saved: Saved | None = None) -> dict[str, Any]:
    now, base_url = datetime.now(UTC), desk().public_url
    answer = bodies.article(dossier, base_url, now)
    answer.outcome = saved.outcome if saved else None
    names = {name.strip() for name in (query.include or "").split(",") if name.strip()}
    if names - {"variants", "head", "switcher"}:
        raise ProblemError(422, "invalid-query", "include takes any of variants, head, switcher")
    if names:
        answer.included = bodies.included(dossier, names, base_url, now)
        if "variants" in names:
            answer.included["variants"] = _variants(dossier, now)
    return answer.model_dump(mode="json")


def _variants(dossier: Dossier, now: datetime) -> dict[str, Any]:
    return {
        edition.locale: bodies.variant(
            dossier,
            edition,
            ways.led(edition.variant, desk().public_url, now)[0],
            stored,
            desk().public_url,
            now,
        ).model_dump(mode="json")
        for edition in dossier.editions
        if edition.variant is not None and (stored := desk().stored(dossier.article.id, edition.locale)) is not None
    }


def _wait() -> float:
    """Seconds of `Prefer: wait=N` (RFC 7240); 0 where it is not asked for."""
    for preference in request.headers.get("Prefer", "").split(","):
        name, _, value = parse_options_header(preference.strip())[0].partition("=")
        if name.strip().lower() == "wait" and value.strip().isdecimal():
            return float(value.strip()[:6])
    return 0.0


def token(after: tuple[datetime, str] | None) -> str | None:
    """The place that the next page starts after, as it is sent back."""
    if after is None:
        return None
    return base64.urlsafe_b64encode(f"{after[0].isoformat()}|{after[1]}".encode()).decode().rstrip("=")


def place(after: str | None) -> tuple[datetime, str] | None:
    """The place that a page says the next one starts after. Raises ProblemError 422."""
    if after is None:
        return None
    try:
        text = base64.b64decode(after + "=" * (-len(after) % 4), altchars=b"-_", validate=True).decode()
        moment, _, article_id = text.partition("|")
        at = instant(moment)
        if not re.fullmatch(schemas.ID, article_id):
            raise ValueError(article_id)
    except ValueError:
        raise ProblemError(422, "invalid-query", "after: take it from `next` of the page before") from None
    return at, article_id
