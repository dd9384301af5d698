"""Live numbers: `{count country=PL&year=2024}` in a text is read as a number that is counted now.

Law: what is written is asked as everybody asks, so that no text names what is hidden; what is
read is counted for its reader, leads to its list, and says of which day it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from .counts import count
from .filters import ask
from .questions import Question
from .refusals import InvalidQuestion
from .words import in_words

Reader = User | AnonymousUser
MOST: Final = 20
_LIVE: Final = re.compile(r"\{count\b([^{}]*)\}")
# What parts paragraphs.
_GAP: Final = re.compile(r"\n\s*\n")
# A brace that was opened and is no live number: the number was forgotten, or mistyped.
_BROKEN: Final = re.compile(r"\{\s*count\b[^}]{0,80}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Live:
    """A number in a text, the question it answers, and its day; None where it has no answer."""

    number: int | None
    high: int
    query: str
    words: str
    day: date


Piece = str | Live


def check(text: str) -> None:
    """Raise ValidationError where a text holds a live number that nobody could ask for."""
    errors = []
    found = _LIVE.findall(text)
    if len(found) > MOST:
        told = _("A text holds at most %(most)d numbers; this one has %(n)d.")
        errors.append(told % {"most": MOST, "n": len(found)})
    for asked in dict.fromkeys(found[:MOST]):
        try:
            _question(asked, AnonymousUser())
        except InvalidQuestion as refused:
            errors.append(f"{{count {asked.strip()}}}: {refused}")
    for broken in _BROKEN.findall(_LIVE.sub("", text)):
        told = _("“%(said)s” is no live number; it is written {count country=PL&year=2024}.")
        errors.append(told % {"said": broken})
    if errors:
        raise ValidationError(errors)


def paragraphs(text: str, user: Reader) -> list[list[Piece]]:
    """Return the paragraphs of a text in pieces: each a text, or a number as `user` counts it."""
    known: dict[str, Live] = {}
    return [list(_pieces(part, user, known)) for part in _GAP.split(text.strip()) if part]


def _pieces(text: str, user: Reader, known: dict[str, Live]) -> Iterator[Piece]:
    parts = _LIVE.split(text)
    for n, part in enumerate(parts):
        if n % 2 == 0:
            if part:
                yield part
            continue
        if part not in known and len(known) < MOST:
            known[part] = _counted(part, user)
        yield known.get(part, _unanswered())


def _counted(asked: str, user: Reader) -> Live:
    try:
        question = _question(asked, user)
    except InvalidQuestion:
        # What it names may be gone or hidden by now, and which of the two is told to nobody.
        return _unanswered()
    counts = count(question)
    day = question.values["as_of"] or timezone.now().date()
    return Live(counts.total, counts.high, question.query(), in_words(question), day)


def _unanswered() -> Live:
    return Live(None, 0, "", "", timezone.now().date())


def _question(asked: str, user: Reader) -> Question:
    return ask(QueryDict(asked.strip()), user)
