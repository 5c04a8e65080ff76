"""The peer: lingua, all of its languages, in the environment that `make .venv-lingua/.locked` makes.

Reads a JSON list of texts, writes its answers with their confidence and the microseconds that a text took.
"""

from __future__ import annotations

import json
import sys
import time

from lingua import LanguageDetectorBuilder


def main() -> None:
    detector = LanguageDetectorBuilder.from_all_languages().with_preloaded_language_models().build()
    texts = json.load(sys.stdin)
    begun = time.process_time()
    found = [detector.compute_language_confidence_values(text)[0] for text in texts]
    spent = time.process_time() - begun
    answers = [(one.language.iso_code_639_1.name.lower(), one.value) for one in found]
    json.dump({"answers": answers, "microseconds": 1e6 * spent / len(texts)}, sys.stdout)


if __name__ == "__main__":
    main()
