"""Forms of the rows of an edition: one is primary, and they name rows of the same edition."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from incidents.codebook import LocationRole, Stance
from incidents.models import Citation, Claim, Incident, Location, Target

from .fields import NumbersField, RowField, RowsField
from .forms import lines_of

_CHOSEN = re.compile(r"(citations-[0-9]+)-article")


class RowFormSet(BaseInlineFormSet[Any, Incident, forms.ModelForm[Any]]):
    """Rows of one kind of one edition."""

    def clean(self) -> None:
        """Tell when a row that was changed is gone."""
        super().clean()
        for form in self.initial_forms:
            if form.instance.pk is None:
                raise ValidationError(
                    _("A row was removed by somebody else meanwhile. Remove it here too."),
                    code="gone",
                )

    def kept(self) -> list[forms.ModelForm[Any]]:
        """Return the forms whose rows are there after saving, in order."""
        return [
            form
            for form in self.forms
            if hasattr(form, "cleaned_data")
            and not (self.can_delete and self._should_delete_form(form))  # type: ignore[attr-defined]
            and (form.instance.pk is not None or form.has_changed())
        ]


class PrimaryFormSet(RowFormSet):
    """Rows of which one is the primary one."""

    primary: forms.ModelForm[Any] | None = None

    def clean(self) -> None:
        """Refuse two primary rows; where none is ticked, take the first that may be."""
        super().clean()
        if any(self.errors):
            return
        ticked = [form for form in self.kept() if form.cleaned_data.get("primary")]
        if len(ticked) > 1:
            raise ValidationError(
                _("Only one row is the primary one; ticked are %(rows)s."),
                code="primary",
                params={"rows": _(" and ").join(f"“{form.instance}”" for form in ticked)},
            )
        if not ticked:
            ticked = [form for form in self.kept() if self._may_be_primary(form.instance)][:1]
        self.primary = ticked[0] if ticked else None

    def save(self, commit: bool = True) -> list[Any]:
        """Clear the tick where it was before setting it where it is."""
        primary = self.primary
        model: type[Location] | type[Target] = Location if self.model is Location else Target
        rows: QuerySet[Any] = model.objects.filter(incident=self.instance, primary=True)
        if commit:
            rows.exclude(pk=primary and primary.instance.pk).update(primary=False)
        if primary:
            primary.instance.primary = True
        saved = super().save(commit)
        if commit and primary and not rows.exists():
            primary.instance.save()
        return saved

    def _may_be_primary(self, row: Location | Target) -> bool:
        return getattr(row, "role", None) != LocationRole.LAUNCHED


class SourcedFormSet(RowFormSet):
    """Rows that rest on citations of their edition."""

    reader: User | AnonymousUser = AnonymousUser()

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Hand each form the rows that it may name."""
        return {**super().get_form_kwargs(index), "offered": self.offered}

    @cached_property
    def offered(self) -> dict[str, list[models.Model]]:
        """The rows that fields may name, read once for all forms."""
        if self.instance.pk is None:
            return {}
        cited = list(Citation.objects.filter(incident=self.instance).select_related("article"))
        read = Citation.objects.visible_to(self.reader).filter(incident=self.instance)
        visible = set(read.values_list("pk", flat=True))
        for citation in cited:
            if citation.pk not in visible:
                # A row keeps the source that it has, whose title is for others.
                citation.article = Article(title=_("an article of limited circulation"))
        return {"citation": [*cited], "citations": [*cited]}

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        """Return the form of a row whose sources say no title that the reader may not see."""
        form: Any = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        offered = {citation.pk: citation for citation in self.offered.get("citations", [])}
        row = form.instance
        sources = list(getattr(row, "_prefetched_objects_cache", {}).get("citations", []))
        sources += [row.citation] if getattr(row, "citation_id", None) else []
        for source in sources:
            # What is only read is written out of the row itself, not of what the form offers.
            known: Any = offered.get(source.pk)
            if known is not None:
                source.article = known.article
        return form


class ClaimFormSet(SourcedFormSet):
    """Claims, which may supersede each other."""

    @cached_property
    def offered(self) -> dict[str, list[models.Model]]:
        """The citations and the claims of the edition."""
        rows = dict(super().offered)
        if self.instance.pk is not None:
            read = Claim.objects.visible_to(self.reader)
            rows["supersedes"] = list(read.filter(incident=self.instance))
        return rows

    def clean(self) -> None:
        """Refuse to delete a claim that another one withdraws, and articles that are not there."""
        super().clean()
        self._check_numbers()
        gone = {form.instance.pk for form in self.deleted_forms} - {None}
        for form in self.kept():
            earlier = form.cleaned_data.get("supersedes")
            withdraws = form.cleaned_data.get("stance") == Stance.WITHDRAWS
            if withdraws and earlier and earlier.pk in gone:
                raise ValidationError(
                    _("“%(claim)s” stays as long as “%(later)s” withdraws it."),
                    code="withdrawn",
                    params={"claim": earlier, "later": form.instance},
                )

    def _check_numbers(self) -> None:
        """Tell each claim of a new draft which of its articles the form does not have."""
        there = articles_typed(self.data)
        for form in self.kept():
            beyond = [n for n in form.cleaned_data.get("articles") or () if not 1 <= n <= there]
            if beyond:
                form.add_error(
                    "articles",
                    ValidationError(
                        _("There is no article no. %(number)d; this form has %(there)d."),
                        code="article",
                        params={"number": beyond[0], "there": there},
                    ),
                )

    def save_existing_objects(self, commit: bool = True) -> Any:
        """Delete what withdraws a claim before the claim itself."""
        if commit:
            gone = {form.instance.pk for form in self.deleted_forms} - {None}
            withdrawing = Claim.objects.filter(pk__in=gone, stance=Stance.WITHDRAWS)
            for later in withdrawing.order_by("-date_to", "-date_from", "-pk"):
                later.delete()
        return super().save_existing_objects(commit)


def articles_typed(sent: Mapping[str, Any]) -> int:
    """Return how many articles a sent form of a new draft has: the first, lines, then rows."""
    chosen = sum(
        1
        for name, key in sent.items()
        if key and (row := _CHOSEN.fullmatch(name)) and not sent.get(f"{row[1]}-DELETE")
    )
    return 1 + len(lines_of(str(sent.get("more_articles", "")))) + chosen


class RowForm(forms.ModelForm[Any]):
    """A row that names other rows of its edition, and rows found by typing."""

    found: tuple[str, ...] = ()

    def __init__(
        self, *args: Any, offered: dict[str, list[models.Model]] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, RowField | RowsField):
                rows = (offered or {}).get(name, [])
                own = self.instance.pk if name == "supersedes" else None
                field.offer(row for row in rows if row.pk != own or own is None)
        for name in self.found:
            row = getattr(self.instance, name, None) if name in self.fields else None
            if row is not None:
                wrapper: Any = self.fields[name].widget
                getattr(wrapper, "widget", wrapper).labels = {str(row.pk): str(row)}


SOURCE = gettext_lazy("Source")


class CitationForm(RowForm):
    """The use of an article."""

    found = ("article",)


class SaidForm(RowForm):
    """Who said what of whom, whatever it rests on."""

    found = ("accused_actor", "claimant_actor")
    supersedes = RowField(
        label=gettext_lazy("Supersedes"),
        required=False,
        help_text=gettext_lazy("The earlier claim that this one replaces or withdraws."),
    )


class ClaimForm(SaidForm):
    """A claim of an edition, which rests on citations."""

    citations = RowsField(
        label=gettext_lazy("Sources"),
        required=False,
        help_text=gettext_lazy(
            "The citations of this incident that it rests on. Where none is ticked, the first "
            "report is taken, or else the first article."
        ),
    )


class DraftClaimForm(SaidForm):
    """A claim of a new draft, whose articles are no citations yet and have numbers."""

    articles = NumbersField(
        label=gettext_lazy("Sources"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "numbers", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "The numbers of the articles that it rests on, such as 1, 3; left empty, no. 1. After "
            "the first article and the lines below it, chosen rows of citations go on counting."
        ),
    )


class FindingForm(RowForm):
    """What was found on a date."""

    citation = RowField(label=SOURCE, required=False)


class EffectForm(RowForm):
    """What the act did."""

    citation = RowField(label=SOURCE, required=False)
