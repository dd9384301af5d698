"""Where somebody is logged in, as each session keeps it, and how a login is ended elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.db.models import signals
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

NOTE: Final = "login"
LONGEST_BROWSER: Final = 300
# Browsers name those that they descend from too, so the youngest are looked for first.
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Login:
    """A login that has not expired; `name` tells it apart without giving its key away."""

    name: str
    browser: str
    since: datetime | None
    until: datetime
    here: bool

    @property
    def browser_name(self) -> str:
        """The browser and its system in words, as far as they can be read."""
        brand = next((name for mark, name in _BROWSERS if mark in self.browser), "")
        system = next((name for mark, name in _SYSTEMS if mark in self.browser), "")
        if brand and system:
            return _("%(browser)s on %(system)s") % {"browser": brand, "system": system}
        return brand or self.browser[:60]


def listen() -> None:
    """Note every login from now on, and end those of an account that is disabled."""
    user_logged_in.connect(_logged_in)
    signals.post_save.connect(_saved, sender=User)


def _logged_in(request: Any, **_kwargs: Any) -> None:
    note(request)


def _saved(instance: User, created: bool, **_kwargs: Any) -> None:
    """Leave no login to an account for when it is enabled again."""
    if not created and not instance.is_active:
        end_others(instance, None)


def note(request: Any) -> None:
    """Keep in a session when it began and in which browser."""
    agent = str(request.META.get("HTTP_USER_AGENT", ""))[:LONGEST_BROWSER]
    request.session[NOTE] = {"at": timezone.now().isoformat(), "browser": agent}


def began(session: Any) -> datetime | None:
    """Return when the login of a session began; a session without a login has no beginning."""
    return _time(session.get(NOTE, {}).get("at"))


def logins(user: User, current: str | None) -> list[Login]:
    """Return the logins of `user`, the one whose session key is `current` first."""
    found = [
        Login(
            name=_name(session.session_key),
            browser=str(data.get(NOTE, {}).get("browser", "")),
            since=_time(data.get(NOTE, {}).get("at")),
            until=session.expire_date,
            here=session.session_key == current,
        )
        for session, data in _sessions(user)
    ]
    return sorted(found, key=lambda login: (not login.here, -login.until.timestamp()))


def end(user: User, name: str) -> bool:
    """End the login of `user` that is called `name`; tell whether there was one."""
    for session, _data in _sessions(user):
        if constant_time_compare(_name(session.session_key), name):
            session.delete()
            return True
    return False


def end_others(user: User, current: str | None) -> int:
    """End all logins of `user` but the one whose session key is `current`; return how many."""
    others = [s for s, _data in _sessions(user) if s.session_key != current]
    for session in others:
        session.delete()
    return len(others)


def _sessions(user: User) -> Iterator[tuple[Session, dict[str, Any]]]:
    """Yield the sessions that are logins of `user`, with what they hold.

    Every session that has not expired is read: there are as many as people at work.
    A login from before the last change of the password is none any more; one under a
    key that was in use before still is.
    """
    key = str(user.pk)
    valid = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        data = session.get_decoded()
        proof = str(data.get(HASH_SESSION_KEY, ""))
        if data.get(SESSION_KEY) == key and any(constant_time_compare(proof, it) for it in valid):
            yield session, data


def _name(session_key: str) -> str:
    """Return a name of a session from which its key cannot be had."""
    return salted_hmac("incidents.logins", session_key).hexdigest()


def _time(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) else None
