"""The heads of the ledger in a file outside the database, which a change of the database leaves.

Law: a line is written after its commit and never changed, so whatever stands there has to be
in the database still. That the file lags behind is no fault; that it is ahead is one.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, order=True)
class Head:
    """The last entry of a chain at some time; number 0 and no hash where there was none."""

    chain: str
    number: int
    hash: str


@dataclass(slots=True)
class Anchored:
    """What an anchor file holds, and which of its lines nobody can read."""

    heads: set[Head] = field(default_factory=set)
    unreadable: list[int] = field(default_factory=list)


def write(heads: Iterable[Head]) -> bool:
    """Append heads to the anchor file, one line each, and tell whether they stand there now.

    What was committed stays so: a failure is logged, and told by `verify_ledger`.
    """
    path: Path | None = settings.LEDGER_ANCHOR
    if path is None:
        return False
    at = timezone.now().isoformat()
    lines = "".join(_line(head, at) for head in heads).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # One write at the end of the file: lines of two processes do not mix.
        target = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            written = os.write(target, lines)
            os.fsync(target)
        finally:
            os.close(target)
    except OSError as error:
        logger.error("The head of the ledger was not written to %s: %s", path, error)
        return False
    if written < len(lines):
        logger.error("The head of the ledger was cut short in %s.", path)
        return False
    return True


def read() -> Anchored:
    """Return the heads of the anchor file.

    Raises OSError where it cannot be read.
    """
    path: Path | None = settings.LEDGER_ANCHOR
    anchored = Anchored()
    if path is None:
        return anchored
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            head = _head(line)
            if head:
                anchored.heads.add(head)
            elif line.strip():
                anchored.unreadable.append(number)
    return anchored


def trouble() -> str:
    """Say why heads could not be written to the anchor file, or nothing where they could be."""
    path: Path | None = settings.LEDGER_ANCHOR
    if path is None:
        return "LEDGER_ANCHOR is not set"
    if path.exists():
        return "" if path.is_file() and os.access(path, os.W_OK) else f"{path} cannot be written to"
    nearest = next(parent for parent in path.parents if parent.exists())
    made = nearest.is_dir() and os.access(nearest, os.W_OK)
    return "" if made else f"{path} cannot be made in {nearest}"


def _line(head: Head, at: str) -> str:
    said = {"chain": head.chain, "number": head.number, "hash": head.hash, "at": at}
    return json.dumps(said, separators=(",", ":")) + "\n"


def _head(line: bytes) -> Head | None:
    """Return the head that a line tells of, or None where it tells of none."""
    try:
        said: Any = json.loads(line)
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    chain, number, hash_ = (said.get(name) for name in ("chain", "number", "hash"))
    if isinstance(chain, str) and isinstance(number, int) and isinstance(hash_, str):
        return Head(chain, number, hash_)
    return None
