"""What came in, and what became of it as far as each reader may know.

Law: that something rests on an announcement is told by citations that the reader may see and by
nothing else; where they see none it stands as it did before, and they decide on it. Nothing rests
on what was given up.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from articles import inbox
from articles.codebook import Triage
from articles.models import Item

from .codebook import State
from .models import Citation, Incident

# What somebody may find an announcement in; what is drafted and what is attached are one, or the
# second of two drafts would tell what the first one was.
STATES: Final = (Triage.NEW, Triage.LATER, Triage.DRAFTED, Triage.REFUSED)
# What something rests on, which not everybody may see.
_TAKEN: Final = (Triage.DRAFTED, Triage.ATTACHED)


def in_state(state: Triage, user: User) -> QuerySet[Item]:
    """Return what is in one of the states for a user."""
    rests = Q(state__in=(Triage.LATER, *_TAKEN), address_digest__in=_cited(user))
    if state == Triage.DRAFTED:
        return Item.objects.filter(rests)
    if state == Triage.NEW:
        return Item.objects.filter(Q(state=Triage.NEW) | (Q(state__in=_TAKEN) & ~rests))
    rows = Item.objects.filter(state=state)
    return rows.exclude(rests) if state == Triage.LATER else rows


def state_of(item: Item, user: User) -> Triage:
    """Return the state in which a user finds an announcement."""
    found = (one for one in STATES if in_state(one, user).filter(pk=item.pk).exists())
    # What rests on it may end between two of these questions; then it is new again.
    return next(found, Triage.NEW)


@transaction.atomic
def decide(item: Item, state: Triage, *, by: User, reason: str = "") -> None:
    """Say that an announcement is for later, or not relevant and why.

    What `by` may not see keeps them from nothing, or they would be told of it.
    Raises ValidationError where `inbox.decide` does, or a record that they may see rests on it.
    """
    held = Item.objects.select_for_update().get(pk=item.pk)
    if state_of(held, by) == Triage.DRAFTED:
        raise ValidationError(_("A record rests on this by now."))
    inbox.decide(held, state, by=by, reason=reason)


def records_of(items: Iterable[Item], user: User) -> dict[str, list[Incident]]:
    """Return which records rest on announcements, by digest, each by its last visible edition."""
    digests = [item.address_digest for item in items]
    cited = _standing(user).filter(article__address_digest__in=digests)
    found: dict[str, dict[int, Incident]] = {}
    ordered = cited.select_related("incident__record", "article").order_by("incident__number", "pk")
    for row in ordered:
        found.setdefault(row.article.address_digest, {})[row.incident.record_id] = row.incident
    return {digest: list(editions.values()) for digest, editions in found.items()}


def _cited(user: User) -> QuerySet[Any, Any]:
    """Return the digests of addresses that came in and that a user may see cited."""
    waiting = Item.objects.filter(state__in=(Triage.LATER, *_TAKEN)).values("address_digest")
    cited = _standing(user).filter(article__address_digest__in=waiting)
    return cited.order_by().values("article__address_digest")


def _standing(user: User) -> QuerySet[Citation]:
    """Return the citations that a user may see, without those of drafts that were given up."""
    return Citation.objects.visible_to(user).exclude(incident__state=State.DISCARDED)
