"""The steps of a review at the desk, one by one and several at once."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from incidents import review
from incidents.codebook import State
from incidents.models import Incident
from tests import make

from .reviewing import LIST, at_once, checker, page_of, second, state_of, step
from .test_admin import ANALYST, member

__all__ = ["checker", "second"]

pytestmark = pytest.mark.django_db


# -- steps -----------------------------------------------------------------------------------


def test_a_draft_goes_to_the_public_by_two_people(
    desk: Client, second: Client, analyst: User
) -> None:
    draft = make.incident(state="draft", author=analyst)

    step(desk, draft, "submit", text="The date is from the police.")
    handed_in = state_of(draft)
    told = step(second, draft, "approve", text="Well found.").content.decode()

    assert (handed_in, state_of(draft)) == (State.IN_REVIEW, State.PUBLISHED)
    assert "Approved and published." in told
    assert list(draft.comments.values_list("act", "text")) == [
        ("submitted", "The date is from the police."),
        ("approved", "Well found."),
    ]


def test_a_step_is_asked_about_before_it_is_taken(desk: Client, analyst: User) -> None:
    draft = make.incident(state="draft", author=analyst)

    page = page_of(desk, draft, "step/submit")

    assert "Back, change nothing" in page
    assert f'name="version" value="{draft.version}"' in " ".join(page.split())
    assert state_of(draft) == State.DRAFT


def test_what_lacks_something_is_handed_in_by_no_button_until_it_is_added(
    desk: Client, analyst: User
) -> None:
    draft = make.incident(state="draft", author=analyst)
    whole = page_of(desk, draft, "step/submit")
    draft.effects.all().delete()

    lacking = page_of(desk, draft, "step/submit")
    refused = step(desk, draft, "submit", text="Typed.").content.decode()

    button = '<button type="submit" class="button default">Submit for review</button>'
    assert (button in whole, button in lacking, button in refused) == (True, False, False)
    assert "Add what is lacking in the form and save it" in lacking
    assert f'href="/admin/incidents/incident/{draft.pk}/change/">Open the form</a>' in lacking
    assert "Typed.</textarea>" in refused
    assert state_of(draft) == State.DRAFT


def test_an_author_is_offered_no_decision_and_a_forged_one_is_refused() -> None:
    writer = make.reviewer("both")
    writer.user_permissions.set(Permission.objects.filter(codename__in=ANALYST))
    client = Client()
    client.force_login(writer)
    own = make.incident(state="in_review", author=writer)

    page = page_of(client, own)
    forged = step(client, own, "approve").content.decode()
    client.post(f"{LIST}steps/approve/", {"edition": [f"{own.pk}:{own.version}"]})

    assert "Approve and publish" not in page
    assert "you are an author of this edition" in page
    assert "you are an author of this edition" in forged
    assert state_of(own) == State.IN_REVIEW


def test_an_analyst_who_did_not_write_it_does_not_decide_either(desk: Client) -> None:
    edition = make.incident(state="in_review", author=member("author", *ANALYST))

    page = page_of(desk, edition)
    for name in ("approve", "return", "submit", "take-back", "discard"):
        step(desk, edition, name, text="Because.")

    assert "Only reviewers decide" in page
    assert state_of(edition) == State.IN_REVIEW


def test_returning_takes_a_reason_and_the_authors_read_it(
    desk: Client, second: Client, analyst: User
) -> None:
    edition = make.incident(state="in_review", author=analyst)

    silent = step(second, edition, "return", text=" ").content.decode()
    after_silence = state_of(edition)
    step(second, edition, "return", text="Which warehouse?")

    assert "Say what has to change." in silent
    assert after_silence == State.IN_REVIEW
    assert state_of(edition) == State.CHANGES_REQUESTED
    assert "Which warehouse?" in page_of(desk, edition, "change")


def test_what_was_typed_comes_back_when_a_step_is_refused(second: Client) -> None:
    edition = make.incident(state="in_review")
    edition.effects.all().delete()

    page = step(second, edition, "approve", text="I read all of it.").content.decode()

    assert "Effects: Say what it did" in page
    assert "I read all of it." in page


def test_what_is_decided_is_the_version_that_was_read(second: Client) -> None:
    edition = make.incident(state="in_review")
    read = edition.version
    Incident.objects.filter(pk=edition.pk).update(version=read + 1, title="Another title by now")

    for sent in ({"version": read}, {"version": ""}, {"version": "x"}, {}):
        url = f"{LIST}{edition.pk}/step/approve/"
        page = second.post(url, {**sent, "text": "I read all of it."})
        told = page.content.decode()
        assert "Nothing was done." in told
        assert "Another title by now" in told
        assert "I read all of it." in told
        assert page.status_code == (409 if sent.get("version") == read else 200)

    assert state_of(edition) == State.IN_REVIEW


def test_a_published_edition_is_revised_while_the_public_keeps_it(
    desk: Client, second: Client, analyst: User
) -> None:
    public = make.incident("Fire in a depot", author=analyst)

    step(desk, public, "revise")
    draft = Incident.objects.get(record=public.record_id, state="draft")
    reasonless = step(desk, draft, "submit").content.decode()
    Incident.objects.filter(pk=draft.pk).update(title="Fire in a shed", change_reason="correction")
    step(desk, draft, "submit")
    diff = page_of(second, draft)
    still = state_of(public)
    step(second, draft, "approve")

    assert "Reason for the change: Say why" in reasonless
    assert ("depot" in diff, "shed" in diff) == (True, True)
    assert "What differs from edition 1" in diff
    assert still == State.PUBLISHED
    assert (state_of(public), state_of(draft)) == (State.SUPERSEDED, State.PUBLISHED)


def test_the_page_of_a_published_edition_leads_to_what_readers_see(desk: Client) -> None:
    public, draft = make.incident(), make.incident(state="draft")

    way = f'href="/incidents/{public.record.reference}/"'

    assert way in page_of(desk, public, "change")
    assert "As readers see it" not in page_of(desk, draft, "change")


def test_who_revises_is_told_that_readers_read_the_note_on_the_change(
    desk: Client, analyst: User
) -> None:
    public = make.incident(author=analyst)
    step(desk, public, "revise")
    draft = Incident.objects.get(record=public.record_id, state="draft")

    assert "Readers are told, beside the reason." in page_of(desk, draft, "change")


def test_only_one_revision_is_opened_and_the_other_page_leads_to_it(
    desk: Client, analyst: User
) -> None:
    public = make.incident(author=analyst)
    draft = review.revise(public, by=analyst)

    page = page_of(desk, public, "change")
    again = step(desk, public, "revise").content.decode()

    assert f"{LIST}{draft.pk}/change/" in page
    assert "/step/revise/" not in page
    assert "is being worked on already" in again
    assert Incident.objects.count() == 2


def test_withdrawing_is_for_reviewers_and_takes_a_line_of_reason(
    desk: Client, second: Client
) -> None:
    public = make.incident()

    step(desk, public, "withdraw", text="Wrong.")
    by_analyst = state_of(public)
    long = step(second, public, "withdraw", text="x" * 301).content.decode()
    by_length = state_of(public)
    step(second, public, "withdraw", text="It was a drill.")

    assert (by_analyst, by_length) == (State.PUBLISHED, State.PUBLISHED)
    assert "at most 300 characters" in long
    assert state_of(public) == State.WITHDRAWN
    assert "It was a drill." in page_of(second, public, "change")


def test_an_author_takes_back_and_discards(desk: Client, analyst: User) -> None:
    edition = make.incident(state="in_review", author=analyst)

    step(desk, edition, "take-back")
    taken_back = state_of(edition)
    step(desk, edition, "discard")

    assert (taken_back, state_of(edition)) == (State.DRAFT, State.DISCARDED)


@pytest.mark.parametrize(
    ("state", "by_author", "by_reviewer"),
    [
        ("draft", {"submit", "discard"}, {"discard"}),
        ("in_review", {"take-back", "discard"}, {"review", "discard"}),
        ("changes_requested", {"submit", "discard"}, {"discard"}),
        ("published", {"revise"}, {"revise", "withdraw"}),
        ("withdrawn", {"revise"}, {"revise"}),
        ("discarded", set(), set()),
    ],
)
def test_only_what_the_reader_may_do_is_offered(
    desk: Client,
    second: Client,
    analyst: User,
    state: str,
    by_author: set[str],
    by_reviewer: set[str],
) -> None:
    edition = make.incident(state=state, author=analyst)

    for client, offered in ((desk, by_author), (second, by_reviewer)):
        page = page_of(client, edition, "change")
        found = {name for name in review_steps() if f"/step/{name}/" in page}
        found |= {"review"} if "Read and decide" in page else set()
        assert found == offered


def review_steps() -> tuple[str, ...]:
    return ("submit", "take-back", "revise", "withdraw", "discard")


@pytest.mark.parametrize("name", ["approve", "publish", "%00", "delete"])
def test_pages_of_steps_and_editions_that_are_not_there_are_missing(
    desk: Client, analyst: User, name: str
) -> None:
    draft = make.incident(state="draft", author=analyst)

    assert desk.get(f"{LIST}999999999/step/submit/").status_code == 404
    assert desk.get(f"{LIST}{10**17}/review/").status_code == 404
    if name != "approve":
        assert desk.get(f"{LIST}{draft.pk}/step/{name}/").status_code in (302, 404)
        assert desk.post(f"{LIST}steps/{name}/").status_code in (302, 404)


def test_a_hidden_edition_has_no_page_of_any_kind(desk: Client) -> None:
    hidden = make.incident(state="in_review", marking="red", author=member("other", *ANALYST))
    gone = hidden.pk + 1000

    for page in ("review", "comment", "step/submit", "step/approve"):
        answers = [
            desk.post(f"{LIST}{key}/{page}/", {"version": 1, "text": "x"})
            for key in (hidden.pk, gone)
        ]
        assert [answer.status_code for answer in answers] == [404, 404]
    assert state_of(hidden) == State.IN_REVIEW


# -- several at once -------------------------------------------------------------------------


def test_several_are_handed_in_and_published_at_once(
    desk: Client, second: Client, analyst: User
) -> None:
    drafts = [
        make.incident(f"Fire no. {n} in a depot", state="draft", author=analyst) for n in "12"
    ]

    at_once(desk, "submit", *drafts)
    for draft in drafts:
        draft.refresh_from_db()
    told = at_once(second, "approve", *drafts)

    assert {state_of(draft) for draft in drafts} == {State.PUBLISHED}
    assert "2 editions: Approved and published." in told


def test_of_several_those_that_lack_something_say_so_and_cannot_be_ticked(
    desk: Client, analyst: User
) -> None:
    fine = make.incident("Fire in a fine depot", state="draft", author=analyst)
    thin = make.incident("Fire in a thin depot", state="draft", author=analyst)
    thin.effects.all().delete()

    def asked(*chosen: Incident) -> str:
        sent = {"action": "submit_selected", "_selected_action": [it.pk for it in chosen]}
        return desk.post(LIST, sent).content.decode()

    both, alone = asked(fine, thin), asked(thin)

    assert "It still lacks: Effects." in both
    assert f'value="{fine.pk}:{fine.version}"' in both
    assert f'value="{thin.pk}:' not in both
    button = '<button type="submit" class="button default">'
    assert (button in both, button in alone) == (True, False)


def test_of_several_each_refusal_is_told_and_the_rest_is_done(second: Client) -> None:
    fine = make.incident("Fire in a fine depot", state="in_review")
    thin = make.incident("Fire in a thin depot", state="in_review")
    thin.effects.all().delete()

    told = at_once(second, "approve", fine, thin)

    assert (state_of(fine), state_of(thin)) == (State.PUBLISHED, State.IN_REVIEW)
    assert "Fire in a thin depot: Effects: Say what it did" in told


def test_of_several_what_was_typed_comes_back_with_those_that_are_refused(
    second: Client,
) -> None:
    fine = make.incident("Fire in a fine depot", state="in_review")
    thin = make.incident("Fire in a thin depot", state="in_review")
    thin.effects.all().delete()

    told = at_once(second, "approve", fine, thin, text="Checked by telephone.")

    assert state_of(fine) == State.PUBLISHED
    assert "Checked by telephone.</textarea>" in told
    assert f'value="{thin.pk}:{thin.version}"' in told
    assert f'value="{fine.pk}:' not in told


def test_of_several_one_that_was_changed_meanwhile_has_to_be_read_first(second: Client) -> None:
    edition = make.incident(state="in_review")
    read = f"{edition.pk}:{edition.version}"
    Incident.objects.filter(pk=edition.pk).update(version=edition.version + 1)

    sent = {"edition": [read], "text": "Fine by me."}
    page = second.post(f"{LIST}steps/approve/", sent).content.decode()

    assert "Fine by me.</textarea>" in page
    assert "Read it before you decide." in page
    assert 'name="edition"' not in page
    assert '<button type="submit" class="button default">' not in page


def test_of_several_the_version_that_was_read_is_decided(second: Client) -> None:
    edition = make.incident(state="in_review")
    read = f"{edition.pk}:{edition.version}"
    Incident.objects.filter(pk=edition.pk).update(version=edition.version + 1)

    page = second.post(f"{LIST}steps/approve/", {"edition": [read]}, follow=True)

    assert "was changed meanwhile" in page.content.decode()
    assert state_of(edition) == State.IN_REVIEW


def test_several_are_not_returned_without_a_reason(second: Client) -> None:
    edition = make.incident(state="in_review")

    told = at_once(second, "return", edition, text="")

    assert "Give a reason." in told
    assert state_of(edition) == State.IN_REVIEW


@pytest.mark.parametrize("sent", ["x:1", "", ":", "1"])
def test_a_choice_that_no_page_makes_is_refused_or_ignored(second: Client, sent: str) -> None:
    edition = make.incident(state="in_review")

    page = second.post(f"{LIST}steps/approve/", {"edition": [sent]})

    assert page.status_code in (302, 400)
    assert state_of(edition) == State.IN_REVIEW
