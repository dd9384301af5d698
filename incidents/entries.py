"""The entries of directories that a question names: which are there, and what they became."""

from __future__ import annotations

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
    """Ask for the actor that another one was merged into, as far as `user` may see it."""
    if not values["actor"]:
        return
    visible = Actor.objects.visible_to(user, past=bool(values["as_of"]))
    merged = Actor.objects.filter(slug__in=values["actor"], merged_into__in=visible)
    survivors = dict(merged.values_list("slug", "merged_into__slug"))
    if survivors:
        followed = sorted({survivors.get(slug, slug) for slug in values["actor"]})
        values["actor"], asked["actor"] = followed, tuple(followed)


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


def _entries(model: Any, values: dict[str, Any], user: User | AnonymousUser) -> Any:
    """Return the entries of a directory that may be asked for, also those seen in the past."""
    if model is Publisher:
        return model.objects.visible_to(user)
    return model.objects.visible_to(user, past=bool(values["as_of"]))
