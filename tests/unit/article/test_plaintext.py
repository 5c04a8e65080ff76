"""Plain text as newspapers give it: what is the title, the credit, the standfirst, a heading, a list."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.article.furniture import closing_switcher
from service.article.plaintext import PlainArticle, read, split_credit
from service.article.types import Severity

SAMPLE = (Path(__file__).parents[2] / "samples" / "madrid-summit.txt").read_text(encoding="utf-8")
LONG = "Para pemimpin bertemu di Madrid. Mereka membahas jaminan keamanan untuk tahun depan. " * 3
LEAD = "JAKARTA, KOMPAS.com - Presiden tiba di Istana. Ia langsung memimpin rapat kabinet."


@pytest.fixture(scope="module")
def summit() -> PlainArticle:
    return read(SAMPLE)


def headings(article: PlainArticle) -> list[str]:
    return re.findall("<h2>(.*?)</h2>", article.html)


def test_adverts_and_share_buttons_are_dropped_and_told() -> None:
    article = read("Harga beras naik\n\nHarga naik.\nADVERTISEMENT\nBagikan ke Facebook\nBaca juga: Harga gula\n")
    assert article.html == "<p>Harga naik.</p>\n<p>Baca juga: Harga gula</p>"
    assert [finding.evidence for finding in article.findings] == ["ADVERTISEMENT\nBagikan ke Facebook"]


def test_the_first_line_is_the_title_and_its_credit_belongs_to_the_picture(summit: PlainArticle) -> None:
    assert summit.title == "Madrid awaits nan November 4 Coalition of nan Willing summit."
    assert summit.credit == "Alex Azabache via Unsplash"


def test_the_standfirst_stands_between_title_and_first_heading(summit: PlainArticle) -> None:
    assert summit.dek is not None
    assert summit.dek.startswith("Leaders are to meet down closed doors")
    assert summit.dek not in html.unescape(summit.html)


def test_section_headings_are_recognised(summit: PlainArticle) -> None:
    assert headings(summit) == [
        "Spain becomes shape for strategical talks",
        "France and nan UK astatine nan helm",
        "A balancing enactment of diplomacy and deterrence",
        "Spain’s domiciled and nan way ahead",
    ]
    assert summit.html.count("<p>") == 12


def test_the_closing_switcher_names_the_locales_and_is_no_text(summit: PlainArticle) -> None:
    furniture = next(finding for finding in summit.findings if finding.code == "furniture")

    assert summit.locales == ("en-US", "id-ID")
    assert furniture.severity is Severity.INFO
    assert furniture.evidence == "English (US) ·\nIndonesian (ID) ·"
    assert "Indonesian (ID)" not in summit.html


def test_a_given_title_leaves_the_first_line_to_the_body() -> None:
    article = read(f"{LEAD}\n{LONG}", title="Presiden tiba. Foto: Antara/Budi")

    assert (article.title, article.credit) == ("Presiden tiba.", "Antara/Budi")
    assert article.html.startswith("<p>JAKARTA, KOMPAS.com - Presiden")


# --- the credit ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Summit awaits. Credit: A. Azabache via Unsplash", ("Summit awaits.", "A. Azabache via Unsplash")),
        ("Banjir Jakarta (Foto: Antara/Budi)", ("Banjir Jakarta", "Antara/Budi")),
        ("Banjir Jakarta. Foto: Budi Santoso", ("Banjir Jakarta.", "Budi Santoso")),
        ("Banjir Jakarta! Kredit: BNPB", ("Banjir Jakarta!", "BNPB")),
        ("Banjir landa kota Sumber foto: BPBD", ("Banjir landa kota", "BPBD")),
        ("Red team wins | Photo: AFP", ("Red team wins", "AFP")),
        ("Red Team Wins Photo credit: Jane Doe", ("Red Team Wins", "Jane Doe")),
        ("Summit Talks Credit: Reuters/John", ("Summit Talks", "Reuters/John")),
        ("Summit talks Credit: John Smith", ("Summit talks", "John Smith")),
    ],
)  # fmt: skip
def test_a_trailing_credit_is_split_off(title: str, expected: tuple[str, str]) -> None:
    assert split_credit(title) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Banks Tighten Credit: Why It Matters",
        "Banks tighten credit: what comes next",
        "Foto: Banjir di Jakarta",
        "Melihat Album Foto: Kisah Keluarga",
        "Credit: X",
        "",
        f"{'Kata ' * 100}. Foto: Antara/Budi",
    ],
)
def test_a_word_in_the_title_is_no_credit(title: str) -> None:
    assert split_credit(title) == (title, None)


def test_a_credit_on_its_own_line_below_the_title() -> None:
    article = read(f"Presiden Tiba\nFoto: Antara/Sigid Kurniawan\n{LEAD}\n{LONG}")

    assert article.credit == "Antara/Sigid Kurniawan"
    assert [finding.evidence for finding in article.findings] == ["Foto: Antara/Sigid Kurniawan"]


# --- the standfirst -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"Judul\nPresiden tiba di Istana pagi ini.\n{LEAD}\n{LONG}",
        f"Judul\nPresiden tiba di Istana pagi ini\n{LEAD}\n{LONG}",
        f"Judul\nPresiden tiba di Istana pagi ini.\n\n{LONG}\n\n{LONG}",
        f"Judul\nPresiden tiba di Istana pagi ini dan akan memimpin rapat kabinet\n{LONG}\n{LONG}",
        f"Judul\n\nPresiden tiba di Istana pagi ini.\n\nBagian satu\n\n{LONG}",
        f"Judul\nPresiden tiba di Istana pagi ini.\n{LONG}\n{LONG}\n{LONG}",
    ],
    ids=["dateline", "no stop", "above a blank line", "long line", "heading", "stands out"],
)
def test_a_standfirst_is_set_apart(text: str) -> None:
    article = read(text)

    assert article.dek is not None
    assert article.dek.startswith("Presiden tiba di Istana pagi ini")


@pytest.mark.parametrize(
    "text",
    [
        f"Judul\n{LEAD}\n{LONG}",
        "Judul\nPresiden tiba pagi ini.\nIa memimpin rapat.\nRapat itu selesai siang hari.",
        f"Judul\n\nPresiden tiba di Istana pagi ini.\n\n{LONG}\n\nIa pulang malam.",
        f"Judul\nBerikut daftar lengkapnya hari ini:\n{LONG}\n{LONG}",
        f"Judul\nSelasa, 04 Nov 2025 14:30 WIB\n{LONG}\n{LONG}",
        f"Judul\nOleh Budi Santoso dan Ani\n{LONG}\n{LONG}",
        f"Judul\n{LONG}\n{LONG}",
        "Judul\nSatu paragraf saja di sini.",
    ],
    ids=["dateline", "alike", "not all longer", "colon", "day", "byline", "long", "alone"],
)
def test_an_article_may_have_no_standfirst(text: str) -> None:
    assert read(text).dek is None


def test_a_given_standfirst_is_kept() -> None:
    article = read(f"Judul\nPresiden tiba pagi ini.\n{LEAD}", dek="Punya kami")

    assert article.dek == "Punya kami"
    assert "<p>Presiden tiba pagi ini.</p>" in article.html


# --- headings and lists -------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["Apa selanjutnya?", "1. Bali", "“Damai” dan syaratnya", "Spain: a new stage"])
def test_a_short_line_before_a_paragraph_is_a_heading(line: str) -> None:
    assert headings(read(f"{LEAD}\n{LONG}\n{line}\n{LONG}", title="Judul")) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Ia pulang.",
        "Baca juga: Presiden Tiba",
        "— Budi Santoso",
        "“Ya”",
        "dan seterusnya",
        "Oleh Budi Santoso",
        "***",
    ],
)
def test_other_short_lines_are_paragraphs(line: str) -> None:
    article = read(f"{LEAD}\n{LONG}\n{line}\n{LONG}", title="Judul")

    assert f"<p>{line}</p>" in article.html


def test_the_last_line_heads_nothing() -> None:
    assert headings(read(f"{LEAD}\n{LONG}\nJakarta", title="Judul")) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("- satu\n- dua", "<ul><li>satu</li><li>dua</li></ul>"),
        ("• satu\n\n• dua\n\n• tiga", "<ul><li>satu</li><li>dua</li><li>tiga</li></ul>"),
        ("1. satu\n2. dua", "<ol><li>satu</li><li>dua</li></ol>"),
        ("3) tiga\n4) empat", '<ol start="3"><li>tiga</li><li>empat</li></ol>'),
        ("- sendirian", "<p>- sendirian</p>"),
        ("1. satu\n3. tiga", "<p>1. satu</p>\n<p>3. tiga</p>"),
    ],
)
def test_runs_of_items_are_lists(lines: str, expected: str) -> None:
    assert read(f"{LEAD}\n{lines}\n{LONG}", title="Judul").html.split("\n", 1)[1].startswith(expected)


def test_a_heading_may_stand_over_a_list() -> None:
    assert headings(read(f"{LEAD}\nYang dibawa\n- Paspor\n- Uang", title="Judul")) == ["Yang dibawa"]


def test_markup_in_the_text_is_text() -> None:
    article = read('Judul\nIa menulis <script>alert("x")</script> & pulang.')

    assert article.html == '<p>Ia menulis &lt;script&gt;alert("x")&lt;/script&gt; &amp; pulang.</p>'


# --- lines and paragraphs -----------------------------------------------------------------------------------


def test_wrapped_lines_are_joined_to_paragraphs() -> None:
    text = (
        "Presiden Tiba di Istana\n\n"
        "Presiden tiba di Istana Merdeka pada Selasa pagi untuk memimpin\n"
        "rapat kabinet bersama para menteri yang datang dari berbagai\n"
        "daerah di Jawa dan\nSumatera. Anak-\nanak sekolah menyambutnya.\n\n"
        "Rapat itu selesai siang hari. Tidak ada keterangan resmi dari\n"
        "Istana mengenai hasilnya.\n"
    )  # fmt: skip

    assert read(text, dek="").html == (
        "<p>Presiden tiba di Istana Merdeka pada Selasa pagi untuk memimpin rapat kabinet bersama "
        "para menteri yang datang dari berbagai daerah di Jawa dan</p>\n"
        "<p>Sumatera. Anak-anak sekolah menyambutnya.</p>\n"
        "<p>Rapat itu selesai siang hari. Tidak ada keterangan resmi dari Istana mengenai hasilnya.</p>"
    )


def test_short_lines_that_end_in_full_stops_are_paragraphs() -> None:
    lines = [
        "Presiden tiba di Istana pada pagi hari.",
        "Ia memimpin rapat kabinet hingga siang.",
        "Lalu ia pulang.",
    ]

    assert read("\n".join(["Presiden Tiba", *lines])).html.count("<p>") == 3


# --- the switcher -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "locales"),
    [
        (["English (US) ·", "Indonesian (ID) ·"], ("en-US", "id-ID")),
        (["English (US) · Indonesian (ID) ·"], ("en-US", "id-ID")),
        (["English (US) Indonesian (ID)"], ("en-US", "id-ID")),
        (["English | Bahasa Indonesia"], ("en-US", "id-ID")),
        (["Bahasa Inggris / Bahasa Indonesia"], ("en-US", "id-ID")),
        (["English", "", "Indonesia", ""], ("en-US", "id-ID")),
        (["EN | ID"], ("en-US", "id-ID")),
        (["Indonesian · English (UK) · Indonesian"], ("id-ID", "en-GB")),
        (["Français · Deutsch · Português (Brasil) · 日本語"], ("fr-FR", "de-DE", "pt-BR", "ja-JP")),
        (["中文 (简体) · Chinese (Traditional) · Español (México)"], ("zh-CN", "zh-TW", "es-MX")),
    ],
)
def test_closing_names_of_languages_are_a_switcher(lines: list[str], locales: tuple[str, ...]) -> None:
    assert closing_switcher([LONG, *lines]) == (1, locales)


@pytest.mark.parametrize(
    "lines",
    [
        ["English"],
        ["Jawa | Bali"],
        ["English speakers · Indonesian (ID)"],
        ["English (XX) · Indonesian (ID)"],
        ["The school teaches:", "English", "French"],
        ["English (US) · Indonesian (ID)", "Ia pulang."],
        ["English, French and German."],
    ],
)
def test_other_lines_are_not(lines: list[str]) -> None:
    assert closing_switcher(lines) == (len(lines), ())


def test_the_title_is_never_furniture() -> None:
    assert read("English · Indonesian").title == "English · Indonesian"


# --- any text -----------------------------------------------------------------------------------------------

lines = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from([
            "", LEAD, LONG, "Judul. Credit: A via B", "Foto: Antara/X", "- satu", "2. dua",
            "English · Indonesian",
            "dan <b>ini</b> & itu", "Bagian satu", "Anak-", "anak", "TEMPO.CO, Jakarta - Ya",
        ]),
    )
)  # fmt: skip


@given(lines.map("\n".join), st.sampled_from([None, "", "Judul (Foto: X/Y)"]), st.sampled_from([None, "Dek"]))
def test_no_word_is_lost(text: str, title: str | None, dek: str | None) -> None:
    article = read(text, title=title, dek=dek)

    evidence = [finding.evidence for finding in article.findings]
    body = html.unescape(re.sub(r"<[^>]*>", " ", article.html))
    everything = " ".join([article.title, article.credit or "", article.dek or "", body, *evidence])
    markers = re.compile(r"[-*•▪‣◦]|\d{1,3}[.)]")
    words = text.removeprefix("\ufeff").split()
    assert [word for word in words if word not in everything and not markers.fullmatch(word)] == []
