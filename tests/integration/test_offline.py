"""No text leaves the machine: the whole flow with every way out watched and refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

GUARD = """
import json, os, socket, sys

attempts = []

def watched(function, place):
    def call(*arguments, **options):
        where = arguments[place] if len(arguments) > place else None
        host = where[0] if isinstance(where, tuple) else where
        inside = isinstance(host, (str, bytes)) and (
            os.fsdecode(host) in ("localhost", "::1") or os.fsdecode(host).startswith(("127.", "/", "\\0"))
        )
        if not inside:
            attempts.append(f"{function.__name__} {where!r}")
            raise PermissionError(f"offline: {where!r}")
        return function(*arguments, **options)
    return call

class Guarded(socket.socket):
    connect = watched(socket.socket.connect, 1)
    connect_ex = watched(socket.socket.connect_ex, 1)
    def sendto(self, data, *rest):
        return watched(super().sendto, 1)(data, rest[-1])
    def sendmsg(self, buffers, *rest):
        return watched(super().sendmsg, 3)(buffers, *rest)

socket.socket = socket.SocketType = Guarded
for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "create_connection"):
    setattr(socket, name, watched(getattr(socket, name), 0))
"""

FLOW = """
from pathlib import Path
from service.cli import main
from service.app import create_app
from service.settings import ROOT, Settings

data, sample = Path(sys.argv[1]), ROOT / "tests" / "samples" / "madrid-summit.txt"
models = [str(file) for file in (ROOT / "models").glob("*.argosmodel")]
main(["--data", str(data), "models", "install", *models], standalone_mode=False)
main(["--data", str(data), "translate", str(sample), "--html", str(data / "out")], standalone_mode=False)

app = create_app(Settings(data=data, workers=1, threads=1))
desk = app.extensions["alihbahasa"]
desk.start()
client = app.test_client()
body = {"title": None, "body": sample.read_text(encoding="utf-8"), "format": "text"}
answers = [client.put("/v1/articles/madrid", json=body, headers={"Prefer": "wait=60"})]
for path in ("/", "/en/articles/madrid", "/id/articles/madrid", "/v1/articles/madrid/variants/id-ID",
             "/v1/articles/madrid/head?locale=id-ID", "/v1/articles/madrid/switcher?locale=id-ID", "/v1/languages",
             "/sitemap.xml", "/id/feed.xml", "/openapi.json", "/docs", "/switcher-gallery", "/metrics",
             "/health/ready"):
    answers.append(client.get(path))
answers.append(client.post("/v1/detections", json={"text": "The government will build new roads."}))
answers.append(client.post("/v1/translations", json={"text": "New roads.", "source": "en", "target": "id"}))
desk.close(20)
statuses = {f"{answer.request.method} {answer.request.path}": answer.status_code for answer in answers}
print(json.dumps({"attempts": attempts, "statuses": statuses}))
"""


def run(code: str, *arguments: object) -> dict[str, dict[str, int] | list[str]]:
    done = subprocess.run(
        [sys.executable, "-c", GUARD + code, *(str(one) for one in arguments)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, int] | list[str]] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_whole_flow_opens_nothing_to_the_outside(tmp_path: Path, words: None) -> None:
    found = run(FLOW, tmp_path)
    assert found["attempts"] == []
    assert isinstance(found["statuses"], dict)
    assert set(found["statuses"].values()) <= {200, 201, 302}, found["statuses"]


def test_an_attempt_would_be_seen() -> None:
    code = """
import urllib.request
for attempt in (
    lambda: urllib.request.urlopen("http://example.org", timeout=1),
    lambda: socket.socket().connect(("192.0.2.1", 80)),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.1", 53)),
    lambda: socket.getaddrinfo("example.org", 80),
):
    try:
        attempt()
    except OSError:
        pass
with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
    print(json.dumps({"attempts": attempts}))
"""
    assert len(run(code)["attempts"]) == 4
