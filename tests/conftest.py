"""What holds for every test: no network, quick hashes, inputs drawn the same way each time."""

from __future__ import annotations

import gc
import ipaddress
import os
import secrets
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import django
import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from django.template import Template
from django.test import override_settings
from playwright.sync_api import Browser, Page, sync_playwright

from incidents import problems
from tests.chromium import chromium
from tests.databases import begun, migrated

# Tests do not read the environment of whoever runs them, DATABASE_URL and SECRET_KEY excepted.
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
os.environ["DEBUG"] = "1"
os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))
# Tests of second factors ask for them; all others log in as anybody.
os.environ["MFA_REQUIRED"] = "0"
# Many tests change rows by hand, which moves no clock; those of what is kept say so.
os.environ["ANSWERS_KEPT"] = "0"
# A page does not depend on how busy the machine is.
os.environ["PANELS_WITHIN"] = "600000"
for name in (
    "DEMO",
    "CACHE",
    "ALLOWED_HOSTS",
    "SITE_URL",
    "PROXIES",
    "SECRET_KEY_FALLBACKS",
    "EMAIL_URL",
    "PUBLIC_READ",
    "API_RATE_ANONYMOUS",
    "API_RATE_TOKEN",
    "API_RATE_EXPORTS",
    "CAPTURE_AGENT",
    "CAPTURE_ROBOTS",
):
    os.environ.pop(name, None)
# Playwright runs an event loop in the thread of the test, which Django would refuse.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
django.setup()

hypothesis.settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[
        hypothesis.HealthCheck.too_slow,
        hypothesis.HealthCheck.function_scoped_fixture,
    ],
)
hypothesis.settings.load_profile("ci")


# A file with slow tests comes before those without, in which the longer is the slower. Files that
# empty all tables come after those that ask a database, for migrations fill some; then those in a
# browser, whose loop of events stays in the process. What comes last is short, so that no core
# waits for the other at the end.
SLOW: Final = 1000


class NetworkReached(RuntimeError):
    """A test tried to leave this machine."""


def _refuse_the_world(address: Any) -> None:
    """Raise unless `address` is a path or on this machine."""
    if not isinstance(address, tuple):
        return
    host = str(address[0])
    if host == "localhost":
        return
    try:
        inside = ipaddress.ip_address(host).is_loopback
    except ValueError:
        inside = False
    if not inside:
        raise NetworkReached(f"A test tried to reach {host}.")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse connections and name look-ups that leave this machine."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    look_up = socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _refuse_the_world(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _refuse_the_world(address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host:
            _refuse_the_world((host.decode() if isinstance(host, bytes) else host,))
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        patch.setattr(socket, "getaddrinfo", guarded_look_up)
        yield


@pytest.fixture(autouse=True, scope="session")
def _quick_hashes() -> Iterator[None]:
    """Hash passwords fast; Argon2 is slow on purpose."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True, scope="session")
def _plain_rendering(django_test_environment: None) -> Iterator[None]:
    """Render templates as a site does; Django's tests keep a copy of each context besides."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", lambda self, context: self.nodelist.render(context))
        yield


@pytest.fixture(autouse=True, scope="session")
def _one_request_id() -> Iterator[None]:
    """Give all requests one id, so that answers which are to be alike are so byte for byte."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(problems, "new_id", lambda: "0" * 32)
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_anchor() -> Iterator[None]:
    """Keep the heads of ledgers made by tests out of the files of this working copy."""
    with override_settings(LEDGER_ANCHOR=None):
        yield


@pytest.fixture(autouse=True, scope="session")
def _captures_at_once() -> Iterator[None]:
    """Have pages captured before the request that asks for them is answered, not by a thread."""

    def at_once(work: Callable[[], None]) -> bool:
        work()
        return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("articles.attempts.start", at_once)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Have one of several workers migrate for all; a database in memory begins as a copy."""
    if connection.vendor == "sqlite" and os.environ.get("PYTEST_XDIST_WORKER"):
        name = "file:memorydb_default?mode=memory&cache=shared"
        with begun(name, migrated(tmp_path_factory)):
            yield
    else:
        yield


@pytest.fixture(autouse=True)
def _no_tries_of_before() -> None:
    """Forget the tries at passwords that other tests made."""
    cache.clear()


@pytest.hookimpl
def pytest_collection_finish() -> None:
    """Look for garbage less often, and never among modules and tests, which stay to the end.

    Python looks after every 700 new objects, which takes an eighth of the time of a usual test
    and two fifths of that of a migration.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def asks_a_database(item: pytest.Item) -> bool:
    """Tell whether a test has the mark of one, or a fixture that makes one."""
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("database")
    return bool(marked) or "django_db_setup" in getattr(item, "fixturenames", ())


def is_committed(item: pytest.Item) -> bool:
    """Tell whether what a test writes is committed, and all tables are emptied after it."""
    marker = item.get_closest_marker("django_db")
    asked = bool(marker and marker.kwargs.get("transaction"))
    return asked or "transactional_db" in getattr(item, "fixturenames", ())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark tests that ask a database, and put the files in order.

    Browser tests are skipped where there is no browser; `tests/run.py` says so aloud.
    """
    here = chromium() is not None
    for item in items:
        if asks_a_database(item):
            item.add_marker("database")
        if not here and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))
    yield
    # pytest-django has put all tests without a database last, and the slowest are among them.
    length: Counter[Path] = Counter()
    for item in items:
        length[item.path] += SLOW if item.get_closest_marker("slow") else 1
    emptying = {item.path for item in items if is_committed(item)}
    browsing = {item.path for item in items if item.get_closest_marker("browser")}
    asking = {item.path for item in items if asks_a_database(item)}

    def place(item: pytest.Item) -> tuple[int, int, Path]:
        path = item.path
        if path in emptying:
            turn = 1
        elif path in browsing:
            turn = 2
        else:
            turn = 0 if path in asking or length[path] >= SLOW else 3
        return turn, -length[path], path

    items.sort(key=place)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the machine's Chromium, which reaches this machine only."""
    rules = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=[f"--host-resolver-rules={rules}", "--no-sandbox", "--disable-dev-shm-usage"],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page with no memory of other tests."""
    context = browser.new_context()
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()
