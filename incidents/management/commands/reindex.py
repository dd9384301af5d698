"""Make the index of searches anew."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from incidents import indexing


class Command(BaseCommand):
    """Read every incident and article, and index their words; what is there goes first."""

    help = "Make the index of searches anew, as after a change of rows past the site."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it whole or leave it as it was."""
        indexing.rebuild(self._shown)
        made = [kind.document._base_manager.count() for kind in indexing.KINDS]
        self.stdout.write(
            self.style.SUCCESS("Indexed {:,} incidents and {:,} articles.".format(*made))
        )

    def _shown(self, rows: Iterable[Any], name: str, count: int) -> Iterable[Any]:
        shown: Iterable[Any] = tqdm(
            rows, total=count, desc=name.capitalize(), unit="", file=sys.stderr, disable=None
        )
        return shown
