"""Records with their editions and the rows of these, in batches that need little memory."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final, NamedTuple

from articles.codebook import Marking
from incidents.codebook import ONCE_PUBLIC, ChangeReason, State

from . import directories
from .claimed import claimed, ends_of
from .columns import Batch, Column, Keys, Row
from .contents import Citing, Content, Contents
from .dating import DAY_OF_FIRST_RECORD, DAYS, FIRST_RECORD, SPAN, bounds
from .dice import weighted, zipf
from .words import phrase

BATCH: Final = 5000
# Letters of provisional references, as `models.editions` draws them.
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_RECENT: Final = 3000
_DAY: Final = timedelta(days=1)
_STRICTNESS: Final = {marking.value: marking.strictness for marking in Marking}
# The states of a record's editions, in per cent of the records.
PLANS: Final[dict[tuple[State, ...], float]] = {
    (State.PUBLISHED,): 88.5,
    (State.SUPERSEDED, State.PUBLISHED): 3.7,
    (State.SUPERSEDED, State.SUPERSEDED, State.PUBLISHED): 1,
    (State.PUBLISHED, State.DRAFT): 1,
    (State.SUPERSEDED, State.WITHDRAWN): 0.3,
    (State.WITHDRAWN,): 1,
    (State.DRAFT,): 2.5,
    (State.IN_REVIEW,): 1,
    (State.CHANGES_REQUESTED,): 0.5,
    (State.DISCARDED,): 0.5,
}
# Each step of an edition makes a new version of it.
_VERSIONS: Final = {
    State.DRAFT: 1,
    State.IN_REVIEW: 2,
    State.DISCARDED: 2,
    State.CHANGES_REQUESTED: 3,
    **dict.fromkeys(ONCE_PUBLIC, 3),
}
_REASONS: Final = {
    ChangeReason.NEW_SOURCE: 5,
    ChangeReason.CORRECTION: 3,
    ChangeReason.RECLASSIFIED: 2,
}


class _Times(NamedTuple):
    """When an edition came and went, as both databases take it."""

    created: str
    changed: str
    submitted: str | None
    published: str | None
    ended: str | None


def batches(count: int, seed: int, keys: Keys) -> Iterator[Batch]:
    """Yield `count` records with all that belongs to them, as rows by table."""
    generator = _Generator(count, seed, keys)
    yield generator.directories
    for start in range(0, count, BATCH):
        yield generator.batch(range(start, min(start + BATCH, count)))
    yield {"incidents.referencecounter": sorted(generator.references.items())}


class _Generator:
    """One pass over all records; what grows with them is two numbers for each."""

    def __init__(self, count: int, seed: int, keys: Keys) -> None:
        self._count, self._keys = count, keys
        rng = Random(seed)  # noqa: S311  nothing here is secret
        self._random, self._choices = rng.random, rng.choices
        self._outlets, actors = directories.publishers(), directories.actors()
        self.directories: Batch = {
            "articles.publisher": self._outlets,
            "incidents.actor": actors,
            "incidents.actoralias": directories.aliases(actors),
            "incidents.actorparent": directories.parents(actors),
            "incidents.campaign": directories.campaigns(),
        }
        self._contents = Contents(rng, actors)
        self._plan = weighted(rng, PLANS)
        self._outlet = zipf(rng, self._outlets)
        self._reason = weighted(rng, {reason.value: w for reason, w in _REASONS.items()})
        self._rarely = weighted(rng, {True: 8, False: 92})
        wires = {"": 85, "Velmar Wire": 8, "Nordal Press Agency": 7}
        self._wire = weighted(rng, {phrase(name): weight for name, weight in wires.items()})
        self._last: dict[str, int] = defaultdict(int)
        self._clear = array("I")  # the articles that everybody may read
        self._batch: Batch = {}
        self.references: Counter[int] = Counter()

    def batch(self, records: range) -> Batch:
        """Return some records with all that belongs to them."""
        self._batch = defaultdict(list)
        for number in records:
            self._record(number)
        return dict(self._batch)

    def _add(self, table: str, *columns: Column) -> int:
        key = self._last[table] = self._last[table] + 1
        self._batch[table].append((key, *columns))
        return key

    def _record(self, number: int) -> None:
        moment = FIRST_RECORD + timedelta(seconds=number * SPAN // self._count)
        known = DAY_OF_FIRST_RECORD + (moment - FIRST_RECORD).days
        plan = self._plan()
        content = self._contents.content(known, self._citing(number + 1))
        public = plan[0] in ONCE_PUBLIC
        self._article(content, public=public, day=known, at=str(moment))
        marking = content.marking if public else Marking.AMBER.value
        times = _lives(plan, moment, self._random())
        withdrawn = plan[-1] == State.WITHDRAWN
        record = self._add(
            "incidents.record",
            marking,
            self._keys.organisation,
            self._reference(content, times[0]) if public else None,
            "P-" + "".join(self._choices(_ALPHABET, k=12)),
            None,
            f'{{"other": "X{number}"}}' if self._rarely() else "{}",
            times[0].published,
            "It was reported of another place." if withdrawn else "",
            self._keys.reviewer if withdrawn else None,
            None,
            DAYS[known] if public and self._rarely() else None,
            self._keys.author,
            str(moment),
        )
        last_public = sum(state in ONCE_PUBLIC for state in plan)
        for place, (state, lived) in enumerate(zip(plan, times, strict=True), 1):
            left = max(0, last_public - place)
            self._edition(record, place, state, lived, content, marking, left)

    def _citing(self, own: int) -> Citing:
        """Return what a record cites: its own article, and others, most of them recent."""
        there = len(self._clear)
        wanted = min(self._contents.citing() - 1, there)
        others: dict[int, None] = {}
        for _each in range(wanted):
            drawn = self._random()
            back = int(drawn * 10 / 7 * min(_RECENT, there)) if drawn < 0.7 else there
            place = there - 1 - back if back < there else int(there * self._random() ** 3)
            others[self._clear[place]] = None
        return Citing(own, list(others))

    def _reference(self, content: Content, first: _Times) -> str | None:
        """Return the next public reference of the year of publication, where it was CLEAR."""
        if content.marking != Marking.CLEAR or first.published is None:
            return None
        year = int(first.published[:4])
        self.references[year] += 1
        return f"HTI-{year}-{self.references[year]:05d}"

    def _article(self, content: Content, *, public: bool, day: int, at: str) -> None:
        """Add the article that a record cites first; publishing releases it."""
        key, _name, slug, domain, _kind, _country, language, *_rest = self._outlet()
        own = self._last["articles.article"] + 1
        marking = Marking.AMBER.value
        if public:
            cited = max(str(content.citations[0][4]), content.marking, key=_strictness)
            marking = min(cited, marking, key=_strictness)
        title, date = str(content.columns[0]), "" if self._rarely() else DAYS[day]
        url = f"https://{domain}/{DAYS[day][:4]}/{slug}-{own}"
        first, last, *_ends = bounds(date) if date else (None, None)
        origin = self._clear[-1] if self._clear and self._rarely() else None
        self._add(
            "articles.article",
            marking,
            self._keys.organisation,
            url,
            # The address is in its canonical form already.
            hashlib.sha256(url.encode()).hexdigest(),
            "",
            key,
            None,
            f"{title}: what is known",
            language,
            date,
            first,
            last,
            "",
            origin,
            *self._wire(),
            None,
            int(public),
            self._keys.author,
            at,
        )
        if public and marking == Marking.CLEAR:
            self._clear.append(own)

    def _edition(
        self,
        record: int,
        number: int,
        state: State,
        lived: _Times,
        content: Content,
        marking: str,
        left: int,
    ) -> None:
        """Add an edition; it lacks the last `left` claims, and findings that came later."""
        claims = content.claims[: len(content.claims) - left] if left else content.claims
        findings = content.findings[:1] if left else content.findings
        public = state in ONCE_PUBLIC
        edition = self._add(
            "incidents.incident",
            record,
            number,
            0,
            None,
            "",
            "",
            *content.columns,
            findings[-1][2] if findings else "alleged",
            *claimed(claims),
            content.marking if public else max(content.marking, marking, key=_strictness),
            state.value,
            self._reason() if number > 1 else "",
            "",
            _VERSIONS[state],
            self._keys.reviewer if public else None,
            *lived,
        )
        add = self._add
        add("incidents.incident_authors", edition, self._keys.author)
        for coding in content.codings:
            add("incidents.coding", edition, *coding)
        for row in content.locations:
            add("incidents.location", edition, *row)
        for row in content.targets:
            add("incidents.target", edition, *row)
        cited = [add("incidents.citation", edition, *row) for row in content.citations]
        for table, rows in (("effect", content.effects), ("statusfinding", findings)):
            for uid, source, *rest in rows:
                add(f"incidents.{table}", edition, uid, cited[int(source or 0)], *rest)
        self._claims(edition, claims, content.sources, cited)

    def _claims(
        self, edition: int, claims: list[Row], sources: list[tuple[int, ...]], cited: list[int]
    ) -> None:
        """Add claims, and until when each was live."""
        ends = ends_of(claims)
        made: list[int] = []
        for place, (row, named) in enumerate(zip(claims, sources, strict=False)):
            uid, earlier, *rest = row
            supersedes = None if earlier is None else made[int(earlier)]
            claim = self._add("incidents.claim", edition, uid, supersedes, ends.get(place), *rest)
            made.append(claim)
            for source in named:
                self._add("incidents.claim_citations", claim, cited[source])


def _strictness(marking: str) -> int:
    return _STRICTNESS[marking]


def _lives(plan: tuple[State, ...], moment: datetime, drawn: float) -> list[_Times]:
    """Return when each edition of a record that was made at `moment` came and went."""
    # An edition stays for up to 200 days, and none comes after the last day.
    left = SPAN - (moment - FIRST_RECORD).total_seconds()
    stays = max(60, int(drawn * min(left / len(plan), 200 * 86_400)))
    lives = []
    for place, state in enumerate(plan):
        published = moment + 2 * _DAY + timedelta(seconds=place * stays)
        created, submitted = moment, moment + _DAY
        if place:
            created = published - timedelta(seconds=stays // 2)
            submitted = published - timedelta(seconds=stays // 4)
        if state not in ONCE_PUBLIC:
            handed_in = str(submitted) if state == State.IN_REVIEW else None
            changed = created if state == State.DRAFT else submitted
            lives.append(_Times(str(created), str(changed), handed_in, None, None))
            continue
        ended = None if state == State.PUBLISHED else str(published + timedelta(seconds=stays))
        lives.append(_Times(str(created), str(published), str(submitted), str(published), ended))
    return lives
