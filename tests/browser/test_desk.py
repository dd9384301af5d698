"""An analyst at work in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from .conftest import Visit

pytestmark = pytest.mark.browser

ADD = "/admin/incidents/incident/add/"
DRAFTS = "/admin/incidents/incident/?state__exact=draft"


def log(visit: Visit, title: str, url: str) -> None:
    """Log a draft."""
    visit.open(ADD)
    visit.fill("article_url", url)
    visit.fill("title", title)
    visit.fill("occurred", "2024-05-12")
    visit.fill("country_name", "Polska")
    visit.choose("event_type", "arson")
    visit.save()


def test_a_draft_takes_seven_inputs_and_a_claim_six_more_and_neither_is_public(
    visit: Visit,
) -> None:
    visit.log_in("analyst")

    log(visit, "Fire in a warehouse in Łódź", "https://example.org/news/fire-in-lodz")
    for_draft, visit.filled = visit.filled, 0
    visit.open(DRAFTS)
    row = visit.page.locator("#result_list tbody tr", has_text="Fire in a warehouse in Łódź")
    reference = row.locator(".field-reference").inner_text()
    row.locator(".field-title a").click()
    visit.page.get_by_role("button", name="Add another Claim").click()
    visit.fill("claims-0-claimant", "Office of the prosecutor")
    visit.choose("claims-0-claimant_kind", "prosecutor_court")
    visit.fill("claims-0-date", "2024-06")
    visit.fill("claims-0-responsible_state", "Russian Federation")
    visit.choose("claims-0-form", "charges")
    for_claim = visit.filled
    visit.save()

    assert for_draft <= 7
    assert for_claim <= 6
    visit.open(DRAFTS)
    row = visit.page.locator("#result_list tbody tr", has_text=reference)
    expect(row.locator(".field-place")).to_have_text("Poland")
    row.locator(".field-title a").click()
    expect(visit.page.locator("[name='claims-0-responsible_state']")).to_have_value("Russia")
    expect(visit.page.locator("[name='claims-0-citations']")).to_be_checked()
    as_public = visit.page.context.browser.new_context()  # type: ignore[union-attr]
    api = f"{visit.site.url}/api/v1"
    assert as_public.request.get(f"{api}/incidents/{reference}/").status == 404
    counted = as_public.request.get(f"{api}/counts/?series=all")
    assert counted.json()["total"] == 2
    as_public.close()


def test_the_primary_tick_moves_both_ways(visit: Visit) -> None:
    visit.log_in("analyst")
    log(visit, "Fire in a hangar in Poznań", "https://example.org/news/fire-in-poznan")
    visit.open(DRAFTS)
    visit.page.get_by_role("link", name="Fire in a hangar in Poznań").click()
    visit.page.get_by_role("button", name="Add another Location").click()
    visit.fill("locations-1-country", "Lithuania")

    for now, country in ((1, "Lithuania"), (0, "Poland")):
        visit.page.check(f"[name='locations-{now}-primary']")
        visit.save()
        row = visit.page.locator("#result_list tbody tr", has_text="Fire in a hangar in Poznań")
        expect(row.locator(".field-place")).to_have_text(country)
        row.locator(".field-title a").click()
        expect(visit.page.locator(f"[name='locations-{now}-primary']")).to_be_checked()
        expect(visit.page.locator(f"[name='locations-{1 - now}-primary']")).not_to_be_checked()


def test_a_wrong_date_is_told_and_everything_typed_is_still_there(visit: Visit) -> None:
    visit.log_in("analyst")
    typed = {
        "article_url": "https://example.org/news/other",
        "title": "Fire in a depot in Szczecin",
        "occurred": "12/05/2024",
        "country_name": "Pologne or so",
        "claims-0-claimant": "A minister",
        "claims-0-date": "early June",
        "claims-0-responsible_state": "Russia",
        "summary": "A summary that took long to write.",
    }
    visit.open(ADD)
    visit.page.get_by_role("button", name="Add another Claim").click()
    visit.page.get_by_text("Summary and dating").click()

    for field, text in typed.items():
        visit.fill(field, text)
    visit.choose("event_type", "vandalism")
    visit.choose("claims-0-claimant_kind", "politician")
    visit.save()

    errors = visit.page.locator(".errorlist")
    expect(errors.filter(has_text="“12/05/2024” can be read in more than one way")).to_be_visible()
    expect(errors.filter(has_text="“early June” is not a date here")).to_be_visible()
    for field, text in typed.items():
        expect(visit.page.locator(f"[name='{field}']")).to_have_value(text)
    expect(visit.page.locator("[name=event_type]")).to_have_value("vandalism")
    expect(visit.page.locator("[name='claims-0-claimant_kind']")).to_have_value("politician")


def test_an_article_that_is_known_is_told_while_typing(visit: Visit) -> None:
    visit.log_in("analyst")
    visit.open(ADD)

    visit.fill("article_url", "https://www.example.org/news/1/?utm_source=mail")

    told = visit.page.locator("[data-resembling]")
    first = told.locator("li").first
    expect(first.get_by_role("link")).to_have_text(re.compile("HTI-.* Fire in a depot in Gdynia"))
    expect(first).to_contain_text("It cites this article.")
    expect(told.get_by_role("status")).to_contain_text("Perhaps the same incident")


def test_no_page_of_the_desk_offends_the_policy(visit: Visit) -> None:
    """What was refused is gathered by the fixture, which fails on it."""
    visit.open("/admin/login/")
    visit.log_in("reviewer")
    visit.open("/admin/incidents/incident/")
    visit.page.get_by_role("link", name="Cut cable near Jelgava").click()
    expect(visit.page.locator("input[name=_save]")).to_have_count(0)
    visit.open(ADD)
    visit.page.get_by_role("button", name="Add another Claim").click()
    visit.page.locator("#claims-0 .field-accused_actor .select2-selection").click()
    visit.page.locator(".select2-search__field").fill("apt")
    expect(visit.page.locator(".select2-results")).to_be_visible()
    visit.open("/admin/articles/article/")

    assert visit.violations == []


def test_a_new_incident_begins_at_the_address_of_its_article(visit: Visit) -> None:
    visit.log_in("analyst")

    visit.open(ADD)

    expect(visit.page.locator("[name='article_url']")).to_be_focused()
