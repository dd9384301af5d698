"""The page on which somebody makes and revokes tokens of the API."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from articles.text import normalised, refuse_line
from incidents import factors, tokens
from incidents.codebook import Scope

# In a session: which form made a token last, so that to load its answer again makes no other.
SENT = "token_form"
DAYS = (7, 30, tokens.DAYS, 180, tokens.MOST_DAYS)


class TokenForm(forms.Form):
    """A name, what the token reads, and for how long."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        validators=[refuse_line],
        help_text=gettext_lazy("What will use it, so that you know later which one to revoke."),
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("Reads"),
        choices=Scope.choices,
        help_text=gettext_lazy(
            "What you may read is asked anew on each request; a token never changes anything."
        ),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Expires after"), coerce=int, initial=tokens.DAYS
    )

    once = forms.CharField(
        widget=forms.HiddenInput, max_length=64, required=False, initial=secrets.token_urlsafe
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (n, ngettext("%(n)d day", "%(n)d days", n) % {"n": n}) for n in DAYS
        ]

    def clean_name(self) -> str:
        """Return the name composed and without outer space."""
        return normalised(self.cleaned_data["name"])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_tokens(request: HttpRequest) -> HttpResponse:
    """Show somebody's tokens; make one, which is shown this once, or revoke one."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("Tokens are of those who logged in.")
    if factors.wanting(user):
        return HttpResponseRedirect(reverse("mfa_activate_totp"))
    text = ""
    form = TokenForm()
    if "revoke" in request.POST:
        return _revoke(request, user)
    if request.method == "POST":
        form = TokenForm(request.POST)
        once = request.POST.get("once", "")
        if once and once == request.session.get(SENT):
            messages.warning(
                request, _("This form was sent already: it made one token, no second.")
            )
            return HttpResponseRedirect(request.path)
        if form.is_valid():
            said = form.cleaned_data
            try:
                _token, text = tokens.make(user, said["name"], Scope(said["scope"]), said["days"])
            except ValidationError as refused:
                form.add_error(None, refused)
            else:
                request.session[SENT] = once
                form = TokenForm()
    context = {
        **admin.site.each_context(request),
        "title": _("API tokens"),
        "tokens": tokens.of(user),
        "form": form,
        "text": text,
    }
    return TemplateResponse(request, "account/tokens.html", context)


def _revoke(request: HttpRequest, user: User) -> HttpResponse:
    """Revoke a token of one's own; that of somebody else is as one that is not there."""
    asked = request.POST["revoke"]
    token = next((token for token in tokens.of(user) if str(token.pk) == asked), None)
    if token and tokens.revoke(token, user):
        messages.success(request, _("The token was revoked. It reads nothing any more."))
    else:
        messages.warning(request, _("That token had been revoked already."))
    return HttpResponseRedirect(request.path)
