"""How long after an act it was first traced, and how often and when it was ruled out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import quantiles
from typing import Any

from django.db.models import F, Min
from django.utils.translation import gettext as _

from incidents.charts import shapes
from incidents.charts.drawing import Drawing
from incidents.codebook import Status
from incidents.counts import series_link
from incidents.ladders import widened
from incidents.models import StatusFinding
from incidents.questions import Question
from incidents.tallies import narrow

from .blame import levels_asked
from .bodies import Body, Number, Table, counted


def lag(question: Question) -> Body:
    """Say how long after an act it was first traced at each level, and when it was ruled out."""
    found: list[_Row] = []
    for level in levels_asked(question):
        firmer = narrow(question, {"min_level": str(level.value)})
        n = firmer.incidents().count()
        if n:
            number = Number(n, firmer.query())
            found.append(_Row(str(level.label), number, _days(_claimed(firmer))))
    ruled_out, share = _ruled_out(question)
    if ruled_out:
        found.append(ruled_out)
    rows = [
        shapes.Range(
            row.label,
            row.says,
            row.days.first,
            row.days.middle,
            row.days.last,
            _("%(days)s days") % {"days": row.days.in_words},
            row.number.query,
        )
        for row in found
        if row.days
    ]

    def draw(width: int, most: int = 0, look: str = "") -> Drawing:
        return shapes.ranges(rows, width, most)

    dated = [row.says for row in found if row.days]
    return Body(
        says=dated[0]
        if dated
        else _("Nothing was traced to anybody or ruled out on a known date."),
        table=Table(
            (_("First traced"), _("Incidents"), _("Median, days"), _("Middle half, days")),
            [
                (
                    row.label,
                    row.number,
                    row.days.in_words if row.days else _("no date"),
                    f"{row.days.first} to {row.days.last}" if row.days else "",
                )
                for row in found
            ],
        ),
        draw=draw if rows else None,
        most=max((row.last for row in rows), default=0),
        counted=counted(question, "level"),
        notes=[
            *share,
            _(
                "Days from the act to the first claim at a level or above it, of those that have "
                "one by now; recent acts may still get theirs."
            ),
        ],
    )


class _Days:
    """Days that passed, each between a least and a most number."""

    def __init__(self, pairs: Sequence[tuple[int, int]]) -> None:
        lows, highs = sorted(low for low, _high in pairs), sorted(high for _low, high in pairs)
        low, high = _quartiles(lows), _quartiles(highs)
        self.first, self.last = round(low[0]), round(high[2])
        self.least, self.most = round(low[1]), round(high[1])
        self.middle = (self.least + self.most) / 2

    @property
    def in_words(self) -> str:
        """The middle one in words: 12, or 12 to 20 where days are not known."""
        return f"{self.least}" if self.least == self.most else f"{self.least} to {self.most}"


def _quartiles(values: list[int]) -> list[float]:
    return [float(values[0])] * 3 if len(values) == 1 else quantiles(values, method="inclusive")


def _days(pairs: list[tuple[int, int]]) -> _Days | None:
    return _Days(pairs) if pairs else None


@dataclass(frozen=True, slots=True)
class _Row:
    """Incidents with something in common, and the days that passed until it was said."""

    label: str
    number: Number
    days: _Days | None

    @property
    def says(self) -> str:
        """The row in words."""
        return _("%(label)s: %(n)s, half of them within %(days)s days.") % {
            "label": self.label,
            "n": f"{self.number.count:,}",
            "days": self.days.in_words if self.days else "?",
        }


def _claimed(question: Question) -> list[tuple[int, int]]:
    """Return the days from each act to the first claim that fits, least and most."""
    rows = question.rows("claim").at_least(question.values["min_level"])
    rows = rows.filter(
        incident__in=question.incidents().order_by().values("pk"), date_to__isnull=False
    )
    return _between(rows)


def _between(rows: Any) -> list[tuple[int, int]]:
    """Return the days from the act to the first of the rows of each incident, least and most."""
    firsts = (
        rows.order_by()
        .values("incident")
        .annotate(
            began=F("incident__onset_from"),
            latest=F("incident__onset_to"),
            first=Min("date_from"),
            last=Min("date_to"),
        )
        .filter(began__isnull=False)
        .values_list("began", "latest", "first", "last")
    )
    return [_passed(*days) for days in firsts]


def _passed(began: date, latest: date, first: date, last: date) -> tuple[int, int]:
    """Return how many days passed at least and at most; what was said before it counts as 0."""
    return max((first - latest).days, 0), max((last - began).days, 0)


def _ruled_out(question: Question) -> tuple[_Row | None, list[str]]:
    """Return how long it took to rule out what was no hostile act, and the share of it."""
    wider = widened(question)
    link = series_link(wider, (Status.RULED_OUT,), ())
    if link is None:
        return None, []
    asked = narrow(wider, link)
    n, of = asked.incidents().count(), wider.incidents().count()
    if not n:
        return None, []
    found = StatusFinding.objects.visible_to(question.asker, past=question.past, beneath=True)
    rows = found.filter(
        status=Status.RULED_OUT, incident__in=asked.incidents().order_by().values("pk")
    )
    if question.values["known_on"]:
        rows = rows.filter(date_to__lte=question.values["known_on"])
    share = _("%(n)s of %(of)s logged in all (%(share)s) were ruled out later.") % {
        "n": f"{n:,}",
        "of": f"{of:,}",
        "share": f"{n / of:.0%}",
    }
    label = str(Status.RULED_OUT.label)
    return _Row(label, Number(n, asked.query()), _days(_between(rows))), [share]
