"""The page that puts an edition beside its original, sentence by sentence: no script, and nothing to follow in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from flask import Blueprint, current_app, render_template, request
from werkzeug.wrappers import Response

from service.article import comparison, corrections
from service.article.address import compare_url, page_url
from service.article.comparison import Pair
from service.article.locale import babel_locale, direction, language_name, page_language, parse_locale
from service.article.plain import plain
from service.article.switcher import switcher
from service.article.types import Dossier, Edition, Origin, Site, Variant
from service.web.desk import desk
from service.web.frame import PUBLIC, chosen, cleaned, frame, path_prefix, problem, redirect, rendered, visible
from service.web.kept import Rendered
from service.web.page import comparable
from service.web.ui import speak

compare = Blueprint("compare", __name__, template_folder="templates")
compare.before_request(cleaned)


@dataclass(frozen=True, slots=True)
class Side:
    """A language of the page: its name in the page's language, and how it is written."""

    name: str
    tag: str
    direction: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the template prints; `usual` is who wrote most of it, `sides` by what the sentences say they are in."""

    title: str
    canonical: str
    article_url: str
    original_url: str
    sides: dict[str, Side]
    original: str
    translated: str
    pairs: tuple[Pair, ...]
    stale: bool
    doubtful: int
    left: int
    first: str | None
    usual: Origin | None


@compare.get("/<language:tag>/articles/<article_id>/compare")
def comparing(tag: str, article_id: str) -> Response:
    """An edition beside what it was made from."""
    key = ("compare", tag, article_id, "choose" in request.args)
    return desk().kept.answer(key, partial(_comparing, tag, article_id))


def _comparing(tag: str, article_id: str) -> Rendered | Response:
    now = datetime.now(UTC)
    dossier, watch = desk().watched(article_id)
    seen = visible(tag, dossier, now)
    if isinstance(seen, Response):
        return seen
    dossier, edition, variant = seen
    if not comparable(dossier, variant, now):
        return problem(404, "unknown", tag, dossier=dossier)
    address = compare_url(dossier, edition.locale, path_prefix())
    if tag != page_language(edition.locale, dossier.site):
        return redirect(address, 301, PUBLIC)
    if "choose" in request.args:
        return chosen(tag, address)
    links = switcher(dossier, edition.locale, path_prefix(), now)
    here = replace(links, items=tuple(replace(one, url=address) if one.current else one for one in links.items))
    speak(current_app, edition.locale)
    page = render_template(
        "compare.html",
        page=_comparison(dossier, edition, variant),
        **frame(dossier.site, edition.locale, here),
    )
    tag = page_language(edition.locale, dossier.site)
    return rendered(page, tag, (watch,), dossier.site, dossier, pictures=False)


def _comparison(dossier: Dossier, edition: Edition, variant: Variant) -> Comparison:
    source = dossier.article.locale or edition.locale
    beside = {one.name for one in corrections.shown(dossier, edition, variant) if one.variant is variant}
    pairs = tuple(comparison.pairs(dossier.article, variant, beside))
    tags = {source, edition.locale, *(side.tag for one in pairs for side in (one.source, one.target))}
    return Comparison(
        title=plain(variant.parts.get("title")),
        canonical=compare_url(dossier, edition.locale, desk().public_url),
        article_url=page_url(dossier, edition.locale, path_prefix()),
        original_url=page_url(dossier, source, path_prefix()),
        sides={tag: _side(tag, edition.locale, dossier.site) for tag in sorted(tags)},
        original=source,
        translated=edition.locale,
        pairs=pairs,
        stale=edition.state == "stale",
        doubtful=sum(bool(one.doubts) and one.origin != "source" for one in pairs),
        left=sum(one.origin == "source" for one in pairs),
        first=comparison.first_doubt(variant),
        usual=next((origin for origin, _ in Counter(one.origin for one in pairs).most_common(1)), None),
    )


def _side(tag: str, locale: str, site: Site) -> Side:
    """A language as the page in `locale` names it. Sentences may be in one that is no locale of CLDR's, such as
    Minangkabau: all of those that we tell have Latin letters."""
    try:
        parse_locale(tag)
    except ValueError:
        return Side(str(babel_locale(locale).languages.get(tag, tag)), tag, "ltr")
    return Side(language_name(tag, locale), page_language(tag, site), direction(tag))
