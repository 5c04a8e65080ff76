"""Downloads: held to an address, a size, a time and a SHA-256; what fails leaves no file."""

from __future__ import annotations

import hashlib
import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from service.engine import fetch
from service.engine.packages import PackageError

CONTENT = b"a package" * 1000
DIGEST = hashlib.sha256(CONTENT).hexdigest()

REDIRECTS = {
    "/redirect": "/package",
    "/redirect-file": "file:///etc/passwd",
    "/redirect-out": "http://192.0.2.1/package",
}  # what else begins with /redirect leads to itself


class Server:
    """A server of packages on this machine; `url` is its address, `asked` the paths that were asked for."""

    def __init__(self) -> None:
        asked: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                path = self.path.partition("?")[0]
                if path.startswith("/redirect"):
                    self.send_response(302)
                    self.send_header("Location", REDIRECTS.get(path, self.path))
                    self.end_headers()
                    return
                if path == "/missing":
                    self.send_error(404)
                    return
                self.send_response(200)
                if path not in ("/endless", "/index.json"):
                    self.send_header("Content-Length", str(len(CONTENT) * (2 if path == "/short" else 1)))
                self.end_headers()
                self.wfile.write(json.dumps(ENTRIES).encode() if path == "/index.json" else CONTENT)

            def log_message(self, *_: object) -> None:
                """Not into the tests' output."""

        self.asked = asked
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever proxy this machine is told to use, it is not for this machine."""
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "download"


def refused(url: str, place: Path, reason: str, expected: str | None = None) -> str:
    """Why a download is refused; nothing of it is left."""
    with pytest.raises(PackageError, match=reason) as told:
        fetch.download(url, place, expected)
    assert list(place.parent.iterdir()) == []
    return str(told.value)


@pytest.mark.parametrize("path", ["/package", "/endless", "/redirect"])
def test_a_package_is_downloaded_and_its_hash_compared(server: Server, place: Path, path: str) -> None:
    told: list[tuple[int, int | None]] = []
    fetch.download(server.url + path, place, DIGEST.upper(), lambda *one: told.append(one))
    assert place.read_bytes() == CONTENT
    assert told[-1] == (len(CONTENT), None if path == "/endless" else len(CONTENT))


def test_a_wrong_hash_is_refused(server: Server, place: Path) -> None:
    refused(f"{server.url}/package", place, "not the expected 0000", "0" * 64)


def test_a_download_that_ends_early_is_refused(server: Server, place: Path) -> None:
    refused(f"{server.url}/short", place, "ended after 9000 of 18000 bytes")


@pytest.mark.parametrize("path", ["/package", "/endless"])
def test_too_large_a_download_is_refused(
    server: Server, place: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "MAX_DOWNLOAD", 1000)
    refused(server.url + path, place, "more than any package")


def test_a_download_that_takes_too_long_is_refused(
    server: Server, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "DEADLINE", -1)
    refused(f"{server.url}/package", place, "not done after")


def test_a_server_that_says_nothing_is_given_up(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "SILENCE", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        refused(f"http://127.0.0.1:{silent.getsockname()[1]}/", place, "timed out")


def test_what_the_server_does_not_have_is_told(server: Server, place: Path) -> None:
    refused(f"{server.url}/missing", place, "the server answered 404")


def test_a_server_that_is_not_there_is_told(place: Path) -> None:
    refused("http://127.0.0.1:1/", place, "cannot be downloaded")


def test_redirects_are_followed_a_few_times(server: Server, place: Path) -> None:
    server.asked.clear()
    refused(f"{server.url}/redirect-again", place, "the server answered 302")
    assert len(server.asked) <= fetch.MAX_REDIRECTS + 1


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://paper.example/x", "use https, or give the package's --sha256"),
        ("http://127.0.0.1.paper.example/x", "use https"),
        ("ftp://paper.example/x", "only https"),
        ("file:///etc/passwd", "only https"),
        ("https:///x", "only https"),
        ("https://[::1", "address"),
    ],
)
def test_an_address_that_anybody_could_answer_is_refused(url: str, reason: str, place: Path) -> None:
    refused(url, place, reason)


def test_a_redirect_leads_nowhere_that_the_address_may_not(server: Server, place: Path) -> None:
    refused(f"{server.url}/redirect-out", place, "use https")
    refused(f"{server.url}/redirect-file", place, "the server answered 302", DIGEST)


def test_secrets_in_an_address_are_not_repeated(server: Server, place: Path) -> None:
    with_key = server.url + "/missing?key=secret"
    assert "secret" not in refused(with_key, place, "404")
    assert "secret" not in refused("https://editor:secret@paper.example/x", place, "no user names")
    assert "secret" not in refused("ftp://editor:secret@paper.example/x?key=secret", place, "user names")


# --- index -----------------------------------------------------------------------------------------------------------

ENTRIES: list[Any] = [
    {"package_version": "1.9", "from_code": "en", "from_name": "English", "to_code": "tl", "to_name": "Tagalog",
     "links": ["ipfs://Qm", "https://packages.example/en_tl-1_9"]},
    {"package_version": "1.10", "from_code": "en", "from_name": "English", "to_code": "tl", "to_name": "Tagalog",
     "links": ["https://packages.example/en_tl-1_10"], "sha256": DIGEST},
    {"package_version": "1.2", "from_code": "en", "to_code": "tl", "links": ["https://packages.example/en_tl-1_2"]},
    {"package_version": "1.0", "from_code": "de", "to_code": "en", "links": []},
    {"package_version": "1.0", "from_code": "en", "to_code": "zt", "links": ["https://packages.example/en_zt"]},
    {"package_version": "1.0", "type": "sbd", "from_code": "en", "to_code": "de", "links": ["https://packages.example/x"]},
    {"package_version": "1.0", "from_codes": ["en"], "links": 5},
    "nothing",
]  # fmt: skip


@pytest.mark.parametrize("by_url", [False, True])
def test_an_index_offers_the_newest_package_of_each_pair(server: Server, tmp_path: Path, by_url: bool) -> None:
    file = tmp_path / "index.json"
    file.write_text(json.dumps(ENTRIES))
    (offer,) = fetch.offers(f"{server.url}/index.json" if by_url else str(file))
    assert (offer.name, offer.version, offer.title) == ("en-fil", "1.10", "English → Tagalog")
    assert (offer.link, offer.sha256) == ("https://packages.example/en_tl-1_10", DIGEST)


@pytest.mark.parametrize("content", ["", "{}", "[" * 100_000])
def test_what_is_no_index_is_told(tmp_path: Path, content: str) -> None:
    file = tmp_path / "index.json"
    file.write_text(content)
    with pytest.raises(PackageError, match=r"index\.json: cannot be read as an index"):
        fetch.offers(str(file))


def test_an_index_that_is_not_there_or_too_large_is_told(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(PackageError, match="cannot be read as an index"):
        fetch.offers(str(tmp_path / "none.json"))
    with pytest.raises(PackageError, match="404"):
        fetch.offers(f"{server.url}/missing")
    with pytest.raises(PackageError, match="https"):
        fetch.offers("http://packages.example/index.json")
    monkeypatch.setattr(fetch, "MAX_INDEX", 10)
    with pytest.raises(PackageError, match="more than 10 bytes"):
        fetch.offers(f"{server.url}/index.json")
