"""The evaluations run on what they are given, and put their tables where they belong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import beside, detection, findings, sources, unspun
from service.settings import ROOT


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


LINES = {
    "en": ("Rice prices rise again", "The price of rice rose on day {}, and the government will open its stores."),
    "id": ("Harga beras naik lagi", "Harga beras naik pada hari ke {}, dan pemerintah akan membuka gudangnya."),
    "ms": ("Harga beras naik semula", "Harga beras naik pada hari ke {} kerana kerajaan belum membuka gudangnya."),
}


def test_detection_is_measured_on_what_is_held_out_beside_the_peer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus, news, page = tmp_path / "corpus", tmp_path / "NTREX-128", tmp_path / "detection.md"
    for folder in ("test", "train", "lid"):
        (corpus / folder).mkdir(parents=True)
    news.mkdir()
    pairs = "".join(f"{LINES['en'][1].format(n)}\t{LINES['id'][1].format(n)}\n" for n in range(10))
    titles = f"{LINES['en'][0]}\t{LINES['id'][0]}\n"
    for name in ("test/bbc", "test/gunnxx-news-test", "train/tico19", "train/nusax"):
        (corpus / f"{name}.tsv").write_text(titles + pairs, "utf-8")
    (corpus / "lid" / "others.tsv").write_text("jav\tAku arep menyang pasar tuku beras.\n" * 5, "utf-8")
    (tmp_path / "DOCUMENT_IDS.tsv").write_text("".join(f"{n // 2}\n" for n in range(20)), "utf-8")
    for code, language in (("eng", "en"), ("ind", "id"), ("msa", "ms")):
        title, text = LINES[language]
        lines = "".join(f"{title}\n{text.format(n)}\n" for n in range(10))
        (news / f"newstest2019-ref.{code}.txt").write_text(lines, "utf-8")
    page.write_text(
        "# Tell\n\n<!-- measured: from here -->\nold\n<!-- to here: make evaluate-detection -->\nEnd\n", "utf-8"
    )
    monkeypatch.setattr(detection, "_lingua", lambda texts: ([("en", 1.0)] * len(texts), 1000.0))

    detection.main(corpus, news, page)

    said = capsys.readouterr().out
    assert "| articles | en | 2 | 100.0 % | 100.0 % | 100.0 % | 100.0 % |" in said
    assert "| articles | ms | 2 | 0.0 % | 100.0 % | 100.0 % | 0.0 % |" in said
    assert "| sentences | id | 10 | 100.0 % | 100.0 % | 100.0 % | 0.0 % |" in said
    assert "0 of 10 sentences are taken for another language in an article in id" in said
    written = page.read_text("utf-8")
    assert said.strip() in written
    assert "old" not in written


def test_damaged_sources_are_measured_and_the_page_gets_the_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs, page = tmp_path / "pairs.tsv", tmp_path / "source.md"
    lines = (
        f"The minister said that the town’s {n} roads would be built in the north of the country.\t"
        f"Menteri itu mengatakan bahwa {n} jalan di kota itu akan dibangun di utara negara itu."
        for n in range(20, 60)
    )
    pairs.write_text("\n".join(lines), "utf-8")
    page.write_text("<!-- measured: from here -->\n<!-- to here: make evaluate-source -->\n", "utf-8")
    sources.main([pairs], page)
    said = capsys.readouterr().out
    assert "In 4 clean articles (2 in each language)" in said
    rows = {cells[1]: cells for line in said.splitlines() if len(cells := [c.strip() for c in line.split("|")]) == 9}
    assert rows["truncated"][4:8] == ["100.0%", "100.0%", "0.0%", "0.0%"]
    assert "| mac-roman | 10 | 100.0% | 100.0% of 40 |" in said
    assert "Of 20 clean paragraphs 0 were touched." in said
    assert said.strip() in page.read_text("utf-8")


def test_the_repair_of_spun_english_is_measured_and_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    posted, original = unspun.sample()
    monkeypatch.setattr(unspun, "sample", lambda: (posted[:3], original[:3]))
    lines, page = tmp_path / "lines.tsv", tmp_path / "spun.md"
    spoken = "The mayor of the town said on Monday that they have met with leaders at the port, or in the country."
    lines.write_text(f"{spoken}\tKata wali kota.\n" * 30, "utf-8")
    page.write_text(
        "# Spun\n\n<!-- measured: from here -->\nformerly\n<!-- to here: make evaluate-spun -->\nEnd\n", "utf-8"
    )
    unspun.main(page, [lines])
    written = page.read_text("utf-8")
    assert "| 2 spun articles, held out | 2 of 2 | 100.0 % of" in written
    assert "Of 30 clean sentences in groups of 20, 0 groups were judged spun." in written
    assert "Leaders are to meet **behind** closed doors **on** November 4 **as** France" in written
    assert "di balik pintu tertutup" in written
    assert "formerly" not in written
    assert written.endswith("End\n")


def test_two_versions_of_the_models_are_shown_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    bundled = sorted((ROOT / "models").glob("*.argosmodel"))
    beside.main(bundled)
    said = capsys.readouterr().out
    assert "| source | 0.3 (id-ID) | 0.3 (id-ID) |" in said
    assert "| The price of fish | Harga ikan | Harga ikan |" in said
    assert "| Leaders are to meet behind closed doors on November 4 as France" in said
