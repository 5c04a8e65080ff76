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
    own = dossier.article.urls.get(locale)
    return own or f"{site_url(dossier.site, locale, base_url)}articles/{quote(dossier.article.id, safe=':')}"


def site_url(site: Site, locale: str, base_url: str) -> str:
    """The address of the page that lists a site's articles in `locale`."""
    return f"{base_url.rstrip('/')}/{page_language(locale, site)}/"
