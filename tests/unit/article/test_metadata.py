"""What the head of a page says: addresses, robots, hreflang, Open Graph, JSON-LD."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from selectolax.lexbor import LexborHTMLParser

from service.article.address import page_url
from service.article.metadata import Head, alternates, head, head_html, head_json
from service.article.types import Author, Dossier, Image, Site, Text
from tests.unit.newsroom import MADE, NOW, PUBLISHED, SITE, article, dossier, edition, unsound

BASE = "https://desk.example"


def made(stored: Dossier, locale: str = "en-US", base: str = BASE) -> Head:
    return head(stored, locale, base, NOW)


def og(page: Head, name: str) -> list[str]:
    return [content for key, content in page.open_graph if key == name]


# --- addresses ---


@pytest.mark.parametrize(
    ("id", "base", "url"),
    [
        ("harbour", BASE, "https://desk.example/en/articles/harbour"),
        ("harbour", "https://paper.example/alih", "https://paper.example/alih/en/articles/harbour"),
        ("harbour", "/alih", "/alih/en/articles/harbour"),
        ("harbour", "", "/en/articles/harbour"),
        ("wp:site:123", BASE, "https://desk.example/en/articles/wp:site:123"),
    ],
)
def test_a_page_has_one_address(id: str, base: str, url: str) -> None:
    assert page_url(dossier(of=article(id=id)), "en-US", base) == url


def test_the_publishers_own_address_is_the_canonical_one() -> None:
    own = dossier(of=article(urls={"id-ID": "https://koran.example/pelabuhan"}))
    assert made(own, "id-ID").canonical == "https://koran.example/pelabuhan"
    assert made(own, "en-US").canonical == "https://desk.example/en/articles/harbour"


# --- robots and hreflang ---


def test_an_indexable_page_lists_itself_the_others_and_the_original_as_default() -> None:
    assert [(link.hreflang, link.url) for link in made(dossier(), "id-ID").alternates] == [
        ("en", "https://desk.example/en/articles/harbour"),
        ("id", "https://desk.example/id/articles/harbour"),
        ("x-default", "https://desk.example/en/articles/harbour"),
    ]


def test_a_page_kept_out_of_indexes_has_no_hreflang_and_is_in_nobodys() -> None:
    waiting = dossier(site=replace(SITE, indexing="reviewed"))
    assert made(waiting, "id-ID").robots == "noindex"
    assert made(waiting, "id-ID").alternates == ()
    assert [link.hreflang for link in made(waiting, "en-US").alternates] == ["en", "x-default"]


def test_an_unsound_article_is_indexed_in_no_language() -> None:
    spun = dossier(of=unsound())
    assert [made(spun, tag).robots for tag in ("en-US", "id-ID")] == ["noindex", "noindex"]


def test_hreflang_is_reciprocal_in_every_mixture_of_states() -> None:
    site = Site(locales=("en-US", "id-ID", "ms-MY"), indexing="reviewed")
    states = ("machine", "needs_review", "reviewed", "stale")
    for indonesian, malay in product(states, states):
        stored = dossier(
            edition("en-US", "source"),
            edition("id-ID", indonesian, variant_state="machine" if indonesian == "stale" else indonesian),
            edition("ms-MY", malay, variant_state="reviewed" if malay == "stale" else malay),
            site=site,
        )
        lists = {
            page_url(stored, tag, BASE): {link.url for link in alternates(stored, tag, BASE, NOW)}
            for tag in site.locales
        }
        for url, targets in lists.items():
            assert not targets or url in targets
            assert all(url in lists[target] for target in targets)


# --- the text of it ---


def test_the_description_is_the_standfirst_or_else_the_first_paragraph() -> None:
    assert made(dossier()).description == "Ships sailed again on Monday."
    bare = edition("en-US", "source", parts={"dek": Text("text", "")})
    assert made(dossier(bare)).description == "The harbour reopened."


def test_a_long_description_is_cut_at_a_word() -> None:
    long = edition("en-US", "source", parts={"dek": Text("text", "harbour " * 60)})
    description = made(dossier(long)).description
    assert len(description) <= 200
    assert description.endswith("harbour…")


def test_titles_are_plain_text() -> None:
    marked = edition("en-US", "source", parts={"title": Text("html", "Ships &amp; <i>sails</i>")})
    assert made(dossier(marked)).title == "Ships & sails"


def test_nothing_made_yet_has_no_head() -> None:
    pending = dossier(edition("en-US", "source"), edition("id-ID", "queued", made=False))
    with pytest.raises(LookupError, match="no id-ID variant"):
        made(pending, "id-ID")


# --- Open Graph ---


def test_open_graph_names_the_locale_and_the_others() -> None:
    page = made(dossier(), "id-ID")
    assert og(page, "og:locale") == ["id_ID"]
    assert og(page, "og:locale:alternate") == ["en_US"]


def test_open_graph_says_what_a_shared_link_shows() -> None:
    image = Image("https://images.example/harbour.jpg", "A. Person")
    page = made(dossier(of=article(image=image)))
    assert dict(page.open_graph) == {
        "og:type": "article",
        "og:title": "Harbour reopens after the storm",
        "og:description": "Ships sailed again on Monday.",
        "og:url": "https://desk.example/en/articles/harbour",
        "og:site_name": "The Harbour Post",
        "og:locale": "en_US",
        "og:locale:alternate": "id_ID",
        "og:image": "https://images.example/harbour.jpg",
        "article:published_time": "2026-11-23T14:30:00+07:00",
        "article:modified_time": "2026-11-23T14:30:00+07:00",
    }


# --- JSON-LD ---


def test_json_ld_describes_a_news_article_in_its_language() -> None:
    image = Image("https://images.example/harbour.jpg", "A. Person")
    data = made(dossier(of=article(image=image, authors=(Author("B. Writer", "https://b.example/"),)))).json_ld
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "Harbour reopens after the storm"
    assert data["inLanguage"] == "en"
    assert data["author"] == [{"@type": "Person", "name": "B. Writer", "url": "https://b.example/"}]
    assert data["publisher"] == {"@type": "Organization", "name": "The Harbour Post"}
    assert data["image"] == {
        "@type": "ImageObject",
        "url": "https://images.example/harbour.jpg",
        "creditText": "A. Person",
    }


def test_a_translation_points_to_its_original_and_has_its_own_first_publication() -> None:
    data = made(dossier(), "id-ID").json_ld
    assert data["datePublished"] == "2026-11-23T15:00:00+07:00"
    assert data["translationOfWork"] == {
        "@type": "NewsArticle",
        "@id": "https://desk.example/en/articles/harbour",
        "url": "https://desk.example/en/articles/harbour",
        "headline": "Harbour reopens after the storm",
        "inLanguage": "en",
        "datePublished": "2026-11-23T14:30:00+07:00",
    }
    assert "workTranslation" not in data


def test_an_original_points_to_the_translations_that_may_be_indexed() -> None:
    assert [work["inLanguage"] for work in made(dossier()).json_ld["workTranslation"]] == ["id"]
    assert "workTranslation" not in made(dossier(site=replace(SITE, indexing="reviewed"))).json_ld


def test_a_translator_is_a_person_or_nobody() -> None:
    assert "translator" not in made(dossier(), "id-ID").json_ld
    reviewed = dossier(edition("en-US", "source"), edition("id-ID", "reviewed", reviewed_by="C. Editor"))
    assert made(reviewed, "id-ID").json_ld["translator"] == {"@type": "Person", "name": "C. Editor"}


def test_a_translation_made_under_embargo_is_published_with_its_article() -> None:
    later = MADE + timedelta(hours=5)
    assert made(dossier(of=article(published_at=later)), "id-ID").json_ld["datePublished"] == (
        "2026-11-23T20:00:00+07:00"
    )


def test_an_original_is_not_modified_by_being_stored_here() -> None:
    later = MADE + timedelta(hours=1)
    assert made(dossier()).json_ld["dateModified"] == "2026-11-23T14:30:00+07:00"
    edited = dossier(edition("en-US", "source", modified_at=later))
    assert made(edited).json_ld["dateModified"] == "2026-11-23T16:00:00+07:00"


def test_nothing_is_modified_before_it_was_published() -> None:
    odd = article(published_at=PUBLISHED, updated_at=datetime(2020, 1, 1, tzinfo=UTC))
    data = made(dossier(of=odd)).json_ld
    assert data["dateModified"] == data["datePublished"]


# --- the fragment ---

HOSTILE = "</title></script><!--<b>\"'&\u2028\u2029"


def test_the_fragment_survives_hostile_text() -> None:
    hostile = edition("en-US", "source", parts={name: Text("text", HOSTILE) for name in ("title", "dek")})
    fragment = head_html(made(dossier(hostile)))
    tree = LexborHTMLParser(f"<html><head>{fragment}</head><body></body></html>")
    words = " ".join(HOSTILE.split())
    assert tree.css_first("title").text() == words
    assert tree.css_first('meta[name="description"]').attributes["content"] == words
    assert json.loads(tree.css_first("script").text())["headline"] == words
    assert [node.tag for node in tree.css("body *")] == []


def test_json_ld_has_no_character_that_could_end_its_script() -> None:
    hostile = dossier(of=article(authors=(Author(HOSTILE),)))
    fragment = head_html(made(hostile))
    data = fragment.partition('<script type="application/ld+json">')[2].removesuffix("</script>")
    assert not set(data) & set("<>&\u2028\u2029")
    assert json.loads(data)["author"][0]["name"] == HOSTILE


def test_the_fragment_has_all_links_and_tags() -> None:
    tree = LexborHTMLParser(f"<html><head>{head_html(made(dossier()))}</head></html>")
    assert tree.css_first('link[rel="canonical"]').attributes["href"].endswith("/en/articles/harbour")
    assert tree.css_first('meta[name="robots"]').attributes["content"].startswith("index")
    assert [a.attributes["hreflang"] for a in tree.css('link[rel="alternate"]')] == ["en", "id", "x-default"]
    assert tree.css_first('meta[property="og:locale"]').attributes["content"] == "en_US"


def test_the_same_is_there_as_data() -> None:
    data = head_json(made(dossier()))
    assert json.loads(json.dumps(data)) == data
    assert data["alternates"][0] == {"hreflang": "en", "href": "https://desk.example/en/articles/harbour"}
