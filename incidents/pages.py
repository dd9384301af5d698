"""Lists in an order, page by page, by key: page 10,000 costs what page 1 costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django.core import signing
from django.db.models import Expression, F, Prefetch, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from .filters import InvalidQuestion
from .models import Citation, Claim, Incident, StatusFinding
from .querysets import IncidentQuerySet
from .questions import Question

SALT: Final = "incidents.page"
_KEYS: Final[dict[str, F | Expression]] = {
    "onset": F("onset_from"),
    "published": Coalesce(F("published_at"), Value(datetime(1970, 1, 1, tzinfo=UTC))),
    # Not judged comes below 0; a key below 0 would lie outside the column's range.
    "severity": Coalesce(F("severity") + 1, Value(0)),
}


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the incidents of a question, and the cursors of the pages around them."""

    incidents: list[Incident]
    next: str | None
    previous: str | None


def page(question: Question) -> Page:
    """Return the page of a question that its `cursor` begins.

    Raises InvalidQuestion where the cursor is not one of this list.
    """
    order, size = question.values["order"], question.values["page_size"]
    cursor = _read(question.values["cursor"], order)
    backwards = bool(cursor and cursor[2])
    descending = order.startswith("-") != backwards
    found: Any = ordered(question, reverse=backwards)
    if cursor:
        found = found.filter(_beyond(cursor[0], cursor[1], descending=descending))
    rows = list(with_rows(found, question)[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    before = bool(rows) and (more if backwards else cursor is not None)
    after = bool(rows) and (cursor is not None if backwards else more)
    return Page(
        rows,
        next=_write(order, rows[-1], backwards=False) if after else None,
        previous=_write(order, rows[0], backwards=True) if before else None,
    )


def ordered(question: Question, *, reverse: bool = False) -> IncidentQuerySet:
    """Return the incidents of a question in its order, or against it."""
    order = question.values["order"]
    sign = "-" if order.startswith("-") != reverse else ""
    found = question.incidents().annotate(sort_key=_KEYS[order.removeprefix("-")])
    return found.order_by(f"{sign}sort_key", f"{sign}pk")


def with_rows(incidents: IncidentQuerySet, question: Question) -> IncidentQuerySet:
    """Load the rows of incidents that the asker may see, in a constant number of queries.

    Under `known_on` only the claims and findings of that day are loaded.
    """
    asker, day = question.asker, question.values["known_on"]
    claims: Any = Claim.objects.visible_to(asker).with_life(day).with_trace()
    findings: Any = StatusFinding.objects.all()
    if day:
        claims = claims.filter(date_to__lte=day)
        findings = findings.filter(date_to__lte=day)
    citations = Citation.objects.visible_to(asker).select_related("article__publisher")
    return incidents.select_related("record", "campaign").prefetch_related(
        "locations",
        "targets",
        "effects",
        Prefetch("findings", findings),
        Prefetch("citations", citations),
        Prefetch(
            "claims",
            claims.select_related(
                "accused_actor__merged_into", "claimant_actor__merged_into", "supersedes"
            ).prefetch_related(Prefetch("citations", citations)),
        ),
    )


def _beyond(key: Any, pk: int, *, descending: bool) -> Q:
    """Return the condition to stand after a row in the order."""
    side = "lt" if descending else "gt"
    return Q(**{f"sort_key__{side}": key}) | Q(**{"sort_key": key, f"pk__{side}": pk})


def _write(order: str, row: Any, *, backwards: bool) -> str:
    key = row.sort_key.isoformat() if isinstance(row.sort_key, date) else row.sort_key
    return signing.dumps([order, key, row.pk, backwards], salt=SALT)


def _read(cursor: str, order: str) -> tuple[Any, int, bool] | None:
    if not cursor:
        return None
    try:
        of, key, pk, backwards = signing.loads(cursor, salt=SALT)
    except signing.BadSignature:
        of = None
    if of != order:
        raise InvalidQuestion(
            {"cursor": [_("No such page of this list; take next or previous of an answer.")]}
        )
    if order.endswith("onset"):
        return date.fromisoformat(key), pk, backwards
    return (datetime.fromisoformat(key) if order.endswith("published") else key), pk, backwards
