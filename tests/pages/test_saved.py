"""Questions are kept under names, and who watches one is told what became of its answer."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from incidents import review, saved
from incidents.acts import become_part
from incidents.models import Alert, Record, SavedView, Subscription
from incidents.refusals import InvalidQuestion
from tests import make

from .reading import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    """Make an analyst who keeps views."""
    return make.user("olga", staff=True, email="olga@example.org")


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def news(user: User) -> list[tuple[str, str]]:
    """Return what somebody is told, the first first."""
    found = Alert.objects.visible_to(user).order_by("pk")
    return [(alert.news, alert.named) for alert in found]


def look() -> None:
    for subscription in Subscription.objects.select_related("user", "view"):
        saved.look(subscription)


def named(edition: Any) -> str:
    edition.record.refresh_from_db()
    return str(edition.record.public_id)


# -- views ---------------------------------------------------------------------------------


def test_a_view_is_the_question_in_its_normal_form(owner: User) -> None:
    view = saved.save(owner, "Fires", "year=2024&country=PL&country=LT", "private")

    assert view.query == "country=LT&country=PL&year=2024"


@pytest.mark.parametrize("query", ["yaer=2024", "page_size=5", "country=Poland"])
def test_what_is_no_question_is_not_saved(owner: User, query: str) -> None:
    with pytest.raises(InvalidQuestion):
        saved.save(owner, "Fires", query, "private")
    assert not SavedView.objects.exists()


def test_each_sees_their_own_the_desk_its_own_and_everybody_what_is_public(owner: User) -> None:
    for audience in ("private", "team", "public"):
        saved.save(owner, f"View for {audience}", "country=PL", audience)
    colleague, partner = make.user("carl", staff=True), make.user("petra")

    def seen(client: Client) -> set[str]:
        told = words(page("/views/", client))
        return {one for one in ("private", "team", "public") if f"View for {one}" in told}

    assert seen(logged_in(owner)) == {"private", "team", "public"}
    assert seen(logged_in(colleague)) == {"team", "public"}
    assert seen(logged_in(partner)) == seen(Client()) == {"public"}
    private = SavedView.objects.get(audience="private")
    assert logged_in(colleague).get(f"/views/{private.key}/").status_code == 404


@pytest.mark.parametrize("query", ["state=draft", "marking=amber", "actor=secret-unit"])
def test_what_not_everybody_may_ask_is_not_made_public(owner: User, query: str) -> None:
    hidden = make.actor("Secret unit", state="RU")
    make.incident(marking="amber", claims=[{"actor": hidden}])

    with pytest.raises(ValidationError) as refused:
        saved.save(owner, "Fires", query, "public")
    assert "audience" in refused.value.message_dict
    saved.save(owner, "Fires", query, "team")


def test_a_view_leads_to_its_list_and_counts_what_its_reader_may_see(owner: User) -> None:
    make.incident()
    make.incident(marking="amber")
    view = saved.save(owner, "Fires", "event_type=arson", "public")

    answer: Any = Client().get(f"/views/{view.key}/")

    assert answer["Location"] == "/incidents/?event_type=arson"
    # What others saved is not counted for whoever passes by.
    assert "Fires Confirmed or suspected arson" in words(page("/views/"))
    assert "2 · Confirmed or suspected arson" in words(page("/views/", logged_in(owner)))


def test_a_view_that_cannot_be_asked_any_more_says_so_and_not_why(owner: User) -> None:
    unit = make.actor("Secret unit", state="RU")
    make.incident(marking="amber", claims=[{"actor": unit}])
    for n, query in enumerate(("actor=secret-unit", "actor=gone")):
        SavedView.objects.create(owner=owner, name=f"Old {n}", query=query, audience="public")

    html = page("/views/")

    assert words(html).count("It cannot be asked now.") == 2
    assert "secret-unit" not in html
    assert "gone" not in html


def test_only_staff_save_views_for_everybody() -> None:
    with pytest.raises(ValidationError, match="saved by staff"):
        saved.save(make.user("passer-by"), "Defaced", "event_type=arson", "public")

    assert not SavedView.objects.exists()


def test_what_was_typed_comes_back_where_it_is_refused(owner: User) -> None:
    client = logged_in(owner)
    sent = {"name": "My drafts", "query": "state=draft", "audience": "public"}

    answer: Any = client.post("/views/save/", sent)
    html = answer.content.decode()

    assert answer.status_code == 400
    assert "A public view asks for no state and no marking." in html
    assert 'value="My drafts"' in html
    assert 'value="state=draft"' in html


def test_only_its_owner_changes_and_deletes_a_view(owner: User) -> None:
    view = saved.save(owner, "Fires", "country=PL", "public")
    other = make.user("carl", staff=True)

    with pytest.raises(PermissionDenied):
        saved.save(other, "Mine", "country=PL", "public", view)
    client = logged_in(other)
    sent = {"name": "Mine", "query": "", "audience": "public", "view": view.key}
    assert client.post("/views/save/", sent).status_code == 404
    assert client.post(f"/views/{view.key}/change/", {"act": "delete"}).status_code == 404
    assert logged_in(owner).post(f"/views/{view.key}/change/", {"act": "delete"}).status_code == 302
    assert not SavedView.objects.exists()


def test_who_did_not_log_in_keeps_nothing() -> None:
    answer: Any = Client().post("/views/save/", {"name": "x", "query": "", "audience": "public"})

    assert answer.status_code == 302
    assert "login" in answer["Location"]
    assert not SavedView.objects.exists()


# -- news ----------------------------------------------------------------------------------


def test_what_is_new_changed_and_gone_is_told_once(owner: User) -> None:
    stays, changes, leaves, goes, joins = (make.incident(f"Fire number {n}") for n in range(5))
    view = saved.save(owner, "Fires", "event_type=arson", "private")
    saved.subscribe(owner, view)

    new = make.incident("Fire number 5")
    make.incident("Fire number 1, corrected", after=changes)
    make.incident("No fire", after=leaves, event_type="vandalism")
    review.withdraw(goes, by=make.reviewer(), reason="It never happened.")
    part, whole = (Record.objects.get(pk=one.record_id) for one in (joins, stays))
    become_part(part, whole)
    look()
    look()

    assert sorted(news(owner)) == sorted(
        [
            ("new", named(new)),
            ("changed", named(changes)),
            ("left", named(leaves)),
            ("withdrawn", named(goes)),
            ("merged", named(joins)),
        ]
    )
    assert named(stays) not in str(news(owner))


def test_what_may_not_be_read_any_more_is_named_and_no_more(owner: User) -> None:
    reader = make.user("petra", email="petra@example.org")
    fire = make.incident("Fire at the port")
    view = saved.save(owner, "Fires", "", "public")
    saved.subscribe(reader, view)

    make.marked(fire, "red")
    look()
    told = words(page("/views/", logged_in(reader)))

    assert news(reader) == [("hidden", named(fire))]
    assert "No longer visible" in told
    assert "Fire at the port" not in told
    assert f'href="/incidents/{named(fire)}/"' not in page("/views/", logged_in(reader))


def test_hidden_rows_are_no_news_to_those_who_may_not_read_them(owner: User) -> None:
    reader = make.user("petra")
    view = saved.save(owner, "Fires", "", "public")
    saved.subscribe(reader, view)

    make.incident(marking="amber")
    make.incident(state="draft")
    look()

    assert news(reader) == []


def test_who_sees_a_view_no_longer_is_told_nothing_of_it(owner: User) -> None:
    reader = make.user("petra")
    view = saved.save(owner, "Fires", "", "public")
    saved.subscribe(reader, view)
    saved.save(owner, "Fires", "", "private", view)

    make.incident()
    look()

    assert news(reader) == []
    assert not Subscription.objects.exists()


def test_too_many_incidents_are_not_watched(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MOST_WATCHED", 1)
    make.incident()
    make.incident()
    view = saved.save(owner, "Fires", "", "private")

    answer: Any = logged_in(owner).post(f"/views/{view.key}/change/", {"act": "subscribe"})

    assert answer.status_code == 400
    assert "too many to be watched" in answer.content.decode()


def test_an_account_keeps_and_watches_so_many_views_and_no_more(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved, "MOST_VIEWS", 2)
    first, second = (saved.save(owner, f"View {n}", "", "team") for n in range(2))
    colleague = make.user("carl", staff=True)
    third = saved.save(colleague, "View of another", "", "team")

    with pytest.raises(ValidationError) as refused:
        saved.save(owner, "One more", "", "team")
    assert "name" in refused.value.message_dict
    saved.save(owner, "View 0, by another name", "", "team", first)
    for view in (first, second):
        saved.subscribe(owner, view)
    with pytest.raises(ValidationError):
        saved.subscribe(owner, third)
    saved.subscribe(owner, second)
    assert SavedView.objects.of(owner).count() == 2
    assert Subscription.objects.filter(user=owner).count() == 2


def test_news_are_forgotten_when_nobody_asks_for_them_any_more(owner: User) -> None:
    view = saved.save(owner, "Fires", "", "private")
    saved.subscribe(owner, view)
    old, new = make.incident("Fire of long ago"), make.incident("Fire of today")
    look()
    long_ago = timezone.now() - saved.KEPT - timedelta(days=1)
    Alert.objects.filter(record=old.record).update(at=long_ago)

    saved.forget()

    assert news(owner) == [("new", named(new))]


def test_one_mail_tells_how_much_is_news_and_names_nothing(
    owner: User, settings: LazySettings
) -> None:
    settings.HTI_MAIL = True
    view = saved.save(owner, "Secret plan", "", "private")
    saved.subscribe(owner, view)
    make.incident("Fire at the port")
    make.incident("Fire at the depot")

    out = StringIO()
    call_command("alerts", stdout=out)
    call_command("alerts", stdout=StringIO())

    assert out.getvalue() == "2 news.\n1 mails sent.\n"
    (sent,) = mail.outbox
    assert sent.to == ["olga@example.org"]
    assert "New: 2" in sent.body
    assert "/views/" in sent.body
    assert not any(text in sent.body for text in ("Secret plan", "port", "HTI-2"))


def test_news_are_unread_until_their_reader_says_so(owner: User) -> None:
    view = saved.save(owner, "Fires", "", "private")
    saved.subscribe(owner, view)
    make.incident()
    look()
    client = logged_in(owner)

    assert "1 unread" in words(page("/views/", client))
    client.post("/views/read/")
    assert "unread" not in words(page("/views/", client))
