"""The peer: argos-translate-lt's own `translate`, in the environment that `make .venv-argos/.locked` makes.

`.venv-argos/bin/python -m bench.argos` answers for `bench.worker`. Its sentence splitter would be downloaded; it is
given our sentences instead, ready made, which costs it nothing. What it remembers of the text before is dropped.
"""

from __future__ import annotations

from functools import partial
from importlib.metadata import version
from typing import Any

from argostranslate import translate
from argostranslate.sbd import MiniSBDSentencizer

from bench.timing import Measured, measure
from bench.worker import answer


def main() -> None:
    """Items are [source, target, text]; `sentences` are those of each line of the texts."""
    ready: dict[str, list[str]] = {}
    MiniSBDSentencizer.split_sentences = lambda _, text: ready[text] if text.strip() else []

    def reply(request: dict[str, Any]) -> Measured | dict[str, str]:
        if request.get("versions"):
            return {name: version(name) for name in ("argos-translate-lt", "ctranslate2")}
        ready.update(request["sentences"])
        for source, target, _ in request["items"]:
            translate.get_translation_from_codes(source, target).cache.clear()
        calls = [partial(translate.translate, text, source, target) for source, target, text in request["items"]]
        return measure(calls, request["words"], request.get("concurrency", 1))

    answer(reply)


if __name__ == "__main__":
    main()
