"""Submissions of every format, to the same parts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from service.article import intake
from service.article.inline import to_html
from service.article.types import Field, Image, Part, Refusal, Submission


def read(body: str, **changes: object) -> intake.Reading:
    return intake.read(Submission(**{"id": "a", "title": "A title", "body": body, **changes}))  # type: ignore[arg-type]


def part(reading: intake.Reading, name: str) -> Part:
    return next(part for part in reading.parts if part.name == name)


def words(reading: intake.Reading, name: str) -> list[tuple[str, str]]:
    return [(block.role, to_html(block.content)) for block in part(reading, name).blocks]


def test_markdown_becomes_html_with_tables() -> None:
    reading = read("## A *head*\n\nOne\n[two](/x?a=1&b=2)\n\n| a | b |\n|---|---|\n| c | d |\n", format="markdown")

    assert words(reading, "body")[:2] == [
        ("heading", "A <em>head</em>"), ("paragraph", 'One\n<a href="/x?a=1&amp;b=2">two</a>'),
    ]  # fmt: skip
    assert [role for role, _ in words(reading, "body")[2:]] == ["cell"] * 4


def test_plain_text_has_its_title_and_standfirst_in_it() -> None:
    reading = read("A title here\n\nA standfirst without a stop\n\nOne. Two.\n", title=None, format="text")

    assert words(reading, "title") == [("title", "A title here")]
    assert words(reading, "dek") == [("dek", "A standfirst without a stop")]
    assert words(reading, "body") == [("paragraph", "One. Two.")]


@pytest.mark.parametrize("format", ["html", "markdown", "text"])
def test_a_credit_in_a_title_is_the_pictures(format: str) -> None:
    reading = read("<p>One.</p>", title="Boats leave. Credit: Ana B via Unsplash", format=format)

    assert words(reading, "title") == [("title", "Boats leave.")]
    assert reading.image == Image(credit="Ana B via Unsplash")


def test_a_credit_that_the_caller_names_stands() -> None:
    reading = read("<p>One.</p>", title="Boats leave. Credit: Ana B via Unsplash", image=Image("/a.jpg", "Sari"))

    assert reading.image == Image("/a.jpg", "Sari")


@pytest.mark.parametrize(("title", "format"), [(None, "html"), ("  ", "html"), (None, "markdown"), (None, "text")])
def test_an_article_without_a_title_is_refused_with_the_remedy(title: str | None, format: str) -> None:
    with pytest.raises(Refusal, match="send `title`") as refused:
        read("", title=title, format=format)

    assert (refused.value.code, refused.value.field) == ("title-missing", "title")


def test_all_that_readers_see_is_a_part() -> None:
    reading = read(
        "<p>One.</p>",
        dek="A dek",
        image_caption="A caption",
        image_alt="An alt",
        fields={"kicker": Field("Energy"), "box": Field("<p>In <b>brief</b></p>", "html")},
        corrections=((datetime(2025, 11, 4, tzinfo=UTC), "A correction"),),
    )

    assert [(part.name, part.format) for part in reading.parts] == [
        ("title", "text"), ("dek", "text"), ("body", "html"), ("image.caption", "text"), ("image.alt", "text"),
        ("fields.kicker", "text"), ("fields.box", "html"), ("corrections.0", "text"),
    ]  # fmt: skip


def test_markup_in_plain_text_is_text() -> None:
    assert words(read("One.", title="<b>Bold</b> & co"), "title") == [("title", "&lt;b&gt;Bold&lt;/b&gt; &amp; co")]


@pytest.mark.parametrize(
    ("title", "warned"),
    [
        ("Votes &amp; laws", True),
        ("The <em>new</em> law", True),
        ("It&#8217;s here", True),
        ("Q&A: 3 < 5", False),
        ("AT&T wins", False),
    ],
)
def test_a_title_that_seems_to_hold_markup_is_told(title: str, warned: bool) -> None:
    reading = intake.read(Submission("a", title, "<p>x</p>"))
    assert ("title-markup" in {finding.code for finding in reading.findings}) is warned
