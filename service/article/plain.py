"""Plain text from what may be HTML: for titles, descriptions and attributes, where markup has no place."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from service.article.types import Text, Variant

_SHORTCODE: Final = re.compile(r"\[[a-z][\w-]*(?:\s+[\w-]+=|\])")
"""How a paragraph begins that is a WordPress shortcode: `[caption id=…]`, `[gallery]`."""


def plain(text: Text | None) -> str:
    """The words of a part on one line; an absent part has none."""
    if text is None:
        return ""
    words = text.value
    if text.format == "html":
        words = _read(text.value).text(separator="", skip_empty=False) or ""
    return " ".join(words.split())


def _read(html: str) -> LexborHTMLParser:
    """The HTML without what is no text for a reader."""
    read = LexborHTMLParser(html, is_fragment=True)
    for node in read.css("script, style, template, noscript"):
        node.decompose()
    return read


def excerpt(variant: Variant, limit: int = 200) -> str:
    """The standfirst, or the body's first paragraph, cut at a word: what search results and feeds print."""
    words = plain(variant.parts.get("dek")) or _first_paragraph(variant.parts.get("body"))
    if len(words) <= limit:
        return words
    return words[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:.–—") + "…"


def _first_paragraph(body: Text | None) -> str:
    if body is None or body.format == "text":
        return plain(body and Text("text", body.value.strip().partition("\n\n")[0]))
    for paragraph in _read(body.value).css("p"):
        words = " ".join(paragraph.text(separator="").split())
        if words and not _SHORTCODE.match(words):  # a picture with its caption, a gallery: not what the article says
            return words
    return plain(body)
