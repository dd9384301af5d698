"""Pages that read few parameters, and refuse all others by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from incidents.refusals import InvalidQuestion, refuse

Asked = ParamSpec("Asked")
View = Callable[Concatenate[HttpRequest, Asked], HttpResponse]


def reads(*known: str) -> Callable[[View[Asked]], View[Asked]]:
    """Refuse, with 400 and no number, every parameter but `known`, and one given twice.

    What the view itself refuses is told in the same way.
    """

    def strict(view: View[Asked]) -> View[Asked]:
        @wraps(view)
        def strictly(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                refuse(request.GET, known)
                return view(request, *args, **kwargs)
            except InvalidQuestion as refused:
                errors = [(name, why) for name, told in refused.errors.items() for why in told]
                return render(request, "incidents/refused.html", {"errors": errors}, status=400)

        return strictly

    return strict
