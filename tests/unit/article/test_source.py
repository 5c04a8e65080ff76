"""Whether a source text is sound, and the evidence where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.article.source import judge
from service.article.types import Block, Inline, Part, Severity, SourceQuality

SAMPLE = (Path(__file__).parents[2] / "samples/madrid-summit.txt").read_text("utf-8")


def judged(*paragraphs: str, language: str | None = "en", published_at: datetime | None = None) -> SourceQuality:
    return judge(body(paragraphs), language, published_at)


def body(paragraphs: Sequence[str]) -> list[Part]:
    blocks = [Block(f"body.{number}", "paragraph", Inline(text)) for number, text in enumerate(paragraphs)]
    return [Part("body", "html", (), tuple(blocks))]


def codes(quality: SourceQuality) -> list[str]:
    return [finding.code for finding in quality.findings]


def test_the_sample_is_spun_garbled_and_on_the_wrong_day() -> None:
    quality = judged(*SAMPLE.splitlines())
    assert codes(quality) == ["machine-spun", "spun-words-left", "mojibake", "weekday-contradicts-date", "boilerplate"]
    assert not quality.sound


def test_the_evidence_of_spinning_says_what_stands_for_what() -> None:
    (spun, *_) = judged(*SAMPLE.splitlines()).findings
    assert spun.severity is Severity.ERROR
    for word in (
        "nan (27×, for “the”)",
        "arsenic (",
        "astatine (",
        "aliases (1×, for “or”)",
        "beryllium (1×",
    ):
        assert word in spun.evidence


@pytest.mark.parametrize("language", ["en", None])
def test_one_spun_paragraph_is_enough(language: str | None) -> None:
    paragraph = (
        "Leaders are to meet down closed doors connected November 4 arsenic France, nan UK and friends "
        "coordinate caller information guarantees for Ukraine."
    )
    assert codes(judged(paragraph, language=language)) == ["machine-spun"]


@pytest.mark.parametrize(
    "paragraphs",
    [
        (
            "Arsenic in the wells of Bangladesh has poisoned a generation. Such arsenic levels are rare, "
            "and arsenic is hard to filter. The tin roofs, beryllium mines and astatine in it are safe.",
            "Beryllium may be toxic; not beryllium but arsenic was found. Arsenic, a metalloid, is 33rd.",
        ),
        (
            "In Python, nan is not equal to itself: nan == nan is false. A column of nan values must be "
            "dropped, and nan is what a failed division returns. The type aliases are listed below; shell "
            "aliases can be set with alias. A connected client has a successful connection.",
        ),
        (
            "My nan was a successful baker and a kind person; add a pinch of salt, she said, and keep the "
            "tin. She was connected to the village all her life; no aliases of her brother fooled her.",
        ),
        (
            "The successful candidate, a person known to the board, is at the acme of the profession. "
            "The caller said that besides the tin mine there was nothing astir.",
        ),
    ],
)
def test_clean_english_is_not_called_spun(paragraphs: tuple[str, ...]) -> None:
    assert codes(judged(*paragraphs)) == []


def test_indonesian_is_not_asked_for_english_spinning() -> None:
    assert codes(judged(*SAMPLE.splitlines()[2:3], language="id")) == []


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("the coalition¡s operational scope", "coalition¡s"),
        ("the cafÃ© in town", "cafÃ©"),
        ("he said â€œnoâ€\x9d to it", "â€œnoâ€\x9d"),
        ("Ukraineâ€™s defence", "Ukraineâ€™s"),
        ("Jos\ufffd Albares", "Jos\ufffd"),
        ("Â© 2025 Antara", "Â©"),
    ],
)
def test_broken_characters_are_a_warning(text: str, evidence: str) -> None:
    quality = judged(text)
    assert codes(quality) == ["mojibake"]
    assert evidence in quality.findings[0].evidence
    assert quality.sound


def test_a_text_of_broken_characters_is_not_sound() -> None:
    assert not judged("SeÃ±or MuÃ±oz y el niÃ±o de EspaÃ±a, maÃ±ana en la montaÃ±a").sound


@pytest.mark.parametrize("text", ["Café, naïve, “quoted” – São Paulo", "SÃO PAULO", "¡Hola! ¿Qué tal?", "5 °C © 2025"])
def test_good_typography_is_not_broken(text: str) -> None:
    assert codes(judged(text)) == []


PUBLISHED = datetime(2025, 11, 3, 8, 0, tzinfo=UTC)
NEW_YEAR = datetime(2026, 1, 2, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "language", "published_at", "wrong"),
    [
        ("on Monday November 4 in Madrid", "en", PUBLISHED, True),
        ("on Tuesday November 4 in Madrid", "en", PUBLISHED, False),
        ("on Monday, 4 November 2024", "en", PUBLISHED, False),  # its own year counts
        ("on Monday, November 4, 2025", "en", None, True),
        ("Senin, 4 November 2025", "id", None, True),
        ("Selasa, 4 November 2025", "id", None, False),
        ("Senin (4/11/2025)", "id", None, True),
        ("Selasa (4/11/2025)", "id", None, False),
        ("Senin (4/11)", "id", PUBLISHED, True),
        ("Senin (4/11)", "id", None, False),  # of what year? nobody says
        ("Selasa (30/12)", "id", NEW_YEAR, False),  # last year's
        ("Tuesday (11/4)", "en", PUBLISHED, False),
        ("Tuesday (4/11)", "en", PUBLISHED, False),
        ("Wednesday (4/11)", "en", PUBLISHED, True),
        ("Monday November 4, in the Madrid of 2025", "en", None, True),
        ("Monday November 4, between 2020 and 2025", "en", None, False),
        ("Monday February 30, 2025", "en", None, False),
        ("Monday November 4", "en", None, False),
    ],
)
def test_a_weekday_that_is_not_the_dates(text: str, language: str, published_at: datetime | None, wrong: bool) -> None:
    quality = judged(text, language=language, published_at=published_at)
    assert codes(quality) == ["weekday-contradicts-date"] * wrong
    assert quality.sound


def test_the_right_weekday_is_told() -> None:
    (finding,) = judged("on Monday November 4 in Madrid", published_at=PUBLISHED).findings
    assert finding.message == "4 November 2025 is a Tuesday."
    assert finding.evidence == "Monday November 4"
    assert finding.severity is Severity.WARNING


def test_an_assumed_year_is_said_to_be_assumed() -> None:
    (finding,) = judged("Monday November 4, in the Madrid of 2025").findings
    assert finding.message == "If 2025 is meant, the weekday is wrong: 4 November 2025 is a Tuesday."


def test_a_paragraph_that_stands_twice() -> None:
    paragraph = "The price of rice rose by four percent in March, and the government said it would act."
    quality = judged(paragraph, "In between.", f" {paragraph.upper()} ", "A label", "A label")
    assert codes(quality) == ["duplicated-paragraph"]
    assert quality.findings[0].evidence == paragraph
    assert quality.sound


def test_nothing_to_judge_is_sound() -> None:
    assert judge([], None) == SourceQuality()
