"""<language-switcher> as readers meet it: in a page of another origin under a strict policy, and in the gallery."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from service.article.switcher import Switcher, choice, switcher_html
from service.article.types import Site
from tests.browser.host import Host, serve_host
from tests.browser.test_reading import settled
from tests.conftest import until

SITE = Site(locales=("en-US", "id-ID", "de-DE", "pt-BR"))
FRAGMENT = "/v1/articles/port-market/switcher?locale=en"
EVENTS = ("ready", "error", "open", "close", "choose", "offer", "dismiss")
LISTEN = """names => { window.told = []; for (const name of names)
    document.addEventListener("language-switcher:" + name, event => window.told.push([name, event.detail])); }"""


@pytest.fixture(scope="module")
def host(site: str) -> Iterator[Host]:
    settled(site, "port-market")
    with serve_host(site) as host:
        yield host


@pytest.fixture
def fragment(site: str) -> str:
    """What a CMS prints."""
    return httpx.get(site + FRAGMENT).text


def sample(host: Host, page: str = "en-US") -> Switcher:
    """Four languages: this one, a finished one, an older one, one on its way."""
    urls = {"en-US": f"{host.url}/article", "id-ID": f"{host.url}/artikel", "de-DE": f"{host.url}/artikel-de"}
    states: dict[str, Any] = {"en-US": "source", "id-ID": "reviewed", "de-DE": "stale", "pt-BR": "translating"}
    return choice(SITE, page, states, urls)


def element(inside: str = "", **attributes: str) -> str:
    given = "".join(f' {name}="{value}"' for name, value in {"article": "port-market", **attributes}.items())
    return f"<p>Before</p><language-switcher{given}>{inside}</language-switcher><p>After <a href='#x'>a link</a></p>"


def told(page: Page) -> list[str]:
    return [name for name, _ in page.evaluate("window.told")]


def focused(page: Page) -> str:
    return str(
        page.evaluate("(document.activeElement.shadowRoot?.activeElement ?? document.activeElement).textContent.trim()")
    )


def button(page: Page) -> Locator:
    return page.get_by_role("button", name="Language: English")


# --- in a page of another origin ---


@pytest.mark.parametrize("form", ["list", "disclosure"])
def test_an_empty_element_asks_the_service_and_leads_to_the_other_language(
    page: Page, host: Host, site: str, form: str
) -> None:
    page.goto(host.show(element(form=form)))
    if form == "disclosure":
        button(page).click()
    links = page.get_by_role("navigation", name="Language").get_by_role("link")
    expect(links).to_have_text(["English", "Bahasa Indonesia"])
    expect(links.first).to_have_attribute("aria-current", "page")
    expect(links.last).to_have_attribute("hreflang", "id")
    expect(links.last.locator("[lang]")).to_have_attribute("lang", "id")
    links.last.click()
    expect(page).to_have_url(f"{site}/id/articles/port-market")


def test_its_styles_hold_where_the_page_allows_none(page: Page, host: Host) -> None:
    page.goto(host.show(element()))
    assert page.get_by_role("list").evaluate("node => getComputedStyle(node).display") == "flex"
    for link in page.get_by_role("navigation").get_by_role("link").all():
        box = link.bounding_box()
        assert box is not None
        assert min(box["height"], box["width"]) >= 44


def test_a_list_that_is_there_is_enhanced_without_a_call(page: Page, host: Host, fragment: str) -> None:
    calls: list[Request] = []
    page.on("request", lambda request: calls.append(request) if "/v1/" in request.url else None)
    page.goto(host.show(element(fragment, form="disclosure")))
    button(page).click()
    expect(page.get_by_role("link", name="Bahasa Indonesia")).to_be_visible()
    assert calls == []


@pytest.mark.parametrize("form", ["list", "disclosure"])
def test_without_javascript_the_list_is_there(
    chromium: Browser, host: Host, fragment: str, site: str, form: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(host.show(element(fragment, form=form)))
    page.get_by_role("navigation", name="Language").get_by_role("link", name="Bahasa Indonesia").click()
    expect(page).to_have_url(f"{site}/id/articles/port-market")
    context.close()


def test_where_the_service_is_down_the_list_is_there(chromium: Browser, host: Host, fragment: str, site: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.route(f"{site}/**", lambda route: route.abort())
    page.goto(host.show(element(fragment)))
    expect(page.get_by_role("navigation", name="Language").get_by_role("link")).to_have_text(
        ["English", "Bahasa Indonesia"]
    )
    context.close()


def test_where_there_is_no_answer_it_stays_empty_and_tells(chromium: Browser, host: Host) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.add_init_script(f"({LISTEN})({json.dumps(EVENTS)})")
    page.goto(host.show(element(article="unknown")))
    until(lambda: told(page))
    assert told(page) == ["error"]
    expect(page.get_by_role("navigation")).to_have_count(0)
    context.close()


def test_it_follows_its_attributes(page: Page, host: Host) -> None:
    page.goto(host.show(element()))
    expect(page.get_by_role("link", name="Bahasa Indonesia")).to_be_visible()
    switcher = page.locator("language-switcher")
    switcher.evaluate("node => node.setAttribute('form', 'disclosure')")
    button(page).click()
    switcher.evaluate("node => node.setAttribute('locale', 'id')")
    expect(page.get_by_role("button", name="Bahasa: Bahasa Indonesia")).to_be_visible()
    switcher.evaluate("node => node.setAttribute('article', 'madrid-summit')")
    expect(page.get_by_role("link", name="English")).to_have_attribute(
        "href", f"{host.service}/en/articles/madrid-summit"
    )


# --- states ---


@pytest.mark.parametrize("source", ["fragment", "json"])
def test_what_is_not_ready_is_no_link_and_what_is_older_says_so(page: Page, host: Host, source: str) -> None:
    made = sample(host)
    host.pages["/v1/articles/a/switcher"] = ("application/json", json.dumps(asdict(made)))
    inside = switcher_html(made) if source == "fragment" else ""
    page.goto(host.show(element(inside, article="a", service=host.url)))
    nav = page.get_by_role("navigation", name="Language")
    expect(nav.get_by_role("listitem")).to_have_text(
        ["English", "Bahasa Indonesia", "Deutsch (older version)", "Português (being translated)"]
    )
    expect(nav.get_by_role("link")).to_have_count(3)
    expect(nav.get_by_role("link", name="Deutsch (older version)")).to_have_attribute("href", f"{host.url}/artikel-de")


def test_one_language_is_no_choice(page: Page, host: Host) -> None:
    alone = choice(SITE, "en-US", {"en-US": "source"}, {"en-US": "/article"})
    host.pages["/v1/articles/a/switcher"] = ("application/json", json.dumps(asdict(alone)))
    page.add_init_script(f"({LISTEN})({json.dumps(EVENTS)})")
    page.goto(host.show(element(article="a", service=host.url)))
    until(lambda: told(page))
    expect(page.get_by_role("navigation")).to_have_count(0)


# --- the disclosure ---


def test_the_disclosure_by_mouse(page: Page, host: Host, fragment: str) -> None:
    page.goto(host.show(element(fragment, form="disclosure") + element(fragment, form="disclosure", article="b")))
    first, second = button(page).first, button(page).last
    expect(first).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("link", name="Bahasa Indonesia")).to_have_count(0)
    first.click()
    expect(first).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("link", name="Bahasa Indonesia")).to_be_visible()
    page.get_by_text("Before").first.click()
    expect(first).to_have_attribute("aria-expanded", "false")
    first.click()
    second.click()
    expect(first).to_have_attribute("aria-expanded", "false")
    expect(second).to_have_attribute("aria-expanded", "true")
    second.click()
    expect(page.get_by_role("link", name="Bahasa Indonesia")).to_have_count(0)


def test_the_disclosure_by_keyboard_alone(page: Page, host: Host, fragment: str, site: str) -> None:
    page.goto(host.show(element(fragment, form="disclosure")))
    expect(button(page)).to_be_visible()
    page.keyboard.press("Tab")
    assert focused(page) == "LanguageEnglish"
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        expect(button(page)).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")
        expect(button(page)).to_have_attribute("aria-expanded", "false")
        assert focused(page) == "LanguageEnglish"
    page.keyboard.press("Enter")
    for key, on in (
        ("ArrowDown", "English"),
        ("ArrowDown", "Bahasa Indonesia"),
        ("ArrowDown", "Bahasa Indonesia"),
        ("ArrowUp", "English"),
        ("End", "Bahasa Indonesia"),
        ("Home", "English"),
        ("Tab", "Bahasa Indonesia"),
    ):
        page.keyboard.press(key)
        assert focused(page) == on, key
    page.keyboard.press("Escape")
    assert focused(page) == "LanguageEnglish"
    page.keyboard.press("Enter")
    for on in ("English", "Bahasa Indonesia", "a link"):
        page.keyboard.press("Tab")
        assert focused(page) == on
    expect(button(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/id/articles/port-market")


def test_the_list_by_keyboard_alone(page: Page, host: Host, fragment: str, site: str) -> None:
    page.goto(host.show(element(fragment)))
    expect(page.get_by_role("navigation")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page) == "Bahasa Indonesia"
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/id/articles/port-market")


def test_what_a_screen_reader_is_given(page: Page, host: Host) -> None:
    page.goto(host.show(element(switcher_html(sample(host)), form="disclosure")))
    button(page).click()
    expect(page.locator("body")).to_match_aria_snapshot(
        """
        - navigation "Language":
          - 'button "Language: English" [expanded]'
          - list:
            - listitem:
              - link "English"
            - listitem:
              - link "Bahasa Indonesia"
            - listitem:
              - link "Deutsch (older version)"
            - listitem: Português (being translated)
        """
    )
    assert page.locator("[role^=menu], [aria-haspopup]").count() == 0


@pytest.mark.parametrize("is_open", [False, True])
def test_a_disclosure_that_shrinks_to_one_language_goes_and_comes_back(page: Page, host: Host, is_open: bool) -> None:
    alone = choice(SITE, "en-US", {"en-US": "source"}, {"en-US": "/article"})
    for name, languages in (("a", alone), ("b", sample(host))):
        host.pages[f"/v1/articles/{name}/switcher"] = ("application/json", json.dumps(asdict(languages)))
    attributes = {"form": "disclosure", "article": "a", "service": host.url} | ({"open": ""} if is_open else {})
    page.goto(host.show(element(switcher_html(sample(host)), **attributes)))
    expect(button(page)).to_have_attribute("aria-expanded", str(is_open).lower())
    switcher = page.locator("language-switcher")
    switcher.evaluate("node => { node.replaceChildren(); return node.refresh(); }")
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("navigation")).to_have_count(0)
    # What the button did is done by nothing now: no key, no click beside it, no attribute finds a list that is gone.
    page.get_by_role("link", name="a link").focus()
    for key in ("Escape", "ArrowDown"):
        page.keyboard.press(key)
    page.get_by_text("Before").click()
    for opened in (True, False, True):
        switcher.evaluate("(node, open) => { node.open = open; }", opened)
    switcher.evaluate("node => node.setAttribute('article', 'b')")
    expect(button(page)).to_have_attribute("aria-expanded", "true")
    button(page).click()
    expect(page.get_by_role("link", name="Deutsch")).to_have_count(0)


def test_the_list_by_mouse(page: Page, host: Host, fragment: str, site: str) -> None:
    page.goto(host.show(element(fragment)))
    page.get_by_role("link", name="Bahasa Indonesia").click()
    expect(page).to_have_url(f"{site}/id/articles/port-market")


def test_the_offer_by_keyboard_alone(page: Page, host: Host) -> None:
    host.show(element(switcher_html(sample(host, "id-ID"))), path="/artikel", lang="id")
    address = host.show(element(switcher_html(sample(host)), preferred="id"))
    for keys, on in ((1, "Baca dalam Bahasa Indonesia"), (2, "×")):
        page.goto(address)
        expect(page.get_by_role("button", name="Close")).to_be_visible()
        for _ in range(keys):
            page.keyboard.press("Tab")
        assert focused(page) == on
        page.keyboard.press("Enter")
        if keys == 1:
            expect(page).to_have_url(f"{host.url}/artikel")
            page.evaluate("localStorage.clear()")
    expect(page).to_have_url(address)
    expect(page.get_by_role("button", name="Close")).to_have_count(0)
    assert focused(page) == "English"


@pytest.mark.parametrize("form", ["list", "disclosure"])
def test_without_javascript_by_keyboard_alone(
    chromium: Browser, host: Host, fragment: str, site: str, form: str
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(host.show(element(fragment, form=form)))
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/id/articles/port-market")
    context.close()


# --- from right to left ---


def test_from_right_to_left_everything_is_mirrored_and_nothing_leaves_the_window(page: Page, host: Host) -> None:
    html = switcher_html(sample(host))
    page.goto(host.show(element(html) + element(html, form="disclosure", open=""), attributes='dir="rtl"'))
    links = page.get_by_role("navigation").first.get_by_role("link")
    first, second = links.nth(0).bounding_box(), links.nth(1).bounding_box()
    assert first is not None
    assert second is not None
    assert first["x"] > second["x"]
    opener, popup = button(page).bounding_box(), page.get_by_role("list").last.bounding_box()
    assert opener is not None
    assert popup is not None
    assert abs(opener["x"] + opener["width"] - popup["x"] - popup["width"]) < 1
    assert popup["x"] >= 0


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_list_without_room_opens_to_the_other_side(page: Page, host: Host, direction: str) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    inside = element(switcher_html(sample(host)), form="disclosure", open="")
    page.goto(host.show(f"<table dir='{direction}' width='100%'><tr><td width='60%'>Paper<td>{inside}</table>"))
    box = page.get_by_role("list").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


# --- what is remembered ---


def test_a_choice_is_remembered_and_offered_and_never_followed(page: Page, host: Host) -> None:
    english, indonesian = switcher_html(sample(host)), switcher_html(sample(host, "id-ID"))
    host.show(element(indonesian), path="/artikel", lang="id")
    page.goto(host.show(element(english)))
    expect(page.get_by_role("link", name="Bahasa Indonesia")).to_have_count(1)
    page.get_by_role("link", name="Bahasa Indonesia").click()
    expect(page).to_have_url(f"{host.url}/artikel")
    expect(page.get_by_role("link", name="English")).to_have_count(1)  # the language chosen is this one

    page.goto(f"{host.url}/article")
    offer = page.get_by_role("link", name="Baca dalam Bahasa Indonesia")
    expect(offer).to_be_visible()
    expect(offer).to_have_attribute("href", f"{host.url}/artikel")
    expect(offer.locator("[lang=id]")).to_have_text("Baca dalam Bahasa Indonesia")
    expect(page).to_have_url(f"{host.url}/article")
    assert httpx.get(f"{host.url}/article").headers.get("set-cookie") is None
    assert page.context.cookies() == []

    page.get_by_role("button", name="Close").click()
    expect(offer).to_have_count(0)
    assert focused(page) == "English"
    page.reload()
    expect(page.get_by_role("link", name="Bahasa Indonesia")).to_have_count(1)
    expect(offer).to_have_count(0)


def test_what_the_cms_knows_of_the_reader_goes_before(page: Page, host: Host) -> None:
    page.goto(host.show(element(switcher_html(sample(host)), preferred="de-AT", remember="off")))
    expect(page.get_by_role("link", name="Deutsch (older version)")).to_have_count(2)
    page.get_by_role("button", name="Close").click()
    assert page.evaluate("localStorage.length") == 0


def test_a_language_that_is_on_its_way_is_not_offered(page: Page, host: Host) -> None:
    page.goto(host.show(element(switcher_html(sample(host)), preferred="pt")))
    expect(page.get_by_role("link", name="English")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)


def test_where_the_browser_keeps_nothing_it_works_all_the_same(page: Page, host: Host) -> None:
    refuse = (
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page.add_init_script(refuse)
    host.show(element(switcher_html(sample(host, "id-ID"))), path="/artikel", lang="id")
    page.goto(host.show(element(switcher_html(sample(host)))))
    page.get_by_role("link", name="Bahasa Indonesia").click()
    expect(page).to_have_url(f"{host.url}/artikel")


# --- what is told ---


def test_events_tell_what_a_reader_does_and_a_page_may_take_over(page: Page, host: Host) -> None:
    page.add_init_script(f"({LISTEN})({json.dumps(EVENTS)})")
    page.goto(host.show(element(switcher_html(sample(host)), form="disclosure")))
    button(page).click()
    page.evaluate("document.addEventListener('language-switcher:choose', event => event.preventDefault())")
    page.get_by_role("link", name="Bahasa Indonesia").click()
    expect(page).to_have_url(f"{host.url}/article")
    assert told(page) == ["ready", "open", "choose", "close"]
    assert page.evaluate("window.told[2][1]") == {
        "article": "port-market",
        "language": "id",
        "from": "en",
        "url": f"{host.url}/artikel",
        "state": "reviewed",
    }


def test_it_works_and_tells_from_within_another_component(page: Page, host: Host) -> None:
    page.add_init_script(f"({LISTEN})({json.dumps(EVENTS)})")
    page.goto(host.show("<div></div>", lang="id"))
    page.evaluate(
        """() => {
          const inner = document.createElement("language-switcher");
          inner.setAttribute("article", "port-market");
          document.querySelector("div").attachShadow({ mode: "open" }).append(inner);
        }"""
    )
    expect(page.get_by_role("link", name="Bahasa Indonesia")).to_have_attribute("aria-current", "page")
    assert told(page) == ["ready"]


# --- the gallery ---


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_the_gallery_shows_all_and_nothing_runs_out_of_the_window(page: Page, site: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}/switcher-gallery")
    switchers = page.locator("language-switcher")
    expect(switchers.last.get_by_role("link")).to_have_count(2)
    assert switchers.evaluate_all("nodes => nodes.every(node => node.shadowRoot.querySelector('nav'))")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_gallery_without_javascript_is_lists(chromium: Browser, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/switcher-gallery")
    expect(page.get_by_role("link", name="Bahasa Indonesia").first).to_be_visible()
    assert page.get_by_role("button").count() == 0
    context.close()
