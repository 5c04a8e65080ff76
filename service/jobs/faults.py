"""What becomes of a job that failed, and what may be told of it.

The message of an exception that is not ours may hold article text (a statement's parameters, the sentence that a
tokenizer choked on), so that only its type and its place in the code are told, in the log and to clients.
"""

from __future__ import annotations

import traceback
from pathlib import Path

from sqlalchemy.exc import OperationalError

from service.article.types import Refusal
from service.engine.pool import NoModel

_OWN = (NoModel, Refusal)
"""Their messages are ours and name the remedy, which is not to try again."""

_TRANSIENT = (OperationalError, OSError, MemoryError)
"""The machine's fault (a full disk, a locked database), not the job's: it may well pass."""

_SERVICE = Path(__file__).parents[1]


def tries(error: Exception) -> int:
    """How many tries a job has that fails in this way."""
    if isinstance(error, _OWN):
        return 1
    return 10 if isinstance(error, _TRANSIENT) else 3


def told(error: Exception) -> str:
    """An exception in words that hold no article text: its type, and its message where that is ours."""
    name = type(error).__name__
    return f"{name}: {error}" if isinstance(error, _OWN) else name


def logged(error: Exception) -> dict[str, object]:
    """An exception for the log: what is told, what it came of, and the way to it through our own code."""
    causes: list[str] = []
    cause = error.__cause__ or error.__context__
    while cause is not None and len(causes) < 5:
        causes.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    frames = [
        f"{path.relative_to(_SERVICE.parent)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if (path := Path(frame.filename)).is_relative_to(_SERVICE)
    ]
    return {"error": told(error), "causes": causes, "frames": frames}
