"""The forms of an edition: one logs a draft in two minutes, the other one works on it."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import canonical
from articles.admin import CountryField
from articles.text import normalised
from incidents.codebook import SEA
from incidents.models import Incident
from incidents.models.children import PLACE_CHOICES

LONGEST_HOST = 253
_TYPED_ZONE = re.compile(r"locations-[0-9]+-zone")


class IncidentForm(forms.ModelForm[Incident]):
    """An edition being worked on."""


class DraftForm(IncidentForm):
    """A new incident: what was reported where, of when and of which country."""

    article_url = forms.CharField(
        label=gettext_lazy("First article"),
        max_length=canonical.MAX_LENGTH,
        widget=forms.URLInput(
            attrs={
                "class": "vURLField",
                "autofocus": True,
                "data-known-article": reverse_lazy("admin:incidents_incident_known_article"),
            }
        ),
        help_text=gettext_lazy(
            "The address of a report. Outlet and language follow from it; more articles go below."
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

    def clean_article_url(self) -> str:
        """Return the address of a page on a public host."""
        url = normalised(self.cleaned_data["article_url"])
        canonical.validate_address(url)
        if len(canonical.domain(url)) > LONGEST_HOST:
            raise ValidationError(_("The host of this address is too long."), code="host")
        return url

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
