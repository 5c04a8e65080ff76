"""Elements around the words that they stood around, with the bundled models."""

from __future__ import annotations

import re
from pathlib import Path

from service.article import alignment, markup, transfer
from service.article.inline import to_html, to_text
from service.engine.pool import Pool

SAMPLES = Path(__file__).parents[2] / "samples" / "placing.tsv"
"""A language, a sentence with one element, and a pattern for what its words are in the other language."""


def test_nine_elements_of_ten_are_around_the_words_that_they_stood_around(models: Path) -> None:
    """Of those whose words the model translated as expected; models come and go, the bound is for all of them."""
    pool = Pool(models, threads=1)
    rows = [line.split("\t") for line in SAMPLES.read_text("utf-8").splitlines()]
    right, wrong = 0, list[str]()
    for source, target in (("en", "id"), ("id", "en")):
        ours = [row for row in rows if row[0] == source]
        contents = [markup.parse_inline(html) for _, html, _ in ours]
        ready = [alignment.plain(content) for content in contents]
        answers = dict(pool.translate([plain.text for plain in ready], source, target))
        made = [answers[place] for place in range(len(ready))]
        for (_, _, expected), content, plain, hypothesis in zip(ours, contents, ready, made, strict=True):
            placed, _ = transfer.transfer(content, plain, hypothesis)
            pattern = re.compile(rf"\b(?:{expected})", re.IGNORECASE)
            if not pattern.search(to_text(placed)):
                continue
            (span,) = placed.spans
            inside = placed.text[span.start : span.end]
            words = len(content.text[content.spans[0].start : content.spans[0].end].split())
            good = pattern.search(inside) is not None and len(inside.split()) <= words + 2
            right += good
            wrong += [] if good else [to_html(placed)]
    assert right + len(wrong) >= 40
    assert right >= 0.9 * (right + len(wrong)), wrong
