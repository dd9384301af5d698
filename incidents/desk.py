"""The desk as a site: nothing typed is lost when a login expires, and each has their account."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import update_wrapper
from http import HTTPStatus
from typing import Any, Final, TypeVar, cast

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import REDIRECT_FIELD_NAME, login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse, reverse_lazy
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.csrf import csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from . import factors, guessing, logins

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


class AgainForm(AdminAuthenticationForm):
    """The login that carries on with what was posted: name, password, and code where one is due.

    One answer stands for each of them, so that it does not tell which one was wrong.
    """

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": gettext_lazy(
            "Please enter the correct username and password of a staff account, and a new code "
            "where the account has a second factor."
        ),
        "wanting": gettext_lazy(
            "This account needs a second factor first. Log in in another tab, set it up there, and "
            "come back to this page."
        ),
    }
    code = forms.CharField(
        label=gettext_lazy("Code"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Where the account has a second factor."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )
    factor: Any = None

    def clean(self) -> dict[str, Any]:
        """Check all three by the rules of the one login."""
        said = self.cleaned_data
        name, password = said.get("username"), said.get("password")
        if not name or not password:
            return said
        user = get_adapter().authenticate(self.request, username=name, password=password)
        if user is None:
            raise self.get_invalid_login_error()
        self.confirm_login_allowed(user)
        if factors.wanting(user):
            raise forms.ValidationError(self.error_messages["wanting"], code="wanting")
        if factors.enrolled(user):
            self.factor = factors.passed(user, said.get("code", ""))
            if self.factor is None:
                raise self.get_invalid_login_error()
        self.user_cache = user
        return said


class DeskSite(AdminSite):
    """The desk of this database."""

    site_header = gettext_lazy("HTI desk")
    site_title = gettext_lazy("HTI desk")
    index_title = gettext_lazy("Desk")

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the one login, or say that this account has no place here."""
        aim = request.GET.get(REDIRECT_FIELD_NAME, reverse("admin:index"))
        onward = urlencode({REDIRECT_FIELD_NAME: aim})
        if not request.user.is_authenticated:
            return HttpResponseRedirect(f"{reverse('account_login')}?{onward}")
        if self.has_permission(request):
            safe = get_adapter().is_safe_url(aim)
            return HttpResponseRedirect(aim if safe else reverse("admin:index"))
        context = {
            **self.each_context(request),
            "title": _("This is not for your account"),
            "onward": onward,
        }
        return TemplateResponse(request, "admin/login.html", context, status=403)

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
        form = AgainForm(request, request.POST if again else None, prefix=AGAIN)
        if again and form.is_valid():
            login(request, form.get_user())
            if form.factor:
                form.factor.save()
            # Views protect themselves again and would take the token back from the old cookie.
            request.COOKIES[settings.CSRF_COOKIE_NAME] = str(request.META["CSRF_COOKIE"])
            request.POST = _kept(request.POST)  # type: ignore[assignment]
            return None
        form.fields["username"].widget.attrs["autofocus"] = not again
        context = {
            **self.each_context(request),
            "title": _("Your login has expired"),
            "form": form,
        }
        return _keeping(request, "admin/expired.html", context)

    def send_again(self, request: HttpRequest) -> HttpResponse:
        """Show what was posted from a page of before another login, to be sent once more."""
        if not self.has_permission(request):
            return cast(HttpResponse, self._log_in_again(request, again=False))
        context = {**self.each_context(request), "title": _("Please send it once more")}
        return _keeping(request, "admin/send_again.html", context)

    # Accounts

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Add the account of whoever is logged in."""
        account = self.admin_view(self.account)
        return [path("account/", account, name="account"), *super().get_urls()]

    def account(self, request: HttpRequest) -> HttpResponse:
        """Show somebody's name, groups and logins, and end those logins that they say."""
        return _account(request, self)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Change one's password, by the rules of the one page for it."""
        done = reverse("admin:password_change_done", current_app=self.name)
        return own_password(request, success_url=done)

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Answer which rows are found while typing."""
        found: Any = FoundView.as_view(admin_site=self)
        return found(request)  # type: ignore[no-any-return]


def send_again(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without a valid token: lose nothing that came from a page of our own.

    A browser says from which site a form came. One from elsewhere is refused and never shown,
    for whoever made it would have us ask its victim to send it.
    """
    ours = f"{request.scheme}://{request.get_host()}"
    desk = request.path.startswith(reverse("admin:index"))
    if desk and request.META.get("HTTP_ORIGIN") == ours and isinstance(admin.site, AdminSite):
        return cast(DeskSite, admin.site).send_again(request)
    return csrf_failure(request, reason)


@login_required
def own_account(request: HttpRequest) -> HttpResponse:
    """Show the account of somebody who is no staff; staff have theirs at the desk."""
    if admin.site.has_permission(request):
        return HttpResponseRedirect(reverse("admin:account"))
    return _account(request, admin.site)


class OwnPassword(PasswordChangeView):
    """The change of a password, for whoever is no staff too."""

    template_name = "registration/password_change_form.html"
    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the pages of the desk show around."""
        return {**super().get_context_data(**kwargs), **admin.site.each_context(self.request)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take a try at the old password: whoever found a browser logged in may not guess it."""
        taken = guessing.admit(request, request.user.get_username())
        if taken is None:
            messages.error(request, get_adapter().error_messages["too_many_login_attempts"])
            page = self.get_context_data(form=self.get_form_class()(cast(User, request.user)))
            return self.render_to_response(page, status=HTTPStatus.TOO_MANY_REQUESTS)
        form = self.get_form()
        right = form.is_valid()
        if "old_password" not in form.errors:
            guessing.give_back(taken)
        return self.form_valid(form) if right else self.form_invalid(form)

    def form_valid(self, form: Any) -> HttpResponse:
        """Say that the password was changed."""
        response = super().form_valid(form)
        messages.success(
            self.request, _("Your password was changed, and your logins elsewhere have ended.")
        )
        return response


def own_password(request: HttpRequest, **options: Any) -> HttpResponse:
    """Change the password of whoever is logged in."""
    return cast(HttpResponse, OwnPassword.as_view(**options)(request))


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
        return HttpResponseRedirect(request.path)
    context = {
        **site.each_context(request),
        "membership": getattr(user, "membership", None),
        "enrolled": factors.enrolled(user),
        "obliged": factors.obliged(user),
        "codes_left": factors.codes_left(user),
        "trial": settings.HTI_DEMO,
        "title": _("Your account"),
        "groups": user.groups.order_by("name"),
        "logins": logins.logins(user, current),
    }
    return TemplateResponse(request, "admin/account.html", context)


def _keeping(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Return a page that holds what was posted, so that it can be sent again."""
    kept = [(name, text) for name, texts in _kept(request.POST).lists() for text in texts]
    told = {
        "kept": kept,
        "address": request.get_full_path(),
        "files": list(request.FILES),
        "secrets": any(_is_secret(name) for name in request.POST),
    }
    response = TemplateResponse(request, template, {**context, **told}, status=403)
    response["Cache-Control"] = "no-store"
    return response


def _is_secret(name: str) -> bool:
    return bool(_SECRET.search(name)) and name not in _NO_SECRET


def _kept(sent: QueryDict) -> QueryDict:
    """Return what was posted without the login, tokens and passwords."""
    kept = QueryDict(mutable=True)
    for name, texts in sent.lists():
        if not (name in _DROPPED or name.startswith(f"{AGAIN}-") or _is_secret(name)):
            kept.setlist(name, texts)
    return kept
