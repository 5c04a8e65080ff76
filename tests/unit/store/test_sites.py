"""Sites: `default` is there from the start, with the settings that a new publication has."""

from __future__ import annotations

from dataclasses import replace

from service.article.types import Site
from service.store import sites
from service.store.database import Database
from tests.unit.store.small import NOW


def test_the_default_site_is_there_from_the_start(database: Database) -> None:
    with database.read() as connection:
        assert sites.get(connection) == Site()


def test_a_site_that_is_not_there_is_none(database: Database) -> None:
    with database.read() as connection:
        assert sites.get(connection, "other") is None


def test_a_sites_settings_are_kept(database: Database) -> None:
    courier = Site(name="The Courier", hosts=("courier.example",), indexing="machine", locales=("id-ID", "en-GB"))
    other = replace(courier, id="other", time_zone="Asia/Makassar")
    with database.write() as connection:
        sites.put(connection, courier, NOW)
        sites.put(connection, other, NOW)
    with database.read() as connection:
        assert sites.get(connection) == courier
        assert sites.get(connection, "other") == other
