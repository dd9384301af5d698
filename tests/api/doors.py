"""The doors of the API and how the tests go through them."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Final

from django.http import HttpResponse
from django.test import Client

LIST: Final = "/api/v1/incidents/"
COUNTS: Final = "/api/v1/counts/"
COUNTS_CSV: Final = "/api/v1/counts.csv"
CSV: Final = "/api/v1/incidents.csv"
NDJSON: Final = "/api/v1/incidents.ndjson"
GEOJSON: Final = "/api/v1/incidents.geojson"
XLSX: Final = "/api/v1/incidents.xlsx"
PARQUET: Final = "/api/v1/incidents.parquet"
ZIP: Final = "/api/v1/incidents.zip"
METADATA: Final = "/api/v1/incidents.csv-metadata.json"
COUNTS_XLSX: Final = "/api/v1/counts.xlsx"
FILES: Final = (XLSX, PARQUET, ZIP, METADATA, COUNTS_XLSX)
QUESTIONS: Final = (LIST, COUNTS, COUNTS_CSV, CSV, NDJSON, GEOJSON)
ARTICLES: Final = "/api/v1/articles/"
ACTORS: Final = "/api/v1/actors/"
CAMPAIGNS: Final = "/api/v1/campaigns/"
FIGURES: Final = "/api/v1/reported-figures/"
DIRECTORIES: Final = (ARTICLES, ACTORS, CAMPAIGNS, FIGURES)
CHANGES: Final = "/api/v1/changes/"
CODEBOOK: Final = "/api/v1/codebook/"
SEARCH: Final = "/api/v1/search/"
LEDGER_HEAD: Final = "/api/v1/ledger/head/"
PROBLEM: Final = "application/problem+json"


def get(url: str, client: Client | None = None, **headers: str) -> Any:
    """Return the response of an address; an exception behind it fails the test."""
    return (client or Client()).get(url, **headers)  # type: ignore[arg-type]


def content(response: Any) -> bytes:
    """Return the body of a response, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def data(url: str, client: Client | None = None) -> Any:
    """Return what an address answers, which has to be 200 and JSON."""
    response = get(url, client)
    text = content(response)
    assert response.status_code == 200, text
    return json.loads(text)


def table(url: str, client: Client | None = None) -> list[dict[str, str]]:
    """Return the rows of a CSV file by column."""
    response = get(url, client)
    text = content(response).decode()
    assert response.status_code == 200, text
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def lines(url: str, client: Client | None = None) -> list[Any]:
    """Return what each line of an NDJSON file holds."""
    response = get(url, client)
    text = content(response).decode()
    assert response.status_code == 200, text
    # Not splitlines, which also breaks at marks that may stand in a text.
    assert text.endswith("\n") or not text
    return [json.loads(line) for line in text.split("\n")[:-1]]


def problem(response: HttpResponse) -> Any:
    """Return the problem detail of a response, whose form has to be right."""
    assert response["Content-Type"].split(";")[0] == PROBLEM
    told = json.loads(response.content)
    assert {"type", "title", "status", "detail"} <= told.keys()
    assert told["status"] == response.status_code
    return told


def references(url: str, client: Client | None = None) -> list[str]:
    """Return the references that a list holds on one page, which has to be all of it."""
    page = data(f"{url}{'&' if '?' in url else '?'}page_size=200", client)
    assert page["next"] is None
    return [row["reference"] for row in page["results"]]


def walk(url: str, client: Client | None = None) -> list[list[str]]:
    """Return the references of each page of a list, gone through to its end and back."""
    first = data(url, client)
    assert first["previous"] is None
    there, last = _follow("next", first, client)
    back, _first = _follow("previous", last, client)
    assert back[::-1] == there
    return there


def _follow(link: str, page: Any, client: Client | None) -> tuple[list[list[str]], Any]:
    """Return the references of a page and of those behind its link, and the last page."""
    pages: list[list[str]] = []
    while True:
        shown = [row["reference"] for row in page["results"]]
        assert shown not in pages, f"{link} leads in a circle: {[*pages, shown]}"
        pages.append(shown)
        if page[link] is None:
            return pages, page
        page = data(page[link], client)
