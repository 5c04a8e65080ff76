"""What an editor does with a damaged source, in real Chromium: reads the diff, accepts it, sees the page follow."""

from __future__ import annotations

import httpx
from playwright.sync_api import Page, expect

BODY = (
    "<p>It isnâ€™t the governmentâ€™s plan, the minister told reporters in Jakarta on Monday.</p>"
    "<p>The road will be built next year, and it will cost 12 billion rupiah.</p>"
)


def test_an_editor_accepts_what_is_ticked(page: Page, site: str) -> None:
    sent = {"title": "The minister said it is not decided", "body": BODY, "language": "en", "targets": []}
    editors = httpx.put(f"{site}/v1/articles/garbled", json=sent, timeout=60).json()["source_quality"]["page"]
    page.goto(editors)
    expect(page.get_by_role("heading", name="The source as it was posted")).to_be_visible()
    expect(page.locator(".diff ins")).to_have_text(["isn’t", "government’s"])
    page.get_by_role("checkbox", name="governmentâ€™s").uncheck()
    page.get_by_label("Your name").fill("Sari Wulandari")
    page.get_by_role("button", name="Accept with the ticked changes").click()
    expect(page.get_by_role("note")).to_contain_text("Accepted by Sari Wulandari on")
    expect(page.get_by_role("checkbox", name="governmentâ€™s")).not_to_be_checked()
    page.goto(f"{site}/en/articles/garbled")
    expect(page.locator(".text p").first).to_contain_text("It isn’t the governmentâ€™s plan")
    expect(page.get_by_role("note")).to_contain_text("The editors had 1 damaged place of the original repaired.")


def test_the_page_fits_a_phone(page: Page, site: str) -> None:
    page.goto(f"{site}/desk/articles/madrid-summit/source")
    assert page.locator(".change").count() > 100
    assert page.get_by_role("checkbox").count() < 80  # those of single places are folded
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
