"""Look whether articles are still there."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from articles import rechecking
from articles.codebook import CheckOutcome
from articles.models import Article


class Command(BaseCommand):
    """Fetch again what was fetched long ago, keep what changed, and note what is gone."""

    help = "Look again at captured articles (CLEAR and GREEN), the oldest look first."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how old, how many and how fast."""
        parser.add_argument("--days", type=int, default=30, help="not looked at for so many days")
        parser.add_argument("--limit", type=int, default=0, help="at most so many; 0 for all")
        parser.add_argument(
            "--pace", type=float, default=5.0, help="seconds between two pages of one host"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check each; whoever stops it goes on from there the next time."""
        due = rechecking.due(rechecking.long_ago(options["days"]))
        robots = rechecking.Robots(settings.CAPTURE_AGENT) if settings.CAPTURE_ROBOTS else None
        found: Counter[str] = Counter()
        asked: list[Article] = []
        for article in due:
            if robots and not robots.allow(article.url):
                # They stay the first that are due, and must not use the limit up.
                found["Left alone as robots.txt asks"] += 1
            elif not options["limit"] or len(asked) < options["limit"]:
                asked.append(article)
            else:
                break
        shown = tqdm(total=len(asked), desc="Articles", file=sys.stderr, disable=None)
        for article in rechecking.Pace(options["pace"]).ordered(asked):
            shown.update()
            present = rechecking.still(article)
            if present is None:
                found["Left alone as they are marked now"] += 1
                continue
            found[str(CheckOutcome(rechecking.check(present).outcome).label)] += 1
        shown.close()
        told = ", ".join(f"{name} {n}" for name, n in sorted(found.items()))
        self.stdout.write(f"{len(asked)} articles looked at. {told}".strip())
