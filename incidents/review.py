"""The way of an edition to the public and back: each step is named, and whole or absent.

Law: a second person stands between a draft and the public; nothing published ever changes,
a revision takes its place; and every step that readers see stands in the ledger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.clearance import REVIEWERS, clearance
from articles.codebook import Marking
from articles.models import Article
from articles.services import share

from . import ledger
from .acts import authors, public_edition, say, stepped, writes
from .cloning import copied_fields, copy_rows, rows_of
from .codebook import ONCE_PUBLIC, WORKED_ON, Act, LedgerAction, Notice, State
from .locks import hold_edition
from .models import Citation, Comment, Incident, Record
from .notices import tell
from .publishing import publish, refuse_joined, take_in
from .services import gaps, move_clocks, reads_whole, settle

EDITABLE = (State.DRAFT, State.CHANGES_REQUESTED)


# -- on the way -----------------------------------------------------------------------------


@transaction.atomic
def submit(edition: Incident, *, by: User, comment: str = "") -> Incident:
    """Hand an edition in for review.

    The staff who are named readers of its record read the RED articles of `by` that it cites.
    Raises ValidationError where it is not being written, `by` is not one of its authors, or it
    lacks what publishing needs.
    """
    _locked(edition, EDITABLE, _("Only what is being written can be handed in."))
    if not writes(edition, by):
        raise ValidationError(_("Only its authors hand an edition in."))
    settle(edition)
    _refuse_gaps(edition)
    edition.state, edition.submitted_at = State.IN_REVIEW, timezone.now()
    stepped(edition)
    _show_to_named(edition, by)
    say(edition, Act.SUBMITTED, by, comment)
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
        stepped(edition)
        say(edition, Act.VOIDED, by)


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
    stepped(edition)
    say(edition, Act.RETURNED, by, reason)
    tell(edition, Notice.RETURNED, authors(edition, but=by), by=by)
    move_clocks(public=False)
    return edition


@transaction.atomic
def approve(edition: Incident, *, by: User, comment: str = "") -> Incident:
    """Publish an edition in place of the one that is public.

    In one transaction the edition before ends, the record gets its reference where it first
    becomes public at CLEAR, the articles cited are released, a record that is taken in becomes
    a part of this one, and the ledger is told.
    Raises ValidationError where the edition is not in review, `by` is no reviewer, one of its
    authors or may not read all its articles, something is missing, or what it takes in is not
    what was joined.
    """
    record = _locked(edition, (State.IN_REVIEW,), _("Only what is in review can be published."))
    _refuse_reviewer(edition, by)
    _refuse_unread(edition, by)
    refuse_joined(edition, by=by, comment=comment)
    settle(edition)
    _refuse_gaps(edition)
    was = public_edition(record)
    before = publish(record, edition, was, by=by, at=timezone.now())
    before += take_in(edition, by=by)
    say(edition, Act.APPROVED, by, comment)
    tell(edition, Notice.APPROVED, authors(edition, but=by), by=by)
    move_clocks(public=ledger.is_public(edition.effective_marking, *before))
    return edition


@transaction.atomic
def republish(draft: Incident, *, by: User, at: datetime, reason: str) -> list[str]:
    """Publish a draft that holds nothing but what was published before.

    It is not handed in, as nobody wrote anything new; `joining` calls this to take a merge back.
    Returns how what the record said in public was marked until then.
    Raises ValidationError where `by` is no reviewer, an author of it or may not read all its
    articles, or something is missing.
    """
    record = _locked(draft, (State.DRAFT,), _("Only a draft is published anew."))
    _refuse_reviewer(draft, by)
    _refuse_unread(draft, by)
    settle(draft)
    _refuse_gaps(draft)
    draft.state = State.IN_REVIEW
    draft.save()
    before = publish(record, draft, public_edition(record), by=by, at=at)
    say(draft, Act.APPROVED, by, reason)
    tell(draft, Notice.APPROVED, authors(draft, but=by), by=by)
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
    stepped(edition)
    say(edition, Act.DISCARDED, by)
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
    say(edition, Act.WITHDRAWN, by, reason)
    tell(edition, Notice.WITHDRAWN, authors(edition, but=by), by=by)
    move_clocks(public=public)
    return edition


# -- what the steps share -------------------------------------------------------------------


def next_number(record: Record) -> int:
    """Return the number of the next edition of a record."""
    last = record.editions.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


@transaction.atomic
def comment(edition: Incident, *, by: User, text: str) -> Comment:
    """Say something about an edition to those who write and review it."""
    _refuse_silence(text, _("There is no comment yet."))
    said = say(edition, Act.SAID, by, text)
    speakers = User.objects.filter(pk__in=edition.comments.values("author"))
    tell(edition, Notice.COMMENTED, {*authors(edition, but=by), *speakers} - {by}, by=by)
    return said


def _locked(edition: Incident, states: Collection[str], otherwise: str) -> Record:
    """Lock the record of an edition and read the edition anew; refuse it in other states."""
    record = hold_edition(edition)
    if edition.state not in states:
        state = edition.get_state_display()
        raise ValidationError(
            _("%(rule)s This edition is: %(state)s."), params={"rule": otherwise, "state": state}
        )
    return record


def objection(edition: Incident, by: User) -> str:
    """Return why a user may not decide on an edition, or nothing where they may."""
    if not clearance(by).reviews:
        return _("Only reviewers decide on what was handed in.")
    if writes(edition, by):
        return _("A second person publishes: you are an author of this edition.")
    return ""


def objections(editions: Collection[Incident], by: User) -> dict[int, str]:
    """Return why a user may not approve some editions, by key; those that they may are left out."""
    told = ((it.pk, objection(it, by)) for it in editions)
    return _unread(editions, by) | {key: why for key, why in told if why}


def _unread(editions: Collection[Incident], by: User) -> dict[int, str]:
    """Say of editions, by key, how many articles they cite that a user may not read.

    Publishing lets others read what is cited, so that whoever approves it has read it.
    """
    cited = set(Citation.objects.filter(incident__in=editions).values_list("incident", "article"))
    found = Article.objects.visible_to(by).filter(pk__in={article for _key, article in cited})
    read = set(found.values_list("pk", flat=True))
    hidden = Counter(edition for edition, article in cited if article not in read)
    told = _(
        "It cites articles that you may not read: %(n)d. A reviewer who may read them approves it, "
        "or you return it, and its authors mark them less strictly or name you among the readers "
        "of the record."
    )
    return {edition: told % {"n": n} for edition, n in hidden.items()}


def _refuse_unread(edition: Incident, by: User) -> None:
    """Refuse what cites articles hidden from a user, and hold the markings that allow it."""
    cited = Article.objects.filter(pk__in=edition.citations.values("article"))
    # Locked after the record, as everywhere: one that is raised meanwhile is not lowered again.
    list(cited.select_for_update().order_by("pk").values_list("pk"))
    if why := _unread([edition], by).get(edition.pk):
        raise ValidationError({"citations": [why]})


def shown_by(edition: Incident, by: User) -> tuple[list[int], list[User]]:
    """Return which articles somebody shows by handing an edition in, and to whom.

    They are what they added at RED, for the staff named on its record. None is shown to nobody.
    """
    red = edition.citations.filter(article__added_by=by, article__marking=Marking.RED)
    articles = list(red.values_list("article", flat=True))
    named = edition.record.readers.filter(is_staff=True, is_active=True).exclude(pk=by.pk)
    readers = list(named.order_by("username")) if articles else []
    return (articles, readers) if readers else ([], [])


def _show_to_named(edition: Incident, by: User) -> None:
    """Let the staff named on a record read what somebody added at RED and cites in an edition.

    Who may not read the edition itself, as one of another organisation, reads none of it.
    """
    articles, named = shown_by(edition, by)
    share(articles, Marking.RED, readers=[user for user in named if _reads(edition, user)])


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


def _reviewers(edition: Incident, *, but: User) -> set[User]:
    """Return who may review an edition: reviewers who may read it and did not write it."""
    group = User.objects.filter(groups__name=REVIEWERS, is_active=True, is_staff=True)
    others = group.exclude(pk=but.pk).exclude(pk__in=edition.authors.all())
    return {user for user in others if _reads(edition, user)}


def _reads(edition: Incident, user: User) -> bool:
    return Incident.objects.visible_to(user).filter(pk=edition.pk).exists()
