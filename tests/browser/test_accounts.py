"""Logging in, again and elsewhere, in a real browser."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, expect

from .barriers import barriers
from .conftest import Site, Visit

pytestmark = pytest.mark.browser

ADD = "/admin/incidents/incident/add/"
TYPED = {
    "article_url": "https://example.org/news/while-it-expired",
    "title": "Fire in a depot in Elbląg “by night”",
    "occurred": "2024-05-12",
    "country_name": "Polska",
    "claims-0-claimant": "Office of the prosecutor",
    "claims-0-date": "2024-06",
}


def log_in_again(visit: Visit, name: str, password: str) -> None:
    """Fill and send the login on the page that says that it expired."""
    visit.page.get_by_label("Username").fill(name)
    visit.page.get_by_label("Password").fill(password)
    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name="Log in and carry on").click()


def test_an_incident_is_logged_though_the_login_expired_in_the_middle(visit: Visit) -> None:
    visit.log_in_by_form("analyst")
    visit.open(ADD)
    visit.page.get_by_role("button", name="Add another Claim").click()
    for field, text in TYPED.items():
        visit.fill(field, text)
    visit.choose("event_type", "arson")
    visit.choose("claims-0-claimant_kind", "prosecutor_court")
    visit.fill("claims-0-responsible_state", "Russia")

    visit.page.context.clear_cookies(name="sessionid")
    visit.save()
    expect(visit.page.get_by_role("heading", name="Your login has expired")).to_be_visible()
    log_in_again(visit, "analyst", "a wrong one")
    expect(visit.page.get_by_role("alert")).to_contain_text("correct username")
    log_in_again(visit, "second", visit.site.password)

    expect(visit.page.locator(".messagelist .success")).to_contain_text("was added successfully")
    visit.open("/admin/incidents/incident/?state__exact=draft")
    visit.page.get_by_role("link", name=TYPED["title"]).click()
    expect(visit.page.locator("[name=title]")).to_have_value(TYPED["title"])
    claimant = visit.page.locator("[name='claims-0-claimant']")
    expect(claimant).to_have_value(TYPED["claims-0-claimant"])
    expect(visit.page.locator(".fieldBox.field-written_by")).to_contain_text("second")
    expect(visit.page.locator(".fieldBox.field-written_by")).not_to_contain_text("analyst")


def test_a_login_elsewhere_is_ended_from_the_account(visit: Visit, browser: Browser) -> None:
    elsewhere = browser.new_context(user_agent="Mozilla/5.0 (X11; Linux) Firefox/128.0")
    other = Visit(elsewhere.new_page(), visit.site, [])
    other.log_in_by_form("reviewer")
    visit.log_in_by_form("reviewer")

    visit.page.get_by_role("link", name="Your account").click()
    visit.page.get_by_role("button", name="End the login in Firefox on Linux").click()

    expect(visit.page.locator(".messagelist")).to_contain_text("That login ended.")
    other.open("/admin/account/")
    expect(other.page.get_by_role("heading", name="Log in")).to_be_visible()
    elsewhere.close()


def test_an_actor_found_is_told_at_length_and_chosen_by_its_name(visit: Visit) -> None:
    visit.log_in("analyst")
    visit.open("/admin/incidents/actor/add/")
    visit.fill("name", "Fancy Bear in a browser")
    visit.choose("kind", "state_organ")
    visit.fill("state", "Russia")
    visit.save()
    visit.open(ADD)
    visit.page.get_by_role("button", name="Add another Claim").click()

    visit.page.locator("#claims-0 .field-accused_actor .select2-selection").click()
    visit.page.locator(".select2-search__field").fill("fancy")
    found = visit.page.locator(".select2-results__option--highlighted")
    expect(found).to_have_text("Fancy Bear in a browser — state organ, Russia")
    found.click()

    chosen = visit.page.locator("#claims-0 .field-accused_actor .select2-selection__rendered")
    expect(chosen).to_have_attribute("title", "Fancy Bear in a browser")


@pytest.fixture(params=[1440, 390])
def examined(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """Open a page of some width into which the examiner may be put."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, bypass_csp=True)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def test_doors_and_accounts_have_no_barriers(examined: Page, site: Site) -> None:
    visit = Visit(examined, site, [])

    visit.open("/account/login/")
    found = barriers(examined)
    visit.log_in_by_form("analyst")
    for path in ("/admin/account/", "/admin/password_change/"):
        visit.open(path)
        found += barriers(examined)
    visit.open("/admin/incidents/campaign/add/")
    visit.fill("name", "Typed for long")
    examined.context.clear_cookies(name="sessionid")
    visit.save()
    found += barriers(examined)
    visit.log_in_by_form("analyst")
    examined.get_by_role("button", name="Log out").click()
    examined.wait_for_selector(".door-panel")
    found += barriers(examined)

    assert found == []


def code(key: str) -> str:
    """Return a code of a key that stays good for some seconds, waiting for the next if need be."""
    while time.time() % 30 > 24:
        time.sleep(0.5)
    return str(format_hotp_value(hotp_value(key, int(time.time()) // 30)))


def test_a_second_factor_is_set_up_and_asked_for_by_pages_without_barriers(
    examined: Page, site: Site
) -> None:
    visit = Visit(examined, site, [])
    name = f"newcomer-{examined.viewport_size['width']}" if examined.viewport_size else ""
    found = []

    visit.log_in_by_form(name)
    visit.open("/account/second-factor/")
    found += barriers(examined)
    examined.get_by_label("Password").fill(site.password)
    examined.get_by_role("button", name="Go on").click()
    key = examined.locator("code.key").inner_text()
    found += barriers(examined)
    examined.get_by_label("Authenticator code").fill(code(key))
    examined.get_by_role("button", name="Switch it on").click()
    codes = examined.locator(".codes code").all_inner_texts()
    found += barriers(examined)
    for path in ("/account/recovery-codes/", "/account/recovery-codes/new/", "/admin/account/"):
        visit.open(path)
        found += barriers(examined)
    wide = examined.evaluate("document.documentElement.scrollWidth")
    examined.context.clear_cookies()
    visit.open("/admin/")
    examined.get_by_label("Username").fill(name)
    examined.get_by_label("Password").fill(site.password)
    examined.get_by_role("button", name="Log in").click()
    expect(examined.get_by_role("heading", name="Your second factor")).to_be_visible()
    found += barriers(examined)
    examined.get_by_label("Code").fill(codes[0])
    examined.keyboard.press("Enter")

    expect(examined.locator("#user-tools")).to_be_visible()
    assert len(codes) == 10
    assert examined.viewport_size
    assert wide <= examined.viewport_size["width"]
    assert found == []


def test_a_form_from_before_another_login_is_sent_again(visit: Visit) -> None:
    visit.log_in_by_form("analyst")
    visit.open("/admin/incidents/campaign/add/")
    visit.fill("name", "Typed before another login")
    other = Visit(visit.page.context.new_page(), visit.site, [])
    other.open("/admin/")
    other.page.get_by_role("button", name="Log out").click()
    other.log_in_by_form("second")

    visit.save()
    expect(visit.page.get_by_role("heading", name="Please send it once more")).to_be_visible()
    visit.page.get_by_role("button", name="Send it again").press("Enter")

    expect(visit.page.locator(".messagelist .success")).to_contain_text("was added successfully")
