"""Values to JSON and back, checked on the way in: what the document columns hold."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from service.article.types import Article, Conversion, Finding, Site, Variant


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def dump(kind: Any, value: Any) -> str:
    """A value of one of the frozen types as JSON."""
    return _adapter(kind).dump_json(value).decode()


def load_article(document: str) -> Article:
    """The article that a document holds."""
    article: Article = _adapter(Article).validate_json(document)
    return article


def load_variant(document: str) -> Variant:
    """The variant that a document holds."""
    variant: Variant = _adapter(Variant).validate_json(document)
    return variant


def load_site(document: str) -> Site:
    """The site that a document holds."""
    site: Site = _adapter(Site).validate_json(document)
    return site


def load_findings(document: str) -> tuple[Finding, ...]:
    """The findings that a document holds."""
    findings: tuple[Finding, ...] = _adapter(tuple[Finding, ...]).validate_json(document)
    return findings


def load_conversions(document: str) -> tuple[Conversion, ...]:
    """The conversions that a document holds."""
    conversions: tuple[Conversion, ...] = _adapter(tuple[Conversion, ...]).validate_json(document)
    return conversions
