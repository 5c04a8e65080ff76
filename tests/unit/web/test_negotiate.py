"""Which language a reader gets: cookie, Accept-Language, default."""

from __future__ import annotations

import pytest

from service.web.negotiate import negotiate, parse_accept_language

BOTH = ("en-US", "id-ID")


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        ("id", "id-ID"),
        ("id-ID", "id-ID"),
        ("ID-id", "id-ID"),
        ("in", "id-ID"),
        ("in-ID,in;q=0.9", "id-ID"),
        ("en-GB,en;q=0.9", "en-US"),
        ("en-AU", "en-US"),
        ("fr, id;q=0.5", "id-ID"),
        ("en;q=0.3, id;q=0.7", "id-ID"),
        ("en;q=0.7, id;q=0.7", "en-US"),
        ("id;q=0.7, en;q=0.7", "id-ID"),
        ("id-Latn-ID", "id-ID"),
        ("id-ID-x-private", "id-ID"),
        ("id;Q=1.000", "id-ID"),
        ("id ; q=0.8 , en ; q=0.2", "id-ID"),
    ],
)
def test_the_best_range_wins(header: str, locale: str) -> None:
    assert negotiate(None, header, BOTH) == locale


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        ("en;q=0", "id-ID"),
        ("en;q=0, fr", "id-ID"),
        ("*;q=0, id", "id-ID"),
        ("en-US;q=0, en", "id-ID"),
        ("en;q=0, en-US", "en-US"),
        ("*;q=0", "en-US"),
        ("en;q=0, id;q=0", "en-US"),
    ],
)
def test_what_is_refused_is_served_only_for_want_of_anything_else(header: str, locale: str) -> None:
    assert negotiate(None, header, BOTH) == locale


@pytest.mark.parametrize("header", [None, "", "*", "fr", "fr, *;q=0.1", "xx-YY", "🙂", ";;;", "a" * 100_000])
def test_without_a_match_it_is_the_default(header: str | None) -> None:
    assert negotiate(None, header, BOTH, "id-ID") == "id-ID"
    assert negotiate(None, header, BOTH) == "en-US"


def test_a_default_that_is_not_available_is_no_default() -> None:
    assert negotiate(None, None, BOTH, "fr-FR") == "en-US"


@pytest.mark.parametrize("cookie", ["id", "id-ID", "in", "ID"])
def test_the_cookie_goes_before_the_browser(cookie: str) -> None:
    assert negotiate(cookie, "en", BOTH) == "id-ID"


@pytest.mark.parametrize("cookie", ["fr", "", "../../x", "id\x00"])
def test_a_cookie_for_no_available_language_is_passed_over(cookie: str) -> None:
    assert negotiate(cookie, "en", BOTH) == "en-US"


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        # RFC 4647, 3.4: zh-Hant-CN-x-private1-private2 is shortened to zh-Hant-CN, zh-Hant, zh.
        ("zh-Hant-CN-x-private1-private2", "zh-TW"),
        ("zh-Hans", "zh-CN"),
        ("zh-TW", "zh-TW"),
        ("en-GB", "en-GB"),
        ("en", "en-US"),
    ],
)
def test_region_and_script_choose_among_variants_of_a_language(header: str, locale: str) -> None:
    assert negotiate(None, header, ("en-US", "en-GB", "zh-TW", "zh-CN")) == locale


def test_malformed_ranges_are_passed_over() -> None:
    ranges = parse_accept_language("en_US, id;q=2, fr;q=abc, de;q=0.5, -, pt;q=0.1234")
    assert [(r.tag, r.weight) for r in ranges] == [("de", 0.5)]
