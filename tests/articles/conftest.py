"""The news site of the tests, as the product reaches it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.reachable import reachable

from .site import pages, serving


@pytest.fixture
def site() -> Iterator[None]:
    """Have the hosts of the site answer."""
    with serving() as address:
        port = urlsplit(address).port or 0
        hosts = {urlsplit(page.url).hostname or "" for page in pages()}
        with reachable(dict.fromkeys(hosts, ("127.0.0.1", port))):
            yield
