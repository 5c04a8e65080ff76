"""Translators that are no models, and what tests ask of HTML: the tree, the tags, the addresses."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from service.article.types import ATOM, Decoding, Hypothesis, Link

_WORD = re.compile(r"\w+|[^\w\s]")
_FIRST = Decoding()
TEXTS = ("alt", "aria-label", "placeholder", "title")


class Fake:
    """A translator that writes what `write` makes of each sentence's words, each linked to where it came from.

    `asked` has the sentences of each call, `decodings` its options.
    """

    def __init__(self, write: Callable[[Sequence[tuple[str, int]]], Iterator[tuple[str, int | None]]]) -> None:
        self.write = write
        self.asked: list[list[str]] = []
        self.decodings: list[Decoding] = []

    def __call__(
        self,
        sentences: Sequence[str],
        source: str,
        target: str,
        *,
        decoding: Decoding = _FIRST,
    ) -> Iterator[tuple[int, Hypothesis]]:
        self.asked.append(list(sentences))
        self.decodings.append(decoding)
        return enumerate(map(self._translated, sentences))

    def _translated(self, sentence: str) -> Hypothesis:
        words = [(match[0], match.start()) for match in _WORD.finditer(sentence)]
        sizes = {start: len(word) for word, start in words}
        text, links, behind = "", [], 0
        for word, start in self.write(words):
            glued = start is not None and start == behind and text
            text += "" if glued or not text else " "
            if start is not None:
                links.append(Link(start, start + sizes[start], len(text), len(text) + len(word)))
                behind = start + sizes[start]
            text += word
        return Hypothesis(text, -0.5, tuple(links), "fake 1.0")


def identity() -> Fake:
    """Each word as it is."""
    return Fake(lambda words: iter(words))


def mirrored() -> Fake:
    """Each word spelt backwards: no word stays, every word has its place, and stand-ins are words that stay."""
    return Fake(lambda words: ((w if re.fullmatch(r"[XZQVYKW]\d+", w) else w[::-1], start) for w, start in words))


def spelt(changes: dict[str, str]) -> Fake:
    """Each word as it is, but for those in `changes`."""
    return Fake(lambda words: ((changes.get(word, word), start) for word, start in words))


def backwards() -> Fake:
    """The words, last first."""
    return Fake(lambda words: iter(words[::-1]))


def hostile(seed: int) -> Fake:
    """Drops, doubles and reorders words, links them wrongly or not at all, and writes markup of its own."""
    rng = random.Random(seed)  # noqa: S311 - a test's own dice

    def write(words: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int | None]]:
        words = list(words)
        if rng.random() < 0.1:
            return
        if rng.random() < 0.5:
            rng.shuffle(words)
        for word, start in words:
            dice = rng.random()
            if dice < 0.2:
                continue
            yield word, start if dice < 0.9 else None
            if dice > 0.8:
                yield rng.choice(["<b>", "</p>", "<", "&", "&amp;", ATOM, "X1", "X2", "x7", "<!--", word]), None
            if dice > 0.95 and words:
                yield word, rng.choice(words)[1]

    return Fake(write)


# --- what tests ask of HTML ----------------------------------------------------------------------------------------


def dom(html: str) -> list[Any]:
    """The tree of a fragment: tags, attributes, texts, comments."""
    return [_tree(node) for node in _nodes(html)]


def tags(html: str) -> Counter[tuple[str, tuple[tuple[str, str | None], ...]]]:
    """Each element with its attributes, of those that are text but their names, and each comment."""
    found: Counter[tuple[str, tuple[tuple[str, str | None], ...]]] = Counter()

    def count(tree: Any) -> None:
        if isinstance(tree, tuple):
            attributes = {name: None if name in TEXTS else value for name, value in tree[1].items()}
            found[tree[0], tuple(sorted(attributes.items()))] += 1
            for child in tree[2]:
                count(child)

    for tree in dom(html):
        count(tree)
    return found


def addresses(html: str) -> Counter[str]:
    """All web addresses in the text, attributes that are text among it."""
    text = " ".join(_texts(dom(html)))
    return Counter(re.findall(r"https?://[\w./?=&;%-]*[\w/]", text))


def _texts(trees: list[Any]) -> Iterator[str]:
    for tree in trees:
        if isinstance(tree, str):
            yield tree
        else:
            yield from (value for name, value in tree[1].items() if name in TEXTS)
            yield from _texts(tree[2])


def _nodes(html: str) -> Iterator[LexborNode]:
    parser = LexborHTMLParser("<!---->" + html, is_fragment=True, fragment_tag="template")
    assert parser.root is not None
    return _siblings(parser.root.next)


def _siblings(node: LexborNode | None) -> Iterator[LexborNode]:
    while node is not None:
        yield node
        node = node.next


def _tree(node: LexborNode) -> Any:
    if node.is_text_node:
        return node.text_content or ""
    if not node.is_element_node:
        return ("comment", {"": node.html}, [])
    attributes = {name: value or "" for name, value in node.attributes.items()}
    return (node.tag, attributes, [_tree(child) for child in _siblings(node.child)])
