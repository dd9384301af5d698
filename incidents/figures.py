"""Reported figures beside our own count of the nearest question; the two are never mixed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, User
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.querysets import reads_unpublished

from .counts import Counts, count
from .filters import ask
from .models import Rendition, ReportedFigure
from .refusals import InvalidQuestion
from .words import in_words

# What a rendition may say otherwise than who said the figure first.
COMPARED: Final = {
    "value": gettext_lazy("the value"),
    "qualifier": gettext_lazy("how exact it is said to be"),
    "what": gettext_lazy("what is counted"),
    "area": gettext_lazy("the area"),
    "period": gettext_lazy("the period"),
    "attributed_to": gettext_lazy("to whom it is traced"),
}


@dataclass(frozen=True, slots=True)
class Drift:
    """What one article made of a figure, and the parts in which it differs."""

    rendition: Rendition
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ours:
    """Our count of a figure's nearest question, or why that cannot be counted."""

    words: str
    query: str
    counts: Counts | None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure that others published, its renditions, and our count beside it."""

    figure: ReportedFigure
    part_of: ReportedFigure | None
    drifts: list[Drift]
    ours: Ours | None

    @property
    def drift(self) -> str:
        """How many renditions changed each part of the figure, the part most changed first."""
        total = len(self.drifts)
        changed = {part: sum(part in drift.differs for drift in self.drifts) for part in COMPARED}
        ranked = sorted(((n, part) for part, n in changed.items() if n), key=lambda pair: -pair[0])
        if not total:
            return ""
        if not ranked:
            return ngettext(
                "%(n)d rendition, which changed nothing.", "%(n)d renditions, none changed.", total
            ) % {"n": total}
        said = [
            _("%(n)d of %(total)d renditions changed %(part)s")
            % {"n": n, "total": total, "part": COMPARED[part]}
            if place == 0
            else _("%(n)d %(part)s") % {"n": n, "part": COMPARED[part]}
            for place, (n, part) in enumerate(ranked)
        ]
        return ", ".join(said) + "."


def figures(user: User | AnonymousUser) -> list[Beside]:
    """Return the figures that `user` may see, each beside our count of its question.

    Those beside a count of ours come first, then those told most often; a whole before its part.
    """
    found = list(ReportedFigure.objects.visible_to(user).with_renditions(user))
    seen = {figure.pk for figure in found}
    told = [
        Beside(
            figure,
            figure.numerator_of if figure.numerator_of_id in seen else None,
            [Drift(row, differences(figure, row)) for row in figure.renditions.all()],
            ours(figure.our_question, user),
        )
        for figure in found
    ]
    return sorted(told, key=lambda it: (it.ours is None, it.part_of is not None, -len(it.drifts)))


def differences(figure: ReportedFigure, rendition: Rendition) -> tuple[str, ...]:
    """Return the parts in which a rendition differs from its figure."""
    said: dict[str, Any] = {name: getattr(figure, name) for name in COMPARED if name != "value"}
    told: dict[str, Any] = {name: getattr(rendition, name) for name in said}
    values = {figure.low, figure.best, figure.high} - {None}
    value = () if rendition.value is None or rendition.value in values else ("value",)
    return (*value, *(name for name in said if said[name] != told[name]))


def ours(asked: str, user: User | AnonymousUser) -> Ours | None:
    """Return our count of a question kept as the query of an address; None where none is kept."""
    if not asked:
        return None
    try:
        question = ask(QueryDict(asked), user)
    except InvalidQuestion as refused:
        # Whether an entry is not there or not for the reader is told to staff only.
        return Ours("", "", None, str(refused) if reads_unpublished(user) else "")
    return Ours(in_words(question), question.query(), count(question))


def amount(figure: ReportedFigure) -> str:
    """Say the value of a reported figure as it was said: about 500, 10 to 20, 50%."""
    unit = {"percent": "%", "growth_factor": "×"}.get(figure.figure_kind, "")
    if figure.best is not None:
        qualifier = "" if figure.qualifier == "exactly" else figure.get_qualifier_display() + " "
        return f"{qualifier}{plain(figure.best)}{unit}"
    if figure.low is not None and figure.high is not None:
        return f"{plain(figure.low)} to {plain(figure.high)}{unit}"
    if figure.low is not None:
        return f"At least {plain(figure.low)}{unit}"
    return f"Up to {plain(figure.high)}{unit}"


def plain(number: Decimal | None) -> str:
    """Write a number without needless zeros, thousands apart."""
    return "" if number is None else f"{number.normalize():,f}"
