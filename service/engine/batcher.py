"""One queue before the cores: sentences of concurrent requests and jobs in full batches, with a fair turn for each.

Twenty sentences in one batch take little more time than one alone, and a batch that runs cannot be stopped. So a
batch is made at the last moment, when a core is free: from the request that was served least, its longest sentences
first, filled up with what others want of the same model. While the cores are busy requests gather by themselves; to
wait for company while one is idle would only cost time.
"""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from queue import Empty, SimpleQueue
from typing import Any

MAX_BATCH_TOKENS = 512
"""Pieces in a batch, padding counted: as fast as larger ones, and sooner over for whoever comes next."""

_MIN_BATCH_TOKENS = 64
"""Pieces below which work is not divided further among idle cores."""

_URGENT = 16
"""How much more of the cores a request gets that somebody waits for than one in the background."""

Pieces = Sequence[str]
Decode = Callable[[list[Pieces]], list[Any]]
"""A batch of tokenized sentences to the model's results, in order."""


class Request:
    """What one caller wants decoded: `add` sentences, take (number, result) pairs in the order in which they end."""

    def __init__(self, batcher: Batcher, lane: Hashable, decode: Decode, urgent: bool) -> None:
        self.lane = lane
        self.decode = decode
        self.share = _URGENT if urgent else 1
        self.turn = 0.0
        """Tokens served, divided by the share: the smallest is next."""
        self.room = 0
        """Tokens in a batch: what there was to do, by the cores that there are."""
        self.waiting: list[_Sentence] = []
        """What no batch has yet, the longest last."""
        self.results: SimpleQueue[list[tuple[int, Any]] | Exception] = SimpleQueue()
        self._batcher = batcher
        self._asked = self._taken = 0

    def add(self, sentences: Sequence[Pieces]) -> None:
        """Ask for more: they are numbered from 0, and on."""
        new = [_Sentence(self, self._asked + place, pieces, max(1, len(pieces)))
               for place, pieces in enumerate(sentences)]  # fmt: skip
        self._asked += len(new)
        if new:
            self._batcher.queue(self, new)

    def ready(self) -> Iterator[tuple[int, Any]]:
        """What has ended by now, without waiting. Raises what `decode` raised."""
        return self._take(wait=False)

    def rest(self) -> Iterator[tuple[int, Any]]:
        """All that is still to come. Raises what `decode` raised."""
        return self._take(wait=True)

    def close(self) -> None:
        """Want no more: what has not begun leaves the queue."""
        self._batcher.forget(self)

    def _take(self, wait: bool) -> Iterator[tuple[int, Any]]:
        while self._taken < self._asked:
            try:
                results = self.results.get(block=wait)
            except Empty:
                return
            if isinstance(results, Exception):
                raise results
            self._taken += len(results)
            yield from results


@dataclass(frozen=True, slots=True, eq=False)
class _Sentence:
    request: Request
    number: int
    pieces: Pieces
    length: int


_length, _turn = attrgetter("length"), attrgetter("turn")


class Batcher:
    """Threads that decode for all models, as many as there are cores; they live as long as there is work."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._working = 0
        self._turn = 0.0
        self._requests: list[Request] = []
        """Those with sentences waiting."""
        self._lock = threading.Lock()

    def open(self, lane: Hashable, decode: Decode, urgent: bool) -> Request:
        """A request. Sentences of one lane (a model with its options) may share a batch: any `decode` of it will do."""
        return Request(self, lane, decode, urgent)

    def queue(self, request: Request, sentences: Sequence[_Sentence]) -> None:
        """Have more of a request decoded.

        A newcomer begins level with the one whose turn it is: it does not wait for those before it to end, nor do
        they for it. Short work is spread over the cores instead of filling one batch.
        """
        with self._lock:
            if not request.waiting:
                request.turn = max(request.turn, self._turn)
                self._requests.append(request)
            request.waiting = sorted([*request.waiting, *sentences], key=_length)
            tokens = sum(one.length for peer in self._lane(request) for one in peer.waiting)
            request.room = max(_MIN_BATCH_TOKENS, min(MAX_BATCH_TOKENS, -(-tokens // self._threads)))
            starting = max(0, min(2 * self._threads - self._working, -(-tokens // request.room)))
            self._working += starting
        for _ in range(starting):
            threading.Thread(target=self._work, name="batcher", daemon=True).start()

    def forget(self, request: Request) -> None:
        """Take a request out of the queue."""
        with self._lock:
            request.waiting = []
            self._requests = [one for one in self._requests if one is not request]

    def _work(self) -> None:
        while batch := self._next():
            try:
                results = batch[0].request.decode([one.pieces for one in batch])
            except Exception as error:  # who waits must hear of it, and this thread has others to serve
                for request in {one.request for one in batch}:
                    request.results.put(error)
                continue
            pairs = zip(batch, results, strict=True)
            for request, group in groupby(pairs, key=lambda pair: pair[0].request):
                request.results.put([(one.number, result) for one, result in group])

    def _next(self) -> list[_Sentence]:
        """The next batch; empty, and this thread no longer counted, where nothing waits."""
        with self._lock:
            if not self._requests:
                self._working -= 1
                return []
            first = min(self._requests, key=_turn)
            self._turn = first.turn
            lane = self._lane(first)
            longest = first.waiting[-1].length
            room = max(1, max(one.room for one in lane) // longest)
            batch: list[_Sentence] = []
            for request in lane:
                taken = _longest(request.waiting, longest, room - len(batch))
                request.turn += sum(map(_length, taken)) / request.share
                batch += taken
            self._requests = [one for one in self._requests if one.waiting]
            return batch

    def _lane(self, request: Request) -> list[Request]:
        """Who may share a batch with a request, the next one first."""
        return sorted((one for one in self._requests if one.lane == request.lane), key=_turn)


def _longest(waiting: list[_Sentence], limit: int, count: int) -> list[_Sentence]:
    """Takes the `count` longest sentences of at most `limit` pieces out of a list that is sorted by length."""
    end = bisect_right(waiting, limit, key=_length)
    start = max(0, end - count)
    taken = waiting[start:end]
    del waiting[start:end]
    return taken[::-1]
