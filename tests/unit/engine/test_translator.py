"""Sentences in, hypotheses out: nothing lost, and every output piece led back to where it came from."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.article.types import Decoding, Hypothesis
from service.engine import batcher, packages, translator
from service.engine.batcher import Batcher
from service.engine.translator import Translator

PLAIN = Decoding()


@pytest.fixture(scope="module")
def english(models: Path) -> Translator:
    """English to Indonesian."""
    (package,) = [one for one in packages.installed(models) if one.name == "en-id"]
    return Translator(package, Batcher(2), threads=2)


@pytest.fixture
def model(english: Translator, monkeypatch: pytest.MonkeyPatch) -> Stubborn:
    """The model of `english` behind a counter, which can refuse what holds a forbidden piece; batches are small."""
    stubborn = Stubborn(english._model)
    monkeypatch.setattr(english, "_model", stubborn)
    monkeypatch.setattr(batcher, "MAX_BATCH_TOKENS", 256)
    return stubborn


class Stubborn:
    """A model that raises for the batches that hold `forbidden`; `together` only where another sentence is by."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.forbidden = ""
        self.together = False
        self.sizes: list[int] = []

    def translate_batch(self, batch: list[list[str]], **options: Any) -> list[Any]:
        self.sizes.append(len(batch))
        if any(self.forbidden in pieces for pieces in batch) and (len(batch) > 1 or not self.together):
            raise RuntimeError("no position encodings are defined for positions >= 512")
        result: list[Any] = self._model.translate_batch(batch, **options)
        return result


def links(sentence: str, hypothesis: Hypothesis) -> list[tuple[str, str]]:
    return [
        (sentence[link.source_start : link.source_end], hypothesis.text[link.target_start : link.target_end])
        for link in hypothesis.links
    ]


def translate(english: Translator, *sentences: str) -> list[Hypothesis]:
    found = dict(english.translate(sentences, PLAIN))
    assert len(found) == len(sentences)
    return [found[place] for place in range(len(sentences))]


def test_a_sentence_is_translated_and_told_by_whom(english: Translator) -> None:
    (hypothesis,) = translate(english, "Good morning.")
    assert hypothesis.text == "Selamat pagi."
    assert hypothesis.model == english.package.model
    assert -5 < hypothesis.score < 0


def test_the_target_prefix_is_no_text(english: Translator) -> None:
    assert english.package.target_prefix
    (hypothesis,) = translate(english, "Good morning.")
    assert english.package.target_prefix not in hypothesis.text
    assert hypothesis.links[0].target_start == 0


def test_sentences_come_back_in_their_order(english: Translator) -> None:
    sentences = ["Good morning.", "The government will build new roads in the province next year.", "Thank you."]
    together = [one.text for one in translate(english, *sentences)]
    assert together == [translate(english, sentence)[0].text for sentence in sentences]


@pytest.mark.parametrize("sentence", ["", " "])
def test_nothing_is_translated_to_nothing(english: Translator, sentence: str) -> None:
    (hypothesis,) = translate(english, sentence)
    assert (hypothesis.text, hypothesis.links) == ("", ())


def test_no_sentences_make_no_hypotheses(english: Translator) -> None:
    assert translate(english) == []


def test_a_link_leads_from_a_target_word_to_its_source_word(english: Translator) -> None:
    sentence = "The café in Zürich serves crème brûlée, José said."
    (hypothesis,) = translate(english, sentence)
    assert ("Z", "Z") in links(sentence, hypothesis)
    assert ("é", "é") in links(sentence, hypothesis)
    for source, target in links(sentence, hypothesis):
        if target in "éèûü":
            assert source == target


def test_links_are_in_the_order_of_the_target_and_within_both_texts(english: Translator) -> None:
    sentence = "  The  café … costs ½ of that, and “ﬁne” words 🎉 too.  "
    (hypothesis,) = translate(english, sentence)
    end = 0
    for link in hypothesis.links:
        assert 0 <= link.source_start <= link.source_end <= len(sentence)
        assert end <= link.target_start < link.target_end <= len(hypothesis.text)
        end = link.target_end


@pytest.mark.parametrize(
    ("sentence", "word"),
    [("It costs … much.", "…"), ("The ﬁne word.", "ﬁne"), ("It costs ½ of it.", "½"), ("Two  spaces  here.", "here")],
)
def test_pieces_that_the_tokenizer_rewrote_lead_to_what_was_written(
    english: Translator, sentence: str, word: str
) -> None:
    spans = english._encode(sentence).spans
    assert all(start < end for start, end in spans if sentence[start:end] != " ")
    assert word in {sentence[start:end] for start, end in spans}


def test_pieces_that_the_model_does_not_know_are_copied_from_the_source(english: Translator) -> None:
    (hypothesis,) = translate(english, "President José met the minister in Zürich.")
    assert "José" in hypothesis.text
    assert "Zürich" in hypothesis.text
    assert "<unk>" not in hypothesis.text


def test_a_sentence_too_long_for_the_model_is_cut_between_words_and_put_together_again(english: Translator) -> None:
    numbers = range(100, 240)
    sentence = " ".join(f"The government will build {number} roads," for number in numbers)
    whole = english._encode(sentence)
    runs = translator._runs(whole)
    assert len(runs) > 1
    assert all(len(run.pieces) <= translator.MAX_PIECES for run in runs)
    assert all(run.pieces[0].startswith("▁") for run in runs)
    assert [piece for run in runs for piece in run.pieces] == whole.pieces
    assert [span for run in runs for span in run.spans] == whole.spans
    (hypothesis,) = translate(english, sentence)
    assert hypothesis.text.count("membangun") > len(runs)
    assert hypothesis.links[-1].source_start > len(sentence) / 2
    assert "  " not in hypothesis.text


def test_a_word_too_long_for_the_model_is_cut_all_the_same(english: Translator) -> None:
    whole = english._encode("x" * 3000)
    runs = translator._runs(whole)
    assert [piece for run in runs for piece in run.pieces] == whole.pieces
    assert all(0 < len(run.pieces) <= translator.MAX_PIECES for run in runs)
    assert translate(english, "x" * 1000)[0].text


def test_each_sentence_is_ready_once_a_long_one_with_the_last_of_its_runs(english: Translator) -> None:
    long = " ".join(f"The road number {number} will be built," for number in range(100, 300))
    ready = [place for place, _ in english.translate([*["Good morning."] * 40, long], PLAIN)]
    assert sorted(ready) == list(range(41))


def test_sentences_are_ready_while_there_is_still_work(english: Translator, model: Stubborn) -> None:
    sentences = [f"The government will build {number} new roads in the province." for number in range(150)]
    ready = english.translate(sentences, PLAIN)
    next(ready)
    begun = len(model.sizes)
    assert sum(1 for _ in ready) == 149
    assert begun < len(model.sizes)


def test_who_stops_taking_stops_the_work(english: Translator, model: Stubborn) -> None:
    sentences = [f"The government will build {number} new roads in the province." for number in range(150)]
    ready = english.translate(sentences, PLAIN)
    next(ready)
    ready.close()  # type: ignore[attr-defined]  # a generator
    list(english.translate(["Good morning."], PLAIN))  # what had begun is over
    assert sum(model.sizes) < len(sentences)


def test_decoding_begins_before_the_last_sentence_is_read(english: Translator, model: Stubborn) -> None:
    begun: list[bool] = []

    def sentences() -> Iterator[str]:
        for number in range(400):
            begun.append(bool(model.sizes))
            yield f"The government will build {number} new roads in the province."

    assert len(list(english.translate(sentences(), PLAIN))) == 400
    assert begun[-1]


def test_a_batch_that_fails_is_tried_again_one_by_one(english: Translator, model: Stubborn) -> None:
    sentences = ["Good morning.", "The government will build new roads.", "Thank you."]
    expected = [one.text for one in translate(english, *sentences)]
    model.forbidden, model.together = "▁government", True
    assert [one.text for one in translate(english, *sentences)] == expected


def test_a_sentence_that_fails_alone_too_comes_back_empty(english: Translator, model: Stubborn) -> None:
    model.forbidden = "▁government"
    first, second, third = translate(english, "Good morning.", "The government will build.", "Thank you.")
    assert (first.text, second.text, second.links) == ("Selamat pagi.", "", ())
    assert third.text
    assert second.score == float("-inf")


def test_many_threads_may_use_it_at_once(english: Translator) -> None:
    sentences = [f"The government will build {number} new roads." for number in range(24)]
    expected = [one.text for one in translate(english, *sentences)]
    found: dict[int, list[str]] = {}

    def work(number: int) -> None:
        found[number] = [one.text for one in translate(english, *sentences)]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert list(found.values()) == [expected] * 8
