"""The commands `alihbahasa models …`: what is installed, and every change to it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from service.engine import fetch, installer, packages, pins
from service.engine.packages import PackageError

_index = click.option("--index", default=fetch.INDEX, help="The index of packages, in Argos' format: a file, or a URL.")


@click.group()
@click.pass_context
def models(context: click.Context) -> None:
    """Install, verify, pin and remove translation models (Argos packages)."""
    context.obj = context.obj.data / "models"


@models.command("list")
@click.option("--available", is_flag=True, help="List what the index offers instead.")
@_index
@click.pass_obj
def list_models(directory: Path, available: bool, index: str) -> None:
    """List the installed packages: pair, version, SHA-256, bytes, state, folder.

    A package is `pinned`, in `use`, or `kept` for a roll-back; it `differs` where its pair is pinned to another.
    """
    with _refusals():
        if available:
            for offer in fetch.offers(index):
                click.echo(f"{offer.name}\t{offer.version}\t{offer.title}")
            return
        used = {one.path for one in packages.installed(directory)}
        pinned = pins.read(directory)
        for one in sorted(packages.every(directory), key=lambda one: (one.name, -one.serial)):
            pin = pinned.get(one.name)
            state = "use" if pin is None else "pinned" if pin.sha256 == one.sha256 else "differs"
            if one.path not in used:
                state = "kept"
            click.echo(f"{one.name}\t{one.version}\t{one.sha256}\t{one.size}\t{state}\t{one.path}")


@models.command()
@click.argument("sources", metavar="SOURCE…", nargs=-1)
@click.option("--from", "source", metavar="LANGUAGE", help="The language to translate from, of a package in the index.")
@click.option("--to", "target", metavar="LANGUAGE", help="The language to translate to, of a package in the index.")
@_index
@click.option("--sha256", help="What the package's SHA-256 must be. [default: as SHA256SUMS beside a file has it]")
@click.option("--newer", is_flag=True, help="Leave a pair as it is that is pinned, or has no older package.")
@click.option("--pin", is_flag=True, help="Pin the pair to this package, also where it is pinned to another.")
@click.pass_obj
def install(
    directory: Path,
    sources: tuple[str, ...],
    source: str | None,
    target: str | None,
    index: str,
    sha256: str | None,
    newer: bool,
    pin: bool,
) -> None:
    """Install packages, each as a whole or not at all: an .argosmodel file, its URL, or a pair such as en-id.

    What was installed for the pair is kept for `models rollback`. A running service takes the new package up.
    """
    if (source is None) is not (target is None):
        raise click.UsageError("a pair has two languages: give --from and --to")
    if source and target:
        sources = (*sources, f"{source}-{target}")
    if not sources:
        raise click.UsageError("say what to install: a file, a URL, or a pair such as en-id")
    if sha256 and len(sources) > 1:
        raise click.UsageError("--sha256 is of one package: install one at a time")
    for one in sources:
        with _refusals(), installer.scratch(directory) as folder:
            file, expected = _fetched(one, folder, index, sha256)
            try:
                done = installer.install(file, directory, expected, newer=newer, pin=pin)
            except installer.Unchanged as reason:
                click.echo(str(reason))
            else:
                click.echo(
                    f"{done.name} {done.version} ({done.sha256[:12]}) is installed{' and pinned' if pin else ''}"
                )


@models.command()
@click.pass_obj
def verify(directory: Path) -> None:
    """Read all files again and compare them with their pins, or with what was installed.

    The exit status is 1 where anything differs.
    """
    with _refusals():
        found = installer.verify(directory)
    for one in found:
        state = "; ".join(one.faults) or ("pinned, and whole" if one.pinned else "whole")
        click.echo(f"{one.name} {one.version}: {state}", err=bool(one.faults))
    if any(one.faults for one in found):
        raise click.ClickException("not all is as it was: install again what differs")


@models.command()
@click.argument("pairs", metavar="PAIR…", nargs=-1)
@click.option("--remove", is_flag=True, help="Take the pin off instead.")
@click.pass_obj
def pin(directory: Path, pairs: tuple[str, ...], remove: bool) -> None:
    """Pin pairs to what is installed, or all: the SHA-256 of each file goes to models.lock.json.

    What differs from its pin is neither installed nor loaded.
    """
    with _refusals():
        if remove:
            installer.unpin([_name(pair) for pair in pairs], directory)
            return
        for one in installer.pin([_name(pair) for pair in pairs], directory):
            click.echo(f"{one.name} is pinned to {one.version} ({one.sha256})")


@models.command()
@click.argument("pair")
@click.pass_obj
def rollback(directory: Path, pair: str) -> None:
    """Take the package up again that was replaced last; a second time undoes it."""
    with _refusals():
        one = installer.rollback(_name(pair), directory)
        click.echo(f"{one.name} {one.version} ({one.sha256[:12]}) is in use again")


@models.command()
@click.argument("pairs", metavar="PAIR…", nargs=-1, required=True)
@click.pass_obj
def remove(directory: Path, pairs: tuple[str, ...]) -> None:
    """Remove pairs, such as en-id, with what is kept of them and their pins."""
    with _refusals():
        for pair in pairs:
            for one in installer.remove(_name(pair), directory):
                click.echo(f"{one.name} {one.version} is removed")


def _fetched(source: str, folder: Path, index: str, sha256: str | None) -> tuple[Path, str | None]:
    """A source as a file, and the SHA-256 that it must have. What is not here is downloaded into a folder."""
    file = Path(source)
    if fetch.is_url(source):
        return _downloaded(source, folder, sha256), sha256
    pair = packages.pair_name(source)
    if file.exists():
        return file, sha256 or installer.listed_sha256(file)
    if pair is None:
        raise PackageError(f"{source}: no such file, and no pair of languages such as en-id")
    name = "-".join(pair)
    offers = {offer.name: offer for offer in fetch.offers(index)}
    if name not in offers:
        legs = [f"{pair[0]}-en", f"en-{pair[1]}"]
        remedy = "`alihbahasa models list --available` lists what is"
        if all(leg in offers for leg in legs):
            remedy = f"install {legs[0]} and {legs[1]}: what has no model of its own goes through English"
        raise PackageError(f"{name}: not in the index {fetch.shown(index)}; {remedy}")
    expected = sha256 or offers[name].sha256
    return _downloaded(offers[name].link, folder, expected), expected


def _downloaded(url: str, folder: Path, sha256: str | None) -> Path:
    place = folder / "download.argosmodel"
    with click.progressbar(length=1, label=fetch.shown(url), file=sys.stderr) as bar:

        def progress(done: int, length: int | None) -> None:
            bar.length = length or done + 1
            bar.update(done - bar.pos)

        fetch.download(url, place, sha256, progress)
    return place


def _name(pair: str) -> str:
    """A pair as packages are named: en_id is en-id, and en_tl, as Argos has it, en-fil."""
    return "-".join(packages.pair_name(pair) or (pair,))


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except PackageError as error:
        raise click.ClickException(str(error)) from None
