"""Who asks the API: the bearer of a token, else whoever is logged in, else everybody."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, User
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, ParseError
from rest_framework.request import Request

from incidents import tokens
from incidents.codebook import Scope
from incidents.models import Token

from . import limits

REFUSED: Final = (
    "Who asks is not known. A token is sent as “Authorization: Bearer hti_…”; this one is wrong, "
    "has expired, or was revoked. Tokens are made at /account/tokens/."
)
IN_ADDRESS: Final = (
    "A token is sent in the header “Authorization: Bearer hti_…”, never in an address, which "
    "others keep. If this was a real one, revoke it."
)


class TokenAuthentication(BaseAuthentication):
    """Knows the bearer of a token; whatever is wrong with it is told in the same words."""

    def authenticate(self, request: Request) -> tuple[User | AnonymousUser, Token] | None:
        """Return as whom a token reads; None without one.

        Any other header is refused: whoever sent it would take what everybody reads for theirs.
        """
        if {"token", "access_token"} & set(request.query_params):
            limits.slow_guesses(request)
            raise ParseError(IN_ADDRESS)
        sent = get_authorization_header(request)
        if not sent:
            return None
        scheme, _space, text = sent.decode("latin-1").partition(" ")
        token = tokens.find(text.strip()) if scheme.lower() == "bearer" else None
        if token is None:
            limits.slow_guesses(request)
            raise AuthenticationFailed(REFUSED)
        return (token.user if token.scope == Scope.READ else AnonymousUser()), token

    def authenticate_header(self, request: Request) -> str:
        """Return how to say who asks."""
        return 'Bearer realm="HTI"'


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Describes tokens in the OpenAPI document."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """Return the scheme."""
        told = "A token that was made at /account/tokens/."
        return {"type": "http", "scheme": "bearer", "bearerFormat": "hti_…", "description": told}
