"""Resident models: found by language pair, chained through English, swapped when the folder changes.

A model is loaded once, before it serves it must translate its canary, and it leaves memory when it is the one least
used and there is too much. Whoever translates with one holds it until done: no swap drops a request.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import structlog

from service.article.types import Decoding, Hypothesis, Link
from service.engine import packages, pins
from service.engine.batcher import Batcher
from service.engine.packages import Installed, PackageError
from service.engine.translator import Translator
from service.engine.trial import canary

PIVOT = "en"

log = structlog.get_logger()

Pair = tuple[str, str]


class NoModel(LookupError):
    """No installed package translates this pair; the message names the remedy."""


class Pool:
    """The models of one folder. `translate` is the pipeline's `Translate`.

    `memory` is how many bytes of models to hold at most, one model at least; None: all that are used.
    """

    def __init__(self, directory: Path, threads: int, memory: int | None = None) -> None:
        self._directory = directory
        self._threads = threads
        self._memory = memory
        self._batcher = Batcher(threads)
        self._lock = threading.Lock()
        self._swapping = threading.Lock()
        self._stamp = packages.generation(directory)
        self._packages = _by_pair(packages.installed(directory))
        self._loaded: dict[Path, Translator] = {}
        """By folder, the one used last at the end."""

    @property
    def packages(self) -> list[Installed]:
        """The packages in use, by language pair."""
        return list(self._current().values())

    def pairs(self) -> frozenset[Pair]:
        """The (source, target) pairs that can be translated, through the pivot included."""
        direct = set(self._current())
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
        sentences: Iterable[str],
        source: str,
        target: str,
        *,
        decoding: Decoding | None = None,
        urgent: bool = False,
    ) -> Iterator[tuple[int, Hypothesis]]:
        """Translate plain sentences; yields their places and hypotheses as they are ready.

        `urgent` is work that somebody waits for. Raises NoModel for a pair that nothing installed covers.
        """
        decoding = decoding or Decoding()
        first, *more = [self._translator(package) for package in self.route(source, target)]
        ready = first.translate(sentences, decoding, urgent)
        for onward in more:
            ready = _chained(ready, onward, decoding, urgent)
        return ready

    def load(self) -> None:
        """Load all models now: the first reader should not wait for it. Raises PackageError for one that is no good."""
        for package in self.packages:
            self._translator(package)

    def route(self, source: str, target: str) -> list[Installed]:
        """The packages that translate a pair, one after the other. Raises NoModel."""
        current = self._current()
        direct = current.get((source, target))
        if direct:
            return [direct]
        legs = current.get((source, PIVOT)), current.get((PIVOT, target))
        if legs[0] and legs[1] and source != target:
            return [legs[0], legs[1]]
        raise NoModel(f"no model translates {source} to {target}; install one with `alihbahasa models install FILE`")

    def _translator(self, package: Installed) -> Translator:
        with self._lock:
            translator = self._loaded.pop(package.path, None) or self._load(package)
            self._loaded[package.path] = translator
            self._unload()
            return translator

    def _load(self, package: Installed) -> Translator:
        """A model that is what it was pinned as, and has translated its canary. Raises PackageError."""
        pins.check(package)
        try:
            translator = Translator(package, self._batcher, self._threads)
            ((_, hypothesis),) = translator.translate([canary(package.source)], Decoding(), True)
        except (RuntimeError, OSError, ValueError) as error:
            raise PackageError(f"{package.path.name}: the model does not load ({error}); install it again") from error
        if not hypothesis.text:
            raise PackageError(f"{package.path.name}: the model does not translate its canary; install another version")
        return translator

    def _unload(self) -> None:
        """Let go of what was used least, and of what is no longer installed; whoever holds it works on."""
        for path in set(self._loaded) - {package.path for package in self._packages.values()}:
            del self._loaded[path]
        while self._memory and len(self._loaded) > 1 and sum(one.size for one in self._loaded.values()) > self._memory:
            del self._loaded[next(iter(self._loaded))]

    def _current(self) -> dict[Pair, Installed]:
        """The packages, read again where the folder has changed.

        A new version of a loaded model is loaded, and must translate its canary, before it takes over; where it does
        not, or the folder cannot be read, what has served so far serves on.
        """
        stamp = packages.generation(self._directory)
        if stamp != self._stamp and self._swapping.acquire(blocking=False):
            try:
                self._swap(stamp)
            finally:
                self._swapping.release()
        return self._packages

    def _swap(self, stamp: object) -> None:
        self._stamp = stamp
        before = self._packages
        try:
            found = _by_pair(packages.installed(self._directory))
        except PackageError as error:
            log.error("models.kept", reason=str(error))
            return
        loaded: dict[Path, Translator] = {}
        for pair, package in list(found.items()):
            if pair in before and before[pair].path == package.path:
                continue
            try:
                loaded[package.path] = self._load(package)
            except PackageError as error:
                log.error("models.refused", package=package.model, reason=str(error))
                del found[pair]
                found |= {pair: before[pair]} if pair in before else {}
        with self._lock:
            self._packages = found
            self._loaded |= loaded
            self._unload()
        log.info("models.changed", packages=[package.model for package in found.values()])


def _by_pair(found: Iterable[Installed]) -> dict[Pair, Installed]:
    return {(one.source, one.target): one for one in found}


def _chained(
    halfway: Iterator[tuple[int, Hypothesis]], onward: Translator, decoding: Decoding, urgent: bool
) -> Iterator[tuple[int, Hypothesis]]:
    """Hypotheses in the pivot's language translated on, while more of them are still being made."""
    arrived: list[tuple[int, Hypothesis]] = []

    def texts() -> Iterator[str]:
        for one in halfway:
            arrived.append(one)
            yield one[1].text

    for number, second in onward.translate(texts(), decoding, urgent):
        place, first = arrived[number]
        yield place, _joined(first, second)


def _joined(first: Hypothesis, second: Hypothesis) -> Hypothesis:
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
