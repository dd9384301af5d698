"""What holds for every answer of the site."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.views.defaults import page_not_found

from config import deadlines
from config.sessions import SessionStore
from incidents import problems

Answer = Callable[[HttpRequest], HttpResponseBase]
COMPRESSED = ("text/html", "image/svg+xml")
READS = ("GET", "HEAD", "OPTIONS")
# Browsers refuse what is open to everybody to whoever sends cookies along, and that is meant.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": ", ".join(READS),
    "Access-Control-Allow-Headers": "Authorization, If-None-Match",
    "Access-Control-Expose-Headers": (
        "ETag, Retry-After, X-Request-ID, Content-Disposition, Link, WWW-Authenticate, "
        "HTI-Rows, Repr-Digest"
    ),
    "Access-Control-Max-Age": "86400",
}


def request_id(get_response: Answer) -> Answer:
    """Give each request an id, which its answer and every line of the log tell."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        name = problems.begin(request)
        response = get_response(request)
        response["X-Request-ID"] = name
        return response

    return answer


def head(get_response: Answer) -> Answer:
    """Answer HEAD without a body, which not every server takes off, and make no file for it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response: Any = get_response(request)
        if request.method == "HEAD" and response.streaming:
            response.streaming_content = ()
        elif request.method == "HEAD":
            response.content = b""  # its length is told as that of GET
        return response  # type: ignore[no-any-return]

    return answer


def compressed(get_response: Answer) -> Answer:
    """Send pages and pictures compressed; files are sent as they come, and programs ask plainly."""
    compressing = GZipMiddleware(get_response)

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in COMPRESSED:
            return response
        return compressing.process_response(request, response)

    return answer


def deadline(get_response: Answer) -> Answer:
    """Have a request give up what its database does not answer in time."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        with deadlines.limited():
            return get_response(request)

    return answer


def open_to_pages(get_response: Answer) -> Answer:
    """Let the pages of any site read the API, by a token or as everybody, and never by a login."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith("/api/") or request.method not in READS:
            return get_response(request)
        asks_first = request.method == "OPTIONS" and (
            request.headers.get("Access-Control-Request-Method") in READS
        )
        response = HttpResponse(status=204) if asks_first else get_response(request)
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            for name, value in OPEN.items():
                response[name] = value
        return response

    return answer


def no_store(get_response: Answer) -> Answer:
    """Keep answers to anybody with a session or a token out of every cache."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        name = settings.SESSION_COOKIE_NAME
        if (
            name in request.COOKIES
            or name in response.cookies
            or "Authorization" in request.headers
        ):
            response["Cache-Control"] = "private, no-store"
        return response

    return answer


def trial_pages(get_response: Answer) -> Answer:
    """Show in a trial, too, the page of the site for what is not there, not that for developers."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        html = response.headers.get("Content-Type", "").startswith("text/html")
        if settings.HTI_DEMO and response.status_code == 404 and html:
            return page_not_found(request, Http404())
        return response

    return answer


def living_session(get_response: Answer) -> Answer:
    """Keep a session that is used from ending; one that is saved does so by itself."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not request.session.modified and isinstance(request.session, SessionStore):
            request.session.touch()
        return response

    return answer


def plain_session(get_response: Answer) -> Answer:
    """Drop a session cookie that is no session key; PostgreSQL would fail on a NUL in it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if not (key.isascii() and key.isalnum()):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        return get_response(request)

    return answer
