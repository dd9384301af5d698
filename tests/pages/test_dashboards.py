"""A dashboard shows a question in every way, and each part stands by itself."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any
from unittest.mock import Mock, patch
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.conf import LazySettings
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test import Client, override_settings

from incidents.charts.drawing import PAINT
from incidents.panels import PANELS, registry
from tests import make

from .reading import page, words

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"
_BAR = re.compile(r'width="([\d.]+)" height="18" class="c-(?:other c-)?bar"')


def act(**said: Any) -> Any:
    return make.incident(**{"occurred": "2024-03-14", "country": "PL", **said})


def titles(html: str) -> list[str]:
    """Return the titles of the panels of a page."""
    return re.findall(r'<h3 id="title-[a-z-]+">([^<]+)</h3>', html)


def test_every_panel_is_there_and_says_what_it_shows() -> None:
    act()

    html = page("/dashboard/whole/")

    assert titles(html) == [str(panel.title) for panel in PANELS.values()]
    assert "Most in 2024" in words(html)
    assert "Poland 1, of 1." in words(html)
    assert html.count("<summary>Table</summary>") == len(PANELS) - 2
    assert "Nothing was traced to anybody" in words(html)
    assert "Nobody's figure is kept" in words(html)


def test_what_has_no_date_and_what_has_no_place_is_counted_at_the_head(
    settings: LazySettings,
) -> None:
    settings.PANELS_WITHIN = 0
    act()
    act(occurred="[2023-11..2024-02]")
    act(country="no_place")

    told = words(page("/dashboard/"))

    assert "3 incidents, 1 without a date that is known to the year, 1 without a place." in told


def test_a_mark_leads_to_the_dashboard_of_its_incidents_and_its_number_to_the_list() -> None:
    act()

    html = page("/dashboard/countries/")

    assert 'href="/dashboard/?country=PL&amp;primary=country" aria-label="Poland: 1"' in html
    assert '<a href="/incidents/?country=PL&amp;primary=country">1</a>' in " ".join(html.split())


def test_two_questions_stand_side_by_side_and_can_be_swapped() -> None:
    act()
    act(country="DE")
    beside = quote("country=DE", safe="")

    html = page(f"/dashboard/?country=PL&beside={beside}")

    assert "incidents in Poland" in words(html)
    assert "incidents in Germany" in words(html)
    assert "?country=DE&amp;beside=country%3DPL" in html
    # A mark of the second question keeps the first one.
    assert re.search(r'href="/dashboard/\?country=PL&amp;beside=country%3DDE%26event_type', html)


def test_two_questions_are_drawn_to_one_scale() -> None:
    act()
    act()
    act(country="DE")

    html = page("/dashboard/countries/?country=PL&beside=country%3DDE")

    wide = [svg for svg in re.findall(r"<svg.*?</svg>", html, re.S) if "chart wide" in svg]
    one, other = (float(re.search(_BAR, svg)[1]) for svg in wide)  # type: ignore[index]
    assert one == pytest.approx(2 * other, abs=0.2)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("yaer=2024", "yaer"),
        ("interval=decade", "Time buckets"),
        ("interval=year&interval=month", "Time buckets"),
        ("beside=yaer%3D2024", "beside"),
        ("beside=year%3D2024&beside=year%3D2023", "beside"),
        ("cursor=x", "Page"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name_and_no_number_shown(asked: str, name: str) -> None:
    act()
    for address in ("/dashboard/", "/dashboard/whole/", "/dashboard/time/"):
        html = page(f"{address}?{asked}", status=400)
        assert f"<strong>{name}</strong>" in html
        assert "head-1" not in html
    assert Client().get(f"/dashboard/time.svg?{asked}").status_code == 400


def test_empty_inputs_of_the_form_are_left_out_of_the_address() -> None:
    answer: Any = Client().get("/dashboard/?year=2024&q=&from=&interval=")

    assert (answer.status_code, answer["Location"]) == (302, "/dashboard/?year=2024")


@pytest.mark.parametrize("fault", [RuntimeError("no"), OperationalError("interrupted")])
def test_a_panel_that_fails_leaves_its_neighbours(fault: Exception) -> None:
    act()

    def broken(question: Any) -> Any:
        raise fault

    changed = registry.Panel("types", PANELS["types"].title, broken)
    with patch.dict(PANELS, {"types": changed}):
        html = page("/dashboard/whole/")

    assert len(titles(html)) == len(PANELS)
    assert html.count("This panel cannot be shown.") == 1
    assert "Poland 1, of 1." in words(html)


def test_what_the_database_refuses_in_one_panel_leaves_the_rest() -> None:
    act()

    def broken(question: Any) -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    changed = registry.Panel("types", PANELS["types"].title, broken)
    with patch.dict(PANELS, {"types": changed}):
        html = page("/dashboard/whole/")

    assert html.count("This panel cannot be shown.") == 1
    assert "Poland 1, of 1." in words(html)


@pytest.mark.parametrize("kind", ["csv", "svg"])
def test_a_file_of_what_a_panel_refuses_is_refused_with_the_reason(kind: str) -> None:
    act()

    answer = Client().get(f"/dashboard/time.{kind}?interval=day&from=1900-01-01&to=2026-01-01")

    assert answer.status_code == 400


@pytest.mark.parametrize("kind", ["csv", "svg"])
def test_a_file_holds_one_question(kind: str) -> None:
    act()

    answer = Client().get(f"/dashboard/countries.{kind}?year=2024&beside=year%3D2023")
    alone = Client().get("/dashboard/countries/?year=2024&beside=year%3D2023").content.decode()

    assert answer.status_code == 400
    assert "A file holds one question" in answer.content.decode()
    assert f"countries.{kind}" not in alone


def test_what_takes_long_is_left_for_the_page_to_ask_for(settings: LazySettings) -> None:
    settings.PANELS_WITHIN = 0
    act()

    html = page("/dashboard/")

    assert html.count('data-hx-trigger="load"') == len(PANELS) + 1
    assert 'href="/dashboard/time/?">Show this panel</a>' in html
    part: Any = Client().get("/dashboard/time/", headers={"HX-Request": "true"})
    assert "Most in 2024" in part.content.decode()
    assert "<html" not in part.content.decode()


def test_what_the_form_exchanges_has_its_numbers_however_long_it_takes(
    settings: LazySettings,
) -> None:
    """Else its facets would be exchanged for empty ones that nobody fills."""
    settings.PANELS_WITHIN = 0
    act()

    first = Client().get("/dashboard/?year=2024").content.decode()
    exchanged = Client().get("/dashboard/?year=2024", headers={"HX-Target": "dashboard"})

    assert 'data-hx-get="/dashboard/filters/?year=2024"' in first
    assert 'id="f-country-PL"' not in first
    assert 'id="f-country-PL"' in exchanged.content.decode()
    assert "HX-Target" in exchanged["Vary"]


def test_the_filters_that_a_page_asks_for_later_are_no_page_of_their_own(
    settings: LazySettings,
) -> None:
    settings.PANELS_WITHIN = 0
    act()

    html = page("/dashboard/?year=2024")
    straight = Client().get("/dashboard/filters/?year=2024")

    lazy = html[html.index('data-hx-get="/dashboard/filters/') :]
    assert 'data-hx-push-url="false"' in lazy[: lazy.index(">")]
    assert straight["Location"] == "/dashboard/?year=2024"


def test_a_large_database_has_its_pages_ask_for_all_parts(settings: LazySettings) -> None:
    """They paint at once; what everybody was told already is there at once too."""
    settings.PANELS_UP_TO = 0
    settings.CACHES = {**settings.CACHES, "answers": settings.CACHES["default"]}
    act()

    html = page("/dashboard/?year=2024")
    listed = page("/incidents/?year=2024&layout=map")
    hx = {"HX-Request": "true"}
    heads: Any = Client().get("/dashboard/heads/?year=2024", headers=hx)
    facets: Any = Client().get("/incidents/filters/?year=2024", headers=hx)

    assert html.count('data-hx-trigger="load"') == len(PANELS) + 2
    assert 'class="heads waiting"' in html
    assert 'data-hx-get="/incidents/filters/?year=2024&amp;layout=map"' in listed
    assert listed.count("Show this panel") == 2
    assert '<span class="number">1</span> incident' in heads.content.decode()
    assert 'id="f-country-PL"' in facets.content.decode()
    assert Client().get("/dashboard/heads/?year=2024")["Location"] == "/dashboard/?year=2024"
    assert Client().get("/incidents/filters/?a=1")["Location"] == "/incidents/?a=1"


def test_nothing_that_fits_says_so_and_offers_what_would() -> None:
    act(status="disputed")

    html = page("/dashboard/?country=PL")

    assert "No incident is logged that fits." in words(html)
    assert "1 alleged or disputed would fit." in words(html)
    assert titles(html) == []


def test_a_picture_is_a_file_that_says_what_it_shows_and_where_it_is_from() -> None:
    act(title="<b>&amp;")

    answer: Any = Client().get("/dashboard/time.svg?country=PL")
    drawn = ElementTree.fromstring(answer.content)  # noqa: S314  it is our own
    told = " ".join(text.text or "" for text in drawn.iter(f"{SVG}text"))

    assert answer["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert 'filename="hti-time.svg"' in answer["Content-Disposition"]
    assert "When it began: Confirmed or suspected incidents in Poland" in told
    assert "CC BY 4.0" in told
    assert not [part for part in drawn.iter() if "style" in part.attrib or part.tag == f"{SVG}a"]


@pytest.mark.parametrize("name", list(PANELS))
def test_every_panel_that_draws_has_its_picture_as_a_file(name: str) -> None:
    make.figure(our_question="country=PL")
    act(claims=[{"state": "RU"}, {"state": "IR", "stance": "suggests"}], occurred="2024-03")
    act(locations=[{"country": "PL", "lat": "54.5", "lon": "18.5", "precision": "place"}])
    act(findings=[("ruled_out", "2024-04-01")])

    answer: Any = Client().get(f"/dashboard/{name}.svg")

    if name == "figures":
        assert answer.status_code == 404
        return
    drawn = ElementTree.fromstring(answer.content)  # noqa: S314  it is our own
    assert list(drawn.iter(f"{SVG}title"))[1:], "no mark is drawn"


def test_every_look_is_painted_on_pages_and_in_files(settings: LazySettings) -> None:
    """Else it is black, or missing, in one of the two."""
    styled = (Path(settings.BASE_DIR) / "static/css/charts.css").read_text(encoding="utf-8")

    looks = {f".c-{name}" for look in PAINT for name in look.split()}

    assert set(re.findall(r"\.c-[\w-]+", styled)) == looks


def test_the_table_of_a_panel_is_a_file() -> None:
    act()

    answer: Any = Client().get("/dashboard/countries.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode(), newline="")))

    assert rows == [["Country", "Incidents"], ["Poland", "1"]]


def test_files_of_what_is_not_for_everybody_say_so() -> None:
    act()
    act(marking="amber")
    client = Client()
    client.force_login(make.user("insider", staff=True))

    for kind in ("csv", "svg"):
        address = f"/dashboard/countries.{kind}"
        assert f"hti-countries-tlp-amber.{kind}" in client.get(address)["Content-Disposition"]
        assert f"hti-countries.{kind}" in Client().get(address)["Content-Disposition"]
    told: Any = client.get("/dashboard/countries.svg")
    assert "TLP:AMBER: not for passing on." in told.content.decode()
    assert "CC BY" not in told.content.decode()
    assert "TLP:AMBER" in words(client.get("/dashboard/countries/").content.decode())
    feed: Any = client.get("/incidents.atom")
    assert "<rights>TLP:AMBER: not for passing on.</rights>" in feed.content.decode()


def test_an_outlet_with_a_text_of_its_own_is_told_from_one_that_copied() -> None:
    outlets = [make.publisher(name=name) for name in ("First", "Copier", "Other")]
    first = make.article(marking="clear", publisher=outlets[0])
    copy = make.article(marking="clear", publisher=outlets[1], derived_from=first)
    other = make.article(marking="clear", publisher=outlets[2])
    act(citations=[first, copy, other])

    answer: Any = Client().get("/dashboard/outlets.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode(), newline="")))

    assert sorted(rows[1:]) == [["Copier", "1", "0"], ["First", "1", "1"], ["Other", "1", "1"]]
    assert "1 rest on 2 of them." in words(page("/dashboard/outlets/"))


def test_blame_is_split_by_state_and_level_with_contested_and_none_beside() -> None:
    act(claims=[{"state": "RU"}])
    act()

    answer: Any = Client().get("/dashboard/blame.csv")
    rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(answer.content.decode()))}

    assert rows["Russia"] == ["0", "0", "1", "0", "0", "1"]
    assert rows["no claim with a level"][-1] == "1"


@override_settings(
    CACHES={
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "answers": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "kept"},
    }
)
def test_a_panel_is_made_once_for_everybody_until_something_changes(staff: Client) -> None:
    caches["answers"].clear()
    act()
    act(country="DE", occurred="2023-05-01")
    made = Mock(wraps=PANELS["time"].make)
    with patch.dict(PANELS, {"time": registry.Panel("time", PANELS["time"].title, made)}):
        page("/dashboard/")
        page("/dashboard/")
        assert made.call_count == 1
        assert "Most in 2023" in page("/dashboard/time/?country=DE")
        assert "Most in 2024" in page("/dashboard/time/?country=PL")
        assert "Most in 2023" in page("/dashboard/time/?country=DE")
        assert made.call_count == 3
        page("/dashboard/", staff)
        page("/dashboard/", staff)
        assert made.call_count == 5
        act()
        assert "3 incidents" in words(page("/dashboard/"))
        assert made.call_count == 6


def test_pages_are_sent_compressed_to_who_takes_that(client: Client) -> None:
    act()

    plain: Any = client.get("/dashboard/")
    small: Any = client.get("/dashboard/", headers={"Accept-Encoding": "gzip"})

    assert small["Content-Encoding"] == "gzip"
    assert len(small.content) < len(plain.content) / 4
    assert "Accept-Encoding" in small["Vary"]
    counts = client.get("/api/v1/counts/", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in counts
