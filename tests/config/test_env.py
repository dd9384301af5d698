"""The environment is typed or refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

ROOT = Path(__file__).resolve().parents[2]
GOOD = {"SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "example.org"}


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process that has only this environment."""
    return subprocess.run(
        [sys.executable, "-c", "import config.settings as s; print(s.DEBUG, s.HTI_DEMO)"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATABASE_URL": "sqlite:///var/check.sqlite3"}
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_site_starts_safe_when_only_key_and_hosts_are_given() -> None:
    started = start(**GOOD)

    assert started.stdout == "False False\n", started.stderr


def test_a_missing_secret_key_stops_the_start() -> None:
    started = start(ALLOWED_HOSTS="example.org")

    assert started.returncode != 0
    assert "SECRET_KEY is required" in started.stderr


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is required"),
        ({"ALLOWED_HOSTS": "example.org,*"}, "must name hosts"),
        ({"DEMO": "1"}, "it needs DEBUG"),
        ({"DEBUG": "maybe"}, "DEBUG must be 1 or 0"),
        ({"PROXIES": "-1"}, "PROXIES must be a whole number"),
        ({"SITE_URL": "example.org"}, "SITE_URL must be like"),
        ({"DATABASE_URL": "mysql://localhost/hti"}, "DATABASE_URL must start with"),
        ({"SECRET_KEY_FILE": "/nowhere"}, "not both"),
    ],
)
def test_a_wrong_value_stops_the_start_and_names_the_variable(
    wrong: dict[str, str], said: str
) -> None:
    started = start(**(GOOD | wrong))

    assert started.returncode != 0
    assert "ImproperlyConfigured" in started.stderr
    assert said in started.stderr


def test_a_secret_may_lie_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("from a file\n", encoding="utf-8")
    monkeypatch.delenv("HTI_KEY", raising=False)
    monkeypatch.setenv("HTI_KEY_FILE", str(tmp_path / "key"))

    assert env.text("HTI_KEY", None) == "from a file"


def test_a_secret_file_that_cannot_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTI_KEY_FILE", str(tmp_path / "absent"))

    with pytest.raises(ImproperlyConfigured, match="HTI_KEY_FILE cannot be read"):
        env.text("HTI_KEY", "a default")


def test_the_development_key_is_made_once_and_read_by_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HTI_KEY", raising=False)
    path = tmp_path / "var" / "key"

    first, second = env.secret("HTI_KEY", path), env.secret("HTI_KEY", path)

    assert first == second
    assert len(first) > 50
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    ("written", "meant"), [("1", True), ("yes", True), ("ON", True), ("0", False), ("", False)]
)
def test_a_flag_is_written_in_few_ways(
    written: str, meant: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTI_FLAG", written)

    assert env.flag("HTI_FLAG", default=not meant) is meant


def test_a_postgresql_address_says_everything_about_the_connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTI_DB", "postgresql://a%40b:p%2Fw@db:6432/hti?sslmode=require")

    found = env.database("HTI_DB", "", base=tmp_path, statement_timeout=1500)

    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("a@b", "p/w", "db")
    assert (found["PORT"], found["NAME"]) == ("6432", "hti")
    assert found["OPTIONS"] == {
        "sslmode": "require",
        "options": "-c jit=off -c statement_timeout=1500",
    }


def test_a_sqlite_address_is_relative_to_the_project_or_absolute(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTI_DB", "sqlite:///data/a.sqlite3")
    relative = env.database("HTI_DB", "", base=tmp_path, statement_timeout=0)
    monkeypatch.setenv("HTI_DB", f"sqlite:///{tmp_path}/b.sqlite3")
    absolute = env.database("HTI_DB", "", base=Path("/nowhere"), statement_timeout=0)

    assert relative["NAME"] == str(tmp_path / "data" / "a.sqlite3")
    assert absolute["NAME"] == str(tmp_path / "b.sqlite3")


@pytest.mark.parametrize(
    ("kind", "backend"), [("memory", "LocMemCache"), ("database", "DatabaseCache")]
)
def test_a_cache_is_that_of_one_process_or_a_table(
    monkeypatch: pytest.MonkeyPatch, kind: str, backend: str
) -> None:
    monkeypatch.setenv("CACHE", kind)

    assert str(env.cache("CACHE", default="memory")["BACKEND"]).endswith(backend)


def test_another_cache_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CACHE", "redis://")

    with pytest.raises(ImproperlyConfigured, match="memory or database"):
        env.cache("CACHE", default="memory")


def test_a_path_may_be_relative_to_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    other = Path("/elsewhere")

    monkeypatch.setenv("ANCHOR", "kept/here")
    assert env.path("ANCHOR", None, base=ROOT) == ROOT / "kept" / "here"
    monkeypatch.setenv("ANCHOR", "/kept/there")
    assert env.path("ANCHOR", None, base=ROOT) == Path("/kept/there")
    monkeypatch.delenv("ANCHOR")
    assert env.path("ANCHOR", other, base=ROOT) == other


@pytest.mark.parametrize(
    ("url", "port", "starttls", "tls"),
    [
        ("smtp://a%40b:s%2Fcret@mail.example.org", 587, True, False),
        ("smtps://a%40b:s%2Fcret@mail.example.org", 465, False, True),
        ("smtp://a%40b:s%2Fcret@mail.example.org:2525?plain=1", 2525, False, False),
    ],
)
def test_an_address_of_a_mail_server_says_how_it_is_spoken_to(
    monkeypatch: pytest.MonkeyPatch, url: str, port: int, starttls: bool, tls: bool
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)

    told = env.mail("EMAIL_URL")

    assert (told["host"], told["user"], told["password"]) == ("mail.example.org", "a@b", "s/cret")
    assert (told["port"], told["starttls"], told["tls"]) == (port, starttls, tls)


def test_no_address_of_a_mail_server_is_no_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EMAIL_URL", raising=False)

    assert env.mail("EMAIL_URL") == {}


@pytest.mark.parametrize(
    "url", ["mail.example.org", "https://x.org", "smtp://", "smtp://x:port", "smtp://x?tls=no"]
)
def test_another_address_of_a_mail_server_is_refused_and_its_secrets_are_not_repeated(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("EMAIL_URL", url.replace("//x", "//name:hunter2@x"))

    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL") as refused:
        env.mail("EMAIL_URL")

    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("120/minute", (120, 60)), ("1/day", (1, 86400)), ("off", None), ("2/second", (2, 1))],
)
def test_a_rate_is_a_number_in_a_span_or_off(
    written: str, meant: tuple[int, int] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTI_RATE", written)

    assert env.rate("HTI_RATE", "5/minute") == meant


@pytest.mark.parametrize("written", ["0/minute", "many", "5", "5/week", "-1/minute", "5/minutes"])
def test_a_rate_that_is_none_is_refused(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTI_RATE", written)

    with pytest.raises(ImproperlyConfigured, match="120/minute"):
        env.rate("HTI_RATE", "5/minute")


@pytest.mark.parametrize("value", ["Someone\r\nX: y", "Кто-то", "a\tb"])
def test_what_is_sent_in_a_header_is_one_line(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINE", value)

    with pytest.raises(ImproperlyConfigured, match="LINE"):
        env.line("LINE", "Someone/1.0")
