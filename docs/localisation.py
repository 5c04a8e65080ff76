"""What docs/localisation.md says: its prose, and tables made of what the code writes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from service.article import conventions, locale

LOCALES: Final = ("en-US", "en-GB", "id-ID", "de-DE", "ar-EG")
ZONE: Final = "Asia/Jakarta"
MOMENT: Final = datetime(2025, 11, 4, 7, 30, tzinfo=UTC)

HEAD: Final = """# Localisation

Made by `make docs` from what the code writes (`docs/localisation.py`); a test fails where it is not current.

Times are in the site's `time_zone`, in the words of the variant's locale, whichever that is. The service's own words
(buttons, notices) are in English and Indonesian; pages in other languages have the English ones.

`GET /v1/articles/{id}/variants/{locale}` has:

- `published`, `modified` and each correction's `at`, as `iso`, `text`, `date`, `day` and `time`,
- `byline`, `language_names`, `language` and `dir`.

`GET /v1/locales/{locale}` has quotation marks, separators and what a list is joined with, and writes what it is asked:
`?at=2025-11-04T07:30:00Z` a time, `?number=1234.5` a number, `?number=1500000&currency=IDR` an
amount, `?number=12&unit=kilometer` a measure.

## What is written

The moment is 2025-11-04T07:30:00Z, the zone `Asia/Jakarta`; "relative" is as seen three hours later.

"""

TAIL: Final = """
## Decisions

- **Relative time** is only in `/v1/locales/{locale}?at=…` (`no-store`) and on desk pages. Variants and reader pages are
  kept by caches and have entity tags: "3 hours ago" would be false there a minute later.
- **A time zone's name** is bare where it is the locale's own (WIB in Indonesian, EST in English, MEZ in German).
  Elsewhere it has the offset beside it: WIB is an Indonesian name, IST is India's, Israel's and Ireland's.
- **Dates** are CLDR's but for the padded day of Indonesian (`04 November`), which no newspaper prints.
- **Digits are Latin** in every locale, so that dates and figures of one page agree.
- **Currencies and measures are never converted**, neither in an article nor here. The site's `rupiah` says how amounts
  in rupiah are written (`Rp1` or `Rp 1`), its `units` how measures are (`long` or `short`); whole amounts have no
  decimals. In an article a measure keeps the form that its author gave it.
- **Quotation marks** are CLDR's delimiters, for words that a page puts around a text. The marks within an article stay
  as author and translator wrote them.
- **Lists of words** (glossary, languages) are sorted as a dictionary of English or Indonesian is: capitals, accents and
  hyphens count last. Both alphabets are a to z, so there is no ICU (a library of C++) and no table of the world's
  letters (`pyuca`); words in other scripts are in the order of Unicode.
"""


def document() -> str:
    """The whole page."""
    rows = {tag: written(tag) for tag in LOCALES}
    lines = [f"| | {' | '.join(f'`{tag}`' for tag in LOCALES)} |", f"| --- {'| --- ' * len(LOCALES)}|"]
    lines += [f"| {name} | {' | '.join(rows[tag][name] for tag in LOCALES)} |" for name in rows[LOCALES[0]]]
    return HEAD + "\n".join(lines) + "\n" + TAIL


def written(tag: str) -> dict[str, str]:
    """One locale's column."""
    marks = conventions.quotation_marks(tag)
    return {
        "`text`": locale.long_datetime(MOMENT, tag, ZONE),
        "`date`": locale.long_date(MOMENT, tag, ZONE),
        "`day`": locale.day_in_text(MOMENT.date(), tag, year=True),
        "`time`": locale.time_of_day(MOMENT, tag, ZONE),
        "`relative`": locale.relative(MOMENT, MOMENT + timedelta(hours=3), tag),
        "a number": conventions.number(Decimal("1234567.5"), tag),
        "a share": conventions.percent(0.87, tag),
        "rupiah": conventions.amount(1_500_000, "IDR", tag),
        "dollars": conventions.amount(Decimal("12.5"), "USD", tag),
        "a measure, `long` and `short`": ", ".join(
            conventions.measure(Decimal("12.5"), "kilometer", tag, units) for units in ("long", "short")
        ),
        "`byline`": conventions.joined(["Ratna", "Budi", "Sari"], tag),
        "quotations": f"{marks.start}a {marks.inner_start}b{marks.inner_end}{marks.end}",
        "`dir`": locale.direction(tag),
        "Indonesian is": locale.language_name("id", tag),
        "English is": locale.language_name("en", tag),
    }
