"""The translation memory: a person before a model, and never another model's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from service.article import reuse
from service.article.types import Conversion, Entry, Finding, Origin, Remembered, Translation
from service.store import memory
from service.store.database import Database
from tests.unit.store.small import NOW

PAIR = ("en", "id")


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    with database.write() as connection:
        yield connection


def made(source: str, target: str, origin: Origin = "model", model: str | None = "m1", **more: Any) -> Translation:
    return Translation("s1", "b1", source, target, origin, model=model, **more)


def remember(connection: Connection, *translations: Translation) -> None:
    memory.remember(connection, "default", PAIR, translations, NOW)


def recall(connection: Connection, source: str, model: str = "m1", site: str = "default") -> Remembered | None:
    (keys,) = reuse.keys([source], *PAIR)
    return memory.recall(connection, site, [keys], model).get(keys.exact)


def test_what_a_model_made_is_recalled_with_its_findings(connection: Connection) -> None:
    finding = Finding("numbers-changed", "a number changed", segment="s1")
    remember(connection, made("A road.", "Jalan.", findings=(finding,)))
    assert recall(connection, "A road.") == Remembered("Jalan.", "memory", "m1", (finding,), "A road.")


def test_what_was_converted_is_recalled(connection: Connection) -> None:
    conversion = Conversion("1.5", 0, 3, "1,5", 0, 3, "15")
    remember(connection, made("1.5 roads.", "1,5 jalan.", conversions=(conversion,)))
    assert recall(connection, "1.5 roads.") == Remembered("1,5 jalan.", "memory", "m1", (), "1.5 roads.", (conversion,))


def test_amounts_that_a_model_wrote_can_be_forgotten(connection: Connection) -> None:
    remember(connection, made("It cost Rp5.", "Biayanya Rp5."), made("A road.", "Jalan."))
    remember(connection, made("It cost Rp6.", "Biayanya Rp6.", "person", None))
    memory.forget_amounts(connection, "other")
    assert recall(connection, "It cost Rp5.") is not None
    memory.forget_amounts(connection, "default")
    assert recall(connection, "It cost Rp5.") is None
    assert recall(connection, "A road.") is not None
    assert recall(connection, "It cost Rp6.") is not None


def test_what_nobody_made_is_not_known(connection: Connection) -> None:
    assert recall(connection, "A road.") is None
    assert memory.recall(connection, "default", [], "m1") == {}


def test_another_models_words_do_not_count(connection: Connection) -> None:
    remember(connection, made("A road.", "Jalan."))
    assert recall(connection, "A road.", model="m2") is None


def test_another_site_has_a_memory_of_its_own(connection: Connection) -> None:
    remember(connection, made("A road.", "Jalan."))
    assert recall(connection, "A road.", site="other") is None


def test_a_person_is_recalled_before_any_model(connection: Connection) -> None:
    remember(connection, made("A road.", "Sebuah jalan.", "person", None))
    remember(connection, made("A road.", "Jalan."))
    assert recall(connection, "A road.") == Remembered("Sebuah jalan.", "person", source="A road.")
    assert recall(connection, "A road.", model="m2") == Remembered("Sebuah jalan.", "person", source="A road.")


def test_the_last_word_counts(connection: Connection) -> None:
    remember(connection, made("A road.", "Jalan."))
    remember(connection, made("A road.", "Sebuah jalan."), made("A road.", "Jalan raya."))
    found = recall(connection, "A road.")
    assert found is not None
    assert found.target == "Jalan raya."


@pytest.mark.parametrize("origin", ["source", "glossary", "memory", "rule", "kept"])
def test_what_no_model_and_no_person_made_is_not_remembered(connection: Connection, origin: Origin) -> None:
    remember(connection, made("A road.", "A road.", origin))
    assert recall(connection, "A road.") is None


def test_what_was_reused_is_not_remembered_anew(connection: Connection) -> None:
    remember(connection, made("A road.", "Jalan.", reused=True))
    assert recall(connection, "A road.") is None


def test_a_long_article_is_remembered_and_recalled_whole(connection: Connection) -> None:
    sentences = [f"Road number {number}." for number in range(2 * memory._CHUNK + 1)]
    remember(connection, *(made(sentence, sentence.upper()) for sentence in sentences))
    keys = reuse.keys(sentences, *PAIR)
    assert memory.recall(connection, "default", keys, "m1").keys() == {under.exact for under in keys}


# --- files, context, patterns ----------------------------------------------------------------------------------------


def entry(source: str, target: str, origin: Any, **changes: Any) -> Entry:
    values = {"model": "m1" if origin == "model" else None, "context": "", "changed_at": NOW, **changes}
    return Entry(source, target, *PAIR, origin, **values)


def test_people_come_before_files_and_files_before_models_whichever_is_newer(connection: Connection) -> None:
    later = NOW + timedelta(days=1)
    memory.put(connection, "default", [entry("A road.", "Dari model.", "model", changed_at=later)])
    memory.put(connection, "default", [entry("A road.", "Dari berkas.", "imported")])
    found = recall(connection, "A road.")
    assert found is not None
    assert (found.target, found.origin) == ("Dari berkas.", "memory")
    memory.put(connection, "default", [entry("A road.", "Disetujui.", "approved", changed_at=NOW - timedelta(days=9))])
    found = recall(connection, "A road.", model="m2")
    assert found is not None
    assert (found.target, found.origin) == ("Disetujui.", "approved")


def test_of_one_origin_the_newest_counts_in_whatever_order_they_come(connection: Connection) -> None:
    later = NOW + timedelta(days=1)
    new, old = entry("A road.", "Baru.", "person", changed_at=later), entry("A road.", "Lama.", "person")
    assert memory.put(connection, "default", [new, old]) == 1
    assert memory.put(connection, "default", [old]) == 0
    found = recall(connection, "A road.")
    assert found is not None
    assert found.target == "Baru."
    assert memory.put(connection, "default", [replace(new, target="Terbaru.")]) == 1


def test_of_two_people_the_one_between_the_same_neighbours_wins_and_elsewhere_the_last(connection: Connection) -> None:
    texts = ["A storm.", "It is over.", "A boat."], ["A match.", "It is over.", "A cup."]
    storm, match = (reuse.keys(text, *PAIR)[1] for text in texts)
    for keys, target, at in ((storm, "Reda.", NOW), (match, "Usai.", NOW + timedelta(days=1))):
        one = made("It is over.", target, "person", None)
        memory.remember(connection, "default", PAIR, [one], at, {one.segment: keys.context})
    known = memory.recall(connection, "default", [storm, match], "m1")
    elsewhere = reuse.keys(["It is over."], *PAIR)[0]
    for keys, target in ((storm, "Reda."), (match, "Usai."), (elsewhere, "Usai.")):
        found = reuse.found(known, keys, "It is over.", *PAIR)
        assert found is not None
        assert found.target == target


@pytest.mark.parametrize("origin", ["person", "approved", "model"])
def test_a_sentence_that_differs_in_its_figures_alone_is_nobodys_word(connection: Connection, origin: Any) -> None:
    memory.put(connection, "default", [entry("It has 40 shops.", "Ada 40 toko.", origin)])
    (keys,) = reuse.keys(["It has 52 shops."], *PAIR)
    known = memory.recall(connection, "default", [keys], "m1")
    assert known.keys() == {keys.pattern}
    model = "m1" if origin == "model" else None
    expected = Remembered("Ada 52 toko.", "memory", model, source="It has 52 shops.", filled=True)
    assert reuse.found(known, keys, "It has 52 shops.", *PAIR) == expected
    assert memory.recall(connection, "default", [keys], "m2").keys() == (set() if origin == "model" else {keys.pattern})


def test_what_was_flagged_is_not_reused_with_other_figures(connection: Connection) -> None:
    flagged = entry("It has 40 shops.", "Ada 40 toko.", "model", findings=(Finding("length", "too short"),))
    memory.put(connection, "default", [flagged])
    (keys,) = reuse.keys(["It has 52 shops."], *PAIR)
    known = memory.recall(connection, "default", [keys], "m1")
    assert reuse.found(known, keys, "It has 52 shops.", *PAIR) is None


def test_all_entries_of_a_site_are_given_as_they_were_put(connection: Connection) -> None:
    kept = [
        entry("A boat.", "Perahu.", "approved", model="m1", context="c" * 64),
        entry("A road.", "Jalan.", "model", findings=(Finding("length", "too short"),)),
    ]
    assert memory.put(connection, "default", kept) == 2
    assert sorted(memory.entries(connection, "default"), key=lambda one: one.source) == kept
    assert list(memory.entries(connection, "other")) == []


def test_patterns_and_contexts_are_looked_up_in_an_index(connection: Connection) -> None:
    for column in ("context", "pattern"):
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN SELECT * FROM memory WHERE site = 'default' AND {column} IN ('a', 'b')"  # noqa: S608
        ).all()
        assert f"ix_memory_site_{column}" in str(plan)
