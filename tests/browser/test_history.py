"""A reader looks at what a record said before: in a browser, by keyboard, without scripts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from . import oddities
from .barriers import barriers
from .conftest import Site, visiting

pytestmark = pytest.mark.browser

LIST: Final = "/incidents/"


def open_record(page: Page, site: Site) -> None:
    page.goto(f"{site.url}{LIST}?series=all&from=2026-02-10&date_match=possible")
    page.get_by_role("link", name=oddities.REVISED).click()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_history_and_its_editions_hinder_nobody(
    browser: Browser, library: Site, width: int
) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 1000})
    page = context.new_page()
    open_record(page, library)
    found = []
    for way in ("history/", "history/?from=1&to=3", "history/?to=9", "editions/1/", "editions/3/"):
        page.goto(f"{library.url}{LIST}{page.url.split(LIST)[1].split('/')[0]}/{way}")
        found += barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, way

    context.close()
    assert not found, "\n".join(found)


def test_a_reader_without_scripts_sees_what_changed_and_what_was_said(
    browser: Browser, library: Site
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_record(page, library)

    page.get_by_role("link", name="History, and what changed").click()
    page.get_by_label("From edition").select_option("1")
    page.get_by_label("to edition").select_option("3")
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile(r"\?from=1&to=3$"))
    expect(page.locator("ins", has_text="Linz")).to_have_count(1)
    expect(page.locator(".diff-added").first).to_be_visible()
    page.get_by_role("link", name="Edition 1", exact=True).first.click()
    expect(page.locator("main")).to_contain_text("A past edition of this record")
    page.get_by_role("link", name="The present edition").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(oddities.REVISED)
    context.close()


def test_a_list_of_a_day_is_asked_for_in_the_form(browser: Browser, library: Site) -> None:
    with visiting(browser, library) as visit:
        page = visit.page
        visit.open(LIST)
        today = datetime.now(UTC).date().isoformat()

        page.get_by_label("As published on").fill(today)
        page.get_by_label("As published on").press("Enter")

        expect(page.locator(".chip", has_text=f"As published on: {today}")).to_be_visible()
        expect(page.locator("main")).to_contain_text("as published here on")
        expect(page).to_have_url(re.compile(f"as_of={today}"))
