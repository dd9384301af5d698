"""Write captures as a WARC file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles import warc
from articles.canonical import digest
from articles.models import Capture


class Command(BaseCommand):
    """Write what was captured as one WARC file, whatever its marking: guard the file."""

    help = "Write all captures, or those of some articles, as compressed WARC 1.1."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and addresses where it is not to hold all."""
        parser.add_argument("file", help="a new file, such as captures.warc.gz")
        parser.add_argument("--url", action="append", default=[], help="only this article")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write a file that is whole or not there."""
        to = Path(options["file"])
        if to.exists():
            raise CommandError(f"{to} is there already.")
        rows = Capture.objects.select_related("content", "article").order_by("at", "pk")
        if options["url"]:
            rows = rows.filter(article__address_digest__in=[digest(url) for url in options["url"]])
        partial = to.with_name(f"{to.name}.part")
        with partial.open("wb") as file:
            count = warc.write(rows.iterator(chunk_size=20), file, software="HTI")
        partial.rename(to)
        self.stdout.write(f"{count} captures in {to}.")
