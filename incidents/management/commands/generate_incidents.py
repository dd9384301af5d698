"""Fill an empty database with invented incidents, for measuring."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from articles.clearance import REVIEWERS
from articles.models import Membership
from articles.services import house
from incidents import bulk
from incidents.generating import Batch, Keys, batches

WRITER, CHECKER = "bench-writer", "bench-checker"


class Command(BaseCommand):
    """Load N invented incidents in bulk; the same number and seed give the same rows."""

    help = (
        "Fill an empty database with N invented incidents, for measuring only. They are loaded "
        "past the review: the ledger has no entries of them, and verify_ledger says so."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many, and which."""
        parser.add_argument("count", type=int, metavar="N", help="how many records")
        parser.add_argument("--seed", type=int, default=1, help="another number, other rows")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse what is no database for it, load, and say how long it took."""
        self._refuse(options["count"])
        began = time.monotonic()
        made = batches(options["count"], options["seed"], self._keys())
        try:
            bulk.load(self._shown(made, options["count"]), tell=self._tell)
        except ValueError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        took = time.monotonic() - began
        self.stdout.write(
            self.style.SUCCESS(f"Loaded {options['count']:,} incidents in {took:.0f} s.")
        )

    def _refuse(self, count: int) -> None:
        if not settings.DEBUG:
            raise CommandError("Invented incidents are for measuring: this needs DEBUG=1.")
        if not 1 <= count <= 10_000_000:
            raise CommandError("N is a number from 1 to 10,000,000.")
        for model in bulk.filled():
            if model._default_manager.exists():
                name = model._meta.verbose_name
                raise CommandError(
                    f"The database holds rows of its own ({name}): name a new, migrated one in "
                    "DATABASE_URL."
                )

    def _keys(self) -> Keys:
        """Return the accounts that write and approve it all; neither can log in."""
        keys = []
        for name in (WRITER, CHECKER):
            user, new = User.objects.get_or_create(username=name, defaults={"is_active": False})
            if new:
                user.set_unusable_password()
                user.save()
                Membership.objects.create(user=user, organisation=house())
            keys.append(user.pk)
        Group.objects.get_or_create(name=REVIEWERS)[0].user_set.add(keys[1])
        return Keys(keys[0], keys[1], house().pk)

    def _shown(self, made: Iterable[Batch], count: int) -> Iterator[Batch]:
        """Yield batches, and show how far they are."""
        with tqdm(
            total=count,
            desc="Incidents",
            unit="",
            unit_scale=True,
            file=self.stderr,
            disable=not sys.stderr.isatty(),
        ) as bar:
            for batch in made:
                yield batch
                bar.update(len(batch.get("incidents.record", ())))

    def _tell(self, what: str) -> None:
        if sys.stderr.isatty():
            self.stderr.write(f"{what} …")
