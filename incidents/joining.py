"""Two records of one incident become one, and are taken apart again.

Law: a merge adds rows to a draft of the record that stays, and changes none of its own; it goes
through review like every other edition. What a merge brought is kept by `uid`, so that taking it
back leaves exactly the rest. Nobody joins rows that they may not read.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.codebook import Marking, strictest

from . import ledger, review
from .acts import become_part
from .cloning import RELATIONS, copied_fields, copy_rows, rows_of
from .codebook import ONCE_PUBLIC, WORKED_ON, ChangeReason, LedgerAction, Stance, State
from .content import gist
from .likeness import Rows, open_edition, plan, same_row, sorted_out
from .locks import hold
from .models import Citation, Claim, Incident, Joining, Record
from .publishing import marking_of
from .services import move_clocks, settle

# -- joining ---------------------------------------------------------------------------------


@transaction.atomic
def join(survivor: Record, other: Record, *, by: User) -> Incident:
    """Return the draft of `survivor` that takes in `other`, for its authors to look through.

    A draft that there is already is gone on with; where it took in the same record, it is joined
    anew. Once a second person approves it, `other` is a part of `survivor`.
    Raises ValidationError where `plan` does, or says why not.
    """
    survivor, other = _locked(survivor, other)
    found = plan(survivor, other, by)
    if found.refusals:
        raise ValidationError(found.refusals)
    draft = found.into
    if draft.state not in WORKED_ON:
        draft = review.revise(draft, by=by)
    elif draft.takes_in_id == other.pk:
        draft = leave_out(draft, by=by)
    joined, known = sorted_out(draft, found.source, by)
    kept = Joining(
        edition=draft,
        source=found.source,
        source_digest=gist(found.source),
        rows=[str(row.uid) for rows in joined.values() for row in rows],
        marking=draft.marking,
        status=draft.status,
        digest=gist(draft),
    )
    for row in (*joined["locations"], *joined["targets"]):
        row.primary = False
    copy_rows(joined, draft, *_stand_ins(draft, known))
    draft.marking = strictest([marking_of(draft), marking_of(found.source)])
    draft.takes_in, draft.change_reason = other, ChangeReason.MERGED
    draft.version += 1
    draft.authors.add(by)
    settle(draft)
    kept.save()
    move_clocks(public=False)
    return draft


def _locked(*records: Record) -> list[Record]:
    """Lock records and return them as they are now."""
    keys = [record.pk for record in records]
    found = hold(Q(pk__in=keys))
    return [found[key] for key in keys]


def _stand_ins(
    draft: Incident, known: Rows
) -> tuple[dict[int | None, Citation], dict[int | None, Claim]]:
    """Return the citations and claims of a draft that stand for those that it has already."""
    cited = {row.article_id: row for row in draft.citations.all()}
    claims = list(draft.claims.all())
    claimed = {
        row.pk: own for row in known["claims"] for own in claims if same_row("claims", row, own)
    }
    return {row.pk: cited[row.article_id] for row in known["citations"]}, {**claimed}


@transaction.atomic
def leave_out(draft: Incident, *, by: User) -> Incident:
    """Take out of a draft again what it was to take in; what was written otherwise stays.

    Raises ValidationError where it takes in nothing, is not being written, or a row that was
    written since rests on what goes.
    """
    _locked(draft.record)
    draft.refresh_from_db()
    joined = Joining.objects.filter(edition=draft).first()
    if joined is None or draft.state not in review.EDITABLE:
        raise ValidationError(_("There is no merge in this draft that could be left out."))
    rows = rows_of(draft)
    _without(rows, joined.rows)
    withdrawing = draft.claims.filter(uid__in=joined.rows, stance=Stance.WITHDRAWS)
    for claim in withdrawing.order_by("-date_to", "-date_from", "-pk"):
        claim.delete()  # before what it withdraws
    for relation in reversed(RELATIONS):
        getattr(draft, relation).filter(uid__in=joined.rows).delete()
    draft.takes_in, draft.change_reason = None, ""
    draft.version += 1
    draft.authors.add(by)
    _set_back(draft, joined)
    joined.delete()
    move_clocks(public=False)
    return draft


def _without(rows: Rows, gone: Collection[str]) -> Rows:
    """Return rows without those that a merge brought.

    Raises ValidationError where a withdrawal rests on one of them.
    """
    kept = {name: [row for row in of if str(row.uid) not in gone] for name, of in rows.items()}
    there = {row.pk for row in kept["claims"]}
    for claim in kept["claims"]:
        if claim.stance == Stance.WITHDRAWS and claim.supersedes_id not in there:
            raise ValidationError(
                _("“%(claim)s” withdraws a claim that came with the merge: change it first."),
                params={"claim": claim},
            )
    return kept


def _set_back(draft: Incident, joined: Joining) -> None:
    """Give a draft the status and the marking that it had before the merge.

    The marking comes back only where the draft says what it said then: what was written since
    was written for those who read the stricter one.
    """
    if not draft.findings.exists():
        draft.status = joined.status
    settle(draft)
    if gist(draft) == joined.digest:
        draft.marking = joined.marking
        draft.save()


# -- taking apart ----------------------------------------------------------------------------


@transaction.atomic
def take_apart(record: Record, *, by: User, reason: str) -> None:
    """Let a merged record stand for itself again, and leave the other one without what it brought.

    Both are published again at one moment, by editions that say what was published before; what
    never was public comes back as a draft.
    Raises ValidationError where it is not merged, `by` may not decide on it, no reason is given,
    or the record that stayed is being worked on, was merged itself or is not public.
    """
    record = Record.objects.get(pk=record.pk)
    joined = _brought(record)
    survivor, record = _locked(joined.edition.record, record)
    stays = _refuse_apart(record, survivor, joined, by=by, reason=reason)
    before = [stays.effective_marking, joined.source.effective_marking]
    now = timezone.now()
    become_part(record, None)
    ledger.append(
        LedgerAction.UNMERGED, record, by=by, public=ledger.is_public(*before), why=reason
    )
    after = _leave_survivor(stays, joined, by=by, at=now, reason=reason)
    after += _bring_back(record, stays, joined, by=by, at=now, reason=reason)
    move_clocks(public=ledger.is_public(*before, *after))


def _brought(record: Record) -> Joining:
    """Return what the merge of a record brought.

    Raises ValidationError where it is not merged, or nothing is known of it.
    """
    merges = Joining.objects.filter(
        edition__takes_in=record,
        edition__record=record.merged_into,
        edition__state__in=ONCE_PUBLIC,
    ).select_related("edition__record", "source", "given_up")
    last = merges.order_by("-edition__published_at").first()
    if last is None:
        raise ValidationError(_("This record is not a part of another one by a merge."))
    return last


def _refuse_apart(
    record: Record, survivor: Record, joined: Joining, *, by: User, reason: str
) -> Incident:
    """Refuse what `take_apart` says; return the edition by which the survivor is public."""
    if record.merged_into_id != survivor.pk:
        raise ValidationError(_("This record is not a part of another one by a merge."))
    if not reason.strip():
        raise ValidationError({"reason": [_("Say why the merge is taken back; readers are told.")]})
    try:
        Record._meta.get_field("withdrawn_reason").clean(reason, record)
    except ValidationError as error:
        raise ValidationError({"reason": error.messages}) from error
    if survivor.merged_into_id:
        raise ValidationError(_("The record that stayed was merged itself: take that back first."))
    if record.purged_at or survivor.purged_at:
        raise ValidationError(_("One of the two records was removed for good."))
    if open_edition(survivor):
        raise ValidationError(
            _("The record that stayed is being worked on: publish that or give it up first.")
        )
    visible = Incident.objects.visible_to(by)
    stays = visible.filter(record=survivor, state=State.PUBLISHED).first()
    if stays is None:
        raise ValidationError(_("The record that stayed is not public, or not for you."))
    if not Incident.objects.of_merged(by).filter(pk=joined.source_id).exists():
        raise ValidationError(_("The record was merged by people who may read more of it."))
    for edition in (stays, joined.source):
        if why := review.objection(edition, by):
            raise ValidationError(why)
    stays.record = survivor
    return stays


def _leave_survivor(
    stays: Incident, joined: Joining, *, by: User, at: datetime, reason: str
) -> list[str]:
    """Leave the survivor without what the merge brought; return how it is marked in public."""
    rows = _without(rows_of(stays), joined.rows)
    earlier = stays.record.editions.filter(
        state__in=ONCE_PUBLIC, number__lt=joined.edition.number
    ).order_by("-number")
    last = earlier.first()
    if last is None:
        review.withdraw(stays, by=by, reason=reason)
    draft = _copy(stays, rows, marking=stays.effective_marking)
    if not draft.findings.exists():
        draft.status = joined.status
        settle(draft)
    if last is None:
        _set_back(draft, joined)
        return []
    if gist(draft) == gist(last) and stays.effective_marking == joined.edition.marking:
        draft.marking = joined.marking
        _lower_past(joined, stays.record, by=by, reason=reason)
    before = _republish(draft, by=by, at=at, reason=reason)
    return [draft.effective_marking, *before]


def _lower_past(joined: Joining, record: Record, *, by: User, reason: str) -> None:
    """Give past editions back the marking that only the joined edition made stricter.

    The ledger knows of one present marking of a record. Where some past edition was kept from
    more people before the merge, all stay as they are, for somebody to decide.
    """
    marking, past = joined.marking, list(record.editions.filter(state__in=ONCE_PUBLIC))
    after = {edition.pk: strictest([edition.marking, marking]) for edition in past}
    were = {it.pk: joined.raised.get(str(it.pk), it.effective_marking) for it in past}
    if not joined.raised or after != were:
        return
    before = [edition.effective_marking for edition in past]
    for key, effective in after.items():
        Incident.objects.filter(pk=key).update(effective_marking=effective)
    record.marking = marking
    record.save(update_fields=["marking"])
    public = ledger.is_public(*before, *after.values())
    ledger.append(LedgerAction.LOWERED, record, by=by, public=public, why=reason)


def _bring_back(
    record: Record, stays: Incident, joined: Joining, *, by: User, at: datetime, reason: str
) -> list[str]:
    """Bring back the merged record as it was; return how it is marked in public."""
    source, given_up = joined.source, joined.given_up
    public = []
    # Made stricter since, what stayed may have been so for what was joined.
    merged, now = Marking(joined.edition.marking), Marking(stays.effective_marking)
    raised = [now] if now.strictness > merged.strictness else []
    if source.state == State.SUPERSEDED:
        marking = strictest([source.effective_marking, *raised])
        draft = _copy(source, rows_of(source), marking=marking)
        draft.record = record
        public += _republish(draft, by=by, at=at, reason=reason)
        public.append(draft.effective_marking)
    elif source.state == State.DISCARDED:
        given_up = source
    if given_up:
        rows = rows_of(given_up)
        if of_another := Joining.objects.filter(edition=given_up).first():
            rows = _without(rows, of_another.rows)
        draft = _copy(given_up, rows, marking=strictest([given_up.marking, *raised]))
        draft.change_reason, draft.change_note = given_up.change_reason, given_up.change_note
        draft.save()
    return public


def _copy(edition: Incident, rows: Rows, *, marking: str) -> Incident:
    """Return a new draft, by the same authors, of what an edition says with some rows."""
    draft = Incident(
        record=edition.record,
        number=review.next_number(edition.record),
        **{**copied_fields(edition), "marking": marking},
    )
    draft.save()
    draft.authors.set(edition.authors.all())
    copy_rows(rows, draft)
    settle(draft)
    return draft


def _republish(draft: Incident, *, by: User, at: datetime, reason: str) -> list[str]:
    draft.change_reason, draft.change_note = ChangeReason.UNMERGED, reason
    draft.save()
    return review.republish(draft, by=by, at=at, reason=reason)


def drafts_joining(one: Record, other: Record, user: User) -> list[Incident]:
    """Return the open drafts of either record that take in the other one."""
    open_drafts = Incident.objects.visible_to(user).filter(state__in=WORKED_ON)
    either = Q(record=one, takes_in=other) | Q(record=other, takes_in=one)
    return list(open_drafts.filter(either).select_related("record", "takes_in"))


def hindrance(record: Record, user: User) -> str:
    """Return why a user may not take a merged record out again, or nothing where they may."""
    try:
        joined = _brought(record)
        _refuse_apart(record, joined.edition.record, joined, by=user, reason="?")
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def merges(user: User, record: Record | None = None) -> list[Joining]:
    """Return the merges that stand, or that of one record, latest first, as `user` may read."""
    read = Incident.objects.of_merged(user).values("pk")
    kept = Incident.objects.visible_to(user, past=True).values("pk")
    standing = Joining.objects.filter(
        source__in=read,
        edition__in=kept,
        edition__takes_in__merged_into=F("edition__record"),
    )
    if record:
        standing = standing.filter(edition__takes_in=record)
    rows = standing.select_related("edition__record", "edition__approved_by", "source__record")
    last: dict[int, Joining] = {}
    for row in rows.order_by("-edition__published_at"):
        last.setdefault(row.source.record_id, row)
    return list(last.values())
