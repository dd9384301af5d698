"""The feed of a question: what was published of it last."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _

from articles import edtf
from articles.codebook import Marking, strictest

from . import keeping
from .about import LICENCE
from .dimensions import labels
from .dossiers import traced
from .filters import ask, query_of
from .formats import atom
from .pages import page_of_models
from .questions import Question
from .refusals import InvalidQuestion
from .snapshots import snapshot
from .words import in_words

MOST: Final = "50"
# When a feed changed of which there is nothing yet.
NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
NEWEST: Final = "-published"


def incidents(request: HttpRequest) -> HttpResponseBase:
    """Return the feed of a question; 400 with the reasons in words where it is none."""
    try:
        question = ask(request.GET, request.user)
    except InvalidQuestion as refused:
        return HttpResponse(f"{refused}\n", status=400, content_type="text/plain; charset=utf-8")
    if request.user.is_authenticated:
        return _answer(_written(question))
    with snapshot():
        key = keeping.key("feed", question.query())
        text = keeping.text_made_once(key, lambda: _written(question))
        response: Any = _answer(text)
    response["ETag"] = f'W/"{key}"'
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ("Cookie",))
    kept: Any = get_conditional_response(request, etag=response["ETag"], response=response)
    return kept  # type: ignore[no-any-return]


def _answer(text: str) -> HttpResponse:
    return HttpResponse(text, content_type=f"{atom.MEDIA_TYPE}; charset=utf-8")


def _written(question: Question) -> str:
    """Write the feed of a question."""
    asked = {**question.params(), "order": [NEWEST], "page_size": [MOST]}
    listed = ask(query_of(asked), question.asker, {"order", "page_size"})
    found = page_of_models(listed).incidents
    entries = [_entry(incident) for incident in found]
    marking = strictest([incident.effective_marking for incident in found])
    query = question.query()
    feed = atom.Feed(
        title=f"HTI: {in_words(question)}",
        address=_address("incidents-atom", query),
        page=_address("incidents", query),
        rights=LICENCE
        if marking == Marking.CLEAR
        else _("%(marking)s: not for passing on.") % {"marking": marking.label},
        updated=max((entry.updated for entry in entries), default=NEVER),
    )
    return atom.write(feed, entries)


def _entry(incident: Any) -> atom.Entry:
    address = settings.SITE_URL + reverse("incident", args=(incident.record.public_id,))
    updated = incident.published_at or incident.changed_at
    said = {
        name: labels(name, [value])[value]
        for name, value in (
            ("event_type", incident.event_type),
            ("country", incident.country),
            ("status", incident.known_status),
        )
        if value
    }
    blamed = ", ".join(
        f"{labels('country', [trace.state])[trace.state]} ({_('level')} {trace.level})"
        for trace in traced(incident.claims.all())
    )
    parts = [edtf.in_words(incident.occurred), *said.values()]
    parts.append(
        _("traced to %(states)s") % {"states": blamed} if blamed else _("traced to nobody")
    )
    return atom.Entry(
        name=address,
        address=address,
        title=incident.title,
        summary=f"{' · '.join(parts)}. {incident.summary}",
        category=incident.event_type,
        published=incident.record.first_published_at or updated,
        updated=updated,
    )


def _address(name: str, query: str) -> str:
    return f"{settings.SITE_URL}{reverse(name)}" + (f"?{query}" if query else "")
