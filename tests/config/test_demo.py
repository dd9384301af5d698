"""The demo makes accounts, so it stays on this machine."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from incidents.management.commands import demo


def test_the_demo_is_refused_when_debug_is_off(settings: Settings) -> None:
    settings.DEBUG, settings.HTI_DEMO = False, True

    with pytest.raises(CommandError, match="DEBUG"):
        call_command("demo")


def test_the_demo_is_refused_unless_it_was_asked_for(settings: Settings) -> None:
    settings.DEBUG, settings.HTI_DEMO = True, False

    with pytest.raises(CommandError, match="DEMO"):
        call_command("demo")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org", ""])  # noqa: S104
def test_the_demo_is_refused_off_loopback(settings: Settings, host: str) -> None:
    settings.DEBUG, settings.HTI_DEMO = True, True

    with pytest.raises(CommandError, match="this machine only"):
        call_command("demo", host=host)


def test_a_taken_port_is_named_with_a_way_out() -> None:
    taken = demo.listen("127.0.0.1", 0)
    port = taken.getsockname()[1]

    with taken, pytest.raises(CommandError, match=f"Port {port} cannot be used"):
        demo.listen("127.0.0.1", port)


@pytest.mark.parametrize("required", [True, False])
def test_a_trial_says_whether_it_asks_for_a_second_factor(
    settings: Settings, required: bool
) -> None:
    settings.MFA_REQUIRED = required

    assert ("asks for no second factor" in demo.second_factor()) is not required


@pytest.mark.django_db
def test_the_demo_shows_passwords_once_and_is_safe_to_repeat(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEBUG, settings.HTI_DEMO = True, True
    called = []
    monkeypatch.setattr(demo, "call_command", lambda name, **_options: called.append(name))
    first, second = StringIO(), StringIO()

    call_command("demo", no_serve=True, stdout=first)
    call_command("demo", no_serve=True, stdout=second)

    assert called == ["migrate", "load_starter"] * 2
    assert "shown this once" in first.getvalue()
    assert "shown this once" not in second.getvalue()
    assert set(User.objects.filter(is_staff=True).values_list("username", flat=True)) >= {
        "analyst",
        "reviewer",
        "admin",
    }


@pytest.mark.django_db
def test_a_demo_group_may_write_everything_and_delete_only_rows_of_forms() -> None:
    group = Group.objects.create(name="Analysts")

    demo.permit(group)

    held = set(group.permissions.values_list("codename", flat=True))
    assert {"view_incident", "add_incident", "change_article", "add_claim"} <= held
    assert {name for name in held if name.startswith("delete_")} == {
        f"delete_{name}" for name in demo.CHILDREN
    }


@pytest.mark.django_db
@pytest.mark.parametrize("demo", [True, False])
def test_a_trial_shows_the_sites_own_page_for_what_is_not_there(
    settings: Settings, demo: bool
) -> None:
    settings.DEBUG, settings.HTI_DEMO = True, demo

    page = Client().get("/nothing/")

    assert page.status_code == 404
    assert (b"Nothing is here that you may see" in page.content) == demo
