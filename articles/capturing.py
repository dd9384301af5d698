"""Articles are captured: what was found or handed in is kept, read, judged, and never overwritten.

Law: nothing of a capture reaches an article that everybody reads or that something published
rests on, and no text reaches any, until a person says that this is the article, as who pastes
its text does where it has none.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.signals import post_delete
from django.utils import timezone
from django.utils.translation import gettext as _

from . import derivations, similarity
from .canonical import validate_address
from .codebook import CaptureWay, Marking, Verdict
from .extraction import Reading, read
from .fetching import Answer, Unreachable, fetch
from .models import Article, Attempt, Capture, Content
from .services import article_at
from .sizes import LARGEST_FILE
from .text import normalised, refusal

Fetch = Callable[[str], Answer]

# How many pages one person has fetched in a minute at most.
A_MINUTE: Final = 20
LONGEST_TEXT: Final = 500_000
# One child reads one file after the other, for up to 12 seconds each: so many requests wait for
# it at once, and others so many seconds for their turn, that threads are left for everybody else.
WAITING: Final = 2
PATIENCE: Final = 2.0
_waiting = threading.BoundedSemaphore(WAITING)


def unasked(article: Article) -> bool:
    """Tell whether an article may be fetched without a word that its site will see that.

    The site belongs to others, perhaps to those who are written about: to fetch what is marked
    AMBER or stricter tells them that somebody works on it.
    """
    return article.marking in (Marking.CLEAR, Marking.GREEN)


@dataclass(frozen=True, slots=True)
class Look:
    """An answer of a site, and what was read in it; nothing of it is kept yet."""

    answer: Answer
    reading: Reading


def look(
    article: Article, *, by: User | None = None, seen: bool = False, fetch: Fetch = fetch
) -> Look:
    """Fetch an article at its address and read the answer.

    Raises ValidationError as `allow` and `ask` do.
    """
    allow(article, by=by, seen=seen)
    return ask(article, fetch=fetch)


def allow(article: Article, *, by: User | None, seen: bool) -> None:
    """Let a person have an article fetched.

    `seen` says that the person knows that the site will see it. Raises ValidationError where
    that is missing or too much was fetched.
    """
    if not (seen or unasked(article)):
        raise ValidationError(
            _(
                "This article is marked %(marking)s. Its site will see that somebody fetches it: "
                "say that you accept this, or hand in a file."
            ),
            code="seen",
            params={"marking": article.get_marking_display()},
        )
    _keep_pace(by)


def ask(article: Article, *, fetch: Fetch = fetch) -> Look:
    """Ask the site of an article for it and read the answer.

    Raises ValidationError where the page was not reached.
    """
    try:
        answer = fetch(article.url)
    except Unreachable as failed:
        raise ValidationError(failed.message, code=failed.code) from failed
    kind = _header(answer.headers, "content-type")
    return Look(
        answer, read(answer.body, content_type=kind, url=answer.address, status=answer.status)
    )


def keep(article: Article, looked: Look, *, by: User | None) -> Capture:
    """Keep what was found at the address of an article."""
    answer = looked.answer
    return _keep(
        article,
        answer.body,
        looked.reading,
        way=CaptureWay.FETCHED,
        at=answer.received_at,
        by=by,
        asked=answer.asked,
        address=answer.address,
        redirects=[[hop.status, hop.address] for hop in answer.redirects],
        status=answer.status,
        reason_phrase=_line(answer.reason, 120),
        headers=[[_line(name, 200), _line(value, 8000)] for name, value in answer.headers],
        seconds=round(answer.seconds, 3),
        content_type=_line(_header(answer.headers, "content-type"), 120),
    )


def capture_new(
    url: str, *, by: User, marking: str, seen: bool = False, fetch: Fetch = fetch
) -> Capture:
    """Capture what is at an address; an article that is new here comes with its first capture.

    Raises ValidationError as `look` does, and where the address is none.
    """
    validate_address(url)
    known = Article.objects.visible_to(by).at_address(url).order_by("pk").first()
    looked = look(known or Article(url=url, marking=marking), by=by, seen=seen, fetch=fetch)
    with transaction.atomic():
        article, _new = article_at(url, by=by, marking=marking)
        return keep(article, looked, by=by)


def capture_file(
    article: Article, body: bytes, *, name: str, content_type: str, by: User | None
) -> Capture:
    """Keep a file that somebody handed in: a page, a saved page, a PDF file or a text.

    Raises ValidationError where it is empty or too large, or several are being read.
    """
    if not body or len(body) > LARGEST_FILE:
        raise ValidationError(
            _("The file has %(size)s bytes; between 1 and %(most)s are kept."),
            code="size",
            params={"size": f"{len(body):,}", "most": f"{LARGEST_FILE:,}"},
        )
    return _keep(
        article,
        body,
        _read_now(body, content_type=content_type, url=article.url, name=name),
        way=CaptureWay.UPLOADED,
        at=timezone.now(),
        by=by,
        file_name=_line(name, 200),
        content_type=_line(content_type, 120),
    )


def capture_text(article: Article, text: str, *, by: User | None) -> Capture:
    """Keep a text that somebody pasted.

    Raises ValidationError where it is empty, or several are being read.
    """
    if not text.strip():
        raise ValidationError(_("Paste the text of the article."), code="required")
    body = text.encode("utf-8", "surrogatepass")
    return _keep(
        article,
        body,
        _read_now(body, content_type="text/plain; charset=utf-8", url=article.url),
        way=CaptureWay.PASTED,
        at=timezone.now(),
        by=by,
        content_type="text/plain; charset=utf-8",
    )


def _read_now(body: bytes, **said: Any) -> Reading:
    """Read what was handed in, while its request waits.

    Raises ValidationError where too many wait already.
    """
    if not _waiting.acquire(timeout=PATIENCE):
        raise ValidationError(
            _("Several files are being read; try again in a moment."), code="busy"
        )
    try:
        return read(body, **said)
    finally:
        _waiting.release()


def speaks_for(article: Article, capture: Capture) -> bool:
    """Tell whether a capture is the text that a person pasted for an article without one."""
    pasted = capture.way == CaptureWay.PASTED and capture.verdict == Verdict.ARTICLE
    return pasted and not article.text


@transaction.atomic
def confirm(capture: Capture, *, by: User) -> Article:
    """Say that a capture shows the article: its text becomes the article's, and fills gaps.

    Raises ValidationError where nothing was read in it.
    """
    if not capture.text:
        raise ValidationError(_("No text was read in this capture."), code="empty")
    article = Article.objects.select_for_update().get(pk=capture.article_id)
    capture.confirmed_by, capture.confirmed_at = by, timezone.now()
    capture.save(update_fields=["confirmed_by", "confirmed_at"])
    article.text = capture.text
    _fill(article, capture)
    article.save()
    return article


def unpacked(content: Content) -> bytes:
    """Return the bytes of a content as they came.

    Raises ValueError where they are not those of its digest.
    """
    body = gzip.decompress(bytes(content.packed))
    if hashlib.sha256(body).hexdigest() != content.sha256:
        raise ValueError(f"The bytes under {content.sha256} are not its own.")
    return body


def listen() -> None:
    """Have the bytes go with the last capture that shows them."""
    post_delete.connect(_forget_unused, sender=Capture, dispatch_uid="articles.capturing")


@transaction.atomic
def _forget_unused(instance: Capture, **_kwargs: Any) -> None:
    # Whoever keeps the same bytes meanwhile holds them: what they wrote is seen once that is over.
    Content.objects.select_for_update().filter(pk=instance.content_id).values("pk").first()
    if not Capture.objects.filter(content=instance.content_id).exists():
        Content.objects.filter(pk=instance.content_id).delete()


@transaction.atomic
def _keep(article: Article, body: bytes, reading: Reading, **seen: Any) -> Capture:
    """Write one capture whole, and fill what an article that few read does not say yet."""
    content = _content(body)
    # As it is now: somebody may have published what rests on it while its site was asked. Held
    # before the clocks move, as whoever takes a capture for the article holds it.
    present = Article.objects.select_for_update().filter(pk=article.pk).first()
    capture = Capture(
        article=article,
        content=content,
        verdict=reading.verdict,
        verdict_reason=_line(reading.reason, 300),
        title=_line(reading.title, 300),
        outlet=_line(reading.outlet, 120),
        author=_line(reading.author, 200),
        language=reading.language,
        published=reading.published,
        canonical=reading.canonical,
        origin=_line(reading.origin, 120),
        text=reading.text[:LONGEST_TEXT],
        signature=similarity.signature(reading.text) if reading.text else b"",
        **seen,
    )
    capture.full_clean(exclude=["content"])
    capture.save(force_insert=True)
    if present and reading.verdict == Verdict.ARTICLE:
        if not present.released and present.marking != Marking.CLEAR:
            _fill(present, capture)
            present.save()
        derivations.propose(capture)
    return capture


def _content(body: bytes) -> Content:
    """Return bytes as they are kept, held until the transaction ends."""
    digest = hashlib.sha256(body).hexdigest()
    packed = gzip.compress(body, mtime=0)
    row = Content(sha256=digest, size=len(body), packed=packed)
    while True:
        Content.objects.bulk_create([row], ignore_conflicts=True)
        # The last capture of the same bytes may be deleted between the two statements.
        held = Content.objects.select_for_update(no_key=True).defer("packed").filter(pk=digest)
        if found := held.first():
            return found


def _fill(article: Article, capture: Capture) -> None:
    """Write what the capture says where the article says nothing."""
    for name in ("title", "language", "published"):
        if not getattr(article, name):
            setattr(article, name, getattr(capture, name))


def _keep_pace(by: User | None) -> None:
    if by is None:
        return
    since: datetime = timezone.now() - timedelta(minutes=1)
    kept = Capture.objects.filter(by=by, way=CaptureWay.FETCHED, at__gt=since).count()
    without = Attempt.objects.filter(by=by, capture=None, begun_at__gt=since).count()
    if kept + without >= A_MINUTE:
        raise ValidationError(
            _("%(most)d pages were fetched within a minute; wait a little."),
            code="pace",
            params={"most": A_MINUTE},
        )


def _header(headers: Any, name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")


def _line(text: str, most: int) -> str:
    """Return what a stranger wrote as one line that may be kept."""
    kept = "".join(" " if refusal(char) else char for char in text)
    return normalised(" ".join(kept.split()))[:most].strip()
