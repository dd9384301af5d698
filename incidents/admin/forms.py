"""The forms of an edition: one logs a draft in two minutes, the other one works on it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import canonical
from articles.desk import CountryField
from articles.text import normalised
from incidents.codebook import SEA
from incidents.models import Incident
from incidents.models.children import PLACE_CHOICES
from incidents.steps import LONGEST_COMMENT

LONGEST_HOST = 253
_TYPED_ZONE = re.compile(r"locations-[0-9]+-zone")


MOST_ARTICLES = 20
# What one incident of a series shares with the next one; of these an address may hold values.
KEPT = ("occurred", "country_name", "event_type", "campaign", "marking")
PREFILLED = ("article_url", "title", *KEPT, "same_article")


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that are not blank."""
    return [line for line in map(normalised, text.splitlines()) if line]


def page_address(text: str) -> str:
    """Return the address of a page on a public host.

    Raises ValidationError.
    """
    url = normalised(text)
    canonical.validate_address(url)
    if len(canonical.domain(url)) > LONGEST_HOST:
        raise ValidationError(_("The host of this address is too long."), code="host")
    return url


class IncidentForm(forms.ModelForm[Incident]):
    """An edition being worked on."""

    comment = forms.CharField(
        label=gettext_lazy("Say something"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text=gettext_lazy(
            "To whoever writes and reviews this; added when you save. It is never published."
        ),
    )

    class Meta:
        help_texts = {"change_note": gettext_lazy("Readers are told, beside the reason.")}


class DraftForm(IncidentForm):
    """A new incident: what was reported where, of when and of which country."""

    comment = None  # type: ignore[assignment]

    article_url = forms.CharField(
        label=gettext_lazy("First article"),
        max_length=canonical.MAX_LENGTH,
        widget=forms.URLInput(attrs={"class": "vURLField", "autofocus": True}),
        help_text=gettext_lazy(
            "The address of a report. Outlet and language follow from it; claims rest on it."
        ),
    )
    more_articles = forms.CharField(
        label=gettext_lazy("More articles"),
        required=False,
        max_length=MOST_ARTICLES * (canonical.MAX_LENGTH + 2),
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField addresses"}),
        help_text=gettext_lazy(
            "One address on each line. The first article is no. 1, these are no. 2, 3 and so on."
        ),
    )
    country_name = CountryField(
        label=gettext_lazy("Country"),
        codes=dict(PLACE_CHOICES),
        help_text=gettext_lazy(
            "Any common name or code; “at sea”, or “no place” for what happened online. It becomes "
            "the place and the target until rows below say more."
        ),
    )
    same_article = forms.BooleanField(
        label=gettext_lazy("with the same first article"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            # After an error the first field that is wrong takes the cursor, not the first one.
            self.fields["article_url"].widget.attrs.pop("autofocus", None)

    def clean_article_url(self) -> str:
        """Return the address of a page on a public host."""
        return page_address(self.cleaned_data["article_url"])

    def clean_more_articles(self) -> list[str]:
        """Return the addresses; whatever is wrong with a line is told with its number."""
        lines = lines_of(self.cleaned_data["more_articles"])
        if len(lines) > MOST_ARTICLES:
            raise ValidationError(
                _("These are %(n)d addresses; at most %(most)d are taken here."),
                code="most",
                params={"n": len(lines), "most": MOST_ARTICLES},
            )
        urls, wrong = [], []
        for number, line in enumerate(lines, start=1):
            try:
                urls.append(page_address(line))
            except ValidationError as error:
                told = {"number": number, "why": " ".join(error.messages)}
                wrong.append(_("Line %(number)d: %(why)s") % told)
        if wrong:
            raise ValidationError([ValidationError(text, code="line") for text in wrong])
        return urls

    def clean_country_name(self) -> str:
        """Return the code of the country; a place at sea is told by its row."""
        code: str = self.cleaned_data["country_name"]
        zones = (str(text) for name, text in self.data.items() if _TYPED_ZONE.fullmatch(name))
        if code == SEA and not any(zone.strip() for zone in zones):
            raise ValidationError(
                _("A place at sea needs its zone: add a location below, “at sea” with its zone."),
                code="zone",
            )
        return code


class _Unattached:
    """A form that was sent to attach its articles, which was refused; it is shown again."""

    refusal = ""

    def full_clean(self) -> None:
        """Say the refusal, and what is wrong; what is missing matters to who saves it."""
        form: Any = self
        super().full_clean()  # type: ignore[misc]
        if not form.is_bound:
            return
        for name, errors in form.errors.as_data().items():
            if all(error.code == "required" for error in errors):
                del form.errors[name]
        form.add_error(None, self.refusal)


def unattached(form: Any, refusal: str) -> Any:
    """Return a kind of form that is never valid, as its articles could not be attached."""
    return type(form.__name__, (_Unattached, form), {"refusal": refusal})


def prefilled(
    form: type[forms.ModelForm[Incident]], sent: Mapping[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """Return what an address fills into a new form, and the names of what it got wrong."""
    values: dict[str, Any] = {}
    wrong: list[str] = []
    fields: dict[str, forms.Field] = form.base_fields
    for name in PREFILLED:
        text = sent.get(name, "")
        if not text or name not in fields:
            continue
        try:
            values[name] = page_address(text) if name == "article_url" else fields[name].clean(text)
        except ValidationError:
            wrong.append(str(fields[name].label))
    return values, wrong


def kept(incident: Incident, articles: Sequence[str] = ()) -> dict[str, str]:
    """Return the querystring that starts the next incident of a series."""
    values = {
        "occurred": incident.occurred,
        "country_name": incident.country,
        "event_type": incident.event_type,
        "campaign": str(incident.campaign_id or ""),
        "marking": incident.marking,
        "article_url": next(iter(articles), ""),
        "same_article": "on" if articles else "",
    }
    return {name: value for name, value in values.items() if value}


def kept_labels(form: Any, sent: Mapping[str, str]) -> list[str]:
    """Return the names of the fields that an address filled in."""
    if form.is_bound:
        return []
    filled = (name for name in PREFILLED if sent.get(name) and form.initial.get(name))
    return [str(form.fields[name].label) for name in filled]


def changed(form: Any, formsets: Any) -> bool:
    """Tell whether a form or its rows would change what an edition says."""
    said = set(form.changed_data) - {"comment"}
    return bool(said) or any(formset.has_changed() for formset in formsets)
