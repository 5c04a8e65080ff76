"""Datelines, "JAKARTA, KOMPAS.com - ": found where a paragraph begins, and written as other papers do.

A sentence splitter cuts "TEMPO." from "CO, Jakarta", and a translation model makes sentences out of what is
none. The forms known here are those that Indonesian sites and the wires use; anything else is left to be a
sentence, since a dateline that is missed costs little and a sentence taken for one is not translated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date, format_skeleton

from service.article import places
from service.article.types import ATOM

_REACH = 120
"""Characters in which a dateline has to end."""

_DASH = re.compile(r"\s*(?:--+|[—―])\s*|\s+[-–]\s*|[-–]\s+")
_BRACKETS = re.compile(r"(?P<rest>.*?),?\s*\((?P<agency>[^()]{2,40})\)\Z")
_SITE = re.compile(r"[^\W_][\w-]*(?:\.[\w-]+)*\.(?:com|co|id|net|org|tv|news|info|asia|me|my|sg)", re.IGNORECASE)
_AFTER = re.compile(rf"[\"'“‘«(\[]*[\d{ATOM}]|[\"“‘«]+\w|\W*(?P<letter>[^\W\d_])")

_WIRES = """
Reuters|AP|AFP|ANTARA|Antara News|Xinhua|Bloomberg|dpa|UPI|TASS|Interfax|Kyodo|Kyodo News|Jiji|Yonhap|Bernama
Anadolu|AA|IRNA|SPA|WAFA|PTI|ANI|EFE|ANSA|Belga|CNN|CNN Indonesia|CNBC|CNBC Indonesia|BBC|BBC Indonesia
BBC News Indonesia|VOA|VOA Indonesia|DW|Al Jazeera|IDN Times|Okezone|Sindonews|detikcom|Tempo|Kompas|Kompas TV
tvOne|Metro TV|The Jakarta Post|Jawa Pos|Media Indonesia|Republika|RRI|KBRN|VIVA|iNews|Bisnis|Kontan|WE Online
Beritasatu|InfoPublik|RMOL|Associated Press|Agence France-Presse
"""
_AGENCIES = frozenset(_WIRES.casefold().strip().replace("\n", "|").split("|"))

# Words in capitals that open a report without being where it comes from.
_CAPITALS = """
ADVERTORIAL ANALISIS ANALYSIS BREAKING CORRECTION EKSKLUSIF EDITORIAL EXCLUSIVE EXPLAINER FACT FILE FOTO
GALERI HOAKS INFO INFOGRAFIS KOLOM KOREKSI LIVE NEWS OPINI OPINION PHOTO PHOTOS PENGUMUMAN PERINGATAN PODCAST
POPULER RALAT REVIEW TERKINI UPDATE VIDEO WARNING WATCH WAWANCARA NATO ASEAN UNICEF UNESCO NASA FIFA UEFA OPEC
BMKG BNPB SENIN SELASA RABU KAMIS JUMAT SABTU MINGGU MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY
"""
_NO_PLACES = frozenset(_CAPITALS.split())
_PARTICLES = frozenset(("de", "da", "do", "del", "di", "el", "la", "al", "am", "an", "der", "of", "the"))

_MONTHS = """
january jan januari|february feb februari pebruari|march mar maret|april apr|may mei|june jun juni
july jul juli|august aug agustus agu agt agust|september sep sept|october oct oktober okt
november nov|december dec desember des
"""
_MONTH = {
    name: number
    for number, names in enumerate(_MONTHS.strip().replace("\n", "|").split("|"), 1)
    for name in names.split()
}
_DATE = re.compile(
    r",\s*(?:(?P<month>[^\W\d_]+)\.?\s+(?P<day>\d{1,2})(?:,?\s+(?P<year>\d{4}))?"
    r"|(?P<day2>\d{1,2})\s+(?P<month2>[^\W\d_]+)\.?(?:\s+(?P<year2>\d{4}))?)\Z"
)


@dataclass(frozen=True, slots=True)
class DatelineDate:
    """The day that a dateline gives; most give no year. `short` where the month is abbreviated."""

    day: int
    month: int
    year: int | None
    short: bool


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline in its parts, as found.

    `end` is where the text after it begins, behind the dash and its spaces. `region` is what stands after the
    place ("TEHRAN, Iran", "Nusa Dua, Bali").
    """

    end: int
    place: str | None = None
    region: str | None = None
    agency: str | None = None
    date: DatelineDate | None = None


def find(text: str) -> Dateline | None:
    """The dateline at the start of a paragraph, None where there is none.

    >>> find("JAKARTA, KOMPAS.com - Presiden tiba.")
    Dateline(end=22, place='JAKARTA', region=None, agency='KOMPAS.com', date=None)
    """
    found = _read(text)
    if found is None:
        return None
    after = _AFTER.match(text, found.end)
    if after is None:
        return None
    opens = not after["letter"] or after["letter"].isupper()
    sure = found.agency is not None and found.place is not None
    if not sure and (not opens or _is_no_report(text, found)):
        return None
    return found


def render(text: str, language: str) -> str:
    """A dateline, alone, as the papers of a language write it; the space after it stays, if there is one.

    English, as the wires have it: `JAKARTA, Nov 4 (KOMPAS.com) — `. Indonesian, after Antara and Kompas:
    `JAKARTA, 4 Nov (KOMPAS.com) - `. Places are in capitals and have their name in that language; agencies
    are never changed; a month stays abbreviated or in full. Without a place: `KOMPAS.com — `. What is no
    dateline comes back unchanged, and so does all in any other language.

    >>> render("MADRID, Nov 4 (Reuters) — ", "id")
    'MADRID, 4 Nov (Reuters) - '
    """
    subtag = language.partition("-")[0].lower()
    found = _read(text)
    if subtag not in ("en", "id") or found is None or found.end != len(text):
        return text
    written = "/".join(places.localise(name, subtag).upper() for name in (found.place or "").split("/"))
    if found.region:
        written += f", {places.localise(found.region, subtag)}"
    if found.date:
        written += f", {_written(found.date, subtag)}"
    if found.agency:
        written = f"{written} ({found.agency})" if written else found.agency
    dash = "—" if subtag == "en" else "-"
    return f"{written} {dash}{text[len(text.rstrip()) :]}"


def _written(day: DatelineDate, language: str) -> str:
    # 2000 is a leap year: a dateline without a year may be of 29 February.
    when = date(day.year or 2000, day.month, day.day)
    if day.year:
        return format_date(when, "medium" if day.short else "long", locale=language)
    return format_skeleton("MMMd" if day.short else "MMMMd", when, locale=language)


# --- reading ------------------------------------------------------------------------------------------------


def _read(text: str) -> Dateline | None:
    """The dateline by its own form, whatever follows."""
    begin = len(text) - len(text.lstrip())
    dash = _DASH.search(text, begin, begin + _REACH)
    if dash is None or dash.start() == begin:
        return None
    head, agency, day = text[begin : dash.start()], None, None
    if bracketed := _BRACKETS.match(head):
        head, agency = bracketed["rest"], bracketed["agency"].strip()
    if dated := _DATE.search(head):
        day = _day(dated)
        if day is None:
            return None
        head = head[: dated.start()]
    parts = [part.strip() for part in head.split(",")]
    if agency is None:
        agency, parts = _take_agency(parts)
    end = dash.end()
    if not parts and agency and (named := _KONTAN.match(text, end)) and places.known(named["place"]):
        parts, end = [named["place"]], named.end()
    if not _sound(parts, agency, day):
        return None
    place, region = (*parts, None, None)[:2]
    return Dateline(end, place, region, agency, day)


_KONTAN = re.compile(r"(?P<place>[^\W\d_][^\W\d_ ]+(?: [^\W\d_]+){0,2})\.(?:\s+|\Z)")
"""Kontan puts the place behind the dash: "KONTAN.CO.ID - JAKARTA. Bank Indonesia …"."""


def _take_agency(parts: list[str]) -> tuple[str | None, list[str]]:
    """Splits the agency off, first or last: "TEMPO.CO, Jakarta", "Jakarta, CNN Indonesia"."""
    for at in (-1, 0):
        if _is_agency(parts[at]):
            return parts.pop(at), parts
    return None, parts


def _is_agency(name: str) -> bool:
    """Whether it is a site's name, a wire known to us, or several of them ("ANTARA/Reuters", "AFP-JIJI")."""
    if _SITE.fullmatch(name) or name.casefold() in _AGENCIES:
        return True
    several = re.split(r"[/-]", name)
    return len(several) > 1 and all(one.strip().casefold() in _AGENCIES for one in several)


def _sound(parts: list[str], agency: str | None, day: DatelineDate | None) -> bool:
    """Whether the parts make a dateline: the less is known of the agency, the more must be of the place."""
    if not parts:
        return agency is not None and _is_agency(agency) and day is None
    place, *regions = parts
    if len(regions) > 1 or not all(_is_name(part) for part in parts):
        return False
    if agency is not None and _is_agency(agency):
        return True
    if not all(map(_is_known, place.split("/"))):
        return False
    if agency is not None:
        return places.known(place)
    return all(places.country(region) or places.known(region) for region in regions)


def _is_known(place: str) -> bool:
    """Whether a bare place is one: in the gazetteer, or in capitals as the wires write it."""
    letters = place.replace(" ", "")
    return places.known(place) or (place.isupper() and len(letters) > 3 and _NO_PLACES.isdisjoint(place.split()))


def _is_name(text: str) -> bool:
    """Whether it looks like a place: one to four words with capitals ("Rio de Janeiro", "MADRID/PARIS")."""
    words = text.split()
    return 0 < len(words) <= 4 and all(
        word in _PARTICLES or (word[0].isupper() and re.fullmatch(r"[\w'’./-]+", word)) for word in words
    )


def _is_no_report(text: str, found: Dateline) -> bool:
    """Whether a town follows, "Jakarta - Surabaya kini …", or a day, as captions have "KYIV - MAY 5: …"."""
    words = [word.casefold() for word in re.findall(r"[\w'’-]+", text[found.end : found.end + 40])[:3]]
    if words and words[0] in _MONTH:
        return True
    ahead = {" ".join(words[:count]) for count in range(1, 4)} - {(found.place or "").casefold()}
    return found.agency is None and found.date is None and any(map(places.known, ahead))


def _day(match: re.Match[str]) -> DatelineDate | None:
    """The date of a match, None where there is no such day."""
    name = (match["month"] or match["month2"]).casefold()
    number, year = int(match["day"] or match["day2"]), match["year"] or match["year2"]
    try:
        made = date(int(year or 2000), _MONTH.get(name, 0), number)
    except ValueError:
        return None
    return DatelineDate(made.day, made.month, int(year) if year else None, short=len(name) < 5 and name not in _WHOLE)


_WHOLE = frozenset({"may", "mei", "june", "juni", "july", "juli"})
"""Months whose whole name is as short as an abbreviation."""
