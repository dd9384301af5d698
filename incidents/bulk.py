"""Rows loaded in bulk into tables that hold none, whole or not at all.

Triggers, references and indexes are taken away while rows come in and put back in the same
transaction. What a database derives it derives here too; that rows keep the rules which SQLite
does not check meanwhile is up to their maker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from . import indexing, triggers
from .generating import COLUMNS, Batch
from .services import move_clocks

_PRAGMAS: Final = {
    # New pages need no copy in a rollback journal, so the file is written once.
    "journal_mode": "DELETE",
    "synchronous": "OFF",
    "secure_delete": "OFF",
    "foreign_keys": "OFF",
    "ignore_check_constraints": "ON",
    "cache_size": "-400000",
}
_CONSTRAINTS: Final = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('f', 'u')
ORDER BY contype DESC, conname"""
_INDEXES: Final = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY(%s::regclass[]) AND NOT EXISTS (
  SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
ORDER BY 1"""

Tell = Callable[[str], object]


def load(batches: Iterable[Batch], tell: Tell = lambda _what: None) -> None:
    """Load rows by table, tell both clocks, and have the database take statistics of the rows.

    Raises ValueError where a table has a column that nobody fills.
    """
    refuse_unfilled_columns()
    if connection.vendor == "postgresql":
        _load_postgresql(batches, tell)
    else:
        _load_sqlite(batches, tell)


def refuse_unfilled_columns() -> None:
    """Raise where a column that has to be filled stands in a model and not in `COLUMNS`."""
    for label, columns in COLUMNS.items():
        needed = {
            str(field.column)
            for field in apps.get_model(label)._meta.local_concrete_fields
            if not field.generated and not field.has_db_default()
        }
        if missing := sorted(needed - set(columns)):
            raise ValueError(f"{label} has columns that are not generated: {', '.join(missing)}.")


def filled() -> list[type[models.Model]]:
    """Return the models whose tables are filled."""
    return [apps.get_model(label) for label in COLUMNS]


def _tables() -> list[str]:
    return [model._meta.db_table for model in filled()]


@contextmanager
def _triggers_lifted(tell: Tell) -> Iterator[None]:
    triggers.remove()
    yield
    tell("Triggers and clocks")
    triggers.install()
    tell("Search")
    indexing.rebuild()
    move_clocks(public=True)


def _load_sqlite(batches: Iterable[Batch], tell: Tell) -> None:
    with (
        connection.cursor() as cursor,
        _quick(cursor),
        transaction.atomic(),
        _triggers_lifted(tell),
        _sqlite_indexes_away(cursor, tell),
    ):
        for batch in batches:
            for label, rows in batch.items():
                cursor.executemany(_insertion(label), rows)
    tell("Statistics")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _insertion(label: str) -> str:
    columns = COLUMNS[label]
    return f"INSERT INTO {_into(label)} VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608


def _into(label: str) -> str:
    """Return a table with its columns, all of them names of models."""
    columns = ", ".join(f'"{column}"' for column in COLUMNS[label])
    return f'"{apps.get_model(label)._meta.db_table}" ({columns})'


@contextmanager
def _quick(cursor: Any) -> Iterator[None]:
    """Have SQLite write without care; nobody else has the file open, or it refuses."""
    if connection.in_atomic_block:  # it takes none of these within a transaction
        yield
        return
    before = {}
    for name, value in _PRAGMAS.items():
        before[name] = cursor.execute(f"PRAGMA {name}").fetchone()[0]
        cursor.execute(f"PRAGMA {name} = {value}")
    try:
        yield
    finally:
        for name, value in before.items():
            cursor.execute(f"PRAGMA {name} = {value}")


@contextmanager
def _sqlite_indexes_away(cursor: Any, tell: Tell) -> Iterator[None]:
    names = ", ".join(["%s"] * len(COLUMNS))
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "  # noqa: S608
        f"AND tbl_name IN ({names})",
        _tables(),
    )
    indexes = cursor.fetchall()
    for name, _creation in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    for name, creation in indexes:
        tell(f"Index {name}")
        cursor.execute(creation)
    tell("References")
    connection.check_constraints(table_names=_tables())


def _load_postgresql(batches: Iterable[Batch], tell: Tell) -> None:
    with connection.cursor() as cursor:
        with transaction.atomic():
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL synchronous_commit = off")
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
            with _triggers_lifted(tell), _postgresql_indexes_away(cursor, tell):
                for batch in batches:
                    for label, rows in batch.items():
                        with cursor.copy(f"COPY {_into(label)} FROM STDIN") as copy:
                            for row in rows:
                                copy.write_row(row)
                for statement in connection.ops.sequence_reset_sql(no_style(), filled()):
                    cursor.execute(statement)
        tell("Statistics")
        cursor.execute("SET statement_timeout = 0")
        kept = "ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)"
        cursor.execute(f"{kept} {', '.join(_tables())}")
        cursor.execute("RESET statement_timeout")


@contextmanager
def _postgresql_indexes_away(cursor: Any, tell: Tell) -> Iterator[None]:
    cursor.execute(_CONSTRAINTS, [_tables()])
    constraints = cursor.fetchall()
    cursor.execute(_INDEXES, [_tables()])
    indexes = cursor.fetchall()
    for table, name, _definition in reversed(constraints):
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _creation in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for name, creation in indexes:
        tell(f"Index {name}")
        cursor.execute(creation)
    for table, name, definition in constraints:
        tell(f"Constraint {name}")
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
