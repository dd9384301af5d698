"""What a question asks for: the incidents and the child rows that satisfy it.

Each parameter belongs to a group, and a group speaks of one child row (R5). A group narrows
one child queryset that starts at its own `visible_to`; the incident is kept by one semi-join.
What narrows by a value (`_holds`) and what groups by it (`_value`) read the same columns, so
a cell and the list behind its link do not disagree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Case, Expression, F, Max, Min, OuterRef, Q, Subquery, When
from django.db.models.expressions import Value
from django.db.models.functions import Coalesce, NullIf, TruncDate

from articles.edtf import Interval

from .codebook import About, AttributionLevel
from .models import Actor, Citation, Claim, Coding, Incident, Location, Target
from .querysets.children import tracing
from .querysets.editions import IncidentQuerySet, there, touching_days, within_days
from .regions import REGIONS

NONE: Final = "none"
OFFICIAL: Final = AttributionLevel.OFFICIAL

# The group of each parameter that is a value of a child row; each group speaks of one row.
GROUPS: Final[dict[str, str]] = {
    "event_type": "event_type",
    "domain": "domain",
    "country": "place",
    "region": "place",
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
# Parameters of a group that narrow its row without being a value one can group by.
BESIDES: Final[dict[str, tuple[str, ...]]] = {
    "place": ("bbox",),
    "claim": ("min_level", "level"),
}
# Where the value of a parameter stands in its row under another name.
_COLUMNS: Final = {
    "event_type": "code",
    "domain": "code",
    "target_country": "country",
    "publisher": "article__publisher__slug",
    "language": "article__language",
    "article": "article__address_digest",
}
# The edition's own columns that hold the value of its primary row.
PRIMARY: Final = ("country", "event_type", "domain", "sector", "target_kind", "target_country")
# What groups or asks by a state or an actor has a least level, "by officials" if none is named.
LEVELLED: Final = ("attributed_to", "actor")
# From so many rows on, a page is full sooner by walking the order than by sorting all of them.
COMMON: Final = 5_000
BASES: Final = ("onset", "active", "reported", "attributed", "recorded")


@dataclass(frozen=True)
class Question:
    """What was asked, cleaned, and by whom.

    `asked` holds the parameters as given, in one normal order; `values` their typed values
    with the defaults filled in, and `assumed` the names of those defaults.
    """

    asked: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Any]
    asker: User | AnonymousUser = field(compare=False)
    assumed: frozenset[str] = frozenset()

    # -- the incidents ---------------------------------------------------------------------

    def incidents(self, *, walked: bool = False) -> IncidentQuerySet:
        """Return the incidents that the question lists."""
        return self.matching(surely=self.values["date_match"] != "possible", walked=walked)

    def matching(
        self, *, surely: bool, series: bool = True, known: bool = True, walked: bool = False
    ) -> IncidentQuerySet:
        """Return the incidents that match for certain, or also those that possibly do (R8).

        Without `series`, what the series leaves out is there too; with `known` False, only
        what was not yet known on the day of `known_on`. What is to be `walked` in an order until
        a page is full is asked one by one for rows that many have.
        """
        values = self.values
        found = self.editions().as_known_on(values["known_on"])
        if values["known_on"]:
            found = found.known_by(values["known_on"], self.asker, known, past=self.past)
        if values["q"]:
            found = found.saying(values["q"])
        for name, column in (("status", "known_status"), ("outcome", "outcome")):
            if values[name]:
                found = found.filter(**{f"{column}__in": values[name]})
        if values["marking"]:
            found = found.filter(effective_marking__in=values["marking"])
        found = _valued(found, "campaign__slug", values["campaign"])
        found = _valued(found, "severity", values["severity"])
        for name, code in values["primary_values"]:
            found = found.filter(**{name: "" if code == NONE else code})
        if series:
            found = found.in_series(values["series"])
        for group in dict.fromkeys(GROUPS.values()):
            found = self._kept(found, group, surely=surely, walked=walked)
        found = self._sourced(self._contested(found))
        return self._dated(found, surely=surely)

    def editions(self) -> IncidentQuerySet:
        """Return the editions that are asked about, one of a record at most (R2, R11).

        Who may read them is judged today, also where the past is asked for.
        """
        visible = Incident.objects.visible_to(self.asker, past=self.past)
        if self.past:
            return visible.public_at(end_of(self.values["as_of"]))
        return visible.in_state(self.values["state"])

    @property
    def past(self) -> bool:
        """Whether the question is about what was published on a day."""
        return self.values["as_of"] is not None

    def timed(self, found: IncidentQuerySet) -> IncidentQuerySet:
        """Annotate the bounds of the time basis: `start_first`, `start_last` and of the end.

        Both are null where an incident has no date on this basis.
        """
        basis = self.values["time_basis"]
        if basis == "onset":
            return found.annotate(start_first=F("onset_from"), start_last=F("onset_to"))
        if basis == "active":
            return found.annotate(
                start_first=F("active_from"),
                start_last=F("active_to"),
                end_first=F("active_end_from"),
                end_last=F("active_end_to"),
            )
        if basis == "recorded":
            day = TruncDate("record__first_published_at")
            return found.annotate(start_first=day, start_last=day)
        if basis == "reported":
            rows = self.visible("article")
            bounds = ("article__published_from", "article__published_to")
        else:
            rows = self.rows("claim").at_least(AttributionLevel.REPORTED)
            bounds = ("date_from", "date_to")
        own = rows.filter(incident=OuterRef("pk")).order_by().values("incident")
        first, last = (own.annotate(day=Min(bound)).values("day") for bound in bounds)
        return found.annotate(start_first=Subquery(first), start_last=Subquery(last))

    # -- the child rows --------------------------------------------------------------------

    def visible(self, group: str) -> Any:
        """Return the rows of a group that the asker may see, whatever is asked.

        The statement around them keeps editions that the asker may read, so that rows are
        judged by their own marking alone.
        """
        models: dict[str, Any] = {
            "place": Location,
            "target": Target,
            "claim": Claim,
            "article": Citation,
        }
        model = models.get(group, Coding)
        rows = model.objects.visible_to(self.asker, past=self.past, beneath=True)
        if group == "place":
            return rows.happened()
        if group == "claim":
            return rows.live(self.values["known_on"])
        return rows if group in models else rows.filter(axis=group)

    def rows(self, group: str, *, surely: bool = True) -> Any:
        """Return the rows that satisfy what is asked of a group, `none` aside."""
        rows = self._primary_rows(group)
        values = self.values
        for name, _group in GROUPS.items():
            if _group == group and (wanted := self._wanted(name)):
                if name == "region":
                    rows = rows.in_regions(wanted, surely=surely)
                else:
                    rows = rows.filter(self._holds(name, wanted))
        if group == "place" and values["bbox"]:
            rows = rows.within(values["bbox"])
        if group == "claim" and values["min_level"] and "min_level" not in self.assumed:
            rows = rows.at_least(values["min_level"])
        return rows

    def _primary_rows(self, group: str) -> Any:
        """Return the visible rows of a group, only the primary ones where those are asked for."""
        rows = self.visible(group)
        if any(GROUPS[name] == group for name in self.values["primary"]):
            rows = rows.filter(primary=True)
        return rows

    def valued(self, rows: Any, name: str) -> Any:
        """Annotate rows with their value of a parameter, null for none."""
        return rows.annotate(**{f"{name}_value": self._value(name)})

    @property
    def threshold(self) -> int:
        """The least level at which a claim counts as tracing to a state or an actor (R6)."""
        return int(self.values["min_level"] or OFFICIAL)

    def _value(self, name: str) -> Expression | F:
        if name == "attributed_to":
            traced = tracing(self.threshold)
            return Case(When(traced, then=F("responsible_state")), default=None)
        if name == "actor":
            accused = Coalesce("accused_actor__merged_into__slug", "accused_actor__slug")
            return Case(
                When(about=About.ACTOR, level__gte=self.threshold, then=accused),
                default=None,
            )
        return NullIf(F(_COLUMNS.get(name, name)), Value(""))

    def _holds(self, name: str, wanted: list[str]) -> Q:
        """Return the condition that `_value` is one of `wanted`, for which there are indexes."""
        if name == "attributed_to":
            return tracing(self.threshold) & Q(responsible_state__in=wanted)
        if name == "actor":
            present = Q(merged_into__isnull=True, slug__in=wanted)
            accused = Actor.objects.filter(present | Q(merged_into__slug__in=wanted))
            named = Q(accused_actor__in=accused.values("pk"))
            return Q(about=About.ACTOR, level__gte=self.threshold) & named
        return Q(**{f"{_COLUMNS.get(name, name)}__in": wanted})

    # -- narrowing -------------------------------------------------------------------------

    def _wanted(self, name: str) -> list[str]:
        """Return the values asked of a child parameter, without `none` for no value.

        Of a state's role `none` is a value: that no state was behind it.
        """
        values: list[str] = self.values[name]
        return [value for value in values if value != NONE or name == "state_role"]

    def _kept(
        self, found: IncidentQuerySet, group: str, *, surely: bool, walked: bool
    ) -> IncidentQuerySet:
        """Keep the incidents that one row of a group keeps."""
        names = [name for name, _group in GROUPS.items() if _group == group]
        narrows = self._narrows(group, names)
        lacking = [n for n in names if NONE in self.values[n] and NONE not in self._wanted(n)]
        levels = self.values["level"] if group == "claim" else []
        if not (narrows or lacking or levels):
            return found
        rows = self.rows(group, surely=surely)
        if narrows and group in lacking:
            # The group has one parameter only, so that “this or none” is plain.
            bare = self._primary_rows(group)
            return found.filter(Q(there(rows)) | ~there(bare))
        if narrows:
            common = walked and rows.order_by()[COMMON : COMMON + 1].exists()
            found = found.filter(there(rows)) if common else found.having(rows)
        for name in lacking:
            if name == "region":
                found = found.without(rows.in_regions(list(REGIONS), surely=not surely))
            else:
                valued = self.valued(rows, name)
                found = found.without(valued.filter(**{f"{name}_value__isnull": False}))
        return self._highest(found, rows, levels) if levels else found

    def _narrows(self, group: str, names: list[str]) -> bool:
        """Tell whether a row of the group has to be there at all."""
        values = self.values
        explicit_level = bool(values["min_level"]) and "min_level" not in self.assumed
        return (
            any(self._wanted(name) for name in names)
            or (group == "place" and bool(values["bbox"]))
            or (group == "claim" and explicit_level)
        )

    def _highest(self, found: IncidentQuerySet, rows: Any, levels: list[int]) -> IncidentQuerySet:
        """Keep incidents whose highest fitting claim has one of `levels`; 0 stands for none."""
        claimed = rows.filter(level__gt=0)
        if levels == [0]:
            return found.without(claimed)
        tops = rows.order_by().values("incident").annotate(top=Max("level"))
        kept = there(tops.filter(top__in=[n for n in levels if n]))
        return found.filter(Q(kept) | ~there(claimed) if 0 in levels else kept)

    def _contested(self, found: IncidentQuerySet) -> IncidentQuerySet:
        if self.values["contested"] is None:
            return found
        condition = self.contested()
        return found.filter(condition if self.values["contested"] else ~condition)

    def _sourced(self, found: IncidentQuerySet) -> IncidentQuerySet:
        least = self.values["independent_min"]
        if not least:
            return found
        return found.having(self.visible("article").of_several(self.asker, least))

    def contested(self) -> Q:
        """Return the condition that the live claims of an incident contradict each other."""
        ruling_out, differing = self.visible("claim").contesting()
        return Q(there(ruling_out)) | Q(there(differing))

    def highest_level(self) -> Any:
        """Return the highest level of the live claims of each incident, for a subquery."""
        own = self.visible("claim").filter(incident=OuterRef("pk")).order_by()
        return own.values("incident").annotate(top=Max("level")).values("top")

    def _dated(self, found: IncidentQuerySet, *, surely: bool) -> IncidentQuerySet:
        if self.period is None:
            return found
        return self.timed(found).filter(self.in_period(self.period, surely=surely))

    def in_period(self, period: Interval, *, surely: bool) -> Q:
        """Return the condition on the annotations of `timed` to fall into a period (R8)."""
        if self.values["time_basis"] == "active":
            if surely:
                return Q(start_last__lte=period.last, end_first__gte=period.first)
            return Q(start_first__lte=period.last, end_last__gte=period.first)
        return (within_days if surely else touching_days)(period, "start_first", "start_last")

    @property
    def period(self) -> Interval | None:
        """The days asked for, or None where no period is."""
        period: Interval | None = self.values["period"]
        return period

    # -- saying it -------------------------------------------------------------------------

    def params(self, **changes: Any) -> dict[str, list[str]]:
        """Return the parameters as asked, with some replaced; None takes one away."""
        merged: dict[str, Any] = {**{name: list(v) for name, v in self.asked.items()}, **changes}
        return {
            name: [str(v) for v in (value if isinstance(value, list | tuple) else [value])]
            for name, value in merged.items()
            if value is not None and value != []
        }

    def query(self, **changes: Any) -> str:
        """Return the question as the query of an address, in one normal order."""
        return joined(encoded(self.params(**changes)))

    def effective(self) -> dict[str, Any]:
        """Return all parameters with their defaults, as plain values."""
        shown: dict[str, Any] = dict(self.params())
        for name in sorted(self.assumed):
            value = self.values[name]
            shown.setdefault(name, [value.isoformat() if isinstance(value, date) else str(value)])
        return {
            name: value[0] if len(value) == 1 and name not in GROUPS else value
            for name, value in sorted(shown.items())
        }


def encoded(params: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return each parameter with its values as it stands in the query of an address."""
    return {name: urlencode([(name, sorted(v))], doseq=True) for name, v in params.items()}


def joined(parts: Mapping[str, str]) -> str:
    """Return encoded parameters as a query, in one normal order."""
    return "&".join(parts[name] for name in sorted(parts) if parts[name])


def end_of(day: date) -> datetime:
    """Return the last moment of a day, in UTC."""
    return datetime.combine(day, time.max, UTC)


def _valued(found: IncidentQuerySet, column: str, wanted: list[Any]) -> IncidentQuerySet:
    """Keep incidents with one of the values in a column, where `none` stands for null."""
    if not wanted:
        return found
    kept = Q(**{f"{column}__in": [value for value in wanted if value != NONE]})
    if NONE in wanted:
        kept |= Q(**{f"{column.split('__')[0]}__isnull": True})
    return found.filter(kept)
