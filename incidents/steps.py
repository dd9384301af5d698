"""The steps of an edition as a desk offers them: what each is called, and who may take it now.

Law: whether a step may be taken is decided by `review`, under a lock; what is offered here is
what would not be refused, as far as it can be known beforehand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.clearance import clearance

from . import review
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
    offered: Callable[[Incident, User], bool]
    taken: Callable[[Incident, User, str], Incident]
    longest: int = LONGEST_COMMENT
    # What only reviewers decide is read on a page of its own.
    decides: bool = False

    def take(self, edition: Incident, *, by: User, version: int | None, text: str = "") -> Incident:
        """Take the step on the version of an edition that was read.

        Raises ValidationError where it is another one by now, or the step is refused.
        """
        with transaction.atomic():
            expect_version(edition, version)
            return self.taken(edition, by, text)


def _may_be_handed_in(edition: Incident, user: User) -> bool:
    return edition.state in review.EDITABLE and review.writes(edition, user)


def _may_be_taken_back(edition: Incident, user: User) -> bool:
    return edition.state == State.IN_REVIEW and review.writes(edition, user)


def _may_be_decided(edition: Incident, user: User) -> bool:
    return edition.state == State.IN_REVIEW and not review.objection(edition, user)


def _may_be_revised(edition: Incident, user: User) -> bool:
    return clearance(user).staff and not review.hindrance(edition.record, edition)


def _may_be_withdrawn(edition: Incident, user: User) -> bool:
    return edition.state == State.PUBLISHED and clearance(user).reviews


def _may_be_given_up(edition: Incident, user: User) -> bool:
    own = review.writes(edition, user) or clearance(user).reviews
    return edition.state in WORKED_ON and own


STEPS: Final[dict[str, Step]] = {
    step.name: step
    for step in (
        Step(
            "submit",
            _("Submit for review"),
            _("Handed in for review: a second person reads it now."),
            _("A second person reads it. Until they decide, an edit takes it out of review."),
            "comment",
            _may_be_handed_in,
            lambda edition, by, text: review.submit(edition, by=by, comment=text),
        ),
        Step(
            "approve",
            _("Approve and publish"),
            _("Approved and published."),
            _("It takes the place of what is public now. Nothing published changes afterwards."),
            "comment",
            _may_be_decided,
            lambda edition, by, text: review.approve(edition, by=by, comment=text),
            decides=True,
        ),
        Step(
            "return",
            _("Return with reason"),
            _("Returned to its authors."),
            _("Its authors read the reason, mend it and hand it in again."),
            "reason",
            _may_be_decided,
            lambda edition, by, text: review.send_back(edition, by=by, reason=text),
            decides=True,
        ),
        Step(
            "take-back",
            _("Take back"),
            _("Taken back: it is a draft again."),
            _("It leaves the review queue and is a draft again."),
            "nothing",
            _may_be_taken_back,
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
            _may_be_revised,
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
            _may_be_withdrawn,
            lambda edition, by, text: review.withdraw(edition, by=by, reason=text),
            longest=LONGEST_REASON,
        ),
        Step(
            "discard",
            _("Discard"),
            _("Discarded: nobody works on it any more."),
            _("It is given up for good. What is public stays as it is."),
            "nothing",
            _may_be_given_up,
            lambda edition, by, _text: review.discard(edition, by=by),
        ),
    )
}


def offered(edition: Incident, user: User) -> list[Step]:
    """Return the steps that a user may take on an edition as it is."""
    return [step for step in STEPS.values() if step.offered(edition, user)]
