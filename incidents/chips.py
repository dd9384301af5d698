"""What a question asks, piece by piece, and the question without each piece."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from .dimensions import DIMENSIONS, article_titles, labels
from .filters import MANY, IncidentFilterSet, ask, query_of
from .labels import LABELS
from .questions import NONE, Question
from .refusals import InvalidQuestion

MOST: Final = 40


@dataclass(frozen=True, slots=True)
class Chip:
    """One value that is asked for, in words; `without` is the query that asks for the rest."""

    name: str
    value: str
    label: str
    said: str
    without: str


def chips(question: Question) -> tuple[list[Chip], int]:
    """Return a chip for each value asked for, in the order of the filter form, and how many more.

    Each holds the whole question but for itself: with all, a page would grow by their square.
    """
    values = [
        (name, value)
        for name in IncidentFilterSet.base_filters
        if name in question.asked
        for value in question.asked[name]
    ]
    made = [
        Chip(
            name,
            value,
            str(LABELS[name]),
            _said(question, name, value),
            without(question, name, value),
        )
        for name, value in values[:MOST]
    ]
    return made, len(values) - len(made)


def without(question: Question, name: str, value: str) -> str:
    """Return the query of a question without one value, and without what needs it."""
    params = question.params()
    params[name] = [other for other in params[name] if other != value]
    if params[name] and name != "level":
        # Another value of the parameter stays, and all that may rest on one rests on it.
        return question.query(**{name: params[name]})
    while True:
        asked = {key: values for key, values in params.items() if values}
        try:
            return ask(query_of(asked), question.asker).query()
        except InvalidQuestion as refused:
            # What is left may have rested on the value: a primary value on its filter.
            dropped = refused.errors.keys() & asked.keys()
            if not dropped:
                raise
            params = {key: values for key, values in asked.items() if key not in dropped}


def _said(question: Question, name: str, value: str) -> str:
    """Say one value of a parameter."""
    if name in DIMENSIONS:
        return labels(name, [value])[value]
    if name == "article":
        return article_titles([value], question.asker)[value]
    if name == "contested":
        return _("yes") if value.lower() in ("true", "yes", "1") else _("no")
    if name == "primary":
        of, _colon, code = value.partition(":")
        told = str(LABELS[of]).lower()
        return f"{told}: {labels(of, [code])[code]}" if code else told
    field = IncidentFilterSet.base_filters[name].field
    choices = dict(getattr(field, "choices", ()))
    if name in MANY and value == NONE and NONE not in choices:
        return _("None")
    return str(choices.get(value, value))
