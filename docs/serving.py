"""The demo, served by a process of its own, for the scripts of this folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from bench.service import free_port, until_ready
from service.settings import ROOT

COMMAND = str(Path(sys.executable).with_name("alihbahasa"))


@contextmanager
def demo(data: str, theme: Path | None = None) -> Iterator[str]:
    """The address of a service over the folder `data`, the demo's articles all translated."""
    if theme:
        shutil.copy(theme, Path(data) / "theme.css")
    models = sorted(str(file) for file in (ROOT / "models").glob("*.argosmodel"))
    subprocess.run([COMMAND, "--data", data, "models", "install", *models], check=True)
    subprocess.run([COMMAND, "--data", data, "demo", str(ROOT / "demo")], check=True)
    port = free_port()
    _, process = until_ready([COMMAND, "--data", data, "serve", "--port", str(port)], port)
    address = f"http://127.0.0.1:{port}"
    try:
        while any(one["state"] == "in_progress" for one in httpx.get(f"{address}/v1/articles").json()["articles"]):
            pass
        yield address
    finally:
        process.terminate()
        process.wait()
