"""The desk: what a draft needs, who sees and changes what, and that lists stay quick."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from articles.models import Article
from incidents import services
from incidents.codebook import State
from incidents.models import (
    Actor,
    ActorAlias,
    Citation,
    Claim,
    Effect,
    Incident,
    Location,
    Record,
    Target,
)
from tests import make
from tests.forms import read_of

pytestmark = pytest.mark.django_db

ADD = "/admin/incidents/incident/add/"
LIST = "/admin/incidents/incident/"
ALIKE = "/admin/incidents/incident/resembling/"
PREFIXES = ("locations", "targets", "citations", "claims", "findings", "effects")
URL = "https://example.org/news/fire?utm_source=x"


def member(name: str, *permissions: str) -> User:
    user = User.objects.create_user(name, password="a-password-for-tests", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    make.join(user)
    return user


ANALYST = ("add_incident", "change_incident", "view_incident", "view_article", "view_actor")


def draft(by: User, title: str = "Fire in a warehouse in Warsaw", **said: Any) -> Incident:
    said = {"event_type": "arson", "occurred": "2024-05", **said}
    incident = services.start_draft(Incident(title=title, **said), by=by)
    Location.objects.create(incident=incident, country="PL", primary=True)
    Target.objects.create(incident=incident, country="PL", primary=True)
    services.settle(incident)
    return incident


def complete(by: User, title: str = "Fire in a warehouse in Warsaw", **said: Any) -> Incident:
    incident = draft(by, title, summary="What is known of it. " * 5, **said)
    article = Article.objects.create(url=f"https://example.org/{incident.pk}", added_by=by)
    Citation.objects.create(incident=incident, article=article)
    Effect.objects.create(incident=incident, kind="none_reported")
    return incident


def typed(**more: Any) -> dict[str, Any]:
    """Return what a browser sends of the form for a draft."""
    sent = {
        "article_url": URL,
        "title": "Fire in a warehouse in Łódź",
        "occurred": "2024-05-12",
        "country_name": "Polska",
        "event_type": "arson",
        "status": "alleged",
        "outcome": "unknown",
        "marking": "amber",
    }
    for prefix in PREFIXES:
        sent |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return sent | more


def held(incident: Incident, **more: Any) -> dict[str, Any]:
    """Return what a browser sends of the form of an edition with its places."""
    by = (one for one in incident.authors.all() if one.has_perm("incidents.change_incident"))
    read = read_of(incident, by=next(by, None))
    sent = typed(title=incident.title, occurred=incident.occurred, _read=read)
    rows = list(incident.locations.all())
    sent |= {"locations-TOTAL_FORMS": len(rows), "locations-INITIAL_FORMS": len(rows)}
    for n, row in enumerate(rows):
        sent |= {
            f"locations-{n}-id": row.pk,
            f"locations-{n}-incident": incident.pk,
            f"locations-{n}-country": row.get_country_display(),
            f"locations-{n}-role": row.role,
            f"locations-{n}-precision": row.precision,
        }
        if row.primary:
            sent[f"locations-{n}-primary"] = "on"
    return sent | more


def claim(n: int = 0, **more: Any) -> dict[str, Any]:
    sent = {
        "claimant": "Office of the prosecutor",
        "claimant_kind": "prosecutor_court",
        "date": "2024-06",
        "responsible_state": "Russian Federation",
        "about": "actor",
        "stance": "asserts",
        "state_role": "not_stated",
        "form": "on_record_statement",
        "confidence_stated": "not_stated",
    } | more
    return {f"claims-{n}-{name}": value for name, value in sent.items()}


def change(incident: Incident) -> str:
    return reverse("admin:incidents_incident_change", args=(incident.pk,))


def test_a_draft_is_logged_whole_from_seven_inputs(desk: Client, analyst: User) -> None:
    answer = desk.post(ADD, typed())

    incident = Incident.objects.get()
    assert answer.status_code == 302
    assert (incident.state, incident.country, incident.target_country) == ("draft", "PL", "PL")
    assert (incident.domains, incident.sector) == (["infrastructure"], "unknown")
    assert list(incident.authors.all()) == [analyst]
    citation = incident.citations.get()
    assert citation.role == "first_report"
    assert str(citation.article.publisher) == "example.org"


def test_a_claim_logged_with_the_draft_rests_on_its_only_article(desk: Client) -> None:
    desk.post(ADD, typed(**{"claims-TOTAL_FORMS": "1"}, **claim()))

    row = Claim.objects.get()
    assert (row.responsible_state, row.level) == ("RU", 3)
    assert list(row.citations.all()) == list(Citation.objects.all())


def test_a_row_typed_for_the_country_is_kept_and_not_doubled(desk: Client) -> None:
    place = {"country": "pl", "place": "Łódź", "role": "occurred", "precision": "place"}
    rows = {f"locations-0-{name}": value for name, value in place.items()}

    desk.post(ADD, typed(**{"locations-TOTAL_FORMS": "1"}, **rows))

    row = Location.objects.get()
    assert (row.country, row.place, row.primary) == ("PL", "Łódź", True)


def test_a_place_at_sea_needs_its_zone_and_no_place_is_a_place(desk: Client) -> None:
    refused = desk.post(ADD, typed(country_name="at sea"))
    desk.post(ADD, typed(country_name="no place"))

    assert "needs its zone" in refused.content.decode()
    row = Location.objects.get()
    assert (row.country, row.precision, row.primary) == ("no_place", "none", True)
    assert not Target.objects.exists()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("country_name", "Polnad", "Did you mean Poland?"),
        ("country_name", "Atlantis", "is no country known here"),
        ("occurred", "12/05/2024", "12 May 2024 (2024-05-12) or 5 December 2024 (2024-12-05)"),
        ("occurred", "2099", "would lie in the future"),
        ("article_url", "ftp://example.org/a", "it must begin with https"),
        ("title", "Fir", "at least 5 characters"),
    ],
)
def test_a_wrong_entry_is_told_and_nothing_typed_is_lost(
    desk: Client, name: str, text: str, message: str
) -> None:
    rows = {"claims-TOTAL_FORMS": "1", **claim(claimant="A minister nobody else has")}

    page = desk.post(ADD, typed(**{name: text, "summary": "Typed with care."}, **rows))

    told = page.content.decode()
    assert message in told
    assert all(kept in told for kept in (text, "Typed with care.", "A minister nobody else has"))
    assert not Record.objects.exists()


def test_an_error_in_a_row_leaves_no_half_of_a_draft(desk: Client) -> None:
    page = desk.post(ADD, typed(**{"claims-TOTAL_FORMS": "1"}, **claim(date="in June")))

    assert "it is not year, month and day" in page.content.decode()
    assert "in June" in page.content.decode()
    assert not Incident.objects.exists()
    assert not Article.objects.exists()


def test_a_known_article_is_told_and_links_to_what_rests_on_it(desk: Client) -> None:
    desk.post(ADD, typed())
    first = Incident.objects.get()

    page = desk.post(ADD, typed(article_url="http://www.example.org/news/fire/"), follow=True)

    told = page.content.decode()
    assert "already cited in" in told
    assert change(first) in told
    assert Article.objects.count() == 1
    known = desk.get(ALIKE, {"article_url": "https://m.example.org/news/fire"}).content.decode()
    assert all(change(row) in known for row in Incident.objects.all())


def test_a_red_draft_is_its_authors_and_a_secret_to_others(desk: Client) -> None:
    desk.post(ADD, typed(marking="red"))
    other = Client()
    other.force_login(member("other", *ANALYST))

    incident = Incident.objects.get()
    assert incident.title in desk.get(LIST).content.decode()
    assert incident.title not in other.get(LIST).content.decode()
    assert other.get(change(incident)).status_code == 302
    assert "<h2>" not in other.get(ALIKE, {"article_url": URL}).content.decode()
    assert Article.objects.get().marking == "red"


def test_whoever_changes_a_draft_becomes_an_author(desk: Client, analyst: User) -> None:
    incident = draft(member("first"))

    desk.post(change(incident), held(incident, title="Fire in a hangar in Warsaw"))

    incident.refresh_from_db()
    assert incident.title == "Fire in a hangar in Warsaw"
    assert analyst in incident.authors.all()


@pytest.mark.parametrize("was", [0, 1])
def test_the_primary_tick_moves_both_ways(desk: Client, analyst: User, was: int) -> None:
    incident = draft(analyst)
    Location.objects.create(incident=incident, country="LT")
    rows = list(incident.locations.all())
    if was:
        incident.locations.update(primary=False)
        incident.locations.filter(pk=rows[1].pk).update(primary=True)
    sent = held(incident)
    del sent[f"locations-{was}-primary"]

    answer = desk.post(change(incident), sent | {f"locations-{1 - was}-primary": "on"})

    incident.refresh_from_db()
    assert answer.status_code == 302
    assert incident.locations.get(primary=True) == rows[1 - was]
    assert incident.country == ("LT", "PL")[was]


def test_two_primary_rows_are_named_and_none_means_the_first(desk: Client, analyst: User) -> None:
    incident = draft(analyst)
    Location.objects.create(incident=incident, country="LT")

    two = desk.post(change(incident), held(incident, **{"locations-1-primary": "on"}))
    sent = held(incident)
    del sent["locations-0-primary"]
    none = desk.post(change(incident), sent)

    assert "ticked are “Poland” and “Lithuania”" in two.content.decode()
    assert none.status_code == 302
    assert incident.locations.get(primary=True).country == "PL"


def test_a_source_is_one_of_the_same_edition(desk: Client, analyst: User) -> None:
    incident, other = complete(analyst), complete(analyst, "Fire in a depot in Gdynia")
    foreign = other.citations.get().pk

    page = desk.post(
        change(incident),
        held(incident, **{"claims-TOTAL_FORMS": "1"}, **claim(citations=[foreign])),
    )

    assert page.status_code == 200
    assert not incident.claims.exists()


def test_a_claim_that_another_one_withdraws_stays(desk: Client, analyst: User) -> None:
    incident = complete(analyst)
    said = {"incident": incident, "claimant": "A ministry", "claimant_kind": "other_government"}
    first = Claim.objects.create(date="2024-06", responsible_state="RU", **said)
    later = Claim.objects.create(
        date="2024-07", responsible_state="RU", stance="withdraws", supersedes=first, **said
    )
    rows = {"claims-TOTAL_FORMS": "2", "claims-INITIAL_FORMS": "2"}
    rows |= claim(id=first.pk, incident=incident.pk, DELETE="on")
    rows |= claim(
        1,
        id=later.pk,
        incident=incident.pk,
        stance="withdraws",
        supersedes=first.pk,
        date="2024-07",
    )

    page = desk.post(change(incident), held(incident, **rows))
    both = desk.post(change(incident), held(incident, **rows, **{"claims-1-DELETE": "on"}))

    assert "stays as long as" in page.content.decode()
    assert both.status_code == 302
    assert not incident.claims.exists()


def test_what_was_published_is_read_with_its_rows_and_not_changed(desk: Client) -> None:
    incident = complete(member("author"))
    said = {"claimant": "A ministry", "claimant_kind": "other_government", "date": "2024-06"}
    row = Claim.objects.create(incident=incident, responsible_state="RU", **said)
    row.citations.set(incident.citations.all())
    make.publish(incident)

    page = desk.get(change(incident))
    answer = desk.post(change(incident), held(incident, title="Another title"))

    assert "A ministry" in page.content.decode()
    assert 'name="_save"' not in page.content.decode()
    assert answer.status_code == 403
    incident.refresh_from_db()
    assert incident.title != "Another title"


def approve(client: Client, *editions: Incident) -> str:
    """Publish several at once, as they stand."""
    chosen = [f"{edition.pk}:{edition.version}" for edition in editions]
    page = client.post(f"{LIST}steps/approve/", {"edition": chosen}, follow=True)
    return page.content.decode()


def test_a_reviewer_publishes_what_others_wrote_and_is_told_why_not() -> None:
    reviewer = member("reviewer", *ANALYST)
    reviewer.groups.add(Group.objects.create(name="Reviewers"))
    client = Client()
    client.force_login(reviewer)
    fine, thin = complete(member("author")), draft(member("second"), "Cut cable near Gdańsk")
    own = complete(reviewer, "Fire in a depot in Gdynia")
    Incident.objects.update(state=State.IN_REVIEW)

    told = approve(client, fine, thin, own)

    assert set(Incident.objects.in_state(State.PUBLISHED)) == {fine}
    assert "Cut cable near Gdańsk: Summary: It needs at least 80 characters." in told
    assert "A second person publishes" in told
    assert "1 edition: Approved and published." in told


@pytest.mark.parametrize("marking", ["amber", "clear"])
def test_a_reviewer_is_told_what_was_published_for_staff_only(marking: str) -> None:
    reviewer = member("reviewer", *ANALYST)
    reviewer.groups.add(Group.objects.create(name="Reviewers"))
    client = Client()
    client.force_login(reviewer)
    fine = complete(member("author"))
    Incident.objects.filter(pk=fine.pk).update(marking=marking, state=State.IN_REVIEW)

    form = client.get(f"{LIST}{fine.pk}/change/").content.decode()
    told = approve(client, fine)

    assert ("it is not for the public" in form) == (marking == "amber")
    assert ("Published, but not for the public" in told) == (marking == "amber")


def test_an_analyst_is_not_offered_to_publish(desk: Client, analyst: User) -> None:
    incident = complete(member("author"))
    Incident.objects.update(state=State.IN_REVIEW)

    desk.post(LIST, {"action": "approve_selected", "_selected_action": [incident.pk]})
    approve(desk, incident)

    assert "submit_selected" in desk.get(LIST).content.decode()
    assert "approve_selected" not in desk.get(LIST).content.decode()
    incident.refresh_from_db()
    assert incident.state == State.IN_REVIEW


def test_actors_are_found_by_any_name(desk: Client) -> None:
    actor = Actor.objects.create(name="APT28", slug="apt28", kind="state_organ")
    ActorAlias.objects.create(actor=actor, name="Żołty Miś")
    Actor.objects.create(name="Sandworm", slug="sandworm", kind="state_organ")
    where = {"app_label": "incidents", "model_name": "claim", "field_name": "accused_actor"}

    for term in ("apt", "zolty", "MIS"):
        found = desk.get("/admin/autocomplete/", {**where, "term": term}).json()["results"]
        assert [row["text"] for row in found] == ["APT28"]


@pytest.mark.parametrize("words", ["lodz magazyn", "HTI-2024-00001", "P-"])
def test_incidents_are_found_by_folded_words(desk: Client, analyst: User, words: str) -> None:
    incident = draft(analyst, "Pożar: magazyn w Łodzi")
    draft(analyst, "Cut cable near Gdańsk")
    Record.objects.filter(pk=incident.record_id).update(reference="HTI-2024-00001")
    if words == "P-":
        words = incident.record.provisional

    page = desk.get(LIST, {"q": words}).content.decode()

    assert "Pożar: magazyn" in page
    assert "Cut cable" not in page
