"""Who may see an edition: the one decision that page, switcher, head, feeds and sitemaps all ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from service.article.types import Article, Edition, Indexing, Site, VariantState

Reason = Literal[
    "draft",
    "embargoed",
    "withdrawn",
    "held",
    "not_made",
    "unsound",
    "indexing_never",
    "not_reviewed",
    "public",
]
"""Why an edition is not visible, or else why it is not indexable, or else `public`."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The decision: `visible` to readers, `indexable` by search engines, or `gone` (410, not 404)."""

    visible: bool
    indexable: bool
    gone: bool
    reason: Reason


INDEXABLE_STATES: Final[dict[Indexing, frozenset[VariantState]]] = {
    "never": frozenset(),
    "reviewed": frozenset({"source", "reviewed"}),
    "machine": frozenset({"source", "reviewed", "machine"}),
}
"""What a site lets be indexed. `needs_review` is in none: it has errors, so it waits for a person."""


def publication(article: Article, edition: Edition, site: Site, now: datetime) -> Publication:
    """Decide about one edition of `article` at the instant `now` (aware).

    What was never public (draft, or embargoed, even if withdrawn since) is hidden exactly like what is unknown, so
    that its existence does not leak; what was is `gone` once withdrawn (410, RFC 9110, 15.5.11): the edition's
    `first_published_at` tells. An unsound source that no person has accepted is shown with a banner where the site
    only warns, never indexed, and kept from readers where it is `held`.

    A stale edition is still what readers see; it is judged by the state of the variant that it shows.
    """
    if article.published_at is not None and article.published_at > now:
        return _hidden("embargoed")
    if article.status == "draft":
        return _hidden("draft")
    if article.status == "withdrawn":
        was_public = edition.first_published_at is not None and edition.first_published_at <= now
        return Publication(visible=False, indexable=False, gone=was_public, reason="withdrawn")
    if held(article, site):
        return _hidden("held")
    if edition.variant is None:
        return _hidden("not_made")
    if not article.source_quality.trusted:
        return _noindex("unsound")
    if site.indexing == "never":
        return _noindex("indexing_never")
    if edition.variant.state not in INDEXABLE_STATES[site.indexing]:
        return _noindex("not_reviewed")
    return Publication(visible=True, indexable=True, gone=False, reason="public")


def held(article: Article, site: Site) -> bool:
    """Whether an unsound source waits for a person: nobody but the publisher sees it, and nothing is made of it.

    Where the site refuses such sources it is one that was taken before that.
    """
    return not article.source_quality.trusted and site.source_policy != "warn"


def _hidden(reason: Reason) -> Publication:
    return Publication(visible=False, indexable=False, gone=False, reason=reason)


def _noindex(reason: Reason) -> Publication:
    return Publication(visible=True, indexable=False, gone=False, reason=reason)
