"""HTML to parts and back.

The tree is walked once. What holds no text of its own becomes the part's skeleton, kept as markup; each run of
inline content becomes a block. Written back, everything but the text is the caller's own: comments, classes, ids,
`data-*`, embeds. Parsing is selectolax's (lexbor); writing follows WHATWG HTML 13.3, "Serializing HTML fragments".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from service.article import attributes, protect
from service.article.attributes import chained, whole
from service.article.inline import escape_attribute, escape_text, to_text
from service.article.types import ATOM, Atom, Block, Format, Inline, Labelled, Part, Span

MAX_DEPTH = 256
"""Elements inside elements; deeper markup is refused, it is never an article."""

_MAX_OPEN = 16 * MAX_DEPTH
"""Elements that may be open at a time by a rough count, which takes no heed of comments and scripts."""

_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_RAW = frozenset("script style xmp iframe noembed noframes plaintext".split())
_OPAQUE = _RAW | frozenset(
    "svg math object video audio canvas template textarea select pre head title map picture noscript".split()
)
_ATOMIC = frozenset("code kbd samp var tt".split())
_BLOCK = frozenset(
    """address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p
    section summary table tbody td tfoot th thead tr ul""".split()
)
_UNCLOSED = _VOID | frozenset("p li dt dd tr td th thead tbody tfoot option optgroup colgroup rt rp".split())
"""Elements whose end tag is missing or may be."""

_NOTE = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§]{1,3})[\])]?")
"""What the reference to a footnote shows."""

_ROLES = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "summary", "legend", "dt"), "heading"),
    **dict.fromkeys(("li", "dd"), "item"),
    **dict.fromkeys(("td", "th"), "cell"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
}


class MarkupError(ValueError):
    """Markup that is refused; the message names the remedy."""


def plain_part(name: str, text: str) -> Part:
    """A part of plain text, such as a title: one block."""
    stripped = text.strip()
    content = Inline(*_protected(stripped))
    blocks = (Block(f"{name}.0", name.partition(".")[0], content, format="text"),) if _has_words(content) else ()
    return Part(name, "text", ("", f"{name}.0", "") if blocks else (stripped,), blocks)


def lines_part(name: str, text: str) -> Part:
    """A part of plain text whose line breaks are kept: a block for each line that has words."""
    skeleton, blocks = [""], list[Block]()
    for piece in re.split(r"(\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])", text):
        content = Inline(*_protected(piece.strip()))
        if not _has_words(content):
            skeleton[-1] += piece
            continue
        block = f"{name}.{len(blocks)}"
        blocks.append(Block(block, "line", content, format="text"))
        stripped = piece.strip()
        start = piece.index(stripped)
        skeleton[-1] += piece[:start]
        skeleton += [block, piece[start + len(stripped) :]]
    return Part(name, "text", tuple(skeleton), tuple(blocks))


def html_part(name: str, html: str) -> Part:
    """A part of HTML.

    Raises MarkupError for markup deeper than MAX_DEPTH.
    """
    reader = _Reader(name)
    reader.children(_siblings(_parse(html)), role="paragraph", depth=0)
    return Part(name, "html", tuple(reader.skeleton()), tuple(reader.blocks))


def write(part: Part, blocks: dict[str, str]) -> str:
    """The part with `blocks[id]` (already HTML or plain text, as the block's format is) in place of each block."""
    escaped = {block.id for block in part.blocks if block.format != part.format}
    return "".join(
        piece if index % 2 == 0 else escape_attribute(blocks[piece]) if piece in escaped else blocks[piece]
        for index, piece in enumerate(part.skeleton)
    )


def parse_inline(html: str, carried: Collection[str] | None = ()) -> Inline:
    """An inline fragment, as a sentence is stored or a person edits it, as content.

    Block-level tags in it are carried as atoms, and so are elements without text where their markup is `carried`
    (None: any, as in a source); others without text are elements whose words were lost.

    Raises MarkupError for markup deeper than MAX_DEPTH.
    """
    run = _Run(carried)
    for node in _siblings(_parse(html)):
        run.add(node, 0, flat=True)
    return run.content()


def visible_text(part: Part) -> str:
    """The part's text for a reader, a block a line: what detection looks at."""
    return "\n".join(to_text(block.content) for block in part.blocks if block.role != attributes.ROLE)


def _parse(html: str) -> LexborNode | None:
    """The first node of a fragment.

    fragment_tag="template" is the one context in which comments, table rows and list items may stand at the root.
    A comment goes first because `html` of the first node of a fragment is that of the whole fragment.
    """
    _check_open(html)
    parser = LexborHTMLParser("<!---->" + html, is_fragment=True, fragment_tag="template")
    return parser.root.next if parser.root is not None else None


# --- reading -------------------------------------------------------------------------------------------------------


def _check_open(html: str) -> None:
    """Refuse markup with thousands of elements inside each other before the parser, quadratic in that, sees it."""
    depth = 0
    for match in _TAG.finditer(html):
        if match[2].lower() not in _UNCLOSED:
            depth += -1 if match[1] else 1
            if depth > _MAX_OPEN:
                raise MarkupError(f"the markup nests elements deeper than {MAX_DEPTH}; flatten it")


def _siblings(node: LexborNode | None) -> Iterator[LexborNode]:
    while node is not None:
        yield node
        node = node.next


def _children(node: LexborNode) -> Iterator[LexborNode]:
    return _siblings(node.child)


def _attributes(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


def _open_tag(node: LexborNode, *, texts: bool = True) -> list[str]:
    return attributes.tag(node.tag or "", _attributes(node), texts=texts)


def _markup(node: LexborNode, depth: int, *, texts: bool = True) -> list[str]:
    """A node and all below it: markup, the value of an attribute that is text, markup… (see `attributes`)."""
    if node.is_text_node:
        parent = node.parent
        raw = node.text_content or ""
        return [raw if parent is not None and parent.tag in _RAW else escape_text(raw)]
    if not node.is_element_node:
        return [node.html or ""]
    _check(depth)
    tag, own = node.tag or "", _attributes(node)
    texts = texts and not _untranslated(own)
    if tag in _VOID:
        return _open_tag(node, texts=texts)
    if tag in ("svg", "math", "template"):  # foreign content and template contents are not plain children
        return attributes.within(node.html or "", tag, own if texts else {})
    inner = chained([_markup(child, depth + 1, texts=texts) for child in _children(node)])
    # A parser drops one newline after <pre>; one that was there must be written twice (WHATWG 13.3).
    newline = "\n" if tag in ("pre", "textarea", "listing") and inner[0].startswith("\n") else ""
    return chained([_open_tag(node, texts=texts), [newline], inner, [f"</{tag}>"]])


def _check(depth: int) -> None:
    if depth >= MAX_DEPTH:
        raise MarkupError(f"the markup nests elements deeper than {MAX_DEPTH}; flatten it")


def _is_inline(node: LexborNode, depth: int) -> bool:
    """Whether a node belongs into a run of text: text, comments, and elements that hold no block-level element."""
    if node.is_text_node or node.is_comment_node:
        return True
    if not node.is_element_node:
        return False
    _check(depth)
    if (node.tag or "") in _BLOCK:
        return False
    if (node.tag or "") in _OPAQUE:
        return True
    return all(_is_inline(child, depth + 1) for child in _children(node))


def _untranslated(attributes: dict[str, str]) -> bool:
    return attributes.get("translate", "").lower() == "no" or "notranslate" in attributes.get("class", "").split()


def _is_note(node: LexborNode) -> bool:
    """Whether an element is the reference to a footnote: it has no place in what a model reads.

    What it shows is no text of the sentence, so that the number behind a word is not read as part of that.
    """
    other = {"sup": "a", "a": "sup"}.get(node.tag or "")
    if other is None or not _NOTE.fullmatch(node.text(deep=True).strip()):
        return False
    return node.css_first(other) is not None


def _protected(text: str) -> tuple[str, tuple[()], tuple[Atom, ...]]:
    plain, atoms = protect.text(text)
    return plain, (), atoms


def _has_words(content: Inline) -> bool:
    return any(character.isalnum() for character in content.text)


@dataclass(slots=True)
class _Run:
    """Inline nodes being gathered into one content; of those that show no text, only the `carried` ones are atoms."""

    carried: Collection[str] | None = None
    text: list[str] = field(default_factory=list)
    length: int = 0
    spans: list[Span] = field(default_factory=list)
    atoms: list[Atom] = field(default_factory=list)
    elements: int = 0
    labelled: dict[str, list[str]] = field(default_factory=dict)

    def add(self, node: LexborNode, depth: int, *, flat: bool = False) -> None:
        if node.is_text_node:
            plain, atoms = protect.text(node.text_content or "")
            self._append(plain, atoms)
            return
        tag = node.tag or ""
        opaque = not node.is_element_node or tag in _VOID | _OPAQUE | _ATOMIC or (flat and tag in _BLOCK)
        note = _is_note(node)
        if opaque or note or _untranslated(_attributes(node)) or self._is_bare(node, depth):
            shown = node.text(deep=True) if node.is_element_node and tag not in _RAW and not note else ""
            self._append(ATOM, (Atom(self._written(_markup(node, depth)), " ".join(shown.split())),))
            return
        _check(depth)
        element, start = self.elements, self.length
        self.elements += 1
        place, opened = len(self.spans), self._written(_open_tag(node))
        for child in _children(node):
            self.add(child, depth + 1, flat=flat)
        self.spans.insert(place, Span(start, self.length, element, opened, f"</{tag}>"))

    def _written(self, pieces: list[str]) -> str:
        html = whole(pieces)
        if len(pieces) > 1:
            self.labelled[html] = pieces
        return html

    def _is_bare(self, node: LexborNode, depth: int) -> bool:
        """Whether an element shows no text and is to be carried as it is."""
        bare = not node.text(deep=True).strip()
        return bare and (self.carried is None or whole(_markup(node, depth)) in self.carried)

    def _append(self, text: str, atoms: tuple[Atom, ...]) -> None:
        self.text.append(text)
        self.length += len(text)
        self.atoms.extend(atoms)

    def content(self) -> Inline:
        return Inline("".join(self.text), tuple(self.spans), tuple(self.atoms))


class _Reader:
    """Walks a tree and gathers the skeleton and the blocks of one part."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.blocks: list[Block] = []
        self._pieces: list[str] = [""]

    def skeleton(self) -> list[str]:
        return self._pieces

    def _add(self, pieces: list[str]) -> None:
        """More of the skeleton: markup, and the attributes between as blocks."""
        self._pieces[-1] += pieces[0]
        self._pieces += self._named(pieces)[1:]

    def _named(self, pieces: list[str]) -> list[str]:
        """Markup, text, markup… with a block for each text, and its id in its place."""
        return [
            self._block(attributes.ROLE, Inline(*_protected(piece)), "text") if index % 2 else piece
            for index, piece in enumerate(pieces)
        ]

    def _block(self, role: str, content: Inline, format: Format = "html") -> str:
        """The id of a new block."""
        self.blocks.append(Block(f"{self.name}.{len(self.blocks)}", role, content, format=format))
        return self.blocks[-1].id

    def children(self, nodes: Iterator[LexborNode], role: str, depth: int) -> None:
        run: list[LexborNode] = []
        for node in nodes:
            if _is_inline(node, depth):
                run.append(node)
                continue
            self._run(run, role, depth)
            run = []
            self._container(node, role, depth)
        self._run(run, role, depth)

    def _container(self, node: LexborNode, role: str, depth: int) -> None:
        _check(depth)
        tag = node.tag or ""
        if not node.is_element_node or tag in _VOID or _untranslated(_attributes(node)):
            self._add(_markup(node, depth))
            return
        inner = "quote" if tag == "blockquote" else _ROLES.get(tag, role)
        self._add(_open_tag(node))
        self.children(_children(node), inner, depth + 1)
        self._pieces[-1] += f"</{tag}>"

    def _run(self, nodes: list[LexborNode], role: str, depth: int) -> None:
        # What stands at the edges and shows no text (comments, white space) belongs to the skeleton.
        first, last = 0, len(nodes)
        while first < last and not _shows_text(nodes[first]):
            first += 1
        while last > first and not _shows_text(nodes[last - 1]):
            last -= 1
        run = _Run()
        for node in nodes[first:last]:
            run.add(node, depth)
        content = run.content()
        if not _has_words(content):
            self._add(chained([_markup(node, depth) for node in nodes]))
            return
        self._add(chained([_markup(node, depth) for node in nodes[:first]]))
        place, block = len(self.blocks), self._block(role, content)
        labelled = tuple(Labelled(html, tuple(self._named(pieces))) for html, pieces in run.labelled.items())
        self.blocks[place] = replace(self.blocks[place], labelled=labelled)
        self._pieces += [block, ""]
        self._add(chained([_markup(node, depth) for node in nodes[last:]]))


def _shows_text(node: LexborNode) -> bool:
    if node.is_comment_node:
        return False
    if node.is_text_node:
        return bool((node.text_content or "").strip())
    return bool(node.text(deep=True).strip()) and (node.tag or "") not in _OPAQUE
