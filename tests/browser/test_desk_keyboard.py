"""An analyst without a mouse, and the desk before a checker of barriers."""

from __future__ import annotations

import re
from typing import Final

import pytest
from playwright.sync_api import Browser, expect

from .barriers import barriers
from .conftest import Site, Visit

pytestmark = pytest.mark.browser

ADD: Final = "/admin/incidents/incident/add/"
ROWS: Final = ("Location", "Target", "Citation", "Claim", "Finding", "Effect")
FOCUSED: Final = "document.activeElement?.name || document.activeElement?.textContent.trim() || ''"
MOST_STEPS: Final = 150


def focus(visit: Visit, wanted: str) -> None:
    """Go on by Tab until the field or button `wanted` has the focus."""
    for _step in range(MOST_STEPS):
        if visit.page.evaluate(FOCUSED) == wanted:
            return
        visit.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {wanted}.")


def enter(visit: Visit, field: str, text: str) -> None:
    """Go to a field and type over what it holds."""
    focus(visit, field)
    visit.page.keyboard.press("ControlOrMeta+A")
    visit.page.keyboard.type(text)


def save(visit: Visit) -> None:
    """Save by the keys that the form names."""
    with visit.page.expect_navigation():
        visit.page.keyboard.press("Control+Enter")


def value(visit: Visit, field: str) -> str:
    """Return what a field holds."""
    return visit.page.locator(f"[name='{field}']").input_value()


def test_a_draft_of_two_claims_and_three_articles_is_logged_by_keyboard_alone(
    visit: Visit,
) -> None:
    visit.log_in("analyst")
    visit.open(ADD)
    keys = visit.page.keyboard
    expect(visit.page.locator("[name=article_url]")).to_be_focused()

    enter(visit, "article_url", "https://example.org/keys/one")
    enter(visit, "more_articles", "https://example.org/keys/two")
    keys.press("Enter")
    keys.type("ftp://example.org/keys/three")
    enter(visit, "title", "Cut cable near Klaipėda")
    enter(visit, "occurred", "2024-05")
    enter(visit, "country_name", "Lithuania")
    focus(visit, "event_type")
    keys.type("Undersea")
    for claim, press in enumerate(("Enter", "Space")):
        focus(visit, "Add another Claim")
        keys.press(press)
        expect(visit.page.locator(f"[name='claims-{claim}-claimant']")).to_be_focused()
        enter(visit, f"claims-{claim}-claimant", f"Ministry no {claim}")
        focus(visit, f"claims-{claim}-claimant_kind")
        keys.type("Other gov")
        enter(visit, f"claims-{claim}-date", "2024-06")
        enter(visit, f"claims-{claim}-responsible_state", "Russia")
    enter(visit, "claims-1-articles", "2, 3")
    save(visit)

    error = visit.page.locator(".errorlist", has_text="Line 2:")
    expect(error).to_be_visible()
    lines = value(visit, "more_articles").splitlines()
    assert lines == ["https://example.org/keys/two", "ftp://example.org/keys/three"]
    for claim, sources in enumerate(("", "2, 3")):
        assert value(visit, f"claims-{claim}-claimant") == f"Ministry no {claim}"
        assert value(visit, f"claims-{claim}-claimant_kind") == "other_government"
        assert value(visit, f"claims-{claim}-responsible_state") == "Russia"
        assert value(visit, f"claims-{claim}-articles") == sources
    assert value(visit, "event_type") == "undersea_damage"

    enter(visit, "more_articles", "https://example.org/keys/two")
    keys.press("Enter")
    keys.type("https://example.org/keys/three")
    save(visit)

    needed = visit.page.locator(".messagelist .warning")
    expect(needed).to_contain_text("Publishing will still need: Summary, Effects")
    visit.page.get_by_role("link", name="Cut cable near Klaipėda").first.click()
    for claim, ticked in enumerate(([True, False, False], [False, True, True])):
        boxes = visit.page.locator(f"[name='claims-{claim}-citations']")
        expect(boxes).to_have_count(3)
        assert boxes.evaluate_all("boxes => boxes.map((box) => box.checked)") == ticked


def test_the_next_of_a_series_begins_with_what_was_kept(visit: Visit) -> None:
    visit.log_in("analyst")
    visit.open(ADD)
    for field, text in {
        "article_url": "https://example.org/series/one",
        "title": "Parcel fire in Leipzig",
        "occurred": "2024-07",
        "country_name": "Germany",
    }.items():
        visit.fill(field, text)
    visit.choose("event_type", "arson")
    visit.page.get_by_label("with the same first article").check()

    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name="Save and log the next").click()

    expect(visit.page.locator("#kept")).to_contain_text("Filled in from before: First article")
    assert value(visit, "article_url") == "https://example.org/series/one"
    assert value(visit, "country_name") == "Germany"
    assert value(visit, "title") == ""
    known = visit.page.locator("[data-resembling]")
    expect(known.get_by_role("link", name=re.compile("Parcel fire"))).to_be_visible()


def test_a_definition_describes_its_list_also_in_a_row_that_was_added(visit: Visit) -> None:
    visit.log_in("analyst")
    visit.open(ADD)
    visit.page.get_by_role("button", name="Add another Target").click()
    visit.page.get_by_role("button", name="Add another Claim").click()

    for field in ("status", "targets-0-sector", "claims-0-stance"):
        box = visit.page.locator(f"[name='{field}']")
        told = visit.page.locator(f"#id_{field}_definition")
        expect(told).not_to_be_empty()
        assert f"id_{field}_definition" in (box.get_attribute("aria-describedby") or "").split()


def test_the_menu_to_add_opens_by_keyboard_and_closes_by_escape(visit: Visit) -> None:
    visit.log_in("analyst")
    visit.open("/admin/articles/article/")
    menu = visit.page.locator(".add-menu")
    menu.locator("summary").focus()

    visit.page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Actor")).to_be_visible()
    visit.page.keyboard.press("Escape")

    expect(menu.get_by_role("link", name="Actor")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_desk_holds_no_barrier_that_a_checker_finds(
    browser: Browser, site: Site, width: int
) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 1000})
    visit = Visit(context.new_page(), site, [])
    visit.log_in("analyst")
    visit.open(ADD)
    title = f"Fire in a shed at {width}"
    visit.fill("article_url", f"https://example.org/barrier/{width}")
    visit.fill("title", title)
    visit.fill("occurred", "2024-05")
    visit.fill("country_name", "Poland")
    visit.choose("event_type", "arson")
    visit.save()
    visit.page.get_by_role("link", name=title).first.click()

    found = opened(visit)
    for path in (ADD, "/admin/"):
        visit.open(path)
        found += opened(visit)

    context.close()
    assert found == []


def opened(visit: Visit) -> list[str]:
    """Return the barriers of a page with a row of every kind and every part open."""
    for row in ROWS:
        button = visit.page.get_by_role("button", name=f"Add another {row}", exact=True)
        if button.count():
            button.click()
    # An open menu lies on what is below it.
    parts = "document.querySelectorAll('details:not(.add-menu)')"
    visit.page.evaluate(f"{parts}.forEach((it) => it.open = true)")
    return barriers(visit.page)
