"""A consumer that keeps a copy of what it may read, as docs/api.md tells it to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from tests.api.doors import CHANGES, NDJSON, data, get, lines

ALL = f"{NDJSON}?series=all"


@dataclass(slots=True)
class Copy:
    """References and editions of incidents, and the address to ask next."""

    client: Client
    page_size: int = 50
    kept: dict[str, int] = field(default_factory=dict)
    next: str = ""
    failed: Counter[int] = field(default_factory=Counter)

    def make(self) -> None:
        """Take the cursor of the end first, and everything after it."""
        self.next = data(f"{CHANGES}?since=now&page_size={self.page_size}", self.client)["next"]
        self.kept = present(self.client)

    def follow(self) -> None:
        """Apply what changed, page by page, until there is no more."""
        more = True
        while more:
            page = self._ask(self.next).json()
            for change in page["results"]:
                self.kept.pop(change["formerly"], None)
                self.kept.pop(change["reference"], None)
                if change["url"] is None:
                    continue
                answer = self._ask(change["url"])
                if answer.status_code == 200:
                    self.kept[change["reference"]] = answer.json()["edition"]
            self.next, more = page["next"], page["more"]

    def _ask(self, url: str) -> Any:
        """Return an answer; what fails is asked for again, and counted."""
        for _patience in range(50):
            answer = get(url, self.client)
            if answer.status_code < 500:
                return answer
            self.failed[answer.status_code] += 1
        raise TimeoutError(f"{url} is never answered.")


def present(client: Client) -> dict[str, int]:
    """Return the references and editions of all that a client may read now."""
    return {row["reference"]: row["edition"] for row in lines(ALL, client)}
