"""Look at what is watched."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles import inbox


class Command(BaseCommand):
    """Fetch the sources whose time has come; run it every hour or so."""

    help = "Look at the feeds and pages that are due, and take in what is new."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look at each; the exit status is 1 where one failed."""
        due = inbox.due()
        new = 0
        for watch in tqdm(due, desc="Sources", file=sys.stderr, disable=None):
            new += inbox.look(watch)
            if watch.failed:
                self.stderr.write(f"{watch.url}: {watch.failed}")
        self.stdout.write(f"{len(due)} sources looked at, {new} new.")
        if failed := [watch for watch in due if watch.failed]:
            raise CommandError(f"{len(failed)} of {len(due)} sources failed.")
