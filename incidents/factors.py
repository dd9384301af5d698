"""The second factor of an account: who needs one, who has one, and how it is taken away."""

from __future__ import annotations

from typing import Any

from allauth.mfa import signals
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User

from articles.clearance import clearance

from . import audit, logins
from .codebook import Deed


def obliged(user: User) -> bool:
    """Say whether an account does nothing without a second factor: reviewers, administrators."""
    return bool(settings.MFA_REQUIRED and (user.is_superuser or clearance(user).reviews))


def enrolled(user: User) -> bool:
    """Say whether an account has a second factor; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def wanting(user: User) -> bool:
    """Say whether an account still has to set up the second factor that it needs."""
    return obliged(user) and not enrolled(user)


def passed(user: User, code: str) -> AuthenticateForm | None:
    """Use a code of an account up; return what records it, or None for a wrong or used one."""
    form = AuthenticateForm({"code": code}, user=user)
    return form if form.is_valid() else None


def codes_left(user: User) -> int:
    """Return how many recovery codes of an account were not used yet."""
    kept = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(kept.wrap().get_unused_codes()) if kept else 0


def remove(user: User, *, by: User | None) -> bool:
    """Take the second factor of an account away and end its logins; tell whether it had one.

    It is for those who lost their device and their recovery codes.
    """
    had, _rows = Authenticator.objects.filter(user=user).delete()
    if had:
        logins.end_others(user, None)
        audit.note(Deed.SECOND_FACTOR, by, f"{user.get_username()}: removed")
    return bool(had)


def listen() -> None:
    """Write down from now on what becomes of second factors."""
    for changed in (
        signals.authenticator_added,
        signals.authenticator_removed,
        signals.authenticator_reset,
    ):
        changed.connect(_changed)
    signals.authentication_failed.connect(_failed)


def _changed(request: Any, user: User, authenticator: Any, signal: Any, **_kwargs: Any) -> None:
    """Write a change down, and end the other logins: they had come in without it."""
    done = {signals.authenticator_added: "added", signals.authenticator_removed: "removed"}
    told = f"{authenticator.type} {done.get(signal, 'made anew')}"
    audit.note(Deed.SECOND_FACTOR, user, f"{user.get_username()}: {told}")
    logins.end_others(user, request.session.session_key)


def _failed(user: User, **_kwargs: Any) -> None:
    audit.refused(user.get_username(), "Wrong code of the second factor.")
