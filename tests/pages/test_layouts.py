"""The list as cards, as a table of chosen columns, and on maps: always the same incidents."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qs

import pytest
from django.test import Client

from incidents.sheets import COLUMNS
from tests import make
from tests.api import doors
from tests.api.world import World

from .reading import links, number, page, references, words

pytestmark = pytest.mark.django_db

LIST = "/incidents/"
ALL = "&".join(f"columns={name}" for name in COLUMNS)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.S)
_CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.S)


def sheet(url: str, client: Client | None = None) -> list[list[str]]:
    """Return the cells of the table of a page, as they are read."""
    html = page(url, client)
    html = html[html.index('class="scroll sheet"') :]
    rows = [[words(cell) for cell in _CELL.findall(row)] for row in _ROW.findall(html)]
    return [row for row in rows if row]


@pytest.mark.parametrize("query", ["", "series=all&order=severity", "country=PL&year=2024"])
def test_a_table_holds_the_incidents_of_the_cards_in_their_order(query: str, world: World) -> None:
    cards = references(page(f"{LIST}?{query}"))

    rows = sheet(f"{LIST}?{query}&layout=table&columns=reference")

    assert [row[0] for row in rows] == cards


def test_every_cell_says_what_the_file_says(world: World) -> None:
    rows = sheet(f"{LIST}?series=all&layout=table&{ALL}&page_size=200")
    file = doors.content(doors.get(f"{doors.CSV}?series=all")).decode("utf-8-sig")
    lines = csv.DictReader(line for line in io.StringIO(file) if not line.startswith("#"))
    written = {line["reference"]: line for line in lines}

    places = {name: n for n, name in enumerate(COLUMNS)}
    assert len(rows) == len(written) > 5
    for row in rows:
        line = written[row[places["reference"]]]
        for name in ("event_type", "country", "sector", "status", "outcome", "highest_level"):
            assert row[places[name]] == line[f"{name}_label"], name
        assert row[places["title"]] == " ".join(line["title"].split())
        assert row[places["edition"]] == line["edition"]


def test_codes_days_and_states_are_said_in_words(db: None) -> None:
    make.incident(
        "Fire in a shed",
        occurred="2024-05-03?",
        claims=[{"state": "RU", "date": "2024-06"}],
        locations=[{"country": "PL"}, {"country": "sea", "zone": "Baltic Sea"}],
        marking="clear",
        domains=["infrastructure", "cyber"],
        other_event_types=["vandalism"],
    )

    (row,) = sheet(f"{LIST}?q=shed&layout=table&{ALL}")

    said = dict(zip(COLUMNS, row, strict=True))
    assert said["occurred"] == "3 May 2024 (uncertain)"
    assert said["countries"] == "Poland, At sea"
    assert said["attributed_to"] == "Russia"
    assert said["marking"] == "TLP:CLEAR"
    assert said["state"] == "Published"
    assert said["domains"] == "Infrastructure, Cyber"
    assert said["other_event_types"] == "Vandalism"
    assert said["severity"] == ""
    assert re.fullmatch(r"\d{1,2} \w+ 20\d\d", said["published_at"])


def test_one_cell_of_a_line_leads_to_the_incident(db: None) -> None:
    edition = make.incident("Fire in a shed")
    address = f"/incidents/{edition.record.reference}/"

    for columns in ("columns=title&columns=country", "columns=reference", "columns=country"):
        html = page(f"{LIST}?q=shed&layout=table&{columns}")
        assert html.count(f'href="{address}"') == 1, columns


def test_the_way_of_showing_goes_along_to_other_pages_chips_and_the_form(world: World) -> None:
    url = f"{LIST}?country=PL&layout=table&columns=title&columns=status&page_size=1"

    html = page(url)

    for link in (*links(html, 'class="chip'), *links(html, 'rel="next"')):
        asked = parse_qs(link.partition("?")[2])
        assert asked["layout"] == ["table"], link
        assert asked["columns"] == ["title", "status"], link
    assert '<input type="hidden" name="layout" value="table">' in html
    assert '<input type="hidden" name="columns" value="status">' in html


def test_the_form_of_columns_carries_the_question_and_its_order(world: World) -> None:
    html = page(f"{LIST}?country=PL&country=LT&order=severity&layout=table&columns=title")

    (form,) = re.findall(r'<details class="columns">.*?</details>', html, re.S)
    carried = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    assert sorted(carried) == [
        *(("country", "LT"), ("country", "PL"), ("layout", "table"), ("order", "severity")),
    ]


def test_headings_of_columns_lead_to_the_list_in_their_order(world: World) -> None:
    html = page(f"{LIST}?layout=table&columns=occurred&columns=severity")

    assert 'aria-sort="descending"' in html
    orders = [parse_qs(link.partition("?")[2]) for link in links(html, "order=")]
    assert {"onset", "-severity"} <= {found["order"][0] for found in orders}


def test_marks_of_a_map_narrow_the_list_and_stay_on_the_map(world: World) -> None:
    html = page(f"{LIST}?layout=map")

    marks = links(html, 'class="mark"')
    assert marks
    for mark in marks[:6]:
        assert mark.startswith(f"{LIST}?"), mark
        assert mark.endswith("&layout=map"), mark
        narrowed = page(mark)
        query = mark.partition("?")[2].removesuffix("&layout=map")
        assert number(narrowed) == doors.data(f"{doors.COUNTS}?{query}")["total"]


def test_nothing_found_draws_no_map_and_no_table(world: World) -> None:
    for layout in ("map", "table"):
        html = page(f"{LIST}?country=JP&layout={layout}")
        assert "<svg" not in html
        assert 'class="scroll sheet"' not in html
        assert number(html) == 0


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("layout=tabel", "“tabel” is none of: cards, table, map."),
        ("layout=map&layout=table", "layout"),
        ("layout=table&columns=titel", "“titel” is none of: occurred, title"),
        ("columns=summary", "“summary” is none of"),
    ],
)
def test_an_unknown_way_of_showing_is_refused_by_name(query: str, told: str, db: None) -> None:
    assert told in words(page(f"{LIST}?{query}", status=400))


def test_the_table_leads_to_a_file_of_its_columns(world: World) -> None:
    html = page(f"{LIST}?country=PL&layout=table&columns=title&columns=status")

    (file,) = [link for link in links(html, "incidents.csv") if "fields=" in link]
    text = doors.content(doors.get(file)).decode("utf-8-sig")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert lines[0].split(",") == ["title", "status"]
