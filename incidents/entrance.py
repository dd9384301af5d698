"""The one way in: the login of the library in our terms, and nothing but its set-up without a
second factor where one is needed.

Law: every door that takes a password asks `AccountAdapter.authenticate`, which slows guessing.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm as StockLoginForm
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import audit, factors, guessing, problems

Answer = Callable[[HttpRequest], HttpResponseBase]
LONGEST_PASSWORD = 256
# What somebody reaches who still has to set up a second factor: that, and the way out.
_OPEN = ("/account/", "/admin/logout/", "/healthz/")
# What is reached without a login on a site that is not for all: the ways in, and what asks itself.
_DOORS = ("/account/", "/admin/", "/healthz/")


class AccountAdapter(DefaultAccountAdapter):
    """Logins of accounts that an administrator made."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy(
            "Name and password do not belong together. Mind capital and small letters in both."
        ),
        "too_many_login_attempts": gettext_lazy(
            "There were too many tries. Wait a quarter of an hour, or log in from a browser in "
            "which you logged in before."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say that nobody makes an account for themselves."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return from where a request came, as the rest of the site reads it."""
        return audit.address(request) or "unknown"

    def is_safe_url(self, url: str) -> bool:
        """Say whether an address is one of this site, at the host that was asked."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead staff to the desk, and partners to the site."""
        return reverse("admin:index" if getattr(request.user, "is_staff", False) else "start")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Take one of the tries that there are.

        Raises ValidationError where none is left, whether or not the account exists.
        """
        name = credentials["username"]
        taken = guessing.admit(request, name)
        if taken is None:
            if guessing.first_refusal(name):
                audit.refused(name, _("Too many tries."))
            raise self.validation_error("too_many_login_attempts")
        self._taken = taken

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Return the account of a name and password; a login that succeeds costs no try."""
        credentials["username"] = unicodedata.normalize("NFKC", credentials["username"])
        found: User | None = super().authenticate(request, **credentials)
        return found

    def _rollback_login_failed_rl_usage(self) -> None:
        guessing.give_back(self._taken)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ask again for the second factor where there is one: a password alone is less."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"] == "mfa_reauthenticate"] or methods

    def post_login(self, request: HttpRequest, user: User, **said: Any) -> HttpResponse:
        """Lead on, and remember that this browser knows the account."""
        asked = said.get("redirect_url") or ""
        if not user.is_staff and asked.startswith(reverse("admin:index")):
            said["redirect_url"] = reverse("start")
        response: HttpResponse = super().post_login(request, user, **said)
        guessing.remember(response, user)
        return response


class MFAAdapter(DefaultMFAAdapter):
    """Second factors whose secrets cannot be read without the key of the site."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "This code is wrong, or was used before. Wait for the next one."
        ),
    }

    def get_totp_issuer(self) -> str:
        """Return what the app on the telephone calls the site."""
        return "HTI"

    def get_totp_label(self, user: Any) -> str:
        """Return what the app on the telephone calls the account."""
        return str(user.get_username())

    def encrypt(self, text: str) -> str:
        """Return a secret as it is kept."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret that was kept, under the present key or one in use before."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


class LoginForm(StockLoginForm):
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        password.max_length = LONGEST_PASSWORD
        password.widget.attrs["maxlength"] = LONGEST_PASSWORD
        password.help_text = ""
        for field in (name, password):
            field.widget.attrs.pop("placeholder", None)
        name.widget.attrs.update(autofocus=True, autocapitalize="none", spellcheck="false")


def closed_to_strangers(get_response: Answer) -> Answer:
    """Have whoever is not known log in first, or send a token, where the site is not for all.

    A token is looked at by the API itself, which refuses a wrong one in the same words.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        anyway = settings.PUBLIC_READ or request.path.startswith(_DOORS)
        if anyway or request.user.is_authenticated:
            return get_response(request)
        if not request.path.startswith("/api/"):
            return redirect_to_login(request.get_full_path())
        if "Authorization" in request.headers:
            return get_response(request)
        return problems.answer(
            401,
            _("Unauthorized"),
            _("This site is read by those it knows: send “Authorization: Bearer hti_…”."),
            **{"WWW-Authenticate": 'Bearer realm="HTI"'},
        )

    return answer


def second_factor(get_response: Answer) -> Answer:
    """Lead whoever still needs a second factor to its set-up, whatever they ask for."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(_OPEN):
            return get_response(request)
        user = request.user
        if not isinstance(user, User) or not factors.wanting(user):
            return get_response(request)
        if request.path.startswith("/api/"):
            return problems.answer(
                403,
                _("Second factor missing"),
                _("This account needs a second factor; set it up at /account/."),
            )
        return HttpResponseRedirect(reverse("mfa_activate_totp"))

    return answer


def _cipher() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (hashlib.sha256(b"incidents.entrance" + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
