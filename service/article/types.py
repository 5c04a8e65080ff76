"""The vocabulary of the product: frozen values that every layer speaks in, and the callables that it passes down.

Locales are BCP 47 tags with a region (`en-US`), languages are their first subtag (`en`). Offsets are code points.
Times are aware datetimes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, NamedTuple, Protocol

Format = Literal["text", "html"]


# --- what is found ---------------------------------------------------------------------------------------------


class Severity(StrEnum):
    """How much a finding matters: `error` keeps a variant from being published as good without a person."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a deterministic check saw, with the evidence for it.

    `code` is stable and machine-readable (`numbers-changed`); `message` is for a person, in English; `evidence` is
    the piece of text that shows it; `segment` is the segment's id where it is about one.
    """

    code: str
    message: str
    severity: Severity = Severity.WARNING
    evidence: str = ""
    segment: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of a block, for a finding to point at: code points of its text as a reader sees it, in which each image,
    line break or other markup without text is one character (`protect.opened`)."""

    block: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceFinding:
    """Something that was seen in a source: what (`code`), why (`message`), where, and how sure it is (0 to 1).

    `code`, `message`, `severity` and `evidence` are those of a Finding; `error` makes the whole source unsound.
    """

    code: str
    message: str
    severity: Severity = Severity.WARNING
    evidence: str = ""
    confidence: float = 1.0
    places: tuple[Place, ...] = ()


class Refusal(ValueError):
    """A submission that cannot be accepted. `field` names what is wrong, the message says why and the remedy;
    `findings` are what was seen in a source that is refused."""

    def __init__(self, code: str, field: str, message: str, findings: tuple[SourceFinding, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.field = field
        self.message = message
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Candidate:
    """A language that the text may be in, with a confidence between 0 and 1."""

    language: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Detected:
    """A language that the text is surely in."""

    language: str
    confidence: float
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Unsure:
    """The honest answer to a text that is too short or too mixed to tell."""

    candidates: tuple[Candidate, ...]
    reason: str


# --- text with markup --------------------------------------------------------------------------------------------

ATOM = "\ufffc"
"""OBJECT REPLACEMENT CHARACTER: the one character that an atom occupies in `Inline.text`."""


@dataclass(frozen=True, slots=True)
class Span:
    """An inline element around `text[start:end]`; the pieces that sentences cut it into share its `element`."""

    start: int
    end: int
    element: int
    open: str
    close: str


@dataclass(frozen=True, slots=True)
class Atom:
    """Markup carried through unread: `<br>`, an image, a comment, `<code>…</code>`, `translate="no"`."""

    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Inline:
    """Text with its inline elements: `spans` outermost first, and one `atoms` entry for each ATOM in `text`."""

    text: str
    spans: tuple[Span, ...] = ()
    atoms: tuple[Atom, ...] = ()


# --- the article -------------------------------------------------------------------------------------------------

Rule = Literal["translate", "dateline", "furniture", "keep"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence: `content.text[start:end]` of its block.

    `id` is made from the text, so that it survives edits elsewhere in the article. `rule` says who writes the
    target: the precedence person > glossary > memory > model, a rule (for datelines, for page furniture), or nobody
    (`keep`). `language` is set where it differs from its block's (a quotation within a paragraph).
    """

    id: str
    start: int
    end: int
    rule: Rule = "translate"
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A tag or an atom within a block that has text in attributes (`title`, `alt`): as it is, and as a skeleton of
    the blocks that they are (see Part)."""

    html: str
    skeleton: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A run of inline content: a paragraph, a heading, a list item, a caption, a table cell, an attribute's text.

    `language` is set where it differs from the article's (a quotation in another language). `format` is `text` in
    a part of plain text, and for an attribute. `labelled` is what in it has such attributes.
    """

    id: str
    role: str
    content: Inline
    segments: tuple[Segment, ...] = ()
    language: str | None = None
    format: Format = "html"
    labelled: tuple[Labelled, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One translatable part of an article (`title`, `dek`, `body`, `image.caption`, `fields.kicker`, `corrections.0`).

    `skeleton` alternates markup and block ids (markup first and last), so that the part is written back by joining
    it with each block's HTML in place of its id: the caller's own markup, untouched.
    """

    name: str
    format: Format
    skeleton: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Author:
    """A person who wrote the article; names are never translated."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Image:
    """The article's picture. Caption and alternative text are parts (`image.caption`, `image.alt`).

    `width` and `height` are its own, in pixels, so that a page can keep the room for it.
    """

    url: str | None = None
    credit: str | None = None
    width: int | None = None
    height: int | None = None


ChangeKind = Literal["characters", "mojibake", "typography", "spun"]
"""What a change mends: code points that nobody sees (`characters`), text that was decoded wrongly (`mojibake`),
ligatures and letters of another width (`typography`), a spinner's word (`spun`)."""

ChangeState = Literal["applied", "proposed", "accepted", "rejected"]


@dataclass(frozen=True, slots=True)
class Change:
    """`before`, at a place in a block (see Place), becomes `after`; `before` in its place again undoes it.

    Changes of `characters` are `applied` as a text comes in, their places are in the text as it was posted. All others
    are `proposed` until a person decides, their places are in the text after the former.
    """

    id: str
    block: str
    start: int
    end: int
    before: str
    after: str
    kind: ChangeKind
    confidence: float = 1.0
    state: ChangeState = "proposed"


@dataclass(frozen=True, slots=True)
class SourceQuality:
    """Whether the source text is sound, with the evidence; what mends it; and who accepted it, and when.

    A person accepts a source with those of the changes that they accept, or as it was posted, with none.
    """

    sound: bool = True
    findings: tuple[SourceFinding, ...] = ()
    changes: tuple[Change, ...] = ()
    accepted_by: str | None = None
    accepted_at: datetime | None = None

    @property
    def trusted(self) -> bool:
        """Whether it may be treated as any sound text: it is one, or a person stands for it."""
        return self.sound or self.accepted_by is not None


Status = Literal["draft", "published", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Correction:
    """When a correction was published; its text is the part `corrections.<n>`."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Field:
    """A named extra of the CMS (SEO title, kicker), translated and given back under the same name."""

    value: str
    format: Format = "text"


@dataclass(frozen=True, slots=True)
class Submission:
    """An article as a caller hands it over, already checked for shape and size but not yet read.

    `format` may also be `markdown`. `targets` empty means: the site's locales except the source's.
    """

    id: str
    title: str | None
    body: str
    format: Literal["html", "text", "markdown"] = "html"
    dek: str | None = None
    language: str | None = None
    targets: tuple[str, ...] | None = None
    status: Status = "published"
    published_at: datetime | None = None
    updated_at: datetime | None = None
    revision: int | None = None
    slug: str | None = None
    authors: tuple[Author, ...] = ()
    image: Image | None = None
    image_caption: str | None = None
    image_alt: str | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)
    corrections: tuple[tuple[datetime, str], ...] = ()
    urls: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """An article that has been read: parsed, its language told, its source judged.

    `locale` is the source's locale, None while the language is unsure (then `targets` is empty and nothing is made).
    `links` are the site's rules (see Site) when it was read. `posted` are the parts as they came, where `parts` are
    the repaired ones (see `repair`).
    """

    id: str
    site: str
    locale: str | None
    detection: Detected | Unsure
    declared: str | None
    parts: tuple[Part, ...]
    targets: tuple[str, ...] = ()
    status: Status = "published"
    published_at: datetime | None = None
    updated_at: datetime | None = None
    revision: int | None = None
    slug: str | None = None
    authors: tuple[Author, ...] = ()
    image: Image | None = None
    corrections: tuple[Correction, ...] = ()
    urls: Mapping[str, str] = field(default_factory=dict)
    links: tuple[Mapping[str, str], ...] = ()
    source_quality: SourceQuality = SourceQuality()
    warnings: tuple[Finding, ...] = ()
    posted: tuple[Part, ...] = ()

    @property
    def language(self) -> str | None:
        """The source language's first subtag, None while unsure."""
        return self.locale.partition("-")[0] if self.locale else None

    def blocks(self) -> tuple[Block, ...]:
        """All blocks in reading order."""
        return tuple(block for part in self.parts for block in part.blocks)


# --- the variant -------------------------------------------------------------------------------------------------

Origin = Literal["source", "person", "approved", "glossary", "memory", "model", "rule", "kept"]
"""Who wrote a target: `approved` a machine, and a person approved it; `source` is the untranslated sentence, left in
for want of better."""

VariantState = Literal["source", "queued", "translating", "machine", "needs_review", "reviewed", "stale", "failed"]


@dataclass(frozen=True, slots=True)
class Conversion:
    """A figure of the source, and how the target writes it; places are code points of the texts without markup.

    `was` is what the model had written there, None where it is the model's own: with it in place of `target` the
    conversion is undone.
    """

    source: str
    source_start: int
    source_end: int
    target: str
    target_start: int
    target_end: int
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """The target of one segment. `source` and `target` are inline HTML; `model` names the model and its version."""

    segment: str
    block: str
    source: str
    target: str
    origin: Origin
    findings: tuple[Finding, ...] = ()
    model: str | None = None
    reused: bool = False
    conversions: tuple[Conversion, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How the segments of a variant came about; `flagged` counts those with a warning or an error."""

    reused: int = 0
    translated: int = 0
    flagged: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A part in the variant's language: plain text or HTML."""

    format: Format
    value: str


@dataclass(frozen=True, slots=True)
class BlockText:
    """A block in the variant's language: HTML, or plain text as its part is or an attribute."""

    id: str
    part: str
    role: str
    value: str
    format: Format = "html"


@dataclass(frozen=True, slots=True)
class Variant:
    """An article in one locale: the finished parts by name, and the segments they were made of.

    `state` here is one of `source`, `machine`, `needs_review`, `reviewed`; what depends on the job or on a newer
    revision (`queued`, `stale`…) is told by the store. `own` has the parts in whose markup a person's translation is
    written; empty where it is the article's. `unreviewed` are the ids of the segments that came anew to a text that a
    person had approved, and that no person wrote or approved since. `early` has the corrections of a newer text alone,
    which are translated before the rest of it. `repaired` counts the changes of the source that it is made from.
    `slug` is frozen once readers may see the variant.
    """

    locale: str
    state: VariantState
    parts: Mapping[str, Text]
    segments: tuple[Translation, ...]
    blocks: tuple[BlockText, ...] = ()
    counts: Counts = Counts()
    model: str | None = None
    by_person: bool = False
    reviewed_by: str | None = None
    reviewed_at: datetime | None = None
    own: tuple[Part, ...] = ()
    unreviewed: tuple[str, ...] = ()
    early: Variant | None = None
    repaired: int = 0
    slug: str | None = None

    @property
    def protected(self) -> bool:
        """Whether a person wrote or approved it as a whole: then no machine may replace it."""
        return self.by_person or self.state == "reviewed"

    def text(self, name: str) -> str | None:
        """The value of a part, None where the article has no such part."""
        part = self.parts.get(name)
        return part.value if part else None

    @property
    def language(self) -> str:
        """The locale's language subtag."""
        return self.locale.partition("-")[0]


# --- the translation memory ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """What a translation memory holds of a sentence in a pair of languages; `source` and `target` are inline HTML.

    People stand behind `person` and `approved`; `imported` came in a file that nobody vouched for, `model` names the
    one that wrote it. `context` tells the sentences around it (see `Keys`), empty where none is known.
    """

    source: str
    target: str
    source_language: str
    target_language: str
    origin: Literal["person", "approved", "imported", "model"]
    model: str | None
    context: str
    changed_at: datetime
    findings: tuple[Finding, ...] = ()
    conversions: tuple[Conversion, ...] = ()


# --- the site ----------------------------------------------------------------------------------------------------

Indexing = Literal["reviewed", "machine", "never"]
Rupiah = Literal["Rp1", "Rp 1"]
Units = Literal["long", "short"]
"""How amounts are written: closed up, the standard spelling (EYD V), or with a space, as Kompas and others do."""


PartOfSpeech = Literal["name", "noun", "verb", "adjective", "other"]


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry of a site, from one language to another. `target` None: the term is not translated.

    Where case counts, a capital at the start of a sentence is no other case; where it does not, the target takes the
    case of what it stands for. A verb is found in all its forms
    (`menyita`, `disita`); of other terms a sentence may have the plural, and what hangs on them (`-nya`, `'s`).
    """

    source: str
    target: str | None
    source_language: str
    target_language: str
    case_sensitive: bool = True
    part_of_speech: PartOfSpeech | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """What a publication decides for all its articles.

    `links` are rules for links in articles: what the addresses of the same pages begin with, by locale.
    `publish_unreviewed`: what a machine makes of a changed article replaces an approved translation at once, instead of
    waiting for a person's approval.
    """

    id: str = "default"
    name: str = "Alihbahasa"
    hosts: tuple[str, ...] = ()
    locales: tuple[str, ...] = ("en-US", "id-ID")
    time_zone: str = "Asia/Jakarta"
    indexing: Indexing = "reviewed"
    source_policy: Literal["warn", "hold", "refuse"] = "warn"
    switcher_style: Literal["native", "newspaper"] = "native"
    starter_glossary: bool = True
    links: tuple[Mapping[str, str], ...] = ()
    rupiah: Rupiah = "Rp1"
    units: Units = "long"
    publish_unreviewed: bool = False


# --- what is stored, as readers meet it --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edition:
    """A locale of a stored article as it stands now.

    `variant` is what readers see, None while nothing is made; `state` also tells of the job and of newer revisions.
    `progress` is between 0 and 1. `first_published_at` and `modified_at` speak of the visible text. `proposal` is what
    a machine made of the current text, while what readers see is an older one that a person approved.
    """

    locale: str
    state: VariantState
    variant: Variant | None
    progress: float = 1.0
    first_published_at: datetime | None = None
    modified_at: datetime | None = None
    error: str | None = None
    proposal: Variant | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A stored article with its site and editions: all that a page, a feed or a head fragment is made from.

    `editions` has the source's first. `revision` counts accepted texts, `n` the changes of its variants.
    """

    article: Article
    site: Site
    editions: tuple[Edition, ...]
    revision: int
    n: int
    created_at: datetime
    changed_at: datetime

    @property
    def etag(self) -> str:
        """The strong entity tag of everything under the article's address (RFC 9110, 8.8.3)."""
        return f"{self.revision}.{self.n}"

    def edition(self, locale: str) -> Edition | None:
        """The edition in a locale, None where there is none."""
        return next((edition for edition in self.editions if edition.locale == locale), None)


# --- what the pipeline is given ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """One output piece and the source characters it came from: `target[start:end]` <- `source[start:end]`."""

    source_start: int
    source_end: int
    target_start: int
    target_end: int


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A model's answer for one sentence: plain text, a length-normalised log-probability, and its alignment."""

    text: str
    score: float
    links: tuple[Link, ...]
    model: str


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to search for a translation. The defaults are the first pass; retries turn them up."""

    beam_size: int = 2
    no_repeat_ngram: int = 0
    repetition_penalty: float = 1.0


class Translate(Protocol):
    """Plain sentences to hypotheses, each with the place of its sentence, in the order in which they are ready.

    What is not taken need not be made: who stops early ends the work.
    """

    def __call__(
        self, sentences: Sequence[str], source: str, target: str, *, decoding: Decoding = ...
    ) -> Iterator[tuple[int, Hypothesis]]: ...


@dataclass(frozen=True, slots=True)
class Remembered:
    """An earlier target for a sentence, by a person, approved by one, or by a model or a file.

    `source` is the sentence that it was made for, inline HTML like `target`. `filled`: it was made of one that differs
    in its figures, addresses or placeholders.
    """

    target: str
    origin: Literal["person", "approved", "memory"]
    model: str | None = None
    findings: tuple[Finding, ...] = ()
    source: str = ""
    conversions: tuple[Conversion, ...] = ()
    filled: bool = False


class Keys(NamedTuple):
    """What a sentence may be remembered under, each a SHA-256 in hex: itself between its neighbours, itself, and its
    pattern (see `patterns`), empty where it has none."""

    context: str
    exact: str
    pattern: str


class Recall(Protocol):
    """The keys of sentences to what is remembered under each of them; keys that are not known are left out."""

    def __call__(self, keys: Sequence[Keys]) -> Mapping[str, Remembered]: ...


class Terms(Protocol):
    """The glossary of the site for a pair of languages."""

    def __call__(self, source: str, target: str) -> Sequence[Term]: ...


class Progress(Protocol):
    """Told how many segments of how many are done; may raise to stop the work."""

    def __call__(self, done: int, total: int) -> None: ...
