"""The question language: one FilterSet, and `ask`, which refuses what it cannot answer.

Law: a wrong number is worse than none. Unknown, ill-typed, doubled and contradictory
parameters are refused, each with its name, its value and what would be right.

A parameter's name on pages is in `incidents.labels`, what excludes what in
`incidents.contradictions`, which entries of directories can be named in `incidents.entries`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any, Final

import django_filters as df
from django import forms
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.codebook import Marking
from articles.countries import COUNTRIES, LANGUAGES
from articles.edtf import Interval

from . import parameters as read
from .codebook import (
    ClaimantKind,
    Domain,
    EventType,
    Outcome,
    Sector,
    Series,
    Severity,
    State,
    StateRole,
    Status,
    TargetKind,
)
from .contradictions import contradictions
from .entries import follow_merged, unlisted
from .labels import BASIS_LABELS, DATE_MATCHES, LABELS, ORDER_LABELS
from .models import Incident
from .models.children import PLACE_CHOICES, TARGET_COUNTRY_CHOICES
from .questions import BASES, LEVELLED, NONE, OFFICIAL, Question
from .refusals import MAX_LENGTH, InvalidQuestion, refuse
from .regions import REGIONS
from .tables.flat import FLAT
from .tables.stitch import NAMES

ORDERS: Final = tuple(ORDER_LABELS)
INTERVALS: Final = ("day", "week", "month", "quarter", "year")
LISTED: Final = frozenset({"order", "page_size", "cursor"})
SHAPED: Final = frozenset({"fields", "brief"})
COUNTED: Final = frozenset({"by", "interval", "assign"})
WRITTEN: Final = frozenset({"raw"})
# What shapes an answer and asks for no other incidents.
BESIDE: Final = LISTED | SHAPED | COUNTED | WRITTEN
ASKABLE_STATES: Final = (State.PUBLISHED, State.DRAFT, State.IN_REVIEW, State.CHANGES_REQUESTED)
DEFAULTS: Final[dict[str, Any]] = {
    "state": State.PUBLISHED,
    "time_basis": "onset",
    "date_match": "certain",
    "order": "-onset",
    "page_size": 50,
    "assign": "primary",
}
DIMENSIONS: Final = (
    "country",
    "target_country",
    "event_type",
    "domain",
    "status",
    "outcome",
    "severity",
    "sector",
    "target_kind",
    "campaign",
    "attributed_to",
    "actor",
    "level",
    "claimant_kind",
    "publisher",
    "language",
    "region",
)
NO_VALUE: Final = (NONE, gettext_lazy("None"))
REGION_CHOICES: Final = [(code, region.label) for code, region in REGIONS.items()]


def _choices(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in names]


def _codes(choices: Iterable[tuple[Any, Any]], help_text: Any, **kwargs: Any) -> df.Filter:
    """Return a filter that takes any of several codes, or none of them."""
    return _parameter(read.Codes, help_text, choices=[*choices, NO_VALUE], **kwargs)


def _parameter(field_class: type, help_text: Any, **kwargs: Any) -> df.Filter:
    filter_class = type("Parameter", (df.Filter,), {"field_class": field_class})
    if "choices" in kwargs:
        # Handed on as a function: a list would be copied, entry by entry, for every question.
        choices = list(kwargs["choices"])
        kwargs["choices"] = lambda: choices
    # A value of 80 characters is the longest slug; the rest bounds what is compared at all.
    if not hasattr(field_class, "choices"):
        kwargs.setdefault("max_length", MAX_LENGTH)
    return filter_class(help_text=help_text, **kwargs)


def _today() -> date:
    return timezone.now().date()


_PRIMARY_CODES: Final[dict[str, list[str]]] = {
    "country": [code for code, _label in PLACE_CHOICES],
    "target_country": [code for code, _label in TARGET_COUNTRY_CHOICES],
    "event_type": EventType.values,
    "domain": Domain.values,
    "sector": Sector.values,
    "target_kind": TargetKind.values,
}


class IncidentFilterSet(df.FilterSet):
    """Every parameter of a question; its form makes the filter form, the help the API's docs."""

    q = _parameter(read.Words, _("Words that title and summary all hold, from their beginning."))
    year = _parameter(read.Year, _("A year; not together with from or to."))
    to = _parameter(read.Bound, _("Until this day, month or year, included."), last=True)
    date_match = _parameter(
        read.Code,
        _("certain (default): surely in the period; possible: also what may lie in it."),
        choices=DATE_MATCHES.items(),
    )
    time_basis = _parameter(
        read.Code,
        _("Which date the period is about; default onset."),
        choices=[(name, BASIS_LABELS[name]) for name in BASES],
    )
    event_type = _codes(EventType.choices, _("Event type, the first or another one."))
    domain = _codes(Domain.choices, _("Domain of the JRC and Hybrid CoE model."))
    status = _parameter(
        read.Codes,
        _("Was it a hostile act? Makes the default series all."),
        choices=Status.choices,
    )
    outcome = _parameter(
        read.Codes,
        _("How far did it get? Makes the default series all."),
        choices=Outcome.choices,
    )
    series = _parameter(
        read.Code, _("Series of incidents counted; default core."), choices=Series.choices
    )
    severity = _codes(Severity.choices, _("Severity, 0 to 4."), read=int)
    campaign = _parameter(read.Slugs, _("Campaign, by its address name, or none."))
    state = _parameter(
        read.Code,
        _("State of the edition; others than published for staff."),
        choices=[(state.value, state.label) for state in ASKABLE_STATES],
    )
    marking = _parameter(read.Codes, _("Marking (TLP 2.0)."), choices=Marking.choices)
    known_on = _parameter(
        read.PastDay,
        _("As publicly known on this day: later claims and findings are left out."),
        today=_today,
    )
    as_of = _parameter(
        read.PastDay,
        _("As this database was published at the end of this day (UTC)."),
        today=_today,
    )
    primary = _parameter(
        read.Primaries,
        _("The filter of this name looks only at the primary value; NAME:VALUE asks for it."),
        known={name: [*codes, NONE] for name, codes in _PRIMARY_CODES.items()},
    )
    country = _codes(PLACE_CHOICES, _("Where it happened: ISO code, XK, sea or no_place."))
    region = _codes(REGION_CHOICES, _("Region of the place when it happened."))
    bbox = _parameter(read.Box, _("minLon,minLat,maxLon,maxLat; only well-placed points."))
    target_country = _codes(TARGET_COUNTRY_CHOICES, _("Country or body it was aimed at."))
    sector = _codes(Sector.choices, _("Sector of the target."))
    target_kind = _codes(TargetKind.choices, _("Kind of target."))
    attributed_to = _codes(
        COUNTRIES.items(), _("State to which a claim traces it; min_level defaults to 3.")
    )
    actor = _parameter(
        read.Slugs, _("Accused actor, by its address name; min_level defaults to 3.")
    )
    claimant_kind = _codes(ClaimantKind.choices, _("Kind of claimant of a live claim."))
    level = _parameter(
        read.Codes,
        _("Highest attribution level of the claims that fit, 0 to 5."),
        choices=_choices("012345"),
        read=int,
    )
    min_level = _parameter(
        read.Whole, _("Least attribution level of a claim, 1 to 5."), least=1, most=5
    )
    state_role = _parameter(
        read.Codes, _("Role of the state in a live claim."), choices=StateRole.choices
    )
    contested = _parameter(read.Truth, _("Whether live claims contradict each other."))
    publisher = _parameter(read.Slugs, _("Outlet of an article cited, by its address name."))
    language = _codes(LANGUAGES.items(), _("Language of an article cited (ISO 639-1)."))
    article = _parameter(read.Digests, _("Article cited, by the digest of its address."))
    independent_min = _parameter(
        read.Whole,
        _("Least number of independent sources cited; copies of one story are one."),
        least=1,
        most=99,
    )
    order = _parameter(
        read.Code, _("Order of a list; default -onset."), choices=ORDER_LABELS.items()
    )
    page_size = _parameter(read.Whole, _("Records a page; default 50."), least=1, most=200)
    cursor = _parameter(forms.CharField, _("Where a page begins, from next or previous."))
    fields = _parameter(
        read.Names,
        _("Only these fields of each record, or columns of a file."),
        choices=_choices(dict.fromkeys((*NAMES, *FLAT))),
    )
    brief = _parameter(read.Code, _("1: without the rows of a record."), choices=_choices("1"))
    raw = _parameter(
        read.Code,
        _("1: cells as they are, not guarded against being run as formulas."),
        choices=_choices("1"),
    )
    by = _parameter(
        read.Codes,
        _("Dimension to count by; at most two."),
        choices=_choices(DIMENSIONS),
    )
    interval = _parameter(read.Code, _("Time buckets to count by."), choices=_choices(INTERVALS))
    assign = _parameter(
        read.Code,
        _("primary (default): each in one cell; any: in each cell it touches."),
        choices=_choices(("primary", "any")),
    )

    class Meta:
        model = Incident
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: Any) -> Any:
        """Leave narrowing to the question."""
        return queryset


# `from` is a word of Python and cannot be declared in a class body.
IncidentFilterSet.base_filters["from"] = _parameter(
    read.Bound, _("From this day, month or year on."), last=False
)
for _name, _filter in IncidentFilterSet.base_filters.items():
    _filter.label = LABELS[_name]
MANY: Final = frozenset(
    name
    for name, parameter in IncidentFilterSet.base_filters.items()
    if issubclass(parameter.field_class, forms.MultipleChoiceField)
)


def ask(
    params: QueryDict,
    user: User | AnonymousUser,
    besides: Collection[str] = (),
) -> Question:
    """Return the question that `params` asks for `user`.

    `besides` names the list or count parameters that the caller reads too.
    Raises InvalidQuestion.
    """
    trimmed = _trimmed(params)
    known = set(IncidentFilterSet.base_filters) - BESIDE | set(besides)
    refuse(trimmed, known, many=MANY, elsewhere=_elsewhere())
    values = _read(trimmed)
    asked = {
        name: tuple(sorted(set(values)))
        for name, values in sorted(trimmed.lists())
        if name not in BESIDE and values
    }
    follow_merged(asked, values, user)
    errors = contradictions(asked, values) or unlisted(values, user)
    if errors:
        raise InvalidQuestion(errors)
    assumed = _assume(values)
    return Question(asked=asked, values=values, asker=user, assumed=frozenset(assumed))


def _read(params: QueryDict) -> dict[str, Any]:
    """Return the typed value of every parameter; only what is given has to be read anew."""
    values: dict[str, Any] = deepcopy(_unasked())
    errors: dict[str, list[str]] = {}
    for name, field in _fields().items():
        if name in params:
            try:
                values[name] = field.clean(field.widget.value_from_datadict(params, {}, name))
            except ValidationError as error:
                errors[name] = error.messages
    if errors:
        raise InvalidQuestion(errors)
    return values


@cache
def _fields() -> dict[str, forms.Field]:
    """Return the fields that read a question, which are the same for each."""
    return dict(IncidentFilterSet().get_form_class().base_fields)


@cache
def _unasked() -> dict[str, Any]:
    """Return what each parameter is where it is not given."""
    return {name: field.clean(None) for name, field in _fields().items()}


def query_of(pairs: Mapping[str, Iterable[str]]) -> QueryDict:
    """Return parameters as a query, ready to be asked."""
    query = QueryDict(mutable=True)
    for name, values in pairs.items():
        query.setlist(name, list(values))
    return query


def _trimmed(params: QueryDict) -> QueryDict:
    """Return the parameters without empty values, which ask for nothing."""
    return query_of({name: [v for v in params.getlist(name) if v.strip()] for name in params})


def _elsewhere() -> dict[str, str]:
    """Say where the parameters are read that not every answer takes."""
    return {
        **dict.fromkeys(LISTED, _("Not taken here; it belongs to lists.")),
        "order": _("Not taken here; it belongs to lists, and to files of one table."),
        "fields": _("Not taken here; it belongs to lists, and to files of one table."),
        "brief": _("Not taken here; it belongs to lists and NDJSON."),
        "raw": _("Not taken here; it belongs to CSV and the ZIP of tables."),
        **dict.fromkeys(COUNTED, _("Not taken here; it belongs to counts (/api/v1/counts/).")),
    }


def _assume(values: dict[str, Any]) -> set[str]:
    """Fill the defaults into the values and return their names."""
    assumed = {name for name in DEFAULTS if not values[name]}
    for name in assumed:
        values[name] = DEFAULTS[name]
    if not values["series"]:
        named = values["status"] or values["outcome"]
        values["series"] = Series.ALL if named else Series.CORE
        assumed.add("series")
    if any(values[name] for name in LEVELLED) and not values["min_level"]:
        values["min_level"] = int(OFFICIAL)
        assumed.add("min_level")
    values["primary_values"] = [
        tuple(item.split(":", 1)) for item in values["primary"] if ":" in item
    ]
    values["primary"] = [item for item in values["primary"] if ":" not in item]
    values["period"] = _period(values)
    return assumed - BESIDE


def _period(values: dict[str, Any]) -> Interval | None:
    """Return the days asked for."""
    if values["year"]:
        return Interval(date(values["year"], 1, 1), date(values["year"], 12, 31))
    if values["from"] or values["to"]:
        return Interval(values["from"] or date.min, values["to"] or date.max)
    return None
