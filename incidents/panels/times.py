"""When: a column for each bucket of time, with what is only possible, and what has no bucket."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from incidents.buckets import bucket_of
from incidents.charts import shapes
from incidents.charts.drawing import Drawing
from incidents.counts import Cell, Counts, count
from incidents.questions import Question
from incidents.tallies import SEVERAL_YEARS

from .bodies import Body, Number, Table, counted

# From so many days on, the buckets are so long.
INTERVALS: Final = ((8 * 366, "year"), (5 * 366, "quarter"), (200, "month"), (62, "week"))
MOST_BUCKETS: Final = 400


def over_time(question: Question, interval: str = "") -> Body:
    """Split incidents by time: by the interval asked, else by one that fits the period."""
    by = interval or _fitting(question)
    counts = count(question, interval=by)
    cells = counts.cells
    names = [cell.key[by] for cell in cells]
    within = _within(counts, names, by)

    def draw(width: int, most: int = 0, look: str = "") -> Drawing:
        return shapes.time(cells[-MOST_BUCKETS:], names[-MOST_BUCKETS:], within, width, most, look)

    notes = [part.label for part in within]
    several = sum(row.count for row in counts.undated if row.period == SEVERAL_YEARS)
    if several:
        notes.append(_("%(n)s more may have begun in one year or another.") % {"n": f"{several:,}"})
    if len(cells) > MOST_BUCKETS:
        notes.append(_("Earlier ones are in the CSV."))
    return Body(
        says=_said(counts, by),
        table=_table(counts, by),
        draw=draw if cells else None,
        most=max((cell.high for cell in cells), default=0),
        notes=notes,
        counted=counted(question, interval=by),
    )


def _fitting(question: Question) -> str:
    """Return an interval that makes some dozen buckets of the period asked, or of all years."""
    period = question.period
    if period and period.first != date.min and period.last != date.max:
        days = (period.last - period.first).days
        return next((name for least, name in INTERVALS if days >= least), "day")
    years = len(count(question, interval="year").cells)
    return next((name for least, name in INTERVALS if years * 366 >= least), "month")


def _within(counts: Counts, names: list[str], by: str) -> list[shapes.Within]:
    """Return what lies somewhere in a year, and which buckets that year has."""
    found = []
    for row in counts.undated:
        places = [n for n, name in enumerate(names) if _year(name, by) == row.period]
        if places:
            label = _("%(n)s more began in %(year)s, on days not known to the %(interval)s.") % {
                "n": f"{row.count:,}",
                "year": row.period,
                "interval": _(by),
            }
            found.append(shapes.Within(label, row.count, places[0], places[-1]))
    return found


def _year(name: str, by: str) -> str:
    """Return the year of a bucket; a week is of the year in which its Monday lies."""
    if by != "week":
        return name[:4]
    return str(bucket_of(date.fromisocalendar(int(name[:4]), int(name[6:]), 1), "week").year)


def _said(counts: Counts, by: str) -> str:
    largest: Cell | None = max(counts.cells, key=lambda cell: cell.count, default=None)
    if largest is None or not largest.count:
        return _("No %(interval)s has an incident for certain.") % {"interval": _(by)}
    return _("Most in %(bucket)s, %(n)s; %(first)s to %(last)s by %(interval)s.") % {
        "bucket": largest.label,
        "n": f"{largest.count:,}",
        "first": counts.cells[0].label,
        "last": counts.cells[-1].label,
        "interval": _(by),
    }


def _table(counts: Counts, by: str) -> Table:
    rows: list[tuple[str | Number, ...]] = [
        (cell.label, Number(cell.count, cell.query), f"{cell.low:,}", f"{cell.high:,}")
        for cell in counts.cells
        if cell.high
    ]
    rows += [
        (_("within %(period)s") % {"period": row.period}, Number(row.count, None), "", "")
        for row in counts.undated
    ]
    return Table((_(by).capitalize(), _("Incidents"), _("at least"), _("at most")), rows)
