"""/v1/sites/{site}/glossary: a site's terms, as JSON or as CSV by Content-Type and Accept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from flask import Blueprint, Response, jsonify, request
from sqlalchemy import Connection

from service.article import termlist
from service.article.conventions import sort_key
from service.article.types import Refusal, Term
from service.store import glossary
from service.web import schemas
from service.web.desk import desk
from service.web.openapi import operation
from service.web.problems import Problem, ProblemError, read_body, read_json
from service.web.sites import known

api = Blueprint("glossary", __name__, url_prefix="/v1/sites/<site_id>/glossary")

CSV: Final = "text/csv"


@api.get("")
@operation("getGlossary", answers={200: schemas.GlossaryOut, 404: Problem}, tag="sites", gives=CSV)
def get(site_id: str) -> Response:
    """A site's own terms, as JSON or as CSV by `Accept`; the bundled starter glossary is not among them."""
    known(site_id)
    with desk().database.read() as connection:
        return _answer(_terms(connection, site_id))


@api.put("")
@operation(
    "putGlossary",
    body=schemas.GlossaryIn,
    answers={200: schemas.GlossaryOut, 404: Problem, 412: Problem, 422: Problem},
    tag="sites",
    gives=CSV,
    takes=CSV,
)
def put(site_id: str) -> Response:
    """Replace a site's terms, by JSON or CSV. What was translated before keeps its words until its article changes."""
    terms = _read_csv() if request.mimetype == CSV else _read()
    known(site_id)
    with desk().database.write() as connection:
        _check_unchanged(_terms(connection, site_id))
        glossary.put(connection, site_id, terms)
        return _answer(_terms(connection, site_id))


def _terms(connection: Connection, site_id: str) -> list[Term]:
    """A site's terms as people look for them: "apel" before "Zebra"."""
    return sorted(glossary.get(connection, site_id), key=lambda term: sort_key(term.source))


def _read() -> list[Term]:
    terms: list[Term] = []
    for index, one in enumerate(read_json(schemas.GlossaryIn).terms):
        source, target = (
            termlist.language(tag, f"terms.{index}.{field}")
            for tag, field in ((one.source_language, "source_language"), (one.target_language, "target_language"))
        )
        terms.append(Term(one.source, one.target, source, target, one.case_sensitive, one.part_of_speech))
    for index, error in termlist.conflicts(terms):
        raise Refusal(error.code, f"terms.{index}.{error.field}", error.message)
    return terms


def _read_csv() -> list[Term]:
    charset = request.mimetype_params.get("charset", "utf-8")
    if charset.casefold() not in ("utf-8", "utf8", "us-ascii"):
        raise ProblemError(415, "unsupported-media-type", f"send CSV as UTF-8, not {charset}")
    try:
        return termlist.read(read_body(CSV))
    except termlist.Faulty as error:
        errors = [
            {
                "pointer": f"/{one.row}/{one.column}",
                "row": str(one.row),
                "column": one.column,
                "detail": f"row {one.row}, column {one.column}: {one.message}",
            }
            for one in error.faults
        ]
        raise ProblemError(422, "invalid-csv", str(error), errors=errors) from None


def _answer(terms: Sequence[Term]) -> Response:
    """The terms with their entity tag, in the media type that is asked for; 304 for a reader that has them."""
    if request.accept_mimetypes.best_match(["application/json", CSV], "application/json") == CSV:
        response = Response(termlist.write(terms), content_type=f"{CSV}; charset=utf-8; header=present")
        response.headers["Content-Disposition"] = 'attachment; filename="glossary.csv"'
        response.set_etag(f"{_tag(terms)}-csv")
    else:
        response = jsonify(terms=[asdict(term) for term in terms])
        response.set_etag(_tag(terms))
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Accept")
    if request.method in ("GET", "HEAD"):
        response.make_conditional(request)
    return response


def _check_unchanged(terms: Sequence[Term]) -> None:
    """If-Match: the tag of either media type, for it is the terms that are replaced. Raises ProblemError 412."""
    tags = request.if_match
    if tags and not tags.star_tag and not {_tag(terms), f"{_tag(terms)}-csv"}.intersection(tags):
        detail = f'If-Match does not match: it is "{_tag(terms)}" now; read the glossary again'
        raise ProblemError(412, "precondition-failed", detail)


def _tag(terms: Sequence[Term]) -> str:
    return hashlib.sha256(termlist.write(terms).encode()).hexdigest()[:32]
