"""Directories: each page is one question with its list."""

from django.http import Http404, HttpRequest, HttpResponse


def countries(request: HttpRequest) -> HttpResponse:
    """To come."""
    raise Http404


country = actors = actor = campaigns = campaign = outlets = outlet = articles = article = countries
reported_figures = countries
