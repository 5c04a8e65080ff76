"""Text with elements around it: cut at sentences, joined again, written as HTML."""

from __future__ import annotations

from service.article.inline import cut, edited, escape_attribute, escape_text, join, nested, to_html, to_text
from service.article.types import ATOM, Atom, Inline, Span


def span(start: int, end: int, element: int = 0, tag: str = "b") -> Span:
    return Span(start, end, element, f"<{tag}>", f"</{tag}>")


IMAGE = Atom('<img src="a.jpg">', "")


def test_markup_characters_and_no_break_spaces_are_escaped() -> None:
    assert escape_text('a < b & c > "d"\u00a0e') == 'a &lt; b &amp; c &gt; "d"&nbsp;e'
    assert escape_attribute('"<&>"') == "&quot;&lt;&amp;&gt;&quot;"


def test_elements_are_written_around_their_text_and_atoms_in_their_place() -> None:
    content = Inline(f"A bold {ATOM} word", (span(2, 13), span(9, 13, 1, "i")), (IMAGE,))

    assert to_html(content) == 'A <b>bold <img src="a.jpg"> <i>word</i></b>'
    assert to_text(content) == "A bold  word"


def test_of_elements_with_the_same_extent_the_first_is_outside() -> None:
    assert to_html(Inline("word", nested([span(0, 4, 1, "i"), span(0, 4, 0)]))) == "<b><i>word</i></b>"


def test_an_empty_element_is_beside_what_begins_or_ends_at_its_place() -> None:
    spans = nested([span(0, 3, 0), span(3, 3, 1, "i"), span(3, 6, 2, "u")])

    assert to_html(Inline("onetwo", spans)) == "<b>one</b><i></i><u>two</u>"


def test_where_elements_cross_the_later_begins_where_the_earlier_ends() -> None:
    spans = nested([span(0, 4, 0), span(2, 8, 1, "i"), span(3, 6, 2, "u")])

    assert to_html(Inline("abcdefgh", spans)) == "<b>abcd</b><i><u>ef</u>gh</i>"


def test_a_piece_has_its_own_elements_and_atoms() -> None:
    content = Inline(f"{ATOM}One. {ATOM}Two.", (span(1, 9),), (IMAGE, Atom("<br>", "")))

    assert cut(content, 6, 11) == Inline(f"{ATOM}Two.", (span(0, 3),), (Atom("<br>", ""),))


def test_the_pieces_of_an_element_become_one_again() -> None:
    content = Inline("One. Two.", (span(1, 8),))

    assert join([cut(content, 0, 4), cut(content, 4, 5), cut(content, 5, 9)], content) == content


def test_an_element_is_not_stretched_over_one_that_it_did_not_hold() -> None:
    source = Inline("One. Two here", (span(0, 8, 0, "a"), span(9, 13, 1, "a")))
    moved = Inline("here Two", (span(0, 4, 1, "a"), span(5, 8, 0, "a")))

    joined = join([cut(source, 0, 4), cut(source, 4, 5), moved], source)

    assert to_html(joined) == "<a>One.</a> <a>here</a> Two"


def test_a_link_is_not_stretched_over_an_atom_that_is_one() -> None:
    source = Inline(f"One. Two {ATOM}", (span(0, 8, 0, "a"),), (Atom('<a href="/">x</a>', "x"),))
    moved = Inline(f"{ATOM} Two", (span(2, 5, 0, "a"),), source.atoms)

    assert to_html(join([cut(source, 0, 4), cut(source, 4, 5), moved], source)) == '<a>One.</a> <a href="/">x</a> Two'


def test_what_is_replaced_keeps_its_elements_and_moves_those_behind_it() -> None:
    content = Inline(f"nan UK {ATOM} arsenic friends", (span(0, 6), span(9, 16, 1, "i")), (IMAGE,))
    made = edited(content, [(0, 3, "the"), (9, 16, "as")])
    assert to_html(made) == '<b>the UK</b> <img src="a.jpg"> <i>as</i> friends'


def test_an_edge_within_what_is_replaced_stays_between_the_words_it_was_between() -> None:
    content = Inline("JosÃ©’s", (span(0, 5),))
    assert to_html(edited(content, [(0, 7, "José’s")])) == "<b>José</b>’s"
