"""The commands `alihbahasa memory …`: the translation memory as TMX files. They work while the service runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

if TYPE_CHECKING:
    from service.store.database import Database

_site = click.option("--site", default="default", help="The site whose memory it is.")


@click.group()
@click.pass_context
def memory(context: click.Context) -> None:
    """Export and import the translation memory (TMX 1.4)."""
    context.obj = context.obj.data


@memory.command("export")
@click.argument("file", type=click.File("wb", lazy=False, atomic=True), default="-")
@_site
@click.pass_obj
def export(data: Path, file: BinaryIO, site: str) -> None:
    """Write the memory to FILE, or to standard output: people's sentences and the models'."""
    from service.jobs import exchange

    with _database(data) as database:
        for piece in exchange.give_out(database, site):
            file.write(piece)


@memory.command("import")
@click.argument("file", type=click.File("rb"))
@_site
@click.option("--reviewed", is_flag=True, help="People vouch for the file: it outranks glossary and models.")
@click.pass_obj
def import_(data: Path, file: BinaryIO, site: str, reviewed: bool) -> None:
    """Add the sentences of a TMX file, of any tool, to the memory."""
    from service.jobs import exchange

    with _database(data) as database:
        report = exchange.take_in(database, site, file, reviewed=reviewed)
    for one in report.told:
        click.echo(f"line {one.line}: skipped: {one.reason}", err=True)
    older = f", {report.older} older than what is there" if report.older else ""
    click.echo(f"{report.imported} imported{older}, {report.skipped} skipped")


@contextmanager
def _database(data: Path) -> Iterator[Database]:
    """The data folder's database. What is refused becomes an error of the command line."""
    from service.article.tmx import TmxError
    from service.jobs.exchange import UnknownSite
    from service.store.database import FILE, Database, Newer, sqlite_url

    data.mkdir(parents=True, exist_ok=True)
    try:
        database = Database(sqlite_url(data / FILE))
        try:
            yield database
        finally:
            database.close()
    except UnknownSite as error:
        raise click.ClickException(f"there is no site {error.args[0]!r}; the one there is is `default`") from None
    except (TmxError, Newer) as error:
        raise click.ClickException(f"{error}; nothing was changed") from None
