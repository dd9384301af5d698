"""The log of who logged in, exported, read what is RED, or changed what others may do.

Law: an entry is only ever added; it says who, when, from where and which, and it holds neither
content nor a password, nor anything typed that might be one.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Collection
from contextvars import ContextVar
from typing import Any, Final, Protocol

from django.conf import settings
from django.contrib.auth import signals as auth_signals
from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.db.models import signals
from django.http import HttpRequest, HttpResponseBase

from articles.codebook import Marking
from articles.models import Membership

from .codebook import Deed
from .models import AuditEntry

Answer = Callable[[HttpRequest], HttpResponseBase]
LONGEST: Final = 300
# What is said of an account when one of its flags is set, and when it is taken away.
_FLAGS: Final = {
    "is_active": ("enabled", "disabled"),
    "is_staff": ("now staff", "no longer staff"),
    "is_superuser": ("now an administrator", "no longer an administrator"),
}
_GIVEN: Final = {"post_add": 0, "post_remove": 1, "pre_clear": 1}
# Who acts is not told to signals, so the request being answered is kept at hand.
_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


def note(
    deed: Deed, by: HttpRequest | User | AnonymousUser | None, *subjects: str, name: str = ""
) -> None:
    """Write down a deed, once for each subject it was done to.

    `by` nobody is the command line, or whoever is not logged in.
    """
    request = by if isinstance(by, HttpRequest) else _request.get()
    # A request of the REST framework is none of Django's, and has its user all the same.
    who = by if isinstance(by, User) else getattr(by, "user", None)
    user = who if isinstance(who, User) else None
    AuditEntry.objects.bulk_create(
        AuditEntry(
            deed=deed,
            user=user,
            name=user.get_username() if user else name,
            subject=subject if len(subject) <= LONGEST else f"{subject[: LONGEST - 1]}…",
            address=address(request) if request else None,
        )
        for subject in subjects or ("",)
    )


class Told(Protocol):
    """What the log says of an edition that somebody was shown."""

    @property
    def reference(self) -> Any:
        """The reference of its record."""

    @property
    def number(self) -> Any:
        """Its number."""

    @property
    def marking(self) -> Any:
        """Its own marking."""

    @property
    def effective_marking(self) -> Any:
        """Its present marking."""


def read(request: HttpRequest, *editions: Told) -> None:
    """Write down that somebody was shown what is RED; nothing where none of it is."""
    red = [it for it in editions if Marking.RED in (it.marking, it.effective_marking)]
    if red:
        named = (f"{it.reference}, edition {it.number}" for it in red)
        note(Deed.READ_RED, request, *named)


def address(request: HttpRequest) -> str | None:
    """Return from where a request came; only what our own proxies added is believed."""
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    told = hops[-min(settings.PROXIES, len(hops))] if settings.PROXIES else ""
    for text in (told, request.META.get("REMOTE_ADDR", "")):
        try:
            return str(ipaddress.ip_address(text))
        except ValueError:
            continue
    return None


def listening(get_response: Answer) -> Answer:
    """Keep the request at hand while it is answered, and write down what is taken out as a file."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        kept = _request.set(request)
        try:
            response = get_response(request)
            taken = response.get("Content-Disposition", "").startswith("attachment")
            if taken and response.status_code == 200 and request.user.is_authenticated:
                note(Deed.EXPORT, request, request.get_full_path())
            return response
        finally:
            _request.reset(kept)

    return answer


def listen() -> None:
    """Write down from now on every login and every change of what somebody may do."""
    auth_signals.user_logged_in.connect(_logged_in)
    auth_signals.user_logged_out.connect(_logged_out)
    auth_signals.user_login_failed.connect(_login_failed)
    signals.pre_save.connect(_account_changes, sender=User)
    signals.post_save.connect(_account_changed, sender=User)
    for sender in (User, Group):
        signals.post_delete.connect(_deleted, sender=sender)
    signals.m2m_changed.connect(_groups_changed, sender=User.groups.through)
    for through in (User.user_permissions.through, Group.permissions.through):
        signals.m2m_changed.connect(_rights_changed, sender=through)
    signals.post_save.connect(_joined, sender=Membership)
    signals.post_delete.connect(_left, sender=Membership)


# Logins


def _logged_in(user: User, **_kwargs: Any) -> None:
    note(Deed.LOGIN, user)


def _logged_out(user: User | None, **_kwargs: Any) -> None:
    if user is not None:
        note(Deed.LOGOUT, user)


def _login_failed(credentials: dict[str, Any], **_kwargs: Any) -> None:
    """Keep a name that was typed only where it is one: else it may be somebody's password."""
    refused(str(credentials.get("username", "")))


def refused(name: str, why: str = "") -> None:
    """Write down a refused login, with its name where there is an account of that name."""
    known = User.objects.filter(username=name).values_list("username", flat=True).first()
    note(Deed.LOGIN_FAILED, None, why, name=known or "")


# What somebody may do


def change(subject: str) -> None:
    """Write down a change of what somebody may do, by whoever is asking."""
    request = _request.get()
    note(Deed.PERMISSION, request, subject)


def _account_changes(instance: User, update_fields: Collection[str] | None, **_kw: Any) -> None:
    """Remember what an account was before it is saved, where what counts may change."""
    watched = {*_FLAGS, "username", "password"}
    if update_fields is None or watched & set(update_fields):
        was = User.objects.filter(pk=instance.pk).values(*watched).first() if instance.pk else None
        instance.__dict__["_was"] = was


def _account_changed(instance: User, created: bool, **_kwargs: Any) -> None:
    was = instance.__dict__.pop("_was", None)
    told = ["made"] if created else []
    for name, (given, taken) in _FLAGS.items():
        now, before = getattr(instance, name), was[name] if was else name == "is_active"
        if (was or created) and now != before:
            told.append(given if now else taken)
    if was and was["username"] != instance.username:
        told.append(f"called {was['username']} before")
    # A hash that is only brought up to date keeps no password at hand.
    if was and was["password"] != instance.password and instance._password is not None:  # type: ignore[attr-defined]
        told.append("new password")
    if told:
        change(f"{instance.username}: {', '.join(told)}")


def _deleted(instance: User | Group, **_kwargs: Any) -> None:
    change(f"{instance}: deleted")


def _groups_changed(
    instance: User | Group, action: str, reverse: bool, pk_set: set[int] | None, **_kwargs: Any
) -> None:
    if action not in _GIVEN:
        return
    verb = ("joins", "leaves")[_GIVEN[action]]
    if isinstance(instance, Group):
        members = instance.user_set.all() if pk_set is None else User.objects.filter(pk__in=pk_set)
        pairs = [(member.username, instance.name) for member in members]
    else:
        groups = instance.groups.all() if pk_set is None else Group.objects.filter(pk__in=pk_set)
        pairs = [(instance.username, group.name) for group in groups]
    for member, group in pairs:
        change(f"{member}: {verb} {group}")


def _rights_changed(
    instance: Any, action: str, model: type[Any], pk_set: set[int] | None, **_kwargs: Any
) -> None:
    if action not in _GIVEN:
        return
    verb = ("given to", "taken from")[_GIVEN[action]]
    if isinstance(instance, Permission):
        changed = model.objects.filter(pk__in=pk_set or ())
        change(f"{instance.codename} {verb} {', '.join(map(str, changed)) or 'all'}")
        return
    held = instance.user_permissions if isinstance(instance, User) else instance.permissions
    rights = held.all() if pk_set is None else Permission.objects.filter(pk__in=pk_set)
    names = sorted(rights.values_list("codename", flat=True))
    if names:
        change(f"{len(names)} rights {verb} {instance}: {', '.join(names)}")


def _joined(instance: Membership, **_kwargs: Any) -> None:
    change(f"{instance.user.username}: belongs to {instance.organisation}")


def _left(instance: Membership, **_kwargs: Any) -> None:
    change(f"{instance.user.username}: no longer belongs to {instance.organisation}")
