"""The page of an article's captures: what was kept of it, what it says, and ways to keep more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import attempts, capturing, derivations, warc
from articles.codebook import CaptureWay, Decision, Verdict
from articles.desk import Settled
from articles.models import Article, Capture, Derivation
from articles.sizes import LARGEST_FILE
from articles.stale import Piece, marked

# The newest captures that the page tells of, and those of them whose text is set beside the last.
SHOWN: Final = 20
MOST_COPIES: Final = 100
COMPARED: Final = 5
# What no page needs of a capture, and what may be large.
_UNREAD: Final = ("content__packed", "headers", "signature")
# What a browser must take a stranger's file for: something to keep, not to open.
_SANDBOX: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Content-Type": "application/octet-stream",
}


class CaptureForm(forms.Form):
    """What to keep of an article: its page as it is now, a file, or a text."""

    way = forms.ChoiceField(choices=CaptureWay.choices)
    seen = forms.BooleanField(
        label=gettext_lazy("The site may see that somebody fetches it"), required=False
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".html,.htm,.mhtml,.mht,.pdf,.txt"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        max_length=capturing.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def capture(self, article: Article, by: Any) -> Capture:
        """Keep what was handed in. Raises ValidationError."""
        asked = self.cleaned_data
        if asked["way"] == CaptureWay.PASTED:
            return capturing.capture_text(article, asked["text"], by=by)
        if not asked["file"]:
            raise ValidationError({"file": _("Choose a file.")})
        return capturing.capture_file(
            article,
            asked["file"].read(LARGEST_FILE + 1),
            name=asked["file"].name or "",
            content_type=asked["file"].content_type or "",
            by=by,
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """A capture as the page shows it, beside the last one before it that reads like an article.

    The one that stands is the last that somebody took for the article.
    """

    capture: Capture
    before: Capture | None
    same_bytes: bool
    changed: tuple[list[Piece], list[Piece]] | None
    stands: bool

    @property
    def other(self) -> bool:
        """Whether the two texts differ in most, so that nothing of them is marked."""
        return bool(self.changed) and not any(
            piece.differs for side in self.changed or () for piece in side
        )

    @property
    def good(self) -> bool:
        """Whether it reads like an article."""
        return self.capture.verdict == Verdict.ARTICLE


class CapturePages(Settled[Article]):
    """What the desk of articles says of captures, and does with them."""

    def get_urls(self) -> list[URLPattern]:
        """Add the pages of captures."""
        return [
            self._page("<int:key>/captures/", self.captures, "captures"),
            self._page("<int:key>/captures.warc.gz", self.captures_warc, "captures_warc"),
            self._page("<int:key>/captures/<uuid:uid>/confirm/", self.confirm, "capture_confirm"),
            self._page("<int:key>/origins/<int:row>/", self.decide, "origin_decide"),
            self._page("<int:key>/captures/<uuid:uid>/raw/", self.capture_raw, "capture_raw"),
            *super().get_urls(),
        ]

    def _page(self, route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
        wrapped: Callable[..., HttpResponseBase] = self.admin_site.admin_view(view)
        return path(route, wrapped, name=f"articles_article_{name}")

    def captures(self, request: HttpRequest, key: int) -> HttpResponse:
        """Show the captures of an article, and keep another one."""
        article = self._article(request, key)
        form = CaptureForm(request.POST or None, request.FILES or None)
        if request.method == "POST":
            if not self.has_change_permission(request, article):
                raise PermissionDenied
            if form.is_valid():
                try:
                    self._keep(request, article, form)
                except ValidationError as refused:
                    form.add_error(None, refused)
                else:
                    # 303: whoever loads the page again asks for nothing again.
                    return HttpResponseRedirect(_address("captures", key), status=303)
        rows = article.captures.select_related("by", "confirmed_by", "content").defer(*_UNREAD)
        newest = list(rows[: SHOWN + 1])
        context = {
            **self.admin_site.each_context(request),
            "title": _("Captures"),
            "opts": self.opts,
            "article": article,
            "form": form,
            "attempt": attempts.told(article, newest[0] if newest else None),
            "shown": _beside_each_other(newest, taken=_taken(article))[:SHOWN],
            "earlier": max(0, rows.count() - SHOWN),
            "unasked": capturing.unasked(article),
            **self._origins(request, article),
            "may_confirm": self._may_confirm(request, article),
            "may_capture": self.has_change_permission(request, article),
        }
        status = 400 if form.errors else 200
        return render(request, "admin/articles/captures.html", context, status=status)

    def confirm(self, request: HttpRequest, key: int, uid: UUID) -> HttpResponse:
        """Take a capture for the article."""
        article = self._article(request, key)
        if request.method != "POST":
            return HttpResponseRedirect(_address("captures", key))
        if not self._may_confirm(request, article):
            raise PermissionDenied
        try:
            self._take(request, _capture(article, uid))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return HttpResponseRedirect(_address("captures", key))

    def _take(self, request: HttpRequest, capture: Capture) -> None:
        """Take a capture for the article. Raises ValidationError."""
        article = capturing.confirm(capture, by=request.user)  # type: ignore[arg-type]
        self.log_change(request, article, _("Took the text of a capture."))
        messages.success(request, _("The text is now that of the article."))

    def _origins(self, request: HttpRequest, article: Article) -> dict[str, Any]:
        """Return what is proposed of an article's source, and of what was taken from it."""
        signs = Derivation.objects.visible_to(request.user).filter(decision=Decision.OPEN)
        signs = signs.select_related("article__publisher", "source__publisher")
        return {
            "origins": list(signs.filter(article=article)[:SHOWN]),
            "copies": list(signs.filter(source=article)[:MOST_COPIES]),
        }

    def decide(self, request: HttpRequest, key: int, row: int) -> HttpResponse:
        """Decide from where an article is; row 0 accepts every copy of it that is proposed."""
        article = self._article(request, key)
        if request.method != "POST":
            return HttpResponseRedirect(_address("captures", key))
        proposed = Derivation.objects.visible_to(request.user).filter(decision=Decision.OPEN)
        found = proposed.filter(source=article) if row == 0 else proposed.filter(pk=row)
        decision = Decision.REFUSED if "refuse" in request.POST else Decision.ACCEPTED
        decided = 0
        for sign in found.filter(Q(article=article) | Q(source=article)):
            if not self._may_confirm(request, sign.article):
                messages.error(request, _("“%s” is settled: a reviewer decides.") % sign.article)
                continue
            try:
                derivations.decide(sign, decision, by=request.user)  # type: ignore[arg-type]
            except ValidationError as refused:
                messages.error(request, " ".join(refused.messages))
                continue
            decided += 1
            self.log_change(request, sign.article, _("Decided where it is from."))
        if decided:
            messages.success(request, _("%(n)d decided.") % {"n": decided})
        return HttpResponseRedirect(_address("captures", key))

    def capture_raw(self, request: HttpRequest, key: int, uid: UUID) -> HttpResponse:
        """Hand out the bytes of a capture, as a file that no browser opens."""
        capture = _capture(self._article(request, key), uid)
        headers = {**_SANDBOX, "Content-Disposition": f'attachment; filename="{capture.uid}.bin"'}
        return HttpResponse(capturing.unpacked(capture.content), headers=headers)

    def captures_warc(self, request: HttpRequest, key: int) -> StreamingHttpResponse:
        """Hand out all captures of an article as one WARC file."""
        article = self._article(request, key)
        named = f'attachment; filename="article-{article.address_digest[:12]}.warc.gz"'
        return StreamingHttpResponse(
            warc.pieces(_one_by_one(article), software="HTI"),
            headers={**_SANDBOX, "Content-Disposition": named},
        )

    def _article(self, request: HttpRequest, key: int) -> Article:
        article = Article.objects.visible_to(request.user).filter(pk=key).first()
        if article is None:
            raise Http404
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        return article

    def _may_confirm(self, request: HttpRequest, article: Article) -> bool:
        if not self.has_change_permission(request, article):
            return False
        return self.may_change_settled(request) or not self.is_settled(article)

    def _keep(self, request: HttpRequest, article: Article, form: CaptureForm) -> None:
        """Keep what was handed in, or have the page fetched. Raises ValidationError."""
        asked, by = form.cleaned_data, request.user
        if asked["way"] != CaptureWay.FETCHED:
            kept = form.capture(article, by)
            self._tell(request, kept)
            with transaction.atomic():
                # As it is now: reading took a while, and of two that paste at once one is first.
                present = Article.objects.select_for_update().get(pk=article.pk)
                if capturing.speaks_for(present, kept) and self._may_confirm(request, present):
                    self._take(request, kept)
            return
        _attempt, new = attempts.begin(article, by=by, seen=asked["seen"])  # type: ignore[arg-type]
        if new:
            self.log_change(request, article, _("Asked its site for the page."))

    def keep_typed(self, request: HttpRequest, article: Article) -> None:
        """Keep the text that an article was added with as a capture of it, and take it."""
        try:
            kept = capturing.capture_text(article, article.text, by=request.user)  # type: ignore[arg-type]
            self._tell(request, kept)
            if kept.text:
                self._take(request, kept)
        except ValidationError as refused:
            messages.warning(request, " ".join(refused.messages))

    def _tell(self, request: HttpRequest, capture: Capture) -> None:
        self.log_change(request, capture.article, _("Captured."))
        said = f"{capture.get_verdict_display()}: {capture.verdict_reason}".strip(": ")
        level = messages.SUCCESS if capture.verdict == Verdict.ARTICLE else messages.WARNING
        messages.add_message(request, level, _("Kept. %(said)s") % {"said": said})


def _capture(article: Article, uid: UUID) -> Capture:
    capture = article.captures.select_related("content", "article").filter(uid=uid).first()
    if capture is None:
        raise Http404
    return capture


def _one_by_one(article: Article) -> Iterator[Capture]:
    """Yield the captures of an article, the oldest first, each read when its turn has come.

    Whoever takes them may be slow: meanwhile no statement is open and one capture is in memory.
    """
    rows = article.captures.order_by("at", "pk")
    for key in list(rows.values_list("pk", flat=True)):
        yield from rows.select_related("content").filter(pk=key)


def _address(name: str, key: int) -> str:
    return reverse(f"admin:articles_article_{name}", args=[key])


def _taken(article: Article) -> int | None:
    """Return the key of the capture that was last taken for the article."""
    confirmed = article.captures.filter(confirmed_at__isnull=False)
    key: int | None = confirmed.order_by("-confirmed_at").values_list("pk", flat=True).first()
    return key


def _beside_each_other(rows: Sequence[Capture], *, taken: int | None) -> list[Shown]:
    """Return captures, each with what changed in its text since the one before it in time.

    What is no article, such as a wall, is not set beside one.
    """
    shown = []
    for number, capture in enumerate(rows):
        older = rows[number + 1 :]
        before = next((row for row in older if row.verdict == Verdict.ARTICLE and row.text), None)
        told = number < COMPARED and capture.verdict == Verdict.ARTICLE and before
        shown.append(
            Shown(
                capture,
                before,
                same_bytes=any(row.content_id == capture.content_id for row in older),
                changed=marked(before.text, capture.text)
                if told and before and before.text != capture.text
                else None,
                stands=capture.pk == taken,
            )
        )
    return shown
