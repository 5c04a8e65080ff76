"""Processes that measure, and talk in lines of JSON: each side of a comparison has memory and threads of its own.

Only the standard library is used, as in `bench.timing`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from bench.timing import Measured

ROOT = Path(__file__).resolve().parent.parent


class Worker:
    """The asking end: a running `python -m MODULE ARGUMENTS`."""

    def __init__(
        self,
        module: str,
        *arguments: str | Path,
        python: str = sys.executable,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        own = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
        self._process = subprocess.Popen(
            [python, "-m", module, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**own, "PYTHONPATH": str(ROOT), **(environment or {})},
            text=True,
        )

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()

    def ask(self, **request: object) -> Any:
        """An answer, as plain data. Raises SystemExit where the process ended instead; it has said why."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(request), file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"a measuring process ended: {' '.join(map(str, self._process.args))}")  # type: ignore[arg-type]
        return json.loads(line)

    def measure(self, **request: object) -> Measured:
        """An answer that is a measurement."""
        return Measured(**self.ask(**request))


def answer(reply: Callable[[dict[str, Any]], Measured | Mapping[str, object] | Sequence[object]]) -> None:
    """The answering end: replies to each line until there are no more. What else is printed goes to stderr."""
    out, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        answered = reply(json.loads(line))
        print(json.dumps(asdict(answered) if isinstance(answered, Measured) else answered), file=out, flush=True)
