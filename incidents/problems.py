"""Problem details (RFC 9457), and the id of the request that they name.

Law: an id is made here, or taken from a proxy of ours; it says nothing of who asks or for what.
"""

from __future__ import annotations

import logging
import re
import uuid
from contextvars import ContextVar
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, JsonResponse

PROBLEM: Final = "application/problem+json"
# Seconds after which whoever was told that the database does not answer may ask again.
WAIT: Final = 5
_WELL_FORMED: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
# It is not taken back when an answer leaves: what is logged and streamed after that has it too.
_request_id: ContextVar[str] = ContextVar("request_id", default="-")


class Named(logging.Filter):
    """Gives each line of the log the id of the request that is being answered."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every line."""
        record.request_id = request_id()
        return True


def begin(request: HttpRequest) -> str:
    """Return the id of a request from now on: what our proxy called it, or a new one."""
    told = request.headers.get("X-Request-ID", "") if settings.PROXIES else ""
    name = told if _WELL_FORMED.fullmatch(told) else new_id()
    _request_id.set(name)
    return name


def new_id() -> str:
    """Return an id that no other request has."""
    return uuid.uuid4().hex


def request_id() -> str:
    """Return the id of the request that is being answered."""
    return _request_id.get()


def body(code: int, title: str, detail: str, **members: Any) -> dict[str, Any]:
    """Return what is wrong, as it is told to programs."""
    told = {"type": "about:blank", "title": title, "status": code, "detail": detail}
    return {**told, "request_id": request_id(), **members}


def answer(code: int, title: str, detail: str, **headers: str) -> JsonResponse:
    """Return a response that says what is wrong."""
    told = body(code, title, detail)
    return JsonResponse(told, status=code, content_type=PROBLEM, headers=headers or None)


def unavailable() -> JsonResponse:
    """Return that the database does not answer, or not soon enough."""
    detail = "The database does not answer, or not soon enough. Nothing was half saved."
    return answer(503, "Service Unavailable", detail, **{"Retry-After": str(WAIT)})
