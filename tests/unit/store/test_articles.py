"""Saving tells what it did; late retries of a CMS change nothing; lists come in pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from service.article.types import SourceQuality, Unsure
from service.store import articles, jobs, sites, variants
from service.store.articles import Saved
from service.store.database import Database
from tests.unit.store.small import NOW, article, variant


def save(database: Database, digest: str = "1", later: int = 0, **changes: Any) -> Saved:
    with database.write() as connection:
        return articles.save(connection, article(**changes), digest, NOW + timedelta(seconds=later))


def etag(database: Database, article_id: str = "a1") -> str:
    with database.read() as connection:
        dossier = articles.dossier(connection, article_id)
    assert dossier is not None
    return dossier.etag


def test_an_article_is_created_then_revised(database: Database) -> None:
    assert save(database) == Saved("created", 1, text_changed=True)
    assert save(database, "2", text="Another title") == Saved("revised", 2, text_changed=True)
    with database.read() as connection:
        assert articles.get(connection, "a1") == article(text="Another title")


def test_the_same_again_is_unchanged(database: Database) -> None:
    save(database)
    assert save(database) == Saved("unchanged", 1, text_changed=False)
    assert etag(database) == "1.0"


def test_what_changes_no_text_is_told(database: Database) -> None:
    save(database)
    assert save(database, "2", slug="a-title", published_at=NOW) == Saved("revised", 2, text_changed=False)


def test_another_source_language_is_another_text(database: Database) -> None:
    save(database)
    assert save(database, "2", locale="id-ID").text_changed


@pytest.mark.parametrize(
    ("stored", "sent", "outcome"),
    [
        ({"revision": 5}, {"revision": 4}, "superseded"),
        ({"revision": 5}, {"revision": 5}, "revised"),
        ({"revision": 5}, {"revision": 6}, "revised"),
        ({"revision": 5}, {}, "revised"),
        ({}, {"revision": 1}, "revised"),
        ({"updated_at": NOW}, {"updated_at": NOW - timedelta(seconds=1)}, "superseded"),
        ({"updated_at": NOW}, {"updated_at": NOW}, "revised"),
        ({"updated_at": NOW}, {}, "revised"),
        ({"revision": 5, "updated_at": NOW}, {"revision": 6, "updated_at": NOW - timedelta(1)}, "revised"),
        ({"revision": 5, "updated_at": NOW}, {"updated_at": NOW - timedelta(1)}, "superseded"),
    ],
)
def test_what_is_older_by_the_callers_own_count_is_superseded(
    database: Database, stored: dict[str, Any], sent: dict[str, Any], outcome: str
) -> None:
    save(database, **stored)
    assert save(database, "2", text="Sent late", **sent).outcome == outcome
    with database.read() as connection:
        found = articles.get(connection, "a1")
    assert (found == article(text="Sent late", **sent)) is (outcome == "revised")


def test_an_article_that_is_not_there_is_none(database: Database) -> None:
    with database.read() as connection:
        assert articles.get(connection, "none") is None
        assert articles.dossier(connection, "none") is None


def test_a_dossier_has_the_source_first(database: Database) -> None:
    save(database, targets=("de-DE", "id-ID"))
    with database.write() as connection:
        for locale in ("id-ID", "de-DE", "en-US"):
            variants.put(connection, "a1", variant(locale=locale), 1, NOW, published_at=NOW)
    with database.read() as connection:
        dossier = articles.dossier(connection, "a1")
    assert dossier is not None
    assert [edition.locale for edition in dossier.editions] == ["en-US", "de-DE", "id-ID"]
    assert dossier.site.id == "default"
    assert (dossier.created_at, dossier.changed_at) == (NOW, NOW)


def test_a_touch_moves_the_entity_tag_and_the_time_of_change(database: Database) -> None:
    save(database)
    with database.write() as connection:
        articles.touch(connection, "a1", NOW + timedelta(hours=1))
        dossier = articles.dossier(connection, "a1")
    assert dossier is not None
    assert (dossier.etag, dossier.changed_at) == ("1.1", NOW + timedelta(hours=1))


def test_entity_tags_never_come_back(database: Database) -> None:
    save(database)
    with database.write() as connection:
        articles.touch(connection, "a1", NOW)
    save(database, "2", text="Another title")
    assert etag(database) == "2.1"


def test_a_sites_change_moves_the_entity_tags_of_its_articles(database: Database) -> None:
    save(database)
    with database.write() as connection:
        site = sites.get(connection)
        assert site is not None
        sites.put(connection, site, NOW)
    assert etag(database) == "1.1"


def test_removing_takes_variants_and_jobs_along(database: Database, rows: Callable[[str], list[Any]]) -> None:
    save(database)
    with database.write() as connection:
        variants.put(connection, "a1", variant(), 1, NOW, published_at=None)
        jobs.enqueue(connection, "a1", ["id-ID"], 1, NOW)
        assert articles.remove(connection, "a1", NOW)
        assert not articles.remove(connection, "a1", NOW)
    assert rows("SELECT id FROM article UNION SELECT locale FROM variant UNION SELECT locale FROM job") == []


def test_an_article_under_the_id_of_a_removed_one_has_other_entity_tags(database: Database) -> None:
    save(database)
    save(database, "2", text="Another title")
    for revision in (3, 4):
        with database.write() as connection:
            articles.remove(connection, "a1", NOW)
        assert save(database) == Saved("created", revision, text_changed=True)
    assert etag(database) == "4.0"


def recent(database: Database, limit: int = 10, offset: int = 0, now: datetime = NOW) -> list[str]:
    with database.read() as connection:
        return [one.article.id for one in articles.recent(connection, now, limit, offset)]


def test_the_newest_by_their_own_date_are_listed_first(database: Database) -> None:
    for number in range(3):
        save(database, later=number, article_id=f"a{number}")
    save(database, later=3, article_id="old", published_at=NOW - timedelta(days=365))
    assert recent(database) == ["a2", "a1", "a0", "old"]
    assert (recent(database, 2), recent(database, 2, offset=2)) == (["a2", "a1"], ["a0", "old"])


def test_a_revision_with_another_date_takes_another_place(database: Database) -> None:
    for number in range(2):
        save(database, later=number, article_id=f"a{number}")
    save(database, "2", article_id="a0", published_at=NOW + timedelta(seconds=5))
    assert recent(database, now=NOW + timedelta(seconds=9)) == ["a0", "a1"]


def test_what_is_not_public_takes_no_place_in_the_list(database: Database) -> None:
    save(database)
    for number in range(3):
        hidden = {"status": ("draft", "withdrawn", "published")[number], "published_at": NOW + timedelta(days=1)}
        save(database, later=number + 1, article_id=f"hidden{number}", **hidden)
    assert recent(database, 1) == ["a1"]
    assert recent(database, 1, now=NOW + timedelta(days=1)) == ["hidden2"]


def test_articles_of_a_locale_or_by_the_language_they_were_written_in(database: Database) -> None:
    save(database)
    with database.write() as connection:
        variants.put(connection, "a1", variant(), 1, NOW, published_at=NOW)
    with database.read() as connection:
        for asked, found in (
            ({"locale": "id-ID"}, 1),
            ({"locale": "de-DE"}, 0),
            ({"language": "en"}, 1),
            ({"language": "id"}, 0),
            ({"locale": "id-ID", "language": "id"}, 0),
        ):
            assert len(articles.recent(connection, NOW, 10, **asked)) == found, asked


def test_a_database_is_empty_until_there_is_any_article(database: Database) -> None:
    with database.read() as connection:
        assert articles.empty(connection)
    save(database, status="draft")
    with database.read() as connection:
        assert not articles.empty(connection)


def test_the_end_of_an_embargo_moves_the_entity_tag_once(database: Database) -> None:
    at = NOW + timedelta(hours=1)
    save(database, published_at=at)
    with database.write() as connection:
        assert articles.next_public(connection) == at
        assert articles.lift_embargoes(connection, at - timedelta(microseconds=1)) == 0
        assert articles.lift_embargoes(connection, at) == 1
        assert articles.lift_embargoes(connection, at) == 0
        assert articles.next_public(connection) is None
        dossier = articles.dossier(connection, "a1")
    assert dossier is not None
    assert (dossier.etag, dossier.changed_at) == ("1.1", at)


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_is_not_published_has_no_embargo_that_ends(database: Database, status: str) -> None:
    save(database, published_at=NOW + timedelta(hours=1))
    save(database, "2", published_at=NOW + timedelta(hours=1), status=status)
    with database.read() as connection:
        assert articles.next_public(connection) is None


def test_the_stored_revision_is_told(database: Database) -> None:
    save(database)
    with database.read() as connection:
        assert (articles.revision(connection, "a1"), articles.revision(connection, "none")) == (1, None)


def pages(database: Database, limit: int, **filters: Any) -> list[list[str]]:
    """All pages of a list, by the articles' ids."""
    found, after = [], None
    with database.read() as connection:
        while True:
            page, after = articles.page(connection, limit=limit, after=after, **filters)
            found.append([one.article.id for one in page])
            if after is None:
                return found


def test_pages_hold_each_article_once_in_the_order_of_change(database: Database) -> None:
    for number in range(7):
        save(database, later=number // 2, article_id=f"a{number}")  # two at a time have the same time
    assert pages(database, 3) == [["a0", "a1", "a2"], ["a3", "a4", "a5"], ["a6"]]
    assert pages(database, 7) == [[f"a{number}" for number in range(7)]]
    assert pages(database, 100) == [[f"a{number}" for number in range(7)]]


def test_an_empty_list_is_one_empty_page(database: Database) -> None:
    assert pages(database, 3) == [[]]


def test_pages_are_filtered(database: Database) -> None:
    for number in range(12):
        changes: dict[str, Any] = {}
        if number % 3 == 0:
            changes = {"locale": "id-ID", "status": "draft"}
        if number == 4:
            changes = {"locale": None, "detection": Unsure((), "short")}
        save(database, later=number, article_id=f"a{number:02}", **changes)
    with database.write() as connection:
        variants.put(connection, "a07", variant(), 1, NOW, published_at=None)
        jobs.enqueue(connection, "a08", ["id-ID"], 1, NOW)
    assert pages(database, 3, language="id") == [["a00", "a03", "a06"], ["a09"]]
    assert pages(database, 3, state="draft") == [["a00", "a03", "a06"], ["a09"]]
    assert pages(database, 2, state="needs_language") == [["a04"]]
    assert pages(database, 2, state="machine") == [["a07"]]
    assert pages(database, 2, state="queued") == [["a08"]]
    assert pages(database, 2, state="failed") == [[]]
    since = NOW + timedelta(seconds=10)
    assert pages(database, 2, changed_since=since) == [["a10", "a11"]]
    assert pages(database, 2, changed_since=since, language="id") == [[]]


def test_the_pulse_moves_with_a_change_that_bears_an_earlier_time(database: Database) -> None:
    save(database)
    save(database, article_id="a2", later=2)
    with database.write() as connection:
        before = articles.pulse(connection)
        articles.touch(connection, "a1", NOW + timedelta(seconds=1))
        assert articles.pulse(connection) != before


@pytest.mark.parametrize(("policy", "first"), [("hold", "a1"), ("refuse", "a1"), ("warn", "held2")])
def test_what_is_held_does_not_hide_what_is_below_it(database: Database, policy: Any, first: str) -> None:
    save(database)
    for n in range(3):
        save(database, article_id=f"held{n}", later=n + 1, source_quality=SourceQuality(sound=False))
    with database.write() as connection:
        site = sites.get(connection)
        assert site is not None
        sites.put(connection, replace(site, source_policy=policy), NOW)
        assert articles.recent(connection, NOW + timedelta(days=1), 1)[0].article.id == first
