"""Conditional requests (RFC 9110, 13) over an article's entity tag, `"<revision>.<n>"`."""

from __future__ import annotations

from flask import Response, request
from werkzeug.datastructures import ETags

from service.article.types import Dossier
from service.web.desk import unsettled
from service.web.problems import ProblemError


def tagged(response: Response, dossier: Dossier) -> Response:
    """The answer with its entity tag; 304 for a client that has it. What is still being made is never 304."""
    response.set_etag(dossier.etag)
    response.headers["Cache-Control"] = "private, no-cache"
    if request.method in ("GET", "HEAD") and not unsettled(dossier):
        response.make_conditional(request)
    return response


def wanted_revision() -> int | None:
    """The revision that If-Match names for PUT and DELETE of an article: the part before the dot.

    Raises ProblemError 412 for a tag that can be none of ours; None where any will do.
    """
    tags = request.if_match
    if not tags or tags.star_tag:
        return None
    revisions = {tag.partition(".")[0] for tag in tags}
    if len(revisions) != 1 or not (revision := next(iter(revisions))).isdecimal() or len(revision) > 18:
        raise failed(None)
    return int(revision)


def check_whole(dossier: Dossier) -> None:
    """If-Match for changes of a variant: the whole tag. Raises ProblemError 412."""
    tags: ETags = request.if_match
    if tags and not tags.star_tag and not tags.contains(dossier.etag):
        raise failed(dossier.etag)


def failed(current: str | None) -> ProblemError:
    """412: somebody changed the article since the caller read it."""
    now = f'it is "{current}" now' if current else "it is not there, or at another revision"
    return ProblemError(412, "precondition-failed", f"If-Match does not match: {now}; read the article again")
