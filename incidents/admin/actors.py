"""The desk for actors: found by any name, and two entries of one actor merged into one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, re_path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk import CarefulFields, NamedColumns, Settled
from articles.text import tokens
from incidents import merging
from incidents.models import Actor, ActorAlias, ActorParent

from .directories import NamedForm

MOST_MERGED = 20
MOST_NAMES = 5
_KEY = re.compile(r"[0-9]{1,18}")


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
class ActorAdmin(Settled[Actor]):
    """Actors, found by any of their names."""

    settled_fields = ("name", "kind", "state", "slug")

    form = NamedForm
    inlines = (AliasInline, ParentInline)
    country_fields = ("state",)
    list_display = ("name", "kind", "state", "also_known_as")
    list_filter = ("kind",)
    search_fields = ("name", "aliases__name")
    search_help_text = gettext_lazy("Any name of an actor.")
    readonly_fields = ("merged_entries",)
    actions = ("merge_selected",)
    fieldsets = (
        (None, {"fields": ("name", ("kind", "state"))}),
        (
            gettext_lazy("Address and ids"),
            {"fields": ("slug", "external_ids"), "classes": ("collapse",)},
        ),
    )
    survivor_fieldsets = (
        (gettext_lazy("Merged into this entry"), {"fields": ("merged_entries",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Actor]:
        """Return the actors with their other names."""
        return super().get_queryset(request).prefetch_related("aliases")

    def get_fieldsets(self, request: HttpRequest, obj: Actor | None = None) -> Any:
        """Add what was merged into an actor, where anything was."""
        merged = obj is not None and obj.merged.exists()
        return self.fieldsets + (self.survivor_fieldsets if merged else ())

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

    def told_of(self, actor: Actor) -> str:
        """Say who an actor is where one chooses among several."""
        kind = actor.get_kind_display()
        parts = [str(kind[:1]).lower() + str(kind[1:])]
        if actor.state:
            parts.append(str(actor.get_state_display()))
        told = f"{actor.name} — {', '.join(parts)}"
        names = [alias.name for alias in actor.aliases.all()]
        if not names:
            return told
        shown = ", ".join(names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")
        return _("%(actor)s; also %(names)s") % {"actor": told, "names": shown}

    # Two entries of one actor

    def get_urls(self) -> list[URLPattern]:
        """Add the pages that merge entries and take them apart."""
        merge: Callable[..., HttpResponse] = self.admin_site.admin_view(self.merge)
        apart: Callable[..., HttpResponse] = self.admin_site.admin_view(self.take_apart)
        return [
            path("merge/", merge, name="incidents_actor_merge"),
            re_path(r"^(?P<key>[0-9]{1,18})/apart/$", apart, name="incidents_actor_apart"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Go on from a merged entry to the one that it was merged into."""
        # What was typed about an entry that was merged meanwhile is shown by the desk itself.
        may = request.method != "POST" and self.has_view_permission(request)
        merged = _merged(object_id) if may and _KEY.fullmatch(object_id) else None
        if merged is None:
            return super().change_view(request, object_id, form_url, extra_context)
        text = _("“%(name)s” was merged into this entry.") % {"name": merged.name}
        self.message_user(request, text, messages.INFO)
        return HttpResponseRedirect(_change_url(merged.survivor))

    @admin.display(description=gettext_lazy("entries"))
    def merged_entries(self, actor: Actor) -> str:
        """What was merged into an actor, each with the way back."""
        apart = _("Take apart…")
        rows = (
            (merged.name, reverse("admin:incidents_actor_apart", args=(merged.pk,)), apart)
            for merged in actor.merged.order_by("name")
        )
        return format_html(
            "<ul>{}</ul>", format_html_join("", '<li>{} <a href="{}">{}</a></li>', rows)
        )

    @admin.action(description=gettext_lazy("Merge selected into one…"), permissions=["change"])
    def merge_selected(
        self, request: HttpRequest, queryset: QuerySet[Actor]
    ) -> HttpResponse | None:
        """Go to the page that shows what a merge would join."""
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST_MERGED + 1])
        if not 2 <= len(keys) <= MOST_MERGED:
            text = _("Choose from two to %(n)d entries of one actor.") % {"n": MOST_MERGED}
            self.message_user(request, text, messages.WARNING)
            return None
        chosen = QueryDict(mutable=True)
        chosen.setlist("actor", map(str, keys))
        return HttpResponseRedirect(
            f"{reverse('admin:incidents_actor_merge')}?{chosen.urlencode()}"
        )

    def merge(self, request: HttpRequest) -> HttpResponse:
        """Show what merging would join; when that is posted, merge."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else request.GET
        actors = self._chosen(request, sent.getlist("actor"))
        keys = {str(actor.pk): actor for actor in actors}
        survivor = keys.get(sent.get("survivor", ""), actors[0])
        losers = [actor for actor in actors if actor != survivor]
        self._refuse_settled(request, losers)
        if request.method == "POST":
            return self._merge(request, survivor, losers)
        open_claims, published_claims = merging.claims_of(losers, request.user)
        context = {
            **self.admin_site.each_context(request),
            "open_claims": open_claims,
            "published_claims": published_claims,
            "title": _("Merge actors"),
            "opts": self.opts,
            "plan": merging.plan(survivor, losers),
            "entries": [(actor, self.told_of(actor)) for actor in actors],
        }
        return TemplateResponse(request, "admin/incidents/actor/merge.html", context)

    def _chosen(self, request: HttpRequest, keys: list[str]) -> list[Actor]:
        """Return the entries chosen, two or more.

        Raises BadRequest.
        """
        if not 2 <= len(set(keys)) <= MOST_MERGED or not all(map(_KEY.fullmatch, keys)):
            raise BadRequest("Merging takes some entries by their keys.")
        actors = list(self.get_queryset(request).filter(pk__in=keys).order_by("name"))
        if len(actors) < 2:
            raise BadRequest("These entries are gone or were merged.")
        return actors

    def _refuse_settled(self, request: HttpRequest, actors: Iterable[Actor]) -> None:
        """Refuse to have readers read another name where they read one of these.

        Raises PermissionDenied.
        """
        if not self.may_change_settled(request) and any(map(self.is_settled, actors)):
            raise PermissionDenied(_("Readers see this actor: a reviewer merges it."))

    def _merge(self, request: HttpRequest, survivor: Actor, losers: list[Actor]) -> HttpResponse:
        names = ", ".join(f"“{loser.name}”" for loser in losers)
        try:
            merging.merge(survivor, losers)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:incidents_actor_changelist"))
        for loser in losers:
            self.log_change(request, loser, _("Merged into “%(name)s”.") % {"name": survivor.name})
        self.log_change(request, survivor, _("Merged with %(names)s.") % {"names": names})
        text = _("%(names)s merged into “%(survivor)s”.")
        self.message_user(
            request, text % {"names": names, "survivor": survivor.name}, messages.SUCCESS
        )
        return HttpResponseRedirect(_change_url(survivor))

    def take_apart(self, request: HttpRequest, key: str) -> HttpResponse:
        """Ask whether a merged entry shall be one of its own again; when posted, make it one."""
        merged = _merged(key)
        if merged is None:
            raise Http404
        if not self.has_change_permission(request, merged):
            raise PermissionDenied
        self._refuse_settled(request, [merged.survivor])
        if request.method == "POST":
            survivor = merging.take_apart(merged)
            for actor in (merged, survivor):
                self.log_change(request, actor, _("Taken apart."))
            text = _("“%(name)s” is an entry of its own again.") % {"name": merged.name}
            self.message_user(request, text, messages.SUCCESS)
            return HttpResponseRedirect(_change_url(merged))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Take “%(name)s” apart") % {"name": merged.name},
            "opts": self.opts,
            "merged": merged,
        }
        return TemplateResponse(request, "admin/incidents/actor/apart.html", context)


def _says(name: list[str], words: list[str]) -> bool:
    """Tell whether each of `words` begins a word of a name."""
    return all(any(part.startswith(word) for part in name) for word in words)


def _merged(key: str) -> Actor | None:
    """Return the entry of this key where it was merged into another one."""
    merged = Actor.objects.filter(pk=key, merged_into__isnull=False)
    return merged.select_related("merged_into").first()


def _change_url(actor: Actor) -> str:
    return reverse("admin:incidents_actor_change", args=(actor.pk,))
