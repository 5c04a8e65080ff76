"""The terms of a site."""

from __future__ import annotations

from dataclasses import replace

from service.article.types import Site, Term
from service.store import glossary, sites
from service.store.database import Database
from tests.unit.store.small import NOW

ROAD = Term("road", "jalan", "en", "id", case_sensitive=False)
NAME = Term("Harbour Post", None, "en", "id", part_of_speech="name")
BACK = Term("jalan", "road", "id", "en")


def test_terms_are_kept_and_found_by_their_pair(database: Database) -> None:
    with database.write() as connection:
        glossary.put(connection, "default", [ROAD, BACK, NAME])
        assert glossary.get(connection, "default", "en", "id") == [NAME, ROAD]
        assert glossary.get(connection, "default", "id", "en") == [BACK]
        assert glossary.get(connection, "default") == [NAME, BACK, ROAD]


def test_putting_replaces_all_terms_of_the_site_and_no_other(database: Database) -> None:
    with database.write() as connection:
        sites.put(connection, Site(id="other"), NOW)
        glossary.put(connection, "default", [ROAD, NAME])
        glossary.put(connection, "other", [ROAD])
        glossary.put(connection, "default", [BACK])
        assert glossary.get(connection, "default") == [BACK]
        glossary.put(connection, "default", [])
        assert glossary.get(connection, "default") == []
        assert glossary.get(connection, "other") == [ROAD]


def test_what_counts_for_a_site_is_its_own_before_the_starters(database: Database) -> None:
    with database.write() as connection:
        site = sites.get(connection)
        assert site is not None
        glossary.put(connection, "default", [Term("Kemenkeu", "the Treasury", "id", "en")])
        applied = {term.source: term.target for term in glossary.applied(connection, site, "id", "en")}
        assert (applied["Kemenkeu"], applied["MK"]) == ("the Treasury", "the Constitutional Court")
        assert len(glossary.applied(connection, replace(site, starter_glossary=False), "id", "en")) == 1
