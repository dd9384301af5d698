"""What a browser sends of a form: of one that nobody touched, and of one that somebody filled in.

Law: both are told in one form, so that a field which nobody touched never counts as typed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core import signing
from django.forms.formsets import DELETION_FIELD_NAME, ORDERING_FIELD_NAME
from django.forms.models import InlineForeignKeyField
from django.utils.translation import gettext as _

from .text import is_key

# For each input of a field its texts.
Sent = tuple[tuple[str, ...], ...]
Digests = dict[str, str]

_SALT: Final = "articles.sent"
_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Read:
    """What a form starts from: the row, its version, and a digest of each field shown."""

    of: str
    version: str
    fields: Digests
    rows: dict[str, dict[str, Digests]]

    def signed(self) -> str:
        """Return it as a form carries it."""
        said = [self.of, self.version, self.fields, self.rows]
        return signing.dumps(said, salt=_SALT, compress=True)


def read_from(text: str) -> Read | None:
    """Return what a form carried; None where this site did not write it."""
    try:
        return Read(*signing.loads(text, salt=_SALT))
    except signing.BadSignature:
        return None


def read_of(of: str, version: str, form: forms.BaseForm, formsets: Iterable[Any]) -> Read:
    """Return what a form starts from that shows a row and the rows below it as they stand."""
    rows = {
        formset.prefix: {str(row.instance.pk): digests(row) for row in formset.initial_forms}
        for formset in formsets
    }
    return Read(of, version, digests(form), rows)


def digests(form: forms.BaseForm) -> Digests:
    """Return a digest of each field of a form that nobody touched."""
    return {name: digest(stored(form, name)) for name in written(form)}


def digest(sent: Sent) -> str:
    """Return a digest of what is sent of a field."""
    return hashlib.sha256(json.dumps(sent).encode()).hexdigest()[:_DIGITS]


def written(form: forms.BaseForm) -> Iterator[str]:
    """Yield the names of the fields whose content a form writes."""
    for name, field in form.fields.items():
        key = isinstance(field, InlineForeignKeyField) or isinstance(
            field.widget, forms.HiddenInput
        )
        if not (field.disabled or key or name in (DELETION_FIELD_NAME, ORDERING_FIELD_NAME)):
            yield name


def inputs(form: forms.BaseForm, name: str) -> list[tuple[forms.Widget, str]]:
    """Return the inputs of a field, each with what its name is after that of the form."""
    widget = form.fields[name].widget
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget = widget.widget
    if isinstance(widget, forms.MultiWidget):
        suffixes: list[str] = getattr(widget, "widgets_names")  # noqa: B009
        parts = zip(widget.widgets, suffixes, strict=True)
        return [(part, name + suffix) for part, suffix in parts]
    return [(widget, name)]


def stored(form: forms.BaseForm, name: str) -> Sent:
    """Return what a browser sends of a field that nobody touched."""
    field = form.fields[name]
    value = field.prepare_value(form.get_initial_for_field(field, name))
    widget = field.widget
    values = widget.decompress(value) if isinstance(widget, forms.MultiWidget) else [value]
    parts = zip(inputs(form, name), values or [None], strict=False)
    return tuple(_shown(part, one) for (part, _name), one in parts)


def _shown(widget: forms.Widget, value: Any) -> tuple[str, ...]:
    if isinstance(widget, forms.CheckboxInput):
        return _texts(widget.check_test(value))
    return _texts(widget.format_value(value))


def typed(form: forms.BaseForm, name: str) -> Sent:
    """Return what was sent of a field."""
    return tuple(
        _texts(widget.value_from_datadict(form.data, form.files, form.add_prefix(part)))
        for widget, part in inputs(form, name)
    )


def differs(sent: forms.BaseForm, present: forms.BaseForm, name: str) -> bool:
    """Tell whether a field was sent otherwise than it stands, as the field itself judges it."""
    field = present.fields[name]
    value = field.widget.value_from_datadict(sent.data, sent.files, sent.add_prefix(name))
    return field.has_changed(present.get_initial_for_field(field, name), value)


def _texts(value: Any) -> tuple[str, ...]:
    """Return the texts of a value, in the one form in which they are compared."""
    if isinstance(value, bool):
        return ("on",) if value else ()
    several = value if isinstance(value, list | tuple) else [value]
    texts = ("" if one is None else str(one).replace("\r\n", "\n").strip() for one in several)
    return tuple(sorted(filter(None, texts)))


def in_words(field: forms.Field, sent: Sent) -> str:
    """Return what was sent of a field as a person reads it."""
    texts = [text for part in sent for text in part]
    if isinstance(field, forms.ModelChoiceField):
        return ", ".join(_names(field, texts))
    if isinstance(field.widget, forms.CheckboxInput):
        return _("Yes") if texts else _("No")
    choices: Any = getattr(field, "choices", ())
    labels = {str(code): str(label) for code, label in choices}
    return (", " if labels else " ").join(labels.get(text, text) for text in texts)


def _names(field: forms.ModelChoiceField[Any], texts: Sequence[str]) -> Iterator[str]:
    """Yield the names of the rows chosen, of those that the field offers to this reader."""
    keys = [text for text in texts if is_key(text)]
    rows: Any = field.queryset
    offered = {str(row.pk): field.label_from_instance(row) for row in rows.filter(pk__in=keys)}
    for text in texts:
        yield str(offered.get(text, _("an entry that is not offered to you")))
