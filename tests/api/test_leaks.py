"""Nothing that is hidden reaches the public, at no door, by no number and by no message.

Every text of hidden rows is a canary. The same requests are made before and after the hidden
rows are there, and have to be answered alike, byte for byte and header for header.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone
from pyarrow import parquet

from incidents import review
from incidents.models import (
    Campaign,
    ReportedFigure,
)
from tests import make
from tests.canaries import Canaries, hide, hide_all, ours, show, texts_of
from tests.surfaces import OPEN

from .doors import (
    ACTORS,
    ARTICLES,
    CAMPAIGNS,
    COUNTS,
    CSV,
    DIRECTORIES,
    FIGURES,
    GEOJSON,
    LIST,
    QUESTIONS,
    content,
    data,
    get,
)

pytestmark = pytest.mark.django_db

REQUESTS = [url for route, urls in OPEN.items() if route.startswith("api/") for url in urls]
# The time and signature of a cursor and the token of a form differ from one answer to the next.
SIGNED_AT = re.compile(rb"(?<=cursor=)([\w.-]+)%3A[\w%-]+|\b[A-Za-z0-9]{64}\b")
UNEQUAL = ("Content-Length", "Expires")
METHODS = ("HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


def answers(requests: list[str], method: str = "GET") -> dict[str, tuple[int, Any, bytes]]:
    """Return all that the public gets to see of each request."""
    found = {}
    for url in requests:
        response: Any = Client().generic(method, url)
        body = SIGNED_AT.sub(rb"\1", content(response))
        headers = {name: value for name, value in response.items() if name not in UNEQUAL}
        found[url] = (response.status_code, headers, body)
    return found


def unpacked(body: bytes) -> str:
    """Return the text of an answer, also of what is packed."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(archive.read(name).decode() for name in archive.namelist())
    if body.startswith(b"PAR1"):
        table = parquet.read_table(io.BytesIO(body))
        return f"{table.schema.metadata} {table.to_pylist()}"
    return body.decode()


def test_hidden_rows_change_nothing_that_the_public_sees() -> None:
    canaries = Canaries()
    with mock.patch.object(timezone, "now", return_value=timezone.now()):
        shown = show("Great fire")
        show("Great flood")
        make.rendition(make.figure("five-hundred"), make.article(marking="clear"))
        before = answers(REQUESTS)
        refused = {method: answers(REQUESTS[::25], method) for method in METHODS}

        hide_all(canaries, shown)

        after = answers(REQUESTS)
        refused_after = {method: answers(REQUESTS[::25], method) for method in METHODS}
    changed = {url: after[url] for url in REQUESTS if after[url] != before[url]}
    assert changed == {}
    assert refused_after == refused
    told = "\n".join(unpacked(body) for _status, _headers, body in after.values())
    quoted = {text for text in canaries.texts if text in told}
    asked = {text for text in canaries.texts if any(text in url for url in REQUESTS)}
    assert quoted <= asked
    assert not {user for user in ("writer", "second") if f'"{user}"' in told}


def test_every_text_of_every_table_is_a_canary() -> None:
    """A new field of a model is filled by itself; a new model has to be hidden here too."""
    canaries = Canaries()
    hide_all(canaries, show("Great fire"))

    texts = {f"{model.__name__}.{field.name}" for model in ours() for field in texts_of(model)}

    assert texts - canaries.filled == set()
    assert len(canaries.texts) > 100


def test_staff_do_see_the_canaries(staff: Client) -> None:
    """Else the tests above would look for what nobody shows."""
    canaries = Canaries()
    hide_all(canaries, show("Great fire"))
    seen = b"".join(
        content(get(url, staff))
        for url in (
            f"{LIST}?state=draft",
            f"{LIST}?marking=amber",
            f"{CSV}?marking=green",
            ARTICLES,
            f"{ACTORS}?page_size=200",
            CAMPAIGNS,
            FIGURES,
            f"{COUNTS}?by=publisher",
        )
    ).decode()

    parts = {
        *("Incident title", "Incident summary", "Location place", "Target name", "Claim claimant"),
        *("Article title", "Actor name", "Campaign description", "ReportedFigure note"),
        *("Publisher name", "StatusFinding note", "Effect note", "Citation locator"),
    }
    assert {part for part in parts if f"zqcanary {part}" not in seen} == set()
    assert data(f"{COUNTS}?actor=zqcanary-actor-1z&state=draft&min_level=1", staff)["total"] == 1


def test_red_canaries_are_for_their_authors(staff: Client) -> None:
    canaries = Canaries()
    hide(canaries, "published", "red")
    hide(canaries, "draft", "red")
    figure = make.figure(marking="red")
    canaries.fill(figure)
    texts = {text for text in canaries.texts if "Incident" in text or "ReportedFigure" in text}
    urls = [
        *(f"{door}?{query}" for door in (LIST, CSV, GEOJSON) for query in ("", "state=draft")),
        *(f"{COUNTS}?by={name}&state=draft" for name in ("event_type", "country", "level")),
        FIGURES,
    ]

    seen = b"".join(content(get(url, staff)) for url in urls).decode()

    assert {text for text in texts if text in seen} == set()
    for door in (f"{COUNTS}?series=all", f"{COUNTS}?series=all&state=draft"):
        assert data(door, staff)["total"] == 0


def test_a_clear_figure_shows_no_hidden_article() -> None:
    canaries = Canaries()
    figure = make.figure("five-hundred")
    outlet = make.publisher()
    source = make.article(publisher=outlet)
    canaries.fill(source, outlet)
    make.rendition(figure, source)

    told = content(get(FIGURES)).decode()

    assert {text for text in canaries.texts if text in told} == set()
    assert [row["slug"] for row in data(FIGURES)["results"]] == ["five-hundred"]


def test_a_clear_figure_names_no_hidden_one() -> None:
    hidden = make.figure("zqcanary-wider", marking="amber")
    make.figure("five-hundred", numerator_of=hidden)

    assert "zqcanary-wider" not in content(get(FIGURES)).decode()


def test_the_version_of_what_is_public_moves_with_what_is_public_only() -> None:
    shown = show("Great fire")

    def version() -> int:
        number: int = data(COUNTS)["public_version"]
        return number

    at_first = version()
    canaries = Canaries()
    hide_all(canaries, shown)
    assert version() == at_first

    another = show("Great flood")
    moved = version()
    assert moved > at_first
    review.withdraw(another, by=make.reviewer(), reason="Wrong.")
    assert version() > moved


def test_a_message_names_no_hidden_entry_at_any_door() -> None:
    make.actor("Quiet Kestrel")
    make.campaign("Quiet Kestrel")
    hidden = make.publisher("Quiet Kestrel")
    make.article(publisher=hidden)

    for door in QUESTIONS:
        for name in ("actor", "campaign", "publisher"):
            near, far = (
                get(f"{door}?{name}={slug}").json()["errors"][name]
                for slug in ("quiet-kestrel", "loud-ostriches")
            )
            assert near == [text.replace("loud-ostriches", "quiet-kestrel") for text in far]


def test_a_hidden_article_and_one_that_is_not_there_are_refused_alike() -> None:
    hidden = make.article(title="Quiet Kestrel")

    for door in QUESTIONS:
        near, far = (
            get(f"{door}?article={digest}").json()["errors"]["article"]
            for digest in (hidden.address_digest, "0" * 64)
        )
        assert near == [text.replace("0" * 40, hidden.address_digest[:40]) for text in far]


def test_directories_hold_what_a_visible_record_names() -> None:
    show("Great fire")
    hide(Canaries(), "published", "amber")
    make.actor("Nobody accused")
    make.campaign("Of nothing")

    counted = {url: len(data(url)["results"]) for url in DIRECTORIES}

    assert counted == {ARTICLES: 1, ACTORS: 1, CAMPAIGNS: 1, FIGURES: 0}
    assert Campaign.objects.count() == 3
    assert ReportedFigure.objects.count() == 0
