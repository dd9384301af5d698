"""Writes that keep a rule: starting, settling, publishing, withdrawing, and the clocks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from articles.codebook import Marking
from articles.models import Article
from incidents import services
from incidents.codebook import DEFAULT_DOMAIN, State
from incidents.models import Claim, Clock, Incident, Record, StatusFinding
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def second() -> User:
    return make.user("second", staff=True)


def clock(name: str) -> int:
    return Clock.objects.get_or_create(name=name)[0].version


# -- drafts --------------------------------------------------------------------------------


def test_a_draft_has_its_author_and_no_public_reference() -> None:
    draft = make.incident(state="draft", author=make.user("anna"))

    assert draft.state == State.DRAFT
    assert [author.username for author in draft.authors.all()] == ["anna"]
    assert draft.record.reference is None
    assert draft.record.public_id == draft.record.provisional
    assert draft.record.provisional.startswith("P-")


@pytest.mark.parametrize("event_type", DEFAULT_DOMAIN)
def test_a_draft_without_domains_takes_that_of_its_type(event_type: str) -> None:
    draft = make.incident(state="draft", event_type=event_type)

    assert draft.domains == [DEFAULT_DOMAIN[event_type]]
    assert draft.domain == DEFAULT_DOMAIN[event_type]


def test_a_draft_keeps_the_domains_it_was_given() -> None:
    draft = make.incident(state="draft", domains=["legal", "culture"])

    assert draft.domains == ["legal", "culture"]


def test_settling_stores_the_primary_values_and_all_codes() -> None:
    draft = make.incident(
        state="draft",
        other_event_types=["hack_leak"],
        domains=["cyber", "information"],
        locations=[{"country": "DE"}, {"country": "PL", "primary": True}],
        targets=[{"country": "EU", "sector": "energy", "target_kind": "intl_body"}],
    )

    assert (draft.country, draft.target_country) == ("PL", "EU")
    assert (draft.sector, draft.target_kind, draft.domain) == ("energy", "intl_body", "cyber")
    assert list(draft.codings.order_by("pk").values_list("axis", "code", "primary")) == [
        ("event_type", "arson", True),
        ("event_type", "hack_leak", False),
        ("domain", "cyber", True),
        ("domain", "information", False),
    ]


def test_the_last_finding_makes_the_status_whatever_the_order_of_entry() -> None:
    draft = make.incident(
        state="draft",
        findings=[("confirmed", "2024-08-01"), ("suspected", "2024-03"), ("alleged", "2024")],
    )

    assert draft.status == "alleged"


def test_the_first_claim_that_supersedes_one_ends_its_life() -> None:
    draft = make.incident(
        state="draft",
        claims=[
            {"date": "2024-01-01"},
            {"date": "2024-05", "supersedes": 0},
            {"date": "2024-03-02", "supersedes": 0},
        ],
    )

    ends = list(draft.claims.order_by("pk").values_list("live_until", flat=True))
    assert ends == [date(2024, 3, 2), None, None]


def test_a_claim_is_live_again_when_its_successor_is_taken_back() -> None:
    draft = make.incident(state="draft", claims=[{}, {"supersedes": 0}])

    draft.claims.filter(supersedes__isnull=False).delete()
    services.settle(draft)

    assert draft.claims.get().live_until is None


# -- publishing ----------------------------------------------------------------------------


def test_an_author_does_not_publish_the_own_edition() -> None:
    anna = make.user("anna", staff=True)
    draft = make.incident(state="draft", author=anna)

    with pytest.raises(ValidationError, match="second person"):
        services.publish(draft, approver=anna)

    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    assert draft.record.reference is None


def lack_summary(draft: Incident) -> None:
    draft.summary = "Too short."
    draft.save()


def lack_place(draft: Incident) -> None:
    draft.locations.all().delete()


def lack_primary_place(draft: Incident) -> None:
    draft.locations.update(primary=False)


def lack_target(draft: Incident) -> None:
    draft.targets.all().delete()


def lack_effect(draft: Incident) -> None:
    draft.effects.all().delete()


def lack_citation(draft: Incident) -> None:
    draft.citations.all().delete()


def lack_finding(draft: Incident) -> None:
    draft.findings.all().delete()


def lack_source_of_claim(draft: Incident) -> None:
    make.claim(draft).citations.clear()


def lack_role_of_nobody(draft: Incident) -> None:
    make.claim(draft, stance="rules_out", role="not_stated")


@pytest.mark.parametrize(
    ("spoil", "part"),
    [
        (lack_summary, "summary"),
        (lack_place, "locations"),
        (lack_primary_place, "locations"),
        (lack_target, "targets"),
        (lack_effect, "effects"),
        (lack_citation, "citations"),
        (lack_finding, "findings"),
        (lack_source_of_claim, "claims"),
        (lack_role_of_nobody, "claims"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_published(
    spoil: Any, part: str, second: User
) -> None:
    draft = make.incident(state="draft")
    spoil(draft)

    with pytest.raises(ValidationError) as refused:
        services.publish(draft, approver=second)

    assert part in refused.value.message_dict
    assert list(services.gaps(Incident.objects.get())) == [part]
    assert Incident.objects.get().state == State.DRAFT


def test_an_alleged_incident_needs_no_finding(second: User) -> None:
    draft = make.incident(state="draft", status="alleged")

    assert services.publish(draft, approver=second).state == State.PUBLISHED


def test_publishing_gives_an_approver_a_date_and_a_reference(second: User) -> None:
    published = services.publish(make.incident(state="draft"), approver=second, comment="Checked.")

    record = Record.objects.get()
    assert published.approved_by == second
    assert published.change_note == "Checked."
    assert record.first_published_at == published.published_at
    assert record.reference == f"HTI-{record.first_published_at:%Y}-00001"


@pytest.mark.parametrize("state", ["published", "withdrawn", "discarded"])
def test_only_what_is_worked_on_is_published(state: str, second: User) -> None:
    edition = make.incident(state=state)

    with pytest.raises(ValidationError, match="cannot be published"):
        services.publish(edition, approver=second)


@pytest.mark.parametrize("state", ["draft", "in_review", "changes_requested"])
def test_what_is_worked_on_is_published(state: str, second: User) -> None:
    edition = make.incident(state=state)

    assert services.publish(edition, approver=second).state == State.PUBLISHED


def test_references_have_no_gaps_and_only_clear_records_take_one(second: User) -> None:
    make.incident()
    make.incident(marking="amber")
    refused = make.incident(state="draft")
    lack_effect(refused)
    with pytest.raises(ValidationError):
        services.publish(refused, approver=second)
    make.incident()

    references = [record.reference for record in Record.objects.order_by("pk")]

    assert [reference and reference[-5:] for reference in references] == [
        "00001", None, None, "00002",
    ]  # fmt: skip


def test_a_next_edition_supersedes_the_one_before_and_keeps_reference_and_day(
    second: User,
) -> None:
    first = make.incident()
    reference, day = first.record.reference, first.record.first_published_at

    next_one = make.incident("Fire at two warehouses", after=first)

    first.refresh_from_db()
    record = Record.objects.get()
    assert first.state == State.SUPERSEDED
    assert first.ended_at
    assert (next_one.number, next_one.state) == (2, State.PUBLISHED)
    assert (record.reference, record.first_published_at) == (reference, day)


def test_a_next_edition_says_why(second: User) -> None:
    draft = make.incident(after=make.incident(), state="draft")
    draft.change_reason = ""
    draft.save()

    with pytest.raises(ValidationError) as refused:
        services.publish(draft, approver=second)

    assert "change_reason" in refused.value.message_dict
    assert Incident.objects.filter(state=State.PUBLISHED).count() == 1


@pytest.mark.parametrize(
    ("edition", "article", "becomes"),
    [
        ("clear", "red", "clear"),
        ("clear", "amber", "clear"),
        ("green", "amber_strict", "green"),
        ("amber", "clear", "clear"),
        ("amber", "green", "green"),
        ("red", "amber", "amber"),
    ],
)
def test_publishing_lowers_what_is_cited_to_the_marking_of_the_edition(
    edition: str, article: str, becomes: str
) -> None:
    cited, other = make.article(marking=article), make.article(marking=article)

    make.incident(marking=edition, citations=[cited])

    assert Article.objects.get(pk=cited.pk).marking == becomes
    assert Article.objects.get(pk=other.pk).marking == article


def test_the_marking_of_a_record_is_that_of_its_published_edition() -> None:
    first = make.incident(marking="clear")
    assert Record.objects.get().marking == Marking.CLEAR

    make.incident(after=first, marking="amber")

    assert Record.objects.get().marking == Marking.AMBER


def test_withdrawing_ends_an_edition_and_keeps_the_reason(second: User) -> None:
    published = make.incident()

    services.withdraw(published, by=second, reason="It was another act.")

    record = Record.objects.get()
    published.refresh_from_db()
    assert published.state == State.WITHDRAWN
    assert published.ended_at
    assert (record.withdrawn_reason, record.withdrawn_by) == ("It was another act.", second)


def test_only_what_is_published_is_withdrawn(second: User) -> None:
    with pytest.raises(ValidationError):
        services.withdraw(make.incident(state="draft"), by=second, reason="No.")


def test_an_error_while_publishing_leaves_the_edition_before_public(
    second: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make.incident()
    draft = make.incident(after=first, state="draft")

    def fail(*_args: Any) -> None:
        raise RuntimeError("The machine stops here.")

    monkeypatch.setattr(services, "lower_markings", fail)
    with pytest.raises(RuntimeError):
        services.publish(draft, approver=second)

    first.refresh_from_db()
    draft.refresh_from_db()
    assert (first.state, draft.state) == (State.PUBLISHED, State.DRAFT)


# -- clocks --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "then", "moves"),
    [
        (None, "clear", True),
        (None, "green", False),
        (None, "red", False),
        ("clear", "clear", True),
        ("clear", "amber", True),
        ("amber", "clear", True),
        ("amber", "amber", False),
    ],
)
def test_the_public_clock_moves_only_with_what_is_clear(
    first: str | None, then: str, moves: bool, second: User
) -> None:
    before = make.incident(marking=first) if first else None
    draft = make.incident(marking=then, after=before, state="draft")
    public, staff = clock("public"), clock("staff")

    services.publish(draft, approver=second)

    assert clock("public") - public == int(moves)
    assert clock("staff") - staff == 1


def test_a_draft_moves_only_the_clock_of_the_staff() -> None:
    public, staff = clock("public"), clock("staff")

    make.incident(state="draft")

    assert clock("public") == public
    assert clock("staff") > staff


@pytest.mark.parametrize(("marking", "moves"), [("clear", True), ("amber", False)])
def test_withdrawing_moves_the_public_clock_where_the_record_was_public(
    marking: str, moves: bool, second: User
) -> None:
    published = make.incident(marking=marking)
    public = clock("public")

    services.withdraw(published, by=second, reason="Wrong.")

    assert clock("public") - public == int(moves)


# -- what a row refuses --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"occurred": "2200"}, "occurred"),
        ({"occurred": "soon"}, "occurred"),
        ({"title": "Fire\nsecond line"}, "title"),
        ({"title": "abc"}, "title"),
        ({"event_type": "picnic"}, "event_type"),
        ({"other_event_types": ["arson"]}, "other_event_types"),
        ({"other_event_types": ["hack_leak", "hack_leak"]}, "other_event_types"),
        ({"domains": ["cyber", "space", "legal", "social"]}, "domains"),
        ({"domains": ["weather"]}, "domains"),
        ({"severity": 5}, "severity"),
        ({"outcome": "won"}, "outcome"),
        ({"marking": "white"}, "marking"),
    ],
)
def test_an_incident_refuses_what_breaks_the_codebook(said: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        make.incident(state="draft", **said)

    assert field in refused.value.message_dict


def test_a_claim_supersedes_only_an_earlier_one_of_the_same_incident() -> None:
    here, there = make.incident(state="draft"), make.incident(state="draft")
    foreign, late = make.claim(there), make.claim(here, date="2024-12")

    for earlier in (foreign, late):
        with pytest.raises(ValidationError) as refused:
            make.claim(here, date="2024-06-01", supersedes=earlier)
        assert "supersedes" in refused.value.message_dict


def test_dates_of_rows_follow_from_their_text() -> None:
    draft = make.incident(
        state="draft", findings=[("suspected", "2024-03/2024-05")], claims=[{"date": "2024-02"}]
    )

    finding, claim = StatusFinding.objects.get(incident=draft), Claim.objects.get(incident=draft)
    assert (finding.date_from, finding.date_to) == (date(2024, 3, 1), date(2024, 5, 31))
    assert (claim.date_from, claim.date_to) == (date(2024, 2, 1), date(2024, 2, 29))
