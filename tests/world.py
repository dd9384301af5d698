"""One fixed world of eighty editions, as plain data, and how it is written to the database.

`tests.naive` reads the same data by the rules alone. Each is there for a reason: its key says
which. The length is that of the data, which are one list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from articles.codebook import strictest
from articles.models import Article
from incidents import merging, review
from incidents.acts import become_part
from incidents.models import Incident, Record

from . import make

PUBLISHERS: Final = {"bbc": "en", "delfi": "et", "onet": "pl"}
ACTORS: Final = {"apt28": "RU", "sandworm": "RU", "homeland-justice": "", "ghostwriter": "BY"}
# Entered twice, and merged once the claims that name it were published.
MERGED: Final = {"fancy-bear": "apt28"}
CAMPAIGNS: Final = ("parcels", "cables")
WRITERS: Final = ("anna", "boris")
WORDS: Final = ("fire", "cable", "lodz", "night", "fire night", "cab", "Sabotaż", "nothing")


@dataclass(frozen=True, slots=True)
class Place:
    """A location."""

    country: str
    role: str = "occurred"
    primary: bool = False
    lat: float | None = None
    lon: float | None = None
    precision: str = "country"


@dataclass(frozen=True, slots=True)
class Aim:
    """A target."""

    country: str
    sector: str = "unknown"
    kind: str = "unknown"
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A claim; `supersedes` is the position of an earlier one."""

    kind: str
    date: str
    state: str = ""
    actor: str = ""
    stance: str = "asserts"
    about: str = "actor"
    role: str = "not_stated"
    form: str = "on_record_statement"
    supersedes: int | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A citation of an article of its own, with the marking that the article has today.

    Articles of one `name` are entries of one address.
    """

    publisher: str = ""
    language: str = ""
    published: str = ""
    marking: str = "clear"
    by: str = "anna"
    name: str = ""
    # The place among the texts of its event that it was taken from, and the agency that it names.
    after: int | None = None
    wire: str = ""

    @property
    def digest(self) -> str:
        """The digest of the address, which is in canonical form already."""
        return sha256(self.url.encode()).hexdigest() if self.name else ""

    @property
    def url(self) -> str:
        """The address, where the article has a name."""
        return f"https://example.org/named/{self.name}" if self.name else ""


@dataclass(frozen=True, slots=True)
class Event:
    """An edition of a record; `after` names the event whose record it shares.

    It became public at `since`, at noon of the day on which its record was `recorded` where
    nothing else is said, and was so until `until`.
    """

    key: str
    occurred: str
    title: str = "Fire at a warehouse"
    span: str = ""
    type: str = "arson"
    other: tuple[str, ...] = ()
    domains: tuple[str, ...] = ("infrastructure",)
    outcome: str = "executed"
    severity: int | None = None
    campaign: str = ""
    places: tuple[Place, ...] = (Place("PL", primary=True),)
    aims: tuple[Aim, ...] = (Aim("PL", primary=True),)
    found: tuple[tuple[str, str], ...] = (("confirmed", "2024-12-31"),)
    said: tuple[Said, ...] = ()
    texts: tuple[Text, ...] = (Text(),)
    state: str = "published"
    marking: str = "clear"
    present: str = ""
    author: str = "anna"
    merged: bool = False
    recorded: str = "2025-01-15"
    since: str = ""
    until: str = ""
    after: str = ""

    @property
    def published(self) -> datetime:
        """When it became public, if it ever did."""
        return moment(self.since or f"{self.recorded}T12:00")


def moment(text: str) -> datetime:
    """Return a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def at(*codes: str, **primary: Any) -> tuple[Place, ...]:
    """Return a primary place and further ones."""
    first, *rest = codes
    return (Place(first, primary=True, **primary), *(Place(code) for code in rest))


def aim(country: str, sector: str = "unknown", kind: str = "unknown") -> Aim:
    """Return a primary target."""
    return Aim(country, sector, kind, primary=True)


def found(status: str, day: str = "2024-12-31") -> tuple[tuple[str, str], ...]:
    """Return one finding."""
    return ((status, day),)


GOV, SERVICE, COURT = "affected_government", "security_service", "prosecutor_court"
FORMAL: Final = Said(GOV, "2024-09-07", "RU", "apt28", form="formal_attribution", role="organ")
EVENTS: Final = (
    # Dates: every form of the grammar.
    Event("day", "2024-03-14", said=(FORMAL,), texts=(Text("bbc", "en", "2024-03-15", name="a"),)),
    Event("month", "2024-03", said=(Said(SERVICE, "2024-05", "RU"),), texts=(Text("onet", "pl"),)),
    Event("year", "2024", said=(Said(SERVICE, "2024-10-01", "BY"),), recorded="2024-11-02"),
    Event("between", "[2023-12..2024-02]", places=at("DE"), aims=(aim("DE", "energy"),)),
    Event("lasting", "2023-12/2024-02", title="Cable night", places=at("EE"), severity=2),
    Event("going-on", "2024-05/..", type="gnss_interference", places=at("LV", "EE", "FI")),
    Event("end-unknown", "2024-02/", type="cyber_intrusion", domains=("cyber",), severity=3),
    Event("decade", "202X", found=found("alleged"), places=at("LT"), aims=(aim("LT"),)),
    Event("spring", "2023-21", title="Sabotaż w Łodzi", severity=1, campaign="parcels"),
    Event("winter", "2023-24", title="A fire at night", campaign="parcels", places=at("GB")),
    Event("month-unknown", "2022-XX", type="vandalism", domains=("social", "culture")),
    Event("day-unknown", "2022-06-XX~", type="vandalism", domains=("social",)),
    Event("doubtful-day", "2022-02-28?", outcome="attempted", texts=(Text("delfi", "et", "2022"),)),
    Event("leap-day", "2024-02-29%", outcome="unknown", places=at("SE"), severity=0),
    Event("turn-of-year", "2023-12-31/2024-01-01", places=at("NO"), aims=(aim("NO", "energy"),)),
    Event("week-in-two-years", "[2024-12-30..2025-01-02]", places=at("DK"), severity=2),
    Event("two-days", "[2024-03-31..2024-04-01]", said=(Said("company", "2024-04-02", "RU"),)),
    Event(
        "span",
        "2022-07-15",
        span="2021-05/2022-07-21",
        type="cyber_destruction",
        domains=("cyber",),
        places=at("AL"),
        aims=(aim("AL", "public_administration"),),
        said=(
            Said("company", "2022-08-04", "IR", stance="suggests"),
            Said("perpetrator_persona", "2022-07-18", "", "homeland-justice"),
            Said(GOV, "2022-09-07", "IR", form="formal_attribution", role="organ"),
            Said("other_government", "2022-09-21", "IR", form="formal_attribution"),
        ),
        found=(("suspected", "2022-07-18"), ("confirmed", "2022-08-04")),
    ),
    Event("long-span", "2024-06", span="2021/..", type="cyber_intrusion", domains=("cyber",)),
    Event("old", "2013-06-30", places=at("HR"), aims=(aim("HR"),), recorded="2024-11-02"),
    # Regions: countries that joined or left, and dates on both sides.
    Event("fi-before", "2023-04-03", places=at("FI"), aims=(aim("FI", "transport"),)),
    Event("fi-on-the-day", "2023-04-04", places=at("FI"), aims=(aim("FI", "transport"),)),
    Event(
        "fi-perhaps", "2023-04", places=at("FI"), texts=(Text("delfi", "et", "2023-05", name="b"),)
    ),
    Event(
        "fi-perhaps-and-pl",
        "[2023-04-01..2023-04-10]",
        places=at("FI", "PL"),
        said=(Said(SERVICE, "2023-05-01", "RU", role="directed"),),
    ),
    Event("se-perhaps", "2024", places=at("SE"), severity=1, campaign="cables"),
    Event("se-before", "2024-03-06", places=at("SE"), said=(Said(COURT, "2024-04", "IR"),)),
    Event("gb-leaving", "2020-01", places=at("GB"), aims=(aim("GB", "transport", "operator"),)),
    Event("gb-leaving-perhaps", "2020-02~/2020-03", places=at("GB", "DE"), severity=4),
    Event("gb-perhaps", "2020", places=at("GB"), aims=(aim("GB"), Aim("NATO", "unknown"))),
    Event("hr-perhaps", "2013", places=at("HR"), aims=(aim("HR", "energy", "operator"),)),
    Event("mk-perhaps", "2020-03", places=at("MK"), aims=(aim("MK"),), recorded="2024-10-31"),
    Event("me-and-ru", "2017-06-05", places=at("ME", "RU"), aims=(aim("ME"), Aim("RU"))),
    # Places: at sea, nowhere, launched from, on the map.
    Event(
        "sea",
        "2024-11-17",
        title="Cable cut",
        type="undersea_damage",
        campaign="cables",
        places=(
            Place("sea", primary=True, lat=59.5, lon=22.5, precision="maritime_area"),
            Place("FI", "affected"),
            Place("CN", "launched"),
        ),
        aims=(aim("FI", "digital_infrastructure", "operator"), Aim("DE", "energy", "company")),
        said=(
            Said("politician", "2024-11-19", "", about="nature"),
            Said("unnamed_official", "2025-01-19", "", about="nature", stance="rules_out"),
        ),
        found=(("suspected", "2024-11-18"), ("disputed", "2025-01")),
    ),
    Event(
        "no-place",
        "2024-06",
        type="info_operation",
        domains=("information", "political"),
        places=at("no_place"),
        aims=(aim("EU", "politics_elections"), Aim("FR", "media")),
    ),
    Event(
        "launched-from-pl",
        "2024-07-20",
        type="explosive_device",
        campaign="parcels",
        places=(
            Place("DE", primary=True, lat=51.4, lon=12.2, precision="exact"),
            Place("PL", "launched", lat=52.2, lon=21.0, precision="place"),
        ),
        aims=(aim("DE", "postal_courier", "company"),),
        said=(FORMAL,),
        severity=2,
    ),
    Event(
        "on-the-map",
        "2024-07-21",
        places=(
            Place("PL", primary=True, lat=52.2, lon=21.0, precision="place"),
            Place("LT", lat=54.7, lon=25.3, precision="exact"),
        ),
    ),
    Event("badly-placed", "2024-07-22", places=at("PL", lat=52.2, lon=21.0, precision="admin1")),
    Event(
        "far-east",
        "2024-08-01",
        places=at("RU", lat=66.0, lon=179.5, precision="place"),
        aims=(aim("RU"),),
    ),
    # Types and domains.
    Event(
        "two-types",
        "2024-08-02",
        other=("hack_leak", "info_operation"),
        domains=("infrastructure", "information"),
    ),
    Event("untyped", "2024-08-03", type="suspicious_event", domains=(), found=()),
    Event(
        "leak",
        "2024-08-04",
        type="hack_leak",
        other=("arson",),
        domains=("information",),
        places=at("AL"),
        said=(
            Said("perpetrator_persona", "2024-08-05", "", "homeland-justice"),
            Said("accused_state", "2024-08-06", "IR", stance="denies"),
        ),
    ),
    # Status, outcome and series.
    Event(
        "foiled",
        "2024-04-10",
        outcome="foiled",
        said=(Said(COURT, "2025-03-01", "RU", "sandworm", form="conviction", role="directed"),),
    ),
    Event("foiled-alleged", "2024-04-11", outcome="foiled", found=()),
    Event("foiled-ruled-out", "2024-04-12", outcome="foiled", found=found("ruled_out")),
    Event(
        "ruled-out-later",
        "2024-04-13",
        said=(
            Said(SERVICE, "2024-04-20", "RU"),
            Said(SERVICE, "2024-06-20", "", stance="rules_out", role="none"),
        ),
        found=(("alleged", "2024-04-14"), ("suspected", "2024-05"), ("ruled_out", "2024-06-20")),
    ),
    Event(
        "findings-of-one-day",
        "2024-04-14",
        found=(
            ("confirmed", "2024-04-01/2024-05-31"),
            ("disputed", "2024-05"),
            ("suspected", "2024-05"),
        ),
    ),
    # Claims: contested, superseded, withdrawn, of no level, tolerated, of two states.
    Event(
        "two-states",
        "2023-09-26",
        type="undersea_damage",
        places=at("DK", "SE"),
        said=(
            Said(SERVICE, "2023-10-01", "RU"),
            Said("media_investigation", "2023-11", "CN"),
            Said("politician", "2023-11-05", "RU"),
        ),
    ),
    Event(
        "superseded",
        "2023-10-08",
        said=(
            Said("unnamed_official", "2023-10-09", "RU", role="linked"),
            Said(GOV, "2023-10-20", "CN", supersedes=0),
            Said(GOV, "2024-08", "", "fancy-bear", supersedes=1, form="charges"),
        ),
    ),
    Event(
        "superseded-twice",
        "2023-10-09",
        said=(
            Said(SERVICE, "2023-10-10", "RU", "sandworm"),
            Said(SERVICE, "2024-02-10", "BY", supersedes=0),
            Said("expert", "2023-12-10", "RU", supersedes=0),
        ),
    ),
    Event(
        "withdrawn-claim",
        "2023-10-10",
        said=(
            Said(SERVICE, "2023-10-11", "RU", "fancy-bear"),
            Said(SERVICE, "2023-12", "RU", stance="withdraws", supersedes=0),
        ),
    ),
    Event(
        "tolerated",
        "2023-10-11",
        said=(
            Said(GOV, "2023-10-12", "RU", role="tolerated"),
            Said("research_ngo", "2023-10-13", "RU", "fancy-bear", role="supported"),
        ),
    ),
    Event(
        "role-none",
        "2023-10-12",
        said=(
            Said(GOV, "2023-10-13", "RU", "ghostwriter", role="none"),
            Said("company", "2024-01", "BY", "ghostwriter", form="technical_report"),
        ),
    ),
    Event(
        "suggested-formally",
        "2023-10-13",
        said=(
            Said(GOV, "2023-10-14", "RU", stance="suggests", form="formal_attribution"),
            Said("accused_party", "2023-10-15", "", "apt28", stance="denies"),
        ),
    ),
    Event(
        "briefed",
        "2023-10-14",
        said=(
            Said(SERVICE, "2023-10-15", "BY", form="anonymous_briefing"),
            Said("victim", "2023-10-16", "BY", role="directed"),
            Said("intl_org", "2025-02", "RU", form="sanctions"),
        ),
    ),
    Event(
        "ruled-out-by-accused",
        "2023-10-15",
        said=(
            Said("accused_state", "2023-10-16", "", stance="rules_out", role="none"),
            Said("accused_state", "2023-10-17", "RU"),
        ),
    ),
    # Citations: none of an outlet, of several languages, hidden since.
    Event(
        "two-languages",
        "2025-02-01",
        places=at("EE"),
        texts=(
            Text("delfi", "en", "2025-02-02", name="a"),
            Text("delfi", "et", "2025-02", after=0),
            Text("", "pl", after=1),
        ),
    ),
    Event(
        "hidden-article",
        "2025-02-02",
        texts=(Text("bbc", "en", "2025-02-03", "red"), Text("", "", "2025-03", after=0)),
    ),
    Event(
        "hidden-articles",
        "2025-02-03",
        texts=(
            Text("onet", "pl", "2025-02-04", "red", "boris", "a"),
            Text("bbc", "", "2025-02", "amber", name="b"),
            Text("", "", "2025-02", "amber", wire="AFP"),
        ),
    ),
    # States and markings.
    Event("draft", "2024-09-01", state="draft", places=at("DE"), said=(FORMAL,), severity=3),
    Event("draft-without-rows", "2024-09", state="draft", places=(), aims=(), texts=(), found=()),
    Event("draft-red", "2024-09-02", state="draft", marking="red", author="boris"),
    Event("in-review", "2024-09-03", state="in_review", marking="amber", said=(FORMAL,)),
    Event(
        "amber",
        "2024-09-04",
        marking="amber",
        said=(FORMAL,),
        texts=(Text("bbc", "en", "2024-09-05", "amber"),),
        places=at("PL", "FI"),
    ),
    Event("green", "2024", marking="green", campaign="cables", texts=(Text(marking="green"),)),
    Event(
        "red-of-anna",
        "2024-09-05",
        marking="red",
        said=(Said(SERVICE, "2024-09-06", "CN"),),
        texts=(Text("bbc", "en", "2024-09-06", "red"),),
    ),
    Event(
        "red-of-boris",
        "2024-09-06",
        marking="red",
        author="boris",
        places=at("DE"),
        texts=(Text("onet", "pl", "2024-09-07", "red", "boris"),),
    ),
    Event("raised-to-red", "2024-09-07", present="red", author="boris", said=(FORMAL,)),
    Event(
        "merged",
        "2024-09-08",
        merged=True,
        state="superseded",
        said=(FORMAL,),
        until="2025-02-20T08:00",
    ),
    Event(
        "withdrawn", "2024-09-09", state="withdrawn", said=(FORMAL,), until="2025-02-14T23:59:59"
    ),
    Event(
        "first-edition",
        "2024-09-10",
        state="superseded",
        places=at("LT", "PL"),
        until="2025-01-16T09:00",
    ),
    Event(
        "second-edition",
        "2024-09-10",
        after="first-edition",
        since="2025-01-16T09:00",
        places=at("LT"),
        severity=1,
    ),
    Event("revised-then", "2024-09-11", places=at("LV"), said=(FORMAL,)),
    Event("revised-now", "2024-09", after="revised-then", state="draft", places=at("LV", "PL")),
    # What was public once: until midnight, until a moment before it, raised since.
    Event(
        "until-midnight",
        "2023-11-20",
        recorded="2024-11-02",
        until="2025-01-20T00:00",
        state="superseded",
        places=at("PL", "FI"),
        said=(FORMAL, Said(SERVICE, "2023-12-01", "RU", "fancy-bear")),
        texts=(Text("delfi", "et", "2023-11-21", name="a"),),
        campaign="parcels",
    ),
    Event(
        "from-midnight",
        "2023-11",
        "Cable cut at night",
        recorded="2024-11-02",
        since="2025-01-20T00:00",
        after="until-midnight",
        type="undersea_damage",
        domains=("economy", "infrastructure"),
        places=at("FI", "SE"),
        aims=(aim("FI", "energy", "operator"),),
        said=(
            Said(SERVICE, "2023-12-01", "RU", "sandworm"),
            Said("intl_org", "2024-12-20", "CN"),
        ),
        found=(("suspected", "2023-11-21"), ("disputed", "2024-12-20")),
        texts=(
            Text("bbc", "en", "2023-11-22", wire="Agency"),
            Text("", "pl", "2024-12", wire="agency "),
            Text("", "pl", "2024-12", wire="Another Agency"),
        ),
        campaign="cables",
        severity=2,
    ),
    Event(
        "thrice-first",
        "2024-12-01",
        recorded="2024-12-05",
        until="2025-01-20T23:59:59.999999",
        state="superseded",
        outcome="foiled",
        said=(Said("company", "2024-12-02", "IR"),),
    ),
    Event(
        "thrice-second",
        "2024-12-01",
        recorded="2024-12-05",
        since="2025-01-20T23:59:59.999999",
        until="2025-01-31T00:00:01",
        after="thrice-first",
        state="superseded",
        outcome="executed",
        places=at("DE", "GB"),
        aims=(aim("DE", "transport", "company"),),
        said=(Said(COURT, "2024-12-03", "IR", "homeland-justice", form="charges"),),
    ),
    Event(
        "thrice-third",
        "2024-12",
        recorded="2024-12-05",
        since="2025-01-31T00:00:01",
        until="2025-02-20T08:00",
        after="thrice-second",
        state="withdrawn",
        found=found("ruled_out"),
    ),
    Event(
        "raised-first",
        "2024-12-02",
        until="2025-01-31T12:00",
        state="superseded",
        present="red",
        author="boris",
        said=(FORMAL,),
        places=at("EE", "PL"),
    ),
    Event(
        "raised-second",
        "2024-12-02",
        since="2025-01-31T12:00",
        after="raised-first",
        present="red",
        author="boris",
        said=(FORMAL,),
    ),
    Event(
        "amber-first",
        "2024-12-03",
        until="2025-01-31T12:00",
        state="superseded",
        marking="amber",
        texts=(Text("onet", "pl", "2024-12-04", "amber"),),
    ),
    Event("clear-second", "2024-12-03", since="2025-01-31T12:00", after="amber-first"),
)


@dataclass(frozen=True, slots=True)
class World:
    """The events and the edition that each of them became."""

    keys: dict[str, int] = field(repr=False)

    def named(self, pks: Iterable[int]) -> set[str]:
        """Return the keys of editions."""
        names = {pk: key for key, pk in self.keys.items()}
        return {names[pk] for pk in pks}


def build(events: Iterable[Event] = EVENTS) -> World:
    """Write the world."""
    for writer in WRITERS:
        make.user(writer, staff=True)
    for name in PUBLISHERS:
        make.publisher(name)
    for name, state in ACTORS.items():
        make.actor(name, state=state)
    for name in MERGED:
        make.actor(name)
    for name in CAMPAIGNS:
        make.campaign(name)
    made: dict[str, Incident] = {}
    for event in events:
        made[event.key] = write(event, made.get(event.after))
    for name, into in MERGED.items():
        merging.merge(_entry("actor", into), [_entry("actor", name)])
    return World({key: incident.pk for key, incident in made.items()})


def write(event: Event, after: Incident | None) -> Incident:
    """Write one event, as the next edition of `after` where that is given."""
    articles = [_article(text) for text in event.texts]
    for text, article in zip(event.texts, articles, strict=True):
        if text.after is not None:
            Article.objects.filter(pk=article.pk).update(derived_from=articles[text.after])
    made = make.incident(
        event.title,
        occurred=event.occurred,
        activity_span=event.span,
        event_type=event.type,
        other_event_types=list(event.other),
        domains=list(event.domains),
        outcome=event.outcome,
        severity=event.severity,
        campaign=_entry("campaign", event.campaign),
        locations=[_columns(place) for place in event.places],
        targets=[
            {"country": a.country, "sector": a.sector, "target_kind": a.kind, "primary": a.primary}
            for a in event.aims
        ],
        findings=event.found,
        claims=[{**_columns(said), "actor": _entry("actor", said.actor)} for said in event.said],
        citations=articles,
        state="published" if event.until else event.state,
        marking=event.marking,
        author=make.user(event.author),
        after=after,
        published=event.published,
    )
    for text, article in zip(event.texts, articles, strict=True):
        Article.objects.filter(pk=article.pk).update(marking=text.marking)
    if event.present:
        Record.objects.filter(pk=made.record_id).update(marking=event.present)
        present = strictest([event.marking, event.present])
        Incident.objects.filter(pk=made.pk).update(effective_marking=present)
    if event.merged:
        other = Record.objects.exclude(pk=made.record_id).earliest("pk")
        become_part(made.record, other)
        ended = {"state": event.state, "ended_at": moment(event.until)}
        Incident.objects.filter(pk=made.pk).update(**ended)
    elif event.state == "withdrawn":
        with make.at(moment(event.until)):
            review.withdraw(made, by=make.reviewer(), reason="Wrong.")
    return made


def _columns(row: Place | Said) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}


def _article(text: Text) -> Article:
    return make.article(
        text.url,
        publisher=_entry("publisher", text.publisher),
        language=text.language,
        published=text.published,
        marking=text.marking,
        added_by=make.user(text.by),
        wire_origin=text.wire,
    )


def _entry(kind: str, slug: str) -> Any:
    return make.LISTED[kind].objects.get(slug=slug) if slug else None
