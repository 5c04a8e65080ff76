"""Datelines as Indonesian sites and the wires write them, and sentences that only look like one."""

from __future__ import annotations

import pytest

from service.article import places
from service.article.dateline import DatelineDate, find, render

DATELINES = [
    ("JAKARTA, KOMPAS.com - ", "JAKARTA", "KOMPAS.com"),
    ("TEMPO.CO, Jakarta - ", "Jakarta", "TEMPO.CO"),
    ("Jakarta (ANTARA) - ", "Jakarta", "ANTARA"),
    ("Jakarta, CNN Indonesia -- ", "Jakarta", "CNN Indonesia"),
    ("Liputan6.com, Jakarta - ", "Jakarta", "Liputan6.com"),
    ("REPUBLIKA.CO.ID, JAKARTA -- ", "JAKARTA", "REPUBLIKA.CO.ID"),
    ("Bandung, Beritasatu.com – ", "Bandung", "Beritasatu.com"),
    ("BANDA ACEH, Serambinews.com -", "BANDA ACEH", "Serambinews.com"),
    ("LIWA (Lampost.co) -- ", "LIWA", "Lampost.co"),
    ("KONTAN.CO.ID - JAKARTA. ", "JAKARTA", "KONTAN.CO.ID"),
    ("SURYAMALANG.COM - ", None, "SURYAMALANG.COM"),
    ("WASHINGTON (Reuters) - ", "WASHINGTON", "Reuters"),
    ("ULAN-UDE (TASS) - ", "ULAN-UDE", "TASS"),
    ("Den Haag (ANTARA/Reuters) - ", "Den Haag", "ANTARA/Reuters"),
    ("RIO DE JANEIRO (AP) — ", "RIO DE JANEIRO", "AP"),
    ("Jakarta - ", "Jakarta", None),
    ("LONDON — ", "LONDON", None),
    ("LONDON—", "LONDON", None),
    ("PADANG PARIAMAN- ", "PADANG PARIAMAN", None),
]


@pytest.mark.parametrize(("head", "place", "agency"), DATELINES)
def test_finds_a_dateline(head: str, place: str | None, agency: str | None) -> None:
    found = find(f"{head}Presiden tiba di Istana.")

    assert found is not None
    assert (found.end, found.place, found.agency) == (len(head), place, agency)


@pytest.mark.parametrize("opening", ["“Kami siap,” kata dia.", "27 negara hadir.", "Énam orang tewas."])
def test_a_quotation_a_figure_or_any_capital_may_follow(opening: str) -> None:
    found = find(f"Jakarta - {opening}")

    assert found is not None
    assert found.end == len("Jakarta - ")


@pytest.mark.parametrize(
    "sentence",
    [
        "Indonesia - as everyone knows - is an archipelago.",
        "Presiden Prabowo - yang tiba pagi tadi - berpidato.",
        "Jakarta - ibu kota lama - macet lagi.",
        "Jakarta - Surabaya kini bisa ditempuh dalam sehari.",
        "INFO NASIONAL — Pertamina memperkuat perannya.",
        "NATO — The alliance met on Tuesday.",
        "Jumat, 31 Juli 1936 – Dies Natalis diadakan di Aula.",
        "KYIV, UKRAINE - MAY 5: Soldiers of the 126th brigade.",
        "Pasar Rumput (Koridor 4) - Penumpang bisa menunggu di sini.",
        "Kompas.com - situs berita itu - didirikan pada 1995.",
        "Madiun, Feb 31 - Tidak ada hari seperti itu.",
        "Semangat - Kata itu diulangnya.",
        "- Satu butir daftar.",
        "Kemudian Rp100.000,- Dibayar tunai.",
        "Jakarta adalah kota. Bandung - Kota lain.",
        "",
    ],
)
def test_leaves_an_ordinary_sentence_alone(sentence: str) -> None:
    assert find(sentence) is None


def test_a_dateline_with_nothing_after_it_is_none() -> None:
    assert find("JAKARTA, KOMPAS.com - ") is None


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("MADRID, Nov 4 (Reuters) — ", DatelineDate(4, 11, None, short=True)),
        ("MADRID, Nov. 4 (Reuters) — ", DatelineDate(4, 11, None, short=True)),
        ("MADRID/PARIS, 4 November 2025 (AFP) - ", DatelineDate(4, 11, 2025, short=False)),
        ("Jakarta, 29 Februari - ", DatelineDate(29, 2, None, short=False)),
        ("BEIJING, May 4 (Xinhua) -- ", DatelineDate(4, 5, None, short=False)),
    ],
)
def test_reads_the_date(head: str, date: DatelineDate) -> None:
    found = find(f"{head}Para pemimpin bertemu.")

    assert found is not None
    assert found.date == date


def test_reads_the_region_after_the_place() -> None:
    found = find("Nusa Dua, Bali (ANTARA) - Maybank Marathon digelar.")

    assert found is not None
    assert (found.place, found.region) == ("Nusa Dua", "Bali")


@pytest.mark.parametrize(
    ("source", "english", "indonesian"),
    [
        ("JAKARTA, KOMPAS.com - ", "JAKARTA (KOMPAS.com) — ", "JAKARTA (KOMPAS.com) - "),
        ("Jakarta - ", "JAKARTA — ", "JAKARTA - "),
        ("Yerusalem (ANTARA) - ", "JERUSALEM (ANTARA) — ", "YERUSALEM (ANTARA) - "),
        ("THE HAGUE, Netherlands (AP) — ", "THE HAGUE, Netherlands (AP) — ", "DEN HAAG, Belanda (AP) - "),
        ("CAIRO/ROME, Nov 4 (AP) — ", "CAIRO/ROME, Nov 4 (AP) — ", "KAIRO/ROMA, 4 Nov (AP) - "),
        ("Wina, 4 November 2025 - ", "VIENNA, November 4, 2025 — ", "WINA, 4 November 2025 - "),
        ("Wina, 5 Mei (AFP) - ", "VIENNA, May 5 (AFP) — ", "WINA, 5 Mei (AFP) - "),
        ("SURYAMALANG.COM - ", "SURYAMALANG.COM — ", "SURYAMALANG.COM - "),
        ("KONTAN.CO.ID - JAKARTA. ", "JAKARTA (KONTAN.CO.ID) — ", "JAKARTA (KONTAN.CO.ID) - "),
    ],
)  # fmt: skip
def test_writes_it_as_the_language_does(source: str, english: str, indonesian: str) -> None:
    assert render(source, "en") == english
    assert render(source, "id-ID") == indonesian
    assert render(source.rstrip(), "en") == english.rstrip()


@pytest.mark.parametrize("head", [head for head, _, _ in DATELINES])
@pytest.mark.parametrize("language", ["en", "id"])
def test_what_is_written_is_a_dateline_again(head: str, language: str) -> None:
    written = render(head.rstrip(), language)

    assert render(written, language) == written


def test_another_language_and_no_dateline_stay_as_they_are() -> None:
    assert render("JAKARTA, KOMPAS.com - ", "fr") == "JAKARTA, KOMPAS.com - "
    assert render("Presiden tiba.", "en") == "Presiden tiba."


def test_a_place_keeps_its_capitals_and_an_unknown_one_its_name() -> None:
    assert places.localise("SINGAPURA", "en") == "SINGAPORE"
    assert places.localise("Moscow", "id") == "Moskwa"
    assert places.localise("Jerman", "en") == "Germany"
    assert places.localise("Liwa", "en") == "Liwa"
