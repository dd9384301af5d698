"""Datasette in an environment of its own, where its packages can be had."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from .databases import KEPT

VERSION: Final = "datasette==0.65.*"
PATIENCE: Final = 300


def datasette(file: Path) -> list[str] | None:
    """Return the command that serves a SQLite file by Datasette, None where it cannot be had."""
    home = KEPT / "datasette"
    program = home / "bin" / "datasette"
    if not program.exists():
        pip = [str(home / "bin" / "pip"), "install", "--quiet", VERSION, "setuptools"]
        for command in ([sys.executable, "-m", "venv", str(home)], pip):
            try:
                subprocess.run(command, check=True, timeout=PATIENCE)  # noqa: S603  fixed words
            except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
                return None
    limits = {"sql_time_limit_ms": "3600000", "max_returned_rows": "100000", "max_csv_mb": "0"}
    given = [word for name, value in limits.items() for word in ("--setting", name, value)]
    return [str(program), "serve", str(file), "--host=127.0.0.1", "--port={port}", *given]
