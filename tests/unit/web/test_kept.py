"""Answers that are kept: how long, how much of them, in which forms."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import brotli
import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from service.web.kept import Kept, Rendered, Watch

BODY = b"<p>" + b"Ships sailed again on Monday. " * 40


class Store:
    """A store of one version, which counts how often it is asked."""

    def __init__(self) -> None:
        self.version, self.commits, self.asked = 1, 0, 0

    def changes(self) -> int | None:
        return self.commits

    @contextmanager
    def read(self) -> Iterator[Any]:
        yield self

    def watch(self) -> Watch:
        def ask(_: object) -> int:
            self.asked += 1
            return self.version

        return Watch(ask, self.version)


class Maker:
    """Makes an answer of the store's version, and counts how often."""

    def __init__(self, store: Store, body: bytes = BODY) -> None:
        self.store, self.body, self.made = store, body, 0

    def __call__(self) -> Rendered:
        self.made += 1
        watch = self.store.watch()
        return Rendered(b"%d " % watch.seen + self.body, {"Content-Type": "text/html"}, (watch,))


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def kept(store: Store) -> Kept:
    return Kept(store, 100_000)


@pytest.fixture
def app() -> Flask:
    return Flask(__name__)


def client(app: Flask, kept: Kept, make: Any) -> FlaskClient:
    app.add_url_rule("/<name>", view_func=lambda name: kept.answer(name, make))
    return app.test_client()


def test_an_answer_is_made_once(app: Flask, kept: Kept, store: Store) -> None:
    make = Maker(store)
    reader = client(app, kept, make)
    assert reader.get("/a").data == reader.get("/a").data == b"1 " + BODY
    assert (make.made, store.asked) == (1, 0)


def test_what_was_committed_elsewhere_costs_a_look(app: Flask, kept: Kept, store: Store) -> None:
    make = Maker(store)
    reader = client(app, kept, make)
    for commits in (0, 1, 1, 1):
        store.commits = commits
        reader.get("/a")
    assert (make.made, store.asked) == (1, 1)


def test_what_it_shows_has_changed(app: Flask, kept: Kept, store: Store) -> None:
    make = Maker(store)
    reader = client(app, kept, make)
    tag = reader.get("/a").headers["ETag"]
    store.version, store.commits = 2, 1
    answer = reader.get("/a", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data[:2], make.made) == (200, b"2 ", 2)


def test_a_store_that_cannot_tell_of_commits_is_asked_each_time(app: Flask, kept: Kept, store: Store) -> None:
    store.commits = None
    make = Maker(store)
    reader = client(app, kept, make)
    reader.get("/a")
    reader.get("/a")
    assert (make.made, store.asked) == (1, 1)


def test_a_change_while_it_is_made_is_not_missed(app: Flask, kept: Kept, store: Store) -> None:
    def make() -> Rendered:
        rendered = Maker(store)()
        store.version, store.commits = store.version + 1, store.commits + 1
        return rendered

    reader = client(app, kept, make)
    assert [reader.get("/a").data[:1] for _ in range(2)] == [b"1", b"2"]


def test_other_answers_are_not_kept(app: Flask, kept: Kept) -> None:
    answers = iter([Response(status=404), Response("made")])
    reader = client(app, kept, lambda: next(answers))
    assert [reader.get("/a").status_code, reader.get("/a").status_code] == [404, 200]


def test_what_raises_can_be_asked_for_again(app: Flask, kept: Kept, store: Store) -> None:
    app.testing = True
    makers = iter([lambda: 1 / 0, Maker(store)])
    reader = client(app, kept, lambda: next(makers)())
    with pytest.raises(ZeroDivisionError):
        reader.get("/a")
    assert reader.get("/a").status_code == 200


def test_the_room_is_what_was_asked_for(app: Flask, store: Store) -> None:
    make = Maker(store)
    reader = client(app, Kept(store, 3 * (2 * len(BODY) + 3_000)), make)
    for name in "abcd":
        reader.get(f"/{name}")
    reader.get("/d")
    assert make.made == 4
    reader.get("/a")  # the one not asked for longest had to go
    assert make.made == 5


def test_what_is_larger_than_all_the_room_is_only_made(app: Flask, store: Store) -> None:
    make = Maker(store)
    reader = client(app, Kept(store, 100), make)
    assert reader.get("/a").data == reader.get("/a").data
    assert make.made == 2


def test_many_who_come_at_once_wait_for_one(app: Flask, kept: Kept, store: Store) -> None:
    began, together = threading.Event(), threading.Barrier(9)
    make = Maker(store)

    def slowly() -> Rendered:
        began.wait(10)
        return make()

    reader = client(app, kept, slowly)

    def ask(_: int) -> bytes:
        together.wait(10)
        return app.test_client().get("/a").data

    with ThreadPoolExecutor(8) as threads:
        answers = threads.map(ask, range(8))
        together.wait(10)
        began.set()
        assert set(answers) == {b"1 " + BODY}
    assert make.made == 1
    assert reader.get("/a").status_code == 200


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, None),
        ("identity", None),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0, br;q=0", None),
        ("*", "br"),
        ("nonsense;;q", None),
    ],
)
def test_the_smallest_form_that_a_client_takes(
    app: Flask, kept: Kept, store: Store, accepted: str | None, coding: str | None
) -> None:
    reader = client(app, kept, Maker(store))
    answer = reader.get("/a", headers={"Accept-Encoding": accepted} if accepted else {})
    assert answer.headers.get("Content-Encoding") == coding
    assert answer.headers["Vary"] == "Accept-Encoding"
    plain = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding](answer.data)
    assert plain == b"1 " + BODY
    assert len(answer.data) == int(answer.headers["Content-Length"])


def test_each_form_has_a_tag_of_its_own(app: Flask, kept: Kept, store: Store) -> None:
    reader = client(app, kept, Maker(store))
    tags = {coding: reader.get("/a", headers={"Accept-Encoding": coding}).headers["ETag"] for coding in ("br", "gzip")}
    tags[""] = reader.get("/a").headers["ETag"]
    assert len(set(tags.values())) == 3
    assert not any(tag.startswith("W/") for tag in tags.values())
    for coding, tag in tags.items():
        asked = {"If-None-Match": f'"other", W/{tag}', "Accept-Encoding": coding or "identity"}
        answer = reader.get("/a", headers=asked)
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "Content-Encoding" not in answer.headers


def test_what_is_small_stays_as_it_is(app: Flask, kept: Kept, store: Store) -> None:
    reader = client(app, kept, Maker(store, b"short"))
    assert "Content-Encoding" not in reader.get("/a", headers={"Accept-Encoding": "br"}).headers
