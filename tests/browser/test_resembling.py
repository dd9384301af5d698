"""A draft of an incident that is recorded: the record is told at once, and takes the article."""

from __future__ import annotations

import re
from typing import Final

import pytest
from playwright.sync_api import Locator, expect

from .conftest import Visit
from .stories import OWN, RECORDED, TITLE
from .test_proposals import begin

pytestmark = pytest.mark.browser

DRAFTED: Final = "Arson in Radom, Poland"
LIST: Final = "/admin/incidents/incident/?all="


def told(visit: Visit) -> Locator:
    """Return the records that the draft may be of, once they are told."""
    region = visit.page.locator("[data-resembling]")
    expect(region).to_be_visible()
    return region.get_by_role("listitem")


def test_the_record_of_an_article_is_told_at_once_with_reasons(drafter: Visit) -> None:
    begin(drafter, OWN)

    first = told(drafter).first

    expect(first).to_be_in_viewport(ratio=1)
    expect(first.get_by_role("link", name=RECORDED)).to_be_visible()
    for reason in ("The same day.", "The same country.", "The same type of event.", "Radom"):
        expect(first).to_contain_text(reason)


def test_what_is_told_stays_in_view_at_the_end_of_the_form(drafter: Visit) -> None:
    begin(drafter, OWN)
    first = told(drafter).first

    drafter.page.locator("#save input").first.scroll_into_view_if_needed()

    expect(first).to_be_in_viewport(ratio=1)


def test_a_decision_stays_while_the_form_is_changed(drafter: Visit) -> None:
    begin(drafter, OWN)
    told(drafter).first.get_by_role("combobox").select_option(label="distinct: not the same")

    with drafter.page.expect_response(re.compile("/resembling/")):
        drafter.fill("title", "Arson at a depot of a carrier in Radom")

    expect(told(drafter).first.get_by_role("combobox")).to_have_value(re.compile(" distinct$"))


def spoil(button: Locator) -> None:
    """Have a button choose a record that nobody may attach to."""
    button.evaluate(
        "(button) => button.value ? (button.value = 'HTI-1999-00001')"
        " : (button.dataset.attachTo = 'HTI-1999-00001')"
    )


def test_what_was_typed_is_there_again_where_the_record_does_not_take_the_article(
    drafter: Visit,
) -> None:
    begin(drafter, OWN)
    page = drafter.page
    told(drafter).first.get_by_role("combobox").select_option(label="distinct: not the same")
    drafter.fill("title", "Typed by hand")
    page.locator("#findings-group .add-row a").click()
    page.locator("#id_findings-0-date").fill("12 March 2024")
    claimants = page.locator("[name^=claims-][name$=-claimant]:visible")
    claimants.first.fill("A prosecutor in Radom")
    same = told(drafter).first.get_by_role("button", name="It is this one")
    spoil(same)

    with page.expect_navigation():
        same.click()

    expect(page.locator(".errorlist.nonfield").first).to_contain_text("There is no record HTI-1999")
    expect(page.locator("#id_title")).to_have_value("Typed by hand")
    expect(page.locator("#id_findings-0-date")).to_have_value("12 March 2024")
    expect(claimants.first).to_have_value("A prosecutor in Radom")
    expect(page.locator("[data-proposed]").first).to_be_visible()
    expect(told(drafter).first.get_by_role("combobox")).to_have_value(re.compile(" distinct$"))


def test_the_record_takes_the_article_and_no_second_one_is_made(drafter: Visit) -> None:
    begin(drafter, OWN)
    same = told(drafter).first.get_by_role("button", name="It is this one")

    with drafter.page.expect_navigation():
        same.click()

    expect(drafter.page.locator(".messagelist .success")).to_contain_text("cited in this draft")
    expect(drafter.page.locator("#id_title")).to_have_value(RECORDED)
    expect(drafter.page.locator("#citations-group")).to_contain_text(TITLE)
    drafter.open(LIST)
    expect(drafter.page.locator("#result_list").get_by_text(RECORDED)).to_have_count(2)
    expect(drafter.page.locator("#result_list").get_by_text(DRAFTED)).to_have_count(0)


def test_a_saved_draft_that_is_not_given_up_keeps_what_was_typed_since(drafter: Visit) -> None:
    begin(drafter, OWN)
    page = drafter.page
    drafter.fill("title", "Arson at the depot of a carrier")
    with page.expect_navigation():
        page.locator("#save [name=_continue]").click()
    drafter.fill("title", "Typed since")
    same = page.get_by_role("button", name="give this draft up").first
    spoil(same)

    with page.expect_navigation():
        same.click()

    expect(page.locator(".errorlist.nonfield").first).to_contain_text("There is no record HTI-1999")
    expect(page.locator("#id_title")).to_have_value("Typed since")
    with page.expect_navigation():
        page.locator("#save [name=_continue]").click()
    expect(page.locator("#id_title")).to_have_value("Typed since")
    expect(page.locator(".messagelist .success")).to_be_visible()
