"""A person's own translation beside the article's sentences: which of its text is known to stand for which of theirs.

A variant covers all parts of its article. What the person did not send stays as it was made before, and what nothing
was made of is the source's, and told to be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from service.article import attributes
from service.article.inline import cut, to_html
from service.article.types import Article, Block, Part, Refusal, Segment, Translation


def framed(
    article: Article, sent: Iterable[Part], earlier: Collection[Part], known: Mapping[str, Translation]
) -> tuple[tuple[Part, ...], tuple[Translation, ...]]:
    """The parts in whose markup a person's translation of `article` is written, and the translations that fill them.

    `sent` are the person's parts, cut into sentences; `earlier` those of a translation of this very text that stood
    here before; `known` what was made of its sentences, by segment id.

    Raises Refusal for a part that the article has nothing for.
    """
    ours = {part.name: part for part in article.parts}
    theirs = {part.name: part for part in sent}
    before = {part.name: part for part in earlier}
    for name in theirs:
        _check(name, article)
    parts: list[Part] = []
    translations: list[Translation] = []
    for name, part in {**ours, **before, **theirs}.items():
        if name in theirs:
            part, made = _aligned(ours.get(name), part)
            translations += made
        else:
            translations += _left(part, known, trusted=name in before)
        parts.append(part)
    return tuple(parts), tuple(translations)


def frame(article: Article, parts: tuple[Part, ...]) -> Article:
    """The article as a person's own parts are written: the links are where the person has them lead."""
    return replace(article, parts=parts, links=())


def _check(name: str, article: Article) -> None:
    have = {part.name for part in article.parts}
    group, _, last = name.partition(".")
    if group == "fields" and name not in have:
        names = ", ".join(sorted(one.removeprefix("fields.") for one in have if one.startswith("fields."))) or "none"
        raise Refusal("field-unknown", name, f"the article has no field {last!r}; it has: {names}")
    if group == "corrections" and name not in have:
        count = len(article.corrections)
        raise Refusal("correction-unknown", name, f"the article has no correction {last}; it has {count}")
    if group == "image" and article.image is None:
        raise Refusal("image-unknown", "image", "the article has no image; PUT the article with it first")


def _aligned(ours: Part | None, theirs: Part) -> tuple[Part, list[Translation]]:
    """What of a part stands for what of the source's: its text, and the attributes in that, each on their own."""
    known: dict[str, tuple[Block, bool]] = {}
    for attribute in (False, True):
        known |= _partners(ours.blocks if ours else (), theirs.blocks, attribute)
    blocks: list[Block] = []
    made: list[Translation] = []
    for target in theirs.blocks:
        if target.id not in known:
            blocks.append(replace(target, segments=()))
            continue
        source, fine = known[target.id]
        from_ = source.segments if fine else (_whole(source),)
        to = target.segments if fine else (_whole(target),)
        pieces = [replace(own, id=one.id) for one, own in zip(from_, to, strict=True)]
        blocks.append(replace(target, segments=tuple(pieces)))
        made += [
            Translation(one.id, target.id, _html(source, one), _html(target, own), "person")
            for one, own in zip(from_, pieces, strict=True)
        ]
    return replace(theirs, blocks=tuple(blocks)), made


def _partners(ours: Iterable[Block], theirs: Iterable[Block], attribute: bool) -> dict[str, tuple[Block, bool]]:
    """Their blocks' ids to the source's that they stand for: sentence by sentence (True) where both have the same
    blocks with as many sentences, else as a whole where there are as many blocks; else none is known."""
    sources = [block for block in ours if (block.role == attributes.ROLE) is attribute]
    made = [block for block in theirs if (block.role == attributes.ROLE) is attribute]
    if len(sources) != len(made):
        return {}
    fine = _shape(sources) == _shape(made)
    return {target.id: (source, fine) for source, target in zip(sources, made, strict=True)}


def _shape(blocks: Iterable[Block]) -> list[tuple[str, int]]:
    return [(block.role, len(block.segments)) for block in blocks]


def _whole(block: Block) -> Segment:
    """All of a block as one segment. Its id is the block's: a sentence's is made from its text, so they never meet."""
    return Segment(block.id, 0, len(block.content.text))


def _left(part: Part, known: Mapping[str, Translation], *, trusted: bool) -> Iterator[Translation]:
    """What stands in a part that the person did not send; the source, where nothing was made of a sentence."""
    for block in part.blocks:
        for piece in block.segments:
            source = _html(block, piece)
            made = known.get(piece.id)
            if made is not None and (trusted or made.source == source):
                yield made
            else:
                yield Translation(piece.id, block.id, source, source, "kept" if piece.rule == "keep" else "source")


def _html(block: Block, piece: Segment) -> str:
    return to_html(cut(block.content, piece.start, piece.end))
