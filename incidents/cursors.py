"""Cursors of pages by key: where a page begins, signed, without a number of a row.

Law: a cursor names the row that a page ends at by its address. A row number would tell how many
rows there are that the reader may not see.
"""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from articles.models import Article

from .refusals import InvalidQuestion


def write(of: str, said: list[Any]) -> str:
    """Return the cursor that says `said` of the list `of`."""
    return signing.Signer(salt=of).sign_object(said)


def read(of: str, cursor: str) -> list[Any] | None:
    """Return what a cursor says, None where it is not one of the list `of`."""
    try:
        said: list[Any] = signing.Signer(salt=of).unsign_object(cursor)
    except signing.BadSignature:
        return None
    return said


def no_such_page(parameter: str) -> InvalidQuestion:
    """Return the refusal of a cursor that leads nowhere in its list."""
    told = _("No such page of this list; take next or previous of an answer.")
    return InvalidQuestion({parameter: [told]})


def named(row: Any, rows: Any) -> list[Any]:
    """Return how a cursor names a row of a directory: its address, and which one there it is."""
    column = _address(rows)
    value = getattr(row, column)
    return [value, rows.filter(**{column: value}, pk__lt=row.pk).count()]


def key_of(name: Any, rows: Any) -> int | None:
    """Return the key of the row that a cursor names, None where it is not among `rows`."""
    value, nth = name
    found = rows.filter(**{_address(rows): value}).order_by("pk").values_list("pk", flat=True)
    return next(iter(found[nth : nth + 1]), None)


def _address(rows: Any) -> str:
    """Return the column that an entry of a directory has its address from."""
    return "address_digest" if rows.model is Article else "slug"
