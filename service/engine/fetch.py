"""Packages from elsewhere: an index of them, and downloads that are held to a size, a time and a SHA-256.

Only `alihbahasa models` asks for this. The service itself never downloads.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from ipaddress import ip_address
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import urlsplit

from service.engine import packages
from service.engine.packages import PackageError, version_key

INDEX: Final = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"
"""The public index of Argos packages: the only address outside that anything here names."""

MAX_DOWNLOAD: Final = 2 * 1024**3
"""Bytes of a package; the largest in the Argos index has some 300 MB."""

MAX_INDEX: Final = 8 * 1024**2
"""Bytes of an index."""

SILENCE: Final = 30
"""Seconds that a server may say nothing."""

DEADLINE: Final = 2 * 60 * 60
"""Seconds that a download may take in all."""

MAX_REDIRECTS: Final = 5

_CHUNK: Final = 256 * 1024

Progress = Callable[[int, int | None], None]
"""Told the bytes that have come, and how many there will be where the server says so."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A package that an index offers. The languages are BCP 47's first subtags."""

    name: str
    version: str
    title: str
    link: str
    sha256: str | None


def offers(index: str) -> list[Offer]:
    """The packages that translate in an index, of each pair the newest. `index` is a file or a URL.

    An index is a JSON list in Argos' format; ours may have a `sha256` beside `links`. Raises PackageError.
    """
    try:
        if is_url(index):
            with _open(index, secured=False) as answer:
                content = _read(answer, MAX_INDEX)
        else:
            content = Path(index).read_bytes()
        entries = json.loads(content)
        if not isinstance(entries, list):
            raise ValueError("no list")
    except PackageError:
        raise
    except (ValueError, RecursionError, OSError, HTTPException) as error:
        raise PackageError(f"{shown(index)}: cannot be read as an index of packages: {_reason(error)}") from error
    newest: dict[str, Offer] = {}
    for entry in entries:
        offer = _offer(entry)
        if offer and (offer.name not in newest or _older(newest[offer.name], offer)):
            newest[offer.name] = offer
    return [newest[name] for name in sorted(newest)]


def download(url: str, place: Path, expected: str | None = None, progress: Progress = lambda *_: None) -> None:
    """Download a package to a file that is not there yet. Raises PackageError; then there is no file.

    The address has to be https, or http on this machine; any http where `expected`, the SHA-256, is known.
    """
    deadline = time.monotonic() + DEADLINE
    try:
        with _open(url, secured=expected is not None) as answer, place.open("xb") as file:
            length = _length(answer)
            if length is not None and length > MAX_DOWNLOAD:
                raise PackageError(f"{shown(url)}: {length} bytes, more than any package ({MAX_DOWNLOAD})")
            done = 0
            while chunk := answer.read1(_CHUNK):
                done += file.write(chunk)
                progress(done, length)
                if done > MAX_DOWNLOAD:
                    raise PackageError(f"{shown(url)}: sends more than any package has ({MAX_DOWNLOAD} bytes)")
                if time.monotonic() > deadline:
                    raise PackageError(f"{shown(url)}: not done after {DEADLINE} seconds; download it by other means")
            if length is not None and done < length:
                raise PackageError(f"{shown(url)}: ended after {done} of {length} bytes; try again")
        if expected is not None and (found := packages.sha256(place)) != expected.lower():
            raise PackageError(
                f"{shown(url)}: its SHA-256 is {found}, not the expected {expected}; nothing is installed"
            )
    except BaseException as error:
        place.unlink(missing_ok=True)
        if isinstance(error, (OSError, HTTPException)):
            raise PackageError(f"{shown(url)}: cannot be downloaded: {_reason(error)}") from error
        raise


def is_url(source: str) -> bool:
    """Whether a source is an address rather than a file."""
    return "://" in source


def shown(url: str) -> str:
    """An address as it may be printed: without what may be a secret in it."""
    if not is_url(url):
        return url
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Redirects are followed a few times, and only to where the address itself might have led."""

    max_redirections = MAX_REDIRECTS
    max_repeats = MAX_REDIRECTS

    def __init__(self, secured: bool) -> None:
        self._secured = secured

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        try:
            _permit(newurl, self._secured)
        except PackageError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _open(url: str, *, secured: bool) -> Any:
    _permit(url, secured)
    opener = urllib.request.build_opener(_Redirects(secured))
    request = urllib.request.Request(url, headers={"User-Agent": "alihbahasa", "Accept-Encoding": "identity"})  # noqa: S310 - _permit has looked
    return opener.open(request, timeout=SILENCE)


def _permit(url: str, secured: bool) -> None:
    """Raise PackageError for an address that somebody on the way could answer in its place."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise PackageError(f"an address is none: {error}") from None
    if parts.username is not None:
        raise PackageError(f"{shown(url)}: no user names in addresses; download the file, and install that")
    if parts.scheme == "https" and host:
        return
    if parts.scheme != "http" or not host:
        raise PackageError(f"{shown(url)}: only https:// and http:// addresses can be downloaded")
    if not (secured or _loopback(host)):
        raise PackageError(f"{shown(url)}: over http anybody could answer; use https, or give the package's --sha256")


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _length(answer: Any) -> int | None:
    length = answer.headers.get("Content-Length", "")
    return int(length) if length.isdigit() else None


def _read(answer: Any, most: int) -> bytes:
    content: bytes = answer.read(most + 1)
    if len(content) > most:
        raise ValueError(f"more than {most} bytes")
    return content


def _reason(error: Exception) -> str:
    """What went wrong, without the address: it may hold a secret."""
    if isinstance(error, urllib.error.HTTPError):
        error.close()
        return f"the server answered {error.code}"
    if isinstance(error, urllib.error.URLError):
        return str(error.reason)
    return str(error) or type(error).__name__


def _offer(entry: Any) -> Offer | None:
    """What an index's entry offers; None for what does not translate, has no link, or a language unknown to us."""
    try:
        package = packages.argos().AvailablePackage(entry)
        source, target = packages.language(package.from_code), packages.language(package.to_code)
        link = next(str(link) for link in package.links if str(link).startswith(("https://", "http://")))
        checksum = entry.get("sha256")
    except (AttributeError, KeyError, StopIteration, TypeError, ValueError):
        return None
    if package.type != "translate":
        return None
    title = f"{package.from_name} → {package.to_name}"
    return Offer(f"{source}-{target}", str(package.package_version), title, link, str(checksum) if checksum else None)


def _older(one: Offer, other: Offer) -> bool:
    return version_key(one.version) < version_key(other.version)
