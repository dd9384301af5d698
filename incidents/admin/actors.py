"""The desk for actors: found by any name, and two entries of one actor merged into one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk import CarefulFields, NamedColumns
from articles.desk_merging import Merging
from articles.text import tokens
from incidents import merging
from incidents.models import Actor, ActorAlias, ActorParent

from .directories import NamedForm

MOST_NAMES = 5


class AliasInline(CarefulFields[ActorAlias], NamedColumns):
    """Other names."""

    model = ActorAlias
    fk_name = "actor"
    extra = 0
    fields = ("name", "used_by", "language")


class ParentInline(CarefulFields[ActorParent], NamedColumns):
    """Whom an actor belongs to."""

    model = ActorParent
    fk_name = "actor"
    extra = 0
    autocomplete_fields = ("parent", "source")
    fields = ("parent", "relation", "source")


@admin.register(Actor)
class ActorAdmin(Merging[Actor]):
    """Actors, found by any of their names."""

    settled_fields = ("name", "kind", "state", "slug")

    form = NamedForm
    inlines = (AliasInline, ParentInline)
    country_fields = ("state",)
    list_display = ("name", "kind", "state", "also_known_as")
    list_filter = ("kind",)
    search_fields = ("name", "aliases__name")
    search_help_text = gettext_lazy("Any name of an actor.")
    fieldsets = (
        (None, {"fields": ("name", ("kind", "state"))}),
        (
            gettext_lazy("Address and ids"),
            {"fields": ("slug", "external_ids"), "classes": ("collapse",)},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Actor]:
        """Return the actors with their other names."""
        return super().get_queryset(request).prefetch_related("aliases")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Actor], search_term: str
    ) -> tuple[QuerySet[Actor], bool]:
        """Find actors by the beginnings of the words of any of their names, without accents.

        Two queries read all names: no database folds letters as the rest of the site does, and
        a directory of actors has some thousand names.
        """
        words = tokens(search_term[:200])
        if not words:
            return queryset, False
        names = [
            *Actor.objects.values_list("pk", "name"),
            *ActorAlias.objects.values_list("actor", "name"),
        ]
        found = {pk for pk, name in names if _says(tokens(name), words)}
        return queryset.filter(pk__in=found), False

    @admin.display(description=gettext_lazy("also known as"))
    def also_known_as(self, actor: Actor) -> str:
        """The other names."""
        return ", ".join(alias.name for alias in actor.aliases.all())

    def told_of(self, row: Actor) -> str:
        """Say who an actor is where one chooses among several."""
        kind = row.get_kind_display()
        parts = [str(kind[:1]).lower() + str(kind[1:])]
        if row.state:
            parts.append(str(row.get_state_display()))
        told = f"{row.name} — {', '.join(parts)}"
        names = [alias.name for alias in row.aliases.all()]
        if not names:
            return told
        shown = ", ".join(names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")
        return _("%(actor)s; also %(names)s") % {"actor": told, "names": shown}

    # Two entries of one actor

    def join(self, survivor: Actor, losers: Sequence[Actor], sent: QueryDict) -> None:
        """Merge actors; no reason is asked for."""
        merging.merge(survivor, losers)

    def part(self, merged: Actor) -> Actor:
        """Give back the names and ties that a merged actor brought."""
        return merging.take_apart(merged)

    def gained(
        self, request: HttpRequest, survivor: Actor, losers: Sequence[Actor]
    ) -> dict[str, Any]:
        """Return names, ties and ids, and how many claims come to the actor that stays."""
        open_claims, published_claims = merging.claims_of(losers, request.user)
        return {
            "plan": merging.plan(survivor, losers),
            "open_claims": open_claims,
            "published_claims": published_claims,
        }


def _says(name: list[str], words: list[str]) -> bool:
    """Tell whether each of `words` begins a word of a name."""
    return all(any(part.startswith(word) for part in name) for word in words)
