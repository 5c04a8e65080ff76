"""Our style sheets and the switcher's script, read once, and the version that tells browsers and caches when one has
changed."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import Final

YEAR: Final = 31_536_000
"""Seconds."""

HOUR: Final = 3_600
DAY: Final = 86_400

TYPES: Final = {".css": "text/css", ".js": "text/javascript"}
"""Media types by suffix. Said here, since what the system believes differs, and `nosniff` makes a wrong one fatal."""

_HERE: Final = Path(__file__).parent
_STATIC: Final = sorted((_HERE / "static").iterdir())


def _fingerprint(*files: Path) -> str:
    digest = blake2b(digest_size=6)
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


FILES: Final = {file.name: file.read_bytes() for file in _STATIC}
"""The files that pages may load, by name."""

ASSETS: Final = _fingerprint(*_STATIC)
"""The version in their address, so that browsers may keep them for good."""
