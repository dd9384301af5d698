"""A draft from an article, by keys: what is proposed is kept or cleared, and saved."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, expect

from .barriers import barriers
from .conftest import Site, Visit
from .stories import FIRST, LONG, OWN, SEED, TWO

pytestmark = pytest.mark.browser

ARTICLES = "/admin/articles/article/"
DRAFT = "Draft an incident from this article"
MOST_STEPS = 9


def begin(visit: Visit, url: str) -> None:
    """Open the form for a draft from the article at an address."""
    visit.open(f"{ARTICLES}?q={url}")
    visit.page.locator("#result_list tbody th a").first.click()
    visit.page.get_by_role("link", name=DRAFT).click()
    expect(visit.page.locator("[data-proposed]").first).to_be_focused()


def state_of(visit: Visit, part: str) -> str | None:
    """Return whether the proposal for a part was kept or cleared."""
    item = visit.page.locator("[data-proposed]").filter(has_text=part).first
    return item.get_attribute("data-state")


def test_one_key_keeps_or_clears_and_goes_on(drafter: Visit) -> None:
    begin(drafter, OWN)
    page = drafter.page
    occurred = page.locator("#id_occurred")
    assert occurred.input_value() == "2024-03-10"

    page.keyboard.press("a")
    page.keyboard.press("c")

    assert state_of(drafter, "Title") == "keep"
    assert state_of(drafter, "Occurred") == "clear"
    assert occurred.input_value() == ""
    page.keyboard.press("k")
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("a")
    assert occurred.input_value() == "2024-03-10"


def test_the_finding_of_a_status_is_cleared_and_chosen_with_it(drafter: Visit) -> None:
    begin(drafter, OWN)
    page = drafter.page
    said, day = (page.locator(f"#id_findings-0-{name}") for name in ("status", "date"))
    item = page.locator("[data-proposed]").filter(has_text="Status").first
    before = said.input_value()
    assert (before, day.input_value()) == (page.locator("#id_status").input_value(), "2024-03-12")

    item.get_by_role("button", name="Clear").click()
    cleared = (said.input_value(), day.input_value())
    item.get_by_role("button", name="Keep").click()
    kept = (said.input_value(), day.input_value())
    page.select_option("#id_status", "disputed")

    assert (cleared, kept) == (("", ""), (before, "2024-03-12"))
    expect(said).to_have_value("disputed")


def test_the_words_of_the_value_in_hand_are_shown_in_the_text(drafter: Visit) -> None:
    begin(drafter, OWN)

    drafter.page.locator("[data-proposed]").filter(has_text="Occurred").first.focus()

    now = drafter.page.locator(".proposal-text mark.now")
    expect(now).to_have_count(1)
    assert "10 marca 2024" in now.inner_text()


def test_words_that_hold_those_of_other_values_are_marked_whole(drafter: Visit) -> None:
    begin(drafter, TWO)
    kind = drafter.page.locator("[data-proposed]").filter(has_text="Event type").first

    kind.focus()

    now = drafter.page.locator(".proposal-text mark.now")
    expect(now.first).to_be_visible()
    assert now.count() > 1
    assert "".join(now.all_inner_texts()) == kind.locator("mark").inner_text()


def test_words_of_the_title_are_marked_there(drafter: Visit) -> None:
    begin(drafter, OWN)

    drafter.page.locator("[data-proposed]").filter(has_text="Outcome").first.focus()

    expect(drafter.page.locator(".proposal-of mark.now")).to_have_text("podpalenie")


def test_tab_leaves_the_item_in_hand_for_the_form(drafter: Visit) -> None:
    begin(drafter, TWO)

    for _press in range(4):  # its two buttons, the text, the form
        drafter.page.keyboard.press("Tab")

    expect(drafter.page.locator("#id_article_url")).to_be_focused()


def test_what_was_judged_is_here_again_after_an_error(drafter: Visit) -> None:
    begin(drafter, OWN)
    page = drafter.page
    page.keyboard.press("a")
    page.keyboard.press("c")

    with page.expect_navigation():
        page.keyboard.press("ControlOrMeta+Enter")

    expect(page.locator("#id_occurred")).to_be_focused()
    assert (state_of(drafter, "Title"), state_of(drafter, "Occurred")) == ("keep", "clear")
    expect(page.get_by_text("2 of ")).to_contain_text("judged")
    page.locator("[data-proposed]").filter(has_text="Occurred").first.focus()
    page.keyboard.press("a")
    expect(page.locator("#id_occurred")).to_have_value("2024-03-10")


def test_a_row_that_is_taken_out_is_cleared_and_the_others_keep_their_item(drafter: Visit) -> None:
    begin(drafter, TWO)
    page = drafter.page
    items = page.locator("[data-proposed]")
    russia, belarus = (items.filter(has_text=f": {state}") for state in ("Russia", "Belarus"))

    page.locator("#claims-0 .inline-deletelink").click()

    expect(russia).to_have_attribute("data-state", "clear")
    expect(russia.get_by_role("button", name="Keep")).to_be_disabled()
    state = page.locator("#id_claims-0-responsible_state")
    expect(state).to_have_value("Belarus")
    belarus.get_by_role("button", name="Clear").click()
    expect(state).to_have_value("")
    page.fill("#id_occurred", "")
    with page.expect_navigation():
        page.keyboard.press("ControlOrMeta+Enter")
    belarus.get_by_role("button", name="Keep").click()
    expect(state).to_have_value("Belarus")


def test_a_row_that_is_cleared_is_not_saved(drafter: Visit) -> None:
    begin(drafter, OWN)
    claim = drafter.page.locator("[data-proposed]").filter(has_text="Claim").first
    claim.focus()
    drafter.page.keyboard.press("c")

    with drafter.page.expect_navigation():
        drafter.page.keyboard.press("ControlOrMeta+Enter")

    expect(drafter.page.locator(".messagelist .success")).to_be_visible()
    drafter.page.locator(".messagelist .success a").first.click()
    expect(drafter.page.locator("#id_title")).not_to_be_empty()
    expect(drafter.page.locator("#id_claims-TOTAL_FORMS")).to_have_value("0")


def on_top(button: Locator) -> bool:
    """Tell whether a button is in the window with nothing above it."""
    seen = """(button) => {
      const { left, top, width, height } = button.getBoundingClientRect();
      return [1, height - 1].every(
        (down) => document.elementFromPoint(left + width / 2, top + down) === button,
      );
    }"""
    return bool(button.evaluate(seen))


@pytest.mark.parametrize(
    ("url", "opened"),
    [(LONG, ".proposal-why"), (LONG, ".proposal-totals"), (OWN, ".proposal-why")],
)
def test_what_is_opened_beside_the_value_in_hand_leaves_its_buttons_in_view(
    drafter: Visit, url: str, opened: str
) -> None:
    page = drafter.page
    page.set_viewport_size({"width": 1440, "height": 900})
    begin(drafter, url)
    if url == OWN:
        expect(page.locator("[data-resembling]")).to_be_visible()
    parts = page.locator(f"{opened} > summary")

    for part in ("Title", "Occurred", "Status"):
        item = page.locator("[data-proposed]").filter(has_text=part).first
        item.focus()
        parts.click()
        page.wait_for_timeout(100)
        for name in ("Keep", "Clear"):
            assert on_top(item.get_by_role("button", name=name)), (part, name)
        parts.click()


def test_what_is_opened_closes_what_was_open_beside_the_list(drafter: Visit) -> None:
    begin(drafter, LONG)

    drafter.page.locator(".proposal-why > summary").click()
    drafter.page.locator(".proposal-totals > summary").click()

    expect(drafter.page.locator(".proposal details[open]")).to_have_class("proposal-totals")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_table_that_is_cut_off_says_so_until_its_end_is_reached(
    drafter: Visit, width: int
) -> None:
    drafter.page.set_viewport_size({"width": width, "height": 900})
    begin(drafter, LONG)
    locations = drafter.page.locator("#locations-group .tabular")
    more = locations.get_by_role("button", name="More columns")
    expect(more).to_be_visible()

    for _press in range(10):
        if more.is_visible():
            more.click()
            drafter.page.wait_for_timeout(100)  # what it scrolled to is told in the next frame

    expect(more).to_be_hidden()
    expect(locations.locator(".inline-deletelink").first).to_be_in_viewport(ratio=1)


@pytest.mark.skipif(SEED is None, reason="the first article is not beside the project")
def test_the_first_article_is_a_draft_in_under_ten_steps(drafter: Visit) -> None:
    page, steps = drafter.page, 0
    begin(drafter, FIRST)
    steps += 1
    assert page.locator("#id_country_name").input_value() == "Albania"

    page.select_option("#id_event_type", "cyber_disruption")
    page.fill("#id_title", "Cyberattack on Albanian border control")
    steps += 2
    for state in ("Russia", "China"):
        page.locator("[data-proposed]").filter(has_text=f": {state}").first.focus()
        page.keyboard.press("c")
        steps += 2
    with page.expect_navigation():
        page.keyboard.press("ControlOrMeta+Enter")
    steps += 1

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert steps <= MOST_STEPS


@pytest.mark.parametrize("width", [1440, 390])
def test_no_proposal_hinders_its_readers(browser: Browser, stories: Site, width: int) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 1000})
    made = Visit(context.new_page(), stories, [])
    made.log_in("analyst")
    begin(made, OWN)
    expect(made.page.locator("[data-resembling]")).to_be_visible()

    found = barriers(made.page)
    made.open("/admin/incidents/incident/precision/")
    found += barriers(made.page)

    context.close()
    assert not found, "\n".join(found)
