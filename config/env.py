"""The only reader of the environment: every value is typed here or refused."""

import os
import re
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def _read(name: str) -> str | None:
    """Return the value of `name`, or the content of the file that `name`_FILE points to."""
    path = os.environ.get(f"{name}_FILE")
    if path is None:
        return os.environ.get(name)
    if name in os.environ:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error}") from error


def text(name: str, default: str | None) -> str:
    """Return the text of `name`; a default of None makes the variable required."""
    value = _read(name) or default
    if value is None:
        raise ImproperlyConfigured(f"{name} is required: set {name} or {name}_FILE.")
    return value


def line(name: str, default: str) -> str:
    """Return the text of `name`, which is one line of printable ASCII."""
    value = text(name, default)
    if not (value.isascii() and value.isprintable()):
        raise ImproperlyConfigured(f"{name} must be one line of ASCII, not {value!r}.")
    return value


def flag(name: str, default: bool) -> bool:
    """Return the truth of `name`, written as 1 or 0, true or false, yes or no, on or off."""
    value = _read(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int, *, least: int = 0) -> int:
    """Return the whole number of `name`, which is `least` or more."""
    value = _read(name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit()) or int(value) < least:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least}, not {value!r}.")
    return int(value)


def rate(name: str, default: str) -> tuple[int, int] | None:
    """Return how often something may be done in how many seconds; None where `name` is off.

    It is written like 120/minute.
    """
    value = text(name, default)
    if value == "off":
        return None
    found = re.fullmatch(r"([1-9][0-9]{0,6})/(second|minute|hour|day)", value)
    if found is None:
        raise ImproperlyConfigured(f"{name} must be like 120/minute, or off, not {value!r}.")
    return int(found[1]), {"second": 1, "minute": 60, "hour": 3600, "day": 86400}[found[2]]


def path(name: str, default: Path | None, *, base: Path) -> Path | None:
    """Return the path of `name`, which may be relative to `base`."""
    value = _read(name)
    return base / value if value else default


def listing(name: str, default: list[str]) -> list[str]:
    """Return the values of `name`, separated by commas."""
    value = _read(name)
    if not value:
        return default
    return [part.strip() for part in value.split(",") if part.strip()]


def address(name: str, default: str) -> str:
    """Return the web address of `name`, without a closing slash."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{name} must be like https://example.org, not {value!r}.")
    return value


def contact(name: str) -> str:
    """Return where readers may write, as the address of a link, or nothing where it is not set.

    Raises ImproperlyConfigured for what is neither an e-mail address nor an https address.
    """
    value = text(name, default="")
    if not value or value.startswith("https://"):
        return value
    if re.fullmatch(r"[^@\s?&]+@[^@\s?&]+\.[^@\s?&]+", value):
        return f"mailto:{value}"
    raise ImproperlyConfigured(f"{name} must be an e-mail address or begin with https://.")


def database(name: str, default: str, *, base: Path, statement_timeout: int) -> dict[str, Any]:
    """Return the Django settings of the database that the address in `name` stands for.

    `base` is the folder of a relative SQLite path; `statement_timeout` is in milliseconds and
    holds for PostgreSQL.
    """
    url = text(name, default)
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(name, parts, base)
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(name, parts, statement_timeout)
    raise ImproperlyConfigured(f"{name} must start with sqlite:// or postgresql://.")


def _sqlite(name: str, parts: SplitResult, base: Path) -> dict[str, Any]:
    if parts.netloc or len(parts.path) < 2 or parts.query:
        raise ImproperlyConfigured(
            f"{name} must be sqlite:///relative/path or sqlite:////absolute/path."
        )
    path = base / unquote(parts.path[1:])
    path.parent.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            # A write takes its lock at once, so two writers wait instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            # FULL keeps the last commit through a power cut, which NORMAL does not.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            # What is deleted is overwritten, so that a purge leaves nothing in the file.
            "PRAGMA secure_delete=ON; "
            # To replace a row deletes it, and asks the triggers of deletion only with this.
            "PRAGMA recursive_triggers=ON;",
        },
    }


def _postgresql(name: str, parts: SplitResult, statement_timeout: int) -> dict[str, Any]:
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} has a port that is not a number.") from error
    extra = dict(parse_qsl(parts.query))
    database_name = unquote(parts.path.removeprefix("/"))
    if not database_name:
        raise ImproperlyConfigured(f"{name} must end with the name of a database.")
    options = f"-c jit=off -c statement_timeout={statement_timeout}"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": unquote(parts.username or extra.pop("user", "")),
        "PASSWORD": unquote(parts.password or extra.pop("password", "")),
        "HOST": unquote(parts.hostname or extra.pop("host", "")),
        "PORT": str(port or extra.pop("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**extra, "options": f"{options} {extra.get('options', '')}".strip()},
    }


def mail(name: str) -> dict[str, Any]:
    """Return what the address in `name` says of a mail server; nothing where there is none.

    It is smtp://user:password@host:587 with STARTTLS, smtps://… with TLS from the start, or
    smtp://host:25?plain=1 for a server on the same machine. Without it no mail is sent.
    """
    url = text(name, "")
    if not url:
        return {}
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    plain = asked.pop("plain", "0") == "1"
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} has a port that is not a number.") from error
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or parts.path.strip("/"):
        raise ImproperlyConfigured(f"{name} must be like smtp://user:password@host:587.")
    if asked:
        raise ImproperlyConfigured(
            f"{name} takes plain=1 and nothing else after its question mark."
        )
    secure = parts.scheme == "smtps"
    return {
        "host": parts.hostname,
        "port": port or (465 if secure else 25 if plain else 587),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "starttls": not (secure or plain),
        "tls": secure,
    }


def cache(name: str, default: str) -> dict[str, Any]:
    """Return the Django settings of the cache that `name` chooses.

    `memory` is that of one process; `database` is a table that several processes share.
    """
    kind = text(name, default)
    # An entry that is pushed out would be a try at a password more, so there is room for many.
    roomy = {"OPTIONS": {"MAX_ENTRIES": 200_000}}
    if kind == "memory":
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", **roomy}
    if kind == "database":
        backend = "django.core.cache.backends.db.DatabaseCache"
        return {"BACKEND": backend, "LOCATION": "cache", **roomy}
    raise ImproperlyConfigured(f"{name} must be memory or database, not {kind!r}.")


def answers(name: str, default: int) -> dict[str, Any]:
    """Return the Django settings of the cache that holds as many answers as `name` says.

    Each process has its own; 0 keeps none.
    """
    most = number(name, default)
    if not most:
        return {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    backend = "django.core.cache.backends.locmem.LocMemCache"
    return {"BACKEND": backend, "LOCATION": name, "OPTIONS": {"MAX_ENTRIES": most}}


def secret(name: str, kept_at: Path | None) -> str:
    """Return the secret of `name`, else the one kept at `kept_at`, which the first call makes.

    A path of None makes the variable required.
    """
    value = _read(name)
    if value or kept_at is None:
        return text(name, None)
    if not kept_at.exists():
        kept_at.parent.mkdir(parents=True, exist_ok=True)
        _keep(secrets.token_urlsafe(64), kept_at)
    return kept_at.read_text(encoding="utf-8")


def _keep(value: str, path: Path) -> None:
    """Write `value` to `path` for its owner's eyes, unless another process was first."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="utf-8") as draft:
        draft.write(value)
        draft.flush()
        try:
            # The link appears whole or not at all, also when two processes start together.
            os.link(draft.name, path)
        except FileExistsError:
            return
