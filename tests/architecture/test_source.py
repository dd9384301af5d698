"""Habits that no linter knows."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("articles", "incidents", "config")
LONGEST = 600


def sources(*rooms: str) -> Iterator[tuple[str, str]]:
    """Yield the path and text of each module of `rooms`, migrations left out."""
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def holding(pattern: str, *rooms: str) -> list[str]:
    """Return the modules of `rooms` in which `pattern` is found."""
    return [path for path, text in sources(*rooms) if re.search(pattern, text)]


def test_no_module_is_too_long_to_be_read_at_once() -> None:
    long = [path for path, text in sources(*ROOMS) if text.count("\n") > LONGEST]

    assert long == []


@pytest.mark.parametrize("word", [r"\.distinct\(", r"distinct\s*=\s*True"])
def test_no_query_needs_to_be_made_distinct(word: str) -> None:
    """A verb that joins no to-many relation counts no row twice; sources are values, not rows."""
    assert set(holding(word, "articles", "incidents")) <= {"incidents/querysets/children.py"}


def test_only_the_environment_room_reads_the_environment() -> None:
    readers = holding(r"os\.(environ|getenv)", *ROOMS)

    # wsgi.py names the settings, as manage.py does.
    assert readers == ["config/env.py", "config/wsgi.py"]


@pytest.mark.parametrize("word", [r"except\s*:", r"except \(?(Base)?Exception\b", r"\bsuppress\("])
def test_nothing_is_caught_except_by_name(word: str) -> None:
    # A panel that fails, for whatever reason, is noted and leaves its neighbours.
    assert set(holding(word, *ROOMS)) <= {"incidents/views/panels.py"}


def test_the_domain_knows_no_requests_and_no_responses() -> None:
    """`lint-imports` sees Django as one package, so this one import is looked for here."""
    rooms = "codebook|counts|formats|models|querysets|questions|services"
    domain = rf"(articles/(?!admin|desk|saving)|incidents/({rooms})\b)"
    readers = holding(r"(from|import) django\.(http|shortcuts|urls)", "articles", "incidents")

    assert [path for path in readers if re.match(domain, path)] == []
