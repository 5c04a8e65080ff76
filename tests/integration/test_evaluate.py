"""The evaluations run on what they are given, and put their tables where they belong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import findings


def test_the_checks_are_measured_and_the_page_gets_the_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs, page = tmp_path / "pairs.tsv", tmp_path / "checks.md"
    pairs.write_text(
        "The road is 12 km long.\tJalan itu panjangnya 15 km.\nHe will not come.\tDia tidak akan datang.\n", "utf-8"
    )
    page.write_text(
        "# Checks\n\n<!-- measured: from here -->\nold\n<!-- to here: make evaluate-findings -->\nEnd\n", "utf-8"
    )
    findings.main(pairs, page)
    said = capsys.readouterr().out
    assert "In 2 sentences translated by people" in said
    assert "| numbers-changed | 50.0 % | 50.0 % |" in said
    assert "en-id: 2" in said
    written = page.read_text("utf-8")
    assert said.strip() in written
    assert "old" not in written
    assert written.startswith("# Checks\n")
    assert written.endswith("End\n")
