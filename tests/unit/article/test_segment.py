"""Sentences: where Indonesian and English text is cut, where not, and what holds for any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.article.segment import LIMIT, LONG, split
from service.article.types import ATOM, Atom, Inline

SAMPLE = Path(__file__).parents[2] / "samples" / "madrid-summit.txt"


def sentences(text: str, language: str, *atoms: Atom) -> list[str]:
    return [text[start:end] for start, end in split(Inline(text, atoms=atoms), language)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Prof. Dr. Sutomo, M.Hum., dan Ir. Joko Widodo hadir.",
        "Kata H. Agus dan Hj. Siti, K.H. Ma'ruf Amin, S.H., M.Si. datang.",
        "B.J. Habibie dan W.S. Rendra berbincang.",
        "Letjen TNI (Purn.) Prabowo dan Moh. Zaki tiba.",
        "Alamatnya di Jl. Sudirman No. 5, lihat hal. 3.",
        "Harganya Rp. 5.000 pada tgl. 6 Mei.",
        "Surat a.n. Budi d.a. Jalan Mawar.",
        "Buah, sayur, dll. dijual murah.",
        "PT Telkom (Persero) Tbk. membukukan laba.",
        "Pasokan dari PT. PLN terganggu.",
        "TEMPO.CO, Jakarta - Presiden tiba.",
        "SURYA.CO.ID melapor, begitu pula Kompas.com dan KIM.ID.",
        "Menurut dr. Sapto Adji, Sp.OT, tulangnya patah.",
        "Oleh:M. Rizal Fadillah.",
        "Apa? tanyanya.",
        "“Ini bagus. Sangat bagus,” katanya.",
    ],
)
def test_indonesian_stays_one_sentence(sentence: str) -> None:
    assert sentences(f"{sentence} Lalu ia pergi.", "id") == [sentence, "Lalu ia pergi."]


@pytest.mark.parametrize(
    "sentence",
    [
        "The U.S. Senate voted.",
        "Gen. Smith and Sen. Warren left at 5 p.m. on Monday.",
        "Mr. Smith vs. Jones, Inc. and Co. Ltd. announced it.",
        "No. 5 is alive.",
        "It opens at 2:30 p.m. WIB (GMT+7).",
        "It closed at 9 a.m. EST and stayed closed.",
        "J.R.R. Tolkien and Lt. Col. Vindman wrote.",
        "It cost $1.5 million, e.g. in St. Petersburg.",
        "“What?” he asked.",
        '"It is good. Really," he said.',
        "Yahoo! Inc. bought it.",
    ],
)
def test_english_stays_one_sentence(sentence: str) -> None:
    assert sentences(f"{sentence} Then they left.", "en") == [sentence, "Then they left."]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Apel, jeruk, dll. Harga naik.", "id", ["Apel, jeruk, dll.", "Harga naik."]),
        ("Itu kan. Begitu kata ia. Lalu pergi.", "id", ["Itu kan.", "Begitu kata ia.", "Lalu pergi."]),
        ("Menjadi ASN.KPK juga menolak.", "id", ["Menjadi ASN.", "KPK juga menolak."]),
        ("Ia berkata, “Baik.” Lalu pergi. “Ya.” “Tidak.”", "id",
         ["Ia berkata, “Baik.”", "Lalu pergi.", "“Ya.”", "“Tidak.”"]),
        ("He lives in the U.S. The end.", "en", ["He lives in the U.S.", "The end."]),
        ('It ended," he said. "Another began.', "en", ['It ended," he said.', '"Another began.']),
        ("1. First things first. 2. Then the rest.", "en", ["1. First things first.", "2. Then the rest."]),
        ("Ia pulang.\"\"", "id", ["Ia pulang.\"\""]),
        ("  Satu.\n\tDua baris\n\ndan habis.  ", "id", ["Satu.", "Dua baris", "dan habis."]),
        ("One is here. Two is there.", "xx", ["One is here.", "Two is there."]),
        ("", "en", []),
        (" \n ", "en", []),
        ("…", "en", ["…"]),
    ],
)  # fmt: skip
def test_cuts_where_a_sentence_ends(text: str, language: str, expected: list[str]) -> None:
    assert sentences(text, language) == expected


def test_a_line_break_ends_a_sentence_and_is_part_of_none() -> None:
    br = Atom("<br/>", "")

    assert sentences(f"Jalan Mawar 5{ATOM}{ATOM} Bandung", "id", br, br) == ["Jalan Mawar 5", "Bandung"]


def test_other_atoms_are_part_of_their_sentence() -> None:
    code, image = Atom("<code>make</code>", "make"), Atom('<img src="a.png">', "")
    text = f"Jalankan {ATOM}. Lalu lihat {ATOM} ini."

    assert sentences(text, "id", code, image) == [f"Jalankan {ATOM}.", f"Lalu lihat {ATOM} ini."]


@pytest.mark.parametrize("mark", ['"', "“", "(", "«"])
def test_an_unclosed_mark_holds_nothing_together(mark: str) -> None:
    filler = "Kalimat ini biasa saja dan tidak panjang. " * 30
    text = f'Ia berkata, {mark}Kami datang. {filler}Lalu “ya,” «baik», "bagus" (benar), katanya. Selesai.'

    assert max(map(len, sentences(text, "id"))) <= LONG


def test_a_sound_quotation_behind_an_unclosed_one_stays_whole() -> None:
    filler = "This is a sentence like any other one. " * 11
    text = f"He said: “We came. {filler}And then “it is good. Really,” he said. All went home."

    assert sentences(text, "en")[-2:] == ["And then “it is good. Really,” he said.", "All went home."]


@pytest.mark.parametrize("unit", ["word, ", "word ", "x", "a — b ", "; ", "e\u0301", "(“", '". '])
def test_no_sentence_exceeds_the_limit(unit: str) -> None:
    assert max(map(len, sentences(unit * 1000, "en"))) <= LIMIT


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    clause = "pemerintah menyatakan bahwa anggaran itu sudah disetujui oleh parlemen pada pekan lalu"
    text = ", ".join([clause] * 10) + "."

    assert all(piece.endswith((",", ".")) for piece in sentences(text, "id"))


def test_the_sample_has_its_sentences() -> None:
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()

    assert [len(split(Inline(line), "en")) for line in lines[7:10]] == [1, 2, 2]


pieces = st.lists(
    st.sampled_from([*"aZ0.,;!?\"“”()'’—\n \u00a0\u0301😀", ATOM, "Dr. ", "kan. ", "“Ya.” ", "Kata dia. ", "x" * 300])
)


@given(st.one_of(st.text(), pieces.map("".join)), st.sampled_from(["en", "id", "id-ID", "zh", ""]))
def test_every_character_is_in_one_sentence(text: str, language: str) -> None:
    atoms = tuple(Atom("<br>" if number % 2 else "<img>", "") for number in range(text.count(ATOM)))
    spans = split(Inline(text, atoms=atoms), language)

    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(start < end for start, end in spans)
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    inside = {at for start, end in spans for at in range(start, end)}
    at_atoms = [at for at, char in enumerate(text) if char == ATOM]
    breaks = set(at_atoms[1::2])
    assert {at for at, char in enumerate(text) if not char.isspace()} - inside == breaks


def test_a_lone_surrogate_does_no_harm() -> None:
    assert sentences("Satu \ud800. Dua.", "id") == ["Satu \ud800.", "Dua."]
