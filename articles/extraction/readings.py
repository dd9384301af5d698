"""A file read in the child, and the child's answer checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from urllib.parse import urljoin

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import canonical, edtf
from articles.codebook import Verdict
from articles.countries import LANGUAGES
from articles.sizes import LARGEST_FILE, MB
from articles.text import refuse_body

from .cleaning import MAX_TEXT, line
from .limits import LIMITS, Limits
from .workers import WORKER, NoAnswer

KINDS: Final = ("html", "pdf", "text", "none")
MAX_TITLE, MAX_NAME, MAX_AUTHOR = 300, 120, 200


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says, as far as it could be read; what it does not say is empty."""

    kind: str
    verdict: Verdict
    reason: str
    title: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    text: str = ""
    canonical: str = ""
    origin: str = ""
    origin_span: tuple[int, int] | None = None


def read(
    body: bytes,
    *,
    content_type: str = "",
    url: str = "",
    status: int = 200,
    name: str = "",
    limits: Limits = LIMITS,
) -> Reading:
    """Say what a file is and what it says; a file that cannot be read gives a reason instead."""
    if len(body) > LARGEST_FILE:
        return _unreadable("size")
    request: dict[str, object] = {
        "content_type": content_type[:200],
        "url": url if _accepted(url) else "",
        "status": status,
        "name": name[-200:],
    }
    try:
        answer = WORKER.ask(request, body, limits)
        return _checked(answer, url)
    except NoAnswer as error:
        return _unreadable(str(error))
    except ValidationError:
        return _unreadable("crash")


def _checked(answer: dict[str, object], url: str) -> Reading:
    """Return an answer of the child as a reading; what it may not say is left out.

    Raises ValidationError where its text holds what no text may hold.
    """
    kind, verdict = str(answer.get("kind")), str(answer.get("verdict"))
    if kind not in KINDS or verdict not in Verdict.values:
        raise ValidationError("")
    text = answer.get("text")
    text = text if isinstance(text, str) else ""
    refuse_body(text)
    language = str(answer.get("language"))
    return Reading(
        kind=kind,
        verdict=Verdict(verdict),
        reason=_reason(Verdict(verdict), line(answer.get("why"), 100)),
        title=line(answer.get("title"), MAX_TITLE),
        outlet=line(answer.get("outlet"), MAX_NAME),
        author=line(answer.get("author"), MAX_AUTHOR),
        published=day(answer.get("published")),
        language=language if language in LANGUAGES else "",
        text=text[:MAX_TEXT],
        canonical=_canonical(answer, url),
        origin=line(answer.get("origin"), MAX_NAME),
        origin_span=_span(answer.get("origin_span"), len(text)),
    )


def _unreadable(why: str) -> Reading:
    return Reading("none", Verdict.NOT_TEXT, _reason(Verdict.NOT_TEXT, why))


def _reason(verdict: Verdict, why: str) -> str:
    """Say in a sentence why a file was judged so."""
    if verdict == Verdict.NOT_TEXT:
        return {
            "binary": _("The file holds no text: an image, a film, an archive or data."),
            "broken": _("The file is damaged and could not be read."),
            "empty": _("The file is empty."),
            "feed": _("The file is a feed, not an article."),
            "locked": _("The file asks for a password."),
            "memory": _("Reading the file took more memory than is allowed."),
            "scan": _("The file holds pictures of pages, and no text."),
            "size": _("The file is larger than %(most)d MB.") % {"most": LARGEST_FILE // MB},
            "start": _("The program that reads files could not be started."),
            "time": _("Reading the file took longer than is allowed."),
        }.get(why, _("Reading the file failed."))
    if verdict == Verdict.ARTICLE:
        return _("The text has %(count)s words, and no words of a wall or an error.") % {
            "count": why
        }
    if verdict == Verdict.TOO_SHORT:
        return _("The text has %(count)s words.") % {"count": why}
    if verdict == Verdict.ERROR_PAGE and why.isdigit():
        return _("The server answered with status %(status)s.") % {"status": why}
    if not why:
        return _("The page says that its text is not free, and shows little of it.")
    return _("The page shows little text, and says “%(words)s”.") % {"words": why}


def day(value: object) -> str:
    """Return a day as EDTF unless it is none, or later than tomorrow."""
    try:
        span = edtf.parse(str(value))
    except edtf.InvalidDate:
        return ""
    exact = span.start == span.end and span.start.first == span.start.last
    latest = timezone.localdate() + timedelta(days=1)
    return str(value) if exact and span.start.first <= latest else ""


def _span(value: object, length: int) -> tuple[int, int] | None:
    if not isinstance(value, list) or len(value) != 2:
        return None
    start, end = value
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length:
        return start, end
    return None


def _canonical(answer: dict[str, object], url: str) -> str:
    """Return the address that a page names as its own, if it is one of the same site.

    A file that was handed in without an address is believed, since nothing is asked there.
    """
    base = url or line(answer.get("address"), canonical.MAX_LENGTH)
    found = answer.get("addresses")
    for named in found if isinstance(found, list) else []:
        try:
            address = urljoin(base, line(named, canonical.MAX_LENGTH))
            canonical.validate_address(address)
            if not base or canonical.site(base) == canonical.site(address):
                return address
        except (ValidationError, ValueError):
            continue
    return "" if url or not _accepted(base) else base


def _accepted(url: str) -> bool:
    try:
        canonical.validate_address(url)
    except ValidationError:
        return False
    return True
