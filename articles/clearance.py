"""What a reader may see, as conditions on rows: the matrix of roles and markings in one place.

Law: a marking that is missing or unknown hides a row; what one may not see is never joined,
counted or ordered by, as every question starts at `visible_to`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q

from .codebook import Marking

REVIEWERS: Final = "Reviewers"
EVERYTHING: Final = ~Q(pk__in=())
NOTHING: Final = Q(pk__in=())
_KEPT: Final = "_clearance"


@dataclass(frozen=True, slots=True)
class Clearance:
    """What the matrix has to know of a reader; without a user it is the public."""

    user: int | None = None
    organisation: int | None = None
    staff: bool = False
    reviews: bool = False

    @property
    def public(self) -> bool:
        """Whether the reader sees no more than everybody: nobody's account, or a foreign one."""
        return not self.staff and self.organisation is None


@dataclass(frozen=True, slots=True)
class Ties:
    """Conditions on a row that tell what ties it to one reader; none joins to-many."""

    released: Q  # it was published, so that it is not its organisation's alone
    own: Q  # it belongs to the reader's organisation
    mine: Q  # the reader wrote it
    shared: Q = NOTHING  # it was shared with the reader's organisation
    named: Q = NOTHING  # the reader is one of its named readers
    queued: Q = NOTHING  # it waits for a review


def clearance(user: User | AnonymousUser) -> Clearance:
    """Return what a user may see; it is read once for each user object, so once a request.

    Staff without an organisation read what is published and what they wrote.
    """
    if not isinstance(user, User) or not user.is_active:
        return Clearance()
    kept: Clearance | None = getattr(user, _KEPT, None)
    if kept is None:
        kept = Clearance(
            user=user.pk,
            organisation=_organisation(user),
            staff=user.is_staff,
            reviews=user.is_staff and user.groups.filter(name=REVIEWERS).exists(),
        )
        setattr(user, _KEPT, kept)
    return kept


def _organisation(user: User) -> int | None:
    membership: Any = getattr(user, "membership", None)
    return membership.organisation_id if membership else None


def cleared(who: Clearance, marking: str, ties: Ties) -> Q:
    """Return the condition on a row, by its column of the marking, to be readable for `who`.

    The table is that of docs/review.md: who sees what.
    """
    if who.public:
        return Q(**{marking: Marking.CLEAR}) & ties.released
    red = Q(**{marking: Marking.RED})
    community = Q(**{f"{marking}__in": (Marking.CLEAR, Marking.GREEN)})
    if not who.staff:
        shared = Q(**{marking: Marking.AMBER}) & ties.shared
        return ties.released & (community | shared | (red & ties.named))
    freely = Q(**{f"{marking}__in": (Marking.CLEAR, Marking.GREEN, Marking.AMBER)})
    beyond = ties.released | ties.own
    if who.reviews:
        beyond |= ties.queued
    inside = Q(**{marking: Marking.AMBER_STRICT}) & ties.own
    return (freely & beyond) | inside | (red & ties.named) | ties.mine
