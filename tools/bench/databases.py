"""Databases full of invented incidents, kept from one run to the next."""

from __future__ import annotations

import hashlib
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT: Final = Path(__file__).resolve().parents[2]
KEPT: Final = ROOT / "var" / "bench"
# What the rows and their tables are made by: another version of it makes another database.
MADE_BY: Final = (
    "*/migrations/0*.py",
    "incidents/generating/*.py",
    "incidents/bulk.py",
    "incidents/indexing.py",
)


def settings(url: str) -> dict[str, str]:
    """Return the environment of a site on a database, as a deployment behind a proxy has it."""
    return {
        "DEBUG": "0",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": os.environ.get("SECRET_KEY") or secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": "https://127.0.0.1",
        "PROXIES": "1",
        "STATEMENT_TIMEOUT": "3600000",
        "API_RATE_ANONYMOUS": "off",
        "API_RATE_EXPORTS": "off",
        "DATABASE_URL": url,
    }


def database(kind: str, size: int) -> str:
    """Return the URL of a database of so many records, loading it where there is none."""
    name = f"{size}-{_version()}"
    return _sqlite(name, size) if kind == "sqlite" else _postgresql(name, size)


def _version() -> str:
    digest = hashlib.sha256()
    for path in sorted(path for pattern in MADE_BY for path in ROOT.glob(pattern)):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:10]


def _sqlite(name: str, size: int) -> str:
    KEPT.mkdir(parents=True, exist_ok=True)
    path, begun = KEPT / f"{name}.sqlite3", KEPT / f"{name}.part"
    if not path.exists():
        for rest in KEPT.glob(f"{begun.name}*"):
            rest.unlink()
        _fill(f"sqlite:///{begun.relative_to(ROOT)}", size)
        begun.rename(path)
    return f"sqlite:///{path.relative_to(ROOT)}"


def _postgresql(name: str, size: int) -> str:
    server = urlsplit(os.environ["BENCH_POSTGRES"])
    called = f"hti_bench_{name.replace('-', '_')}"

    def url(database: str) -> str:
        # `urlunsplit` writes no empty host, which a URL of PostgreSQL has.
        rest = urlunsplit(("", "", f"/{database}", server.query, ""))
        return f"postgresql://{server.netloc}{rest}"

    with psycopg.connect(url("postgres"), autocommit=True) as connection:
        there = connection.execute("SELECT datname FROM pg_database").fetchall()
        if (called,) in there:
            return url(called)
        begun = f"{called}_part"
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(begun)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(begun)))
        _fill(url(begun), size)
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(begun), sql.Identifier(called)
            )
        )
    return url(called)


def _fill(url: str, size: int) -> None:
    print(f"Loading {size:,} incidents …", file=sys.stderr)  # noqa: T201
    environment = os.environ | settings(url) | {"DEBUG": "1"}
    for command in (["migrate", "--verbosity=0"], ["generate_incidents", str(size)]):
        subprocess.run(  # noqa: S603  this project's own commands
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
