"""A package's trial: it loads and translates before it may take another's place.

It has a process of its own (`python -P -m service.engine.trial FOLDER`): a damaged model may end the one that loads it.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from service.engine.packages import Installed, PackageError

SECONDS: Final = 300
"""How long a trial may take; one of a model of 300 MB takes some ten seconds."""

_CANARIES: Final = {"en": "Good morning.", "id": "Selamat pagi."}


def canary(language: str) -> str:
    """A sentence in a language that a sound model translates to something."""
    return _CANARIES.get(language, "1, 2, 3.")


def run(package: Installed, seconds: float = SECONDS) -> None:
    """Try a package. Raises PackageError, which says why, where it does not translate."""
    command = [sys.executable, "-P", "-m", "service.engine.trial", str(package.path)]  # -P: nothing from where we are
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds)  # noqa: S603 - ourselves
    except subprocess.TimeoutExpired:
        raise _refusal(package, f"it took longer than {seconds} seconds") from None
    if done.returncode < 0:
        raise _refusal(package, f"it crashed ({signal.Signals(-done.returncode).name})")
    if done.returncode:
        raise _refusal(package, (done.stdout or done.stderr).strip().splitlines()[-1])


def _refusal(package: Installed, reason: str) -> PackageError:
    return PackageError(
        f"{package.name} {package.version} does not translate here: {reason}. What was installed before is kept; "
        "get the package again, or another version of it"
    )


def _translate(folder: Path) -> None:
    """Translate a sentence, and the longest that the service may ask for. Raises whatever goes wrong."""
    import ctranslate2

    from service.engine import packages, tokenizer
    from service.engine.translator import MAX_PIECES

    package = packages.read(folder)
    model = ctranslate2.Translator(str(folder / "model"), device="cpu", compute_type="int8", inter_threads=1)
    pieces, _ = tokenizer.load(package).encode(canary(package.source))
    prefix = [package.target_prefix] if package.target_prefix else []

    def translated(pieces: Sequence[str], most: int) -> list[str]:
        (made,) = model.translate_batch(
            [pieces], target_prefix=[prefix], max_input_length=0, max_decoding_length=most, return_attention=True
        )
        tokens: list[str] = made.hypotheses[0]
        return tokens[len(prefix) :]

    try:
        translated((pieces * MAX_PIECES)[:MAX_PIECES], len(prefix) + 1)
    except RuntimeError as error:
        raise RuntimeError(f"it has to take sentences of {MAX_PIECES} pieces ({error})") from error
    if not translated(pieces, 200):
        raise RuntimeError(f"it translates {canary(package.source)!r} to nothing")


if __name__ == "__main__":
    try:
        _translate(Path(sys.argv[1]))
    except Exception as error:
        sys.stdout.write(f"{error}\n")
        sys.exit(1)
