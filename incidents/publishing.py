"""An edition takes the place of the one before, and what it takes in becomes a part of its record.

Law: what is written here is a part of a step of `incidents.review` and of its transaction; whether
somebody may publish is asked there.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.codebook import Marking, strictest
from articles.services import release

from . import ledger
from .acts import become_part, public_edition, say, stepped, writes
from .codebook import ONCE_PUBLIC, WORKED_ON, Act, LedgerAction, State
from .content import gist
from .models import Incident, Joining, Record, ReferenceCounter
from .querysets.editions import IncidentQuerySet
from .raising import raise_parts
from .services import move_clocks


def publish(
    record: Record, edition: Incident, was: Incident | None, *, by: User, at: datetime
) -> list[str]:
    """Publish an edition that was found fit to be, and end the one before.

    Returns how what the record said in public was marked until then, the last first.
    """
    past = Incident.objects.filter(record=record, state__in=ONCE_PUBLIC).order_by("-number")
    before = list(past.values_list("effective_marking", flat=True))
    if was:
        was.state, was.ended_at = State.SUPERSEDED, at
        was.save(update_fields=["state", "ended_at"])
    record.marking = edition.marking
    record.first_published_at = record.first_published_at or at
    record.withdrawn_reason, record.withdrawn_by = "", None
    if edition.marking == Marking.CLEAR and record.reference is None:
        record.reference = next_reference(at.year)
    record.save()
    edition.record = record
    edition.effective_marking = edition.marking
    edition.state, edition.published_at = State.PUBLISHED, at
    edition.approved_by, edition.salt = by, ledger.new_salt()
    stepped(edition)
    _raise_past(record, edition)
    cited = edition.citations.filter(marking=Marking.CLEAR).values_list("article", flat=True)
    stricter = edition.citations.exclude(marking=Marking.CLEAR)
    share = partial(release, shared_with=record.shared_with.all(), readers=record.readers.all())
    share(list(cited), Marking(edition.marking))
    for article, marking in stricter.values_list("article", "marking"):
        share([article], strictest([marking, edition.marking]))
    why = ": ".join(filter(None, (edition.change_reason, edition.change_note)))
    ledger.append(
        LedgerAction.PUBLISHED,
        record,
        by=by,
        public=ledger.is_public(edition.effective_marking, *before),
        edition=edition,
        why=why,
    )
    _raise_merged(record, edition, before, by=by, why=why)
    return before


def _raise_past(record: Record, edition: Incident) -> None:
    """Let nobody read in a past edition what the one that takes its place keeps from them."""
    _looser_past(record, edition).update(effective_marking=edition.marking)


def _looser_past(record: Record, edition: Incident) -> IncidentQuerySet:
    """Return what a record said in public at a looser marking than that of an edition of it."""
    than = Marking(edition.marking).strictness
    looser = [marking for marking in Marking if marking.strictness < than]
    past = Incident.objects.filter(record=record, state__in=ONCE_PUBLIC)
    return past.filter(effective_marking__in=looser)


def _raise_merged(
    record: Record, edition: Incident, before: list[str], *, by: User, why: str
) -> None:
    """Keep what was merged into a record from whom a stricter edition of it is kept.

    What it said last counts, although it was withdrawn since. A merge that makes it stricter is
    about what it takes in, not about what it took in before.
    """
    marking = Marking(edition.marking)
    if not before or edition.takes_in_id is not None:
        return
    stricter = marking.strictness > Marking(before[0]).strictness
    if stricter and raise_parts(record, marking, by=by, reason=why):
        move_clocks(public=True)


def next_reference(year: int) -> str:
    """Return the next public reference of a year; the counter's row is locked until commit."""
    ReferenceCounter.objects.get_or_create(year=year)
    counter = ReferenceCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save()
    return f"HTI-{year}-{counter.last:05d}"


def refuse_joined(edition: Incident, *, by: User, comment: str) -> None:
    """Refuse to take in what `by` may not decide on, or did not see, or what changed meanwhile."""
    joined = Joining.objects.filter(edition=edition).select_related("source__record").first()
    if joined is None:
        return
    source, name = joined.source, joined.source.record.public_id
    if not Incident.objects.visible_to(by).filter(pk=source.pk).exists():
        raise ValidationError(_("It takes in a record that you may not read."))
    if source.published_at is None and writes(source, by):
        raise ValidationError(
            _("A second person publishes: you are an author of %(record)s, which it takes in."),
            params={"record": name},
        )
    present = public_edition(source.record) or source
    if present.pk != source.pk or joined.source_digest != gist(source):
        raise ValidationError(
            _("%(record)s was changed since it was joined: join it again."), params={"record": name}
        )
    _note_markings(joined, edition)
    before, after = marking_of(source), Marking(edition.marking)
    if before.strictness > after.strictness and not comment.strip():
        raise ValidationError(
            _(
                "What it takes in from %(record)s was marked %(before)s and becomes %(after)s: "
                "say in a comment that this is meant."
            ),
            params={"record": name, "before": before.label, "after": after.label},
        )


def _note_markings(joined: Joining, edition: Incident) -> None:
    """Note what publishing an edition will make stricter, so that it can be taken back."""
    record = edition.record
    past = _looser_past(record, edition)
    joined.raised = {str(key): was for key, was in past.values_list("pk", "effective_marking")}
    if record.first_published_at:
        joined.marking = record.marking
    joined.save(update_fields=["raised", "marking"])


def marking_of(edition: Incident) -> Marking:
    """Return how an edition is marked by what somebody said of it, or of its record.

    A record that was never published, and of which nobody said anything, is marked by default.
    """
    record = edition.record
    said = record.first_published_at or record.marking_changes.filter(granted=True).exists()
    return Marking(edition.effective_marking if said else edition.marking)


def take_in(edition: Incident, *, by: User) -> list[str]:
    """Make what an edition takes in a part of its record; return how it was marked in public.

    It ends at the moment at which the edition was published, so that at no moment both count.
    """
    if edition.takes_in_id is None:
        return []
    loser = Record.objects.select_for_update().get(pk=edition.takes_in_id)
    if loser.merged_into_id or edition.record.merged_into_id or loser == edition.record:
        raise ValidationError(_("One of the two records was merged meanwhile."))
    was = public_edition(loser)
    if was:
        was.state, was.ended_at = State.SUPERSEDED, edition.published_at
        was.save(update_fields=["state", "ended_at"])
    for open_edition in loser.editions.filter(state__in=WORKED_ON):
        open_edition.state, open_edition.submitted_at = State.DISCARDED, None
        stepped(open_edition)
        say(open_edition, Act.DISCARDED, by)
        if was:
            Joining.objects.filter(edition=edition).update(given_up=open_edition)
    become_part(loser, edition.record)
    before = [was.effective_marking] if was else []
    ledger.append(
        LedgerAction.MERGED,
        loser,
        by=by,
        public=ledger.is_public(*before),
        edition=was,
        why=edition.record.provisional,
    )
    return before
