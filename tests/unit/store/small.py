"""Articles and variants small enough to see through."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from service.article.slug import slug
from service.article.types import Article, Block, Detected, Inline, Part, Text, Variant

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

_ARTICLE = Article("a1", "default", "en-US", Detected("en", 1.0, ()), "en", (), targets=("id-ID",))
_VARIANT = Variant("id-ID", "machine", {"title": Text("text", "Judul")}, ())


def article(article_id: str = "a1", text: str = "A title", **changes: Any) -> Article:
    """An English article that is to be translated to Indonesian, with nothing but a title."""
    title = Part("title", "text", ("", "b1", ""), (Block("b1", "title", Inline(text)),))
    return replace(_ARTICLE, id=article_id, parts=(title,), **changes)


def variant(text: str = "Judul", **changes: Any) -> Variant:
    """A machine's Indonesian variant of it, with the slug that it is stored with."""
    return replace(_VARIANT, parts={"title": Text("text", text)}, slug=slug(text), **changes)
