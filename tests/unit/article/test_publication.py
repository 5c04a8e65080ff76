"""The truth table of `publication`: every combination of inputs, judged by rules written down apart."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from service.article.publication import publication
from service.article.types import Site, SourceQuality
from tests.unit.newsroom import NOW, article, edition, unsound

STATUSES = ("draft", "published", "withdrawn")
TIMES = {"none": None, "past": NOW - timedelta(hours=1), "now": NOW, "future": NOW + timedelta(seconds=1)}
POLICIES = ("warn", "hold", "refuse")
SHOWN = ("source", "machine", "needs_review", "reviewed")
NOTHING_YET = ("queued", "translating", "failed")

# When the edition was first public: a time that still lies ahead is a plan that a withdrawal ended.
FIRST = {"never": None, "past": NOW - timedelta(minutes=1), "planned": NOW + timedelta(seconds=1)}

# What a search engine may index, by the site's setting and the state of what is shown.
INDEXABLE = """
            source  machine  needs_review  reviewed
never       no      no       no            no
reviewed    yes     no       no            yes
machine     yes     yes      no            yes
"""


def may_index(indexing: str, shown: str) -> bool:
    header, *rows = [line.split() for line in INDEXABLE.strip().splitlines()]
    cells = {row[0]: dict(zip(header, row[1:], strict=True)) for row in rows}
    return cells[indexing][shown] == "yes"


CASES = [
    pytest.param(*case, id="-".join(map(str, case)))
    for case in product(STATUSES, TIMES, (True, False), POLICIES, ("never", "reviewed", "machine"), FIRST)
]


@pytest.mark.parametrize(("status", "time", "sound", "policy", "indexing", "first"), CASES)
def test_truth_table(status: str, time: str, sound: bool, policy: str, indexing: str, first: str) -> None:
    site = Site(indexing=indexing, source_policy=policy)
    this = (article if sound else unsound)(status=status, published_at=TIMES[time])
    never_public = time == "future" or status == "draft" or (status == "withdrawn" and first != "past")
    gone = status == "withdrawn" and not never_public
    readable = status == "published" and time != "future" and (sound or policy == "warn")
    at = {"first_published_at": FIRST[first]}
    editions = [(edition("id-ID", shown, **at), shown) for shown in SHOWN]
    editions += [(edition("id-ID", "stale", variant_state=shown, **at), shown) for shown in SHOWN]
    for one, shown in editions:
        decision = publication(this, one, site, NOW)
        assert decision.gone == gone
        assert decision.visible == readable
        assert decision.indexable == (readable and sound and may_index(indexing, shown))
        assert not (never_public and (decision.visible or decision.gone))
    for state in NOTHING_YET:
        decision = publication(this, edition("id-ID", state, made=False), site, NOW)
        assert (decision.visible, decision.indexable, decision.gone) == (False, False, False)


@pytest.mark.parametrize(
    ("changes", "site", "shown", "reason"),
    [
        ({"status": "draft"}, {}, "machine", "draft"),
        ({"published_at": TIMES["future"]}, {}, "machine", "embargoed"),
        ({"status": "withdrawn"}, {}, "machine", "withdrawn"),
        ({}, {"indexing": "never"}, "source", "indexing_never"),
        ({}, {"indexing": "reviewed"}, "machine", "not_reviewed"),
        ({}, {"indexing": "machine"}, "machine", "public"),
    ],
)
def test_the_reason_is_told(changes: dict, site: dict, shown: str, reason: str) -> None:
    assert publication(article(**changes), edition("id-ID", shown), Site(**site), NOW).reason == reason


def test_an_unsound_source_is_held_before_it_is_said_to_be_unfinished() -> None:
    waiting = edition("id-ID", "queued", made=False)
    assert publication(unsound(), waiting, Site(source_policy="hold"), NOW).reason == "held"


@pytest.mark.parametrize("policy", POLICIES)
def test_a_source_that_a_person_accepted_is_as_any_other(policy: str) -> None:
    accepted = article(source_quality=SourceQuality(sound=False, accepted_by="Sari Wulandari"))
    site = Site(indexing="machine", source_policy=policy)
    assert publication(accepted, edition("id-ID", "machine"), site, NOW).indexable
