"""Every variable is documented, and nothing documented is dead."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r"env\.[a-z_]+\(\s*\"([A-Z_]+)\"")
DOCUMENTED = re.compile(r"^#?\s?([A-Z][A-Z_]+)=", re.MULTILINE)


def test_the_example_environment_lists_every_variable_and_no_other() -> None:
    read = set(READ.findall((ROOT / "config" / "settings.py").read_text(encoding="utf-8")))
    documented = set(DOCUMENTED.findall((ROOT / ".env.example").read_text(encoding="utf-8")))

    assert len(read) > 5
    assert documented == read
