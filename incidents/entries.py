"""The entries of directories that a question names: which are there, and what they became."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, User
from django.utils.translation import gettext as _

from articles.models import Article, Publisher

from .models import Actor, Campaign
from .parameters import did_you_mean, shown
from .questions import NONE

SLUGGED: Final = {"actor": Actor, "campaign": Campaign, "publisher": Publisher}


def follow_merged(
    asked: dict[str, tuple[str, ...]], values: dict[str, Any], user: User | AnonymousUser
) -> None:
    """Ask for what an entry became, as far as `user` may see that.

    An actor or an outlet may have been merged into another one, and an article be known by the
    digest that it had before.
    """
    for name, model in (("actor", Actor), ("publisher", Publisher)):
        if values[name]:
            merged = _merged(model, values, user).filter(slug__in=values[name])
            _follow(asked, values, name, merged.values_list("slug", "merged_into__slug"))
    if values["article"]:
        former = Article.objects.visible_to(user).filter(former_digest__in=values["article"])
        _follow(asked, values, "article", former.values_list("former_digest", "address_digest"))


def _follow(
    asked: dict[str, tuple[str, ...]],
    values: dict[str, Any],
    name: str,
    became: Iterable[tuple[str, str]],
) -> None:
    """Ask for what some values of a parameter became."""
    if known := dict(became):
        followed = sorted({known.get(value, value) for value in values[name]})
        values[name], asked[name] = followed, tuple(followed)


def unlisted(values: dict[str, Any], user: User | AnonymousUser) -> dict[str, list[str]]:
    """Return which directory entries are not there, as far as `user` may see."""
    errors: dict[str, list[str]] = {}
    for name, model in SLUGGED.items():
        wanted = {slug for slug in values[name] if slug != NONE}
        if not wanted:
            continue
        there = set(_entries(model, values, user).values_list("slug", flat=True))
        for slug in sorted(wanted - there):
            errors[name] = [
                _("No entry %(slug)s.%(close)s")
                % {"slug": shown(slug), "close": did_you_mean(slug, there)}
            ]
    if wanted := set(values["article"]):
        readable = Article.objects.visible_to(user).filter(address_digest__in=wanted)
        known = set(readable.values_list("address_digest", flat=True))
        for digest in sorted(wanted - known):
            errors["article"] = [_("No article %(digest)s.") % {"digest": shown(digest)}]
    return errors


def _merged(model: Any, values: dict[str, Any], user: User | AnonymousUser) -> Any:
    """Return the entries that were merged into one that may be asked for."""
    if model is Publisher:
        return model.objects.merged_for(user)
    return model.objects.filter(merged_into__in=_entries(model, values, user))


def _entries(model: Any, values: dict[str, Any], user: User | AnonymousUser) -> Any:
    """Return the entries of a directory that may be asked for, also those seen in the past."""
    if model is Publisher:
        return model.objects.visible_to(user)
    return model.objects.visible_to(user, past=bool(values["as_of"]))
