"""Introductions: what somebody wrote on a subject, and who let the public read it.

Law: a second person stands between a text and the public; each text is kept; a text is read
only where its subject is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.clearance import clearance
from articles.models import Publisher
from articles.querysets import reads_unpublished

from .codebook import Sector, Subject
from .livenumbers import Piece, check, paragraphs
from .models import Actor, Campaign, Introduction
from .models.children import PLACE_CHOICES

Reader = User | AnonymousUser
SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Introduced:
    """A subject with its present text as its reader reads it, and whether another one waits."""

    kind: str
    subject: str
    text: Introduction | None
    paragraphs: list[list[Piece]]
    waiting: bool
    writes: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text that nobody approved yet, and what its subject is called."""

    text: Introduction
    called: str


def introduced(kind: str, subject: str, user: Reader) -> Introduced:
    """Return what stands at the head of the page of a subject."""
    on = Introduction.objects.visible_to(user).on(kind, subject)
    text = on.approved().first()
    staff = reads_unpublished(user)
    return Introduced(
        kind=kind,
        subject=subject,
        text=text,
        paragraphs=paragraphs(text.text, user) if text else [],
        waiting=staff and on.waiting().exists(),
        writes=staff,
    )


def called(kind: str, subject: str, user: Reader) -> str:
    """Return what a subject is called.

    Raises Http404 alike for what is not there and what `user` may not see.
    """
    find = _FIND.get(kind)
    name = find(subject, user) if find else None
    if name is None:
        raise Http404
    return name


def texts(kind: str, subject: str, user: Reader) -> list[Introduction]:
    """Return the texts on a subject that `user` may read, the latest first."""
    on = Introduction.objects.visible_to(user).on(kind, subject)
    return list(on.select_related("author", "approved_by").order_by("-pk")[:SHOWN])


def waiting(user: User) -> list[Waiting]:
    """Return the texts that wait for a second person, on subjects that `user` sees."""
    found = Introduction.objects.visible_to(user).waiting().select_related("author")
    told = []
    for text in found[:SHOWN]:
        name = _FIND[text.kind](text.subject, user)
        if name is not None:
            told.append(Waiting(text, name))
    return told


@transaction.atomic
def write(kind: str, subject: str, text: str, by: User) -> Introduction:
    """Keep a text, which waits for a second person.

    Raises ValidationError where it is empty, too long, says nothing new, or holds a live number
    that nobody could ask for; Http404 where there is no such subject.
    """
    called(kind, subject, by)
    if not reads_unpublished(by):
        raise ValidationError(_("Introductions are written by staff."))
    written = Introduction(kind=kind, subject=subject, text=text, author=by)
    written.full_clean()
    try:
        check(written.text)
    except ValidationError as refused:
        raise ValidationError({"text": refused.messages}) from None
    last = Introduction.objects.visible_to(by).on(kind, subject).order_by("-pk").first()
    if last and last.text == written.text:
        raise ValidationError({"text": [_("That is what is written already.")]})
    written.save()
    return written


def objection(text: Introduction, by: User) -> str:
    """Return why a user may not approve a text, or nothing where they may."""
    if not clearance(by).reviews:
        return _("Only reviewers let the public read a text.")
    if text.author_id == by.pk:
        return _("A second person lets the public read it: you wrote this text.")
    return ""


@transaction.atomic
def approve(text: Introduction, by: User) -> Introduction:
    """Let the public read a text in place of the one before.

    Raises ValidationError where `by` may not, it was approved, or a later one waits.
    """
    current = Introduction.objects.visible_to(by).waiting().select_for_update(of=("self",))
    found = current.filter(pk=text.pk).first()
    if found is None:
        raise ValidationError(_("This text waits no more: it was approved, or written anew."))
    if why := objection(found, by):
        raise ValidationError(why)
    # What could be asked when it was written may be hidden by now.
    check(found.text)
    found.approved_by, found.approved_at = by, timezone.now()
    found.save(update_fields=["approved_by", "approved_at"])
    return found


def _entry(rows: Any) -> str | None:
    found = rows.first()
    return str(found) if found else None


_FIND: Final[dict[str, Callable[[str, Reader], str | None]]] = {
    Subject.COUNTRY: lambda code, _user: _of(PLACE_CHOICES, code),
    Subject.SECTOR: lambda code, _user: _of(Sector.choices, code),
    Subject.ACTOR: lambda slug, user: _entry(
        Actor.objects.visible_to(user).filter(slug=slug, merged_into=None)
    ),
    Subject.CAMPAIGN: lambda slug, user: _entry(
        Campaign.objects.visible_to(user).filter(slug=slug)
    ),
    Subject.OUTLET: lambda slug, user: _entry(Publisher.objects.visible_to(user).filter(slug=slug)),
}


def _of(choices: Any, code: str) -> str | None:
    label = dict(choices).get(code)
    return None if label is None else str(label)
