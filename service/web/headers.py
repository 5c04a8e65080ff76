"""Security headers on every response. Readers' pages run no script at all, so the policy can forbid it outright.

https://www.w3.org/TR/CSP3/. A JSON-LD block is data, not script, and passes. A view that needs more (the
API's own documentation page) sets its own policy; what is set is never overwritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from flask import Flask, Response, g
from werkzeug.datastructures import Headers

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_HOST: Final = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?")


def content_security_policy(image_hosts: Iterable[str] = ()) -> str:
    """The policy of a page that shows pictures from `image_hosts`, over https.

    A host that is none (it could end the directive and begin another) is left out.
    """
    sources = sorted({f"https://{host.lower()}" for host in image_hosts if _HOST.fullmatch(host)})
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            " ".join(("img-src 'self' data:", *sources)),
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


HEADERS: Final = {
    "Content-Security-Policy": content_security_policy(),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""On every response that does not say otherwise."""


def allow_any_origin() -> None:
    """Let pages of any origin read the answer to this request, an error too. Without credentials, and only what is
    public already: what writes, and what is for editors, never says so."""
    g.any_origin = True


class Complete(Response):
    """A response whose headers are all there, the ones of this module too: they are shared by all requests that get the
    same, so that nothing puts them together each time. Nothing may add to them."""

    def __init__(self, body: bytes, status: int, headers: Headers) -> None:
        super().__init__([body], status, headers)

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        """As they are: complete."""
        return self.headers


def complete(headers: Mapping[str, str]) -> Headers:
    """These, and those of ours that they do not name."""
    return Headers({**HEADERS, **headers})


def init_headers(app: Flask) -> None:
    """Put the headers on every response of the application."""

    @app.after_request
    def add(response: Response) -> Response:
        if isinstance(response, Complete):
            return response
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if g.get("any_origin", False):
            response.headers["Access-Control-Allow-Origin"] = "*"
        return response
