"""Plain text as newspapers give it, to an article: title, credit, standfirst, a body with headings and lists.

Plain text has no marks for any of these, so each is told by its form and its place, and what is in doubt
stays a paragraph. No word is dropped: what is not in the article is in the evidence of a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice, pairwise

from service.article import boilerplate, dateline
from service.article.furniture import closing_switcher
from service.article.types import Finding, Severity

_TITLE = 500
"""Characters beyond which a title is none, and is not searched for a credit."""

_WRAP = 120
"""Characters beyond which a line is a paragraph, not a piece of one that an editor has wrapped."""


@dataclass(frozen=True, slots=True)
class PlainArticle:
    """An article out of plain text.

    `html` is the body, in h2, p, ul, ol and li, with no attribute but `start`. `locales` are the BCP 47 tags
    that a closing switcher line names, in its order.
    """

    title: str
    credit: str | None
    dek: str | None
    html: str
    locales: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph, and which of the groups between blank lines it stands in."""

    text: str
    group: int


def read(text: str, *, title: str | None = None, dek: str | None = None) -> PlainArticle:
    """Reads an article; without a `title` the first line is it. Never fails: at worst all is paragraphs."""
    lines = [line.strip() for line in text.removeprefix("\ufeff").splitlines()]
    first = next((at for at, line in enumerate(lines) if line), len(lines)) + 1 if title is None else 0
    findings = []
    if dropped := {at for at in range(first, len(lines)) if boilerplate.dropped(lines[at])}:
        message = "Labels of adverts and share buttons: no text of the article."
        evidence = "\n".join(lines[at] for at in sorted(dropped))
        findings.append(Finding("furniture", message, Severity.INFO, evidence))
        lines = [line for at, line in enumerate(lines) if at not in dropped]
    left, locales = closing_switcher(lines[first:])
    if locales:
        evidence = "\n".join(filter(None, lines[first + left :]))
        message = "The closing line names languages: a switcher, not text of the article."
        findings.append(Finding("furniture", message, Severity.INFO, evidence))
    paragraphs = _paragraphs(lines[: first + left])
    headline = _Paragraph(" ".join((title or "").split()), -1)
    if title is None and paragraphs:
        headline, *paragraphs = paragraphs
    heading, credit = split_credit(headline.text)
    evidence = headline.text[len(heading) :].strip()
    if credit is None and paragraphs and (line := _CREDIT_LINE.fullmatch(paragraphs[0].text)):
        credit, evidence = line["credit"].strip(), paragraphs.pop(0).text
    if credit:
        findings.append(Finding("credit", "The picture's credit, taken off the title.", Severity.INFO, evidence))
    if dek is None and _has_standfirst(headline.group, paragraphs):
        dek = paragraphs.pop(0).text
    body = "\n".join(_blocks([paragraph.text for paragraph in paragraphs]))
    return PlainArticle(heading, credit, dek, body, locales, tuple(findings))


# --- the picture's credit -----------------------------------------------------------------------------------

_SURE = (
    r"(?:photo|image|picture|pic)s? (?:credits?|by|courtesy)|"
    r"(?:kredit|sumber|dok\.?) (?:foto|gambar)|foto (?:oleh|dok\.?)"
)
_LABEL = r"credits?|kredit|foto|photos?|image|picture|gambar"
_VALUE = r"(?P<credit>[^\n]{2,100})"
_AGENCIES = "Getty|Reuters|AFP|AP|Antara|ANTARA|Unsplash|Pexels|Pixabay|Shutterstock|Flickr"
_SOURCE = rf"(?=.*(?:/|©|@|\bvia\b|\b(?:{_AGENCIES})\b))"
_CREDITS = (
    re.compile(rf"(?P<title>.*\S)\s*[(\[]\s*(?i:{_SURE}|{_LABEL})\s*:\s*(?P<credit>[^()\[\]]{{2,100}})[)\]]\.?"),
    re.compile(rf"(?P<title>.*\S)\s+(?i:{_SURE})\s*:\s*{_VALUE}"),
    re.compile(rf"(?P<title>.*[.!?…\"”'’)\]])\s+(?=[A-Z])(?i:{_LABEL})\s*:\s*{_VALUE}"),
    re.compile(rf"(?P<title>.*\S)\s+[|–—-]\s+(?=[A-Z])(?i:{_LABEL})\s*:\s*{_VALUE}"),
    re.compile(rf"(?P<title>.*\S)\s+(?=[A-Z])(?i:{_LABEL})\s*:\s*{_SOURCE}{_VALUE}"),
    re.compile(rf"(?P<title>.*\b[a-z][\w-]*)\s+(?=[A-Z])(?i:{_LABEL})\s*:\s*(?P<credit>[A-Z]\S*(?: \S+){{0,3}})"),
)
_CREDIT_LINE = re.compile(rf"[(\[]?(?i:{_SURE}|{_LABEL})\s*:\s*(?P<credit>\S+(?: \S+){{0,7}}?(?<![.?!:]))[)\]]?")


def split_credit(title: str) -> tuple[str, str | None]:
    """A title without the picture's credit at its end, and that: "… summit. Credit: A. B. via Unsplash".

    The label has to stand apart: in brackets, behind a full stop or a dash, or with an agency or a "via" in
    the credit; or with a capital in a title that has none. "Banks Tighten Credit: Why It Matters" is a title,
    and so is "Foto: Banjir di Jakarta", with nothing before the label.
    """
    title = title.strip()
    for pattern in _CREDITS if len(title) <= _TITLE else ():
        if match := pattern.fullmatch(title):
            return match["title"].rstrip(), match["credit"].strip()
    return title, None


# --- lines to paragraphs ------------------------------------------------------------------------------------


def _paragraphs(lines: Sequence[str]) -> list[_Paragraph]:
    """The paragraphs: lines, or runs of them where so many begin small that an editor has wrapped them."""
    groups: list[list[str]] = [[]]
    for line in lines:
        if line:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    width = max((len(line) for line in lines if " " in line), default=0)
    breaks = [pair for group in groups for pair in pairwise(group)]
    inside = sum(after[0].islower() for _, after in breaks)
    if width > _WRAP or not inside or inside < 0.4 * len(breaks):
        return [_Paragraph(line, number) for number, group in enumerate(groups) for line in group]
    titled = len(groups) < 2  # without blank lines the first line is a title, however long it is
    return [
        _Paragraph(text, number)
        for number, group in enumerate(groups)
        for text in _unwrap(group, width, keep_first=titled)
    ]


def _unwrap(group: Sequence[str], width: int, *, keep_first: bool) -> Iterator[str]:
    """Joins a line to the one before if that had no room for its first word, or if it begins small."""
    text, before = "", ""
    for number, line in enumerate(group):
        room = width - len(before) - 1 - len(line.split(maxsplit=1)[0])
        full = room < 0 and not (keep_first and number == 1) and not _ITEM.match(line)
        if text and (full or line[0].islower()):
            hyphenated = text[-1] == "-" and text[-2:-1].isalpha() and line[0].islower()
            text += line if hyphenated else f" {line}"
        else:
            if text:
                yield text
            text = line
        before = line
    if text:
        yield text


# --- paragraphs to blocks -----------------------------------------------------------------------------------

_ITEM = re.compile(r"(?:(?P<bullet>[-*•▪‣◦])|(?P<number>\d{1,3})[.)])\s+(?P<item>\S.*)")
_STOPS = tuple('.,;:!…"”’»)')
_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*(?=\s|\Z)")
_LINK = re.compile(
    r"(?i:baca juga|baca selengkapnya|simak|lihat juga|tonton juga|read also|read more|also read|see also|"
    r"related|advertisement|iklan|scroll (?:to|untuk))\b"
)
_BYLINE = re.compile(
    r"(?i:(?:by|oleh|penulis|editor|reporter|laporan|wartawan|published|updated|diperbarui)\b\s*:?\s|"
    r"(?:senin|selasa|rabu|kamis|jumat|sabtu|minggu|\w+day),?\s+\(?(?:\d|\w+ \d+,? \d{4}))"
)
"""Who and when: "By Jane Doe", "Selasa, 04 Nov 2025 14:30 WIB"."""


def _blocks(texts: Sequence[str]) -> Iterator[str]:
    """The HTML of each block."""
    at = 0
    while at < len(texts):
        items = _run_of_items(texts, at)
        if items:
            yield _list(items)
            at += len(items)
            continue
        name = "h2" if _is_heading(texts, at) else "p"
        yield f"<{name}>{escape(texts[at], quote=False)}</{name}>"
        at += 1


def _run_of_items(texts: Sequence[str], at: int) -> list[re.Match[str]]:
    """The list that begins here: two or more lines with the same bullet, or with figures that count up."""
    run: list[re.Match[str]] = []
    for text in islice(texts, at, None):
        match = _ITEM.fullmatch(text)
        if match is None or (run and not _follows(run[-1], match)):
            break
        run.append(match)
    return run if len(run) > 1 else []


def _follows(before: re.Match[str], match: re.Match[str]) -> bool:
    if match["bullet"] or before["bullet"]:
        return bool(match["bullet"] == before["bullet"])
    return int(match["number"]) == int(before["number"]) + 1


def _list(items: Sequence[re.Match[str]]) -> str:
    number = items[0]["number"]
    name = "ol" if number else "ul"
    start = f' start="{int(number)}"' if number and int(number) != 1 else ""
    inner = "".join(f"<li>{escape(match['item'], quote=False)}</li>" for match in items)
    return f"<{name}{start}>{inner}</{name}>"


def _is_heading(texts: Sequence[str], at: int) -> bool:
    """Whether a line is a section heading: formed like one, and a paragraph or a list comes next."""
    if at + 1 >= len(texts) or not _is_headlike(texts[at]):
        return False
    return not _is_headlike(texts[at + 1]) or bool(_run_of_items(texts, at + 1))


def _is_headlike(text: str) -> bool:
    """Whether it is short, begins like a title and has no full stop; a question may head a section too."""
    numbered = _ITEM.fullmatch(text)
    return (
        len(text) <= 80
        and len(text.split()) <= 12
        and (text[0].isupper() or text[0].isdecimal() or text[0] in "\"“‘'«¿")
        and (numbered is None or numbered["item"][0].isupper())
        and any(char.isalpha() for char in text)
        and not text.endswith(_STOPS)
        and not _LINK.match(text)
        and not _BYLINE.match(text)
        and dateline.find(text) is None
    )


def _has_standfirst(title: int, paragraphs: Sequence[_Paragraph]) -> bool:
    """Whether the first paragraph is a standfirst (the dek) and not the lead of an article without one.

    It is a line or a sentence, and something sets it apart: it has no full stop, a heading or a dateline
    comes next, it stands with the title above a blank line, or it is the one short sentence before
    paragraphs of several. `title` is the title's group.
    """
    texts = [paragraph.text for paragraph in paragraphs[:40]]
    if len(texts) < 2 or not _is_standfirst_like(texts[0]):
        return False
    first, after = texts[:2]
    if dateline.find(after) or (_is_heading(texts, 1) and not _is_headlike(first)):
        return True
    if paragraphs[0].group == title != paragraphs[1].group:
        return True
    if _is_headlike(first):
        return len(first.split()) >= 8 or not any(_is_heading(texts, at) for at in range(1, len(texts)))
    if not first.endswith((*_STOPS, "?")):
        return True
    following = [text for text in texts[1:5] if not _is_headlike(text)][:3]
    return (
        len(following) > 1
        and len(_SENTENCE.findall(first)) == 1
        and all(len(text) > 1.5 * len(first) and len(_SENTENCE.findall(text)) > 1 for text in following)
    )


def _is_standfirst_like(text: str) -> bool:
    return (
        len(text) <= 300
        and len(text.split()) >= 4
        and len(_SENTENCE.findall(text)) <= 2
        and not text.endswith(":")
        and not _ITEM.match(text)
        and not _LINK.match(text)
        and not _BYLINE.match(text)
        and dateline.find(text) is None
    )
