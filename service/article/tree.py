"""A fragment of HTML as a tree, and its nodes as markup again.

Parsing is selectolax's (lexbor); writing follows WHATWG HTML 13.3, "Serializing HTML fragments".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from service.article import attributes
from service.article.attributes import chained
from service.article.inline import escape_text

MAX_DEPTH = 256
"""Elements inside elements; deeper markup is refused, it is never an article."""

_MAX_OPEN = 16 * MAX_DEPTH
"""Elements that may be open at a time by a rough count, which takes no heed of comments and scripts."""

_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
RAW = frozenset("script style xmp iframe noembed noframes plaintext".split())
OPAQUE = RAW | frozenset(
    "svg math object video audio canvas template textarea select pre head title map picture noscript".split()
)
ATOMIC = frozenset("code kbd samp var tt".split())
BLOCK = frozenset(
    """address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p
    section summary table tbody td tfoot th thead tr ul""".split()
)
_UNCLOSED = VOID | frozenset("p li dt dd tr td th thead tbody tfoot option optgroup colgroup rt rp".split())
"""Elements whose end tag is missing or may be."""

_NOTE = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§]{1,3})[\])]?")
"""What the reference to a footnote shows."""


class MarkupError(ValueError):
    """Markup that is refused; the message names the remedy."""


def parse(html: str) -> LexborNode | None:
    """The first node of a fragment.

    fragment_tag="template" is the one context in which comments, table rows and list items may stand at the root.
    A comment goes first because `html` of the first node of a fragment is that of the whole fragment.
    """
    _check_open(html)
    parser = LexborHTMLParser("<!---->" + html, is_fragment=True, fragment_tag="template")
    return parser.root.next if parser.root is not None else None


def _check_open(html: str) -> None:
    """Refuse markup with thousands of elements inside each other before the parser, quadratic in that, sees it."""
    depth = 0
    for match in _TAG.finditer(html):
        if match[2].lower() not in _UNCLOSED:
            depth += -1 if match[1] else 1
            if depth > _MAX_OPEN:
                raise MarkupError(f"the markup nests elements deeper than {MAX_DEPTH}; flatten it")


def siblings(node: LexborNode | None) -> Iterator[LexborNode]:
    while node is not None:
        yield node
        node = node.next


def children(node: LexborNode) -> Iterator[LexborNode]:
    return siblings(node.child)


def own_attributes(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


def open_tag(node: LexborNode, *, texts: bool = True) -> list[str]:
    return attributes.tag(node.tag or "", own_attributes(node), texts=texts)


def markup(node: LexborNode, depth: int, *, texts: bool = True) -> list[str]:
    """A node and all below it: markup, the value of an attribute that is text, markup… (see `attributes`)."""
    if node.is_text_node:
        parent = node.parent
        raw = node.text_content or ""
        return [raw if parent is not None and parent.tag in RAW else escape_text(raw)]
    if not node.is_element_node:
        return [node.html or ""]
    check(depth)
    tag, own = node.tag or "", own_attributes(node)
    texts = texts and not untranslated(own)
    if tag in VOID:
        return open_tag(node, texts=texts)
    if tag in ("svg", "math", "template"):  # foreign content and template contents are not plain children
        return attributes.within(node.html or "", tag, own if texts else {})
    inner = chained([markup(child, depth + 1, texts=texts) for child in children(node)])
    # A parser drops one newline after <pre>; one that was there must be written twice (WHATWG 13.3).
    newline = "\n" if tag in ("pre", "textarea", "listing") and inner[0].startswith("\n") else ""
    return chained([open_tag(node, texts=texts), [newline], inner, [f"</{tag}>"]])


def check(depth: int) -> None:
    if depth >= MAX_DEPTH:
        raise MarkupError(f"the markup nests elements deeper than {MAX_DEPTH}; flatten it")


def is_inline(node: LexborNode, depth: int) -> bool:
    """Whether a node belongs into a run of text: text, comments, and elements that hold no block-level element."""
    if node.is_text_node or node.is_comment_node:
        return True
    if not node.is_element_node:
        return False
    check(depth)
    if (node.tag or "") in BLOCK:
        return False
    if (node.tag or "") in OPAQUE:
        return True
    return all(is_inline(child, depth + 1) for child in children(node))


def untranslated(attributes: dict[str, str]) -> bool:
    return attributes.get("translate", "").lower() == "no" or "notranslate" in attributes.get("class", "").split()


def is_note(node: LexborNode) -> bool:
    """Whether an element is the reference to a footnote: it has no place in what a model reads.

    What it shows is no text of the sentence, so that the number behind a word is not read as part of that.
    """
    other = {"sup": "a", "a": "sup"}.get(node.tag or "")
    if other is None or not _NOTE.fullmatch(node.text(deep=True).strip()):
        return False
    return node.css_first(other) is not None


def tags(html: str) -> Counter[str]:
    """The start tags of a fragment with their attributes, and its comments, as a parser finds them."""
    found: Counter[str] = Counter()
    waiting = list(siblings(parse(html)))
    while waiting:
        node = waiting.pop()
        if node.is_element_node:
            found[attributes.whole(open_tag(node, texts=False))] += 1
            waiting += children(node)
        elif node.is_comment_node:
            found[node.html or ""] += 1
    return found


def shows_text(node: LexborNode) -> bool:
    if node.is_comment_node:
        return False
    if node.is_text_node:
        return bool((node.text_content or "").strip())
    return bool(node.text(deep=True).strip()) and (node.tag or "") not in OPAQUE
