"""Scanner's misreadings, pressed keys, texts that break off: each with a sound text beside it."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from service.article import repair
from service.article.source import judge
from service.article.types import SourceFinding
from tests.unit.article.test_source import body

SOUND = (
    "The committee will meet again in the morning, and its members will vote on the modern harbour.",
    "Its government said that the return of the summer storms had burned the corn in the north.",
    "Learning to turn the corner takes time, the farmer said, and eternal patience.",
)
INDONESIAN = (
    "Pemerintah akan membangun jalan baru di provinsi itu tahun depan, kata menteri di Jakarta.",
    "Menurut gubernur, jalan itu akan membantu petani di desa-desa, dan biayanya 12 miliar rupiah.",
)


def found(paragraphs: Sequence[str], language: str = "en") -> dict[str, SourceFinding]:
    return {finding.code: finding for finding in judge(body(paragraphs), language).findings}


def test_sound_texts_have_no_noise() -> None:
    assert found(SOUND) == {}
    assert found(INDONESIAN, "id") == {}


def test_misread_words_are_told_with_their_places() -> None:
    finding = found(("Tbe govemment said tbat tbe w1ll of the Iarge major- ity was clear in this matter.", *SOUND))[
        "ocr-noise"
    ]
    assert finding.evidence == "govemment, tbat, tbe, w1ll, Iarge, major- ity"
    assert [place.start for place in finding.places] == sorted(place.start for place in finding.places)


@pytest.mark.parametrize(
    "text",
    [
        "The F1 driver had a B2B meeting at 10pm about MP3 files, H5N1 and the A1c test, the GPT4o and the iPhone15.",
        "Obarna and Smitb met Mr Tbomas of Bernburg; see exarnple.org/tbe/w1ll or write to tbe@exarnple.org.",
        "A tbe stands here once, and that is a slip of the pen, which everybody makes now and then.",
    ],
)
def test_codes_names_addresses_and_single_slips_are_no_noise(text: str) -> None:
    assert "ocr-noise" not in found((text, *SOUND))


@pytest.mark.parametrize(
    "spam", ["asdf asdf", "qwertyuiop asdfghjkl", "aaaaaaa hhhhhhh", "test test test test", "sdfghj"]
)
def test_pressed_keys_are_told(spam: str) -> None:
    finding = found((*SOUND, f"{spam}"))["keyboard-spam"]
    assert finding.places[0].block == "body.3"


@pytest.mark.parametrize(
    "text",
    [
        "A QWERTY keyboard has its property.",
        "Hahaha, he said: no, no!",
        "The NBCWXZ radio plays; hmm.",
        "Kupu-kupu dan anak-anak",
    ],
)
def test_words_about_keys_and_laughter_are_not(text: str) -> None:
    assert "keyboard-spam" not in found((*SOUND, text))


@pytest.mark.parametrize(
    ("end", "language"),
    [
        ("The minister, who came late, said that the", "en"),
        ("The minister, who came late, said in the end that he would", "en"),
        ("The minister said that more was to come... [read more]", "en"),
        ("The minister said that more was to come […]", "en"),
        ("The minister said that more was to come [+1482 chars]", "en"),
        ("The minister said that “more was to come. It would be good.", "en"),
        ("Menteri itu mengatakan bahwa jalan baru akan", "id"),
        ("Menteri itu mengatakan ada jalan baru ... Baca selengkapnya", "id"),
    ],
)
def test_a_text_that_breaks_off_is_told(end: str, language: str) -> None:
    before = SOUND if language == "en" else (*INDONESIAN, *INDONESIAN[:1])
    finding = found((*before, end), language)["truncated"]
    assert finding.places[0].end == len(end)


@pytest.mark.parametrize(
    "end",
    [
        "He left.",
        "“He left.”",
        "He left early (with his brother)",
        "He asked why?",
        "By Jane Doe",
        "He left at last. (AP)",
        "Editor: Sari Dewi Lestari",
    ],
)
def test_a_text_that_ends_is_not(end: str) -> None:
    assert "truncated" not in found((*SOUND, end))


def test_an_author_without_full_stops_breaks_nothing_off() -> None:
    assert "truncated" not in found([text.rstrip(".") for text in SOUND] * 2)


@pytest.mark.parametrize(
    "text",
    [
        "asdf " * 20_000,
        "itâ€™s " * 10_000,
        "Ã\xa0 " * 20_000,
        "." + " " * 50_000 + "x",
        "word" + " " * 50_000 + "·",
        "(a" * 30_000,
        "govern- ment tbe " * 10_000,
        "e\u0301\u200b" * 10_000,
    ],
)
def test_no_source_takes_long(text: str) -> None:
    began = time.process_time()
    (part,), _ = repair.cleaned(body([text]))
    quality = judge([part], "en")
    repair.applied([part], quality.changes)
    assert time.process_time() - began < 10  # what is quadratic takes minutes
