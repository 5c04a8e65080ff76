"""The commands that do more than a line: translating a file, writing its pages, loading a folder."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import click
from selectolax.lexbor import LexborHTMLParser

from service import pipeline
from service.article import repair, termlist
from service.article import starter as starters
from service.article.plain import plain
from service.article.types import Article, Detected, Severity, Site, Submission, Text, Variant
from service.engine.pool import Pool

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar
    from flask import Flask
    from sqlalchemy import Connection

    from service.store.database import Database
    from service.web.desk import Desk

_FORMATS: dict[str, Literal["html", "text", "markdown"]] = {
    ".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown",
}  # fmt: skip


def read(file: Path, source: str | None = None, targets: tuple[str, ...] | None = None) -> Submission:
    """A file as a submission: .html and .md take their first heading as the title, anything else is plain text.

    Raises UnicodeDecodeError for a file that is not UTF-8.
    """
    text = file.read_text(encoding="utf-8-sig")
    format = _FORMATS.get(file.suffix.lower(), "text")
    title = None
    if format != "text":
        title, text = _titled(text, format, file.stem)
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", file.stem).strip("-._") or "article"
    return Submission(name[:200], title, text, format, language=source, targets=targets)


def translate(submission: Submission, pool: Pool) -> tuple[Article, list[Variant]]:
    """The article and its variants, with a progress bar on standard error. Raises Refusal."""
    article = pipeline.receive(submission, Site(), pool.pairs())
    made: list[Variant] = []
    for target in article.targets:
        length = sum(len(block.segments) for block in repair.working(article).blocks())
        with click.progressbar(length=length, label=target, file=sys.stderr) as bar:
            made.append(
                pipeline.localise(
                    article,
                    target,
                    translate=pool.translate,
                    recall=lambda _: {},
                    terms=partial(starters.applied, Site(), ()),
                    progress=partial(_advance, bar),
                )
            )
    return article, made


def _advance(bar: ProgressBar[int], done: int, total: int) -> None:  # `total` is the length that the bar has
    bar.update(done - bar.pos)


def as_text(variant: Variant) -> str:
    """A variant to read in a terminal: title, standfirst, and the body's blocks, an empty line between them."""
    body = variant.parts.get("body")
    pieces = re.split(r"</(?:p|h[1-6]|li|blockquote|figcaption|tr|dt|dd|td|th)>", body.value if body else "")
    words = [variant.text("title"), variant.text("dek"), *(plain(Text("html", piece)) for piece in pieces)]
    return "\n\n".join(line for line in words if line and line.strip())


def report(article: Article, variants: Sequence[Variant]) -> None:
    """What was found, on standard error: language, source quality, and the sentences that need a look."""
    detected = article.detection
    language = article.locale or "unsure"
    sure = f" ({detected.confidence:.2f})" if isinstance(detected, Detected) else ""
    click.echo(f"source: {language}{sure}", err=True)
    for warning in article.warnings:
        click.echo(f"{warning.severity.value}: {warning.code}: {warning.message}", err=True)
    for seen in article.source_quality.findings:
        click.echo(f"{seen.severity.value}: {seen.code}: {seen.message}", err=True)
    for variant in variants:
        counts = variant.counts
        click.echo(
            f"{variant.locale}: {variant.state}, {counts.translated} sentences, {counts.flagged} flagged",
            err=True,
        )
        for segment in variant.segments:
            for finding in segment.findings:
                if finding.severity is not Severity.INFO:
                    click.echo(f"  {finding.code}: {finding.evidence or finding.message}", err=True)


_PAGES = {"": ".html", "/compare": ".compare.html"}
"""The pages of an edition, by what is behind its address, and what their files are called behind the language."""


def write_pages(
    article: Article, variants: Sequence[Variant], folder: Path, service: Callable[[Path], Flask]
) -> Iterator[Path]:
    """The article's pages as files that open without a server: the service's own pages, their links made relative.

    `service` makes the service over a data folder.
    """
    from service.jobs import submit

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as opened:
        app = service(Path(scratch))
        desk: Desk = app.extensions["alihbahasa"]
        opened.callback(desk.close, 0)
        with desk.database.write() as connection:
            saved = submit.accept(connection, article, "", datetime.now(UTC))
            for variant in variants:
                submit.publish_variant(connection, article, variant, saved.revision, datetime.now(UTC))
        client, prefix = app.test_client(), urlsplit(desk.public_url).path.rstrip("/")
        languages = [variant.language for variant in (pipeline.source_variant(article), *variants)]
        for language, (path, ending) in product(languages, _PAGES.items()):
            answer = client.get(f"/{language}/articles/{article.id}{path}")
            if answer.status_code != 200:  # an original is compared with nothing
                continue
            html = answer.get_data(as_text=True)
            sheet = re.search(r'href="([^"]*/assets/[^"]*)"', html)
            html = _standalone(html, desk.public_url, article.id, languages)
            if sheet:
                name = sheet[1].rsplit("/", 1)[1]
                (folder / name).write_bytes(client.get(sheet[1].removeprefix(prefix)).get_data())
                html = html.replace(sheet[1], name)
            page = folder / f"{language}{ending}"
            page.write_text(html, encoding="utf-8")
            yield page


def _standalone(html: str, base_url: str, article: str, languages: Sequence[str]) -> str:
    """A page whose links lead to the files beside it. Nothing of it names an address that only the service has.

    The feed is no file, so the links to it go; canonical, hreflang, Open Graph and JSON-LD name the files.
    """
    prefix = urlsplit(base_url).path.rstrip("/")
    for language in languages:
        feed = re.escape(f'href="{prefix}/{language}/feed.xml"')
        html = re.sub(rf"<link [^>]*{feed}>\n|<a {feed}[^>]*>[^<]*</a>\n?", "", html)
        for path, name in _PAGES.items():
            address = rf"/{language}/articles/{re.escape(article)}{path}(?:\?choose)?(?=[\"#])"
            html = re.sub(rf'(?:{re.escape(base_url)}|(?<="){re.escape(prefix)}){address}', f"{language}{name}", html)
        html = html.replace(f'href="{prefix}/{language}/"', f'href="{language}.html"')
    return html


def load(folder: Path, desk: Desk) -> int:
    """Load `site.json` and `articles/*` into an empty data folder; returns how many articles, 0 where any are there.

    A `.json` file is the body of a PUT, anything else what `read` takes; an article's id is its file's name.
    """
    from service.store import sites
    from service.web import schemas

    if not desk.empty():
        return 0
    site = json.loads((folder / "site.json").read_text(encoding="utf-8"))
    with desk.database.write() as connection:
        sites.put(connection, replace(desk.site(), **site), datetime.now(UTC))
    files = sorted((folder / "articles").iterdir())
    for file in files:
        if file.suffix == ".json":
            body = schemas.ArticleIn.model_validate_json(file.read_text(encoding="utf-8"))
            desk.accept(body.submission(file.stem))
        else:
            desk.accept(read(file))
    return len(files)


def import_glossary(data: Path, site: str, csv: bytes) -> int:
    """Replace the terms of a site with those of a CSV file; returns how many. The service may be running.

    Raises `termlist.Faulty` and, for a site that is not there, LookupError; nothing is changed then.
    """
    from service.store import glossary

    terms = termlist.read(csv)
    with _opened(data) as database, database.write() as connection:
        _known(connection, site)
        glossary.put(connection, site, terms)
    return len(terms)


def export_glossary(data: Path, site: str, *, starter: bool = False) -> bytes:
    """The terms of a site as CSV, or the starter's. Raises LookupError for a site that is not there."""
    from service.store import glossary

    if starter:
        return starters.csv()
    with _opened(data) as database, database.read() as connection:
        _known(connection, site)
        return termlist.write(glossary.get(connection, site)).encode()


@contextmanager
def _opened(data: Path) -> Iterator[Database]:
    from service.store.database import Database, sqlite_url

    data.mkdir(parents=True, exist_ok=True)
    database = Database(sqlite_url(data / "alihbahasa.db"))
    try:
        yield database
    finally:
        database.close()


def _known(connection: Connection, site: str) -> None:
    from service.store import sites

    if sites.get(connection, site) is None:
        raise LookupError(site)


def _titled(text: str, format: str, stem: str) -> tuple[str, str]:
    """The title of an HTML or Markdown file, and the text without it; the file's name where it has none.

    Of a whole HTML document the body is the text, and its first `<h1>` the title, else `<title>`.
    """
    if format == "html":
        page = LexborHTMLParser(text)
        heading = page.css_first("h1") or page.css_first("title")
        title = " ".join(heading.text().split()) if heading else ""
        if heading and heading.tag == "h1":
            heading.decompose()
        return title or stem, (page.body.inner_html if page.body else None) or text
    found = re.search(r"\A\s*#[ \t]+(.+?)[ \t#]*$", text, re.MULTILINE)
    return (found[1], text[: found.start()] + text[found.end() :]) if found else (stem, text)
