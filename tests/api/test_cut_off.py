"""Whoever takes a file knows whether it is whole, and that it is of one moment."""

from __future__ import annotations

import hashlib
import http.client
import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.db.models import TextField, Value

from incidents import triggers, versions
from incidents.api import exports
from incidents.formats import csv
from incidents.models import Incident, Location
from incidents.tables import stitch
from tests import make
from tests.meanwhile import committed, meanwhile

from .doors import COUNTS, CSV, GEOJSON, LIST, NDJSON, PARQUET, XLSX, ZIP, content, get
from .served import ask, site

__all__ = ["committed"]

FILES = (CSV, NDJSON, GEOJSON, ZIP, XLSX, PARQUET)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
# These are sent while they are written; the others are whole before their first part is sent.
STREAMED = (CSV, NDJSON, GEOJSON, ZIP)


@pytest.fixture(autouse=True)
def _records(committed: None) -> None:
    """Publish three records."""
    for n in range(3):
        make.incident(f"Fire number {n}")


@pytest.fixture
def breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every file break after some of it was sent."""
    monkeypatch.setattr(exports, "BLOCK", 1)
    monkeypatch.setattr(stitch, "CHUNK", 1)
    monkeypatch.setattr(csv, "_copied", _broken)
    monkeypatch.setattr(csv, "_joined_up", _broken)
    whole = stitch.stitched

    def broken(found: Any, *rest: Any, **more: Any) -> Any:
        if broken.n == 0:  # type: ignore[attr-defined]
            raise ConnectionError("The database is gone.")
        broken.n -= 1  # type: ignore[attr-defined]
        return whole(found, *rest, **more)

    broken.n = 2  # type: ignore[attr-defined]
    monkeypatch.setattr(stitch, "stitched", broken)


def _broken(*_args: Any, **_more: Any) -> Iterator[bytes]:
    yield b"HTI-2024-00001,1\r\n" * 1000
    raise ConnectionError("The database is gone.")


@pytest.mark.parametrize("address", FILES)
def test_a_whole_file_ends_as_its_client_expects(address: str) -> None:
    with site() as port:
        now = ask(port, address)
        streamed = now.read()
        old = ask(port, address, old=True)
        whole = old.read()

    assert (now.status, now.getheader("Transfer-Encoding")) == (200, "chunked")
    assert (old.status, old.getheader("Transfer-Encoding")) == (200, None)
    assert old.getheader("Content-Length") == str(len(whole))
    digest = b64encode(hashlib.sha256(whole).digest()).decode()
    assert old.getheader("Repr-Digest") == f"sha-256=:{digest}:"
    assert now.getheader("HTI-Rows") == old.getheader("HTI-Rows") == "3"
    if address in (CSV, NDJSON, GEOJSON):
        assert streamed == whole


@pytest.mark.parametrize("address", STREAMED)
def test_a_file_that_breaks_off_is_known_to_be_cut(address: str, breaks: None) -> None:
    with site() as port:
        answer = ask(port, address)
        with pytest.raises(http.client.IncompleteRead) as cut:
            answer.read()

    assert answer.status == 200
    assert cut.value.partial


@pytest.mark.usefixtures("breaks")
@pytest.mark.parametrize("address", STREAMED)
def test_an_old_client_gets_a_whole_file_or_none(address: str) -> None:
    with site() as port:
        answer = ask(port, address, old=True)
        answer.read()

    assert answer.status == 500
    assert answer.getheader("HTI-Rows") is None


@pytest.mark.parametrize("address", FILES)
@pytest.mark.parametrize("old", [False, True])
def test_a_file_whose_data_changed_before_it_began_is_not_begun(
    address: str, old: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamps = count()
    monkeypatch.setattr(versions, "read_by", lambda user: {"public": str(next(stamps))})

    with site() as port:
        answer = ask(port, address, old=old)
        told = json.loads(answer.read())

    assert (answer.status, answer.getheader("Retry-After")) == (503, "5")
    assert told["status"] == 503
    assert answer.getheader("HTI-Rows") is None


@pytest.mark.parametrize("address", [*FILES, COUNTS, LIST, "/healthz/", "/"])
def test_head_is_answered_without_a_body(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def begun(*_args: Any) -> Iterator[bytes]:
        made.append(address)
        yield b"A part of a file."

    monkeypatch.setattr(exports, "_begun", begun)

    with site() as port, closing(http.client.HTTPConnection("127.0.0.1", port)) as client:
        headers = {"Host": "127.0.0.1"}
        client.request("HEAD", address, headers=headers)
        first = client.getresponse()
        body = first.read()
        client.request("GET", "/healthz/", headers=headers)
        second = client.getresponse()
        told = json.loads(second.read())

    assert (first.status, body, second.status) == (200, b"", 200)
    assert told["status"] == "ok"
    assert made == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite tests share a connection")
@pytest.mark.parametrize("address", FILES)
def test_what_changes_while_a_file_is_read_changes_nothing_in_it(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stitch, "CHUNK", 1)
    triggers.remove()
    with make.at(NOON):
        before = content(get(address))
        parts = iter(get(address).streaming_content)
        first = next(parts)
        meanwhile(_change).join()
        during = first + b"".join(parts)
        after = content(get(address))

    assert during == before != after


def _change() -> None:
    """Change every record."""
    text = Value("Changed meanwhile", TextField())
    Incident.objects.update(title=text, summary=text, severity=4)
    Location.objects.update(lat=1, lon=2, place=text)
