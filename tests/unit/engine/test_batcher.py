"""The batcher: full batches, a fair turn for each, nothing lost, nothing made that nobody wants."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from service.engine.batcher import MAX_BATCH_TOKENS, Batcher, Request


def shout(batch: Sequence[Sequence[str]]) -> list[str]:
    return [" ".join(pieces).upper() for pieces in batch]


class Queue:
    """A batcher without threads: `next` is the batch that a free core would get."""

    def __init__(self, threads: int = 1) -> None:
        self.batcher = Batcher(threads)
        self.batcher._working = 2 * threads  # as many as there may be: none is started

    def ask(self, name: str, *sizes: int, lane: str = "lane", urgent: bool = False) -> Request:
        """Have sentences of so many pieces decoded; they are named by their first piece."""
        request = self.batcher.open(lane, shout, urgent)
        request.add([[f"{name}{place}", *["x"] * (size - 1)] for place, size in enumerate(sizes)])
        return request

    def next(self) -> list[str]:
        return [one.pieces[0] for one in self.batcher._next()]

    def all(self) -> list[list[str]]:
        found = []
        while batch := self.next():
            found.append(batch)
        return found


def names(batch: Sequence[str]) -> set[str]:
    return {name[0] for name in batch}


def test_what_is_asked_comes_back_once_by_its_number() -> None:
    request = Batcher(2).open("lane", shout, urgent=False)
    request.add([["a"], ["b", "c"], []])
    request.add([["d"] * 600])
    assert dict(request.rest()) == {0: "A", 1: "B C", 2: "", 3: " ".join("D" * 600)}
    assert list(request.rest()) == []
    assert list(request.ready()) == []


def test_batches_are_full_with_the_longest_first_and_padding_counts() -> None:
    queue = Queue()
    sizes = [3, 400, 7, 7, 90, 400, 1, 399] * 40
    queue.ask("a", *sizes)
    batches = queue.all()
    found = [int(name[1:]) for batch in batches for name in batch]
    assert sorted(found) == list(range(len(sizes)))
    assert [sizes[place] for place in found] == sorted(sizes, reverse=True)
    padded = [sizes[int(batch[0][1:])] * len(batch) for batch in batches]
    assert all(size in (399, 400) or MAX_BATCH_TOKENS * 3 / 4 <= size <= MAX_BATCH_TOKENS for size in padded[:-1])


def test_a_sentence_longer_than_a_batch_goes_alone() -> None:
    queue = Queue()
    queue.ask("a", 700, 600, 5)
    assert queue.all() == [["a0"], ["a1"], ["a2"]]


def test_a_short_article_is_spread_over_the_cores() -> None:
    queue = Queue(threads=4)
    queue.ask("a", *[30] * 40)
    assert len(queue.all()) == 4


def test_requests_of_one_model_share_a_batch() -> None:
    queue = Queue()
    for name in "abcd":
        queue.ask(name, 20)
    assert names(queue.next()) == set("abcd")
    assert queue.next() == []


def test_requests_of_two_models_do_not() -> None:
    queue = Queue()
    queue.ask("a", 20, lane="one")
    queue.ask("b", 20, lane="two")
    assert queue.all() == [["a0"], ["b0"]]


def test_a_short_article_does_not_wait_for_a_long_one_that_came_before() -> None:
    queue = Queue()
    queue.ask("l", *[50] * 1000)
    for _ in range(5):
        queue.next()
    queue.ask("s", *[50] * 10)
    assert names([*queue.next(), *queue.next()]) >= {"s"}


def test_long_ones_take_turns() -> None:
    queue = Queue()
    for name in "abc":
        queue.ask(name, *[50] * 100)
    turns = [next(iter(names(queue.next()))) for _ in range(9)]
    assert turns == ["a", "b", "c"] * 3


def test_a_newcomer_does_not_starve_those_who_were_there() -> None:
    queue = Queue()
    queue.ask("a", *[50] * 200)
    for _ in range(10):
        queue.next()
    queue.ask("b", *[50] * 200)
    turns = "".join(next(iter(names(queue.next()))) for _ in range(10))
    assert turns.count("a") == turns.count("b") == 5


def test_who_is_waited_for_gets_most_of_the_cores_and_the_background_the_rest() -> None:
    queue = Queue()
    queue.ask("b", *[50] * 400)
    queue.ask("u", *[50] * 400, urgent=True)
    turns = "".join(next(iter(names(queue.next()))) for _ in range(34))
    assert turns.count("u") == 32
    assert turns.count("b") == 2


def test_who_wants_no_more_leaves_the_queue() -> None:
    queue = Queue()
    gone = queue.ask("g", *[50] * 100)
    queue.ask("s", 50)
    gone.close()
    assert queue.all() == [["s0"]]


def test_an_error_reaches_all_whom_it_concerns_and_nobody_else() -> None:
    def fail(batch: Sequence[Sequence[str]]) -> list[str]:
        raise MemoryError("no room")

    batcher = Batcher(1)
    request, other = batcher.open("bad", fail, urgent=False), batcher.open("good", shout, urgent=False)
    request.add([["a"]])
    other.add([["b"]])
    with pytest.raises(MemoryError, match="no room"):
        list(request.rest())
    assert list(other.rest()) == [(0, "B")]


def test_no_thread_outlives_the_work() -> None:
    batcher = Batcher(2)
    request = batcher.open("lane", shout, urgent=False)
    request.add([["a"]] * 100)
    assert len(list(request.rest())) == 100
    for thread in threading.enumerate():
        if thread.name == "batcher":
            thread.join(20)
    assert batcher._working == 0


def test_many_at_once_each_get_their_own() -> None:
    batcher = Batcher(2)
    found: dict[int, list[str]] = {}

    def work(number: int) -> None:
        request = batcher.open("lane", shout, urgent=number % 2 == 0)
        for place in range(50):
            request.add([[f"{number}-{place}"]])
        found[number] = [text for _, text in sorted(request.rest())]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert found == {number: [f"{number}-{place}" for place in range(50)] for number in range(8)}
