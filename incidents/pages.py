"""Lists in an order, page by page, by key: page 10,000 costs what page 1 costs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, Generic, Protocol, TypeVar

from django.db import connection
from django.db.models import Expression, F, Prefetch, Q, Value
from django.db.models.functions import Coalesce

from . import cursors
from .models import Citation, Claim, Record, StatusFinding
from .querysets.editions import IncidentQuerySet
from .questions import Question

SALT: Final = "incidents.page"
_KEYS: Final[dict[str, F | Expression]] = {
    "onset": F("onset_from"),
    "published": Coalesce(F("published_at"), Value(datetime(1970, 1, 1, tzinfo=UTC))),
    # Not judged comes below 0; a key below 0 would lie outside the column's range.
    "severity": Coalesce(F("severity") + 1, Value(0)),
}


class Placed(Protocol):
    """What a row of a list says of its place there: its key in the order, and its reference."""

    @property
    def sort_key(self) -> Any:
        """The value that the list is ordered by."""

    @property
    def reference(self) -> str:
        """The reference of the record, by which a cursor names it."""


Row = TypeVar("Row", bound=Placed)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some of the incidents of a question, and the cursors of the pages around them."""

    incidents: list[Row]
    next: str | None
    previous: str | None


def page_of_models(question: Question) -> Page[Any]:
    """Return a page whose incidents are loaded with their rows."""
    return page(question, lambda found: list(with_rows(found, question)))


def page(question: Question, load: Callable[[IncidentQuerySet], list[Row]]) -> Page[Row]:
    """Return the page of a question that its `cursor` begins; `load` reads its incidents.

    Raises InvalidQuestion where the cursor is not one of this list.
    """
    order, size = question.values["order"], question.values["page_size"]
    cursor = _read(question.values["cursor"], order)
    backwards = bool(cursor and cursor[2])
    descending = order.startswith("-") != backwards
    # PostgreSQL finds out by itself how many rows there are of a value.
    walked = connection.vendor == "sqlite"
    found: Any = ordered(question, reverse=backwards, walked=walked)
    if cursor:
        found = found.filter(_beyond(cursor[0], cursor[1], descending=descending))
    rows = load(found[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    before = bool(rows) and (more if backwards else cursor is not None)
    after = bool(rows) and (cursor is not None if backwards else more)
    return Page(
        rows,
        next=cursor_at(order, rows[-1], backwards=False) if after else None,
        previous=cursor_at(order, rows[0], backwards=True) if before else None,
    )


def ordered(question: Question, *, reverse: bool = False, walked: bool = False) -> IncidentQuerySet:
    """Return the incidents of a question in its order, or against it."""
    order = question.values["order"]
    sign = "-" if order.startswith("-") != reverse else ""
    found = question.incidents(walked=walked).annotate(sort_key=_KEYS[order.removeprefix("-")])
    return found.order_by(f"{sign}sort_key", f"{sign}record_id")


def with_rows(
    incidents: IncidentQuerySet, question: Question, *, past: bool = False
) -> IncidentQuerySet:
    """Load the rows of incidents that the asker may see, in a constant number of queries.

    Under `known_on` only the claims and findings of that day are loaded; under `as_of`, or with
    `past`, also those of editions that are public no longer.
    """
    asker, day, past = question.asker, question.values["known_on"], past or question.past
    # The incidents are readable; only the markings of their rows are judged here.
    own = {"past": past, "beneath": True}
    claims: Any = Claim.objects.visible_to(asker, **own).with_life(day).with_trace()
    findings: Any = StatusFinding.objects.visible_to(asker, **own)
    if day:
        claims = claims.filter(date_to__lte=day)
        findings = findings.filter(date_to__lte=day)
    cited = Citation.objects.visible_to(asker, **own)
    citations = cited.select_related("article__publisher")
    return incidents.select_related("record", "campaign").prefetch_related(
        "locations",
        "targets",
        "effects",
        Prefetch("findings", findings),
        Prefetch("citations", citations),
        Prefetch(
            "claims",
            claims.select_related(
                "accused_actor__merged_into", "claimant_actor__merged_into"
            ).prefetch_related(
                Prefetch("citations", citations),
                # That a claim took the place of a hidden one is hidden too.
                Prefetch("supersedes", Claim.objects.visible_to(asker, **own)),
            ),
        ),
    )


def _beyond(key: Any, record: int, *, descending: bool) -> Q:
    """Return the condition to stand after a row in the order.

    It begins with a bound of the key alone, by which an index is entered where the page begins.
    """
    side = "lt" if descending else "gt"
    after = Q(**{f"sort_key__{side}": key}) | Q(**{f"record_id__{side}": record})
    return Q(**{f"sort_key__{side}e": key}) & after


def cursor_at(order: str, row: Placed, *, backwards: bool) -> str:
    """Return the cursor of the page after a row of a list, or before it."""
    key = row.sort_key.isoformat() if isinstance(row.sort_key, date) else row.sort_key
    said = [order, key, row.reference, backwards]
    return cursors.write(SALT, said)


def _read(cursor: str, order: str) -> tuple[Any, int, bool] | None:
    if not cursor:
        return None
    of, key, reference, backwards = cursors.read(SALT, cursor) or [None] * 4
    records = Record.objects.filter(Q(reference=reference) | Q(provisional=reference))
    record = records.values_list("pk", flat=True).first() if of == order else None
    if record is None:
        raise cursors.no_such_page("cursor")
    if order.endswith("onset"):
        return date.fromisoformat(key), record, backwards
    return (datetime.fromisoformat(key) if order.endswith("published") else key), record, backwards
