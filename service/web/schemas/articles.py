"""Articles: what is sent, what is answered, how a list is asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from service.article import types
from service.web.schemas.common import (
    MAX_FIELDS,
    Body,
    CandidateOut,
    Confidence,
    FindingOut,
    Instant,
    Line,
    Long,
    Person,
    Str,
    Tag,
    WebAddress,
    object_of,
)


def _absent(value: object) -> bool:
    return value is None


class AuthorIn(Body):
    """A person who wrote the article; the name is never translated."""

    name: Annotated[Str, Field(min_length=1, max_length=200)]
    url: WebAddress | None = None


Pixels = Annotated[int, Field(ge=1, le=100_000, strict=True)]


class ImageIn(Body):
    """The article's picture; its caption and alternative text are translated, its credit is not."""

    url: WebAddress | None = None
    caption: Line | None = None
    alt: Line | None = None
    credit: Annotated[Str, Field(max_length=300)] | None = None
    width: Pixels | None = Field(None, description="With `height`: pages keep the room for it while it loads.")
    height: Pixels | None = None


class FieldIn(Body):
    """A named extra of the CMS (SEO title, kicker), translated and given back under the same name."""

    value: Long
    format: types.Format = "text"


Fields = Annotated[
    dict[Annotated[Str, Field(pattern=r"^[A-Za-z_][\w-]{0,63}$")], FieldIn],
    Field(max_length=MAX_FIELDS),
    BeforeValidator(object_of),
]


class CorrectionIn(Body):
    """A correction of the article that was published."""

    at: Instant
    text: Annotated[Str, Field(min_length=1, max_length=5_000)]


class ArticleIn(Body):
    """An article. `targets` left out: the site's locales except the source's."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": "Madrid hosts summit on Ukraine",
                    "body": "<p>Leaders from 30 nations met in Madrid on Tuesday.</p>",
                    "language": "en",
                }
            ]
        }
    )

    title: Line | None = Field(None, description="Needed, but for plain text, where the first line stands in.")
    dek: Annotated[Str, Field(max_length=5_000)] | None = Field(None, description="The standfirst.")
    body: Long
    format: Literal["html", "text", "markdown"] = "html"
    language: Tag | None = Field(None, description="The source language; left out, it is detected.")
    targets: Annotated[list[Tag], Field(max_length=50)] | None = None
    status: Literal["draft", "published", "withdrawn"] = "published"
    published_at: Instant | None = Field(None, description="In the future: embargoed until then.")
    updated_at: Instant | None = None
    revision: Annotated[int, Field(ge=0, le=2**53, strict=True)] | None = Field(
        None, description="The caller's own; an older one than the stored is answered with `superseded`."
    )
    slug: Annotated[Str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=200)] | None = Field(
        None, description="The source's own; each translation gets one of its own, made of its title."
    )
    authors: Annotated[list[AuthorIn], Field(max_length=50)] = []
    image: ImageIn | None = None
    fields: Fields = {}
    corrections: Annotated[list[CorrectionIn], Field(max_length=100)] = []
    urls: Annotated[dict[Tag, WebAddress], Field(max_length=50), BeforeValidator(object_of)] = Field(
        {}, description="Your own pages by locale; on one of the site's `hosts` where it has any."
    )

    def submission(self, article_id: str) -> types.Submission:
        """The article as the pipeline takes it."""
        image = self.image
        return types.Submission(
            id=article_id,
            title=self.title,
            body=self.body,
            format=self.format,
            dek=self.dek or None,
            language=self.language or None,
            targets=tuple(self.targets) if self.targets is not None else None,
            status=self.status,
            published_at=self.published_at,
            updated_at=self.updated_at,
            revision=self.revision,
            slug=self.slug,
            authors=tuple(types.Author(author.name, author.url) for author in self.authors),
            image=types.Image(image.url, image.credit, image.width, image.height) if image else None,
            image_caption=image.caption if image else None,
            image_alt=image.alt if image else None,
            fields={name: types.Field(value.value, value.format) for name, value in self.fields.items()},
            corrections=tuple((correction.at, correction.text) for correction in self.corrections),
            urls=self.urls,
        )


class Listing(Body):
    """The query of the list of articles."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    after: Str | None = Field(None, description="`next` of the page before.")
    state: Literal[
        "source", "queued", "translating", "machine", "needs_review", "reviewed", "stale", "failed",
        "needs_language", "draft", "published", "withdrawn",
    ] | None = None  # fmt: skip
    language: Tag | None = None
    changed_since: Instant | None = Field(None, description="RFC 3339; a `+` is written `%2B` in a query.")


class Inclusion(Body):
    """The query of calls that answer with an article."""

    include: Str | None = Field(None, description="Any of `variants`, `head`, `switcher`, separated by commas.")


class SourceOut(BaseModel):
    """The language of the article: null, with the candidates, while it is unsure."""

    language: str | None
    locale: str | None
    declared: str | None = Field(description="What the caller said that it is.")
    confidence: Confidence
    candidates: list[CandidateOut]


class PlaceOut(BaseModel):
    """A piece of a block, in code points of its text without markup, as it was posted."""

    block: str
    start: int
    end: int
    text: str = Field(description="What stands there.")


class SourceFindingOut(BaseModel):
    """What was seen in a source: `code` is for programs and stays the same, `message` says why, for people."""

    code: str
    message: str
    severity: Literal["info", "warning", "error"] = Field(description="`error`: the source is not sound.")
    evidence: str
    confidence: Confidence
    places: list[PlaceOut]


class ChangeOut(BaseModel):
    """A change of the source: `before`, at its place in a block, becomes `after`; the other way round undoes it.

    Places are code points of the block's text without markup: as it was posted for `characters`, else after those.
    """

    id: str
    block: str
    start: int
    end: int
    before: str
    after: str
    kind: types.ChangeKind
    confidence: Confidence
    state: types.ChangeState = Field(
        description="`applied` as the article came in; `proposed`: translated so, and readers of the source's language "
        "see what was posted, until a person decides; `accepted`; `rejected`."
    )


class QualityOut(BaseModel):
    """Whether the source reads as a person's text, with the evidence; what mends it; who accepted it."""

    sound: bool
    findings: list[SourceFindingOut]
    changes: list[ChangeOut]
    accepted_by: str | None = Field(None, description="Who stands for the source, with the changes `accepted`.")
    accepted_at: datetime | None = None
    page: str = Field(description="Our page for editors, on which a person reads all this and accepts the source.")


class AcceptanceIn(Body):
    """Who stands for a source, and with which changes."""

    by: Person
    changes: Annotated[list[Annotated[Str, Field(max_length=20)]], Field(max_length=100_000)] | None = Field(
        None, description="The ids of those to accept; left out: all. `[]`: the text as it was posted."
    )
    revision: Annotated[int, Field(ge=1, le=2**53, strict=True)] | None = Field(
        None, description="The `revision` of the article that was read: 412 where it is another by now."
    )


class VariantLinkOut(BaseModel):
    """A variant of the article and how far it is."""

    locale: str
    state: types.VariantState
    progress: Annotated[float, Field(ge=0, le=1, description="0 to 1.")]
    url: str = Field(description="Its page: yours where `urls` has one, else ours.")
    visible: bool = Field(description="Whether readers may see it.")
    indexable: bool = Field(description="Whether search engines may list it.")
    error: str | None = Field(None, description="Why it failed.")


class ArticleOut(BaseModel):
    """An article: its source, what was found in it, its variants by state."""

    id: str
    site: str
    revision: int = Field(description="Counts the texts that were accepted, from 1.")
    status: types.Status
    outcome: Literal["created", "revised", "unchanged", "superseded"] | None = Field(
        None, description="What became of what was sent; only in answers to PUT and POST.", exclude_if=_absent
    )
    state: Literal["needs_language", "needs_acceptance", "in_progress", "settled"] = Field(
        description="`needs_acceptance`: the site holds unsound sources until a person accepts them. `settled`: "
        "nothing is being made any more."
    )
    source: SourceOut
    source_quality: QualityOut
    variants: list[VariantLinkOut]
    warnings: list[FindingOut]
    created_at: datetime
    changed_at: datetime
    included: dict[str, Any] | None = Field(
        None, description="What `include` asks for, by its name, then by locale.", exclude_if=_absent
    )


class ArticlesOut(BaseModel):
    """A page of the list of articles."""

    articles: list[ArticleOut]
    next: str | None = Field(description="Where the next page begins (`after`); null on the last.")
