"""The review at the desk: steps, the page of a reviewer, the queue, comments and notifications."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from incidents import review
from incidents.codebook import State
from incidents.models import Comment, Incident, Notification
from tests import make
from tests.forms import fields

from .test_admin import ANALYST, member

pytestmark = pytest.mark.django_db

LIST = "/admin/incidents/incident/"
QUEUE = f"{LIST}queue/"
NOTICES = f"{LIST}notices/"


@pytest.fixture
def checker() -> User:
    """Make somebody who reviews."""
    user = make.reviewer("checker")
    user.user_permissions.set(Permission.objects.filter(codename__in=ANALYST))
    return user


@pytest.fixture
def second(checker: User) -> Client:
    """Log the reviewer in."""
    client = Client()
    client.force_login(checker)
    return client


def step(client: Client, edition: Incident, name: str, **sent: Any) -> Any:
    """Post a step on the version that stands, as its page does."""
    edition.refresh_from_db()
    said = {"version": edition.version, **sent}
    return client.post(f"{LIST}{edition.pk}/step/{name}/", said, follow=True)


def at_once(client: Client, name: str, *editions: Incident, **sent: Any) -> str:
    """Choose editions in the list, and confirm the step on the page that asks."""
    keys = [edition.pk for edition in editions]
    action = f"{name.replace('-', '_')}_selected"
    asked = client.post(LIST, {"action": action, "_selected_action": keys})
    chosen = [f"{edition.pk}:{edition.version}" for edition in editions]
    assert all(pair in asked.content.decode() for pair in chosen)
    page = client.post(f"{LIST}steps/{name}/", {"edition": chosen, **sent}, follow=True)
    return page.content.decode()


def page_of(client: Client, edition: Incident, name: str = "review") -> str:
    return client.get(f"{LIST}{edition.pk}/{name}/").content.decode()


def state_of(edition: Incident) -> str:
    return Incident.objects.get(pk=edition.pk).state


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


def test_of_several_each_refusal_is_told_and_the_rest_is_done(second: Client) -> None:
    fine = make.incident("Fire in a fine depot", state="in_review")
    thin = make.incident("Fire in a thin depot", state="in_review")
    thin.effects.all().delete()

    told = at_once(second, "approve", fine, thin)

    assert (state_of(fine), state_of(thin)) == (State.PUBLISHED, State.IN_REVIEW)
    assert "Fire in a thin depot: Effects: Say what it did" in told


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


# -- editing ---------------------------------------------------------------------------------


def test_an_edit_takes_an_edition_out_of_review_and_the_form_says_so_before(
    desk: Client, analyst: User
) -> None:
    edition = make.incident(state="in_review", author=analyst)

    form = page_of(desk, edition, "change")
    save(desk, edition, title="Fire in a hangar in Warsaw")

    assert "takes it out of review" in form
    edited = Incident.objects.get(pk=edition.pk)
    assert (edited.state, edited.title) == (State.DRAFT, "Fire in a hangar in Warsaw")
    assert edited.version > edition.version
    assert edited.comments.get().act == "voided"


def test_a_comment_beside_the_form_changes_nothing_and_makes_nobody_an_author(
    second: Client, checker: User
) -> None:
    edition = make.incident(state="in_review")

    save(second, edition, comment="Is the date in local time?")

    said = Comment.objects.get()
    assert (said.act, said.text) == ("said", "Is the date in local time?")
    assert state_of(edition) == State.IN_REVIEW
    assert checker not in edition.authors.all()


def save(client: Client, edition: Incident, **typed: str) -> Any:
    """Open the form of an edition, type something, and save."""
    form = f"{LIST}{edition.pk}/change/"
    shown = fields(client.get(form).content.decode(), "incident_form")
    return client.post(form, {**shown, **typed})


# -- the page of a reviewer --------------------------------------------------------------------


def test_a_reviewer_is_told_what_is_missing_and_what_is_doubtful(second: Client) -> None:
    person = make.actor("Somebody Unheard Of", kind="individual")
    dead = make.article(title="A page that is gone", dead_since="2025-01-31")
    edition = make.incident(
        "Russian agents burn a warehouse",
        state="in_review",
        citations=[dead],
        claims=[{"actor": person}],
    )
    edition.effects.all().delete()
    edition.claims.update(marking="amber")

    page = page_of(second, edition)

    assert "Say what it did" in page
    assert "A page that is gone” no longer answers since 2025-01-31" in page
    assert "no independent one" in page
    assert "Somebody Unheard Of is a person and is accused at level 3" in page
    assert "It names Russian." in page
    assert "is TLP:AMBER and is hidden from others" in page


def test_a_reviewer_is_told_which_record_may_be_the_same_as_a_new_one(
    second: Client, checker: User, analyst: User
) -> None:
    article = make.article()
    make.incident("Fire in a shed", citations=[article])
    hidden = make.incident("Fire in a vault", citations=[article], state="draft", marking="red")
    edition = make.incident("Fire in a depot", citations=[article], state="in_review")

    before = page_of(second, edition)
    review.approve(edition, by=checker)
    revision = review.revise(edition, by=analyst)

    assert "“Fire in a shed”, cites an article of this one. Is it the same incident?" in before
    assert hidden.title not in before
    assert "Is it the same incident?" not in page_of(second, revision)


def test_codes_keep_their_order_when_another_field_is_edited(desk: Client, analyst: User) -> None:
    draft = make.incident(state="draft", author=analyst, means=["mechanical", "incendiary"])

    save(desk, draft, title="Fire in a depot in Gdynia")

    draft.refresh_from_db()
    assert draft.title == "Fire in a depot in Gdynia"
    assert draft.means == ["mechanical", "incendiary"]


def test_nothing_is_doubtful_about_a_sound_edition(second: Client) -> None:
    person = make.actor("Somebody Convicted", kind="individual")
    edition = make.incident(
        state="in_review",
        citations=[make.article(), make.article()],
        claims=[{"actor": person, "kind": "prosecutor_court", "form": "conviction"}],
    )

    assert "Look at this before you decide" not in page_of(second, edition)


def test_a_revision_that_lowers_the_present_marking_is_told(second: Client, analyst: User) -> None:
    public = make.incident(author=analyst)
    draft = review.revise(public, by=analyst)
    make.marked(public, "amber")
    draft.refresh_from_db()
    draft.change_reason = "correction"
    draft.save()
    review.submit(draft, by=analyst)

    assert "lowers the present marking of the record from TLP:AMBER to TLP:CLEAR" in page_of(
        second, draft
    )


def test_a_form_that_changes_nothing_leaves_the_edition_in_review(
    second: Client, checker: User
) -> None:
    edition = make.incident(state="in_review")

    save(second, edition)

    assert state_of(edition) == State.IN_REVIEW
    assert Incident.objects.get().version == edition.version
    assert checker not in edition.authors.all()


def test_doubts_tell_nothing_of_rows_that_the_reviewer_may_not_see(second: Client) -> None:
    edition = make.incident(state="in_review", marking="amber", author=make.user("w", staff=True))
    secret = make.claim(edition, actor=make.actor("A hidden person", kind="individual"))
    type(secret).objects.filter(pk=secret.pk).update(marking="red")
    Article.objects.update(title="A hidden article", marking="red", dead_since="2025-01-31")

    page = page_of(second, edition)

    assert "A hidden person" not in page
    assert "A hidden article" not in page


def test_what_was_said_stands_in_time_and_only_staff_who_read_the_edition_see_it(
    desk: Client, second: Client, analyst: User
) -> None:
    edition = make.incident(state="in_review", author=analyst)

    second.post(f"{LIST}{edition.pk}/comment/", {"text": "Which police?"})
    desk.post(f"{LIST}{edition.pk}/comment/", {"text": "That of Łódź."})
    empty = desk.post(f"{LIST}{edition.pk}/comment/", {"text": " "}).content.decode()
    make.publish(edition)

    page = page_of(desk, edition)
    assert page.index("Which police?") < page.index("That of Łódź.") < page.index("Approved")
    assert "There is no comment yet." in empty
    for path in (
        f"/incidents/{edition.record.reference}/",
        f"/api/v1/incidents/{edition.record.reference}/",
        "/api/v1/incidents.csv",
        "/api/v1/incidents.geojson",
    ):
        answer: Any = desk.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"Which police?" not in body


# -- queue and notifications -------------------------------------------------------------------


def test_the_queue_is_sorted_by_age_and_says_who_may_decide(
    second: Client, checker: User, analyst: User
) -> None:
    first = make.incident("Fire that came first", state="in_review", author=analyst)
    make.incident("Fire that came later", state="in_review", author=checker)
    make.incident("Fire that is a draft", state="draft", author=analyst)
    Incident.objects.filter(pk=first.pk).update(submitted_at="2025-01-01T00:00Z")

    page = second.get(QUEUE).content.decode()

    assert page.index("Fire that came first") < page.index("Fire that came later")
    assert "Fire that is a draft" not in page
    assert page.index("You may decide.") < page.index("you are an author")
    assert "2 editions are in review." in page


def test_the_queue_asks_the_database_as_often_for_many_as_for_few(
    second: Client, analyst: User
) -> None:
    second.get("/admin/")  # what is asked once for a process
    asked = []
    for _n in range(2):
        for _edition in range(4):
            make.incident(state="in_review", author=analyst)
        with CaptureQueriesContext(connection) as captured:
            second.get(QUEUE)
            second.get("/admin/")
        asked.append(len(captured))

    assert asked[0] == asked[1]


def test_the_desk_counts_queue_drafts_and_news(desk: Client, analyst: User, checker: User) -> None:
    make.incident(state="draft", author=analyst)
    returned = make.incident(state="in_review", author=analyst)
    make.incident(state="in_review", author=analyst)
    review.send_back(returned, by=checker, reason="Which warehouse?")

    page = " ".join(desk.get("/admin/").content.decode().split())

    assert 'Review <span class="number">1</span>' in page
    assert 'My drafts <span class="number">3</span>' in page
    assert 'Notifications <span class="number unread">1' in page


def test_who_is_told_opens_it_and_has_read_it(
    desk: Client, second: Client, analyst: User, checker: User
) -> None:
    draft = make.incident(state="draft", author=analyst)
    step(desk, draft, "submit")
    waiting = Notification.objects.get(user=checker)

    listed = second.get(NOTICES).content.decode()
    second.get(f"{LIST}{draft.pk}/review/")
    unread = Notification.objects.get(user=checker).read_at
    opened = second.post(NOTICES, {"open": waiting.pk})

    assert "Waiting for you" in listed
    assert unread is None
    assert opened.headers["Location"] == f"{LIST}{draft.pk}/review/"
    assert Notification.objects.get(user=checker).read_at is not None


def test_a_notification_is_read_by_nobody_else(desk: Client, checker: User) -> None:
    edition = make.incident(state="draft")
    told = Notification.objects.create(
        user=checker, edition=edition, notice="waiting", by=edition.authors.get()
    )

    page = desk.post(NOTICES, {"open": told.pk}, follow=True).content.decode()
    desk.post(NOTICES)

    assert "is there no more" in page
    assert Notification.objects.get().read_at is None
    assert desk.post(NOTICES, {"open": "x"}).status_code == 400


def test_all_are_marked_as_read(second: Client, checker: User) -> None:
    for _n in range(2):
        draft = make.incident(state="draft")
        review.submit(draft, by=draft.authors.get())

    before = Notification.objects.filter(user=checker, read_at=None).count()
    second.post(NOTICES)

    assert before == 2
    assert not Notification.objects.filter(user=checker, read_at=None).exists()


def test_nobody_is_left_waiting_for_what_was_decided(checker: User) -> None:
    draft = make.incident(state="draft")
    third = make.reviewer("third")
    review.submit(draft, by=draft.authors.get())

    review.approve(draft, by=third)

    assert Notification.objects.get(user=checker).read_at is not None


def test_a_mail_says_what_kind_of_news_and_nothing_of_the_incident(
    settings: Any, checker: User, django_capture_on_commit_callbacks: Any
) -> None:
    settings.HTI_MAIL, settings.SITE_URL = True, "https://hti.example.org"
    User.objects.filter(pk=checker.pk).update(email="checker@example.org")
    draft = make.incident("Fire that no mail tells of", state="draft")

    with django_capture_on_commit_callbacks(execute=True):
        review.submit(draft, by=draft.authors.get(), comment="A comment that no mail tells of")
        before = len(mail.outbox)

    (sent,) = mail.outbox
    assert before == 0
    assert (sent.to, sent.bcc) == ([], ["checker@example.org"])
    assert sent.subject == "HTI desk: Waiting for you"
    assert f"https://hti.example.org{NOTICES}" in sent.body
    assert "no mail tells of" not in str(sent.message())


def test_no_mail_is_sent_where_no_server_is_set(
    checker: User, django_capture_on_commit_callbacks: Any
) -> None:
    User.objects.filter(pk=checker.pk).update(email="checker@example.org")
    draft = make.incident(state="draft")

    with django_capture_on_commit_callbacks(execute=True):
        review.submit(draft, by=draft.authors.get())

    assert mail.outbox == []


def test_a_mail_server_that_fails_undoes_no_step_and_is_logged(
    settings: Any,
    checker: User,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    def refuse(self: EmailBackend, messages: Any) -> int:
        raise ConnectionRefusedError("No server is there.")

    settings.HTI_MAIL = True
    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    User.objects.filter(pk=checker.pk).update(email="checker@example.org")
    draft = make.incident("Fire that no log tells of", state="draft")

    with django_capture_on_commit_callbacks(execute=True):
        review.submit(draft, by=draft.authors.get())

    assert state_of(draft) == State.IN_REVIEW
    assert Notification.objects.filter(user=checker).exists()
    assert "No mail could be sent" in caplog.text
    assert "no log tells of" not in caplog.text
    assert "checker@example.org" not in caplog.text
