"""What is exported: fixed columns, cells that no spreadsheet runs, maps without places."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from incidents.api import exports
from incidents.api.rendering import as_json
from incidents.formats import geojson as geojson_format
from incidents.formats import workbook
from incidents.models import Incident
from incidents.tables.flat import FLAT
from tests import make

from .doors import (
    COUNTS,
    COUNTS_CSV,
    COUNTS_XLSX,
    CSV,
    GEOJSON,
    LIST,
    NDJSON,
    PARQUET,
    XLSX,
    ZIP,
    content,
    data,
    get,
    lines,
    table,
)
from .world import World

pytestmark = pytest.mark.django_db

COLUMNS = [
    "reference",
    "edition",
    "state",
    "marking",
    "title",
    "occurred",
    "onset_from",
    "onset_to",
    "end_from",
    "end_to",
    "event_type",
    "event_type_label",
    "other_event_types",
    "domains",
    "status",
    "status_label",
    "outcome",
    "outcome_label",
    "severity",
    "severity_label",
    "country",
    "country_label",
    "countries",
    "place",
    "lat",
    "lon",
    "precision",
    "target_country",
    "target_country_label",
    "sector",
    "sector_label",
    "target_kind",
    "target_kind_label",
    "targets",
    "campaign",
    "highest_level",
    "highest_level_label",
    "attributed_to",
    "sources",
    "summary",
    "published_at",
    "last_verified",
]
PROPERTIES = [
    "url",
    "title",
    "occurred",
    "onset_from",
    "onset_to",
    "severity",
    "sector",
    "target_kind",
    "event_type",
    "status",
    "outcome",
    "country",
    "place",
    "precision",
    "marking",
]


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_a_line_of_json_is_what_the_list_shows(world: World) -> None:
    listed = data(f"{LIST}?series=all&page_size=200")["results"]

    assert lines(f"{NDJSON}?series=all") == listed
    assert listed


def test_a_table_reads_back_row_by_row_whatever_a_summary_holds() -> None:
    nasty = (
        'Line one\nline two, "quoted"; and\r\n=1+1\n\n-- and so on; ' * 3,
        "…" * 90,
        "\n" + "a,b;c\td" * 20,
    )
    for n, summary in enumerate(nasty):
        make.incident(f"Fire, the {n + 1}. “one”", summary=summary, country="MT")

    text = content(get(f"{CSV}?country=MT")).decode()
    rows = read(text)

    assert len(rows) == 1 + len(nasty)
    assert {len(row) for row in rows} == {len(COLUMNS)}
    stored = Incident.objects.filter(country="MT").order_by("-pk").values_list("summary", flat=True)
    assert [row[COLUMNS.index("summary")].removeprefix("'") for row in rows[1:]] == list(stored)
    assert text.endswith("\r\n")
    assert not text.startswith("\ufeff")


def test_the_columns_are_those_of_the_manual_and_no_others(world: World) -> None:
    first = content(get(CSV)).decode().split("\r\n")[0]

    assert first.split(",") == COLUMNS == list(FLAT)
    assert {tuple(row) for row in table(f"{CSV}?series=all")} == {tuple(COLUMNS)}


def test_a_table_of_nothing_is_its_header() -> None:
    assert content(get(f"{CSV}?q=nothing")).decode().split("\r\n") == [",".join(COLUMNS), ""]


def test_a_table_says_what_the_list_says(world: World) -> None:
    listed = data(f"{LIST}?series=all&page_size=200")["results"]

    for row, shown in zip(table(f"{CSV}?series=all"), listed, strict=True):
        for name in (
            "reference",
            "title",
            "occurred",
            "event_type",
            "status",
            "outcome",
            "country",
        ):
            assert row[name].removeprefix("'") == shown[name]
        assert row["severity"] == str("" if shown["severity"] is None else shown["severity"])
        assert row["onset_from"] == shown["onset"]["first"]
        assert row["end_to"] == shown["end"]["last"]
        assert row["summary"] == shown["summary"]
        urls = [citation["article"]["url"] for citation in shown["citations"]]
        assert row["sources"] == "; ".join(urls)
        live = [claim["level"] for claim in shown["claims"] if claim["live_until"] is None]
        assert row["highest_level"] == str(max(live, default=0))


def test_the_attribution_of_a_table_is_that_of_the_question(world: World) -> None:
    rows = table(f"{CSV}?series=all")

    for state in ("RU", "IR", "BY"):
        named = {row["reference"] for row in rows if state in row["attributed_to"].split("; ")}
        asked = {row["reference"] for row in table(f"{CSV}?series=all&attributed_to={state}")}
        assert named == asked
    for level in range(6):
        at = {row["reference"] for row in rows if row["highest_level"] == str(level)}
        assert at == {row["reference"] for row in table(f"{CSV}?series=all&level={level}")}


def test_the_countries_of_a_table_are_those_that_a_question_finds() -> None:
    make.incident(
        locations=[
            {"country": "MT", "primary": True},
            {"country": "LT", "role": "affected"},
            {"country": "BY", "role": "launched"},
        ]
    )

    (row,) = table(f"{CSV}?country=MT")

    assert row["countries"] == "MT; LT"
    cells = data(f"{COUNTS}?country=MT&by=country&assign=any")["cells"]
    assert [cell["key"]["country"] for cell in cells] == ["MT"]
    listed = {
        country: [one["reference"] for one in data(f"{LIST}?country={country}")["results"]]
        for country in ("LT", "BY")
    }
    assert row["reference"] in listed["LT"]
    assert row["reference"] not in listed["BY"]


def test_files_say_what_they_are() -> None:
    make.incident()

    for url, kind, name in (
        (CSV, "text/csv; charset=utf-8", "incidents.csv"),
        (COUNTS_CSV, "text/csv; charset=utf-8", "counts.csv"),
        (NDJSON, "application/x-ndjson; charset=utf-8", "incidents.ndjson"),
        (GEOJSON, "application/geo+json", "incidents.geojson"),
        (XLSX, workbook.MEDIA_TYPE, "incidents.xlsx"),
        (COUNTS_XLSX, workbook.MEDIA_TYPE, "counts.xlsx"),
        (PARQUET, "application/vnd.apache.parquet", "incidents.parquet"),
        (ZIP, "application/zip", "incidents.zip"),
    ):
        response = get(url)
        assert content(response)
        assert response["Content-Type"] == kind
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("url", "accept"),
    [
        (CSV, "text/csv"),
        (COUNTS_CSV, "text/csv"),
        (GEOJSON, "application/geo+json"),
        (CSV, "text/html,application/xhtml+xml,*/*;q=0.8"),
    ],
)
def test_a_file_is_given_to_whoever_accepts_its_type(url: str, accept: str) -> None:
    assert get(url, HTTP_ACCEPT=accept).status_code == 200


def test_a_map_has_a_feature_for_each_and_no_geometry_without_a_place() -> None:
    make.incident("Fire with a place", locations=[{"country": "MT", "lat": 54.35, "lon": 18.65}])
    make.incident("Fire without a place", locations=[{"country": "MT"}])
    make.incident("Fire on the line", locations=[{"country": "MT", "lat": 0, "lon": 0}])

    answer = data(f"{GEOJSON}?country=MT")

    assert set(answer) == {"type", "features"}
    assert answer["type"] == "FeatureCollection"
    placed = {f["properties"]["title"]: f["geometry"] for f in answer["features"]}
    assert placed == {
        "Fire with a place": {"type": "Point", "coordinates": [18.65, 54.35]},
        "Fire without a place": None,
        "Fire on the line": {"type": "Point", "coordinates": [0.0, 0.0]},
    }
    for feature in answer["features"]:
        assert sorted(feature) == ["geometry", "id", "properties", "type"]
        assert feature["type"] == "Feature"
        assert sorted(feature["properties"]) == sorted(PROPERTIES)


def test_a_map_shows_the_primary_place_only() -> None:
    make.incident(
        locations=[{"country": "MT"}, {"country": "LT", "lat": 54.69, "lon": 25.28}],
    )

    assert data(f"{GEOJSON}?country=MT")["features"][0]["geometry"] is None


def test_a_map_of_nothing_is_whole() -> None:
    assert data(f"{GEOJSON}?q=nothing") == {"type": "FeatureCollection", "features": []}
    assert json.loads(b"".join(geojson_format.write([], as_json)))["features"] == []


@pytest.mark.parametrize(
    "query",
    [
        "by=country",
        "by=status&series=all",
        "by=severity&by=outcome",
        "interval=year&series=all",
        "interval=month&year=2024&by=country",
        "interval=quarter&date_match=possible&year=2024",
        "by=publisher",
        "by=level&attributed_to=RU",
        "",
    ],
)
def test_the_rows_of_a_count_add_up(query: str, world: World) -> None:
    answer = data(f"{COUNTS}?{query}")
    rows = table(f"{COUNTS_CSV}?{query}")

    cells, undated, total = (
        [row for row in rows if row["url"] and row["label"] != "Total"],
        [row for row in rows if not row["url"]],
        rows[-1],
    )
    numbers = [(cell["count"], cell["low"], cell["high"], cell["url"]) for cell in answer["cells"]]
    assert [(int(r["count"]), int(r["low"]), int(r["high"]), r["url"]) for r in cells] == numbers
    assert total["label"] == "Total"
    assert int(total["count"]) == answer["total"]
    assert sum(int(row["count"]) for row in undated) == answer["undated"]
    if answer["additive"] and cells:
        summed = sum(int(row["count"]) for row in cells + undated)
        assert summed == int(total["count"]) == answer["total"]
    for cell, row in zip(answer["cells"], cells, strict=True):
        for name, code in cell["key"].items():
            assert row[name].removeprefix("'") == code


@pytest.mark.parametrize("door", [CSV, NDJSON, GEOJSON, XLSX, PARQUET, ZIP])
@pytest.mark.parametrize(
    ("written", "status"),
    [({"marking": "clear"}, 503), ({"marking": "amber"}, 200), ({"state": "draft"}, 200)],
)
def test_a_file_is_not_begun_after_a_change_that_its_asker_reads_and_after_no_other(
    door: str, written: dict[str, Any], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its number of rows was told already; what is hidden is told to nobody."""
    make.incident()
    begin = exports._begun

    def later(*said: Any) -> Any:
        make.incident("Fire of later", **written)
        return begin(*said)

    monkeypatch.setattr(exports, "_begun", later)

    answer = get(door)

    assert answer.status_code == status
    assert content(answer)
