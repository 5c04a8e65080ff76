"""What a translator must not touch is found, whole, and nothing else is."""

from __future__ import annotations

import pytest

from service.article import protect
from service.article.inline import to_html, to_text
from service.article.types import ATOM, Inline, Span, Term


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
        "+62 812-3456-7890",
        "+1 (212) 555-0123",
        "(021) 555-1234",
        "0812-3456-7890",
        "2½",
        "½",
        "👍🏽",
        "👩‍👩‍👧",
        "❤️",
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
        "10-15",
        "2018-2025",
        "up +5 to 10",
        "(2021) 555",
        "in 2025-2026 1234",
    ],
)
def test_is_text_for_a_translator(text: str) -> None:
    assert protect.text(text) == (text, ())


def test_the_sentences_own_punctuation_is_no_part_of_an_address() -> None:
    assert kept("(see https://example.org/a), or https://example.org/b?") == [
        "https://example.org/a", "https://example.org/b",
    ]  # fmt: skip


def test_the_character_that_stands_for_atoms_is_carried_through_where_a_text_has_it() -> None:
    text, atoms = protect.text(f"a {ATOM} b")

    assert to_html(Inline(text, (), atoms)) == f"a {ATOM} b"
    assert to_text(Inline(text, (), atoms)) == "a  b"


# --- glossary terms --------------------------------------------------------------------------------------------------

BANK = Term("Central Bank", "Bank Sentral", "en", "id")
BANK_OF_JAVA = Term("Central Bank of Java", "Bank Sentral Jawa", "en", "id")


def with_terms(content: Inline, *terms: Term) -> str:
    return to_html(protect.terms(content, terms))


def test_a_term_is_replaced_by_its_target() -> None:
    assert with_terms(Inline("The Central Bank said"), BANK) == "The Bank Sentral said"


def test_the_longer_term_wins() -> None:
    assert with_terms(Inline("Central Bank of Java"), BANK, BANK_OF_JAVA) == "Bank Sentral Jawa"


def test_a_term_is_not_found_inside_a_word() -> None:
    assert with_terms(Inline("Central Banking"), BANK) == "Central Banking"


def test_case_counts_unless_the_term_says_otherwise() -> None:
    either = Term("squid", "cumi", "en", "id", case_sensitive=False)

    assert with_terms(Inline("CENTRAL BANK, Squid"), BANK, either) == "CENTRAL BANK, cumi"


def test_a_term_without_a_target_stays_as_it_is() -> None:
    content = protect.terms(Inline("The Guardian"), [Term("The Guardian", None, "en", "id")])

    assert [atom.text for atom in content.atoms] == ["The Guardian"]


def test_a_term_stays_inside_its_element_and_one_that_an_edge_cuts_is_left_alone() -> None:
    inside = Inline("the Central Bank said", (Span(4, 16, 0, "<b>", "</b>"),))
    cut = Inline("the Central Bank said", (Span(4, 11, 0, "<b>", "</b>"),))

    assert with_terms(inside, BANK) == "the <b>Bank Sentral</b> said"
    assert with_terms(cut, BANK) == "the <b>Central</b> Bank said"
