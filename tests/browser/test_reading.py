"""What a reader does, in real Chromium against the real service."""

from __future__ import annotations

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

PAGES = [
    f"/{language}/articles/{article}"
    for article in ("port-market", "jalan-baru", "madrid-summit")
    for language in ("en", "id")
]


def settled(site: str, article: str) -> None:
    """Wait until the service has made all variants of an article."""
    body = httpx.get(f"{site}/v1/articles/{article}").json()
    while body["state"] == "in_progress":
        body = httpx.get(f"{site}/v1/articles/{article}").json()
    assert {variant["state"] for variant in body["variants"]} <= {"source", "machine", "needs_review"}


@pytest.fixture(autouse=True)
def made(site: str) -> None:
    """All demo articles are translated."""
    for article in ("port-market", "jalan-baru", "madrid-summit"):
        settled(site, article)


@pytest.mark.parametrize("path", PAGES)
def test_both_languages_of_each_demo_article_open(page: Page, site: str, path: str) -> None:
    page.goto(site + path)
    expect(page.locator("html")).to_have_attribute("lang", path[1:3])
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("article p").count() > 2
    assert page.locator("time[datetime]").count() >= 1


def test_the_index_leads_to_an_article(page: Page, site: str) -> None:
    page.goto(site + "/")
    expect(page).to_have_url(site + "/en/")
    page.get_by_role("link", name="Local government opens new market at the port").click()
    expect(page).to_have_url(site + "/en/articles/port-market")


def test_the_switcher_moves_between_the_languages(page: Page, site: str) -> None:
    page.goto(site + "/en/articles/port-market")
    switcher = page.get_by_role("navigation", name="Language")
    expect(switcher.get_by_role("link", name="English")).to_have_attribute("aria-current", "page")
    switcher.get_by_role("link", name="Bahasa Indonesia").click()
    expect(page).to_have_url(site + "/id/articles/port-market")
    expect(page.locator("html")).to_have_attribute("lang", "id")
    page.get_by_role("navigation", name="Bahasa").get_by_role("link", name="English").click()
    expect(page).to_have_url(site + "/en/articles/port-market")


def test_the_choice_is_remembered_where_no_language_is_named(page: Page, site: str) -> None:
    page.goto(site + "/articles/port-market")
    expect(page).to_have_url(site + "/en/articles/port-market")
    page.get_by_role("link", name="Bahasa Indonesia").click()
    page.goto(site + "/articles/madrid-summit")
    expect(page).to_have_url(site + "/id/articles/madrid-summit")


def test_all_of_it_works_without_javascript(chromium: Browser, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="id-ID")
    page = context.new_page()
    page.goto(site + "/articles/port-market")
    expect(page).to_have_url(site + "/id/articles/port-market")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(site + "/en/articles/port-market")
    context.close()


def test_the_switcher_by_keyboard_alone(page: Page, site: str) -> None:
    page.goto(site + "/en/articles/port-market")
    link = page.get_by_role("link", name="Bahasa Indonesia")
    for _ in range(12):
        page.keyboard.press("Tab")
        if link.evaluate("node => node === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(site + "/id/articles/port-market")


def test_the_notice_stands_before_the_article_and_leads_to_the_original(page: Page, site: str) -> None:
    page.goto(site + "/id/articles/port-market")
    notice = page.get_by_role("note")
    expect(notice).to_contain_text("Diterjemahkan mesin dari bahasa Inggris, belum diperiksa redaksi.")
    before = notice.evaluate("node => node.compareDocumentPosition(document.querySelector('h1')) & 4")
    assert before
    notice.get_by_role("link", name="Baca aslinya").click()
    expect(page).to_have_url(site + "/en/articles/port-market")


@pytest.mark.parametrize(("language", "banner"), [("en", "Read with care."), ("id", "Bacalah dengan hati-hati.")])
def test_an_unsound_source_carries_a_banner(page: Page, site: str, language: str, banner: str) -> None:
    page.goto(f"{site}/{language}/articles/madrid-summit")
    expect(page.get_by_role("note").filter(has_text=banner)).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("path", [*PAGES, "/en/", "/id/"])
def test_nothing_runs_out_of_the_window(context: BrowserContext, page: Page, site: str, width: int, path: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(site + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["/en/articles/port-market", "/id/"])
def test_the_switchers_links_are_large_enough_to_touch(page: Page, site: str, path: str) -> None:
    page.goto(site + path)
    links = page.locator("nav.alihbahasa-switcher a")
    assert links.count() == 2
    for index in range(2):
        box = links.nth(index).bounding_box()
        assert box is not None
        assert box["height"] >= 44


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark(chromium: Browser, site: str, scheme: str) -> None:
    context = chromium.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site + "/en/articles/port-market")
    ink, paper = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
        ".map(colour => colour.match(/[\\d.]+/g).slice(0, 3).reduce((sum, one) => sum + Number(one), 0))"
    )
    assert (ink < paper) is (scheme == "light")
    context.close()


def test_posted_markup_runs_no_script(page: Page, site: str) -> None:
    body = (
        '<p onclick="x()">Text of the article.</p><script>window.ran = 1</script><img src=x onerror="window.ran = 1">'
        '<a href="javascript:window.ran=1">a link</a><svg onload="window.ran = 1"></svg><iframe srcdoc="x"></iframe>'
    )
    sent = {"title": "A title</title><script>window.ran=1</script>", "body": body, "language": "en"}
    httpx.put(f"{site}/v1/articles/attack", json=sent, headers={"Prefer": "wait=60"})
    for language in ("en", "id"):
        page.goto(f"{site}/{language}/articles/attack")
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("window.ran") is None
        assert page.locator("article script, article iframe, article [onclick]").count() == 0
    httpx.delete(f"{site}/v1/articles/attack")


def test_the_docs_open(page: Page, site: str) -> None:
    page.goto(site + "/docs")
    page.get_by_text("Create or revise an article").click()
    expect(page.get_by_role("link", name="ArticleIn").first).to_be_visible()
