"""Hidden rows of every kind, whose every text is a canary that nobody may hear."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from articles.fields import AddressDigestField, AddressField, CodesField, EdtfField, FoldedField
from articles.models import (
    Article,
    Attempt,
    Check,
    Derivation,
    Item,
    Organisation,
    Publisher,
    PublisherDomain,
    Watch,
)
from incidents import indexing, review
from incidents.models import (
    Actor,
    ActorAlias,
    ActorParent,
    Alert,
    AuditEntry,
    Comparison,
    Incident,
    Introduction,
    MarkingChange,
    Proposed,
    Record,
    SavedView,
    Subscription,
    Token,
)
from incidents.services import MIN_SUMMARY
from tests import make

# What is no text of its own: codes, dates, derived columns, keys of the system.
NO_TEXT = (AddressDigestField, CodesField, EdtfField, FoldedField)
NO_CANARY = {
    "Incident": {"country", "target_country", "sector", "target_kind", "domain", "salt"},
    "Joining": {"source_digest", "rows", "digest", "raised"},
    "LedgerEntry": {"content", "why_salt", "why_digest", "previous", "hash"},
    "Coding": {"axis", "code"},
    "Clock": {"name", "stamp"},
    # Made of the texts of their rows.
    "IncidentDocument": {"title", "body"},
    "ArticleDocument": {"title", "body"},
    "Content": {"sha256"},
    "Purged": {"digest"},
    "Article": {"former_digest"},
    "Record": {"reference", "provisional"},
}


SECOND = "zqcanary-second"
WITHDRAWN = "zqcanary of a withdrawal"


class Canaries:
    """Fills the texts of hidden rows and remembers them."""

    def __init__(self) -> None:
        self.numbers = {model: count(1) for model in text_models()}
        self.texts: set[str] = set()
        self.filled: set[str] = set()

    def fill(self, *rows: models.Model) -> None:
        """Put a canary into every text of the rows."""
        for row in rows:
            name = type(row).__name__
            number = next(self.numbers[name])
            values = {field.name: self._text(name, field, number) for field in texts_of(type(row))}
            type(row)._base_manager.filter(pk=row.pk).update(**values)
            self.filled |= {f"{name}.{field}" for field in values}
            row.refresh_from_db()

    def hold(self, name: str, text: str) -> None:
        """Remember a text that a service wrote into a field, as in `LedgerEntry.why`."""
        self.texts.add(text)
        self.filled.add(name)

    def _text(self, model: str, field: models.Field[Any, Any], number: int) -> Any:
        slug = f"zqcanary-{model.lower()}-{number}z"
        if isinstance(field, models.JSONField):
            self.texts.add(slug)
            return {"zqcanary": slug}
        if field.name == "slug":
            text = slug
        elif isinstance(field, AddressField):
            text = f"https://{slug}.example/"
        else:
            text = f"zqcanary {model} {field.name} {number}z"
        if field.name == "summary":
            text += " and what is known of it fills two lines" * 2
            assert len(text) >= MIN_SUMMARY
        if field.max_length and len(text) > field.max_length:
            text = f"zq{number}z {field.name}"[: field.max_length]
        self.texts.add(text)
        return text


def text_models() -> list[str]:
    return [model.__name__ for model in ours()]


def ours() -> Iterator[type[models.Model]]:
    for room in ("articles", "incidents"):
        yield from apps.get_app_config(room).get_models()


def texts_of(model: type[models.Model]) -> list[Any]:
    """Return the fields of a model in which somebody writes."""
    return [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not field.choices
        and not isinstance(field, NO_TEXT)
        and field.name not in NO_CANARY.get(model.__name__, ())
    ]


def show(title: str) -> Incident:
    """Make what everybody may read."""
    outlet = make.publisher(f"Herald of {title}", language="pl")
    return make.incident(
        title,
        citations=[make.article(publisher=outlet, language="pl")],
        claims=[{"actor": make.actor(f"Unit of {title}"), "state": "RU", "role": "directed"}],
        campaign=make.campaign(f"Campaign of {title}"),
        severity=2,
    )


def hide(canaries: Canaries, state: str, marking: str, after: Incident | None = None) -> Incident:
    """Make what not everybody may read, with rows of every kind."""
    outlet = make.publisher(language="mt")
    sources = [make.article(publisher=outlet, language="mt", published="1999") for _n in range(2)]
    unit, speaker, group = make.actor(), make.actor(), make.actor()
    alias = ActorAlias.objects.create(actor=unit, name="x")
    ActorParent.objects.create(actor=unit, parent=speaker)
    campaign = make.campaign()
    edition = make.incident(
        occurred="1999-05",
        event_type="vandalism",
        locations=[{"country": "MT", "lat": 35.9, "lon": 14.4, "precision": "exact"}],
        targets=[{"country": "MT", "sector": "food", "target_kind": "ngo"}],
        citations=sources,
        claims=[
            {"actor": unit, "state": "KP", "claimant_actor": speaker, "date": "1999-06"},
            {"actor": unit, "state": "BY", "date": "1999-06"},
        ],
        campaign=campaign,
        severity=4,
        marking=marking,
        state="draft",
        after=after,
    )
    rows = ("locations", "targets", "effects", "findings", "claims", "citations")
    canaries.fill(outlet, *sources, unit, speaker, group, alias, campaign, edition)
    canaries.fill(*(row for name in rows for row in getattr(edition, name).all()))
    _keep(canaries, outlet, *sources)
    edition.save()  # what is derived of the texts follows them
    if after is None:
        canaries.fill(edition.record)
    if state in ("published", "withdrawn"):
        make.publish(edition, approver=make.reviewer(SECOND))
    if state == "withdrawn":
        review.withdraw(edition, by=make.reviewer(SECOND), reason=WITHDRAWN)
    elif state != "published":
        Incident.objects.filter(pk=edition.pk).update(state=state)
    canaries.fill(review.comment(edition, by=make.user("writer"), text="Look."))
    return edition


def _keep(canaries: Canaries, outlet: Publisher, article: Article, source: Article) -> None:
    """Keep a capture of a hidden article, what it was taken from, and what announced it."""
    now = timezone.now()
    capture = make.capture(article, way="fetched")
    check = Check.objects.create(article=article, at=now, outcome="changed", capture=capture)
    taken = Derivation.objects.create(article=article, source=source, sign="copy")
    watch = Watch.objects.create(publisher=outlet, url=f"{article.url}feed", language="mt")
    item = Item.objects.create(watch=watch, url=article.url, found_at=now, article=article)
    attempt = Attempt.objects.create(
        article=article, by=make.user("writer"), begun_at=now, ended_at=now, failed="x"
    )
    domain = PublisherDomain.objects.create(publisher=outlet, domain=f"of-{outlet.slug}.example")
    canaries.fill(capture, check, taken, watch, item, attempt, domain)


def hide_all(canaries: Canaries, shown: Incident) -> None:
    """Hide something in every way there is."""
    for state in ("draft", "in_review", "changes_requested", "discarded"):
        hide(canaries, state, "clear")
    for marking in ("green", "amber", "amber_strict", "red"):
        hide(canaries, "published", marking)
    hide(canaries, "draft", "red")
    hide(canaries, "withdrawn", "amber")
    hide(canaries, "draft", "clear", after=shown)
    for number, record in enumerate(Record.objects.filter(reference=None).order_by("pk")[:3]):
        provisional = f"P-22222222222{2 + number}"
        Record.objects.filter(pk=record.pk).update(provisional=provisional)
    for marking in ("green", "amber", "red"):
        figure = make.figure(marking=marking, attributed_to="KP")
        rendition = make.rendition(figure, make.article(marking=marking))
        canaries.fill(figure, rendition, rendition.article)
    _hide_around(canaries, shown)
    # A visible actor belongs to a hidden one.
    front = make.actor()
    canaries.fill(front)
    ActorParent.objects.create(actor=Actor.objects.get(slug="unit-of-great-fire"), parent=front)
    indexing.rebuild()  # what a queryset updates is not followed


def _hide_around(canaries: Canaries, shown: Incident) -> None:
    """Hide what stands around records: decisions, traces, organisations."""
    canaries.hold("LedgerEntry.by", SECOND)
    canaries.hold("LedgerEntry.why", WITHDRAWN)
    writer = make.user("writer")
    hidden = list(Record.objects.exclude(pk=shown.record_id).filter(reference=None).order_by("pk"))
    pairs = [(shown.record, hidden[0]), (hidden[0], hidden[1])]
    for pair in pairs:
        one, other = sorted(pair, key=lambda record: record.pk)
        canaries.fill(
            Comparison.objects.create(
                one=one,
                other=other,
                verdict="related",
                relation="copycat",
                decided_by=writer,
                confirmed_by=make.reviewer(SECOND),
            )
        )
    for record in (shown.record, hidden[0]):
        canaries.fill(
            MarkingChange.objects.create(
                record=record, before="amber", after="clear", reason="x", asked_by=writer
            )
        )
        canaries.fill(
            Proposed.objects.create(record=record, language="en", part="x", kept=True, by=writer)
        )
    canaries.fill(Organisation.objects.create(name="x", slug="x"))
    ends = timezone.now() + timedelta(days=1)
    canaries.fill(
        Token.objects.create(user=writer, name="x", digest="x", scope="read", expires_at=ends)
    )
    view = SavedView.objects.create(owner=writer, name="x", query="country=MT")
    watch = Subscription.objects.create(user=writer, view=view)
    news = Alert.objects.create(user=writer, view=view, record=hidden[0], news="new", named="x")
    introduction = Introduction.objects.create(
        kind="country", subject="MT", text="x", author=writer
    )
    canaries.fill(view, watch, news, introduction)
    said = "zqcanary of what was done"
    AuditEntry.objects.create(user=writer, name=SECOND, deed="export", subject=said)
    canaries.hold("AuditEntry.name", SECOND)
    canaries.hold("AuditEntry.subject", said)
