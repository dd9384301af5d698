"""Pages that read few parameters, and refuse all others by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from incidents.filters import InvalidQuestion
from incidents.parameters import did_you_mean, shown

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
                _refuse(request, known)
                return view(request, *args, **kwargs)
            except InvalidQuestion as refused:
                errors = [(name, why) for name, told in refused.errors.items() for why in told]
                return render(request, "incidents/refused.html", {"errors": errors}, status=400)

        return strictly

    return strict


def _refuse(request: HttpRequest, known: tuple[str, ...]) -> None:
    errors: dict[str, list[str]] = {}
    for name in request.GET:
        if name not in known:
            told = _("This page reads no such parameter.") + did_you_mean(name, known)
            errors[shown(name).strip("“”")] = [told]
        elif len(request.GET.getlist(name)) > 1:
            errors[name] = [_("One value, not %(n)d.") % {"n": len(request.GET.getlist(name))}]
        elif "\x00" in request.GET[name]:
            errors[name] = [_("A value may not hold the character NUL.")]
    if errors:
        raise InvalidQuestion(errors)
