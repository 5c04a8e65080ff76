"""The measurements work, and count as they say. How fast anything is depends on the machine: no test looks at that."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bench import report, texts, timing
from bench.timing import Measured
from service.settings import ROOT


def measured(words: int, seconds: float, *latencies: float) -> Measured:
    return Measured(words, seconds, cpu=seconds, peak=100.0, latencies=latencies)


@pytest.mark.slow
def test_the_quick_form_measures_the_limit_the_engine_and_an_edit(words: None) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--quick"], capture_output=True, text=True, timeout=200, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    shown = report.summary(done.stdout)
    assert "| text through the engine, first pass, / raw CTranslate2 |" in shown
    assert "| HTML through the engine, first pass, / raw CTranslate2 |" in shown
    assert re.search(r"\| one sentence of \d+ edited \(1 decoded\): decoding / the first time \|", shown)
    assert "| model calls for a variant that is made | 0 | 0 |" in shown


def test_a_rate_is_words_by_the_clock_and_latencies_are_those_of_each_call() -> None:
    together = threading.Barrier(3, timeout=10)  # breaks unless three calls are made at a time
    one = timing.measure([together.wait] * 3, words=30, concurrency=3)
    assert len(one.latencies) == 3
    assert max(one.latencies) <= one.seconds
    assert one.rate == 30 / one.seconds
    assert one.peak > 1


def test_a_process_other_than_ours_is_measured_by_its_number() -> None:
    with subprocess.Popen(["sleep", "60"]) as process:
        one = timing.measure([lambda: None], words=1, process=str(process.pid))
        process.kill()
    assert one.cpu < 0.1
    assert 0 < one.peak < 20


@pytest.mark.parametrize(("share", "value"), [(0.5, 3.0), (0.95, 5.0), (0.2, 1.0), (0.21, 2.0), (1.0, 5.0)])
def test_a_percentile_is_one_of_the_values(share: float, value: float) -> None:
    assert timing.percentile([5.0, 1.0, 3.0, 2.0, 4.0], share) == value


def test_rounds_are_summed_up_by_their_medians_and_all_their_latencies() -> None:
    one = timing.typical([measured(10, 1.0, 1.0), measured(10, 9.0, 2.0), measured(10, 2.0, 3.0)])
    assert (one.seconds, list(one.latencies)) == (2.0, [1.0, 2.0, 3.0])


def test_a_ratio_is_taken_within_each_round_since_all_of_a_round_meet_the_same_machine() -> None:
    assert timing.ratio([9.0, 1.0, 90.0], [10.0, 1.0, 100.0]) == 0.9


def test_no_two_articles_share_a_sentence_or_the_memory_would_answer() -> None:
    found = [one for piece in texts.articles(43) for line in texts.by_line(piece).values() for one in line]
    assert len(found) == len(set(found)) == 43 * 60


@pytest.mark.parametrize("number", [0, 5, 30])
def test_an_edit_changes_one_sentence(number: int) -> None:
    for piece in texts.articles(2):
        before, after = (
            [one for line in texts.by_line(form).values() for one in line]
            for form in (piece, texts.edited(piece, number))
        )
        assert len(before) == len(after)
        assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_other_text_can_be_given_as_lines_in_both_languages(tmp_path: Path) -> None:
    file = tmp_path / "lines.tsv"
    file.write_text("".join(f"A & B are friends {n}.\tA & B berteman {n}.\n" for n in range(130)), encoding="utf-8")
    pieces = texts.articles(4, file)
    assert [piece.source for piece in pieces] == ["en", "id", "en", "id"]
    assert pieces[0].text.startswith("A & B are friends 0.\nA & B are friends 1. A & B are friends 2.")
    assert 'A &amp; <a href="https://example.org/">B are</a> friends 1.' in pieces[0].html
    with pytest.raises(ValueError, match="5 articles are needed, and there are 4"):
        texts.articles(5, file)


def test_the_readme_gets_the_table_that_was_measured() -> None:
    readme = "# Us\n\n| what | measured |\n| --- | --- |\n| old | 1 |\n\n| other | table |\n"
    results = "# Results\n\n| what | measured |\n| --- | --- |\n| new | 2 |\n\n| measured | words/s |\n"
    assert report.with_summary(readme, results) == readme.replace("| old | 1 |", "| new | 2 |")
