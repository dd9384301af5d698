"""Something that is done over another connection, which sees what was committed alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from incidents import triggers


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """Commit what a test writes; drop the triggers before that is flushed, which puts them back."""
    yield
    triggers.remove()


def meanwhile(act: Callable[[], object]) -> threading.Thread:
    """Begin something over another connection; return the thread that does it."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread
