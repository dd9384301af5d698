"""A reader in a real browser: by mouse, by keyboard, on a phone, in the dark, without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from . import oddities
from .barriers import barriers
from .conftest import Site, Visit, visiting

pytestmark = pytest.mark.browser

LIST: Final = "/incidents/"
HEADING: Final = "#listing-heading"
PAGES: Final = (
    "/",
    f"{LIST}?page_size=10",
    f"{LIST}?country=PL&year=2024&attributed_to=RU&order=severity",
    f"{LIST}?country=MT&series=ruled_out",
    f"{LIST}?year=soon&yaer=2024&min_level=9",
    "/dashboard/",
    "/dashboard/?year=2024&beside=year%3D2023",
    "/dashboard/lag/",
    "/views/",
    "/countries/",
    "/countries/PL/",
    "/actors/",
    "/actors/apt28/",
    "/campaigns/",
    "/outlets/",
    "/articles/",
    "/reported-figures/",
    "/codebook/",
    "/method/",
    "/help/reader/",
    "/help/analyst/",
    "/nothing/",
    "/actors/?yaer=1",
)


@pytest.fixture
def reader(browser: Browser, library: Site) -> Iterator[Visit]:
    """Open a page of the site that is only read."""
    with visiting(browser, library) as visit:
        yield visit


def number(page: Page) -> int:
    """Return the number of incidents that the page says it lists."""
    return int(page.locator(f"{HEADING} .number").inner_text())


def address_of(page: Page, title: str, url: str) -> str:
    """Return the path of the incident of a title."""
    page.goto(f"{url}{LIST}?series=all&from=2026-02-10&date_match=possible")
    return str(page.get_by_role("link", name=title).get_attribute("href"))


def test_a_reader_filters_by_link_and_by_form_and_takes_filters_back(reader: Visit) -> None:
    page = reader.page
    reader.open("/")
    total = page.locator("#totals .number").inner_text()

    page.get_by_role("link", name=re.compile("Formal")).first.click()
    expect(page).to_have_url(re.compile(r"/incidents/\?min_level=4"))
    page.wait_for_load_state()  # before that, a choice waits for the button
    formal = number(page)
    assert 0 < formal < int(total)

    page.locator("#f-country-PL").check()
    expect(page.locator(".chip", has_text="Poland")).to_be_visible()
    expect(page).to_have_url(re.compile("country=PL"))
    assert 0 < number(page) < formal
    expect(page.locator("#f-country-PL")).to_be_checked()

    page.locator(".chip", has_text="Level at least").click()
    expect(page.locator(".chip")).to_have_count(2)
    assert number(page) > 0
    page.go_back()
    expect(page.locator(".chip", has_text="Level at least")).to_be_visible()


def test_a_choice_says_how_many_it_would_list(reader: Visit) -> None:
    page = reader.page
    reader.open(f"{LIST}?year=2024")
    label = page.locator("label.choice", has=page.locator("#f-country-PL"))
    promised = int(label.locator(".number").inner_text())

    label.click()

    expect(page.locator(".chip", has_text="Poland")).to_be_visible()
    assert number(page) == promised
    # Typing goes on where it was: the form itself is not exchanged.
    page.get_by_label("From", exact=True).fill("2023-06")
    page.get_by_label("From", exact=True).press("Tab")
    expect(page.locator(".chip", has_text="From: 2023-06")).to_be_visible()
    expect(page.locator(".chip", has_text="Year")).to_have_count(0)


def test_a_wrong_value_is_told_beside_what_was_typed(reader: Visit) -> None:
    page = reader.page
    reader.open(LIST)

    page.get_by_label("From", exact=True).fill("last spring")
    page.get_by_label("From", exact=True).press("Enter")

    told = page.locator(".refusal")
    expect(told).to_contain_text("“last spring” is not a day, month or year")
    expect(page.locator(HEADING)).to_have_count(0)
    expect(page.get_by_label("From", exact=True)).to_have_value("last spring")


def test_a_reader_turns_the_page_opens_an_incident_and_follows_a_claim_to_its_article(
    reader: Visit,
) -> None:
    page = reader.page
    reader.open(f"{LIST}?attributed_to=IR&page_size=5")
    first = page.locator(".incidents .reference").all_inner_texts()

    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_role("link", name="Previous page")).to_be_visible()
    assert not set(first) & set(page.locator(".incidents .reference").all_inner_texts())
    page.get_by_role("link", name="Previous page").click()
    expect(page.locator(".incidents .reference").first).to_have_text(first[0])
    title = page.locator(".incidents h3 a").first.inner_text()
    page.locator(".incidents h3 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    source = page.locator(".claims .sources a").first
    article = source.inner_text()
    source.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(article)
    expect(page.locator("main")).to_contain_text(title)


def test_the_theme_is_chosen_and_stays(reader: Visit) -> None:
    page = reader.page
    reader.open("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")

    page.get_by_role("button", name="Theme: auto").click()
    expect(page.get_by_role("button", name="Theme: dark")).to_be_visible()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    reader.open(LIST)

    assert dark != light
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    expect(page.get_by_role("button", name="Theme: dark")).to_be_visible()


def test_everything_is_reached_by_keyboard(reader: Visit) -> None:
    page = reader.page
    reader.open(LIST)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    for _step in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "f-year-any":
            break
    page.keyboard.press("ArrowDown")
    expect(page.locator(".chip", has_text="Year")).to_be_visible()
    chosen = page.evaluate("document.activeElement.id")
    assert re.fullmatch(r"f-year-\d{4}", chosen)
    for _step in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.incidents h3') !== null"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    title = page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")

    assert outline == "solid"
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_without_javascript_the_form_and_the_pages_work(browser: Browser, library: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{library.url}{LIST}")

    page.locator("#f-country-PL").check()
    page.get_by_role("button", name="Show").first.click()
    expect(page).to_have_url(re.compile(r"\?country=PL$"))
    expect(page.locator(f"{HEADING} .number")).to_have_text("27")
    page.locator(".incidents h3 a").first.click()
    expect(page.get_by_role("heading", name="Who says who did it")).to_be_visible()
    page.wait_for_load_state()
    expect(page.get_by_role("button", name=re.compile("Theme|Copy"))).to_have_count(0)
    context.close()


def test_a_reader_on_a_phone_opens_the_filters_and_finds(browser: Browser, library: Site) -> None:
    with visiting(browser, library, viewport={"width": 390, "height": 844}) as visit:
        page = visit.page
        visit.open(LIST)
        expect(page.locator("#f-country-PL")).to_be_hidden()

        page.locator(".filters > summary").click()
        page.locator("#f-country-PL").check()

        expect(page.locator(".chip", has_text="Poland")).to_be_visible()


def test_the_albanian_cases_are_found_again_in_three_actions(reader: Visit) -> None:
    page = reader.page

    reader.open(LIST)
    page.locator("#facet-country .rest summary").click()
    page.locator("#f-country-AL").check()

    expect(page.locator(".chip", has_text="Albania")).to_be_visible()
    expect(page.locator(".incidents")).to_contain_text("border control system", ignore_case=True)


@pytest.mark.parametrize("width", [1440, 390])
def test_no_page_hinders_its_readers(browser: Browser, library: Site, width: int) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 1000})
    page = context.new_page()
    titles = (*oddities.TITLES, oddities.CONTESTED)
    paths = [*PAGES, *(address_of(page, title, library.url) for title in titles)]
    paths += [withdrawn(page, library.url), first(page, library.url, "/campaigns/")]
    paths += [first(page, library.url, "/outlets/"), first(page, library.url, "/articles/")]

    found = []
    # What a phone changes, it changes on pages of a kind alike.
    for path in paths if width == 1440 else paths[::2]:
        page.goto(f"{library.url}{path}")
        found += barriers(page)

    context.close()
    assert not found, "\n".join(found)


def test_no_page_offends_the_policy_or_asks_elsewhere(reader: Visit) -> None:
    """What was refused or asked elsewhere is gathered by `visiting`, which fails on it."""
    page = reader.page
    seen: set[str] = set()
    waiting = [*PAGES, withdrawn(page, reader.site.url)]
    while waiting and len(seen) < 40:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        reader.open(path)
        links = page.eval_on_selector_all(
            "main a[href^='/']", "all => all.map(a => a.getAttribute('href'))"
        )
        for link in links[:: max(1, len(links) // 4)]:
            parts = urlsplit(link)
            if not parts.path.startswith(("/api/v1/", "/admin/", "/api/schema")):
                waiting.append(f"{parts.path}?{parts.query}" if parts.query else parts.path)

    assert len(seen) == 40
    assert reader.violations == []


def withdrawn(page: Page, url: str) -> str:
    """Return the path of the tombstone, whose reference no list names."""
    page.goto(f"{url}/incidents/?series=all&order=-published&page_size=1")
    latest = page.locator(".incidents .reference").inner_text()
    year, last = latest.split("-")[1:]
    return f"/incidents/HTI-{year}-{int(last) + 1:05d}/"


def first(page: Page, url: str, directory: str) -> str:
    """Return the path of the first entry of a directory."""
    page.goto(f"{url}{directory}")
    return str(
        page.locator(f"main a[href^='{directory}']:not([href*='?'])").first.get_attribute("href")
    )
