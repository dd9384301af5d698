"""Database triggers that keep what was published from ever changing.

They hold for every door, the shell included. Editions once public may only end; their child
rows may not be added, changed or deleted; an edition is published from review and not by its own
author, and an author stays one. The ledger and the audit log only grow. A row that SQLite
replaces counts as deleted, as connections have `recursive_triggers` on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connections, models

from articles.models import Article, Publisher

from .codebook import ONCE_PUBLIC, State
from .models import (
    Actor,
    AuditEntry,
    Citation,
    Claim,
    Coding,
    Effect,
    Incident,
    LedgerEntry,
    Location,
    StatusFinding,
    Target,
)

CHILDREN: tuple[type[models.Model], ...] = (
    Location,
    Target,
    Coding,
    Citation,
    Effect,
    StatusFinding,
    Claim,
    Incident.authors.through,
)
# What was published may be read by fewer people than it was, and by as many again; its record
# may become a part of another one, and stand for itself again.
MAY_CHANGE = frozenset({"state", "ended_at", "effective_marking", "merged"})
FROZEN = "a published edition never changes"
AUTHORED = "whoever wrote an edition stays an author of it"
ADDRESSED = "an article that a published edition rests on keeps its address"
CHAINED = "an entry is merged into one that was not merged itself"
# What a purge may blank in an entry of the ledger.
MAY_BE_BLANKED = ("why", "why_salt")
APPEND_ONLY = "the ledger and the audit log only grow"
OUT_OF_CHAIN = "an entry of the ledger follows the last one of its chain"
OWN_WORK = "an author does not approve an edition of their own"


@dataclass(frozen=True, slots=True)
class Trigger:
    """Refuse `event` on a table with `message` where `condition` holds."""

    name: str
    table: str
    event: str
    condition: str
    message: str


def triggers(vendor: str) -> Iterator[Trigger]:
    """Yield all triggers, with conditions in the SQL of a database vendor."""
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    table = Incident._meta.db_table
    public = ", ".join(f"'{state}'" for state in ONCE_PUBLIC)
    changed = " OR ".join(
        f'OLD."{column}" {differs} NEW."{column}"'
        for column in _columns(Incident)
        if column not in MAY_CHANGE | {"salt"}
    )
    # An edition from before the ledger has no salt, and is given one with its first entry.
    changed += f""" OR (OLD."salt" <> '' AND OLD."salt" {differs} NEW."salt")"""
    ends = (
        f"(OLD.state = '{State.PUBLISHED}' AND NEW.state IN "
        f"('{State.SUPERSEDED}', '{State.WITHDRAWN}') AND NEW.ended_at IS NOT NULL)"
    )
    stays = f"(OLD.state = NEW.state AND NOT (OLD.ended_at {differs} NEW.ended_at))"
    yield Trigger(
        "incident_update_frozen",
        table,
        "UPDATE",
        f"OLD.state IN ({public}) AND (NOT ({ends} OR {stays}) OR {changed})",
        FROZEN,
    )
    yield Trigger("incident_delete_frozen", table, "DELETE", f"OLD.state IN ({public})", FROZEN)
    authors = Incident.authors.through._meta.db_table
    yield Trigger(
        "incident_own_work",
        table,
        "UPDATE",
        f"NEW.state IN ({public}) AND EXISTS (SELECT 1 FROM {authors} a WHERE "
        "a.incident_id = NEW.id AND a.user_id = NEW.approved_by_id)",
        OWN_WORK,
    )
    published = f"(NEW.state = '{State.PUBLISHED}' AND OLD.state = '{State.IN_REVIEW}')"
    yield Trigger(
        "incident_unreviewed",
        table,
        "UPDATE",
        f"NEW.state IN ({public}) AND OLD.state NOT IN ({public}) AND NOT {published}",
        "an edition is published from review",
    )
    yield Trigger(
        "incident_born_public",
        table,
        "INSERT",
        f"NEW.state IN ({public})",
        "an edition is published from a draft",
    )
    articles, citations = Article._meta.db_table, Citation._meta.db_table
    yield Trigger(
        f"{articles}_update_addressed",
        articles,
        "UPDATE",
        f"OLD.url <> NEW.url AND EXISTS (SELECT 1 FROM {citations} c JOIN {table} i "
        f"ON i.id = c.incident_id WHERE c.article_id = OLD.id AND i.state IN ({public}))",
        ADDRESSED,
    )
    for entries in (Actor._meta.db_table, Publisher._meta.db_table):
        for event in ("INSERT", "UPDATE"):
            yield Trigger(
                f"{entries}_{event.lower()}_chained",
                entries,
                event,
                f"NEW.merged_into_id IS NOT NULL AND (EXISTS (SELECT 1 FROM {entries} a WHERE "
                "a.id = NEW.merged_into_id AND a.merged_into_id IS NOT NULL) OR EXISTS (SELECT 1 "
                f"FROM {entries} a WHERE a.merged_into_id = NEW.id))",
                CHAINED,
            )
    for event in ("UPDATE", "DELETE"):
        yield Trigger(
            f"{authors}_{event.lower()}_authored",
            authors,
            event,
            f"EXISTS (SELECT 1 FROM {table} i WHERE i.id = OLD.incident_id "
            f"AND i.state NOT IN ({public}))",
            AUTHORED,
        )
    for child in CHILDREN:
        name = child._meta.db_table
        for event, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
            parents = " OR ".join(f"i.id = {row}.incident_id" for row in rows)
            yield Trigger(
                f"{name}_{event.lower()}_frozen",
                name,
                event,
                f"EXISTS (SELECT 1 FROM {table} i WHERE ({parents}) AND i.state IN ({public}))",
                FROZEN,
            )
    sources, claims = Claim.citations.through._meta.db_table, Claim._meta.db_table
    for event, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
        parents = " OR ".join(f"c.id = {row}.claim_id" for row in rows)
        yield Trigger(
            f"{sources}_{event.lower()}_frozen",
            sources,
            event,
            f"EXISTS (SELECT 1 FROM {claims} c JOIN {table} i ON i.id = c.incident_id "
            f"WHERE ({parents}) AND i.state IN ({public}))",
            FROZEN,
        )
    # SQLite knows no TRUNCATE: there it is a DELETE.
    if vendor != "sqlite":
        for name in (table, sources, *(child._meta.db_table for child in CHILDREN)):
            held = f"EXISTS (SELECT 1 FROM {table} i WHERE i.state IN ({public}))"
            yield Trigger(f"{name}_truncate_frozen", name, "TRUNCATE", held, FROZEN)

    yield from _append_only(differs)


def _append_only(differs: str) -> Iterator[Trigger]:
    """Yield the triggers by which the ledger and the audit log only grow."""
    ledger, audit = LedgerEntry._meta.db_table, AuditEntry._meta.db_table
    blanked = " AND ".join(f"NEW.{column} = ''" for column in MAY_BE_BLANKED)
    changed = " OR ".join(
        f'OLD."{column}" {differs} NEW."{column}"'
        for column in _columns(LedgerEntry)
        if column not in MAY_BE_BLANKED
    )
    last = f"(SELECT MAX(e.number) FROM {ledger} e WHERE e.chain = NEW.chain)"
    before = f"(SELECT e.hash FROM {ledger} e WHERE e.chain = NEW.chain AND e.number = {last})"
    yield Trigger(
        "ledger_update_append_only",
        ledger,
        "UPDATE",
        f"NOT ({blanked}) OR {changed}",
        APPEND_ONLY,
    )
    yield Trigger(
        "ledger_insert_chained",
        ledger,
        "INSERT",
        f"NEW.number {differs} COALESCE({last}, 0) + 1 "
        f"OR NEW.previous {differs} COALESCE({before}, '')",
        OUT_OF_CHAIN,
    )
    yield Trigger("audit_update_append_only", audit, "UPDATE", "TRUE", APPEND_ONLY)
    for name, table in (("ledger", ledger), ("audit", audit)):
        # SQLite knows no TRUNCATE: there it is a DELETE.
        for event in ("DELETE",) if differs == "IS NOT" else ("DELETE", "TRUNCATE"):
            yield Trigger(f"{name}_{event.lower()}_append_only", table, event, "TRUE", APPEND_ONLY)
        # To replace a row in SQLite deletes it, and no trigger of deletion is asked.
        yield Trigger(
            f"{name}_replace_append_only",
            table,
            "INSERT",
            f"EXISTS (SELECT 1 FROM {table} e WHERE e.id = NEW.id)",
            APPEND_ONLY,
        )


def _columns(model: type[models.Model]) -> list[str]:
    return [str(field.column) for field in model._meta.local_concrete_fields]


def install(using: str = "default") -> None:
    """Create all triggers anew where their tables exist."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for trigger in triggers(connection.vendor):
            if trigger.table in tables:
                for statement in _creation(trigger, connection.vendor):
                    cursor.execute(statement)


def remove(using: str = "default") -> None:
    """Drop all triggers, for a purge or a flush; `install` puts them back."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for trigger in triggers(connection.vendor):
            if trigger.table in tables:
                cursor.execute(_removal(trigger, connection.vendor))


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Lift what keeps published editions from changing; the ledger is kept from it as ever.

    Needs a transaction: whatever fails within it takes the lifting back with it.
    """
    connection = connections[using]
    kept = (FROZEN, AUTHORED)
    frozen = [trigger for trigger in triggers(connection.vendor) if trigger.message in kept]
    with connection.cursor() as cursor:
        _check_now(cursor, connection.vendor)
        for trigger in frozen:
            cursor.execute(_removal(trigger, connection.vendor))
        yield
        _check_now(cursor, connection.vendor)
        for trigger in frozen:
            for statement in _creation(trigger, connection.vendor):
                cursor.execute(statement)


def _check_now(cursor: Any, vendor: str) -> None:
    """Have references checked that wait for the end, for PostgreSQL alters no table before."""
    if vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def missing(using: str = "default") -> list[str]:
    """Return the names of the triggers that the database lacks, where it has their tables."""
    connection = connections[using]
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {name for (name,) in cursor.fetchall()}
        tables = set(connection.introspection.table_names(cursor))
    return [
        trigger.name
        for trigger in triggers(connection.vendor)
        if trigger.table in tables and trigger.name not in there
    ]


def _removal(trigger: Trigger, vendor: str) -> str:
    on_table = "" if vendor == "sqlite" else f" ON {trigger.table}"
    return f"DROP TRIGGER IF EXISTS {trigger.name}{on_table}"


def _creation(trigger: Trigger, vendor: str) -> list[str]:
    removal = _removal(trigger, vendor)
    if vendor == "sqlite":
        return [
            removal,
            f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} "
            f"WHEN {trigger.condition} BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END",
        ]
    returned = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(trigger.event, "NEW")
    each = "STATEMENT" if trigger.event == "TRUNCATE" else "ROW"
    return [
        removal,
        f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF {trigger.condition} THEN RAISE EXCEPTION '{trigger.message}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {returned}; END $$",
        f"CREATE TRIGGER {trigger.name} BEFORE {trigger.event} ON {trigger.table} "
        f"FOR EACH {each} EXECUTE FUNCTION {trigger.name}()",
    ]
