"""/v1/articles/{id}/variants, head and switcher."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from flask import Blueprint, Response, jsonify, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from service.article import locale as locales
from service.article import metadata
from service.article.publication import publication
from service.article.switcher import switcher, switcher_html
from service.article.targets import parse, site_locale
from service.article.types import Dossier, Edition
from service.jobs import review
from service.store import articles as store
from service.store import variants
from service.store.variants import Stored
from service.web import bodies, schemas, ways
from service.web.articles import RETRY_AFTER, unknown
from service.web.conditional import check_whole
from service.web.desk import desk, unsettled
from service.web.frame import PRIVATE, PUBLIC
from service.web.headers import allow_any_origin
from service.web.kept import Rendered, Watch, digest
from service.web.openapi import operation
from service.web.problems import Problem, ProblemError, read_json, read_query

api = Blueprint("variants", __name__, url_prefix="/v1/articles/<article_id>")

Made = TypeVar("Made")


@api.get("/variants/<locale>")
@operation("getVariant", answers={200: schemas.VariantOut, 404: Problem}, tag="variants")
def get(article_id: str, locale: str) -> AnyResponse:
    """One variant, whole; a stale one too. 404 `variant-not-ready` while it is being made."""
    return desk().kept.answer(("variant", article_id, locale), partial(_variant, article_id, locale))


@api.put("/variants/<locale>")
@operation(
    "putVariant",
    body=schemas.VariantIn,
    answers={200: schemas.VariantOut, 404: Problem, 412: Problem, 422: Problem},
    tag="variants",
)
def put(article_id: str, locale: str) -> Response:
    """A person's own translation of the article. With `by` it counts as reviewed."""
    sent = read_json(schemas.VariantIn)
    change = partial(review.own_translation, submission=sent.submission(article_id), by=sent.by)
    return _changed(article_id, locale, change)


@api.patch("/variants/<locale>/segments/<segment_id>")
@operation(
    "patchSegment",
    body=schemas.SegmentIn,
    answers={200: schemas.VariantOut, 404: Problem, 409: Problem, 412: Problem, 422: Problem},
    tag="variants",
)
def patch(article_id: str, locale: str, segment_id: str) -> Response:
    """A person's edit of one sentence that readers see. 409 `variant-stale` where that is of an older text."""
    sent = read_json(schemas.SegmentIn)
    change = partial(review.edit, segment=segment_id, target=sent.target, by=sent.by)
    return _changed(article_id, locale, change, segment_id)


@api.patch("/variants/<locale>/proposal/segments/<segment_id>")
@operation(
    "patchProposalSegment",
    body=schemas.ProposalEditIn,
    answers={200: schemas.VariantOut, 404: Problem, 409: Problem, 412: Problem, 422: Problem},
    tag="variants",
)
def patch_proposal(article_id: str, locale: str, segment_id: str) -> Response:
    """A person's edit of one sentence of the proposal; readers see it once the proposal is approved."""
    sent = read_json(schemas.ProposalEditIn)
    change = partial(review.edit_proposal, segment=segment_id, target=sent.target)
    return _changed(article_id, locale, change, segment_id, proposal=True)


@api.post("/variants/<locale>/approval")
@operation(
    "approveVariant",
    body=schemas.ApprovalIn,
    answers={200: schemas.VariantOut, 404: Problem, 409: Problem, 412: Problem, 422: Problem},
    tag="variants",
)
def approval(article_id: str, locale: str) -> Response:
    """A person vouches for the variant, or for the proposal that waits: it is reviewed from now on.

    Send the `revision` that was read (or If-Match), so that nobody approves what they have not seen.
    """
    sent = read_json(schemas.ApprovalIn)
    return _changed(article_id, locale, partial(review.approve, by=sent.by, read=sent.revision))


@api.get("/head")
@operation(
    "getHead",
    query=schemas.ForHead,
    answers={200: schemas.HeadOut, 404: Problem, 422: Problem},
    tag="pages",
    gives="text/html",
)
def head(article_id: str) -> AnyResponse:
    """What a page's head says about a variant: an HTML fragment that is safe to print raw, or JSON by `Accept`."""
    query = read_query(schemas.ForHead)
    parts = tuple(query.parts.split(",")) if query.parts is not None else metadata.PARTS
    html, json = partial(metadata.head_html, parts=parts), partial(metadata.head_json, parts=parts)
    make = partial(_for_pages, article_id, query.locale, metadata.head, html, json, part=query.parts is not None)
    return desk().kept.answer(("head", article_id, query.locale, parts, _prefers_json()), make)


@api.get("/switcher")
@operation(
    "getSwitcher",
    query=schemas.InLocale,
    answers={200: schemas.SwitcherOut, 404: Problem, 410: Problem, 422: Problem},
    tag="pages",
    gives="text/html",
)
def links(article_id: str) -> AnyResponse:
    """The language switcher for the page of a variant, as HTML or as JSON by `Accept`.

    Readers' browsers call it from pages of any origin, so an article that is not public is unknown here, and one that
    was withdrawn is 410.
    """
    allow_any_origin()
    query = read_query(schemas.InLocale)
    make = partial(_for_pages, article_id, query.locale, switcher, switcher_html, asdict, public=True)
    return desk().kept.answer(("switcher", article_id, query.locale, _prefers_json()), make)


# --- changes ---------------------------------------------------------------------------------------------------------

Change = Callable[[Connection, Dossier, str, datetime], None]
"""What one call does to the variant of an article in a locale, at a moment."""


def _changed(
    article_id: str, locale: str, change: Change, segment: str | None = None, *, proposal: bool = False
) -> Response:
    """Change a variant in one transaction, and answer with it as that left it.

    `segment` and `proposal` tell what is edited, for the errors' sake. Raises ProblemError.
    """
    with desk().database.write() as connection:
        dossier = _known(connection, article_id)
        check_whole(dossier)
        tag = _target(dossier, locale)
        try:
            change(connection, dossier, tag, datetime.now(UTC))
        except review.NotMade:
            raise _not_ready(dossier.edition(tag), tag) from None
        except review.Stale as error:
            raise _stale(article_id, tag, error, approving=segment is None) from None
        except review.UnknownSegment as error:
            raise _unknown_segment(article_id, tag, segment or "", error, proposal=proposal) from None
        except review.OtherRevision as error:
            detail = f"what waits to be approved is of revision {error.args[0]} by now; GET the variant and read it"
            raise ProblemError(412, "precondition-failed", detail) from None
        dossier = _known(connection, article_id)
        stored = variants.get(connection, article_id, tag)
    answer = _answer(dossier, _edition(dossier, tag), stored).response()
    if request.method == "POST":
        del answer.headers["ETag"]
    return answer


def _stale(article_id: str, tag: str, error: review.Stale, *, approving: bool) -> ProblemError:
    detail = f"the variant {tag} is of an older text and is being made anew; GET it again later, and read what is new"
    if error.waiting:
        detail = (
            f"the variant {tag} is of an older text, and the proposal of the current one waits: edit that at PATCH "
            f"{_segments(article_id, tag, proposal=True)}/…, then approve it"
        )
    headers = {} if error.waiting else {"Retry-After": str(RETRY_AFTER)}
    return ProblemError(409, "variant-stale", detail, headers=headers)


def _unknown_segment(
    article_id: str, tag: str, segment: str, error: review.UnknownSegment, *, proposal: bool
) -> ProblemError:
    what = f"the proposal for {tag}" if proposal else f"the variant {tag}"
    remedy = "GET the variant for the ids that there are"
    if error.elsewhere:
        remedy = f"it is at PATCH {_segments(article_id, tag, proposal=not proposal)}/{segment}"
    return ProblemError(404, "segment-unknown", f"{what} has no segment {segment!r}; {remedy}")


def _segments(article_id: str, tag: str, *, proposal: bool) -> str:
    return f"/v1/articles/{article_id}/variants/{tag}{'/proposal' if proposal else ''}/segments"


# --- answers ---------------------------------------------------------------------------------------------------------


def _variant(article_id: str, locale: str) -> Rendered:
    with desk().database.read() as connection:
        watch = Watch.set(connection, partial(store.versions, ids=[article_id]))
        dossier = _known(connection, article_id)
        edition = _edition(dossier, locale)
        stored = variants.get(connection, article_id, edition.locale)
    return _answer(dossier, edition, stored, watch)


def _answer(dossier: Dossier, edition: Edition, stored: Stored | None, *watches: Watch) -> Rendered:
    """The variant as an answer. Its entity tag is the article's, with more to it where it tells of more than that."""
    if edition.variant is None or stored is None:
        raise _not_ready(edition, edition.locale)
    now = datetime.now(UTC)
    shown, links = ways.led(edition.variant, desk().public_url, now)
    said = bodies.variant(dossier, edition, shown, stored, desk().public_url, now)
    body = jsonify(said.model_dump(mode="json")).get_data()
    plain = shown is edition.variant and not unsettled(dossier)
    return Rendered(
        body,
        {"Content-Type": "application/json", "Content-Language": edition.locale, "Cache-Control": PRIVATE},
        (*watches, *links),
        dossier.etag if plain else f"{dossier.etag}-{digest(body)}",
    )


def _for_pages(
    article_id: str,
    locale: str | None,
    make: Callable[[Dossier, str, str, datetime], Made],
    html: Callable[[Made], str],
    json: Callable[[Made], dict[str, Any]],
    *,
    public: bool = False,
    part: bool = False,
) -> Rendered:
    """What a CMS prints into its page of a variant, as HTML or as JSON by `Accept`; `public` if readers may call it,
    `part` if it is only some of it.

    A strong tag stands for one sequence of bytes (RFC 9110, 8.8.1), so that of the JSON is another one (`"1.1-json"`),
    and what depends on more than the article's state has a tag made of its bytes.
    """
    now = datetime.now(UTC)
    dossier, watch = desk().watched(article_id)
    if dossier is None:
        raise unknown(article_id)
    if public:
        dossier = _public(dossier, now)
    made = make(dossier, _asked(dossier, locale).locale, desk().public_url, now)
    lasting = public and not unsettled(dossier)  # who waits for a translation asks again, and not a cache
    headers = {"Vary": "Accept", "Cache-Control": PUBLIC if lasting else PRIVATE}
    if public:
        headers["Access-Control-Allow-Origin"] = "*"
    as_json = _prefers_json()
    body = jsonify(json(made)).get_data() if as_json else f"{html(made)}\n".encode()
    headers["Content-Type"] = "application/json" if as_json else "text/html; charset=utf-8"
    told = (dossier.etag, "json" if as_json else "", digest(body) if part or unsettled(dossier) else "")
    return Rendered(body, headers, (watch,), "-".join(filter(None, told)))


def _public(dossier: Dossier, now: datetime) -> Dossier:
    """The dossier as readers may know it. Raises ProblemError: the one for unknown articles, or 410."""
    decisions = [publication(dossier.article, edition, dossier.site, now) for edition in dossier.editions]
    if any(decision.gone for decision in decisions):
        raise ProblemError(410, "article-withdrawn", "the publisher has taken the article back; take the switcher down")
    if not any(decision.visible for decision in decisions):
        raise unknown(dossier.article.id)
    return replace(dossier, editions=tuple(replace(edition, error=None) for edition in dossier.editions))


def _asked(dossier: Dossier, locale: str | None) -> Edition:
    """The edition that `?locale=` names, the source's where it is left out."""
    tag = locale or dossier.article.locale
    if tag is None:
        raise ProblemError(
            404, "variant-unknown", "the article's language is unsure, so it has no variants; send `language`"
        )
    edition = _edition(dossier, tag)
    if edition.variant is None:
        raise _not_ready(edition, edition.locale)
    return edition


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


def _known(connection: Connection, article_id: str) -> Dossier:
    dossier = store.dossier(connection, article_id)
    if dossier is None:
        raise unknown(article_id)
    return dossier


def _prefers_json() -> bool:
    """JSON where the caller likes it better than HTML; a CMS that sends no Accept gets the HTML that it prints."""
    accept = request.accept_mimetypes
    return bool(accept) and accept["application/json"] > accept["text/html"]
