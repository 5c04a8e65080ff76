"""Answers kept in memory for as long as nothing that they show has changed: an edition is rendered once a revision.

An answer says what it was made of by its watches. What they saw is compared with the store when it is asked for again,
and not even that while nothing at all was committed since.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Hashable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Final, Protocol

import brotli
from cachetools import LRUCache
from flask import Response, request
from sqlalchemy import Connection
from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response as AnyResponse

from service.web.headers import Complete, complete

Coding = str
"""A content coding (RFC 9110, 8.4.1); empty for none."""

CODINGS: Final[Mapping[Coding, Callable[[bytes], bytes]]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=9)),
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),  # the same bytes for the same entity tag
}
"""The ones that we have, the smallest first."""

SMALL: Final = 600
"""Bytes that are not worth compressing."""


def digest(body: bytes) -> str:
    """A strong entity tag for these bytes, without its quotes."""
    return blake2b(body, digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class Watch:
    """Something in the store that an answer was made of: how to ask for its version, and what that was.

    The version must be read before what it is of, or in the same transaction: a newer text under an older version is
    made once more than needed, an older text under a newer version would stay.
    """

    ask: Callable[[Connection], object]
    seen: object

    @classmethod
    def set(cls, connection: Connection, ask: Callable[[Connection], object]) -> Watch:
        """Begin to watch."""
        return cls(ask, ask(connection))


@dataclass(frozen=True, slots=True)
class Rendered:
    """A 200 answer to GET. `etag` is that of its plain bytes, made of them where none is given."""

    body: bytes
    headers: Mapping[str, str]
    watches: tuple[Watch, ...] = ()
    etag: str = ""
    until: datetime | None = None
    """When it is out of date by itself."""

    def form(self, coding: Coding = "") -> Form:
        """One of its forms. A strong entity tag (RFC 9110, 8.8.3) stands for one sequence of bytes, so each has its
        own."""
        body = CODINGS[coding](self.body) if coding else self.body
        tag = "-".join(filter(None, (self.etag or digest(self.body), coding)))
        vary = ", ".join(filter(None, (self.headers.get("Vary"), "Accept-Encoding")))
        lasting = {**self.headers, "Vary": vary, "ETag": f'"{tag}"'}
        of_body = {"Content-Length": str(len(body))} | ({"Content-Encoding": coding} if coding else {})
        without = {name: value for name, value in lasting.items() if name != "Content-Type"}
        return Form(tag, body, complete({**lasting, **of_body}), complete(without))

    def response(self) -> Response:
        """The answer as it is, to a request that changed something."""
        form = self.form()
        return Complete(form.body, 200, form.headers)


@dataclass(frozen=True, slots=True)
class Form:
    """What goes over the wire; `headers` of a 200, and `unchanged` of a 304."""

    tag: str
    body: bytes
    headers: Headers
    unchanged: Headers


@dataclass(slots=True)
class Page:
    """A rendered answer, its compressed forms, and how far the store is known not to have changed it."""

    rendered: Rendered
    changes: object = None
    _forms: dict[Coding, Form] = field(default_factory=dict)

    def response(self) -> Response:
        """The answer to the present request: 304 for a client that has it, else in the smallest form that it takes."""
        coding = _accepted(len(self.rendered.body))
        form = self._forms.get(coding)
        if form is None:
            form = self._forms[coding] = self.rendered.form(coding)
        if request.if_none_match.contains_weak(form.tag):
            return Complete(b"", 304, form.unchanged)
        return Complete(form.body, 200, form.headers)


class Store(Protocol):
    """What there is to be asked of a database."""

    def changes(self) -> object: ...

    def read(self) -> AbstractContextManager[Connection]: ...


class Kept:
    """The answers that were asked for last, as many as a number of bytes holds."""

    def __init__(self, store: Store, room: int) -> None:
        self._store = store
        self._pages: LRUCache[Hashable, Page] = LRUCache(room, _size)
        self._lock = threading.Lock()
        self._making = [threading.Lock() for _ in range(64)]
        """Who comes while an answer is made waits for it, instead of making another: a lock for a share of the keys."""

    def answer(self, key: Hashable, make: Callable[[], Rendered | AnyResponse]) -> AnyResponse:
        """The kept answer, or what `make` gives, which is kept if it was rendered and has a watch."""
        page = self._current(key)
        if page is not None:
            return page.response()
        with self._making[hash(key) % len(self._making)]:
            page = self._current(key)
            if page is None:
                changes = self._store.changes()  # before anything is read
                made = make()
                if not isinstance(made, Rendered):
                    return made
                page = Page(made, changes)
                if made.watches and _size(page) <= self._pages.maxsize:
                    with self._lock:
                        self._pages[key] = page
        return page.response()

    def _current(self, key: Hashable) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
        if page is None or (page.rendered.until is not None and page.rendered.until <= datetime.now(UTC)):
            return None
        changes = self._store.changes()
        if changes is not None and changes == page.changes:
            return page
        with self._store.read() as connection:
            same = all(watch.ask(connection) == watch.seen for watch in page.rendered.watches)
        if same:
            page.changes = changes
            return page
        return None


def _size(page: Page) -> int:
    """Bytes that a page takes, its compressed forms included."""
    return 2 * len(page.rendered.body) + 2_000


def _accepted(size: int) -> Coding:
    """The smallest coding that the client takes (RFC 9110, 12.5.3)."""
    if size < SMALL or "Accept-Encoding" not in request.headers:
        return ""
    accepted = request.accept_encodings
    return next((coding for coding in CODINGS if accepted.quality(coding) > 0), "")
