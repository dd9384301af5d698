"""A record with its rows, as JSON holds it and as long tables with keys do."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Case, F, OuterRef, Subquery, When
from django.db.models.functions import Coalesce

from incidents.codebook import (
    EventType,
    Outcome,
    Sector,
    Severity,
    Status,
    TargetKind,
)
from incidents.models import Citation, Claim, Effect, Location, StatusFinding, Target
from incidents.models.children import PLACE_CHOICES, TARGET_COUNTRY_CHOICES
from incidents.questions import Question

from .columns import Column, Group, Joined, Kind, Table

C = Column
CODE, DAY, TRUTH, UID = Kind.CODE, Kind.DAY, Kind.TRUTH, Kind.UID
PLACES: Final = dict(PLACE_CHOICES)
TARGET_COUNTRIES: Final = dict(TARGET_COUNTRY_CHOICES)
TYPES, SECTORS = dict(EventType.choices), dict(Sector.choices)
STATUSES, OUTCOMES = dict(Status.choices), dict(Outcome.choices)
TARGET_KINDS: Final = dict(TargetKind.choices)
SEVERITIES: Final = dict(Severity.choices)


def reference(path: str = "") -> Any:
    """Return the public reference of a record, or the provisional one where it has none."""
    return Coalesce(F(f"{path}record__reference"), F(f"{path}record__provisional"))


INCIDENTS: Final = (
    C("reference", CODE, lambda _q: reference(), says="Reference of the record"),
    C("edition", Kind.INTEGER, "number", says="Number of the edition"),
    C("state", CODE),
    C("marking", CODE, "effective_marking", says="Present marking (TLP 2.0)"),
    C("title"),
    C("summary"),
    C("occurred", says="When it happened, as EDTF"),
    Group("onset", (C("first", DAY, "onset_from"), C("last", DAY, "onset_to"))),
    Group("end", (C("first", DAY, "end_from"), C("last", DAY, "end_to"))),
    C("activity_span", says="When the long presence behind it lasted, as EDTF"),
    C("dating_note"),
    C("event_type", CODE, vocabulary=TYPES),
    C("other_event_types", Kind.CODES),
    C("domains", Kind.CODES),
    C("means", Kind.CODES),
    C("status", CODE, "known_status", vocabulary=STATUSES, says="Under known_on, the one of then"),
    C("outcome", CODE, vocabulary=OUTCOMES),
    C("severity", Kind.INTEGER, null=True, vocabulary=SEVERITIES, says="0 to 4"),
    C("campaign", CODE, "campaign__slug", null=True),
    C("country", CODE, vocabulary=PLACES, says="Of the primary place"),
    C("target_country", CODE, vocabulary=TARGET_COUNTRIES, says="Of the primary target"),
    C("sector", CODE, vocabulary=SECTORS, says="Of the primary target"),
    C("target_kind", CODE, vocabulary=TARGET_KINDS, says="Of the primary target"),
    C("published_at", Kind.MOMENT, null=True, says="When the edition became public"),
    C("ended_at", Kind.MOMENT, null=True, says="When another edition or nothing took its place"),
    C("last_verified", DAY, "record__last_verified", null=True),
    C("external_ids", Kind.IDS, "record__external_ids", says="Ids elsewhere, by scheme"),
)
PUBLISHER: Final = (
    C("slug", CODE),
    C("name"),
    C("domain"),
    C("kind", CODE),
    C("country", CODE),
    C("language", CODE),
    C("other_languages", Kind.CODES),
    C("reliability", CODE),
    C("reliability_reason"),
    C("reliability_rated_on", DAY, null=True),
    C("mirror", TRUTH),
)
ARTICLE: Final = (
    C("url", Kind.LINK),
    C("digest", CODE, "address_digest", says="SHA-256 of the canonical address"),
    C("title"),
    Group("publisher", PUBLISHER, "publisher", null=True, key="slug"),
    C("language", CODE),
    C("published", says="EDTF"),
    C("wire_origin"),
    C("marking", CODE),
)


def visible(model: Any, question: Question, past: bool) -> Any:
    """Return the rows of readable editions that the asker may see."""
    return model.objects.visible_to(question.asker, past=past, beneath=True)


def _claims(question: Question, past: bool) -> Any:
    return _known(visible(Claim, question, past).with_life(question.values["known_on"]), question)


def _findings(question: Question, past: bool) -> Any:
    return _known(visible(StatusFinding, question, past), question)


def _known(rows: Any, question: Question) -> Any:
    """Keep the rows of the day of `known_on`, in the order in which they came."""
    day = question.values["known_on"]
    return (rows.filter(date_to__lte=day) if day else rows).order_by("date_to", "date_from", "pk")


def _survivor(column: str) -> Any:
    """Return what makes the address name of an actor, or of the one it was merged into."""
    return lambda _question: Coalesce(F(f"{column}__merged_into__slug"), F(f"{column}__slug"))


def _until(_question: Question) -> Any:
    """Return the day on which a claim was superseded, where it was by `known_on`."""
    return Case(When(is_live=False, then=F("live_until")))


def _superseded(question: Question) -> Any:
    """Return the claim that one took the place of; that it was a hidden one is hidden too."""
    earlier = visible(Claim, question, past=True).filter(pk=OuterRef("supersedes"))
    return Subquery(earlier.order_by().values("uid")[:1])


def _sources(question: Question) -> Any:
    """Return the digests of the articles that a claim rests on."""
    links = Claim.citations.through._default_manager.filter(claim=OuterRef(OuterRef("pk")))
    cited = visible(Citation, question, past=True).filter(pk__in=links.values("citation"))
    return Joined(cited.order_by("pk").values(cell=F("article__address_digest")))


LOCATIONS: Final = Table(
    "locations",
    "Places where it happened, was felt or was launched from.",
    (
        C("uid", UID),
        C("primary", TRUTH),
        C("country", CODE),
        C("role", CODE),
        C("admin1"),
        C("place"),
        C("zone"),
        C("lat", Kind.NUMBER, null=True),
        C("lon", Kind.NUMBER, null=True),
        C("precision", CODE),
    ),
    lambda question, past: visible(Location, question, past).order_by("pk"),
)
TARGETS: Final = Table(
    "targets",
    "What it was aimed at.",
    (
        C("uid", UID),
        C("primary", TRUTH),
        C("country", CODE),
        C("sector", CODE),
        C("target_kind", CODE),
        C("name"),
    ),
    lambda question, past: visible(Target, question, past).order_by("pk"),
)
EFFECTS: Final = Table(
    "effects",
    "What it did.",
    (
        C("uid", UID),
        C("kind", CODE),
        C("low", Kind.AMOUNT, null=True),
        C("best", Kind.AMOUNT, null=True),
        C("high", Kind.AMOUNT, null=True),
        C("unit"),
        C("certainty", CODE),
        C("note"),
    ),
    lambda question, past: visible(Effect, question, past).order_by("pk"),
)
FINDINGS: Final = Table(
    "findings",
    "What was found, and when, of whether it was a hostile act.",
    (C("uid", UID), C("status", CODE), C("date", says="EDTF"), C("note")),
    _findings,
)
CLAIMS: Final = Table(
    "claims",
    "Who said, on a date, who did it or whether it was an act at all.",
    (
        C("uid", UID),
        C("about", CODE),
        C("claimant"),
        C("claimant_actor", CODE, _survivor("claimant_actor"), null=True),
        C("claimant_kind", CODE),
        C("date", says="EDTF"),
        C("stance", CODE),
        C("accused_actor", CODE, _survivor("accused_actor"), null=True),
        C("responsible_state", CODE),
        C("state_role", CODE),
        C("form", CODE),
        C("basis", Kind.CODES),
        C("confidence_stated", CODE),
        C("likelihood_term", CODE),
        C("level", Kind.INTEGER, says="Attribution level, 0 to 5"),
        C("is_live", TRUTH, says="Whether nothing supersedes it, or had by known_on"),
        C("live_until", DAY, _until, null=True, says="The day on which it was superseded"),
        C("supersedes", UID, _superseded, null=True, says="The claim that it takes the place of"),
    ),
    _claims,
)
# Of a claim's sources, JSON holds the addresses and tables the digests.
SOURCES: Final = C("sources", Kind.TEXTS, _sources, says="Articles that the claim rests on")
CITATIONS: Final = Table(
    "citations",
    "Which articles the record rests on.",
    (
        C("uid", UID),
        C("role", CODE),
        C("credibility", Kind.INTEGER, says="Admiralty digit of the report"),
        C("locator"),
        C("note"),
        Group("article", ARTICLE, "article", key="digest"),
    ),
    lambda question, past: visible(Citation, question, past).order_by("pk"),
)
TABLES: Final = (LOCATIONS, TARGETS, EFFECTS, FINDINGS, CLAIMS, CITATIONS)
