"""A record by its reference: shown, hidden, withdrawn, merged."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.models import Article
from incidents import comparing, review
from incidents.acts import become_part
from incidents.models import Incident, Record
from tests import make

from .doors import LIST, content, data, get, problem, references

pytestmark = pytest.mark.django_db


def ids(edition: Incident) -> Record:
    """Return the record of an edition as it is now."""
    return Record.objects.get(pk=edition.record_id)


def at(edition: Incident) -> str:
    """Return the address of a record."""
    return f"{LIST}{ids(edition).public_id}/"


def as_sent(response: Any) -> tuple[int, bytes, dict[str, str]]:
    """Return all that somebody who asks gets to see."""
    return response.status_code, content(response), dict(response.items())


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def merge(edition: Incident, into: Incident) -> None:
    become_part(edition.record, into.record)


def test_a_published_record_is_shown_with_its_rows() -> None:
    edition = make.incident(
        "Fire at a depot",
        claims=[{"state": "RU", "claimant": "The ministry"}],
        locations=[{"country": "PL", "place": "Łódź"}, {"country": "LT", "role": "affected"}],
    )

    shown = data(at(edition))

    assert shown["reference"] == ids(edition).reference
    assert shown["url"] == f"http://testserver{at(edition)}"
    assert (shown["title"], shown["state"], shown["marking"]) == (
        "Fire at a depot",
        "published",
        "clear",
    )
    assert shown["onset"] == {"first": "2024-03-14", "last": "2024-03-14"}
    assert [place["country"] for place in shown["locations"]] == ["PL", "LT"]
    assert [claim["level"] for claim in shown["claims"]] == [3]
    assert shown["claims"][0]["sources"] == [shown["citations"][0]["article"]["url"]]
    assert shown["last_verified"] is None


def test_a_list_and_a_detail_say_the_same() -> None:
    make.incident("Fire at a depot", claims=[{}, {"supersedes": 0, "date": "2024-08"}])

    listed = data(LIST)["results"]

    told = [data(row["url"]) for row in listed]
    assert listed == [{name: detail[name] for name in listed[0]} for detail in told]
    assert {name for detail in told for name in detail} - set(listed[0]) == {
        "merged_records",
        "related",
    }


def test_a_reference_is_given_when_a_record_becomes_public() -> None:
    hidden, shown = make.incident(marking="amber"), make.incident()

    assert ids(hidden).reference is None
    assert ids(hidden).public_id.startswith("P-")
    assert str(ids(shown).reference).startswith("HTI-")


def test_the_reference_a_draft_had_still_leads_to_the_record() -> None:
    edition = make.incident()

    assert content(get(f"{LIST}{ids(edition).provisional}/")) == content(get(at(edition)))


def test_what_is_hidden_answers_like_what_is_not_there() -> None:
    """Byte for byte and header for header, whatever the reason is."""
    hidden = make.incident(marking="red")
    survivor = make.incident(marking="green")
    merged, raised = make.incident(), make.incident()
    into_a_draft = make.incident()
    merge(merged, survivor)
    merge(into_a_draft, make.incident(state="draft"))
    make.marked(raised, "amber")
    now_green = make.incident()
    make.incident(after=now_green, marking="green")
    addresses = {
        "unknown": f"{LIST}HTI-2024-09999/",
        "unknown, provisional": f"{LIST}P-222222222222/",
        "no reference": f"{LIST}nothing/",
        "draft": at(make.incident(state="draft")),
        "in review": at(make.incident(state="in_review")),
        "discarded": at(make.incident(state="discarded")),
        "clear draft": at(make.incident(state="draft", marking="clear")),
        "green": at(survivor),
        "amber": at(make.incident(marking="amber")),
        "amber, strict": at(make.incident(marking="amber_strict")),
        "red": at(hidden),
        "withdrawn amber": at(make.incident(state="withdrawn", marking="amber")),
        "raised": at(raised),
        "raised by an edition": at(now_green),
        "merged into what is hidden": at(merged),
        "merged into a draft": at(into_a_draft),
    }

    answers = {name: as_sent(get(url)) for name, url in addresses.items()}

    assert answers["unknown"][0] == 404
    assert {name: sent for name, sent in answers.items() if sent != answers["unknown"]} == {}
    assert problem(get(addresses["unknown"]))["detail"] == "There is nothing here."


def test_a_withdrawn_record_leaves_its_tombstone() -> None:
    edition = make.incident("Fire that never was")
    review.withdraw(edition, by=make.reviewer(), reason="It was a drill.")

    response = get(at(edition))

    told = problem(response)
    assert response.status_code == 410
    assert told["reference"] == ids(edition).reference
    assert told["reason"] == "It was a drill."
    assert told["withdrawn_at"]
    assert "Fire that never was" not in str(told)
    assert "second" not in str(told)
    assert references(LIST) == []


def test_a_tombstone_stays_while_a_new_draft_is_written() -> None:
    edition = make.incident(state="withdrawn")
    make.incident("Fire after all", after=edition, state="draft")

    response = get(at(edition))

    assert response.status_code == 410
    assert "Fire after all" not in response.content.decode()


def test_a_record_that_was_raised_before_it_was_withdrawn_leaves_no_tombstone() -> None:
    edition = make.incident()
    green = make.incident(after=edition, marking="green")
    review.withdraw(green, by=make.reviewer(), reason="Wrong.")
    raised = make.incident(state="withdrawn")
    Record.objects.filter(pk=raised.record_id).update(marking="red")

    for hidden in (edition, raised):
        assert get(at(hidden)).status_code == 404


def test_a_record_that_was_only_hidden_leaves_no_tombstone(staff: Client) -> None:
    edition = make.incident(state="withdrawn", marking="green")

    assert get(at(edition)).status_code == 404
    assert get(at(edition), staff).status_code == 404


def test_a_merged_record_leads_to_the_one_it_became_part_of() -> None:
    first, second, survivor = make.incident(), make.incident(), make.incident()
    merge(first, second)
    merge(second, survivor)

    for merged in (first, second):
        for reference in (ids(merged).reference, ids(merged).provisional):
            response = get(f"{LIST}{reference}/")
            assert response.status_code == 302
            assert response["Location"] == f"http://testserver{at(survivor)}"
            assert response.json() == {
                "reference": ids(merged).reference,
                "merged_into": ids(survivor).reference,
                "url": response["Location"],
            }
    assert data(at(survivor))["merged_records"] == [ids(first).reference, ids(second).reference]
    assert references(LIST) == [ids(survivor).reference]


def test_a_merged_record_that_was_hidden_is_told_to_nobody_who_did_not_read_it(
    staff: Client,
) -> None:
    hidden, survivor = make.incident(marking="amber"), make.incident()
    merge(hidden, survivor)

    assert content(get(at(hidden))) == content(get(f"{LIST}P-AAAAAAAAAAAA/"))
    assert data(at(survivor))["merged_records"] == []
    assert get(at(hidden), staff).status_code == 302
    assert data(at(survivor), staff)["merged_records"] == [ids(hidden).provisional]


def test_records_that_belong_together_name_each_other_once_that_is_confirmed(
    staff: Client,
) -> None:
    one, other = make.incident("Fire at a depot"), make.incident("Fire at a port")
    hidden = make.incident(marking="amber")
    tie = make.related(one, other, relation="copycat", note="So it seems.")
    make.related(one, hidden)

    assert data(at(one))["related"] == []
    assert len(data(at(one), staff)["related"]) == 2
    comparing.confirm(tie, by=make.reviewer())

    assert data(at(one))["related"] == [
        {
            "reference": ids(other).reference,
            "title": "Fire at a port",
            "relation": "copycat",
            "url": f"http://testserver{at(other)}",
        }
    ]
    assert data(at(other))["related"][0]["reference"] == ids(one).reference


def test_records_merged_into_each_other_are_not_there() -> None:
    """No service does this; a mistake by hand must not hold a door up for ever."""
    first, second = make.incident(), make.incident()
    merge(first, second)
    merge(second, first)

    for merged in (first, second):
        assert get(f"{LIST}{ids(merged).reference}/").status_code == 404


def test_a_merged_record_does_not_tell_of_a_survivor_that_was_withdrawn() -> None:
    merged, survivor = make.incident(), make.incident(state="withdrawn", marking="amber")
    merge(merged, survivor)

    response = get(at(merged))

    assert response.status_code == 404
    assert ids(survivor).public_id not in response.content.decode()


def test_staff_see_drafts_by_their_provisional_id(staff: Client) -> None:
    for state in ("draft", "in_review", "changes_requested"):
        edition = make.incident(f"Fire in {state}", state=state)
        shown = data(at(edition), staff)
        assert (shown["reference"], shown["state"]) == (ids(edition).provisional, state)
        assert references(f"{LIST}?state={state}&series=all", staff) == [shown["reference"]]
        assert get(at(edition)).status_code == 404


def test_a_discarded_draft_is_nowhere(staff: Client) -> None:
    assert get(at(make.incident(state="discarded")), staff).status_code == 404


def test_staff_read_the_published_edition_before_its_draft(staff: Client) -> None:
    edition = make.incident("Fire as published")
    make.incident("Fire as revised", after=edition, state="draft")

    assert data(at(edition), staff)["title"] == "Fire as published"
    assert data(at(edition))["title"] == "Fire as published"
    assert [row["title"] for row in data(f"{LIST}?state=draft", staff)["results"]] == [
        "Fire as revised"
    ]


def test_a_new_edition_takes_the_place_of_the_old_one() -> None:
    edition = make.incident("Fire as it was")
    make.incident("Fire as it is", after=edition)

    shown = data(at(edition))

    assert (shown["title"], shown["edition"]) == ("Fire as it is", 2)
    assert references(LIST) == [ids(edition).reference]


def test_red_is_for_its_authors_only(staff: Client) -> None:
    author = make.user("writer-of-red", staff=True)
    editions = [
        make.incident(marking="red", author=author),
        make.incident(marking="red", author=author, state="draft"),
    ]
    for edition in editions:
        assert data(at(edition), signed_in(author))["marking"] == "red"
        assert as_sent(get(at(edition), staff))[:2] == as_sent(get(f"{LIST}P-2/", staff))[:2]
        assert get(at(edition)).status_code == 404


def test_a_record_raised_to_red_is_hidden_from_who_did_not_write_it(staff: Client) -> None:
    edition = make.incident(author=make.user("writer-of-red", staff=True))
    make.marked(edition, "red")

    assert get(at(edition), staff).status_code == 404
    assert data(at(edition), signed_in(make.user("writer-of-red")))["marking"] == "red"


@pytest.mark.parametrize("said", [{"staff": False}, {"staff": True, "is_active": False}])
def test_an_account_that_is_not_of_the_staff_is_the_public(said: dict[str, bool]) -> None:
    client = signed_in(make.user("visitor", staff=False))
    User.objects.filter(username="visitor").update(
        is_staff=said["staff"], is_active=said.get("is_active", True)
    )
    hidden = make.incident(state="draft")

    assert get(at(hidden), client).status_code == 404
    assert references(f"{LIST}?state=draft", client) == []


def test_an_article_raised_after_publication_leaves_every_door(staff: Client) -> None:
    outlet = make.publisher("Quiet Kestrel", language="lt")
    source = make.article("https://kestrel.example/1", publisher=outlet, language="lt")
    edition = make.incident(citations=[source], claims=[{}])
    assert references(f"{LIST}?publisher=quiet-kestrel") == [ids(edition).reference]

    Article.objects.filter(pk=source.pk).update(marking="amber")

    shown = data(at(edition))
    assert (shown["citations"], shown["claims"][0]["sources"]) == ([], [])
    for url in (
        f"{LIST}",
        "/api/v1/incidents.csv",
        "/api/v1/incidents.geojson",
        "/api/v1/articles/",
        "/api/v1/counts/?by=publisher",
        "/api/v1/counts/?by=language",
        "/api/v1/counts.csv?by=publisher",
    ):
        assert b"estrel" not in content(get(url))
        assert b'"lt"' not in content(get(url))
    assert "publisher" in problem(get(f"{LIST}?publisher=quiet-kestrel"))["errors"]
    assert references(f"{LIST}?language=lt") == []
    assert references(f"{LIST}?publisher=quiet-kestrel", staff) == [ids(edition).reference]


def test_an_article_tells_which_copies_of_it_are_kept() -> None:
    article = make.article(marking="clear")
    make.capture(article, "Old.", at=datetime(2026, 5, 1, tzinfo=UTC))
    newest = make.capture(article, "New.", verdict="too_short", at=datetime(2026, 5, 2, tzinfo=UTC))
    make.capture(make.article(marking="amber"), "Hidden.")

    [told] = data("/api/v1/articles/")["results"]

    assert told["captures"][0] == {
        "captured_at": "2026-05-02T00:00:00Z",
        "verdict": "too_short",
        "sha256": newest.content_id,
    }
    assert len(told["captures"]) == 2


def test_what_a_session_is_told_is_kept_in_no_cache(staff: Client) -> None:
    edition = make.incident(state="draft")

    for url in (at(edition), LIST, "/api/v1/counts/", "/api/v1/incidents.csv"):
        assert get(url, staff)["Cache-Control"] == "private, no-store"
