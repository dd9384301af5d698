"""A page is captured while nobody waits for the answer: each attempt is a row that says how it is.

Law: an article is asked for once at a time. An attempt ends together with its capture, in one
transaction, or with a reason; one whose process was killed is known by its age.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import capturing
from .models import LONGEST_ATTEMPT, Article, Attempt, Capture

# How many pages one process asks for at the same time.
AT_ONCE: Final = 4
_threads = threading.BoundedSemaphore(AT_ONCE)


def in_thread(work: Callable[[], None]) -> bool:
    """Have something done by a thread with a connection of its own; tell whether one was free.

    No thread holds up the end of the process; what it had begun is cut off, as by a crash.
    """

    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()
            _threads.release()

    if not _threads.acquire(blocking=False):
        return False
    try:
        threading.Thread(target=run, name="capture", daemon=True).start()
    except RuntimeError:
        # The system has no thread left.
        _threads.release()
        return False
    return True


# Tests put in its place what does the work at once.
start: Callable[[Callable[[], None]], bool] = in_thread


def begin(article: Article, *, by: User, seen: bool = False) -> tuple[Attempt, bool]:
    """Have an article captured at its address; return the attempt and whether it is a new one.

    While an attempt is under way it stays the only one. Raises ValidationError as
    `capturing.allow` does.
    """
    present = article.attempts.filter(ended_at=None).first()
    if present and present.under_way:
        return present, False
    capturing.allow(article, by=by, seen=seen)
    attempt, new = _noted(article, by)
    if new and not start(partial(_capture, attempt.pk)):
        _end(attempt.pk, _("Several pages are being fetched; try again in a moment."))
    return attempt, new


def told(article: Article, newest: Capture | None) -> Attempt | None:
    """Return the last attempt, unless something else was captured since."""
    rows = article.attempts.select_related("by", "capture")
    last: Attempt | None = rows.defer("capture__text", "capture__headers").first()
    if last and newest and newest.pk != last.capture_id and newest.at > last.begun_at:
        return None
    return last


@transaction.atomic
def _noted(article: Article, by: User) -> tuple[Attempt, bool]:
    now = timezone.now()
    of_article = Attempt.objects.filter(article=article, ended_at=None)
    of_article.filter(begun_at__lte=now - LONGEST_ATTEMPT).update(
        ended_at=now, failed=_("It was cut off.")
    )
    return Attempt.objects.get_or_create(
        article=article, ended_at=None, defaults={"by": by, "begun_at": now}
    )


def _capture(key: int) -> None:
    """Fetch, read and keep what an attempt asked for, and end it."""
    why = _("It broke off here, and not at the site; the log says why.")
    try:
        attempt = Attempt.objects.select_related("article", "by").get(pk=key)
        looked = capturing.ask(attempt.article)
        with transaction.atomic():
            # One that took too long may have been given up meanwhile, and another one begun.
            held = Attempt.objects.select_for_update().filter(pk=key, ended_at=None)
            if held.exists():
                capture = capturing.keep(attempt.article, looked, by=attempt.by)
                held.update(capture=capture, ended_at=timezone.now())
        why = ""
    except ValidationError as refused:
        why = " ".join(refused.messages)
    finally:
        if why:
            _end(key, why)


def _end(key: int, why: str) -> None:
    """Say why nothing came of an attempt."""
    Attempt.objects.filter(pk=key, ended_at=None).update(failed=why[:300], ended_at=timezone.now())
