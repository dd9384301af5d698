"""What is purged is gone everywhere, and what remains says only that it was there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, models, transaction
from django.test import Client

from articles import inbox
from articles.codebook import Marking
from articles.models import (
    Article,
    Attempt,
    Band,
    Capture,
    Check,
    Content,
    Derivation,
    Item,
    Watch,
)
from incidents import markings, purging, review, triggers
from incidents.codebook import LedgerAction, State, Verdict
from incidents.models import (
    Alert,
    Clock,
    Comparison,
    Effect,
    Incident,
    LedgerEntry,
    Location,
    MarkingChange,
    Proposed,
    Record,
    StatusFinding,
    Target,
)
from incidents.verification import verify
from tests import make
from tests.articles.stories import saying

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
CANARY = "zqcanary"
API = "/api/v1/incidents/"


def told(number: int) -> str:
    return f"{CANARY} {number}"


def full(title: str = told(1)) -> Incident:
    """Make a record of two editions, a withdrawal and a draft, with a canary in every text."""
    summary = f"{told(2)}: {make.SUMMARY}"
    first = make.incident(title, summary=summary, state="draft", change_note=told(3))
    Location.objects.filter(incident=first).update(place=told(4), admin1=told(5))
    Target.objects.filter(incident=first).update(name=told(6))
    Effect.objects.filter(incident=first).update(note=told(7))
    StatusFinding.objects.filter(incident=first).update(note=told(8))
    make.claim(first, claimant=told(9))
    review.comment(first, by=make.user("writer"), text=told(10))
    make.publish(first)
    second = make.incident(told(11), after=first, summary=summary, change_note=told(12))
    asked = markings.change(second.record, Marking.AMBER, by=make.user("writer"), reason=told(13))
    assert asked.granted
    lower = markings.change(second.record, Marking.CLEAR, by=make.user("writer"), reason=told(14))
    markings.decide(lower, by=make.reviewer(), granted=True)
    second.refresh_from_db()
    review.withdraw(second, by=make.reviewer(), reason=told(15))
    draft = review.revise(second, by=make.user("writer"))
    other = make.incident("Another fire")
    one, two = sorted((draft.record, other.record), key=lambda record: record.pk)
    Comparison.objects.create(
        one=one, other=two, verdict=Verdict.DISTINCT, note=told(16), decided_by=make.reviewer()
    )
    for row in (draft, draft.record):
        LogEntry.objects.create(
            user=make.user("writer"),
            content_type=ContentType.objects.get_for_model(row),
            object_id=str(row.pk),
            object_repr=told(17),
            action_flag=CHANGE,
            change_message=told(18),
        )
    Record.objects.filter(pk=draft.record_id).update(external_ids={"elsewhere": told(19)})
    return draft


def texts() -> str:
    """Return every value of every table."""
    tables = (model for model in apps.get_models(include_auto_created=True))
    return "\n".join(repr(row) for model in tables for row in model._base_manager.values_list())


def purge(of: Incident, **said: Any) -> purging.Purge:
    of.record.refresh_from_db()
    return purging.purge(of.record.public_id, **{"reason": "A court asked for it.", **said})


def test_nothing_of_the_content_is_left_in_any_table() -> None:
    draft = full()
    before = texts()
    assert [n for n in range(1, 20) if told(n) not in before] == []

    purge(draft, articles=True)

    assert CANARY not in texts()
    assert not Incident.objects.filter(record=draft.record_id).exists()
    assert Incident.objects.filter(state=State.PUBLISHED).count() == 1


def test_the_tombstone_keeps_reference_and_time_and_the_ledger_the_reason() -> None:
    draft = full()
    reference = draft.record.reference

    purge(draft, by=make.reviewer())

    record = Record.objects.get(pk=draft.record_id)
    assert (record.reference, record.external_ids, record.withdrawn_reason) == (reference, {}, "")
    assert record.purged_at
    last = LedgerEntry.objects.filter(chain="staff").order_by("number").last()
    assert last
    assert (last.action, last.record, last.by) == (LedgerAction.PURGED, record, "second")
    assert (last.why, last.at) == ("A court asked for it.", record.purged_at)
    earlier = LedgerEntry.objects.filter(record=record).exclude(action=LedgerAction.PURGED)
    assert set(earlier.values_list("why", "why_salt")) == {("", "")}


@pytest.mark.parametrize("articles", [False, True])
def test_the_ledger_still_verifies(articles: bool) -> None:
    draft = full()

    purge(draft, articles=articles)

    assert [str(fault) for fault in verify().faults] == []


def test_what_was_published_is_frozen_again_afterwards() -> None:
    draft, other = full(), make.incident()

    purge(draft)

    assert triggers.missing() == []
    with pytest.raises(DatabaseError, match=triggers.FROZEN), transaction.atomic():
        Incident.objects.filter(pk=other.pk).update(title="Changed")


@pytest.mark.parametrize("door", ["/incidents/", API])
def test_a_purged_record_answers_that_it_was_removed(door: str) -> None:
    draft = full()
    purge(draft)

    response = Client().get(f"{door}{draft.record.reference}/")

    assert response.status_code == 410
    assert b"was removed" in response.content
    assert CANARY not in response.content.decode()
    if door == API:
        assert response.json()["title"] == "Removed"
        assert response.json()["removed_at"]


@pytest.mark.parametrize(
    ("marking", "state", "public", "staff"),
    [
        ("clear", "published", 410, 410),
        ("clear", "withdrawn", 410, 410),
        ("clear", "draft", 404, 410),
        ("green", "published", 404, 410),
        ("amber", "published", 404, 410),
        ("red", "published", 404, 404),
    ],
)
@pytest.mark.parametrize("door", ["/incidents/", API])
def test_only_who_could_see_it_is_told(
    door: str, marking: str, state: str, public: int, staff: int
) -> None:
    edition = make.incident(marking=marking, state=state)
    colleague = Client()
    colleague.force_login(make.user("colleague", staff=True))
    address = f"{door}{Record.objects.get(pk=edition.record_id).public_id}/"
    purge(edition)

    told = Client().get(address)

    assert (told.status_code, colleague.get(address).status_code) == (public, staff)
    if public == 404:
        missing = Client().get(f"{door}HTI-1999-00001/")
        assert told.content == missing.content


def test_the_public_head_moves_only_where_something_clear_went() -> None:
    shown, hidden = make.incident(), make.incident(marking="amber")
    entries = LedgerEntry.objects.filter(chain="public")
    before, clock = entries.count(), Clock.objects.get(name="public").version

    purge(hidden)
    assert (entries.count(), Clock.objects.get(name="public").version) == (before, clock)

    purge(shown)
    assert (entries.count(), Clock.objects.get(name="public").version) == (before + 1, clock + 1)


def test_articles_stay_unless_they_are_asked_for_and_others_cite_them() -> None:
    alone, shared = make.article(), make.article()
    first = make.incident(citations=[alone, shared])
    make.incident(citations=[shared])
    second = make.incident(citations=[make.article()])

    purge(second)
    made = purge(first, articles=True)

    assert made.articles == [alone]
    assert not Article.objects.filter(pk=alone.pk).exists()
    assert Article.objects.count() == 2


def keep(article: Article, text: str = told(1)) -> Capture:
    """Keep everything of an article that can be kept."""
    capture = make.capture(article, text, title=text, headers=[["X", text]])
    Check.objects.create(article=article, at=capture.at, outcome="changed", capture=capture)
    asked = {"article": article, "by": make.user("analyst"), "begun_at": capture.at}
    Attempt.objects.create(**asked, ended_at=capture.at, failed=text)
    Attempt.objects.create(**asked, ended_at=capture.at, capture=capture)
    Band.objects.create(capture=capture, value=1)
    Derivation.objects.create(article=article, origin=text, sign="named")
    Derivation.objects.create(article=make.article(), source=article, sign="copy")
    watch = Watch.objects.create(publisher=make.publisher(), url=f"{article.url}feed")
    item = {"watch": watch, "found_at": capture.at, "title": text, "summary": text}
    Item.objects.create(**item, url=f"{article.url}?utm_source=feed")
    Item.objects.create(**item, url=f"{article.url}elsewhere", article=article)
    return capture


def test_what_was_captured_of_an_article_goes_with_it() -> None:
    article = make.article()
    keep(article)
    first = make.incident(citations=[article])

    made = purge(first, articles=True)

    assert made.articles == [article]
    assert CANARY not in texts()
    for kind in (Attempt, Capture, Check, Band, Content, Derivation, Item):
        assert not kind._base_manager.exists(), kind


def test_what_was_purged_does_not_come_back_from_its_feed() -> None:
    article = make.article()
    keep(article)
    announced = set(Item.objects.values_list("address_digest", flat=True))
    watch = Watch.objects.get()
    entries = "".join(
        f"<item><title>{told(1)}</title><link>{url}</link></item>"
        for url in (*Item.objects.values_list("url", flat=True), "https://example.org/new")
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{entries}</channel></rss>'

    purge(make.incident(citations=[article]), articles=True)
    inbox.look(watch, fetch=saying(feed))

    assert len(announced) == 2
    assert [item.url for item in Item.objects.all()] == ["https://example.org/new"]


def test_bytes_that_another_article_shows_too_stay() -> None:
    article, other = make.article(), make.article()
    for row in (article, other):
        make.capture(row, "What both say.")
    make.capture(article, "What one says.")

    purge(make.incident(citations=[article]), articles=True)

    assert Content.objects.get().captures.get().article == other


def test_what_was_captured_of_an_article_that_stays_stays() -> None:
    article = make.article()
    keep(article)

    purge(make.incident(citations=[article]))

    assert Capture.objects.count() == Content.objects.count() == 1
    assert Item.objects.count() == 2


def test_an_actor_that_nothing_else_names_is_told_of_and_stays() -> None:
    hidden, known = make.actor("Somebody"), make.actor("Everybody")
    edition = make.incident(claims=[{"actor": hidden}, {"actor": known}])
    make.incident(claims=[{"actor": known}])

    assert purge(edition).named == ["Somebody"]
    hidden.refresh_from_db()


def merged() -> tuple[Incident, Incident]:
    """Return the editions of a record that stayed and of one that became a part of it."""
    stays, other = make.incident("Fire that stays"), make.incident("Fire that was taken in")
    draft = make.incident(after=stays, state="draft", takes_in=other.record)
    return make.publish(draft), other


def test_what_was_merged_into_a_record_goes_with_it() -> None:
    stays, other = merged()

    purge(stays)

    assert not Incident.objects.exists()
    assert all(Record.objects.values_list("purged_at", flat=True))
    assert verify().faults == []
    other.record.refresh_from_db()
    assert Client().get(f"/incidents/{other.record.reference}/").status_code == 410


def test_a_merged_record_is_purged_alone() -> None:
    stays, other = merged()

    purge(other)

    assert set(Incident.objects.values_list("record", flat=True)) == {stays.record_id}
    assert verify().faults == []
    other.record.refresh_from_db()
    assert Client().get(f"/incidents/{other.record.reference}/").status_code == 410


def test_a_record_that_a_draft_takes_in_is_not_purged() -> None:
    stays, other = make.incident(), make.incident()
    make.incident(after=stays, state="draft", takes_in=other.record)

    with pytest.raises(ValidationError, match="takes it in"):
        purge(other)


def test_a_purge_says_why_and_happens_once() -> None:
    edition = make.incident()

    with pytest.raises(ValidationError, match="Say why"):
        purge(edition, reason=" ")
    with pytest.raises(ValidationError, match="no record"):
        purging.purge("HTI-1999-00001", reason="Wrong.")
    assert Incident.objects.exists()

    purge(edition)
    with pytest.raises(ValidationError, match="already"):
        purge(edition)


def test_a_purge_that_fails_removes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = make.incident()

    def fail(*_args: Any, **_said: Any) -> None:
        raise RuntimeError("The machine stops here.")

    monkeypatch.setattr(purging, "_bury", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        purge(edition)

    assert Incident.objects.get().title == edition.title
    assert triggers.missing() == []


def test_the_command_asks_before_it_removes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = make.incident()
    edition.record.refresh_from_db()
    said = ("purge", edition.record.public_id, "--reason", "A court asked for it.")

    monkeypatch.setattr("builtins.input", lambda _question: "yes")
    with pytest.raises(CommandError, match="Nothing was removed"):
        call_command(*said)
    assert Incident.objects.exists()

    monkeypatch.setattr("builtins.input", lambda _question: edition.record.public_id)
    call_command(*said)
    shown = capsys.readouterr().out
    assert not Incident.objects.exists()
    assert "Removed: 1 " in shown
    assert "1 articles stay" in shown


def test_every_table_that_hangs_on_a_record_is_one_that_a_purge_knows() -> None:
    """What hangs on an edition goes with it; a new table on a record has to be put here."""
    own = {Incident, Record, Comparison, MarkingChange, LedgerEntry, Proposed}
    own |= {Record.shared_with.through, Record.readers.through}  # who could read it
    own |= {Alert}  # who was told of it
    hanging = {
        relation.related_model
        for relation in Record._meta.get_fields(include_hidden=True)
        if isinstance(relation, models.ForeignObjectRel)
    }

    assert hanging == own


def test_what_the_desk_was_about_to_tell_goes_and_the_login_stays() -> None:
    edition = make.incident(told(1), state="draft")
    client = Client()
    client.force_login(make.user("reader", staff=True, is_superuser=True))
    session = client.session
    session[SessionStorage.session_key] = f"{told(1)} was changed."
    session.save()

    purge(edition)

    (kept,) = (row.get_decoded() for row in Session.objects.all())
    assert CANARY not in str(kept)
    assert client.get("/admin/").status_code == 200
