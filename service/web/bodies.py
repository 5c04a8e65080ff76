"""Dossiers to the API's answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from service.article import conventions, corrections, fragment, metadata, protect, repair
from service.article import locale as locales
from service.article.address import page_url
from service.article.jsonld import original_updated
from service.article.publication import held, publication
from service.article.switcher import switcher, switcher_html
from service.article.types import (
    Article,
    Candidate,
    Detected,
    Dossier,
    Edition,
    Finding,
    Variant,
)
from service.store.variants import Stored
from service.web import schemas
from service.web.desk import unsettled


def article(dossier: Dossier, base_url: str, now: datetime) -> schemas.ArticleOut:
    """An article's own answer: its source, its quality, its variants by state."""
    source = dossier.article
    state = "in_progress" if unsettled(dossier) else "settled"
    if source.locale is None or held(source, dossier.site):
        state = "needs_language" if source.locale is None else "needs_acceptance"
    return schemas.ArticleOut(
        id=source.id,
        site=source.site,
        revision=dossier.revision,
        status=source.status,
        state=state,
        source=_source(source),
        source_quality=_quality(source, base_url),
        variants=[_link(dossier, edition, base_url, now) for edition in dossier.editions],
        warnings=findings(source.warnings),
        created_at=dossier.created_at,
        changed_at=dossier.changed_at,
    )


def variant(
    dossier: Dossier, edition: Edition, shown: Variant, stored: Stored, base_url: str, now: datetime
) -> schemas.VariantOut:
    """A variant's answer. Dates are in the site's time zone and the variant's words."""
    source, zone = dossier.article, dossier.site.time_zone
    image = source.image
    published = source.published_at or edition.first_published_at
    updated = original_updated(dossier, edition)
    return schemas.VariantOut(
        article=source.id,
        revision=stored.revision,
        locale=edition.locale,
        language=locales.page_language(edition.locale, dossier.site),
        dir=locales.direction(edition.locale),
        language_names={tag: locales.language_name(edition.locale, tag) for tag in dossier.site.locales},
        byline=conventions.joined([author.name for author in source.authors], edition.locale),
        state=edition.state,
        url=page_url(dossier, edition.locale, base_url),
        slug=shown.slug,
        provenance=metadata.provenance(dossier, shown),
        title=shown.text("title"),
        dek=shown.text("dek"),
        body=shown.text("body"),
        fields={
            name.removeprefix("fields."): schemas.TextOut(value=text.value, format=text.format)
            for name, text in shown.parts.items()
            if name.startswith("fields.")
        },
        image=schemas.ImageOut(
            url=image.url if image else None,
            credit=image.credit if image else None,
            caption=shown.text("image.caption"),
            alt=shown.text("image.alt"),
            width=image.width if image else None,
            height=image.height if image else None,
        )
        if image or shown.text("image.caption")
        else None,
        corrections=[
            schemas.CorrectionOut(
                at=date(one.at, edition.locale, zone),
                text=one.text.value,
                language=None if one.translated else source.language,
            )
            for one in corrections.shown(dossier, edition, shown)
        ],
        published=date(published, edition.locale, zone) if published else None,
        modified=date(edition.modified_at, edition.locale, zone) if edition.modified_at else None,
        original_updated=date(updated, edition.locale, zone) if updated else None,
        blocks=[schemas.BlockOut(**asdict(block)) for block in shown.blocks],
        segments=segments(shown),
        needs_review=list(shown.unreviewed),
        counts=schemas.CountsOut(**asdict(shown.counts)),
        model=shown.model,
        repaired=shown.repaired,
        reviewed_by=shown.reviewed_by,
        reviewed_at=shown.reviewed_at,
        proposal=_proposal(stored),
        metadata=schemas.HeadOut(**metadata.head_json(metadata.head(dossier, edition.locale, base_url, now))),
    )


def included(dossier: Dossier, names: Iterable[str], base_url: str, now: datetime) -> dict[str, Any]:
    """What `?include=` asks for, by locale: head fragments and switchers as HTML."""
    made = [edition.locale for edition in dossier.editions if edition.variant is not None]
    found: dict[str, Any] = {}
    if "head" in names:
        found["head"] = {tag: metadata.head_html(metadata.head(dossier, tag, base_url, now)) for tag in made}
    if "switcher" in names:
        found["switcher"] = {tag: switcher_html(switcher(dossier, tag, base_url, now)) for tag in made}
    return found


def date(moment: datetime, locale: str, zone: str) -> schemas.DateOut:
    """A moment as an answer."""
    return schemas.DateOut(
        iso=moment,
        text=locales.long_datetime(moment, locale, zone),
        date=locales.long_date(moment, locale, zone),
        day=locales.day_in_text(moment.astimezone(ZoneInfo(zone)).date(), locale, year=True),
        time=locales.time_of_day(moment, locale, zone),
    )


def findings(found: Iterable[Finding]) -> list[schemas.FindingOut]:
    """Findings as answers."""
    return [
        schemas.FindingOut(
            code=one.code,
            message=one.message,
            severity=one.severity.value,
            evidence=one.evidence,
            segment=one.segment,
        )
        for one in found
    ]


def segments(made: Variant) -> list[schemas.SegmentOut]:
    """A variant's segments as answers, in the form in which an edit of them is sent."""
    formats = {block.id: block.format for block in made.blocks}
    return [
        schemas.SegmentOut(
            id=one.segment,
            block=one.block,
            format=(format := formats.get(one.block, "html")),
            source=fragment.shown(one.source, format),
            target=fragment.shown(one.target, format),
            origin=one.origin,
            model=one.model,
            findings=findings(one.findings),
            conversions=[schemas.ConversionOut(**asdict(conversion)) for conversion in one.conversions],
        )
        for one in made.segments
    ]


def candidates(found: Iterable[Candidate]) -> list[schemas.CandidateOut]:
    """Candidates as answers."""
    return [schemas.CandidateOut(language=one.language, confidence=one.confidence) for one in found]


def source_findings(source: Article) -> list[schemas.SourceFindingOut]:
    """What was seen in a source, with the words that it was seen in."""
    told = {place.block for one in source.source_quality.findings for place in one.places}
    blocks = repair.as_posted(source).blocks() if told else ()
    texts = {block.id: protect.opened(block.content).text for block in blocks if block.id in told}
    return [
        schemas.SourceFindingOut(
            code=one.code,
            message=one.message,
            severity=one.severity.value,
            evidence=one.evidence,
            confidence=one.confidence,
            places=[
                schemas.PlaceOut(**asdict(place), text=texts.get(place.block, "")[place.start : place.end])
                for place in one.places
            ],
        )
        for one in source.source_quality.findings
    ]


def _quality(source: Article, base_url: str) -> schemas.QualityOut:
    quality = source.source_quality
    return schemas.QualityOut(
        sound=quality.sound,
        findings=source_findings(source),
        changes=[schemas.ChangeOut(**asdict(change)) for change in quality.changes],
        accepted_by=quality.accepted_by,
        accepted_at=quality.accepted_at,
        page=f"{base_url}/desk/articles/{source.id}/source",
    )


def _source(source: Article) -> schemas.SourceOut:
    detection = source.detection
    return schemas.SourceOut(
        language=source.language,
        locale=source.locale,
        declared=source.declared,
        confidence=detection.confidence if isinstance(detection, Detected) else 0.0,
        candidates=candidates(detection.candidates),
    )


def _link(dossier: Dossier, edition: Edition, base_url: str, now: datetime) -> schemas.VariantLinkOut:
    decision = publication(dossier.article, edition, dossier.site, now)
    return schemas.VariantLinkOut(
        locale=edition.locale,
        state=edition.state,
        progress=round(edition.progress, 3),
        url=page_url(dossier, edition.locale, base_url),
        visible=decision.visible,
        indexable=decision.indexable,
        error=edition.error,
    )


def _proposal(stored: Stored) -> schemas.ProposalOut | None:
    if stored.proposal is None or stored.proposal_revision is None:
        return None
    return schemas.ProposalOut(
        revision=stored.proposal_revision,
        title=stored.proposal.text("title"),
        body=stored.proposal.text("body"),
        segments=segments(stored.proposal),
        needs_review=list(stored.proposal.unreviewed),
    )
