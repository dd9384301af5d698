"""What was published never changes, by the database itself; run on whichever database is used."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from articles.models import Article
from incidents import checks, review, triggers
from incidents.codebook import State
from incidents.models import (
    Citation,
    Claim,
    Coding,
    Effect,
    Incident,
    Location,
    Record,
    StatusFinding,
    Target,
)
from tests import make

pytestmark = pytest.mark.django_db

ENDED = ("published", "superseded", "withdrawn")


def edition(state: str) -> Incident:
    """Return a whole edition in a state."""
    made = make.incident(
        state="published" if state == "superseded" else state,
        claims=[{"state": "RU"}],
        author=make.user("anna"),
    )
    if state == "superseded":
        make.incident(after=made)
        made.refresh_from_db()
    return made


def refused(write: Callable[[], Any], message: str = triggers.FROZEN) -> None:
    """Check that the database refuses a write with a message of ours."""
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        write()


def row_of(kind: type[models.Model], of: Incident) -> models.Model:
    """Return an unsaved row of an edition."""
    rows: dict[type[models.Model], dict[str, Any]] = {
        Location: {"country": "DE"},
        Target: {"country": "DE"},
        Coding: {"axis": "domain", "code": "legal", "primary": False},
        Effect: {"kind": "damage"},
        StatusFinding: {"status": "alleged", "date": "2020"},
        Claim: {"claimant": "X", "claimant_kind": "company", "date": "2024", "about": "nature"},
    }
    if kind is Citation:
        return Citation(incident=of, article=make.article())
    if kind is Incident.authors.through:
        return kind(incident_id=of.pk, user_id=make.user("late").pk)
    return kind(incident=of, **rows[kind])


CHANGES: dict[type[models.Model], dict[str, Any]] = {
    Location: {"country": "DE"},
    Target: {"country": "DE"},
    Coding: {"code": "legal"},
    Citation: {"note": "Changed."},
    Effect: {"kind": "damage"},
    StatusFinding: {"status": "ruled_out"},
    Claim: {"responsible_state": "BY"},
}


def test_none_is_missing_after_migration_and_the_check_is_silent() -> None:
    assert triggers.missing() == []
    assert checks.triggers_are_there(databases=["default"]) == []


def test_a_trigger_that_is_gone_is_warned_of_and_put_back() -> None:
    triggers.remove()
    names = {trigger.name for trigger in triggers.triggers(connection.vendor)}

    assert set(triggers.missing()) == names
    (warning,) = checks.triggers_are_there(databases=["default"])
    assert (warning.id, "incident_born_public" in warning.msg) == ("incidents.W001", True)

    triggers.install()
    assert triggers.missing() == []


COLUMNS: dict[str, Any] = {
    "title": "Another title",
    "summary": "",
    "occurred": "1999",
    "onset_from": "1999-01-01",
    "status": "ruled_out",
    "outcome": "foiled",
    "event_type": "vandalism",
    "country": "DE",
    "severity": 4,
    "marking": "amber",
    "number": 7,
    "domains": ["legal"],
    "approved_by": None,
    "published_at": None,
    "search_text": "",
    "version": 99,
}


@pytest.mark.parametrize("state", ENDED)
def test_no_column_of_a_published_edition_changes(state: str, subtests: pytest.Subtests) -> None:
    made = edition(state)
    for column, value in COLUMNS.items():
        with subtests.test(column):
            before = Incident.objects.filter(pk=made.pk).values().get()

            with pytest.raises(DatabaseError), transaction.atomic():
                Incident.objects.filter(pk=made.pk).update(**{column: value})

            assert Incident.objects.filter(pk=made.pk).values().get() == before


def test_every_column_but_state_end_and_present_marking_is_frozen() -> None:
    condition = next(t.condition for t in triggers.triggers("sqlite") if t.event == "UPDATE")

    for field in Incident._meta.local_concrete_fields:
        frozen = f'OLD."{field.column}" IS NOT NEW."{field.column}"' in condition
        assert frozen == (field.column not in triggers.MAY_CHANGE), field.column


@pytest.mark.parametrize("state", ENDED)
def test_a_published_edition_is_not_deleted(state: str) -> None:
    made = edition(state)

    refused(lambda: Incident.objects.filter(pk=made.pk)._raw_delete("default"))


@pytest.mark.parametrize("state", ENDED)
def test_no_row_is_added_to_a_published_edition(state: str, subtests: pytest.Subtests) -> None:
    made = edition(state)
    for kind in triggers.CHILDREN:
        with subtests.test(kind.__name__):
            row = row_of(kind, made)

            refused(partial(row.save, force_insert=True))


@pytest.mark.parametrize("state", ENDED)
def test_no_row_of_a_published_edition_changes(state: str, subtests: pytest.Subtests) -> None:
    made = edition(state)
    for kind, change in CHANGES.items():
        with subtests.test(kind.__name__):
            rows = kind._default_manager.filter(incident=made)
            first = rows.order_by("pk").values("pk")[:1].get()["pk"]

            refused(partial(kind._default_manager.filter(pk=first).update, **change))


@pytest.mark.parametrize("state", ENDED)
def test_no_row_of_a_published_edition_is_deleted(state: str, subtests: pytest.Subtests) -> None:
    made = edition(state)
    for kind in triggers.CHILDREN:
        with subtests.test(kind.__name__):
            rows = kind._default_manager.filter(incident=made)

            assert rows.exists()
            refused(partial(rows._raw_delete, "default"))


def test_no_row_moves_into_or_out_of_a_published_edition(subtests: pytest.Subtests) -> None:
    public, draft = edition("published"), edition("draft")
    for kind in CHANGES:
        with subtests.test(kind.__name__):
            inside, outside = (
                kind._default_manager.filter(incident=of).values_list("pk", flat=True)[0]
                for of in (public, draft)
            )

            refused(partial(kind._default_manager.filter(pk=inside).update, incident=draft))
            refused(partial(kind._default_manager.filter(pk=outside).update, incident=public))


def test_the_source_of_a_published_claim_stays() -> None:
    claim = edition("published").claims.get()
    through = Claim.citations.through._default_manager
    source = claim.citations.get()

    refused(lambda: through.filter(claim=claim)._raw_delete("default"))
    refused(lambda: through.filter(claim=claim).update(citation_id=source.pk))
    refused(lambda: through.create(claim_id=claim.pk, citation_id=source.pk))


def test_no_source_moves_to_a_published_claim() -> None:
    public, draft = edition("published"), edition("draft")
    source = Claim.citations.through._default_manager.filter(claim=draft.claims.get())

    refused(lambda: source.update(claim_id=public.claims.get().pk))


@pytest.mark.parametrize("state", ENDED)
def test_an_article_that_was_published_with_an_edition_keeps_its_address(state: str) -> None:
    made = edition(state)
    cited = Article.objects.filter(pk=made.citations.values("article")[:1])
    uncited = make.article()

    refused(lambda: cited.update(url="https://example.com/another"), triggers.ADDRESSED)

    assert cited.update(dead_since=timezone.now().date()) == 1
    assert Article.objects.filter(pk=uncited.pk).update(url="https://example.com/another") == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite replaces rows")
def test_nothing_that_was_published_is_replaced() -> None:
    public, draft = edition("published"), edition("draft")
    place = public.locations.get()
    moved = {"id": place.pk, "incident_id": draft.pk, "primary": 0}
    rewritten = {"id": public.pk, "state": "draft", "published_at": None, "title": "Another"}

    refused(lambda: replace(Location, place.pk, moved))
    refused(lambda: replace(Incident, public.pk, rewritten))


def replace(kind: type[models.Model], key: int, said: dict[str, Any]) -> None:
    """Write a row over the one that has its key, as SQLite can."""
    columns = [field.column for field in kind._meta.local_concrete_fields]
    values = ", ".join("%s" if name in said else f'"{name}"' for name in columns)
    named = ", ".join(f'"{name}"' for name in columns)
    table = kind._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT OR REPLACE INTO {table} ({named}) "  # noqa: S608
            f"SELECT {values} FROM {table} WHERE id = %s",
            [*(said[name] for name in columns if name in said), key],
        )


@pytest.mark.parametrize("table", ["incidents_incident", "incidents_location"])
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no TRUNCATE")
def test_no_table_of_what_was_published_is_emptied(table: str) -> None:
    edition("published")

    def empty() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"TRUNCATE {table} CASCADE")

    refused(empty)


@pytest.mark.parametrize("state", [State.SUPERSEDED, State.WITHDRAWN])
def test_a_published_edition_may_end(state: str) -> None:
    made = edition("published")

    Incident.objects.filter(pk=made.pk).update(state=state, ended_at=timezone.now())

    made.refresh_from_db()
    assert made.state == state


@pytest.mark.parametrize("state", ["draft", "in_review", "discarded", "published"])
@pytest.mark.parametrize("before", ["superseded", "withdrawn"])
def test_what_has_ended_does_not_come_back(before: str, state: str) -> None:
    made = edition(before)

    refused(lambda: Incident.objects.filter(pk=made.pk).update(state=state))


def test_an_edition_ends_once_and_with_its_time() -> None:
    made = edition("published")

    refused(lambda: Incident.objects.filter(pk=made.pk).update(state=State.WITHDRAWN))
    refused(lambda: Incident.objects.filter(pk=made.pk).update(ended_at=timezone.now()))
    review.withdraw(made, by=make.reviewer(), reason="Wrong.")
    refused(lambda: Incident.objects.filter(pk=made.pk).update(ended_at=timezone.now()))


@pytest.mark.parametrize("state", ENDED)
def test_no_edition_is_born_public(state: str) -> None:
    made = Incident(record=Record.objects.create(), title="Born", occurred="2024", state=state)

    refused(made.save, "published from a draft")


def test_the_database_refuses_to_publish_ones_own_work() -> None:
    draft = edition("in_review")
    author = draft.authors.get()
    ours = {"state": State.PUBLISHED, "published_at": timezone.now(), "approved_by": author}

    refused(lambda: Incident.objects.filter(pk=draft.pk).update(**ours), triggers.OWN_WORK)

    ours["approved_by"] = make.reviewer()
    assert Incident.objects.filter(pk=draft.pk).update(**ours) == 1


@pytest.mark.parametrize("state", ["draft", "in_review", "changes_requested", "published"])
def test_no_author_is_taken_from_an_edition(state: str) -> None:
    made = edition(state)
    author = made.authors.get()
    row = Incident.authors.through._default_manager.filter(incident=made)
    message = triggers.FROZEN if state == "published" else triggers.AUTHORED

    refused(lambda: made.authors.remove(author), message)
    refused(lambda: row.update(user_id=make.user("else").pk), message)


@pytest.mark.parametrize("before", ["draft", "in_review"])
@pytest.mark.parametrize("state", [State.SUPERSEDED, State.WITHDRAWN])
def test_nothing_ends_that_was_not_published(state: str, before: str) -> None:
    made = edition(before)
    now = timezone.now()
    ended = {"state": state, "published_at": now, "ended_at": now}

    refused(
        lambda: Incident.objects.filter(pk=made.pk).update(**ended, approved_by=make.reviewer()),
        "published from review",
    )


@pytest.mark.parametrize("state", ["draft", "changes_requested", "discarded"])
def test_the_database_publishes_only_from_review(state: str) -> None:
    made = edition(state)
    public = {"state": State.PUBLISHED, "published_at": timezone.now()}

    refused(
        lambda: Incident.objects.filter(pk=made.pk).update(**public, approved_by=make.reviewer()),
        "published from review",
    )


def test_a_draft_changes_freely() -> None:
    draft = edition("draft")

    draft.title = "Another title"
    draft.save()
    draft.locations.update(country="DE")
    draft.claims.all().delete()
    draft.citations.all().delete()

    assert Incident.objects.get().title == "Another title"


def test_a_second_published_edition_of_a_record_is_refused() -> None:
    first = edition("published")
    draft = make.incident(after=first, state="in_review")
    public = {"state": State.PUBLISHED, "published_at": timezone.now()}

    with pytest.raises(DatabaseError), transaction.atomic():
        Incident.objects.filter(pk=draft.pk).update(**public, approved_by=make.reviewer())


@pytest.mark.parametrize("missing", ["approved_by", "published_at"])
def test_the_database_publishes_only_what_is_complete(missing: str) -> None:
    draft = edition("in_review")
    public = {"published_at": timezone.now(), "approved_by": make.reviewer()}
    public.pop(missing)

    with pytest.raises(DatabaseError), transaction.atomic():
        Incident.objects.filter(pk=draft.pk).update(state=State.PUBLISHED, **public)


def test_installing_again_changes_nothing() -> None:
    triggers.install()
    call_command("check", databases=["default"], fail_level="WARNING")

    assert triggers.missing() == []
    refused(lambda: Incident.objects.filter(pk=edition("published").pk).update(title="Changed"))
