"""Sites and their glossaries."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from service.article import types
from service.web.schemas.common import Body, Str, Tag


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be blank")
    return value


Word = Annotated[Str, AfterValidator(_not_blank)]


class SiteIn(Body):
    """What is left out keeps its value."""

    name: Annotated[Str, Field(min_length=1, max_length=200)] | None = None
    hosts: list[Annotated[Str, Field(pattern=r"^[a-z0-9.-]+(:\d+)?$", max_length=253)]] | None = None
    locales: Annotated[list[Tag], Field(min_length=1, max_length=50)] | None = None
    time_zone: Annotated[Str, Field(max_length=64)] | None = None
    indexing: Literal["reviewed", "machine", "never"] | None = None
    source_policy: Literal["warn", "hold", "refuse"] | None = None
    switcher_style: Literal["native", "newspaper"] | None = None
    rupiah: types.Rupiah | None = Field(None, description="How amounts are written: `Rp1` or `Rp 1`.")


class TermIn(Body):
    """How a term of the house is translated from one language to another."""

    source: Annotated[Word, Field(min_length=1, max_length=200)]
    target: Annotated[Word, Field(min_length=1, max_length=500)] | None = Field(
        None, description="null: not translated."
    )
    source_language: Tag
    target_language: Tag
    case_sensitive: bool = True


class GlossaryIn(Body):
    """All terms of the site: what is left out is removed."""

    terms: Annotated[list[TermIn], Field(max_length=20_000)]


class SiteOut(BaseModel):
    """What a publication decided for all its articles."""

    id: str
    name: str
    hosts: list[str]
    locales: list[str]
    time_zone: str
    indexing: str
    source_policy: str
    switcher_style: str
    rupiah: types.Rupiah


class TermOut(BaseModel):
    """A term of the house; `target` null: it is not translated."""

    source: str
    target: str | None
    source_language: str
    target_language: str
    case_sensitive: bool


class GlossaryOut(BaseModel):
    """All terms of the site."""

    terms: list[TermOut]
