"""Two records side by side, and what somebody decided that they are to each other.

Law: what was decided on a pair is never asked again. Readers who are not staff are told of a
relation only once a second person confirmed it, and never of the note on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, Q, When
from django.utils.translation import gettext as _

from articles.clearance import clearance
from articles.codebook import Marking

from .codebook import WORKED_ON, Relation, State, Verdict
from .content import ROWS
from .diffs import LABELS, Change, Diff, diff
from .likeness import sorted_out
from .locks import hold
from .models import Comparison, Incident, Record
from .services import move_clocks

PRESENT = (*WORKED_ON, State.PUBLISHED)
_PUBLISHED_FIRST = Case(When(state=State.PUBLISHED, then=0), default=1)


# -- side by side ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one kind: those that both records have, and those of one alone."""

    label: str
    both: list[str]
    one: list[str]
    other: list[str]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What two editions say, as far as one reader may see it."""

    one: Incident
    other: Incident
    agree: list[Change]
    differ: list[Change]
    rows: list[Rows]


def side_by_side(one: Record, other: Record, user: User) -> SideBySide:
    """Return what two records say, each by its published edition or else by its draft.

    Raises ValidationError where `user` may not read both, or they are one.
    """
    first, second = standing(one, user), standing(other, user)
    if first is None or second is None or one.pk == other.pk:
        raise ValidationError(_("There are no two records here that you may read."))
    whole, theirs = diff(None, first, user), diff(None, second, user)
    differ = diff(first, second, user).fields
    named = {change.name for change in differ}
    titles = {**_titles(whole), **_titles(theirs)}
    alone, known = sorted_out(first, second, user)
    shared, _here = sorted_out(second, first, user)

    def told(rows: Iterable[object]) -> list[str]:
        return [titles[uid] for row in rows if (uid := str(getattr(row, "uid", ""))) in titles]

    return SideBySide(
        one=first,
        other=second,
        agree=[change for change in whole.fields if change.name not in named],
        differ=list(differ),
        rows=[
            Rows(str(LABELS[name]), told(known[name]), told(shared[name]), told(alone[name]))
            for name in ROWS
        ],
    )


def told_rows(edition: Incident, uids: Collection[str], user: User) -> list[tuple[str, list[str]]]:
    """Return some rows of an edition as they are told, by kind; those that `user` may read."""
    sections = diff(None, edition, user).sections
    found = (
        (section.label, [row.title for row in section.rows if row.uid in uids])
        for section in sections
    )
    return [(label, titles) for label, titles in found if titles]


def _titles(said: Diff) -> dict[str, str]:
    return {row.uid: row.title for section in said.sections for row in section.rows}


def standing(record: Record, user: User | AnonymousUser) -> Incident | None:
    """Return the edition by which a record stands for a reader: the published, else the draft."""
    visible = Incident.objects.visible_to(user).filter(record=record, state__in=PRESENT)
    return visible.select_related("record").order_by(_PUBLISHED_FIRST, "pk").first()


# -- decisions -------------------------------------------------------------------------------


@transaction.atomic
def decide(
    one: Record, other: Record, verdict: str, *, by: User, relation: str = "", note: str = ""
) -> Comparison:
    """Remember what two records are to each other; an earlier decision is replaced.

    Raises ValidationError where `by` may not read both, they are one, or the words are unknown.
    """
    for record in (one, other):
        if standing(record, by) is None:
            raise ValidationError(_("There are no two records here that you may read."))
    if one.pk == other.pk:
        raise ValidationError(_("A record is not compared with itself."))
    if verdict == Verdict.RELATED and not relation:
        raise ValidationError({"relation": [_("Say how they are related.")]})
    # Locked, so that of two decisions at once the later one replaces the earlier.
    first, second = hold(Q(pk__in=(one.pk, other.pk))).values()
    made = Comparison.objects.filter(one=first, other=second).first()
    was_told = made is not None and _told_to_all(made)
    made = made or Comparison(one=first, other=second)
    made.verdict, made.relation, made.note = verdict, relation, note
    made.decided_by, made.confirmed_by = by, None
    made.full_clean(exclude=["one", "other", "decided_by", "confirmed_by"])
    made.save()
    move_clocks(public=was_told)
    return made


@transaction.atomic
def confirm(comparison: Comparison, *, by: User) -> Comparison:
    """Tell all readers of both records that they are related, as a second person.

    Raises ValidationError where `by` is no reviewer, decided it, or may not read both.
    """
    comparison = Comparison.objects.select_for_update().get(pk=comparison.pk)
    if why := objection(comparison, by):
        raise ValidationError(why)
    comparison.confirmed_by = by
    comparison.save(update_fields=["confirmed_by"])
    move_clocks(public=_told_to_all(comparison))
    return comparison


def objection(comparison: Comparison, by: User) -> str:
    """Return why a user may not confirm a decision, or nothing where they may."""
    if not Comparison.objects.visible_to(by).filter(pk=comparison.pk).exists():
        return _("There are no two records here that you may read.")
    if comparison.verdict != Verdict.RELATED or comparison.confirmed_by_id:
        return _("There is nothing to confirm.")
    if not clearance(by).reviews:
        return _("Only reviewers confirm what two records are to each other.")
    if comparison.decided_by_id == by.pk:
        return _("A second person confirms: you decided it.")
    return ""


@transaction.atomic
def revoke(comparison: Comparison, *, by: User) -> None:
    """Forget what was decided, so that the pair may be asked about again.

    Raises ValidationError where `by` may not read both.
    """
    found = Comparison.objects.select_for_update().filter(pk=comparison.pk).first()
    if not Comparison.objects.visible_to(by).filter(pk=comparison.pk).exists() or found is None:
        raise ValidationError(_("There are no two records here that you may read."))
    comparison = found
    was_told = _told_to_all(comparison)
    comparison.delete()
    move_clocks(public=was_told)


def _told_to_all(comparison: Comparison) -> bool:
    """Tell whether the public is told of a relation."""
    if comparison.confirmed_by_id is None:
        return False
    pair = (comparison.one_id, comparison.other_id)
    clear = Incident.objects.filter(
        record__in=pair, state=State.PUBLISHED, effective_marking=Marking.CLEAR
    )
    return clear.count() == 2


def between(one: Record, other: Record, user: User) -> Comparison | None:
    """Return what was decided on two records that `user` may read."""
    pair = Q(one=one, other=other) | Q(one=other, other=one)
    found = Comparison.objects.visible_to(user).filter(pair)
    return found.select_related("decided_by", "confirmed_by").first()


# -- what follows from decisions -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Related:
    """Another record that somebody found to belong together with one."""

    incident: Incident
    relation: str
    note: str
    confirmed: bool

    @property
    def label(self) -> str:
        """The relation in words."""
        return str(Relation(self.relation).label) if self.relation else ""


def related(record: Record, user: User | AnonymousUser) -> list[Related]:
    """Return the records related to one that `user` may read, in two queries."""
    ties = Comparison.objects.visible_to(user).of(record).filter(verdict=Verdict.RELATED)
    by_record = {(tie.other_id if tie.one_id == record.pk else tie.one_id): tie for tie in ties}
    visible = Incident.objects.visible_to(user).filter(record__in=by_record, state__in=PRESENT)
    editions: dict[int, Incident] = {}
    for edition in visible.select_related("record").order_by(_PUBLISHED_FIRST, "pk"):
        editions.setdefault(edition.record_id, edition)
    staff = clearance(user).staff
    return [
        Related(
            incident=editions[key],
            relation=tie.relation,
            note=tie.note if staff else "",
            confirmed=tie.confirmed_by_id is not None,
        )
        for key, tie in by_record.items()
        if key in editions
    ]


def decided_on(record: Record, user: User) -> set[int]:
    """Return the keys of the records of which somebody said what they are to this one."""
    pairs = Comparison.objects.visible_to(user).of(record).values_list("one", "other")
    return {key for pair in pairs for key in pair} - {record.pk}


def decisions(user: User) -> list[Comparison]:
    """Return what was decided on pairs that `user` may read, latest first."""
    visible = Comparison.objects.visible_to(user).order_by("-decided_at", "-pk")
    return list(visible.select_related("one", "other", "decided_by", "confirmed_by"))


def by_reference(reference: str, user: User) -> Record | None:
    """Return the record of a reference, public or provisional, that `user` may read."""
    if not reference.isprintable():
        return None  # PostgreSQL fails on a NUL
    named = Q(reference=reference) | Q(provisional=reference)
    return Record.objects.visible_to(user).filter(named).first()
