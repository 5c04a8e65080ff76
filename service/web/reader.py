"""The pages that readers open: articles, their index, feeds, sitemap.

Addresses are `/{language}/…`, where a page never depends on cookie or browser. Only `/` and `/articles/{id}`
negotiate. How a choice of language is remembered without JavaScript is told at `chosen`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from mimetypes import guess_type
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from flask import Blueprint, current_app, make_response, render_template, request
from werkzeug.wrappers import Response

from service.article.address import page_url, site_url
from service.article.locale import direction, page_language, parse_locale
from service.article.metadata import head, head_html
from service.article.publication import Publication, publication
from service.article.switcher import Switcher, site_switcher, switcher, switcher_html
from service.article.types import Dossier, Site
from service.web.desk import desk
from service.web.feeds import MAX_URLS, atom, sitemap
from service.web.headers import allow_images
from service.web.negotiate import negotiate
from service.web.page import article_page, choosing, teaser
from service.web.ui import LanguageConverter, speak

COOKIE: Final = "alihbahasa_language"
YEAR: Final = 31_536_000
PUBLIC: Final = "public, max-age=60, stale-while-revalidate=600"
PRIVATE: Final = "private, no-cache"
RETRY_AFTER: Final = 15
"""Seconds after which a reader who waits for a translation should look again."""

_HERE: Final = Path(__file__).parent
_STATIC: Final = sorted((_HERE / "static").iterdir())
_FILES: Final = {file.name: file.read_bytes() for file in _STATIC}
_PAGE: Final = 200


def _fingerprint(*files: Path) -> str:
    digest = blake2b(digest_size=6)
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


_MADE_OF: Final = (
    *sorted(_HERE.glob("*.py")),
    *sorted((_HERE / "templates").iterdir()),
    *_STATIC,
    *sorted((_HERE.parent / "article").glob("*.py")),
)
VERSION: Final = _fingerprint(*_MADE_OF)
"""What pages are made of besides the article: part of each page's ETag."""

ASSETS: Final = _fingerprint(*_STATIC)
"""The version in the address of style sheets, so that browsers may keep them for good."""

reader = Blueprint("reader", __name__, template_folder="templates")
# Recorded before the routes below, so that they find it.
reader.record(lambda state: state.app.url_map.converters.update(language=LanguageConverter))


@reader.get("/<language:tag>/articles/<article_id>")
def article(tag: str, article_id: str) -> Response:
    """One edition of an article."""
    now = datetime.now(UTC)
    dossier = desk().dossier(article_id)
    if dossier is None:
        return problem(404, "unknown", tag)
    locale = _resolve(tag, [edition.locale for edition in dossier.editions], dossier.site)
    edition = dossier.edition(locale) if locale else None
    if locale is None or edition is None:
        return problem(404, "unknown", tag, dossier=dossier)
    decision = publication(dossier.article, edition, dossier.site, now)
    if not decision.visible or edition.variant is None:
        return _hidden(decision, edition.state in ("queued", "translating"), tag, dossier)
    address = page_url(dossier, locale, _prefix())
    if locale in dossier.article.urls:
        return _redirect(address, 302, PUBLIC)
    if tag != page_language(locale, dossier.site):
        return _redirect(address, 301, PUBLIC)
    if "choose" in request.args:
        return chosen(tag, address)
    etag = _etag(dossier, locale, now)
    if request.if_none_match.contains(etag):
        return _public(Response(status=304), etag)
    allow_images(dossier.site.hosts)
    speak(current_app, locale)
    page = render_template(
        "article.html",
        page=article_page(dossier, edition, edition.variant, _prefix(), now),
        head=head_html(head(dossier, locale, desk().public_url, now)),
        **_frame(dossier.site, locale, switcher(dossier, locale, _prefix(), now)),
    )
    return _public(make_response(page), etag)


@reader.get("/articles/<article_id>")
def negotiated(article_id: str) -> Response:
    """The article in the reader's language: the one redirect by language, never cached for others."""
    now = datetime.now(UTC)
    dossier = desk().dossier(article_id)
    decisions = _decisions(dossier, now) if dossier else {}
    visible = [locale for locale, decision in decisions.items() if decision.visible]
    if dossier is None or not visible:
        tag = page_language(_negotiated(desk().site().locales), desk().site())
        if dossier and any(decision.gone for decision in decisions.values()):
            return _negotiates(problem(410, "gone", tag))
        return _negotiates(problem(404, "unknown", tag))
    locale = _negotiated(visible, dossier.article.locale)
    return _negotiates(_redirect(page_url(dossier, locale, _prefix()), 302, PRIVATE))


@reader.get("/")
def home() -> Response:
    """The index in the reader's language."""
    site = desk().site()
    return _negotiates(_redirect(site_url(site, _negotiated(site.locales), _prefix()), 302, PRIVATE))


@reader.get("/<language:tag>/")
def index(tag: str) -> Response:
    """The articles that there are in a language, newest first."""
    now = datetime.now(UTC)
    site = desk().site()
    locale = _resolve(tag, site.locales, site)
    if locale is None:
        return problem(404, "unknown", tag)
    if tag != page_language(locale, site):
        return _redirect(site_url(site, locale, _prefix()), 301, PUBLIC)
    if "choose" in request.args:
        return chosen(tag, site_url(site, locale, _prefix()))
    teasers = [
        teaser(dossier, edition, edition.variant, _prefix())
        for dossier in desk().recent()
        if (edition := dossier.edition(locale))
        and edition.variant
        and publication(dossier.article, edition, dossier.site, now).visible
    ]
    speak(current_app, locale)
    page = render_template(
        "index.html",
        teasers=teasers,
        canonical=site_url(site, locale, desk().public_url),
        alternates=[
            (page_language(other, site), site_url(site, other, desk().public_url)) for other in site.locales
        ],
        indexable=site.indexing != "never",
        **_frame(site, locale, site_switcher(site, locale, _prefix())),
    )
    return _validated(make_response(page))


@reader.get("/<language:tag>/feed.xml")
def feed(tag: str) -> Response:
    """The Atom feed of a language: what may be indexed."""
    site = desk().site()
    locale = _resolve(tag, site.locales, site)
    if locale is None:
        return problem(404, "unknown", tag)
    if tag != page_language(locale, site):
        return _redirect(f"{site_url(site, locale, _prefix())}feed.xml", 301, PUBLIC)
    body = atom(site, locale, desk().recent(), desk().public_url, datetime.now(UTC))
    return _validated(Response(body, content_type="application/atom+xml; charset=utf-8"))


@reader.get("/sitemap.xml")
def sitemap_xml() -> Response:
    """All pages that may be indexed, with their alternates."""
    body = sitemap(_all_dossiers(), desk().public_url, datetime.now(UTC))
    return _validated(Response(body, content_type="application/xml; charset=utf-8"))


@reader.get("/robots.txt")
def robots() -> Response:
    """All may be crawled: a crawler has to be able to read that a page must not be indexed."""
    lines = (
        "User-agent: *",
        "Allow: /",
        "Disallow: /*?choose",
        f"Sitemap: {desk().public_url}/sitemap.xml",
        "",
    )
    return _validated(Response("\n".join(lines), content_type="text/plain; charset=utf-8"))


@reader.get("/assets/<version>/<name>")
def asset(version: str, name: str) -> Response:
    """A style sheet; kept for good under its own version, answered but not kept under any other."""
    if name not in _FILES:
        return problem(404, "unknown", desk().site().locales[0])
    response = Response(_FILES[name], mimetype=guess_type(name)[0])
    response.headers["Cache-Control"] = (
        f"public, max-age={YEAR}, immutable" if version == ASSETS else "no-cache"
    )
    return response


def chosen(tag: str, address: str) -> Response:
    """Remember that the reader chose the language `tag`, and go on to `address`: the page without `?choose`.

    A page may be kept by caches, so it cannot set a cookie itself; and a cached page would not reach us. So
    the switcher of our own pages links to `/id/articles/x?choose`, which is never cached and leads (303) to
    the clean address of the same page: nothing to redirect elsewhere, and what a reader copies is the clean
    one. Crawlers have the clean addresses from hreflang and the sitemap, and are asked by robots.txt to leave
    these.
    """
    response = _redirect(address, 303, "private, no-store")
    response.set_cookie(
        COOKIE,
        tag,
        max_age=YEAR,
        path=f"{_prefix()}/",
        secure=desk().public_url.startswith("https:"),
        httponly=True,
        samesite="Lax",
    )
    return response


def problem(status: int, kind: str, tag: str, *, dossier: Dossier | None = None) -> Response:
    """A page that says, in the language of the address, why there is no article (`unknown`, `gone`,
    `being_made`).

    With a dossier it lists the editions that there are; those of a hidden article are none, so that its page
    equals an unknown one's byte for byte.
    """
    site = desk().site()
    locale = _resolve(tag, site.locales, site) or site.locales[0]
    others: Switcher | None = (
        switcher(dossier, locale, _prefix(), datetime.now(UTC)) if dossier is not None else None
    )
    speak(current_app, locale)
    page = render_template(
        "problem.html",
        kind=kind,
        others=[item for item in others.items if not item.current] if others else [],
        **_frame(site, locale, site_switcher(site, locale, _prefix())),
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = PUBLIC if status == 410 else "no-cache"
    if kind == "being_made":
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _hidden(decision: Publication, coming: bool, tag: str, dossier: Dossier) -> Response:
    if decision.gone:
        return problem(410, "gone", tag)
    if decision.reason == "not_made":
        return problem(404, "being_made" if coming else "unknown", tag, dossier=dossier)
    return problem(404, "unknown", tag)


def _frame(site: Site, locale: str, links: Switcher) -> dict[str, object]:
    """What every page has around it."""
    prefix = _prefix()
    return {
        "site": site,
        "language": page_language(locale, site),
        "direction": direction(locale),
        "home": site_url(site, locale, prefix),
        "stylesheet": f"{prefix}/assets/{ASSETS}/reader.css",
        "switcher": switcher_html(choosing(links, prefix)),
    }


def _resolve(tag: str, locales: Sequence[str], site: Site) -> str | None:
    """The locale that an address means: by its own spelling, else what the tag stands for (`en-US`, `in`)."""
    exact = next((locale for locale in locales if page_language(locale, site) == tag), None)
    meant = _understood(tag)
    return exact or (meant if meant in locales else None)


def _understood(tag: str) -> str | None:
    try:
        return parse_locale(tag)
    except ValueError:
        return None


def _negotiated(available: Sequence[str], default: str | None = None) -> str:
    return negotiate(request.cookies.get(COOKIE), request.headers.get("Accept-Language"), available, default)


def _negotiates(response: Response) -> Response:
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.headers["Cache-Control"] = PRIVATE
    return response


def _decisions(dossier: Dossier, now: datetime) -> dict[str, Publication]:
    return {
        edition.locale: publication(dossier.article, edition, dossier.site, now)
        for edition in dossier.editions
    }


def _etag(dossier: Dossier, locale: str, now: datetime) -> str:
    """Of one page: the dossier's, and whatever else the page shows (site, address, what is public by now)."""
    rest = repr((VERSION, locale, dossier.site, desk().public_url, _decisions(dossier, now)))
    return f"{dossier.etag}-{blake2b(rest.encode(), digest_size=6).hexdigest()}"


def _public(response: Response, etag: str) -> Response:
    response.set_etag(etag)
    response.headers["Cache-Control"] = PUBLIC
    return response


def _validated(response: Response) -> Response:
    """For pages of many articles: the entity tag of what they say."""
    response.add_etag()
    response.headers["Cache-Control"] = PUBLIC
    return response.make_conditional(request)


def _redirect(location: str, status: int, cache: str) -> Response:
    """A redirect without a body; `location` is one of our paths, or an address that the publisher gave."""
    return Response(status=status, headers={"Location": location, "Cache-Control": cache})


def _prefix() -> str:
    """The path that our own links begin with: that of the public address, whatever Host a request claims."""
    return urlsplit(desk().public_url).path.rstrip("/")


def _all_dossiers() -> Iterator[Dossier]:
    offset = 0
    while offset < MAX_URLS and (found := desk().recent(limit=_PAGE, offset=offset)):
        yield from found
        offset += len(found)
