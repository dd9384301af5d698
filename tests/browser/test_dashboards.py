"""A dashboard in a real browser: by mouse, by keyboard, on a phone, on paper, without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from incidents.panels import PANELS

from .conftest import LIBRARY, Site, Visit, serving, visiting

pytestmark = pytest.mark.browser

BOARD: Final = "/dashboard/"
TIME: Final = "#panel-time svg.chart.wide"


@pytest.fixture
def reader(browser: Browser, library: Site) -> Iterator[Visit]:
    """Open a page of the site that is only read."""
    with visiting(browser, library) as visit:
        yield visit


def total(page: Page) -> int:
    """Return the number of incidents that a dashboard is about."""
    return int(page.locator("#head-1 .number").inner_text())


def mark(page: Page, chart: str, says: str) -> int:
    """Press a mark; return the number that it says."""
    found = page.locator(f"{chart} a.mark[aria-label^='{says}: ']")
    said = re.search(r": (\d+)", str(found.get_attribute("aria-label")))
    assert said
    found.click()
    return int(said[1])


def test_a_mark_narrows_everything_the_address_says_so_and_back_works(reader: Visit) -> None:
    page = reader.page
    reader.open(BOARD)
    all_of_them = total(page)

    promised = mark(page, "#panel-countries svg.wide", "Poland")

    expect(page.locator(".chip", has_text="Poland")).to_be_visible()
    expect(page).to_have_url(re.compile(r"country=PL&primary=country"))
    assert total(page) == promised < all_of_them
    shared = page.url
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)
    assert total(page) == all_of_them
    page.goto(shared)
    assert total(page) == promised
    page.get_by_role("link", name="Open the list").click()
    assert page.locator("#listing-heading .number").inner_text() == str(promised)


def test_a_chart_is_one_stop_of_the_keyboard_and_arrows_go_through_it(reader: Visit) -> None:
    page = reader.page
    reader.open(BOARD)
    marks = page.locator(f"{TIME} a.mark")
    expect(page.locator(f"{TIME} a.mark[tabindex='0']")).to_have_count(1)

    marks.first.focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect(marks.nth(marks.count() - 2)).to_be_focused()
    promised = str(marks.nth(marks.count() - 2).get_attribute("aria-label"))
    page.keyboard.press("Enter")

    expect(page.locator(".chip", has_text="From")).to_be_visible()
    assert f": {total(page)}" in promised
    # Who reads on hears the new number first.
    expect(page.locator("#head-1")).to_be_focused()


def test_a_range_of_time_is_brushed_by_mouse_and_by_keyboard(reader: Visit) -> None:
    page = reader.page
    reader.open(BOARD)
    first = page.locator(f"{TIME} a.mark[data-key='2022']")
    last = page.locator(f"{TIME} a.mark[data-key='2024']")
    first.scroll_into_view_if_needed()

    first.hover(force=True)
    page.mouse.down()
    last.hover(force=True)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"from=2022-01-01&to=2024-12-31"))
    brushed = total(page)

    reader.open(BOARD)
    page.locator(f"{TIME} a.mark[data-key='2022']").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"from=2022-01-01&to=2024-12-31"))
    assert total(page) == brushed > 0


def test_two_questions_are_compared_and_each_side_is_narrowed_by_itself(reader: Visit) -> None:
    page = reader.page
    reader.open(f"{BOARD}?year=2024")

    page.get_by_role("link", name="Compare with the period before").click()

    heads = page.locator(".head .words")
    expect(heads).to_have_text([re.compile("in 2024"), re.compile("in 2023")])
    page.locator("#panel-types .side.other a.mark").first.click()
    expect(heads.nth(1)).not_to_have_text("Confirmed or suspected incidents in 2023.")
    expect(heads.nth(0)).to_have_text(re.compile("incidents in 2024"))
    page.get_by_role("link", name="Swap the sides").click()
    expect(heads.nth(1)).to_have_text(re.compile("in 2024"))


def test_filters_of_the_form_exchange_the_charts(reader: Visit) -> None:
    page = reader.page
    reader.open(BOARD)
    label = page.locator("label.choice", has=page.locator("#f-event_type-arson"))
    promised = int(label.locator(".number").inner_text())

    label.click()

    expect(page.locator(".chip", has_text="Arson")).to_be_visible()
    assert total(page) == promised
    expect(page.locator("#panel-types")).to_contain_text("Arson")


def test_a_table_says_what_its_picture_does_and_leads_to_the_list(reader: Visit) -> None:
    page = reader.page
    reader.open(BOARD)
    panel = page.locator("#panel-countries")

    panel.locator("summary", has_text="Table").click()
    row = panel.locator("tr", has_text="Poland")
    promised = row.locator("a").inner_text()
    row.locator("a").click()

    assert page.locator("#listing-heading .number").inner_text() == promised


def test_a_picture_is_saved_as_svg_and_as_png(reader: Visit) -> None:
    page = reader.page
    reader.open(f"{BOARD}?year=2024")
    panel = page.locator("#panel-europe")

    with page.expect_download() as svg:
        panel.get_by_role("link", name="SVG").click()
    with page.expect_download() as png:
        panel.get_by_role("link", name="PNG").click()

    assert svg.value.suggested_filename == "hti-europe.svg"
    assert svg.value.path().read_text(encoding="utf-8").startswith("<svg ")
    assert png.value.suggested_filename == "hti-europe.png"
    data = png.value.path().read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) > 20_000  # an empty picture has some hundred bytes


def test_a_dashboard_prints_without_its_tools(reader: Visit) -> None:
    page = reader.page
    reader.open(f"{BOARD}whole/?year=2024")

    page.emulate_media(media="print")

    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator(".ways").first).to_be_hidden()
    expect(page.locator(TIME)).to_be_visible()
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_narrow_pictures_are_shown(
    browser: Browser, library: Site, scheme: str
) -> None:
    small = {"viewport": {"width": 390, "height": 844}, "color_scheme": scheme}
    with visiting(browser, library, **small) as visit:
        visit.open(BOARD)
        page = visit.page
        expect(page.locator("#panel-time svg.narrow")).to_be_visible()
        expect(page.locator(TIME)).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        size = page.evaluate(
            "document.querySelector('#panel-types svg.narrow text').getBoundingClientRect().height"
        )
        assert size > 11


def test_without_scripts_everything_is_there_as_links(browser: Browser, library: Site) -> None:
    with visiting(browser, library, java_script_enabled=False) as visit:
        visit.open(f"{BOARD}whole/?year=2024")
        page = visit.page
        promised = mark(page, "#panel-countries svg.wide", "Poland")
        page.wait_for_load_state()
        assert total(page) == promised


@pytest.fixture(scope="module")
def hurried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a site whose pages wait for no panel."""
    with serving(tmp_path_factory, "hurried", *LIBRARY, PANELS_WITHIN="0") as served:
        yield served


def test_panels_that_take_long_are_fetched_and_nothing_moves(
    browser: Browser, hurried: Site
) -> None:
    with visiting(browser, hurried) as visit:
        page = visit.page
        page.add_init_script(
            "window.moved = 0; new PerformanceObserver((list) => { for (const one of "
            "list.getEntries()) if (!one.hadRecentInput) window.moved += one.value; })"
            ".observe({type: 'layout-shift', buffered: true});"
        )
        answer = page.goto(f"{hurried.url}{BOARD}")
        assert answer
        assert answer.text().count('class="body waiting"') == len(PANELS)

        expect(page.locator(".body.waiting")).to_have_count(0, timeout=60_000)

        expect(page.locator(".panel .error")).to_have_count(0)
        for name in PANELS:
            shown = "table" if name == "figures" else "svg.chart a.mark"
            assert page.locator(f"#panel-{name} {shown}").count(), name
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.moved") < 0.1
