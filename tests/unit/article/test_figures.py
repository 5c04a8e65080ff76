"""Figures that a model miswrote are put right where the alignment is sure; all get the form of the target."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.article import figures
from service.article.forms import Style
from service.article.inline import to_html
from service.article.types import ATOM, Atom, Conversion, Hypothesis, Inline, Link, Severity, Span

EN_ID, ID_EN = Style("en-US", "id-ID"), Style("id-ID", "en-US")


def hypothesis(source: str, target: str, *pairs: tuple[str, str]) -> Hypothesis:
    """A hypothesis whose links join these pieces of source and target."""
    links = tuple(
        Link(source.index(a), source.index(a) + len(a), target.index(b), target.index(b) + len(b)) for a, b in pairs
    )
    return Hypothesis(target, -0.3, links, "m")


def settled(source: str, target: str, style: Style) -> str:
    """What becomes of a target without links."""
    return figures.settle(source, hypothesis(source, target), style).hypothesis.text


# --- put right -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target", "pair", "repaired"),
    [
        ("It has 877 rooms.", "Ini memiliki 8777 kamar.", ("877", "8777"), "Ini memiliki 877 kamar."),
        ("It rose 3.5 percent.", "Naik 35 persen.", ("3.5", "35"), "Naik 3,5 persen."),
        ("It cost 1.5 million rupiah.", "Biayanya 15 juta rupiah.", ("1.5", "15"), "Biayanya 1,5 juta rupiah."),
        ("It has 12,500 seats.", "Ada 12.00 kursi.", ("12,500", "12.00"), "Ada 12.500 kursi."),
        ("They meet on November 4.", "Mereka bertemu 40 November.", ("4", "40"), "Mereka bertemu 4 November."),
        ("It began at 2:30 p.m.", "Dimulai pukul 3.20.", ("2:30", "3.20"), "Dimulai pukul 14.30."),
        ("the 21st meeting", "pertemuan ke-211", ("21", "211"), "pertemuan ke-21"),
    ],
)
def test_a_miswritten_figure_is_the_sources_again(
    source: str, target: str, pair: tuple[str, str], repaired: str
) -> None:
    made = figures.settle(source, hypothesis(source, target, pair), EN_ID)
    assert made.hypothesis.text == repaired
    assert [finding.code for finding in made.findings] == ["number-repaired"]


def test_indonesian_figures_become_english_ones() -> None:
    source, target = "Anggarannya Rp1,2 triliun.", "The budget is Rp12 trillion."
    made = figures.settle(source, hypothesis(source, target, ("1,2", "12")), ID_EN)
    assert made.hypothesis.text == "The budget is Rp1.2 trillion."


def test_a_repair_says_what_stood_there() -> None:
    source, target = "It has 877 rooms.", "Ini memiliki 8777 kamar."
    (finding,) = figures.settle(source, hypothesis(source, target, ("877", "8777")), EN_ID).findings
    assert finding.evidence == "8777 → 877"


def test_links_behind_a_repair_move_along() -> None:
    source, target = "It has 877 rooms.", "Ini memiliki 8777 kamar."
    given = hypothesis(source, target, ("877", "8777"), ("rooms", "kamar"))
    better = figures.settle(source, given, EN_ID).hypothesis
    rooms = better.links[1]
    assert better.text[rooms.target_start : rooms.target_end] == "kamar"


@pytest.mark.parametrize(
    ("source", "target", "pairs"),
    [
        ("It has 877 rooms.", "Ini memiliki 8777 kamar.", []),  # no evidence
        ("It has 877 rooms.", "Ini memiliki kamar.", []),  # dropped: there is nothing to put right
        ("It has 877 rooms.", "Ini 87 dan 77 kamar.", [("877", "87"), ("877", "77")]),  # two candidates
        ("They won 3-1.", "Menang 3 April.", [("1", "3 April")]),  # no date stands for a number
        ("It has 877 rooms.", "Ini memiliki 877 kamar.", [("877", "877")]),  # nothing wrong
    ],
)
def test_without_sure_evidence_nothing_is_touched(source: str, target: str, pairs: list[tuple[str, str]]) -> None:
    given = hypothesis(source, target, *pairs)
    assert figures.settle(source, given, EN_ID) == figures.Settled(given)


def test_a_sentence_in_its_own_language_is_left_alone() -> None:
    given = hypothesis("", "Open at 3:00 a.m. on 4/11.")
    assert figures.settle(given.text, given, Style("en-US", "en-GB")) == figures.Settled(given)


# --- in the target's form --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target", "formed"),
    [
        ("1.5 million cars", "1.5 juta mobil", "1,5 juta mobil"),
        ("1.5 million cars", "1,5 million mobil", "1,5 juta mobil"),
        ("worth $26bn", "senilai $26bn", "senilai $26 miliar"),
        ("Rp 1.2 trillion", "Rp 1,2 triliun", "Rp1,2 triliun"),
        ("up 4.00 percent", "naik 4,000 persen", "naik 4,00 persen"),
        ("magnitude 5.0", "magnitudo 5.00", "magnitudo 5,0"),
        ("13.000 personnel", "13.000 personel", "13.000 personel"),
        ("on iOS 17.4 and later", "di iOS 17.4 dan berikutnya", "di iOS 17.4 dan berikutnya"),
        ("the 21st century", "abad 21st", "abad ke-21"),
        ("the 21st century", "abad ke 21", "abad ke-21"),
        ("the 21st century", "abad 21", "abad ke-21"),
        ("the 21st of May", "tanggal 21 Mei", "tanggal 21 Mei"),
        ("in the 1990s", "pada 1990s", "pada 1990-an"),
        ("at 2:30 p.m. WIB (GMT+7)", "pada 2:30 p.m. WIB (GMT+7)", "pada 14.30 WIB"),
        ("It opens at 9 a.m.", "Dibuka pukul 9 a.m.", "Dibuka pukul 09.00."),
        ("at 2:30 p.m.", "pukul 2.30 siang", "pukul 14.30"),
        ("0500 GMT", "0500 GMT", "05.00 GMT"),
        ("from 14:05 to 15:10", "dari 14:05 sampai 15:10", "dari 14.05 sampai 15.10"),
        ("a ratio of 1:20", "rasio 1:20", "rasio 1:20"),
        ("Monday (11/4)", "Senin (11/4)", "Senin (4/11)"),
        ("Thursday (12/13)", "Kamis (12/13)", "Kamis (13/12)"),
        ("on 11/4/2025", "pada 11 April 2025", "pada 4 November 2025"),
        ("on May 20, 1967", "pada Mei 20, 1967", "pada 20 Mei 1967"),
        ("on May 20", "pada 20 Mei 2007", "pada 20 Mei"),
        ("It rose 12 percent.", "Naik 12.", "Naik 12 persen."),
        ("It cost $28.", "Biayanya 28.", "Biayanya $28."),
        ("from $5 to $7", "dari 5 menjadi $7", "dari $5 menjadi $7"),
        ("Rp 1 million per meter", "1 juta meter", "Rp1 juta meter"),
    ],
)
def test_english_figures_in_indonesian(source: str, target: str, formed: str) -> None:
    assert settled(source, target, EN_ID) == formed


@pytest.mark.parametrize(
    ("source", "target", "formed"),
    [
        ("1,5 juta mobil", "1,5 million cars", "1.5 million cars"),
        ("1,5 juta mobil", "1.5 juta cars", "1.5 million cars"),
        ("Rp5 M", "Rp5 billion", "Rp5 billion"),
        ("abad ke-21", "the 21 century", "the 21st century"),
        ("urutan ke-112", "ranked ke-112", "ranked 112th"),
        ("tahun 1990-an", "the 1990-an", "the 1990s"),
        ("pindah ke 21 rumah", "moved to 21 houses", "moved to 21 houses"),
        ("pukul 14.30 WIB", "at 14.30 WIB", "at 2:30 p.m. WIB (GMT+7)"),
        ("pukul 14.30 WITA.", "at 2:30 a.m. WITA.", "at 2:30 p.m. WITA (GMT+8)."),
        ("Rapat pukul 20.00.", "A meeting at 20.00.", "A meeting at 8 p.m."),
        ("pukul 9 malam", "at 9", "at 9 p.m."),
        ("pukul 9.15", "at 9.15 p.m.", "at 9:15"),
        ("pukul 08.00-16.00 WIB", "08.00-16.00 WIB", "8 a.m.-4 p.m. WIB (GMT+7)"),
        ("Senin (4/11/2025)", "Monday (4/11/2025)", "Monday (November 4, 2025)"),
        ("Senin (4/11)", "Monday (11/4)", "Monday (November 4)"),
        ("Kamis (13/12)", "Thursday (13/12)", "Thursday (December 13)"),
        ("2025-11-04", "2025-11-04", "2025-11-04"),
        ("20 persen", "20", "20 percent"),
        ("Rp50-100 juta", "Rp50-100 million", "Rp50-100 million"),
    ],
)
def test_indonesian_figures_in_english(source: str, target: str, formed: str) -> None:
    assert settled(source, target, ID_EN) == formed


def test_dates_follow_the_targets_locale() -> None:
    style = Style("id-ID", "en-GB")
    assert settled("Senin (4/11/2025)", "Monday (4/11/2025)", style) == "Monday (4 November 2025)"


def test_the_house_says_how_rupiah_are_written() -> None:
    spaced = Style("en-US", "id-ID", "Rp 1")
    assert settled("Rp1.2 trillion", "Rp1,2 triliun", spaced) == "Rp 1,2 triliun"
    assert settled("Rp1.2 trillion", "Rp. 1,2 triliun", EN_ID) == "Rp1,2 triliun"


@pytest.mark.parametrize(("locale", "date"), [("en-US", "4/11"), ("en-GB", "11/4"), ("en", "11/4")])
def test_day_and_month_are_swapped_only_where_the_locale_says_so(locale: str, date: str) -> None:
    assert settled("Monday (11/4)", "Senin (11/4)", Style(locale, "id-ID")) == f"Senin ({date})"


def test_a_date_that_nobody_can_tell_stands_as_in_the_source_and_is_flagged() -> None:
    source, target = "Monday (11/4)", "Senin, 11 April"
    made = figures.settle(source, hypothesis(source, target), Style("en", "id-ID"))
    assert made.hypothesis.text == "Senin, 11/4"
    (finding,) = figures.doubtful(source, Style("en", "id-ID"))
    assert (finding.code, finding.severity, finding.evidence) == ("date-ambiguous", Severity.WARNING, source)
    assert figures.doubtful(source, EN_ID) == figures.doubtful("Monday (11/14)", Style("en", "id-ID")) == ()


def test_the_weekday_beside_a_date_tells_day_from_month() -> None:
    assert settled("Friday (4/11/2025)", "Jumat (4/11/2025)", Style("en", "id-ID")) == "Jumat (11/4/2025)"  # a Friday


# --- masked ----------------------------------------------------------------------------------------------------------


def masked(text: str, style: Style) -> tuple[str, list[str]]:
    content = figures.masked(Inline(text), style)
    return content.text.replace(ATOM, "_"), [atom.text for atom in content.atoms]


@pytest.mark.parametrize(
    ("text", "style", "left", "carried"),
    [
        ("Rp1,2 triliun untuk 20% warga", ID_EN, "_ untuk _ warga", ["Rp1.2 trillion", "20%"]),
        ("menang 2-1 pada Senin (4/11/2025)", ID_EN, "menang _ pada Senin (_)", ["2-1", "November 4, 2025"]),
        ("pukul 14.30 WIB", ID_EN, "pukul _", ["2:30 p.m. WIB (GMT+7)"]),
        ("three of 1,500 in the 1990s", EN_ID, "three of _ in the _", ["1.500", "1990-an"]),
        ("November 4-6", EN_ID, "November 4-6", []),
        ("Monday (11/4)", Style("en", "id-ID"), "Monday (_)", ["11/4"]),
    ],
)
def test_figures_are_carried_in_the_targets_form(text: str, style: Style, left: str, carried: list[str]) -> None:
    assert masked(text, style) == (left, carried)


def test_a_figure_that_an_element_cuts_is_not_masked() -> None:
    content = Inline("1,500 men", (Span(0, 1, 0, "<b>", "</b>"),))
    assert to_html(figures.masked(content, EN_ID)) == "<b>1</b>,500 men"


def test_some_may_be_masked_from_the_start() -> None:
    text = "20 men at 2:30 p.m. WIB (GMT+7)"
    content = figures.masked(Inline(text), EN_ID, figures.EXPLAINED_ZONE)
    assert [atom.text for atom in content.atoms] == ["14.30 WIB"]


# --- the log ---------------------------------------------------------------------------------------------------------


def test_each_conversion_is_told_and_can_be_undone() -> None:
    source, target = "At 2:30 p.m. 1.5 million men and 877 boats", "Pada 2:30 p.m. 1,5 juta orang dan 8777 perahu"
    given = hypothesis(source, target, ("877", "8777"))
    made = figures.settle(source, given, EN_ID)
    text = made.hypothesis.text

    log = figures.log(Inline(source), Inline(text), EN_ID, made.changes, source, text)

    assert [(one.source, one.target, one.was) for one in log] == [
        ("2:30 p.m.", "14.30", "2:30 p.m."),
        ("1.5 million", "1,5 juta", None),
        ("877", "877", "8777"),
    ]
    for one in log:
        assert source[one.source_start : one.source_end] == one.source
        assert text[one.target_start : one.target_end] == one.target
    for one in reversed(log):
        text = text[: one.target_start] + (one.was or one.target) + text[one.target_end :]
    assert text == target


def test_a_figure_changed_twice_is_undone_to_what_the_model_wrote() -> None:
    source, target = "It cost $877.", "Biayanya 8777."
    made = figures.settle(source, hypothesis(source, target, ("877", "8777")), EN_ID)
    assert [(change.now, change.was) for change in made.changes] == [("$877", "8777")]


def test_places_are_those_of_the_texts_with_what_markup_shows() -> None:
    bank = Atom("<i>Bank 5</i>", "Bank 5")
    source, target = (
        Inline(f"{ATOM} {verb} 5 {word}\u00a05.", (), (bank,)) for verb, word in (("paid", "for"), ("bayar", "untuk"))
    )
    plain, made = "X1 paid 5 for 5.", "X1 bayar 5 untuk 5."

    log = figures.log(source, target, EN_ID, [figures.Change((14, 15), 17, "5", "6")], plain, made)

    assert log == (Conversion("5", 18, 19, "5", 21, 22, "6"),)


PIECES = """877 8777 1.5 1,5 million juta Rp Rp1,2 triliun $5 % persen at pukul 14.30 2:30 p.m. WIB (GMT+7) . ke-21 21st
Monday Senin (4/11/2025) (12/13) 4 November 2025 Nov. 4 2-1 1-2 1990s 1990-an ½ three tiga the di ,""".split()


texts = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


@given(texts, texts, st.sampled_from([EN_ID, ID_EN, Style("en", "de"), Style("en-GB", "id", "Rp 1")]), st.data())
def test_whatever_stands_there_all_changes_can_be_undone(
    source: str, target: str, style: Style, data: st.DataObject
) -> None:
    links = ()
    if source and target:
        at, to = data.draw(st.integers(0, len(source) - 1)), data.draw(st.integers(0, len(target) - 1))
        links = (Link(at, min(at + 5, len(source)), to, min(to + 5, len(target))),)
    made = figures.settle(source, Hypothesis(target, -0.3, links, "m"), style)
    text = made.hypothesis.text
    for change in sorted(made.changes, key=lambda change: -change.start):
        assert text[slice(*change.span)] == change.now
        text = text[: change.start] + change.was + text[change.span[1] :]
    assert text == target
