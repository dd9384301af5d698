"""Form fields for the rows of an edition, and lists whose words are explained."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.fields import CodesField
from articles.text import is_key
from incidents import codebook
from incidents.models.editions import validate_external_ids

# The vocabulary behind a column, by the name of the column; its definitions explain the options.
VOCABULARIES: dict[str, type[models.Choices]] = {
    **codebook.VOCABULARIES,
    "certainty": codebook.EffectCertainty,
}
MOST_DIGITS = 3


class Defined(forms.Widget):
    """A choice whose words have definitions."""

    def __init__(self, vocabulary: type[models.Choices], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.definitions = {
            str(entry.value): getattr(entry, "definition", "") for entry in vocabulary
        }


class DefinedSelect(Defined, forms.Select):
    """A list that tells what each of its words means."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return an option with its definition as its title."""
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.definitions:
            option["attrs"]["title"] = str(self.definitions[str(value)])
        return option


class DefinedBoxes(Defined, forms.CheckboxSelectMultiple):
    """Boxes of which each tells what its word means."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return a box whose label ends with the definition."""
        option = super().create_option(name, value, *args, **kwargs)
        told = self.definitions.get(str(value))
        if told:
            text = '{} <span class="definition">{}</span>'
            option["label"] = format_html(text, option["label"], told)
        return option


class Explained(BaseModelAdmin[Any]):
    """Form fields that explain the words of their vocabulary."""

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Return a list that explains its words."""
        if vocabulary := VOCABULARIES.get(db_field.name):
            kwargs.setdefault("widget", DefinedSelect(vocabulary))
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Return a field, with explained boxes where its column holds several codes."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(db_field, CodesField) and db_field.vocabulary:
            field.widget = DefinedBoxes(db_field.vocabulary, choices=db_field.vocabulary.choices)
            field.label = capfirst(str(field.label))
        return field


class RowField(forms.ChoiceField):
    """A choice of one row among those that the edition has already."""

    def offer(self, rows: Iterable[models.Model]) -> None:
        """Offer `rows`."""
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [("", "---------"), *((pk, str(row)) for pk, row in self.rows.items())]

    def clean(self, value: Any) -> Any:
        """Return the row chosen, or None."""
        return self.rows.get(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether another row was chosen."""
        return str(initial or "") != str(data or "")


class RowsField(forms.MultipleChoiceField):
    """A choice of several rows among those that the edition has already."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, rows: Iterable[models.Model]) -> None:
        """Offer `rows`."""
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [(pk, str(row)) for pk, row in self.rows.items()]

    def prepare_value(self, value: Any) -> Any:
        """Return the keys of rows."""
        if isinstance(value, list):
            return [str(row.pk) if isinstance(row, models.Model) else row for row in value]
        return value

    def clean(self, value: Any) -> Any:
        """Return the rows chosen."""
        return [self.rows[key] for key in super().clean(value)]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether other rows were chosen."""
        return set(self.prepare_value(initial or [])) != set(map(str, data or []))


class KeysField(forms.ModelMultipleChoiceField[Any]):
    """A choice of several rows of a table; what is no key is the key of none."""

    def clean(self, value: Any) -> Any:
        """Return the rows chosen; a number that no database counts to is refused as any other."""
        for key in value or ():
            if not is_key(str(key)):
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": str(key)[:40]},
                )
        return super().clean(value)


class NumbersField(forms.CharField):
    """Numbers of the articles of the same form, separated by commas or spaces."""

    def clean(self, value: Any) -> Any:
        """Return the numbers, each once and in order."""
        parts = super().clean(value).replace(",", " ").split()
        for part in parts:
            if not (part.isascii() and part.isdecimal() and len(part) <= MOST_DIGITS):
                raise ValidationError(
                    _("“%(part)s” is not the number of an article; write 1, or 1, 3."),
                    code="number",
                    params={"part": part[:40]},
                )
        return sorted({int(part) for part in parts})


class IdsField(forms.CharField):
    """Ids in other systems, one `scheme: id` a line, kept as an object."""

    widget = forms.Textarea(attrs={"rows": 3, "cols": 40})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            max_length=4000,
            help_text=_("One on each line, as in “misp: 5c1e…”."),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """Return one line for each id."""
        if isinstance(value, dict):
            return "\n".join(f"{scheme}: {name}" for scheme, name in value.items())
        return value

    def clean(self, value: Any) -> Any:
        """Return the ids by their schemes."""
        ids: dict[str, str] = {}
        for line in super().clean(value).splitlines():
            scheme, colon, name = (part.strip() for part in line.partition(":"))
            if line.strip() and (not colon or scheme in ids):
                raise ValidationError(
                    _("“%(line)s” is not “scheme: id”, or its scheme is there twice."),
                    code="ids",
                    params={"line": line[:100]},
                )
            if line.strip():
                ids[scheme] = name
        validate_external_ids(ids)
        return ids

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether the lines differ."""
        lines = (self.prepare_value(initial or {}), data or "")
        first, second = ([line.strip() for line in text.splitlines()] for text in lines)
        return first != second
