"""Ask the servers that send most for a page, in a process of its own, and say how it grew.

`python -m tests.articles.fetching.grown`: kilobytes of memory before and at the most.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import django

# Each sends as much as it can, one of them a thousandfold compressed.
GREEDY: Final = (
    "sends a body without end",
    "sends a PDF without end",
    "sends chunks without end",
    "sends tiny chunks without end",
    "sends trailers without end",
    "sends a status line without end",
    "sends thousands of headers",
    "says continue without end",
    "sends a bomb",
    "sends a bomb that is a PDF",
)


def kilobytes(name: str) -> int:
    """Return a number of the memory of this process, as the kernel counts it.

    The maximum of `getrusage` is no less than what the parent had when it started this process.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    found = re.search(rf"{name}:\s+([0-9]+) kB", status)
    return int(found[1]) if found else 0


def main() -> None:
    """Ask each three times."""
    from articles.fetching import LIMITS, Unreachable, fetch  # noqa: PLC0415

    from .servers import HOST, serving  # noqa: PLC0415
    from .test_hostile import HOSTILE  # noqa: PLC0415

    before = kilobytes("VmRSS")
    for name in GREEDY * 3:
        with serving(HOSTILE[name][0]) as server:
            try:
                fetch(f"http://{HOST}/", LIMITS, allowed=server.allowed)
            except Unreachable:
                continue
            raise AssertionError(name)
    print(before, kilobytes("VmHWM"))  # noqa: T201


if __name__ == "__main__":
    django.setup()
    main()
