"""Who is told that an edition waits for them or came back: at the desk, and by mail.

Law: a mail says what kind of news there is and where to read it, never of which incident; that
no mail could be sent never undoes the step that it tells of.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from functools import partial

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .codebook import Notice
from .models import Incident, Notification
from .querysets.reviewing import NotificationQuerySet

logger = logging.getLogger(__name__)


def tell(edition: Incident, notice: Notice, users: Collection[User], *, by: User) -> None:
    """Tell users of an edition; mail goes out after the transaction is through."""
    Notification.objects.bulk_create(
        Notification(user=user, edition=edition, notice=notice, by=by) for user in users
    )
    addresses = sorted({user.email for user in users if user.email and user.is_active})
    if settings.HTI_MAIL and addresses:
        transaction.on_commit(partial(_mail, notice, addresses))


def waits_no_more(edition: Incident) -> None:
    """Take back the word that an edition waits for a reviewer, where nobody has read it yet."""
    waiting = Notification.objects.filter(edition=edition, notice=Notice.WAITING)
    waiting.filter(read_at=None).update(read_at=timezone.now())


def unread(user: User) -> NotificationQuerySet:
    """Return what a user was told and has not read."""
    return Notification.objects.visible_to(user).filter(read_at=None)


def of(user: User, key: str) -> Notification | None:
    """Return what a user was told, by its key, where they may still read what it is about."""
    return Notification.objects.visible_to(user).filter(pk=key).first()


def read(user: User, keys: Collection[str] | None = None) -> None:
    """Note that a user has read some of what they were told, or all of it."""
    news = unread(user)
    if keys is not None:
        news = news.filter(pk__in=keys)
    Notification.objects.filter(pk__in=list(news.values_list("pk", flat=True))).update(
        read_at=timezone.now()
    )


def _mail(notice: Notice, addresses: list[str]) -> None:
    """Send one mail to all, none of whom sees another's address."""
    text = _("%(news)s\n\nRead it here: %(address)s\n") % {
        "news": notice.definition,
        "address": settings.SITE_URL + reverse("admin:incidents_incident_notices"),
    }
    subject = _("HTI desk: %(news)s") % {"news": notice.label}
    try:
        EmailMessage(subject, text, bcc=addresses).send()
    except OSError:  # what smtplib raises is one too
        logger.exception("No mail could be sent: %s, to %d accounts.", notice, len(addresses))
