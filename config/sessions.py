"""Sessions end when nobody used them for a while, and at the latest some hours after the login."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from incidents.logins import began

# A use within this many seconds of the last one that was written down is not written down.
_SLACK: Final = 60


class SessionStore(db.SessionStore):
    """A session in the database whose row says when it ends."""

    ends_at: datetime | None = None

    def _get_session_from_db(self) -> Session | None:
        """Remember when the row that was read ends."""
        found: Session | None = super()._get_session_from_db()  # type: ignore[misc]
        self.ends_at = found.expire_date if found else None
        return found

    def get_expiry_date(self, **_kwargs: Any) -> datetime:
        """Return when the session ends if nobody uses it any more."""
        idle = timezone.now() + timedelta(seconds=settings.SESSION_IDLE)
        start = began(self)
        if start is None:
            return idle
        return min(idle, start + timedelta(seconds=settings.SESSION_COOKIE_AGE))

    def get_expiry_age(self, **_kwargs: Any) -> int:
        """Return in how many seconds the session ends if nobody uses it any more."""
        return int((self.get_expiry_date() - timezone.now()).total_seconds())

    def touch(self) -> None:
        """Write down that the session was used, without its content.

        Only a row that is still there is touched, so a login that was ended stays ended.
        """
        ends = self.get_expiry_date() if self.ends_at else None
        if ends and self.ends_at and (ends - self.ends_at).total_seconds() > _SLACK:
            Session.objects.filter(pk=self.session_key).update(expire_date=ends)
