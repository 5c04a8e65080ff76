"""Articles: saved with their outcome, loaded as dossiers, listed in pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, Row, delete, exists, func, insert, or_, select, tuple_, update

from service.article import repair
from service.article.types import Article, Dossier, Edition, Site, SourceQuality, Unsure
from service.store import documents, sites, tables, variants

Outcome = Literal["created", "revised", "unchanged", "superseded"]

_article = tables.article
_address = tables.address
_tombstone = tables.tombstone


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did. `text_changed` tells whether anything is to be translated anew."""

    outcome: Outcome
    revision: int
    text_changed: bool


def save(connection: Connection, article: Article, digest: str, now: datetime) -> Saved:
    """Store an article, or its next revision.

    `digest` tells whether the caller sent the same again. An article that is older than the stored one, by the
    caller's own `revision` or `updated_at`, changes nothing: a CMS's late retry must not overwrite newer text.
    """
    row = connection.execute(select(_article).where(_article.c.id == article.id)).first()
    if row is None:
        revision = _first_revision(connection, article.id)
        connection.execute(
            insert(_article).values(
                id=article.id,
                site=article.site,
                revision=revision,
                n=0,
                created_at=now,
                **_columns(article, digest, now, now),
            )
        )
        _keep_addresses(connection, article)
        _count(connection)
        return Saved("created", revision, text_changed=True)
    if _older(article, row):
        return Saved("superseded", row.revision, text_changed=False)
    if digest == row.digest:
        return Saved("unchanged", row.revision, text_changed=False)
    before = documents.load_article(row.document)
    text_changed = _translated(before) != _translated(article)
    revision = row.revision + 1
    connection.execute(
        update(_article)
        .where(_article.c.id == article.id)
        .values(site=article.site, revision=revision, **_columns(article, digest, row.created_at, now))
    )
    _keep_addresses(connection, article)
    _count(connection)
    return Saved("revised", revision, text_changed)


def amend(connection: Connection, article: Article, now: datetime) -> int:
    """Store the next revision of an article that is there, made by a person here and not by its sender; gives it.

    What was sent last is known still, so that the same sent again changes nothing.
    """
    row = connection.execute(select(_article).where(_article.c.id == article.id)).one()
    revision: int = row.revision + 1
    values = {"revision": revision, **_columns(article, row.digest, row.created_at, now)}
    connection.execute(update(_article).where(_article.c.id == article.id).values(values))
    _count(connection)
    return revision


def get(connection: Connection, article_id: str) -> Article | None:
    """An article as it was received last, None where there is none of that id."""
    row = connection.execute(select(_article.c.document).where(_article.c.id == article_id)).first()
    return documents.load_article(row.document) if row else None


def revision(connection: Connection, article_id: str) -> int | None:
    """The stored revision of an article, None where there is none of that id."""
    found: int | None = connection.execute(select(_article.c.revision).where(_article.c.id == article_id)).scalar()
    return found


def dossier(connection: Connection, article_id: str) -> Dossier | None:
    """An article with its site and editions, None where there is none of that id."""
    row = connection.execute(select(_article).where(_article.c.id == article_id)).first()
    return _dossiers(connection, [row])[0] if row else None


def versions(connection: Connection, ids: Collection[str], urls: Collection[str] = ()) -> tuple[object, ...]:
    """What tells whether these articles, and those that have one of these addresses, are what they were: equal only
    while their texts, their variants and the states of these are the same, and no such article came or went."""
    job = tables.job
    own = select(_address.c.article).where(_address.c.url.in_(urls))
    query = (
        select(_article.c.id, _article.c.revision, _article.c.n, job.c.locale, job.c.state)
        .join_from(_article, job, isouter=True)
        .where(or_(_article.c.id.in_(ids), _article.c.id.in_(own)) if urls else _article.c.id.in_(ids))
        .order_by(_article.c.id, job.c.locale)
    )
    return tuple(map(tuple, connection.execute(query)))


def addressed(connection: Connection, urls: Collection[str], ids: Collection[str]) -> list[Dossier]:
    """The articles that have one of these addresses of the publisher's own, or one of these ids, the newest last.

    Of two with one address that is the one to believe: a post that was made anew in the CMS comes under another id, and
    what it came under before is not sent again.
    """
    own = select(_address.c.article).where(_address.c.url.in_(urls))
    query = select(_article).where(or_(_article.c.id.in_(ids), _article.c.id.in_(own)))
    query = query.order_by(_article.c.created_at, _article.c.id)
    return _dossiers(connection, connection.execute(query).all())


def unaccepted(connection: Connection, site: str) -> list[tuple[Article, int]]:
    """The articles of a site whose source is unsound and that no person stands for, with their revisions."""
    unsound = _article.c.trusted.is_(False) & (_article.c.site == site)
    rows = connection.execute(select(_article.c.document, _article.c.revision).where(unsound))
    return [(documents.load_article(row.document), int(row.revision)) for row in rows]


def recent(
    connection: Connection,
    now: datetime,
    limit: int,
    offset: int = 0,
    *,
    locale: str | None = None,
    language: str | None = None,
) -> list[Dossier]:
    """Dossiers of the articles that are public, the newest first by their own date, else by when they came; those that
    can be read in a `locale`, those that were written in a `language`.

    The other ones are left out here, not by who asks: a hundred drafts must not hide what is below them.
    """
    warning = [name for name in connection.execute(select(tables.site.c.id)).scalars() if _warns(connection, name)]
    query = (
        select(_article)
        .where(_article.c.status == "published", or_(_article.c.public_at.is_(None), _article.c.public_at <= now))
        .where(or_(_article.c.trusted, _article.c.site.in_(warning)))
        .order_by(_article.c.dated_at.desc(), _article.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    if locale is not None:
        made = tables.variant.c
        query = query.where(exists().where(made.article == _article.c.id, made.locale == locale))
    if language is not None:
        query = query.where(_article.c.language == language)
    return _dossiers(connection, connection.execute(query).all())


def _warns(connection: Connection, name: str) -> bool:
    """Whether a site shows readers what it holds to be unsound (`publication.held`)."""
    site = sites.get(connection, name)
    return site is not None and site.source_policy == "warn"


def listed(connection: Connection, limit: int, offset: int) -> list[Dossier]:
    """Articles in the order in which they came, public or not, without their texts: all that a list of addresses needs.
    It costs a hundredth of the whole dossiers."""
    columns = _article.c
    rows = connection.execute(
        select(*(column for column in columns if column.name not in ("document", "digest")))
        .order_by(columns.created_at, columns.id)
        .limit(limit)
        .offset(offset)
    ).all()
    ids = [row.id for row in rows]
    urls: dict[str, dict[str, str]] = {}
    for address in connection.execute(select(_address).where(_address.c.article.in_(ids))):
        urls.setdefault(address.article, {})[address.locale] = address.url
    found = _sites(connection, rows)
    editions = variants.listed(connection, {row.id: row.revision for row in rows})
    return [_listed(row, found[row.site], urls.get(row.id, {}), editions.get(row.id, [])) for row in rows]


def _listed(
    row: Row[tuple[object, ...]], site: Site | None, urls: Mapping[str, str], editions: Sequence[Edition]
) -> Dossier:
    article = Article(
        id=row.id,
        site=row.site,
        locale=row.locale,
        detection=Unsure((), ""),
        declared=None,
        parts=(),
        status=row.status,
        published_at=row.published_at,
        updated_at=row.source_updated_at,
        urls=urls,
        source_quality=SourceQuality(sound=row.trusted),
    )
    return _dossier(row, article, site, editions)


def parts(connection: Connection, size: int) -> list[datetime]:
    """When something changed last among each `size` articles, in the order of `listed`."""
    place = func.row_number().over(order_by=(_article.c.created_at, _article.c.id))
    placed = select(_article.c.changed_at, ((place - 1) // size).label("part")).subquery()
    query = select(func.max(placed.c.changed_at)).group_by(placed.c.part).order_by(placed.c.part)
    return list(connection.execute(query).scalars())


def pulse(connection: Connection) -> tuple[object, ...]:
    """What is another one whenever any list of articles may be: a count of changes. (Their times would not do: of two
    transactions the second may bear the earlier time, and clocks are put back.)"""
    return tuple(map(tuple, connection.execute(select(tables.site.c.id, tables.site.c.changes))))


def _count(connection: Connection) -> None:
    """Something changed that a list may show."""
    connection.execute(update(tables.site).values(changes=tables.site.c.changes + 1))


def empty(connection: Connection) -> bool:
    """Whether there is no article, public or not."""
    return connection.execute(select(_article.c.id).limit(1)).first() is None


def page(
    connection: Connection,
    *,
    limit: int,
    after: tuple[datetime, str] | None = None,
    state: str | None = None,
    language: str | None = None,
    changed_since: datetime | None = None,
    wanted: Callable[[Dossier], bool] = lambda _: True,
) -> tuple[list[Dossier], tuple[datetime, str] | None]:
    """A page of dossiers in the order of their last change, and the place that the next page starts after.

    `state` is that of any edition, or `needs_language`, or an article's status; `language` is the source's.
    """
    query = select(_article).order_by(_article.c.changed_at, _article.c.id)
    if language is not None:
        query = query.where(_article.c.language == language)
    if changed_since is not None:
        query = query.where(_article.c.changed_at >= changed_since)
    found: list[Dossier] = []
    while len(found) <= limit:
        chunk = query if after is None else query.where(tuple_(_article.c.changed_at, _article.c.id) > after)
        rows = connection.execute(chunk.limit(limit + 1)).all()
        for one in _dossiers(connection, rows):
            if (state is None or state in _states(one)) and wanted(one):
                found.append(one)
        if len(rows) <= limit:
            break
        after = (rows[-1].changed_at, rows[-1].id)
    more = len(found) > limit
    found = found[:limit]
    return found, (found[-1].changed_at, found[-1].article.id) if more else None


def touch(connection: Connection, article_id: str, now: datetime) -> None:
    """One of the article's variants changed: its entity tag moves."""
    connection.execute(update(_article).where(_article.c.id == article_id).values(n=_article.c.n + 1, changed_at=now))
    _count(connection)


def lift_embargoes(connection: Connection, now: datetime) -> int:
    """Move the entity tags of the articles whose embargo has ended by now; returns how many there were.

    Time alone changed what their answers say (visible, indexable), so a client's copies have to be told apart. When
    their variants were first published is known already: see `variants.publish`.
    """
    ended = update(_article).where(_article.c.public_at <= now)
    count = int(connection.execute(ended.values(n=_article.c.n + 1, changed_at=now, public_at=None)).rowcount)
    if count:
        _count(connection)
    return count


def next_public(connection: Connection) -> datetime | None:
    """When the next embargo ends, None where there is none."""
    moment: datetime | None = connection.execute(select(func.min(_article.c.public_at))).scalar()
    return moment


def remove(connection: Connection, article_id: str, now: datetime) -> bool:
    """Remove an article with its variants and jobs; False where there was none.

    A tombstone is left, so that the entity tags of another article under the same id are not those of this one.
    """
    gone = delete(_article).where(_article.c.id == article_id).returning(_article.c.revision)
    revision = connection.execute(gone).scalar()
    if revision is None:
        return False
    connection.execute(insert(_tombstone).values(id=article_id, revision=revision, deleted_at=now))
    _count(connection)
    return True


def _keep_addresses(connection: Connection, article: Article) -> None:
    connection.execute(delete(_address).where(_address.c.article == article.id))
    rows = [{"article": article.id, "locale": locale, "url": url} for locale, url in article.urls.items()]
    if rows:
        connection.execute(insert(_address), rows)


def _translated(article: Article) -> tuple[object, ...]:
    """What its variants are made of."""
    return article.parts, repair.working(article).parts, article.locale


def _first_revision(connection: Connection, article_id: str) -> int:
    """1, or the one after the last of an article that was removed; its tombstone has served then."""
    raised = delete(_tombstone).where(_tombstone.c.id == article_id).returning(_tombstone.c.revision)
    return (connection.execute(raised).scalar() or 0) + 1


def _states(one: Dossier) -> set[str]:
    states: set[str] = {edition.state for edition in one.editions} | {one.article.status}
    return states | ({"needs_language"} if one.article.locale is None else set())


def _columns(article: Article, digest: str, created_at: datetime, now: datetime) -> dict[str, object]:
    published_at = article.published_at
    ahead = article.status == "published" and published_at is not None and published_at > now
    return {
        "digest": digest,
        "status": article.status,
        "language": article.language,
        "locale": article.locale,
        "trusted": article.source_quality.trusted,
        "source_revision": article.revision,
        "source_updated_at": article.updated_at,
        "document": documents.dump(Article, article),
        "changed_at": now,
        "published_at": published_at,
        "dated_at": published_at or created_at,
        "public_at": published_at if ahead else None,
    }


def _older(article: Article, stored: Row[tuple[object, ...]]) -> bool:
    if article.revision is not None and stored.source_revision is not None:
        return bool(article.revision < stored.source_revision)
    if article.updated_at is not None and stored.source_updated_at is not None:
        return bool(article.updated_at < stored.source_updated_at)
    return False


def _dossiers(connection: Connection, rows: Sequence[Row[tuple[object, ...]]]) -> list[Dossier]:
    found = _sites(connection, rows)
    editions = variants.editions(connection, [(row.id, row.revision) for row in rows])
    return [_dossier(row, documents.load_article(row.document), found[row.site], editions[row.id]) for row in rows]


def _sites(connection: Connection, rows: Sequence[Row[tuple[object, ...]]]) -> dict[str, Site | None]:
    return {name: sites.get(connection, name) for name in {row.site for row in rows}}


def _dossier(row: Row[tuple[object, ...]], article: Article, site: Site | None, editions: Sequence[Edition]) -> Dossier:
    assert site is not None  # noqa: S101 - a foreign key holds it
    mine = tuple(sorted(editions, key=lambda edition: (edition.locale != article.locale, edition.locale)))
    return Dossier(article, site, mine, row.revision, row.n, row.created_at, row.changed_at)
