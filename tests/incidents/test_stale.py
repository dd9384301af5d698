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
from incidents.codebook import State
from incidents.models import Actor, ActorAlias, ActorParent, Incident
from tests import make
from tests.forms import Fields, fields, row_of

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


# -- the desks ------------------------------------------------------------------------------


def opened(client: Client, row: Any) -> Fields:
    """Return what a browser sends of the form of a row that it opened just now."""
    page = client.get(at(row))
    assert page.status_code == 200
    return fields(page.content.decode(), f"{row._meta.model_name}_form")


def at(row: Any) -> str:
    return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def shown(page: Any, row: Any) -> Fields:
    """Return what a browser sends of the form that a page shows again."""
    return fields(page.content.decode(), f"{row._meta.model_name}_form")


@pytest.fixture
def chief(db: None) -> Client:
    """Log somebody in who may change everything."""
    client = Client()
    user = make.user("chief", staff=True)
    user.is_superuser = True
    user.save()
    client.force_login(user)
    return client


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

    changing = [desk for desk in site._registry.values() if desk.has_change_permission(request)]

    assert [desk for desk in changing if not isinstance(desk, Saving)] == []
    assert len(changing) >= 7


# -- rows below a form ----------------------------------------------------------------------


@pytest.fixture
def actor(db: None) -> Actor:
    """Return an actor of two names."""
    made = make.actor("APT28", kind="state_organ", state="RU")
    for name in ("Sofacy", "Fancy Bear"):
        ActorAlias.objects.create(actor=made, name=name)
    return made


def names(actor: Actor) -> set[str]:
    return set(actor.aliases.values_list("name", flat=True))


def alias(sent: Fields, actor: Actor, name: str) -> str:
    return row_of(sent, "aliases", actor.aliases.get(name=name).pk)


def test_two_who_change_different_rows_keep_both(chief: Client, actor: Actor) -> None:
    first, second = opened(chief, actor), opened(chief, actor)
    sofacy, fancy = alias(first, actor, "Sofacy"), alias(first, actor, "Fancy Bear")
    chief.post(at(actor), first | {f"{sofacy}-name": "Sofacy group"})

    page = chief.post(at(actor), second | {f"{fancy}-name": "FANCY BEAR"})
    chief.post(at(actor), shown(page, actor))

    assert page.status_code == 409
    assert names(actor) == {"Sofacy group", "FANCY BEAR"}


def test_a_row_that_both_changed_shows_both_texts(chief: Client, actor: Actor) -> None:
    first, second = opened(chief, actor), opened(chief, actor)
    row = alias(first, actor, "Sofacy")
    chief.post(at(actor), first | {f"{row}-name": "Sofacy group"})

    page = chief.post(at(actor), second | {f"{row}-name": "Sofacy team"})

    told = page.content.decode()
    assert page.status_code == 409
    assert "Alias: Sofacy group" in told or "Sofacy <mark>group</mark>" in told
    assert shown(page, actor)[f"{row}-name"] == ["Sofacy team"]
    assert names(actor) == {"Sofacy group", "Fancy Bear"}


def test_what_was_typed_into_a_row_that_another_one_removed_becomes_a_new_row(
    chief: Client, actor: Actor
) -> None:
    first, second = opened(chief, actor), opened(chief, actor)
    row = alias(first, actor, "Sofacy")
    chief.post(at(actor), first | {f"{row}-DELETE": "on"})

    page = chief.post(at(actor), second | {f"{row}-name": "Sofacy team"})
    after = names(actor)
    saved = chief.post(at(actor), shown(page, actor))

    assert page.status_code == 409
    assert "Removed meanwhile. What you typed is in your form as a new row." in (
        page.content.decode()
    )
    assert after == {"Fancy Bear"}
    assert saved.status_code == 302
    assert names(actor) == {"Fancy Bear", "Sofacy team"}


def test_a_row_that_another_one_removed_and_nobody_else_touched_stays_removed(
    chief: Client, actor: Actor
) -> None:
    first, second = opened(chief, actor), opened(chief, actor)
    chief.post(at(actor), first | {f"{alias(first, actor, 'Sofacy')}-DELETE": "on"})

    page = chief.post(at(actor), second | {"name": "APT 28"})
    chief.post(at(actor), shown(page, actor))

    actor.refresh_from_db()
    assert "Removed meanwhile. It is not in your form any more." in page.content.decode()
    assert (actor.name, names(actor)) == ("APT 28", {"Fancy Bear"})


def test_a_row_that_another_one_added_is_shown_and_stays(chief: Client, actor: Actor) -> None:
    first, second = opened(chief, actor), opened(chief, actor)
    added = {"aliases-TOTAL_FORMS": "3", "aliases-2-actor": str(actor.pk)}
    chief.post(at(actor), first | added | {"aliases-2-name": "Strontium"})

    page = chief.post(at(actor), second | added | {"aliases-2-name": "Pawn Storm"})
    chief.post(at(actor), shown(page, actor))

    told = page.content.decode()
    assert "Added meanwhile." in told
    assert "Strontium" in told
    assert names(actor) == {"Sofacy", "Fancy Bear", "Strontium", "Pawn Storm"}


def test_the_same_row_added_by_both_is_there_once(chief: Client, actor: Actor) -> None:
    first, second = opened(chief, actor), opened(chief, actor)
    added = {"aliases-TOTAL_FORMS": "3", "aliases-2-actor": str(actor.pk)}
    added["aliases-2-name"] = "Strontium"
    chief.post(at(actor), first | added)

    page = chief.post(at(actor), second | added)
    saved = chief.post(at(actor), shown(page, actor))

    assert saved.status_code == 302
    assert sorted(names(actor)) == ["Fancy Bear", "Sofacy", "Strontium"]
    assert actor.aliases.count() == 3


def test_a_row_ticked_to_be_removed_that_another_one_changed_is_told_and_stays_ticked(
    chief: Client, actor: Actor
) -> None:
    first, second = opened(chief, actor), opened(chief, actor)
    row = alias(first, actor, "Sofacy")
    chief.post(at(actor), first | {f"{row}-name": "Sofacy group"})

    page = chief.post(at(actor), second | {f"{row}-DELETE": "on"})

    assert page.status_code == 409
    assert "You ticked it to be removed" in page.content.decode()
    assert "Sofacy group" in names(actor)
    assert f"{row}-DELETE" in shown(page, actor)
    kept = chief.post(at(actor), shown(page, actor) | {"_take": "1", "_taken": row})
    assert f"{row}-DELETE" not in shown(kept, actor)


# -- editions -------------------------------------------------------------------------------


def test_an_edition_whose_state_moved_on_is_not_saved_over(chief: Client) -> None:
    writer = make.user("writer", staff=True)
    read = make.incident(state=State.DRAFT, author=writer)
    sent = opened(chief, read) | {"title": "Fire in a hangar"}
    review.submit(Incident.objects.get(pk=read.pk), by=writer)

    page = chief.post(at(read), sent)

    read.refresh_from_db()
    assert page.status_code == 409
    assert (read.state, read.title) == (State.IN_REVIEW, "Fire at a warehouse")
    assert shown(page, read)["title"] == ["Fire in a hangar"]


def test_what_was_typed_into_an_edition_that_was_published_meanwhile_is_shown(
    chief: Client,
) -> None:
    read = make.incident(state=State.DRAFT, claims=[{"claimant": "A minister"}])
    sent = opened(chief, read)
    row = row_of(sent, "claims", read.claims.get().pk)
    sent |= {"title": ["Fire in a hangar"], f"{row}-claimant": ["A minister of defence"]}
    make.publish(Incident.objects.get(pk=read.pk))

    page = chief.post(at(read), sent)

    read.refresh_from_db()
    told = page.content.decode()
    assert page.status_code == 409
    assert "cannot be changed any more" in told
    assert "<mark>hangar</mark>" in told
    assert "<mark> of defence</mark>" in told
    assert (read.state, read.title) == (State.PUBLISHED, "Fire at a warehouse")


def test_every_part_of_an_edition_is_joined(chief: Client) -> None:
    read = make.incident(
        state=State.DRAFT,
        claims=[{"claimant": "A minister"}],
        locations=[{"country": "PL", "place": "Łódź"}, {"country": "LT"}],
    )
    first, second = opened(chief, read), opened(chief, read)
    place = row_of(first, "locations", read.locations.get(country="PL").pk)
    other = row_of(first, "locations", read.locations.get(country="LT").pk)
    claim = row_of(first, "claims", read.claims.get().pk)
    moved = first | {f"{other}-primary": "on", f"{claim}-date": "2024-07", "domains": ["cyber"]}
    del moved[f"{place}-primary"]
    assert chief.post(at(read), moved).status_code == 302

    typed = {f"{place}-place": "Warsaw", f"{claim}-claimant": "A ministry", "severity": "2"}
    page = chief.post(at(read), second | typed)
    saved = chief.post(at(read), shown(page, read))

    assert (page.status_code, saved.status_code) == (409, 302)
    read = Incident.objects.get(pk=read.pk)
    said = read.claims.get()
    assert (said.claimant, said.date) == ("A ministry", "2024-07")
    assert read.locations.get(primary=True).country == "LT"
    assert read.locations.get(country="PL").place == "Warsaw"
    assert (read.domains, read.severity) == (["cyber"], 2)
