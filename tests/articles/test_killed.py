"""A process that is killed while it captures leaves nothing half done, and another one goes on."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.databases import migrated

pytestmark = pytest.mark.slow

BEGUN = """
import django, sys
django.setup()
from django.contrib.auth.models import User
from articles import attempts, capturing, rechecking
from articles.codebook import Verdict
from articles.extraction import Reading
from articles.models import *
from tests.articles.stories import saying, story
capturing.read = lambda body, **_said: Reading("html", Verdict.ARTICLE, "", text=body.decode())
by = User.objects.get_or_create(username="analyst", is_staff=True)[0]
"""
CAPTURES = """
for n in range(int(sys.argv[1])):
    capturing.capture_new(f"https://example.org/{n}", by=by, marking="clear",
                          fetch=saying(story(str(n))))
    print(n, flush=True)
"""
LOOKS_AGAIN = """
from django.core.management import call_command
def check(article, look=rechecking.check):
    row = look(article, fetch=saying(story(f"{article.pk} as it is now.")))
    print(row.pk, flush=True)
    return row
rechecking.check = check
call_command("recheck", days=1, pace=0)
"""
LEFT = """
SELECT (SELECT COUNT(*) FROM articles_article),
       (SELECT COUNT(*) FROM articles_article WHERE id NOT IN
           (SELECT article_id FROM articles_capture)),
       (SELECT COUNT(*) FROM articles_content WHERE sha256 NOT IN
           (SELECT content_id FROM articles_capture)),
       (SELECT COUNT(*) FROM articles_capture),
       (SELECT COUNT(*) FROM articles_check WHERE outcome = 'changed' AND capture_id IS NOT NULL),
       (SELECT COUNT(*) FROM articles_check)
"""
HANGS = """
import time
from articles.services import article_at
def hang(url):
    print("asked", flush=True)
    time.sleep(60)
capturing.ask.__kwdefaults__["fetch"] = hang
article = article_at("https://example.org/1", by=by, marking="clear")[0]
attempts.begin(article, by=by)
time.sleep(60)
"""
TRIES_AGAIN = """
import time
from datetime import timedelta
from django.utils import timezone
article = Article.objects.get()
print(attempts.begin(article, by=by)[1], article.attempts.get().under_way)
earlier = timezone.now() - timedelta(minutes=2)
article.attempts.update(begun_at=earlier)
print(article.attempts.get().cut_off, article.captures.count())
capturing.ask.__kwdefaults__["fetch"] = saying(story())
attempt, new = attempts.begin(article, by=by)
while article.attempts.filter(ended_at=None).exists():
    time.sleep(0.05)
print(new, article.captures.count(), [bool(one.failed) for one in article.attempts.all()])
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A database in a file, and a folder for what is temporary."""

    environment: dict[str, str]
    database: Path
    temporary: Path

    def ran(self, program: str, *arguments: str) -> str:
        """Run a program to its end and return what it said."""
        done = subprocess.run(  # noqa: S603
            self._command(program, *arguments), **self._base, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return str(done.stdout)

    def killed(self, program: str, *arguments: str, after: int) -> None:
        """Run a program and kill it once it has said so many lines."""
        child: subprocess.Popen[str] = subprocess.Popen(  # noqa: S603
            self._command(program, *arguments), **self._base, stdout=subprocess.PIPE
        )
        assert child.stdout
        with child.stdout:
            for _n in range(after):
                assert child.stdout.readline()
            child.kill()
        child.wait()

    def left(self) -> list[int]:
        """Count articles, those without a capture, bytes without one, captures and looks."""
        with closing(sqlite3.connect(self.database)) as database:
            return list(database.execute(LEFT).fetchone())

    def _command(self, program: str, *arguments: str) -> list[str]:
        return [sys.executable, "-c", BEGUN + program, *arguments]

    @property
    def _base(self) -> Any:
        return {"cwd": settings.BASE_DIR, "env": self.environment, "text": True}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database without rows."""
    return migrated(tmp_path_factory)


@pytest.fixture
def place(empty: Path, tmp_path: Path) -> Place:
    """Copy the database for one test."""
    file, temporary = shutil.copyfile(empty, tmp_path / "site.sqlite3"), tmp_path / "tmp"
    temporary.mkdir()
    told = {"DATABASE_URL": f"sqlite:///{file}", "TMPDIR": str(temporary)}
    return Place({**os.environ, **told}, file, temporary)


def test_a_process_that_is_killed_leaves_articles_with_their_captures_alone(place: Place) -> None:
    for after in (1, 9):
        place.killed(CAPTURES, "60", after=after)

        kept, without, unused, captures, *_looks = place.left()
        assert (kept >= after, without, unused, captures >= kept) == (True, 0, 0, True)


def test_looking_again_goes_on_where_it_was_killed_and_leaves_nothing_half_done(
    place: Place,
) -> None:
    place.ran(CAPTURES, "12")
    for after in (1, 4):
        place.killed(LOOKS_AGAIN, after=after)

        articles, without, unused, captures, changed, looks = place.left()
        assert (articles, without, unused) == (12, 0, 0)
        assert after <= looks < 12
        assert (captures, changed) == (12 + looks, looks)

    place.ran(LOOKS_AGAIN)
    assert place.left() == [12, 0, 0, 24, 12, 12]
    assert list(place.temporary.iterdir()) == []


def test_an_attempt_whose_process_was_killed_is_cut_off_in_time_and_can_be_made_again(
    place: Place,
) -> None:
    place.killed(HANGS, after=1)

    assert place.ran(TRIES_AGAIN).splitlines() == [
        "False True",
        "True 0",
        "True 1 [False, True]",
    ]
