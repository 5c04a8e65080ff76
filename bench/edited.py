"""An edited article, seen from inside the service: what decoding takes, and what needs no model at all.

`python -m bench.edited DATA` answers for `bench.worker`.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.worker import answer
from service.app import create_app, open_desk
from service.logs import configure
from service.settings import Settings


class Watched:
    """A `translate` that counts: calls, the sentences that came of them, the seconds in which it was waited for."""

    def __init__(self, translate: Any) -> None:
        self._translate = translate
        self.reset()

    def reset(self) -> None:
        self.calls = self.sentences = 0
        self.seconds = 0.0

    def __call__(self, *arguments: Any, **options: Any) -> Iterator[Any]:
        begun = time.perf_counter()
        self.calls += 1
        for one in self._translate(*arguments, **options):
            self.sentences += 1
            self.seconds += time.perf_counter() - begun
            yield one
            begun = time.perf_counter()
        self.seconds += time.perf_counter() - begun


def main(data: Path) -> None:
    """Asked with an article and its edited form; answers with the seconds and sentences that each had decoded, and
    how often a model was called when both were made and the variant, its page and the same edit were asked for."""
    os.environ["ALIHBAHASA_DATA"] = str(data)
    settings = Settings()
    configure("warning")
    desk = open_desk(settings)
    watched = Watched(desk.pool.translate)
    desk.start()
    desk.pool.translate = watched  # type: ignore[method-assign]  # what jobs are given
    client = create_app(settings, desk).test_client()

    def post(name: str, article: dict[str, str]) -> tuple[float, int]:
        watched.reset()
        response = client.put(f"/v1/articles/{name}", json=article, headers={"Prefer": "wait=120"})
        assert response.status_code in (200, 201), response.text
        return watched.seconds, watched.sentences

    def reply(request: dict[str, Any]) -> dict[str, Any]:
        name, locale = request["name"], request["locale"]
        first = post(name, request["article"])
        again = post(name, request["edited"])
        post(name, request["edited"])
        for path in (f"/v1/articles/{name}/variants/{locale}", f"/{locale[:2]}/articles/{name}"):
            assert client.get(path).status_code == 200, path
        return {"first": first, "edited": again, "cached_calls": watched.calls}

    try:
        answer(reply)
    finally:
        desk.close(20)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
