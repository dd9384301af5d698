"""Who reported it, on how many sources that rest on no other one, and what others counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from articles import edtf
from articles.models import Article
from articles.services import called
from incidents.charts import shapes
from incidents.charts.drawing import Drawing
from incidents.counts import count
from incidents.figures import Beside, amount
from incidents.figures import figures as published
from incidents.independence import origins
from incidents.questions import NONE, Question

from .bodies import MOST, Body, Number, Table, counted, first_in_words, left_out, ranked

# Above so many incidents, sources are not compared one by one.
MOST_COMPARED: Final = 20_000
# So many figures that others published are told.
NEAREST: Final = 6


@dataclass(frozen=True, slots=True)
class _Cited:
    """An article as it is cited."""

    pk: int
    derived_from_id: int | None
    wire_origin: str
    publisher_id: int | None


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
    by_incident: dict[int, dict[_Cited, str]] = defaultdict(dict)
    taken_from = set()
    for incident, outlet, *said in rows.order_by().values_list(
        "incident",
        "article__publisher__slug",
        "article",
        "article__derived_from",
        "article__wire_origin",
        "article__publisher",
    ):
        cited = _Cited(*said)
        by_incident[incident][cited] = outlet or NONE
        if cited.derived_from_id:
            taken_from.add(cited.derived_from_id)
    readable = Article.objects.visible_to(question.asker).filter(pk__in=taken_from)
    read = set(readable.values_list("pk", flat=True))
    names = called([text for texts in by_incident.values() for text in texts])
    own: Counter[str] = Counter()
    sizes: Counter[int] = Counter()
    for articles in by_incident.values():
        found = origins(articles, read, names)
        sizes[len(set(found.values()))] += 1
        own.update(
            {
                outlet
                for cited, outlet in articles.items()
                if found[cited.pk] == f"article {cited.pk}"
            }
        )
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
