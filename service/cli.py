"""The command `alihbahasa`. Each command imports what it needs: `translate` must not wait for the web."""

from __future__ import annotations

import socket
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from service import __version__
from service.memory_commands import memory
from service.model_commands import models
from service.settings import ROOT, Settings

if TYPE_CHECKING:
    from flask import Flask

    from service.engine.pool import Pool


@click.group(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.version_option(__version__, prog_name="alihbahasa")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="The data folder. [default: var]")
@click.pass_context
def main(context: click.Context, data: Path | None) -> None:
    """A self-hosted translation desk for publishers."""
    context.obj = _settings(data=data)


@main.command()
@click.option("--host", help="The address to listen on. [default: 127.0.0.1]")
@click.option("--port", type=int, help="The port to listen on. [default: 8080]")
@click.option("--public-url", help="Where readers find this service, also with a path.")
@click.option("--allow-public", is_flag=True, default=None, help="Listen beyond this machine though there are no keys.")
@click.pass_obj
def serve(settings: Settings, /, **options: Any) -> None:
    """Serve the API and the pages, and translate what is posted."""
    settings = _settings(settings, **options)
    if not settings.loopback and not settings.allow_public:
        raise click.ClickException(
            f"{settings.host} can be reached from other machines, and there are no keys yet: anyone could publish. "
            "Listen on 127.0.0.1 behind a proxy that lets only readers' pages through, or say --allow-public."
        )
    if not settings.loopback and not settings.public_url:
        raise click.ClickException(
            f"{settings.host} is where we listen, not where readers find us, and every page names its own address: set "
            "ALIHBAHASA_PUBLIC_URL (or --public-url), such as https://paper.example"
        )
    from service.jobs.embedded import FolderInUse, Ownership
    from service.logs import configure

    try:
        Ownership(settings.data).release()
    except (FolderInUse, OSError) as error:
        raise click.ClickException(str(error)) from None
    _check_port(settings)
    _check_models(settings)
    configure(settings.log_level)
    from service.app import create_app
    from service.server import Server

    Server(
        partial(create_app, settings),
        host=settings.host,
        port=settings.port,
        url=settings.base_url,
        threads=settings.request_threads,
        shutdown=settings.shutdown,
    ).run()


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--to", "target", help="The locale to translate to. [default: those that the text or the site names]")
@click.option("--from", "source", help="The source language. [default: detected]")
@click.option(
    "--html",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the pages into a folder.",
)
@click.pass_obj
def translate(settings: Settings, file: Path, target: str | None, source: str | None, folder: Path | None) -> None:
    """Translate an article: .html, .md, or plain text as newspapers give it."""
    from service import commands
    from service.article.types import Refusal

    try:
        submission = commands.read(file, source, (target,) if target else None)
        article, variants = commands.translate(submission, _pool(settings))
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file} is not UTF-8 text: {error}") from None
    except Refusal as error:
        raise click.ClickException(str(error)) from None
    if article.locale is None:
        commands.report(article, variants)
        raise click.ClickException("nothing is translated: the text's language is unsure; say it with --from")
    if folder:
        from service.app import create_app

        def service(data: Path) -> Flask:
            return create_app(settings.model_copy(update={"data": data}))

        for path in commands.write_pages(article, variants, folder, service):
            click.echo(f"wrote {path}", err=True)
    for variant in variants:
        click.echo(commands.as_text(variant))
    commands.report(article, variants)


@main.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_obj
def demo(settings: Settings, folder: Path) -> None:
    """Load a folder of articles and a site.json into the data folder; the service translates them when it runs."""
    from service import commands
    from service.app import open_desk
    from service.jobs.embedded import FolderInUse

    try:
        desk = open_desk(settings)
    except FolderInUse:
        click.echo("the service is running on this folder: nothing loaded", err=True)
        return
    try:
        loaded = commands.load(folder, desk)
    finally:
        desk.close(0)
    click.echo(f"{loaded} articles loaded" if loaded else "the demo articles are there already")


main.add_command(models)
main.add_command(memory)


@main.group()
def glossary() -> None:
    """Move a site's terms in and out as CSV (docs/terms.md has its columns), also while the service runs."""


_SITE = click.option("--site", default="default", help="The site that the terms are of.")


@glossary.command("import")
@click.argument("file", type=click.File("rb"))
@_SITE
@click.pass_obj
def import_glossary(settings: Settings, file: BinaryIO, site: str) -> None:
    """Replace a site's terms with those of a CSV file (- is standard input): all of them or, for a fault, none."""
    from service import commands
    from service.article.termlist import Faulty

    try:
        count = commands.import_glossary(settings.data, site, file.read())
    except Faulty as error:
        faults = "\n".join(f"  row {one.row}, column {one.column}: {one.message}" for one in error.faults)
        raise click.ClickException(f"{file.name}: nothing is taken of it:\n{faults}") from None
    except LookupError:
        raise click.ClickException(f"there is no site {site!r}") from None
    click.echo(f"{site} has {count} terms now")


@glossary.command("export")
@click.argument("file", type=click.File("wb", lazy=True))
@_SITE
@click.option("--starter", is_flag=True, help="The bundled starter glossary instead of a site's own terms.")
@click.pass_obj
def export_glossary(settings: Settings, file: BinaryIO, site: str, starter: bool) -> None:
    """Write a site's terms to a CSV file (- is standard output)."""
    from service import commands

    try:
        file.write(commands.export_glossary(settings.data, site, starter=starter))
    except LookupError:
        raise click.ClickException(f"there is no site {site!r}") from None


def _check_port(settings: Settings) -> None:
    """Raises ClickException where somebody else listens: the server would only try again and again."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise click.ClickException(
                f"cannot listen on {settings.host}:{settings.port} ({error.strerror}): choose another --port"
            ) from None


def _settings(base: Settings | None = None, **options: Any) -> Settings:
    """Settings from the environment, outranked by the options that were given."""
    from pydantic import ValidationError

    known = base.model_dump(include=base.model_fields_set) if base else {}
    given = {name: value for name, value in options.items() if value is not None}
    try:
        return Settings(**{**known, **given})
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise click.ClickException(f"a setting is wrong (ALIHBAHASA_… or an option): {faults}") from None


def _check_models(settings: Settings) -> None:
    """Raises ClickException where there are no models, or one is not what it was pinned as."""
    from service.engine import packages, pins

    try:
        found = packages.installed(settings.data / "models")
        for one in found:
            pins.check(one)
    except packages.PackageError as error:
        raise click.ClickException(str(error)) from None
    if not found:
        raise click.ClickException("no models are installed: alihbahasa models install FILE.argosmodel")


def _pool(settings: Settings) -> Pool:
    """The models of the data folder; where there are none yet, the bundled ones are installed first."""
    from service.engine import installer, packages
    from service.engine.pool import Pool

    directory = settings.data / "models"
    try:
        if not packages.installed(directory):
            for file in sorted((ROOT / "models").glob("*.argosmodel")):
                installer.install(file, directory, installer.listed_sha256(file))
        return Pool(directory, settings.model_threads)
    except packages.PackageError as error:
        raise click.ClickException(str(error)) from None
