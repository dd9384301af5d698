"""Columns and tables as data, and the expressions that databases make their cells of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db.models import Case, Expression, F, FloatField, Func, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Replace

from incidents.questions import Question

SEPARATOR: Final = "; "


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"  # written by people or found on the web
    LINK = "link"
    CODE = "code"  # of a vocabulary, or a key made here
    TEXTS = "texts"
    CODES = "codes"
    INTEGER = "integer"
    NUMBER = "number"
    AMOUNT = "amount"  # with two places
    TRUTH = "truth"
    DAY = "day"
    MOMENT = "moment"
    UID = "uid"
    IDS = "ids"  # an object of scheme to id


# What may begin like a formula, as other kinds never do.
FREE: Final = (Kind.TEXT, Kind.LINK, Kind.TEXTS, Kind.IDS)
Made = Callable[[Question], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A cell of each row: where it is from, what it holds, what it means.

    `source` is the path to a field, by default of the same name, or makes an expression of a
    question. `vocabulary` holds the labels of its codes.
    """

    name: str
    kind: Kind = Kind.TEXT
    source: str | Made = ""
    null: bool = False
    says: str = ""
    vocabulary: Mapping[Any, Any] | None = None

    def native(self, question: Question, path: str = "") -> Any:
        """Return the value as Python holds it: its path, where it needs no expression."""
        if callable(self.source):
            return self.source(question)
        plain = f"{path}{self.source or self.name}"
        return Cast(plain, FloatField()) if self.kind == Kind.NUMBER else plain

    def written(self, question: Question, path: str = "") -> Any:
        """Return the expression of the value as text or a whole number, as files hold it.

        What a source makes is so already, but for days and UUIDs.
        """
        plain = self._plain(question, path)
        ready = callable(self.source) and self.kind not in (Kind.DAY, Kind.UID)
        made = None if ready else _WRITTEN.get(self.kind)
        return made(plain) if made else plain

    def _plain(self, question: Question, path: str) -> Any:
        if callable(self.source):
            return self.source(question)
        return F(f"{path}{self.source or self.name}")


@dataclass(frozen=True, slots=True)
class Group:
    """Columns that stand together, as an object of their own; absent where its first is null.

    Files for tables hold its `key` alone where it has one.
    """

    name: str
    columns: tuple[Column | Group, ...]
    path: str = ""
    null: bool = False
    key: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a kind that belong to editions; `rows` are those that the asker may see."""

    name: str
    says: str
    columns: tuple[Column | Group, ...]
    rows: Callable[[Question, bool], Any]


def leaves(
    columns: Sequence[Column | Group], path: str = "", prefix: str = "", *, keys: bool = False
) -> Iterator[tuple[str, str, Column]]:
    """Yield each column with its path and its name in a flat table; of groups with a key, that."""
    for column in columns:
        if isinstance(column, Column):
            yield f"{prefix}{column.name}", path, column
            continue
        inner = f"{path}{column.path}__" if column.path else path
        if keys and column.key:
            found = [c for c in column.columns if isinstance(c, Column) and c.name == column.key]
            yield f"{prefix}{column.name}", inner, found[0]
        else:
            yield from leaves(column.columns, inner, f"{prefix}{column.name}_", keys=keys)


# -- expressions -----------------------------------------------------------------------------


class Spoken(Func):
    """An expression that two kinds of database say in two ways."""

    postgresql = ""
    sqlite = ""
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        """Say it to PostgreSQL."""
        return self._said(compiler, connection, self.postgresql)

    def as_sqlite(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        """Say it to SQLite."""
        return self._said(compiler, connection, self.sqlite)

    def _said(self, compiler: Any, connection: Any, template: str) -> Any:
        sql, params = self.as_sql(compiler, connection, template=template)
        return sql, (*params,) * template.count("%(expressions)s")


class Moment(Spoken):
    """A time in UTC to the microsecond."""

    postgresql = "TO_CHAR(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
    # SQLite holds the microseconds only where there are some.
    sqlite = (
        "REPLACE(%(expressions)s, ' ', 'T') || "
        "CASE LENGTH(%(expressions)s) WHEN 19 THEN '.000000Z' ELSE 'Z' END"
    )


class Uid(Spoken):
    """A UUID with its dashes."""

    postgresql = "(%(expressions)s)::text"
    sqlite = " || '-' || ".join(
        f"SUBSTR(%(expressions)s, {start}, {length})"
        for start, length in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    )


class Digits(Spoken):
    """A number with six places."""

    postgresql = "ROUND(%(expressions)s, 6)::text"
    sqlite = "PRINTF('%%%%.6f', %(expressions)s)"


class Cents(Spoken):
    """A number with two places."""

    postgresql = "ROUND(%(expressions)s, 2)::text"
    sqlite = "PRINTF('%%%%.2f', %(expressions)s)"


class Listed(Spoken):
    """The codes of a list, joined."""

    postgresql = "(SELECT STRING_AGG(x, '; ') FROM JSONB_ARRAY_ELEMENTS_TEXT(%(expressions)s) x)"
    sqlite = "(SELECT GROUP_CONCAT(value, '; ') FROM JSON_EACH(%(expressions)s))"


class Joined(Subquery):
    """The column `cell` of some rows, in their order, joined in one cell."""

    template = "(SELECT STRING_AGG(j.cell, '; ') FROM (%(subquery)s) j)"
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """Say it to SQLite."""
        template = self.template.replace("STRING_AGG", "GROUP_CONCAT")
        return self.as_sql(compiler, connection, template=template, **extra)


def escaped(text: str | Expression) -> Expression:
    """Return a text such that it can be told apart in a joined cell; `parted` gives it back."""
    doubled = Replace(text, Value("\\"), Value("\\\\"))
    return Replace(doubled, Value(SEPARATOR), Value(f"\\{SEPARATOR}"))


def parted(cell: str) -> list[str]:
    """Return the texts that were joined in a cell."""
    found, text, position = [], "", 0
    while position < len(cell):
        if cell[position] == "\\":
            text += cell[position + 1 : position + 2]
            position += 2
        elif cell.startswith(SEPARATOR, position):
            found.append(text)
            text, position = "", position + len(SEPARATOR)
        else:
            text += cell[position]
            position += 1
    return [*found, text] if cell else []


def _number(made: type[Func]) -> Callable[[Any], Expression]:
    """Return what writes a number where there is one: SQLite would write null as zero."""
    return lambda plain: Case(
        When(**{f"{plain.name}__isnull": False}, then=made(plain)), output_field=TextField()
    )


def _truth(plain: Any) -> Expression:
    yes = When(**{plain.name: True}, then=Value("true"))
    return Case(yes, default=Value("false"), output_field=TextField())


def _text(plain: Any) -> Expression:
    return Cast(plain, TextField())


_WRITTEN: Final[dict[Kind, Callable[[Any], Any]]] = {
    Kind.DAY: _text,
    Kind.IDS: _text,
    Kind.MOMENT: Moment,
    Kind.UID: Uid,
    Kind.NUMBER: _number(Digits),
    Kind.AMOUNT: _number(Cents),
    Kind.CODES: Listed,
    Kind.TRUTH: _truth,
}
