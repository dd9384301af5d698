"""Every address of the site, and what is told there: a route that is not here fails the tests."""

from __future__ import annotations

from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver

from incidents.filters import DIMENSIONS
from incidents.panels import PANELS
from incidents.sheets import COLUMNS as SHEET
from tests.api.doors import (
    ACTORS,
    ARTICLES,
    CAMPAIGNS,
    CHANGES,
    CODEBOOK,
    COUNTS,
    COUNTS_CSV,
    COUNTS_XLSX,
    CSV,
    FIGURES,
    GEOJSON,
    LEDGER_HEAD,
    LIST,
    METADATA,
    NDJSON,
    PARQUET,
    SEARCH,
    XLSX,
    ZIP,
)

PAGE_LIST: Final = "/incidents/"
# Of the public, provisional, of nobody, and keys of the database.
RECORDS: Final = ("HTI-2026-00001", "HTI-2026-00002", "P-222222222222", "P-222222222223", "1")
SPLITS = [
    *(f"by={name}" for name in DIMENSIONS),
    *(f"by={name}&assign=any" for name in DIMENSIONS[:4]),
    *(f"interval={name}&series=all" for name in ("month", "quarter", "year")),
    "interval=year&time_basis=active",
    "interval=year&time_basis=reported&date_match=possible",
    "interval=year&time_basis=attributed",
    "interval=year&time_basis=recorded",
    "by=attributed_to&by=actor&min_level=1",
    "by=publisher&by=language&series=all",
]
ASKED = [
    "",
    "series=all",
    "series=all&marking=clear&marking=green&marking=amber&marking=amber_strict&marking=red",
    "state=draft&series=all",
    "state=in_review&series=all",
    "state=changes_requested&marking=red&series=all",
    "q=zqcanary&series=all",
    "q=z&series=all",
    "bbox=-180,-90,180,90&series=all",
    "country=MT&series=all",
    "primary=country:MT&series=all",
    "attributed_to=KP&series=all",
    "attributed_to=none",
    "level=0&series=all",
    "contested=true&series=all",
    "language=mt&series=all",
    "publisher=none&series=all",
    "actor=none&series=all",
    "campaign=none&series=all",
    "known_on=2024-12-31&series=all",
    "year=1999&date_match=possible&series=all",
    # Names of what will be hidden, near ones, and what was never there.
    *(
        f"{name}=zqcanary-{kind}-{text}"
        for name, kind in (("actor", "actor"), ("campaign", "campaign"), ("publisher", "publisher"))
        for text in ("1z", "1y", "2z", "")
    ),
    "actor=zqcanary-acto",
    "campaign=zqcanary",
    "publisher=zqcanary-publisher",
    "yaer=2024",
    "actor=z&campaign=z&publisher=z",
]
# Words of what is shown, of what will be hidden, and of both.
SOUGHT: Final = ("great", "great+fire", "f", "z", "zqcanary", "zq+1z", "P-222222222222")
# What everybody may ask, with what the tests of leaks ask there.
OPEN: Final = {
    "api/v1/incidents/": [
        LIST,
        *(f"{LIST}?{query}" for query in ASKED),
        f"{LIST}?page_size=1&series=all",
        f"{LIST}?order=severity&series=all",
        f"{LIST}?order=published&series=all",
    ],
    "api/v1/incidents.csv": [f"{CSV}?{query}" for query in ASKED[::5]],
    "api/v1/incidents.ndjson": [f"{NDJSON}?{query}" for query in ASKED[2::5]],
    "api/v1/incidents.geojson": [f"{GEOJSON}?{query}" for query in ASKED[1::5]],
    "api/v1/incidents.xlsx": [f"{XLSX}?{query}" for query in ASKED[3::10]],
    "api/v1/incidents.parquet": [f"{PARQUET}?{query}" for query in ASKED[4::10]],
    "api/v1/incidents.zip": [f"{ZIP}?{query}" for query in ASKED[::10]],
    "api/v1/incidents.csv-metadata.json": [f"{METADATA}?{query}" for query in ASKED[1::5]],
    "api/v1/incidents/<str:reference>/": [
        f"{LIST}HTI-2026-00001/",
        f"{LIST}P-222222222222/",
        f"{LIST}P-222222222223/",
        f"{LIST}P-222222222224/",
        f"{LIST}1/",
        f"{LIST}2/",
    ],
    "api/v1/incidents/<str:reference>/editions/": [f"{LIST}{name}/editions/" for name in RECORDS],
    "api/v1/incidents/<str:reference>/editions/<int:number>/": [
        f"{LIST}{name}/editions/{number}/" for name in RECORDS for number in (1, 2)
    ],
    "api/v1/counts/": [f"{COUNTS}?{query}" for query in [*ASKED[::3], *SPLITS]],
    "api/v1/counts.csv": [f"{COUNTS_CSV}?{query}" for query in [*ASKED[2::3], *SPLITS[::5]]],
    "api/v1/counts.xlsx": [f"{COUNTS_XLSX}?{query}" for query in SPLITS[::8]],
    "api/v1/articles/": [ARTICLES, f"{ARTICLES}?page_size=1"],
    "api/v1/actors/": [ACTORS, f"{ACTORS}?page_size=1"],
    "api/v1/campaigns/": [CAMPAIGNS, f"{CAMPAIGNS}?page_size=1"],
    "api/v1/reported-figures/": [FIGURES, f"{FIGURES}?page_size=1"],
    "api/v1/ledger/head/": [LEDGER_HEAD, f"{LEDGER_HEAD}?lang=de"],
    "api/v1/changes/": [
        CHANGES,
        f"{CHANGES}?page_size=1",
        f"{CHANGES}?page_size=200",
        f"{CHANGES}?since=now",
        f"{CHANGES}?since=zqcanary",
    ],
    "api/v1/search/": [
        *(f"{SEARCH}?q={words}" for words in SOUGHT),
        f"{SEARCH}?q=f&page_size=1",
        f"{SEARCH}?q=f&cursor=zqcanary",
        SEARCH,
    ],
    "api/v1/codebook/": [CODEBOOK, f"{CODEBOOK}?lang=de"],
    "api/schema/": ["/api/schema/"],
    "api/docs/": ["/api/docs/", "/api/docs/?script="],
    "api/^.*/$": ["/api/v1/zqcanary/", "/api/v1/records/"],
    "": ["/", "/?q=zqcanary"],
    "healthz/": ["/healthz/"],
    "dashboard/": [
        "/dashboard/",
        *(f"/dashboard/?{query}" for query in ASKED[::8]),
        "/dashboard/?interval=month&beside=zqcanary%3D1",
        "/dashboard/?beside=series%3Dall%26q%3Dzqcanary",
    ],
    "dashboard/whole/": [f"/dashboard/whole/?{query}" for query in ASKED[1::16]],
    "incidents/filters/": [f"/incidents/filters/?{query}" for query in ASKED[1::8]],
    "dashboard/heads/": [f"/dashboard/heads/?{query}" for query in ASKED[3::8]],
    "dashboard/filters/": [f"/dashboard/filters/?{query}" for query in ASKED[2::8]],
    "dashboard/<str:name>/": [
        *(f"/dashboard/{name}/?series=all" for name in PANELS),
        *(f"/dashboard/outlets/?{query}" for query in ASKED[3::6]),
        "/dashboard/zqcanary/",
    ],
    "dashboard/<str:name>.svg": [f"/dashboard/{name}.svg?series=all" for name in PANELS],
    "dashboard/<str:name>.csv": [f"/dashboard/{name}.csv?series=all" for name in PANELS],
    "incidents.atom": [f"/incidents.atom?{query}" for query in ASKED[::2]],
    "incidents/": [
        PAGE_LIST,
        *(f"{PAGE_LIST}?{query}" for query in ASKED),
        f"{PAGE_LIST}?page_size=1&series=all",
        f"{PAGE_LIST}?order=severity&series=all",
        f"{PAGE_LIST}?series=all&layout=table&{'&'.join(f'columns={name}' for name in SHEET)}",
        f"{PAGE_LIST}?series=all&layout=map",
    ],
    "incidents/<str:reference>/": [
        f"{PAGE_LIST}HTI-2026-00001/",
        f"{PAGE_LIST}HTI-2026-00002/",
        f"{PAGE_LIST}P-222222222222/",
        f"{PAGE_LIST}P-222222222223/",
        f"{PAGE_LIST}1/",
    ],
    "incidents/<str:reference>/history/": [
        *(f"{PAGE_LIST}{name}/history/" for name in RECORDS),
        f"{PAGE_LIST}HTI-2026-00001/history/?from=1&to=2",
    ],
    "incidents/<str:reference>/editions/<int:number>/": [
        f"{PAGE_LIST}{name}/editions/{number}/" for name in RECORDS for number in (1, 2)
    ],
    "countries/": ["/countries/", "/countries/?q=zqcanary"],
    "countries/<str:code>/": [
        "/countries/PL/",
        "/countries/MT/",
        "/countries/KP/",
        "/countries/x/",
    ],
    "sectors/": ["/sectors/"],
    "sectors/<str:code>/": ["/sectors/energy/", "/sectors/x/"],
    "search/": ["/search/", *(f"/search/?q={words}" for words in SOUGHT)],
    "briefing/": ["/briefing/", "/briefing/?week=2026-W10", "/briefing/?week=zqcanary"],
    "actors/": ["/actors/"],
    "actors/<str:slug>/": [
        "/actors/unit-of-great-fire/",
        *(f"/actors/zqcanary-actor-{n}z/" for n in range(1, 4)),
        "/actors/zqcanary/",
    ],
    "campaigns/": ["/campaigns/"],
    "campaigns/<str:slug>/": [
        "/campaigns/campaign-of-great-fire/",
        "/campaigns/zqcanary-campaign-1z/",
        "/campaigns/zqcanary/",
    ],
    "outlets/": ["/outlets/"],
    "watched/": ["/watched/"],
    "outlets/<str:slug>/": [
        "/outlets/herald-of-great-fire/",
        "/outlets/zqcanary-publisher-1z/",
        "/outlets/zqcanary/",
    ],
    "articles/": ["/articles/", "/articles/?language=mt", "/articles/?publisher=zqcanary"],
    "articles/<str:digest>/": [f"/articles/{'0' * 64}/", "/articles/1/"],
    "reported-figures/": ["/reported-figures/"],
    "views/": ["/views/", "/views/?q=zqcanary"],
    "views/<str:key>/": ["/views/zqcanary/"],
    "codebook/": ["/codebook/"],
    "method/": ["/method/"],
    "help/<str:name>/": ["/help/reader/", "/help/zqcanary/"],
}
# Forms about oneself, and desks that only staff have: they tell others of no row.
OWN: Final = (
    "account/",
    "account/login/",
    "account/logout/",
    "account/password/",
    "account/tokens/",
    "introductions/",
    "introductions/<str:kind>/<str:subject>/",
    "introductions/<str:kind>/<str:subject>/write/",
    "introductions/<str:kind>/<str:subject>/<int:key>/approve/",
    "views/save/",
    "views/read/",
    "views/<str:key>/change/",
    "account/confirm/",
    "account/code/",
    "account/code/confirm/",
    "account/second-factor/",
    "account/second-factor/remove/",
    "account/recovery-codes/",
    "account/recovery-codes/new/",
    "admin/account/",
    "admin/login/",
    "admin/logout/",
    "admin/password_change/",
    "admin/password_change/done/",
)
_KEY: Final = "^(?P<key>[0-9]{1,18})/"
_OBJECT: Final = "<path:object_id>/"
_EACH: Final = (
    "",
    "add/",
    *(f"{_OBJECT}{page}" for page in ("history/", "delete/", "change/", "")),
)
# Desks of what is read by its marking, with the pages that each has besides those of every desk.
ROWS: Final = {
    "incidents/incident": (
        "resembling/",
        "attach/",
        f"{_KEY}attach/$",
        "places/",
        "precision/",
        "steps/<slug:name>/",
        f"{_KEY}review/$",
        f"{_KEY}comment/$",
        f"{_KEY}step/(?P<name>[a-z-]{{1,20}})/$",
        "queue/",
        "notices/",
    ),
    "incidents/record": (
        "merged/",
        "markings/",
        f"{_KEY}compare/$",
        f"{_KEY}apart/$",
        f"{_KEY}marking/$",
    ),
    "incidents/actor": ("merge/", f"{_KEY}apart/$"),
    "incidents/campaign": (),
    "incidents/reportedfigure": (),
    "articles/article": (
        "date-in-words/",
        "<int:key>/captures/",
        "<int:key>/captures.warc.gz",
        "<int:key>/captures/<uuid:uid>/confirm/",
        "<int:key>/captures/<uuid:uid>/raw/",
        "<int:key>/origins/<int:row>/",
    ),
    "articles/publisher": ("merge/", f"{_KEY}apart/$"),
    "articles/watch": (),
    "articles/item": (),
}
# Desks of accounts and of what was done: for administrators.
ACCOUNTS: Final = {
    "auth/user": ("<id>/password/",),
    "auth/group": (),
    "articles/organisation": (),
    "incidents/auditentry": (),
    "incidents/token": (),
}
# What the desk has besides: lists of desks, completion and a look-up that read as desks do.
DESK: Final = (
    "",
    "autocomplete/",
    "jsi18n/",
    "r/<path:content_type_id>/<path:object_id>/",
    "^(?P<app_label>auth|articles|incidents)/$",
    "(?P<url>.*)$",
)


def of_staff() -> set[str]:
    """Return the patterns of what only staff may open."""
    desks = {**ROWS, **ACCOUNTS}
    pages = {f"admin/{desk}/{page}" for desk in desks for page in (*_EACH, *desks[desk])}
    return pages | {f"admin/{page}" for page in DESK}


def routes() -> list[str]:
    """Return the patterns of all addresses, as the site resolves them."""
    return _below(get_resolver(), "")


def _below(resolver: URLResolver, prefix: str) -> list[str]:
    found: list[str] = []
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        found += _below(entry, route) if isinstance(entry, URLResolver) else [route]
        assert isinstance(entry, URLResolver | URLPattern)
    return found
