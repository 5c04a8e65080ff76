"""Translation memories as TMX: ours come back as they were, and those of other tools are understood."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings

from service.article import markup, reuse, sentences, tmx
from service.article.inline import cut, to_html
from service.article.tmx import Skipped, TmxError
from service.article.types import Entry
from tests.unit.article import documents

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
THEN = datetime(2025, 3, 1, 8, 30, tzinfo=UTC)


def entry(source: str, target: str, origin: Any = "person", **changes: Any) -> Entry:
    values = {"model": None, "context": "", "changed_at": THEN, **changes}
    return Entry(source, target, "en", "id", origin, **values)


def written(*entries: Entry) -> bytes:
    return b"".join(tmx.write(entries, NOW))


def read(file: bytes | str, reviewed: bool = True) -> list[Entry | Skipped]:
    return list(tmx.read(BytesIO(file.encode() if isinstance(file, str) else file), NOW, reviewed=reviewed))


def unit(source: str, target: str, languages: tuple[str, str] = ("en-US", "id-ID")) -> str:
    tuvs = (
        f'<tuv xml:lang="{tag}"><seg>{seg}</seg></tuv>' for tag, seg in zip(languages, (source, target), strict=True)
    )
    return f"<tu>{''.join(tuvs)}</tu>"


def file(*units: str, before: str = "", srclang: str = "en") -> str:
    body = f'<header srclang="{srclang}"/><body>{"".join(units)}</body>'
    return f'<?xml version="1.0"?>{before}<tmx version="1.4">{body}</tmx>'


def texts(*units: str, **more: Any) -> list[tuple[str, str]]:
    return [(one.source, one.target) for one in read(file(*units, **more)) if isinstance(one, Entry)]


# --- ours ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        "The roads &amp; bridges: 3 &lt; 4 &gt; 2, “good”&nbsp;news",
        'The <a href="/r?a=1&amp;b=2">new <em>roads</em></a> of <strong>Java</strong>',
        'Line<br>break, <code>x &lt; 1</code>, <img src="a.png" alt="A &quot;road&quot;">',
        "Write to desk@paper.example about {name} at https://a.example/?a=1&amp;b=2 <!-- wp:x -->now",
        '<span translate="no">Harbour <b>Post</b></span> says so',
    ],
)
def test_markup_and_characters_come_back(html: str) -> None:
    assert read(written(entry(html, html))) == [entry(html, html)]


@pytest.mark.parametrize(
    "one",
    [
        entry("A road.", "Jalan.", context="0" * 64),
        entry("A road.", "Jalan.", "approved", model="m 1"),
        entry("A road.", "Jalan.", "imported"),
        entry("A road.", "Jalan.", "model", model='m "<1>"'),
    ],
)
def test_who_wrote_it_when_and_with_which_model_comes_back(one: Entry) -> None:
    assert read(written(one)) == [one]


def test_codes_are_tmx_elements() -> None:
    seg = written(entry('A <a href="/x">road</a><br>', "Jalan")).decode()
    assert 'A <bpt i="1">&lt;a href="/x"&gt;</bpt>road<ept i="1">&lt;/a&gt;</ept><ph>&lt;br&gt;</ph></seg>' in seg
    assert 'segtype="sentence"' in seg
    assert 'changedate="20250301T083000Z"' in seg


def test_what_xml_cannot_write_is_left_out() -> None:
    (one,) = read(written(entry("A\x01 road\ud800.", "Jalan.")))
    assert isinstance(one, Entry)
    assert one.source == "A road."


def test_a_file_is_written_and_read_a_piece_at_a_time() -> None:
    def endless() -> Iterator[Entry]:
        while True:
            yield entry("A road.", "Jalan.")

    pieces = tmx.write(endless(), NOW)
    assert [len(next(pieces)) > 0 for _ in range(3)] == [True] * 3


# --- who vouches -----------------------------------------------------------------------------------------------------


def origins(file: bytes, reviewed: bool) -> list[str]:
    return [one.origin for one in read(file, reviewed) if isinstance(one, Entry)]


def test_people_stand_behind_a_file_only_where_that_is_said() -> None:
    ours = written(
        *(entry("A road.", "Jalan.", origin, model="m") for origin in ("person", "approved", "imported", "model"))
    )
    assert origins(ours, reviewed=True) == ["person", "approved", "imported", "model"]
    assert origins(ours, reviewed=False) == ["imported", "imported", "imported", "model"]


def test_what_nobody_vouches_for_is_checked() -> None:
    (one,) = read(file(unit("The market has 40 shops.", "Pasar itu memiliki 50 toko.")), reviewed=False)
    assert isinstance(one, Entry)
    assert [finding.code for finding in tmx.judged(one).findings] == ["numbers-changed"]
    (vouched,) = read(file(unit("The market has 40 shops.", "Pasar itu memiliki 50 toko.")), reviewed=True)
    assert isinstance(vouched, Entry)
    assert tmx.judged(vouched).findings == ()


# --- those of other tools --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tags", [("en", "id"), ("en-US", "id-ID"), ("EN-US", "IN"), ("EN", "in_ID")])
def test_languages_are_read_as_tools_write_them(tags: tuple[str, str]) -> None:
    (one,) = read(file(unit("A road.", "Jalan.", tags)))
    assert isinstance(one, Entry)
    assert (one.source_language, one.target_language) == ("en", "id")


def test_the_source_is_the_one_that_the_file_names() -> None:
    assert texts(unit("Jalan.", "A road.", ("id", "en"))) == [("A road.", "Jalan.")]
    assert texts(unit("Jalan.", "A road.", ("id", "en")), srclang="*all*") == [("Jalan.", "A road.")]


@pytest.mark.parametrize(
    ("seg", "html"),
    [
        ('A <bpt i="1">&lt;b0&gt;</bpt>new<ept i="1">&lt;/b0&gt;</ept> road', "A new road"),  # OmegaT
        ('A <bpt i="1">{\\b </bpt>new<ept i="1">}</ept> road', "A new road"),  # RTF, Trados
        ('A <bpt i="1">&lt;b&gt;</bpt>new<ept i="1">&lt;/b&gt;</ept> road', "A <b>new</b> road"),
        (
            '<bpt i="1">&lt;b&gt;</bpt><bpt i="2">&lt;i&gt;</bpt>A<ept i="2">&lt;/i&gt;</ept> road'
            '<ept i="1">&lt;/b&gt;</ept>',
            "<b><i>A</i> road</b>",
        ),
        (
            'A <bpt i="1">&lt;a title="<sub>New</sub>"&gt;</bpt>road<ept i="1">&lt;/a&gt;</ept>',
            'A <a title="New">road</a>',
        ),
        ('A <it pos="begin">&lt;b&gt;</it>road', "A road"),
        ("A <hi>new <hi>road</hi></hi>", "A new road"),
        ('A <ph x="1">{0}</ph> road', "A {0} road"),
        ("A <ph>&lt;br/&gt;</ph>road", "A <br>road"),
        ("A <ph>\\tab </ph>road", "A road"),
        ('A <bpt i="1">&lt;b&gt;</bpt>road', "A road"),
    ],
)
def test_codes_that_are_html_are_kept_and_others_leave_their_words(seg: str, html: str) -> None:
    assert texts(unit(seg, seg)) == [(html, html)]


def test_a_doctype_names_a_file_that_is_not_loaded() -> None:
    assert texts(unit("A road.", "Jalan."), before='<!DOCTYPE tmx SYSTEM "tmx14.dtd">') == [("A road.", "Jalan.")]


def test_utf_16_is_read() -> None:
    utf16 = file(unit("A road.", "Jalan.")).replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16")
    assert len(read(utf16)) == 1


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("units", "reason"),
    [
        ('<tu><tuv xml:lang="en"><seg>A road.</seg></tuv></tu>', "has not two languages"),
        (unit("A road.", "Jalan.", ("en", "xx-YY")), "not a locale"),
        (unit(" ", "Jalan."), "no text"),
        (unit("A road.", " "), "no text"),
        (unit("A road.", "<ph>&lt;script&gt;x()&lt;/script&gt;</ph>Jalan"), "no place within a sentence"),
        (unit("A road. " * 3_000, "Jalan."), "more than 20,000 characters"),
    ],
)
def test_a_unit_that_gives_nothing_is_told_with_its_line(units: str, reason: str) -> None:
    first, second = read(file("\n\n", units, unit("A boat.", "Perahu.")))
    assert isinstance(first, Skipped)
    assert first.line == 3
    assert reason in first.reason
    assert isinstance(second, Entry)


ENTITIES = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (file(unit("A &b; road.", "Jalan."), before=ENTITIES), "line 1: the entity 'a' is declared; .* write its text"),
        (
            file(unit("A road.", "Jalan."), before='<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
            "the entity 'a' is declared",
        ),
        (file("\n<tu>"), "line 2: this is no well-formed XML .*; export the memory again"),
        ("", "line 1: this is no well-formed XML"),
        ("<xliff/>", "this is <xliff>, not <tmx>; export the memory as TMX 1.4"),
        (file(unit("<hi>" * 70 + "A" + "</hi>" * 70, "Jalan.")), "nested deeper than 64"),
        (file(unit("A" * 1_000_001, "Jalan.")), "more than 1,000,000 characters"),
        (file().replace("?>", ' encoding="ebcdic-klingon"?>', 1), "line 1: "),
    ],
)
def test_a_file_that_cannot_be_read_names_the_line_and_the_remedy(content: str, message: str) -> None:
    with pytest.raises(TmxError, match=message):
        read(content)


# --- whatever an article has in it -----------------------------------------------------------------------------------


@given(documents.document())
@settings(max_examples=100, deadline=None)
def test_every_sentence_with_words_of_any_article_comes_back_under_its_key(html: str) -> None:
    (part,) = sentences.segmented([markup.html_part("body", html)], "en")
    pieces = [cut(block.content, piece.start, piece.end) for block in part.blocks for piece in block.segments]
    sources = [to_html(piece) for piece in pieces if any(map(str.isalnum, piece.text))]
    back = read(written(*(entry(source, source) for source in sources)))
    assert [reuse.key(one.source, "en", "id") for one in back if isinstance(one, Entry)] == [
        reuse.key(source, "en", "id") for source in sources
    ]
