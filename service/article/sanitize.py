"""The only allow-list, and the only place that makes trusted Markup: article HTML for pages of our own
origin.

The API gives callers their own markup back untouched. What our origin renders is another matter: a page with
our cookies must run nothing of an article's. Embeds become links to their source, and pictures from hosts
that are not the site's become links too, so that reading an article tells no third party.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

import nh3
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser, LexborNode

_BLOCKS: Final = (
    "address article aside blockquote dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header"
    " hr li main ol p pre section summary ul"
)
_TABLES: Final = "caption col colgroup table tbody td tfoot th thead tr"
INLINES: Final = frozenset(
    (
        "a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span strong"
        " sub sup time u var wbr"
    ).split()
)
"""What may stand within a sentence."""
TAGS: Final = frozenset(f"{_BLOCKS} {_TABLES}".split()) | INLINES
"""Article markup. Every other element loses its tags and keeps its text, but for those in WITHOUT_CONTENT."""

_NO_TEXT: Final = (
    "button canvas datalist frame frameset head math noembed noframes noscript option script select style svg"
    " template textarea title xmp"
)
WITHOUT_CONTENT: Final = frozenset(_NO_TEXT.split())
"""Elements whose text is not the article's."""

_ATTRIBUTES: Final = {
    "*": {"lang", "dir", "translate"},
    "a": {"href", "hreflang"},
    "abbr": {"title"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"datetime"},
    "details": {"open"},
    "dfn": {"title"},
    "img": {"src", "alt", "width", "height"},
    "ins": {"datetime"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope", "abbr"},
    "time": {"datetime"},
}
_EMBEDS: Final = "iframe, video, audio, object, embed"
_H1: Final = re.compile(r"<(/?)h1(?=[ >])")


def for_our_pages(html: str, image_hosts: Collection[str] = ()) -> Markup:
    """Article HTML that our pages may print raw.

    `image_hosts` are the hosts (`images.example`, `localhost:9000`) whose pictures are shown, over https
    only. Links lead to absolute http(s) and mailto addresses; a relative one would be read against our
    address, not the article's, so it becomes plain text. A first-level heading becomes second-level: the page
    has its own.
    """
    tree = LexborHTMLParser(html, is_fragment=True)
    # Collected first, then changed: replacing nodes inside a live walk crashes selectolax. An embed inside
    # another embed is its fallback and goes with it.
    for node in [found for found in tree.css(_EMBEDS) if not _inside(found, _EMBEDS)]:
        _become_link(node, _embed_source(node), node.attributes.get("title"))
    for image in tree.css("img"):
        if not allowed_image(image.attributes.get("src"), image_hosts):
            _become_link(image, image.attributes.get("src"), image.attributes.get("alt"))

    def keep(tag: str, attribute: str, value: str) -> str | None:
        """The picture rule again, on what nh3 itself parsed: two parsers need not agree."""
        picture = tag == "img" and attribute == "src"
        return value if not picture or allowed_image(value, image_hosts) else None

    clean = nh3.clean(
        tree.html or "",
        tags=set(TAGS),
        clean_content_tags=set(WITHOUT_CONTENT),
        attributes=_ATTRIBUTES,
        attribute_filter=keep,
        link_rel="noopener",
        set_tag_attribute_values={"img": {"loading": "lazy", "decoding": "async"}},
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
    )
    return Markup(_H1.sub(r"<\1h2", clean))  # noqa: S704 - this is the one place that may


def words_for_our_pages(html: str) -> Markup:
    """A sentence for reading alone: nothing in it can be followed or loaded."""
    words = nh3.clean(
        html,
        tags=set(INLINES - {"a", "img"}),
        clean_content_tags=set(WITHOUT_CONTENT),
        attributes={"*": _ATTRIBUTES["*"]},
        link_rel=None,
    )
    return Markup(words)  # noqa: S704 - with `for_our_pages`, the one place that may


def allowed_image(url: str | None, hosts: Collection[str]) -> bool:
    """Whether our pages show this picture: https, from one of the site's hosts."""
    parts = _split(url)
    return parts is not None and parts[0] == "https" and parts[1] in {host.lower() for host in hosts}


def link_host(url: str | None) -> str | None:
    """The host of an absolute http(s) address, as the text of a link to it; None for anything else."""
    parts = _split(url)
    return parts[1].removeprefix("www.") if parts and parts[0] in ("http", "https") else None


def _split(url: str | None) -> tuple[str, str] | None:
    """(scheme, host with port), lower case; None for what is no absolute address."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:  # "http://[" and the like
        return None
    return (parts.scheme.lower(), parts.netloc.rpartition("@")[2].lower()) if parts.netloc else None


def _become_link(node: LexborNode, url: str | None, label: str | None) -> None:
    """Put a link in the node's place: its label, or else its host. Inside a link: the words only."""
    host = link_host(url)
    words = (label or "").strip() or host or ""
    if url is None or host is None or _inside(node, "a"):
        node.replace_with(words)
        return
    link = LexborHTMLParser("<a></a>", is_fragment=True).css_first("a")
    if link is None:
        raise AssertionError("lexbor lost an empty link")
    link.attrs["href"] = url.strip()
    link.insert_child(words)
    node.replace_with(link)


def _embed_source(node: LexborNode) -> str | None:
    """Where an embed comes from: its `src` or `data`, or its first `<source>`; `//host/…` means https."""
    inner = node.css_first("source[src]")
    candidates = (
        node.attributes.get("src"),
        node.attributes.get("data"),
        inner.attributes.get("src") if inner else None,
    )
    url = next((candidate.strip() for candidate in candidates if candidate), None)
    return f"https:{url}" if url and url.startswith("//") else url


def _inside(node: LexborNode, selector: str) -> bool:
    """Whether an element matching one of the names in `selector` stands around the node."""
    names = set(selector.split(", "))
    parent = node.parent
    while parent is not None:
        if parent.tag in names:
            return True
        parent = parent.parent
    return False
