"""The one exception handler of the API: every refusal is a problem detail (RFC 9457)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from rest_framework import exceptions, status
from rest_framework.response import Response

from incidents import problems
from incidents.refusals import InvalidQuestion


def handle(error: Exception, _context: dict[str, Any]) -> Response | None:
    """Return the problem detail of an exception, or None for what is a fault of ours."""
    if isinstance(error, InvalidQuestion):
        return problem(
            status.HTTP_400_BAD_REQUEST,
            "The question cannot be answered",
            f"Wrong: {', '.join(error.errors)}. A wrong number is worse than none.",
            errors=error.errors,
        )
    if isinstance(error, Http404):
        return problem(status.HTTP_404_NOT_FOUND, "Not found", "There is nothing here.")
    if isinstance(error, PermissionDenied):
        return problem(status.HTTP_403_FORBIDDEN, "Forbidden", "This is not for you.")
    if isinstance(error, exceptions.APIException):
        wait = getattr(error, "wait", None)
        response = problem(
            error.status_code, HTTPStatus(error.status_code).phrase, str(error.detail)
        )
        if header := getattr(error, "auth_header", None):
            response["WWW-Authenticate"] = header
        if wait is not None:
            response["Retry-After"] = str(int(wait) + 1)
        return response
    return None


def problem(code: int, title: str, detail: str, **members: Any) -> Response:
    """Return a response that says what is wrong."""
    told = problems.body(code, title, detail, **members)
    return Response(told, status=code, content_type=problems.PROBLEM)


def not_found(_request: Any, **_kwargs: Any) -> JsonResponse:
    """Answer an address below /api/ that nobody serves."""
    return problems.answer(
        404, "Not found", "There is nothing here; /api/docs/ lists what there is."
    )
