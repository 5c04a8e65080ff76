"""A glossary as CSV: what is read, what is told, and back."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.article import starter, termlist
from service.article.types import Site, Term

HEAD = "source,target,source_language,target_language"
KPK = Term("KPK", None, "id", "en")
MINISTER = Term("menteri", "minister", "id", "en", case_sensitive=False, part_of_speech="noun")


def faults(text: str | bytes) -> list[tuple[int, str]]:
    with pytest.raises(termlist.Faulty) as caught:
        termlist.read(text if isinstance(text, bytes) else text.encode())
    return [(one.row, one.column) for one in caught.value.faults]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD},do_not_translate\r\nKPK,,id,en,yes\r\n",
        f"{HEAD},do_not_translate\nKPK,,id,en,yes",
        f"\ufeff{HEAD},do_not_translate\nKPK,,id,en,ya\n",
        f"{HEAD},do_not_translate\nKPK,,id,en,x\n".replace(",", ";"),
        f"{HEAD},do_not_translate\nKPK,,id,en,TRUE\n".replace(",", "\t"),
        "Target;Do not translate;Source language;Source;Target language\r\n;1;id-ID;KPK;en-US\r\n;;;;\r\n\r\n",
        f"{HEAD},do_not_translate\nKPK,KPK,in,en,yes\n",
    ],
)
def test_spreadsheets_write_it_in_many_ways(text: str) -> None:
    assert termlist.read(text.encode()) == [KPK]


def test_quoted_cells_hold_commas_quotes_and_line_breaks() -> None:
    (term,) = termlist.read(f'{HEAD}\r\n"a, ""b""\r\nc","d;e",id,en\r\n'.encode())

    assert (term.source, term.target) == ('a, "b"\r\nc', "d;e")


def test_the_other_columns_are_read() -> None:
    text = f"{HEAD},case_sensitive,part_of_speech\nmenteri,minister,id,en,tidak,Noun\n"

    assert termlist.read(text.encode()) == [MINISTER]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", [(1, "source"), (1, "target"), (1, "source_language"), (1, "target_language")]),
        (f"{HEAD},colour\n", [(1, "colour")]),
        (f"{HEAD},target\n", [(1, "target")]),
        ("source,target,source_language\n", [(1, "target_language")]),
        (f"{HEAD}\nKPK,CEC,id,en\n,CEC,id,en\n", [(3, "source")]),
        (f"{HEAD}\nKPK,,id,en\n", [(2, "target")]),
        (f"{HEAD}\nKPK\n", [(2, "target")]),
        (f"{HEAD}\nKPK,CEC,id,xx\nMA,,zz,en\n", [(2, "target_language"), (3, "target")]),
        (f"{HEAD}\nKPK,CEC,id,id-ID\n", [(2, "target_language")]),
        (f"{HEAD}\nKPK,CEC,id,en\nMA,SC,id,en\nKPK,X,id-ID,en-GB\n", [(4, "source")]),
        (f"{HEAD}\nKPK,CEC,id,en,more\n", [(2, "target_language")]),
        (f"{HEAD},case_sensitive\nKPK,CEC,id,en,perhaps\n", [(2, "case_sensitive")]),
        (f"{HEAD},part_of_speech\nKPK,CEC,id,en,gerund\n", [(2, "part_of_speech")]),
        (f"{HEAD},do_not_translate\nKPK,CEC,id,en,yes\n", [(2, "target")]),
        (f"{HEAD}\n{'a' * 201},b,id,en\na,{'b' * 501},id,en\n", [(2, "source"), (3, "target")]),
        (f'{HEAD}\nKPK,CEC,id,en\n"KPK,CEC,id,en\n', [(3, "?")]),
        (f"{HEAD}\nKPK,Komisi\xe9,id,en\n".encode("latin-1"), [(2, "?")]),
    ],
)
def test_all_faults_are_named_by_row_and_column(text: str | bytes, told: list[tuple[int, str]]) -> None:
    assert faults(text) == told


def test_a_glossary_has_an_end() -> None:
    rows = "".join(f"t{number},u,id,en\n" for number in range(termlist.MAX_TERMS + 1))

    assert faults(f"{HEAD}\n{rows}") == [(termlist.MAX_TERMS + 2, "source")]


def test_what_is_written_is_rfc_4180() -> None:
    lines = termlist.write([MINISTER, KPK]).split("\r\n")

    assert lines[0] == ",".join(termlist.COLUMNS)
    assert lines[1:] == ["menteri,minister,id,en,no,noun,", "KPK,,id,en,yes,,yes", ""]


_WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(
    lambda text: text == text.strip() and not text.startswith("\ufeff")
)


@given(st.lists(st.builds(Term, _WORDS, st.none() | _WORDS, st.just("id"), st.just("en"), st.booleans()),
                unique_by=lambda term: term.source))  # fmt: skip
def test_what_is_written_is_read(terms: list[Term]) -> None:
    assert termlist.read(termlist.write(terms).encode()) == terms


# --- the starter -----------------------------------------------------------------------------------------------------


def test_the_starter_has_hundreds_of_terms_both_ways() -> None:
    assert len({term.source for term in starter.terms("id", "en")}) >= 200
    assert len(starter.terms("en", "id")) >= 100
    assert starter.terms("de", "en") == ()


def test_short_forms_are_indonesian_only_and_as_written() -> None:
    short = {"MA", "MK", "BI", "DPR", "BIN", "PPP", "AKP"}
    found = [term for term in termlist.read(starter.csv()) if term.source in short]

    assert {term.source for term in found} == short
    assert all(term.case_sensitive and term.source_language == "id" for term in found)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Letjen (Purn.)", "Lt. Gen. (ret.)"),
        ("Kapolri", "National Police chief"),
        ("KPK", None),
        ("MK", "the Constitutional Court"),
        ("Kemenkeu", "the Finance Ministry"),
        ("wali kota", "mayor"),
    ],
)
def test_the_starter_knows(source: str, target: str | None) -> None:
    assert [t.target for t in starter.terms("id", "en") if t.source.casefold() == source.casefold()] == [target]


def test_a_sites_own_terms_outrank_the_starter() -> None:
    own = Term("kapolri", "chief of police", "id", "en", case_sensitive=False)
    applied = starter.applied(Site(), [own], "id", "en")

    assert [term for term in applied if term.source.casefold() == "kapolri"] == [own]
    assert len(applied) == len(starter.terms("id", "en"))


def test_a_site_may_do_without_the_starter() -> None:
    assert starter.applied(Site(starter_glossary=False), [KPK], "id", "en") == [KPK]


def test_the_starters_file_has_rows_that_a_spreadsheet_can_sort() -> None:
    rows = list(csv.reader(io.StringIO(starter.csv().decode())))

    assert {len(row) for row in rows} == {len(termlist.COLUMNS)}
