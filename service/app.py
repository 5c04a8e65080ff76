"""create_app: wiring only."""

from __future__ import annotations

from flask import Flask

from service.article import detect
from service.settings import ROOT, Settings
from service.web import (
    acceptance,
    articles,
    compare,
    front,
    gallery,
    glossary,
    headers,
    health,
    listings,
    localisation,
    memory,
    openapi,
    problems,
    reader,
    sites,
    source_page,
    text,
    theme,
    ui,
    variants,
    waiting,
)
from service.web.desk import Desk


def open_desk(settings: Settings) -> Desk:
    """Own the data folder and open what is in it. Raises FolderInUse."""
    detect.warm()  # its profiles load without a lock: before there are threads
    return Desk.open(
        settings.data,
        public_url=settings.base_url,
        threads=settings.model_threads,
        model_memory=settings.model_memory * 1_000_000 or None,
        retry_share=settings.retry_share,
        page_memory=settings.page_memory * 1_000_000,
        workers=settings.workers,
        max_wait=settings.max_wait,
        may_wait=max(1, settings.request_threads // 2),
    )


def create_app(settings: Settings, desk: Desk | None = None) -> Flask:
    """The service as a WSGI application. The desk is opened, not started: `desk.start()` sets it to work."""
    app = Flask("service", static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = settings.max_body
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the provider that Flask comes with has it
    # Werkzeug's own redirects repeat the Host header: both forms of an address are answered, or led on by `reader`.
    app.url_map.strict_slashes = app.url_map.merge_slashes = False
    app.extensions["alihbahasa"] = desk or open_desk(settings)
    ui.init_ui(app, str(ROOT / "locales"))
    headers.init_headers(app)
    theme.init_theme(app, settings.theme or settings.data / theme.FILE)
    problems.init_problems(app)
    # Beside the half that may wait: a quarter of the threads is always free for readers and /health.
    text.init_text(app, max(1, settings.request_threads // 4))
    for blueprint in (
        articles.api, acceptance.api, variants.api, sites.api, glossary.api, memory.api, text.api, localisation.api,
        health.api, openapi.docs, gallery.gallery, reader.reader, front.front, compare.compare, listings.listings,
        theme.theme, source_page.pages, waiting.pages,
    ):  # fmt: skip
        app.register_blueprint(blueprint)
    openapi.spec.register(app)
    return app
