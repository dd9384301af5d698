"""What an edition that is worked on still needs, and whom its title blames; neither refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.countries import COUNTRIES
from articles.text import tokens

from . import review
from .codebook import WORKED_ON
from .models import Actor, ActorAlias, Incident
from .querysets import IncidentQuerySet

# The parts of an edition that `review.lacking` names, as its form calls and anchors them.
PARTS: Final[dict[str, tuple[Promise, str]]] = {
    "summary": (_("Summary"), "id_summary"),
    "locations": (_("Locations"), "locations-group"),
    "targets": (_("Targets"), "targets-group"),
    "citations": (_("Citations"), "citations-group"),
    "claims": (_("Claims"), "claims-group"),
    "findings": (_("Findings on the status"), "findings-group"),
    "effects": (_("Effects"), "effects-group"),
    "change_reason": (_("Reason for the change"), "id_change_reason"),
}
# How headlines call the states that are blamed most, beside their names.
_CALLED: Final = {
    "russian": "RU",
    "moscow": "RU",
    "kremlin": "RU",
    "belarusian": "BY",
    "minsk": "BY",
    "iranian": "IR",
    "tehran": "IR",
    "chinese": "CN",
    "beijing": "CN",
    "north korean": "KP",
    "pyongyang": "KP",
}
_SHORTEST: Final = 4


@dataclass(frozen=True, slots=True)
class Need:
    """A part of an edition that publishing would find wanting."""

    part: str
    label: str
    why: str
    url: str


def written_by(user: User) -> IncidentQuerySet:
    """Return the editions of which `user` is an author and which they may still read."""
    authored = Incident.authors.through._default_manager.filter(user=user.pk)
    return Incident.objects.visible_to(user).having(authored)


def drafts_of(user: User) -> IncidentQuerySet:
    """Return the editions that `user` writes and that are still worked on."""
    return written_by(user).filter(state__in=WORKED_ON)


def needs(incident: Incident) -> list[Need]:
    """Return what publishing an edition will still need, in the order of its form."""
    page = reverse("admin:incidents_incident_change", args=(incident.pk,))
    found = review.lacking(incident)
    ordered = sorted(found, key=lambda part: [*PARTS, part].index(part))
    return [
        Need(
            part,
            str(PARTS[part][0]) if part in PARTS else part,
            found[part],
            f"{page}#{PARTS[part][1]}" if part in PARTS else page,
        )
        for part in ordered
    ]


def blamed_in_title(incident: Incident) -> list[str]:
    """Return the names in a title of actors, and of states that are no place or target of it."""
    words = f" {' '.join(tokens(incident.title))} "
    own = {*incident.locations.values_list("country", flat=True)}
    own |= {*incident.targets.values_list("country", flat=True)}
    called = [(name, code) for code, name in COUNTRIES.items()] + list(_CALLED.items())
    named = [name for name, code in called if code not in own]
    named += Actor.objects.values_list("name", flat=True)
    named += ActorAlias.objects.values_list("name", flat=True)
    blamed = (name for name in named if len(name) >= _SHORTEST and _stands(name, words))
    return sorted({name[:1].upper() + name[1:] for name in blamed})


def _stands(name: str, words: str) -> bool:
    """Tell whether the words of `name` stand in `words`, side by side and whole."""
    parts = tokens(name)
    return bool(parts) and f" {' '.join(parts)} " in words
