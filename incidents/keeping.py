"""What everybody is told is made once for as long as the data is what it was.

Law: a key names all that an answer follows from, and nothing hidden; only answers to everybody
are kept, in the memory of a process.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final
from weakref import WeakValueDictionary

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone
from django.utils.crypto import salted_hmac

from . import versions

# An answer that is longer is made each time; one that was made so long ago is made anew.
MOST: Final = 256 * 1024
SECONDS: Final = 6 * 60 * 60


class _Making:
    """An answer that is made: who waits for it is handed it, even where it is too long to keep."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.answer: Any = None


_building: WeakValueDictionary[str, _Making] = WeakValueDictionary()
_guard: Final = Lock()


def key(*parts: str) -> str:
    """Return what names an answer to everybody: the data, the code, the day, and `parts`."""
    today = timezone.now().date().isoformat()
    named = (versions.of_public().stamp, _release(), today, *parts)
    return salted_hmac("incidents.keeping", "\n".join(named), algorithm="sha256").hexdigest()[:32]


def known(name: str) -> Any:
    """Return the answer kept under a key; None where none is."""
    return caches["answers"].get(name)


def keep(name: str, answer: Any, size: int) -> None:
    """Keep an answer of `size` bytes under a key, if it is not too long."""
    if size <= MOST:
        caches["answers"].set(name, answer, SECONDS)


def text_made_once(name: str, make: Callable[[], str]) -> str:
    """Return the text kept under a key, or make and keep it while others wait for it."""

    def kept() -> str:
        text = make()
        keep(name, text, len(text.encode()))
        return text

    text: str = made_once(name, kept)
    return text


def made_once(name: str, make: Callable[[], Any]) -> Any:
    """Return the answer kept under a key, or the one that is made while others wait for it."""
    found = known(name)
    if found is not None:
        return found
    with _alone(name) as making:
        found = known(name)
        if found is None:
            found = making.answer
        if found is None:
            found = making.answer = make()
        return found


@contextmanager
def _alone(name: str) -> Iterator[_Making]:
    """Hold off who asks the same of this process, for as long as a question may take."""
    with _guard:
        making = _building.setdefault(name, _Making())
    limit = settings.STATEMENT_TIMEOUT / 1000 or -1
    held = making.lock.acquire(timeout=limit)
    try:
        yield making
    finally:
        if held:
            making.lock.release()


@cache
def _release() -> str:
    """Return a digest of the code and the vocabularies, which an answer follows from as well."""
    digest = hashlib.sha256()
    for room in ("config", "articles", "incidents"):
        for path in sorted((Path(settings.BASE_DIR) / room).rglob("*")):
            if path.suffix in {".py", ".json", ".gz"}:
                digest.update(path.read_bytes())
    return digest.hexdigest()
