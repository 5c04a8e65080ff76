"""The starter glossary: institutions, offices and ranks of Indonesia, where a site has no terms of its own for them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from service.article import termlist
from service.article.types import Site, Term


def csv() -> bytes:
    """The starter glossary as the product brings it, for an editor to make his own of it."""
    return files("service").joinpath("data", "glossary.csv").read_bytes()


@cache
def terms(source: str, target: str) -> tuple[Term, ...]:
    """Its terms from one language to another."""
    return tuple(term for term in _all() if (term.source_language, term.target_language) == (source, target))


def applied(site: Site, own: Sequence[Term], source: str, target: str) -> list[Term]:
    """The terms that count for a site: its own, and of the starter what they say nothing about, if it wants that."""
    if not site.starter_glossary:
        return list(own)
    said = {term.source.casefold() for term in own}
    return [*own, *(term for term in terms(source, target) if term.source.casefold() not in said)]


@cache
def _all() -> tuple[Term, ...]:
    return tuple(termlist.read(csv()))
