"""Captures at one moment: bytes are there as long as one shows them, one text is the article's."""

from __future__ import annotations

import contextlib
import threading
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from articles import capturing
from articles.models import Capture, Content
from tests import make
from tests.meanwhile import committed, meanwhile

from .captured import TYPED, desk_of, sent

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


def test_a_text_is_kept_while_another_one_is_taken_for_the_article(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article, analyst = make.article(), make.user("analyst", staff=True)
    first, save = capturing.capture_text(article, TEXT, by=None), Capture.save
    taking = threading.Thread(target=lambda: None)

    def interrupted(capture: Capture, **said: Any) -> None:
        nonlocal taking
        save(capture, **said)
        if capture.pk != first.pk:
            taking = meanwhile(partial(capturing.confirm, first, by=analyst))
            taking.join(0.3)

    monkeypatch.setattr(Capture, "save", interrupted)
    capturing.capture_text(article, TYPED, by=None)
    taking.join(5)

    first.refresh_from_db()
    assert first.confirmed_by == analyst
    assert Capture.objects.count() == 2


def test_of_two_texts_that_are_pasted_at_once_the_first_is_the_article(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    article = make.article()
    both, confirm = threading.Barrier(2), capturing.confirm

    def waiting(capture: Capture, **said: Any) -> Any:
        # The other one gets as far as this, unless it waits to see what becomes of this one.
        with contextlib.suppress(threading.BrokenBarrierError):
            both.wait(0.5)
        return confirm(capture, **said)

    monkeypatch.setattr(capturing, "confirm", waiting)
    pasting = [
        meanwhile(partial(sent, desk_of(name), article, "pasted", text=f"{name}. {TYPED}"))
        for name in ("one", "other")
    ]
    for thread in pasting:
        thread.join(10)

    article.refresh_from_db()
    assert Capture.objects.count() == 2
    assert Capture.objects.get(confirmed_at__isnull=False).text == article.text
