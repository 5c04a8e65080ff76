"""Translations to parts: each sentence back in its block, each block back in the caller's markup."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count, pairwise
from typing import TypeVar

from service.article import attributes, links, markup, sentences
from service.article.alignment import ends_in_address
from service.article.inline import cut, join, to_html, to_text
from service.article.types import ATOM, Article, Block, BlockText, Inline, Span, Text, Translation

T = TypeVar("T", Text, BlockText)

_FRESH = 1_000_000
"""Element numbers from here on are those of elements that a person added in the target."""


def parts(article: Article, blocks: Iterable[BlockText]) -> dict[str, Text]:
    """The article's parts with these blocks in the caller's own markup."""
    written = {block.id: block.value for block in blocks}
    return {part.name: Text(part.format, markup.write(part, written)) for part in article.parts}


def linked(made: T, article: Article, target: str) -> T:
    """A part or a block in the locale `target`, with its links as the site's rules have them."""
    if made.format == "text" or not article.links:
        return made
    return replace(made, value=links.localised(made.value, article.links, article.locale, target))


def source_translations(article: Article) -> tuple[Translation, ...]:
    """The source as a variant of itself: every sentence its own target."""
    return tuple(
        Translation(item.segment.id, item.block.id, item.source, item.source, "source")
        for item in sentences.of(article)
    )


def blocks(article: Article, translations: Mapping[str, Translation], language: str) -> tuple[BlockText, ...]:
    """Each block of the article with `translations` (by segment id) in it, in a variant of `language`.

    What is in another language than the variant's carries its own `lang` (WCAG 2.2, 3.1.2).
    """
    contents = {block.id: _block(block, translations, article.language, language) for block in article.blocks()}
    return tuple(
        BlockText(block.id, part.name, block.role, _written(block, contents, language), block.format)
        for part in article.parts
        for block in part.blocks
    )


def _written(block: Block, contents: Mapping[str, Inline], language: str) -> str:
    if block.format == "text":
        return to_text(contents[block.id])
    html = to_html(_labelled(block, contents))
    foreign = block.language if block.language != language else None
    return f'<span lang="{foreign}">{html}</span>' if foreign else html


def _labelled(block: Block, contents: Mapping[str, Inline]) -> Inline:
    """A block's content, in the tags and atoms that it has of the source the attributes in the target."""
    content = contents[block.id]
    if not block.labelled:
        return content
    ours = {
        one.html: attributes.whole(
            [to_text(contents[piece]) if n % 2 else piece for n, piece in enumerate(one.skeleton)]
        )
        for one in block.labelled
    }
    spans = tuple(replace(span, open=ours.get(span.open, span.open)) for span in content.spans)
    atoms = tuple(replace(atom, html=ours.get(atom.html, atom.html)) for atom in content.atoms)
    return replace(content, spans=spans, atoms=atoms)


def _block(block: Block, translations: Mapping[str, Translation], source_language: str | None, language: str) -> Inline:
    """A block's content in the target: the targets of its segments with what stood between them."""
    pieces: list[Inline] = []
    position = 0
    fresh = count(_FRESH)
    for piece in block.segments:
        translation = translations[piece.id]
        source = target = cut(block.content, piece.start, piece.end)
        if translation.target != translation.source:
            carried = [atom.html for atom in source.atoms]
            target = adopt(markup.parse_inline(translation.target, carried), source, fresh)
        spoken = piece.language or (source_language if translation.origin == "source" else None)
        if spoken and spoken != language and translation.target == translation.source:
            cut_off = {s.element for s in block.content.spans if s.start < piece.start or s.end > piece.end}
            target = _marked(target, f'<span lang="{spoken}">', cut_off, fresh)
        between = cut(block.content, position, piece.start)
        if pieces and not between.text and not _one_word(cut(block.content, 0, piece.start), source):
            between = Inline(" " * _one_word(pieces[-1], target))
        pieces += [between, target]
        position = piece.end
    pieces.append(cut(block.content, position, len(block.content.text)))
    return join(pieces, block.content)


def _one_word(left: Inline, right: Inline) -> bool:
    """Whether pieces that meet make one word of what they end and begin with."""
    word, other = left.text[-1:], right.text[:1]
    both = all(each == ATOM or each.isalnum() for each in (word, other))
    return both or (other.isalnum() and ends_in_address(left))


def _marked(content: Inline, open_: str, cut_off: Collection[int], fresh: Iterator[int]) -> Inline:
    """The content with an element around it all, in pieces where elements that go on beyond it begin or end."""
    edges = {edge for span in content.spans if span.element in cut_off for edge in (span.start, span.end)}
    pieces = pairwise(sorted({0, len(content.text), *edges}))
    shown = [(start, end) for start, end in pieces if content.text[start:end].strip()]
    marks = [Span(start, end, next(fresh), open_, "</span>") for start, end in shown]
    return replace(content, spans=(*content.spans, *marks))


def adopt(target: Inline, source: Inline, fresh: Iterator[int]) -> Inline:
    """The target with the source's element numbers on the spans that open alike, and fresh ones on all others."""
    free = list(source.spans)
    spans: list[Span] = []
    for span in target.spans:
        twin = next((other for other in free if other.open == span.open), None)
        if twin is not None:
            free.remove(twin)
        spans.append(replace(span, element=twin.element if twin else next(fresh)))
    return replace(target, spans=tuple(spans))
