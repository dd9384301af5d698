"""What the API says of an incident, made from the tables that all doors and files read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.reverse import reverse

from incidents.refusals import InvalidQuestion
from incidents.tables.columns import Column, Group, Kind
from incidents.tables.nested import INCIDENTS, SOURCES, TABLES
from incidents.tables.stitch import BRIEF, NAMES, URL, Address

from .serializers import RelatedSerializer

S = serializers
_FIELDS: Final[dict[Kind, Any]] = {
    Kind.TEXT: S.CharField,
    Kind.LINK: S.URLField,
    Kind.CODE: S.CharField,
    Kind.INTEGER: S.IntegerField,
    Kind.NUMBER: S.FloatField,
    Kind.AMOUNT: S.CharField,
    Kind.TRUTH: S.BooleanField,
    Kind.DAY: S.DateField,
    Kind.MOMENT: S.DateTimeField,
    Kind.UID: S.UUIDField,
    Kind.IDS: lambda **told: S.DictField(child=S.CharField(), **told),
    Kind.TEXTS: lambda **told: S.ListField(child=S.CharField(), **told),
    Kind.CODES: lambda **told: S.ListField(child=S.CharField(), **told),
}


def _serializer(name: str, columns: Sequence[Column | Group], says: str, **more: Any) -> Any:
    """Return a serializer class of columns, which the OpenAPI document is made from."""
    fields: dict[str, Any] = {}
    for column in columns:
        if isinstance(column, Group):
            inner = _serializer(f"{name}{column.name.title()}", column.columns, column.says)
            fields[column.name] = inner(allow_null=column.null)
        else:
            told = {"allow_null": column.null, "help_text": column.says}
            fields[column.name] = _FIELDS[column.kind](**told)
    return type(f"{name}Serializer", (S.Serializer,), {"__doc__": says, **fields, **more})


_ROWS: Final = {
    table.name: _serializer(
        table.name.removesuffix("s").title(),
        (*table.columns, SOURCES) if table.name == "claims" else table.columns,
        table.says,
    )(many=True)
    for table in TABLES
}
IncidentSerializer: Final = _serializer(
    "Incident",
    INCIDENTS,
    "An edition of an incident with its rows.",
    **{URL: S.URLField(help_text="Of the record, or of a past edition of it")},
    **_ROWS,
)


class ListedIncidentSerializer(IncidentSerializer):  # type: ignore[misc, valid-type]
    """An edition of an incident, as far as `fields` and `brief` ask for it."""

    def get_fields(self) -> dict[str, Any]:
        """Return the fields, each of which may be left out."""
        fields: dict[str, Any] = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


IncidentDetailSerializer: Final = type(
    "IncidentDetailSerializer",
    (IncidentSerializer,),
    {
        "__doc__": "An edition of an incident, and the records around it.",
        "merged_records": S.ListField(child=S.CharField()),
        "related": RelatedSerializer(many=True),
    },
)


def addresses(request: Request) -> Address:
    """Return what makes the address of a record, or of an edition that is public no longer."""
    base = reverse("api-incident", args=["REFERENCE"], request=request)
    before, after = base.split("REFERENCE")

    def address(reference: str, number: int | None) -> str:
        edition = f"editions/{number}/" if number else ""
        return f"{before}{reference}{after}{edition}"

    return address


def chosen(values: Mapping[str, Any], known: Sequence[str] = NAMES) -> frozenset[str]:
    """Return the fields that a question wants of each record; all where it names none.

    Raises InvalidQuestion where one is not known, or `brief` stands beside `fields`.
    """
    named = values["fields"]
    if values["brief"] and named:
        raise InvalidQuestion({"brief": [_("Not together with fields.")]})
    if values["brief"]:
        return BRIEF
    unknown = [name for name in named if name not in known]
    if unknown:
        told = _("No such field: %(unknown)s. Known: %(known)s.")
        said = {"unknown": ", ".join(unknown), "known": ", ".join(known)}
        raise InvalidQuestion({"fields": [told % said]})
    return frozenset(named or known)
