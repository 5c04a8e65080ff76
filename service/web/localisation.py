"""/v1/locales: how a locale writes times, figures, quotations and lists, for pages that are not ours."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from flask import Blueprint, Response, jsonify

from service.article import conventions, locale
from service.article.targets import parse
from service.article.types import Site
from service.web import bodies, schemas
from service.web.desk import desk
from service.web.openapi import operation
from service.web.problems import Problem, ProblemError, read_query

api = Blueprint("localisation", __name__, url_prefix="/v1/locales")


@api.get("/<tag>")
@operation("getLocale", query=schemas.ToWrite, answers={200: schemas.ConventionsOut, 422: Problem}, tag="text")
def get(tag: str) -> Response:
    """A locale's conventions; a time, a number or an amount in its words. The time zone is the site's."""
    wanted, site = read_query(schemas.ToWrite), desk().site()
    response = jsonify(written(parse(tag, "locale"), wanted, site, datetime.now(UTC)).model_dump(mode="json"))
    response.headers["Cache-Control"] = "no-store" if wanted.at else "private, no-cache"
    return response


def written(tag: str, wanted: schemas.ToWrite, site: Site, now: datetime) -> schemas.ConventionsOut:
    """The answer for a full tag."""
    decimal, group = conventions.separators(tag)
    number = wanted.number
    words = None
    if number is not None and wanted.currency:
        words = conventions.amount(number, wanted.currency, tag, site.rupiah)
    elif number is not None and wanted.unit:
        words = _measure(number, wanted.unit, tag, site)
    elif number is not None:
        words = conventions.number(number, tag)
    return schemas.ConventionsOut(
        locale=tag,
        dir=locale.direction(tag),
        script=locale.script(tag),
        names={other: locale.language_name(tag, other) for other in dict.fromkeys((tag, *site.locales))},
        quotation_marks=schemas.QuotationMarksOut(**conventions.quotation_marks(tag)._asdict()),
        decimal=decimal,
        group=group,
        list_separators=list(locale.list_separators(3, tag)),
        moment=schemas.MomentOut(
            **dict(bodies.date(wanted.at, tag, site.time_zone)), relative=locale.relative(wanted.at, now, tag)
        )
        if wanted.at
        else None,
        number=words,
    )


def _measure(number: Decimal, unit: str, tag: str, site: Site) -> str:
    try:
        return conventions.measure(number, unit, tag, site.units)
    except LookupError:
        remedy = "give it CLDR's name, such as kilometer, mile, celsius or hectare"
        raise ProblemError(422, "invalid-query", f"unit: {unit} is none that we know; {remedy}") from None
