"""Directories and documents in a real browser: odd names, wide tables, long texts."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import Browser, expect

from .barriers import barriers
from .conftest import Site, visiting

pytestmark = pytest.mark.browser

ODD: Final = ("ar", "uk", "en")
PAGES: Final = (
    "/countries/AT/",
    "/countries/FJ/",
    "/countries/sea/",
    "/actors/gru-unit-29155/",
    "/articles/?language=ar",
    *(f"/outlets/odd-{language}/" for language in ODD),
    *(f"/help/{name}/" for name in ("api", "data-model", "operations", "architecture")),
)


@pytest.mark.parametrize("width", [1440, 390])
def test_no_odd_name_and_no_long_document_hinders_readers(
    browser: Browser, library: Site, width: int
) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 1000})
    page = context.new_page()
    paths = list(PAGES)
    for language in ODD:
        page.goto(f"{library.url}/outlets/odd-{language}/")
        paths.append(str(page.locator(".lines a").first.get_attribute("href")))

    found = []
    for path in paths:
        page.goto(f"{library.url}{path}")
        found += barriers(page)

    context.close()
    assert not found, "\n".join(found)


def test_an_arabic_title_reads_from_the_right_and_the_page_from_the_left(
    browser: Browser, library: Site
) -> None:
    with visiting(browser, library) as visit:
        page = visit.page
        visit.open("/outlets/odd-ar/")

        page.locator(".lines a").first.click()

        title = page.locator("h1 bdi")
        expect(title).to_have_attribute("lang", "ar")
        expect(title).to_have_css("direction", "rtl")
        expect(page.locator("h1")).to_have_css("direction", "ltr")
        expect(page.locator("#listing-heading")).to_contain_text("5 incidents")


def test_a_wide_table_scrolls_in_its_box_by_keyboard_and_keeps_its_first_column(
    browser: Browser, library: Site
) -> None:
    with visiting(browser, library, viewport={"width": 390, "height": 844}) as visit:
        page = visit.page
        visit.open("/actors/")
        box = page.locator(".scroll").first
        name = box.locator("tbody th[scope=row]").first
        kind = box.locator("tbody td").first
        box.focus()
        before, there = name.bounding_box(), kind.bounding_box()

        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        expect(box).not_to_have_js_property("scrollLeft", 0)

        after, gone = name.bounding_box(), kind.bounding_box()
        assert before
        assert after
        assert there
        assert gone
        assert after["x"] == before["x"]
        assert gone["x"] < there["x"]


def test_a_code_of_the_codebook_and_a_heading_of_a_document_can_be_linked(
    browser: Browser, library: Site
) -> None:
    with visiting(browser, library) as visit:
        for path in ("/codebook/#event_type-undersea_damage", "/help/api/#other-lists"):
            visit.open(path)

            expect(visit.page.locator(":target")).to_be_in_viewport()


def test_pictures_of_a_guide_take_their_room_before_they_are_there(
    browser: Browser, library: Site
) -> None:
    with visiting(browser, library) as visit:
        page = visit.page
        page.route("**/*.png", lambda route: route.abort())
        visit.open("/help/reader/")
        without = page.locator(".document").bounding_box()
        page.unroute("**/*.png")

        page.reload()
        for picture in page.locator(".document img").all():
            picture.scroll_into_view_if_needed()
            expect(picture).to_have_js_property("complete", True)

        assert page.locator(".document img").count() > 2
        whole = page.evaluate("document.querySelector('.document').offsetHeight")
        assert without is not None
        assert whole == pytest.approx(without["height"], abs=2)


def test_articles_are_narrowed_by_the_form_and_turned_without_scripts(
    browser: Browser, library: Site
) -> None:
    with visiting(browser, library, java_script_enabled=False) as visit:
        page = visit.page
        visit.open("/articles/")
        page.get_by_role("link", name="Earlier articles").click()
        page.get_by_role("link", name="First page").click()

        page.get_by_label("Language").select_option("ar")
        page.get_by_role("button", name="Show").click()

        expect(page.locator("#found")).to_contain_text("1 article")
        expect(page.locator(".lines li")).to_have_count(1)
