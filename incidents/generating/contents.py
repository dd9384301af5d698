"""What invented records say: an edition's columns and its rows, without their keys.

A row that names another one of its edition names it by its place in the list.
"""

from __future__ import annotations

from random import Random
from typing import Final, NamedTuple

from articles import edtf
from articles.codebook import Marking
from articles.countries import BODIES, COUNTRIES
from incidents.codebook import (
    UNKNOWN_COUNTRY,
    CitationRole,
    Credibility,
    LocationRole,
    Outcome,
    Sector,
    Status,
    TargetKind,
)

from .columns import Column, Row
from .dating import DAYS, Calendar, bounds
from .dice import evenly, weighted, zipf
from .directories import CAMPAIGNS
from .places import Place, places
from .sayings import ACCUSED_STATES, ANY_ROLE, TRACED, Saying, act_kinds, effects, sayings
from .words import Writer

MARKINGS: Final = {
    Marking.CLEAR: 95.5,
    Marking.GREEN: 2,
    Marking.AMBER: 1.5,
    Marking.AMBER_STRICT: 0.4,
    Marking.RED: 0.6,
}
OWN_MARKINGS: Final = {Marking.CLEAR: 98, Marking.GREEN: 0.5, Marking.AMBER: 1.2, Marking.RED: 0.3}
STATUSES: Final = {
    Status.SUSPECTED: 45,
    Status.CONFIRMED: 35,
    Status.ALLEGED: 10,
    Status.DISPUTED: 5,
    Status.RULED_OUT: 5,
}
OUTCOMES: Final = {
    Outcome.EXECUTED: 68,
    Outcome.ATTEMPTED: 12,
    Outcome.FOILED: 10,
    Outcome.UNKNOWN: 10,
}
SEVERITIES: Final[dict[int | None, float]] = {0: 15, 1: 35, 2: 25, 3: 14, 4: 3, None: 8}
LOCATIONS: Final = {1: 76, 2: 19, 3: 4, 4: 1}
TARGETS: Final = {1: 84, 2: 13, 3: 3}
CLAIMS: Final = {0: 15, 1: 40, 2: 30, 3: 10, 4: 5}
CITATIONS: Final = {1: 25, 2: 35, 3: 22, 4: 12, 5: 6}


class Citing(NamedTuple):
    """The articles that a record may cite beside its own: some of those that all may read."""

    own: int
    others: list[int]


class Content(NamedTuple):
    """What one record says."""

    marking: str
    columns: Row  # of the edition, from the title to the kind of the primary target
    codings: tuple[tuple[str, str, int], ...]
    locations: list[Row]
    targets: list[Row]
    citations: list[Row]
    effects: list[Row]
    findings: list[Row]
    claims: list[Row]
    sources: list[tuple[int, ...]]  # of each claim, its citations


class Contents:
    """Draws of what records say."""

    def __init__(self, rng: Random, actors: list[Row]) -> None:
        self._bits, self._random = rng.getrandbits, rng.random
        self.calendar, self._writer = Calendar(rng), Writer(rng)
        self._kind, self._saying, self._effect = act_kinds(rng), sayings(rng), effects(rng)
        self._place = weighted(rng, places())
        self._country = weighted(rng, dict.fromkeys(COUNTRIES, 1))
        self._beyond = weighted(rng, {"": 98.0, UNKNOWN_COUNTRY: 0.5} | dict.fromkeys(BODIES, 0.5))
        self._actor = zipf(rng, [(row[0], str(row[4])) for row in actors], 1.1)
        self._state = weighted(rng, ACCUSED_STATES)
        self._by_actor = weighted(rng, {True: 55, False: 45})
        self._marking = weighted(rng, {m.value: w for m, w in MARKINGS.items()})
        self._own_marking = weighted(rng, {m.value: w for m, w in OWN_MARKINGS.items()})
        self._status = weighted(rng, {s.value: w for s, w in STATUSES.items()})
        self._outcome = weighted(rng, {o.value: w for o, w in OUTCOMES.items()})
        self._severity = weighted(rng, SEVERITIES)
        self._campaign = zipf(rng, [*range(1, CAMPAIGNS + 1)])
        self._sector = zipf(rng, Sector.values, 0.8)
        self._target_kind = zipf(rng, TargetKind.values, 0.7)
        self._role = evenly(rng, CitationRole.values[1:])
        self._other_role = weighted(rng, {r.value: 1 for r in LocationRole})
        self._credibility = evenly(rng, Credibility.values)
        self._locations, self._targets, self._claims, self.citing = (
            weighted(rng, counts) for counts in (LOCATIONS, TARGETS, CLAIMS, CITATIONS)
        )
        self._long = weighted(rng, {False: 97, True: 3})
        self._in_campaign = weighted(rng, {False: 88, True: 12})
        self._twice = weighted(rng, {False: 85, True: 15})
        self._ends_first = weighted(rng, {False: 92, True: 8})

    def _uid(self) -> str:
        return f"{self._bits(128):032x}"

    def content(self, known: int, citing: Citing) -> Content:
        """Return what a record says that was made on the day `known`."""
        onset = self.calendar.onset(known)
        marking, status, place, kind = self._marking(), self._status(), self._place(), self._kind()
        locations, targets = self._where(place), self._hit(place.country)
        citations = self._citations(citing)
        claims, sources = self._said(onset, known, len(citations))
        occurred = self.calendar.dated(onset, known)
        span = ""
        if self._long():
            span = f"{DAYS[max(0, onset - 30 - int(self._random() * 400))]}/{DAYS[onset]}"
        title, summary = self._writer.title(kind.event_type, place.named), self._writer.summary()
        columns: Row = (
            title.text,
            summary.text,
            title.folded + summary.folded,
            occurred,
            int(edtf.doubtful(occurred)),
            *bounds(occurred),
            span,
            *bounds(span or occurred),
            *kind.columns,
            self._outcome(),
            self._severity(),
            self._campaign() if self._in_campaign() else None,
            marking,
            place.country,
            *targets[0][2:5],
        )
        return Content(
            marking=marking,
            columns=columns,
            codings=kind.codings,
            locations=locations,
            targets=targets,
            citations=citations,
            effects=[(self._uid(), 0, *self._effect()) for _each in range(1 + self._twice())],
            findings=self._found(status, onset, known),
            claims=claims,
            sources=sources,
        )

    def _where(self, place: Place) -> list[Row]:
        """Return the primary place and others."""
        rows: list[Row] = [(self._uid(), 1, "occurred", place.country, *place.columns)]
        for _each in range(1, self._locations()):
            other = self._place()
            rows.append((self._uid(), 0, self._other_role(), other.country, *other.columns))
        return rows

    def _hit(self, country: str) -> list[Row]:
        """Return the primary target, in the country where it happened as a rule, and others."""
        rows: list[Row] = []
        for number in range(self._targets()):
            where = self._beyond() or (country if number == 0 else self._place().country)
            if len(where) > 2 and where not in BODIES:
                where = self._country()
            sector = self._sector()
            name = self._writer.object_of[sector]()
            rows.append((self._uid(), int(number == 0), where, sector, self._target_kind(), name))
        return rows

    def _citations(self, citing: Citing) -> list[Row]:
        """Return the citation of a record's own article, then those of others."""
        cited = [(citing.own, CitationRole.FIRST_REPORT.value)]
        cited += [(article, self._role()) for article in citing.others]
        return [
            (self._uid(), article, role, self._credibility(), self._own_marking(), "", "")
            for article, role in cited
        ]

    def _found(self, status: str, onset: int, known: int) -> list[Row]:
        """Return the findings, the last of which gives the status; what is alleged has none."""
        if status == Status.ALLEGED:
            return []
        found = [Status.SUSPECTED.value, status] if self._twice() else [status]
        rows: list[Row] = []
        day = onset
        for each in found:
            day = self.calendar.after(day, known)
            date = DAYS[day]
            rows.append((self._uid(), 0, each, date, date, date, ""))
        return rows

    def _said(self, onset: int, known: int, cited: int) -> tuple[list[Row], list[tuple[int, ...]]]:
        """Return the claims and the citations of each; a second one may supersede the first."""
        rows: list[Row] = []
        sources: list[tuple[int, ...]] = []
        day = onset
        for number in range(self._claims()):
            day = self.calendar.after(day, known)
            date = self.calendar.said(day)
            supersedes = 0 if number == 1 and self._ends_first() else None
            marking = rows[0][7] if supersedes == 0 else self._own_marking()
            said = self._saying()
            first, _last, _first, last = bounds(date)
            rows.append(
                (
                    self._uid(),
                    supersedes,
                    date,
                    first,
                    last,
                    *self._accused(said),
                    marking,
                    *said.columns,
                )
            )
            source = int(self._random() * cited)
            sources.append((source, 0) if source and number == 0 else (source,))
        return rows, sources

    def _accused(self, said: Saying) -> tuple[Column, str]:
        """Return the actor and the state that a claim accuses."""
        if not said.accuses:
            return None, ""
        if said.accuses == TRACED and not self._by_actor():
            return None, self._state()
        actor, state = self._actor()
        return actor, "" if said.accuses == ANY_ROLE else state
