"""What addresses of pages say besides a question: read strictly, refused by name."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from incidents.parameters import shown
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


def single(params: QueryDict, name: str) -> str:
    """Return the one value of a parameter, empty where it has none; raises InvalidQuestion."""
    values = params.getlist(name)
    if len(values) > 1:
        raise InvalidQuestion({name: [_("One value, not %(n)d.") % {"n": len(values)}]})
    return values[0] if values else ""


def refuse_others(name: str, value: str, known: Collection[str]) -> None:
    """Raise InvalidQuestion where a value of a parameter is none of those known."""
    if value not in known:
        told = _("%(value)s is none of: %(known)s.")
        said = {"value": shown(value), "known": ", ".join(known)}
        raise InvalidQuestion({name: [told % said]})


def without(params: QueryDict, names: Collection[str]) -> QueryDict:
    """Return parameters without some of them."""
    kept = params.copy()
    for name in names:
        kept.pop(name, None)
    return kept


def without_blanks(request: HttpRequest, *kept: str) -> str | None:
    """Return the address without the empty inputs that a form sends too, if there are some.

    The address of a question names what it asks. Those of `kept` may be empty.
    """
    params = request.GET
    blank = [
        name for name in params if name not in kept and not "".join(params.getlist(name)).strip()
    ]
    if not blank:
        return None
    asked = params.copy()
    for name in blank:
        del asked[name]
    return f"{request.path}?{asked.urlencode()}".rstrip("?")
