"""Cold starts and memory: `python -m bench.start` (or `make bench`).

The command is measured beside the same sentences through raw CTranslate2 in a process of its own; the service beside
a bare Flask "hello" under the same gunicorn. Everything is run in turn, a few times; medians are printed.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from service.settings import ROOT

RUNS = 5
SAMPLE = ROOT / "tests" / "samples" / "madrid-summit.txt"
COMMAND = Path(sys.executable).parent / "alihbahasa"

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


def main() -> None:
    """Measure and print a Markdown table."""
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "data"
        packages = sorted(str(file) for file in (ROOT / "models").glob("*.argosmodel"))
        _run([str(COMMAND), "--data", str(data), "models", "install", *packages])
        package = next((data / "models").glob("en_id-*"))
        (Path(scratch) / "hello.py").write_text(HELLO, encoding="utf-8")
        ours = [str(COMMAND), "--data", str(data), "translate", str(SAMPLE)]
        raw = [sys.executable, "-c", RAW, str(package), str(SAMPLE)]
        command, bare = _in_turn(lambda: _timed(ours), lambda: _timed(raw))
        _, memory = _service(data)  # the first start makes the tables
        started, hello = _in_turn(lambda: _service(data)[0], lambda: _hello(Path(scratch)))
    print(
        f"# Results\n\n{os.cpu_count()} processors; medians of {RUNS}, taken in turn. `make bench` writes this file.\n"
    )
    print("| what | ours | peer | ratio |")
    print("| --- | --- | --- | --- |")
    print(_row("`alihbahasa translate` on the sample", command, "raw CTranslate2, same lines", bare))
    print(_row("second start of the service until ready", started, "bare Flask under gunicorn", hello))
    print(f"| memory of the service's process, ready and after the sample | {memory[0]} MB, {memory[1]} MB | | |")


def _row(what: str, ours: float, peer: str, theirs: float) -> str:
    return f"| {what} | {ours:.2f} s | {theirs:.2f} s ({peer}) | {ours / theirs:.1f} |"


def _in_turn(first: Callable[[], float], second: Callable[[], float]) -> tuple[float, float]:
    """Medians of two measurements taken in turn, so that a slow moment of the machine meets both."""
    pairs = [(first(), second()) for _ in range(RUNS + 1)][1:]  # the first warms the disk
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def _timed(command: list[str]) -> float:
    begun = time.perf_counter()
    _run(command)
    return time.perf_counter() - begun


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _service(data: Path) -> tuple[float, tuple[int, int]]:
    """Seconds until the service is ready; its memory in MB then, and after it translated the sample."""
    port = free_port()
    seconds, process = until_ready([str(COMMAND), "--data", str(data), "serve", "--port", str(port)], port)
    try:
        before = _memory(process.pid)
        body = SAMPLE.read_text(encoding="utf-8")
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/v1/translations",
            data=_json({"text": body, "source": "en", "target": "id"}),
            headers={"Content-Type": "application/json"},
        )
        urllib.request.urlopen(request).read()
        return seconds, (before, _memory(process.pid))
    finally:
        _stop(process)


def _hello(folder: Path) -> float:
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "32",
        "--no-control-socket", "--log-level", "warning", "--chdir", str(folder), "hello:app",
    ]  # fmt: skip
    seconds, process = until_ready(command, port)
    _stop(process)
    return seconds


def until_ready(command: list[str], port: int) -> tuple[float, subprocess.Popen[bytes]]:
    """Start a command and wait until it answers at /health/ready; the seconds that took, and the process."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=1).read()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.01)
        else:
            return time.perf_counter() - begun, process
    raise SystemExit(f"it ended with {process.returncode}: {' '.join(command)}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    process.wait()


def _memory(master: int) -> int:
    """Resident memory of the worker process of a gunicorn master, in MB."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii").split()
    pages = int(Path(f"/proc/{children[0]}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


if __name__ == "__main__":
    main()
