"""The question language: one FilterSet, and `ask`, which refuses what it cannot answer.

Law: a wrong number is worse than none. Unknown, ill-typed, doubled and contradictory
parameters are refused, each with its name, its value and what would be right.

The file is long because a parameter is read whole here: its declaration, its name on pages, its
default and its refusals. What excludes what is in `incidents.contradictions`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, Final

import django_filters as df
from django import forms
from django.contrib.auth.models import AnonymousUser, User
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.codebook import Marking
from articles.countries import COUNTRIES, LANGUAGES
from articles.edtf import Interval
from articles.models import Article, Publisher

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
from .models import Actor, Campaign, Incident
from .models.children import PLACE_CHOICES, TARGET_COUNTRY_CHOICES
from .questions import BASES, LEVELLED, NONE, OFFICIAL, PRIMARY, Question
from .regions import REGIONS

MAX_LENGTH: Final = 200
MAX_VALUES: Final = 60
ORDER_LABELS: Final = {
    "-onset": gettext_lazy("Latest act first"),
    "onset": gettext_lazy("Earliest act first"),
    "-published": gettext_lazy("Latest published first"),
    "published": gettext_lazy("Earliest published first"),
    "severity": gettext_lazy("Least severe first"),
    "-severity": gettext_lazy("Most severe first"),
}
ORDERS: Final = tuple(ORDER_LABELS)
DATE_MATCHES: Final = {
    "certain": gettext_lazy("surely in the period"),
    "possible": gettext_lazy("possibly in it too"),
}
BASIS_LABELS: Final = {
    "onset": gettext_lazy("when it began"),
    "active": gettext_lazy("while it went on"),
    "reported": gettext_lazy("first cited article"),
    "attributed": gettext_lazy("first claim"),
    "recorded": gettext_lazy("first published here"),
}
INTERVALS: Final = ("day", "week", "month", "quarter", "year")
LISTED: Final = frozenset({"order", "page_size", "cursor"})
COUNTED: Final = frozenset({"by", "interval", "assign"})
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


class InvalidQuestion(Exception):
    """A question that cannot be answered; `errors` holds messages by parameter."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__("; ".join(f"{name}: {' '.join(why)}" for name, why in errors.items()))
        self.errors = dict(errors)


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
    order = _parameter(
        read.Code, _("Order of a list; default -onset."), choices=ORDER_LABELS.items()
    )
    page_size = _parameter(read.Whole, _("Records a page; default 50."), least=1, most=200)
    cursor = _parameter(forms.CharField, _("Where a page begins, from next or previous."))
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
# What parameters are called on pages; in addresses they keep their names.
LABELS: Final[dict[str, Any]] = {
    "q": gettext_lazy("Words"),
    "year": gettext_lazy("Year"),
    "from": gettext_lazy("From"),
    "to": gettext_lazy("To"),
    "date_match": gettext_lazy("Imprecise dates"),
    "time_basis": gettext_lazy("Date meant"),
    "event_type": gettext_lazy("Event type"),
    "domain": gettext_lazy("Domain"),
    "status": gettext_lazy("Status"),
    "outcome": gettext_lazy("Outcome"),
    "series": gettext_lazy("Series"),
    "severity": gettext_lazy("Severity"),
    "campaign": gettext_lazy("Campaign"),
    "state": gettext_lazy("State of the edition"),
    "marking": gettext_lazy("Marking"),
    "known_on": gettext_lazy("As known on"),
    "as_of": gettext_lazy("As published on"),
    "primary": gettext_lazy("Primary value only"),
    "country": gettext_lazy("Country"),
    "region": gettext_lazy("Region"),
    "bbox": gettext_lazy("Box"),
    "target_country": gettext_lazy("Country of the target"),
    "sector": gettext_lazy("Sector"),
    "target_kind": gettext_lazy("Kind of target"),
    "attributed_to": gettext_lazy("Traced to"),
    "actor": gettext_lazy("Accused actor"),
    "claimant_kind": gettext_lazy("Claim by"),
    "level": gettext_lazy("Highest level"),
    "min_level": gettext_lazy("Level at least"),
    "state_role": gettext_lazy("Role of the state"),
    "contested": gettext_lazy("Contested"),
    "publisher": gettext_lazy("Outlet"),
    "language": gettext_lazy("Language of an article"),
    "article": gettext_lazy("Article"),
    "order": gettext_lazy("Order"),
    "page_size": gettext_lazy("Records a page"),
    "cursor": gettext_lazy("Page"),
    "by": gettext_lazy("Counted by"),
    "interval": gettext_lazy("Time buckets"),
    "assign": gettext_lazy("Several values"),
}
for _name, _filter in IncidentFilterSet.base_filters.items():
    _filter.label = LABELS[_name]
MANY: Final = frozenset(
    name
    for name, parameter in IncidentFilterSet.base_filters.items()
    if issubclass(parameter.field_class, forms.MultipleChoiceField)
)
SLUGGED: Final = {"actor": Actor, "campaign": Campaign, "publisher": Publisher}


def ask(
    params: QueryDict,
    user: User | AnonymousUser,
    besides: Collection[str] = (),
) -> Question:
    """Return the question that `params` asks for `user`.

    `besides` names the list or count parameters that the caller reads too.
    Raises InvalidQuestion.
    """
    errors = _refusals(params, besides)
    if errors:
        raise InvalidQuestion(errors)
    filterset = IncidentFilterSet(_trimmed(params), queryset=Incident.objects.none())
    form = filterset.form
    if not form.is_valid():
        raise InvalidQuestion({name: [str(e) for e in why] for name, why in form.errors.items()})
    asked = {
        name: tuple(sorted({value for value in params.getlist(name) if value.strip()}))
        for name in sorted(params)
        if name not in LISTED | COUNTED and any(v.strip() for v in params.getlist(name))
    }
    values: dict[str, Any] = dict(form.cleaned_data)
    _follow_merged(asked, values, user)
    errors = contradictions(asked, values) or _unlisted(values, user)
    if errors:
        raise InvalidQuestion(errors)
    assumed = _assume(values)
    return Question(asked=asked, values=values, asker=user, assumed=frozenset(assumed))


def query_of(pairs: Mapping[str, Iterable[str]]) -> QueryDict:
    """Return parameters as a query, ready to be asked."""
    query = QueryDict(mutable=True)
    for name, values in pairs.items():
        query.setlist(name, list(values))
    return query


def _trimmed(params: QueryDict) -> QueryDict:
    """Return the parameters without empty values, which ask for nothing."""
    return query_of({name: [v for v in params.getlist(name) if v.strip()] for name in params})


def _refusals(params: QueryDict, besides: Collection[str]) -> dict[str, list[str]]:
    """Return what is wrong with names and numbers of parameters, whatever their values."""
    known = set(IncidentFilterSet.base_filters) - (LISTED | COUNTED) | set(besides)
    errors: dict[str, list[str]] = {}
    for name in params:
        values = [value for value in params.getlist(name) if value.strip()]
        if name not in known:
            errors[read.shown(name).strip("“”")] = [_unread(name, known)]
        elif any("\x00" in value for value in params.getlist(name)):
            errors[name] = [_("A value may not hold the character NUL.")]
        elif any(len(value) > MAX_LENGTH for value in values):
            errors[name] = [_("A value has at most %(n)d characters.") % {"n": MAX_LENGTH}]
        elif len(values) > 1 and name not in MANY:
            errors[name] = [
                _("One value, not %(n)d: %(values)s.")
                % {"n": len(values), "values": ", ".join(read.shown(v) for v in values[:3])}
            ]
        elif len(values) > MAX_VALUES:
            errors[name] = [_("At most %(n)d values.") % {"n": MAX_VALUES}]
        elif any("," in value for value in values) and name in MANY:
            errors[name] = [
                _("Several values are repeated parameters: %(name)s=a&%(name)s=b.") % {"name": name}
            ]
    return errors


def _unread(name: str, known: Collection[str]) -> str:
    """Say that nobody reads a parameter here, and where it belongs or what was meant."""
    if name in LISTED:
        return _("This belongs to lists, not to counts or exports.")
    if name in COUNTED:
        return _("This belongs to counts (/api/v1/counts/).")
    return _("No such parameter.%(close)s Known: %(known)s.") % {
        "close": read.did_you_mean(name, known),
        "known": ", ".join(sorted(known)),
    }


def _follow_merged(
    asked: dict[str, tuple[str, ...]], values: dict[str, Any], user: User | AnonymousUser
) -> None:
    """Ask for the actor that another one was merged into, as far as `user` may see it."""
    if not values["actor"]:
        return
    visible = Actor.objects.visible_to(user, past=bool(values["as_of"]))
    merged = Actor.objects.filter(slug__in=values["actor"], merged_into__in=visible)
    survivors = dict(merged.values_list("slug", "merged_into__slug"))
    if survivors:
        followed = sorted({survivors.get(slug, slug) for slug in values["actor"]})
        values["actor"], asked["actor"] = followed, tuple(followed)


def _unlisted(values: dict[str, Any], user: User | AnonymousUser) -> dict[str, list[str]]:
    """Return which directory entries are not there, as far as `user` may see."""
    errors: dict[str, list[str]] = {}
    for name, model in SLUGGED.items():
        wanted = {slug for slug in values[name] if slug != NONE}
        if not wanted:
            continue
        there = set(_entries(model, values, user).values_list("slug", flat=True))
        for slug in sorted(wanted - there):
            errors[name] = [
                _("No entry %(slug)s.%(close)s")
                % {"slug": read.shown(slug), "close": read.did_you_mean(slug, there)}
            ]
    if wanted := set(values["article"]):
        readable = Article.objects.visible_to(user).filter(address_digest__in=wanted)
        known = set(readable.values_list("address_digest", flat=True))
        for digest in sorted(wanted - known):
            errors["article"] = [_("No article %(digest)s.") % {"digest": read.shown(digest)}]
    return errors


def _entries(model: Any, values: dict[str, Any], user: User | AnonymousUser) -> Any:
    """Return the entries of a directory that may be asked for, also those seen in the past."""
    if model is Publisher:
        return model.objects.visible_to(user)
    return model.objects.visible_to(user, past=bool(values["as_of"]))


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
    return assumed - LISTED - COUNTED


def _period(values: dict[str, Any]) -> Interval | None:
    """Return the days asked for."""
    if values["year"]:
        return Interval(date(values["year"], 1, 1), date(values["year"], 12, 31))
    if values["from"] or values["to"]:
        return Interval(values["from"] or date.min, values["to"] or date.max)
    return None


__all__ = [
    "COUNTED",
    "DIMENSIONS",
    "INTERVALS",
    "LISTED",
    "ORDERS",
    "PRIMARY",
    "IncidentFilterSet",
    "InvalidQuestion",
    "ask",
    "query_of",
]
