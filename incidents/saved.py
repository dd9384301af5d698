"""Saved views: questions under a name, and who is told when their answers change.

Law: a view holds a question, never an answer; each reader is answered as they may read. What is
told of a record that one may not read any more is only that, by the name one knew.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import BadHeaderError, EmailMessage
from django.db import transaction
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.querysets import reads_unpublished

from .codebook import Audience, News
from .counts import count
from .filters import ask
from .models import Alert, Record, SavedView, Subscription
from .questions import Question
from .records import Moved, Removed, Tombstone, find
from .refusals import InvalidQuestion
from .words import in_words

logger = logging.getLogger(__name__)

# Somebody with more is no reader but a program, and has `/api/v1/changes/`.
MOST_VIEWS: Final = 100
MOST_WATCHED: Final = 5_000
SHOWN: Final = 50
KEPT: Final = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Shown:
    """A view as its reader sees it: what it asks in words, and how many that are today."""

    view: SavedView
    words: str
    total: int | None
    refused: str
    subscribed: bool
    own: bool


def save(
    owner: User, name: str, query: str, audience: str, view: SavedView | None = None
) -> SavedView:
    """Keep a question under a name, or change what is kept of one's own.

    Raises InvalidQuestion where it is none, ValidationError where name or audience are wrong, and
    PermissionDenied where the view is somebody else's.
    """
    if view and view.owner_id != owner.pk:
        raise PermissionDenied
    question = ask(QueryDict(query), owner)
    if audience == Audience.PUBLIC and not reads_unpublished(owner):
        raise ValidationError({"audience": _("Views for everybody are saved by staff.")})
    if audience == Audience.PUBLIC:
        _open(question)
    if view is None and SavedView.objects.of(owner).count() >= MOST_VIEWS:
        told = _("An account keeps at most %(n)d views: delete one that nobody uses.")
        raise ValidationError({"name": told % {"n": MOST_VIEWS}})
    kept = view or SavedView(owner=owner)
    was, kept.name, kept.query, kept.audience = kept.query, name, question.query(), audience
    kept.full_clean()
    kept.save()
    if kept.query != was:
        # What another question listed is no news of this one.
        Subscription.objects.filter(view=kept).update(checked_at=None)
    return kept


def _open(question: Question) -> None:
    """Refuse to make public what not everybody may ask, without telling what of it is hidden."""
    try:
        ask(QueryDict(question.query()), AnonymousUser())
    except InvalidQuestion:
        told = _("Not everybody may ask this question, so that it cannot be public.")
        raise ValidationError({"audience": told}) from None
    if question.values["state"] != "published" or question.values["marking"]:
        told = _("A public view asks for no state and no marking.")
        raise ValidationError({"audience": told})


def shown(user: User | AnonymousUser) -> list[Shown]:
    """Return the views that somebody sees: their own, counted, then the newest of others."""
    views = SavedView.objects.visible_to(user).select_related("owner")
    others = views.exclude(owner=user.pk or 0).order_by("-pk")[:SHOWN]
    own = views.of(user)[:MOST_VIEWS]
    watched = set(Subscription.objects.filter(user=user.pk or 0).values_list("view", flat=True))
    return [_shown(view, user, view.pk in watched) for view in [*own, *others]]


def _shown(view: SavedView, user: User | AnonymousUser, subscribed: bool) -> Shown:
    own = view.owner_id == user.pk
    try:
        question = ask(QueryDict(view.query), user)
    except InvalidQuestion as refused:
        # Whether an entry is hidden or gone is told to nobody but its owner's own question.
        why = str(refused) if own else _("It cannot be asked now.")
        return Shown(view, "", None, why, subscribed, own)
    # Counting what others saved would let them choose what a page costs.
    total = count(question).total if own else None
    return Shown(view, in_words(question), total, "", subscribed, own)


def subscribe(user: User, view: SavedView) -> None:
    """Tell somebody from now on when the answer to a view changes.

    Raises InvalidQuestion where it cannot be asked, and ValidationError where it lists too many.
    """
    if Subscription.objects.filter(user=user).exclude(view=view).count() >= MOST_VIEWS:
        told = _("An account watches at most %(n)d views.")
        raise ValidationError(told % {"n": MOST_VIEWS})
    seen = _listed(view, user)
    if len(seen) > MOST_WATCHED:
        told = _("%(n)d incidents are too many to be watched; narrow it to %(most)d.")
        raise ValidationError(told % {"n": len(seen), "most": MOST_WATCHED})
    Subscription.objects.update_or_create(
        user=user, view=view, defaults={"seen": seen, "checked_at": timezone.now()}
    )


def unsubscribe(user: User, view: SavedView) -> None:
    """Tell somebody no longer of a view, and forget what they were told."""
    Subscription.objects.filter(user=user, view=view).delete()
    Alert.objects.filter(user=user, view=view).delete()


def _listed(view: SavedView, user: User) -> dict[str, list[Any]]:
    """Return the edition and the public id of each record that a view lists, by its key."""
    found = ask(QueryDict(view.query), user).incidents().order_by("record").select_related("record")
    rows = found[: MOST_WATCHED + 1]
    return {
        str(incident.record_id): [incident.number, incident.record.public_id] for incident in rows
    }


@transaction.atomic
def look(subscription: Subscription) -> int:
    """Compare the answer to a view with the last one, and keep what is news; return how much."""
    # Two that look at once would tell everything twice.
    held = Subscription.objects.select_for_update(of=("self",)).filter(pk=subscription.pk)
    current = held.select_related("user", "view").first()
    if current is None:
        return 0
    subscription, user, view = current, current.user, current.view
    if not SavedView.objects.visible_to(user).filter(pk=view.pk).exists():
        unsubscribe(user, view)
        return 0
    try:
        now = _listed(view, user)
    except InvalidQuestion:
        # What it names may come back; until then there is no answer to compare.
        return 0
    if len(now) > MOST_WATCHED:
        return 0
    seen: dict[str, list[Any]] = subscription.seen if subscription.checked_at else now
    news = [
        *((key, News.NEW, now[key][1]) for key in now.keys() - seen.keys()),
        *(
            (key, News.CHANGED, now[key][1])
            for key in now.keys() & seen.keys()
            if now[key][0] != seen[key][0]
        ),
        *((key, _gone(seen[key][1], user), seen[key][1]) for key in seen.keys() - now.keys()),
    ]
    there = {
        str(key) for key in Record.objects.filter(pk__in=seen | now).values_list("pk", flat=True)
    }
    made = Alert.objects.bulk_create(
        Alert(user=user, view=view, record_id=int(key), news=what, named=named)
        for key, what, named in sorted(news)
        if key in there
    )
    subscription.seen, subscription.checked_at = now, timezone.now()
    subscription.save(update_fields=["seen", "checked_at"])
    return len(made)


def _gone(named: str, user: User) -> News:
    """Return why a record that was listed is so no longer."""
    try:
        found = find(named, user)
    except Http404:
        return News.HIDDEN
    if isinstance(found, Moved):
        return News.MERGED
    return News.WITHDRAWN if isinstance(found, Tombstone | Removed) else News.LEFT


def forget() -> None:
    """Delete alerts that were read, or stand unread, for longer than anybody asks."""
    Alert.objects.filter(at__lt=timezone.now() - KEPT).delete()


def unread(user: User | AnonymousUser) -> int:
    """Return how many alerts somebody has not read."""
    return Alert.objects.visible_to(user).unread().count()


def mail() -> tuple[int, int]:
    """Send each reader one mail about all their news; return how many went out, and how many not.

    Like every mail of this site it names no incident: it says how much there is, and where.
    """
    sent = failed = 0
    waiting = Alert.objects.filter(mailed_at=None, read_at=None, user__is_active=True)
    for user in User.objects.filter(pk__in=waiting.values("user")).exclude(email=""):
        alerts = list(waiting.visible_to(user))
        if not alerts:
            continue
        numbers = Counter(alert.get_news_display() for alert in alerts)
        told = "\n".join(f"{label}: {n}" for label, n in sorted(numbers.items()))
        text = _("In your saved views:\n\n%(told)s\n\nRead it here: %(address)s\n") % {
            "told": told,
            "address": settings.SITE_URL + reverse("views"),
        }
        try:
            EmailMessage(_("HTI: news in your views"), text, to=[user.email]).send()
        except (OSError, BadHeaderError):  # what smtplib raises is the former too
            logger.exception("No mail about alerts could be sent to account %d.", user.pk)
            failed += 1
            continue
        Alert.objects.filter(pk__in=[alert.pk for alert in alerts]).update(mailed_at=timezone.now())
        sent += 1
    return sent, failed
