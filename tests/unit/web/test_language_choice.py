"""Address before cookie before Accept-Language, over HTTP, as a table: who asks how, and which page that is.

The rows "4647" are the examples of RFC 4647 (2.1, 3.3.1, 3.4 and 3.4.1), "9110" that of RFC 9110, 12.5.4.
"""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from service.article.types import Dossier, Site
from service.web.frame import COOKIE
from tests.unit.newsroom import article, dossier, edition
from tests.unit.pages import parse

BARE = "/articles/harbour"


def stored(*locales: str) -> Dossier:
    """An article in these locales, the first of which is its own language."""
    first, *rest = locales
    editions = [edition(first, "source"), *(edition(locale) for locale in rest)]
    return dossier(*editions, of=article(locale=first), site=Site(locales=locales, indexing="machine"))


BOTH = ("en-US", "id-ID")
HOME = ("id-ID", "en-US")
CHINESE = ("en-US", "zh-CN", "zh-TW")
MAINLAND = ("en-US", "zh-CN")
ENGLISH = ("en-US", "en-GB", "id-ID")
SERBIAN = ("en-US", "sr-Latn-RS", "sr-RS")
GERMAN = ("en-US", "de-DE")
JAPANESE = ("ja-JP", "zh-TW")
HEBREW = ("en-US", "he-IL", "yi-UA")

# what is there, what the cookie says, what the browser says, and the language of the page that it leads to
NEGOTIATED: list[tuple[tuple[str, ...], str | None, str | None, str]] = [
    # nothing is said: the original
    (BOTH, None, None, "en"),
    (BOTH, None, "", "en"),
    (HOME, None, None, "id"),
    # one language, in all its spellings
    (BOTH, None, "id", "id"),
    (BOTH, None, "ID-id", "id"),
    (BOTH, None, "id-ID", "id"),
    (BOTH, None, "id-Latn", "id"),
    (BOTH, None, "id-Latn-ID", "id"),
    (BOTH, None, "id-ID-x-private", "id"),
    (BOTH, None, "id-MY", "id"),
    # codes that were withdrawn
    (BOTH, None, "in", "id"),
    (BOTH, None, "in-ID,in;q=0.9,en;q=0.8", "id"),
    (HEBREW, None, "iw", "he"),
    (HEBREW, None, "iw-IL, en", "he"),
    (HEBREW, None, "ji", "yi"),
    (BOTH, None, "in;q=0, en;q=0.1", "en"),
    (HOME, None, "in;q=0", "en"),
    # weights (9110)
    (BOTH, None, "da, en-gb;q=0.8, en;q=0.7", "en"),
    (BOTH, None, "en;q=0.3, id;q=0.7", "id"),
    (BOTH, None, "id;q=0.3, en;q=0.7", "en"),
    (BOTH, None, "en;q=0.7, id;q=0.7", "en"),
    (BOTH, None, "id;q=0.7, en;q=0.7", "id"),
    (BOTH, None, "en;q=0.999, id;q=1.000", "id"),
    (BOTH, None, "en;q=0.001, id;q=0.002", "id"),
    (BOTH, None, "en ; q=0.2 , id ; q=0.8", "id"),
    (BOTH, None, "en;Q=0.2,id;Q=0.8", "id"),
    # refusals
    (BOTH, None, "en;q=0", "id"),
    (BOTH, None, "en;q=0.0", "id"),
    (BOTH, None, "en-US;q=0, en", "id"),
    (ENGLISH, None, "en-US;q=0, en", "en-GB"),
    (BOTH, None, "en-GB;q=0", "en"),
    (BOTH, None, "*;q=0, id", "id"),
    (BOTH, None, "id;q=0, *", "en"),
    (HOME, None, "id;q=0, *", "en"),
    (CHINESE, None, "zh-Hans;q=0, zh", "zh-TW"),
    # refused is all that there is: a page all the same, never 406
    (BOTH, None, "*;q=0", "en"),
    (HOME, None, "id;q=0, en;q=0", "id"),
    # the wildcard says nothing by itself, and a range that follows it counts (4647)
    (BOTH, None, "*", "en"),
    (HOME, None, "*", "id"),
    (BOTH, None, "*, id;q=0.5", "id"),
    (BOTH, None, "fr, *;q=0.5", "en"),
    # shortened from the end, a singleton with what follows it (4647)
    (CHINESE, None, "zh-Hant-CN-x-private1-private2", "zh-TW"),
    (CHINESE, None, "zh-Hant", "zh-TW"),
    (GERMAN, None, "de-CH", "de"),
    (GERMAN, None, "de-DE-1996", "de"),
    (GERMAN, None, "de-de", "de"),
    (GERMAN, None, "de-DE;q=0, de-Deva, en;q=0.1", "en"),
    (GERMAN, None, "de-Deva;q=0, de", "de"),
    (JAPANESE, None, "fr-FR, zh-Hant", "zh"),
    (JAPANESE, None, "fr-FR, fr", "ja"),
    (GERMAN, None, "i-klingon, de", "de"),
    # script and region
    (CHINESE, None, "zh-HK", "zh-TW"),
    (CHINESE, None, "zh-SG", "zh-CN"),
    (CHINESE, None, "zh", "zh-CN"),
    (CHINESE, None, "zh-TW, zh;q=0.9", "zh-TW"),
    (SERBIAN, None, "sr-Latn", "sr-Latn-RS"),
    (SERBIAN, None, "sr-Cyrl-BA", "sr-RS"),
    (SERBIAN, None, "sr", "sr-RS"),
    (ENGLISH, None, "en-GB", "en-GB"),
    (ENGLISH, None, "en-GB-oed", "en-GB"),
    (ENGLISH, None, "en-AU, id;q=0.9", "en-US"),
    # another script comes after what can surely be read, and before what was not asked for
    (MAINLAND, None, "zh-Hant, en;q=0.1", "en"),
    (("en-US", "id-ID", "zh-CN"), None, "zh-TW, fr", "zh"),
    # what is malformed is passed over, the rest counts
    (BOTH, None, "en_US, id;q=0.1", "id"),
    (BOTH, None, "en;q=2, id;q=0.1", "id"),
    (BOTH, None, "en;q=1.5, id;q=0.1", "id"),
    (BOTH, None, "en;q=abc, id;q=0.1", "id"),
    (BOTH, None, "*-ID, -, ;;, id;q=0.1", "id"),
    (BOTH, None, "🙂", "en"),
    (BOTH, None, "id;q=0.9," * 500, "id"),
    (HOME, None, f"{'fr,' * 330}xxx,id;q=0.9", "id"),  # cut off within its last weight
    # the cookie goes before the browser
    (BOTH, "id", "en", "id"),
    (BOTH, "id", None, "id"),
    (BOTH, "id", "id;q=0, en", "id"),
    (HOME, "en", "id", "en"),
    (BOTH, "id-ID", "en", "id"),
    (BOTH, "in", "en", "id"),
    (BOTH, "ID", "en", "id"),
    (ENGLISH, "en-GB", "en-US", "en-GB"),
    (CHINESE, "zh-TW", "zh-CN", "zh-TW"),
    # unless it names nothing that is there
    (BOTH, "fr", "id", "id"),
    (BOTH, "../../x", "id", "id"),
    (BOTH, "", "id", "id"),
]  # fmt: skip

# the address, the cookie, the browser: always the page of the address
ADDRESSED = [
    (f"/{tag}{path}", cookie, accept)
    for tag, other in (("en", "id"), ("id", "en"))
    for path in (BARE, "/")
    for cookie, accept in ((None, other), (other, None), (other, f"{other}, {tag};q=0"), (None, "*;q=0"))
]


def ask(client: FlaskClient, path: str, cookie: str | None, accept_language: str | None, **headers: str):
    if cookie is not None:
        client.set_cookie(COOKIE, cookie)
    if accept_language is not None:
        headers["Accept-Language"] = accept_language
    return client.get(path, headers=headers)


def test_the_table_has_as_many_rows_as_it_should() -> None:
    assert len(set(NEGOTIATED)) >= 60


@pytest.mark.parametrize(("there", "cookie", "accept_language", "language"), NEGOTIATED)
def test_the_bare_address_leads_to_one_language(
    desk, client: FlaskClient, there: tuple[str, ...], cookie: str | None, accept_language: str | None, language: str
) -> None:
    desk.add(stored(*there))
    answer = ask(client, BARE, cookie, accept_language)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{language}{BARE}")
    assert answer.headers["Vary"] == "Accept-Language, Cookie"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(("path", "cookie", "accept_language"), ADDRESSED)
def test_an_address_with_a_language_is_that_language_whoever_asks(
    desk, client: FlaskClient, path: str, cookie: str | None, accept_language: str | None
) -> None:
    desk.add(stored(*BOTH))
    answer = ask(client, path, cookie, accept_language)
    assert (answer.status_code, parse(answer.text).css_first("html").attributes["lang"]) == (200, path[1:3])
    assert answer.headers.get("Vary") in (None, "Accept-Encoding")
    assert answer.headers["Cache-Control"].startswith("public")


@pytest.mark.parametrize("accept", ["application/json", "image/png", "text/html;q=0", "*/*;q=0"])
@pytest.mark.parametrize("path", [BARE, "/", f"/id{BARE}", "/id/"])
def test_no_reader_is_ever_told_not_acceptable(desk, client: FlaskClient, path: str, accept: str) -> None:
    desk.add(stored(*BOTH))
    assert ask(client, path, None, "xx;q=1, *;q=0", Accept=accept).status_code in (200, 302)
