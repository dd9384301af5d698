"""Databases in files, each filled once in a run and copied for whoever writes on it."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
Commands = tuple[tuple[str, ...], ...]
MIGRATE: tuple[str, ...] = ("manage.py", "migrate", "--verbosity=0")
# What `make run` does before it serves, which loads the starter data.
TRIAL: tuple[str, ...] = ("manage.py", "demo", "--no-serve")


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all workers of this run have in common."""
    base = factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@contextmanager
def locked(folder: Path, name: str) -> Iterator[None]:
    """Keep other workers out of what is made under `name`."""
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def password(folder: Path) -> str:
    """Return the password of the accounts of this run, which the first to ask draws."""
    kept = folder / "site-password"
    with locked(folder, kept.name):
        if not kept.exists():
            kept.write_text(secrets.token_urlsafe(12), encoding="utf-8")
        return kept.read_text(encoding="utf-8")


def environment(database: Path, secret: str) -> dict[str, str]:
    """Return the settings of a site on a database."""
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "DEBUG": "1",
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SITE_PASSWORD": secret,
    }


def filled(folder: Path, commands: Commands, secret: str) -> Path:
    """Return a database as the commands leave it; each of them runs once for all workers."""
    name = "-".join(["empty", *(command[1] for command in commands)])
    done, making = folder / f"{name}.sqlite3", folder / f"{name}.part"
    with locked(folder, name):
        if not done.exists():
            command = MIGRATE
            if commands:
                shutil.copyfile(filled(folder, commands[:-1], secret), making)
                command = commands[-1]
            subprocess.run(  # noqa: S603
                [sys.executable, *command],
                cwd=ROOT,
                env=environment(making, secret),
                check=True,
                stdout=subprocess.DEVNULL,
            )
            making.rename(done)
    return done


def migrated(factory: pytest.TempPathFactory) -> Path:
    """Return a database that holds what migrations make; one process of this run runs them."""
    return filled(shared_folder(factory), (), "")


@contextmanager
def begun(name: str, file: Path) -> Iterator[None]:
    """Fill the database in memory of a name from a file, and keep it while nobody else does."""
    with (
        closing(sqlite3.connect(name, uri=True)) as held,
        closing(sqlite3.connect(file)) as source,
    ):
        source.backup(held)
        yield
