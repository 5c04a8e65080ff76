"""What a page has around an article and comes along with it: read-also lines, adverts, credits, initials, players.

None of it is prose, so no model should see it. What has a form of its own in the other language gets that (`Baca
juga:` is `Read also:`, `Pewarta:` is `Reporter:`), names and initials stay, a player's placeholder stays for the CMS to
fill. Adverts' labels and rows of share buttons are no text of the article at all: they are dropped where plain text
was copied off a page (`plaintext`), and stay as they are in the caller's own markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from service.article.types import ATOM, Block, Place, Severity, SourceFinding

Kind = Literal["advert", "share", "cookies", "read-also", "player", "initials", "credit", "first-published"]


@dataclass(frozen=True, slots=True)
class Found:
    """Boilerplate at `text[start:end]`. `end` of a read-also line is that of its label: the rest is prose."""

    kind: Kind
    start: int
    end: int


_NETWORK: Final = (
    r"(?:facebook|twitter|x|whatsapp|telegram|line|linkedin|pinterest|instagram|threads|tiktok|reddit|e-?mail|"
    r"copy (?:link|url)|salin (?:link|tautan)|print|cetak)"
)
_SHARE: Final = (
    r"(?:share(?: (?:this|on|via|to))?(?: (?:article|story|post|page))?|tweet|sebarkan|"
    r"bagikan(?: (?:ke|artikel ini|berita ini))?)"
)
_LABELS: Final = (
    (r"baca juga|simak juga", "read also"),
    (r"lihat juga", "see also"),
    (r"tonton juga", "watch also"),
    (r"simak juga video|lihat juga video|tonton juga video", "see also the video"),
    (r"simak video|tonton video|lihat video", "watch the video"),
    (r"baca selengkapnya|simak selengkapnya", "read more"),
    (r"berita terkait|artikel terkait|terkait", "related"),
    (r"simak|tonton", "watch"),
)
"""Labels in Indonesian (the first of each is what an English one becomes) and in English."""

_CREDITS: Final = (
    ("pewarta", "reporter"), ("penulis", "writer"), ("penerjemah", "translator"), ("redaktur", "editor"),
    ("fotografer", "photographer"), ("sumber", "source"), ("editor", "editor"), ("reporter", "reporter"),
    ("uploader", "uploader"), ("jurnalis", "journalist"),
)  # fmt: skip
_ENGLISH_CREDITS: Final = {"reporter": "pewarta", "writer": "penulis", "translator": "penerjemah",
                           "photographer": "fotografer", "source": "sumber", "journalist": "jurnalis"}  # fmt: skip

_LABEL_ID: Final = "|".join(sorted("|".join(ours for ours, _ in _LABELS).split("|"), key=len, reverse=True))
_LABEL_EN: Final = (
    r"read also|also read|read more|read next|see also|watch also|watch the video|"
    r"related(?: (?:stories|articles|news))?"
)
_LABEL: Final = re.compile(rf"\s*(?P<label>(?i:{_LABEL_ID}|{_LABEL_EN}))(?:\s*:|(?<=ideo)(?=\s+['\"‘“])|(?=\s*\Z))\s*")
_WHOLE: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    (
        "advert",
        re.compile(
            r"\W*(?:(?:advertisement|iklan|advertorial slot|scroll to (?:continue with content|resume content)|"
            r"scroll untuk (?:melanjutkan|lanjut) (?:membaca|konten)|scroll ke bawah untuk melanjutkan membaca)\W*)+",
            re.IGNORECASE,
        ),
    ),
    (
        "share",
        re.compile(rf"\W*(?:{_SHARE}\W*(?:{_NETWORK}\W*)*|{_NETWORK}\W+(?:{_NETWORK}\W*)+)", re.IGNORECASE),
    ),
    ("player", re.compile(r"\s*\[(?:Gambas|Video|Foto|Galeri|Image|Embed)\s?:[^\[\]]{1,60}\]\s*", re.IGNORECASE)),
    ("initials", re.compile(r"\s*[(\[](?:[a-zA-Z]{2,4})(?:\s?/\s?[a-zA-Z]{2,4}){0,3}[)\]]\s*")),
    (
        "credit",
        re.compile(
            rf"\s*(?i:(?P<credit>{'|'.join((*(ours for ours, _ in _CREDITS), *_ENGLISH_CREDITS))})\s*:\s*)"
            r"[A-Z\ufffc@][^:!?]{1,80}|\s*(?i:copyright|hak cipta)\b[^!?]{0,80}"
        ),
    ),
    (
        "first-published",
        re.compile(
            r"\s*Artikel ini (?:telah|sudah) (?:tayang|terbit)(?: sebelumnya)? di (?P<where>[^\"“”']{2,60}?)"
            r"(?:,? dengan judul:? (?P<headline>[\"“].{3,250}[\"”]|[^\"“”.]{3,250}))?"
            r"(?:[,.]? ?(?:[Kk]lik\b.{0,250})?)\s*"
        ),
    ),
)
_COOKIES: Final = re.compile(
    r"\bwe (?:and our partners )?use cookies\b|\bthis (?:web)?site uses cookies\b|\baccept (?:all )?cookies\b"
    r"|\b(?:kami|situs (?:web )?ini) menggunakan cookies?\b|\bcookie (?:policy|settings)\b",
    re.IGNORECASE,
)
_END: Final = re.compile(r"(?<=[.!?\"”’])\s+(?P<initials>[(\[][a-zA-Z]{2,4}(?:\s?/\s?[a-zA-Z]{2,4}){1,3}[)\]])\s*\Z")
"""Initials of writers and editors behind the last sentence; alone, two to four letters are as likely a unit."""

_LINE: Final = re.compile(f"[^{ATOM}]+")
"""A line of a block, which markup (a line break, an image) ends."""

_HINT: Final = re.compile(
    r"baca |simak|lihat |tonton|terkait|read |also|see also|watch|related|advert|iklan|scroll|"
    r"share|bagikan|sebarkan|tweet|facebook|whatsapp|cookie|"
    r"[(\[][\w/ ]{2,}[)\]]\s*\Z|\[\w+ ?:|artikel ini|copyright|cipta|"
    + "|".join((*(ours for ours, _ in _CREDITS), *_ENGLISH_CREDITS)),
    re.IGNORECASE,
)


def whole(text: str) -> Found | None:
    """What a whole line or sentence is, None for prose.

    >>> whole("Pewarta: Sari Dewi").kind, whole("SCROLL TO CONTINUE WITH CONTENT").kind, whole("He sold the paper.")
    ('credit', 'advert', None)
    """
    read = _read(text)
    return Found(read[0], 0, len(text)) if read else None


def _read(text: str) -> tuple[Kind, re.Match[str]] | None:
    if len(text) > 500 or not _HINT.search(text):
        return None
    return next(((kind, match) for kind, pattern in _WHOLE if (match := pattern.fullmatch(text))), None)


def dropped(line: str) -> bool:
    """Whether a line of plain text that was copied off a page is no text of the article at all.

    >>> dropped("ADVERTISEMENT"), dropped("[Gambas:Video 20detik]")
    (True, False)
    """
    found = whole(line)
    return found is not None and found.kind in ("advert", "share")


def label(text: str) -> Found | None:
    """The label that a line begins with: `Baca juga:`. None where there is none.

    >>> label("Baca juga: Harga beras naik").end, label("Read also the manual.")
    (11, None)
    """
    match = _LABEL.match(text) if _HINT.search(text[:40]) else None
    return Found("read-also", 0, match.end()) if match else None


def initials(text: str) -> Found | None:
    """The initials behind a paragraph's last sentence: `(rfs/jbr)`."""
    match = _END.search(text)
    return Found("initials", match.start("initials"), match.end("initials")) if match else None


def rendered(text: str, target: str) -> str:
    """A label, a credit or a note of first publication in the language `target`; what has no form there stays.

    >>> rendered("BACA JUGA:", "en"), rendered("Pewarta: Sari Dewi", "en"), rendered("Read also:", "id")
    ('READ ALSO:', 'Reporter: Sari Dewi', 'Baca juga:')
    """
    if match := _LABEL.fullmatch(text):
        return _in_place(text, match, "label", _label(match["label"].lower(), target))
    read = _read(text)
    if read is None:
        return text
    kind, match = read
    if kind == "credit" and match["credit"]:
        word = match["credit"].lower()
        own = dict(_CREDITS).get(word, word) if target == "en" else _ENGLISH_CREDITS.get(word, word)
        return _in_place(text, match, "credit", own)
    if kind == "first-published" and target == "en":
        under = f" under the headline {match['headline']}" if match["headline"] else ""
        return f"This article was first published by {match['where'].strip()}{under}."
    return text


def _label(said: str, target: str) -> str:
    """A label in the target's language; it stays where it is in that already."""
    if target == "en":
        return next((theirs for ours, theirs in _LABELS if said in ours.split("|")), said)
    said = {"also read": "read also", "read next": "read also"}.get(said, said.partition(" stories")[0])
    return next((ours.split("|")[0] for ours, theirs in _LABELS if theirs == said), said)


def _in_place(text: str, match: re.Match[str], group: str, word: str) -> str:
    """The text with another word for a group, in the same letter case."""
    old = match[group]
    if old.isupper():
        word = word.upper()
    elif old[0].isupper():
        word = word[0].upper() + word[1:]
    return text[: match.start(group)] + word + text[match.end(group) :]


_SAID: Final[dict[Kind, str]] = {
    "advert": "An advert's label: no text of the article.",
    "share": "Share buttons: no text of the article.",
    "cookies": "A notice about cookies: no text of the article.",
    "read-also": "A line that leads to another article.",
    "player": "A placeholder that the site fills: kept as it is.",
    "initials": "The initials of writer and editor: kept as they are.",
    "credit": "Who wrote and edited it: the label is translated, names stay.",
    "first-published": "Where it was published first.",
}


def boilerplate(blocks: Sequence[Block]) -> Iterator[SourceFinding]:
    """What of a page came along, one finding a kind."""
    places: dict[Kind, list[Place]] = {}
    texts: dict[Kind, list[str]] = {}
    for block in blocks:
        text = block.content.text
        for found in _all(text, block):
            places.setdefault(found.kind, []).append(Place(block.id, found.start, found.end))
            texts.setdefault(found.kind, []).append(text[found.start : found.end].strip())
    for kind, where in places.items():
        severity = Severity.WARNING if kind in ("share", "cookies", "advert") else Severity.INFO
        evidence = "; ".join(dict.fromkeys(texts[kind]))[:200]
        yield SourceFinding("boilerplate", _SAID[kind], severity, evidence, 0.95, tuple(where))


def _all(text: str, block: Block) -> Iterator[Found]:
    """What is found in a block: all of it, a line of it, its beginning or its end."""
    if not _HINT.search(text):
        return
    lines = [(one, match.start()) for match in _LINE.finditer(text) if (one := whole(match[0]))]
    yield from (Found(one.kind, start, start + one.end) for one, start in lines)
    if lines and lines[0][0].end == len(text):
        return
    if label(text) is not None and block.role != "heading":
        yield Found("read-also", 0, len(text))
    end = initials(text)
    if end and not any(start <= end.start < start + one.end for one, start in lines):
        yield end
    if match := _COOKIES.search(text):
        yield Found("cookies", *match.span())
