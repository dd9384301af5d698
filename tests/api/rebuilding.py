"""Records made again from what was exported of them, by the models alone.

What is imported is what a file says: rows are put in as they are, past the rules that clean a
form, and past the triggers, since what is read was published elsewhere.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import models
from django.db.models import TextField, Value

from articles.models import Article, Publisher
from articles.services import house
from incidents import triggers
from incidents.formats.csv import unguarded
from incidents.models import (
    Actor,
    Campaign,
    Citation,
    Claim,
    Effect,
    Incident,
    Location,
    Record,
    StatusFinding,
    Target,
)
from incidents.tables.columns import FREE, Kind, leaves, parted
from incidents.tables.flat import COLUMNS
from incidents.tables.nested import ARTICLE, CLAIMS, INCIDENTS, PUBLISHER, SOURCES, TABLES
from tests import make

Row = Mapping[str, Any]
MODELS: Final[dict[str, Any]] = {
    "locations": Location,
    "targets": Target,
    "effects": Effect,
    "findings": StatusFinding,
    "claims": Claim,
    "citations": Citation,
}
_COLUMNS: Final = {
    "incidents": INCIDENTS,
    **{table.name: table.columns for table in TABLES},
    "articles": ARTICLE,
    "publishers": PUBLISHER,
}
# How each kind of cell is read; what is empty is nothing.
_READ: Final[dict[Kind, Any]] = {
    Kind.INTEGER: int,
    Kind.NUMBER: Decimal,
    Kind.AMOUNT: Decimal,
    Kind.TRUTH: lambda cell: cell == "true",
    Kind.MOMENT: datetime.fromisoformat,
    Kind.IDS: json.loads,
    Kind.CODES: parted,
    Kind.TEXTS: parted,
}
_EMPTY: Final[dict[Kind, Any]] = {
    **dict.fromkeys((Kind.CODES, Kind.TEXTS), ()),
    **dict.fromkeys((Kind.INTEGER, Kind.NUMBER, Kind.AMOUNT, Kind.DAY), None),
    **dict.fromkeys((Kind.MOMENT, Kind.UID), None),
}


def read_csv(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file by column."""
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def tables_of(archive: bytes) -> dict[str, bytes]:
    """Return the files of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def typed(name: str, row: Row, *, raw: bool) -> dict[str, Any]:
    """Return a row of a table with the values that its cells stand for."""
    kinds = {column: c.kind for column, _path, c in leaves(_COLUMNS[name], keys=True)}
    if name == CLAIMS.name:
        kinds[SOURCES.name] = SOURCES.kind
    kinds |= {"reference": Kind.CODE} | ({"edition": Kind.INTEGER} if "edition" in row else {})
    return {column: value_of(kinds[column], cell, raw=raw) for column, cell in row.items()}


def value_of(kind: Kind, cell: str, *, raw: bool) -> Any:
    """Return the value that a cell stands for."""
    text = cell if raw or kind not in FREE else unguarded(cell)
    return _READ.get(kind, str)(text) if text else _EMPTY.get(kind, "")


# -- rows ------------------------------------------------------------------------------------


class Library:
    """The directories and articles that records name, each made once."""

    def __init__(self) -> None:
        self.approver = make.user("importer")
        self._entries: dict[tuple[Any, str], Any] = {}
        self._articles: dict[str, Article] = {}

    def entry(self, model: Any, slug: str | None, **said: Any) -> Any:
        """Return the entry of a directory by its address name."""
        if not slug:
            return None
        if (model, slug) not in self._entries:
            made = model.objects.create(slug=slug, **{**said, "name": slug})
            put(made, {"name": said.get("name", slug)})
            self._entries[model, slug] = made
        return self._entries[model, slug]

    def actor(self, slug: str | None) -> Actor | None:
        """Return an actor."""
        made: Actor | None = self.entry(Actor, slug, kind="unknown_group")
        return made

    def publisher(self, row: Row | None) -> Publisher | None:
        """Return the outlet that a row describes."""
        if row is None:
            return None
        said = {name: value for name, value in row.items() if name != "slug"}
        made: Publisher = self.entry(Publisher, row["slug"], **said)
        put(made, {"reliability_reason": row["reliability_reason"]})
        return made

    def article(self, digest: str, row: Row | None = None) -> Article:
        """Return the article of a digest, made of a row the first time."""
        if digest not in self._articles:
            assert row is not None, digest
            texts = ("url", "title", "wire_origin")
            made = Article.objects.create(
                url=f"https://example.org/{len(self._articles)}",
                organisation=house(),
                publisher=row.get("publisher"),
                **{name: row.get(name, "") for name in ("language", "published")},
                marking=row.get("marking", "clear"),
                released=True,
            )
            said = {name: row[name] for name in texts if name in row}
            put(made, {**said, "address_digest": digest})
            self._articles[digest] = made
        return self._articles[digest]


def put(made: models.Model, texts: Mapping[str, str]) -> None:
    """Write texts into a row as they are, past the fields that would clean them."""
    said = {name: Value(text, TextField()) for name, text in texts.items()}
    type(made)._base_manager.filter(pk=made.pk).update(**said)


def edition(row: Row, library: Library) -> Incident:
    """Make an edition and its record from a row of the incidents."""
    reference = row["reference"]
    named = {"reference": reference} if reference.startswith("HTI-") else {"provisional": reference}
    record = Record.objects.create(
        **named,
        marking=row["marking"],
        external_ids=row.get("external_ids") or {},
        last_verified=row["last_verified"],
        first_published_at=row["published_at"],
    )
    plain = ("occurred", "activity_span", "event_type", "status", "outcome", "severity")
    placed = ("country", "target_country", "sector", "target_kind", "state", "published_at")
    said = {name: row[name] for name in (*plain, *placed) if name in row}
    lists = {name: list(row.get(name, ())) for name in ("other_event_types", "domains", "means")}
    made = Incident(
        record=record,
        number=row["edition"],
        title="Imported",
        summary="Imported",
        marking=row["marking"],
        effective_marking=row["marking"],
        ended_at=row.get("ended_at"),
        campaign=library.entry(Campaign, row["campaign"]),
        approved_by=library.approver,
        **said,
        **lists,
    )
    # `save` would have the present marking follow, which is said already.
    Incident.objects.bulk_create([made])
    put(made, {name: row[name] for name in ("title", "summary", "dating_note") if name in row})
    return made


def child(name: str, of: Incident, row: Row, **said: Any) -> Any:
    """Make a row of an edition from a row of a table; its texts are put in as they are."""
    model = MODELS[name]
    derived = ("level", "is_live", "reference", "edition", "article", "supersedes", "sources")
    columns, texts = {}, {}
    for column, value in row.items():
        if column in derived or column.endswith("_actor"):
            continue
        field = model._meta.get_field(column)
        columns[column] = list(value) if isinstance(value, tuple) else value
        if type(field).__name__ in ("LineField", "BodyField"):
            texts[column], columns[column] = value, "x"
    made = model.objects.create(incident=of, **columns, **said)
    put(made, texts)
    return made


def claim(of: Incident, row: Row, library: Library) -> Any:
    """Make a claim from a row of the claims."""
    actors = {name: library.actor(row[name]) for name in ("claimant_actor", "accused_actor")}
    # What it takes the place of is told once all are there; until then, it withdraws nothing.
    made: Any = child(
        "claims", of, {**row, "stance": "rules_out"} if row["supersedes"] else row, **actors
    )
    return made


def supersede(claims: Iterable[tuple[Any, Row]]) -> None:
    """Say of claims which one each took the place of."""
    told = list(claims)
    by_uid = {(made.incident_id, str(made.uid)): made.pk for made, _row in told}
    for made, row in told:
        if row["supersedes"]:
            earlier = by_uid[made.incident_id, str(row["supersedes"])]
            Claim.objects.filter(pk=made.pk).update(supersedes=earlier, stance=row["stance"])


# -- files -----------------------------------------------------------------------------------


def from_tables(files: Mapping[str, bytes], *, raw: bool) -> None:
    """Make the records of an archive again."""
    triggers.remove()
    library = Library()
    tables = {
        name.removesuffix(".csv"): [
            typed(name.removesuffix(".csv"), row, raw=raw) for row in read_csv(text.decode())
        ]
        for name, text in files.items()
        if name.endswith(".csv")
    }
    outlets = {row["slug"]: row for row in tables["publishers"]}
    for row in tables["articles"]:
        told = {**row, "publisher": library.publisher(outlets.get(row["publisher"]))}
        library.article(row["digest"], told)
    editions = {
        (row["reference"], row["edition"]): edition(row, library) for row in tables["incidents"]
    }
    cited: dict[tuple[int, str], Citation] = {}
    for row in tables["citations"]:
        of = editions[row["reference"], row["edition"]]
        article = library.article(row["article"])
        cited[of.pk, row["article"]] = child("citations", of, row, article=article)
    for name in ("locations", "targets", "effects", "findings"):
        for row in tables[name]:
            child(name, editions[row["reference"], row["edition"]], row)
    claims = [
        (claim(editions[row["reference"], row["edition"]], row, library), row)
        for row in tables["claims"]
    ]
    supersede(claims)
    for made, row in claims:
        made.citations.set([cited[made.incident_id, digest] for digest in row["sources"]])


def from_lines(text: bytes) -> None:
    """Make the records of lines of JSON again; the last line is of the oldest record."""
    triggers.remove()
    library = Library()
    for told in reversed([json.loads(line) for line in text.decode().split("\n")[:-1]]):
        of = edition(
            {
                **told,
                **{
                    name: told[name] and datetime.fromisoformat(told[name])
                    for name in ("published_at", "ended_at")
                },
            },
            library,
        )
        cited = {}
        for row in told["citations"]:
            article = row["article"]
            outlet = library.publisher(article["publisher"])
            entry = library.article(article["digest"], {**article, "publisher": outlet})
            cited[article["url"]] = child("citations", of, row, article=entry)
        for name in ("locations", "targets", "effects", "findings"):
            for row in told[name]:
                child(name, of, {**row, **_decimals(row)})
        claims = [(claim(of, row, library), row) for row in told["claims"]]
        supersede(claims)
        for made, row in claims:
            made.citations.set([cited[url] for url in row["sources"]])


# A claim of each level.
_SAYING: Final[dict[int, dict[str, str]]] = {
    1: {"claimant_kind": "unnamed_official"},
    2: {"claimant_kind": "expert"},
    3: {"claimant_kind": "security_service"},
    4: {"claimant_kind": "security_service", "form": "sanctions"},
    5: {"claimant_kind": "prosecutor_court", "form": "conviction"},
}


def from_flat(text: bytes, *, raw: bool) -> None:
    """Make of each line of the flat table an edition that the table tells the same of."""
    triggers.remove()
    library = Library()
    for cells in reversed(read_csv(text.decode())):
        row = {
            column.name: value_of(column.kind, cells[column.name], raw=raw) for column in COLUMNS
        }
        of = edition({**row, "precision": None}, library)
        for country in row["countries"]:
            primary = country == row["country"]
            # At sea, the zone stands where the place is not told.
            named = "zone" if country == "sea" else "place"
            point = {name: row[name] for name in ("lat", "lon", "precision")} if primary else {}
            text_of = {named: row["place"]} if primary else {"zone": "x"}
            child("locations", of, {"country": country, "primary": primary, **point, **text_of})
        for name in row["targets"]:
            child("targets", of, {"country": "ZZ", "name": name})
        for url in row["sources"]:
            digest = hashlib.sha256(url.encode()).hexdigest()
            article = library.article(digest, {"url": url})
            Citation.objects.create(incident=of, article=article)
        level = row["highest_level"]
        # A level without a state is that of claims which trace the act to none.
        role = "directed" if row["attributed_to"] else "none"
        for state in row["attributed_to"] or (["RU"] if level else []):
            said = {"claimant": "x", "date": "2024", "responsible_state": state}
            said |= {"state_role": role, **_SAYING[level]}
            Claim.objects.create(incident=of, **said)


def _decimals(row: Row) -> dict[str, Decimal]:
    """Return the numbers of a row as the database holds them."""
    numbers = ("lat", "lon", "low", "best", "high")
    return {name: Decimal(str(row[name])) for name in numbers if row.get(name) is not None}
