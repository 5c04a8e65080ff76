"""Text that is no article: translations, detections, languages."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from service.web.schemas.common import (
    MAX_SENT_TEXT,
    MAX_TEXT,
    Body,
    CandidateOut,
    Confidence,
    FindingOut,
    Str,
    Tag,
)


class TranslationIn(Body):
    """A text to translate; nothing of it is stored."""

    text: Annotated[Str, Field(min_length=1, max_length=MAX_SENT_TEXT)]
    format: Literal["text", "html"] = "text"
    source: Tag | None = Field(None, description="Left out, it is detected.")
    target: Tag


class DetectionIn(Body):
    """A text whose language is asked for."""

    text: Annotated[Str, Field(max_length=MAX_TEXT)]


class TranslationOut(BaseModel):
    """The translation, and what the checks saw in it."""

    translation: str
    source: str
    target: str
    findings: list[FindingOut]


class DetectionOut(BaseModel):
    """The language of a text; null, with the reason, where it is unsure."""

    language: str | None
    confidence: Confidence
    candidates: list[CandidateOut]
    reason: str | None = None


class PairOut(BaseModel):
    """Two languages that can be translated, and the models that do it."""

    source: str
    target: str
    models: list[dict[str, str]]


class LocaleOut(BaseModel):
    """A locale as people and pages name it."""

    locale: str
    language: str
    name: str
    english_name: str
    dir: Literal["ltr", "rtl"]


class LanguagesOut(BaseModel):
    """What this service can translate."""

    pairs: list[PairOut]
    locales: list[LocaleOut]
