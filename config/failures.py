"""What is answered when something fails here: never a page that needs what failed."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from itertools import chain
from typing import Any

from django.db import OperationalError
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.template import loader

from incidents import problems

_log = logging.getLogger(__name__)


class Unavailable:
    """Answers 503 where the database is away, full, locked, or gave a statement up.

    Of what is streamed the first part is made here: once it was sent, nothing else can be said.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the site does, as far as what it streams begins."""
        response: Any = self.get_response(request)
        if not response.streaming or isinstance(response, FileResponse):
            return response  # type: ignore[no-any-return]
        parts = iter(response.streaming_content)
        try:
            first = next(parts, b"")
        except OperationalError as error:
            return unavailable(request, error)
        response.streaming_content = chain([first], parts)
        return response  # type: ignore[no-any-return]

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer what a view did not get from the database."""
        return unavailable(request, error) if isinstance(error, OperationalError) else None


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours; what fails before a view is asked, as a session does, comes here."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError):
        return unavailable(request, error)
    if _by_program(request):
        detail = "This is a fault of the site. It was written down under the id of the request."
        return problems.answer(500, "Internal Server Error", detail)
    return _page("500.html", 500)


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say that there is no answer now, and write down why."""
    _log.error("No answer could be had from the database: %s", request.path, exc_info=error)
    if _by_program(request):
        return problems.unavailable()
    response = _page("503.html", 503)
    response["Retry-After"] = str(problems.WAIT)
    return response


def _by_program(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _page(template: str, code: int) -> HttpResponse:
    told = {"request_id": problems.request_id()}
    return HttpResponse(loader.render_to_string(template, told), status=code)
