"""What is removed for good, by law or to protect a person; what remains says only that it was.

Law: of the content nothing stays in any table, and the salts go with it, so that no digest in
the ledger can be tried out. The record, its reference and its entries stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import NestedObjects
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import inbox
from articles.models import Article, Item

from . import indexing, ledger, triggers
from .codebook import ONCE_PUBLIC, WORKED_ON, LedgerAction
from .locks import hold
from .models import (
    Actor,
    Campaign,
    Citation,
    Claim,
    Comparison,
    Incident,
    Joining,
    LedgerEntry,
    MarkingChange,
    Proposed,
    Record,
    Rendition,
)
from .services import move_clocks


@dataclass(slots=True)
class Purge:
    """What a purge removes, and what it leaves for somebody to look at."""

    records: list[Record]
    removed: Counter[str] = field(default_factory=Counter)
    # Articles that nothing else cites, actors and campaigns that nothing else names.
    articles: list[Article] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    # Records that hold rows which came from what is removed.
    holding: list[str] = field(default_factory=list)


def plan(reference: str) -> Purge:
    """Return what a purge of a record would remove, together with what was merged into it.

    Raises ValidationError where there is no such record, it was purged already, or an edition
    that is worked on takes it in.
    """
    record = Record.objects.filter(Q(reference=reference) | Q(provisional=reference)).first()
    if record is None:
        raise ValidationError(_("There is no record of this reference."))
    if record.purged_at:
        raise ValidationError(_("This record was purged already."))
    made = Purge(_with_parts(record))
    own = Incident.objects.filter(record__in=made.records)
    taking = Incident.objects.filter(takes_in__in=made.records, state__in=WORKED_ON)
    if other := taking.exclude(record__in=made.records).select_related("record").first():
        raise ValidationError(
            _("A draft of %(record)s takes it in: have that left out first."),
            params={"record": other.record.public_id},
        )
    for model, rows in _reached(own).items():
        made.removed[str(model._meta.verbose_name)] = len(rows)
    made.articles = list(_cited_here_alone(own))
    made.named = _named_here_alone(own)
    joined = Joining.objects.filter(source__in=own).exclude(edition__in=own)
    made.holding = sorted({row.edition.record.public_id for row in joined})
    return made


@transaction.atomic
def purge(reference: str, *, reason: str, by: User | None = None, articles: bool = False) -> Purge:
    """Remove the content of a record everywhere and leave a tombstone without any.

    Raises ValidationError where `plan` does, or no reason is given.
    """
    if not reason.strip():
        raise ValidationError({"reason": [_("Say why; the ledger keeps the reason.")]})
    made = plan(reference)
    keys = [record.pk for record in made.records]
    hold(Q(pk__in=keys))
    own = Incident.objects.filter(record__in=keys)
    markings = {
        key: list(own.filter(record=key, state__in=ONCE_PUBLIC).values_list("effective_marking"))
        for key in keys
    }
    with triggers.lifted():
        _remove(own)
    _remove(Comparison.objects.filter(Q(one__in=keys) | Q(other__in=keys)), made.removed)
    _remove(MarkingChange.objects.filter(record__in=keys), made.removed)
    _remove(Proposed.objects.filter(record__in=keys), made.removed)
    if articles:
        listed = [article.pk for article in made.articles]
        # What a feed announced says what the article said.
        digests = [article.address_digest for article in made.articles]
        announced = Item.objects.filter(Q(article__in=listed) | Q(address_digest__in=digests))
        # Nor does it say so again.
        inbox.bar([*digests, *announced.values_list("address_digest", flat=True)])
        _remove(announced, made.removed)
        _remove(Article.objects.filter(pk__in=listed), made.removed)
    _forget(Record, keys)
    # The word of a merge is the provisional reference of another record, and says nothing.
    entries = LedgerEntry.objects.filter(record__in=keys).exclude(action=LedgerAction.MERGED)
    made.removed[str(_("reason in the ledger"))] = entries.update(why="", why_salt="")
    _forget_messages()
    indexing.forget()
    for record in made.records:
        public = ledger.is_public(*(marking for (marking,) in markings[record.pk]))
        _bury(record, reason, by=by, public=public)
    return made


def _bury(record: Record, reason: str, *, by: User | None, public: bool) -> None:
    """Leave of a record what says nothing, and enter that it was purged."""
    record.purged_at = timezone.now()
    record.external_ids, record.withdrawn_reason = {}, ""
    record.withdrawn_by, record.last_verified = None, None
    record.save()
    ledger.append(
        LedgerAction.PURGED, record, by=by, public=public, why=reason, at=record.purged_at
    )
    move_clocks(public=public)


def _with_parts(record: Record) -> list[Record]:
    """Return a record with those that were merged into it, in however many steps."""
    found, newest = [record], [record]
    while newest:
        known = [one.pk for one in found]
        newest = list(Record.objects.filter(merged_into__in=newest).exclude(pk__in=known))
        found += newest
    return [one for one in found if one.purged_at is None]


def _reached(rows: QuerySet[Any]) -> dict[type[models.Model], set[models.Model]]:
    """Return all rows that go when `rows` go, by their model."""
    collector: Any = NestedObjects(using=connection.alias)
    collector.collect(rows)
    return dict(collector.model_objs)


def _remove(rows: QuerySet[Any], removed: Counter[str] | None = None) -> None:
    """Delete rows with all that hangs on them, and what the desk's log says of any of it."""
    reached = _reached(rows)
    for model, gone in reached.items():
        _forget(model, [row.pk for row in gone])
        if removed is not None:
            removed[str(model._meta.verbose_name)] += len(gone)
    rows.delete()


def _forget(model: type[models.Model], keys: Collection[Any]) -> None:
    """Delete what the desk's log says of some rows, their titles in it."""
    of_model = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
    of_model.filter(object_id__in=[str(key) for key in keys]).delete()


def _forget_messages() -> None:
    """Delete what the desk was about to tell somebody, titles in it, from every session."""
    for session in Session.objects.iterator():
        kept = session.get_decoded()
        if kept.pop(SessionStorage.session_key, None) is not None:
            told = Session.objects.encode(kept)
            Session.objects.filter(pk=session.pk).update(session_data=told)


def _cited_here_alone(own: QuerySet[Incident]) -> QuerySet[Article]:
    """Return the articles that editions cite and nothing else rests on."""
    cited = Citation.objects.filter(incident__in=own).values("article")
    elsewhere = Citation.objects.exclude(incident__in=own).values("article")
    copied = Article.objects.filter(derived_from__isnull=False).exclude(pk__in=cited)
    return (
        Article.objects.filter(pk__in=cited)
        .exclude(pk__in=elsewhere)
        .exclude(pk__in=Rendition.objects.values("article"))
        .exclude(pk__in=copied.values("derived_from"))
    )


def _named_here_alone(own: QuerySet[Incident]) -> list[str]:
    """Return the actors and campaigns that no other record names, as somebody would call them."""
    claims, others = (
        Claim.objects.filter(incident__in=own),
        Claim.objects.exclude(incident__in=own),
    )
    here, elsewhere = (_actors(rows) for rows in (claims, others))
    actors = Actor.objects.filter(pk__in=here - elsewhere)
    campaigns = Campaign.objects.filter(pk__in=own.values("campaign"))
    kept = Incident.objects.exclude(pk__in=own.values("pk")).filter(campaign__isnull=False)
    return [*map(str, actors), *map(str, campaigns.exclude(pk__in=kept.values("campaign")))]


def _actors(claims: Iterable[Claim]) -> set[int]:
    return {key for row in claims for key in (row.accused_actor_id, row.claimant_actor_id) if key}
