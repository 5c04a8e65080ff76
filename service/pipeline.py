"""The way of an article, as two functions: `receive` in the request, `localise` in the job.

    request -> article -> detect -> segment -> translate -> check -> store -> variant -> page and metadata

Neither stores anything. What `localise` needs of the outside comes in as callables (the Protocols in
`article.types`), so that the CLI, the worker and the tests run the same lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from service.article import (
    alignment,
    boilerplate,
    compose,
    dateline,
    faithful,
    figures,
    gender,
    glossary,
    intake,
    markup,
    quoted,
    repair,
    reuse,
    sentences,
    source,
    targets,
    transfer,
)
from service.article import locale as locales
from service.article.forms import Style
from service.article.glossary import Glossary
from service.article.inline import escape_text, to_html, to_text
from service.article.plain import plain
from service.article.sentences import Sentence
from service.article.types import (
    Article,
    Correction,
    Counts,
    Detected,
    Format,
    Progress,
    Recall,
    Remembered,
    Rupiah,
    Severity,
    Site,
    Submission,
    Terms,
    Text,
    Translate,
    Translation,
    Variant,
    VariantState,
)


def receive(
    submission: Submission, site: Site, pairs: Collection[tuple[str, str]], known: str | None = None
) -> Article:
    """Read a submission: parse it, tell its language, judge its source, cut it into sentences.

    `pairs` are the (source, target) languages that can be translated; `known` is the locale of the stored article
    that this revises. An article whose language is unsure comes back with `locale` None and no targets: it is to be
    kept, and nothing made of it.

    Raises Refusal for what no retry would mend: no text, far too much of it, an unsupported language or target,
    markup too deep.
    """
    reading = intake.read(submission)
    cleaned, cleaning = repair.cleaned(reading.parts)
    text = "\n".join(markup.visible_text(part) for part in cleaned)
    detection = quoted.article_language(text)
    locale, warnings = targets.source_locale(submission.language, detection, site, known)
    language = locales.language(locale) if locale else None
    parts = sentences.segmented(cleaned, language or "en")
    quality = source.judge(parts, language, submission.published_at)
    quality = replace(quality, changes=repair.numbered((*cleaning, *quality.changes)))
    return Article(
        id=submission.id,
        site=site.id,
        locale=locale,
        detection=detection,
        declared=submission.language,
        parts=parts,
        targets=targets.wanted(
            submission.targets, reading.locales, locale, site, pairs, declared=submission.language is not None
        ),
        status=submission.status,
        published_at=submission.published_at,
        updated_at=submission.updated_at,
        revision=submission.revision,
        slug=submission.slug,
        authors=submission.authors,
        image=reading.image,
        corrections=tuple(Correction(at) for at, _ in submission.corrections),
        urls={targets.site_locale(targets.parse(tag, "urls"), site): url for tag, url in submission.urls.items()},
        links=site.links,
        source_quality=quality,
        warnings=(*warnings, *reading.findings),
    )


def localise(
    article: Article,
    target: str,
    *,
    translate: Translate,
    recall: Recall,
    terms: Terms,
    progress: Progress,
    retry_share: float = faithful.RETRY_SHARE,
    rupiah: Rupiah = "Rp1",
) -> Variant:
    """Make the variant of an article in the locale `target`.

    Who writes a sentence is decided here: a person before the glossary before the memory before the model.
    It is made of the repaired text where changes are proposed (see `repair.working`). `progress` may raise to stop the
    work. At most `retry_share` of the sentences are tried again at each retry;
    `rupiah` is how the site writes amounts.
    """
    if article.language is None:
        raise ValueError("an article whose language is unsure cannot be localised")
    languages = (article.language, locales.language(target))
    article = repair.working(article)
    style = Style(_read_as(article), target, rupiah)
    items = list(sentences.of(article))
    house = Glossary(terms(*languages))
    keys = reuse.keys([item.source for item in items], *languages)
    known = recall(keys)
    settled = [
        _settled(item, style, reuse.found(known, under, item.source, *languages), house)
        for item, under in zip(items, keys, strict=True)
    ]
    open_ = [item for item, translation in zip(items, settled, strict=True) if translation is None]
    done = Counter(segments=len(items) - len(open_))

    def advance(segments: int) -> None:
        done["segments"] += segments
        progress(done["segments"], len(items))

    advance(0)
    told = gender.told(" ".join(to_text(item.content) for item in items)) if languages == ("id", "en") else None
    made = iter(
        faithful.translate(
            open_,
            *languages,
            model=translate,
            terms=house,
            style=style,
            genders=told,
            retry_share=retry_share,
            progress=advance,
        )
    )
    return variant(article, target, [translation or next(made) for translation in settled])


def _read_as(article: Article) -> str:
    """The locale whose dates the source writes: the declared one if it names a region, else the article's."""
    declared = article.declared
    if declared and re.search("[-_]", declared) and locales.language(declared) == article.language:
        return locales.parse_locale(declared)
    return article.locale or article.language or ""


def translate_text(
    text: str,
    format: Format,
    source: str,
    target: str,
    *,
    translate: Translate,
    terms: Terms,
    recall: Recall = lambda _: {},
    retry_share: float = faithful.RETRY_SHARE,
    rupiah: Rupiah = "Rp1",
) -> Variant:
    """Text or HTML that is no article, from the locale `source` to the locale `target`: the part is named `text`.

    A bare language will do for `source`; figures for day and month are then ambiguous in English.

    None of the rules for articles (title, dateline, furniture) apply.
    """
    part = markup.html_part("text", text) if format == "html" else markup.lines_part("text", text)
    parts = sentences.segmented([part], locales.language(source))
    article = Article("", "", source, Detected(source, 1.0, ()), source, parts)
    return localise(
        article,
        target,
        translate=translate,
        recall=recall,
        terms=terms,
        progress=lambda _done, _total: None,
        retry_share=retry_share,
        rupiah=rupiah,
    )


def source_variant(article: Article) -> Variant:
    """The source's own variant: what was posted, or what a person accepted of it, in state `source`."""
    assert article.locale is not None  # noqa: S101 - callers ask only once the language is known
    made = variant(article, article.locale, compose.source_translations(article), state="source")
    return replace(made, slug=article.slug)


def variant(
    article: Article, target: str, translations: Sequence[Translation], state: VariantState | None = None
) -> Variant:
    """The variant that these translations make; its state follows from their findings where none is given."""
    by_segment = {translation.segment: translation for translation in translations}
    flagged = [t for t in translations if any(finding.severity is not Severity.INFO for finding in t.findings)]
    failed = any(finding.severity is Severity.ERROR for t in flagged for finding in t.findings)
    blocks = compose.blocks(article, by_segment, locales.language(target))
    return Variant(
        locale=target,
        state=state or ("needs_review" if failed else "machine"),
        parts={name: compose.linked(t, article, target) for name, t in compose.parts(article, blocks).items()},
        segments=tuple(translations),
        blocks=tuple(compose.linked(block, article, target) for block in blocks),
        counts=Counts(
            reused=sum(t.reused for t in translations),
            translated=sum(t.origin in ("model", "approved", "source") and not t.reused for t in translations)
            if state != "source"
            else 0,
            flagged=len(flagged),
        ),
        model=next((t.model for t in translations if t.model), None),
        repaired=repair.made(article),
    )


def _settled(item: Sentence, style: Style, remembered: Remembered | None, terms: Glossary) -> Translation | None:
    """The translation of a sentence that needs no model, None for one that does."""
    languages = style.languages
    make = Translation(item.segment.id, item.block.id, item.source, item.source, "kept")
    if remembered and remembered.origin != "memory":
        return replace(make, target=remembered.target, origin=remembered.origin, model=remembered.model, reused=True)
    if item.segment.rule == "keep":
        written = transfer.rewritten(item.content, lambda text: figures.alone(text, style))
        own = (item.segment.language or item.block.language) is None
        changed = own and written is not item.content
        log = figures.log(item.content, written, style) if changed else ()
        return replace(make, target=to_html(written), origin="rule", conversions=log) if changed else make
    if item.segment.rule == "dateline":
        written = transfer.rewritten(item.content, lambda text: dateline.render(text, languages[1]))
        log = figures.log(item.content, written, style)
        return replace(make, target=to_html(written), origin="rule", conversions=log)
    if item.segment.rule == "furniture":
        written = transfer.rewritten(item.content, lambda text: boilerplate.rendered(text, languages[1]))
        return replace(make, target=to_html(written), origin="rule") if written is not item.content else make
    term = None if item.content.spans else terms.whole(to_text(item.content))
    if term is not None:
        return replace(make, target=escape_text(term), origin="glossary")
    if remembered and _keeps_terms(item, remembered, terms):
        findings = tuple(replace(finding, segment=item.segment.id) for finding in remembered.findings)
        log = remembered.conversions
        if remembered.filled:  # with figures that nobody wrote for the target yet
            carried = [atom.html for atom in item.content.atoms]
            log = figures.log(item.content, markup.parse_inline(remembered.target, carried), style)
        return replace(make, target=remembered.target, origin="memory", reused=True,
                        findings=findings, model=remembered.model, conversions=log)  # fmt: skip
    return None


def _keeps_terms(item: Sentence, remembered: Remembered, terms: Glossary) -> bool:
    """Whether what a model made earlier is as the glossary has it today."""
    uses = terms.uses(alignment.plain(item.content).text)
    if not uses and not remembered.findings:
        return True
    return glossary.kept(uses, plain(Text("html", remembered.target)), remembered.findings)
