"""Remove the content of a record for good."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from incidents import purging


class Command(BaseCommand):
    """Say what goes, ask, remove it, and say what is left to do."""

    help = "Remove a record's content everywhere, by law or to protect a person. Not undone."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the record, why, and how far it goes."""
        parser.add_argument("reference", help="HTI-2026-00001, or a provisional reference")
        parser.add_argument(
            "--reason", required=True, help="why, without a name: the ledger keeps it"
        )
        parser.add_argument("--by", help="the account that answers for it; the ledger keeps it")
        parser.add_argument(
            "--articles", action="store_true", help="also articles that nothing else cites"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan, ask, purge, and free the room in the database file."""
        try:
            by = User.objects.get(username=options["by"]) if options["by"] else None
            self._tell(purging.plan(options["reference"]), articles=options["articles"])
            if (
                not options["yes"]
                and input("Type the reference to remove it: ") != (options["reference"])
            ):
                raise CommandError("Nothing was removed.")
            made = purging.purge(
                options["reference"],
                reason=options["reason"],
                by=by,
                articles=options["articles"],
            )
        except User.DoesNotExist as error:
            raise CommandError("There is no account of this name.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        gone = ", ".join(f"{n} {kind}" for kind, n in sorted(made.removed.items()) if n)
        self.stdout.write(self.style.SUCCESS(f"Removed: {gone}."))
        self._free()

    def _tell(self, plan: purging.Purge, *, articles: bool) -> None:
        names = ", ".join(record.public_id for record in plan.records)
        rows = ", ".join(f"{n} {kind}" for kind, n in sorted(plan.removed.items()) if n)
        self.stdout.write(f"This removes for good: {names}\n  with {rows or 'no rows'}")
        fate = "are removed too" if articles else "stay (--articles removes them)"
        for article in plan.articles:
            self.stdout.write(f"  cited by nothing else: {article.url}")
        if plan.articles:
            self.stdout.write(f"  {len(plan.articles)} articles {fate}")
        for name in plan.named:
            self.stdout.write(f"  named by nothing else, and stays: {name}")
        for reference in plan.holding:
            self.stdout.write(
                self.style.WARNING(
                    f"  {reference} took it in and may still hold what came with it: purge it too"
                )
            )

    def _free(self) -> None:
        """Have the database forget what it no longer shows, or say how."""
        if connection.vendor != "sqlite":
            self.stdout.write(
                "PostgreSQL keeps removed rows in its files for a while: run VACUUM FULL when the "
                "site may stand still."
            )
        elif not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM")
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.stdout.write("Backups still hold it until they are gone; see docs/operations.md.")
