"""A login that expires loses nothing that was typed."""

from __future__ import annotations

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from incidents.models import Actor, Campaign

from .signing_in import ADD, TYPED, account, again, anna, hidden

__all__ = ["anna"]

pytestmark = pytest.mark.django_db

# A login that expired


def test_whoever_posts_after_their_login_expired_is_asked_and_loses_nothing(
    client: Client, anna: User
) -> None:
    client.force_login(anna)
    Session.objects.all().delete()

    asked = client.post(f"{ADD}?_changelist_filters=q", TYPED)
    done = client.post(asked.request["PATH_INFO"], again(asked, "anna"))

    assert asked.status_code == 403
    assert f'action="{ADD}?_changelist_filters=q"' in asked.content.decode()
    assert asked["Cache-Control"] == "private, no-store"
    made = Campaign.objects.get()
    assert done["Location"] == f"/admin/incidents/campaign/{made.pk}/change/"
    assert made.name == TYPED["name"]
    assert made.description == "First line\n\n<b>second</b> line"
    assert made.external_ids == {"misp": "1"}
    assert LogEntry.objects.get().user == anna
    assert client.get("/admin/").status_code == 200


def test_a_wrong_password_asks_again_and_keeps_everything(client: Client, anna: User) -> None:
    first = client.post(ADD, {**TYPED, "several": ["1", "2", "3"]})

    second = client.post(ADD, again(first, "anna", "wrong"))
    third = client.post(ADD, again(second, "anna", "wrong again"))

    assert third.status_code == 403
    assert "Please enter the correct" in third.content.decode()
    assert "wrong" not in third.content.decode()
    token = "csrfmiddlewaretoken"
    assert {**hidden(third), token: None} == {**hidden(first), token: None}
    assert hidden(third)["several"] == ["1", "2", "3"]
    assert not Campaign.objects.exists()
    client.post(ADD, again(third, "anna"))
    assert Campaign.objects.count() == 1


def test_logging_in_again_needs_the_token_of_the_page(anna: User) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.get("/account/login/")
    page = careful.get("/account/login/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    asked = careful.post(ADD, {**TYPED, "csrfmiddlewaretoken": token[1]})
    sent = again(asked, "anna")
    own = sent.pop("csrfmiddlewaretoken")

    without = careful.post(ADD, sent)
    strange = Client(enforce_csrf_checks=True).post(ADD, {**sent, "csrfmiddlewaretoken": own})

    assert asked.status_code == 403
    assert "Your login has expired" in asked.content.decode()
    assert (without.status_code, strange.status_code) == (403, 403)
    assert "Your login has expired" not in without.content.decode()
    assert not Campaign.objects.exists()
    assert "_auth_user_id" not in careful.session
    careful.post(ADD, {**sent, "csrfmiddlewaretoken": own})
    assert Campaign.objects.count() == 1


def test_a_post_without_its_token_is_not_even_asked(anna: User) -> None:
    careful = Client(enforce_csrf_checks=True)

    refused = careful.post(ADD, TYPED)

    assert refused.status_code == 403
    assert "login-again" not in refused.content.decode()


def test_logging_in_again_takes_a_new_session_key_and_token(client: Client, anna: User) -> None:
    client.get("/account/login/")
    session = client.session
    session["mark"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = str(before)
    token = client.cookies["csrftoken"].value
    asked = client.post(ADD, TYPED)

    page = client.post(ADD, {**again(asked, "anna"), "name": ""})

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert client.cookies["csrftoken"].value != token
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = client.cookies
    fresh = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    assert fresh
    careful.post(ADD, {**TYPED, "csrfmiddlewaretoken": fresh[1]})
    assert Campaign.objects.count() == 1


def test_nothing_is_carried_out_for_somebody_without_permission(client: Client, anna: User) -> None:
    account("reader", "view_campaign")
    account("outsider", "add_campaign", staff=False)
    asked = client.post(ADD, TYPED)

    read_only = client.post(ADD, again(asked, "reader"))
    client.logout()
    no_staff = client.post(ADD, again(asked, "outsider"))

    assert read_only.status_code == 403
    assert "Your login has expired" not in read_only.content.decode()
    assert "Your login has expired" in no_staff.content.decode()
    assert "_auth_user_id" not in client.session
    assert not Campaign.objects.exists()


def test_who_logs_in_again_acts_under_their_own_name(client: Client, anna: User) -> None:
    boris = account("boris", "add_campaign")
    client.force_login(anna)
    client.session["mine"] = 1
    asked = Client().post(ADD, TYPED)

    client.post(ADD, again(asked, "boris"))

    assert LogEntry.objects.get().user == boris
    assert client.session["_auth_user_id"] == str(boris.pk)
    assert "mine" not in client.session


def test_an_account_that_was_closed_meanwhile_does_nothing(client: Client, anna: User) -> None:
    client.force_login(anna)
    User.objects.update(is_active=False)

    asked = client.post(ADD, TYPED)
    client.post(ADD, again(asked, "anna"))

    assert "Your login has expired" in asked.content.decode()
    assert not Campaign.objects.exists()


def test_passwords_tokens_and_rows_unseen_are_not_kept(client: Client) -> None:
    secret = {"password1": "s3cret one", "new_password2": "s3cret two", "password": "s3cret three"}
    kept = {"usable_password": "true", "username": "new", "passwordless": "yes"}
    dropped = {"csrfmiddlewaretoken": "t0ken", "select_across": "1"}

    asked = client.post("/admin/auth/user/add/", {**secret, **kept, **dropped})

    page = asked.content.decode()
    assert "s3cret" not in page
    assert "t0ken" not in page
    assert "Passwords are not kept" in page
    assert set(hidden(asked)) == {"csrfmiddlewaretoken", *kept}


def test_files_are_told_to_be_chosen_again(client: Client) -> None:
    asked = client.post(ADD, {**TYPED, "table": SimpleUploadedFile("a.csv", b"a,b")})

    assert "Files are not kept" in asked.content.decode()
    assert set(TYPED) < set(hidden(asked))


def test_what_is_kept_is_text_and_never_code(client: Client) -> None:
    nasty = "\"><script>alert(1)</script>{{ 7*7 }}{% debug %}'"

    asked = client.post(f"{ADD}?x={nasty}", {nasty: nasty})

    page = asked.content.decode()
    assert "<script>alert" not in page
    assert hidden(asked)[nasty] == [nasty]


@pytest.mark.parametrize("path", ["//evil.example/admin/", "/admin//evil.example/", "/admin/nope/"])
def test_what_was_posted_goes_back_to_this_site_only(client: Client, path: str) -> None:
    asked = client.post(path, TYPED)

    actions = re.findall(r'<form action="([^"]+)"', asked.content.decode())
    assert all(re.match(r"/[^/\\]", action) for action in actions)


def test_more_than_a_form_may_send_is_refused(client: Client) -> None:
    many = client.post(ADD, {f"field-{n}": "x" for n in range(2001)})
    large = client.post(ADD, {"description": "x" * (2 * 1024 * 1024 + 1)})

    assert (many.status_code, large.status_code) == (400, 400)


def test_reading_leads_to_the_login_as_ever(client: Client) -> None:
    answer = client.get(ADD)

    assert answer["Location"] == f"/admin/login/?next={ADD}"


def test_logging_out_twice_leads_to_the_start(client: Client) -> None:
    answer = client.post("/admin/logout/")

    assert answer["Location"] == "/admin/"


def test_actions_on_chosen_rows_survive_a_login_that_expired(client: Client) -> None:
    account("editor", "view_actor", "change_actor", "delete_actor")
    actors = [Actor.objects.create(name=f"A{n}", slug=f"a{n}", kind="proxy") for n in range(3)]
    chosen = [str(actor.pk) for actor in actors[:2]]
    sent = {"action": "merge_selected", "_selected_action": chosen, "select_across": "1"}

    asked = client.post("/admin/incidents/actor/", sent)
    done = client.post("/admin/incidents/actor/", again(asked, "editor"))

    assert done["Location"].endswith(f"/merge/?entry={chosen[0]}&entry={chosen[1]}")
