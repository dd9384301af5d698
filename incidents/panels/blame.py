"""Who is blamed, and how firmly."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from incidents.charts import shapes
from incidents.charts.drawing import Drawing
from incidents.codebook import AttributionLevel
from incidents.counts import Cell, count
from incidents.ladders import ladders
from incidents.questions import NONE, Question
from incidents.tallies import narrow

from .bodies import MOST, Body, Number, Table, counted, left_out

LEVELS: Final = [level for level in AttributionLevel if level]


def levels_asked(question: Question) -> list[AttributionLevel]:
    """Return the levels that a question leaves, the least firm first."""
    least = question.values["min_level"] or 1
    most = max(question.values["level"], default=max(LEVELS))
    return [level for level in LEVELS if least <= level <= most]


def ladder(question: Question) -> Body:
    """Split incidents by the state they are traced to, and by how firmly they are."""
    levels = levels_asked(question)
    asked, cells = question, []
    if levels:
        least = levels[0].value
        asked = narrow(question, {"min_level": str(least)})
        cells = count(asked, ["attributed_to", "level"], assign="any").cells
    by_state: dict[str, list[Cell]] = {}
    for cell in cells:
        state = cell.key["attributed_to"]
        if state != NONE and cell.count and cell.key["level"] != "0":
            by_state.setdefault(state, []).append(cell)
    sums = {state: sum(cell.count for cell in cells) for state, cells in by_state.items()}
    order = sorted(sums, key=lambda state: (-sums[state], state))
    called = {state: cells[0].label.rsplit(", ", 1)[0] for state, cells in by_state.items()}
    rows = [
        (
            called[state],
            [
                shapes.Rung(
                    int(cell.key["level"]), f"{cell.label}: {cell.count:,}", cell.count, cell.query
                )
                for cell in by_state[state]
            ],
        )
        for state in order[:MOST]
    ]

    def draw(width: int, most: int = 0, look: str = "") -> Drawing:
        return shapes.ladder(rows, width, most)

    # Both are about whoever is blamed: beside one who is asked for they would say nothing.
    asked_for = question.values["attributed_to"] or question.values["actor"]
    ends = [
        step
        for step in ([] if asked_for else ladders(question).attribution)
        if step.step in ("contested", "none")
    ]
    rows += [
        (step.label, [shapes.Rung(0, f"{step.label}: {step.count:,}", step.count, step.query)])
        for step in ends
        if step.count
    ]
    told: list[tuple[str | Number, ...]] = []
    for state in order:
        at = {int(cell.key["level"]): cell for cell in by_state[state]}
        told.append(
            (
                called[state],
                *(
                    Number(at[level].count, at[level].query) if level in at else "0"
                    for level in LEVELS
                ),
                Number(sums[state], asked.query(attributed_to=[state])),
            )
        )
    told += [
        (step.label, *("" for _level in LEVELS), Number(step.count, step.query)) for step in ends
    ]
    says = _("No claim traces any of them to a state.")
    if order:
        says = _("%(state)s is blamed for most, %(n)s; the darker, the firmer.") % {
            "state": called[order[0]],
            "n": f"{sums[order[0]]:,}",
        }
    return Body(
        says=says,
        table=Table((_("Traced to"), *(str(level.label) for level in LEVELS), _("Sum")), told),
        draw=draw if rows else None,
        most=max([*sums.values(), *(step.count for step in ends)], default=0),
        counted=counted(asked, "attributed_to", "level"),
        notes=[
            *left_out(len(order) - MOST),
            _("An incident may be traced to several states; each is counted at its highest level."),
            _(
                "A step of a bar is that level alone. For a level or firmer, choose “Level at "
                "least” among the filters."
            ),
        ],
    )
