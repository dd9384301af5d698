"""What an article says of an incident, as values for the form of a draft and for its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.countries import COUNTRIES
from articles.edtf import in_words
from incidents.codebook import (
    ClaimantKind,
    EventType,
    Form,
    Outcome,
    Precision,
    Sector,
    Stance,
    Status,
    TargetKind,
)
from incidents.models.children import PLACE_CHOICES
from incidents.suggestions import Evidence, Suggestion, Suggestions
from incidents.suggestions.claimants import Claimant

# So many rows of a kind are proposed; more hide the ones that matter.
MOST_ROWS: Final = 3
MOST_TYPES: Final = 3
PARTS: Final[dict[str, Any]] = {
    "title": gettext_lazy("Title"),
    "occurred": gettext_lazy("Occurred"),
    "country_name": gettext_lazy("Country"),
    "event_type": gettext_lazy("Event type"),
    "other_event_types": gettext_lazy("Other event types"),
    "status": gettext_lazy("Status"),
    "outcome": gettext_lazy("Outcome"),
    "locations": gettext_lazy("Location"),
    "targets": gettext_lazy("Target"),
    "claims": gettext_lazy("Claim"),
}
# The field of a row that tells whether it was kept.
TELLING: Final = {"locations": "country", "targets": "sector", "claims": "responsible_state"}
# The field of a claim that tells it where no state is blamed.
ACCUSED: Final = "accused_actor"
_PLACES: Final = dict(PLACE_CHOICES)


class Found(Protocol):
    """What a rule found: the words that it rests on, and why."""

    @property
    def evidence(self) -> Evidence:
        """Where the words stand."""

    @property
    def why(self) -> str:
        """A sentence that says why."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value for one field of the form, or for the fields of one row, and why it is proposed."""

    part: str
    fields: Mapping[str, Any]
    shown: str
    why: str
    evidence: Evidence
    row: int | None = None
    # What goes with it: the fields of the first row of another part.
    brings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What the part of the form is called."""
        return str(PARTS[self.part])

    @property
    def telling(self) -> str:
        """The field that tells whether the value was kept."""
        return ACCUSED if ACCUSED in self.fields else TELLING.get(self.part, self.part)

    @property
    def code(self) -> str:
        """The one code that tells whether the value was kept."""
        said = self.fields[self.telling]
        return ",".join(said) if isinstance(said, list) else str(said)

    @property
    def inputs(self) -> list[str]:
        """The names of the inputs that hold it."""
        if self.row is None:
            rows = [f"{part}-0-{name}" for part, row in self.brings.items() for name in row]
            return [*self.fields, *rows]
        return [f"{self.part}-{self.row}-{name}" for name in self.fields]


def values(found: Suggestions, entries: Mapping[str, int]) -> list[Value]:
    """Return the values for the form, in its order; rows are numbered in each part.

    `entries` are the keys of the actors that may be accused, by their names.
    """
    return [
        *_fields(found),
        *_rows("locations", _places(found)),
        *_rows("targets", _targets(found)),
        *_rows("claims", _claims(found, entries)),
    ]


# -- the form itself -------------------------------------------------------------------------


def _fields(found: Suggestions) -> Iterable[Value]:
    country = found.event_countries[0] if found.event_countries else None
    if found.event_types:
        kind = found.event_types[0]
        yield _one("title", _title(found), kind, shown=_title(found))
    if found.occurred:
        yield _one("occurred", found.occurred[0].value, found.occurred[0])
    if country and country.value in _PLACES:
        yield _one("country_name", country.value, country, shown=_PLACES[country.value])
    if found.event_types:
        kind, *others = found.event_types
        yield _one("event_type", kind.value, kind, shown=EventType(kind.value).label)
        if others := others[:MOST_TYPES]:
            labels = ", ".join(str(EventType(other.value).label) for other in others)
            yield _one("other_event_types", [it.value for it in others], others[0], shown=labels)
    if found.status:
        yield _status(found, found.status)
    if hint := found.outcome:
        yield _one("outcome", hint.value, hint, shown=Outcome(hint.value).label)


def _status(found: Suggestions, hint: Suggestion) -> Value:
    """Return a status; one beyond alleged brings the finding that it rests on, where a day is said.

    The day is that of the article, by which it was found so.
    """
    value = _one("status", hint.value, hint, shown=Status(hint.value).label)
    if hint.value == Status.ALLEGED or not found.published:
        return value
    why = _("%(why)s It brings a finding of %(day)s, when the article was published.")
    told = why % {"why": hint.why, "day": in_words(found.published)}
    finding = {"status": hint.value, "date": found.published}
    return replace(value, why=told, brings={"findings": finding})


def _one(part: str, value: Any, said: Suggestion, shown: Any = "") -> Value:
    return Value(part, {part: value}, str(shown or value), said.why, said.evidence)


def _title(found: Suggestions) -> str:
    """Return act and place: a title is neutral, and is not the one of the article."""
    act = str(EventType(found.event_types[0].value).label)
    if not found.event_countries:
        return act
    where = _PLACES.get(found.event_countries[0].value, "")
    town = found.places[0].value if found.places else ""
    return _("%(act)s in %(place)s") % {
        "act": act,
        "place": ", ".join(filter(None, (town, str(where)))),
    }


# -- rows ------------------------------------------------------------------------------------


def _rows(part: str, rows: Iterable[tuple[dict[str, Any], str, Found]]) -> Iterable[Value]:
    for number, (fields, shown, said) in enumerate(list(rows)[:MOST_ROWS]):
        yield Value(part, fields, shown, said.why, said.evidence, number)


def _places(found: Suggestions) -> Iterable[tuple[dict[str, Any], str, Found]]:
    """Yield towns of the event, then its other countries."""
    named = set()
    for number, place in enumerate(found.places):
        named.add(place.country)
        fields = {
            "primary": number == 0,
            "place": place.value,
            "country": place.country,
            "precision": place.precision,
            "lat": place.lat,
            "lon": place.lon,
        }
        yield fields, f"{place.value}, {COUNTRIES[place.country]}", place
    for country in found.event_countries[1:]:
        if country.value not in named and country.value in COUNTRIES:
            fields = {"country": country.value, "precision": Precision.COUNTRY}
            yield fields, COUNTRIES[country.value], country


def _targets(found: Suggestions) -> Iterable[tuple[dict[str, Any], str, Found]]:
    country = found.event_countries[0].value if found.event_countries else ""
    for number, sector in enumerate(found.sectors):
        fields = {
            "primary": number == 0,
            "country": country if country in COUNTRIES else "",
            "sector": sector.value,
            "target_kind": TargetKind.UNKNOWN,
        }
        yield fields, str(Sector(sector.value).label), sector


def _claims(
    found: Suggestions, entries: Mapping[str, int]
) -> Iterable[tuple[dict[str, Any], str, Found]]:
    """Yield who accuses which state, then groups where none is or that claim it, then denials."""
    denied = {denial.state for denial in found.denials}
    for blame, said in zip(found.blamed, found.responsible_states, strict=True):
        if blame.stance == Stance.DENIES and blame.state in denied:
            continue
        who = blame.claimant or next(iter(found.claimants), None)
        accused = {"responsible_state": blame.state}
        name = str(COUNTRIES.get(blame.state, blame.state))
        if blame.actor in entries:
            accused[ACCUSED] = str(entries[blame.actor])
            name = f"{blame.actor}, {name}"
        yield *_claim(found, who, blame.stance, accused, name), said
    for one in found.accused:
        if one.entry in entries:
            who = one.claimant or next(iter(found.claimants), None)
            accused = {ACCUSED: str(entries[one.entry])}
            yield *_claim(found, who, one.stance, accused, one.entry), one
    for denial in found.denials:
        accused = {"responsible_state": denial.state}
        name = COUNTRIES.get(denial.state, denial.state)
        who = denial.claimant
        yield *_claim(found, who, Stance.DENIES, accused, name), who


def _claim(
    found: Suggestions,
    who: Claimant | None,
    stance: Stance,
    accused: Mapping[str, str],
    name: str,
) -> tuple[dict[str, Any], str]:
    """Return what fills the row of a claim, and how it is shown.

    Of what kind somebody is whose office is not told is left to who reads.
    """
    kind = (who.kind or "") if who else ClaimantKind.UNNAMED_OFFICIAL
    hushed = kind == ClaimantKind.UNNAMED_OFFICIAL
    fields = {
        "claimant": who.value if who else "",
        "claimant_kind": kind,
        "date": found.published,
        "stance": stance,
        "form": Form.ANONYMOUS_BRIEFING if hushed else Form.ON_RECORD_STATEMENT,
        **accused,
    }
    shown = _("%(who)s %(does)s: %(state)s") % {
        "who": fields["claimant"] or _("Somebody"),
        "does": str(Stance(stance).label).lower(),
        "state": name,
    }
    return fields, shown
