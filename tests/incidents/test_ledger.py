"""The ledger: it only grows, tells what happened, and whatever is changed behind it is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from articles.codebook import Marking
from incidents import adoption, content, ledger, markings, review, triggers
from incidents.codebook import Chain, Deed, LedgerAction
from incidents.models import AuditEntry, Claim, Incident, LedgerEntry, Location, Record
from incidents.verification import verify
from tests import make, scratch

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]


def chain(name: str = Chain.STAFF) -> list[LedgerEntry]:
    return list(LedgerEntry.objects.filter(chain=name).order_by("number"))


def told(name: str = Chain.STAFF) -> list[tuple[str, int | None, str]]:
    return [(entry.action, entry.edition, entry.marking) for entry in chain(name)]


def faults() -> list[str]:
    return [str(fault) for fault in verify().faults]


def refused(write: Callable[[], Any], message: str = triggers.APPEND_ONLY) -> None:
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        write()


# -- what is entered -----------------------------------------------------------------------


def test_each_step_of_what_is_public_is_entered() -> None:
    edition = make.incident()
    second = make.incident(after=edition)
    make.marked(second, Marking.AMBER)
    lower = markings.change(second.record, Marking.CLEAR, by=make.user("writer"), reason="Safe.")
    markings.decide(lower, by=make.reviewer(), granted=True)
    second.refresh_from_db()
    review.withdraw(second, by=make.reviewer(), reason="It was a drill.")

    assert told() == [
        (LedgerAction.PUBLISHED, 1, "clear"),
        (LedgerAction.PUBLISHED, 2, "clear"),
        (LedgerAction.RAISED, None, "amber"),
        (LedgerAction.LOWERED, None, "clear"),
        (LedgerAction.WITHDRAWN, 2, "clear"),
    ]
    assert told(Chain.PUBLIC) == told()
    assert chain()[-1].why == "It was a drill."
    assert faults() == []


def test_what_is_never_public_is_not_entered() -> None:
    for state in ("draft", "in_review", "changes_requested", "discarded"):
        make.incident(state=state)

    assert told() == []
    assert ledger.head(Chain.STAFF).number == 0
    assert faults() == []


@pytest.mark.parametrize(
    ("first", "then", "public"),
    [
        (None, "clear", True),
        (None, "green", False),
        (None, "red", False),
        ("clear", "amber", True),
        ("amber", "clear", True),
        ("amber", "amber", False),
    ],
)
def test_the_public_chain_moves_only_with_what_is_clear(
    first: str | None, then: str, public: bool
) -> None:
    before = make.incident(marking=first) if first else None
    head = ledger.head(Chain.PUBLIC).hash

    make.incident(marking=then, after=before)

    assert (ledger.head(Chain.PUBLIC).hash != head) == public
    assert faults() == []


def test_a_merge_is_entered_for_the_record_that_became_a_part() -> None:
    stays, other = make.incident(), make.incident()
    make.publish(make.incident(after=stays, state="draft", takes_in=other.record))

    last = chain()[-1]
    assert (last.action, last.record, last.why) == (
        LedgerAction.MERGED,
        other.record,
        Record.objects.get(pk=stays.record_id).provisional,
    )
    assert faults() == []


def test_what_fails_leaves_no_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = make.incident(state="in_review")

    def fail(*_args: Any, **_said: Any) -> None:
        raise RuntimeError("The machine stops here.")

    monkeypatch.setattr(review, "tell", fail)
    with pytest.raises(RuntimeError):
        make.publish(draft)

    assert told() == []


def test_an_edition_is_sealed_as_the_database_holds_it() -> None:
    draft = make.incident(state="in_review")
    draft.title = "What only this process knows"

    ledger_of = make.publish(draft)

    assert Incident.objects.get().title == ledger_of.title == "Fire at a warehouse"
    assert faults() == []


# -- what the database refuses ---------------------------------------------------------------


def test_no_entry_is_deleted_or_changed() -> None:
    make.incident(change_note="A note.")
    entries = LedgerEntry.objects.filter(chain=Chain.STAFF)

    refused(lambda: entries._raw_delete("default"))
    for column, value in (
        ("hash", "0" * 64),
        ("number", 7),
        ("by", "somebody"),
        ("content", ""),
        ("why", "Another reason."),
        ("why_salt", "f" * 32),
        ("edition", None),
    ):
        refused(lambda column=column, value=value: entries.update(**{column: value}))  # type: ignore[misc]
    refused(lambda: entries.update(why="", why_salt="", by="somebody"))


def test_the_words_of_why_may_be_blanked_with_their_salt() -> None:
    make.incident(change_reason="correction", change_note="A note.")

    refused(lambda: LedgerEntry.objects.update(why=""))
    assert LedgerEntry.objects.update(why="", why_salt="") == 2


@pytest.mark.parametrize(
    "said", [{"number": 1}, {"number": 3}, {"previous": ""}, {"previous": "0" * 64}]
)
def test_an_entry_follows_the_last_one_of_its_chain(said: dict[str, Any]) -> None:
    make.incident()
    (last,) = chain()
    following = {"number": 2, "previous": last.hash, **said}
    entry = LedgerEntry.objects.get(pk=last.pk)
    entry.pk = None
    for name, value in following.items():
        setattr(entry, name, value)

    refused(lambda: entry.save(force_insert=True), triggers.OUT_OF_CHAIN)


def test_no_row_takes_the_place_of_an_entry() -> None:
    """SQLite would delete the one that is there and ask no trigger."""
    make.incident()
    (last,) = chain()
    copy = LedgerEntry.objects.get(pk=last.pk)
    copy.number, copy.previous = 2, last.hash

    refused(lambda: copy.save(force_insert=True))


def test_the_audit_log_only_grows() -> None:
    AuditEntry.objects.create(name="somebody", deed=Deed.LOGIN)

    refused(lambda: AuditEntry.objects.update(name="nobody"))
    refused(lambda: AuditEntry.objects.all()._raw_delete("default"))
    assert AuditEntry.objects.get().name == "somebody"


@pytest.mark.parametrize("table", ["incidents_ledgerentry", "incidents_auditentry"])
def test_no_table_is_emptied(table: str) -> None:
    make.incident()
    AuditEntry.objects.create(name="somebody", deed=Deed.LOGIN)
    empty = "DELETE FROM" if connection.vendor == "sqlite" else "TRUNCATE"

    def write() -> None:
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute(f"{empty} {table}")

    refused(write)


# -- adoption --------------------------------------------------------------------------------


def from_before_the_ledger() -> tuple[Incident, Incident]:
    """Make a database as it was before the ledger; return a withdrawn and an AMBER edition."""
    first = make.incident(claims=[{}])
    second = make.incident(after=first)
    withdrawn = make.incident(state="withdrawn")
    amber = make.incident(marking="amber")
    raised = make.incident()
    make.marked(raised, Marking.RED)
    other = make.incident()
    make.publish(make.incident(after=second, state="draft", takes_in=other.record))
    triggers.remove()
    LedgerEntry.objects.all()._raw_delete("default")
    Incident.objects.update(salt="")
    triggers.install()
    return withdrawn, amber


def test_a_database_from_before_the_ledger_verifies_once_it_is_adopted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from_before_the_ledger()
    assert len(faults()) > 5

    with pytest.raises(CommandError, match="No fault was found"):  # its anchor was not written
        call_command("verify_ledger", "--adopt")

    shown = capsys.readouterr().out
    assert shown.count("Published") == 7
    assert faults() == []
    assert not Incident.objects.filter(published_at__isnull=False, salt="").exists()
    with pytest.raises(CommandError, match="done before"):
        call_command("verify_ledger", "--adopt")


def test_what_happens_before_the_adoption_is_in_order_after_it() -> None:
    withdrawn, amber = from_before_the_ledger()
    make.incident(after=withdrawn)
    review.withdraw(Incident.objects.get(pk=amber.pk), by=make.reviewer(), reason="Wrong.")
    make.incident()

    adoption.adopt()

    assert faults() == []


def test_a_salt_is_given_once() -> None:
    edition = make.incident()
    row = Incident.objects.filter(pk=edition.pk)

    refused(lambda: row.update(salt="f" * 32), triggers.FROZEN)
    refused(lambda: row.update(salt=""), triggers.FROZEN)


# -- what the digest covers ------------------------------------------------------------------


def test_a_second_row_of_one_uid_is_found() -> None:
    """The digest tells rows by their `uid`, and could hold one of the two only."""
    edition = make.incident()
    triggers.remove()
    row = Location.objects.get()
    Location.objects.create(incident=edition, uid=row.uid, country="DE", role="affected", pk=0)

    assert any("is not what was published" in fault for fault in faults())


def test_an_edition_that_says_otherwise_than_its_record_whether_it_was_merged_is_found() -> None:
    edition = make.incident()
    Incident.objects.filter(pk=edition.pk).update(merged=True)

    assert any("says otherwise whether the record is merged" in fault for fault in faults())


def test_a_claim_that_rests_on_a_row_of_another_edition_is_found() -> None:
    first = make.incident(claims=[{}])
    second = review.revise(first, by=make.user("writer"))
    second.change_reason = "correction"
    second.save()
    make.publish(second)
    triggers.remove()
    through = Claim.citations.through._base_manager.filter(claim__incident=second)
    through.update(citation=first.citations.get())

    assert any("rests on one of another edition" in fault for fault in faults())


def test_what_is_empty_does_not_change_a_digest() -> None:
    """So a column may be added later."""
    edition = make.incident(dating_note="")
    before = ledger.content_digest(edition)

    with pytest.MonkeyPatch.context() as patch:
        fewer = tuple(name for name in content.FIELDS if name != "dating_note")
        patch.setattr(content, "FIELDS", fewer)
        assert ledger.content_digest(edition) == before


# -- many at once ----------------------------------------------------------------------------


@pytest.mark.database
@pytest.mark.slow
def test_entries_of_several_processes_at_once_raise_no_alarm(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """`python -m tests.scratch appends` makes 10,000 of them, in a database of its own as here."""
    assert "0 faults, 0 warnings" in scratch.said_by("appends", 120, tmp_path_factory)
