"""What the bodies share: strings that are safe to keep, times, tags, findings."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

MAX_TITLE = 1_000
MAX_TEXT = 1_000_000
MAX_FIELDS = 50
MAX_SENT_TEXT = 100_000
"""Characters that /v1/translations takes: its caller waits, so what takes minutes is sent as an article instead."""

ID = r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,199}$"
YEARS = range(1000, 9001)
"""The years of times that are taken: far enough from the calendar's ends for every time zone and every arithmetic."""

_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE)


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or any(c in value for c in ' <>"\\^`{|}\n\r\t'):
        raise ValueError("must be an absolute http or https URL")
    if "@" in parts.netloc:
        raise ValueError("must not have a user name or a password: every reader would see them")
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0 or parts.netloc.endswith(":"):
        raise ValueError("must have a port between 1 and 65535, or none")
    return value


def _no_control(value: str) -> str:
    if "\x00" in value:
        raise ValueError("must not contain NUL characters")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError("must not contain lone surrogates") from None
    return value


def object_of(value: Any) -> Any:
    """What stands for an empty object elsewhere, as one: null, and the `[]` that PHP makes of an empty array."""
    return {} if value is None or value == [] else value


def instant(value: Any) -> datetime:
    """An RFC 3339 time (with its offset) in UTC. Raises ValueError for anything else, and for years beyond YEARS.

    Numbers are refused: whether they are seconds or milliseconds, and in which zone a naive time is, is a guess.
    """
    if not isinstance(value, str) or not _RFC_3339.fullmatch(value):
        raise ValueError("must be an RFC 3339 time with an offset, such as 2025-11-04T09:00:00+07:00")
    found: datetime | None = None
    try:
        found = datetime.fromisoformat(value.upper()).astimezone(UTC)
    except OverflowError:
        pass  # in UTC it would be before year 1 or after year 9999
    except ValueError:
        raise ValueError(f"must be a time that there is, not {value}") from None
    if found is None or found.year not in YEARS:
        raise ValueError(f"must be in a year from {YEARS[0]} to {YEARS[-1]}")
    return found


Str = Annotated[str, AfterValidator(_no_control)]
Line = Annotated[Str, Field(max_length=MAX_TITLE)]
Long = Annotated[Str, Field(max_length=MAX_TEXT)]
WebAddress = Annotated[str, Field(max_length=2_000, json_schema_extra={"format": "uri"}), AfterValidator(_web_address)]
Instant = Annotated[datetime, BeforeValidator(instant)]
Person = Annotated[Str, Field(min_length=1, max_length=200, pattern=r"\S", examples=["Sari Wulandari"])]
Tag = Annotated[Str, Field(max_length=35, examples=["en-US", "id-ID", "en", "id"])]


class Body(BaseModel):
    """A request's body or query: a field that is not known is an error, most often a misspelt one."""

    model_config = ConfigDict(extra="forbid")


Confidence = Annotated[float, Field(ge=0, le=1, description="0 to 1.")]


class CandidateOut(BaseModel):
    """A language that the text may be in."""

    language: str
    confidence: Confidence


class FindingOut(BaseModel):
    """What a check saw. `code` is for programs and stays the same, `message` is for people."""

    code: str
    message: str
    severity: Literal["info", "warning", "error"]
    evidence: str = Field("", description="The piece of text that shows it.")
    segment: str | None = Field(None, description="The id of the segment that it is about.")
