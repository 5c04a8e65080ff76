"""HTML to parts and back.

The tree is walked once. What holds no text of its own becomes the part's skeleton, kept as markup; each run of
inline content becomes a block. Written back, everything but the text is the caller's own: comments, classes, ids,
`data-*`, embeds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborNode

from service.article import attributes, protect, tree
from service.article.attributes import chained, whole
from service.article.inline import escape_attribute, to_text
from service.article.tree import ATOMIC, BLOCK, OPAQUE, RAW, VOID
from service.article.types import ATOM, Atom, Block, Format, Inline, Labelled, Part, Span

_MARKUP = re.compile("[<&\0\r]")
"""What a parser would make something else of."""

_ROLES = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "summary", "legend", "dt"), "heading"),
    **dict.fromkeys(("li", "dd"), "item"),
    **dict.fromkeys(("td", "th"), "cell"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
}


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

    Raises MarkupError for markup deeper than tree.MAX_DEPTH.
    """
    reader = _Reader(name)
    reader.children(tree.siblings(tree.parse(html)), role="paragraph", depth=0)
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
    (None: any, as in a source), as often as it is; others without text are elements whose words were lost.

    Raises MarkupError for markup deeper than tree.MAX_DEPTH.
    """
    if not _MARKUP.search(html):
        return Inline(*_protected(html))
    run = _Run(None if carried is None else Counter(carried))
    for node in tree.siblings(tree.parse(html)):
        run.add(node, 0, flat=True)
    return run.content()


def visible_text(part: Part) -> str:
    """The part's text for a reader, a block a line: what detection looks at."""
    return "\n".join(to_text(block.content) for block in part.blocks if block.role != attributes.ROLE)


# --- reading -------------------------------------------------------------------------------------------------------


def _protected(text: str) -> tuple[str, tuple[()], tuple[Atom, ...]]:
    plain, atoms = protect.text(text)
    return plain, (), atoms


def _has_words(content: Inline) -> bool:
    return any(character.isalnum() for character in content.text)


@dataclass(slots=True)
class _Run:
    """Inline nodes being gathered into one content; of those that show no text, only the `carried` ones are atoms."""

    carried: Counter[str] | None = None
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
        opaque = not node.is_element_node or tag in VOID | OPAQUE | ATOMIC or (flat and tag in BLOCK)
        note = tree.is_note(node) and self._is_carried(node, depth)
        if opaque or note or tree.untranslated(tree.own_attributes(node)) or self._is_bare(node, depth):
            shown = node.text(deep=True) if node.is_element_node and tag not in RAW and not note else ""
            written = self._written(tree.markup(node, depth))
            self._append(ATOM, (Atom(written, " ".join(shown.split())),))
            if self.carried is not None:
                self.carried[written] -= 1
            return
        tree.check(depth)
        element, start = self.elements, self.length
        self.elements += 1
        place, opened = len(self.spans), self._written(tree.open_tag(node))
        for child in tree.children(node):
            self.add(child, depth + 1, flat=flat)
        self.spans.insert(place, Span(start, self.length, element, opened, f"</{tag}>"))

    def _written(self, pieces: list[str]) -> str:
        html = whole(pieces)
        if len(pieces) > 1:
            self.labelled[html] = pieces
        return html

    def _is_bare(self, node: LexborNode, depth: int) -> bool:
        """Whether an element shows no text and is to be carried as it is."""
        return not node.text(deep=True).strip() and self._is_carried(node, depth)

    def _is_carried(self, node: LexborNode, depth: int) -> bool:
        return self.carried is None or self.carried[whole(tree.markup(node, depth))] > 0

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
            if tree.is_inline(node, depth):
                run.append(node)
                continue
            self._run(run, role, depth)
            run = []
            self._container(node, role, depth)
        self._run(run, role, depth)

    def _container(self, node: LexborNode, role: str, depth: int) -> None:
        tree.check(depth)
        tag = node.tag or ""
        if not node.is_element_node or tag in VOID or tree.untranslated(tree.own_attributes(node)):
            self._add(tree.markup(node, depth))
            return
        inner = "quote" if tag == "blockquote" else _ROLES.get(tag, role)
        self._add(tree.open_tag(node))
        self.children(tree.children(node), inner, depth + 1)
        self._pieces[-1] += f"</{tag}>"

    def _run(self, nodes: list[LexborNode], role: str, depth: int) -> None:
        # What stands at the edges and shows no text (comments, white space) belongs to the skeleton.
        first, last = 0, len(nodes)
        while first < last and not tree.shows_text(nodes[first]):
            first += 1
        while last > first and not tree.shows_text(nodes[last - 1]):
            last -= 1
        run = _Run()
        for node in nodes[first:last]:
            run.add(node, depth)
        content = run.content()
        if not _has_words(content):
            self._add(chained([tree.markup(node, depth) for node in nodes]))
            return
        self._add(chained([tree.markup(node, depth) for node in nodes[:first]]))
        place, block = len(self.blocks), self._block(role, content)
        labelled = tuple(Labelled(html, tuple(self._named(pieces))) for html, pieces in run.labelled.items())
        self.blocks[place] = replace(self.blocks[place], labelled=labelled)
        self._pieces += [block, ""]
        self._add(chained([tree.markup(node, depth) for node in nodes[last:]]))
