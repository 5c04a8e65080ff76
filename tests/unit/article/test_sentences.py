"""An article's blocks, cut into sentences that are told apart and know who translates them."""

from __future__ import annotations

from service.article import markup, sentences
from service.article.inline import cut, to_html
from service.article.types import Part


def segmented(html: str, language: str = "en", name: str = "body") -> tuple[Part, ...]:
    return sentences.segmented([markup.html_part(name, html)], language)


def pieces(html: str, language: str = "en", name: str = "body") -> list[tuple[str, str]]:
    """Each sentence's rule and HTML."""
    return [
        (piece.rule, to_html(cut(block.content, piece.start, piece.end)))
        for part in segmented(html, language, name)
        for block in part.blocks
        for piece in block.segments
    ]


def test_sentences_are_cut_with_their_elements() -> None:
    assert pieces("<p>One <b>here. Two</b> there.</p>") == [
        ("translate", "One <b>here.</b>"), ("translate", "<b>Two</b> there."),
    ]  # fmt: skip


def test_a_dateline_opens_the_body_and_is_a_sentence_of_its_own() -> None:
    html = "<h2>Head</h2><p><strong>JAKARTA, KOMPAS.com</strong> - Presiden tiba.</p><p>Bandung - Dia pergi.</p>"

    assert pieces(html, "id") == [
        ("translate", "Head"),
        ("dateline", "<strong>JAKARTA, KOMPAS.com</strong> -"),
        ("translate", "Presiden tiba."),
        ("translate", "Bandung - Dia pergi."),
    ]


def test_a_dateline_may_stand_behind_a_byline() -> None:
    part = markup.html_part("body", "<p>Oleh Sari</p><p>JAKARTA, KOMPAS.com - Hujan turun.</p><p>x</p>")
    (cut_part,) = sentences.segmented([part], "id")
    assert [piece.rule for piece in cut_part.blocks[1].segments] == ["dateline", "translate"]


def test_only_a_body_has_a_dateline() -> None:
    assert [rule for rule, _ in pieces("<p>JAKARTA, KOMPAS.com - Dia tiba.</p>", "id", "text")] == ["translate"]


def test_what_has_no_letters_is_not_for_the_model() -> None:
    assert pieces("<table><tr><td>3.5%</td><td>12 boats</td></tr></table><p>👍 2025</p>") == [
        ("keep", "3.5%"), ("translate", "12 boats"), ("keep", "2025"),
    ]  # fmt: skip


def test_a_quotation_in_another_language_is_kept_with_its_language() -> None:
    html = (
        "<p>The minister spoke to the people of the town.</p>"
        "<blockquote>Kami akan membangun jalan yang baru di provinsi ini untuk semua orang.</blockquote>"
    )
    english, quoted = segmented(html)[0].blocks

    assert (english.language, quoted.language) == (None, "id")
    assert [piece.rule for piece in quoted.segments] == ["keep"]


def test_a_sentence_in_another_language_within_a_paragraph_is_kept() -> None:
    quoted = "We will never again open the gates to those who came here to burn our houses."
    (block,) = segmented(f"<p>Presiden itu berkata kepada para wartawan. {quoted} Ia lalu pergi.</p>", "id")[0].blocks

    assert block.language is None
    assert [(piece.rule, piece.language) for piece in block.segments] == [
        ("translate", None), ("keep", "en"), ("translate", None),
    ]  # fmt: skip


def test_a_quotation_does_not_take_the_sentence_beside_it_along() -> None:
    said = "Kami akan membangun jalan yang baru di provinsi ini untuk semua orang yang tinggal di sana."
    html = f"<p>{said} {said} The minister said so to the people of the town.</p>"
    (block,) = segmented(html, "en")[0].blocks

    assert block.language is None
    assert [piece.rule for piece in block.segments] == ["keep", "keep", "translate"]


def test_ids_are_unique_over_all_parts() -> None:
    parts = sentences.segmented(
        [markup.plain_part("title", "One."), markup.html_part("body", "<p>One. One.</p>")], "en"
    )
    ids = [piece.id for part in parts for block in part.blocks for piece in block.segments]

    assert len(set(ids)) == 3
    assert ids[1:] == [f"{ids[0]}-2", f"{ids[0]}-3"]


def test_a_quotation_in_another_language_is_no_text_of_the_sentence_around_it() -> None:
    html = '<p>Ketua FIFA itu berkata, "The boys gave everything tonight and I am proud of them," di Jakarta.</p>'
    (block,) = segmented(html, "id")[0].blocks

    assert block.content.text == 'Ketua FIFA itu berkata, "\ufffc," di Jakarta.'
    assert [atom.text for atom in block.content.atoms] == [
        "The boys gave everything tonight and I am proud of them"
    ]  # fmt: skip
    assert pieces(html, "id") == [("translate", html[3:-4])]


def test_a_quotation_does_not_take_the_words_that_introduce_it_along() -> None:
    said = "We will never again open the gates to those who came here to burn our houses"
    assert [rule for rule, _ in pieces(f"<p>“{said},” kata Trump.</p><p>“{said}.”</p>", "id")] == ["translate", "keep"]


def test_a_quotation_that_is_introduced_in_its_own_language_is_kept_with_its_sentence() -> None:
    html = '<p>Trump said to the people of the town, "We will never again open the gates to those who came."</p>'
    (block,) = segmented(f"<p>Presiden itu berkata kepada para wartawan.</p>{html}", "id")[0].blocks[1:]
    assert [(piece.rule, block.content.atoms) for piece in block.segments] == [("keep", ())]
