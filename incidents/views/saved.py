"""Saved views: a list of them with what is news, and the way from each to its list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from incidents import saved
from incidents.codebook import Audience
from incidents.filters import ask
from incidents.models import Alert, Record, SavedView
from incidents.refusals import InvalidQuestion

from .strict import reads

MOST_NEWS = 50


class ViewForm(forms.Form):
    """A name for a question, and who sees it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    audience = forms.ChoiceField(
        label=gettext_lazy("Who sees it"), choices=Audience.choices, initial=Audience.PRIVATE
    )
    query = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)


@reads()
def views(request: HttpRequest) -> HttpResponse:
    """Show the views that the reader sees, and what is news in those they subscribed to."""
    return _page(request, None)


@login_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep a question under a name, or change one's own view; what was typed comes back."""
    user = _user(request)
    key = request.POST.get("view", "")
    kept = get_object_or_404(SavedView.objects.visible_to(user).of(user), key=key) if key else None
    form = ViewForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            saved.save(user, said["name"], said["query"], said["audience"], kept)
            return HttpResponseRedirect(reverse("views"))
        except InvalidQuestion as refused:
            form.add_error(None, str(refused))
        except ValidationError as refused:
            known = {name for name in getattr(refused, "error_dict", {}) if name in form.fields}
            form.add_error(None, refused if known else refused.messages)
    return _page(request, form, editing=kept, status=400)


@login_required
@require_POST
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Subscribe to a view, end that, or delete one's own."""
    user = _user(request)
    view = get_object_or_404(SavedView.objects.visible_to(user), key=key)
    act = request.POST.get("act", "")
    if act == "subscribe":
        try:
            saved.subscribe(user, view)
        except ValidationError as refused:
            return _page(request, None, refused=refused.messages, status=400)
        except InvalidQuestion as refused:
            return _page(request, None, refused=[str(refused)], status=400)
    elif act == "unsubscribe":
        saved.unsubscribe(user, view)
    elif act == "delete":
        get_object_or_404(SavedView.objects.visible_to(user).of(user), key=key).delete()
    return HttpResponseRedirect(reverse("views"))


@login_required
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Note that the news were read."""
    Alert.objects.visible_to(request.user).unread().update(read_at=timezone.now())
    return HttpResponseRedirect(reverse("views"))


@reads()
def view(request: HttpRequest, key: str) -> HttpResponse:
    """Lead to the list of a view."""
    found = get_object_or_404(SavedView.objects.visible_to(request.user), key=key)
    try:
        ask(QueryDict(found.query), request.user)
    except InvalidQuestion:
        # Its address would name what may be hidden.
        return _page(request, None, refused=[_("This view cannot be asked now.")], status=400)
    return HttpResponseRedirect(f"{reverse('incidents')}?{found.query}".rstrip("?"))


def _user(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("Views are kept by those who logged in.")
    return request.user


def _page(
    request: HttpRequest,
    form: ViewForm | None,
    editing: SavedView | None = None,
    refused: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    alerts = Alert.objects.visible_to(request.user).select_related("view")
    news: list[Any] = list(alerts[:MOST_NEWS])
    records = {alert.record_id for alert in news}
    readable = Record.objects.visible_to(request.user).filter(pk__in=records)
    context = {
        "views": saved.shown(request.user),
        "news": news,
        "readable": set(readable.values_list("pk", flat=True)),
        "unread": saved.unread(request.user),
        "form": form,
        "editing": editing,
        "refused": refused or [],
        "audiences": Audience.choices,
    }
    return render(request, "incidents/views.html", context, status=status)
