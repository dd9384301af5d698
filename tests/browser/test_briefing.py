"""The week in brief on paper, and an introduction from its form to the page, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from incidents.briefing import SHOWN

from .barriers import barriers
from .conftest import PEOPLE, Site, Visit, serving, visiting

pytestmark = pytest.mark.browser

_PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a site in whose week more became of everything than its page shows."""
    with serving(tmp_path_factory, "busy", PEOPLE, ("-m", "tests.browser.week")) as served:
        yield served


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_full_week_prints_on_one_page_of_a4(browser: Browser, busy: Site, scheme: str) -> None:
    with visiting(browser, busy, color_scheme=scheme) as visit:
        visit.log_in("reviewer")
        visit.open("/briefing/")
        for part in ("new", "changed", "ruled-out", "withdrawn", "waiting"):
            rows = visit.page.locator(f"section[aria-labelledby='{part}'] .brief li")
            expect(rows).to_have_count(SHOWN)
        expect(visit.page.locator(".brief + p", has_text="more")).to_have_count(5)
        printed = visit.page.pdf(prefer_css_page_size=True)

    assert len(_PAGE.findall(printed)) == 1
    assert re.search(rb"/MediaBox \[0 0 59[45][\d.]* 84[12][\d.]*\]", printed)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_week_in_brief_and_sectors_hinder_nobody(
    browser: Browser, library: Site, width: int
) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 1000})
    visit = Visit(context.new_page(), library, [])
    found = []
    for path in ("/briefing/", "/briefing/?week=2031-W60", "/sectors/", "/sectors/energy/"):
        visit.open(path)
        found += barriers(visit.page)
    context.close()

    assert found == []
