"""What an edition that is worked on still needs, whom its title blames, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import AnonymousUser, User
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.clearance import clearance
from articles.countries import COUNTRIES
from articles.text import tokens

from . import review
from .codebook import WORKED_ON, State
from .models import Actor, ActorAlias, Comment, Incident
from .querysets.editions import IncidentQuerySet
from .querysets.reviewing import CommentQuerySet

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


def in_review(user: User) -> IncidentQuerySet:
    """Return the editions in review that `user` may read, in the order in which they came."""
    waiting = Incident.objects.visible_to(user).in_state(State.IN_REVIEW)
    return waiting.order_by("submitted_at", "pk")


def waits(edition: Incident) -> bool:
    """Tell whether an edition waits for a decision."""
    return edition.state == State.IN_REVIEW


def is_open(edition: Incident) -> bool:
    """Tell whether an edition is still worked on."""
    return edition.state in WORKED_ON


def reviews(user: User | AnonymousUser) -> bool:
    """Tell whether a user is one of those who review."""
    return clearance(user).reviews


def compared_with(edition: Incident, user: User) -> Incident | None:
    """Return the edition that was public before another one, as far as `user` may read it."""
    before = Incident.objects.visible_to(user, past=True).filter(
        record=edition.record_id, number__lt=edition.number
    )
    return before.select_related("record").order_by("-number").first()


def open_beside(edition: Incident, user: User) -> Incident | None:
    """Return another edition of the same record that is worked on, where `user` may read it."""
    beside = Incident.objects.visible_to(user).filter(record=edition.record_id, state__in=WORKED_ON)
    return beside.exclude(pk=edition.pk).first()


def thread(edition: Incident, user: User) -> CommentQuerySet:
    """Return what was said and done about an edition, in time."""
    said = Comment.objects.visible_to(user).filter(edition=edition.pk)
    return said.select_related("author").order_by("pk")


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
