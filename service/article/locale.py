"""Locales as newspapers write them: Babel's CLDR data, and the few places where the trade disagrees with it.

Tags are BCP 47 (RFC 5646). Babel 2.18 says "Indonesia" for the language's own name (to readers, a country),
pads the day (`Selasa, 04 November 2025`) and writes `2:30 PM`; the overrides are here and nowhere else.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_datetime, format_skeleton, format_timedelta, get_timezone_name
from babel.lists import format_list

from service.article.types import Site

Direction = Literal["ltr", "rtl"]
NameStyle = Literal["native", "newspaper"]

_TAG: Final = re.compile(
    r"(?P<language>[a-z]{2,3})([-_](?P<script>[a-z]{4}))?([-_](?P<region>[a-z]{2}|\d{3}))?", re.IGNORECASE
)
_OWN_NAMES: Final = {"id": "Bahasa Indonesia"}
_JOINED: Final = {"id": "{1}, {0}"}
"""Date and time where CLDR has a bare space between them and newspapers a comma."""
_MEANINGLESS: Final = "\x00"


@lru_cache(maxsize=256)
def parse_locale(tag: str) -> str:
    """The full tag for what people and CMSs write: `en`, `in_ID`, `en-us` -> `en-US`, `id-ID`, `en-US`.

    A missing region is CLDR's likely one, a script is kept only where it is not the likely one, legacy codes
    (`in`, `iw`) become today's. Variants and extensions are refused rather than dropped without a word.

    Raises:
        ValueError: the tag is malformed or unknown to CLDR; the text says what to write instead.
    """
    match = _TAG.fullmatch(tag.strip())
    if match is None:
        raise _unknown(tag)
    try:
        known = Locale.parse(match["language"].lower())
    except (UnknownLocaleError, ValueError):
        raise _unknown(tag) from None
    script = match["script"].title() if match["script"] else known.script
    region = match["region"].upper() if match["region"] else known.territory
    likely_subtags = get_global("likely_subtags")
    asked = "_".join(filter(None, (known.language, script, region)))
    likely = likely_subtags.get(asked) or likely_subtags.get(known.language)
    if likely is None:
        raise _unknown(tag)
    _, _, likely_region = likely.split("_")
    region = region or likely_region
    if region not in known.territories or (script and script not in known.scripts):
        raise _unknown(tag)
    home = likely_subtags.get(f"{known.language}_{region}") or likely_subtags[known.language]
    if script is None and region != likely_region:
        script = home.split("_")[1]
    return "-".join(filter(None, (known.language, script if script != home.split("_")[1] else None, region)))


def _unknown(tag: str) -> ValueError:
    return ValueError(f"“{tag[:40]}” is not a locale that we know; write a BCP 47 tag such as en-US or id-ID")


def language(tag: str) -> str:
    """The first subtag in today's spelling: `id` for `id-ID`, `id`, `in_ID`."""
    return parse_locale(tag).partition("-")[0]


def direction(tag: str) -> Direction:
    """Which way the script runs, for the `dir` attribute."""
    return "rtl" if babel_locale(tag).character_order == "right-to-left" else "ltr"


def script(tag: str) -> str:
    """What a locale is written in (ISO 15924): the script that it names, else CLDR's likely one: `Hant` for `zh-TW`."""
    parts = parse_locale(tag).split("-")
    likely_subtags = get_global("likely_subtags")
    home = likely_subtags.get("_".join(parts)) or likely_subtags[parts[0]]
    return parts[1] if len(parts) == 3 else str(home.split("_")[1])


def language_name(tag: str, in_tag: str, style: NameStyle = "native") -> str:
    """The name of the language of `tag`, said in the language of `in_tag`.

    `native` is the bare name ("English", "Bahasa Indonesia", or, said in Indonesian, "Inggris"); `newspaper`
    adds the region's code ("English (US)", "Indonesian (ID)").
    """
    code, speaker = language(tag), language(in_tag)
    own = _OWN_NAMES.get(code) if code == speaker else None
    name = own or str(babel_locale(in_tag).languages.get(code, code))
    if code == speaker and not own:
        name = name[:1].upper() + name[1:]  # "français" stands alone here, not in a sentence
    return name if style == "native" else f"{name} ({parse_locale(tag).rpartition('-')[2]})"


def region_name(tag: str, in_tag: str) -> str:
    """The country of `tag` in the language of `in_tag`, to tell two locales of one language apart."""
    region = parse_locale(tag).rpartition("-")[2]
    return str(babel_locale(in_tag).territories.get(region, region))


def long_date(moment: datetime, tag: str, zone: str) -> str:
    """The date as a dateline has it: "Tuesday, November 4, 2025"; "Selasa, 4 November 2025"."""
    return str(format_date(moment.astimezone(ZoneInfo(zone)).date(), _date_pattern(tag), locale=babel_locale(tag)))


def day_in_text(day: date, tag: str, *, year: bool) -> str:
    """A date in running text: "November 4, 2025" (en-US), "4 November" (en-GB, id-ID). Its month is always named."""
    babel = babel_locale(tag)
    return str(format_date(day, "long", locale=babel) if year else format_skeleton("MMMMd", day, locale=babel))


def long_datetime(moment: datetime, tag: str, zone: str) -> str:
    """Date, time and zone: "Selasa, 4 November 2025, 14.30 WIB"; "Tuesday, November 4, 2025, 2:30 p.m. WIB (GMT+7)"."""
    pattern = _JOINED.get(language(tag)) or str(babel_locale(tag).datetime_formats["long"])
    return pattern.replace("{1}", long_date(moment, tag, zone)).replace("{0}", time_of_day(moment, tag, zone))


def time_of_day(moment: datetime, tag: str, zone: str) -> str:
    """The time with its zone: "14.30 WIB", "2:30 p.m. WIB (GMT+7)", "14:30 MEZ".

    English has "p.m." with points, as the Associated Press and The Jakarta Post write it. A zone that has a short name
    in that language (CLDR) is known to its readers. Any other has its own abbreviation from the time zone database and
    the offset beside it, as figures in translated texts have it: WIB is Indonesian, and IST is three zones.
    """
    local = moment.astimezone(ZoneInfo(zone))
    time = str(format_datetime(local, babel_locale(tag).time_formats["short"].pattern, locale=babel_locale(tag)))
    if language(tag) == "en":
        time = time.replace("AM", "a.m.").replace("PM", "p.m.")
    return f"{time.replace(chr(0x202F), chr(0xA0))} {_zone_name(local, tag)}"


def relative(moment: datetime, now: datetime, tag: str) -> str:
    """How long ago, or how soon: "3 hours ago", "dalam 2 hari"; never less than a minute. It is true only `now`:
    nothing that is kept may say it."""
    away = (moment - now) or timedelta(seconds=-1)
    return str(format_timedelta(away, granularity="minute", threshold=1, add_direction=True, locale=babel_locale(tag)))


def _zone_name(local: datetime, tag: str) -> str:
    name = str(get_timezone_name(local, width="short", locale=babel_locale(tag)))
    if name.isalpha() and len(name) <= 5:
        return name
    minutes = int((local.utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    offset = f"GMT{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
    abbreviation = local.tzname() or ""
    return f"{abbreviation} ({offset})" if abbreviation.isalpha() else offset


def list_separators(count: int, tag: str) -> tuple[str, ...]:
    """What stands between `count` names in a list: ("A", "B", "C") -> (", ", ", and ") or (", ", ", dan ").

    Only the separators, so that a page may put a link around each name.
    """
    if count < 2:
        return ()
    return tuple(format_list([_MEANINGLESS] * count, locale=babel_locale(tag)).split(_MEANINGLESS)[1:-1])


def page_language(tag: str, site: Site) -> str:
    """What stands in `lang`, `hreflang` and our URLs: `id`, but `en-GB` on a site with two kinds of English.

    A locale that the site does not list is shortened only if it is its language's likely one, so that two
    locales never meet at one URL.
    """
    code = language(tag)
    rivals = any(other != tag and language(other) == code for other in site.locales)
    return code if not rivals and (tag in site.locales or parse_locale(code) == tag) else tag


def og_locale(tag: str) -> str:
    """Open Graph's spelling, `language_TERRITORY`: `en_US`, `id_ID` (ogp.me)."""
    parts = parse_locale(tag).split("-")
    return f"{parts[0]}_{parts[-1]}"


def _date_pattern(tag: str) -> str:
    return str(babel_locale(tag).date_formats["full"].pattern).replace("dd", "d")


@lru_cache(maxsize=256)
def babel_locale(tag: str) -> Locale:
    """Babel's locale, or its language's where CLDR has no data for the region (`id-SG`)."""
    full = parse_locale(tag)
    try:
        return Locale.parse(full, sep="-")
    except UnknownLocaleError:
        return Locale.parse(full.partition("-")[0])
