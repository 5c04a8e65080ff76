"""A glossary as CSV (RFC 4180), as editors keep it in a spreadsheet: read with its faults named, and written.

The first row names the columns. `source`, `target`, `source_language` and `target_language` are needed;
`case_sensitive` (yes where it is empty), `part_of_speech` and `do_not_translate` may be left out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast, get_args

from service.article import locale as locales
from service.article.targets import parse
from service.article.types import PartOfSpeech, Refusal, Term

MAX_TERMS: Final = 20_000
MAX_SOURCE: Final = 200
MAX_TARGET: Final = 500

NEEDED: Final = ("source", "target", "source_language", "target_language")
COLUMNS: Final = (*NEEDED, "case_sensitive", "part_of_speech", "do_not_translate")

_YES: Final = frozenset({"yes", "y", "true", "1", "ya", "x"})
_NO: Final = frozenset({"no", "n", "false", "0", "tidak"})
_TOLD: Final = 50
"""Faults that are told of one file."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a cell. `row` counts as a spreadsheet does, the header being 1; `column` is its name."""

    row: int
    column: str
    message: str


class Faulty(ValueError):
    """A file that is no glossary: nothing of it is taken."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"row {one.row}, column {one.column}: {one.message}" for one in faults[:5]))
        self.faults = tuple(faults[:_TOLD])


def read(data: bytes) -> list[Term]:
    """The terms of a CSV file: UTF-8, with or without a BOM; commas, semicolons or tabs between the cells.

    Raises Faulty with all that is wrong in it, by row and column.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise Faulty([Fault(row, "?", "is not UTF-8: save the file as “CSV UTF-8”")]) from None
    rows = _rows(text)
    header = next(rows, (1, []))[1]
    columns = [name.strip().casefold().replace(" ", "_") for name in header]
    faults = list(_header_faults(columns))
    if faults:
        raise Faulty(faults)
    terms: list[Term] = []
    numbers: list[int] = []
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(terms) == MAX_TERMS:
            raise Faulty([Fault(number, "source", f"a glossary has at most {MAX_TERMS:,} terms")])
        if len(cells) > len(columns):
            faults.append(Fault(number, columns[-1], f"there are {len(cells)} cells for {len(columns)} columns"))
            continue
        try:
            terms.append(_term(dict(zip(columns, (cell.strip() for cell in cells), strict=False))))
            numbers.append(number)
        except Refusal as error:
            faults.append(Fault(number, error.field, error.message))
    faults += [Fault(numbers[index], error.field, error.message) for index, error in conflicts(terms)]
    if faults:
        raise Faulty(sorted(faults, key=lambda fault: fault.row))
    return terms


def write(terms: Iterable[Term]) -> str:
    """The terms as CSV: all columns, commas, CRLF. What it gives, `read` takes."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for term in terms:
        writer.writerow((
            term.source,
            term.target or "",
            term.source_language,
            term.target_language,
            "yes" if term.case_sensitive else "no",
            term.part_of_speech or "",
            "yes" if term.target is None else "",
        ))  # fmt: skip
    return out.getvalue()


def language(tag: str, field: str) -> str:
    """The language of a tag. Raises Refusal, which names the field."""
    return locales.language(parse(tag, field))


def conflicts(terms: Sequence[Term]) -> Iterator[tuple[int, Refusal]]:
    """Terms that say nothing, and those that are there twice, by their index; `Refusal.field` is a column."""
    seen: set[tuple[str, str, str]] = set()
    for index, term in enumerate(terms):
        pair = (term.source_language, term.target_language)
        if pair[0] == pair[1]:
            message = f"the term {term.source!r} is from {pair[0]} to {pair[0]}: nothing is translated between those"
            yield index, Refusal("term-same-language", "target_language", message)
        if (*pair, term.source) in seen:
            message = f"the term {term.source!r} is there twice for {pair[0]}-{pair[1]}"
            yield index, Refusal("term-doubled", "source", message)
        seen.add((*pair, term.source))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers. Raises Faulty for a quote that is never closed."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            yield number, cells
    except csv.Error as error:
        raise Faulty([Fault(number + 1, "?", f"is not CSV: {error}")]) from None


def _header_faults(columns: Sequence[str]) -> Iterator[Fault]:
    for name in NEEDED:
        if name not in columns:
            yield Fault(1, name, "is missing: the first row names the columns")
    for index, name in enumerate(columns):
        if name not in COLUMNS:
            yield Fault(1, name or "(empty)", f"is not known here; there are {', '.join(COLUMNS)}")
        elif name in columns[:index]:
            yield Fault(1, name, "is there twice")


def _term(row: Mapping[str, str]) -> Term:
    """A row as a term. Raises Refusal; its field is the column."""
    source, target = row["source"], row.get("target", "")
    kept = _flag(row, "do_not_translate", default=False)
    if not source:
        raise Refusal("term-blank", "source", "must not be blank")
    for column, text, most in (("source", source, MAX_SOURCE), ("target", target, MAX_TARGET)):
        if len(text) > most:
            raise Refusal("term-long", column, f"must have at most {most} characters, not {len(text)}")
    if not kept and not target:
        raise Refusal("term-blank", "target", "must not be blank; a term that stays as it is has do_not_translate: yes")
    if kept and target not in ("", source):
        raise Refusal("term-kept", "target", f"{target!r} is never written, for do_not_translate says yes: empty one")
    part = row.get("part_of_speech", "").casefold()
    if part and part not in get_args(PartOfSpeech):
        raise Refusal("part-unknown", "part_of_speech", f"{part!r} is none of {', '.join(get_args(PartOfSpeech))}")
    return Term(
        source,
        None if kept else target,
        language(row.get("source_language", ""), "source_language"),
        language(row.get("target_language", ""), "target_language"),
        _flag(row, "case_sensitive", default=True),
        cast(PartOfSpeech, part) if part else None,
    )


def _flag(row: Mapping[str, str], column: str, *, default: bool) -> bool:
    value = row.get(column, "").casefold()
    if value and value not in _YES | _NO:
        raise Refusal("flag-unknown", column, f"{value!r} is neither yes nor no")
    return value in _YES if value else default
