"""Tokens of the API: the desk at which administrators revoke them, and never read one."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.desk import Guarded
from incidents import tokens
from incidents.models import Token

from .accounts import Administered


@admin.register(Token)
class TokenAdmin(Administered, Guarded[Token]):
    """Tokens of all accounts, which their owners make."""

    change_form_template = "admin/incidents/token/change_form.html"
    list_display = (
        "start",
        "user",
        "name",
        "scope",
        "holds",
        "created_at",
        "expires_at",
        "last_used_at",
        "revoked_at",
    )
    list_filter = ("scope", "user")
    list_select_related = ("user",)
    search_fields = ("name", "start", "user__username")
    fields = readonly_fields = (
        "user",
        "name",
        "start",
        "scope",
        "holds",
        "created_at",
        "expires_at",
        "last_used_at",
        "revoked_at",
    )
    actions = ("revoke",)

    @admin.display(description=gettext_lazy("holds"), boolean=True)
    def holds(self, token: Token) -> bool:
        """Whether the token reads, as far as its row and its owner's say."""
        return token.live and token.user.is_active

    @admin.action(description=gettext_lazy("Revoke"))
    def revoke(self, request: HttpRequest, queryset: QuerySet[Token]) -> None:
        """Revoke tokens."""
        by = request.user
        n = sum(tokens.revoke(token, by) for token in queryset if isinstance(by, User))
        told = ngettext("%(n)d token was revoked.", "%(n)d tokens were revoked.", n) % {"n": n}
        self.message_user(request, told, messages.SUCCESS if n else messages.WARNING)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a token, and revoke it by the button."""
        if request.method == "POST" and self.has_view_permission(request):
            chosen = self.get_object(request, object_id)
            if chosen is not None and tokens.revoke(chosen, request.user):  # type: ignore[arg-type]
                self.message_user(request, _("The token was revoked."), messages.SUCCESS)
            return HttpResponseRedirect(request.path)
        return super().change_view(request, object_id, form_url, extra_context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let nobody make a token for somebody else."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody change what a token is."""
        return False
