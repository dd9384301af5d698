"""The present marking of a record, whom it is shared with, and who its named readers are.

Law: whoever may change a record may make it stricter at once; to make it less strict takes a
second person. No edition is written anew, and none is ever read below its own marking.
"""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.clearance import clearance
from articles.codebook import Marking, strictest
from articles.models import Article, Organisation
from articles.services import share

from .codebook import ONCE_PUBLIC, WORKED_ON, Act, State
from .locks import hold_record
from .models import Citation, Comment, MarkingChange, Record
from .raising import mark
from .services import move_clocks


@transaction.atomic
def change(record: Record, to: Marking, *, by: User, reason: str) -> MarkingChange:
    """Make a record stricter at once, or ask a second person to make it less strict.

    Raises ValidationError where nothing would change, no reason is given, somebody has asked
    already, or the public edition itself is stricter than what is asked for.
    """
    record = hold_record(record)
    before = Marking(record.marking)
    if not reason.strip():
        raise ValidationError({"reason": [_("Say why the marking changes.")]})
    if to == before:
        raise ValidationError({"marking": [_("The record is marked so already.")]})
    asked = MarkingChange(record=record, before=before, after=to, reason=reason, asked_by=by)
    if to.strictness > before.strictness:
        asked.decided_by, asked.decided_at, asked.granted = by, timezone.now(), True
        asked.full_clean(exclude=["record", "asked_by", "decided_by"])
        asked.save()
        move_clocks(public=mark(record, to, by=by, reason=reason))
        return asked
    _refuse_below_edition(record, to)
    if record.marking_changes.filter(granted=None).exists():
        raise ValidationError(_("Somebody has asked for another marking already."))
    asked.full_clean(exclude=["record", "asked_by", "decided_by", "decided_at", "granted"])
    asked.save()
    return asked


@transaction.atomic
def decide(asked: MarkingChange, *, by: User, granted: bool) -> MarkingChange:
    """Grant or refuse what was asked for, as a second person who reviews.

    Raises ValidationError where `by` asked for it, is no reviewer, it was decided already, or
    the record is marked otherwise than it was when it was asked for.
    """
    record = hold_record(asked.record)
    asked.refresh_from_db()
    if asked.granted is not None:
        raise ValidationError(_("This was decided already."))
    if not clearance(by).reviews:
        raise ValidationError(_("Only reviewers decide on a marking."))
    if by.pk == asked.asked_by_id:
        raise ValidationError(_("A second person decides: you asked for it."))
    if granted:
        if record.marking != asked.before:
            raise ValidationError(
                _("It was %(before)s when this was asked for, and is %(now)s now: ask anew."),
                params={
                    "before": asked.get_before_display(),
                    "now": record.get_marking_display(),
                },
            )
        _refuse_below_edition(record, Marking(asked.after))
        public = mark(record, Marking(asked.after), by=by, reason=asked.reason)
        move_clocks(public=public)
    asked.decided_by, asked.decided_at, asked.granted = by, timezone.now(), granted
    asked.save()
    return asked


def _refuse_below_edition(record: Record, to: Marking) -> None:
    """Refuse a marking below that of the public edition, which says so itself."""
    public = record.editions.filter(state=State.PUBLISHED).first()
    if public and Marking(public.marking).strictness > to.strictness:
        raise ValidationError(
            _("The published edition itself is %(marking)s: revise it, and mark the revision."),
            params={"marking": public.get_marking_display()},
        )


@transaction.atomic
def share_with(
    record: Record,
    *,
    organisations: Collection[Organisation] = (),
    readers: Collection[User] = (),
    seen: str | None = None,
) -> None:
    """Set with which organisations a record is shared and who its named readers are.

    What it published rests on articles, which are shared alike; who does not read the record any
    more does not read those either, unless another record is shared so too.
    Raises ValidationError where `seen` is given and is not what `shared_as` says now.
    """
    record = hold_record(record)
    if seen is not None and seen != shared_as(record):
        raise ValidationError(
            _("Somebody else set the readers meanwhile; look at them, and set them anew.")
        )
    gone = set(record.shared_with.all()) - set(organisations)
    unnamed = set(record.readers.all()) - set(readers)
    record.shared_with.set(organisations)
    record.readers.set(readers)
    cited = Citation.objects.filter(incident__record=record, incident__state__in=ONCE_PUBLIC)
    for article, *at in cited.values_list("article", "marking", "incident__effective_marking"):
        share([article], strictest(at), shared_with=organisations, readers=readers)
    _share_no_more(record, gone, unnamed)
    move_clocks(public=False)


def shared_as(record: Record) -> str:
    """Return a text that changes with whom a record is shared and who its named readers are."""
    organisations = record.shared_with.order_by("pk").values_list("pk", flat=True)
    readers = record.readers.order_by("pk").values_list("pk", flat=True)
    return ";".join(",".join(map(str, keys)) for keys in (organisations, readers))


def _share_no_more(
    record: Record, organisations: Collection[Organisation], readers: Collection[User]
) -> None:
    """Take articles away from those with whom no record that cites them is shared any more.

    What was handed in with a record counts as published for its readers. What it cited once and
    cites no more is taken away as well.
    """
    published = Q(incident__state__in=ONCE_PUBLIC)
    handed_in = Q(
        incident__state__in=WORKED_ON,
        incident__comments__act=Act.SUBMITTED,
        incident__comments__author=F("article__added_by"),
    )
    own = Citation.objects.filter(incident__record=record)
    said = Comment.objects.filter(edition__record=record, act=Act.SUBMITTED)
    reading = Article.objects.filter(readers__in=readers, added_by__in=said.values("author"))
    among = Q(pk__in=own.values("article")) | Q(pk__in=reading.values("pk"))
    for article in Article.objects.filter(among):
        citing = Citation.objects.filter(article=article)
        for organisation in organisations:
            shared = citing.filter(published, incident__record__shared_with=organisation)
            if not shared.exists():
                article.shared_with.remove(organisation)
        for reader in readers:
            named = citing.filter(published | handed_in, incident__record__readers=reader)
            if not named.exists():
                article.readers.remove(reader)


def may_change(record: Record, user: User) -> bool:
    """Tell whether somebody may make a record stricter, and ask for the contrary.

    These are its authors and the staff of its organisation.
    """
    who = clearance(user)
    of_its_house = who.organisation is not None and who.organisation == record.organisation_id
    return who.staff and (of_its_house or _wrote(record, user))


def may_share(record: Record, user: User) -> bool:
    """Tell whether somebody may say who reads a record: an author, or a reviewer of its house."""
    return may_change(record, user) and (clearance(user).reviews or _wrote(record, user))


def waiting_for(user: User) -> QuerySet[MarkingChange]:
    """Return what was asked for and not decided, of records that `user` may read."""
    asked = MarkingChange.objects.visible_to(user).filter(granted=None)
    return asked.select_related("record", "asked_by")


def _wrote(record: Record, user: User) -> bool:
    return record.created_by_id == user.pk or record.editions.filter(authors=user.pk).exists()
