"""What sites answer in tests of captures: pages of the site, and stories long enough to be one."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth.models import User

from articles import capturing
from articles.fetching import Answer, fetch
from articles.models import Article, Capture

from .site import page

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def http(name: str) -> str:
    """Return the address of a page of the site, without TLS."""
    return page(name).url.replace("https://", "http://")


def saying(body: str, status: int = 200, address: str = "") -> capturing.Fetch:
    """Return a fetch that is answered with a page of some paragraphs."""

    def fetch(url: str) -> Answer:
        return Answer(
            asked=url,
            address=address or url,
            redirects=(),
            status=status,
            reason="OK",
            headers=(("Content-Type", "text/html; charset=utf-8"), ("Set-Cookie", "a=1")),
            body=body.encode(),
            received_at=NOW,
            seconds=0.1,
            protocol="HTTP/1.1",
            coding="",
        )

    return fetch


def story(ending: str = "Nobody was hurt.") -> str:
    """Return a page long enough to be an article."""
    told = "".join(
        f"<p>The ferry left the harbour {n} minutes late after a cable was found cut, "
        "the harbour master said, and the police looked for those who did it.</p>"
        for n in range(20, 40)
    )
    return (
        "<html lang='en'><head><title>A cable is cut</title>"
        "<meta property='article:published_time' content='2026-05-03T10:00:00Z'></head>"
        f"<body><article><h1>A cable is cut</h1>{told}<p>{ending}</p></article></body></html>"
    )


def fetched(
    article: Article,
    *,
    by: User | None = None,
    seen: bool = False,
    fetch: capturing.Fetch = fetch,
) -> Capture:
    """Capture an article at its address."""
    return capturing.keep(article, capturing.look(article, by=by, seen=seen, fetch=fetch), by=by)
