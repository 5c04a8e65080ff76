"""Where a sentence uses a term, and whether its translation has it."""

from __future__ import annotations

import time

import pytest

from service.article import glossary
from service.article.glossary import Glossary, Use
from service.article.types import Hypothesis, Link, Term


def id_en(source: str, target: str | None, **changes: object) -> Term:
    return Term(source, target, "id", "en", **changes)  # type: ignore[arg-type]


def en_id(source: str, target: str | None, **changes: object) -> Term:
    return Term(source, target, "en", "id", **changes)  # type: ignore[arg-type]


COURT = id_en("MA", "the Supreme Court")
MINISTER = id_en("menteri keuangan", "finance minister", case_sensitive=False)


def told(text: str, *terms: Term) -> list[tuple[str, str]]:
    return [(text[use.start : use.end], use.target) for use in Glossary(terms).uses(text)]


# --- in the source ---------------------------------------------------------------------------------------------------


def test_the_longer_term_wins() -> None:
    terms = id_en("Menteri", "minister"), id_en("Menteri Keuangan", "finance minister")

    assert told("Menteri Keuangan dan Menteri", *terms) == [
        ("Menteri Keuangan", "finance minister"), ("Menteri", "minister"),
    ]  # fmt: skip


def test_of_two_terms_for_the_same_words_the_first_counts() -> None:
    assert told("MA", COURT, id_en("MA", "court of last resort")) == [("MA", "the Supreme Court")]


def test_a_term_is_not_found_inside_a_word_or_in_another_case() -> None:
    assert told("MAKAN, ma, MA1", COURT) == []


@pytest.mark.parametrize("text", ["MA-nya", "MA-lah", "(MA)", "MA/DPR", "MA."])
def test_a_term_is_found_with_what_hangs_on_it(text: str) -> None:
    assert len(told(text, COURT)) == 1


def test_a_plural_and_a_possessive_are_the_term() -> None:
    term = en_id("mayor", "wali kota", case_sensitive=False)

    assert told("The mayors and the mayor’s aide", term) == [("mayors", "wali kota"), ("mayor’s", "wali kota")]


def test_only_a_verb_is_found_in_another_word() -> None:
    assert told("Polisi menyita buku.", id_en("sita", "seize")) == []
    assert told("Polisi menyita buku.", id_en("sita", "seize", part_of_speech="verb")) == [("menyita", "seize")]


def test_a_term_with_marks_is_found() -> None:
    assert told("Letjen (Purn.) Budi", id_en("Letjen (Purn.)", "Lt. Gen. (ret.)")) == [
        ("Letjen (Purn.)", "Lt. Gen. (ret.)")
    ]


def test_an_apostrophe_is_one_however_it_is_written() -> None:
    assert told("the Attorney General’s Office", en_id("Attorney General's Office", "Kejaksaan Agung"))


def test_an_acronym_in_brackets_behind_its_name_stays() -> None:
    assert told("Mahkamah Agung (MA)", COURT) == [("MA", "MA")]


def test_a_term_that_is_not_translated_stays_as_it_is_written() -> None:
    assert told("Kata KPK-nya", id_en("KPK", None)) == [("KPK-nya", "KPK")]
    assert told("the Pos", en_id("the pos", None, case_sensitive=False)) == [("the Pos", "the Pos")]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("kata menteri keuangan", "finance minister"),
        ("kata Menteri Keuangan", "Finance Minister"),
        ("Menteri Keuangan", "Finance Minister"),
        ("Menteri keuangan", "Finance minister"),
        ("MENTERI KEUANGAN", "FINANCE MINISTER"),
    ],
)
def test_where_case_does_not_count_the_target_takes_that_of_the_source(text: str, target: str) -> None:
    assert [one[1] for one in told(text, MINISTER)] == [target]


def test_many_terms_are_looked_up_fast() -> None:
    house = Glossary(id_en(f"Badan {number} Nasional", "agency") for number in range(20_000))
    text = "Kepala Badan 7 Nasional mengatakan bahwa gubernur dan para bupati belum membaca laporan itu."
    house.uses(text)
    started = time.perf_counter()

    assert len(house.uses(text)) == 1
    assert time.perf_counter() - started < 0.1  # not 20,000 alternatives at each word; here 5 ms at the worst


# --- in the translation ----------------------------------------------------------------------------------------------


def lacks(term: Term, text: str, target: str) -> bool:
    return bool(glossary.missing(Glossary([term]).uses(text), target))


@pytest.mark.parametrize(
    "target", ["kementerian", "Kementeriannya", "kementerian-kementerian", "Di kementerian itu", "kementerianlah"]
)
def test_a_form_of_an_indonesian_target_is_the_target(target: str) -> None:
    assert not lacks(en_id("ministry", "kementerian", case_sensitive=False), "the ministry", target)


def test_an_indonesian_target_may_have_become_a_verb() -> None:
    assert not lacks(en_id("invest", "investasi"), "They invest.", "Mereka menginvestasikannya.")


def test_a_form_of_an_english_target_is_the_target() -> None:
    assert not lacks(COURT, "MA", "Supreme Court's ruling")
    assert lacks(COURT, "MA", "the Court Supreme")


def test_the_case_of_the_target_counts_as_that_of_the_source() -> None:
    assert lacks(COURT, "MA", "the supreme court")
    assert not lacks(MINISTER, "kata menteri keuangan", "said FINANCE MINISTERS")


def test_a_capital_at_the_start_of_a_sentence_is_no_other_case() -> None:
    assert not lacks(en_id("road", "jalan raya"), "Road works", "Jalan raya")


def test_each_term_that_is_missing_is_told_once() -> None:
    uses = Glossary([COURT]).uses("MA dan MA")

    assert [finding.evidence for finding in glossary.findings(uses, "a court")] == ["MA → the Supreme Court"]


# --- written over ----------------------------------------------------------------------------------------------------


def written(term: Term, source: str, target: str) -> str:
    links = (Link(0, len(source), 0, len(target)),)
    return glossary.written(Glossary([term]).uses(source), Hypothesis(target, 0.0, links, "m"))[0].text


@pytest.mark.parametrize(
    ("target", "after"),
    [
        ("MA ruled.", "The Supreme Court ruled."),
        ("So MA ruled.", "So the Supreme Court ruled."),
        ("The MA ruled.", "The Supreme Court ruled."),
        ("Its MA ruled.", "Its Supreme Court ruled."),
        ("Iran's MA ruled.", "Iran's Supreme Court ruled."),
        ("A court ruled.", "A court ruled."),
        ("MAN-MA ruled.", "MAN-MA ruled."),
    ],
)
def test_a_term_that_was_left_is_written_with_its_article_where_none_is(target: str, after: str) -> None:
    assert written(COURT, "MA memutuskan.", target) == after


def test_what_is_written_is_linked_to_the_term() -> None:
    uses: list[Use] = Glossary([COURT]).uses("Kata MA.")
    hypothesis = Hypothesis("So MA said", 0.0, (Link(0, 4, 0, 2), Link(5, 7, 3, 5), Link(0, 4, 6, 10)), "m")

    after, told = glossary.written(uses, hypothesis)

    assert after.text == "So the Supreme Court said"
    assert after.links == (Link(0, 4, 0, 2), Link(5, 7, 3, 20), Link(0, 4, 21, 25))
    assert [(one.code, one.evidence) for one in told] == [("term-written", "MA → the Supreme Court")]


# --- whole texts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "target"),
    [("MA", "Supreme Court"), ("ma", None), ("MA itu", None), ("Menteri keuangan", "Finance minister")],
)
def test_a_text_that_is_a_term(text: str, target: str | None) -> None:
    assert Glossary([COURT, MINISTER]).whole(text) == target


def test_a_name_that_begins_with_the_keeps_it() -> None:
    assert Glossary([en_id("Pos", "The Post")]).whole("Pos") == "The Post"


def test_another_word_made_of_a_noun_is_no_form_of_it() -> None:
    uses = Glossary([en_id("minister", "menteri", part_of_speech="noun")]).uses("The minister left")

    assert glossary.missing(uses, "menterinya pergi") == []
    assert [use.target for use in glossary.missing(uses, "kementerian itu pergi")] == ["menteri"]
