"""What everybody is told is kept for as long as the data is what it was, and answered unchanged.

Law: the tag of an answer to everybody is known before the answer is, so it names all that the
answer follows from; that of an answer to somebody is the digest of what it says. Only answers to
everybody are kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeGuard

from django.http import HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from rest_framework.request import Request
from rest_framework.response import Response

from incidents import keeping
from incidents.snapshots import snapshot

from .rendering import JSONRenderer, as_json

PUBLIC: Final = "public, no-cache"


def kept(get: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Have a view answer 304 to whoever holds the answer, and make it once for everybody else."""

    @wraps(get)
    def answered(view: Any, request: Request, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return _to_somebody(request, get(view, request, **kwargs))
        with snapshot():
            return _to_everybody(request, lambda: get(view, request, **kwargs))

    return answered


def normal(request: Request) -> str:
    """Return the query of a request, its parameters in the order of their names."""
    query = request.query_params.copy()
    for name in sorted(query):
        query.setlist(name, query.pop(name))
    return query.urlencode()


def _to_somebody(request: Request, response: HttpResponseBase) -> HttpResponseBase:
    """Return an answer with the digest of what it says, or say that it is what it was."""
    if not _is_json(response):
        return response
    body = as_json(response.data)
    digest = hashlib.sha256(body).hexdigest()
    return _conditional(request, f'W/"{digest[:32]}"', lambda: _sent(body, response))


def _to_everybody(request: Request, make: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Return an answer to everybody, the kept one where there is one."""
    key = keeping.key(request.build_absolute_uri(request.path), normal(request))

    def answer() -> HttpResponseBase:
        made = keeping.made_once(key, lambda: _made(key, make()))
        return HttpResponse(made[0], headers=made[1]) if isinstance(made, tuple) else made

    response = _conditional(request, f'W/"{key}"', answer)
    if response.status_code in (200, 304):
        response["Cache-Control"] = PUBLIC
    return response


def _conditional(
    request: Request, tag: str, answer: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Return 304 to whoever holds the answer of a tag, else the answer with its tag.

    “*” names no answer: whether there is one is not known before it is made.
    """
    held = parse_etags(request.headers.get("If-None-Match", ""))
    same = tag.removeprefix("W/") in (one.removeprefix("W/") for one in held)
    response = HttpResponseNotModified() if same else answer()
    if response.status_code in (200, 304):
        response["ETag"] = tag
    patch_vary_headers(response, ("Authorization", "Cookie"))
    return response


def _made(key: str, response: HttpResponseBase) -> HttpResponseBase:
    """Keep an answer that was just made, if it is one to be kept; return it."""
    if not _is_json(response):
        return response
    sent = _sent(as_json(response.data), response)
    keeping.keep(key, (sent.content, dict(sent.headers)), len(sent.content))
    return sent


def _sent(body: bytes, response: Response) -> HttpResponse:
    kind = response.content_type or JSONRenderer.media_type
    headers = {**response.headers, "Content-Type": kind}
    return HttpResponse(body, headers=headers)


def _is_json(response: Any) -> TypeGuard[Response]:
    return isinstance(response, Response) and response.status_code == 200
