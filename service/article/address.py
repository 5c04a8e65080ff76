"""Where a page is found. Absolute URLs begin with the `base_url` that is passed in, never with a Host header.

`base_url` may have a path prefix (`https://paper.example/alih`), or be only that prefix (`/alih`, or empty)
for links within our own pages.
"""

from __future__ import annotations

from urllib.parse import quote

from service.article.locale import page_language
from service.article.types import Dossier, Site


def page_url(dossier: Dossier, locale: str, base_url: str) -> str:
    """The one address of an edition: the CMS's own page where the caller named it, else our reader page.

    `:` stays as it is: a path segment may hold it (RFC 3986, 3.3), and article ids often do (`wp:site:123`).
    """
    return dossier.article.urls.get(locale) or _own(dossier, locale, base_url)


def compare_url(dossier: Dossier, locale: str, base_url: str) -> str:
    """The address of the page that puts an edition beside its original, always one of our own."""
    return f"{_own(dossier, locale, base_url)}/compare"


def site_url(site: Site, locale: str, base_url: str) -> str:
    """The address of the page that lists a site's articles in `locale`."""
    return f"{base_url.rstrip('/')}/{page_language(locale, site)}/"


def _own(dossier: Dossier, locale: str, base_url: str) -> str:
    return f"{site_url(dossier.site, locale, base_url)}articles/{quote(dossier.article.id, safe=':')}"
