"""Our engine: `Pool.translate` on bare sentences, and the pipeline on text and on HTML.

`python -m bench.engine MODELS` answers for `bench.worker`.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench.timing import Measured, measure
from bench.worker import answer
from service import pipeline
from service.article import faithful
from service.engine.pool import Pool


def main(models: Path) -> None:
    """Items are [source, target, text, HTML or list of sentences]; `format` says which."""
    pool = Pool(models, len(os.sched_getaffinity(0)))
    pool.load()

    def sentences(given: list[str], source: str, target: str) -> None:
        deque(pool.translate(given, source, target), maxlen=0)

    def text(
        given: str, source: str, target: str, format: Any, translate: Any = pool.translate, retry_share: float = 0.0
    ) -> None:
        pipeline.translate_text(
            given, format, source, target, translate=translate, terms=lambda *_: (), retry_share=retry_share
        )

    def read(source: str, target: str, given: str, format: str) -> list[str]:
        """The sentences that the first pass gives to the model."""
        seen: list[str] = []

        def translate(asked: list[str], *arguments: Any, **options: Any) -> Any:
            seen.extend(asked)
            return pool.translate(asked, *arguments, **options)

        text(given, source, target, format, translate)
        return seen

    def reply(request: dict[str, Any]) -> Measured | list[Any]:
        items, format = request["items"], request["format"]
        if request.get("read"):
            return [[source, target, read(source, target, given, format)] for source, target, given in items]
        retry_share = faithful.RETRY_SHARE if request.get("retries", False) else 0.0
        calls: list[Callable[[], None]] = [
            partial(sentences, given, source, target)
            if format == "sentences"
            else partial(text, given, source, target, format, retry_share=retry_share)
            for source, target, given in items
        ]
        return measure(calls, request["words"], request.get("concurrency", 1))

    answer(reply)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
