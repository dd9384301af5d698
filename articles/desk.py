"""What every desk of the project shares: its fields, its rows, its lists.

Law: staff see what `visible_to` gives them, in lists, in choices and behind addresses; what a
browser sends is never handed to the database unread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest, ValidationError
from django.db import models
from django.db.models import ForeignKey, Prefetch, QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import dates, edtf
from .clearance import clearance
from .codebook import Marking
from .countries import COUNTRIES, close_names, country_code
from .fields import EdtfField
from .models import Protected
from .saving import Saving
from .text import folded, is_key, refusal, slugged

type_of_row = TypeVar("type_of_row", bound=models.Model)

LONGEST_SEARCH = 200


class CountryField(forms.CharField):
    """A country typed by code or by any common name, kept as its code."""

    def __init__(self, *, codes: Mapping[str, Any], **kwargs: Any) -> None:
        attrs = {"list": "country-names", "autocomplete": "off", "class": "country"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(max_length=80, **kwargs)
        self.codes = codes

    def prepare_value(self, value: Any) -> Any:
        """Return the name of a code; what was typed stays as it was."""
        return str(self.codes[value]) if value in self.codes else value

    def clean(self, value: Any) -> str:
        """Return the code of the country that was typed."""
        text = super().clean(value)
        code = self._code(text)
        if text and code is None:
            close = [name for name in close_names(text) if country_code(name) in self.codes]
            raise ValidationError(
                _("“%(text)s” is no country known here. Did you mean %(close)s?")
                if close
                else _("“%(text)s” is no country known here."),
                code="country",
                params={"text": text, "close": _(" or ").join(close)},
            )
        return code or ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether another country was typed."""
        return (self._code(str(data or "").strip()) or data or "") != (initial or "")

    def _code(self, text: str) -> str | None:
        code = country_code(text)
        if code in self.codes:
            return code
        # Codes and names that are no country's: at sea, no place, unknown.
        named = {folded(code): code for code in self.codes}
        named |= {folded(str(name)): code for code, name in self.codes.items()}
        return named.get(folded(text))


class DateInput(forms.TextInput):
    """A line for a date, and below it how the date is understood."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        url = reverse_lazy("admin:edtf-in-words")
        own = {"class": "date-text", "autocomplete": "off", "data-date-in-words": url}
        super().__init__({**own, **(attrs or {})})

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Return the line; what is no date is explained by the errors of its field."""
        attrs = attrs or {}
        below = f"{attrs.get('id', name)}_understood"
        described = f"{attrs.get('aria-describedby') or ''} {below}".strip()
        line = super().render(name, value, {**attrs, "aria-describedby": described}, renderer)
        told = date_told(dates.read, value)["understood"] if isinstance(value, str) else ""
        return format_html(
            '<span class="date-entry">{}</span>'
            '<span class="understood" id="{}" aria-live="polite">{}</span>',
            line,
            below,
            told,
        )


class DateField(forms.CharField):
    """A date typed in any unambiguous form, kept as EDTF."""

    widget = DateInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=dates.LONGEST, **kwargs)

    def clean(self, value: Any) -> str:
        """Return the EDTF of the date that was typed."""
        text: str = super().clean(value)
        if not text:
            return text
        try:
            return dates.read(text)
        except edtf.InvalidDate as error:
            raise ValidationError(str(error), code="edtf") from None


def date_told(reading: Callable[[Any], str], typed: Any) -> dict[str, Any]:
    """Return what is told of a date: how it is understood, or what is wrong and what is meant."""
    told: dict[str, Any] = {"edtf": "", "understood": "", "error": "", "readings": []}
    if not typed:
        return told
    try:
        text = reading(typed)
    except dates.AmbiguousDate as error:
        readings = [{"edtf": text, "words": edtf.in_words(text)} for text in error.readings]
        return {**told, "error": str(error), "readings": readings}
    except edtf.InvalidDate as error:
        return {**told, "error": str(error)}
    parts = asdict(dates.taken_apart(text))
    return {**told, "edtf": text, "understood": edtf.understood(text), "parts": parts}


class FoundSelect(AutocompleteSelect):
    """A field that finds rows as one types; it asks the database only for what it was not told."""

    labels: Mapping[str, str] = {}

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> Any:
        """Return an option; the one for nothing chosen is not left without a word."""
        return super().create_option(name, value, label or "---------", *args, **kwargs)

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        """Return the chosen option; what is no key is chosen by nobody."""
        keys = [str(key) for key in value if is_key(str(key))]
        if not keys or not all(key in self.labels for key in keys):
            return super().optgroups(name, keys, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options += [self.create_option(name, key, self.labels[key], True, 1) for key in keys]
        return [(None, options, 0)]


class CarefulFields(BaseModelAdmin[type_of_row]):
    """Form fields that offer what the reader may see and take countries by any name."""

    country_fields: ClassVar[tuple[str, ...]] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[type_of_row]:
        """Return rows that lead only to what the reader may see: other rows read as none."""
        rows: Any = super().get_queryset(request)
        for field in self.model._meta.concrete_fields:
            if isinstance(field, ForeignKey):
                behind: Any = field.remote_field.model._default_manager.all()
                if hasattr(behind, "visible_to"):
                    seen = behind.visible_to(request.user)
                    rows = rows.prefetch_related(Prefetch(field.name, seen))
        return rows  # type: ignore[no-any-return]

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        """Return a field that checks dates and reads countries."""
        if db_field.name in self.country_fields:
            return CountryField(
                codes=dict(db_field.choices),
                required=not db_field.blank,
                label=capfirst(db_field.verbose_name),
                help_text=db_field.help_text,
            )
        if isinstance(db_field, EdtfField):
            # The form's own check: the rules across fields then never meet a date that is none.
            return DateField(
                required=not db_field.blank,
                label=capfirst(db_field.verbose_name),
                help_text=db_field.help_text,
            )
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # From a form, rows elsewhere are read and added; they are changed at their own desk.
            field.widget.can_change_related = field.widget.can_delete_related = False
        return field

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Return a choice among the rows that the reader may see."""
        rows: Any = db_field.remote_field.model._default_manager.all()
        if hasattr(rows, "visible_to"):
            kwargs.setdefault("queryset", rows.visible_to(request.user))
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", FoundSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class NamedColumns(admin.TabularInline[Any, Any]):
    """Rows in a table: a column has a heading, but its fields have no label of their own."""

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Return a formset each of whose fields says what it is."""
        formset: Any = super().get_formset(request, obj, **kwargs)
        for field in formset.form.base_fields.values():
            field.widget.attrs.setdefault("aria-label", field.label)
        formset.deletion_widget = forms.CheckboxInput(attrs={"aria-label": _("Delete")})
        return formset


class Guarded(Saving[type_of_row]):
    """A desk whose lists answer any querystring."""

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Allow the lookups of the filters shown and no others."""
        filters = self.list_filter if request is None else self.get_list_filter(request)
        names = [entry for entry in filters if isinstance(entry, str)]
        endings = ("", "__exact", "__isnull", "__id__exact")
        return any(lookup == f"{name}{ending}" for name in names for ending in endings)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Refuse what no database takes; then answer as ever."""
        texts = [text for values in request.GET.lists() for text in (values[0], *values[1])]
        if any(refusal(char) for text in texts for char in text[:LONGEST_SEARCH]) or any(
            "\0" in text or len(text) > 4 * LONGEST_SEARCH for text in texts
        ):
            raise BadRequest("The address holds a text that no row can have.")
        chosen = request.POST.getlist("_selected_action")
        if not all(map(is_key, chosen)):
            raise BadRequest("A row chosen has no such key.")
        return super().changelist_view(request, extra_context)


class Desk(CarefulFields[type_of_row], Guarded[type_of_row]):
    """A desk of the project: rows as `visible_to` gives them, countries by any name."""

    change_form_template = "admin/hti_change_form.html"
    show_full_result_count = False
    view_on_site = False
    list_per_page = 50
    country_names: ClassVar[Iterable[Any]] = tuple(COUNTRIES.values())

    class Media:
        js = [
            Script("admin_hti/definitions.js", type="module"),
            Script("admin_hti/dates.js", type="module"),
            Script("admin_hti/found.js", type="module"),
            Script("admin_hti/combobox.js", type="module"),
            Script("admin_hti/scrolled.js", type="module"),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the names that all fields for a country suggest."""
        context["country_names"] = self.country_names
        return super().render_change_form(request, context, *args, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[type_of_row]:
        """Return the rows that the reader may see."""
        rows: Any = super().get_queryset(request)
        return rows.visible_to(request.user)  # type: ignore[no-any-return]

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Return what deleting would take along, in numbers: not all of it is for every reader."""
        _listed, counted, perms, protected = super().get_deleted_objects(objs, request)
        held = ngettext(
            "%(n)d row that rests on it", "%(n)d rows that rest on it", len(protected)
        ) % {"n": len(protected)}
        return [str(one) for one in objs], counted, perms, [held] if protected else []

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[type_of_row], search_term: str
    ) -> tuple[QuerySet[type_of_row], bool]:
        """Search for what is printable of a term; databases refuse the rest, and long patterns."""
        term = "".join(char for char in search_term[:LONGEST_SEARCH] if not refusal(char))
        return super().get_search_results(request, queryset, term)


class Settled(Desk[type_of_row]):
    """A desk of rows that published texts name: what readers see of those takes a reviewer.

    A published text is checked by a second person and names such rows by their key; whoever
    changed a row alone would change what it says.
    """

    settled_fields: ClassVar[tuple[str, ...]] = ()

    def is_settled(self, row: type_of_row) -> bool:
        """Tell whether readers see a row already."""
        rows: Any = self.model._default_manager
        return bool(rows.visible_to(AnonymousUser()).filter(pk=row.pk).exists())

    def may_change_settled(self, request: HttpRequest) -> bool:
        """Tell whether the reader may change what others read already."""
        return clearance(request.user).reviews

    def save_model(
        self, request: HttpRequest, obj: type_of_row, form: forms.ModelForm[Any], change: bool
    ) -> None:
        """Make a new row that has a marking that of the organisation of whoever adds it."""
        if not change and isinstance(obj, Protected):
            obj.organisation_id = clearance(request.user).organisation
        super().save_model(request, obj, form, change)

    def get_readonly_fields(self, request: HttpRequest, obj: type_of_row | None = None) -> Any:
        """Add, for all but reviewers, what readers see of a row that they see."""
        fields = super().get_readonly_fields(request, obj)
        if obj is None or self.may_change_settled(request) or not self.is_settled(obj):
            return fields
        return (*fields, *self.settled_fields)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the marking that lets everybody read a row to reviewers alone."""
        if db_field.name == "marking" and not self.may_change_settled(request):
            stricter = [choice for choice in Marking.choices if choice[0] != Marking.CLEAR]
            kwargs["choices"] = stricter
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class SluggedForm(forms.ModelForm[Any]):
    """A form that makes the address name itself where it is left empty."""

    named_after: ClassVar[tuple[str, ...]] = ("name",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "The name in addresses; left empty, it is made here and then stays."
            )

    def clean(self) -> dict[str, Any] | None:
        """Give a row without an address name one that no other row has."""
        super().clean()
        cleaned: dict[str, Any] = self.cleaned_data
        if "slug" in cleaned and not cleaned["slug"]:
            words = " ".join(str(cleaned.get(name, "")) for name in self.named_after)
            cleaned["slug"] = self._free(slugged(words) or str(self._meta.model._meta.model_name))
        return cleaned

    def _free(self, stem: str) -> str:
        stem = stem[:72].strip("-")
        rows = self._meta.model._default_manager.filter(slug__startswith=stem)
        taken = set(rows.exclude(pk=self.instance.pk).values_list("slug", flat=True))
        slugs: Iterable[str] = (f"{stem}-{n}" if n else stem for n in range(len(taken) + 1))
        return next(slug for slug in slugs if slug not in taken)
