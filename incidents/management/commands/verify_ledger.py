"""Check the ledger against the database and the anchor file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from incidents import adoption, anchors
from incidents.verification import verify


class Command(BaseCommand):
    """Say each fault in a line, with the chain, the number and the record that it was found at."""

    help = (
        "Check that nothing published was changed, removed or added in silence; exit 1 if so, and "
        "2 where it cannot be told."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what is to be written beside."""
        parser.add_argument(
            "--adopt",
            action="store_true",
            help="first enter what was published before there was a ledger; possible once",
        )
        parser.add_argument(
            "--anchor",
            action="store_true",
            help="where nothing is wrong, write the last entries that the anchor file lacks",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Adopt where it is asked for, verify, and tell."""
        if options["adopt"]:
            self._adopt()
        report = verify(self._bar)
        wanted = report.lagging and options["anchor"] and not report.faults
        if wanted and anchors.write(report.lagging):
            self.stdout.write("The last entries stand in the anchor file now.")
            report.warnings.clear()
        for warning in report.warnings:
            self.stdout.write(self.style.WARNING(f"warning: {warning}"))
        for fault in report.faults:
            self.stdout.write(self.style.ERROR(str(fault)))
        entries = " and ".join(f"{n} of the {chain} chain" for chain, n in report.entries.items())
        checked = f"{entries}, {report.editions} editions"
        if report.faults:
            raise CommandError(f"{len(report.faults)} faults. Checked: {checked}.")
        if report.warnings:
            # Whoever makes the ledger anew removes the file that would tell.
            told = f"No fault was found, but not everything could be told. Checked: {checked}."
            raise CommandError(told, returncode=2)
        self.stdout.write(self.style.SUCCESS(f"Nothing is wrong. Checked: {checked}."))

    def _adopt(self) -> None:
        try:
            entered = adoption.adopt()
        except adoption.AlreadyAdopted as error:
            raise CommandError(
                "This was done before: what the ledger lacks now was not there then."
            ) from error
        for line in entered:
            self.stdout.write(f"entered: {line}")

    def _bar(self, rows: Sequence[Any], what: str) -> Iterable[Any]:
        return tqdm(rows, desc=what, unit="", file=self.stderr, disable=not sys.stderr.isatty())
