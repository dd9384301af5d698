"""All statements of one answer see the same data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Read, and only read, the database as it is at the first statement within.

    Within a transaction it adds nothing. What has to be written, such as an entry of the audit,
    is written outside.
    """
    if connection.in_atomic_block:
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    # A transaction that only reads takes no lock of those who write.
    sqlite: Any = connection
    sqlite.ensure_connection()  # which settles the mode
    kept, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic():
            sqlite.transaction_mode = kept
            yield
    finally:
        sqlite.transaction_mode = kept
