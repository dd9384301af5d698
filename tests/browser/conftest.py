"""A real server on a database of its own, for tests that drive a browser."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.databases import ROOT, TRIAL, environment, filled, password, shared_folder

PATIENCE = 60
# What a page shows may wait for a busy machine; what never comes fails all the same.
expect.set_options(timeout=20_000)
PEOPLE = ("-m", "tests.browser.people")
STORIES = (PEOPLE, ("-m", "tests.browser.stories"))
LIBRARY = (TRIAL, ("-m", "tests.browser.oddities"))


@dataclass(frozen=True, slots=True)
class Site:
    """Where the server answers, and who may log in."""

    url: str
    password: str
    let_in: Callable[[str], tuple[str, str]]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_for(url: str) -> None:
    """Return when a server answers at `url`."""
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)


@contextmanager
def serving(
    factory: pytest.TempPathFactory, name: str, *commands: tuple[str, ...], **settings: str
) -> Iterator[Site]:
    """Serve the site on a database of its own, a copy of one that some commands have filled.

    `settings` are those of its environment that are other than usual.
    """
    place, shared = factory.mktemp(name), shared_folder(factory)
    secret = password(shared)
    database = shutil.copyfile(filled(shared, commands, secret), place / "site.sqlite3")
    port = free_port()
    with (
        (place / "log").open("w") as log,
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "tests.browser.served", str(port)],
            cwd=ROOT,
            env=environment(database, secret) | settings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as server,
    ):
        asked, told = server.stdin, server.stdout
        assert asked
        assert told

        def let_in(name: str) -> tuple[str, str]:
            asked.write(f"{name}\n")
            asked.flush()
            key, value = told.readline().split()
            return key, value

        try:
            wait_for(f"http://127.0.0.1:{port}/healthz/")
            yield Site(f"http://127.0.0.1:{port}", secret, let_in)
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the site with accounts and two published incidents, to write on."""
    with serving(tmp_path_factory, "site", PEOPLE) as served:
        yield served


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the site with the starter data and what is hard to show, to be read only."""
    with serving(tmp_path_factory, "library", *LIBRARY) as served:
        yield served


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the site with articles to draft from, and a record that one of them tells of."""
    with serving(tmp_path_factory, "stories", *STORIES) as served:
        yield served


@dataclass(slots=True)
class Visit:
    """A page on which nothing may offend the policy, and the inputs filled on it."""

    page: Page
    site: Site
    violations: list[str]
    filled: int = 0

    def open(self, path: str) -> None:
        """Go to a path of the site."""
        self.page.goto(f"{self.site.url}{path}")

    def log_in(self, name: str) -> None:
        """Be logged in as `name`, by a cookie; no page is opened."""
        key, value = self.site.let_in(name)
        self.page.context.add_cookies([{"name": key, "value": value, "url": self.site.url}])

    def log_in_by_form(self, name: str) -> None:
        """Log in as `name` as people do, which opens the desk."""
        self.open("/admin/login/?next=/admin/")
        self.page.fill("#id_login", name)
        self.page.fill("#id_password", self.site.password)
        self.page.click("input[type=submit]")
        self.page.wait_for_selector("#user-tools")

    def fill(self, field: str, text: str) -> None:
        """Fill one input and count it."""
        self.page.fill(f"[name='{field}']", text)
        self.filled += 1

    def choose(self, field: str, code: str) -> None:
        """Choose from one list and count it."""
        self.page.select_option(f"[name='{field}']", code)
        self.filled += 1

    def save(self) -> None:
        """Press the last button that saves."""
        with self.page.expect_navigation():
            self.page.locator("input[name=_save]").last.click()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """Open a page of the site to write on."""
    with visiting(browser, site) as made:
        yield made


@pytest.fixture
def drafter(browser: Browser, stories: Site) -> Iterator[Visit]:
    """Open a page of the site with articles, as an analyst."""
    with visiting(browser, stories) as made:
        made.log_in("analyst")
        yield made


@contextmanager
def visiting(browser: Browser, site: Site, **options: Any) -> Iterator[Visit]:
    """Open a page that writes down what its policy refused, and what it asked of elsewhere."""
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 1000}, **options})
    context.set_default_timeout(15_000)
    page = context.new_page()
    violations: list[str] = []
    page.expose_function("refusedByPolicy", lambda told: violations.append(told))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', (event) => "
        "refusedByPolicy(`${event.violatedDirective} ${event.blockedURI} "
        "${location.pathname}`));"
    )
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    foreign: list[str] = []
    page.on("request", lambda sent: _note_foreign(foreign, sent.url, site.url))
    yield Visit(page, site, violations)
    context.close()
    assert violations == []
    assert errors == []
    assert foreign == []


def _note_foreign(foreign: list[str], asked: str, own: str) -> None:
    """Note an address that is not one of the site."""
    if not asked.startswith((own, "data:", "blob:", "about:")):
        foreign.append(asked)
