"""Workbooks, Parquet and archives say what the table says, and what describes them is true."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pyarrow as pa
import pytest
from django.db import transaction
from pyarrow import parquet

from incidents.formats import workbook
from incidents.formats.csv import unguarded
from incidents.tables.columns import parted

from . import hostile_world
from .doors import (
    COUNTS_CSV,
    COUNTS_XLSX,
    CSV,
    GEOJSON,
    METADATA,
    NDJSON,
    PARQUET,
    XLSX,
    ZIP,
    content,
    data,
    get,
    lines,
    problem,
)
from .rebuilding import read_csv, tables_of

pytestmark = pytest.mark.django_db

ALL = "series=all"
DAYS = ("onset_from", "onset_to", "end_from", "end_to")
NUMBERS = ("edition", "severity", "highest_level", "lat", "lon")
TYPED: dict[pa.DataType, Any] = {
    pa.string(): str,
    pa.int64(): int,
    pa.float64(): float,
    pa.date32(): date.fromisoformat,
    pa.timestamp("us", tz="UTC"): lambda text: datetime.fromisoformat(text).astimezone(UTC),
}
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module", autouse=True)
def _hostile(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Build the world with hostile texts once; the tests only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        hostile_world.build()
        yield
        transaction.set_rollback(True)


def table(query: str = "raw=1", door: str = CSV) -> list[dict[str, str]]:
    """Return the rows of a table, in which texts stand as they are."""
    return read_csv(content(get(f"{door}?{ALL}&{query}")).decode())


def sheets(book: bytes) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each sheet of a workbook by column letter: numbers, and texts."""
    with zipfile.ZipFile(io.BytesIO(book)) as opened:
        assert opened.testzip() is None
        names = [
            str(sheet.get("name"))
            for sheet in _parsed(opened.read("xl/workbook.xml")).iter(f"{_SHEET}sheet")
        ]
        shared: list[str] = []
        if "xl/sharedStrings.xml" in opened.namelist():
            strings = _parsed(opened.read("xl/sharedStrings.xml"))
            shared = ["".join(item.itertext()) for item in strings.iter(f"{_SHEET}si")]
        return {
            name: _rows(_parsed(opened.read(f"xl/worksheets/sheet{n}.xml")), shared)
            for n, name in enumerate(names, start=1)
        }


def _parsed(part: bytes) -> ET.Element:
    return ET.fromstring(part)  # noqa: S314  the site's own file


def _rows(sheet: ET.Element, shared: list[str]) -> list[dict[str, Any]]:
    assert not list(sheet.iter(f"{_SHEET}f")), "a cell is a formula"
    assert not list(sheet.iter(f"{_SHEET}hyperlink"))
    rows = []
    for row in sheet.iter(f"{_SHEET}row"):
        told: dict[str, Any] = {}
        for cell in row.iter(f"{_SHEET}c"):
            column = str(cell.get("r")).rstrip("0123456789")
            if cell.get("t") == "inlineStr":
                told[column] = "".join(cell.itertext())
            elif cell.get("t") == "s":
                told[column] = shared[int(cell.findtext(f"{_SHEET}v") or "")]
            else:
                told[column] = float(cell.findtext(f"{_SHEET}v") or "nan")
        rows.append(told)
    return rows


def named(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows below a header by its names."""
    header, *rest = rows
    return [{header[column]: value for column, value in row.items()} for row in rest]


def test_a_workbook_says_what_the_table_says_and_runs_nothing() -> None:
    book = sheets(content(get(f"{XLSX}?{ALL}")))
    told = named(book["incidents"])

    rows = table()
    assert list(book) == ["incidents", "about"]
    assert len(told) == len(rows) > 10
    for shown, row in zip(told, rows, strict=True):
        for name, cell in row.items():
            if name in DAYS:
                # A workbook counts days from the end of 1899.
                day = date(1899, 12, 30) + timedelta(days=shown[name]) if cell else ""
                assert str(day) == cell, name
            elif name in NUMBERS:
                assert shown.get(name) == (float(cell) if cell else None), name
            else:
                assert _unescaped(shown.get(name, "")) == _as_xml(cell), name
    assert any(row["title"].startswith("=") for row in rows)


def _unescaped(text: str) -> str:
    """Return a text of a workbook, which writes what XML has no character for as _xHHHH_."""
    for code in (*range(32), 0xFFFE, 0xFFFF):
        text = text.replace(f"_x{code:04X}_", chr(code))
    return _as_xml(text)


def _as_xml(text: str) -> str:
    """Return a text with the line ends that every reader of XML makes of its own."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_what_a_workbook_is_stands_on_a_sheet_of_its_own() -> None:
    told = {row["A"]: row["B"] for row in sheets(content(get(f"{XLSX}?{ALL}")))["about"]}

    assert told["rows"] == str(len(table()))
    assert told["url"] == f"http://testserver{XLSX}?{ALL}"
    assert told["licence"].startswith("https://creativecommons.org/")


def test_a_workbook_of_numbers_says_what_their_table_says() -> None:
    query = "by=publisher&by=status"
    told = named(sheets(content(get(f"{COUNTS_XLSX}?{ALL}&{query}")))["counts"])

    rows = table(query, COUNTS_CSV)
    assert [{name: unguarded(cell) for name, cell in row.items() if cell} for row in rows] == [
        {name: f"{value:g}" if isinstance(value, float) else value for name, value in row.items()}
        for row in told
    ]


def test_more_rows_than_a_workbook_is_good_for_are_refused_by_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    n = len(table())
    monkeypatch.setattr(workbook, "MOST_ROWS", n - 1)

    refused = get(f"{XLSX}?{ALL}")

    assert refused.status_code == 400
    told = str(problem(refused)["errors"])
    assert str(n) in told
    assert str(n - 1) in told
    assert content(get(f"{XLSX}?{ALL}&year=2024")).startswith(b"PK")


def test_a_text_that_no_cell_holds_is_refused_by_its_column_and_not_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    longest = {name: max(len(row[name]) for row in table()) for name in ("sources", "targets")}
    column, most = max(longest.items(), key=lambda item: item[1])
    monkeypatch.setattr(workbook, "MOST_CHARACTERS", most)
    assert content(get(f"{XLSX}?{ALL}")).startswith(b"PK")
    monkeypatch.setattr(workbook, "MOST_CHARACTERS", most - 1)

    refused = get(f"{XLSX}?{ALL}")

    assert refused.status_code == 400
    told = str(problem(refused)["errors"]["fields"])
    assert column in told
    assert str(most) in told
    assert content(get(f"{XLSX}?{ALL}&fields=title&fields=reference")).startswith(b"PK")


@pytest.mark.parametrize("fields", ["", "fields=reference&fields=severity_label&fields=lat"])
def test_parquet_says_what_the_table_says_with_types(fields: str) -> None:
    file = parquet.read_table(io.BytesIO(content(get(f"{PARQUET}?{ALL}&{fields}"))))

    rows = table(f"raw=1&{fields}")
    assert file.column_names == list(rows[0])
    for name, column in zip(file.column_names, file.columns, strict=True):
        read = TYPED[column.type]
        expected = [read(row[name]) if row[name] else None for row in rows]
        assert column.to_pylist() == expected, name
    if not fields:
        types = {name: file.schema.field(name).type for name in ("severity", "lat", "onset_from")}
        assert types == {"severity": pa.int64(), "lat": pa.float64(), "onset_from": pa.date32()}
    about = json.loads(file.schema.metadata[b"about"])
    assert about["rows"] == len(rows)


@pytest.mark.parametrize("raw", ["", "&raw=1"])
def test_the_keys_of_an_archive_join(raw: str) -> None:
    files = tables_of(content(get(f"{ZIP}?{ALL}{raw}")))
    tables = {name: read_csv(text.decode()) for name, text in files.items() if ".csv" in name}
    editions = {(row["reference"], row["edition"]) for row in tables["incidents.csv"]}
    articles = [row["digest"] for row in tables["articles.csv"]]
    outlets = [row["slug"] for row in tables["publishers.csv"]]

    assert len(editions) == len(tables["incidents.csv"]) == len(table())
    assert len(set(articles)) == len(articles)
    assert len(set(outlets)) == len(outlets)
    for name in ("locations", "targets", "effects", "findings", "claims", "citations"):
        assert {(r["reference"], r["edition"]) for r in tables[f"{name}.csv"]} <= editions, name
        uids = [(r["reference"], r["edition"], r["uid"]) for r in tables[f"{name}.csv"]]
        assert len(set(uids)) == len(uids), name
    assert {row["article"] for row in tables["citations.csv"]} == set(articles)
    assert {row["publisher"] for row in tables["articles.csv"]} - {""} == set(outlets)
    cited = {(r["reference"], r["edition"], r["article"]) for r in tables["citations.csv"]}
    said = {(r["reference"], r["uid"]) for r in tables["claims.csv"]}
    for claim in tables["claims.csv"]:
        for digest in parted(claim["sources"]):
            assert (claim["reference"], claim["edition"], digest) in cited
        assert not claim["supersedes"] or (claim["reference"], claim["supersedes"]) in said


def test_the_package_of_an_archive_tells_its_files_as_they_are() -> None:
    files = tables_of(content(get(f"{ZIP}?{ALL}")))
    package = json.loads(files.pop("datapackage.json"))

    assert package["about"]["rows"] == len(table())
    assert [resource["path"] for resource in package["resources"]] == list(files)
    for resource in package["resources"]:
        file = files[resource["path"]]
        assert resource["bytes"] == len(file)
        assert resource["hash"] == f"sha256:{hashlib.sha256(file).hexdigest()}"
        fields = resource["schema"]["fields"]
        rows = list(csv.reader(io.StringIO(file.decode(), newline=""), strict=True))
        assert rows[0] == [field["name"] for field in fields]
        for row in rows[1:]:
            for cell, field in zip(row, fields, strict=True):
                assert not cell or _fits(cell, field["type"]), (resource["path"], field, cell)


def test_the_keys_that_a_package_tells_are_keys() -> None:
    files = tables_of(content(get(f"{ZIP}?{ALL}")))
    package = json.loads(files.pop("datapackage.json"))
    tables = {name.removesuffix(".csv"): read_csv(text.decode()) for name, text in files.items()}
    checked = 0

    for resource in package["resources"]:
        schema, rows = resource["schema"], tables[resource["name"]]
        if key := schema.get("primaryKey"):
            assert len({tuple(row[column] for column in key) for row in rows}) == len(rows)
        for foreign in schema.get("foreignKeys", ()):
            (column,), there = foreign["fields"], foreign["reference"]
            known = {row[there["fields"][0]] for row in tables[there["resource"]]}
            assert {row[column] for row in rows} - {""} <= known
            checked += bool(rows)

    assert checked == len(tables) - len({"incidents", "publishers"})


def _fits(cell: str, kind: str) -> bool:
    """Tell whether a cell can be read as what a package calls it; a wrong one raises."""
    reads: dict[str, Any] = {
        "integer": int,
        "number": Decimal,
        "date": date.fromisoformat,
        "datetime": datetime.fromisoformat,
        "boolean": {"true": 1, "false": 1}.__getitem__,
        "string": str,
    }
    reads[kind](cell)
    return True


@pytest.mark.parametrize("fields", ["", "&fields=title&fields=reference&fields=country_label"])
def test_the_metadata_name_the_columns_of_the_table_and_no_others(fields: str) -> None:
    told = data(f"{METADATA}?{ALL}{fields}")
    response = get(f"{CSV}?{ALL}{fields}")

    header, *rows = csv.reader(io.StringIO(content(response).decode(), newline=""))
    assert [column["name"] for column in told["tableSchema"]["columns"]] == header
    assert told["notes"][0]["rows"] == len(rows)
    assert told["url"] == f"http://testserver{CSV}?{ALL}{fields}"
    link = f'<http://testserver{METADATA}?{ALL}{fields}>; rel="describedby"'
    assert response["Link"].startswith(link)


@pytest.mark.parametrize("query", [ALL, "country=PL", "q=nothing", "year=2024&series=all"])
def test_the_rows_that_a_file_promises_are_those_it_holds(query: str) -> None:
    held: dict[str, Callable[[bytes], int]] = {
        CSV: lambda file: len(read_csv(file.decode())),
        NDJSON: lambda file: file.count(b"\n"),
        GEOJSON: lambda file: len(json.loads(file)["features"]),
        XLSX: lambda file: len(sheets(file)["incidents"]) - 1,
        PARQUET: lambda file: parquet.read_table(io.BytesIO(file)).num_rows,
        ZIP: lambda file: len(read_csv(tables_of(file)["incidents.csv"].decode())),
    }

    for address, count in held.items():
        response = get(f"{address}?{query}")
        assert int(response["HTI-Rows"]) == count(content(response)), address
    assert len(lines(f"{NDJSON}?{query}")) == int(get(f"{NDJSON}?{query}")["HTI-Rows"])


def test_counts_as_csv_lead_to_the_answer_that_says_what_they_are() -> None:
    response = get("/api/v1/counts.csv?by=country&series=all")

    address, _semicolon, kind = response["Link"].partition("; ")
    told = data(address.strip("<>"))

    assert kind == 'rel="describedby"; type="application/json"'
    assert told["params"]["by"] == ["country"]
    assert f"{told['total']}" in content(response).decode().rsplit("Total,", 1)[1]
