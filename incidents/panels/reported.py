"""Who reported it, on how many sources that rest on no other one, and what others counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from articles import edtf
from incidents.charts import shapes
from incidents.charts.drawing import Drawing
from incidents.counts import count
from incidents.figures import Beside, amount
from incidents.figures import figures as published
from incidents.questions import NONE, Question

from .bodies import MOST, Body, Number, Table, counted, first_in_words, left_out, ranked

# Above so many incidents, sources are not compared one by one.
MOST_COMPARED: Final = 20_000
# So many figures that others published are told.
NEAREST: Final = 6


def outlets(question: Question) -> Body:
    """Split incidents by the outlets that reported them, and tell which did so by themselves."""
    counts = count(question, ["publisher"], assign="any")
    cells = ranked(counts.cells)
    own, sources = _independent(question, counts.total)
    shown = cells[:MOST]

    def draw(width: int, most: int = 0, look: str = "") -> Drawing:
        return shapes.bars(shown, width, most, look)

    notes = left_out(len(cells) - len(shown))
    if sources is None:
        notes.append(_("For so many incidents, independent sources are not counted."))
    elif sources:
        told = [
            _("%(incidents)s rest on %(sources)s") % {"incidents": f"{n:,}", "sources": told}
            for told, n in sources
        ]
        notes.append(
            _("Independent sources, texts that were taken from no other: ")
            + ", ".join(told)
            + _(" of them.")
        )
    return Body(
        says=first_in_words(cells, counts.total),
        table=Table(
            (_("Outlet"), _("Incidents"), _("of these with a text of its own")),
            [
                (
                    cell.label,
                    Number(cell.count, cell.query),
                    ""
                    if own is None or NONE in cell.key.values()
                    else f"{own[cell.key['publisher']]:,}",
                )
                for cell in cells
            ],
        ),
        draw=draw if cells else None,
        most=max((cell.high for cell in shown), default=0),
        notes=notes,
        counted=counted(question, "publisher"),
    )


def _independent(
    question: Question, total: int
) -> tuple[Counter[str] | None, list[tuple[str, int]] | None]:
    """Return in how many incidents each outlet is a source by itself, and how many have so many.

    None where the incidents are too many.
    """
    if total > MOST_COMPARED:
        return None, None
    rows = question.visible("article").filter(
        incident__in=question.incidents().order_by().values("pk")
    )
    sources: dict[int, set[str]] = defaultdict(set)
    of_itself = set()
    told = ("incident", "article__publisher__slug", "source", "by_itself")
    for incident, outlet, source, by_itself in (
        rows.with_source(question.asker).order_by().values_list(*told)
    ):
        sources[incident].add(source)
        if by_itself:
            of_itself.add((incident, outlet or NONE))
    own = Counter(outlet for _incident, outlet in of_itself)
    sizes = Counter(map(len, sources.values()))
    sizes[0] = total - sum(sizes.values())
    return own, [(str(n) if n < 5 else _("5 or more"), some) for n, some in _capped(sizes)]


def _capped(sizes: Counter[int]) -> list[tuple[int, int]]:
    capped: Counter[int] = Counter()
    for n, some in sizes.items():
        capped[min(n, 5)] += some
    return sorted((n, some) for n, some in capped.items() if some > 0)


def figures(question: Question) -> Body:
    """Tell figures that others published nearest to a question, each beside our own count."""
    found = [beside for beside in published(question.asker) if beside.ours and beside.ours.counts]
    found.sort(key=lambda beside: -_shared(question, beside))
    rows: list[tuple[str | Number, ...]] = []
    for beside in found[:NEAREST]:
        figure, ours = beside.figure, beside.ours
        if ours is None or ours.counts is None:
            continue
        rows.append(
            (
                f"{amount(figure)} {figure.what}, {figure.area}, {_period(figure.period)}",
                figure.claimant,
                Number(ours.counts.total, ours.query),
                ours.words,
            )
        )
    return Body(
        says=(
            _("Another population by another rule: ours is no correction of theirs.")
            if rows
            else _("Nobody's figure is kept beside a count of ours.")
        ),
        table=Table((_("Said"), _("by"), _("Ours"), _("which is")), rows),
    )


def _shared(question: Question, beside: Beside) -> int:
    """Count what a figure's own question has in common with another one."""
    kept = QueryDict(beside.figure.our_question)
    return sum(
        value in question.asked.get(name, ()) for name in kept for value in kept.getlist(name)
    )


def _period(text: str) -> str:
    try:
        return edtf.in_words(text)
    except edtf.InvalidDate:
        return text
