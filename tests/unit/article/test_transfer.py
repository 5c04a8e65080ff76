"""A sentence's elements and atoms, in its translation."""

from __future__ import annotations

import pytest

from service.article import markup, transfer
from service.article.alignment import plain
from service.article.inline import to_html
from service.article.types import ATOM, Hypothesis, Link
from tests.unit.article import fakes


def placed(html: str, target: str, *links: tuple[str, str]) -> tuple[str, list[str]]:
    """What becomes of a sentence whose words have these partners in the target, and the findings."""
    source = markup.parse_inline(html, None)
    ready = plain(source)
    pairs = [
        Link(ready.text.index(own), ready.text.index(own) + len(own), target.index(its), target.index(its) + len(its))
        for own, its in links
    ]
    content, findings = transfer.transfer(source, ready, Hypothesis(target, 0.0, tuple(pairs), "m"))
    return to_html(content), [finding.code for finding in findings]


# --- to plain text ---------------------------------------------------------------------------------------------------


def test_a_model_reads_the_sentence_without_markup_and_its_white_space_folded() -> None:
    assert plain(markup.parse_inline("The <b>old\n  <i>harbour</i></b>&nbsp;opens<img src=a>.")).text == (
        "The old harbour opens."
    )


def test_a_letter_and_a_digit_stand_for_what_is_carried_through() -> None:
    assert plain(markup.parse_inline("See <code>a b</code> at https://example.org.")).text == "See X1 at X2."


def test_a_stand_in_is_a_word_apart_and_none_that_the_text_has() -> None:
    assert plain(markup.parse_inline("X1 and <code>a</code>3.5")).text == "X1 and Z1 3.5"


def test_a_text_with_all_letters_taken_still_has_stand_ins() -> None:
    assert plain(markup.parse_inline("X1 Z1 Q1 V1 Y1 K1 W1 <code>a</code>")).text.endswith(" X1")


# --- elements --------------------------------------------------------------------------------------------------------


def test_an_element_goes_where_its_words_go() -> None:
    links = (("the", "itu"), ("red", "merah"), ("boat", "perahu"))
    html, findings = placed("the <b>red</b> boat", "perahu merah itu", *links)

    assert html == "perahu <b>merah</b> itu"
    assert findings == []


def test_an_element_around_the_whole_sentence_stays_so_whatever_is_aligned() -> None:
    assert placed("<b>(The boat)</b>.", "Perahu (itu).")[0] == "<b>Perahu (itu)</b>."
    assert placed("“<b>Go</b>”", "“Pergi”", ("Go", "Pergi"))[0] == "“<b>Pergi</b>”"


def test_punctuation_is_inside_an_element_only_where_it_was() -> None:
    links = (("red", "merah"), ("boat", "perahu"))

    assert placed("boat <b>red</b>, old", "perahu merah, tua", *links)[0] == "perahu <b>merah</b>, tua"


def test_an_element_inside_another_stays_inside_it() -> None:
    html, _ = placed('<a href="/">the <i>red</i> boat</a> left', "perahu merah pergi",
                     ("red", "merah"), ("boat", "perahu"), ("left", "pergi"))  # fmt: skip

    assert html == '<a href="/">perahu <i>merah</i></a> pergi'


def test_part_of_a_word_keeps_its_element_where_the_word_is_kept() -> None:
    html, findings = placed("the CO<sub>2</sub> tax", "pajak CO2 itu", ("the", "itu"), ("CO2", "CO2"), ("tax", "pajak"))

    assert html == "pajak CO<sub>2</sub> itu"
    assert findings == []


def test_an_element_whose_words_are_lost_is_placed_nearby_and_told() -> None:
    html, findings = placed("the <b>red</b> boat", "perahu itu", ("the", "itu"), ("boat", "perahu"))

    assert fakes.tags(html)["b", ()] == 1
    assert findings == ["markup-approximate"]


def test_elements_outlive_all_words() -> None:
    assert placed("<b>a</b> <i>b</i>", "")[0] == "<b></b><i></i>"


def test_no_break_spaces_and_line_breaks_stay_between_neighbours() -> None:
    assert placed("5&nbsp;km  far", "jauh 5 km", ("5", "5"), ("km", "km"), ("far", "jauh"))[0] == "jauh 5&nbsp;km"


def test_markup_that_is_not_the_sources_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "place_spans", lambda *_: ([], []))

    assert placed("the <b>red</b> boat", "perahu merah itu")[1] == ["markup-changed"]


# --- atoms -----------------------------------------------------------------------------------------------------------


def test_an_atom_goes_where_its_stand_in_goes() -> None:
    assert placed("Use <code>make</code> now", "Sekarang pakai X1") == ("Sekarang pakai <code>make</code>", [])


def test_a_stand_in_that_is_misspelt_is_still_it() -> None:
    assert placed("Use <code>make</code> now", "Pakai x7 kini") == ("Pakai <code>make</code> kini", [])


def test_a_stand_in_that_is_doubled_leaves_no_trace() -> None:
    assert placed("Use <code>make</code> now", "Pakai X1 X1 kini X1")[0] == "Pakai <code>make</code> kini"


def test_a_stand_in_that_is_lost_is_put_back_and_told() -> None:
    html, findings = placed("Use <code>make</code> now", "Pakai kini", ("Use", "Pakai"), ("now", "kini"))

    assert html == "Pakai <code>make</code> kini"
    assert findings == ["placeholder-moved"]


def test_one_that_is_lost_goes_behind_the_word_that_it_followed() -> None:
    html, _ = placed("the <b>red</b><wbr> boat left", "perahu merah pergi itu", ("the", "itu"), ("red", "merah"),
                     ("boat", "perahu"), ("left", "pergi"))  # fmt: skip

    assert html == "perahu <b>merah</b><wbr> pergi itu"


def test_the_reference_to_a_footnote_is_no_part_of_the_word_before_it() -> None:
    note = '<sup class="fn"><a href="#n">[1]</a></sup>'

    assert plain(markup.parse_inline(f"The boat{note} left", None)).text == "The boat left"
    assert placed(f"The boat{note} left", "Perahu pergi", ("boat", "Perahu"), ("left", "pergi"))[0] == (
        f"Perahu{note} pergi"
    )


def test_an_element_around_nothing_but_an_atom_is_around_that() -> None:
    html, _ = placed("write to <a>a@example.org</a> now", "tulis kepada X1 kini",
                     ("write", "tulis"), ("X1", "kepada"), ("X1", "X1"), ("now", "kini"))  # fmt: skip

    assert html == "tulis kepada <a>a@example.org</a> kini"


def test_what_nobody_sees_is_not_read_and_stays_in_words_that_stay() -> None:
    assert plain(markup.parse_inline("the co&shy;op&#x200B; non&#8209;profit")).text == "the coop non-profit"
    html, _ = placed("the Kom&shy;pas &#x200E;non&#8209;profit", "Kompas nirlaba itu non-profit",
                     ("the", "itu"), ("Kompas", "Kompas"), ("non-profit", "non-profit"))  # fmt: skip
    assert html == "Kom\u00adpas nirlaba itu non\u2011profit"


def test_three_dots_are_the_one_character_that_they_were() -> None:
    assert placed("Well … <b>no</b>", "Ya .... tidak", ("no", "tidak"))[0] == "Ya … <b>tidak</b>"
    assert placed("Well … no", "Ya ... tidak")[0] == "Ya … tidak"
    assert placed("Well... no", "Ya... tidak")[0] == "Ya... tidak"


def test_a_words_letters_that_are_linked_astray_do_not_move_an_element() -> None:
    html, _ = placed("caused <b>floods</b> here", "menyebabkan banjir di sini", ("caused", "menyebabkan"),
                     ("floods", "banj"), ("caused", "ir"), ("here", "sini"))  # fmt: skip

    assert html == "menyebabkan <b>banjir</b> di sini"


def test_what_is_written_for_a_particle_is_the_word_behind_that_nothing_is_written_for() -> None:
    html, findings = placed("The <b>president</b> came", "Presiden tiba", ("The", "Presiden"), ("came", "tiba"))

    assert (html, findings) == ("<b>Presiden</b> tiba", [])


def test_ten_atoms_and_more_are_told_apart() -> None:
    html = " ".join(f"<code>c{n}</code>" for n in range(1, 13))
    target = " ".join(f"X{n}" for n in range(12, 0, -1))

    assert placed(html, target)[0] == " ".join(f"<code>c{n}</code>" for n in range(12, 0, -1))


def test_what_shows_no_text_stays_between_its_neighbours() -> None:
    html = 'One<!-- a --><img src="a"> two'

    assert placed(html, "Satu dua", ("One", "Satu"), ("two", "dua"))[0] == 'Satu<!-- a --><img src="a"> dua'


def test_what_shows_no_text_stays_in_a_word_that_is_kept() -> None:
    assert placed("the Kom<wbr>pas", "Kompas itu", ("the", "itu"), ("Kompas", "Kompas"))[0] == "Kom<wbr>pas itu"


def test_a_link_never_gets_into_a_link() -> None:
    html, _ = placed('<a href="/">the red boat</a> of <a translate="no" href="/k">Kompas</a>', "the X1 red boat",
                     ("the", "the"), ("red", "red"), ("boat", "boat"))  # fmt: skip

    assert html == 'the <a translate="no" href="/k">Kompas</a> <a href="/">red boat</a>'


def test_markup_that_a_model_writes_is_text() -> None:
    assert placed("One", f"<b>Satu & {ATOM}")[0] == "&lt;b&gt;Satu &amp;"


# --- rules -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<b>JAKARTA</b> -", "<b>JAKARTA</b> —"),
        ("JAKARTA -", "JAKARTA —"),
        ("JAKARTA", "JAKARTA"),
    ],
)
def test_what_a_rule_rewrites_keeps_its_elements(html: str, expected: str) -> None:
    content = markup.parse_inline(html)

    assert to_html(transfer.rewritten(content, lambda text: text.replace("-", "—"))) == expected
