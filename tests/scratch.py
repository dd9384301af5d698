"""Run a long check in a database of its own, which is gone afterwards.

`python -m tests.scratch twins` or `python -m tests.scratch appends --count 10000`, in a SQLite
file, or on the PostgreSQL server of DATABASE_URL.
"""

from __future__ import annotations

import importlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.databases import migrated

if TYPE_CHECKING:
    import pytest

ROOT: Final = Path(__file__).resolve().parent.parent
BEGUN: Final = "SCRATCH_BEGUN"


def said_by(check: str, count: int, factory: pytest.TempPathFactory) -> str:
    """Run a check in a process of its own, which has to succeed; return what it said.

    On SQLite its database begins as a copy of one that was migrated in this run.
    """
    environment = dict(os.environ)
    if not environment.get("DATABASE_URL", "").startswith("postgres"):
        environment[BEGUN] = str(migrated(factory))
    ran = subprocess.run(  # noqa: S603  this package
        [sys.executable, "-m", "tests.scratch", check, "--count", str(count)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@contextmanager
def database(folder: Path) -> Iterator[None]:
    """Make a SQLite file in `folder`, or a database on the server of DATABASE_URL."""
    file = folder / "scratch.sqlite3"
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{file}")
    if BEGUN in os.environ:
        shutil.copyfile(os.environ[BEGUN], file)
    os.environ |= {"DEBUG": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.environ |= {"LEDGER_ANCHOR": str(folder / "ledger.anchor")}
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))
    import django  # noqa: PLC0415  settings need the environment first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)
        yield
        return
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def main() -> int:
    """Run the named check with what else was said."""
    name, *arguments = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder, database(Path(folder)):
        # What it imports needs the settings.
        code: int = importlib.import_module(f"tests.{name}").main(arguments)
        return code


if __name__ == "__main__":
    sys.exit(main())
