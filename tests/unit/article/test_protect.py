"""What a translator must not touch is found, whole, and nothing else is."""

from __future__ import annotations

import time

import pytest

from service.article import protect
from service.article.inline import to_html, to_text
from service.article.markup import html_part
from service.article.types import ATOM, Inline


def kept(text: str) -> list[str]:
    return [atom.text for atom in protect.text(text)[1]]


@pytest.mark.parametrize(
    "protected",
    [
        "https://example.org/a_b?c=1&d=2#e",
        "http://example.org",
        "www.example.org/a",
        "desk@example.co.id",
        "@reporter",
        "#PasarIkan",
        "{name}",
        "{}",
        "{{ user.name }}",
        "{% if a %}",
        "${total}",
        "%s",
        "%1$s",
        "%(count)d",
        '[gallery ids="1,2" columns=3]',
        "[/caption]",
        "{loadposition sidebar}",
        "[node:title]",
        "[contact_form]",
        "[gallery]",
        "[youtube https://example.org/v?a=1]",
        "%.2f",
        "+62 812-3456-7890",
        "+1 (212) 555-0123",
        "(021) 555-1234",
        "0812-3456-7890",
        "2½",
        "½",
        "👍🏽",
        "👩‍👩‍👧",
        "❤️",
        "🇮🇩",
        "1️⃣",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "™",
        "→",
        "m²",
        "5½",
        '<a href="/x">',
        "</b>",
    ],
)
def test_is_carried_through(protected: str) -> None:
    assert kept(f"See {protected} now.") == [protected]
    assert protect.text(f"See {protected}.")[0] == f"See {ATOM}."


@pytest.mark.parametrize(
    "text",
    [
        "5% of them",
        "No. #1",
        "a [sic] quote",
        "he said [in 2025]",
        "AT&T",
        "e.g. this",
        "3 % d",
        "{ a b }",
        "{A b}",
        "he said [note: here]",
        "3 < 4 > 2",
        "e-mail",
        "10-15",
        "2018-2025",
        "up +5 to 10",
        "(2021) 555",
        "in 2025-2026 1234",
    ],
)
def test_is_text_for_a_translator(text: str) -> None:
    assert protect.text(text) == (text, ())


def test_a_shortcode_without_attributes_is_known_by_its_end_or_by_standing_alone() -> None:
    assert kept("See [embed]the film[/embed] now [then]") == ["[embed]", "[/embed]"]
    assert kept("Words\n[my-code]\nand [my-code] more") == ["[my-code]"]


@pytest.mark.parametrize(
    "text", ["a" * 50_000, "{{" * 20_000, "{%" * 20_000, "[a]" * 20_000, "<a " * 20_000, "a@" * 20_000]
)
def test_no_text_takes_long(text: str) -> None:
    began = time.perf_counter()
    protect.text(text)
    assert time.perf_counter() - began < 2


def test_the_sentences_own_punctuation_is_no_part_of_an_address() -> None:
    assert kept("(see https://example.org/a), or https://example.org/b?") == [
        "https://example.org/a", "https://example.org/b",
    ]  # fmt: skip


def test_the_character_that_stands_for_atoms_is_carried_through_where_a_text_has_it() -> None:
    text, atoms = protect.text(f"a {ATOM} b")

    assert to_html(Inline(text, (), atoms)) == f"a {ATOM} b"
    assert to_text(Inline(text, (), atoms)) == "a  b"


@pytest.mark.parametrize(
    "html", ["A cafÃ©™ at https://a.example/x, © 2025", "Half: ½, <b>m²</b>™ <br> 👩‍🚀 #tag", "plain"]
)
def test_opened_shows_what_a_reader_sees_and_closed_protects_it_again(html: str) -> None:
    content = html_part("body", html).blocks[0].content
    opened = protect.opened(content)
    assert opened.text.replace(ATOM, "") == to_text(content)
    assert opened.text.count(ATOM) == html.count("<br>")
    assert protect.closed(opened) == content
