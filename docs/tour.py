"""The README's tour, run against a real service: `make docs` writes its outputs again, a test compares them."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
ADDRESS = "http://127.0.0.1:8080"
_LONGEST = 24
"""Lines of one answer that the README shows; the rest is an ellipsis."""


@dataclass(frozen=True)
class Step:
    """A command of the tour and the answer that the README shows for it."""

    command: str
    shown: str


def steps(text: str) -> Iterator[Step]:
    """The commands in the text's console blocks that speak to the service, in order."""
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.splitlines(keepends=True)
            end = next(n for n in range(1, len(lines) + 1) if _complete("".join(lines[:n])))
            command, shown = "".join(lines[:end]).strip(), "".join(lines[end:])
            if ADDRESS in command:
                yield Step(command, shown)


def run(step: Step, address: str) -> str:
    """The answer of a service at `address`, told as if it were at the README's. Raises CalledProcessError."""
    command = step.command.replace(ADDRESS, address).replace("python3 ", f"{sys.executable} ")
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=README.parent, capture_output=True, text=True, check=True
    )
    lines = done.stdout.replace("\r\n", "\n").replace(address, ADDRESS).rstrip("\n").split("\n")
    lines = [line for line in lines if not line.startswith(("Date:", "Server:", "Connection:"))]
    if len(lines) > _LONGEST:
        lines = [*lines[:_LONGEST], "…"]
    return "\n".join(line if len(line) <= 400 else line[:399] + "…" for line in lines) + "\n"


def rewrite(address: str) -> None:
    """Put the service's own answers into the README."""
    text = README.read_text(encoding="utf-8")
    for step in steps(text):
        text = text.replace(f"$ {step.command}\n{step.shown}", f"$ {step.command}\n{run(step, address)}", 1)
    README.write_text(text, encoding="utf-8")


def _complete(command: str) -> bool:
    """Whether bash would not wait for more."""
    checked = subprocess.run(["bash", "-n", "-c", command], capture_output=True, check=False)
    return checked.returncode == 0 and not checked.stderr and not command.rstrip().endswith(("|", "\\"))
