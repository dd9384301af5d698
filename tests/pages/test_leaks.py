"""Nothing that is hidden reaches the public on any page.

The same pages are asked for before and after the hidden rows are there, and have to be alike.
"""

from __future__ import annotations

from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from incidents.models import Incident
from tests import make
from tests.api.doors import content, get
from tests.api.test_leaks import answers
from tests.canaries import Canaries, hide_all, show
from tests.surfaces import OPEN
from tests.surfaces import PAGE_LIST as LIST

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

REQUESTS = [url for route, urls in OPEN.items() if not route.startswith("api/") for url in urls]


@pytest.mark.once
def test_hidden_rows_change_no_page_of_the_public() -> None:
    canaries = Canaries()
    with mock.patch.object(timezone, "now", return_value=timezone.now()):
        shown = show("Great fire")
        show("Great flood")
        make.rendition(make.figure("five-hundred"), make.article(marking="clear"))
        visible = [f"/articles/{article.address_digest}/" for article in Article.objects.all()]
        before = answers([*REQUESTS, *visible])

        hide_all(canaries, shown)

        after = answers([*REQUESTS, *visible])
    changed = {url: after[url][0] for url in after if after[url] != before[url]}
    assert changed == {}
    told = b"\n".join(body for _status, _headers, body in after.values()).decode()
    quoted = {text for text in canaries.texts if text in told}
    asked = {text for text in canaries.texts if any(text in url for url in REQUESTS)}
    assert quoted <= asked


def test_a_hidden_article_is_not_there() -> None:
    hide_all(Canaries(), show("Great fire"))
    hidden = Article.objects.exclude(marking="clear")

    assert hidden
    for article in hidden:
        response = get(f"/articles/{article.address_digest}/")
        assert response.status_code == 404
        assert response.content == get(f"/articles/{'0' * 64}/").content


def test_staff_do_see_the_canaries(staff: Client) -> None:
    """Else the tests above would look for what nobody shows."""
    canaries = Canaries()
    hide_all(canaries, show("Great fire"))
    drafts = Incident.objects.filter(state="draft", marking="clear", number=1)
    draft = drafts.select_related("record").get()
    seen = b"".join(
        content(get(url, staff))
        for url in (
            f"{LIST}?state=draft",
            f"{LIST}{draft.record.public_id}/",
            "/actors/",
            "/campaigns/",
            "/outlets/",
            "/articles/",
            "/reported-figures/",
        )
    ).decode()

    parts = {
        *("Incident title", "Incident summary", "Location place", "Target name", "Claim claimant"),
        *("Article title", "Actor name", "ReportedFigure note", "Publisher name"),
        *("StatusFinding note", "Effect note", "Citation locator"),
    }
    assert {part for part in parts if f"zqcanary {part}" not in seen} == set()
