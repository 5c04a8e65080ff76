"""Conditional requests (RFC 9110, 13) over an article's entity tag, `"<revision>.<n>"`."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from flask import Response, request

from service.article.types import Dossier
from service.web.desk import unsettled
from service.web.problems import ProblemError

_REVISION: Final = re.compile(r"[0-9]{1,18}")


def tagged(response: Response, dossier: Dossier) -> Response:
    """The answer with its entity tag; 304 for a client that has it. What is still being made is never 304."""
    response.set_etag(dossier.etag)
    response.headers["Cache-Control"] = "private, no-cache"
    if request.method in ("GET", "HEAD") and not unsettled(dossier):
        response.make_conditional(request)
    return response


def wanted_revisions() -> Collection[int] | None:
    """The revisions that If-Match names for PUT and DELETE of an article, by the part of a tag before the dot; all
    that there can be for `*`, None where there need be none.

    Any of them may match (RFC 9110, 13.1.1). A tag that can be none of ours matches nothing, and neither does a weak
    one: the comparison is the strong one, and iterating over tags gives the strong ones only.
    """
    tags = request.if_match
    if tags.star_tag:
        return range(1, 2**63)
    if not tags:
        return None
    named = (tag.partition(".")[0] for tag in tags)
    return frozenset(int(revision) for revision in named if _REVISION.fullmatch(revision))


def check_whole(dossier: Dossier) -> None:
    """If-Match for changes of a variant: the whole tag of the article, in whatever form it was read (`"1.1-br"`).
    Raises ProblemError 412."""
    tags = request.if_match
    if tags and not tags.star_tag and dossier.etag not in {tag.partition("-")[0] for tag in tags}:
        raise failed(dossier.etag)


def failed(current: str | None) -> ProblemError:
    """412: somebody changed the article since the caller read it."""
    now = f'it is "{current}" now' if current else "it is not there, or at another revision"
    return ProblemError(412, "precondition-failed", f"If-Match does not match: {now}; read the article again")
