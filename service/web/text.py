"""/v1/translations, /v1/detections, /v1/languages: text without an article; nothing is stored.

What the site knows, its terms and its memory, is used all the same.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, cast

from flask import Blueprint, Flask, Response, current_app, jsonify

from service import pipeline
from service.article import detect
from service.article import locale as locales
from service.article.conventions import sort_key
from service.article.targets import parse, site_locale
from service.article.types import Detected, Keys, Refusal, Remembered, Site, Term, Variant
from service.store import glossary, memory
from service.web import bodies, schemas
from service.web.desk import desk
from service.web.openapi import operation
from service.web.problems import Problem, ProblemError, read_json

RETRY_AFTER: Final = 2
"""Seconds after which a translation that found no place may be asked for again: about what a short one takes."""

api = Blueprint("text", __name__, url_prefix="/v1")


def init_text(app: Flask, at_a_time: int) -> None:
    """Translate at most so many texts at a time.

    A text is translated in its own request and holds that request's thread, so without a limit a burst of them would
    leave no thread for readers and for /health.
    """
    app.extensions["alihbahasa_translating"] = threading.BoundedSemaphore(at_a_time)


@api.post("/translations")
@operation(
    "translate",
    body=schemas.TranslationIn,
    answers={200: schemas.TranslationOut, 422: Problem, 503: Problem},
    tag="text",
)
def translations() -> Response:
    """Translate text or HTML, with the site's memory and terms. Line breaks are kept; none of the rules for articles
    apply."""
    sent = read_json(schemas.TranslationIn)
    site = desk().site()
    target = site_locale(parse(sent.target, "target"), site)
    whole = parse(sent.source or _detected(sent.text), "source")
    source = locales.language(whole)
    pair = (source, locales.language(target))
    if pair[0] == pair[1]:
        return jsonify(translation=sent.text, source=source, target=target, findings=[])
    if pair not in desk().pool.pairs():
        have = ", ".join(sorted(f"{a}-{b}" for a, b in desk().pool.pairs()))
        raise Refusal("pair-unsupported", "target", f"no model translates {pair[0]} to {pair[1]}; there are: {have}")
    with desk().database.read() as connection:
        terms = glossary.applied(connection, site, *pair)
    region_given = sent.source and locales.language(whole) != sent.source
    made = _translated(sent, whole if region_given else site_locale(whole, site), target, terms, site)
    answer: dict[str, Any] = {
        "translation": made.text("text") or "",
        "source": source,
        "target": target,
        "findings": [
            finding.model_dump(mode="json") for one in made.segments for finding in bodies.findings(one.findings)
        ],
    }
    return jsonify(answer)


@api.post("/detections")
@operation("detect", body=schemas.DetectionIn, answers={200: schemas.DetectionOut, 422: Problem}, tag="text")
def detections() -> Response:
    """Tell the language of a text; `language` is null where that is unsure."""
    found = detect.detect(read_json(schemas.DetectionIn).text)
    candidates = bodies.candidates(found.candidates)
    if isinstance(found, Detected):
        answer = schemas.DetectionOut(language=found.language, confidence=found.confidence, candidates=candidates)
    else:
        answer = schemas.DetectionOut(language=None, confidence=0.0, candidates=candidates, reason=found.reason)
    return jsonify(answer.model_dump(mode="json"))


@api.get("/languages")
@operation("listLanguages", answers={200: schemas.LanguagesOut}, tag="text")
def languages() -> Response:
    """The pairs that can be translated, with their models; the site's locales and the other languages by name."""
    pool, site = desk().pool, desk().site()
    spoken = {locales.language(tag) for tag in site.locales}
    others = {language for pair in pool.pairs() for language in pair} - spoken
    pairs = [
        {
            "source": source,
            "target": target,
            "models": [
                {"name": package.name, "version": package.version, "sha256": package.sha256}
                for package in pool.route(source, target)
            ],
        }
        for source, target in sorted(pool.pairs())
    ]
    names = [
        {
            "locale": tag,
            "language": locales.page_language(tag, site),
            "name": locales.language_name(tag, tag),
            "english_name": locales.language_name(tag, "en-US"),
            "dir": locales.direction(tag),
        }
        for tag in (*site.locales, *(locales.parse_locale(language) for language in others))
    ]
    names[len(site.locales) :] = sorted(names[len(site.locales) :], key=lambda one: sort_key(one["english_name"]))
    return jsonify(pairs=pairs, locales=names)


def _translated(sent: schemas.TranslationIn, source: str, target: str, terms: Sequence[Term], site: Site) -> Variant:
    """Translate where there is a place for it. Raises ProblemError 503 at once where there is none."""
    places = cast(threading.BoundedSemaphore, current_app.extensions["alihbahasa_translating"])
    if not places.acquire(blocking=False):
        raise ProblemError(
            503,
            "busy",
            "too many texts are being translated; ask again, or send an article, which waits in a queue",
            headers={"Retry-After": str(RETRY_AFTER)},
        )
    try:
        return pipeline.translate_text(
            sent.text,
            sent.format,
            source,
            target,
            translate=partial(desk().pool.translate, urgent=True),
            terms=lambda *_: terms,
            recall=partial(_recall, site.id, desk().pool.model(locales.language(source), locales.language(target))),
            retry_share=desk().retry_share,
            rupiah=site.rupiah,
        )
    finally:
        places.release()


def _recall(site: str, model: str, keys: Sequence[Keys]) -> Mapping[str, Remembered]:
    with desk().database.read() as connection:
        return memory.recall(connection, site, keys, model)


def _detected(text: str) -> str:
    found = detect.detect(text)
    if isinstance(found, Detected):
        return found.language
    candidates = [candidate.model_dump() for candidate in bodies.candidates(found.candidates)]
    detail = f"the language could not be told ({found.reason}); send `source`"
    raise ProblemError(
        422,
        "language-unsure",
        detail,
        errors=[{"pointer": "/source", "detail": detail}],
        candidates=candidates,
    )
