"""The reader's pages in a bare Flask application, over a desk that is a dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient

from service.article.types import Dossier, Site
from service.web.compare import compare
from service.web.front import front
from service.web.headers import init_headers
from service.web.kept import Kept, Watch
from service.web.listings import listings
from service.web.reader import reader
from service.web.ui import init_ui
from tests.unit.newsroom import MADE, SITE

LOCALES = Path(__file__).parents[3] / "locales"


class Desk:
    """What the pages need of the desk."""

    def __init__(self, public_url: str = "https://desk.example", site: Site = SITE) -> None:
        self.public_url = public_url
        self._site = site
        self.dossiers: dict[str, Dossier] = {}
        self.kept = Kept(self, 10_000_000)

    def add(self, *dossiers: Dossier) -> None:
        self.dossiers |= {dossier.article.id: dossier for dossier in dossiers}

    def dossier(self, article_id: str) -> Dossier | None:
        return self.dossiers.get(article_id)

    def watched(self, article_id: str) -> tuple[Dossier | None, Watch]:
        dossier = self.dossiers.get(article_id)
        return dossier, Watch(lambda _: self.dossiers.get(article_id), dossier)

    def changes(self) -> None:
        return None

    @contextmanager
    def read(self) -> Iterator[None]:
        yield None

    def recent(
        self, limit: int = 100, offset: int = 0, *, locale: str | None = None, language: str | None = None
    ) -> list[Dossier]:
        newest_first = [
            one
            for one in reversed(self.dossiers.values())
            if (locale is None or ((edition := one.edition(locale)) and edition.variant))
            and language in (None, one.article.language)
        ]
        return newest_first[offset : offset + limit]

    def listed(self, limit: int, offset: int) -> list[Dossier]:
        return self.recent(limit, offset)

    def parts(self, size: int) -> list[datetime]:
        return [MADE] * -(-len(self.dossiers) // size)

    def watch(self, ask: object) -> Watch:
        return Watch(lambda _: list(self.dossiers.values()), list(self.dossiers.values()))

    def site(self, site_id: str = "default") -> Site:
        return self._site


@pytest.fixture(scope="session")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`locales/` compiled, as `make` does it."""
    folder = tmp_path_factory.mktemp("locales")
    for source in LOCALES.glob("*/LC_MESSAGES/messages.po"):
        target = folder / source.relative_to(LOCALES)
        target.parent.mkdir(parents=True)
        target.write_bytes(source.read_bytes())
        with source.open("rb") as po, target.with_suffix(".mo").open("wb") as mo:
            write_mo(mo, read_po(po))
    return folder


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def app(desk: Desk, locales: Path) -> Flask:
    app = Flask("service.web")
    app.testing = True
    app.extensions["alihbahasa"] = desk
    init_ui(app, str(locales))
    init_headers(app)
    app.register_blueprint(reader)
    app.register_blueprint(front)
    app.register_blueprint(compare)
    app.register_blueprint(listings)
    return app


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


@pytest.fixture
def get(client: FlaskClient) -> Callable[..., str]:
    """The text of a page that is there."""

    def get(path: str, **options: object) -> str:
        response = client.get(path, **options)
        assert response.status_code == 200, response.status
        return response.text

    return get
