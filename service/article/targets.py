"""Which locale an article is in, and which it is wanted in."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from service.article import locale as locales
from service.article.types import Detected, Finding, Refusal, Site, Unsure


def source_locale(
    declared: str | None, detection: Detected | Unsure, site: Site, known: str | None = None
) -> tuple[str | None, tuple[Finding, ...]]:
    """The source's locale, None while unsure, and a warning where a declared language contradicts the text.

    What a person declared outranks what was detected, and that outranks `known`, the locale that the article had
    before: a live article is not taken off its pages by one revision that is too short to tell. Raises Refusal for a
    tag that is no language, and for a detected one that CLDR does not know: nothing is translated from it.
    """
    if declared is None:
        if isinstance(detection, Unsure) and known is not None:
            message = (
                f"the language could not be told ({detection.reason}); it is taken to be {known}, as before: "
                "send `language`"
            )
            return site_locale(known, site), (Finding("language-kept", message, evidence=known),)
        if isinstance(detection, Unsure):
            message = f"the language could not be told ({detection.reason}); send `language`"
            return None, (Finding("language-unsure", message),)
        try:
            return site_locale(detection.language, site), ()
        except ValueError:
            message = f"no model translates from {detection.language}; if it is in another language, send `language`"
            raise Refusal("language-unsupported", "language", message) from None
    tag = parse(declared, "language")
    if isinstance(detection, Detected) and detection.language != locales.language(tag):
        message = f"declared {declared}, but the text looks like {detection.language}; the declared language is used"
        return site_locale(tag, site), (Finding("language-contradicts", message, evidence=detection.language),)
    return site_locale(tag, site), ()


def wanted(
    asked: Sequence[str] | None,
    named: Sequence[str],
    source: str | None,
    site: Site,
    pairs: Collection[tuple[str, str]],
    *,
    declared: bool = False,
) -> tuple[str, ...]:
    """The target locales: those asked for, else those that the text's own switcher names, else the site's.

    The source's own is never among them. `declared` is whether the sender named the source's. Raises Refusal, naming
    what is supported, for a source language that nothing can be translated from, and for a target that was asked for
    and cannot be made.
    """
    if source is None:
        for tag in asked or ():
            parse(tag, "targets")
        return ()
    language = locales.language(source)
    reachable = {target for origin, target in pairs if origin == language}
    if not reachable:
        supported = ", ".join(sorted({origin for origin, _ in pairs})) or "none: install a model"
        raise Refusal(
            "language-unsupported",
            "language",
            f"no model translates from {language}; supported: {supported}"
            + ("" if declared else "; if it is in one of these, send `language`"),
        )
    if asked is not None:
        tags = list(dict.fromkeys(site_locale(parse(tag, "targets"), site) for tag in asked))
        for tag in tags:
            if locales.language(tag) not in reachable | {language}:
                raise Refusal(
                    "target-unsupported",
                    "targets",
                    f"no model translates from {language} to {tag}; supported: {', '.join(sorted(reachable))}",
                )
    else:
        tags = [site_locale(tag, site) for tag in named] or list(site.locales)
    return tuple(tag for tag in tags if locales.language(tag) != language and locales.language(tag) in reachable)


def site_locale(tag: str, site: Site) -> str:
    """The site's locale for a tag: itself, else the site's of the same language, else the tag made whole."""
    whole = locales.parse_locale(tag)
    if whole in site.locales:
        return whole
    return next((own for own in site.locales if locales.language(own) == locales.language(whole)), whole)


def parse(tag: str, field: str) -> str:
    """The tag made whole (`in` -> `id-ID`). Raises Refusal naming `field`."""
    try:
        return locales.parse_locale(tag)
    except ValueError as error:
        raise Refusal("language-unknown", field, str(error)) from error
