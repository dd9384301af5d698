"""The desk as a site: nothing typed is lost when a login expires, and each has their account."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Final, TypeVar, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from . import logins

View = TypeVar("View", bound=Callable[..., Any])
# The names of the login on a page of its own never meet those of what was typed.
AGAIN: Final = "login-again"
_SECRET: Final = re.compile(r"(^|[-_])password[0-9]*$")
# Chooses rows that nobody has seen; whoever logs in again has the rows they ticked.
_DROPPED: Final = frozenset({"csrfmiddlewaretoken", "select_across"})
_NO_SECRET: Final = frozenset({"usable_password"})


class FoundView(AutocompleteJsonView):
    """Rows found while typing, told at length where their desk can."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """Return a row by its name, and beside it what tells it from others of that name."""
        result: dict[str, str] = super().serialize_result(obj, to_field_name)
        tell = getattr(self.model_admin, "told_of", None)
        return {**result, "told": tell(obj)} if tell else result


class DeskSite(AdminSite):
    """The desk of this database."""

    site_header = gettext_lazy("HTI desk")
    site_title = gettext_lazy("HTI desk")
    index_title = gettext_lazy("Desk")

    # A login that expired while somebody was typing

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """Ask whoever posts without being logged in to log in, and keep what they posted."""
        guarded = super().admin_view(view, cacheable)

        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            again = request.method == "POST" and f"{AGAIN}-username" in request.POST
            lost = request.method == "POST" and not request.user.is_authenticated
            if (lost or again) and request.path != reverse("admin:logout", current_app=self.name):
                asked = self._log_in_again(request, again=again)
                if asked is not None:
                    return asked
            return guarded(request, *args, **kwargs)

        secret = sensitive_post_parameters(f"{AGAIN}-password")(answer)
        if not cacheable:
            secret = never_cache(secret)
        return cast(View, update_wrapper(csrf_protect(secret), view))

    def _log_in_again(self, request: HttpRequest, *, again: bool) -> HttpResponse | None:
        """Log in by what was posted and leave the rest of it; else return the page that asks."""
        form = AdminAuthenticationForm(request, request.POST if again else None, prefix=AGAIN)
        if again and form.is_valid():
            login(request, form.get_user())
            # Views protect themselves again and would take the token back from the old cookie.
            request.COOKIES[settings.CSRF_COOKIE_NAME] = str(request.META["CSRF_COOKIE"])
            request.POST = _kept(request.POST)  # type: ignore[assignment]
            return None
        form.fields["username"].widget.attrs["autofocus"] = not again
        context = {
            **self.each_context(request),
            "title": _("Your login has expired"),
            "form": form,
            "kept": [(name, text) for name, texts in _kept(request.POST).lists() for text in texts],
            "address": request.get_full_path(),
            "files": list(request.FILES),
            "secrets": any(_is_secret(name) for name in request.POST),
        }
        response = TemplateResponse(request, "admin/expired.html", context, status=403)
        response["Cache-Control"] = "no-store"
        return response

    # Accounts

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Add the account of whoever is logged in."""
        account = self.admin_view(self.account)
        return [path("account/", account, name="account"), *super().get_urls()]

    def account(self, request: HttpRequest) -> HttpResponse:
        """Show somebody's name, groups and logins, and end those logins that they say."""
        return _account(request, self)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Answer which rows are found while typing."""
        found: Any = FoundView.as_view(admin_site=self)
        return found(request)  # type: ignore[no-any-return]


@require_http_methods(["GET", "HEAD", "POST"])
def _account(request: HttpRequest, site: AdminSite) -> HttpResponse:
    user = request.user
    if not isinstance(user, User):
        raise TypeError("The desk is for those who logged in.")
    current = request.session.session_key
    if request.method == "POST":
        if "others" in request.POST:
            n = logins.end_others(user, current)
            text = ngettext("%(n)d other login ended.", "%(n)d other logins ended.", n) % {"n": n}
        elif logins.end(user, request.POST.get("login", "")):
            text = _("That login ended.")
        else:
            text = _("That login had ended already.")
        messages.success(request, text)
        return HttpResponseRedirect(reverse("admin:account"))
    context = {
        **site.each_context(request),
        "title": _("Your account"),
        "groups": user.groups.order_by("name"),
        "logins": logins.logins(user, current),
    }
    return TemplateResponse(request, "admin/account.html", context)


def _is_secret(name: str) -> bool:
    return bool(_SECRET.search(name)) and name not in _NO_SECRET


def _kept(sent: QueryDict) -> QueryDict:
    """Return what was posted without the login, tokens and passwords."""
    kept = QueryDict(mutable=True)
    for name, texts in sent.lists():
        if not (name in _DROPPED or name.startswith(f"{AGAIN}-") or _is_secret(name)):
            kept.setlist(name, texts)
    return kept
