"""Accepting an article: its row, its source variant and its jobs, in the caller's one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from service.article import repair
from service.article.publication import held
from service.article.types import Article, Refusal, Variant
from service.pipeline import source_variant
from service.store import articles, jobs, sites, variants
from service.store.articles import Saved


def accept(connection: Connection, article: Article, digest: str, now: datetime) -> Saved:
    """Store an article and ask for its variants.

    Where the text did not change, what is made stays, and what a person decided about it; only locales that are missing
    are asked for. The same article sent again also asks again for what had failed.

    Raises Refusal, for the caller's transaction to roll back, where the source would take the place of a variant that
    a person wrote or approved.
    """
    before = articles.get(connection, article.id)
    if before is not None:
        article = repair.carried(before, article)
    saved = articles.save(connection, article, digest, now)
    if saved.outcome != "superseded":
        settle(connection, article, saved, now)
    return saved


def settle(connection: Connection, article: Article, saved: Saved, now: datetime) -> None:
    """Bring the source's variant and the jobs into line with an article that was saved. Raises Refusal like `accept`.

    Nothing is made of a source that is held until a person accepts it.
    """
    if saved.outcome != "unchanged":
        _check_source(connection, article)
        jobs.keep_only(connection, article.id, article.targets)
        variants.keep_only(connection, article.id, (article.locale or "", *article.targets))
    if article.locale is None:
        return
    if saved.outcome != "unchanged":
        if not saved.text_changed:
            variants.carry_over(connection, article.id, saved.revision - 1, saved.revision)
        source_at = article.published_at or now
        variants.put(connection, article.id, source_variant(article), saved.revision, now,
                     published_at=source_at if public(article) else None)  # fmt: skip
        variants.publish(connection, article.id, public_at(article, now) if public(article) else None, now)
    site = sites.get(connection, article.site)
    if site is not None and held(article, site):
        jobs.keep_only(connection, article.id, ())
        return
    jobs.enqueue(connection, article.id, _missing(connection, article, saved), saved.revision, now)
    if saved.outcome == "revised" and saved.text_changed and article.corrections:
        jobs.hurry(connection, article.id)  # what was wrong is what readers have


def policy_changed(connection: Connection, site: str, now: datetime) -> None:
    """Bring the jobs of a site's unsound articles into line with its policy.

    What was held is to be made now, or what was to be made is held.
    """
    for article, revision in articles.unaccepted(connection, site):
        settle(connection, article, Saved("unchanged", revision, text_changed=False), now)


def _check_source(connection: Connection, article: Article) -> None:
    """A text in another language than before is most often sent by mistake: no person's work is lost over it."""
    stored = variants.get(connection, article.id, article.locale) if article.locale else None
    if stored is not None and stored.variant.protected:
        raise Refusal(
            "variant-protected",
            "language",
            f"this text is in {article.locale}, and a person wrote or approved the article's translation to "
            f"{article.locale}; nothing was changed: send `language` if it is in another one, or use another id",
        )


def public(article: Article) -> bool:
    """Whether readers may meet the article, now or at its `published_at`."""
    return article.status == "published"


def public_at(article: Article, now: datetime) -> datetime:
    """When a variant that is made now becomes public."""
    return max(now, article.published_at) if article.published_at else now


def publish_variant(connection: Connection, article: Article, variant: Variant, revision: int, now: datetime) -> None:
    """Make a variant what readers see, and move the article's entity tag."""
    at = public_at(article, now) if public(article) else None
    variants.put(connection, article.id, variant, revision, now, published_at=at)
    articles.touch(connection, article.id, now)


def _missing(connection: Connection, article: Article, saved: Saved) -> list[str]:
    """The targets that nothing of this revision is there for, and that no job is at work on."""
    if saved.text_changed:
        return list(article.targets)
    found = variants.editions(connection, [(article.id, saved.revision)])[article.id]
    editions = {edition.locale: edition for edition in found}

    def missing(locale: str) -> bool:
        edition = editions.get(locale)
        if edition is None or edition.error is not None:
            return True
        if edition.state != "stale" or edition.progress < 1:
            return False
        stored = variants.get(connection, article.id, locale)  # a person's: what a machine makes waits beside it
        return stored is None or stored.proposal_revision != saved.revision

    return [locale for locale in article.targets if missing(locale)]
