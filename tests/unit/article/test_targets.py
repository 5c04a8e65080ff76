"""Which locale an article is in, and which it is wanted in."""

from __future__ import annotations

import pytest

from service.article import targets
from service.article.types import Candidate, Detected, Refusal, Site, Unsure

PAIRS = {("en", "id"), ("id", "en")}
ENGLISH = Detected("en", 0.99, (Candidate("en", 0.99),))
UNSURE = Unsure((), "It is too short.")
SITE = Site(locales=("en-GB", "id-ID"))


def test_a_language_gets_the_sites_region_and_else_its_likely_one() -> None:
    assert targets.site_locale("en", SITE) == "en-GB"
    assert targets.site_locale("en-US", SITE) == "en-GB"
    assert targets.site_locale("fr", SITE) == "fr-FR"
    assert targets.site_locale("en-US", Site(locales=("en-GB", "en-US"))) == "en-US"


def test_the_legacy_code_of_indonesian_is_understood() -> None:
    assert targets.parse("in", "language") == "id-ID"


def test_without_a_declared_language_the_detected_one_counts() -> None:
    assert targets.source_locale(None, ENGLISH, SITE) == ("en-GB", ())


def test_unsure_is_no_locale_and_a_warning() -> None:
    locale, (warning,) = targets.source_locale(None, UNSURE, SITE)

    assert (locale, warning.code) == (None, "language-unsure")
    assert "send `language`" in warning.message


def test_where_it_is_unsure_the_article_keeps_the_locale_that_it_had() -> None:
    locale, (warning,) = targets.source_locale(None, UNSURE, SITE, "id-ID")

    assert (locale, warning.code, warning.evidence) == ("id-ID", "language-kept", "id-ID")
    assert "send `language`" in warning.message
    assert targets.source_locale(None, ENGLISH, SITE, "id-ID") == ("en-GB", ())
    assert targets.source_locale("en", UNSURE, SITE, "id-ID") == ("en-GB", ())


def test_a_detected_language_without_locales_is_refused_and_can_be_declared_otherwise() -> None:
    minangkabau = Detected("min", 0.97, (Candidate("min", 0.97),))
    with pytest.raises(Refusal, match="from min; if it is in another language, send `language`") as refused:
        targets.source_locale(None, minangkabau, SITE)

    assert (refused.value.code, refused.value.field) == ("language-unsupported", "language")
    assert targets.source_locale("id", minangkabau, SITE)[0] == "id-ID"


def test_a_declared_language_is_used_even_against_the_text() -> None:
    locale, (warning,) = targets.source_locale("id", ENGLISH, SITE)

    assert (locale, warning.code, warning.evidence) == ("id-ID", "language-contradicts", "en")
    assert targets.source_locale("id", UNSURE, SITE) == ("id-ID", ())


def test_a_tag_that_is_no_language_is_refused_by_field() -> None:
    with pytest.raises(Refusal) as refused:
        targets.source_locale("xx-not", ENGLISH, SITE)

    assert (refused.value.code, refused.value.field) == ("language-unknown", "language")


def test_targets_asked_for_outrank_those_named_which_outrank_the_sites() -> None:
    site = Site(locales=("en-US", "id-ID", "ms-MY"))
    pairs = {("en", "id"), ("en", "ms")}

    assert targets.wanted(["ms"], ["id-ID"], "en-US", site, pairs) == ("ms-MY",)
    assert targets.wanted(None, ["en-US", "id-ID"], "en-US", site, pairs) == ("id-ID",)
    assert targets.wanted(None, [], "en-US", site, pairs) == ("id-ID", "ms-MY")
    assert targets.wanted([], [], "en-US", site, pairs) == ()


def test_a_target_is_wanted_once_and_never_the_source() -> None:
    assert targets.wanted(["id", "id-ID", "en"], [], "en-GB", SITE, PAIRS) == ("id-ID",)


def test_what_the_site_or_the_text_wants_and_nobody_can_make_is_left_out() -> None:
    assert targets.wanted(None, ["fr-FR", "id-ID"], "en-GB", SITE, PAIRS) == ("id-ID",)


def test_a_target_that_nobody_can_make_is_refused_naming_what_can_be_made() -> None:
    with pytest.raises(Refusal, match="from en to fr-FR; supported: id") as refused:
        targets.wanted(["fr"], [], "en-GB", SITE, PAIRS)

    assert (refused.value.code, refused.value.field) == ("target-unsupported", "targets")


def test_a_source_that_nothing_translates_from_is_refused_naming_those_supported() -> None:
    with pytest.raises(Refusal, match="from fr; supported: en, id") as refused:
        targets.wanted(None, [], "fr-FR", SITE, PAIRS)

    assert (refused.value.code, refused.value.field) == ("language-unsupported", "language")


def test_without_any_model_the_remedy_is_to_install_one() -> None:
    with pytest.raises(Refusal, match="install a model"):
        targets.wanted(None, [], "en-US", SITE, set())


def test_an_unsure_source_has_no_targets_but_bad_tags_are_still_refused() -> None:
    assert targets.wanted(["id"], [], None, SITE, PAIRS) == ()
    with pytest.raises(Refusal):
        targets.wanted(["nonsense!"], [], None, SITE, PAIRS)
