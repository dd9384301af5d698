"""Bytes kept and forgotten at the same moment are there as long as a capture shows them."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from articles import capturing
from articles.models import Capture, Content
from tests import make
from tests.meanwhile import committed, meanwhile

__all__ = ["committed"]

pytestmark = [
    pytest.mark.usefixtures("committed"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
]
TEXT = "The harbour master said that the cable was found cut. " * 30


def kept() -> None:
    """Assert that one capture is there, with its bytes."""
    capture = Capture.objects.get()
    assert capturing.unpacked(capture.content) == TEXT.encode()
    assert Content.objects.count() == 1


def test_bytes_are_not_forgotten_while_they_are_being_kept_again() -> None:
    one, other = make.article(), make.article()
    first = capturing.capture_text(one, TEXT, by=None)

    with transaction.atomic():
        capturing.capture_text(other, TEXT, by=None)
        thread = meanwhile(first.delete)
        thread.join(0.3)
        assert thread.is_alive()  # it waits to see whether somebody shows them
    thread.join(5)

    kept()


def test_bytes_that_are_being_forgotten_are_kept_anew() -> None:
    one, other = make.article(), make.article()
    first = capturing.capture_text(one, TEXT, by=None)
    deleted = threading.Event()

    def forget() -> None:
        with transaction.atomic():
            first.delete()
            deleted.set()
            threading.Event().wait(0.3)

    thread = meanwhile(forget)
    deleted.wait(5)
    capturing.capture_text(other, TEXT, by=None)
    thread.join(5)

    kept()
