"""An edition on one line: codes with their labels, and what is several joined in a cell."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.db.models import F, FilteredRelation, Max, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from incidents.codebook import AttributionLevel
from incidents.models import Citation, Claim, Location, Target
from incidents.querysets.children import tracing
from incidents.querysets.editions import IncidentQuerySet
from incidents.questions import OFFICIAL, Question

from .cells import Cell
from .columns import Column, Joined, Kind, escaped
from .nested import INCIDENTS, visible

C = Column
CODE = Kind.CODE
LEVELS: Final = dict(AttributionLevel.choices)


def _of(model: Any, question: Question) -> Any:
    """Return the rows of an edition that the asker may see."""
    rows = visible(model, question, question.past)
    return rows.filter(incident=OuterRef("pk")).order_by()


def _each(rows: Any, column: str) -> Joined:
    """Return what joins the values of a column, each once, in the order of their first."""
    once = rows.values(cell=F(column)).annotate(first=Min("pk")).order_by("first")
    return Joined(once)


def _live(question: Question) -> Any:
    """Return the claims that are live, under `known_on` those that were."""
    return _of(Claim, question).live(question.values["known_on"])


def _countries(question: Question) -> Any:
    return _each(_of(Location, question).happened(), "country")


def _targets(question: Question) -> Any:
    named = _of(Target, question).filter(~Q(name="")).order_by("pk")
    return Joined(named.values(cell=escaped("name")))


def _highest(question: Question) -> Any:
    tops = _live(question).values("incident").annotate(top=Max("level")).values("top")
    return Coalesce(Subquery(tops), 0)


def _traced(question: Question) -> Any:
    return _each(_live(question).filter(tracing(OFFICIAL)), "responsible_state")


def _sources(question: Question) -> Any:
    cited = _of(Citation, question).order_by("pk")
    return Joined(cited.values(cell=escaped("article__url")))


# The primary place, of which an edition has one at most.
PRIMARY: Final = "primary_place"


def _place(_question: Question) -> Any:
    return Coalesce(NullIf(F(f"{PRIMARY}__place"), Value("")), F(f"{PRIMARY}__zone"))


_PLAIN: Final = {column.name: column for column in INCIDENTS if isinstance(column, Column)}
COLUMNS: Final = (
    _PLAIN["reference"],
    _PLAIN["edition"],
    _PLAIN["state"],
    _PLAIN["marking"],
    _PLAIN["title"],
    _PLAIN["occurred"],
    C("onset_from", Kind.DAY, says="First day on which it may have begun"),
    C("onset_to", Kind.DAY, says="Last day on which it may have begun"),
    C("end_from", Kind.DAY, says="First day on which it may have ended"),
    C("end_to", Kind.DAY, says="Last day on which it may have ended; 9999-12-31: goes on"),
    _PLAIN["event_type"],
    _PLAIN["other_event_types"],
    _PLAIN["domains"],
    _PLAIN["status"],
    _PLAIN["outcome"],
    _PLAIN["severity"],
    _PLAIN["country"],
    C("countries", Kind.CODES, _countries, says="Where it happened or was felt"),
    C("place", source=_place, null=True, says="Of the primary place; at sea, its zone"),
    C("lat", Kind.NUMBER, f"{PRIMARY}__lat", null=True, says="Of the primary place"),
    C("lon", Kind.NUMBER, f"{PRIMARY}__lon", null=True, says="Of the primary place"),
    C("precision", CODE, f"{PRIMARY}__precision", null=True, says="Of the point"),
    _PLAIN["target_country"],
    _PLAIN["sector"],
    _PLAIN["target_kind"],
    C("targets", Kind.TEXTS, _targets, null=True, says="What it was aimed at, by name"),
    _PLAIN["campaign"],
    C("highest_level", Kind.INTEGER, _highest, vocabulary=LEVELS, says="Of its live claims"),
    C("attributed_to", Kind.CODES, _traced, null=True, says="States that officials trace it to"),
    C("sources", Kind.TEXTS, _sources, null=True, says="Addresses of the articles"),
    _PLAIN["summary"],
    _PLAIN["published_at"],
    _PLAIN["last_verified"],
)
# Codes stand beside what they are called.
LABELLED: Final = frozenset(column.name for column in COLUMNS if column.vocabulary is not None)
FLAT: Final = tuple(
    name
    for column in COLUMNS
    for name in (column.name, *([f"{column.name}_label"] if column.name in LABELLED else []))
)


def lines(found: IncidentQuerySet) -> IncidentQuerySet:
    """Return a queryset whose editions can be written as lines of `cells`."""
    primary = FilteredRelation("locations", condition=Q(locations__primary=True))
    return found.annotate(**{PRIMARY: primary})


def cells(question: Question, fields: Collection[str] = FLAT) -> list[Cell]:
    """Return the cells of a line, as far as their names are among `fields`."""
    made = []
    for column in COLUMNS:
        name, expression = column.name, column.written(question)
        made.append(Cell(name, name, column.kind, expression, column.says))
        if name in LABELLED:
            told = f"What {name} is called"
            made.append(Cell(f"{name}_label", name, CODE, expression, told, column.vocabulary))
    return [cell for cell in made if cell.name in fields]
