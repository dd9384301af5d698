"""The heads of the ledger outside the database, and the command that compares the two."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import TestCase
from pytest_django import Settings

from incidents import anchors, checks, ledger, triggers
from incidents.codebook import Chain
from incidents.models import Incident, Location, Record
from incidents.verification import verify
from tests import make

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]


def faults() -> list[str]:
    return [str(fault) for fault in verify().faults]


@pytest.fixture
def anchor(tmp_path: Path, settings: Settings) -> Path:
    """Return an anchor file, which is not there yet, in a folder that is not there either."""
    settings.LEDGER_ANCHOR = tmp_path / "kept" / "ledger.anchor"
    return tmp_path / "kept" / "ledger.anchor"


# -- the anchor ------------------------------------------------------------------------------


def committed(make_it: Callable[[], Any]) -> Any:
    """Do something as if it was committed."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return make_it()


def test_heads_are_anchored_once_they_are_committed(anchor: Path) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        make.incident()
        assert not anchor.exists()
    committed(lambda: make.incident(marking="amber"))

    lines = [json.loads(line) for line in anchor.read_text().splitlines()]
    assert [(line["chain"], line["number"]) for line in lines] == [
        ("staff", 1),
        ("public", 1),
        ("staff", 2),
    ]
    assert lines[-1]["hash"] == ledger.head(Chain.STAFF).hash
    assert all(line["at"] for line in lines)
    assert stat.S_IMODE(anchor.stat().st_mode) == 0o600
    assert (verify().faults, verify().warnings) == ([], [])


def test_what_is_rolled_back_is_not_anchored(anchor: Path) -> None:
    def undo() -> None:
        with transaction.atomic():
            make.incident()
            transaction.set_rollback(True)

    committed(undo)

    assert not anchor.exists()


def test_a_head_that_the_database_lacks_is_a_fault(anchor: Path) -> None:
    committed(make.incident)
    anchors.write([anchors.Head("staff", 2, "0" * 64), anchors.Head("public", 1, "f" * 64)])

    name = Record.objects.get().public_id
    assert faults() == [
        "staff 2 -: the anchor file holds this entry, the database does not",
        f"public 1 {name}: the anchor file holds another hash of this entry",
    ]


def test_an_anchor_that_lags_behind_is_no_fault_and_is_caught_up(
    anchor: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    committed(make.incident)
    make.incident(marking="amber")

    report = verify()
    assert report.faults == []
    assert [head.number for head in report.lagging] == [2]
    assert "entry 2 of the staff chain" in report.warnings[0]

    call_command("verify_ledger", "--anchor")
    assert "stand in the anchor file now" in capsys.readouterr().out
    assert verify().warnings == []


def test_a_missing_anchor_is_said_and_no_fault(anchor: Path) -> None:
    make.incident()

    report = verify()

    assert report.faults == []
    assert "is not there" in report.warnings[0]
    with pytest.raises(CommandError, match="not everything could be told") as failed:
        call_command("verify_ledger")
    assert failed.value.returncode == 2


def test_an_anchor_that_is_not_set_is_said(settings: Settings) -> None:
    settings.LEDGER_ANCHOR = None
    make.incident()

    report = verify()

    assert report.faults == []
    assert "LEDGER_ANCHOR is not set" in report.warnings[0]
    assert [check.id for check in checks.anchor_can_be_written()] == []
    assert [check.id for check in checks.anchor_is_set()] == ["incidents.W003"]


def test_a_head_that_cannot_be_written_does_not_undo_what_was_committed(
    tmp_path: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "kept").write_text("A file where a folder has to be.")
    settings.LEDGER_ANCHOR = tmp_path / "kept" / "ledger.anchor"

    committed(make.incident)

    assert Incident.objects.get().state == "published"
    assert "was not written" in caplog.text
    assert "cannot be" in verify().warnings[0]
    assert [check.id for check in checks.anchor_can_be_written()] == ["incidents.W002"]


def test_a_line_that_cannot_be_read_is_said(anchor: Path) -> None:
    committed(make.incident)
    with anchor.open("a") as lines:
        lines.write('{"chain":"staff","num\n[]\n')

    assert [warning.split(" of ")[0] for warning in verify().warnings] == ["Line 3", "Line 4"]


# -- the command -----------------------------------------------------------------------------


def test_the_command_says_that_nothing_is_wrong(
    anchor: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    committed(make.incident)

    call_command("verify_ledger")

    assert "Nothing is wrong. Checked: 1 of the staff chain and 1 of the public chain, 1" in (
        capsys.readouterr().out
    )


def test_the_command_names_chain_number_record_and_what_is_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    edition = make.incident()
    triggers.remove()
    Location.objects.filter(incident=edition).update(place="Elsewhere")
    reference = Record.objects.get().reference

    with pytest.raises(CommandError, match="1 faults") as failed:
        call_command("verify_ledger")

    assert failed.value.returncode == 1
    assert f"staff 1 {reference}: edition 1 is not what was published" in capsys.readouterr().out
