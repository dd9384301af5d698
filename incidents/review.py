"""The way of an edition to the public and back: each step is named, and whole or absent.

Law: a second person stands between a draft and the public; nothing published ever changes,
a revision takes its place; and every step that readers see stands in the ledger.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.clearance import REVIEWERS, clearance
from articles.codebook import Marking, strictest
from articles.services import release

from . import ledger
from .cloning import copied_fields, copy_rows, rows_of
from .codebook import ONCE_PUBLIC, WORKED_ON, Act, LedgerAction, Notice, State
from .content import gist
from .models import Comment, Incident, Joining, Record, ReferenceCounter
from .notices import tell, waits_no_more
from .raising import raise_parts
from .services import gaps, move_clocks, reads_whole, settle

EDITABLE = (State.DRAFT, State.CHANGES_REQUESTED)


# -- on the way -----------------------------------------------------------------------------


@transaction.atomic
def submit(edition: Incident, *, by: User, comment: str = "") -> Incident:
    """Hand an edition in for review.

    Raises ValidationError where it is not being written, `by` is not one of its authors, or it
    lacks what publishing needs.
    """
    _locked(edition, EDITABLE, _("Only what is being written can be handed in."))
    if not writes(edition, by):
        raise ValidationError(_("Only its authors hand an edition in."))
    settle(edition)
    _refuse_gaps(edition)
    edition.state, edition.submitted_at = State.IN_REVIEW, timezone.now()
    _stepped(edition)
    _say(edition, Act.SUBMITTED, by, comment)
    tell(edition, Notice.WAITING, _reviewers(edition, but=by), by=by)
    move_clocks(public=False)
    return edition


@transaction.atomic
def take_back(edition: Incident, *, by: User) -> Incident:
    """Take an edition out of review, so that its authors can work on it.

    Raises ValidationError where it is not in review or `by` is not one of its authors.
    """
    _locked(edition, (State.IN_REVIEW,), _("Only what is in review can be taken back."))
    if not writes(edition, by):
        raise ValidationError(_("Only its authors take an edition back."))
    void(edition, by=by)
    move_clocks(public=False)
    return edition


@transaction.atomic
def void(edition: Incident, *, by: User) -> None:
    """Take an edition out of review because it was edited; nothing is done to any other."""
    edition.refresh_from_db(fields=["state"])
    if edition.state == State.IN_REVIEW:
        edition.state, edition.submitted_at = State.DRAFT, None
        _stepped(edition)
        _say(edition, Act.VOIDED, by)


@transaction.atomic
def send_back(edition: Incident, *, by: User, reason: str) -> Incident:
    """Return an edition to its authors, with the reason.

    Raises ValidationError where it is not in review, `by` may not review it, or no reason is
    given.
    """
    _locked(edition, (State.IN_REVIEW,), _("Only what is in review can be returned."))
    _refuse_reviewer(edition, by)
    _refuse_silence(reason, _("Say what has to change."))
    edition.state, edition.submitted_at = State.CHANGES_REQUESTED, None
    _stepped(edition)
    _say(edition, Act.RETURNED, by, reason)
    tell(edition, Notice.RETURNED, _authors(edition, but=by), by=by)
    move_clocks(public=False)
    return edition


@transaction.atomic
def approve(edition: Incident, *, by: User, comment: str = "") -> Incident:
    """Publish an edition in place of the one that is public.

    In one transaction the edition before ends, the record gets its reference where it first
    becomes public at CLEAR, the articles cited are released, a record that is taken in becomes
    a part of this one, and the ledger is told.
    Raises ValidationError where the edition is not in review, `by` is no reviewer or one of its
    authors, something is missing, or what it takes in is not what was joined.
    """
    record = _locked(edition, (State.IN_REVIEW,), _("Only what is in review can be published."))
    _refuse_reviewer(edition, by)
    _refuse_joined(edition, by=by, comment=comment)
    settle(edition)
    _refuse_gaps(edition)
    was = _public_edition(record)
    before = [was.effective_marking] if was else []
    _publish(record, edition, was, by=by, at=timezone.now())
    before += _take_in(edition, by=by)
    _say(edition, Act.APPROVED, by, comment)
    tell(edition, Notice.APPROVED, _authors(edition, but=by), by=by)
    move_clocks(public=ledger.is_public(edition.effective_marking, *before))
    return edition


@transaction.atomic
def republish(draft: Incident, *, by: User, at: datetime, reason: str) -> None:
    """Publish a draft that holds nothing but what was published before.

    It is not handed in, as nobody wrote anything new; `joining` calls this to take a merge back.
    Raises ValidationError where `by` is no reviewer or an author of it, or something is missing.
    """
    record = _locked(draft, (State.DRAFT,), _("Only a draft is published anew."))
    _refuse_reviewer(draft, by)
    settle(draft)
    _refuse_gaps(draft)
    draft.state = State.IN_REVIEW
    draft.save()
    _publish(record, draft, _public_edition(record), by=by, at=at)
    _say(draft, Act.APPROVED, by, reason)
    tell(draft, Notice.APPROVED, _authors(draft, but=by), by=by)


def _publish(
    record: Record, edition: Incident, was: Incident | None, *, by: User, at: datetime
) -> None:
    """Publish an edition that was found fit to be, and end the one before."""
    if was:
        was.state, was.ended_at = State.SUPERSEDED, at
        was.save(update_fields=["state", "ended_at"])
    record.marking = edition.marking
    record.first_published_at = record.first_published_at or at
    record.withdrawn_reason, record.withdrawn_by = "", None
    if edition.marking == Marking.CLEAR and record.reference is None:
        record.reference = next_reference(at.year)
    record.save()
    edition.record = record
    edition.effective_marking = edition.marking
    edition.state, edition.published_at = State.PUBLISHED, at
    edition.approved_by, edition.salt = by, ledger.new_salt()
    _stepped(edition)
    _raise_past(record, edition)
    cited = edition.citations.filter(marking=Marking.CLEAR).values_list("article", flat=True)
    stricter = edition.citations.exclude(marking=Marking.CLEAR)
    share = partial(release, shared_with=record.shared_with.all(), readers=record.readers.all())
    share(list(cited), Marking(edition.marking))
    for article, marking in stricter.values_list("article", "marking"):
        share([article], strictest([marking, edition.marking]))
    why = ": ".join(filter(None, (edition.change_reason, edition.change_note)))
    ledger.append(
        LedgerAction.PUBLISHED,
        record,
        by=by,
        public=ledger.is_public(edition.effective_marking, was.effective_marking if was else ""),
        edition=edition,
        why=why,
    )
    _raise_merged(record, edition, was, by=by, why=why)


def _raise_past(record: Record, edition: Incident) -> None:
    """Let nobody read in a past edition what the one that takes its place keeps from them."""
    marking = Marking(edition.marking)
    looser = [other for other in Marking if other.strictness < marking.strictness]
    past = record.editions.filter(state__in=ONCE_PUBLIC, effective_marking__in=looser)
    past.update(effective_marking=marking)


def _raise_merged(
    record: Record, edition: Incident, was: Incident | None, *, by: User, why: str
) -> None:
    """Keep what was merged into a record from whom a stricter edition of it is kept.

    A merge that makes it stricter is about what it takes in, not about what it took in before.
    """
    marking = Marking(edition.marking)
    if was is None or edition.takes_in_id is not None:
        return
    stricter = marking.strictness > Marking(was.effective_marking).strictness
    if stricter and raise_parts(record, marking, by=by, reason=why):
        move_clocks(public=True)


def _refuse_joined(edition: Incident, *, by: User, comment: str) -> None:
    """Refuse to take in what `by` may not decide on, or did not see, or what changed meanwhile."""
    joined = Joining.objects.filter(edition=edition).select_related("source__record").first()
    if joined is None:
        return
    source, name = joined.source, joined.source.record.public_id
    if not Incident.objects.visible_to(by).filter(pk=source.pk).exists():
        raise ValidationError(_("It takes in a record that you may not read."))
    if source.published_at is None and writes(source, by):
        raise ValidationError(
            _("A second person publishes: you are an author of %(record)s, which it takes in."),
            params={"record": name},
        )
    present = _public_edition(source.record) or source
    if present.pk != source.pk or joined.source_digest != gist(source):
        raise ValidationError(
            _("%(record)s was changed since it was joined: join it again."), params={"record": name}
        )
    _note_markings(joined, edition)
    before, after = marking_of(source), Marking(edition.marking)
    if before.strictness > after.strictness and not comment.strip():
        raise ValidationError(
            _(
                "What it takes in from %(record)s was marked %(before)s and becomes %(after)s: "
                "say in a comment that this is meant."
            ),
            params={"record": name, "before": before.label, "after": after.label},
        )


def _note_markings(joined: Joining, edition: Incident) -> None:
    """Note what publishing an edition will make stricter, so that it can be taken back."""
    record = edition.record
    looser = [m for m in Marking if m.strictness < Marking(edition.marking).strictness]
    past = record.editions.filter(state__in=ONCE_PUBLIC, effective_marking__in=looser)
    joined.raised = {str(key): was for key, was in past.values_list("pk", "effective_marking")}
    if record.first_published_at:
        joined.marking = record.marking
    joined.save(update_fields=["raised", "marking"])


def marking_of(edition: Incident) -> Marking:
    """Return how an edition is marked by what somebody said of it, or of its record.

    A record that was never published, and of which nobody said anything, is marked by default.
    """
    record = edition.record
    said = record.first_published_at or record.marking_changes.filter(granted=True).exists()
    return Marking(edition.effective_marking if said else edition.marking)


def _take_in(edition: Incident, *, by: User) -> list[str]:
    """Make what an edition takes in a part of its record; return how it was marked in public.

    It ends at the moment at which the edition was published, so that at no moment both count.
    """
    if edition.takes_in_id is None:
        return []
    loser = Record.objects.select_for_update().get(pk=edition.takes_in_id)
    if loser.merged_into_id or edition.record.merged_into_id or loser == edition.record:
        raise ValidationError(_("One of the two records was merged meanwhile."))
    was = _public_edition(loser)
    if was:
        was.state, was.ended_at = State.SUPERSEDED, edition.published_at
        was.save(update_fields=["state", "ended_at"])
    for open_edition in loser.editions.filter(state__in=WORKED_ON):
        open_edition.state, open_edition.submitted_at = State.DISCARDED, None
        _stepped(open_edition)
        _say(open_edition, Act.DISCARDED, by)
        if was:
            Joining.objects.filter(edition=edition).update(given_up=open_edition)
    loser.merged_into = edition.record
    loser.save(update_fields=["merged_into"])
    before = [was.effective_marking] if was else []
    ledger.append(
        LedgerAction.MERGED,
        loser,
        by=by,
        public=ledger.is_public(*before),
        edition=was,
        why=edition.record.provisional,
    )
    return before


@transaction.atomic
def discard(edition: Incident, *, by: User) -> Incident:
    """Give up an edition that was never public.

    Raises ValidationError where it is public, or was, or is given up already, and where `by`
    neither wrote it nor reviews.
    """
    _locked(edition, WORKED_ON, _("Only what was never public can be given up."))
    if not (writes(edition, by) or clearance(by).reviews):
        raise ValidationError(_("Its authors or a reviewer give an edition up."))
    edition.state, edition.submitted_at = State.DISCARDED, None
    _stepped(edition)
    _say(edition, Act.DISCARDED, by)
    move_clocks(public=False)
    return edition


# -- after the publication ------------------------------------------------------------------


@transaction.atomic
def revise(published: Incident, *, by: User) -> Incident:
    """Return a new draft of a record that says what its published edition says.

    The public keeps the published one until the draft is approved. A withdrawn record is
    revised from its last edition.
    Raises ValidationError where the edition is not the last public one, or one is worked on.
    """
    record = Record.objects.select_for_update().get(pk=published.record_id)
    if why := hindrance(record, published, by):
        raise ValidationError(why)
    draft = Incident(record=record, number=next_number(record), **copied_fields(published))
    draft.save()
    draft.authors.add(by)
    copy_rows(rows_of(published), draft)
    settle(draft)
    move_clocks(public=False)
    return draft


def hindrance(record: Record, published: Incident, by: User) -> str:
    """Return why a user cannot revise an edition of a record, or nothing where they can."""
    if record.merged_into_id:
        return _("This record is a part of another one now.")
    later = record.editions.filter(state__in=ONCE_PUBLIC, number__gt=published.number)
    if published.state not in (State.PUBLISHED, State.WITHDRAWN) or later.exists():
        return _("Only what is or was last public can be revised.")
    if record.editions.filter(state__in=WORKED_ON).exists():
        return _("An edition of this record is being worked on already.")
    if not reads_whole(published, by):
        return _("Part of this edition is for its authors: ask them to revise it.")
    return ""


@transaction.atomic
def withdraw(edition: Incident, *, by: User, reason: str) -> Incident:
    """End the publication of an edition and leave a tombstone with the reason.

    Raises ValidationError where the edition is not published, `by` is no reviewer, or no reason
    is given that fits on a line.
    """
    record = _locked(edition, (State.PUBLISHED,), _("Only a published edition can be withdrawn."))
    if not clearance(by).reviews:
        raise ValidationError(_("Only reviewers withdraw what is public."))
    _refuse_silence(reason, _("Say why it is withdrawn; readers are told."))
    try:
        reason = Record._meta.get_field("withdrawn_reason").clean(reason, record)
    except ValidationError as error:
        raise ValidationError({"reason": error.messages}) from error
    edition.state, edition.ended_at = State.WITHDRAWN, timezone.now()
    edition.save(update_fields=["state", "ended_at"])
    record.withdrawn_reason, record.withdrawn_by = reason, by
    record.save()
    public = ledger.is_public(edition.effective_marking)
    ledger.append(LedgerAction.WITHDRAWN, record, by=by, public=public, edition=edition, why=reason)
    _say(edition, Act.WITHDRAWN, by, reason)
    tell(edition, Notice.WITHDRAWN, _authors(edition, but=by), by=by)
    move_clocks(public=public)
    return edition


# -- what the steps share -------------------------------------------------------------------


def next_number(record: Record) -> int:
    """Return the number of the next edition of a record."""
    last = record.editions.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def next_reference(year: int) -> str:
    """Return the next public reference of a year; the counter's row is locked until commit."""
    ReferenceCounter.objects.get_or_create(year=year)
    counter = ReferenceCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save()
    return f"HTI-{year}-{counter.last:05d}"


@transaction.atomic
def comment(edition: Incident, *, by: User, text: str) -> Comment:
    """Say something about an edition to those who write and review it."""
    _refuse_silence(text, _("There is no comment yet."))
    said = _say(edition, Act.SAID, by, text)
    speakers = User.objects.filter(pk__in=edition.comments.values("author"))
    tell(edition, Notice.COMMENTED, {*_authors(edition, but=by), *speakers} - {by}, by=by)
    return said


def _locked(edition: Incident, states: Collection[str], otherwise: str) -> Record:
    """Lock the record of an edition and read the edition anew; refuse it in other states."""
    taken_in = Incident.objects.filter(pk=edition.pk).values("takes_in")
    # Both records of a merge, in one order, so that two merges never wait for each other.
    # And what was merged into the first one, which a stricter edition makes stricter.
    one, merged = Q(pk=edition.record_id), Q(merged_into=edition.record_id)
    concerned = Record.objects.filter(one | merged | Q(pk__in=taken_in))
    locked = {row.pk: row for row in concerned.select_for_update().order_by("pk")}
    record = locked[edition.record_id]
    edition.refresh_from_db()
    edition.record = record
    if edition.state not in states:
        state = edition.get_state_display()
        raise ValidationError(
            _("%(rule)s This edition is: %(state)s."), params={"rule": otherwise, "state": state}
        )
    return record


def _stepped(edition: Incident) -> None:
    """Save an edition whose state moved on; whoever read it before holds an old version."""
    edition.version += 1
    edition.save()
    if edition.state != State.IN_REVIEW:
        waits_no_more(edition)


def _public_edition(record: Record) -> Incident | None:
    return Incident.objects.filter(record=record, state=State.PUBLISHED).first()


def writes(edition: Incident, user: User) -> bool:
    """Tell whether a user is one of the authors of an edition."""
    return any(author.pk == user.pk for author in edition.authors.all())


def objection(edition: Incident, by: User) -> str:
    """Return why a user may not decide on an edition, or nothing where they may."""
    if not clearance(by).reviews:
        return _("Only reviewers decide on what was handed in.")
    if writes(edition, by):
        return _("A second person publishes: you are an author of this edition.")
    return ""


def _refuse_reviewer(edition: Incident, by: User) -> None:
    if why := objection(edition, by):
        raise ValidationError(why)


def _refuse_silence(text: str, otherwise: str) -> None:
    if not text.strip():
        raise ValidationError({"reason": [otherwise]})


def lacking(edition: Incident) -> dict[str, str]:
    """Return what an edition lacks to be handed in and published, by the name of its part."""
    missing = gaps(edition)
    if edition.record.first_published_at is not None and not edition.change_reason:
        missing["change_reason"] = _("Say why the published edition changes.")
    return missing


def _refuse_gaps(edition: Incident) -> None:
    if missing := lacking(edition):
        raise ValidationError({part: [why] for part, why in missing.items()})


def _say(edition: Incident, act: Act, by: User, text: str = "") -> Comment:
    said = Comment(edition=edition, act=act, author=by, text=text)
    said.full_clean(exclude=["edition", "author"])
    said.save()
    return said


def _authors(edition: Incident, *, but: User) -> set[User]:
    return set(edition.authors.exclude(pk=but.pk))


def _reviewers(edition: Incident, *, but: User) -> set[User]:
    """Return who may review an edition: reviewers who may read it and did not write it."""
    group = User.objects.filter(groups__name=REVIEWERS, is_active=True, is_staff=True)
    others = group.exclude(pk=but.pk).exclude(pk__in=edition.authors.all())
    return {
        user for user in others if Incident.objects.visible_to(user).filter(pk=edition.pk).exists()
    }
