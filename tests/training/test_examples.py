"""Pairs as what the trainer learns from."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

from training.corpus import Pair
from training.examples import Example, batches, encode, rounded


def test_a_pair_gives_both_directions_each_named_by_its_prefix(pairs: list[Pair], tokenizer: Any) -> None:
    forth, back = encode(pairs[:1], tokenizer)
    assert tokenizer.id_to_piece(list(forth.target[:2])) == ["<s>", "<2id>"]
    assert tokenizer.id_to_piece(list(back.target[:2])) == ["<s>", "<2en>"]
    assert forth.source == (*back.target[2:-1], tokenizer.eos_id())
    assert tokenizer.decode(list(forth.target)) == pairs[0].indonesian


def test_a_machines_source_is_tagged_and_never_a_target(tokenizer: Any) -> None:
    (example,) = encode([Pair("The river rose.", "Sungai itu meluap.", into="id")], tokenizer)
    assert tokenizer.id_to_piece([example.source[0], example.target[1]]) == ["<2id>", "<2id>"]


def test_links_point_from_the_place_in_the_target_to_that_in_the_source(tokenizer: Any) -> None:
    forth, back = encode([Pair("The river rose.", "Sungai itu meluap.", "1-0 2-3")], tokenizer)
    assert forth.links == ((2, 1), (5, 2))
    assert back.links == ((3, 0), (4, 3))


def test_sampling_varies_the_source_only_and_leaves_links_out(tokenizer: Any) -> None:
    pair = Pair("The government plans to build schools.", "Pemerintah berencana membangun sekolah.", "0-0")
    made = [encode([pair], tokenizer, sampling=0.5)[0] for _ in range(20)]
    assert len({example.source for example in made}) > 1
    assert len({example.target for example in made}) == 1
    assert not any(example.links for example in made)


def test_pairs_too_long_for_a_batch_are_left_out(tokenizer: Any) -> None:
    assert encode([Pair("river " * 200, "sungai " * 200)], tokenizer) == []


def test_batches_show_each_example_once_within_their_size() -> None:
    chance = random.Random(1)
    examples = [Example((0,) * chance.randrange(1, 60), (n,) * chance.randrange(3, 60)) for n in range(500)]
    made = [*batches(examples, 256, random.Random(2))]
    assert Counter(example.target[0] for batch in made for example in batch) == Counter(range(500))
    assert all(max(e.length for e in batch) * len(batch) <= 256 for batch in made)
    assert [*batches(examples, 256, random.Random(3))] != made, "another epoch, another order"
    padding = sum(max(e.length for e in batch) * len(batch) - sum(e.length for e in batch) for batch in made)
    assert padding < 0.1 * sum(e.length for e in examples), "alike lengths go together"


def test_an_example_longer_than_a_batch_is_a_batch() -> None:
    assert [len(batch) for batch in batches([Example((0,) * 90, (0,) * 9)], 64, random.Random(1))] == [1]


def test_lengths_are_rounded_up() -> None:
    assert [rounded(length) for length in (1, 8, 9)] == [8, 8, 16]
