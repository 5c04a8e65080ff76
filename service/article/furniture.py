"""Page furniture in plain text: the closing language switcher, "English (US) · Indonesian (ID) ·".

It comes along when an article is copied from its page. It is no text of the article, and it tells which
locales the publisher wants. Only closing lines that are made of nothing but names of languages are taken for
one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from babel import Locale, UnknownLocaleError

from service.article.locale import parse_locale

_BETWEEN = re.compile(r"\s*[·|•‧∙⋅]\s*|\s+/\s+|\s{2,}|\t|(?<=\))\s+")
_NAME = re.compile(r"(?P<name>[^()（）]+?)\s*(?:[(（](?P<detail>[^()（）]+)[)）])?")
_MANY = 60
"""Languages that a line names at most."""

_OWN = """
ar bg bn ca cs da de el es et fa fi fil fr he hi hr hu it ja jv km ko lo lt lv ms my nb nl no pl pt ro ru sk
sl sr su sv sw ta th tr uk ur vi zh zh_Hans zh_Hant
"""
"""Languages whose own names are known: those that newspapers come in. All three hundred of Babel's would keep
100 MB in memory for good."""

_OVERRIDES = {
    "bahasa indonesia": "id",
    "indonesia": "id",
    "bahasa": "id",
    "bahasa melayu": "ms",
    "en": "en",
    "id": "id",
}
"""What switchers say beyond CLDR's names; EN and ID are the codes that papers print."""

_REGIONS = {"UK": "GB", "USA": "US"}
"""What people write for a region's code."""


def closing_switcher(lines: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """How many lines are left before the closing switcher, and the locales that it names, in its order.

    All lines are left where there is none. One name alone is none, unless a separator or a region stands
    beside it; nor are bare names under a line that ends in a colon: those are a list in the article.
    """
    left, named, marked = len(lines), list[str](), False
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at].strip()
        if not line:
            continue
        locales = _locales(line)
        if locales is None:
            if line.endswith(":") and not marked:
                return len(lines), ()
            break
        left, named = at, locales + named
        marked = marked or bool(re.search(r"[·|•‧∙⋅/()（]", line))
    if not named or (len(named) < 2 and not marked):
        return len(lines), ()
    return left, tuple(dict.fromkeys(named))


def _locales(line: str) -> list[str] | None:
    """The locales of a line that consists of names of languages, None where it holds anything else."""
    names = [name for name in _BETWEEN.split(line) if name]
    if not names or len(names) > _MANY:
        return None
    found = []
    for name in names:
        locale = _locale(name)
        if locale is None:
            return None
        found.append(locale)
    return found


def _locale(text: str) -> str | None:
    """The BCP 47 tag of a language's name in English, in Indonesian ("Bahasa Inggris") or in itself."""
    match = _NAME.fullmatch(text)
    if match is None:
        return None
    name, detail = match["name"].casefold(), (match["detail"] or "").strip()
    if len(name) == 2 and match["name"].isascii() and not match["name"].isupper():
        return None
    # English names come first: to load those of languages in themselves takes a third of a second.
    return next((tag for names in (_english, _own) if (tag := _named(name, detail, names()))), None)


def _named(name: str, detail: str, names: Mapping[str, str]) -> str | None:
    """The tag of a name with a detail in brackets ("US", "Simplified"; empty where there is none)."""
    if not detail:
        return _tag(names[name]) if name in names else None
    kind = detail.casefold()
    if code := names.get(f"{name} ({kind})") or names.get(f"{kind} {name}"):  # "中文 (简体)", "Chinese (Simplified)"
        return _tag(code)
    code = names.get(name)
    region = _region(detail, code) if code else None
    return _tag(f"{code}_{region}") if region else None


@cache
def _english() -> dict[str, str]:
    """Names in English, and in Indonesian behind "Bahasa": "Jawa" and "Bali" alone are places."""
    names = {f"bahasa {name.casefold()}": code for code, name in Locale("id").languages.items()}
    return names | {name.casefold(): code for code, name in Locale("en").languages.items()} | _OVERRIDES


@cache
def _own() -> dict[str, str]:
    """Names of languages in themselves."""
    return {(Locale.parse(code).get_display_name() or "").casefold(): code for code in _OWN.split()}


def _region(detail: str, code: str | None) -> str | None:
    """A region by its code, or by its name in English, Indonesian or the language itself."""
    detail = _REGIONS.get(detail, detail)
    if detail.isupper() and detail in Locale("en").territories:
        return detail
    for language in ("en", "id", code):
        try:
            names = Locale(language).territories if language else {}
        except (UnknownLocaleError, ValueError):
            continue
        for region, name in names.items():
            if name.casefold() == detail.casefold():
                return str(region)
    return None


def _tag(code: str) -> str | None:
    """`en_GB` to `en-GB`; a bare language gets its likely region; None where CLDR knows too little of it."""
    try:
        return parse_locale(code)
    except ValueError:
        return None
