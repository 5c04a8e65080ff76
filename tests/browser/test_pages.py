"""All kinds of pages as everyone meets them: large text, small windows, dark rooms, screen readers, slow lines."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.axe import violations

KINDS = {
    "article": "/{}/articles/storm",
    "source": "/{}/articles/madrid-summit",
    "compare": "/{}/articles/{}/compare",
    "index": "/{}/",
    "index-2": "/{}/?page=2",
    "filtered": "/{}/?source={}",
    "unknown": "/{}/articles/unknown",
}
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="675"><path fill="#678" d="M0 0h1200v675H0z"/></svg>'
)
MOVED = """window.moved = []; new PerformanceObserver(list => window.moved.push(...list.getEntries().map(
    entry => [entry.value, ...entry.sources.map(source => source.node?.textContent ?? "gone")]
))).observe({ type: "layout-shift", buffered: true })"""
ARTICLES = {
    "storm": {
        "title": "Storm closes the harbour for two days",
        "dek": "Ferries stay in port until Friday.",
        "body": "<p>The storm closed the harbour, the port authority said. The market opened on Monday.</p>"
        '<figure><img src="https://images.example/wave.svg" alt="A wave" width="800" height="450">'
        "<figcaption>A wave at the pier.</figcaption></figure><h2>The price of fish</h2><ul><li>One</li></ul>"
        '<p>Governor Murad Ismail said 1.5 million people in <a href="https://a.example/x">Maluku</a> were told.</p>',
        "language": "en",
        "image": {
            "url": "https://images.example/storm.svg",
            "alt": "Waves over the pier",
            "caption": "The pier on Monday.",
            "credit": "Reuters",
            "width": 1200,
            "height": 675,
        },
        "authors": [{"name": "Siti Rahma", "url": "https://a.example/siti"}],
    },
    "dia": {
        "title": "Pedagang baru di pasar Ambon",
        "body": "<p>Dia datang ke pasar <b>kemarin</b>. Menurut dia, harga ikan akan naik 3,5 persen tahun ini.</p>",
        "language": "id",
        "image": {"url": "https://images.example/pasar.svg", "alt": "Pedagang di pasar"},
    },
}
COMPARED = {"en": "dia", "id": "storm"}
"""What was translated into each language; the first has sentences that the checks doubt."""


@pytest.fixture(scope="module")
def filled(site: str) -> str:
    """A service with pictures and more articles than a page of the list has."""
    httpx.put(f"{site}/v1/sites/default", json={"hosts": ["images.example"]}).raise_for_status()
    for number in range(24):
        sent = {"title": f"Council meets, part {number}", "body": "<p>It met on Monday.</p>", "language": "en"}
        old = {**sent, "targets": ["id-ID"], "published_at": "2025-01-01T00:00:00Z"}
        httpx.put(f"{site}/v1/articles/old{number}", json=old).raise_for_status()
    for name, article in ARTICLES.items():
        answer = httpx.put(f"{site}/v1/articles/{name}", json=article, headers={"Prefer": "wait=60"}, timeout=90)
        assert answer.status_code == 201, answer.text
    for name in ("madrid-summit", *(f"old{number}" for number in range(24))):
        while httpx.get(f"{site}/v1/articles/{name}").json()["state"] == "in_progress":
            pass
    return site


def address(kind: str, language: str) -> str:
    if kind == "compare":
        return KINDS[kind].format(language, COMPARED[language])
    return KINDS[kind].format(language, language)


def reader(chromium: Browser, width: int, scheme: str = "light", **options: object) -> Iterator[Page]:
    """A page whose pictures come from the site's host, as nothing else may."""
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **options)  # type: ignore[arg-type]
    page = context.new_page()
    page.route("https://images.example/**", lambda route: route.fulfill(content_type="image/svg+xml", body=PICTURE))
    yield page
    context.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    yield from reader(chromium, 360)


@pytest.fixture
def desktop(chromium: Browser) -> Iterator[Page]:
    yield from reader(chromium, 1440)


@pytest.fixture(params=["light", "dark"])
def in_light_and_dark(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    yield from reader(chromium, 390, request.param)


# --- for everyone ---


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(in_light_and_dark: Page, filled: str, kind: str, language: str) -> None:
    in_light_and_dark.goto(filled + address(kind, language))
    assert violations(in_light_and_dark) == []


def test_axe_finds_nothing_in_the_gallery(in_light_and_dark: Page, filled: str) -> None:
    in_light_and_dark.goto(f"{filled}/switcher-gallery")
    expect(in_light_and_dark.locator("language-switcher").last.get_by_role("link")).to_have_count(2)
    assert violations(in_light_and_dark) == []


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_runs_out_of_the_window(phone: Page, filled: str, kind: str, language: str, width: int) -> None:
    phone.set_viewport_size({"width": width, "height": 800})
    phone.goto(filled + address(kind, language))
    assert phone.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("kind", KINDS)
def test_text_twice_as_large_still_fits(phone: Page, filled: str, kind: str) -> None:
    phone.goto(filled + address(kind, "id"))
    before = phone.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    phone.evaluate("document.documentElement.style.fontSize = '200%'")
    assert phone.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 1.9 * before
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


# --- quick ---


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_small_asks_nobody_else_and_does_not_move(phone: Page, filled: str, kind: str, language: str) -> None:
    sizes: list[int] = []
    strangers: list[str] = []

    def late(route: Route) -> None:
        phone.evaluate("new Promise(requestAnimationFrame)")  # the page is painted before its pictures are there
        route.fulfill(content_type="image/svg+xml", body=PICTURE)

    phone.route("https://images.example/**", late)
    phone.on("response", lambda answer: sizes.append(len(answer.body())) if "127.0.0.1" in answer.url else None)
    phone.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((filled, "https://images.example/", "data:"))
            else strangers.append(request.url)
        ),
    )
    phone.add_init_script(MOVED)
    phone.goto(filled + address(kind, language), wait_until="networkidle")
    phone.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert phone.evaluate("window.moved") == []
    assert strangers == []
    assert 2_000 < sum(sizes) < 50_000


# --- beside the original ---


def test_sentences_are_side_by_side_where_there_is_room_and_stacked_on_a_phone(desktop: Page, filled: str) -> None:
    desktop.goto(filled + address("compare", "en"))
    pair = desktop.locator(".pair").nth(1)

    def places() -> tuple[dict[str, float], dict[str, float]]:
        first, second = pair.locator(".was").bounding_box(), pair.locator(".now").bounding_box()
        assert first is not None
        assert second is not None
        return dict(first), dict(second)

    was, now = places()
    assert was["y"] == now["y"]
    assert was["x"] + was["width"] <= now["x"]
    desktop.set_viewport_size({"width": 360, "height": 800})
    was, now = places()
    assert was["x"] == now["x"]
    assert was["y"] + was["height"] <= now["y"]


def test_the_way_to_a_doubtful_sentence_and_back(phone: Page, filled: str) -> None:
    phone.goto(filled + "/en/articles/dia")
    phone.get_by_role("note").get_by_role("link", name="Compare with the original.").click()
    expect(phone).to_have_url(f"{filled}/en/articles/dia/compare")
    phone.get_by_role("link", name="Go to the first of them.").click()
    expect(phone.locator(".pair:target .mark")).to_have_text("? Doubtful")
    expect(phone.locator(".pair:target")).to_be_in_viewport()
    phone.get_by_role("link", name="Back to the article").click()
    expect(phone).to_have_url(f"{filled}/en/articles/dia")


def test_no_sentence_takes_the_keyboard(phone: Page, filled: str) -> None:
    phone.goto(filled + address("compare", "en"))
    for _ in range(30):
        phone.keyboard.press("Tab")
        assert not phone.evaluate("!!document.activeElement.closest('.pairs')")


# --- on paper ---


def test_on_paper_there_is_the_article_and_what_to_know_of_it(phone: Page, filled: str) -> None:
    phone.goto(f"{filled}/id/articles/storm")
    phone.emulate_media(media="print", color_scheme="dark")
    for gone in (".skip", ".alihbahasa-switcher", ".colophon", ".notice a"):
        expect(phone.locator(gone).first).to_be_hidden()
    for kept in (".notice", "h1", ".picture img", "figcaption", ".text"):
        expect(phone.locator(kept).first).to_be_visible()
    after = "getComputedStyle(document.querySelector('.text a'), '::after').content"
    assert phone.evaluate(after) == "none"
    assert phone.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert "serif" in phone.evaluate("getComputedStyle(document.body).fontFamily")


# --- the list ---


def test_the_list_by_pages_and_by_language(phone: Page, filled: str) -> None:
    phone.goto(f"{filled}/id/")
    expect(phone.get_by_role("img", name="Pedagang di pasar")).to_be_visible()
    phone.get_by_role("link", name="Artikel lebih lama").click()
    expect(phone).to_have_url(f"{filled}/id/?page=2")
    phone.get_by_role("link", name="Artikel lebih baru").click()
    expect(phone).to_have_url(f"{filled}/id/")
    phone.get_by_role("link", name="Ditulis dalam Bahasa Indonesia").click()
    expect(phone).to_have_url(f"{filled}/id/?source=id")
    expect(phone.get_by_role("link", name="Pedagang baru di pasar Ambon")).to_be_visible()
    expect(phone.get_by_role("link", name="Artikel lebih lama")).to_have_count(0)
