"""/v1/sites/{site}/memory: a site's translation memory, in and out as TMX."""

from __future__ import annotations

from dataclasses import asdict
from io import BytesIO

from flask import Blueprint, Response, jsonify

from service.article.tmx import MEDIA_TYPE, TmxError
from service.jobs import exchange
from service.web import schemas
from service.web.desk import desk
from service.web.openapi import operation
from service.web.problems import Problem, ProblemError, read_body, read_query
from service.web.sites import unknown

api = Blueprint("memory", __name__, url_prefix="/v1/sites/<site_id>/memory")


@api.get("")
@operation("getMemory", answers={200: None, 404: Problem}, tag="sites", gives=MEDIA_TYPE)
def get(site_id: str) -> Response:
    """A site's translation memory as TMX 1.4: people's sentences, imported ones, and the models'."""
    try:
        pieces = exchange.give_out(desk().database, site_id)
    except exchange.UnknownSite:
        raise unknown(site_id) from None
    name = {"Content-Disposition": f'attachment; filename="{site_id}.tmx"'}
    return Response(pieces, mimetype=MEDIA_TYPE, headers=name)


@api.post("")
@operation(
    "postMemory",
    query=schemas.MemoryIn,
    answers={200: schemas.MemoryOut, 404: Problem, 422: Problem},
    tag="sites",
    takes=MEDIA_TYPE,
)
def post(site_id: str) -> Response:
    """Add the sentences of a TMX file, of any tool, to a site's translation memory."""
    asked = read_query(schemas.MemoryIn)
    file = BytesIO(read_body(MEDIA_TYPE, "application/xml", "text/xml"))
    try:
        report = exchange.take_in(desk().database, site_id, file, reviewed=asked.reviewed)
    except exchange.UnknownSite:
        raise unknown(site_id) from None
    except TmxError as error:
        raise ProblemError(422, "tmx-refused", f"{error}; nothing was changed") from None
    told = [asdict(one) for one in report.told]
    return jsonify(imported=report.imported, older=report.older, skipped=report.skipped, first_skipped=told)
