"""Sites and their glossaries."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from service.article import termlist, types
from service.web.schemas.common import Body, Str, Tag


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be blank")
    return value


Word = Annotated[Str, AfterValidator(_not_blank)]


Prefix = Annotated[Str, Field(pattern=r"^(https?:/)?/[^\s\"'<>]*$", max_length=500)]


class SiteIn(Body):
    """What is left out keeps its value."""

    name: Annotated[Str, Field(min_length=1, max_length=200)] | None = None
    hosts: list[Annotated[Str, Field(pattern=r"^[a-z0-9.-]+(:\d+)?$", max_length=253)]] | None = None
    locales: Annotated[list[Tag], Field(min_length=1, max_length=50)] | None = None
    time_zone: Annotated[Str, Field(max_length=64)] | None = None
    indexing: Literal["reviewed", "machine", "never"] | None = None
    source_policy: Literal["warn", "hold", "refuse"] | None = None
    switcher_style: Literal["native", "newspaper"] | None = None
    starter_glossary: bool | None = Field(
        None, description="Whether the bundled terms apply where the site's glossary says nothing about them."
    )
    links: Annotated[list[Annotated[dict[Tag, Prefix], Field(min_length=2)]], Field(max_length=100)] | None = Field(
        None,
        description="What the addresses of the same pages begin with, by locale: links of articles sent from now on "
        "lead to the page of each variant's own.",
    )
    rupiah: types.Rupiah | None = Field(None, description="How amounts are written: `Rp1` or `Rp 1`.")
    units: types.Units | None = Field(
        None, description="How measures are written: `long` (*12 kilometer*) or `short` (*12 km*). None is converted."
    )
    publish_unreviewed: bool | None = Field(
        None,
        description="Whether the machine's text of a changed article replaces an approved translation at once; else "
        "it waits as a proposal, and readers keep the approved text. A translation that a person sent whole is never "
        "replaced.",
    )


class TermIn(Body):
    """How a term of the house is translated from one language to another."""

    source: Annotated[Word, Field(min_length=1, max_length=termlist.MAX_SOURCE)]
    target: Annotated[Word, Field(min_length=1, max_length=termlist.MAX_TARGET)] | None = Field(
        None, description="null: not translated."
    )
    source_language: Tag
    target_language: Tag
    case_sensitive: bool = True
    part_of_speech: types.PartOfSpeech | None = None


class GlossaryIn(Body):
    """All terms of the site: what is left out is removed."""

    terms: Annotated[list[TermIn], Field(max_length=termlist.MAX_TERMS)]


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
    starter_glossary: bool
    links: list[dict[str, str]]
    rupiah: types.Rupiah
    units: types.Units
    publish_unreviewed: bool


class TermOut(BaseModel):
    """A term of the house; `target` null: it is not translated."""

    source: str
    target: str | None
    source_language: str
    target_language: str
    case_sensitive: bool
    part_of_speech: str | None


class GlossaryOut(BaseModel):
    """All terms of the site."""

    terms: list[TermOut]


class MemoryIn(Body):
    """How a TMX file is taken in."""

    reviewed: bool = Field(False, description="People vouch for it: it then outranks glossary and models.")


class SkippedOut(BaseModel):
    """A unit of a TMX file that nothing was taken from: the line on which it begins, and why."""

    line: int
    reason: str


class MemoryOut(BaseModel):
    """How many sentences were taken in and how many units were not, with the first of those."""

    imported: int
    older: int = Field(description="Sentences that were not taken in, since a newer translation of theirs is there.")
    skipped: int
    first_skipped: list[SkippedOut]
