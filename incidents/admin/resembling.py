"""Records that a draft may be of, told while it is entered, and what is decided on them then."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import Any, Final

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, re_path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from articles import dates
from articles.codebook import Marking
from articles.edtf import InvalidDate
from articles.models import Article
from articles.saving import READ
from articles.sent import read_from
from articles.text import normalised
from incidents import attaching, comparing, resembling
from incidents.codebook import EventType, Relation
from incidents.models import Incident

from .forms import MOST_ARTICLES, DraftForm, lines_of, page_address, unattached
from .joining import compare_url
from .review import KEYED, told, user_of

_log = logging.getLogger(__name__)

LONGEST: Final = 300
_REFUSAL: Final = "_unattached"
_NAMED: Final = re.compile(r"(locations-[0-9]+-place|targets-[0-9]+-name)")


class Resembled(admin.ModelAdmin[Incident]):
    """A desk that tells which records a draft may be of, before it becomes a second one."""

    def get_urls(self) -> list[URLPattern]:
        """Add the question while a draft is entered, and the step that attaches its articles."""
        return [
            path("resembling/", self._door(self.resembling), name=_named("resembling")),
            path("attach/", self._door(self.attach), name=_named("attach")),
            re_path(
                rf"^{KEYED}/attach/$", self._door(self.attach_draft), name=_named("attach_draft")
            ),
            *super().get_urls(),
        ]

    def _door(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        return self.admin_site.admin_view(view)

    def resembling(self, request: HttpRequest) -> HttpResponse:
        """Answer with the records that what was typed so far may be of."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        asked = of_form(request.GET, user_of(request))
        context = {
            "candidates": resembling.candidates(asked, user_of(request)) if asked else [],
            "relations": Relation.choices,
        }
        return TemplateResponse(request, "admin/incidents/incident/_resembling.html", context)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Return the form; where an attachment was refused it says so and is shown again."""
        form = super().get_form(request, *args, **kwargs)
        refusal = getattr(request, _REFUSAL, "")
        return unattached(form, refusal) if refusal else form

    def attach(self, request: HttpRequest) -> HttpResponse:
        """Cite the articles that were typed in the draft of a record, instead of logging anew."""
        query = request.META["QUERY_STRING"]
        add = f"{reverse('admin:incidents_incident_add')}{'?' if query else ''}{query}"
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseRedirect(add)
        try:
            if not super().has_change_permission(request):
                raise ValidationError(_("You may not work on records that are here already."))
            lines = filter(str.strip, _addresses(request.POST))
            urls = [page_address(line) for line in lines]
            if not urls:
                raise ValidationError(_("There is no article to attach."))
            marked = request.POST.get("marking") or Marking.CLEAR
            draft = self._logged(request, partial(attaching.attach, marking=marked), urls)
        except (ValidationError, OperationalError) as error:
            return self._again(request, None, add, _why(error))
        return self._opened(request, draft)

    def attach_draft(self, request: HttpRequest, key: str) -> HttpResponse:
        """Cite the articles of a draft in that of another record, and give the first one up."""
        page = reverse("admin:incidents_incident_change", args=(key,))
        draft = self.get_queryset(request).filter(pk=key).first()
        if draft is None or not self.has_change_permission(request, draft):
            if READ in request.POST:
                # What was typed is told as where it could not be saved.
                return self._again(request, key, page, _("You may not change this draft."))
            raise PermissionDenied if draft else Http404
        if request.method != "POST":
            return HttpResponseRedirect(page)
        try:
            other = self._logged(request, partial(self._moved, request), draft)
        except (ValidationError, OperationalError) as error:
            if READ in request.POST:
                return self._again(request, key, page, _why(error))
            messages.error(request, _why(error))
            return HttpResponseRedirect(page)
        return self._opened(request, other)

    def _moved(
        self, request: HttpRequest, draft: Incident, reference: str, *, by: User
    ) -> Incident:
        """Move the articles of a draft, unless it is another one than the form that was sent read.

        A button without the form, as it is sent without a script, says nothing of what was read.
        """
        desk: Any = self
        read = read_from(request.POST.get(READ, ""))
        fresh = READ not in request.POST or desk.is_present(draft, read.version if read else "")
        other = attaching.move(draft, reference, by=by)
        # What was chosen wrongly is told first; nothing of this stays where it is refused.
        if not fresh:
            raise ValidationError(_("Somebody changed this draft meanwhile; it is not given up."))
        return other

    def _again(
        self, request: HttpRequest, key: str | None, address: str, refusal: str
    ) -> HttpResponse:
        """Show a form that was sent once more, with all that was typed; it saves to `address`."""
        setattr(request, _REFUSAL, refusal)
        return self.changeform_view(request, key, address)

    @transaction.atomic
    def _logged(self, request: HttpRequest, step: Callable[..., Incident], on: Any) -> Incident:
        """Attach articles to the record that was chosen, and keep in the log that it was done."""
        draft = step(on, request.POST.get("attach_to", ""), by=user_of(request))
        self.log_change(request, draft, _("Articles were attached."))
        return draft

    def _opened(self, request: HttpRequest, draft: Incident) -> HttpResponse:
        messages.success(request, attaching.told(draft))
        return HttpResponseRedirect(reverse("admin:incidents_incident_change", args=(draft.pk,)))

    def keep_decisions(self, request: HttpRequest, draft: Incident) -> None:
        """Keep what was decided on a new draft and the records that it may have been of."""
        decided = filter(None, request.POST.getlist("decided"))
        for said in islice(decided, resembling.MOST + resembling.MOST_CITING):
            reference, _space, verdict = said.partition(" ")
            verdict, _colon, relation = verdict.partition(":")
            other = comparing.by_reference(reference, user_of(request)) if verdict else None
            if other is None:
                continue
            try:
                comparing.decide(
                    draft.record, other, verdict, by=user_of(request), relation=relation
                )
            except ValidationError as error:
                messages.warning(request, told(error))

    def tell_citing(self, request: HttpRequest, draft: Incident) -> None:
        """Say which other records cite the articles of a new draft, and nobody decided on."""
        user = user_of(request)
        others = [other for other in resembling.alike(draft, user) if other.cites]
        links = format_html_join(
            ", ",
            '<a href="{}">{} {}</a> (<a href="{}">{}</a>)',
            [
                (
                    reverse("admin:incidents_incident_change", args=(it.incident.pk,)),
                    it.incident.record.public_id,
                    it.incident.title,
                    compare_url(draft.record, it.incident.record),
                    _("compare"),
                )
                for it in others
            ],
        )
        if others:
            text = _("This article is already cited in {}. Is it the same incident?")
            self.message_user(request, format_html(text, links), messages.WARNING)


def _why(error: ValidationError | OperationalError) -> str:
    """Return why nothing was attached; what the database did not do is written down too."""
    if isinstance(error, ValidationError):
        return told(error)
    _log.error("Articles could not be attached.", exc_info=error)
    return _("The database did not answer in time, and nothing was attached; try again.")


def of_form(sent: QueryDict, user: User) -> resembling.Signs | None:
    """Return the signs of what was typed so far, or None while that is too little.

    The first article says more where it is here already and `user` may read it.
    """
    title = sent.get("title", "")[:LONGEST].strip()
    urls = [url for url in map(_address, _addresses(sent)) if url]
    if not title and not urls:
        return None
    country = _country(sent.get("country_name", "")[:LONGEST])
    kind = sent.get("event_type", "")
    occurred = _date(sent.get("occurred", "")[:LONGEST])
    known = Article.objects.visible_to(user).at_addresses(urls[:1]).first()
    article = known or Article()
    named = [str(text)[:LONGEST] for key, text in sent.items() if _NAMED.fullmatch(key)]
    return resembling.signs(
        title or article.title,
        f"{article.title}\n{article.text}",
        urls=urls,
        published=article.published,
        language=article.language,
        occurred=occurred,
        countries=[country] if country else [],
        event_types=[kind] if kind in EventType else [],
        names=named[:MOST_ARTICLES],
        coded=bool(country or occurred),
    )


def _addresses(sent: QueryDict) -> list[str]:
    lines = [sent.get("article_url", ""), *lines_of(sent.get("more_articles", ""))]
    return lines[:MOST_ARTICLES]


def _address(text: str) -> str:
    try:
        return page_address(text)
    except ValidationError:
        return ""


def _country(text: str) -> str:
    """Return the code of a country, of the sea or of no place, as the form takes it."""
    try:
        return str(DraftForm.base_fields["country_name"].clean(text))
    except ValidationError:
        return ""


def _date(text: str) -> str:
    try:
        return dates.read(normalised(text)) if text.strip() else ""
    except InvalidDate:
        return ""


def _named(page: str) -> str:
    return f"incidents_incident_{page}"
