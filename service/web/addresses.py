"""The publisher's own addresses (`urls`) before they are kept: our pages redirect readers to them."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import normpath
from typing import Final
from urllib.parse import unquote, urlsplit

from flask import current_app

from service.article.targets import parse, site_locale
from service.article.types import Refusal, Site
from service.web.desk import desk
from service.web.frame import path_prefix

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


def check(urls: Mapping[str, str], site: Site) -> None:
    """Raises Refusal naming `urls.<tag>` for an address that must not stand for a locale of an article.

    Those are: a second one for the same locale (`en` and `en-US`: which would it be?), one of a host that is not
    among the site's, where it names any (whoever may post must not turn our pages into a redirect to anywhere), and
    one of our own pages, which would lead to itself without end.
    """
    seen: dict[str, str] = {}
    for tag, url in urls.items():
        field = f"urls.{tag}"
        locale = site_locale(parse(tag, field), site)
        if locale in seen:
            raise Refusal("url-doubled", field, f"{tag} and {seen[locale]} both mean {locale}: give one address for it")
        seen[locale] = tag
        if site.hosts and _host(url) not in {host.lower() for host in site.hosts}:
            allowed = ", ".join(site.hosts)
            raise Refusal("host-not-allowed", field, f"{_host(url)} is not among the site's hosts: {allowed}")
        if _ours(url):
            detail = f"{url} is a page of this service and would lead to itself: give your own page's address, or none"
            raise Refusal("url-is-ours", field, detail)


def _ours(url: str) -> bool:
    """Whether we answer at an address, however it is written.

    Not everything below the public address is ours: a proxy may serve the publisher's pages and ours from one host.
    """
    prefix = path_prefix()
    path = normpath(unquote(urlsplit(url).path) or "/")  # as a browser reads it: no `..`, no needless escapes
    if _host(url) != _host(desk().public_url) or not f"{path}/".startswith(f"{prefix}/"):
        return False
    return current_app.url_map.bind("").test(path.removeprefix(prefix) or "/", "GET")


def _host(url: str) -> str:
    """Host and port in lower case, without a port that goes without saying."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    return host if parts.port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f"{host}:{parts.port}"
