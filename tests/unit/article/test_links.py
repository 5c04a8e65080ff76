"""Links lead to the pages of the variant's locale where the site has a rule, and nowhere else than before otherwise."""

from __future__ import annotations

import pytest

from service import pipeline
from service.article import detect, links
from service.article.links import localised
from service.article.types import Site, Submission, Variant
from tests.unit.article import fakes

RULES = (
    {"en-US": "https://a.example/en", "id-ID": "https://a.example/id"},
    {"en-US": "/", "id-ID": "/id/"},
    {"en-US": "https://shop.example/?a=1&l=en", "fr-FR": "https://shop.example/?a=1&l=fr"},
)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example/en/fish?a=1&amp;b=2#c", "https://a.example/id/fish?a=1&amp;b=2#c"),
        ("https://a.example/en", "https://a.example/id"),
        ("https://a.example/en?a=1", "https://a.example/id?a=1"),
        ("https://a.example/english", None),
        ("https://a.example/id/ikan", None),
        ("https://b.example/en/fish", None),
        ("/fish", "/id/fish"),
        ("/id/ikan", None),
        ("fish", None),
        ("#top", None),
        ("", None),
        ("https://shop.example/?a=1&amp;l=en", None),
    ],
)
def test_an_address_gets_the_beginning_of_the_variants_locale(address: str, expected: str | None) -> None:
    link = '<p>See <a class="x" href="{}" rel="y">fish</a></p>'

    assert localised(link.format(address), RULES, "en-US", "id-ID") == link.format(expected or address)


def test_a_rule_escapes_what_it_writes() -> None:
    assert localised('<a href="https://shop.example/?a=1&amp;l=en">x</a>', RULES, "en-US", "fr-FR") == (
        '<a href="https://shop.example/?a=1&amp;l=fr">x</a>'
    )


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/fish" hreflang="en">in English</a>',
        '<a href="/fish" translate="no">Kompas</a>',
        '<a class="x notranslate" href="/fish">Kompas</a>',
        '<a data-href="/fish" title=" href=&quot;/fish&quot;">x</a>',
        '<img src="/fish.jpg"><iframe src="/fish"></iframe><form action="/fish"></form><link href="/fish">',
        '<!-- <a href="/fish"> --><!-- wp:button {"url":"/fish"} -->',
        "<script>a = '<a href=\"/fish\">'</script>",
        '<template><a href="/fish">x</a></template>',
        '<p>/fish, &lt;a href="/fish"&gt;</p>',
    ],
)
def test_nothing_else_is_touched(html: str) -> None:
    assert localised(html, RULES, "en-US", "id-ID") == html


BODY = (
    '<p>The new <a href="/prices" title="All prices">prices</a> are here.</p>'
    '<a href="/map"><figure><img alt="A map of it"></figure></a>'
)


def made(monkeypatch: pytest.MonkeyPatch, site: Site, target: str | None = None) -> Variant:
    monkeypatch.setattr(detect, "block_language", lambda *_: None)
    article = pipeline.receive(Submission("a", "The boats", BODY, language="en"), site, {("en", "id")})
    if target is None:
        return pipeline.source_variant(article)
    return pipeline.localise(
        article, target, translate=fakes.mirrored(), recall=lambda _: {}, terms=lambda *_: (), progress=lambda *_: None
    )


def test_a_variants_parts_and_blocks_have_its_links(monkeypatch: pytest.MonkeyPatch) -> None:
    variant = made(monkeypatch, Site(links=RULES), "id-ID")

    assert variant.text("body") == (
        '<p>ehT wen <a href="/id/prices" title="llA secirp">secirp</a> era ereh.</p>'
        '<a href="/id/map"><figure><img alt="A pam fo ti"></figure></a>'
    )
    assert 'href="/id/prices"' in variant.blocks[1].value
    assert 'href="/prices"' in variant.segments[1].target


def test_without_a_rule_and_in_the_source_no_address_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert made(monkeypatch, Site(links=RULES)).text("body") == BODY
    assert fakes.tags(made(monkeypatch, Site(), "id-ID").text("body") or "") == fakes.tags(BODY)


def test_elements_of_ones_own_hide_no_links() -> None:
    assert links.addresses('<svg-icon></svg-icon><a href="/x">x</a><svg></svg>') == ["/x"]
    assert links.addresses('<svg><a href="/y">y</a></svg><a href="/x">x</a>') == ["/x"]


def test_what_has_no_end_is_passed_once() -> None:
    assert links.addresses('<svg><a href="/y">y</a>') == []  # it goes on to the end
    assert links.addresses('<a href="/x">x</a>' + "<svg>" * 20_000 + "<style>" * 20_000) == ["/x"]
