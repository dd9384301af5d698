"""The index that searches read: a document for each row, kept in step as rows are saved.

SQLite has a table of FTS5 beside each table of documents, kept by triggers; PostgreSQL has two
generated columns of type tsvector. Both hold the words of `articles.findable` as they are, so that
they find the same. What a queryset updates sends no signal; `manage.py reindex` makes all anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from django.db import connection, connections, models, transaction
from django.db.models import QuerySet, signals

from articles.findable import indexed
from articles.models import Article

from .codebook import WORKED_ON, State
from .models import ArticleDocument, Incident, IncidentDocument, SearchDocument

BATCH: Final = 1_000
# A key is the day of the row, and below it the row's own key.
SHIFT: Final = 40
STATES: Final = (State.PUBLISHED, *WORKED_ON)
Progress = Callable[[Iterable[Any], str, int], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rows that are searched."""

    name: str
    row: type[models.Model]
    document: type[SearchDocument]
    title: str
    body: str
    day: str

    @property
    def table(self) -> str:
        """The table of its documents."""
        return self.document._meta.db_table

    @property
    def index(self) -> str:
        """The table of FTS5 beside it."""
        return f"{self.table}_words"

    def columns(self) -> tuple[str, ...]:
        """Return the columns that a document is made of."""
        return ("pk", self.title, self.body, self.day)

    def made(self, row: Any, document: Any = None) -> Any:
        """Return the document of a row, of the model of today unless a migration has another."""
        pk, title, body, day = (getattr(row, name) for name in self.columns())
        text = {"title": indexed(title), "body": indexed(body)}
        return (document or self.document)(id=place(day, pk), **{f"{self.name}_id": pk}, **text)


KINDS: Final = (
    Kind("incident", Incident, IncidentDocument, "title", "summary", "onset_from"),
    Kind("article", Article, ArticleDocument, "title", "text", "published_to"),
)


def place(day: date | None, key: int) -> int:
    """Return the key of the document of a row with a day; without one it is the oldest."""
    return ((day.toordinal() if day else 0) << SHIFT) | key


def listen() -> None:
    """Keep documents in step from now on with every row that is saved."""
    for kind in KINDS:
        signals.post_save.connect(_saved, sender=kind.row)


def searched(kind: Kind) -> QuerySet[Any]:
    """Return the rows that have a document."""
    rows: QuerySet[Any] = kind.row._base_manager.all()
    rows = rows.only(*kind.columns())
    return rows.filter(state__in=STATES) if kind.name == "incident" else rows


def write(kind: Kind, row: Any) -> None:
    """Make the document of a row anew, or remove that of one that is not searched."""
    own = kind.document._base_manager.filter(**{kind.name: row.pk})
    if getattr(row, "state", State.PUBLISHED) not in STATES:
        own.delete()
        return
    made, there = kind.made(row), own.first()
    if there and (there.pk, there.title, there.body) == (made.pk, made.title, made.body):
        return
    with transaction.atomic():
        own.delete()
        made.save(force_insert=True)


def _saved(
    sender: type[models.Model],
    instance: models.Model,
    update_fields: frozenset[str] | None = None,
    raw: bool = False,
    **_kwargs: Any,
) -> None:
    kind = next(kind for kind in KINDS if kind.row is sender)
    if update_fields is None or not update_fields.isdisjoint(
        {kind.title, kind.body, kind.day, "state", "occurred", "published"}
    ):
        write(kind, instance)


@transaction.atomic
def rebuild(progress: Progress = lambda rows, _name, _count: rows) -> None:
    """Make every document anew; who writes meanwhile waits, and who searches does not."""
    with connection.cursor() as cursor:
        for kind in KINDS:
            if connection.vendor == "postgresql":
                cursor.execute(f"LOCK TABLE {kind.table} IN SHARE ROW EXCLUSIVE MODE")
            _let_go(cursor, kind)
            kind.document._base_manager.all().delete()
            rows = searched(kind)
            name = str(kind.row._meta.verbose_name_plural)
            shown = iter(progress(rows.iterator(BATCH), name, rows.count()))
            while some := list(islice(shown, BATCH)):
                kind.document._base_manager.bulk_create(map(kind.made, some))
            if connection.vendor == "sqlite":
                _command(cursor, kind, "rebuild")
            _keep(cursor, kind)


def forget() -> None:
    """Have the index lose the words of documents that were removed.

    FTS5 only notes that they are gone, until it merges its parts; the pages that it leaves are
    overwritten, as connections have `secure_delete` on.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for kind in KINDS:
                _command(cursor, kind, "optimize")


def install(using: str = "default") -> None:
    """Make the index where the tables of documents are there, and put back its triggers."""
    wanted = connections[using]
    with wanted.cursor() as cursor:
        tables = set(wanted.introspection.table_names(cursor))
        for kind in KINDS:
            if kind.table not in tables:
                continue
            if wanted.vendor == "sqlite":
                if kind.index not in tables:
                    _make_sqlite(cursor, kind)
                _let_go(cursor, kind)
                _keep(cursor, kind)
            else:
                _make_postgresql(cursor, kind)


def _make_sqlite(cursor: Any, kind: Kind) -> None:
    # Words are folded before they come here: to this tokenizer all but ASCII is a letter. They are
    # looked for in a column, in no order, so that no positions are kept.
    cursor.execute(
        f"CREATE VIRTUAL TABLE {kind.index} USING fts5(title, body, content='{kind.table}', "
        "content_rowid='id', tokenize='ascii', detail='column', prefix='1 2 3 4')"
    )
    _command(cursor, kind, "rebuild")


def _command(cursor: Any, kind: Kind, word: str) -> None:
    """Have FTS5 do something to a whole index; its table takes such words as rows."""
    cursor.execute(f"INSERT INTO {kind.index} ({kind.index}) VALUES (%s)", [word])  # noqa: S608


def _make_postgresql(cursor: Any, kind: Kind) -> None:
    # What `to_tsvector` would cut once more is taken as it is.
    for name, text in (("title_words", "title"), ("words", "title || ' ' || body")):
        words = f"array_to_tsvector(array_remove(string_to_array({text}, ' '), ''))"
        cursor.execute(
            f"ALTER TABLE {kind.table} ADD COLUMN IF NOT EXISTS {name} tsvector "
            f"GENERATED ALWAYS AS ({words}) STORED"
        )
        cursor.execute(
            f"CREATE INDEX IF NOT EXISTS {kind.table}_{name} ON {kind.table} USING gin ({name})"
        )


def _triggers(kind: Kind) -> Iterator[tuple[str, str, str]]:
    """Yield name, event and body of the triggers by which FTS5 follows a table."""
    columns = "rowid, title, body"
    into = f"INSERT INTO {kind.index}"
    gone = f"{into} ({kind.index}, {columns}) VALUES ('delete', OLD.id, OLD.title, OLD.body);"
    come = f"{into} ({columns}) VALUES (NEW.id, NEW.title, NEW.body);"
    yield f"{kind.index}_insert", "INSERT", come
    yield f"{kind.index}_delete", "DELETE", gone
    yield f"{kind.index}_update", "UPDATE", f"{gone} {come}"


def _keep(cursor: Any, kind: Kind) -> None:
    if cursor.db.vendor == "sqlite":
        for name, event, body in _triggers(kind):
            cursor.execute(f"CREATE TRIGGER {name} AFTER {event} ON {kind.table} BEGIN {body} END")


def _let_go(cursor: Any, kind: Kind) -> None:
    if cursor.db.vendor == "sqlite":
        for name, _event, _body in _triggers(kind):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
