"""The steps of an edition as a desk offers them: what each is called, and who may take it now.

Law: whether a step may be taken is decided by `review`, under a lock; what is offered here is
what would not be refused, as far as it can be known beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final, Literal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from articles.clearance import clearance

from . import review
from .acts import writes
from .codebook import WORKED_ON, State
from .models import Incident
from .services import expect_version

Asks = Literal["nothing", "comment", "reason"]
LONGEST_COMMENT: Final = 2000
LONGEST_REASON: Final = 300


@dataclass(frozen=True, slots=True)
class Step:
    """A step from one state to another one, with the words for it."""

    name: str
    label: Promise
    done: Promise
    told: Promise
    asks: Asks
    # Why the step cannot be taken by somebody, as far as it is known; empty where it can.
    hindrance: Callable[[Incident, User], str]
    taken: Callable[[Incident, User, str], Incident]
    longest: int = LONGEST_COMMENT
    for_reviewers: bool = False
    # What is decided is read beforehand, on the page of the review.
    decides: bool = False

    def take(self, edition: Incident, *, by: User, version: int | None, text: str = "") -> Incident:
        """Take the step on the version of an edition that was read.

        Raises ValidationError where it is another one by now, or the step is refused.
        """
        with transaction.atomic():
            expect_version(edition, version)
            return self.taken(edition, by, text)


def _to_hand_in(edition: Incident, user: User) -> str:
    return _in(review.EDITABLE, edition) or _of_author(edition, user)


def _to_take_back(edition: Incident, user: User) -> str:
    return _in((State.IN_REVIEW,), edition) or _of_author(edition, user)


def _to_decide(edition: Incident, user: User) -> str:
    return _in((State.IN_REVIEW,), edition) or review.objection(edition, user)


def _to_approve(edition: Incident, user: User) -> str:
    return _to_decide(edition, user) or review.objections([edition], user).get(edition.pk, "")


def _to_revise(edition: Incident, user: User) -> str:
    return review.hindrance(edition.record, edition, user)


def _to_withdraw(edition: Incident, user: User) -> str:
    return _in((State.PUBLISHED,), edition) or _of_reviewer(user)


def _to_give_up(edition: Incident, user: User) -> str:
    own = not _of_author(edition, user)
    return _in(WORKED_ON, edition) or ("" if own else _of_reviewer(user))


def _in(states: Collection[str], edition: Incident) -> str:
    if edition.state in states:
        return ""
    return _gettext("This edition is: %(state)s.") % {"state": edition.get_state_display()}


def _of_author(edition: Incident, user: User) -> str:
    return "" if writes(edition, user) else _gettext("You are not one of its authors.")


def _of_reviewer(user: User) -> str:
    return "" if clearance(user).reviews else _gettext("You are not one of the reviewers.")


STEPS: Final[dict[str, Step]] = {
    step.name: step
    for step in (
        Step(
            "submit",
            _("Submit for review"),
            _("Handed in for review: a second person reads it now."),
            _("A second person reads it. Until they decide, an edit takes it out of review."),
            "comment",
            _to_hand_in,
            lambda edition, by, text: review.submit(edition, by=by, comment=text),
        ),
        Step(
            "approve",
            _("Approve and publish"),
            _("Approved and published."),
            _("It takes the place of any edition before it. Nothing published changes afterwards."),
            "comment",
            _to_approve,
            lambda edition, by, text: review.approve(edition, by=by, comment=text),
            for_reviewers=True,
            decides=True,
        ),
        Step(
            "return",
            _("Return with reason"),
            _("Returned to its authors."),
            _("Its authors read the reason, mend it and hand it in again."),
            "reason",
            _to_decide,
            lambda edition, by, text: review.send_back(edition, by=by, reason=text),
            for_reviewers=True,
            decides=True,
        ),
        Step(
            "take-back",
            _("Take back"),
            _("Taken back: it is a draft again."),
            _("It leaves the review queue and is a draft again."),
            "nothing",
            _to_take_back,
            lambda edition, by, _text: review.take_back(edition, by=by),
        ),
        Step(
            "revise",
            _("Revise"),
            _("A new draft says what the published edition says. Change it, and say why."),
            _(
                "A new draft is made that says the same, with all its rows. What is public stays "
                "until a second person approves the draft. A reason for the change is needed."
            ),
            "nothing",
            _to_revise,
            lambda edition, by, _text: review.revise(edition, by=by),
        ),
        Step(
            "withdraw",
            _("Withdraw"),
            _("Withdrawn: readers find a notice with the reason in its place."),
            _(
                "It is public no more and counts no more. Its address goes on to answer with a "
                "notice that gives your reason, word for word, to everybody who could read it."
            ),
            "reason",
            _to_withdraw,
            lambda edition, by, text: review.withdraw(edition, by=by, reason=text),
            longest=LONGEST_REASON,
            for_reviewers=True,
        ),
        Step(
            "discard",
            _("Discard"),
            _("Discarded: nobody works on it any more."),
            _("It is given up for good. What is public stays as it is."),
            "nothing",
            _to_give_up,
            lambda edition, by, _text: review.discard(edition, by=by),
        ),
    )
}


def offered(edition: Incident, user: User) -> list[Step]:
    """Return the steps that a user may take on an edition as it is."""
    return [step for step in STEPS.values() if not step.hindrance(edition, user)]
