"""The page on which a person reads what was found in a source, and accepts it: as it was posted, or with changes.

It is the publisher's own, under /desk/, with forms that need no script. Whoever may call the API may open it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from flask import Blueprint, current_app, make_response, render_template, request
from werkzeug.wrappers import Response

from service.article import protect, repair
from service.article.locale import long_datetime, page_language, relative
from service.article.types import ATOM, Article, Change, Dossier, Refusal, Site
from service.jobs import acceptance
from service.web.acceptance import changed
from service.web.desk import desk
from service.web.frame import frame, path_prefix, preferred, problem, redirect
from service.web.page import Moment
from service.web.problems import ProblemError
from service.web.ui import speak

pages = Blueprint("source", __name__, url_prefix="/desk/articles/<article_id>/source", template_folder="templates")

_SHOWN_FOR_ATOM: Final = "▫"
"""Stands for an image or a line break."""

_AROUND: Final = 30
"""Characters before and behind a place that is listed."""

_MAX_NAME: Final = 200
_DECISIONS: Final = ("ticked", "all", "posted", "reopen")
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a block's text, or a change in it."""

    text: str
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block that changes: its text, piece by piece."""

    block: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A change of a group, with the words around it; `other` is whether it is decided otherwise than its group."""

    change: Change
    before: str
    after: str
    other: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The same words changed to the same ones in several places: one decision, with exceptions. Its `id` is that of
    its first change."""

    id: str
    before: str
    after: str
    accepted: bool
    places: tuple[Place, ...]


@pages.get("")
def show(article_id: str) -> Response:
    """What was found in the source, and the changes that mend it, to be accepted or not."""
    dossier = desk().dossier(article_id)
    return _page(dossier) if dossier else _unknown()


@pages.post("")
def decide(article_id: str) -> Response:
    """Accept the source with the changes that are ticked, with all, or with none; or take that back."""
    if not _from_here():
        raise ProblemError(403, "other-origin", "this form was sent from another site; open it at this service's own")
    dossier = desk().dossier(article_id)
    if dossier is None:
        return _unknown()
    by, decision = request.form.get("by", "").strip()[:_MAX_NAME], request.form.get("decision", "")
    read = request.form.get("revision", type=int)
    if decision not in _DECISIONS:
        raise ProblemError(422, "decision-unknown", f"`decision` is one of {', '.join(_DECISIONS)}")
    if decision != "reopen" and read is None:
        raise ProblemError(422, "revision-missing", "send `revision`, the number of the one that was read")
    if decision != "reopen" and not by:
        return _page(dossier, status=422, fault="name")
    chosen = {"all": None, "ticked": _ticked(dossier.article)}.get(decision, [])
    change = partial(acceptance.accept, by=by, changes=chosen, read=read)
    try:
        changed(article_id, acceptance.reopen if decision == "reopen" else change)
    except (ProblemError, Refusal) as error:
        dossier = desk().dossier(article_id)
        if dossier is None:
            return _unknown()
        refused = isinstance(error, Refusal)
        return _page(dossier, status=422 if refused else 409, fault=error.code if refused else "changed")
    return redirect(f"{path_prefix()}/desk/articles/{article_id}/source", 303, "no-store")


def _ticked(article: Article) -> list[str]:
    """The changes that the form accepts: those ticked one by one, and those of a group as it is ticked, but for those
    that are ticked to be decided otherwise."""
    groups, others = set(request.form.getlist("group")), set(request.form.getlist("other"))
    told = [one.id for group in grouped(article) for one in group if (group[0].id in groups) != (one.id in others)]
    return [*request.form.getlist("change"), *told]


def grouped(article: Article) -> list[list[Change]]:
    """The changes of the same words to the same ones, whatever their case, where there are several of them."""
    groups: dict[tuple[str, str], list[Change]] = {}
    for one in repair.proposals(article):
        groups.setdefault((one.before.lower(), one.after.lower()), []).append(one)
    return sorted((group for group in groups.values() if len(group) > 1), key=len, reverse=True)


def groups(article: Article) -> Iterator[Group]:
    """The groups as they are shown."""
    texts = {block.id: protect.opened(block.content).text for block in repair.as_posted(article).blocks()}
    for group in grouped(article):
        accepted = 2 * sum(one.state == "rejected" for one in group) <= len(group)
        first = group[0]
        yield Group(
            first.id,
            first.before.lower(),
            first.after.lower(),
            accepted,
            tuple(_place(one, texts[one.block].replace(ATOM, _SHOWN_FOR_ATOM), accepted) for one in group),
        )


def _place(one: Change, text: str, accepted: bool) -> Place:
    before, after = text[max(0, one.start - _AROUND) : one.start], text[one.end : one.end + _AROUND]
    return Place(one, before, after, (one.state != "rejected") != accepted)


def paragraphs(article: Article) -> Iterator[Paragraph]:
    """The blocks that changes are proposed or decided for, as they were posted, with those in place."""
    changes: dict[str, list[Change]] = {}
    for one in repair.proposals(article):
        changes.setdefault(one.block, []).append(one)
    for block in repair.as_posted(article).blocks():
        if block.id in changes:
            text = protect.opened(block.content).text
            yield Paragraph(block.id, tuple(_pieces(text.replace(ATOM, _SHOWN_FOR_ATOM), changes[block.id])))


def _pieces(text: str, changes: list[Change]) -> Iterator[Piece]:
    position = 0
    for one in changes:
        if position < one.start:
            yield Piece(text[position : one.start])
        yield Piece(one.before, one)
        position = one.end
    if position < len(text):
        yield Piece(text[position:])


def _page(dossier: Dossier, status: int = 200, fault: str = "") -> Response:
    site, article = dossier.site, dossier.article
    locale = preferred(site.locales)
    speak(current_app, locale)
    quality = article.source_quality
    at = quality.accepted_at
    page = render_template(
        "source.html",
        article=article,
        quality=quality,
        accepted=_accepted(at, locale, site) if at else None,
        title=title(article),
        paragraphs=[*paragraphs(article)],
        groups=[*groups(article)],
        grouped={one.id for group in grouped(article) for one in group},
        source_language=page_language(article.locale, site) if article.locale else "",
        revision=dossier.revision,
        policy=site.source_policy,
        fault=fault,
        **frame(site, locale, None),
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _accepted(at: datetime, locale: str, site: Site) -> Moment:
    """When, and how long ago: this page is never kept."""
    words = f"{long_datetime(at, locale, site.time_zone)} ({relative(at, datetime.now(UTC), locale)})"
    return Moment(at.isoformat(timespec="seconds"), words)


def title(article: Article) -> str:
    """An article's title as it was posted, whatever language that is in."""
    parts = repair.as_posted(article).parts
    return next((protect.opened(block.content).text for part in parts for block in part.blocks), article.id)


def _unknown() -> Response:
    response = problem(404, "unknown", page_language(preferred(desk().site().locales), desk().site()))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _from_here() -> bool:
    """Whether a form was sent from a page of ours: browsers say where from (Fetch, "origin request header")."""
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    own = urlsplit(origin)
    if own.netloc == urlsplit(desk().public_url).netloc:
        return True
    return own.netloc == request.host and own.hostname in _LOOPBACK  # not any name that was made to lead here
