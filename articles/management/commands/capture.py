"""Capture articles at their addresses."""

from __future__ import annotations

import sys
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from articles import capturing
from articles.codebook import Marking, Verdict


class Command(BaseCommand):
    """Fetch pages, keep them, and say what each turned out to be."""

    help = "Capture articles at their addresses; one that is not known here is added."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take addresses, who answers for it, and how new articles are marked."""
        parser.add_argument("urls", nargs="+", metavar="URL")
        parser.add_argument("--by", required=True, help="the account that answers for it")
        parser.add_argument(
            "--marking",
            default=Marking.AMBER.value,
            choices=Marking.values,
            help="the marking of articles that are new here",
        )
        parser.add_argument(
            "--seen",
            action="store_true",
            help="accept that the sites see who fetches articles marked amber or stricter",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Capture each; the exit status is 1 where one was not kept or is no article."""
        by = User.objects.filter(username=options["by"], is_active=True).first()
        if by is None:
            raise CommandError(f"There is no active account {options['by']}.")
        failed = 0
        for url in tqdm(options["urls"], desc="Pages", file=sys.stderr, disable=None):
            try:
                capture = capturing.capture_new(
                    url, by=by, marking=options["marking"], seen=options["seen"]
                )
            except ValidationError as refused:
                failed += 1
                self.stderr.write(f"{url}: {' '.join(refused.messages)}")
                continue
            failed += capture.verdict != Verdict.ARTICLE
            self.stdout.write(
                f"{url}: {capture.get_verdict_display()}. {capture.verdict_reason} "
                f"sha256:{capture.content_id}"
            )
        if failed:
            raise CommandError(
                f"{failed} of {len(options['urls'])} are no articles that were kept."
            )
