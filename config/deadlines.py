"""No question lasts for ever: PostgreSQL gives a statement up by itself, SQLite is told to here.

What a request asks of SQLite has to be over by its deadline; a file that is streamed has none,
as its reader may be slow.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.conf import settings
from django.db.backends.signals import connection_created

# How many steps of its machine SQLite goes between two looks at the clock.
STEPS: Final = 10_000
_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


@contextmanager
def limited() -> Iterator[None]:
    """Have SQLite give up what is not answered within STATEMENT_TIMEOUT, by OperationalError."""
    limit = settings.STATEMENT_TIMEOUT
    token = _deadline.set(time.monotonic() + limit / 1000 if limit else None)
    try:
        yield
    finally:
        _deadline.reset(token)


def watch(connection: Any, **_said: Any) -> None:
    """Have a new connection to SQLite look at the clock."""
    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(_overdue, STEPS)


def install() -> None:
    """Watch every connection from now on."""
    connection_created.connect(watch, dispatch_uid="deadlines")


def _overdue() -> bool:
    deadline = _deadline.get()
    return deadline is not None and time.monotonic() > deadline
