"""Two outlets that are one become one: the articles of both count as those of the one that stays.

Law: the entry that was merged stays behind with its name, its domains and the reason; each
article says from which one it came, so that what was merged is taken apart again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from .models import Article, Publisher, Watch

# What belongs to an outlet and goes with it.
_BELONGS: Final[tuple[Any, ...]] = (Article, Watch)


@transaction.atomic
def merge(survivor: Publisher, losers: Sequence[Publisher], *, why: str) -> None:
    """Merge outlets into one for a reason.

    Raises ValidationError where there is no reason, or where an outlet was merged already or is
    its own survivor.
    """
    reason = Publisher._meta.get_field("merged_why").clean(why, None)
    if not reason:
        raise ValidationError(_("Say why they are one outlet."), code="required")
    keys = {survivor.pk, *(loser.pk for loser in losers)}
    if len(keys) != len(losers) + 1 or not losers:
        raise ValidationError(_("Merging takes two outlets or more, each named once."))
    locked = {
        outlet.pk: outlet
        for outlet in Publisher.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    if len(locked) != len(keys) or any(outlet.merged_into_id for outlet in locked.values()):
        raise ValidationError(_("One of these outlets is gone or was merged meanwhile."))
    gone = [locked[loser.pk] for loser in losers]
    # What was merged into one of them before follows first: no outlet may stand in a chain.
    Publisher.objects.filter(merged_into__in=gone).update(merged_into=survivor.pk)
    for loser in gone:
        loser.merged_into, loser.merged_why = locked[survivor.pk], reason
        loser.save(update_fields=["merged_into", "merged_why"])
        for rows in _BELONGS:
            rows.objects.filter(publisher=loser).update(
                came_from=Coalesce("came_from", "publisher"), publisher=survivor.pk
            )


@transaction.atomic
def take_apart(loser: Publisher) -> Publisher:
    """Make a merged outlet one of its own again, with what it brought; return the survivor.

    What was added since stays with the survivor. Raises ValidationError where the outlet was not
    merged.
    """
    freed = Publisher.objects.select_for_update().get(pk=loser.pk)
    survivor: Publisher | None = freed.merged_into
    if survivor is None:
        raise ValidationError(_("This outlet is merged into no other one."))
    freed.merged_into, freed.merged_why = None, ""
    freed.save(update_fields=["merged_into", "merged_why"])
    for rows in _BELONGS:
        brought = rows.objects.filter(came_from=freed, publisher=survivor)
        brought.update(publisher=F("came_from"), came_from=None)
    return survivor
