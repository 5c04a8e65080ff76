"""A publisher's own site: another origin than the service, and strict about what its pages may do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Host:
    """A tiny web server. `pages` has what it answers, by path."""

    def __init__(self, url: str, service: str) -> None:
        self.url = url
        self.service = service
        self.pages: dict[str, tuple[str, str]] = {}

    @property
    def policy(self) -> str:
        """No style, no inline script, no string made into markup; scripts and calls of the service only."""
        return (
            f"default-src 'none'; script-src {self.service}; connect-src 'self' {self.service}; style-src 'none'; "
            "img-src data:; base-uri 'none'; form-action 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )

    def show(self, body: str, path: str = "/article", lang: str = "en", attributes: str = "") -> str:
        """Serve a page that loads the component from the service; its address."""
        module = f'<script type="module" src="{self.service}/assets/language-switcher.js"></script>'
        head = f'<meta charset="utf-8"><title>Article</title><link rel="icon" href="data:,">{module}'
        page = f'<!doctype html><html lang="{lang}" {attributes}><head>{head}</head><body>{body}</body></html>'
        self.pages[path] = ("text/html; charset=utf-8", page)
        return self.url + path


@contextmanager
def serve_host(service: str) -> Iterator[Host]:
    """A running host; `service` is the origin that its pages load the component from."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, text = host.pages.get(self.path.partition("?")[0], ("", ""))
            self.send_response(200 if kind else 404)
            self.send_header("Content-Type", kind or "text/plain")
            self.send_header("Content-Security-Policy", host.policy)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host = Host(f"http://127.0.0.1:{server.server_port}", service)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield host
    server.shutdown()
    thread.join()
    server.server_close()
