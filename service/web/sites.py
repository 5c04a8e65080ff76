"""/v1/sites: a site's settings and its glossary."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, jsonify

from service.article import locale as locales
from service.article.targets import parse
from service.article.types import Refusal, Site, Term
from service.store import glossary, memory, sites
from service.web import schemas
from service.web.desk import desk
from service.web.openapi import operation
from service.web.problems import Problem, ProblemError, read_json

api = Blueprint("sites", __name__, url_prefix="/v1/sites/<site_id>")


@api.get("")
@operation("getSite", answers={200: schemas.SiteOut, 404: Problem}, tag="sites")
def get(site_id: str) -> Response:
    """A site's settings."""
    return jsonify(asdict(_site(site_id)))


@api.put("")
@operation("putSite", body=schemas.SiteIn, answers={200: schemas.SiteOut, 404: Problem, 422: Problem}, tag="sites")
def put(site_id: str) -> Response:
    """Change a site's settings; what is left out keeps its value. Articles already there keep their variants."""
    changes = {name: value for name, value in read_json(schemas.SiteIn).model_dump().items() if value is not None}
    if "locales" in changes:
        changes["locales"] = tuple(dict.fromkeys(parse(tag, "locales") for tag in changes["locales"]))
    if "hosts" in changes:
        changes["hosts"] = tuple(changes["hosts"])
    if "time_zone" in changes:
        _check_zone(changes["time_zone"])
    with desk().database.write() as connection:  # read and written in one: two changes at once both last
        stored = sites.get(connection, site_id)
        if stored is None:
            raise _unknown(site_id)
        site = replace(stored, **changes)
        sites.put(connection, site, datetime.now(UTC))
        if site.rupiah != stored.rupiah:
            memory.forget_amounts(connection, site_id)
    return jsonify(asdict(site))


@api.get("/glossary")
@operation("getGlossary", answers={200: schemas.GlossaryOut, 404: Problem}, tag="sites")
def get_glossary(site_id: str) -> Response:
    """A site's terms."""
    _site(site_id)
    with desk().database.read() as connection:
        return jsonify(terms=[asdict(term) for term in glossary.get(connection, site_id)])


@api.put("/glossary")
@operation(
    "putGlossary", body=schemas.GlossaryIn, answers={200: schemas.GlossaryOut, 404: Problem, 422: Problem}, tag="sites"
)
def put_glossary(site_id: str) -> Response:
    """Replace a site's terms. What was translated before keeps its words until its sentence changes."""
    sent = read_json(schemas.GlossaryIn)
    _site(site_id)
    terms: dict[tuple[str, str, str], Term] = {}
    for index, one in enumerate(sent.terms):
        source, target = (
            locales.language(parse(tag, f"terms.{index}.{field}"))
            for tag, field in (
                (one.source_language, "source_language"),
                (one.target_language, "target_language"),
            )
        )
        if source == target:
            raise Refusal(
                "term-same-language",
                f"terms.{index}.target_language",
                f"the term {one.source!r} is from {source} to {source}: nothing is translated between those",
            )
        if (source, target, one.source) in terms:
            raise Refusal(
                "term-doubled",
                f"terms.{index}.source",
                f"the term {one.source!r} is there twice for {source}-{target}",
            )
        terms[source, target, one.source] = Term(one.source, one.target, source, target, one.case_sensitive)
    with desk().database.write() as connection:
        glossary.put(connection, site_id, list(terms.values()))
    return get_glossary(site_id)


def _site(site_id: str) -> Site:
    try:
        return desk().site(site_id)
    except LookupError:
        raise _unknown(site_id) from None


def _unknown(site_id: str) -> ProblemError:
    return ProblemError(404, "site-unknown", f"there is no site {site_id!r}; the one there is is `default`")


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Refusal(
            "time-zone-unknown", "time_zone", f"{name!r} is no IANA time zone, such as Asia/Jakarta"
        ) from None
