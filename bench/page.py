"""Where what was measured is written: between two comments of a page."""

from __future__ import annotations

from pathlib import Path

_FROM = "<!-- measured: from here -->"


def put(page: Path, said: str, target: str) -> None:
    """Write what the make target `target` measured into its place on a page."""
    to = f"<!-- to here: make {target} -->"
    before, _, rest = page.read_text("utf-8").partition(_FROM)
    after = rest.partition(to)[2]
    page.write_text(f"{before}{_FROM}\n\n{said}\n{to}{after}", "utf-8")
