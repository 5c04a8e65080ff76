"""Figures of a translation put right, and into the target's form: 8777 for 877 is 877 again, `1.5 juta` is `1,5 juta`.

`settle` works on what the model wrote: a figure that it miswrote is the source's again where the model's attention says
that the one was written for the other, and a figure that it kept gets the form of the target (see `forms`). `masked` is
for a sentence that still fails: its figures, written for the target, are carried through like any protected text. Each
change is told, with what stood there, so that it can be undone (`log`); what cannot be put right is left to `check`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from service.article import forms, numbers, protect, separators, units
from service.article.dates import dates
from service.article.forms import Form, Style
from service.article.inline import escape_text, to_text
from service.article.numbers import Difference, Figure
from service.article.numerals import SCALES
from service.article.types import ATOM, Atom, Conversion, Finding, Hypothesis, Inline, Link, Severity

_DIGITS: Final = re.compile(r"\d[\d.,]*\d|\d")
_LAST_WORD: Final = re.compile(r"[^\W\d_]+$")
_SWAPPED: Final = str.maketrans(".,", ",.")
_POINTED: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_ROUND: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})*[.,]\d00")
_NAME_BEFORE: Final = re.compile(r"\w\W+\w*[A-Z]\w*\s$")
"""The point of "on iOS 17.4" is none of a fraction."""
_CARDINAL: Final = re.compile(
    r"(?:^|\b(?:tanggal|pada|di|dari|hingga|sampai|sejak|untuk|nomor|pukul)\s|[^\w\s]\s?)$", re.I
)
"""What no `ke-` comes after."""
_KE_APART: Final = re.compile(r"(?<!\w)[Kk]e\s$")
_SLASHED: Final = re.compile(r"\d[/.\-]\d")
"""A date in figures."""
_SHARES_UNIT: Final = re.compile(r"\s?(?:[-–]|to|and|or|hingga|sampai|dan|atau)\s?(?:[^\W\d]{1,3}\$?\s?)?\d")
"""A range, whose unit stands at its end."""
_JOINED: Final = re.compile(r"[-–:/]")
EXPLAINED_ZONE: Final = re.compile(r"\d.{0,12}\bWI(?:B|TA?)\s?\((?:GMT|UTC)")
"""A time as we write it for readers abroad, which no model has learnt: masked from the start."""
_PERCENT: Final = re.compile(r"\s?(?:%|per\s?cent|persen)")


@dataclass(frozen=True, slots=True)
class Change:
    """A figure changed in a hypothesis: its place in the source, where it begins now, how it reads, how it read."""

    source: tuple[int, int]
    start: int
    now: str
    was: str

    @property
    def span(self) -> tuple[int, int]:
        """Where it is in the hypothesis."""
        return self.start, self.start + len(self.now)


@dataclass(frozen=True, slots=True)
class Settled:
    """A hypothesis with its figures settled, what was changed in it, and what is to be told of that."""

    hypothesis: Hypothesis
    changes: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()


def settle(source: str, hypothesis: Hypothesis, style: Style) -> Settled:
    """The hypothesis with the source's figures where it miswrote them, and all of them in the target's form.

    `source` is the plain sentence that the hypothesis translates; its links say which figure was written for which.
    """
    source_language, target_language = style.languages
    if source_language == target_language or not (numbers.has_digits(source) or numbers.has_digits(hypothesis.text)):
        return Settled(hypothesis)
    work = _Work(source, hypothesis, style)
    work.copied_dates()
    work.repair()
    work.reform()
    work.restore_units()
    return Settled(work.hypothesis, tuple(work.changes), tuple(work.findings))


def alone(text: str, style: Style) -> str:
    """Text that is figures only, a table's cell, as the target writes it: separators, and dates that could be misread.

    >>> alone("1.234,5", Style("id", "en-US")), alone("4/11/2025", Style("id", "en-US"))
    ('1,234.5', 'November 4, 2025')
    """
    work = _Work(text, Hypothesis(separators.converted(text, *style.languages), 0.0, (), ""), style)
    work.copied_dates()
    return work.hypothesis.text


@dataclass(slots=True)
class _Work:
    """A hypothesis while its figures are changed."""

    source: str
    hypothesis: Hypothesis
    style: Style
    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def compare(self, text: str | None = None) -> Difference:
        return numbers.compare(self.source, self.hypothesis.text if text is None else text, *self.style.languages)

    def change(self, figure: Figure, form: Form) -> None:
        """Write what is to stand for a figure of the source."""
        form = _stopped(form, self.hypothesis.text, self.source)
        was, shift = self.hypothesis.text[form.start : form.end], len(form.text) - (form.end - form.start)
        if form.text == was:
            return
        self.hypothesis = _replaced(self.hypothesis, form)
        kept: list[Change] = []
        for one in reversed(self.changes):
            begin, end = one.span
            if form.start <= begin and end <= form.end:
                was = was[: begin - form.start] + one.was + was[end - form.start :]
            else:
                kept.append(replace(one, start=begin + shift * (begin >= form.end)))
        self.changes = [*reversed(kept), Change((figure.start, figure.end), form.start, form.text, was)]

    def tell(self, code: str, message: str, evidence: str) -> None:
        self.findings.append(Finding(code, message, Severity.INFO, evidence))

    # --- what the model miswrote

    def repair(self) -> None:
        """The source's figures for those that were written for them and say something else."""
        difference = self.compare()
        while step := self._repaired(difference):
            figure, form, difference = step
            self.change(figure, form)
            message = "a figure that the model miswrote was put right from the source"
            self.tell("number-repaired", message, f"{self.changes[-1].was} → {form.text}")

    def _repaired(self, difference: Difference) -> tuple[Figure, Form, Difference] | None:
        """One figure of the source, what is to stand for it, and the smaller difference that this leaves."""
        for wanted in difference.missing:
            wrong = _aligned(wanted, difference.added, self.hypothesis.links)
            form = forms.written(wanted, self.source, self.style) if wrong else None
            if wrong is None or form is None or (wrong.readings[0].kind == "date" != wanted.readings[0].kind):
                continue
            start, end = forms.extent(wrong, self.hypothesis.text, self.style.languages[1])
            better = Form(start, end, form.text)
            after = self.compare(_replaced(self.hypothesis, better).text)
            if len(after.missing) < len(difference.missing) and len(after.added) < len(difference.added):
                return wanted, better, after
        return None

    # --- what it wrote in another form

    def reform(self) -> None:
        """The figures that agree in the target's form, from the last to the first."""
        for ours, theirs in reversed(self.compare().agreed):
            if form := self._form(ours, theirs):
                self.change(ours, form)

    def _form(self, ours: Figure, theirs: Figure) -> Form | None:
        if ours.optional or theirs.optional:
            return None
        source, target = self.style.languages
        if ours.readings[0].kind == "date":
            return self._date(ours, theirs)
        if time := forms.clock(ours, self.source, source):
            wording = time.written(target)
            return Form(*forms.clock_span(theirs, self.hypothesis.text), wording) if wording else None
        return self._number(ours, theirs)

    def _date(self, ours: Figure, theirs: Figure) -> Form | None:
        """Day and month never swapped, in a form that cannot be misread; those that nobody can tell as they stand."""
        found = forms.date_at(ours, self.source, self.style.languages[0])
        made = forms.date_at(theirs, self.hypothesis.text, self.style.languages[1])
        if found is None or made is None or found.core is None or made.core is None:
            return None
        day_month = forms.day_and_month(found, self.style.source)
        if day_month is None:
            return Form(*made.core, self.source[slice(*found.core)])
        if _SLASHED.search(self.hypothesis.text, *made.core):
            form = forms.written(ours, self.source, self.style)
            return Form(*made.core, form.text) if form else None
        wording = forms.worded(*day_month, found.year if made.year else None, self.style.target)
        return Form(*made.core, wording) if wording else None

    def copied_dates(self) -> None:
        """Dates in figures that the model copied, before anything reads 12/13 as two numbers."""
        for figure in numbers.figures(self.source, self.style.languages[0]):
            form = forms.written(figure, self.source, self.style) if figure.readings[0].kind == "date" else None
            core = self.source[form.start : form.end] if form else ""
            if form and _SLASHED.search(core) and form.text != core:
                copy = re.search(rf"(?<![\d/]){re.escape(core)}(?![\d/])", self.hypothesis.text)
                if copy:
                    self.change(figure, Form(*copy.span(), form.text))

    def _number(self, ours: Figure, theirs: Figure) -> Form | None:
        """Separators, scale word and sign of the target language; `ke-21` for 21st, `1990-an` for 1990s."""
        source, target = self.style.languages
        text = self.hypothesis.text
        digits = _DIGITS.search(theirs.text)
        if digits is None or theirs.readings[0].kind != "number":
            return None
        sign, behind = theirs.text[: digits.start()], theirs.text[digits.end() :]
        word = _LAST_WORD.search(behind)
        if word and theirs.scale != 1 and word[0].lower() not in SCALES.get(target, {word[0].lower()}):
            own = forms.scale_word(theirs.scale, target) or word[0]
            behind = (behind[: word.start()] or " ") + (own.capitalize() if word[0].istitle() else own)
        value = forms.currency(sign, self.style) + self._digits(digits[0], ours) + behind
        _, _, kind = forms.affixes(ours, self.source, source)
        start, end, made = forms.affixes(theirs, text, target)
        if not made:  # what is left in the source's form
            start, end, made = forms.affixes(theirs, text, source)
        if (
            kind == "ordinal"
            and not made
            and (apart := _KE_APART.search(text, max(0, start - 4), start))
            and target == "id"
        ):
            start, made = apart.start(), kind
        bare = not made and _CARDINAL.search(text, max(0, theirs.start - 12), theirs.start) and target == "id"
        return Form(start, end, value if bare else forms.affixed(value, kind, target))

    def _digits(self, digits: str, ours: Figure) -> str:
        """The digits of the target with the separators of its language."""
        written = _DIGITS.search(ours.text)
        target = self.style.languages[1]
        own, other = (digits, digits.translate(_SWAPPED))[:: 1 if numbers.has_point(target) else -1]
        foreign = written and _ROUND.fullmatch(written[0]) and digits.translate(_SWAPPED) == written[0]
        if written and foreign and separators.converted(written[0], *self.style.languages) == written[0]:
            return written[0]  # 13.000 in an English text: thirteen thousand, and so it stays
        exact = separators.converted(written[0], *self.style.languages) if written else digits
        stripped = {digits.rstrip("0"), digits.translate(_SWAPPED).rstrip("0")}
        if len(exact) != len(digits) and not exact.isdigit() and exact.rstrip("0") in stripped:
            return exact  # 4.00 for 4.000
        if _POINTED.fullmatch(own) or not _POINTED.fullmatch(other):
            return digits
        if _NAME_BEFORE.search(self.source, max(0, ours.start - 40), ours.start) and ours.text == digits:
            return digits
        return digits.translate(_SWAPPED)

    # --- what stood beside it

    def restore_units(self) -> None:
        """A percent sign or a currency that is gone, beside the figure that it stood beside."""
        for ours, theirs in reversed(self.compare().agreed):
            if ours.optional or theirs.optional or (form := self._with_unit(ours, theirs)) is None:
                continue
            self.change(ours, form)
            message = "a unit that the model dropped was put back from the source"
            self.tell("unit-repaired", message, f"{self.changes[-1].was} → {form.text}")

    def _with_unit(self, ours: Figure, theirs: Figure) -> Form | None:
        text = self.hypothesis.text
        kinds = set(units.beside(self.source, ours.start, ours.end))
        there = set(units.beside(text, theirs.start, theirs.end))
        if not kinds or _SHARES_UNIT.match(text, theirs.end):
            return None
        if "percent" in kinds - there and (beside := _PERCENT.match(self.source, ours.end)):
            word = {"en": " percent", "id": " persen"}.get(self.style.languages[1], "%")
            return Form(theirs.start, theirs.end, theirs.text + ("%" if beside[0].strip() == "%" else word))
        if there.isdisjoint(units.CURRENCIES) and not units.CURRENCIES.isdisjoint(units.beside(ours.text)):
            form = forms.written(ours, self.source, self.style)
            return Form(theirs.start, theirs.end, form.text) if form else None
        return None


def _aligned(wanted: Figure, added: tuple[Figure, ...], links: tuple[Link, ...]) -> Figure | None:
    """The one figure of the target that the links lead to from the wanted one; None where that is none or doubtful."""
    reached = {
        figure
        for link in links
        if link.source_start < wanted.end and link.source_end > wanted.start
        for figure in added
        if link.target_start < figure.end and link.target_end > figure.start
    }
    return reached.pop() if len(reached) == 1 else None


def _stopped(form: Form, text: str, source: str) -> Form:
    """The form with the sentence's one full stop, if its source has one; "p.m." shares it."""
    start, end, written = form
    if written.endswith(".") and text[end : end + 1] == ".":
        return Form(start, end + 1, written)
    if text[start:end].endswith(".") and end == len(text) and source.endswith(".") and not written.endswith("."):
        return Form(start, end, written + ".")
    return form


def _replaced(hypothesis: Hypothesis, form: Form) -> Hypothesis:
    """The hypothesis with a form in it, its links moved along."""
    start, end, written = form
    shift = len(written) - (end - start)

    def move(offset: int, inside: int) -> int:
        return offset if offset <= start else offset + shift if offset >= end else inside

    links = tuple(
        replace(
            link,
            target_start=move(link.target_start, start),
            target_end=move(link.target_end, start + len(written)),
        )
        for link in hypothesis.links
    )
    text = hypothesis.text[:start] + written + hypothesis.text[end:]
    return replace(hypothesis, text=text, links=links)


def doubtful(source: str, style: Style) -> tuple[Finding, ...]:
    """A finding for each date of the source whose day and month nobody can tell apart: it stands as it is."""
    language = style.languages[0]
    message = "day and month could not be told apart: the date stands as in the source"
    return tuple(
        Finding("date-ambiguous", message, Severity.WARNING, source[found.start : found.end])
        for found in (dates(source, language) if _SLASHED.search(source) else ())
        if forms.day_and_month(found, style.source) is None
    )


# --- carried through, for what still fails ---------------------------------------------------------------------------


def masked(content: Inline, style: Style, only: re.Pattern[str] | None = None) -> Inline:
    """The content with its figures replaced by atoms that carry them in the target's form; `only` those that fit.

    What a mark joins (a score, a range) is one. Figures that an element's edge cuts are left alone.
    """
    if only and not only.search(content.text):
        return content
    edges = {edge for span in content.spans for edge in (span.start, span.end)}
    for form in reversed(_carried(content.text, style)):
        if only and not only.search(content.text, form.start, form.end):
            continue
        if not any(form.start < edge < form.end for edge in edges):
            content = protect.replaced(content, form.start, form.end, Atom(escape_text(form.text), form.text))
    return content


def _carried(text: str, style: Style) -> list[Form]:
    carried: list[Form] = []
    for figure in numbers.figures(text, style.languages[0]):
        if figure.optional or (carried and figure.start < carried[-1].end):
            continue
        form = forms.written(figure, text, style)
        if form is None and figure.readings[0].kind == "date" and "/" not in figure.text:
            continue  # of a range of days, which reads best as the model writes it
        if form is None:
            start, end = forms.extent(figure, text, style.languages[0])
            form = Form(start, end, text[start:end])
        if text[form.end : form.end + 1] == "%":
            form = Form(form.start, form.end + 1, form.text + "%")
        if carried and _JOINED.fullmatch(text, carried[-1].end, form.start):
            last = carried.pop()
            form = Form(last.start, form.end, last.text + text[last.end : form.start] + form.text)
        carried.append(form)
    return carried


# --- the log ---------------------------------------------------------------------------------------------------------


def log(
    source: Inline, target: Inline, style: Style, changes: Sequence[Change] = (), plain: str = "", made: str = ""
) -> tuple[Conversion, ...]:
    """The figures that the target writes in another way than the source, at their places in both as a reader sees them.

    `changes` are what was changed in the hypothesis `made` of the sentence `plain`, which the two were made of.
    """
    ours, theirs = to_text(source), to_text(target)
    found: list[Conversion] = []
    for change in changes:
        place, span = _same(plain, change.source, source), _same(made, change.span, target)
        if place and span:
            found.append(Conversion(ours[slice(*place)], *place, theirs[slice(*span)], *span, change.was))
    for one, other in numbers.compare(ours, theirs, *style.languages).agreed:
        known = any(c.target_start < other.end and other.start < c.target_end for c in found)
        if not (known or one.optional or other.optional or one.text == other.text):
            found.append(Conversion(one.text, one.start, one.end, other.text, other.start, other.end))
    return tuple(sorted(found, key=lambda conversion: conversion.target_start))


def _same(plain: str, span: tuple[int, int], content: Inline) -> tuple[int, int] | None:
    """Where the text of a content has what stands at a place of its plain form, whose white space may differ."""
    piece = re.compile(r"\s+".join(map(re.escape, plain[slice(*span)].split())))
    before = sum(match.start() < span[0] for match in piece.finditer(plain))
    places = [match.span() for match in piece.finditer(content.text)]
    if not places:
        return None
    start, end = places[min(before, len(places) - 1)]
    shown = sum(len(atom.text) - 1 for atom in content.atoms[: content.text.count(ATOM, 0, start)])
    return start + shown, end + shown
