"""A submission to parts: HTML as it is, Markdown through CommonMark, plain text as newspapers give it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from markdown_it import MarkdownIt

from service.article import markup, plaintext, tree
from service.article.types import Finding, Image, Part, Refusal, Submission

_MARKUP = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]\w+);|</?[A-Za-z][^<>]*>")
"""What a title has that was taken from where a CMS keeps it as HTML."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the parts (no sentences yet), the picture, the locales that the text itself asks for."""

    parts: tuple[Part, ...]
    image: Image | None
    locales: tuple[str, ...]
    findings: tuple[Finding, ...]


def read(submission: Submission) -> Reading:
    """Read a submission of any format into parts.

    Raises Refusal where there is no title or no text, or where the markup is refused.
    """
    title, dek, credit = submission.title, submission.dek, None
    locales: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    html = submission.body
    if submission.format == "text":
        text = plaintext.read(submission.body, title=title, dek=dek)
        title, dek, credit, html = text.title, text.dek, text.credit, text.html
        locales, findings = text.locales, text.findings
    elif submission.format == "markdown":
        html = _markdown().render(submission.body)
    if title is not None and submission.format != "text":
        title, credit = plaintext.split_credit(title)
    if not title or not title.strip():
        raise Refusal("title-missing", "title", "an article needs a title: send `title`, or text with a first line")
    if _MARKUP.search(title):
        findings += (Finding("title-markup", "the title is plain text, and seems to hold markup", evidence=title),)
    image = submission.image
    if credit:
        image = replace(image or Image(), credit=(image.credit if image else None) or credit)
    return Reading(tuple(_parts(submission, title, dek, html)), image, locales, findings)


def _parts(submission: Submission, title: str, dek: str | None, body: str) -> list[Part]:
    parts = [markup.plain_part("title", title)]
    if dek:
        parts.append(markup.plain_part("dek", dek))
    parts.append(_html("body", body))
    if submission.image_caption:
        parts.append(markup.plain_part("image.caption", submission.image_caption))
    if submission.image_alt:
        parts.append(markup.plain_part("image.alt", submission.image_alt))
    for name, value in submission.fields.items():
        make = _html if value.format == "html" else markup.plain_part
        parts.append(make(f"fields.{name}", value.value))
    for index, (_, text) in enumerate(submission.corrections):
        parts.append(markup.plain_part(f"corrections.{index}", text))
    return parts


def _html(name: str, html: str) -> Part:
    try:
        return markup.html_part(name, html)
    except tree.MarkupError as error:
        raise Refusal("markup-refused", name, f"{name}: {error}") from error


def _markdown() -> MarkdownIt:
    """CommonMark with tables and strikethrough. Raw HTML passes, as CommonMark says; guarded where it is shown."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])
