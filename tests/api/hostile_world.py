"""The world of the API tests with a text in each of its cells that somebody might mean ill by."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, cycle
from typing import Any, Final

from django.db import models

from articles.fields import AddressField, BodyField, LineField
from articles.models import Article, Publisher
from incidents import triggers
from incidents.models import Incident, Record
from tests import hostile

from . import world
from .rebuilding import MODELS, put

_TEXTS: Final = (
    "=1+1",
    "'=1+1",
    "''+1",
    "\t=1+1",
    "\r\n@x",
    "\ufeff=1+1",
    "\u200b-1",
    "Depot; gate 2",
    "C:\\; d\\",
    "\\",
    "; ",
    ' "quoted", and\nnext line\r',
    "a\u2028b\u2029c\x85d\x0be",
    "مستودع في الميناء",
    "\u202eevil\u2066safe\u2069",
    "שלום; =1",
    "🔥 fire 👩\u200d👩\u200d👧",
    "2-3",
    "00123",
    "TRUE",
    "NULL",
    "\\N",
    "\\.",
    "1e5",
    "-5",
    " ",
    "<script>alert(1)</script>",
)


def texts() -> list[str]:
    """Return texts that a database can hold: no lone surrogate, no NUL."""
    beside = [t for kind in ("csv_cell_export", "text_title") for t in hostile.beside(kind)]
    return [
        *_TEXTS,
        *(t for t in beside if isinstance(t, str) and "\0" not in t and _encodes(t)),
    ]


def _encodes(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


def build() -> list[str]:
    """Build the world, and put a hostile text in each free cell, as long as its column is."""
    world.build()
    triggers.remove()
    told = cycle(texts())
    number = count(1)
    for model in (Incident, *MODELS.values(), Article, Publisher):
        for row in model._base_manager.order_by("pk"):
            put(row, dict(_said(row, told, number)))
    for record in Record.objects.order_by("pk"):
        record.external_ids = {"wiki; data": "=1+1", "é\\": "“x”; y"}
        record.save()
    return texts()


def _said(
    row: models.Model, told: Iterator[str], number: Iterator[int]
) -> Iterator[tuple[str, Any]]:
    """Yield a text for each free column of a row; names and addresses stay different."""
    for field in row._meta.get_fields():
        if isinstance(field, (LineField, BodyField, AddressField)):
            text = next(told)[: (field.max_length or 200) - 8]
            alone = field.unique or isinstance(field, AddressField)
            yield field.name, f"{text} {next(number)}" if alone else text
