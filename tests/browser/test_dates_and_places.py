"""Dates are typed or chosen part by part, and places are found, with the keyboard alone."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import Browser, Locator, expect

from .barriers import barriers
from .conftest import Site, Visit

pytestmark = pytest.mark.browser

ADD: Final = "/admin/incidents/incident/add/"
PASTE: Final = """(field, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true }));
}"""
PASTED: Final = (
    ("54.519, 18.531", "54.519", "18.531"),
    ("-33.9 18.4", "-33.9", "18.4"),
    ("54,519; 18,531", "54.519", "18.531"),
    ("54,519, 18,531", "54.519", "18.531"),
    ("geo:54.519,18.531", "54.519", "18.531"),
    ("54°31′8″N 18°31′52″E", "54.51889", "18.53111"),
    ("54°31'08.0\"N 18°31'52.0\"E", "54.51889", "18.53111"),
    ("N 54° 31.133 E 18° 31.867", "54.51888", "18.53112"),
    ("18.531 W, 54.519 S", "-54.519", "-18.531"),
    ("91, 18", "", ""),
    ("54°61′0″N 18°0′0″E", "", ""),
    ("54.5 N, 18.5 N", "", ""),
    ("Gdynia", "", ""),
)
PLACE: Final = ("place", "country", "admin1", "lat", "lon", "precision")


def field(visit: Visit, name: str) -> Locator:
    """Return the field of a name."""
    return visit.page.locator(f"[name='{name}']")


def add_location(visit: Visit) -> None:
    """Open a form for a new incident, with one row for a place."""
    visit.log_in("analyst")
    visit.open(ADD)
    visit.page.get_by_role("button", name="Add another Location", exact=True).click()


def search(visit: Visit, text: str) -> Locator:
    """Type the beginning of a place; return the list of what was found."""
    field(visit, "locations-0-place").click()
    visit.page.keyboard.type(text)
    found = visit.page.get_by_role("listbox", name="Places found")
    expect(found).to_be_visible()
    return found


def row(visit: Visit) -> dict[str, str]:
    """Return what the row for a place holds."""
    return {name: field(visit, f"locations-0-{name}").input_value() for name in PLACE}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2024-03", "March 2024: between 1 and 31 March 2024"),
        ("14. März 2024", "14 March 2024 (kept as 2024-03-14)"),
        ("30.2.2024", "2024-02 has no day 30"),
    ],
)
def test_how_a_date_is_understood_is_told_while_it_is_typed(
    visit: Visit, typed: str, told: str
) -> None:
    visit.log_in("analyst")
    visit.open(ADD)

    field(visit, "occurred").fill(typed)

    expect(visit.page.locator("#id_occurred_understood")).to_contain_text(told)


def test_a_date_with_two_readings_is_asked_back_and_one_is_taken(visit: Visit) -> None:
    visit.log_in("analyst")
    visit.open(ADD)

    field(visit, "occurred").fill("03/04/2024")
    expect(visit.page.locator("#id_occurred_understood")).to_contain_text("Which is meant?")
    # Held down as long as a hand does: leaving the field asks the server meanwhile.
    visit.page.get_by_role("button", name="3 April 2024").click(delay=500)

    expect(field(visit, "occurred")).to_have_value("2024-04-03")
    expect(field(visit, "occurred")).to_be_focused()
    expect(visit.page.locator("#id_occurred_understood")).to_have_text("3 April 2024")


def test_a_date_is_chosen_part_by_part_with_the_keyboard(visit: Visit) -> None:
    visit.log_in("analyst")
    visit.open(ADD)
    keys = visit.page.keyboard
    dialog = visit.page.get_by_role("dialog", name="Occurred")

    field(visit, "occurred").focus()
    for key in ("Tab", "Enter"):
        keys.press(key)
    expect(dialog.get_by_label("Date", exact=True)).to_be_focused()
    keys.press("Shift+Tab")
    for _shape in ("lasted", "between"):
        keys.press("ArrowDown")
    keys.press("Tab")
    keys.type("14 December 2023")
    keys.press("Tab")
    keys.type("Feb 2024")
    keys.press("Tab")
    keys.press("Space")
    expect(dialog).to_contain_text("[2023-12-14~..2024-02~]")
    keys.press("Enter")

    expect(dialog).to_be_hidden()
    expect(field(visit, "occurred")).to_have_value("[2023-12-14~..2024-02~]")
    expect(field(visit, "occurred")).to_be_focused()


def test_the_chooser_begins_with_the_date_that_is_there_and_escape_leaves_it(
    visit: Visit,
) -> None:
    visit.log_in("analyst")
    visit.open(ADD)
    field(visit, "occurred").fill("since about March 2024")

    visit.page.get_by_role("button", name="Choose a date: Occurred").click()

    dialog = visit.page.get_by_role("dialog")
    expect(dialog.get_by_label("Began …, still going on")).to_be_checked()
    expect(dialog.get_by_label("Began", exact=True)).to_have_value("2024-03")
    expect(dialog.get_by_label("About")).to_be_checked()
    visit.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(field(visit, "occurred")).to_have_value("since about March 2024")


def test_the_chooser_says_what_is_wrong_and_stays_open(visit: Visit) -> None:
    visit.log_in("analyst")
    visit.open(ADD)
    visit.page.get_by_role("button", name="Choose a date: Occurred").click()
    dialog = visit.page.get_by_role("dialog")

    dialog.get_by_label("Date", exact=True).fill("soon")
    dialog.get_by_role("button", name="Use this date").click()
    expect(dialog).to_contain_text("“soon” is not a date here")
    dialog.get_by_label("Date", exact=True).fill("03/04/2024")
    dialog.get_by_role("button", name="4 March 2024").click()

    expect(dialog).to_be_hidden()
    expect(field(visit, "occurred")).to_have_value("2024-03-04")


def test_rows_added_later_have_dates_of_their_own(visit: Visit) -> None:
    visit.log_in("analyst")
    visit.open(ADD)
    for _claim in range(2):
        visit.page.get_by_role("button", name="Add another Claim", exact=True).click()

    field(visit, "claims-1-date").fill("June 2024")

    told = visit.page.locator("#id_claims-1-date_understood")
    expect(told).to_contain_text("between 1 and 30 June 2024")
    expect(visit.page.locator("#id_claims-0-date_understood")).to_be_empty()
    expect(visit.page.locator("#claims-1 .choose-date")).to_have_count(1)


def test_without_scripts_dates_in_words_are_kept_and_explained(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context(java_script_enabled=False)
    visit = Visit(context.new_page(), site, [])
    visit.log_in("analyst")
    visit.open(ADD)
    visit.fill("article_url", "https://example.org/dates/words")
    visit.fill("title", "Fire in a mill in Tarnów")
    visit.fill("occurred", "12 to 14 May 2024")
    visit.choose("event_type", "arson")
    visit.fill("country_name", "Nowhere")
    visit.save()

    told = visit.page.locator("#id_occurred_understood")
    expect(told).to_have_text("from 12 May 2024 to 14 May 2024")
    visit.fill("country_name", "Poland")
    visit.save()
    visit.page.get_by_role("link", name="Fire in a mill in Tarnów").first.click()
    expect(field(visit, "occurred")).to_have_value("2024-05-12/2024-05-14")
    context.close()


def test_a_place_is_found_and_fills_its_row_with_the_keyboard(visit: Visit) -> None:
    add_location(visit)
    place = field(visit, "locations-0-place")

    found = search(visit, "Gdy")
    expect(place).to_have_attribute("aria-expanded", "true")
    visit.page.keyboard.press("ArrowDown")
    chosen = found.get_by_role("option", selected=True)
    expect(chosen).to_have_text("Gdynia, Pomerania, Poland (54.519, 18.532)")
    active = place.get_attribute("aria-activedescendant") or ""
    expect(chosen).to_have_id(active)
    visit.page.keyboard.press("Enter")

    expect(found).to_be_hidden()
    assert list(row(visit).values()) == [
        "Gdynia",
        "Poland",
        "Pomerania",
        "54.519",
        "18.532",
        "place",
    ]
    told = visit.page.locator(".place-told").first
    expect(told).to_contain_text("country, region, latitude, longitude, and precision")


@pytest.mark.parametrize("how", ["Escape", "clearing"])
def test_what_a_place_filled_in_is_taken_back(visit: Visit, how: str) -> None:
    add_location(visit)
    before = row(visit)
    search(visit, "Gdy").get_by_role("option").first.click()
    field(visit, "locations-0-admin1").fill("Kashubia")
    field(visit, "locations-0-place").focus()

    if how == "Escape":
        visit.page.keyboard.press("Escape")
    else:
        field(visit, "locations-0-place").fill("")

    typed = {"place": "Gdy"} if how == "Escape" else {}
    assert row(visit) == {**before, **typed, "admin1": "Kashubia"}


def test_a_place_changes_nothing_that_was_typed(visit: Visit) -> None:
    add_location(visit)
    for name, text in {"country": "Litwa", "lat": "55.1", "admin1": "Coast"}.items():
        field(visit, f"locations-0-{name}").fill(text)
    field(visit, "locations-0-precision").select_option("exact")

    search(visit, "Gdyn").get_by_role("option").first.click()

    assert list(row(visit).values()) == ["Gdynia", "Litwa", "Coast", "55.1", "", "exact"]
    expect(visit.page.locator(".place-told").first).to_contain_text("Kept as it was: country,")


def test_the_country_typed_narrows_the_places(visit: Visit) -> None:
    add_location(visit)
    field(visit, "locations-0-country").fill("Venezuela")

    found = search(visit, "Valencia")

    expect(found.get_by_role("option")).to_have_count(1)
    expect(found).to_contain_text("Venezuela")


def test_enter_over_the_list_does_not_send_the_form_and_escape_closes_the_list(
    visit: Visit,
) -> None:
    add_location(visit)
    found = search(visit, "Gdy")

    visit.page.keyboard.press("Enter")
    expect(found).to_be_hidden()
    visit.page.keyboard.press("ArrowDown")
    expect(found).to_be_visible()
    visit.page.keyboard.press("Escape")

    expect(found).to_be_hidden()
    expect(field(visit, "locations-0-place")).to_have_value("Gdy")
    expect(visit.page.locator(".errornote")).to_have_count(0)


def test_coordinates_pasted_in_one_piece_are_split(visit: Visit) -> None:
    add_location(visit)
    latitude, longitude = (field(visit, f"locations-0-{name}") for name in ("lat", "lon"))
    told = visit.page.locator(".place-told").first

    for text, lat, lon in PASTED:
        latitude.fill("")
        longitude.fill("")
        told.evaluate("(told) => { told.textContent = '' }")
        latitude.evaluate(PASTE, text)

        expect(latitude, text).to_have_value(lat)
        expect(longitude, text).to_have_value(lon)
        expect(told, text).to_contain_text("Latitude" if lat else "These are no coordinates.")


@pytest.mark.parametrize("width", [390, 1440])
def test_dates_and_places_raise_no_barriers(browser: Browser, site: Site, width: int) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900})
    visit = Visit(context.new_page(), site, [])
    add_location(visit)

    field(visit, "occurred").fill("03/04/2024")
    expect(visit.page.get_by_role("button", name="3 April 2024")).to_be_visible()
    asked = barriers(visit.page)
    visit.page.get_by_role("button", name="Choose a date: Occurred").click()
    expect(visit.page.get_by_role("dialog").locator(".understood")).not_to_be_empty()
    chosen = barriers(visit.page)
    visit.page.keyboard.press("Escape")
    search(visit, "Gdy")
    visit.page.keyboard.press("ArrowDown")
    found = barriers(visit.page)

    context.close()
    assert (asked, chosen, found) == ([], [], [])
