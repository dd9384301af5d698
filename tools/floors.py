"""Fail when requirements.txt pins a release older than one that mends a known weakness."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLOORS = {
    # CVE-2026-15307, CVE-2026-15920, CVE-2026-15830
    "django": (5, 2, 17),
    # CVE-2026-73228, CVE-2026-73229, CVE-2026-114137
    "djangorestframework": (3, 18, 2),
    # CVE-2020-15225
    "django-filter": (2, 4),
}


def main() -> int:
    """Name each pin that is too low or missing."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pins = dict(re.findall(r"^([a-z0-9-]+)==([0-9.]+)", text, flags=re.MULTILINE))
    low = [
        f"{name} is {pins.get(name, 'missing')}, and must be {'.'.join(map(str, floor))} or newer"
        for name, floor in FLOORS.items()
        if name not in pins or tuple(map(int, pins[name].strip(".").split("."))) < floor
    ]
    print("\n".join(low) or f"{len(FLOORS)} dependency floors hold.")  # noqa: T201
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
