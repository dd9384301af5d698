"""Tokens of the API: made, recognised, revoked.

Law: the text of a token is shown once and kept nowhere; whether it still holds is asked on
every request, of the token and of its owner.
"""

from __future__ import annotations

import hashlib
import secrets
import string
import zlib
from datetime import timedelta
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet, signals
from django.utils import timezone
from django.utils.translation import gettext as _

from . import audit, factors
from .codebook import Deed, Scope
from .models import Token

PREFIX: Final = "hti_"
DAYS: Final = 90
MOST_DAYS: Final = 365
# Limits are per token, so that an account with any number of them would have none.
MOST: Final = 20
# A use within this span of the last one that was written down is not written down.
_SLACK: Final = timedelta(minutes=10)
_DIGITS: Final = string.digits + string.ascii_letters
# 43 of 62 digits hold 256 bits.
_LENGTH: Final = 43


def make(user: User, name: str, scope: Scope, days: int = DAYS) -> tuple[Token, str]:
    """Make a token of an account; return it with its text, which nobody sees again.

    Raises PermissionDenied where the account still needs a second factor, and ValidationError
    where it has as many tokens as it may have.
    """
    if not user.is_active or factors.wanting(user):
        raise PermissionDenied
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"A token lasts from 1 to {MOST_DAYS} days.")
    if of(user).filter(expires_at__gt=timezone.now()).count() >= MOST:
        told = _("An account has at most %(n)d tokens: revoke one that nothing uses.")
        raise ValidationError(told % {"n": MOST})
    text = _new()
    token = Token(
        user=user,
        name=name,
        scope=scope,
        digest=_digest(text),
        start=text[: len(PREFIX) + 6],
        expires_at=timezone.now() + timedelta(days=days),
    )
    token.full_clean()
    token.save()
    told = _("%(scope)s, until %(day)s") % {"scope": scope, "day": token.expires_at.date()}
    audit.note(Deed.PERMISSION, user, f"{_subject(token)} made: {told}")
    return token, text


def find(text: str) -> Token | None:
    """Return the token of a text where it and its owner are good for it now, and note its use."""
    if not _whole(text):
        return None
    token = Token.objects.filter(digest=_digest(text)).select_related("user").first()
    if token is None or not token.live or not token.user.is_active or factors.wanting(token.user):
        return None
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > _SLACK:
        unused = Q(last_used_at=None) | Q(last_used_at__lt=now - _SLACK)
        Token.objects.filter(unused, pk=token.pk).update(last_used_at=now)
    return token


def of(user: User) -> QuerySet[Token]:
    """Return the tokens of an account that were not revoked, the newest first."""
    return Token.objects.filter(user=user, revoked_at=None)


def revoke(token: Token, by: User) -> bool:
    """Let a token hold no longer; tell whether it did."""
    done = Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())
    if done:
        audit.note(Deed.PERMISSION, by, f"{_subject(token)} revoked")
    return bool(done)


def listen() -> None:
    """Write down from now on which tokens are deleted."""
    signals.post_delete.connect(_deleted, sender=Token)


def _deleted(instance: Token, **_kwargs: Any) -> None:
    audit.change(f"{_subject(instance)} deleted")


def _subject(token: Token) -> str:
    return f"{token.user.get_username()}: token {token.start}…"


def _new() -> str:
    drawn = "".join(secrets.choice(_DIGITS) for _n in range(_LENGTH))
    return f"{PREFIX}{drawn}{_check(drawn)}"


def _whole(text: str) -> bool:
    """Tell whether a text has the form of a token; one that was mistyped asks no database."""
    drawn, check = text.removeprefix(PREFIX)[:_LENGTH], text[len(PREFIX) + _LENGTH :]
    return text.startswith(PREFIX) and text.isascii() and _check(drawn) == check


def _check(drawn: str) -> str:
    return f"{zlib.crc32(drawn.encode()):08x}"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()
