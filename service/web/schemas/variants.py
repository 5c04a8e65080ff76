"""Variants: what people send of their own, and what is answered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final, Literal

from pydantic import BaseModel, Field

from service.article import types
from service.web.schemas.articles import Fields
from service.web.schemas.common import MAX_TITLE, Body, FindingOut, Line, Long, Person, Str
from service.web.schemas.pages import HeadOut

_ARTICLES_OWN: Final = datetime.min.replace(tzinfo=UTC)
"""Stands for the time of a correction: that is the article's to say."""


class VariantImageIn(Body):
    """The words of the article's picture in another language."""

    caption: Line | None = None
    alt: Line | None = None


class VariantIn(Body):
    """A person's own translation of an article. What is left out stays as the machine made it, else in the source's
    language, and says so. With `by` it counts as reviewed."""

    title: Annotated[Str, Field(min_length=1, max_length=MAX_TITLE)]
    dek: Annotated[Str, Field(max_length=5_000)] | None = None
    body: Long
    format: Literal["html", "text", "markdown"] = "html"
    image: VariantImageIn | None = None
    fields: Fields = Field({}, description="Under names that the article has.")
    corrections: Annotated[list[Annotated[Str, Field(max_length=5_000)]], Field(max_length=100)] = Field(
        [], description="The texts of the article's corrections, in its order."
    )
    by: Person | None = Field(None, description="Who vouches for it.")

    def submission(self, article_id: str) -> types.Submission:
        """The translation as it is read into parts."""
        return types.Submission(
            id=article_id,
            title=self.title,
            dek=self.dek,
            body=self.body,
            format=self.format,
            image_caption=self.image.caption if self.image else None,
            image_alt=self.image.alt if self.image else None,
            fields={name: types.Field(value.value, value.format) for name, value in self.fields.items()},
            corrections=tuple((_ARTICLES_OWN, text) for text in self.corrections),
        )


class ProposalEditIn(Body):
    """A person's edit of one sentence of a proposal."""

    target: Annotated[Str, Field(max_length=20_000)] = Field(
        description="Inline HTML, or plain text where the segment's `format` is `text`."
    )


class SegmentIn(ProposalEditIn):
    """A person's edit of one sentence that readers see."""

    by: Person | None = Field(None, description="Who edits; needed where the variant is reviewed.")


class ApprovalIn(Body):
    """Who vouches for a variant, and for which of it."""

    by: Person
    revision: Annotated[int, Field(ge=1, le=2**53, strict=True)] | None = Field(
        None, description="The `revision` of what was read: 412 where the variant or proposal is of another by now."
    )


class DateOut(BaseModel):
    """A moment for programs (RFC 3339) and in the words of the locale, in the site's time zone. Words that say how long
    ago it was are not among them, since they would be false in an answer that is kept: see `/v1/locales/{locale}`."""

    iso: datetime
    text: str = Field(description="Weekday, date, time and zone.")
    date: str = Field(description="Weekday and date.")
    day: str = Field(description="The date without its weekday.")
    time: str = Field(description="Time and zone.")


class ConversionOut(BaseModel):
    """A figure, and how the translation writes it. Places are in the texts without markup; `was`, where it is given,
    is what the model had written there: in place of `target` it undoes the conversion."""

    source: str
    source_start: int
    source_end: int
    target: str
    target_start: int
    target_end: int
    was: str | None


class SegmentOut(BaseModel):
    """A sentence. `source` and `target` are inline HTML, or plain text where `format` is `text`."""

    id: str
    block: str
    format: types.Format
    source: str
    target: str
    origin: types.Origin = Field(
        description="Who wrote the target; `approved`: a machine did, and a person approved it; `source`: it is"
        " left in the source's language."
    )
    model: str | None = Field(description="The model and its version, where one wrote it.")
    findings: list[FindingOut]
    conversions: list[ConversionOut] = Field(description="Figures written in another way than in the source.")


class BlockOut(BaseModel):
    """A paragraph, heading, item, attribute… `value` is HTML, or plain text where `format` is `text`."""

    id: str
    part: str
    role: str = Field(description="`attribute`: the text of an `alt`, `title`, `aria-label` or `placeholder`.")
    value: str
    format: types.Format


class CountsOut(BaseModel):
    """How the sentences came about; `flagged` are those with a warning or an error."""

    reused: int
    translated: int
    flagged: int


class TextOut(BaseModel):
    """A text in the format that was sent."""

    value: str
    format: types.Format


class ImageOut(BaseModel):
    """The article's picture, its words in the variant's language."""

    url: str | None = None
    caption: str | None = None
    alt: str | None = None
    credit: str | None = None
    width: int | None = None
    height: int | None = None


class CorrectionOut(BaseModel):
    """A correction: when it was published, and what it says. It is there at once, beside an older text as well."""

    at: DateOut
    text: str
    language: str | None = Field(None, description="The source's, while it is not translated.")


class ProposalOut(BaseModel):
    """What a machine made of a newer revision, while readers keep the approved text."""

    revision: int = Field(description="The article's revision that it is of.")
    title: str | None
    body: str | None
    segments: list[SegmentOut]
    needs_review: list[str] = Field(
        description="Ids of the segments that are not as a person approved them, and that no person wrote since."
    )


class VariantOut(BaseModel):
    """An article in one locale, as readers see it, with what a page needs and how each sentence came about."""

    article: str
    revision: int = Field(description="The article's revision that it is of; an older one where it is stale.")
    locale: str
    language: str = Field(description="What the page's `lang` says.")
    dir: Literal["ltr", "rtl"]
    language_names: dict[str, str] = Field(
        description="What the variant's language is called, in that of each of the site's locales."
    )
    byline: str = Field(description="The authors as a list in words; empty where none is named.")
    state: types.VariantState
    url: str
    slug: str | None = Field(
        description="For an address of your own: the source's as it was sent, else made of the title. It stays what it"
        " is once readers may see the variant."
    )
    provenance: str | None = Field(
        description="Where the text comes from, as BCP 47 has it (extension T): `id-t-en-t0-und` was made from English"
        " by a machine, `id-t-en` was written or approved by a person; null for the source. Data only: never a `lang`."
    )
    title: str | None
    dek: str | None
    body: str | None
    fields: dict[str, TextOut]
    image: ImageOut | None
    corrections: list[CorrectionOut]
    published: DateOut | None
    modified: DateOut | None
    original_updated: DateOut | None = Field(
        None, description="When the original was changed, where this is an older text that a person approved."
    )
    blocks: list[BlockOut]
    segments: list[SegmentOut]
    needs_review: list[str] = Field(
        description="Where the site publishes unreviewed text: ids of the segments that came anew to a text that a"
        " person had approved, and that no person wrote since."
    )
    counts: CountsOut
    model: str | None = Field(description="The model and its version.")
    repaired: int = Field(description="How many changes of the source it is made from: see `source_quality.changes`.")
    reviewed_by: str | None
    reviewed_at: datetime | None
    proposal: ProposalOut | None = None
    metadata: HeadOut
