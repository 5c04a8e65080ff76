"""Which language a text is in, and when not to say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from langdetect import DetectorFactory

from service.article.detect import block_language, detect, normalise, warm
from service.article.types import ATOM, Detected, Unsure

ROOT = Path(__file__).parents[3]
SAMPLE = (ROOT / "tests/samples/madrid-summit.txt").read_text("utf-8")

ENGLISH = "The price of rice rose by four percent in March, and the government said that it would open its stores."
INDONESIAN = "Harga beras naik empat persen pada Maret, dan pemerintah mengatakan akan membuka gudang miliknya."
JAVANESE = "Aku lan kanca-kanca mangan ing warung iku amarga panganane enak tenan lan regane ora larang."
FRENCH = "Le prix du riz a augmenté de quatre pour cent en mars, et le gouvernement va ouvrir ses entrepôts."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (INDONESIAN, "id"),
        (FRENCH, "fr"),
        (SAMPLE, "en"),
        (ENGLISH.upper(), "en"),
        (INDONESIAN.upper(), "id"),
        ("The talks in Madrid are over.", "en"),  # short, but its function words agree
        ("Perundingan di Madrid itu sudah berakhir.", "id"),
        ("中国国家统计局表示，去年年底城镇人口占全国总人口的百分之五十一以上，比上一年增加一个多百分点，"
         "其中城镇常住人口比上年末增加了许多，农村人口则有所减少。", "zh"),
    ],
)  # fmt: skip
def test_a_text_of_some_length_is_told(text: str, language: str) -> None:
    found = detect(text)
    assert isinstance(found, Detected)
    assert found.language == language
    assert found.confidence > 0.9
    assert found.candidates[0].language == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "2025 – 4/11 – 14.30",
        "https://example.org/the/price/of/rice redaksi@example.org @kompascom #beras",
        f"{ATOM} {ATOM}",
        "Madrid",
        "Prabowo Subianto, Emmanuel Macron",
        "Nobel Fisika",
    ],
)
def test_names_numbers_and_scraps_are_unsure_with_a_reason(text: str) -> None:
    found = detect(text)
    assert isinstance(found, Unsure)
    assert "name the language" in found.reason


def test_what_is_in_no_language_is_left_out_of_the_question() -> None:
    address = "https://example.org/le-prix-du-riz-a-augmente-de-quatre-pour-cent-et-le-gouvernement "
    found = detect(address * 5 + INDONESIAN)
    assert isinstance(found, Detected)
    assert found.language == "id"


def test_a_neighbour_of_indonesian_is_not_called_indonesian() -> None:
    assert isinstance(detect(JAVANESE), Unsure)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("in", "id"),
        ("in-ID", "id"),
        ("id_ID", "id"),
        ("zh-cn", "zh"),
        ("zh-TW", "zh"),
        ("EN-us", "en"),
        ("iw", "he"),
    ],
)
def test_codes_are_the_first_subtag_in_todays_spelling(code: str, language: str) -> None:
    assert normalise(code) == language


def test_every_process_and_every_order_gives_the_same_answer() -> None:
    texts = [
        ENGLISH,
        "Harga rice naik and the pemerintah says",
        INDONESIAN,
        JAVANESE,
        FRENCH,
        "Madrid awaits",
        SAMPLE,
    ]
    program = (
        "import sys, json; from service.article.detect import detect; texts = json.loads(sys.argv[1]);"
        "order = sorted(range(len(texts)), reverse=sys.argv[2] == 'reversed');"
        "answers = {i: repr(detect(texts[i])) for i in order}; print(sorted(answers.items()))"
    )
    answers = [
        subprocess.run(
            [sys.executable, "-c", program, json.dumps(texts), order],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        ).stdout
        for order in ("given", "reversed")
    ]
    assert answers[0] == answers[1]
    assert answers[0].strip() == str([(number, repr(detect(text))) for number, text in enumerate(texts)])


def test_another_users_seed_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = detect("Harga rice naik and the pemerintah says it would open gudang")
    monkeypatch.setattr(DetectorFactory, "seed", 99)
    assert detect("Harga rice naik and the pemerintah says it would open gudang") == before


def test_warming_twice_is_harmless() -> None:
    warm()
    warm()


@pytest.mark.parametrize(
    ("text", "article", "language"),
    [
        (ENGLISH, "id", "en"),
        (INDONESIAN, "en", "id"),
        (FRENCH, "en", "fr"),
        (ENGLISH, "en", None),
        (INDONESIAN, "id", None),
        (INDONESIAN, "in", None),
        ("Wallahu a'lam", "id", None),  # too short to be sure
        ("Prabowo Subianto, Joko Widodo, Megawati Soekarnoputri, Anies Baswedan, Ganjar Pranowo", "en", None),
        ("“We will not surrender,” he said to them.", "id", "en"),
    ],
)
def test_a_block_is_foreign_only_where_that_is_sure(text: str, article: str, language: str | None) -> None:
    assert block_language(text, article) == language


def test_spun_english_is_english_all_the_same() -> None:
    assert [line for line in SAMPLE.splitlines() if block_language(line, "en")] == []
