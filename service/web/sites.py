"""/v1/sites: a site's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, jsonify

from service.article.targets import parse, site_locale
from service.article.types import Refusal, Site
from service.jobs import submit
from service.store import memory, sites
from service.web import schemas
from service.web.desk import desk
from service.web.openapi import operation
from service.web.problems import Problem, ProblemError, read_json

api = Blueprint("sites", __name__, url_prefix="/v1/sites/<site_id>")


@api.get("")
@operation("getSite", answers={200: schemas.SiteOut, 404: Problem}, tag="sites")
def get(site_id: str) -> Response:
    """A site's settings."""
    return jsonify(asdict(known(site_id)))


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
    now = datetime.now(UTC)
    with desk().database.write() as connection:  # read and written in one: two changes at once both last
        stored = sites.get(connection, site_id)
        if stored is None:
            raise unknown(site_id)
        site = replace(stored, **changes)
        site = replace(site, links=tuple(_by_locale(rule, f"links.{n}", site) for n, rule in enumerate(site.links)))
        sites.put(connection, site, now)
        if site.rupiah != stored.rupiah:
            memory.forget_amounts(connection, site_id)
        if site.source_policy != stored.source_policy:
            submit.policy_changed(connection, site_id, now)
    desk().workers.wake()
    return jsonify(asdict(site))


def _by_locale(rule: Mapping[str, str], field: str, site: Site) -> dict[str, str]:
    """A rule for links by the site's locales. Raises Refusal for one that is there twice."""
    whole = {site_locale(parse(tag, field), site): prefix for tag, prefix in rule.items()}
    if len(whole) < len(rule):
        raise Refusal("locale-doubled", field, "two of the rule's locales are the same; send each once")
    return whole


def known(site_id: str) -> Site:
    """A site. Raises ProblemError 404."""
    try:
        return desk().site(site_id)
    except LookupError:
        raise unknown(site_id) from None


def unknown(site_id: str) -> ProblemError:
    """404 for a site."""
    return ProblemError(404, "site-unknown", f"there is no site {site_id!r}; the one there is is `default`")


def _check_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Refusal(
            "time-zone-unknown", "time_zone", f"{name!r} is no IANA time zone, such as Asia/Jakarta"
        ) from None
