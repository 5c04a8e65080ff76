"""What pages tell search engines, over HTTP: in parts, on every surface alike, and as others read it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from xml.etree import ElementTree

import extruct
import jsonschema
import langcodes
import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, update

from service.article.types import Submission, Text, Variant
from service.jobs.submit import publish_variant
from service.store import articles, tables
from service.web.desk import Desk
from tests.contract.conftest import BODY, Put
from tests.unit.pages import parse

HEAD, VARIANT, PAGE = "/v1/articles/a1/head?locale=id", "/v1/articles/a1/variants/id-ID", "/id/articles/a1"
JSON = {"Accept": "application/json"}
XHTML = "{http://www.w3.org/1999/xhtml}link"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


# --- parts ---


@pytest.mark.parametrize(
    ("parts", "tags", "keys"),
    [
        ("hreflang,jsonld", ["link", "link", "link", "script"], ["alternates", "json_ld"]),
        ("canonical", ["link"], ["canonical"]),
        ("robots,title", ["title", "meta"], ["robots", "title"]),
        ("og", ["meta"] * 9, ["open_graph"]),
        ("description", ["meta"], ["description"]),
    ],
)
def test_a_cms_gets_the_parts_that_it_does_not_print_itself(
    client: FlaskClient, put: Put, parts: str, tags: list[str], keys: list[str]
) -> None:
    client.put("/v1/sites/default", json={"indexing": "machine"})
    put()
    html = client.get(f"{HEAD}&parts={parts}").text
    assert [node.tag for node in parse(f"<head>{html}").css("head *")] == tags
    assert sorted(client.get(f"{HEAD}&parts={parts}", headers=JSON).json) == keys


def test_all_parts_together_are_the_head(client: FlaskClient, put: Put) -> None:
    put()
    parts = "title,description,robots,canonical,hreflang,og,jsonld"
    assert client.get(f"{HEAD}&parts={parts}").data == client.get(HEAD).data
    assert client.get(HEAD).text.strip() in client.get(PAGE).text


@pytest.mark.parametrize("parts", ["", "keywords", "og,", "og, jsonld", "OG"])
def test_a_part_that_there_is_not(client: FlaskClient, put: Put, parts: str) -> None:
    put()
    answer = client.get("/v1/articles/a1/head", query_string={"locale": "id", "parts": parts})
    assert answer.status_code == 422
    assert "parts" in answer.json["detail"]
    assert "hreflang" in answer.json["detail"]


# --- slugs and provenance ---


def test_a_translation_has_a_slug_of_its_own_that_stays(client: FlaskClient, put: Put) -> None:
    put(slug="new-roads")
    slug = client.get(VARIANT).json["slug"]
    assert client.get("/v1/articles/a1/variants/en-US").json["slug"] == "new-roads"
    assert slug == "-".join(client.get(VARIANT).json["title"].lower().split())
    put(slug="newer-roads", title="The government will repair old bridges")
    assert client.get(VARIANT).json["slug"] == slug
    assert "jembatan" in client.get(VARIANT).json["title"].lower()
    assert client.get("/v1/articles/a1/variants/en-US").json["slug"] == "newer-roads"


def test_a_slug_may_change_as_long_as_nobody_has_seen_it(client: FlaskClient, put: Put) -> None:
    put(status="draft")
    before = client.get(VARIANT).json["slug"]
    put(status="draft", title="The government will repair old bridges")
    after = client.get(VARIANT).json["slug"]
    assert before != after
    put(status="published", title="The government will repair old bridges")
    put(title="The government will build new roads")
    assert client.get(VARIANT).json["slug"] == after


def test_an_original_without_a_slug_gets_one(client: FlaskClient, put: Put) -> None:
    put()
    put(title="Another title altogether")
    assert client.get("/v1/articles/a1/variants/en-US").json["slug"] == "the-government-will-build-new-roads"


def test_where_a_text_comes_from_is_data_and_no_language(client: FlaskClient, put: Put) -> None:
    put()
    assert client.get("/v1/articles/a1/variants/en-US").json["provenance"] is None
    assert client.get(VARIANT).json["provenance"] == "id-t-en-t0-und"
    assert langcodes.tag_is_valid("id-t-en-t0-und")
    for surface in (PAGE, HEAD, "/v1/articles/a1/switcher", "/sitemap.xml", "/id/feed.xml"):
        assert "-t-" not in client.get(surface).text
    client.post(f"{VARIANT}/approval", json={"by": "Sari"})
    assert client.get(VARIANT).json["provenance"] == "id-t-en"


# --- dates ---


def modified(client: FlaskClient) -> str:
    found: str = client.get(HEAD, headers=JSON).json["json_ld"]["dateModified"]
    return found


def test_the_date_of_change_moves_with_visible_text_alone(client: FlaskClient, put: Put, desk: Desk) -> None:
    put(published_at="2025-11-04T09:00:00+07:00")
    with desk.database.write() as connection:
        long_ago = datetime(2025, 11, 5, tzinfo=UTC)
        connection.execute(update(tables.variant).values(first_published_at=long_ago, modified_at=long_ago))
    first = modified(client)
    segment = client.get(VARIANT).json["segments"][1]
    patch = partial(client.patch, f"{VARIANT}/segments/{segment['id']}")
    for change in (
        partial(client.post, f"{VARIANT}/approval", json={"by": "Sari"}),
        partial(client.put, "/v1/sites/default", json={"name": "The Harbour Post"}),
        partial(put, published_at="2025-11-04T09:00:00+07:00", authors=[{"name": "Sari"}]),
        # what a machine makes of a changed text waits beside what a person approved
        partial(put, published_at="2025-11-04T09:00:00+07:00", body=BODY.replace("next year", "this year")),
    ):
        assert change().status_code < 300
        assert modified(client) == first
    put(published_at="2025-11-04T09:00:00+07:00")
    answer = patch(json={"target": segment["target"], "by": "Sari"})
    assert answer.status_code == 200, answer.text
    assert modified(client) == first
    assert patch(json={"target": "Kalimat lain sama sekali.", "by": "Sari"}).status_code == 200
    assert modified(client) > first


def test_a_translation_was_published_when_it_was_and_tells_when_its_original_was(client: FlaskClient, put: Put) -> None:
    put(published_at="2025-11-04T09:00:00+07:00")
    said = client.get(HEAD, headers=JSON).json["json_ld"]
    assert said["translationOfWork"]["datePublished"] == "2025-11-04T09:00:00+07:00"
    published = datetime.fromisoformat(said["datePublished"])
    assert published.utcoffset() == timedelta(hours=7)
    assert datetime.now(UTC) - published < timedelta(minutes=5)


def test_an_archive_is_not_modified_by_coming_here(client: FlaskClient, put: Put) -> None:
    put(published_at="2025-11-04T09:00:00+07:00")
    said = client.get("/v1/articles/a1/head", headers=JSON).json["json_ld"]
    assert said["dateModified"] == said["datePublished"] == "2025-11-04T09:00:00+07:00"
    assert "Updated" not in client.get("/en/articles/a1").text
    put(published_at="2025-11-04T09:00:00+07:00", body=BODY.replace("next year", "this year"))
    assert client.get("/v1/articles/a1/head", headers=JSON).json["json_ld"]["dateModified"] > said["dateModified"]
    assert "Updated" in client.get("/en/articles/a1").text


# --- every surface alike ---


def test_an_approval_changes_all_surfaces_and_a_withdrawal_takes_all_back(client: FlaskClient, put: Put) -> None:
    put()

    def surfaces() -> dict[str, bool]:
        english = parse(client.get("/en/articles/a1").text)
        page = parse(client.get(PAGE).text)
        data = client.get(HEAD, headers=JSON)
        work = client.get("/v1/articles/a1/head", headers=JSON)
        ours = f"http://127.0.0.1:8080{PAGE}"
        return {
            "page": page.css_matches('meta[name="robots"][content^="index"]'),
            "hreflang": page.css_matches("link[hreflang=id]"),
            "hreflang of the other": english.css_matches(f'link[hreflang="id"][href="{ours}"]'),
            "head as data": bool(data.is_json and data.json.get("alternates")),
            "workTranslation": ours in json.dumps(work.json["json_ld"].get("workTranslation", [])),
            "metadata": "index, follow" in client.get(VARIANT).text,
            "sitemap": f"<loc>{ours}</loc>" in client.get("/sitemap.xml").text,
            "sitemap of the other": f'hreflang="id" href="{ours}"' in client.get("/sitemap.xml").text,
            "feed": f"<id>{ours}</id>" in client.get("/id/feed.xml").text,
        }

    assert set(surfaces().values()) == {False}
    client.post(f"{VARIANT}/approval", json={"by": "Sari"})
    assert set(surfaces().values()) == {True}
    put(status="withdrawn")
    left = surfaces()
    assert {name for name, told in left.items() if told} <= {"metadata", "head as data", "workTranslation"}  # the API's
    assert client.get(PAGE).status_code == 410


LOCALES = ("en-US", "en-GB", "id-ID")


@dataclass(frozen=True)
class Told:
    """What one head says."""

    canonical: str
    robots: str
    alternates: frozenset[tuple[str, str]]
    json_ld: Mapping[str, Any]


@pytest.fixture
def site(client: FlaskClient, desk: Desk) -> Callable[[str], list[str]]:
    """Makes 200 articles in all the states that there are, mixed at random; gives their ids."""

    def make(indexing: str) -> list[str]:
        desk.workers.stop(20)
        client.put("/v1/sites/default", json={"locales": list(LOCALES), "indexing": indexing})
        chance = random.Random(indexing)  # noqa: S311 - the same mixture each time
        ids = [f"a{number}" for number in range(200)]
        for name in ids:
            _store(desk, name, chance)
        return ids

    return make


def _store(desk: Desk, name: str, chance: random.Random) -> None:
    now = datetime.now(UTC)
    language, others = chance.choice((("en-US", ("en-GB", "id-ID")), ("id-ID", ("en-US", "en-GB"))))
    own = {tag: f"https://paper.example/{tag}/{name}" for tag in LOCALES if chance.random() < 0.15}
    submission = Submission(
        id=name,
        title=f"Headline of {name}",
        body="<p>The harbour reopened.</p>" if language == "en-US" else "<p>Pelabuhan dibuka kembali.</p>",
        language=language,
        targets=others,
        urls=own,
        status=chance.choice(("published", "published", "published", "draft")),
        published_at=chance.choice((None, now - timedelta(days=chance.randint(1, 9)), now + timedelta(days=1))),
    )
    desk.accept(submission)
    with desk.database.write() as connection:
        article = articles.get(connection, name)
        assert article is not None
        for locale in others:
            state = chance.choice(("machine", "needs_review", "reviewed", "stale", "queued"))
            if state == "queued":
                continue
            where = (tables.job.c.article == name) & (tables.job.c.locale == locale)
            connection.execute(delete(tables.job).where(where))
            parts = {part: Text("text", f"{part} of {name} in {locale}") for part in ("title", "body")}
            kind = "reviewed" if state == "stale" else state
            variant = Variant(locale, kind, parts, (), reviewed_by="Sari" if kind == "reviewed" else None)
            publish_variant(connection, article, variant, 0 if state == "stale" else 1, now)
    if chance.random() < 0.1:
        desk.accept(_withdrawn(submission))


def _withdrawn(submission: Submission) -> Submission:
    return replace(submission, status="withdrawn")


@pytest.mark.parametrize("indexing", ["reviewed", "machine", "never"])
def test_what_200_articles_say_of_each_other_is_mutual(
    client: FlaskClient, site: Callable[[str], list[str]], desk: Desk, indexing: str
) -> None:
    ids = site(indexing)
    heads: dict[str, Told] = {}
    hidden: set[str] = set()
    for name in ids:
        for locale in LOCALES:
            page = client.get(f"/{locale if locale != 'id-ID' else 'id'}/articles/{name}")
            if page.status_code not in (200, 302):
                hidden.add(f"/{'id' if locale == 'id-ID' else locale}/articles/{name}")
                continue
            said = client.get(f"/v1/articles/{name}/head?locale={locale}", headers=JSON).json
            links = frozenset((link["hreflang"], link["href"]) for link in said["alternates"])
            heads[said["canonical"]] = told = Told(said["canonical"], said["robots"], links, said["json_ld"])
            if page.status_code == 302:
                assert page.headers["Location"] == said["canonical"]
                continue
            tree = parse(page.text)
            assert tree.css_first('link[rel="canonical"]').attributes["href"] == told.canonical
            assert tree.css_first('meta[name="robots"]').attributes["content"] == told.robots
            printed = {(one.attributes["hreflang"], one.attributes["href"]) for one in tree.css("head link[hreflang]")}
            assert printed == told.alternates
    assert len(heads) > 150
    assert len(hidden) > 50

    for url, told in heads.items():
        indexed = told.robots.startswith("index")
        assert bool(told.alternates) == indexed
        assert not indexed or url in {address for _, address in told.alternates}
        for tag, address in told.alternates:
            assert tag == "x-default" or langcodes.tag_is_valid(tag)
            other = heads[address]  # it is there, absolute, and visible
            assert other.canonical == address
            assert other.robots.startswith("index")
            assert other.alternates == told.alternates
        for reference in told.json_ld.get("workTranslation", []):
            other = heads[reference["@id"]]
            assert other.robots.startswith("index")
            assert other.json_ld["translationOfWork"]["@id"] == url
        if work := told.json_ld.get("translationOfWork"):
            back = [one["@id"] for one in heads[work["@id"]].json_ld.get("workTranslation", [])]
            assert (url in back) == indexed
    assert any(told.alternates for told in heads.values()) == (indexing != "never")

    listed = {}
    for entry in _xml(client.get("/sitemap.xml").text).iter(f"{SITEMAP}url"):
        links = {(link.attrib["hreflang"], link.attrib["href"]) for link in entry.iter(XHTML)}
        listed[entry.findtext(f"{SITEMAP}loc")] = links
    ours = {url: told for url, told in heads.items() if url.startswith(desk.public_url)}
    assert listed == {url: told.alternates for url, told in ours.items() if told.alternates}
    lists = [client.get(path).text for path in ("/en-US/", "/en-GB/", "/id/", "/en-US/feed.xml", "/id/feed.xml")]
    for address in hidden:
        assert not any(f'{address}"' in text or f"{address}<" in text for text in lists)
    feed = _xml(lists[-1])
    for entry in feed.iter("{http://www.w3.org/2005/Atom}entry"):
        assert heads[entry.findtext("{http://www.w3.org/2005/Atom}id")].alternates


def _xml(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314 - our own


# --- as others read it ---

PERSON = {
    "type": "object",
    "required": ["@type", "name"],
    "properties": {"@type": {"enum": ["Person", "Organization"]}},
}
MOMENT = {"type": "string", "format": "date-time", "pattern": r"(Z|[+-]\d\d:\d\d)$"}
ADDRESS = {"type": "string", "pattern": "^https?://"}
WORK = {
    "type": "object",
    "required": ["@type", "@id", "url", "headline", "inLanguage", "datePublished"],
    "properties": {"@type": {"const": "NewsArticle"}, "@id": ADDRESS, "url": ADDRESS, "datePublished": MOMENT},
}
NEWS_ARTICLE = {
    "type": "object",
    "required": [
        "@context", "@type", "@id", "url", "mainEntityOfPage", "headline", "inLanguage", "datePublished",
        "dateModified", "author", "publisher", "image",
    ],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "NewsArticle"},
        "@id": ADDRESS,
        "url": ADDRESS,
        "mainEntityOfPage": ADDRESS,
        "headline": {"type": "string", "minLength": 1},
        "description": {"type": "string", "minLength": 1},
        "inLanguage": {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"},
        "datePublished": MOMENT,
        "dateModified": MOMENT,
        "author": {"type": "array", "minItems": 1, "items": {**PERSON, "additionalProperties": {"type": "string"}}},
        "publisher": PERSON,
        "translator": PERSON,
        "image": {
            "type": "object",
            "required": ["@type", "url"],
            "properties": {
                "@type": {"const": "ImageObject"}, "url": ADDRESS, "creditText": {"type": "string"},
                "caption": {"type": "string"},
            },
            "additionalProperties": False,
        },
        "translationOfWork": WORK,
        "workTranslation": {"type": "array", "items": WORK},
    },
    "additionalProperties": False,
}  # fmt: skip
"""What schema.org says of the types of these properties, and Google of which an article needs
(https://developers.google.com/search/docs/appearance/structured-data/article)."""


def test_pages_as_a_search_engine_reads_them(client: FlaskClient, put: Put) -> None:
    client.put("/v1/sites/default", json={"indexing": "machine", "hosts": ["images.example"]})
    hostile = "Roads</script><script>alert(1)</script> & “bridges” \u2028 <!-- <b>now</b>"
    put(
        title=hostile,
        authors=[{"name": "Sari </script> Wulandari", "url": "https://paper.example/sari"}],
        image={"url": "https://images.example/a.jpg", "alt": "A road", "caption": "Roads.", "credit": "Antara & co."},
    )
    client.post(f"{VARIANT}/approval", json={"by": "Dewi <Lestari>"})
    for path, language, other in (("/en/articles/a1", "en", "id_ID"), (PAGE, "id", "en_US")):
        html = client.get(path).text
        found = extruct.extract(html, f"http://127.0.0.1:8080{path}", syntaxes=["json-ld", "opengraph"])
        (said,) = found["json-ld"]
        jsonschema.validate(said, NEWS_ARTICLE, format_checker=jsonschema.FormatChecker())
        assert said["inLanguage"] == parse(html).css_first("html").attributes["lang"] == language
        assert said["image"]["creditText"] == "Antara & co."
        assert said["author"] == [
            {"@type": "Person", "name": "Sari </script> Wulandari", "url": "https://paper.example/sari"}
        ]
        (graph,) = found["opengraph"]
        properties = dict(graph["properties"])
        assert properties["og:title"] == said["headline"]
        assert properties["og:url"] == said["url"] == f"http://127.0.0.1:8080{path}"
        assert properties["og:locale:alternate"] == other
        assert properties["article:modified_time"] == said["dateModified"]
    assert said["translator"] == {"@type": "Person", "name": "Dewi <Lestari>"}
    assert "translator" not in extruct.extract(client.get("/en/articles/a1").text, syntaxes=["json-ld"])["json-ld"][0]
