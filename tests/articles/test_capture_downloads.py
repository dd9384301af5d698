"""What leaves the desk of captures: bytes that no browser opens, and archives, each noted."""

from __future__ import annotations

import os
import tracemalloc
from io import BytesIO
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from articles import capturing
from articles.sizes import MB
from incidents.codebook import Deed
from incidents.models import AuditEntry
from tests import make

from .captured import HOSTILE, address, desk_of, seen
from .stories import fetched, saying, story

pytestmark = pytest.mark.django_db


def test_the_bytes_leave_as_a_file_that_no_browser_opens() -> None:
    article = make.article(marking="green")
    body = f"<html><body>{HOSTILE}</body></html>"
    capture = make.capture(article, body)

    answer = desk_of().get(address(article, f"captures/{capture.uid}/raw/"))

    assert answer.content == body.encode()
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == f'attachment; filename="{capture.uid}.bin"'


def test_all_captures_leave_as_one_warc_file() -> None:
    article, other = make.article(marking="green"), make.article(marking="green")
    fetched(article, fetch=saying(story()))
    fetched(other, fetch=saying(story("Of another.")))
    make.capture(article)

    answer = desk_of().get(address(article, "captures.warc.gz"))

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"].startswith("sandbox")
    records = [
        (record.rec_type, record.content_stream().read())
        for record in ArchiveIterator(BytesIO(answer.getvalue()))
    ]
    assert [kind for kind, _body in records] == ["warcinfo", "response", "resource"]
    assert records[1][1] == story().encode()


def test_what_leaves_is_written_into_the_log_of_what_was_done() -> None:
    article = make.article(marking="red", added_by=make.user("analyst", staff=True))
    capture = make.capture(article)
    client = desk_of()
    doors = [address(article, f"captures/{capture.uid}/raw/"), address(article, "captures.warc.gz")]

    for door in doors:
        assert client.get(door).status_code == 200
    seen(client, article)

    told = AuditEntry.objects.filter(deed=Deed.EXPORT).order_by("pk")
    assert [(entry.name, entry.subject) for entry in told] == [("analyst", door) for door in doors]


def test_a_warc_file_is_made_while_it_is_taken_and_is_never_in_memory_whole() -> None:
    article = make.article(marking="green")
    half = MB // 2
    for _n in range(24):
        capturing.capture_file(article, os.urandom(half), name="a", content_type="", by=None)
    answer: Any = desk_of().get(address(article, "captures.warc.gz"))

    tracemalloc.start()
    size = sum(map(len, answer.streaming_content))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert size > 24 * half
    # The bytes as kept, as they came, in pieces on their way, and as a compressed record.
    assert peak < 14 * half
