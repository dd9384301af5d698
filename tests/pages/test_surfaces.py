"""Every address is classified, and what is not for everybody is shut to those it is not for."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from incidents.models import Record
from tests import make
from tests.api.doors import content, get
from tests.canaries import Canaries, hide_all, show
from tests.surfaces import ACCOUNTS, OPEN, OWN, ROWS, of_staff, routes

pytestmark = pytest.mark.django_db

MISSING = 987_654_321
NOBODYS = "ffffffff-ffff-ffff-ffff-ffffffffffff"


def test_every_address_is_classified_once() -> None:
    classes = [*OPEN, *OWN, *of_staff()]

    assert sorted(classes) == sorted(set(classes))
    assert sorted(classes) == sorted(set(routes()))
    assert all(OPEN.values())


def test_every_address_of_the_schema_is_classified() -> None:
    described = Client().get("/api/schema/", headers={"accept": "application/json"}).json()["paths"]
    plain = {re.sub(r"<\w+:(\w+)>", r"{\1}", f"/{route}") for route in OPEN}

    assert set(described) <= plain
    assert described


def address(pattern: str, key: int) -> str:
    """Return an address of a pattern; whatever it names gets the same key."""
    text = re.sub(r"\(\?P<name>[^)]*\)|<slug:name>", "submit", pattern)
    text = re.sub(r"\(\?P<app_label>[^)]*\)", "incidents", text)
    text = re.sub(r"\(\?P<url>[^)]*\)", "nothing/", text)
    text = re.sub(r"<uuid:\w+>", NOBODYS, text)
    text = re.sub(r"\(\?P<\w+>[^)]*\)|<[\w:]+>", str(key), text)
    return "/" + text.replace("^", "").replace("$", "")


def told(client: Client, url: str, key: int) -> tuple[int, bytes, Any]:
    """Return what an address answers, with the key that was asked for masked."""
    response = get(url, client)
    text = re.sub(rb"\b[A-Za-z0-9]{64}\b", b"token", content(response))
    mask = str(key)
    return (
        response.status_code,
        text.replace(mask.encode(), b"key"),
        response.get("Location", "").replace(mask, "key"),
    )


@pytest.mark.parametrize("reader", ["anonymous", "partner"])
def test_the_desk_is_shut_to_the_public_whatever_is_there(reader: str) -> None:
    hide_all(Canaries(), show("Great fire"))
    client = Client()
    if reader == "partner":
        user = make.user("partner")
        make.join(user)
        client.force_login(user)
    there = Record.objects.order_by("pk")[1].pk

    for pattern in sorted(of_staff()):
        answers = [told(client, address(pattern, key), key) for key in (there, MISSING)]
        assert answers[0] == answers[1], pattern
        assert answers[0][0] in (302, 403, 404), pattern


@pytest.mark.parametrize("desk", sorted(ACCOUNTS))
def test_the_desks_of_accounts_are_shut_to_analysts(desk: str, staff: Client) -> None:
    pages = [pattern for pattern in of_staff() if pattern.startswith(f"admin/{desk}/")]

    for pattern in pages:
        for key in (User.objects.earliest("pk").pk, MISSING):
            status = get(address(pattern, key), staff).status_code
            assert status in (302, 403, 404), pattern
    assert len(pages) >= len(ROWS["incidents/campaign"]) + 6
