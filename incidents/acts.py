"""What each step of an edition keeps: a new version, what was done by whom, and who wrote it."""

from __future__ import annotations

from django.contrib.auth.models import User

from .codebook import Act, State
from .models import Comment, Incident, Record
from .notices import waits_no_more


def stepped(edition: Incident) -> None:
    """Save an edition whose state moved on; whoever read it before holds an old version."""
    edition.version += 1
    edition.save()
    if edition.state != State.IN_REVIEW:
        waits_no_more(edition)


def say(edition: Incident, act: Act, by: User, text: str = "") -> Comment:
    """Write what somebody did to an edition, and what they said of it, among its comments."""
    said = Comment(edition=edition, act=act, author=by, text=text)
    said.full_clean(exclude=["edition", "author"])
    said.save()
    return said


def public_edition(record: Record) -> Incident | None:
    """Return the edition of a record that is public now."""
    return Incident.objects.filter(record=record, state=State.PUBLISHED).first()


def become_part(record: Record, of: Record | None) -> None:
    """Make a record a part of another one, or have it stand for itself, and tell its editions."""
    record.merged_into = of
    record.save(update_fields=["merged_into"])
    Incident.objects.filter(record=record).update(merged=of is not None)


def authors(edition: Incident, *, but: User) -> set[User]:
    """Return who wrote an edition, `but` aside, who is not told what they did."""
    return set(edition.authors.exclude(pk=but.pk))


def writes(edition: Incident, user: User) -> bool:
    """Tell whether a user is one of the authors of an edition."""
    return any(author.pk == user.pk for author in edition.authors.all())
