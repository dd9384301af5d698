"""The codebook, the method and the guides."""

from django.http import Http404, HttpRequest, HttpResponse


def codebook(request: HttpRequest) -> HttpResponse:
    """To come."""
    raise Http404


method = help_page = codebook
