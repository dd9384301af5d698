"""A site of the tests' own on this machine, which the product may ask for pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from articles.fetching import fetch


@contextmanager
def reachable(sites: Mapping[str, tuple[str, int]]) -> Iterator[None]:
    """Have `fetch` dial the address and port that are listed for a name, whoever calls it."""
    defaults: dict[str, object] = fetch.__kwdefaults__ or {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(defaults, "allowed", dict(sites))
        yield
