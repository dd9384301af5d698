"""The records that may be the same incident as something: found, compared, the best first.

Law: every statement starts at `visible_to`, and no figure about all rows is used, so that what is
hidden changes neither which records are found, nor their order, nor their points. What is read is
bounded, however many records there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from articles.findable import sought
from articles.models import Article
from incidents.codebook import SEA, WORKED_ON, State
from incidents.indexing import KINDS, Kind, place
from incidents.models import Citation, Incident

from .known import known_of
from .scoring import Common, Known, Reason, compared
from .signs import NOWHERE, Signs

PRESENT: Final = (State.PUBLISHED, *WORKED_ON)
# Of so many points on, candidates are shown without being asked for (docs/method.md): of more
# where a type of event is said, which many records of a country have in common.
SHOWN, SHOWN_OF_TYPE = 10.3, 12.0
MOST: Final = 3
MOST_CITING: Final = 5
MOST_COMPARED: Final = 120
# Records that each way of finding gives at most.
OF_A_WORD: Final = 25
OF_A_COUNTRY: Final = 60
OF_AN_ARTICLE: Final = 40
MOST_ASKED: Final = 12
MOST_COUNTRIES: Final = 4
# Stands in a statement for each of some values.
FILLED: Final = "\x00"
AROUND: Final = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that may be the same incident, and why."""

    incident: Incident
    points: float
    reasons: tuple[str, ...]
    cites: bool = False


def candidates(
    signs: Signs,
    user: User,
    *,
    most: int = MOST,
    least: float | None = None,
    without: Collection[int] = (),
) -> list[Candidate]:
    """Return the records that `user` may read and signs may be of, the best first.

    Those that cite the article stand before all others, of which there are `most`, each with
    `least` points or more, or what `shown_of` says; `without` are keys of records left out.
    """
    least = shown_of(signs) if least is None else least
    editions = found(signs, user, without)
    known = known_of(editions, signs, user)
    common = Common.among(known)
    by_key = {edition.pk: edition for edition in editions}
    scored = [_candidate(by_key[one.key], one, compared(signs, one, common)) for one in known]
    scored.sort(
        key=lambda one: (-one.points, -one.incident.onset_from.toordinal(), one.incident.pk)
    )
    cite = [one for one in scored if one.cites][:MOST_CITING]
    return cite + [one for one in scored if not one.cites and one.points >= least][:most]


def shown_of(signs: Signs) -> float:
    """Return of how many points on a candidate is shown without being asked for."""
    return SHOWN_OF_TYPE if signs.event_types else SHOWN


def _candidate(edition: Incident, known: Known, reasons: list[Reason]) -> Candidate:
    told = tuple(reason.told for reason in reasons if reason.told and reason.points > 0)
    return Candidate(edition, sum(reason.points for reason in reasons), told, known.cites)


# -- which records are compared ----------------------------------------------------------------


def found(signs: Signs, user: User, without: Collection[int] = ()) -> list[Incident]:
    """Return at most so many present editions, one of a record, that are worth comparing."""
    keys: dict[int, None] = {}
    for way in (_citing, _saying, _of_countries, _of_days):
        for key in way(signs, user):
            keys.setdefault(key)
    chosen = list(islice(keys, MOST_COMPARED))
    editions = {edition.pk: edition for edition in _present(user).filter(pk__in=chosen)}
    once: dict[int, Incident] = {}
    for key in chosen:
        edition = editions.get(key)
        if edition is None or edition.record_id in without:
            continue
        other = once.get(edition.record_id)
        if other is None or edition.state == State.PUBLISHED:
            once[edition.record_id] = edition
    return list(once.values())


def _present(user: User) -> Any:
    return (
        Incident.objects.visible_to(user)
        .filter(state__in=PRESENT)
        .select_related("record", "campaign")
    )


def citing(urls: Iterable[str], user: User) -> Any:
    """Return the present editions that cite an article at one of some addresses."""
    articles = Article.objects.visible_to(user).at_addresses(urls)
    return _present(user).having(Citation.objects.visible_to(user).filter(article__in=articles))


def _citing(signs: Signs, user: User) -> list[int]:
    if not signs.urls:
        return []
    cite = citing(signs.urls, user)
    keys = _keys(cite.order_by("-pk"), OF_AN_ARTICLE)
    campaigns = set(cite.exclude(campaign=None).values_list("campaign", flat=True)[:OF_AN_ARTICLE])
    if campaigns:
        siblings = _present(user).filter(campaign__in=campaigns).order_by("-pk")
        keys += _keys(siblings, OF_AN_ARTICLE)
    return keys


def _saying(signs: Signs, user: User) -> list[int]:
    """Return what holds a word of the title, or cites an article whose title does.

    What holds several of the words comes first.
    """
    words = _asked(signs)
    last = _last_day(signs) or date.max - timedelta(days=1)
    below = place(last + timedelta(days=1), 0)
    incidents, articles = KINDS
    own = _present(user).filter(document__isnull=False)
    found = _of_each(_holding(incidents, own, below), words, OF_A_WORD)
    texts = Article.objects.visible_to(user).filter(document__isnull=False)
    told = _of_each(_holding(articles, texts, below), words, OF_A_WORD)
    rows = Citation.objects.visible_to(user).filter(article__in={key for _word, key in told})
    cite: dict[int, list[int]] = {}
    for edition, article in rows.order_by("-incident").values_list("incident", "article"):
        cite.setdefault(article, []).append(edition)
    told = [(word, key) for word, text in told for key in cite.get(text, ())[:OF_A_WORD]]
    hits = Counter(key for _word, key in {*found, *told})
    return sorted(hits, key=lambda key: (-hits[key], -key))


def _asked(signs: Signs) -> list[str]:
    """Return the words that are looked for: numbers and capitals first, then the longest."""

    def rank(item: tuple[float, str]) -> tuple[float, bool, int]:
        weight, word = item
        return -weight, not (word[0].isupper() or word.isdigit()), -len(word)

    said = sorted(signs.words.values(), key=rank)
    asked = (_as_indexed(word) for _weight, word in said)
    return list(islice(filter(None, asked), MOST_ASKED))


def _as_indexed(word: str) -> str:
    """Return the question of an index for a word, each part of it quoted, or nothing."""
    tokens = [token for found in sought(word) for token in found][:4]
    quote, both = ('"', " AND ") if connection.vendor == "sqlite" else ("'", " & ")
    every = both.join(f"{quote}{token}{quote}" for token in tokens)
    return f"{{title}} : ({every})" if every and quote == '"' else every


def _holding(kind: Kind, rows: Any, below: int) -> Any:
    """Keep the rows whose titles hold a word that `_of_each` fills in, the latest first."""
    sqlite = connection.vendor == "sqlite"
    index = kind.index if sqlite else kind.table
    key = f'"{index}".rowid' if sqlite else f'"{index}".id'
    where = [f'"{index}" MATCH %s', f'{key} = "{kind.table}".id']
    if not sqlite:
        where = [f'"{index}".title_words @@ %s::tsquery']
    found = rows.extra(  # noqa: S610  names of tables
        tables=[index] if sqlite else [], where=[*where, f"{key} < %s"], params=[FILLED, below]
    )
    return found.order_by(RawSQL(key, ()).desc())  # noqa: S611  a name of a column


def _last_day(signs: Signs) -> date | None:
    """Return the last day on which the incident may have begun; a day is left for the clock."""
    if signs.dates:
        return signs.dates[1] + AROUND
    return signs.published[1] + timedelta(days=1) if signs.published else None


def _of_countries(signs: Signs, user: User) -> list[int]:
    """Return what began in the countries named, nearest to the day that signs tell."""
    named = sorted({*signs.countries, *signs.hinted} - NOWHERE - {SEA})[:MOST_COUNTRIES]
    rows = _present(user).filter(country=FILLED)
    return _near(rows, signs, named, OF_A_COUNTRY) if named else []


def _of_days(signs: Signs, user: User) -> list[int]:
    """Return what began nearest to the day that signs tell, wherever."""
    return _near(_present(user), signs, [""], MOST_COMPARED)


def _near(rows: Any, signs: Signs, values: list[str], most: int) -> list[int]:
    """Return the keys of the latest rows that began before a day, and of the first after it."""
    keys: list[tuple[str, int]] = []
    last = _last_day(signs)
    # What is worked on is little; of what is published an index holds the order.
    for state in (Q(state=State.PUBLISHED), Q(state__in=WORKED_ON)):
        latest = rows.filter(state).order_by("-onset_from", "-record")
        if last:
            latest = latest.filter(onset_from__lte=last)
        keys += _of_each(latest, values, most)
        if signs.dates:
            after = rows.filter(state, onset_from__gt=last).order_by("onset_from", "record")
            keys += _of_each(after, values, most // 4)
    return [key for _value, key in keys]


def _keys(rows: Any, most: int) -> list[int]:
    return list(rows.values_list("pk", flat=True)[:most])


def _of_each(rows: Any, values: Sequence[str], most: int) -> list[tuple[str, int]]:
    """Return for each value the keys of the first rows that fit it, by one statement.

    `FILLED` stands in `rows` where a value comes; a statement is made once for all of them.
    """
    if not values:
        return []
    sql, params = rows.values_list("pk", flat=True)[:most].query.sql_with_params()
    each = " UNION ALL ".join(
        f"SELECT {n}, found.* FROM ({sql}) found"  # noqa: S608  a statement of the ORM
        for n in range(len(values))
    )
    filled = [value if param == FILLED else param for value in values for param in params]
    with connection.cursor() as cursor:
        cursor.execute(each, filled)
        return [(values[row[0]], row[1]) for row in cursor.fetchall()]
