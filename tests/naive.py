"""The counting rules read naively, in plain Python over `tests.world`.

Written from docs/method.md and the design of the counting rules, not from the product's code:
no import of it stands here, so what both get right is right twice. R1 … R11 are the rules. It stays
one file, so that the rules can be read through once, beside the method.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Any, Final

from .world import EVENTS, MERGED, Event, Place, Said, Text, moment

NEVER: Final = date(9999, 12, 31)
NONE: Final = "none"
Params = dict[str, list[str]]
Days = tuple[date, date]

# -- dates (R8) ----------------------------------------------------------------------------


def days(text: str) -> Days:
    """Return the first and last day that one date without slash or brackets can mean."""
    text = text.rstrip("?~%")
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    if "X" in year or month in ("", "XX"):
        return date(int(year.replace("X", "0")), 1, 1), date(int(year.replace("X", "9")), 12, 31)
    y = int(year)
    if month in ("21", "22", "23"):
        start = {"21": 3, "22": 6, "23": 9}[month]
        return date(y, start, 1), date(y, start + 2, calendar.monthrange(y, start + 2)[1])
    m = 12 if month == "24" else int(month)
    if day in ("", "XX"):
        return date(y, m, 1), date(y, m, calendar.monthrange(y, m)[1])
    return date(y, m, int(day)), date(y, m, int(day))


def span(text: str) -> tuple[Days, Days]:
    """Return the days of a start and the days of an end."""
    if text.startswith("["):
        one, other = text[1:-1].split("..")
        between = days(one)[0], days(other)[1]
        return between, between
    if "/" not in text:
        return days(text), days(text)
    one, other = text.split("/")
    if other == "..":
        return days(one), (NEVER, NEVER)
    if not other:
        return days(one), (days(one)[0], NEVER)
    return days(one), days(other)


def last_day(text: str) -> date:
    """Return the upper date of a claim or a finding."""
    return span(text)[1][1]


# -- vocabulary ----------------------------------------------------------------------------

NOT_FOILED: Final = {"attempted", "executed", "unknown"}
ANY_OUTCOME: Final = NOT_FOILED | {"foiled"}
LOGGED: Final = {"suspected", "confirmed", "alleged", "disputed"}
SERIES: Final = {
    "core": ({"suspected", "confirmed"}, NOT_FOILED),
    "logged": (LOGGED, NOT_FOILED),
    "confirmed": ({"confirmed"}, NOT_FOILED),
    "foiled": (LOGGED, {"foiled"}),
    "ruled_out": ({"ruled_out"}, ANY_OUTCOME),
    "all": (LOGGED | {"ruled_out"}, ANY_OUTCOME),
}
ALWAYS: Final = (date.min, date.max)
# Of the countries of the world only.
_EUROPE: Final = (
    *("PL", "DE", "EE", "LV", "LT", "FI", "SE", "GB"),
    *("NO", "DK", "AL", "HR", "MK", "ME", "RU", "FR"),
)
MEMBERS: Final[dict[str, dict[str, Days]]] = {
    "europe": dict.fromkeys(_EUROPE, ALWAYS),
    "eu": {
        "PL": (date(2004, 5, 1), date.max),
        "EE": (date(2004, 5, 1), date.max),
        "LV": (date(2004, 5, 1), date.max),
        "LT": (date(2004, 5, 1), date.max),
        "DE": (date(1958, 1, 1), date.max),
        "FR": (date(1958, 1, 1), date.max),
        "FI": (date(1995, 1, 1), date.max),
        "SE": (date(1995, 1, 1), date.max),
        "DK": (date(1973, 1, 1), date.max),
        "GB": (date(1973, 1, 1), date(2020, 1, 31)),
        "HR": (date(2013, 7, 1), date.max),
    },
    "nato": {
        "PL": (date(1999, 3, 12), date.max),
        "EE": (date(2004, 3, 29), date.max),
        "LV": (date(2004, 3, 29), date.max),
        "LT": (date(2004, 3, 29), date.max),
        "DE": (date(1955, 5, 6), date.max),
        "FR": (date(1949, 8, 24), date.max),
        "GB": (date(1949, 8, 24), date.max),
        "NO": (date(1949, 8, 24), date.max),
        "DK": (date(1949, 8, 24), date.max),
        "AL": (date(2009, 4, 1), date.max),
        "HR": (date(2009, 4, 1), date.max),
        "ME": (date(2017, 6, 5), date.max),
        "MK": (date(2020, 3, 27), date.max),
        "FI": (date(2023, 4, 4), date.max),
        "SE": (date(2024, 3, 7), date.max),
    },
    "baltic": dict.fromkeys(("EE", "LV", "LT"), ALWAYS),
    "nordic": dict.fromkeys(("DK", "FI", "NO", "SE"), ALWAYS),
    "western_balkans": dict.fromkeys(("AL", "MK", "ME"), ALWAYS),
    "five_eyes": {"GB": ALWAYS},
}
GROUP: Final = {
    "event_type": "event_type",
    "domain": "domain",
    "country": "place",
    "region": "place",
    "bbox": "place",
    "target_country": "target",
    "sector": "target",
    "target_kind": "target",
    "attributed_to": "claim",
    "actor": "claim",
    "claimant_kind": "claim",
    "state_role": "claim",
    "publisher": "article",
    "language": "article",
    "article": "article",
}
ROW_ONLY: Final = {"attributed_to", "actor", "claimant_kind", "publisher", "language", "region"}
ONCE_PUBLIC: Final = {"published", "superseded", "withdrawn"}
PERSONA_OR_ACCUSED: Final = {"perpetrator_persona", "accused_state", "accused_party"}


def level(said: Said) -> int:
    """Return how firmly a claim attributes, 0 to 5 (codebook, 5)."""
    if said.about != "actor" or said.stance not in ("asserts", "suggests"):
        return 0
    hint = said.stance == "suggests" or said.form == "anonymous_briefing"
    if hint or said.kind in ("unnamed_official", "perpetrator_persona"):
        return 1
    if said.kind in ("accused_state", "accused_party"):
        return 0
    experts = "company research_ngo media_investigation expert victim politician"
    if said.kind in experts.split():
        return 2
    if said.form == "conviction":
        return 5 if said.kind == "prosecutor_court" else 4
    return 4 if said.form in ("formal_attribution", "sanctions", "charges") else 3


# -- the question --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Row:
    """A child row: its values by parameter, surely and possibly, and what narrows it."""

    surely: dict[str, set[str]]
    possibly: dict[str, set[str]]
    primary: bool
    source: Any
    level: int = 0


@dataclass
class Naive:
    """A question of a viewer, answered record by record."""

    params: Params
    viewer: str = ""
    events: Sequence[Event] = EVENTS
    by: Sequence[str] = ()
    interval: str | None = None
    assign: str = "primary"
    today: date = field(default_factory=lambda: datetime.now(UTC).date())
    _counting: bool = False

    def one(self, name: str) -> str:
        """Return the single value of a parameter, or an empty text."""
        return self.params.get(name, [""])[0]

    def many(self, name: str) -> list[str]:
        """Return the values of a parameter."""
        return self.params.get(name, [])

    # R2: who sees what

    def sees(self, event: Event) -> bool:
        """Tell whether the viewer may read an edition, today, whenever it was public."""
        if event.merged and not self.one("as_of"):
            return False
        markings = {event.marking, event.present or event.marking}
        if not self.viewer:
            public = ONCE_PUBLIC if self.one("as_of") else {"published"}
            return event.state in public and markings == {"clear"}
        return "red" not in markings or event.author == self.viewer

    def stands(self, event: Event) -> bool:
        """Tell whether an edition is of the state asked for, or was public on the day (R11)."""
        if not self.one("as_of"):
            return event.state == (self.one("state") or "published")
        evening = datetime.combine(date.fromisoformat(self.one("as_of")), time.max, UTC)
        ended = event.until and moment(event.until) <= evening
        return event.state in ONCE_PUBLIC and event.published <= evening and not ended

    def reads(self, text: Text) -> bool:
        """Tell whether the viewer may read an article."""
        if not self.viewer:
            return text.marking == "clear"
        return text.marking != "red" or text.by == self.viewer

    # R11: as publicly known on a day

    @property
    def day(self) -> date | None:
        """The day of `known_on`."""
        return date.fromisoformat(self.one("known_on")) if self.one("known_on") else None

    def status(self, event: Event) -> str:
        """Return the status of the last finding by the day."""
        numbered = [
            (last_day(when), span(when)[0][0], n, status)
            for n, (status, when) in enumerate(event.found)
            if self.day is None or last_day(when) <= self.day
        ]
        return max(numbered)[3] if numbered else "alleged"

    def known(self, event: Event) -> bool:
        """Tell whether anything of a record was known on the day."""
        day = self.day
        if day is None or span(event.occurred)[0][0] <= day:
            return True
        dated = [when for _status, when in event.found] + [said.date for said in event.said]
        return any(last_day(when) <= day for when in dated)

    def live(self, event: Event) -> list[Said]:
        """Return the claims that stand, on the day where one is given."""
        standing = []
        for n, said in enumerate(event.said):
            ends = [last_day(later.date) for later in event.said if later.supersedes == n]
            if self.day is None:
                if not ends:
                    standing.append(said)
            elif last_day(said.date) <= self.day and all(end > self.day for end in ends):
                standing.append(said)
        return standing

    # R5: groups of parameters, each of one row

    def threshold(self) -> int:
        """Return from which level on a claim traces to a state or an actor (R6)."""
        return int(self.one("min_level") or 3)

    def rows(self, event: Event, group: str, threshold: int) -> list[Row]:
        """Return what the viewer may see of a group, whatever is asked."""
        if group == "event_type":
            codes = (event.type, *event.other)
            return [_row({"event_type": code}, n == 0) for n, code in enumerate(codes)]
        if group == "domain":
            return [_row({"domain": code}, n == 0) for n, code in enumerate(event.domains)]
        if group == "place":
            return [self._place(event, place) for place in event.places if place.role != "launched"]
        if group == "target":
            return [
                _row(
                    {"target_country": a.country, "sector": a.sector, "target_kind": a.kind},
                    a.primary,
                )
                for a in event.aims
            ]
        if group == "article":
            return [
                _row(
                    {
                        "publisher": text.publisher,
                        "language": text.language,
                        "article": text.digest,
                    },
                    source=text,
                )
                for text in event.texts
                if self.reads(text)
            ]
        return [self._claim(said, threshold) for said in self.live(event)]

    def _place(self, event: Event, place: Place) -> Row:
        first, last = span(event.occurred)[0]
        regions: tuple[set[str], set[str]] = (set(), set())
        for region, members in MEMBERS.items():
            since, until = members.get(place.country, (date.max, date.min))
            if since <= first and last <= until:
                regions[0].add(region)
            if since <= last and first <= until:
                regions[1].add(region)
        country = {"country": {place.country}}
        return Row(
            {**country, "region": regions[0]},
            {**country, "region": regions[1]},
            place.primary,
            place,
        )

    def _claim(self, said: Said, threshold: int) -> Row:
        firm = said.about == "actor" and level(said) >= threshold
        traced = firm and said.role not in ("none", "tolerated")
        return _row(
            {
                "attributed_to": said.state if traced else "",
                "actor": MERGED.get(said.actor, said.actor) if firm else "",
                "claimant_kind": said.kind,
                "state_role": said.role,
            },
            source=said,
            of_level=level(said),
        )

    def wanted(self, name: str) -> list[str]:
        """Return the values asked of a parameter of rows, without `none`."""
        asked = self.many(name)
        return asked if name == "state_role" else [code for code in asked if code != NONE]

    def lacking(self, group: str) -> list[str]:
        """Return the parameters of a group of which `none` is asked."""
        return [
            name
            for name, of in GROUP.items()
            if of == group and name != "state_role" and NONE in self.many(name)
        ]

    def fitting(self, event: Event, group: str, *, surely: bool) -> list[Row]:
        """Return the rows that satisfy what is asked of their group, `none` aside."""
        names = [name for name, of in GROUP.items() if of == group]
        only_primary = any(name in self.many("primary") for name in names)
        rows = []
        for row in self.rows(event, group, self.threshold()):
            values = row.surely if surely else row.possibly
            fits = all(
                not self.wanted(name) or values[name] & set(self.wanted(name))
                for name in names
                if name != "bbox"
            )
            if group == "place" and self.one("bbox"):
                fits = fits and self._in_box(row.source)
            if group == "claim" and self.one("min_level"):
                fits = fits and row.level >= int(self.one("min_level"))
            if fits and (row.primary or not only_primary):
                rows.append(row)
        return rows

    def _in_box(self, place: Place) -> bool:
        west, south, east, north = map(float, self.one("bbox").split(","))
        if place.precision not in ("exact", "place", "maritime_area"):
            return False
        if place.lat is None or place.lon is None or not south <= place.lat <= north:
            return False
        if west > east:
            return place.lon >= west or place.lon <= east
        return west <= place.lon <= east

    def _kept(self, event: Event, group: str, *, surely: bool) -> bool:
        names = [name for name, of in GROUP.items() if of == group]
        rows = self.fitting(event, group, surely=surely)
        narrows = any(self.wanted(name) for name in names)
        narrows |= group == "claim" and bool(self.one("min_level"))
        if group in ("event_type", "domain") and NONE in self.many(group):
            # The one parameter of its group: none or one of the other values.
            return bool(narrows and rows) or not self.rows(event, group, 1)
        if narrows and not rows:
            return False
        for name in self.lacking(group):
            # Surely none has one where not even possibly one has.
            if name == "region":
                rows = self.fitting(event, group, surely=not surely)
            if any((row.possibly if surely else row.surely)[name] for row in rows):
                return False
        if group == "claim" and self.many("level") and not self._level_by_group:
            top = max((row.level for row in rows), default=0)
            return str(top) in self.many("level")
        return True

    def sources(self, event: Event) -> int:
        """Count the sources that the texts the viewer may read rest on; copies are one."""
        found = set()
        for place, text in enumerate(event.texts):
            if not self.reads(text):
                continue
            for _step in range(3):
                if text.after is None or not self.reads(event.texts[text.after]):
                    break
                place, text = text.after, event.texts[text.after]
            found.add(_folded(text.wire).strip() or place)
        return len(found)

    def contested(self, event: Event) -> bool:
        """Tell whether live claims contradict each other."""
        live = self.live(event)
        if any(s.stance == "rules_out" and s.kind not in PERSONA_OR_ACCUSED for s in live):
            return True
        naming = [s for s in live if s.about == "actor" and s.stance == "asserts"]
        return len({s.state for s in naming if s.state}) > 1

    # R7, R8: when

    @property
    def period(self) -> Days | None:
        """The days asked for."""
        if self.one("year"):
            return days(self.one("year"))
        if not (self.one("from") or self.one("to")):
            return None
        first = days(self.one("from"))[0] if self.one("from") else date.min
        return first, days(self.one("to"))[1] if self.one("to") else date.max

    def dated(self, event: Event, rows: Iterable[Row] | None = None) -> tuple[Days, Days] | None:
        """Return the days of start and end on the time basis, or None where there is no date."""
        basis = self.one("time_basis") or "onset"
        if basis == "onset":
            start = span(event.occurred)[0]
        elif basis == "active":
            return span(event.span or event.occurred)
        elif basis == "recorded":
            if event.state in ("draft", "in_review") and not event.after:
                return None
            day = date.fromisoformat(event.recorded)
            start = day, day
        else:
            if basis == "reported":
                texts = [row.source.published for row in self.rows(event, "article", 1)]
            else:
                fitting = self.fitting(event, "claim", surely=True) if rows is None else rows
                texts = [row.source.date for row in fitting if row.level >= 1]
            spans = [span(text) for text in texts if text]
            if not spans:
                return None
            upper = 1 if basis == "attributed" else 0
            start = min(s[0][0] for s in spans), min(s[upper][1] for s in spans)
        return start, start

    def falls(self, when: tuple[Days, Days] | None, period: Days, *, surely: bool) -> bool:
        """Tell whether a start and an end fall into a period."""
        if when is None:
            return False
        (first, last), (end_first, end_last) = when
        if self.one("time_basis") == "active":
            if surely:
                return last <= period[1] and end_first >= period[0]
            return first <= period[1] and end_last >= period[0]
        if surely:
            return period[0] <= first and last <= period[1]
        return first <= period[1] and last >= period[0]

    # all together

    def matches(self, event: Event, *, surely: bool, dates: bool = True) -> bool:
        """Tell whether an edition satisfies the question."""
        asked = (
            self.sees(event)
            and self.stands(event)
            and self.known(event)
            and all(_says(event, word) for word in _folded(self.one("q")).split())
            and self._columns(event)
            and all(self._kept(event, g, surely=surely) for g in sorted(set(GROUP.values())))
        )
        if not asked:
            return False
        wanted = {"true": True, "false": False}.get(self.one("contested"))
        if wanted not in (None, self.contested(event)):
            return False
        if self.sources(event) < int(self.one("independent_min") or 0):
            return False
        if dates and self.period:
            return self.falls(self.dated(event), self.period, surely=surely)
        return True

    def _columns(self, event: Event) -> bool:
        status = self.status(event)
        named = self.many("status") or self.many("outcome")
        statuses, outcomes = SERIES[self.one("series") or ("all" if named else "core")]
        severity = NONE if event.severity is None else str(event.severity)
        columns = {
            "status": status,
            "outcome": event.outcome,
            "severity": severity,
            "campaign": event.campaign or NONE,
            "marking": event.present or event.marking,
        }
        beside = [item.split(":") for item in self.many("primary") if ":" in item]
        return (
            status in statuses
            and event.outcome in outcomes
            and all(not self.many(n) or code in self.many(n) for n, code in columns.items())
            and all(primary_value(event, name) == code for name, code in beside)
        )

    def keys(self, *, surely: bool) -> set[str]:
        """Return the keys of the editions that match."""
        return {event.key for event in self.events if self.matches(event, surely=surely)}

    # R4: groups

    def groups(
        self, event: Event, *, surely: bool
    ) -> Iterator[tuple[tuple[str, ...], list[Row] | None]]:
        """Yield the groups that an edition is in, and the claims that put it there."""
        parts: list[list[tuple[dict[str, str], list[Row] | None]]] = []
        together: dict[str, list[str]] = defaultdict(list)
        for name in self.by:
            group = "claim" if name == "level" else GROUP.get(name)
            if group and (name in ROW_ONLY or name == "level" or self.assign == "any"):
                together[group].append(name)
            else:
                parts.append([({name: self._column(event, name)}, None)])
        for group, names in together.items():
            parts.append(list(self._row_groups(event, group, names, surely=surely)))
        for combination in product(*parts):
            values: dict[str, str] = {}
            rows = None
            for some, behind in combination:
                values |= some
                rows = behind if behind is not None else rows
            yield tuple(values[name] for name in self.by), rows

    def _column(self, event: Event, name: str) -> str:
        if name == "status":
            return self.status(event)
        if name == "outcome":
            return event.outcome
        if name == "severity":
            return NONE if event.severity is None else str(event.severity)
        return (event.campaign or NONE) if name == "campaign" else primary_value(event, name)

    def _values(self, event: Event, group: str, *, surely: bool) -> list[tuple[Row, Any]]:
        """Return the fitting rows with the values that they are grouped by."""
        found = []
        for row in self.fitting(event, group, surely=surely):
            same = self._claim(row.source, self.threshold()) if group == "claim" else row
            values = dict(same.surely if surely else same.possibly)
            if "region" in values and self.wanted("region"):
                values["region"] = values["region"] & set(self.wanted("region"))
            found.append((row, values))
        return found

    def _row_groups(
        self, event: Event, group: str, names: list[str], *, surely: bool
    ) -> Iterator[tuple[dict[str, str], list[Row] | None]]:
        here = self._values(event, group, surely=surely)
        # What has no value surely has none possibly.
        there = self._values(event, group, surely=not surely) if "region" in names else here
        valued = [name for name in names if name != "level"]

        def behind(keep: Callable[[Any], bool]) -> list[Row] | None:
            return [row for row, values in here if keep(values)] if group == "claim" else None

        def step(some: dict[str, str], rows: list[Row] | None) -> dict[str, str]:
            if "level" in names:
                some = {**some, "level": str(max((row.level for row in rows or []), default=0))}
            return some

        if not valued:
            rows = behind(lambda values: True)
            yield step({}, rows), rows
        elif len(valued) == 1:
            (name,) = valued
            for code in sorted(set().union(*(values[name] for _row, values in here))):
                rows = behind(lambda values, code=code: code in values[name])  # type: ignore[misc]
                yield step({name: code}, rows), rows
            if not any(values[name] for _row, values in there):
                rows = behind(lambda values: True)
                yield step({name: NONE}, rows), rows
        else:
            one, other = valued
            for some in sorted(self._pairs(here, there, one, other)):
                rows = behind(
                    lambda values, some=some: all(  # type: ignore[misc]
                        code == NONE or code in values[name]
                        for name, code in zip((one, other), some, strict=True)
                    )
                )
                yield dict(zip((one, other), some, strict=True)), rows

    @staticmethod
    def _pairs(here: Any, there: Any, one: str, other: str) -> set[tuple[str, str]]:
        """Return the pairs of values that one row has, or has one of beside none of the other."""
        pairs = {pair for _row, v in here for pair in product(v[one], v[other])}
        # Only whether a place is in a region is not known for certain.
        no_one, no_other = (there if name == "region" else here for name in (one, other))
        for code in {code for _row, v in here for code in v[one]}:
            if not any(v[other] for _row, v in no_other if code in v[one]):
                pairs.add((code, NONE))
        for code in {code for _row, v in here for code in v[other]}:
            if not any(v[one] for _row, v in no_one if code in v[other]):
                pairs.add((NONE, code))
        if not any(v[one] for _row, v in no_one) and not any(v[other] for _row, v in no_other):
            pairs.add((NONE, NONE))
        return pairs

    # cells

    @property
    def _level_by_group(self) -> bool:
        """Tell whether a level asked for is that of the claims of each group (R5: of one row)."""
        return self._counting and bool({GROUP.get(name) for name in self.by} & {"claim"})

    def cells(self) -> Cells:
        """Count every group and bucket, each edition by itself."""
        if name := self._beside_none():
            return self._cell_by_cell(name)
        cells = Cells()
        self._counting = True
        for surely in (False, True):
            for event in self.events:
                if not self.matches(event, surely=surely, dates=False):
                    continue
                for group, rows in self.groups(event, surely=surely):
                    top = str(max((row.level for row in rows or []), default=0))
                    if not self._level_by_group or top in (self.many("level") or [top]):
                        self._add(cells, event, group, self.dated(event, rows), surely=surely)
        self._counting = False
        if self.interval:
            self._list_buckets(cells)
        return cells

    def _beside_none(self) -> str:
        """Return a dimension whose rows are asked to lack another value: no row of *its* value."""
        for name in self.by:
            by_rows = name in ROW_ONLY or (self.assign == "any" and name in GROUP)
            if by_rows and set(self.lacking(GROUP[name])) - {name, "event_type", "domain"}:
                return name
        return ""

    def _cell_by_cell(self, name: str) -> Cells:
        """Ask for each value of a dimension by itself."""
        cells = Cells()
        found = {
            code
            for event in self.events
            for row in self.rows(event, GROUP[name], self.threshold())
            for code in row.possibly[name]
        }
        position = list(self.by).index(name)
        rest = [other for other in self.by if other != name]
        for code in sorted(set(self.many(name) or [*found, NONE])):
            asked = replace(self, params={**self.params, name: [code]}, by=rest, _counting=False)
            if rest or self.interval:
                part = asked.cells()
            else:
                part = Cells()
                part.certain[("",)] = asked.keys(surely=True)
                part.possible[("",)] = asked.keys(surely=False)
            for side in ("certain", "possible", "undated"):
                for group, keys in getattr(part, side).items():
                    key = (*group[:position], code, *group[position:])
                    getattr(cells, side)[key] |= keys
            cells.seen |= part.seen
        if self.interval:
            self._list_buckets(cells)
        return cells

    def _add(
        self, cells: Cells, event: Event, group: tuple[str, ...], when: Any, *, surely: bool
    ) -> None:
        side = cells.certain if surely else cells.possible
        if self.period and not self.falls(when, self.period, surely=surely):
            return
        cells.groups.add(group)
        if not self.interval:
            side[(*group, "")].add(event.key)
            return
        if when is None:
            if surely:
                cells.undated[(*group, "no date")].add(event.key)
            return
        cells.seen |= self._seen(when)
        first, last = when[0][0], when[0][1]
        if self.one("time_basis") == "active":
            last = when[1][1]
        for bucket in buckets(first, min(last, self.horizon(first)), self.interval):
            asked = self._cut(bucket)
            if asked[0] <= asked[1] and self.falls(when, asked, surely=surely):
                side[(*group, name_of(bucket[0], self.interval))].add(event.key)
        if surely and self.one("time_basis") != "active":
            one, other = (start_of(day, self.interval) for day in when[0])
            if one != other:
                same = first.year == last.year
                label = str(first.year) if same else "several years"
                cells.undated[(*group, label)].add(event.key)

    def _seen(self, when: Any) -> set[date]:
        last = when[1][1] if self.one("time_basis") == "active" else when[0][1]
        return {when[0][0], min(last, self.horizon(when[0][0]))}

    def horizon(self, first: date) -> date:
        """Return until when buckets go: the end of what is asked, else today (R8)."""
        if self.period and self.period[1] != date.max:
            return self.period[1]
        return max(self.today, first)

    def _cut(self, bucket: Days) -> Days:
        if not self.period:
            return bucket
        return max(bucket[0], self.period[0]), min(bucket[1], self.period[1])

    def _list_buckets(self, cells: Cells) -> None:
        first, last = min(cells.seen, default=None), max(cells.seen, default=None)
        if self.period and self.period[0] != date.min:
            first = self.period[0]
        if self.period and self.period[1] != date.max:
            last = self.period[1]
        if first and last:
            listed = buckets(first, last, str(self.interval))
            cells.buckets = [name_of(bucket[0], str(self.interval)) for bucket in listed]


@dataclass
class Cells:
    """The keys of every group and bucket, certain and possible."""

    certain: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    possible: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    undated: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    groups: set[tuple[str, ...]] = field(default_factory=set)
    buckets: list[str] = field(default_factory=list)
    seen: set[date] = field(default_factory=set)


def primary_value(event: Event, name: str) -> str:
    """Return the value of the primary row of an edition."""
    if name == "event_type":
        return event.type
    if name == "domain":
        return event.domains[0] if event.domains else NONE
    if name == "country":
        return next((place.country for place in event.places if place.primary), NONE)
    column = {"target_country": "country", "target_kind": "kind"}.get(name, name)
    return next((getattr(a, column) for a in event.aims if a.primary), NONE)


def _row(
    values: dict[str, str], primary: bool = False, source: Any = None, of_level: int = 0
) -> Row:
    sets = {name: {code} if code else set() for name, code in values.items()}
    return Row(sets, sets, primary, source, of_level)


def _folded(text: str) -> str:
    return text.lower().translate(str.maketrans("łóźżśćąęń", "lozzscaen"))


def _says(event: Event, word: str) -> bool:
    """Tell whether a word of the title or the summary begins so."""
    summary = "what is known of it fills two lines for less than that is not published at all"
    return any(said.startswith(word) for said in f"{_folded(event.title)} {summary}".split())


# -- buckets -------------------------------------------------------------------------------


def start_of(day: date, interval: str) -> date:
    """Return the first day of the bucket of a day."""
    if interval == "week":
        return day - timedelta(days=day.isoweekday() - 1)
    if interval == "day":
        return day
    month = {"month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1, "year": 1}[interval]
    return date(day.year, month, 1)


def buckets(first: date, last: date, interval: str) -> list[Days]:
    """Return the first and last day of every bucket that holds a day from `first` to `last`."""
    listed = []
    start = start_of(first, interval)
    while start <= last:
        ahead = {"day": 1, "week": 7, "month": 35, "quarter": 95, "year": 370}[interval]
        following = start_of(start + timedelta(days=ahead), interval)
        listed.append((start, following - timedelta(days=1)))
        start = following
    return listed


def name_of(start: date, interval: str) -> str:
    """Return what a bucket is called."""
    if interval == "year":
        return f"{start.year}"
    if interval == "quarter":
        return f"{start.year}-Q{start.month // 3 + 1}"
    if interval == "week":
        return "{}-W{:02d}".format(*start.isocalendar()[:2])
    return start.isoformat()[:7] if interval == "month" else start.isoformat()
