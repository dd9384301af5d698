"""What is exported can be imported elsewhere and exported again, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from incidents.models import Incident

from . import hostile_world, rebuilding
from .doors import CSV, NDJSON, ZIP, content, get

pytestmark = pytest.mark.django_db

Build = Callable[[], Any]


def exported(build: Build, *addresses: str) -> list[bytes]:
    """Return what is exported of records that `build` makes in an empty database."""
    with transaction.atomic():
        assert not Incident.objects.exists()
        build()
        files = []
        for address in addresses:
            response = get(address)
            assert response.status_code == 200, address
            files.append(content(response))
        transaction.set_rollback(True)
    return files


@pytest.fixture(scope="module")
def first(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, bytes]]:
    """Export the hostile world once, and leave nothing of it."""
    addresses = [f"{door}?series=all{raw}" for door in (CSV, NDJSON, ZIP) for raw in ("", "&raw=1")]
    addresses.remove(f"{NDJSON}?series=all&raw=1")
    with django_db_blocker.unblock():
        yield dict(zip(addresses, exported(hostile_world.build, *addresses), strict=True))


@pytest.mark.parametrize("raw", ["", "&raw=1"])
def test_the_tables_of_an_archive_come_back_as_they_were(raw: str, first: dict[str, bytes]) -> None:
    address = f"{ZIP}?series=all{raw}"
    files = rebuilding.tables_of(first[address])

    def again() -> None:
        rebuilding.from_tables(files, raw=bool(raw))

    told = rebuilding.tables_of(exported(again, address)[0])

    assert told.keys() == files.keys()
    for name in files.keys() - {"datapackage.json"}:
        assert told[name].split(b"\r\n") == files[name].split(b"\r\n"), name


def test_lines_of_json_come_back_as_they_were(first: dict[str, bytes]) -> None:
    address = f"{NDJSON}?series=all"

    told = exported(lambda: rebuilding.from_lines(first[address]), address)[0]

    assert told.split(b"\n") == first[address].split(b"\n")
    assert told.count(b"\n") > 10


def test_what_an_archive_says_can_be_had_as_lines_of_json(first: dict[str, bytes]) -> None:
    """No file holds more of the records than another one."""
    address = f"{NDJSON}?series=all"
    files = rebuilding.tables_of(first[f"{ZIP}?series=all"])

    told = exported(lambda: rebuilding.from_tables(files, raw=False), address)[0]

    assert told.split(b"\n") == first[address].split(b"\n")


@pytest.mark.parametrize("raw", ["", "&raw=1"])
def test_the_flat_table_comes_back_as_it_was(raw: str, first: dict[str, bytes]) -> None:
    address = f"{CSV}?series=all{raw}"

    def again() -> None:
        rebuilding.from_flat(first[address], raw=bool(raw))

    told = exported(again, address)[0]

    rows = [rebuilding.read_csv(file.decode()) for file in (told, first[address])]
    for row, expected in zip(*rows, strict=True):
        assert {k: v for k, v in row.items() if v != expected[k]} == {}, expected["reference"]
    assert told == first[address]
    assert len(rows[0]) > 10
