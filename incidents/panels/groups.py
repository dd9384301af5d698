"""Panels that split incidents by one dimension, or by two."""

from __future__ import annotations

from django.utils.translation import gettext as _

from incidents.charts import shapes
from incidents.charts.drawing import Drawing
from incidents.counts import count
from incidents.dimensions import labels
from incidents.labels import LABELS
from incidents.questions import NONE, Question

from .bodies import MOST, Body, Number, Table, counted, first_in_words, left_out, ranked, table_of


def by_one(question: Question, name: str, assign: str = "primary") -> Body:
    """Split incidents by a dimension."""
    counts = count(question, [name], assign=assign)
    cells = ranked(counts.cells)
    shown = cells[:MOST]

    def draw(width: int, most: int = 0, look: str = "") -> Drawing:
        return shapes.bars(shown, width, most, look)

    notes = left_out(len(cells) - len(shown))
    if counts.additive:
        notes.append(_("Each incident stands once, by its primary value; the filters count all."))
    else:
        notes.append(_("An incident may stand in several of these."))
    return Body(
        says=first_in_words(cells, counts.total),
        table=table_of(str(LABELS[name]), cells),
        draw=draw if cells else None,
        most=max((cell.high for cell in shown), default=0),
        notes=notes,
        counted=counted(question, name, **({"assign": "any"} if assign == "any" else {})),
    )


def by_two(question: Question, row: str, column: str) -> Body:
    """Split incidents by two dimensions, each by its primary value, so that all add up."""
    counts = count(question, [row, column])
    cells = {(cell.key[row], cell.key[column]): cell for cell in counts.cells if cell.high}
    sums: dict[str, dict[str, int]] = {row: {}, column: {}}
    for (one, other), cell in cells.items():
        sums[row][one] = sums[row].get(one, 0) + cell.count
        sums[column][other] = sums[column].get(other, 0) + cell.count
    order = {
        name: sorted(found, key=lambda code: (code == NONE, -found[code], code))
        for name, found in sums.items()
    }
    called = {name: labels(name, codes) for name, codes in order.items()}
    rows, columns = order[row][:MOST], order[column][:MOST]
    drawn = {
        (r, c): cells[one, other]
        for r, one in enumerate(rows)
        for c, other in enumerate(columns)
        if (one, other) in cells
    }

    def draw(width: int, most: int = 0, look: str = "") -> Drawing:
        names = [
            [called[name][code] for code in part] for name, part in ((row, rows), (column, columns))
        ]
        return shapes.matrix(names[0], names[1], drawn, width, most)

    listed = sorted(cells.items(), key=lambda pair: (-pair[1].count, pair[0]))
    largest = listed[0][1] if listed else None
    says = _("Nothing to split here.")
    if largest and largest.count:
        one, other = listed[0][0]
        says = _("Most often: %(row)s, %(column)s, %(n)s of %(total)s.") % {
            "row": called[row][one],
            "column": called[column][other],
            "n": f"{largest.count:,}",
            "total": f"{counts.total:,}",
        }
    return Body(
        says=says,
        table=Table(
            (str(LABELS[row]), str(LABELS[column]), _("Incidents")),
            [
                (called[row][one], called[column][other], Number(cell.count, cell.query))
                for (one, other), cell in listed
                if cell.count
            ],
        ),
        draw=draw if cells else None,
        most=max((cell.count for cell in drawn.values()), default=0),
        notes=[
            *left_out(len(order[row]) - len(rows) + len(order[column]) - len(columns)),
            _("Each incident stands once, by its primary values; the filters count all."),
        ],
        counted=counted(question, row, column),
    )
