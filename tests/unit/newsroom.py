"""A small newsroom for tests: stored articles as readers meet them, each with an English original."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from service.article.types import (
    Article,
    Candidate,
    Detected,
    Dossier,
    Edition,
    Site,
    SourceQuality,
    Text,
    Translation,
    Variant,
    VariantState,
)

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PUBLISHED = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
MADE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SITE = Site(name="The Harbour Post", hosts=("images.example",), indexing="machine")

ENGLISH: Mapping[str, Text] = {
    "title": Text("text", "Harbour reopens after the storm"),
    "dek": Text("text", "Ships sailed again on Monday."),
    "body": Text("html", "<p>The harbour reopened.</p>"),
}
INDONESIAN: Mapping[str, Text] = {
    "title": Text("text", "Pelabuhan dibuka kembali setelah badai"),
    "dek": Text("text", "Kapal berlayar lagi pada Senin."),
    "body": Text("html", "<p>Pelabuhan dibuka kembali.</p>"),
}


def article(**changes: Any) -> Article:
    """A published English article."""
    english = Detected("en", 0.99, (Candidate("en", 0.99),))
    plain = Article(
        id="harbour",
        site="default",
        locale="en-US",
        detection=english,
        declared=None,
        parts=(),
        targets=("id-ID",),
        published_at=PUBLISHED,
    )
    return replace(plain, **changes)


def edition(locale: str, state: VariantState = "machine", *, made: bool = True, **changes: Any) -> Edition:
    """An edition in the given state, or one of which nothing is `made` yet.

    Keywords are the edition's, or the variant's: `parts`, `segments`, `reviewed_by`, and `variant_state` for
    what a stale edition shows.
    """
    texts = INDONESIAN if locale.startswith("id") else ENGLISH
    variant = Variant(
        locale=locale,
        state=changes.pop("variant_state", state),
        parts={**texts, **changes.pop("parts", {})},
        segments=changes.pop("segments", ()),
        reviewed_by=changes.pop("reviewed_by", None),
    )
    times = {"first_published_at": MADE, "modified_at": MADE} if made else {}
    return Edition(locale, state, variant if made else None, **{**times, **changes})


def dossier(
    *editions: Edition,
    of: Article | None = None,
    site: Site = SITE,
    revision: int = 1,
    n: int = 0,
) -> Dossier:
    """A stored article; without editions: the source and a machine translation."""
    return Dossier(
        article=of or article(),
        site=site,
        editions=editions or (edition("en-US", "source"), edition("id-ID")),
        revision=revision,
        n=n,
        created_at=MADE,
        changed_at=MADE,
    )


def unsound(**changes: Any) -> Article:
    """An article whose source was found to be garbled."""
    return article(source_quality=SourceQuality(sound=False), **changes)


def kept(number: int = 0) -> Translation:
    """A sentence that was left in the source language."""
    return Translation(f"s{number}", f"b{number}", "The harbour.", "The harbour.", "source")
