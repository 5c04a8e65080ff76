"""What the head and the switcher of a page say."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field, field_validator

from service.article import types
from service.article.metadata import PARTS
from service.web.schemas.common import Body, Str, Tag


class InLocale(Body):
    """The query of calls about one locale of an article."""

    locale: Tag | None = Field(None, description="Left out: the source's.")


class ForHead(InLocale):
    """The query of calls for a page's head."""

    parts: Str | None = Field(
        None,
        description=f"Only these, separated by commas: {', '.join(f'`{part}`' for part in PARTS)}. Left out: all.",
        examples=["hreflang,jsonld"],
    )

    @field_validator("parts")
    @classmethod
    def _known(cls, value: str | None) -> str | None:
        if unknown := set(value.split(",") if value is not None else ()) - set(PARTS):
            raise ValueError(f"knows no {' or '.join(sorted(map(repr, unknown)))}; there are {', '.join(PARTS)}")
        return value


class AlternateOut(BaseModel):
    """A `<link rel="alternate">`; `hreflang` is a language, or `x-default`."""

    hreflang: str
    href: str


class PropertyOut(BaseModel):
    """An Open Graph property."""

    property: str
    content: str


class HeadOut(BaseModel):
    """What a page's head says, for a CMS that prints its own tags; of its `parts`, where these were asked for."""

    title: str | None = None
    description: str | None = None
    robots: str | None = None
    canonical: str | None = None
    alternates: list[AlternateOut] | None = None
    open_graph: list[PropertyOut] | None = None
    json_ld: dict[str, Any] | None = None


class SwitcherItemOut(BaseModel):
    """`lang` is the label's language, `hreflang` that of the page at `url`."""

    name: str
    lang: str
    hreflang: str
    url: str | None = Field(description="null while it is being made: name it, link it nowhere.")
    current: bool
    state: types.VariantState
    note: str | None = Field(description="What to say beside the name: that it is being made, or is of an older text.")
    offer: str = Field(description="An invitation to the page, in the page's own language.")


class SwitcherOut(BaseModel):
    """The language switcher of a page; `lang` is the language of `label`, of `close` and of the notes."""

    label: str
    lang: str
    close: str
    style: Literal["native", "newspaper"]
    items: list[SwitcherItemOut]
