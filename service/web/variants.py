"""/v1/articles/{id}/variants, head and switcher."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

from flask import Blueprint, Response, jsonify, request

from service.article import locale as locales
from service.article import metadata
from service.article.switcher import switcher, switcher_html
from service.article.targets import parse, site_locale
from service.article.types import Dossier, Edition, Field, Submission
from service.store import articles as store
from service.web import bodies, review, schemas
from service.web.articles import RETRY_AFTER, known, unknown
from service.web.conditional import check_whole, tagged
from service.web.desk import desk
from service.web.openapi import operation
from service.web.problems import Problem, ProblemError, read_json, read_query

api = Blueprint("variants", __name__, url_prefix="/v1/articles/<article_id>")


@api.get("/variants/<locale>")
@operation("getVariant", answers={200: schemas.VariantOut, 404: Problem}, tag="variants")
def get(article_id: str, locale: str) -> Response:
    """One variant, whole; a stale one too. 404 `variant-not-ready` while it is being made."""
    dossier = known(article_id)
    return _answer(dossier, _edition(dossier, locale))


@api.put("/variants/<locale>")
@operation(
    "putVariant",
    body=schemas.VariantIn,
    answers={200: schemas.VariantOut, 404: Problem, 412: Problem, 422: Problem},
    tag="variants",
)
def put(article_id: str, locale: str) -> Response:
    """A person's own translation of the whole article. With `by` it counts as reviewed."""
    sent = read_json(schemas.VariantIn)
    submission = Submission(
        id=article_id,
        title=sent.title,
        dek=sent.dek,
        body=sent.body,
        format=sent.format,
        fields={name: Field(value.value, value.format) for name, value in sent.fields.items()},
    )
    with desk().database.write() as connection:
        dossier = _known(store.dossier(connection, article_id), article_id)
        check_whole(dossier)
        tag = _target(dossier, locale)
        review.own_translation(connection, dossier, tag, submission, sent.by, datetime.now(UTC))
    return get(article_id, locale)


@api.patch("/variants/<locale>/segments/<segment_id>")
@operation(
    "patchSegment",
    body=schemas.SegmentIn,
    answers={200: schemas.VariantOut, 404: Problem, 409: Problem, 412: Problem},
    tag="variants",
)
def patch(article_id: str, locale: str, segment_id: str) -> Response:
    """A person's edit of one sentence."""
    sent = read_json(schemas.SegmentIn)
    with desk().database.write() as connection:
        dossier = _known(store.dossier(connection, article_id), article_id)
        check_whole(dossier)
        tag = _target(dossier, locale)
        try:
            known = review.edit(connection, dossier, tag, segment_id, sent.target, sent.by, datetime.now(UTC))
        except review.Stale:
            detail = f"the variant {tag} is of an older text and is being made anew; GET it again, then edit"
            raise ProblemError(409, "variant-stale", detail, headers={"Retry-After": str(RETRY_AFTER)}) from None
        if not known:
            raise ProblemError(
                404, "segment-unknown", f"the variant {tag} has no segment {segment_id!r}; GET it for its ids"
            )
    return get(article_id, locale)


@api.post("/variants/<locale>/approval")
@operation(
    "approveVariant",
    body=schemas.ApprovalIn,
    answers={200: schemas.VariantOut, 404: Problem, 412: Problem},
    tag="variants",
)
def approval(article_id: str, locale: str) -> Response:
    """A person vouches for the variant, or for the proposal that waits: it is reviewed from now on."""
    sent = read_json(schemas.ApprovalIn)
    with desk().database.write() as connection:
        dossier = _known(store.dossier(connection, article_id), article_id)
        check_whole(dossier)
        tag = _target(dossier, locale)
        if not review.approve(connection, dossier, tag, sent.by, datetime.now(UTC)):
            raise _not_ready(dossier.edition(tag), tag)
    return get(article_id, locale)


@api.get("/head")
@operation(
    "getHead",
    query=schemas.InLocale,
    answers={200: schemas.HeadOut, 404: Problem, 422: Problem},
    tag="pages",
    html=True,
)
def head(article_id: str) -> Response:
    """What a page's head says about a variant: an HTML fragment that is safe to print raw, or JSON by `Accept`."""
    dossier, edition = _asked(article_id)
    found = metadata.head(dossier, edition.locale, desk().public_url, datetime.now(UTC))
    if _prefers_json():
        response = jsonify(metadata.head_json(found))
    else:
        response = Response(metadata.head_html(found) + "\n", content_type="text/html; charset=utf-8")
    response.headers["Vary"] = "Accept"
    return tagged(response, dossier)


@api.get("/switcher")
@operation(
    "getSwitcher",
    query=schemas.InLocale,
    answers={200: schemas.SwitcherOut, 404: Problem, 422: Problem},
    tag="pages",
    html=True,
)
def links(article_id: str) -> Response:
    """The language switcher for the page of a variant, as HTML or as JSON by `Accept`."""
    dossier, edition = _asked(article_id)
    found = switcher(dossier, edition.locale, desk().public_url, datetime.now(UTC))
    if _prefers_json():
        response = jsonify(asdict(found))
    else:
        response = Response(switcher_html(found) + "\n", content_type="text/html; charset=utf-8")
    response.headers["Vary"] = "Accept"
    return tagged(response, dossier)


def _answer(dossier: Dossier, edition: Edition) -> Response:
    stored = desk().stored(dossier.article.id, edition.locale)
    if edition.variant is None or stored is None:
        raise _not_ready(edition, edition.locale)
    now = datetime.now(UTC)
    body = bodies.variant(dossier, edition, edition.variant, stored, desk().public_url, now)
    response = jsonify(body.model_dump(mode="json"))
    response.headers["Content-Language"] = edition.locale
    return tagged(response, dossier) if request.method == "GET" else _tag_only(response, dossier)


def _tag_only(response: Response, dossier: Dossier) -> Response:
    response.set_etag(dossier.etag)
    return response


def _asked(article_id: str) -> tuple[Dossier, Edition]:
    """The dossier, and the edition that `?locale=` names, the source's where it is left out."""
    query = read_query(schemas.InLocale)
    dossier = known(article_id)
    tag = query.locale or dossier.article.locale
    if tag is None:
        raise ProblemError(
            404, "variant-unknown", "the article's language is unsure, so it has no variants; send `language`"
        )
    edition = _edition(dossier, tag)
    if edition.variant is None:
        raise _not_ready(edition, edition.locale)
    return dossier, edition


def _edition(dossier: Dossier, locale: str) -> Edition:
    try:
        tag = site_locale(locale, dossier.site)
    except ValueError:
        tag = locale
    edition = dossier.edition(tag)
    if edition is None:
        have = ", ".join(one.locale for one in dossier.editions) or "none"
        raise ProblemError(404, "variant-unknown", f"the article has no variant {locale!r}; it has: {have}")
    return edition


def _target(dossier: Dossier, locale: str) -> str:
    """The locale of a variant that people may write: any but the source's."""
    tag = site_locale(parse(locale, "locale"), dossier.site)
    if dossier.article.locale is None:
        raise ProblemError(422, "language-unsure", "the article's language is unsure; PUT it with `language` first")
    if locales.language(tag) == dossier.article.language:
        raise ProblemError(422, "variant-is-source", f"{tag} is the article's own language; PUT the article instead")
    return tag


def _not_ready(edition: Edition | None, locale: str) -> ProblemError:
    state = edition.state if edition else "unknown"
    progress = round(edition.progress, 3) if edition else 0.0
    detail = f"the variant {locale} is {state}; ask again later"
    if edition is not None and edition.error:
        detail = f"the variant {locale} failed: {edition.error}; PUT the article again to have it tried again"
    headers = {"Retry-After": str(RETRY_AFTER)}
    return ProblemError(404, "variant-not-ready", detail, headers=headers, state=state, progress=progress)


def _known(dossier: Dossier | None, article_id: str) -> Dossier:
    if dossier is None:
        raise unknown(article_id)
    return dossier


def _prefers_json() -> bool:
    """JSON where the caller likes it better than HTML; a CMS that sends no Accept gets the HTML that it prints."""
    accept = request.accept_mimetypes
    return bool(accept) and accept["application/json"] > accept["text/html"]
