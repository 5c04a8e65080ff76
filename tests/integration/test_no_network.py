"""The real service in a network namespace with nothing in it but loopback: what C code does is refused there too."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from service.settings import ROOT

INSIDE = """
import fcntl, json, runpy, socket, struct, sys, urllib.request
from pathlib import Path

with socket.socket() as probe:  # SIOCSIFFLAGS: loopback up, as `ip link set lo up` does it
    fcntl.ioctl(probe, 0x8914, struct.pack("16sh14x", b"lo", 1))
interfaces = [name for _, name in socket.if_nameindex()]
data = Path(sys.argv[1])
serve = runpy.run_path("tests/conftest.py")["serve"]
service = serve(data, data / "service.log").wait()
try:
    body = {"title": "The government will build new roads", "body": "<p>The work begins in 2026.</p>", "language": "en"}
    headers = {"Content-Type": "application/json", "Prefer": "wait=60"}
    url = service.url + "/v1/articles/a1"
    request = urllib.request.Request(url, json.dumps(body).encode(), headers, method="PUT")
    with urllib.request.urlopen(request) as answer:
        states = {one["locale"]: one["state"] for one in json.load(answer)["variants"]}
    pages = [service.get(path) for path in ("/en/articles/a1", "/id/articles/a1", "/docs")]
finally:
    service.stop()
print(json.dumps({"interfaces": interfaces, "states": states, "pages": pages}))
"""

ISOLATED = ["unshare", "--net"]


def test_the_service_needs_no_network(data: Path, words: None) -> None:
    if shutil.which("unshare") is None or subprocess.run([*ISOLATED, "true"], capture_output=True).returncode:
        pytest.skip("needs the right to make a network namespace: run as root, with util-linux")
    done = subprocess.run(
        [*ISOLATED, sys.executable, "-c", INSIDE, str(data)], capture_output=True, text=True, timeout=120, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert '"interfaces": ["lo"]' in done.stdout
    assert '"pages": [200, 200, 200]' in done.stdout
    assert '"id-ID": "machine"' in done.stdout
