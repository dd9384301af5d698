"""Two people at the same form in a real browser: what another one saved stands beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from .barriers import barriers
from .conftest import Site, Visit, visiting
from .test_desk import DRAFTS, log

pytestmark = pytest.mark.browser

TITLE = "Fire in a printing house in Toruń"
SUMMARY = "A fire broke out at night in a printing house; nobody was hurt, and the roof fell in."


@pytest.fixture(params=[{}, {"viewport": {"width": 390, "height": 844}}], ids=["wide", "narrow"])
def looked_at(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Visit]:
    """Open a page of which the checker may set styles."""
    with visiting(browser, site, bypass_csp=True, **request.param) as made:
        yield made


def open_draft(visit: Visit, title: str) -> str:
    """Open the form of a draft; return where it is."""
    visit.open(DRAFTS)
    visit.page.get_by_role("link", name=title).first.click()
    return visit.page.url


def meanwhile(visit: Visit, url: str, **changes: str) -> None:
    """Have somebody else save changes to the form at an address, and a row more."""
    other = visit.page.context.browser.new_context()  # type: ignore[union-attr]
    page = other.new_page()
    theirs = Visit(page, visit.site, [])
    theirs.log_in("second")
    page.goto(url)
    page.get_by_text("More on the date").click()
    for name, text in changes.items():
        page.fill(f"[name='{name}']", text)
    page.get_by_role("button", name="Add another Location").click()
    page.fill("[name='locations-1-country']", "Lithuania")
    theirs.save()
    other.close()


def refused(visit: Visit, title: str) -> None:
    """Have somebody refused who changed the title and the summary."""
    visit.log_in("analyst")
    log(visit, title, f"https://example.org/news/{title.replace(' ', '-')}")
    url = open_draft(visit, title)
    meanwhile(visit, url, title=f"{title}, Poland", dating_note="The night to Sunday.")
    visit.fill("title", f"{title}, at night")
    visit.fill("summary", SUMMARY)
    visit.save()


def test_both_texts_stand_side_by_side_and_saving_again_is_knowing(visit: Visit) -> None:
    refused(visit, TITLE)
    page = visit.page

    expect(page.get_by_role("heading", name="Not saved: this was changed")).to_be_visible()
    expect(page.locator(".stale")).to_contain_text("Last saved by second")
    title = page.locator(".difference.both", has_text="Title")
    expect(title.locator("dd").first).to_have_text(f"{TITLE}, Poland")
    expect(title.locator("dd").last).to_have_text(f"{TITLE}, at night")
    expect(page.locator("[name=title]")).to_have_value(f"{TITLE}, at night")
    expect(page.locator("[name=summary]")).to_have_value(SUMMARY)
    expect(page.locator("[name=dating_note]")).to_have_value("The night to Sunday.")
    expect(page.locator("[name='locations-1-country']")).to_have_value("Lithuania")
    visit.save()
    open_draft(visit, TITLE)
    expect(page.locator("[name=title]")).to_have_value(f"{TITLE}, at night")
    expect(page.locator("[name=dating_note]")).to_have_value("The night to Sunday.")
    expect(page.locator("[name='locations-1-country']")).to_have_value("Lithuania")


def test_by_keyboard_alone_what_is_stored_is_taken(visit: Visit) -> None:
    title = "Fire in a paper mill in Kwidzyn"
    refused(visit, title)
    page = visit.page
    page.get_by_role("link", name="Title", exact=True).focus()

    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Take what is ticked").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Nothing is saved yet")).to_be_visible()
    expect(page.locator("[name=title]")).to_have_value(f"{title}, Poland")
    expect(page.locator("[name=summary]")).to_have_value(SUMMARY)


def test_it_needs_no_script(browser: Browser, site: Site, visit: Visit) -> None:
    title = "Fire in a brewery in Bielsko"
    visit.log_in("analyst")
    log(visit, title, "https://example.org/news/brewery")
    url = open_draft(visit, title)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    without = Visit(page, site, [])
    without.log_in_by_form("analyst")
    page.goto(url)
    meanwhile(visit, url, title=f"{title}, Poland")

    page.fill("[name=title]", f"{title}, at night")
    without.save()
    page.check("[name=_taken][value=title]")
    page.click("[name=_take]")

    expect(page.locator("[name=title]")).to_have_value(f"{title}, Poland")
    expect(page.locator("[name='locations-1-country']")).to_have_value("Lithuania")
    context.close()


def test_what_was_typed_survives_that_the_row_is_gone(visit: Visit) -> None:
    visit.log_in("analyst")
    visit.open("/admin/articles/publisher/add/")
    visit.fill("name", "A paper that goes")
    visit.save()
    visit.open("/admin/articles/publisher/?q=goes")
    visit.page.get_by_role("link", name="A paper that goes").click()
    url = visit.page.url
    other = visit.page.context.new_page()
    other.goto(url.replace("change", "delete"))
    other.get_by_role("button", name="Yes").click()

    visit.fill("reliability_reason", "Typed with care.")
    visit.save()

    expect(visit.page.locator(".stale")).to_contain_text("is not here any more")
    expect(visit.page.locator(".stale")).to_contain_text("Typed with care.")


def test_nothing_hinders_readers_on_a_refused_form(looked_at: Visit) -> None:
    width = looked_at.page.viewport_size["width"]  # type: ignore[index]
    refused(looked_at, f"Fire in a warehouse in Elbląg {width}")

    assert barriers(looked_at.page) == []
