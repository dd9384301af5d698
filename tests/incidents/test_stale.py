"""Lost updates: who saves what another one changed meanwhile is told, and loses nothing."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.admin import site
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.test import Client, RequestFactory
from django.utils import timezone

from articles.models import Article, Publisher
from articles.saving import Saving
from incidents import merging, review, services
from incidents.admin.inbox import ItemAdmin
from incidents.codebook import State
from incidents.models import Actor, ActorAlias, ActorParent, Incident
from tests import make

from .staleness import at, chief, opened, shown

__all__ = ["chief"]

pytestmark = pytest.mark.django_db


def test_a_version_that_is_not_the_present_one_is_refused_and_the_edition_read_anew() -> None:
    writer = make.user("writer", staff=True)
    read = make.incident(state=State.DRAFT, author=writer)
    moved_on = type(read).objects.get(pk=read.pk)
    review.submit(moved_on, by=writer)

    with transaction.atomic(), pytest.raises(services.VersionStale):
        services.expect_version(read, read.version)

    assert (read.state, read.version) == (State.IN_REVIEW, moved_on.version)
    with transaction.atomic():
        services.expect_version(read, moved_on.version)


def test_a_write_without_a_version_is_refused() -> None:
    read = make.incident(state=State.DRAFT)

    with transaction.atomic(), pytest.raises(services.VersionMissing):
        services.expect_version(read, None)


@pytest.fixture
def outlet(db: None) -> Publisher:
    """Return an outlet."""
    return make.publisher("Daily Herald", domain="herald.example", reliability_reason="Careful.")


def test_a_form_that_nobody_touched_meanwhile_is_saved(chief: Client, outlet: Publisher) -> None:
    answer = chief.post(at(outlet), opened(chief, outlet) | {"name": "The Daily Herald"})

    outlet.refresh_from_db()
    assert answer.status_code == 302
    assert outlet.name == "The Daily Herald"


def test_a_stale_save_is_refused_with_both_texts(chief: Client, outlet: Publisher) -> None:
    first, second = opened(chief, outlet), opened(chief, outlet)
    chief.post(at(outlet), first | {"name": "The Herald of the First"})

    page = chief.post(at(outlet), second | {"name": "The Herald of the Second"})

    outlet.refresh_from_db()
    told = page.content.decode()
    assert page.status_code == 409
    assert outlet.name == "The Herald of the First"
    assert "Changed both by you and meanwhile" in told
    assert "<mark>First</mark>" in told
    assert "<mark>Second</mark>" in told
    assert shown(page, outlet)["name"] == ["The Herald of the Second"]


def test_saving_a_refused_form_again_overwrites_knowingly(chief: Client, outlet: Publisher) -> None:
    first, second = opened(chief, outlet), opened(chief, outlet)
    chief.post(at(outlet), first | {"name": "Of the first"})
    page = chief.post(at(outlet), second | {"name": "Of the second"})

    answer = chief.post(at(outlet), shown(page, outlet))

    outlet.refresh_from_db()
    assert answer.status_code == 302
    assert outlet.name == "Of the second"


def test_what_only_the_other_one_changed_is_taken_into_the_refused_form(
    chief: Client, outlet: Publisher
) -> None:
    first, second = opened(chief, outlet), opened(chief, outlet)
    chief.post(at(outlet), first | {"domain": "the-herald.example", "mirror": "on"})

    page = chief.post(at(outlet), second | {"name": "Of the second"})
    chief.post(at(outlet), shown(page, outlet))

    outlet.refresh_from_db()
    assert "the form has what is stored" in page.content.decode()
    assert (outlet.name, outlet.domain) == ("Of the second", "the-herald.example")
    assert outlet.mirror


def test_a_form_that_was_refused_is_refused_again_where_it_went_stale_again(
    chief: Client, outlet: Publisher
) -> None:
    first, second = opened(chief, outlet), opened(chief, outlet)
    chief.post(at(outlet), first | {"name": "Of the first"})
    page = chief.post(at(outlet), second | {"name": "Of the second"})
    chief.post(at(outlet), opened(chief, outlet) | {"name": "Of the third"})

    again = chief.post(at(outlet), shown(page, outlet))

    outlet.refresh_from_db()
    assert again.status_code == 409
    assert outlet.name == "Of the third"
    assert shown(again, outlet)["name"] == ["Of the second"]


@pytest.mark.parametrize("read", [None, "", "forged", "of another"])
def test_a_form_that_does_not_say_what_it_started_from_is_refused(
    chief: Client, outlet: Publisher, read: str | None
) -> None:
    sent = opened(chief, outlet) | {"name": "Typed"}
    del sent["_read"]
    if read == "of another":
        sent["_read"] = opened(chief, make.publisher("Another outlet"))["_read"]
    elif read is not None:
        sent["_read"] = [read]

    page = chief.post(at(outlet), sent)

    outlet.refresh_from_db()
    assert page.status_code == 428
    assert outlet.name == "Daily Herald"
    assert "does not say what it started from" in page.content.decode()
    assert shown(page, outlet)["name"] == ["Typed"]
    assert chief.post(at(outlet), shown(page, outlet)).status_code == 302


def test_what_is_stored_is_taken_where_that_is_ticked_and_nothing_is_saved(
    chief: Client, outlet: Publisher
) -> None:
    first, second = opened(chief, outlet), opened(chief, outlet)
    chief.post(at(outlet), first | {"name": "Of the first", "domain": "first.example"})
    typed = {"name": "Of the second", "domain": "second.example"}
    page = chief.post(at(outlet), second | typed)

    taking = shown(page, outlet) | {"_take": ["1"], "_taken": ["name"]}
    page = chief.post(at(outlet), taking)
    outlet.refresh_from_db()
    before = outlet.name, outlet.domain
    chief.post(at(outlet), shown(page, outlet))

    outlet.refresh_from_db()
    assert page.status_code == 200
    assert before == ("Of the first", "first.example")
    assert (outlet.name, outlet.domain) == ("Of the first", "second.example")


def test_of_a_long_text_is_shown_what_differs(chief: Client) -> None:
    text = "A sentence of a long text. " * 20_000
    article = make.article(title="Long", text=text[:400_000].strip())
    first, second = opened(chief, article), opened(chief, article)
    middle = article.text[:200_000], article.text[200_000:]
    chief.post(at(article), first | {"text": "Of the first. ".join(middle)})

    page = chief.post(at(article), second | {"text": "Of the second. ".join(middle)})

    told = page.content.decode()
    assert page.status_code == 409
    assert len(told) < 600_000
    assert "<mark>first</mark>" in told
    assert "<mark>second</mark>" in told


def test_an_error_in_a_refused_form_is_told_beside_the_refusal(
    chief: Client, outlet: Publisher
) -> None:
    first, second = opened(chief, outlet), opened(chief, outlet)
    chief.post(at(outlet), first | {"name": "Of the first"})

    page = chief.post(at(outlet), second | {"name": "", "domain": "second.example"})

    assert page.status_code == 409
    assert "This field is required" in page.content.decode()
    assert shown(page, outlet)["domain"] == ["second.example"]


def test_what_was_typed_of_a_row_that_is_gone_is_shown(chief: Client, outlet: Publisher) -> None:
    sent = opened(chief, outlet) | {"name": "Typed with care"}
    outlet_at = at(outlet)
    outlet.delete()

    page = chief.post(outlet_at, sent)

    assert page.status_code == 409
    assert "Typed with care" in page.content.decode()
    assert not Publisher.objects.exists()


# -- what nobody touched --------------------------------------------------------------------


def rich(kind: str) -> Any:
    """Return a row of a desk with something in most of its fields."""
    if kind == "user":
        made = make.user("somebody", staff=True, first_name="Some", email="a@example.org")
        made.last_login = timezone.now()
        made.save()
        made.user_permissions.set(Permission.objects.order_by("pk")[:3])
        made.groups.add(Group.objects.create(name="A group"))
        return made
    if kind == "group":
        group = Group.objects.create(name="A group")
        group.permissions.set(Permission.objects.order_by("pk")[:3])
        return group
    outlet = make.publisher("A wire", country="PL", reliability_rated_on=date(2024, 5, 1))
    article = make.article(
        title="A title", publisher=outlet, published="2024-05", text="One line.\n\n  Another."
    )
    if kind == "publisher":
        return outlet
    if kind == "article":
        copy = make.article(derived_from=article, wire_origin="A wire")
        copy.marking = "clear"
        copy.save()
        return copy
    if kind == "actor":
        return _rich_actor(article)
    if kind == "campaign":
        named = make.campaign("A campaign")
        named.external_ids = {"misp": "5c1e", "other": "a b"}
        named.description = "Two\nlines."
        named.save()
        return named
    if kind == "reportedfigure":
        figure = make.figure(marking="amber", low=1, high=20, note="A note.", attributed_to="RU")
        make.rendition(figure, article)
        return figure
    return _rich_incident(article)


def _rich_actor(article: Article) -> Actor:
    actor = make.actor("APT28", kind="state_organ", state="RU")
    actor.external_ids = {"misp": "5c1e"}
    actor.save()
    ActorAlias.objects.create(actor=actor, name="Żołty Miś", used_by="A firm", language="pl")
    ActorParent.objects.create(
        actor=actor, parent=make.actor("GRU"), relation="part_of", source=article
    )
    return actor


def _rich_incident(article: Article) -> Incident:
    cited = make.article(title="Another title")
    made = make.incident(
        state=State.DRAFT,
        summary="Two lines,\n\nof which one is empty.",
        other_event_types=["vandalism"],
        domains=["infrastructure", "cyber"],
        severity=3,
        campaign=make.campaign(),
        activity_span="2023/2024",
        locations=[{"country": "PL", "place": "Łódź", "lat": "51.75", "lon": "19.4667"}],
        targets=[{"country": "PL", "sector": "energy", "name": "A plant"}],
        citations=[article, cited],
        findings=[("suspected", "2024-05"), ("confirmed", "2024-06")],
        claims=[
            {"claimant": "A minister", "actor": make.actor("GRU"), "state": "RU"},
            {"claimant": "A minister", "date": "2024-07", "supersedes": 0},
        ],
    )
    row = made.effects.get()
    row.kind, row.low, row.best, row.unit = "deaths", Decimal(1), Decimal("2.50"), "persons"
    row.citation = made.citations.first()
    row.save()
    return made


@pytest.mark.parametrize(
    "kind",
    ["user", "group", "publisher", "article", "actor", "campaign", "reportedfigure", "incident"],
)
def test_a_form_that_nobody_touched_differs_in_nothing(chief: Client, kind: str) -> None:
    """Asked without what it started from, so that everything is compared."""
    row = rich(kind)
    sent = opened(chief, row)
    read = sent.pop("_read")

    page = chief.post(at(row), sent)
    saved = chief.post(at(row), sent | {"_read": read})

    assert page.status_code == 428
    context: Any = page.context_data
    assert context["stale"].parts == []
    again = shown(page, row)
    assert {**again, "_read": read, "csrfmiddlewaretoken": []} == {
        **sent,
        "_read": read,
        "csrfmiddlewaretoken": [],
    }
    assert saved.status_code == 302


def test_what_was_typed_of_an_actor_that_was_merged_meanwhile_is_shown(chief: Client) -> None:
    stays, goes = make.actor("APT28"), make.actor("Fancy Bear")
    sent = opened(chief, goes) | {"name": "Typed with care"}
    merging.merge(stays, [goes])

    page = chief.post(at(goes), sent)

    assert page.status_code == 409
    assert "Typed with care" in page.content.decode()


def test_what_is_hidden_from_a_reader_answers_as_what_is_not_there(
    desk: Client, analyst: User
) -> None:
    hidden = make.article(title="A secret", marking="red", added_by=make.user("somebody"))
    analyst.user_permissions.add(Permission.objects.get(codename="change_article"))
    sent = {"title": "Typed", "_read": "x"}

    of_hidden = desk.post(at(hidden), sent).content.decode()
    of_none = desk.post("/admin/articles/article/999999/change/", sent).content.decode()

    assert "Typed" in of_hidden
    assert without_tokens(of_hidden) == without_tokens(of_none)


def without_tokens(page: str) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_every_desk_that_changes_rows_refuses_stale_forms(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = make.user("chief", staff=True, is_superuser=True)

    # What came in is decided in its list, once: tests/articles/test_inbox.py holds that.
    changing = [
        desk
        for desk in site._registry.values()
        if desk.has_change_permission(request) and not isinstance(desk, ItemAdmin)
    ]

    assert [desk for desk in changing if not isinstance(desk, Saving)] == []
    assert len(changing) >= 7
