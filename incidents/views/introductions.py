"""The desk of introductions: a page for each subject, where staff write and reviewers approve."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles.querysets import reads_unpublished
from incidents import introductions
from incidents.livenumbers import paragraphs
from incidents.models import Introduction

from .strict import reads


class TextForm(forms.Form):
    """The text of an introduction."""

    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=3000, strip=False, widget=forms.Textarea
    )


@login_required
@reads()
def waiting(request: HttpRequest) -> HttpResponse:
    """List the texts that wait for a second person."""
    context = {"waiting": introductions.waiting(_staff(request))}
    return render(request, "introductions/waiting.html", context)


@login_required
@reads()
def subject(request: HttpRequest, kind: str, subject: str) -> HttpResponse:
    """Show the texts on a subject, and the form for another one."""
    return _page(request, kind, subject, None)


@login_required
@require_POST
def write(request: HttpRequest, kind: str, subject: str) -> HttpResponse:
    """Keep a text; what was typed comes back where it is refused."""
    user = _staff(request)
    form = TextForm(request.POST)
    if form.is_valid():
        try:
            introductions.write(kind, subject, form.cleaned_data["text"], user)
            return HttpResponseRedirect(reverse("introduction", args=(kind, subject)))
        except ValidationError as refused:
            told = getattr(refused, "message_dict", {}).get("text", refused.messages)
            form.add_error("text", told)
    return _page(request, kind, subject, form, status=400)


@login_required
@require_POST
def approve(request: HttpRequest, kind: str, subject: str, key: int) -> HttpResponse:
    """Let the public read a text."""
    user = _staff(request)
    introductions.called(kind, subject, user)
    on = Introduction.objects.visible_to(user).on(kind, subject)
    text = get_object_or_404(on, pk=key)
    try:
        introductions.approve(text, user)
    except ValidationError as refused:
        return _page(request, kind, subject, None, refused=refused.messages, status=400)
    return HttpResponseRedirect(reverse("introduction", args=(kind, subject)))


def _staff(request: HttpRequest) -> User:
    """Return who asks; to others than staff there is no such page."""
    if not isinstance(request.user, User) or not reads_unpublished(request.user):
        raise Http404
    return request.user


def _page(
    request: HttpRequest,
    kind: str,
    subject: str,
    form: TextForm | None,
    refused: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    user = _staff(request)
    called = introductions.called(kind, subject, user)
    texts = introductions.texts(kind, subject, user)
    present = introductions.introduced(kind, subject, user).text
    latest = texts[0] if texts else None
    told: list[dict[str, Any]] = [
        {
            "text": text,
            "paragraphs": paragraphs(text.text, user),
            "present": present is not None and text.pk == present.pk,
            "waits": text.approved_at is None and text is latest,
            "objection": introductions.objection(text, user),
        }
        for text in texts
    ]
    context = {
        "kind": kind,
        "subject": subject,
        "called": called,
        "example": "{count country=PL&year=2024}",
        "texts": told,
        "form": form or TextForm(initial={"text": latest.text if latest else ""}),
        "refused": refused or [],
    }
    return render(request, "introductions/subject.html", context, status=status)
