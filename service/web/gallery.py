"""/switcher-gallery: every form and state of the language switcher, for those who build it into pages of their own.

In English like /docs: it is for developers. The one page of ours that runs a script, and only our own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Final

from flask import Blueprint, Response, make_response, render_template

from service.article.locale import direction, page_language
from service.article.publication import publication
from service.article.switcher import PENDING, Switcher, choice, switcher_html
from service.article.types import Dossier, Site, VariantState
from service.web.assets import ASSETS
from service.web.desk import desk
from service.web.frame import path_prefix, validated

gallery = Blueprint("gallery", __name__, template_folder="templates")

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A switcher to look at, on a page in the language and direction that are given."""

    id: str
    title: str
    about: str
    language: str
    direction: str
    switcher: Switcher

    def html(self, name: str | None = None) -> str:
        """What a CMS prints; `name` tells the navigation from the others of the gallery."""
        return switcher_html(replace(self.switcher, label=name) if name else self.switcher)


def _sample(id: str, title: str, about: str, page: str, site: Site, states: dict[str, VariantState]) -> Sample:
    urls = {tag: f"#{id}-{tag}" for tag, state in states.items() if state not in PENDING}
    return Sample(id, title, about, page_language(page, site), direction(page), choice(site, page, states, urls))


_BOTH: Final = Site()
_MANY: Final = Site(locales=("en-US", "id-ID", "ar-EG", "de-DE", "zh-CN", "pt-BR"))
_REGIONS: Final = Site(locales=("en-US", "en-GB", "id-ID"))


@cache
def samples() -> tuple[Sample, ...]:
    """Made by what makes the real ones, when first asked for: the names of so many languages take a while to read."""
    return (
    _sample("two", "Two languages", "The usual case: a person or a machine has translated the article.", "en-US", _BOTH,
            {"en-US": "source", "id-ID": "machine"}),
    _sample("pending", "Being translated", "A translation on its way is named, and is no link.", "en-US", _BOTH,
            {"en-US": "source", "id-ID": "translating"}),
    _sample("stale", "Older version", "The original has changed since; the translation can be read all the same.",
            "id-ID", _BOTH, {"en-US": "stale", "id-ID": "source"}),
    _sample("many", "Many languages", "Names in their own script and direction, in the site's order.",
            "en-US", _MANY,
            {"en-US": "source", "id-ID": "reviewed", "ar-EG": "machine", "de-DE": "stale", "zh-CN": "machine",
             "pt-BR": "queued"}),
    _sample("rtl", "On a page from right to left", "It takes the direction of the page around it.", "ar-EG", _MANY,
            {"en-US": "source", "id-ID": "stale", "ar-EG": "reviewed", "pt-BR": "queued"}),
    _sample("regions", "Two regions of a language", "They are told apart by the country, never by its flag.", "en-GB",
            _REGIONS, {"en-US": "source", "en-GB": "reviewed", "id-ID": "machine"}),
    _sample("newspaper", "As newspapers have it", "The site's setting switcher_style: newspaper.", "id-ID",
            Site(switcher_style="newspaper"), {"en-US": "source", "id-ID": "machine"}),
    )  # fmt: skip


def _readable(dossier: Dossier, now: datetime) -> bool:
    """Whether readers may see the article in its own language."""
    source = dossier.edition(dossier.article.locale or "")
    return source is not None and publication(dossier.article, source, dossier.site, now).visible


@gallery.get("/switcher-gallery")
def show() -> Response:
    """The gallery; the newest public article, if there is one, shows what the component asks for by itself."""
    newest = next((one for one in desk().recent() if _readable(one, datetime.now(UTC))), None)
    page = render_template(
        "gallery.html",
        samples=samples(),
        newest=newest.article if newest else None,
        script=f"{path_prefix()}/assets/{ASSETS}/language-switcher.js",
        stylesheet=f"{path_prefix()}/assets/{ASSETS}/gallery.css",
        docs=f"{path_prefix()}/docs",
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = POLICY
    return make_response(validated(response))
