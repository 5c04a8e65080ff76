"""What every reader page has around it: its frame, its caching, its redirects, and the page that says no."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote, urlsplit

from flask import current_app, make_response, render_template, request
from werkzeug.wrappers import Response

from service.article.address import site_url
from service.article.locale import direction, page_language, parse_locale
from service.article.publication import publication
from service.article.switcher import PENDING, Item, Switcher, site_switcher, switcher, switcher_html
from service.article.types import Dossier, Edition, Site, Variant
from service.web.assets import ASSETS, YEAR
from service.web.desk import desk
from service.web.headers import content_security_policy
from service.web.kept import Rendered, Watch
from service.web.negotiate import negotiate
from service.web.page import choosing
from service.web.theme import theme_url
from service.web.ui import speak

COOKIE: Final = "alihbahasa_language"
PUBLIC: Final = "public, max-age=60, stale-while-revalidate=600"
PRIVATE: Final = "private, no-cache"
_KEPT: Final = "/:@!$&'()*+,;=~"
"""What may stand unescaped in a path (RFC 3986, 3.3)."""

RETRY_AFTER: Final = 15
"""Seconds after which a reader who waits for a translation should look again."""


def path_prefix() -> str:
    """The path that our own links begin with: that of the public address, whatever Host a request claims."""
    return urlsplit(desk().public_url).path.rstrip("/")


def resolve(tag: str, locales: Sequence[str], site: Site) -> str | None:
    """The locale that an address means: by its own spelling, else what the tag stands for (`en-US`, `in`)."""
    exact = next((locale for locale in locales if page_language(locale, site) == tag), None)
    meant = _understood(tag)
    return exact or (meant if meant in locales else None)


def _understood(tag: str) -> str | None:
    try:
        return parse_locale(tag)
    except ValueError:
        return None


def frame(site: Site, locale: str, links: Switcher | None) -> dict[str, object]:
    """What every page has around it; without `links` it has no switcher.

    An article may be there in a language that has left the site since: that has no list and no feed any more, so the
    way home is the list in the reader's own language.
    """
    prefix = path_prefix()
    listed = locale in site.locales
    home = site_url(site, locale, prefix) if listed else f"{prefix}/"
    return {
        "site": site,
        "language": page_language(locale, site),
        "direction": direction(locale),
        "home": home,
        "feed": f"{home}feed.xml" if listed else None,
        "stylesheet": f"{prefix}/assets/{ASSETS}/reader.css",
        "theme": theme_url(prefix),
        "switcher": switcher_html(choosing(links, prefix)) if links else "",
    }


def visible(tag: str, dossier: Dossier | None, now: datetime) -> tuple[Dossier, Edition, Variant] | Response:
    """The edition that an address means and the variant that readers see of it, or the page that says why there is
    none."""
    if dossier is None:
        return problem(404, "unknown", tag)
    locale = resolve(tag, [edition.locale for edition in dossier.editions], dossier.site)
    edition = dossier.edition(locale) if locale else None
    if edition is None:
        return problem(404, "unknown", tag, dossier=dossier)
    decision = publication(dossier.article, edition, dossier.site, now)
    if decision.visible and edition.variant is not None:
        return dossier, edition, edition.variant
    if decision.gone:
        return problem(410, "gone", tag)
    coming = decision.reason == "not_made" and edition.state in PENDING
    return problem(404, "being_made" if coming else "unknown", tag, dossier=dossier)


def problem(status: int, kind: str, tag: str, *, dossier: Dossier | None = None) -> Response:
    """A page that says, in the language of the address, why there is no article (`unknown`, `gone`,
    `being_made`).

    With a dossier it lists the editions that there are; those of a hidden article are none, so that its page
    equals an unknown one's byte for byte.
    """
    site = desk().site()
    locale = resolve(tag, site.locales, site) or site.locales[0]
    others = switcher(dossier, locale, path_prefix(), datetime.now(UTC)).items if dossier else ()
    response = _problem_page(status, kind, site, locale, [item for item in others if item.url and not item.current])
    response.headers["Cache-Control"] = PUBLIC if status == 410 else "no-cache"
    if kind == "being_made":
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def error_page(status: int) -> Response:
    """The page of an error that no view foresaw, in the language of the address, else in one that the reader reads."""
    try:
        site = desk().site()
    except Exception:  # whatever is down: the page that says so must not need it
        site = Site()
    addressed = resolve(request.path.split("/")[1], site.locales, site)
    kind = "unknown" if status == 404 else "refused" if status < 500 and status != 429 else "fault"
    if status in (429, 503):
        kind = "busy"
    response = _problem_page(status, kind, site, addressed or preferred(site.locales))
    response.headers["Cache-Control"] = "no-store"
    return response


def _problem_page(status: int, kind: str, site: Site, locale: str, others: Sequence[Item] = ()) -> Response:
    speak(current_app, locale)
    links = site_switcher(site, locale, path_prefix())
    return make_response(
        render_template("problem.html", kind=kind, others=others, **frame(site, locale, links)), status
    )


def preferred(available: Sequence[str], default: str | None = None) -> str:
    """The locale of `available` that this reader gets where the address names none."""
    return negotiate(request.cookies.get(COOKIE), request.headers.get("Accept-Language"), available, default)


def chosen(tag: str, address: str) -> Response:
    """Remember that the reader chose the language `tag`, and go on to `address`: the page without `?choose`.

    A page may be kept by caches, so it cannot set a cookie itself; and a cached page would not reach us. So
    the switcher of our own pages links to `/id/articles/x?choose`, which is never cached and leads (303) to
    the clean address of the same page: nothing to redirect elsewhere, and what a reader copies is the clean
    one. Crawlers have the clean addresses from hreflang and the sitemap, and are asked by robots.txt to leave
    these.
    """
    response = redirect(address, 303, "private, no-store")
    response.set_cookie(
        COOKIE,
        tag,
        max_age=YEAR,
        path=f"{path_prefix()}/",
        secure=desk().public_url.startswith("https:"),
        httponly=True,
        samesite="Lax",
    )
    return response


def redirect(location: str, status: int, cache: str) -> Response:
    """A redirect without a body; `location` is one of our paths, or an address that the publisher gave."""
    return Response(status=status, headers={"Location": location, "Cache-Control": cache})


def cleaned() -> Response | None:
    """The redirect to the one address of a page, where this request has a slash too many or too few at its end.

    Ours, since werkzeug's own would repeat the Host header to whoever asks, and would lose our path prefix.
    """
    rule = request.url_rule.rule if request.url_rule else "/"
    clean = request.path.rstrip("/") + ("/" if rule.endswith("/") else "")
    if clean == request.path:
        return None
    query = quote(request.query_string, safe=f"%?{_KEPT}")
    return redirect(f"{path_prefix()}{quote(clean, safe=_KEPT)}{f'?{query}' if query else ''}", 301, PUBLIC)


def negotiates(response: Response) -> Response:
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.headers["Cache-Control"] = PRIVATE
    return response


def rendered(
    page: str,
    tag: str,
    watches: tuple[Watch, ...],
    site: Site,
    dossier: Dossier | None = None,
    *,
    pictures: bool = True,
) -> Rendered:
    """A page in the language `tag`, as caches may have it: they may be told to purge all of a site, or all that shows
    an article. With `pictures` it may show those of the site's hosts."""
    keys = [f"site:{site.id}"] + ([f"article:{dossier.article.id}"] if dossier else [])
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Language": tag,
        "Cache-Control": PUBLIC,
        "Content-Security-Policy": content_security_policy(site.hosts if pictures else ()),
        "Surrogate-Key": " ".join(keys),
    }
    return Rendered(page.encode(), headers, watches)


def validated(response: Response) -> Response:
    """For pages of many articles: the entity tag of what they say."""
    response.add_etag()
    response.headers["Cache-Control"] = PUBLIC
    return response.make_conditional(request)
