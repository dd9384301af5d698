"""Two records compared, merged and taken apart again, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .barriers import barriers
from .conftest import PEOPLE, Site, serving, visiting

pytestmark = pytest.mark.browser

DESK = "/admin/incidents/record"
YEAR_AND_NUMBER = ".about .reference"
STAYS, GOES = "Fire in a depot in Gdynia", "Cut cable near Jelgava"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a site of its own, as what is merged here would be missed by other tests."""
    with serving(tmp_path_factory, "archive", PEOPLE) as served:
        yield served


def press(page: Page, name: str) -> None:
    """Press a button that leads to another page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).first.click()


def reference(page: Page, site: Site, title: str) -> str:
    """Return the reference of a published incident, as its page says it."""
    page.goto(f"{site.url}/incidents/?series=all")
    page.get_by_role("link", name=title).first.click()
    return page.locator(YEAR_AND_NUMBER).first.inner_text()


def test_two_records_become_one_and_two_again(browser: Browser, archive: Site) -> None:
    with (
        visiting(browser, archive) as analyst,
        visiting(browser, archive) as reviewer,
        visiting(browser, archive) as public,
    ):
        stays, goes = (reference(public.page, archive, title) for title in (STAYS, GOES))
        analyst.log_in("analyst")
        analyst.open(f"{DESK}/1/compare/")
        analyst.page.get_by_label("Reference of the other record").fill(goes)
        press(analyst.page, "Compare")
        press(analyst.page, f"Make a draft that takes in {goes}")
        expect(analyst.page.locator("#takes-in")).to_contain_text(goes)
        draft = analyst.page.url.split("/")[-3]
        analyst.open(f"/admin/incidents/incident/{draft}/step/submit/")
        press(analyst.page, "Submit for review")
        public.open(f"/incidents/{goes}/")
        expect(public.page.locator("h1")).to_have_text(GOES)

        reviewer.log_in("reviewer")
        reviewer.open(f"/admin/incidents/incident/{draft}/review/")
        expect(reviewer.page.get_by_text(f"It takes in {goes}")).to_be_visible()
        press(reviewer.page, "Approve and publish")
        public.open(f"/incidents/{goes}/")
        expect(public.page.locator("h1")).to_have_text(STAYS)
        expect(public.page.locator("#merged")).to_have_text(
            f"{goes} was merged into this record.", use_inner_text=True
        )
        assert public.page.url.endswith(f"/incidents/{stays}/")

        reviewer.open(f"{DESK}/merged/")
        with reviewer.page.expect_navigation():
            reviewer.page.get_by_role("link", name="Take apart").click()
        reviewer.page.get_by_label("Why the merge is taken back").fill("Two acts.")
        press(reviewer.page, "Take apart")
        public.open(f"/incidents/{goes}/")
        expect(public.page.locator("h1")).to_have_text(GOES)
        public.open(f"/incidents/{stays}/")
        expect(public.page.locator("#merged")).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 390])
def test_no_page_that_compares_has_a_barrier(browser: Browser, archive: Site, width: int) -> None:
    size = {"width": width, "height": 900}
    found = []
    with visiting(browser, archive, bypass_csp=True, viewport=size) as visit:
        goes = reference(visit.page, archive, GOES)
        visit.log_in("analyst")
        visit.open(f"{DESK}/1/compare/")
        found += barriers(visit.page)
        visit.open(f"{DESK}/1/compare/?with={goes}")
        found += barriers(visit.page)
        visit.page.get_by_label("How they are related").select_option("copycat")
        visit.page.get_by_label("Note, for staff").fill("So it seems.")
        press(visit.page, "Remember as related")
        found += barriers(visit.page)
        visit.open(f"{DESK}/merged/")
        found += barriers(visit.page)
        visit.open(f"{DESK}/1/compare/?with={goes}")
        press(visit.page, "Forget this decision")
    assert found == []
