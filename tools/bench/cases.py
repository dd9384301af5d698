"""What is measured against what, and the goal of each pair, as data.

A group's tasks run in turns. `site` and `stock` ask a server over HTTP, `cached` does so with
nothing changed since; `own` runs the statements of an address of the site on the bare driver,
`sql` runs a statement there; `command` has a program of the database write the same as CSV.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["site", "cached", "own", "sql", "stock", "command", "datasette"]
BOTH: Final = ("postgresql", "sqlite")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that takes time: an address, or SQL for each kind of database."""

    name: str
    kind: Kind
    what: str


@dataclass(frozen=True, slots=True)
class Goal:
    """Of a group, how long `ours` may take beside `limit`; milliseconds are granted besides."""

    number: str
    ours: str
    limit: str
    at_most: dict[str, float] | None = None  # times the limit, by kind of database
    at_least: dict[str, float] | None = None  # times as fast, by kind of database
    granted: float = 0
    least_size: int = 0
    rss: int = 0  # MB by which the server may have grown


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks in turns, and what they have to show."""

    name: str
    tasks: tuple[Task, ...]
    goals: tuple[Goal, ...]
    # The largest count that the statement by hand finds is that of the largest cell.
    same: tuple[str, str] | None = None


_PUBLIC: Final = (
    "i.state = 'published' AND NOT i.merged AND i.effective_marking = 'clear' "
    "AND i.status IN ('suspected', 'confirmed') AND i.outcome <> 'foiled'"
)
_TRACED: Final = (
    "c.marking = 'clear' AND c.live_until IS NULL AND c.about = 'actor' AND c.level >= 3 "
    "AND c.responsible_state <> '' AND c.state_role NOT IN ('none', 'tolerated')"
)
_IN_2024: Final = "i.onset_from >= '2024-01-01' AND i.onset_to <= '2024-12-31'"
_RUSSIA: Final = (
    f"i.id IN (SELECT c.incident_id FROM incidents_claim c WHERE {_TRACED} "
    "AND c.responsible_state = 'RU')"
)
# Goal 1 grants what Django and HTTP cost at any size.
_OWN: Final = {"postgresql": 1.15, "sqlite": 1.3}
_FIXED_MS: Final = 2.5
_SEARCH: Final = dict.fromkeys(BOTH, 1.3)
_LARGE: Final = 1_000_000


def _counted(
    name: str, query: str, by_hand: str, stock: str, times: float, cached: bool = False
) -> Group:
    """Return the group of a count: over HTTP, its statements, one by hand, a stock view."""
    address = f"/api/v1/counts/?{query}"
    tasks = [
        Task("ours", "site", address),
        Task("its SQL", "own", address),
        Task("SQL by hand", "sql", by_hand),
        Task("stock DRF", "stock", f"/counts/?{stock}"),
    ]
    goals = [
        Goal("1", "ours", "its SQL", at_most=_OWN, granted=_FIXED_MS),
        Goal("1", "ours", "SQL by hand", at_most=_OWN, granted=_FIXED_MS),
        Goal("2", "ours", "stock DRF", at_least={"postgresql": times}, least_size=_LARGE),
    ]
    if cached:
        tasks.append(Task("ours again", "cached", address))
        goals.append(Goal("-", "ours again", "ours"))
    return Group(f"count: {name}", tuple(tasks), tuple(goals), same=("ours", "SQL by hand"))


COUNTS: Final = (
    _counted(
        "country",
        "by=country",
        f"SELECT i.country, COUNT(*) FROM incidents_incident i WHERE {_PUBLIC} GROUP BY 1",
        "by=locations__country",
        40,
        cached=True,
    ),
    _counted(
        "event type by month",
        "by=event_type&interval=month",
        f"SELECT i.event_type, {{month}} AS month, COUNT(*) FROM incidents_incident i "
        f"WHERE {_PUBLIC} AND {{one_month}} GROUP BY 1, 2",
        "by=event_type&interval=month",
        100,
    ),
    _counted(
        "state traced to by year",
        "by=attributed_to&interval=year",
        "SELECT c.responsible_state, {year} AS year, COUNT(DISTINCT i.id) "
        "FROM incidents_incident i JOIN incidents_claim c ON c.incident_id = i.id "
        f"WHERE {_PUBLIC} AND {_TRACED} AND {{one_year}} GROUP BY 1, 2",
        "by=claims__responsible_state&interval=year",
        200,
    ),
    _counted(
        "country, arson in 2024",
        "by=country&event_type=arson&year=2024",
        f"SELECT i.country, COUNT(*) FROM incidents_incident i WHERE {_PUBLIC} AND {_IN_2024} "
        "AND i.id IN (SELECT k.incident_id FROM incidents_coding k "
        "WHERE k.axis = 'event_type' AND k.code = 'arson') GROUP BY 1",
        "by=locations__country&event_type=arson&year=2024",
        4,
    ),
    _counted(
        "country by sector, traced to RU in 2024",
        "by=country&by=sector&attributed_to=RU&year=2024",
        f"SELECT i.country, i.sector, COUNT(*) FROM incidents_incident i WHERE {_PUBLIC} "
        f"AND {_IN_2024} AND {_RUSSIA} GROUP BY 1, 2",
        "by=locations__country&by=targets__sector&state=RU&year=2024",
        4,
    ),
)

PAGE: Final = "/api/v1/incidents/?page_size=50"
RARE: Final = "IT"
PAGES: Final = (
    Group(
        "page of 50",
        (
            Task("page 1", "site", PAGE),
            Task("its SQL", "own", PAGE),
            Task("page 1 again", "cached", PAGE),
            Task("halfway", "site", f"{PAGE}&cursor={{halfway}}"),
            Task("rare country", "site", f"{PAGE}&country={RARE}"),
            Task("rare country's SQL", "own", f"{PAGE}&country={RARE}"),
            Task("common country", "site", f"{PAGE}&country=PL"),
            Task("traced to BY", "site", f"{PAGE}&attributed_to=BY"),
            Task("stock page 1", "stock", "/incidents/?page=1"),
            Task("stock halfway", "stock", "/incidents/?page={halfway_page}"),
        ),
        (
            Goal("4", "page 1", "its SQL", {"postgresql": 1.4, "sqlite": 2}, granted=_FIXED_MS),
            Goal("4", "page 1", "stock page 1", at_least=dict.fromkeys(BOTH, 8.0)),
            Goal("-", "page 1 again", "page 1"),
            Goal("5", "halfway", "page 1", dict.fromkeys(BOTH, 1.2)),
            Goal(
                "5",
                "halfway",
                "stock halfway",
                at_least=dict.fromkeys(BOTH, 100.0),
                least_size=_LARGE,
            ),
            Goal("6", "rare country", "page 1", dict.fromkeys(BOTH, 1.5)),
            Goal("-", "rare country", "rare country's SQL"),
            Goal("6", "common country", "page 1", dict.fromkeys(BOTH, 1.5)),
            Goal("6", "traced to BY", "page 1", dict.fromkeys(BOTH, 1.5)),
        ),
    ),
    Group(
        "search",
        (
            Task("newest 50", "site", f"{PAGE}&q={{common_word}}"),
            Task("its SQL", "own", f"{PAGE}&q={{common_word}}"),
            Task("newest 50, rare word", "site", f"{PAGE}&q={{rare_word}}"),
            Task("its SQL, rare word", "own", f"{PAGE}&q={{rare_word}}"),
        ),
        (
            Goal("10", "newest 50", "its SQL", _SEARCH, granted=20),
            Goal(
                "10",
                "newest 50, rare word",
                "its SQL, rare word",
                _SEARCH,
                granted=20,
            ),
        ),
    ),
)

FIND: Final = "/api/v1/search/?page_size=50"
SEARCHES: Final = (
    Group(
        "search across kinds",
        (
            Task("a common word", "site", f"{FIND}&q={{common_word}}"),
            Task("its SQL", "own", f"{FIND}&q={{common_word}}"),
            Task("a rare word", "site", f"{FIND}&q={{rare_word}}"),
            Task("its SQL, rare word", "own", f"{FIND}&q={{rare_word}}"),
            Task("two words", "site", f"{FIND}&q={{common_word}}+{{rare_word}}"),
            Task("its SQL, two words", "own", f"{FIND}&q={{common_word}}+{{rare_word}}"),
            Task("a letter", "site", f"{FIND}&q=s"),
            Task("its SQL, a letter", "own", f"{FIND}&q=s"),
        ),
        tuple(
            Goal("10", ours, limit, _SEARCH, granted=20)
            for ours, limit in (
                ("a common word", "its SQL"),
                ("a rare word", "its SQL, rare word"),
                ("two words", "its SQL, two words"),
                ("a letter", "its SQL, a letter"),
            )
        ),
    ),
)

_CELLS: Final = (
    "r.reference, i.number, i.state, i.effective_marking, i.title, i.occurred, i.onset_from, "
    "i.onset_to, i.end_from, i.end_to, i.event_type, i.other_event_types, i.domains, i.status, "
    "i.outcome, i.severity, i.country, i.target_country, i.sector, i.target_kind, i.summary, "
    "i.published_at, r.last_verified, p.slug"
)
_ROWS: Final = (
    "(SELECT {joined}(l.country, '; ') FROM incidents_location l WHERE l.incident_id = i.id), "
    "(SELECT {joined}(t.name, '; ') FROM incidents_target t WHERE t.incident_id = i.id), "
    "(SELECT MAX(c.level) FROM incidents_claim c WHERE c.incident_id = i.id "
    "AND c.marking = 'clear' AND c.live_until IS NULL), "
    "(SELECT {joined}(a.url, '; ') FROM incidents_citation s JOIN articles_article a "
    "ON a.id = s.article_id WHERE s.incident_id = i.id AND s.marking = 'clear' "
    "AND a.marking = 'clear')"
)
WIDE: Final = (
    f"SELECT {_CELLS}, {_ROWS} FROM incidents_incident i "
    "JOIN incidents_record r ON r.id = i.record_id "
    "LEFT JOIN incidents_campaign p ON p.id = i.campaign_id WHERE i.state = 'published' "
    "AND NOT i.merged AND i.effective_marking = 'clear' "
    "ORDER BY i.onset_from DESC, i.record_id DESC"
)
EXPORTS: Final = (
    Group(
        "export of all",
        (
            Task("CSV", "site", "/api/v1/incidents.csv?series=all"),
            Task("the same columns by {client}", "command", WIDE),
            Task("NDJSON", "site", "/api/v1/incidents.ndjson?series=all"),
            Task("stock CSV, ORM in batches", "stock", "/incidents.csv"),
            Task("Datasette, bare table", "datasette", "/{file}/incidents_incident.csv?_stream=on"),
        ),
        (
            Goal(
                "7, 8",
                "CSV",
                "the same columns by {client}",
                {"postgresql": 1.2, "sqlite": 1.6},
                rss=32,
            ),
            Goal("8", "NDJSON", "the same columns by {client}", {"sqlite": 1.8}, rss=32),
            Goal("7", "CSV", "stock CSV, ORM in batches", at_least={"postgresql": 6}),
            Goal("8", "CSV", "Datasette, bare table", at_least={"sqlite": 5}),
        ),
    ),
)
PEERS: Final = (
    Group(
        "Datasette",
        (
            Task("country", "site", "/api/v1/counts/?by=country"),
            Task("country by Datasette", "datasette", "/{file}.json?sql={country}&_size=max"),
            Task("page of 50", "site", PAGE),
            Task("50 flat rows", "datasette", "/{file}/incidents_incident.json?_size=50"),
        ),
        (
            Goal("-", "country", "country by Datasette"),
            Goal("-", "page of 50", "50 flat rows"),
        ),
    ),
)
GROUPS: Final = (*COUNTS, *PAGES, *SEARCHES, *EXPORTS, *PEERS)
COUNTRY: Final = COUNTS[0].tasks[2].what
# What the SQL above says in another way on each kind of database.
SPOKEN: Final = {
    "postgresql": {
        "month": "date_trunc('month', i.onset_from)",
        "year": "date_trunc('year', i.onset_from)",
        "one_month": "date_trunc('month', i.onset_from) = date_trunc('month', i.onset_to)",
        "one_year": "date_trunc('year', i.onset_from) = date_trunc('year', i.onset_to)",
        "joined": "string_agg",
        "client": "psql",
    },
    "sqlite": {
        "month": "substr(i.onset_from, 1, 7)",
        "year": "substr(i.onset_from, 1, 4)",
        "one_month": "substr(i.onset_from, 1, 7) = substr(i.onset_to, 1, 7)",
        "one_year": "substr(i.onset_from, 1, 4) = substr(i.onset_to, 1, 4)",
        "joined": "group_concat",
        "client": "sqlite3",
    },
}
