"""The filter form as a page lays it out: the one FilterSet's fields, by what they speak of.

A parameter with a facet is a list of choices with numbers; the others are plain inputs. What
was typed comes back as it was, also where it was refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, User
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.querysets import reads_unpublished
from incidents.codebook import AttributionLevel
from incidents.contradictions import ALONE
from incidents.dimensions import labels
from incidents.entries import SLUGGED
from incidents.facets import FACETS, MOST, Choice, Facet, facets
from incidents.filters import COUNTED, DEFAULTS, MANY, IncidentFilterSet
from incidents.labels import BASIS_LABELS, DATE_MATCHES, LABELS, ORDER_LABELS
from incidents.questions import Question

SECTIONS: Final = (
    ("when", _("When"), ("year", "from", "to", "date_match", "time_basis", "known_on", "as_of")),
    ("what", _("What happened"), ("event_type", "domain", "campaign", "severity")),
    ("known", _("What is known"), ("status", "outcome", "series")),
    ("where", _("Where"), ("country", "region")),
    ("target", _("Against what"), ("sector", "target_kind", "target_country")),
    (
        "who",
        _("Who says who did it"),
        (
            "attributed_to",
            "min_level",
            "level",
            "actor",
            "claimant_kind",
            "state_role",
            "contested",
        ),
    ),
    ("source", _("Sources"), ("publisher", "language", "independent_min")),
)
STAFF: Final = ("staff", _("For staff"), ("state", "marking"))
# Each facet asks the whole question again; above this many values its numbers are left out.
MOST_ASKED: Final = 60
_DEFAULTS: Final = {
    "order": ORDER_LABELS[DEFAULTS["order"]],
    "date_match": DATE_MATCHES[DEFAULTS["date_match"]],
    "time_basis": BASIS_LABELS[DEFAULTS["time_basis"]],
    "series": _("core, or all where a status or outcome is chosen"),
    "min_level": _("3 Official, where somebody is named"),
    "state": _("Published"),
}
_HINTS: Final = {
    "from": "2024-03",
    "independent_min": "2",
    "to": "2024-12-31",
    "known_on": "2022-08-31",
    "as_of": "2026-01-31",
}


@dataclass(frozen=True, slots=True)
class Input:
    """A parameter without a facet; `kind` is text, one or many."""

    name: str
    label: str
    help: str
    kind: str
    value: str
    choices: list[Choice]
    errors: list[str]

    @property
    def alone(self) -> bool:
        """Whether `none` excludes the other values."""
        return self.name in ALONE

    @property
    def default(self) -> str:
        """What holds where nothing is chosen."""
        return str(_DEFAULTS.get(self.name, _("any")))

    @property
    def hint(self) -> str:
        """An example of what may be typed."""
        return _HINTS.get(self.name, "")


@dataclass(frozen=True, slots=True)
class Section:
    """What is asked of one matter; open where something is asked."""

    code: str
    label: str
    parts: list[Input | Facet]
    asked: int


@dataclass(frozen=True, slots=True)
class FilterForm:
    """The whole form, with what is carried along unseen."""

    words: Input
    order: Input
    sections: list[Section]
    carried: list[tuple[str, str]] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)

    @property
    def exchanged(self) -> str:
        """The parts of the form that an answer exchanges, as selectors: the numbers of facets."""
        parts = (part for section in self.sections for part in section.parts)
        return ",".join(f"#facet-{part.name}" for part in parts if isinstance(part, Facet))


def filter_form(
    params: QueryDict,
    user: User | AnonymousUser,
    question: Question | None,
    errors: Mapping[str, list[str]] | None = None,
) -> FilterForm:
    """Return the form for what was asked; a refused question has errors and no numbers."""
    told = errors or {}
    many = question and sum(map(len, question.asked.values())) > MOST_ASKED
    counted = {facet.name: facet for facet in facets(question)} if question and not many else {}

    def part(name: str) -> Input | Facet:
        if name in FACETS and name not in told:
            return counted.get(name) or _uncounted(params, name)
        return _input(params, name, told)

    listed = (STAFF, *SECTIONS) if reads_unpublished(user) else SECTIONS
    drawn = {"q", "order", *(name for _code, _label, names in listed for name in names)}
    return FilterForm(
        words=_input(params, "q", told),
        order=_input(params, "order", told),
        sections=[
            Section(
                code,
                str(label),
                [part(name) for name in names],
                sum(bool("".join(params.getlist(name)).strip()) for name in names),
            )
            for code, label, names in listed
        ],
        # What is asked and not drawn goes along unseen; another page begins at its start.
        carried=[
            (name, value)
            for name in IncidentFilterSet.base_filters
            if name not in drawn | COUNTED | {"cursor"}
            for value in params.getlist(name)
            if value
        ],
        errors=[
            (str(LABELS.get(name, name)), message) for name, why in told.items() for message in why
        ],
    )


def _input(params: QueryDict, name: str, told: Mapping[str, list[str]]) -> Input:
    parameter = IncidentFilterSet.base_filters[name]
    values = params.getlist(name)
    choices = _choices(name, values)
    kind = "text" if not choices else "many" if name in MANY else "one"
    return Input(
        name=name,
        label=str(parameter.label),
        help=str(parameter.extra["help_text"]),
        kind=kind,
        value=values[0] if values else "",
        choices=choices,
        errors=list(told.get(name, ())),
    )


def _choices(name: str, values: list[str]) -> list[Choice]:
    """Return what may be chosen of a parameter, without numbers."""
    pairs: Any
    if name == "min_level":
        pairs = [(str(level.value), f"{level.value} {level.label}") for level in AttributionLevel]
        pairs = pairs[1:]
    elif name == "contested":
        pairs = [("true", _("yes")), ("false", _("no"))]
    elif name in SLUGGED:
        pairs = [(value, value) for value in values]
    else:
        pairs = getattr(IncidentFilterSet.base_filters[name].field, "choices", ())
    return [Choice(str(code), str(label), None, str(code) in values) for code, label in pairs]


def _uncounted(params: QueryDict, name: str) -> Facet:
    """Return a facet of a refused question: no number is shown beside an error."""
    values = params.getlist(name)
    codes = [choice.code for choice in _choices(name, values)]
    if len(codes) > MOST:
        codes = [code for code in codes if code in values]
    called = {code: code for code in codes} if name == "year" else labels(name, codes)
    choices = [Choice(code, called[code], None, code in values) for code in codes]
    return Facet(name, str(LABELS[name]), choices)
