"""Saved views and introductions by mouse and keyboard, from the list to whom they are for."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from .barriers import barriers
from .conftest import Site, visiting

pytestmark = pytest.mark.browser


def test_a_question_is_kept_watched_and_found_by_everybody(browser: Browser, site: Site) -> None:
    with visiting(browser, site) as analyst, visiting(browser, site) as public:
        analyst.log_in("analyst")
        analyst.open("/incidents/?country=PL&series=all")
        page = analyst.page
        page.get_by_text("Save this view").click()
        page.get_by_label("Name").fill("What happens in Poland")
        page.get_by_label("Who sees it").select_option("public")
        page.get_by_role("button", name="Save", exact=True).click()

        card = page.locator(".views .card", has_text="What happens in Poland")
        expect(card).to_contain_text("Yours, seen by: Everybody")
        card.get_by_role("button", name="Watch").click()
        expect(card.get_by_role("button", name="Watch no more")).to_be_visible()
        promised = card.locator(".number").inner_text()

        public.open("/views/")
        public.page.get_by_role("link", name="What happens in Poland").click()
        expect(public.page.locator("#listing-heading .number")).to_have_text(promised)
        expect(public.page.get_by_text("Save this view")).to_have_count(0)

        card.get_by_role("button", name="Delete").click()
        expect(card).to_have_count(0)


def test_an_introduction_is_written_by_one_and_read_by_all_after_another_one(
    browser: Browser, site: Site
) -> None:
    with (
        visiting(browser, site, bypass_csp=True) as analyst,
        visiting(browser, site) as reviewer,
        visiting(browser, site) as public,
    ):
        analyst.log_in("analyst")
        analyst.open("/sectors/energy/")
        page = analyst.page
        page.get_by_role("link", name="Write an introduction").click()
        page.get_by_label("Text", exact=True).fill("Wrong: {count sektor=energy}.")
        page.get_by_role("button", name="Hand it in").click()
        expect(page.get_by_role("alert")).to_contain_text("Did you mean sector?")
        field = page.get_by_label("Text", exact=True)
        expect(field).to_have_value("Wrong: {count sektor=energy}.")
        assert barriers(page) == []
        field.fill("Power and heat: {count sector=energy}.")
        page.get_by_role("button", name="Hand it in").click()
        expect(page.get_by_text("Only reviewers let the public read a text.")).to_be_visible()

        reviewer.log_in("reviewer")
        reviewer.open("/introductions/")
        reviewer.page.get_by_role("link", name="Energy").click()
        reviewer.page.get_by_role("button", name="Let everybody read it").click()
        expect(reviewer.page.get_by_role("heading", name="What everybody reads")).to_be_visible()

        public.open("/sectors/energy/")
        expect(public.page.locator(".introduction")).to_contain_text("Power and heat: 0 (as of")
