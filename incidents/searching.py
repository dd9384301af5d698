"""Searches across incidents and articles.

Law: a search starts at `visible_to` of the rows, so that what is hidden changes neither what is
found, nor its order, nor how much it is. No figure about all documents is used: what stands where
in one document places it, and then its day. The text of an article is searched and shown for
staff alone, as everybody else is shown no text on its page either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from articles.findable import Piece, marked, snippet, sought
from articles.models import Article
from articles.querysets import reads_unpublished

from . import cursors
from .codebook import WORKED_ON, State
from .directories import Reader
from .indexing import KINDS, SHIFT, Kind, place
from .models import Incident
from .parameters import MAX_WORDS, shown
from .refusals import InvalidQuestion

SALT: Final = "incidents.searching"
PAGE: Final = 50
# Of more than so many it is only said that there are more.
COUNTED: Final = 1_000
# So much of a text is read for what is shown of it.
READ: Final = 10_000
# What is found comes in this order: all words in the title, whole or as beginnings; then anywhere.
TIERS: Final = (("title", True), ("title", False), ("any", True), ("any", False))
_INCIDENTS, _ARTICLES = KINDS
# What is shown of a row, and written down of what is RED; the rest is not read.
_OF_INCIDENTS: Final = (
    *("title", "occurred", "country", "state", "number", "marking", "effective_marking"),
    *("record__reference", "record__provisional"),
)
_OF_ARTICLES: Final = (
    *("title", "address_digest", "language", "published", "marking"),
    *("publisher__name", "publisher__slug", "publisher__country"),
)
Words = list[tuple[str, ...]]
Rows = dict[Kind, QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Hit:
    """One incident or article that was found, and what is shown of it to whom it was found for."""

    kind: str
    row: Any
    title: list[Piece]
    text: list[Piece]
    place: tuple[int, int]  # its tier, and the key of its document


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what a search found; `total` is null where there are more than are counted."""

    words: str
    hits: list[Hit]
    total: int | None
    later: bool
    next: str | None

    @property
    def editions(self) -> list[Incident]:
        """The editions of incidents on the page."""
        return [hit.row for hit in self.hits if hit.kind == _INCIDENTS.name]


def search(
    text: str, user: Reader, after: str = "", size: int = PAGE, parameter: str = "after"
) -> Found:
    """Return a page of what `user` may read that holds every word of a text.

    Raises InvalidQuestion where it holds no word, too many, or the page, which a parameter names,
    is not one of its list.
    """
    words = _words(text)
    start = _read(after, user, parameter) if after else (0, date.max, 0, 0)
    rows = {kind: _rows(kind, user) for kind in KINDS}
    hits: list[Hit] = []
    for tier in range(start[0], len(TIERS)):
        below = start if tier == start[0] else (tier, date.max, 0, 0)
        hits += _of_tier(words, rows, user, below, size + 1 - len(hits))
        if len(hits) > size:
            break
    more = len(hits) > size
    del hits[size:]
    total: int | None = len(hits)
    if more or after:
        total = _count(words, rows, user)
    following = _write(hits[-1], user) if more else None
    return Found(text, hits, total, bool(after), following)


def _words(text: str) -> Words:
    words = sought(text)
    if not words:
        told = _("%(value)s holds no letter or digit.") % {"value": shown(text)}
        raise InvalidQuestion({"q": [told]})
    if len(words) > MAX_WORDS:
        told = _("%(n)d words are too many; at most %(most)d are looked for.")
        raise InvalidQuestion({"q": [told % {"n": len(words), "most": MAX_WORDS}]})
    return words


# -- the rows ------------------------------------------------------------------------------


def heads(user: Reader) -> QuerySet[Incident]:
    """Return the editions that `user` reads as their records: public ones, else drafts."""
    visible = Incident.objects.visible_to(user)
    if not reads_unpublished(user):
        return visible.in_state(State.PUBLISHED)
    public = visible.in_state(State.PUBLISHED).filter(record=OuterRef("record"))
    alone = Q(state__in=WORKED_ON) & ~Q(Exists(public))
    return visible.filter(Q(state=State.PUBLISHED) | alone)


def _rows(kind: Kind, user: Reader) -> QuerySet[Any]:
    rows: QuerySet[Any] = Article.objects.visible_to(user)
    if kind is _INCIDENTS:
        rows = heads(user)
    return rows.filter(document__isnull=False)


def _tiers(kind: Kind, user: Reader) -> int:
    """Return how many tiers there are of a kind for a reader."""
    return len(TIERS) if kind is _INCIDENTS or reads_unpublished(user) else 2


def _matching(
    kind: Kind,
    rows: Any,
    words: Words,
    tier: int,
    below: int | None = None,
    *,
    apart: bool = True,
) -> Any:
    """Keep the rows whose documents belong to a tier, and if `apart` to no earlier one."""
    # The tables of the index are no models: SQLite walks FTS5 in the order of its keys as long as
    # it is joined, and would sort all it finds if it were asked for keys.
    index = kind.index if connection.vendor == "sqlite" else kind.table
    if connection.vendor == "sqlite":
        where = [f'"{index}" MATCH %s', f'"{index}".rowid = "{kind.table}".id']
        params: list[Any] = [_fts5(words, tier, apart)]
        tables, key = [index], f'"{index}".rowid'
    else:
        where, params = _tsvector(kind.table, words, tier, apart)
        tables, key = [], f'"{index}".id'
    if below is not None:
        where.append(f"{key} < %s")
        params.append(below)
    found = rows.extra(tables=tables, where=where, params=params)  # noqa: S610  names of tables
    return found.annotate(position=RawSQL(key, ()))  # noqa: S611  a name of a column


def _fts5(words: Words, tier: int, apart: bool) -> str:
    """Return the question of a tier in the language of FTS5; each word is quoted."""

    def ask(where: str, whole: bool) -> str:
        mark = "" if whole else "*"
        all_of = " AND ".join(f'"{token}"{mark}' for tokens in words for token in tokens)
        return f"{{title}} : ({all_of})" if where == "title" else f"({all_of})"

    asked = ask(*TIERS[tier])
    for earlier in _earlier(tier) if apart else ():
        asked = f"({asked}) NOT ({ask(*earlier)})"
    return asked


def _tsvector(table: str, words: Words, tier: int, apart: bool) -> tuple[list[str], list[Any]]:
    """Return the conditions of a tier for PostgreSQL; each word is quoted."""

    def ask(where: str, whole: bool) -> tuple[str, str]:
        mark = "" if whole else ":*"
        all_of = " & ".join(f"'{token}'{mark}" for tokens in words for token in tokens)
        column = "title_words" if where == "title" else "words"
        return f'"{table}".{column} @@ %s::tsquery', all_of

    asked = [ask(*TIERS[tier])]
    earlier = _earlier(tier) if apart else ()
    asked += [(f"NOT ({said})", all_of) for said, all_of in (ask(*it) for it in earlier)]
    return [said for said, _all in asked], [all_of for _said, all_of in asked]


def _earlier(tier: int) -> tuple[tuple[str, bool], ...]:
    """Return the tiers that hold all that is in a tier before this one."""
    return ((), TIERS[:1], TIERS[1:2], TIERS[1:3])[tier]


# -- a page --------------------------------------------------------------------------------


def _of_tier(
    words: Words, rows: Rows, user: Reader, start: tuple[int, date, int, int], most: int
) -> list[Hit]:
    """Return hits of a tier from a place on: the newest first, of one day incidents first."""
    tier, day, rank, key = start
    found: list[tuple[Kind, Any]] = []
    for n, kind in enumerate(KINDS):
        if tier >= _tiers(kind, user):
            continue
        # Of the day of the row before, what comes after it: of its own kind the earlier keys, of a
        # kind before it none, of one behind it all.
        own = key if n == rank else (0 if n < rank else 1 << SHIFT)
        below = None if day == date.max else place(_day(day), 0) + own
        matching = _matching(kind, rows[kind], words, tier, below)
        found += [(kind, row) for row in _loaded(kind, matching, user)[:most]]
    # The rows of a kind stand in order; of one day they come in the order of the kinds.
    found.sort(key=lambda one: -(one[1].position >> SHIFT))
    return [_hit(kind, row, words, tier) for kind, row in found[:most]]


def _day(day: date) -> date | None:
    return None if day == date.min else day


def _loaded(kind: Kind, rows: Any, user: Reader) -> Any:
    """Return rows in order, with what is shown of them."""
    rows = rows.order_by(F("position").desc())
    if kind is _INCIDENTS:
        return rows.select_related("record").only(*_OF_INCIDENTS).annotate(said=F("summary"))
    said: Any = Substr("text", 1, READ) if reads_unpublished(user) else Value("")
    return rows.select_related("publisher").only(*_OF_ARTICLES).annotate(said=said)


def _hit(kind: Kind, row: Any, words: Words, tier: int) -> Hit:
    return Hit(
        kind=kind.name,
        row=row,
        title=marked(row.title, words),
        text=snippet(row.said, words),
        place=(tier, row.position),
    )


def _count(words: Words, rows: Rows, user: Reader) -> int | None:
    """Return how many there are, null where there are more than are counted."""
    total = 0
    for kind in KINDS:
        # What the last tier asks for holds all that the ones before it do.
        found = _matching(kind, rows[kind], words, _tiers(kind, user) - 1, apart=False)
        total += found.order_by().values("pk")[: COUNTED + 1 - total].count()
        if total > COUNTED:
            return None
    return total


# -- cursors -------------------------------------------------------------------------------


def _write(hit: Hit, user: Reader) -> str:
    tier, position = hit.place
    ordinal = position >> SHIFT
    day = date.fromordinal(ordinal) if ordinal else date.min
    if hit.kind == _INCIDENTS.name:
        named: Any = hit.row.record.public_id
    else:
        named = cursors.named(hit.row, Article.objects.visible_to(user))
    return cursors.write(SALT, [tier, day.isoformat(), hit.kind, named])


def _read(cursor: str, user: Reader, parameter: str) -> tuple[int, date, int, int]:
    """Return tier, day, kind and key of the row after which a page begins.

    Raises InvalidQuestion.
    """
    tier, day, kind, named = cursors.read(SALT, cursor) or [0, "", "", None]
    key: int | None = None
    if kind == _INCIDENTS.name:
        of_record = Q(record__reference=named) | Q(record__provisional=named)
        key = heads(user).filter(of_record).values_list("pk", flat=True).first()
    elif kind == _ARTICLES.name:
        key = cursors.key_of(named, Article.objects.visible_to(user))
    if key is None:
        raise cursors.no_such_page(parameter)
    return tier, date.fromisoformat(day), [it.name for it in KINDS].index(kind), key
