"""Pages for people; so far the one that says where to go."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .answers import count_for
from .filters import ask, query_of
from .ladders import ladders


def start(request: HttpRequest) -> HttpResponse:
    """Say what this database is, its ladder, and where its doors are."""
    question = ask(query_of({}), AnonymousUser())
    context = {"counts": count_for(question), "steps": ladders(question).series}
    return render(request, "incidents/start.html", context)
