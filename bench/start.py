"""Cold starts: the command beside raw CTranslate2 in a process of its own, the service beside a bare Flask app."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.service import COMMAND, Service, free_port, until_ready
from bench.timing import timed
from bench.worker import ROOT

SAMPLE = ROOT / "tests" / "samples" / "madrid-summit.txt"

RAW = """
import sys, ctranslate2, sentencepiece
folder, file = sys.argv[1:]
tokenizer = sentencepiece.SentencePieceProcessor(model_file=folder + "/sentencepiece.model")
model = ctranslate2.Translator(folder + "/model", compute_type="int8", inter_threads=2, intra_threads=1)
lines = [line for line in open(file, encoding="utf-8").read().splitlines() if line]
tokens = tokenizer.encode(lines, out_type=str)
for result in model.translate_batch(tokens, target_prefix=[["<2id>"]] * len(tokens), beam_size=2, max_batch_size=512,
                                    batch_type="tokens"):
    tokenizer.decode(result.hypotheses[0][1:])
"""

HELLO = """
from flask import Flask
app = Flask("hello")
app.get("/health/ready")(lambda: "ok")
"""


def command(data: Path, rounds: int) -> tuple[float, float]:
    """Seconds that `alihbahasa translate` takes for the sample, and that raw CTranslate2 takes for its lines."""
    package = next((data / "models").glob("en_id-*"))
    ours: list[str | Path] = [COMMAND, "--data", data, "translate", SAMPLE]
    raw: list[str | Path] = [sys.executable, "-c", RAW, package, SAMPLE]
    return _in_turn(partial(timed, partial(_run, ours)), partial(timed, partial(_run, raw)), rounds)


def service(data: Path, scratch: Path, rounds: int) -> tuple[float, float]:
    """Seconds until the service is ready, not for the first time, and until a bare Flask app is."""
    (scratch / "hello.py").write_text(HELLO, encoding="utf-8")
    return _in_turn(partial(_service, data), partial(_hello, scratch), rounds)


def _in_turn(first: Callable[[], float], second: Callable[[], float], rounds: int) -> tuple[float, float]:
    """Medians of two measurements taken in turn, so that a slow moment of the machine meets both."""
    pairs = [(first(), second()) for _ in range(rounds + 1)][1:]  # the first warms the disk and makes the tables
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def _run(command: list[str | Path]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _service(data: Path) -> float:
    with Service(data) as running:
        return running.seconds


def _hello(folder: Path) -> float:
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "32",
        "--no-control-socket", "--log-level", "warning", "--chdir", str(folder), "hello:app",
    ]  # fmt: skip
    seconds, process = until_ready(command, port)
    process.terminate()
    process.wait()
    return seconds
