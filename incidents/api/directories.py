"""Directories in the API: strict parameters and pages by key."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.utils.urls import replace_query_param

from incidents import cursors
from incidents.parameters import Whole
from incidents.refusals import InvalidQuestion, refuse

SIZE, MOST = 50, 200
KNOWN = ("cursor", "page_size")


def listed(
    request: Request,
    rows: Any,
    serializer: type[BaseSerializer[Any]],
    context: dict[str, Any] | None = None,
) -> Response:
    """Return a page of a directory, in the order of entry.

    Raises InvalidQuestion.
    """
    size, after = _read(request, rows)
    found = rows.order_by("pk")
    if after is not None:
        found = found.filter(pk__gt=after)
    page = list(found[: size + 1])
    following = None
    if len(page) > size:
        page = page[:size]
        cursor = cursors.write(request.path, cursors.named(page[-1], rows))
        following = replace_query_param(request.build_absolute_uri(), "cursor", cursor)
    data = serializer(page, many=True, context={"request": request, **(context or {})}).data
    return Response({"results": data, "next": following})


def _read(request: Request, rows: Any) -> tuple[int, int | None]:
    """Return the page size and the key after which the page begins."""
    params = request.query_params
    refuse(params, KNOWN)
    size = page_size(params)
    cursor = params.get("cursor")
    if not cursor:
        return size, None
    name = cursors.read(request.path, cursor)
    after = cursors.key_of(name, rows) if name else None
    if after is None:
        raise cursors.no_such_page("cursor")
    return size, after


def page_size(params: QueryDict) -> int:
    """Return how many entries a page is to have.

    Raises InvalidQuestion.
    """
    try:
        size = Whole(least=1, most=MOST, required=False).clean(params.get("page_size", ""))
    except ValidationError as error:
        raise InvalidQuestion({"page_size": error.messages}) from None
    return size or SIZE
