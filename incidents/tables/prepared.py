"""A statement that is made once and run for other keys each time: making one costs more than it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from threading import local
from typing import Any, Final

from django.db import connections
from django.db.models import BooleanField, Func, QuerySet

# Stands in a statement for the keys that it is run for.
_KEYS: Final = object()
_made = local()


class AmongKeys(Func):
    """Whether a column holds one of the keys that a statement is run for."""

    output_field = BooleanField()
    arity = 1

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        """Compare with an array, which is one parameter whatever it holds."""
        return self._compared(compiler, connection, "%(expressions)s = ANY(%%s)")

    def as_sqlite(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        """Compare with what a text of JSON lists, which is one parameter too."""
        template = "%(expressions)s IN (SELECT value FROM JSON_EACH(%%s))"
        return self._compared(compiler, connection, template)

    def _compared(self, compiler: Any, connection: Any, template: str) -> Any:
        sql, params = self.as_sql(compiler, connection, template=template)
        return sql, (*params, _KEYS)


class Prepared:
    """The rows of a `values_list` that asks for `AmongKeys`, for any keys; for one thread."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self._compiler = rows.query.get_compiler(rows.db)
        self._sql, self._params = self._compiler.as_sql()

    def rows(self, keys: Sequence[int]) -> Iterator[Sequence[Any]]:
        """Run the statement; yield its rows as the queryset would."""
        connection = self._compiler.connection
        given = list(keys) if connection.vendor == "postgresql" else json.dumps(keys)
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [given if it is _KEYS else it for it in self._params])
            found = cursor.fetchall()
        yield from self._compiler.results_iter(results=[found])


def prepared(name: object, make: Callable[[], QuerySet[Any, Any]]) -> Prepared:
    """Return the statement of a name, which this thread makes once for each connection.

    All that the statement follows from has to be in its name.
    """
    known = vars(_made).setdefault("statements", {})
    key = connections["default"], name
    if key not in known:
        known[key] = Prepared(make())
    return known[key]  # type: ignore[no-any-return]
