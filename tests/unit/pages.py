"""Reading pages in tests."""

from __future__ import annotations

from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser


def parse(html: str) -> LexborHTMLParser:
    """A whole document."""
    return LexborHTMLParser(html)


def words(html: str, selector: str) -> str:
    """The text of the first element that matches, empty where there is none."""
    node = parse(html).css_first(selector)
    text = " ".join(node.text(separator=" ").split()) if node else ""
    return text.replace(" .", ".").replace(" ,", ",")


def xml(text: str) -> ElementTree.Element:
    """A feed or a sitemap."""
    return ElementTree.fromstring(text)  # noqa: S314 - our own
