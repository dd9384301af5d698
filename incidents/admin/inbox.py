"""The inbox: what watched sources announced, for somebody to say what it is."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.codebook import Triage
from articles.models import Article, Item
from articles.text import is_key
from incidents import announced, attaching
from incidents.announced import STATES

from .proposing import ARTICLE, ITEM, draft_from
from .review import user_of

PAGE: Final = 30
OPEN: Final = (Triage.NEW, Triage.LATER)


@admin.register(Item)
class ItemAdmin(admin.ModelAdmin[Item]):
    """Items are decided in their list; nobody adds, changes or deletes them otherwise."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let nobody add one: they come from what is watched."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Item | None = None) -> bool:
        """Let nobody delete one: what was not relevant is a part of the method."""
        return False

    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lead to the list, where items are decided."""
        return HttpResponseRedirect(reverse("admin:articles_item_changelist"))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show what is in a state, the newest first, and take decisions."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._decided(request)
        state = request.GET.get("state", Triage.NEW)
        if state not in STATES:
            raise BadRequest("There is no such state.")
        return self._page(request, Triage(state), extra_context)

    def _page(
        self, request: HttpRequest, state: Triage, extra: Any = None, status: int = 200
    ) -> HttpResponse:
        user = user_of(request)
        rows = announced.in_state(state, user).select_related("watch__publisher", "decided_by")
        page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
        records = announced.records_of(page, user) if state == Triage.DRAFTED else {}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Inbox"),
            "opts": self.opts,
            "page": page,
            "rows": [(item, records.get(item.address_digest, ())) for item in page],
            "state": state,
            "states": [(one, _label(one), announced.in_state(one, user).count()) for one in STATES],
            "open": state in OPEN,
            "may": self.has_change_permission(request),
            **(extra or {}),
        }
        return TemplateResponse(request, "admin/articles/item/inbox.html", context, status=status)

    def _decided(self, request: HttpRequest) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        sent, user = request.POST, user_of(request)
        key, act = sent.get("item", ""), sent.get("act", "")
        item = Item.objects.filter(pk=key).first() if is_key(key) else None
        if item is None or act not in ("draft", "attach", "later", "refuse"):
            raise BadRequest("There is no such item or decision.")
        if act == "draft":
            known = Article.objects.visible_to(user).at_address(item.url).first()
            begun = {ARTICLE: known.pk} if known and known.text else {ITEM: item.pk}
            return HttpResponseRedirect(draft_from(**begun))
        try:
            if act == "attach":
                draft = attaching.attach([item.url], sent.get("reference", ""), by=user)
                messages.success(request, attaching.told(draft))
                return HttpResponseRedirect(
                    reverse("admin:incidents_incident_change", args=[draft.pk])
                )
            state = Triage.LATER if act == "later" else Triage.REFUSED
            announced.decide(item, state, by=user, reason=sent.get("reason", ""))
        except ValidationError as refused:
            found = announced.state_of(item, user)
            if found not in OPEN:
                messages.error(request, " ".join(refused.messages))
                return HttpResponseRedirect(request.get_full_path())
            extra = {"refused": refused.messages, "of": item.pk, "typed": sent}
            return self._page(request, found, extra, status=400)
        messages.success(request, _("Decided: %(title)s") % {"title": str(item)[:80]})
        # To where it was decided: the same state, the same page.
        return HttpResponseRedirect(request.get_full_path())


def _label(state: Triage) -> str:
    return _("Drafted or attached") if state == Triage.DRAFTED else str(state.label)
