"""Load the starter data."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from incidents import starter


class Command(BaseCommand):
    """Load 245 incidents with their articles, claims and reported figures; safe to repeat."""

    help = "Load the starter data; what is there already is left as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take another file."""
        parser.add_argument("--file", type=Path, default=starter.FILE, help="another data file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then report what was added."""
        try:
            loaded = starter.load(options["file"], progress=self._bar)
        except (starter.StarterError, OSError, ValueError) as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        for remark in loaded.remarks:
            self.stdout.write(f"note: {remark}")
        if not loaded.added:
            self.stdout.write("The starter data was there already; nothing was added.")
            return
        totals = ", ".join(f"{n} {kind}" for kind, n in sorted(loaded.added.items()))
        self.stdout.write(self.style.SUCCESS(f"Loaded and published: {totals}."))

    def _bar(self, rows: list[starter.Row]) -> Iterable[starter.Row]:
        return tqdm(
            rows, desc="Incidents", unit="", file=self.stderr, disable=not sys.stderr.isatty()
        )
