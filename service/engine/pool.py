"""Resident models: loaded once, found by language pair, chained through English where there is no direct pair."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from service.article.types import Decoding, Hypothesis, Link
from service.engine import packages, pins
from service.engine.packages import Installed
from service.engine.translator import Translator

PIVOT = "en"


class NoModel(LookupError):
    """No installed package translates this pair; the message names the remedy."""


class Pool:
    """The models of one folder. `translate` is the pipeline's `Translate`."""

    def __init__(self, directory: Path, threads: int) -> None:
        self._threads = threads
        self._packages = {(one.source, one.target): one for one in packages.installed(directory)}
        self._loaded: dict[tuple[str, str], Translator] = {}
        self._lock = threading.Lock()

    @property
    def packages(self) -> list[Installed]:
        """The installed packages, by language pair."""
        return list(self._packages.values())

    def pairs(self) -> frozenset[tuple[str, str]]:
        """The (source, target) pairs that can be translated, through the pivot included."""
        direct = set(self._packages)
        chained = {
            (source, target)
            for source, middle in direct
            for other, target in direct
            if middle == other == PIVOT and source != target
        }
        return frozenset(direct | chained)

    def model(self, source: str, target: str) -> str:
        """The name of what translates a pair, as `Hypothesis.model` has it. Raises NoModel."""
        return "+".join(package.model for package in self.route(source, target))

    def translate(
        self,
        sentences: Sequence[str],
        source: str,
        target: str,
        *,
        decoding: Decoding | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> list[Hypothesis]:
        """Translate plain sentences. Raises NoModel for a pair that nothing installed covers."""
        route = [self._translator(package) for package in self.route(source, target)]
        decoding = decoding or Decoding()
        if len(route) == 1:
            return route[0].translate(sentences, decoding, progress)
        half_way = route[0].translate(sentences, decoding, progress and (lambda _: progress(0)))
        onward = route[1].translate([one.text for one in half_way], decoding, progress)
        return [_chained(first, second) for first, second in zip(half_way, onward, strict=True)]

    def load(self) -> None:
        """Load all models now: the first reader should not wait for it."""
        for package in self._packages.values():
            self._translator(package)

    def route(self, source: str, target: str) -> list[Installed]:
        """The packages that translate a pair, one after the other. Raises NoModel."""
        direct = self._packages.get((source, target))
        if direct:
            return [direct]
        legs = self._packages.get((source, PIVOT)), self._packages.get((PIVOT, target))
        if legs[0] and legs[1] and source != target:
            return [legs[0], legs[1]]
        raise NoModel(f"no model translates {source} to {target}; install one with `alihbahasa models install FILE`")

    def _translator(self, package: Installed) -> Translator:
        pair = (package.source, package.target)
        with self._lock:
            if pair not in self._loaded:
                pins.check(package)
                self._loaded[pair] = Translator(package, self._threads)
            return self._loaded[pair]


def _chained(first: Hypothesis, second: Hypothesis) -> Hypothesis:
    """Two hypotheses in a row as one: a link of the second leads to the source range of those it lands on."""
    links: list[Link] = []
    for link in second.links:
        sources = [
            one for one in first.links
            if one.target_start < link.source_end and one.target_end > link.source_start
        ]  # fmt: skip
        if sources:
            start, end = min(one.source_start for one in sources), max(one.source_end for one in sources)
            links.append(Link(start, end, link.target_start, link.target_end))
    return Hypothesis(second.text, first.score + second.score, tuple(links), f"{first.model}+{second.model}")
