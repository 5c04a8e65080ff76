"""Accepting an article: what is asked for, what is left as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from service.article.types import Refusal, Unsure, Variant
from service.jobs import submit
from service.store import articles, variants
from tests.unit.jobs.room import Newsroom


def asked(newsroom: Newsroom) -> list[tuple[Any, ...]]:
    return newsroom.rows("SELECT locale, state, revision FROM job ORDER BY locale")


def approve(newsroom: Newsroom) -> None:
    """A person approves the Indonesian variant."""
    variant = newsroom.edition().variant
    assert isinstance(variant, Variant)
    reviewed = replace(variant, state="reviewed", reviewed_by="Sari")
    dossier = newsroom.dossier()
    with newsroom.database.write() as connection:
        submit.publish_variant(connection, dossier.article, reviewed, dossier.revision, datetime.now(UTC))


def test_a_new_article_has_its_source_variant_and_a_job_for_each_target(newsroom: Newsroom) -> None:
    assert newsroom.accept().outcome == "created"
    assert asked(newsroom) == [("id-ID", "queued", 1)]
    source = newsroom.edition("en-US")
    assert (source.state, source.progress) == ("source", 1.0)
    assert newsroom.edition().state == "queued"


def test_the_same_again_asks_for_nothing(newsroom: Newsroom) -> None:
    newsroom.accept()
    newsroom.work()
    etag = newsroom.dossier().etag
    assert newsroom.accept().outcome == "unchanged"
    assert newsroom.work() == 0
    assert newsroom.dossier().etag == etag


def test_the_same_again_leaves_a_waiting_job_in_its_place(newsroom: Newsroom) -> None:
    newsroom.accept()
    before = newsroom.rows("SELECT * FROM job")
    newsroom.accept()
    assert newsroom.rows("SELECT * FROM job") == before


def test_the_same_again_asks_again_for_what_had_failed(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.accept()
    with newsroom.database.write() as connection:
        connection.exec_driver_sql("UPDATE job SET state = 'failed', error = 'broken', attempts = 3, deaths = 10")
    assert newsroom.edition().error == "broken"
    newsroom.accept()
    assert newsroom.edition().error is None
    assert newsroom.work() == 1


def test_another_text_makes_variants_stale_and_asks_for_them_again(newsroom: Newsroom) -> None:
    newsroom.accept()
    newsroom.work()
    newsroom.accept("The government will build new bridges.")
    assert newsroom.edition().state == "stale"
    assert newsroom.edition("en-US").state == "source"
    assert asked(newsroom) == [("id-ID", "queued", 2)]


def test_a_change_of_metadata_translates_nothing(newsroom: Newsroom) -> None:
    newsroom.accept()
    newsroom.work()
    saved = newsroom.accept(slug="new-roads")
    assert (saved.outcome, saved.text_changed) == ("revised", False)
    assert newsroom.edition().state == "machine"
    assert newsroom.work() == 0


def test_a_change_of_metadata_does_not_make_an_old_translation_new(newsroom: Newsroom) -> None:
    newsroom.accept()
    newsroom.work()
    newsroom.accept("The government will build new bridges.")
    newsroom.accept("The government will build new bridges.", slug="bridges")
    assert newsroom.edition().state == "stale"
    newsroom.work()
    assert (newsroom.edition().state, newsroom.dossier().revision) == ("machine", 3)


def test_a_superseded_article_asks_for_nothing(newsroom: Newsroom) -> None:
    newsroom.accept(revision=2)
    newsroom.work()
    assert newsroom.accept("An older text about old roads.", revision=1).outcome == "superseded"
    assert newsroom.work() == 0


def test_a_target_that_is_no_longer_wanted_goes_with_its_job(newsroom: Newsroom) -> None:
    newsroom.accept()
    newsroom.accept(targets=())
    assert asked(newsroom) == []
    assert [edition.locale for edition in newsroom.dossier().editions] == ["en-US"]


def test_a_person_keeps_a_variant_that_is_no_longer_wanted(newsroom: Newsroom) -> None:
    newsroom.accept()
    newsroom.work()
    approve(newsroom)
    newsroom.accept(targets=())
    assert newsroom.edition().variant is not None


def test_an_approved_variant_of_an_older_text_asks_for_one_proposal_only(newsroom: Newsroom) -> None:
    newsroom.accept()
    newsroom.work()
    approve(newsroom)
    newsroom.accept("The government will build new bridges.")
    assert newsroom.work() == 1
    assert newsroom.edition().state == "stale"
    newsroom.accept("The government will build new bridges.")
    assert newsroom.work() == 0
    newsroom.accept("The government will build new bridges.", slug="bridges")
    assert newsroom.work() == 0


def test_a_source_that_changes_its_language_changes_places_with_its_translation(newsroom: Newsroom) -> None:
    newsroom.accept()
    newsroom.accept("Pemerintah akan membangun jalan baru.", title="Jalan baru di provinsi", language="id")
    assert asked(newsroom) == [("en-US", "queued", 2)]
    assert newsroom.edition("id-ID").state == "source"
    newsroom.work()
    assert newsroom.edition("en-US").state in ("machine", "needs_review")


@pytest.mark.parametrize("changes", [{"state": "reviewed"}, {"by_person": True}])
def test_a_source_does_not_take_the_place_of_a_persons_translation(newsroom: Newsroom, changes: dict[str, Any]) -> None:
    newsroom.accept()
    newsroom.work()
    variant, dossier = newsroom.edition().variant, newsroom.dossier()
    assert variant is not None
    with newsroom.database.write() as connection:
        submit.publish_variant(connection, dossier.article, replace(variant, **changes), 1, datetime.now(UTC))
    before = [newsroom.rows(f"SELECT * FROM {table}") for table in ("article", "variant", "job")]  # noqa: S608
    with pytest.raises(Refusal) as refused:
        newsroom.accept("Pemerintah akan membangun jalan baru.", title="Jalan baru di provinsi", language="id")
    assert (refused.value.code, refused.value.field) == ("variant-protected", "language")
    assert "nothing was changed: send `language`" in refused.value.message
    after = [newsroom.rows(f"SELECT * FROM {table}") for table in ("article", "variant", "job")]  # noqa: S608
    assert after == before


def test_an_article_whose_language_is_unsure_has_no_variants(newsroom: Newsroom) -> None:
    newsroom.accept()
    article = replace(newsroom.dossier().article, locale=None, detection=Unsure((), "too short"), targets=())
    with newsroom.database.write() as connection:
        submit.accept(connection, article, "unsure", datetime.now(UTC))
    assert newsroom.dossier().editions == ()
    assert newsroom.work() == 0


def test_variants_of_a_draft_are_first_published_with_it(newsroom: Newsroom) -> None:
    newsroom.accept(status="draft")
    newsroom.work()
    assert newsroom.edition().first_published_at is None
    before = datetime.now(UTC)
    newsroom.accept()
    first = newsroom.edition().first_published_at
    assert first is not None
    assert first >= before
    newsroom.accept(status="withdrawn")
    newsroom.accept(slug="again")
    assert newsroom.edition().first_published_at == first


def test_variants_under_embargo_are_first_published_when_it_ends(newsroom: Newsroom) -> None:
    embargo = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    newsroom.accept(published_at=embargo)
    newsroom.work()
    assert newsroom.edition().first_published_at == embargo
    newsroom.accept(published_at=embargo + timedelta(hours=1))
    assert newsroom.edition().first_published_at == embargo + timedelta(hours=1)


def test_nothing_is_stored_where_the_callers_transaction_rolls_back(newsroom: Newsroom) -> None:
    newsroom.accept()
    article = newsroom.dossier().article

    def cut() -> None:
        with newsroom.database.write() as connection:
            submit.accept(connection, replace(article, id="a2"), "cut", datetime.now(UTC))
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        cut()
    with newsroom.database.read() as connection:
        assert articles.get(connection, "a2") is None
        assert variants.editions(connection, [("a2", 1)]) == {"a2": []}


def test_a_correction_goes_before_what_nobody_waits_for(newsroom: Newsroom) -> None:
    correction = (datetime(2025, 11, 5, tzinfo=UTC), "The number of roads was wrong.")
    newsroom.accept(corrections=(correction,))
    assert newsroom.rows("SELECT urgent FROM job") == [(0,)]
    newsroom.accept(corrections=(correction, correction))
    assert newsroom.rows("SELECT urgent FROM job") == [(1,)]
