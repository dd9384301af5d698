"""What a feed or page announces, read in the child and checked here."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from articles import canonical
from articles.sizes import LARGEST_FILE

from .announcing import MAX_SUMMARY
from .cleaning import line
from .limits import LIMITS, Limits
from .readings import MAX_TITLE, day
from .workers import WORKER, NoAnswer


@dataclass(frozen=True, slots=True)
class Announcement:
    """An article that a watched source announces."""

    url: str
    title: str
    summary: str
    published: str


class Unreadable(Exception):
    """What was watched could not be read."""


def announced(
    body: bytes, *, url: str, kind: str, limits: Limits = LIMITS
) -> tuple[Announcement, ...]:
    """Return what a feed or a page announces, each address once; what has no address is left out.

    Raises Unreadable.
    """
    if len(body) > LARGEST_FILE:
        raise Unreadable
    try:
        answer = WORKER.ask({"what": "announced", "url": url, "kind": kind}, body, limits)
    except NoAnswer:
        raise Unreadable from None
    entries = answer.get("entries")
    found: dict[str, Announcement] = {}
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict):
            continue
        address = line(entry.get("url"), canonical.MAX_LENGTH)
        try:
            canonical.validate_address(address)
        except ValidationError:
            continue
        found.setdefault(
            canonical.digest(address),
            Announcement(
                address,
                line(entry.get("title"), MAX_TITLE),
                line(entry.get("summary"), MAX_SUMMARY),
                day(entry.get("published")),
            ),
        )
    return tuple(found.values())
