"""Variants: what state readers and editors are told of, and which dates move."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from service.article.types import Edition
from service.store import articles, jobs, variants
from service.store.database import Database
from service.store.variants import Stored
from tests.unit.store.small import NOW, article, variant

LATER = NOW + timedelta(hours=1)
LEASE = timedelta(seconds=60)


@pytest.fixture(autouse=True)
def _article(database: Database) -> None:
    with database.write() as connection:
        articles.save(connection, article(), "1", NOW)


def edition(database: Database, revision: int = 1, locale: str = "id-ID") -> Edition:
    with database.read() as connection:
        editions = variants.editions(connection, [("a1", revision)])["a1"]
    return next(one for one in editions if one.locale == locale)


def stored(database: Database) -> Stored:
    with database.read() as connection:
        found = variants.get(connection, "a1", "id-ID")
    assert found is not None
    return found


def put(database: Database, text: str = "Judul", revision: int = 1, at: Any = NOW, **changes: Any) -> None:
    published_at = changes.pop("published_at", at)
    with database.write() as connection:
        variants.put(connection, "a1", variant(text, **changes), revision, at, published_at=published_at)


def test_a_variant_comes_back_as_it_was_put(database: Database) -> None:
    put(database)
    assert stored(database) == Stored(variant(), 1, None, None, NOW, NOW)


def test_nothing_is_made_where_nothing_was_asked_for(database: Database) -> None:
    with database.read() as connection:
        assert variants.get(connection, "a1", "id-ID") is None
        assert variants.editions(connection, [("a1", 1)]) == {"a1": []}


def test_a_job_is_told_until_it_is_done(database: Database) -> None:
    with database.write() as connection:
        jobs.enqueue(connection, "a1", ["id-ID"], 1, NOW)
    assert edition(database) == Edition("id-ID", "queued", None, 0.0)
    with database.write() as connection:
        job = jobs.claim(connection, NOW, LEASE)
        assert job is not None
        jobs.renew(connection, job, 1, 4, NOW + LEASE)
    assert edition(database) == Edition("id-ID", "translating", None, 0.25)
    with database.write() as connection:
        jobs.fail(connection, job, "no model", None)
    assert edition(database) == Edition("id-ID", "failed", None, 0.25, error="no model")


def test_a_variant_whose_sentences_are_all_translated_is_not_done_before_it_is_stored(database: Database) -> None:
    with database.write() as connection:
        jobs.enqueue(connection, "a1", ["id-ID"], 1, NOW)
        job = jobs.claim(connection, NOW, LEASE)
        assert job is not None
        jobs.renew(connection, job, 4, 4, NOW + LEASE)
    assert edition(database).progress < 1
    with database.write() as connection:
        jobs.finish(connection, job)
        variants.put(connection, "a1", variant(), 1, NOW, published_at=NOW)
    assert edition(database) == Edition("id-ID", "machine", variant(), 1.0, NOW, NOW)


def test_a_variant_of_an_older_revision_is_stale_and_still_served(database: Database) -> None:
    put(database)
    assert edition(database, revision=2) == Edition("id-ID", "stale", variant(), 1.0, NOW, NOW)


def test_a_stale_variant_tells_of_the_job_that_renews_it(database: Database) -> None:
    put(database)
    with database.write() as connection:
        jobs.enqueue(connection, "a1", ["id-ID"], 2, NOW)
    assert (edition(database, 2).state, edition(database, 2).progress) == ("stale", 0.0)
    with database.write() as connection:
        job = jobs.claim(connection, NOW, LEASE)
        assert job is not None
        jobs.fail(connection, job, "broken", None)
    assert (edition(database, 2).state, edition(database, 2).error) == ("stale", "broken")


def test_the_first_publication_never_changes(database: Database) -> None:
    put(database)
    put(database, "Judul baru", 2, LATER)
    with database.write() as connection:
        variants.publish(connection, "a1", LATER, LATER)
        variants.publish(connection, "a1", None, LATER)
    assert stored(database).first_published_at == NOW


def test_a_publication_that_lies_ahead_is_a_plan_and_moves(database: Database) -> None:
    embargo = NOW + timedelta(days=7)
    put(database, published_at=embargo)
    with database.write() as connection:
        variants.publish(connection, "a1", LATER, NOW)
    assert stored(database).first_published_at == LATER
    put(database, "Judul baru", published_at=None)  # a draft again, before it was published
    assert stored(database).first_published_at is None


def test_a_draft_is_first_published_when_it_becomes_public(database: Database) -> None:
    put(database, published_at=None)
    assert stored(database).first_published_at is None
    with database.write() as connection:
        variants.publish(connection, "a1", LATER, LATER)
    assert stored(database).first_published_at == LATER


def test_the_time_of_change_moves_with_the_visible_text_only(database: Database) -> None:
    put(database)
    put(database, at=LATER, state="reviewed", reviewed_by="Sari")
    assert stored(database).modified_at == NOW
    put(database, "Judul baru", at=LATER)
    assert stored(database).modified_at == LATER


def test_a_proposal_waits_beside_what_a_person_approved(database: Database) -> None:
    put(database, state="reviewed")
    with database.write() as connection:
        variants.propose(connection, "a1", variant("Usulan"), 2)
    found = stored(database)
    assert (found.variant.text("title"), found.revision) == ("Judul", 1)
    assert (found.proposal, found.proposal_revision) == (variant("Usulan"), 2)
    assert edition(database, 2).state == "stale"
    put(database, "Usulan", 2, state="reviewed")
    assert stored(database).proposal is None


def test_what_is_of_the_last_revision_is_carried_over_to_one_with_the_same_text(database: Database) -> None:
    put(database, revision=2)
    with database.write() as connection:
        variants.propose(connection, "a1", variant("Usulan"), 2)
        jobs.enqueue(connection, "a1", ["de-DE"], 2, NOW)
        variants.carry_over(connection, "a1", 2, 3)
        job = jobs.claim(connection, NOW, LEASE)
    assert job is not None
    assert (stored(database).revision, stored(database).proposal_revision, job.revision) == (3, 3, 3)


def test_what_is_of_an_older_text_is_not_carried_over(database: Database) -> None:
    put(database, revision=1)
    with database.write() as connection:
        variants.carry_over(connection, "a1", 2, 3)
    assert edition(database, 3).state == "stale"


def test_variants_that_are_no_longer_wanted_go_but_for_a_persons(database: Database) -> None:
    kept = {"de-DE": {"state": "reviewed"}, "fr-FR": {"state": "needs_review", "by_person": True}, "id-ID": {}}
    for locale, changes in {**kept, "ms-MY": {}, "jv-ID": {"state": "needs_review"}}.items():
        put(database, locale=locale, **changes)
    with database.write() as connection:
        variants.keep_only(connection, "a1", ["id-ID"])
        found = variants.editions(connection, [("a1", 1)])["a1"]
    assert {one.locale for one in found} == kept.keys()
