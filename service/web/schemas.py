"""The bodies of the API (v1), as pydantic models: what is checked, and what /openapi.json says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from service.article import types

MAX_TITLE = 1_000
MAX_TEXT = 1_000_000
MAX_FIELDS = 50
ID = r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,199}$"


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or any(c in value for c in ' <>"\\^`{|}\n\r\t'):
        raise ValueError("must be an absolute http or https URL")
    return value


def _no_control(value: str) -> str:
    if "\x00" in value:
        raise ValueError("must not contain NUL characters")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("must not contain lone surrogates") from None
    return value


def _instant(value: Any) -> Any:
    if isinstance(value, (int, float)):
        raise ValueError("must be an RFC 3339 time with an offset, such as 2025-11-04T09:00:00+07:00")
    return value


Str = Annotated[str, AfterValidator(_no_control)]
Line = Annotated[Str, Field(max_length=MAX_TITLE)]
Long = Annotated[Str, Field(max_length=MAX_TEXT)]
WebAddress = Annotated[str, Field(max_length=2_000, json_schema_extra={"format": "uri"}), AfterValidator(_web_address)]
Instant = Annotated[AwareDatetime, BeforeValidator(_instant)]
Tag = Annotated[Str, Field(max_length=35, examples=["en-US", "id-ID", "en", "id"])]


class Body(BaseModel):
    """A request's body or query: a field that is not known is an error, most often a misspelt one."""

    model_config = ConfigDict(extra="forbid")


# --- what is sent ----------------------------------------------------------------------------------------------------


class AuthorIn(Body):
    name: Annotated[Str, Field(min_length=1, max_length=200)]
    url: WebAddress | None = None


class ImageIn(Body):
    url: WebAddress | None = None
    caption: Line | None = None
    alt: Line | None = None
    credit: Annotated[Str, Field(max_length=300)] | None = None


class FieldIn(Body):
    value: Long
    format: Literal["text", "html"] = "text"


class CorrectionIn(Body):
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
    slug: Annotated[Str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=200)] | None = None
    authors: Annotated[list[AuthorIn], Field(max_length=50)] = []
    image: ImageIn | None = None
    fields: Annotated[
        dict[Annotated[Str, Field(pattern=r"^[A-Za-z_][\w-]{0,63}$")], FieldIn], Field(max_length=MAX_FIELDS)
    ] = {}
    corrections: Annotated[list[CorrectionIn], Field(max_length=100)] = []
    urls: Annotated[dict[Tag, WebAddress], Field(max_length=50)] = {}

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
            published_at=self.published_at and self.published_at.astimezone(UTC),
            updated_at=self.updated_at and self.updated_at.astimezone(UTC),
            revision=self.revision,
            slug=self.slug,
            authors=tuple(types.Author(author.name, author.url) for author in self.authors),
            image=types.Image(image.url, image.credit) if image else None,
            image_caption=image.caption if image else None,
            image_alt=image.alt if image else None,
            fields={name: types.Field(value.value, value.format) for name, value in self.fields.items()},
            corrections=tuple((correction.at.astimezone(UTC), correction.text) for correction in self.corrections),
            urls=self.urls,
        )


class VariantIn(Body):
    """A person's own translation of a whole article. With `by` it counts as reviewed."""

    title: Annotated[Str, Field(min_length=1, max_length=MAX_TITLE)]
    dek: Annotated[Str, Field(max_length=5_000)] | None = None
    body: Long
    format: Literal["html", "text", "markdown"] = "html"
    fields: dict[str, FieldIn] = {}
    by: Annotated[Str, Field(min_length=1, max_length=200)] | None = Field(None, description="Who vouches for it.")


class SegmentIn(Body):
    """A person's edit of one sentence, as inline HTML."""

    target: Annotated[Str, Field(max_length=20_000)]
    by: Annotated[Str, Field(min_length=1, max_length=200)] | None = None


class ApprovalIn(Body):
    by: Annotated[Str, Field(min_length=1, max_length=200)]


class SiteIn(Body):
    """What is left out keeps its value."""

    name: Annotated[Str, Field(min_length=1, max_length=200)] | None = None
    hosts: list[Annotated[Str, Field(pattern=r"^[a-z0-9.-]+(:\d+)?$", max_length=253)]] | None = None
    locales: Annotated[list[Tag], Field(min_length=1, max_length=50)] | None = None
    time_zone: Annotated[Str, Field(max_length=64)] | None = None
    indexing: Literal["reviewed", "machine", "never"] | None = None
    source_policy: Literal["warn", "hold", "refuse"] | None = None
    switcher_style: Literal["native", "newspaper"] | None = None


class TermIn(Body):
    source: Annotated[Str, Field(min_length=1, max_length=200)]
    target: Annotated[Str, Field(min_length=1, max_length=500)] | None = Field(
        None, description="null: not translated."
    )
    source_language: Tag
    target_language: Tag
    case_sensitive: bool = True


class GlossaryIn(Body):
    terms: Annotated[list[TermIn], Field(max_length=20_000)]


class TranslationIn(Body):
    text: Annotated[Str, Field(min_length=1, max_length=MAX_TEXT)]
    format: Literal["text", "html"] = "text"
    source: Tag | None = Field(None, description="Left out, it is detected.")
    target: Tag


class DetectionIn(Body):
    text: Annotated[Str, Field(max_length=MAX_TEXT)]


class Listing(Body):
    """The query of the list of articles."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    after: Str | None = Field(None, description="`next` of the page before.")
    state: Literal[
        "source", "queued", "translating", "machine", "needs_review", "reviewed", "stale", "failed",
        "needs_language", "draft", "published", "withdrawn",
    ] | None = None  # fmt: skip
    language: Tag | None = None
    changed_since: Instant | None = None


class Inclusion(Body):
    """The query of calls that answer with an article."""

    include: Str | None = Field(None, description="Any of `variants`, `head`, `switcher`, separated by commas.")


class InLocale(Body):
    """The query of calls about one locale of an article."""

    locale: Tag | None = Field(None, description="Left out: the source's.")


# --- what is answered ------------------------------------------------------------------------------------------------


class CandidateOut(BaseModel):
    language: str
    confidence: float


class FindingOut(BaseModel):
    code: str
    message: str
    severity: Literal["info", "warning", "error"]
    evidence: str = ""
    segment: str | None = None


class SourceOut(BaseModel):
    language: str | None
    locale: str | None
    declared: str | None
    confidence: float
    candidates: list[CandidateOut]


class QualityOut(BaseModel):
    sound: bool
    findings: list[FindingOut]
    changes: list[str]


class VariantLinkOut(BaseModel):
    locale: str
    state: str
    progress: float
    url: str
    visible: bool
    indexable: bool
    error: str | None = None


class DateOut(BaseModel):
    iso: datetime
    text: str


class SegmentOut(BaseModel):
    id: str
    block: str
    source: str
    target: str
    origin: str
    model: str | None
    findings: list[FindingOut]


class BlockOut(BaseModel):
    """`value` is HTML, or plain text where the part is."""

    id: str
    part: str
    role: str
    value: str


class CountsOut(BaseModel):
    reused: int
    translated: int
    flagged: int


class TextOut(BaseModel):
    value: str
    format: Literal["text", "html"]


class ImageOut(BaseModel):
    url: str | None = None
    caption: str | None = None
    alt: str | None = None
    credit: str | None = None


class CorrectionOut(BaseModel):
    at: DateOut
    text: str | None


class ProposalOut(BaseModel):
    """What a machine made of a newer revision, while readers keep the approved text."""

    revision: int
    title: str | None
    body: str | None
    segments: list[SegmentOut]


class AlternateOut(BaseModel):
    hreflang: str
    href: str


class PropertyOut(BaseModel):
    property: str
    content: str


class HeadOut(BaseModel):
    title: str
    description: str
    canonical: str
    robots: str
    alternates: list[AlternateOut]
    open_graph: list[PropertyOut]
    json_ld: dict[str, Any]


class VariantOut(BaseModel):
    article: str
    locale: str
    language: str
    dir: Literal["ltr", "rtl"]
    state: str
    url: str
    title: str | None
    dek: str | None
    body: str | None
    fields: dict[str, TextOut]
    image: ImageOut | None
    corrections: list[CorrectionOut]
    published: DateOut | None
    modified: DateOut | None
    blocks: list[BlockOut]
    segments: list[SegmentOut]
    counts: CountsOut
    model: str | None
    reviewed_by: str | None
    reviewed_at: datetime | None
    proposal: ProposalOut | None = None
    metadata: HeadOut


class ArticleOut(BaseModel):
    id: str
    site: str
    revision: int
    status: str
    outcome: Literal["created", "revised", "unchanged", "superseded"] | None = None
    state: Literal["needs_language", "in_progress", "settled"]
    source: SourceOut
    source_quality: QualityOut
    variants: list[VariantLinkOut]
    warnings: list[FindingOut]
    created_at: datetime
    changed_at: datetime
    included: dict[str, Any] | None = None


class ArticlesOut(BaseModel):
    articles: list[ArticleOut]
    next: str | None


class SwitcherItemOut(BaseModel):
    """`lang` is the label's language, `hreflang` that of the page at `url`."""

    name: str
    lang: str
    hreflang: str
    url: str
    current: bool
    state: str


class SwitcherOut(BaseModel):
    label: str
    lang: str
    style: Literal["native", "newspaper"]
    items: list[SwitcherItemOut]


class SiteOut(BaseModel):
    id: str
    name: str
    hosts: list[str]
    locales: list[str]
    time_zone: str
    indexing: str
    source_policy: str
    switcher_style: str


class TermOut(BaseModel):
    source: str
    target: str | None
    source_language: str
    target_language: str
    case_sensitive: bool


class GlossaryOut(BaseModel):
    terms: list[TermOut]


class PairOut(BaseModel):
    source: str
    target: str
    models: list[dict[str, str]]


class LocaleOut(BaseModel):
    locale: str
    language: str
    name: str
    english_name: str
    dir: Literal["ltr", "rtl"]


class LanguagesOut(BaseModel):
    pairs: list[PairOut]
    locales: list[LocaleOut]


class TranslationOut(BaseModel):
    translation: str
    source: str
    target: str
    findings: list[FindingOut]


class DetectionOut(BaseModel):
    language: str | None
    confidence: float
    candidates: list[CandidateOut]
    reason: str | None = None
