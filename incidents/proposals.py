"""What an article proposes for a new draft: values for its form, each with the words it rests on.

The rules that read an article are `incidents.suggestions`; here their findings become what the
form takes, and nothing is stored before a person saved it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Protocol

from django.contrib.auth.models import User
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.codebook import Verdict
from articles.countries import COUNTRIES
from articles.models import Article, Item

from .codebook import (
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
from .models import Actor, Incident, Proposed
from .models.children import PLACE_CHOICES
from .suggestions import Article as Text
from .suggestions import Evidence, KnownActor, Suggestion, Suggestions, directory, suggest
from .suggestions.figures import Figure
from .suggestions.quotes import pieces, quote

# So many rows of a kind are proposed; more hide the ones that matter.
MOST_ROWS: Final = 3
MOST_TYPES: Final = 3
# Characters of the text around the words that a value rests on.
AROUND: Final = 160
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

    @property
    def label(self) -> str:
        """What the part of the form is called."""
        return str(PARTS[self.part])

    @property
    def code(self) -> str:
        """The one code that tells whether the value was kept."""
        said = self.fields[TELLING.get(self.part, self.part)]
        return ",".join(said) if isinstance(said, list) else str(said)

    @property
    def inputs(self) -> list[str]:
        """The names of the inputs that hold it."""
        if self.row is None:
            return list(self.fields)
        return [f"{self.part}-{self.row}-{name}" for name in self.fields]


@dataclass(frozen=True, slots=True)
class Marked:
    """A value with its words and those around them, as a page shows it."""

    value: Value
    number: int
    before: str
    words: str
    after: str


@dataclass(frozen=True)
class Proposal:
    """An article as it was read for a draft."""

    url: str
    title: str
    text: str
    source: Article | Item
    found: Suggestions

    @cached_property
    def values(self) -> list[Value]:
        """The values for the form, in its order; rows are numbered in each part."""
        return [*_fields(self.found), *_rows("locations", _places(self.found)), *self._said()]

    def _said(self) -> list[Value]:
        return [*_rows("targets", _targets(self.found)), *_rows("claims", _claims(self.found))]

    @property
    def article_key(self) -> int | None:
        """The key of the article, where it is one and not an announcement."""
        return self.source.pk if isinstance(self.source, Article) else None

    @property
    def initial(self) -> dict[str, Any]:
        """What the form itself is filled with."""
        filled: dict[str, Any] = {"article_url": self.url, "title": self.title[:120]}
        for value in self.values:
            if value.row is None:
                filled |= value.fields
        return filled

    def rows(self, part: str) -> list[dict[str, Any]]:
        """Return what the rows of a part are filled with."""
        return [dict(value.fields) for value in self.values if value.part == part]

    @property
    def marked(self) -> list[Marked]:
        """The values with the words around what they rest on."""
        return [self._marked(number, value) for number, value in enumerate(self.values)]

    def _marked(self, number: int, value: Value) -> Marked:
        text = self.title if value.evidence.in_title else self.text
        return Marked(value, number, *quote(text, value.evidence, AROUND))

    def pieces(self) -> list[tuple[str, list[int]]]:
        """Return the text cut at the ends of evidence, each piece with the values that name it."""
        return self._pieces(self.text, in_title=False)

    def title_pieces(self) -> list[tuple[str, list[int]]]:
        """Return the title, cut as the text is."""
        return self._pieces(self.title, in_title=True)

    def _pieces(self, text: str, *, in_title: bool) -> list[tuple[str, list[int]]]:
        said = [value.evidence for value in self.values]
        return pieces(text, {n: it for n, it in enumerate(said) if it.in_title == in_title})

    @property
    def figures(self) -> list[Figure]:
        """The totals that the article reports."""
        return self.found.figures


def article_of(key: str, user: User) -> Article | None:
    """Return the article of a key where `user` may read it."""
    return Article.objects.visible_to(user).filter(pk=key).first() if _is_key(key) else None


def of_article(key: str, user: User) -> Proposal | None:
    """Return what an article that `user` may read proposes; None where it has no text."""
    found = article_of(key, user)
    if found is None:
        return None
    text = found.text
    if not text:
        kept = found.captures.visible_to(user).filter(verdict=Verdict.ARTICLE).first()
        text = kept.text if kept else ""
    return _proposal(found.url, found.title, text, found.published, found, user) if text else None


def of_item(key: str, user: User) -> Proposal | None:
    """Return what an announcement in the inbox proposes, by the little that it says."""
    found = Item.objects.filter(pk=key).first() if _is_key(key) else None
    if found is None:
        return None
    text = found.summary or found.title
    return _proposal(found.url, found.title, text, found.published, found, user)


def _is_key(key: str) -> bool:
    return key.isdecimal() and len(key) < 19


def _proposal(
    url: str, title: str, text: str, published: str, source: Article | Item, user: User
) -> Proposal:
    day = published if len(published) == 10 else ""
    found = suggest(Text(title=title, text=text, url=url, metadata_date=day), _known(user))
    return Proposal(url, title, text, source, found)


def _known(user: User) -> Any:
    """Return the actors that may be named: those kept with the program and the directory's."""
    rows = Actor.objects.visible_to(user).filter(merged_into=None).prefetch_related("aliases")
    return directory(
        KnownActor(row.name, row.state, False, tuple(alias.name for alias in row.aliases.all()))
        for row in rows
    )


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
    for name, hint, words in (
        ("status", found.status, Status),
        ("outcome", found.outcome, Outcome),
    ):
        if hint:
            yield _one(name, hint.value, hint, shown=words(hint.value).label)


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


def _claims(found: Suggestions) -> Iterable[tuple[dict[str, Any], str, Found]]:
    for blame, said in zip(found.blamed, found.responsible_states, strict=True):
        who = blame.claimant or next(iter(found.claimants), None)
        kind = (who and who.kind) or ClaimantKind.UNNAMED_OFFICIAL
        hushed = kind == ClaimantKind.UNNAMED_OFFICIAL
        fields = {
            "claimant": who.value if who else "",
            "claimant_kind": kind,
            "date": found.published,
            "responsible_state": blame.state,
            "stance": blame.stance,
            "form": Form.ANONYMOUS_BRIEFING if hushed else Form.ON_RECORD_STATEMENT,
        }
        shown = _("%(who)s %(does)s: %(state)s") % {
            "who": fields["claimant"] or _("Somebody"),
            "does": str(Stance(blame.stance).label).lower(),
            "state": COUNTRIES.get(blame.state, blame.state),
        }
        yield fields, shown, said


# -- what became of it -----------------------------------------------------------------------


def note(proposal: Proposal, incident: Incident, sent: Mapping[str, str], *, by: User) -> None:
    """Keep what was proposed for a draft and whether it was kept, as codes without words."""
    Proposed.objects.bulk_create(
        Proposed(
            record=incident.record,
            language=proposal.found.language,
            part=value.part,
            value=value.code[:80] if value.part != "title" else "",
            kept=_kept(value, sent),
            by=by,
        )
        for value in proposal.values
    )


def _kept(value: Value, sent: Any) -> bool:
    """Tell whether what was sent still says it, in whatever row."""
    if value.row is None:
        said = sent.getlist(value.part)
        wanted = value.fields[value.part]
        if value.part == "country_name":
            return value.shown in said or value.code in said
        return said == wanted if isinstance(wanted, list) else wanted in said
    telling = TELLING[value.part]
    for number in range(int(sent.get(f"{value.part}-TOTAL_FORMS") or 0)):
        row = f"{value.part}-{number}"
        said = sent.get(f"{row}-{telling}", "")
        if said in (value.code, COUNTRIES.get(value.code)) and not sent.get(f"{row}-DELETE"):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Share:
    """How often something was proposed, and how often it was kept."""

    proposed: int
    kept: int

    @property
    def percent(self) -> int:
        """The kept ones in a hundred."""
        return round(100 * self.kept / self.proposed)


def precision(user: User) -> list[tuple[str, list[Share | None]]]:
    """Return, for each language, the share kept of each part, of drafts that `user` may read."""
    visible = Incident.objects.visible_to(user)
    rows = Proposed.objects.filter(record__in=visible.values("record")).order_by()
    counted = rows.values_list("language", "part").annotate(
        n=Count("pk"), good=Count("pk", filter=Q(kept=True))
    )
    found = {(language, part): Share(n, good) for language, part, n, good in counted}
    languages = sorted({language for language, _part in found})
    return [(language, [found.get((language, part)) for part in PARTS]) for language in languages]
