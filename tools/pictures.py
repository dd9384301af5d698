"""Make the pictures of the documents again, from a site of its own with the starter data.

Run as a module: `python -m tools.pictures`, or `make pictures`. Chromium has to be there.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

from tests.chromium import chromium

ROOT: Final = Path(__file__).resolve().parent.parent
PICTURES: Final = ROOT / "docs" / "img"
WIDTH: Final = 1200
PHONE: Final = 390
MOST: Final = 150_000
PATIENCE: Final = 180
BORDER_CONTROL: Final = "Cyberattack on Albania's border control system"
ADD: Final = "/admin/incidents/incident/add/"


def main() -> None:
    """Make every picture and refuse the ones that are too large for the documents."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as (site, passwords),
        sync_playwright() as playwright,
    ):
        arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        _public(browser, site)
        _dashboard(browser, site)
        _desk(browser, site, passwords)
        _review(browser, site, passwords)
        browser.close()
    large = [path.name for path in PICTURES.glob("*.png") if path.stat().st_size > MOST]
    if large:
        sys.exit(f"Above {MOST:,} bytes: {', '.join(large)}. Show less of the page.")


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Serve the starter data from a database in `folder`; yield address and passwords."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    site, log = f"http://127.0.0.1:{port}", folder / "site.log"
    settings = {
        "DEBUG": "1",
        "DEMO": "1",
        "SITE_URL": site,
        "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
    }
    with log.open("w", encoding="utf-8") as out:
        server = subprocess.Popen(  # noqa: S603
            [sys.executable, "manage.py", "demo", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        ends = time.monotonic() + PATIENCE
        while "HTI is at" not in (told := log.read_text(encoding="utf-8")):
            if server.poll() is not None or time.monotonic() > ends:
                sys.exit(told)
            time.sleep(0.2)
        yield site, dict(re.findall(r"^  (\w+)\s+(\S+)$", told, re.MULTILINE))
    finally:
        server.terminate()
        server.wait(timeout=20)


def opened(
    browser: Browser, site: str, height: int, width: int = WIDTH, theme: str = "light"
) -> Page:
    """Open a page, in the light theme where no other is wanted."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, base_url=site, device_scale_factor=1
    )
    context.add_init_script(f"localStorage.setItem('theme', '{theme}');")
    return context.new_page()


def shot(page: Page, name: str, clip: FloatRect | None = None) -> None:
    """Write a picture of what is in view, or of a part of the whole page."""
    page.mouse.move(0, 0)
    page.screenshot(
        path=PICTURES / f"{name}.png", clip=clip, full_page=clip is not None, animations="disabled"
    )


def around(page: Page, *selectors: str, margin: int = 16, least: int = 0) -> FloatRect:
    """Return the box that holds the first element of each selector, with a margin."""
    boxes = [page.locator(selector).first.bounding_box() for selector in selectors]
    down = page.evaluate("window.scrollY")
    there = [box for box in boxes if box]
    top = max(0, min(box["y"] for box in there) + down - margin)
    bottom = max(box["y"] + box["height"] for box in there) + down + margin
    left = max(0, min(box["x"] for box in there) - margin)
    right = min(WIDTH, max(box["x"] + box["width"] for box in there) + margin)
    return {"x": left, "y": top, "width": right - left, "height": max(bottom - top, least)}


def _public(browser: Browser, site: str) -> None:
    """Show what readers see."""
    page = opened(browser, site, 820)
    page.goto("/")
    shot(page, "start")
    page.goto("/incidents/?country=AL&year=2022")
    page.set_viewport_size({"width": WIDTH, "height": 700})
    shot(page, "reader-list")
    page.goto("/incidents/?country=PL")
    shot(page, "reader-ladder", around(page, "#listing-heading", ".listing .ladders"))
    page.goto("/incidents/?q=border+control&country=AL")
    page.get_by_role("link", name=BORDER_CONTROL).first.click()
    shot(page, "reader-claims", around(page, "section:has(> #claims)"))
    page.goto("/reported-figures/#lipavsky-2024-100")
    clip = around(page, "#lipavsky-2024-100")
    shot(page, "reader-figure", {**clip, "height": min(clip["height"], 700)})
    page.context.close()


def _dashboard(browser: Browser, site: str) -> None:
    """Show a question in charts, on a wide screen in light and on a phone in the dark."""
    for name, path, height, width, theme in (
        ("dashboard", "/dashboard/?year=2024", 960, WIDTH, "light"),
        ("dashboard-beside", "/dashboard/?year=2024&beside=year%3D2023", 880, WIDTH, "dark"),
        ("dashboard-phone", "/dashboard/?country=PL", 844, PHONE, "dark"),
        ("list-map", "/incidents/?region=nordic&layout=map", 860, WIDTH, "light"),
        ("briefing", "/briefing/", 760, WIDTH, "light"),
    ):
        page = opened(browser, site, height, width, theme)
        page.goto(path)
        page.wait_for_load_state("networkidle")
        if "dashboard" in name:
            page.locator("#panel-time").scroll_into_view_if_needed()
        shot(page, name)
        page.context.close()


def logged_in(browser: Browser, site: str, passwords: dict[str, str], name: str) -> Page:
    """Open the desk as somebody."""
    page = opened(browser, site, 820)
    page.goto("/admin/")
    page.fill("#id_login", name)
    page.fill("#id_password", passwords[name])
    page.click("[type=submit]")
    page.wait_for_selector("#user-tools")
    return page


def press(page: Page, name: str) -> None:
    """Press what leads to another page."""
    pressed = page.get_by_role("button", name=name, exact=True)
    link = page.get_by_role("link", name=name, exact=True)
    with page.expect_navigation():
        (pressed if pressed.count() else link).last.click()


def _desk(browser: Browser, site: str, passwords: dict[str, str]) -> None:
    """Show an analyst who logs the border control system of Albania."""
    page = logged_in(browser, site, passwords, "analyst")
    page.goto(ADD)
    page.fill("[name=article_url]", "https://news.example.org/2022/09/albania-border-system")
    page.fill("[name=title]", BORDER_CONTROL)
    page.fill("[name=occurred]", "2022-09-09")
    page.fill("[name=country_name]", "Shqipëri")
    page.select_option("[name=event_type]", "cyber_disruption")
    page.evaluate("window.scrollTo(0, 0)")
    shot(page, "admin")
    page.get_by_role("button", name="Add another Claim").click()
    page.fill("[name='claims-0-claimant']", "Prime Minister Edi Rama")
    page.select_option("[name='claims-0-claimant_kind']", "affected_government")
    page.fill("[name='claims-0-date']", "2022-09-10")
    page.fill("[name='claims-0-responsible_state']", "Iran")
    shot(page, "analyst-claim", around(page, "#claims-group"))
    with page.expect_navigation():
        page.locator("input[name=_continue]").last.click()
    page.evaluate("window.scrollTo(0, 0)")
    shot(page, "analyst-needs", around(page, "#header", ".desk-note", margin=0))
    page.context.close()


def _review(browser: Browser, site: str, passwords: dict[str, str]) -> None:
    """Show a revision of that incident from the desk of its analyst to that of a reviewer."""
    page = logged_in(browser, site, passwords, "analyst")
    page.goto("/admin/incidents/incident/?state__exact=published&q=border+control")
    page.get_by_role("link", name=BORDER_CONTROL).click()
    press(page, "Revise…")
    press(page, "Revise")
    page.select_option("[name=change_reason]", "new_source")
    page.fill("[name=change_note]", "The ministry's own statement was found.")
    summary = page.locator("[name=summary]").input_value()
    page.fill("[name=summary]", summary.replace("posted online", "put on the internet"))
    page.select_option("[name=severity]", index=3)
    page.fill("[name=title]", f"{BORDER_CONTROL} by Iran")
    press(page, "Save and continue editing")
    page.evaluate("window.scrollTo(0, 0)")
    shot(page, "review-panel", around(page, "#header", ".review-panel", margin=0))
    press(page, "Submit for review…")
    page.fill("[name=text]", "The wording is that of the ministry now.")
    press(page, "Submit for review")
    page.context.close()
    page = logged_in(browser, site, passwords, "reviewer")
    page.goto("/admin/incidents/incident/queue/")
    shot(page, "review-queue", around(page, "#header", ".queue-page", margin=0))
    page.get_by_role("link", name=BORDER_CONTROL).click()
    page.get_by_label("Comment, or the reason").fill(
        "Who is blamed stands in the claims; take it out of the title."
    )
    clip = around(page, "#header", ".review-page", margin=0)
    shot(page, "review-page", {**clip, "height": min(clip["height"], 760)})
    page.context.close()


if __name__ == "__main__":
    main()
