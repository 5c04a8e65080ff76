"""The page that puts an edition beside its original."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from service.article.types import Block, Finding, Inline, Part, Segment, Severity, Translation
from tests.unit.newsroom import NOW, article, dossier, edition
from tests.unit.pages import parse, words
from tests.unit.web.conftest import Desk

Get = Callable[..., str]

PATH = "/id/articles/harbour/compare"
SEGMENTS = (
    Translation("s0", "title.0", "Harbour reopens", "Pelabuhan dibuka kembali", "approved"),
    Translation("s1", "body.0", "Ships sailed.", "Kapal berlayar.", "model"),
    Translation("s2", "body.0", "12 <b>boats</b> came.", "21 <b>kapal</b> datang.", "model",
                (Finding("numbers-changed", "", Severity.ERROR),)),
    Translation("s3", "body.1", "Nobody was hurt.", "Nobody was hurt.", "source"),
)  # fmt: skip


def compared(state: str = "needs_review", **changes: object):
    return dossier(edition("en-US", "source"), edition("id-ID", state, segments=SEGMENTS, **changes))


def test_each_sentence_is_beside_its_own_and_says_its_language(desk: Desk, get: Get) -> None:
    desk.add(compared())
    tree = parse(get(PATH))
    rows = [
        [(p.attributes["lang"], p.attributes["dir"], p.text()) for p in row.css(".sentence")]
        for row in tree.css("li.pair")
    ]
    assert rows[1] == [("en", "ltr", "Ships sailed."), ("id", "ltr", "Kapal berlayar.")]
    assert rows[3] == [("en", "ltr", "Nobody was hurt."), ("en", "ltr", "Nobody was hurt.")]
    assert [b.text() for b in tree.css("b")] == ["boats", "kapal"]
    assert tree.css("li.pair a, li.pair [tabindex], script") == []


def test_what_is_doubtful_or_left_is_said_in_words(desk: Desk, get: Get) -> None:
    desk.add(compared())
    html = get(PATH)
    marked = [" ".join(row.css_first(".made").text(separator=" ").split()) for row in parse(html).css(".pair-marked")]
    assert marked == ["? Diragukan Angkanya berbeda", "! Dibiarkan dalam bahasa Inggris"]
    assert parse(html).css_first(".icon").attributes["aria-hidden"] == "true"
    assert words(html, ".notice") == (
        "Setiap kalimat disandingkan dengan kalimat asalnya. Jika tidak ada keterangan lain: oleh mesin."
        " 1 kalimat diragukan oleh pemeriksaan otomatis kami. 1 kalimat dibiarkan dalam bahasa Inggris."
        " Langsung ke yang pertama."
    )
    assert words(html, ".pair .maker") == "disetujui redaksi"


def test_the_article_leads_to_it_and_to_the_sentence_to_look_at_first(desk: Desk, get: Get) -> None:
    desk.add(compared())
    links = [a.attributes["href"] for a in parse(get("/id/articles/harbour")).css(".notice a")]
    assert links == [f"{PATH}#body.0-s2", "/en/articles/harbour", PATH]
    tree = parse(get(PATH))
    assert tree.css_first("[id='body.0-s2'] .now").text() == "21 kapal datang."
    assert [a.attributes["href"] for a in tree.css(".paths a")] == ["/id/articles/harbour", "/en/articles/harbour"]


def test_it_is_for_readers_not_for_search_engines(desk: Desk, get: Get) -> None:
    desk.add(compared())
    tree = parse(get(PATH))
    assert tree.css_first('meta[name="robots"]').attributes["content"] == "noindex"
    assert tree.css_first('link[rel="canonical"]').attributes["href"] == f"https://desk.example{PATH}"
    assert tree.css('link[rel="alternate"]') == []


def test_an_older_text_is_said_to_be_one(desk: Desk, get: Get) -> None:
    desk.add(compared("stale", variant_state="machine"))
    assert "Naskah aslinya telah berubah sejak itu" in words(get(PATH), ".notice")


@pytest.mark.parametrize(
    ("stored", "path", "status"),
    [
        (compared(), "/id/articles/unknown/compare", 404),
        (compared(), "/en/articles/harbour/compare", 404),
        (compared(), "/id-ID/articles/harbour/compare", 301),
        (compared(), f"{PATH}?choose", 303),
        (dossier(edition("en-US", "source"), edition("id-ID", "queued", made=False)), PATH, 404),
        (dossier(*compared().editions, of=article(status="draft")), PATH, 404),
        (dossier(*compared().editions, of=article(published_at=NOW + timedelta(days=9000))), PATH, 404),
        (dossier(*compared().editions, of=article(status="withdrawn")), PATH, 410),
    ],
)
def test_only_what_readers_may_see_is_compared(desk: Desk, client: FlaskClient, stored, path: str, status: int) -> None:
    desk.add(stored)
    assert client.get(path).status_code == status


def test_the_switcher_stays_on_the_page_for_its_own_language(desk: Desk, get: Get) -> None:
    desk.add(compared())
    links = {a.attributes["hreflang"]: a.attributes["href"] for a in parse(get(PATH)).css(".alihbahasa-switcher a")}
    assert links == {"en": "/en/articles/harbour?choose", "id": f"{PATH}?choose"}


def test_an_edition_on_the_publishers_own_page_is_compared_here_too(desk: Desk, get: Get) -> None:
    own = "https://paper.example/pelabuhan"
    desk.add(dossier(*compared().editions, of=article(urls={"id-ID": own})))
    assert parse(get(PATH)).css_first(".paths a").attributes["href"] == own


def test_a_sentence_may_be_in_a_language_that_is_no_locale(desk: Desk, get: Get) -> None:
    body = Block("body.0", "p", Inline("Urang awak."), (Segment("s0", 0, 11),), language="min")
    of = replace(article(), parts=(Part("body", "html", ("", "body.0", ""), (body,)),))
    said = Translation("s0", "body.0", "Urang awak.", "Urang awak.", "kept")
    desk.add(dossier(edition("en-US", "source"), edition("id-ID", segments=(said,)), of=of))
    assert [p.attributes["lang"] for p in parse(get(PATH)).css(".sentence")] == ["min", "min"]


def test_every_finding_that_readers_may_meet_has_its_words() -> None:
    root = Path(__file__).parents[3]
    told = re.findall(
        r"^\| `([a-z-]+)`(?: ↻)? \| (?!.*\(info\))", (root / "docs" / "checks.md").read_text("utf-8"), re.M
    )
    template = (root / "service" / "web" / "templates" / "compare.html").read_text("utf-8")
    assert len(told) > 20
    assert [code for code in told if f'"{code}": _(' not in template] == []
