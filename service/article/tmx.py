"""Translation memories as files: TMX 1.4b (OSCAR, 2005), read and written a unit at a time.

Inline markup travels as `<bpt>`, `<ept>` and `<ph>` around the native code, HTML, so that a round trip keeps it. Of
the files of other tools the codes that are no HTML are left out and their words kept. Files are not trusted: nothing
outside of one is ever loaded, entities are refused, nesting and lengths have limits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import BinaryIO, Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from service import __version__
from service.article import check, fragment, markup, protect, tree
from service.article import locale as locales
from service.article.inline import escape_text, to_html, to_text
from service.article.sanitize import INLINES
from service.article.types import Entry

MEDIA_TYPE: Final = "application/x-tmx+xml"

_CHUNK: Final = 1 << 16
_DEPTH: Final = 64
_UNIT: Final = 1_000_000
"""Characters of a unit, all its languages and notes together: more is no file of sentences."""
_SENTENCE: Final = 20_000

_CODES: Final = frozenset({"bpt", "ept", "ph", "it", "ut"})
_OPEN: Final = re.compile(rf"<({'|'.join(sorted(INLINES))}|[a-z]+-[a-z-]+)(?:\s[^<>]*)?>", re.IGNORECASE)
_WHOLE: Final = re.compile(
    r"<!--.*-->|<(?:br|img|wbr|input|embed)\b[^<>]*>|<([a-z][a-z0-9]*)(?:\s[^<>]*)?>.*</\1>", re.IGNORECASE | re.DOTALL
)
"""What stands for itself in a sentence: a comment, an element without an end, one with all that it holds."""
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no way to write (2.2, Char)."""
_XML_LANG: Final = "xml:lang"


class TmxError(ValueError):
    """A file that cannot be read; the message names the line and the remedy."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A unit that no entry is made of: the line on which it begins, and why."""

    line: int
    reason: str


def read(file: BinaryIO, now: datetime, *, reviewed: bool) -> Iterator[Entry | Skipped]:
    """The entries of a TMX file, in order, and the units that give none.

    People stand behind an entry only where `reviewed` says so of the file, and its own `x-origin` does not say that a
    model or an unreviewed file made it. `now` dates what has no date. None is checked yet (see `judged`): a file is
    read to its end before anything is done with it. Raises TmxError.
    """
    parser = expat.ParserCreate()
    reader = _Reader(parser, now, reviewed)
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.EntityDeclHandler = reader.entity
    try:
        final = False
        while not final:
            chunk = file.read(_CHUNK)
            final = not chunk
            parser.Parse(chunk, final)
            yield from reader.ready
            reader.ready.clear()
    except expat.ExpatError as error:
        fault = expat.errors.messages[error.code]
        raise TmxError(f"line {error.lineno}: this is no well-formed XML ({fault}); export the memory again") from None
    except (_Refused, LookupError, ValueError) as error:  # an encoding that Python does not know
        raise TmxError(f"line {parser.CurrentLineNumber}: {error}") from None


def write(entries: Iterable[Entry], now: datetime) -> Iterator[bytes]:
    """Entries as a TMX file in UTF-8, piece by piece."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f'<header creationtool="Alihbahasa" creationtoolversion={quoteattr(__version__)} segtype="sentence" '
        f'o-tmf="Alihbahasa" adminlang="en" srclang="*all*" datatype="html" creationdate="{_written(now)}"/>\n<body>\n'
    ).encode()
    for entry in entries:
        properties = {"x-origin": entry.origin, "x-model": entry.model, "x-context": entry.context}
        yield "".join((
            f'<tu srclang="{entry.source_language}" segtype="sentence" changedate="{_written(entry.changed_at)}">\n',
            *(f'<prop type="{name}">{_clean(escape(value))}</prop>\n' for name, value in properties.items() if value),
            f'<tuv xml:lang="{entry.source_language}"><seg>{_coded(entry.source)}</seg></tuv>\n',
            f'<tuv xml:lang="{entry.target_language}"><seg>{_coded(entry.target)}</seg></tuv>\n</tu>\n',
        )).encode()  # fmt: skip
    yield b"</body>\n</tmx>\n"


def _coded(html: str) -> str:
    """Inline HTML as the content of a `<seg>`."""
    content = markup.parse_inline(html, None)
    spans = (
        replace(span, open=f'<bpt i="{n}">{escape(span.open)}</bpt>', close=f'<ept i="{n}">{escape(span.close)}</ept>')
        for n, span in enumerate(content.spans, 1)
    )
    atoms = (
        replace(atom, html=f"<ph>{escape(atom.html)}</ph>") if "<" in atom.html else atom for atom in content.atoms
    )
    coded = to_html(replace(content, spans=tuple(spans), atoms=tuple(atoms)))
    return _clean(coded.replace("&nbsp;", "\u00a0"))  # an entity of HTML alone


def _clean(text: str) -> str:
    return _CONTROL.sub("", text)


def _written(moment: datetime) -> str:
    """To the second, rounded up: what comes back is not older than what it was written from."""
    return f"{moment.astimezone(UTC) + timedelta(microseconds=999_999):%Y%m%dT%H%M%SZ}"


def _moment(written: str) -> datetime | None:
    try:
        return datetime.strptime(written, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


class _Refused(Exception):
    """The file breaks a limit or a rule of ours."""


@dataclass(slots=True)
class _Piece:
    """A run of text (`kind` empty), or a native code with the kind and the number of its element."""

    kind: str
    number: str
    text: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Unit:
    """A `<tu>` that is being read; `segments` are pairs of a language as written and its inline HTML."""

    line: int
    source: str
    changed: str
    properties: dict[str, str] = field(default_factory=dict)
    segments: list[tuple[str, str]] = field(default_factory=list)


class _Reader:
    """What expat tells, gathered to entries."""

    def __init__(self, parser: expat.XMLParserType, now: datetime, reviewed: bool) -> None:
        self.ready: list[Entry | Skipped] = []
        self._parser = parser
        self._now, self._reviewed = now, reviewed
        self._depth = self._codes = self._length = 0
        self._source = "*all*"
        self._unit: _Unit | None = None
        self._language = self._property = ""
        self._pieces: list[_Piece] = []
        self._in = ""

    def entity(self, name: str, *_: object) -> None:
        raise _Refused(f"the entity {name!r} is declared; entities are refused: write its text instead")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and name != "tmx":
            raise _Refused(f"this is <{name}>, not <tmx>; export the memory as TMX 1.4")
        if self._depth > _DEPTH:
            raise _Refused(f"elements are nested deeper than {_DEPTH}; export the memory without them")
        if name == "header":
            self._source = attributes.get("srclang", self._source)
        elif name == "tu":
            self._length = 0
            changed = attributes.get("changedate") or attributes.get("creationdate", "")
            self._unit = _Unit(self._parser.CurrentLineNumber, attributes.get("srclang", self._source), changed)
        elif name == "tuv" and self._unit:
            self._language = attributes.get(_XML_LANG) or attributes.get("lang", "")
            self._unit.changed = attributes.get("changedate", self._unit.changed)
        elif name in ("seg", "prop"):
            self._in, self._property, self._codes = name, attributes.get("type", ""), 0
            self._pieces = [_Piece("", "")]
        elif self._in == "seg" and name in _CODES:
            self._codes += 1
            if self._codes == 1:
                self._pieces.append(_Piece(name, attributes.get("i", "")))

    def characters(self, text: str) -> None:
        self._length += len(text)
        if self._unit and self._length > _UNIT:
            raise _Refused(f"the unit has more than {_UNIT:,} characters; cut it into sentences")
        if self._in:
            self._pieces[-1].text.append(text)

    def end(self, name: str) -> None:
        self._depth -= 1
        if name == "tu" and self._unit:
            self.ready += self._entries(self._unit)
            self._unit = None
        elif name == "prop" and self._unit:
            self._unit.properties[self._property] = "".join(self._pieces[0].text).strip()
        elif name == "seg" and self._unit:
            self._unit.segments.append((self._language, _html(self._pieces)))
        elif self._in == "seg" and name in _CODES:
            self._codes -= 1
            if self._codes == 0:
                self._pieces.append(_Piece("", ""))
        if name in ("seg", "prop"):
            self._in = ""

    def _entries(self, unit: _Unit) -> Iterator[Entry | Skipped]:
        try:
            segments = [(locales.language(locales.parse_locale(tag)), html.strip()) for tag, html in unit.segments]
            if unit.source != "*all*":
                first = locales.language(locales.parse_locale(unit.source))
                segments.sort(key=lambda one: one[0] != first)
            made = [self._entry(unit, segments[0], other) for other in segments[1:] if other[0] != segments[0][0]]
        except (ValueError, tree.MarkupError) as error:
            yield Skipped(unit.line, str(error))
            return
        yield from made
        if not made:
            yield Skipped(unit.line, "the unit has not two languages; give it a <tuv> for each")

    def _entry(self, unit: _Unit, source: tuple[str, str], target: tuple[str, str]) -> Entry:
        if max(len(source[1]), len(target[1])) > _SENTENCE:
            raise ValueError(f"a segment has more than {_SENTENCE:,} characters; cut it into sentences")
        content = markup.parse_inline(source[1], None)
        if not to_text(content).strip():
            raise ValueError("the source segment has no text")
        written = fragment.checked(to_html(markup.parse_inline(target[1], None)), content, "html")
        said, model = unit.properties.get("x-origin", "person"), unit.properties.get("x-model")
        entry = Entry(
            to_html(content), written, source[0], target[0], "imported", model,
            unit.properties.get("x-context", "")[:64], _moment(unit.changed) or self._now,
        )  # fmt: skip
        if said == "model" and model:
            return replace(entry, origin="model")
        if self._reviewed and said in ("person", "approved"):
            return replace(entry, origin="approved" if said == "approved" else "person")
        return entry


def judged(entry: Entry) -> Entry:
    """An entry that was read, with what the checks find where no person stands behind it."""
    if entry.origin in ("person", "approved"):
        return entry
    source, target = (to_text(markup.parse_inline(html, None)) for html in (entry.source, entry.target))
    return replace(entry, findings=tuple(check.check(source, target, entry.source_language, entry.target_language)))


def _html(pieces: list[_Piece]) -> str:
    """A segment as inline HTML: of the codes those that are whole HTML elements, or placeholders."""
    codes = {(piece.kind, piece.number): "".join(piece.text).strip() for piece in pieces if piece.kind}
    written: list[str] = []
    for piece in pieces:
        text = "".join(piece.text)
        if not piece.kind:
            written.append(escape_text(text))
        elif piece.kind == "ph":
            atoms = protect.text(text)[1]
            whole = _WHOLE.fullmatch(text.strip())
            placeholder = len(atoms) == 1 and atoms[0].text == text
            written.append(text.strip() if whole else escape_text(text) if placeholder else "")
        elif piece.kind in ("bpt", "ept") and piece.number:
            start = _OPEN.fullmatch(codes.get(("bpt", piece.number), ""))
            if start and codes.get(("ept", piece.number), "").lower() == f"</{start[1].lower()}>":
                written.append(text.strip())
    return "".join(written)
