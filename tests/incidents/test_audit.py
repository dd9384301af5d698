"""The audit log says who did what, from where, and nothing that it should not keep."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from articles.models import Membership, Organisation
from incidents import audit
from incidents.models import AuditEntry
from tests import make

from .entering import enrol, log_in, started
from .signing_in import PASSWORD, account, anna

__all__ = ["anna"]

pytestmark = pytest.mark.django_db

LOG = "/admin/incidents/auditentry/"


@pytest.fixture
def boss() -> User:
    """Return an administrator."""
    return User.objects.create_superuser("boss", password=PASSWORD)


@pytest.fixture
def desk(boss: User) -> Client:
    """Log the administrator in."""
    client = Client()
    client.force_login(boss)
    return client


def last() -> int:
    """Return the number of the last entry."""
    return AuditEntry.objects.order_by("pk").values_list("pk", flat=True).last() or 0


def told(after: int) -> list[tuple[str, str, str]]:
    """Return account, deed and subject of each entry after one, oldest first."""
    rows = AuditEntry.objects.order_by("pk").filter(pk__gt=after)
    return [(row.name, row.deed, row.subject) for row in rows]


# Logins


def test_a_login_and_a_logout_are_written_down_with_their_address(anna: User) -> None:
    start = last()
    client = Client(REMOTE_ADDR="198.51.100.7")

    log_in(client, "anna")
    client.post("/account/logout/")

    assert told(start) == [("anna", "login", ""), ("anna", "logout", "")]
    assert set(AuditEntry.objects.filter(pk__gt=start).values_list("address", "user")) == {
        ("198.51.100.7", anna.pk)
    }


def test_the_log_writes_its_times_with_the_year_first(desk: Client, anna: User) -> None:
    log_in(Client(), "anna")

    page = desk.get("/admin/incidents/auditentry/").content.decode()

    assert AuditEntry.objects.latest("pk").at.strftime(">%Y-%m-%d %H:%M<") in page


def test_a_refused_login_keeps_a_name_only_where_it_is_one(anna: User) -> None:
    start = last()

    log_in(Client(), "anna", "wrong")
    log_in(Client(), "my secret pass phrase", "anna")

    assert told(start) == [("anna", "login_failed", ""), ("", "login_failed", "")]


def test_no_password_is_ever_in_the_log(client: Client, anna: User) -> None:
    log_in(client, "anna", "a wrong secret")
    log_in(client, "a wrong secret", "anna")
    log_in(client, "anna")
    new = "another password of somebody"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    client.post("/admin/password_change/", sent)

    log = str(told(0))

    assert "anna: new password" in log
    assert not [text for text in ("a wrong secret", PASSWORD, new) if text in log]


def test_a_wrong_code_and_a_changed_second_factor_are_written_down(
    desk: Client, anna: User
) -> None:
    enrol(anna)
    client = Client()
    log_in(client, "anna")
    start = last()

    client.post("/account/code/", {"code": "not a code"})
    sent = {"action": "remove_second_factor", "_selected_action": [anna.pk]}
    desk.post("/admin/auth/user/", sent)

    assert told(start) == [
        ("anna", "login_failed", "Wrong code of the second factor."),
        ("boss", "second_factor", "anna: removed"),
    ]


# Files and what is RED


@pytest.mark.parametrize(
    "name", ["incidents.csv", "incidents.ndjson", "incidents.geojson", "counts.csv"]
)
def test_a_file_taken_out_is_written_down_with_its_question(anna: User, name: str) -> None:
    make.incident("Fire in Gdynia", country="PL")
    client = Client()
    client.force_login(anna)
    start = last()

    answer = client.get(f"/api/v1/{name}?country=PL")

    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert told(start) == [("anna", "export", f"/api/v1/{name}?country=PL")]


def test_what_the_public_takes_out_or_is_refused_is_not_written_down(
    client: Client, anna: User
) -> None:
    start = last()
    client.get("/api/v1/incidents.csv")
    assert told(start) == []
    client.force_login(anna)
    start = last()

    client.get("/api/v1/incidents.csv?no=such")
    client.get("/api/v1/incidents/")

    assert told(start) == []


@pytest.mark.parametrize("door", ["page", "api", "desk", "review"])
def test_opening_what_is_red_is_written_down_by_reference_alone(door: str) -> None:
    writer = make.user("writer", staff=True, is_superuser=True)
    red = make.incident("Secret depot", state="draft", marking="red", author=writer)
    other = make.incident("Plain depot", state="draft", marking="green", author=writer)
    client = Client()
    client.force_login(writer)
    start = last()

    for incident in (red, other):
        reference = incident.record.provisional
        paths = {
            "page": f"/incidents/{reference}/",
            "api": f"/api/v1/incidents/{reference}/",
            "desk": reverse("admin:incidents_incident_change", args=[incident.pk]),
            "review": f"/admin/incidents/incident/{incident.pk}/review/",
        }
        assert client.get(paths[door]).status_code == 200

    assert told(start) == [("writer", "read_red", f"{red.record.provisional}, edition 1")]


@pytest.mark.parametrize("door", ["list", "compared"])
def test_what_is_red_among_other_records_is_written_down_as_read(door: str) -> None:
    writer = make.user("writer", staff=True, is_superuser=True)
    red, other = make.incident("Secret depot", marking="red"), make.incident("Plain depot")
    client = Client()
    client.force_login(writer)
    compared = f"/admin/incidents/record/{other.record_id}/compare/?with={red.record.provisional}"
    start = last()

    page = client.get({"list": "/api/v1/incidents/", "compared": compared}[door])

    assert make.SUMMARY in page.content.decode()
    assert told(start) == [("writer", "read_red", f"{red.record.provisional}, edition 1")]


def test_a_red_record_that_was_not_shown_was_not_read(anna: User) -> None:
    red = make.incident("Secret depot", state="draft", marking="red")
    client = Client()
    client.force_login(anna)
    start = last()

    client.get(f"/incidents/{red.record.provisional}/")

    assert told(start) == []


# What somebody may do


def test_every_change_of_what_somebody_may_do_is_written_down_with_who_made_it(
    desk: Client, boss: User
) -> None:
    boris = account("boris", staff=False)
    group = Group.objects.create(name="Reviewers")
    house = Organisation.objects.create(name="House", slug="house")
    right = Permission.objects.get(codename="add_campaign")
    start = last()
    form: dict[str, Any] = {
        "username": "boris",
        "is_active": "on",
        "is_staff": "on",
        "groups": [group.pk],
        "user_permissions": [right.pk],
        "date_joined_0": "2024-01-01",
        "date_joined_1": "00:00:00",
        "membership-TOTAL_FORMS": "1",
        "membership-INITIAL_FORMS": "0",
        "membership-0-organisation": str(house.pk),
        "membership-0-user": str(boris.pk),
    }
    path = f"/admin/auth/user/{boris.pk}/change/"
    page = desk.get(path).content.decode()
    form |= started(page)

    done = desk.post(path, form)

    assert done.status_code == 302, done.content.decode()
    assert sorted(told(start)) == [
        ("boss", "permission", "1 rights given to boris: add_campaign"),
        ("boss", "permission", "boris: belongs to House"),
        ("boss", "permission", "boris: joins Reviewers"),
        ("boss", "permission", "boris: now staff"),
    ]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("is_active", False, "disabled"),
        ("is_staff", False, "no longer staff"),
        ("is_superuser", True, "now an administrator"),
    ],
)
def test_a_flag_is_told_in_words(anna: User, field: str, value: bool, said: str) -> None:
    start = last()
    setattr(anna, field, value)

    anna.save()
    anna.save()

    assert told(start) == [("", "permission", f"anna: {said}")]


def test_groups_and_memberships_are_told_from_either_side(anna: User) -> None:
    group = Group.objects.create(name="Reviewers")
    organisation = Organisation.objects.create(name="House", slug="house")
    start = last()

    group.user_set.add(anna)
    anna.groups.add(group)
    anna.groups.clear()
    membership = Membership.objects.create(user=anna, organisation=organisation)
    membership.delete()

    assert [subject for _name, _deed, subject in told(start)] == [
        "anna: joins Reviewers",
        "anna: leaves Reviewers",
        "anna: belongs to House",
        "anna: no longer belongs to House",
    ]


def test_rights_of_a_group_are_told(anna: User) -> None:
    group = Group.objects.create(name="Analysts")
    rights = Permission.objects.filter(codename__in=["add_campaign", "view_campaign"])
    start = last()

    group.permissions.set(rights)
    group.permissions.set(rights)
    group.delete()

    assert [subject for _name, _deed, subject in told(start)] == [
        "2 rights given to Analysts: add_campaign, view_campaign",
        "Analysts: deleted",
    ]


def test_a_login_changes_nothing_that_somebody_may_do(anna: User) -> None:
    start = last()

    log_in(Client(), "anna")

    assert [deed for _name, deed, _subject in told(start)] == ["login"]


# From where


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "198.51.100.1"),
        (1, "", "198.51.100.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "10.0.0.1, 203.0.113.9, 192.0.2.1", "203.0.113.9"),
        (1, "nonsense", "198.51.100.1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_what_our_proxies_say_is_believed(
    settings: Settings, proxies: int, forwarded: str, expected: str
) -> None:
    settings.PROXIES = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}

    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.1", headers=headers)

    assert audit.address(request) == expected


# The desk of the log


def test_the_log_is_for_administrators_alone(client: Client) -> None:
    every = account("every")
    every.user_permissions.set(Permission.objects.all())
    client.force_login(every)

    for path in (LOG, "/admin/auth/user/", "/admin/auth/group/", "/admin/articles/organisation/"):
        assert client.get(path).status_code == 403
    assert "auditentry" not in client.get("/admin/").content.decode()


def test_the_log_is_listed_filtered_and_searched(desk: Client, anna: User) -> None:
    log_in(Client(), "anna")
    log_in(Client(), "anna", "wrong")

    everything = desk.get(LOG).content.decode()
    logins = desk.get(f"{LOG}?deed__exact=login&user__id__exact={anna.pk}").content.decode()
    found = desk.get(f"{LOG}?q=boss").content.decode()

    assert "Login refused" in _rows(everything)
    assert "Login refused" not in _rows(logins)
    assert "anna" in _rows(logins)
    assert "anna" not in _rows(found)


def _rows(page: str) -> str:
    return (
        page.split('<table id="result_list"', 1)[-1].split("</table>", 1)[0]
        if ('<table id="result_list"' in page)
        else ""
    )


def test_nobody_adds_changes_or_deletes_an_entry(desk: Client, anna: User) -> None:
    log_in(Client(), "anna")
    entry = AuditEntry.objects.get(deed="login", name="anna")

    shown = desk.get(f"{LOG}{entry.pk}/change/")
    answers = [
        desk.post(f"{LOG}add/", {}),
        desk.post(f"{LOG}{entry.pk}/change/", {"name": "other"}),
        desk.post(f"{LOG}{entry.pk}/delete/", {"post": "yes"}),
    ]
    desk.post(LOG, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})

    assert shown.status_code == 200
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert AuditEntry.objects.get(pk=entry.pk).name == "anna"


def test_an_account_in_the_log_is_disabled_and_not_deleted(desk: Client, anna: User) -> None:
    log_in(Client(), "anna")

    desk.post(f"/admin/auth/user/{anna.pk}/delete/", {"post": "yes"})

    assert User.objects.filter(pk=anna.pk).exists()
