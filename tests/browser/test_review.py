"""An edition on its way to the public, by an analyst and a reviewer in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .barriers import barriers
from .conftest import PEOPLE, Site, Visit, serving, visiting

pytestmark = pytest.mark.browser

ADD = "/admin/incidents/incident/add/"
LIST = "/admin/incidents/incident/"
QUEUE = "/admin/incidents/incident/queue/"
NOTICES = "/admin/incidents/incident/notices/"
TITLE = "Fire in a depot in Radom"
BETTER = "Fire in a railway depot in Radom"
BEST = "Fire in a disused railway depot in Radom"


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a site of its own, as what is published here would be counted by other tests."""
    with serving(tmp_path_factory, "newsroom", PEOPLE) as served:
        yield served


@pytest.fixture
def analyst(browser: Browser, newsroom: Site) -> Iterator[Visit]:
    """Log in who writes."""
    with visiting(browser, newsroom) as made:
        made.log_in("analyst")
        yield made


@pytest.fixture
def reviewer(browser: Browser, newsroom: Site) -> Iterator[Visit]:
    """Log in who reviews."""
    with visiting(browser, newsroom) as made:
        made.log_in("reviewer")
        yield made


@pytest.fixture
def public(browser: Browser, newsroom: Site) -> Iterator[Visit]:
    """Come as anybody."""
    with visiting(browser, newsroom) as made:
        yield made


def log(visit: Visit, title: str) -> None:
    """Log a draft that lacks nothing."""
    visit.open(ADD)
    visit.fill("article_url", f"https://example.org/news/{title.replace(' ', '-')}")
    visit.fill("title", title)
    visit.fill("occurred", "2024-05-12")
    visit.fill("country_name", "Polska")
    visit.choose("event_type", "arson")
    visit.choose("marking", "clear")
    visit.page.get_by_text("Summary and dating").click()
    visit.fill("summary", "What the sources say of it, in plain words and without blame. " * 2)
    visit.page.get_by_role("button", name="Add another Effect").click()
    visit.choose("effects-0-kind", "none_reported")
    press(visit.page, "Save and continue editing")


def press(page: Page, name: str) -> None:
    """Press the last button or link of a name that leads to another page."""
    pressed = page.get_by_role("button", name=name, exact=True)
    with page.expect_navigation():
        (
            pressed if pressed.count() else page.get_by_role("link", name=name, exact=True)
        ).last.click()


def submit(visit: Visit) -> None:
    """Hand in what the form shows."""
    press(visit.page, "Submit for review…")
    press(visit.page, "Submit for review")
    expect(visit.page.locator(".messagelist")).to_contain_text("Handed in for review")


def listed(visit: Visit) -> tuple[int, list[str]]:
    """Return how many incidents the public counts and the titles that it reads in Poland."""
    total = visit.page.request.get(f"{visit.site.url}/api/v1/counts/?series=all").json()["total"]
    visit.open("/incidents/?country=PL&series=all")
    titles = visit.page.locator("main").inner_text()
    return total, [title for title in (TITLE, BETTER, BEST) if title in titles]


def test_an_incident_is_written_returned_mended_published_and_revised(
    analyst: Visit, reviewer: Visit, public: Visit
) -> None:
    before, _titles = listed(public)

    # The analyst hands in, and cannot approve: not by a button, not in bulk, not by a forged post.
    log(analyst, TITLE)
    form = analyst.page.url
    submit(analyst)
    expect(analyst.page.get_by_role("link", name="Read and decide")).to_have_count(0)
    press(analyst.page, "What a reviewer reads")
    expect(analyst.page.get_by_role("button", name="Approve and publish")).to_have_count(0)
    forge(analyst, analyst.page.url.replace("/review/", "/step/approve/"))
    analyst.open(LIST)
    actions = analyst.page.locator("select[name=action] option")
    expect(actions.filter(has_text="Submit for review")).to_have_count(1)
    expect(actions.filter(has_text="Approve")).to_have_count(0)
    expect(analyst.page.locator("#result_list tbody tr", has_text=TITLE)).to_contain_text(
        "In review"
    )
    assert listed(public) == (before, [])

    # The reviewer reads it whole and returns it with a reason.
    reviewer.open(QUEUE)
    row = reviewer.page.locator("table.queue tbody tr", has_text=TITLE)
    expect(row).to_contain_text("You may decide.")
    row.get_by_role("link").click()
    expect(reviewer.page.locator(".diff")).to_contain_text("Poland")
    expect(reviewer.page.locator(".concerns")).to_contain_text("no independent one")
    reviewer.page.get_by_label("Comment, or the reason").fill("What kind of depot?")
    press(reviewer.page, "Return with reason")

    # The analyst is told, mends it and hands it in again.
    analyst.open("/admin/")
    expect(analyst.page.locator(".desk-nav .unread")).to_contain_text("1")
    analyst.open(NOTICES)
    with analyst.page.expect_navigation():
        analyst.page.get_by_role("button", name="Open").first.click()
    assert analyst.page.url == form
    expect(analyst.page.locator(".thread")).to_contain_text("What kind of depot?")
    analyst.fill("title", BETTER)
    press(analyst.page, "Save and submit for review…")
    press(analyst.page, "Submit for review")
    assert listed(public) == (before, [])

    # Only the reviewer's approval makes it public.
    reviewer.open(QUEUE)
    reviewer.page.get_by_role("link", name=BETTER).click()
    press(reviewer.page, "Approve and publish")
    assert listed(public) == (before + 1, [BETTER])

    # A revision changes nothing for the public until it is approved as well.
    analyst.page.goto(form)
    expect(analyst.page.locator("input[name=_save]")).to_have_count(0)
    press(analyst.page, "Revise…")
    press(analyst.page, "Revise")
    analyst.fill("title", BEST)
    press(analyst.page, "Save and submit for review…")
    lacking = analyst.page.get_by_role("region", name="It cannot be handed in yet")
    expect(lacking).to_contain_text("Say why")
    expect(analyst.page.get_by_role("button", name="Submit for review")).to_have_count(0)
    analyst.page.get_by_role("link", name="Reason for the change").click()
    analyst.choose("change_reason", "correction")
    press(analyst.page, "Save and submit for review…")
    press(analyst.page, "Submit for review")
    assert listed(public) == (before + 1, [BETTER])
    reviewer.open(QUEUE)
    reviewer.page.get_by_role("link", name=BEST).click()
    expect(reviewer.page.locator(".diff ins")).to_contain_text("disused")
    press(reviewer.page, "Approve and publish")
    assert listed(public) == (before + 1, [BEST])


def forge(visit: Visit, url: str) -> None:
    """Post an approval as a form of one's own would, with all that it needs."""
    token = visit.page.locator("[name=csrfmiddlewaretoken]").last.input_value()
    version = visit.page.locator("[name=version]").input_value()
    answer = visit.page.request.post(
        url,
        form={"csrfmiddlewaretoken": token, "version": version, "text": ""},
        headers={"Referer": url},
    )
    assert answer.status == 200
    assert "Only reviewers decide" in answer.text()


def test_what_was_decided_on_meanwhile_is_shown_anew_and_nothing_typed_is_lost(
    analyst: Visit, reviewer: Visit
) -> None:
    log(analyst, "Fire in a mill in Kielce")
    form = analyst.page.url
    submit(analyst)
    reviewer.page.goto(form.replace("/change/", "/review/"))
    analyst.page.goto(form)
    analyst.fill("title", "Fire in an old mill in Kielce")
    press(analyst.page, "Save and continue editing")

    reviewer.page.get_by_label("Comment, or the reason").fill("I read all of it.")
    press(reviewer.page, "Approve and publish")

    expect(reviewer.page.locator(".errornote")).to_contain_text("Nothing was done.")
    expect(reviewer.page.locator(".diff")).to_contain_text("Fire in an old mill in Kielce")
    expect(reviewer.page.locator("[name=text]")).to_have_value("I read all of it.")


@pytest.mark.parametrize("width", [1440, 390])
def test_no_page_of_the_review_has_a_barrier(
    browser: Browser, newsroom: Site, analyst: Visit, width: int
) -> None:
    log(analyst, f"Fire in a barn near Kalisz, seen at {width}")
    submit(analyst)
    form = analyst.page.url
    key = form.split("/")[-3]
    size = {"width": width, "height": 900}
    with visiting(browser, newsroom, bypass_csp=True, viewport=size) as visit:
        visit.log_in("reviewer")
        found = []
        for path in ("/admin/", QUEUE, NOTICES, f"{LIST}{key}/change/", f"{LIST}{key}/review/"):
            visit.open(path)
            found += barriers(visit.page)
        press(visit.page, "Return with reason")
        found += barriers(visit.page)
        press(visit.page, "Discard…")
        found += barriers(visit.page)
        visit.open(f"{LIST}?state__exact=in_review")
        visit.page.check("#action-toggle")
        visit.page.select_option("select[name=action]", "return_selected")
        with visit.page.expect_navigation():
            visit.page.locator("button[name=index]").click()
        found += barriers(visit.page)

    assert found == []
