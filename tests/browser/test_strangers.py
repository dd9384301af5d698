"""What strangers wrote is read in a real browser and does nothing there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page

from .conftest import PEOPLE, Site, serving, visiting
from .strangers import HARM

pytestmark = pytest.mark.browser

ARTICLES = "/admin/articles/article/?all="
INBOX = "/admin/articles/item/"
# A pointer goes over everything.
TOUCH = """document.querySelectorAll("*").forEach((it) => {
    it.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
})"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a site that holds what means harm."""
    with serving(tmp_path_factory, "hostile", PEOPLE, ("-m", "tests.browser.strangers")) as served:
        yield served


def _found(page: Page, links: str, shape: str) -> list[str]:
    """Return what of the addresses of some links has a shape."""
    addresses = page.locator(links).evaluate_all("(all) => all.map((it) => it.href)")
    return sorted({key[1] for address in addresses if (key := re.search(shape, address))})


@pytest.mark.parametrize("walls", ["both", "escaping alone"])
def test_markup_of_strangers_is_shown_and_never_acts(
    browser: Browser, hostile: Site, walls: str
) -> None:
    """No dialog, nothing asked of elsewhere, and nothing that the policy had to refuse."""
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    with visiting(browser, hostile, bypass_csp=walls != "both") as visit:
        page = visit.page
        page.on("dialog", dismiss)
        visit.log_in("analyst")
        visit.open(ARTICLES)
        keys = _found(page, "#result_list a", r"/article/([0-9]+)/change/")
        visit.open("/articles/")
        public = _found(page, ".title a", r"(/articles/[0-9a-f]{64}/)")
        assert (len(keys), len(public)) == (4, 4)
        desk = [f"/admin/articles/article/{key}/{door}/" for key in keys
                for door in ("captures", "change")]  # fmt: skip
        lists = ("/articles/", "/outlets/", "/search/?q=cable", "/watched/", INBOX)
        shown = ""
        for path in (*public, *desk, *lists):
            visit.open(path)
            page.locator("details").evaluate_all("(all) => all.forEach((it) => (it.open = true))")
            page.evaluate(TOUCH)
            assert page.url == f"{hostile.url}{path}"
            shown += page.locator("body").inner_text()

        # It is there to be read, whatever the page is.
        for harm in HARM:
            assert shown.count(" ".join(harm.split())) >= 2, harm
        visit.open(f"/admin/articles/article/{max(keys, key=int)}/captures/")
        with page.expect_download() as taken:
            page.get_by_role("link", name="Download the bytes").first.click()
        assert taken.value.suggested_filename.endswith(".bin")
    assert dialogs == []
