"""The page of a record's marking: stricter at once, less strict by two, and who reads it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.core.exceptions import ValidationError
from django.test import Client

from articles.codebook import Marking
from articles.models import Article, Organisation
from articles.services import house
from incidents import markings, review, services
from incidents.models import AuditEntry, Incident, MarkingChange, Record
from tests import make

pytestmark = pytest.mark.django_db

WAITING = "/admin/incidents/record/markings/"
QUEUE = "/admin/incidents/incident/queue/"


def page(record: Record) -> str:
    return f"/admin/incidents/record/{record.pk}/marking/"


def at_desk(user: User) -> Client:
    rooms = Permission.objects.filter(content_type__app_label="incidents")
    user.user_permissions.set(rooms)
    client = Client()
    client.force_login(user)
    return client


def sent(client: Client, record: Record, **said: Any) -> Any:
    asked = record.marking_changes.filter(granted=None).first()
    if asked and said["act"] in ("grant", "refuse"):
        said = {"asked": asked.pk, **said}
    if said["act"] == "share":
        said = {"seen": markings.shared_as(record), **said}
    return client.post(page(record), said, follow=True)


@pytest.fixture
def elsewhere(db: None) -> Organisation:
    house()
    return Organisation.objects.create(name="Elsewhere", slug="elsewhere")


def of(organisation: Organisation, name: str, **rights: Any) -> User:
    user = User.objects.create(username=name, is_staff=True, **rights)
    make.join(user, organisation)
    return user


def test_a_record_is_made_stricter_at_once() -> None:
    edition = make.incident()
    colleague = make.user("colleague", staff=True)

    sent(at_desk(colleague), edition.record, act="change", marking="amber", reason="Found out.")

    edition.record.refresh_from_db()
    assert edition.record.marking == "amber"
    assert not Incident.objects.visible_to(AnonymousUser()).exists()


def test_a_less_strict_marking_waits_for_a_second_person_who_reviews() -> None:
    edition = make.incident()
    make.marked(edition, "amber")
    asker, decider = make.reviewer("asker"), make.reviewer("decider")
    asking, deciding = at_desk(asker), at_desk(decider)

    sent(asking, edition.record, act="change", marking="clear", reason="Known by now.")
    own = sent(asking, edition.record, act="grant")

    assert own.status_code == 400
    assert "A second person decides" in own.content.decode()
    assert Record.objects.get().marking == "amber"
    assert b"Markings asked for (1)" in deciding.get(QUEUE).content
    assert b"waits for you" not in asking.get(WAITING).content
    assert b"waits for you" in deciding.get(WAITING).content

    sent(deciding, edition.record, act="grant")

    assert Record.objects.get().marking == "clear"
    assert Incident.objects.visible_to(AnonymousUser()).exists()
    assert b"Markings asked for" not in deciding.get(QUEUE).content


def test_a_reviewer_refuses_and_the_marking_stays() -> None:
    edition = make.incident()
    make.marked(edition, "amber")
    sent(
        at_desk(make.user("colleague", staff=True)),
        edition.record,
        act="change",
        marking="clear",
        reason="Known by now.",
    )

    sent(at_desk(make.reviewer("decider")), edition.record, act="refuse")

    assert Record.objects.get().marking == "amber"
    assert MarkingChange.objects.order_by("-pk")[0].granted is False


def test_what_was_asked_for_is_not_granted_once_the_record_is_marked_otherwise() -> None:
    edition = make.incident()
    make.marked(edition, "amber")
    asking = at_desk(make.user("colleague", staff=True))
    sent(asking, edition.record, act="change", marking="green", reason="Known by now.")
    sent(asking, edition.record, act="change", marking="red", reason="It names a source.")

    decider = make.reviewer("decider")
    edition.record.readers.add(decider)
    answer = sent(at_desk(decider), edition.record, act="grant")

    assert answer.status_code == 400
    assert "ask anew" in answer.content.decode()
    assert Record.objects.get().marking == "red"

    sent(at_desk(decider), edition.record, act="refuse")
    assert not MarkingChange.objects.filter(granted=None).exists()


def test_nobody_grants_another_request_than_the_one_they_read() -> None:
    edition = make.incident()
    make.marked(edition, "red")
    asking = at_desk(make.user("writer", staff=True))
    first, second = make.reviewer("first"), make.reviewer("decider")
    for marking in ("amber", "clear"):
        sent(asking, edition.record, act="change", marking=marking, reason="Known by now.")
        if marking == "amber":
            read = edition.record.marking_changes.get(granted=None)
            markings.decide(read, by=first, granted=False)
    edition.record.readers.add(second)

    answer = sent(at_desk(second), edition.record, act="grant", asked=read.pk)

    assert answer.status_code == 400
    assert Record.objects.get().marking == "red"


def test_an_analyst_who_asks_cannot_grant_and_neither_can_another_analyst() -> None:
    edition = make.incident()
    make.marked(edition, "amber")
    analyst = at_desk(make.user("colleague", staff=True))
    sent(analyst, edition.record, act="change", marking="clear", reason="Known by now.")

    other = sent(at_desk(make.user("third", staff=True)), edition.record, act="grant")

    assert other.status_code == 400
    assert Record.objects.get().marking == "amber"


def test_without_a_reason_nothing_changes_and_what_was_typed_stays() -> None:
    edition = make.incident()

    answer = sent(
        at_desk(make.user("colleague", staff=True)),
        edition.record,
        act="change",
        marking="red",
        reason=" ",
    )

    assert answer.status_code == 400
    assert 'value="red" selected' in answer.content.decode()
    assert Record.objects.get().marking == "clear"


@pytest.mark.parametrize("act", ["change", "share"])
def test_people_of_another_organisation_change_nothing(act: str, elsewhere: Organisation) -> None:
    edition = make.incident()
    client = at_desk(of(elsewhere, "stranger"))

    answer = client.post(page(edition.record), {"act": act, "marking": "red", "reason": "Mine."})

    assert answer.status_code == 403
    assert Record.objects.get().marking == "clear"
    shown = client.get(page(edition.record)).content.decode()
    assert 'name="act"' not in shown


def test_a_record_that_is_hidden_and_one_that_is_not_there_answer_alike(
    elsewhere: Organisation,
) -> None:
    hidden = make.incident(marking="amber_strict").record
    client = at_desk(of(elsewhere, "stranger"))

    near, far = client.get(page(hidden)), client.get("/admin/incidents/record/999999/marking/")

    assert (near.status_code, far.status_code) == (404, 404)
    assert near.content == far.content


def test_an_author_shares_a_record_and_a_colleague_who_is_none_does_not(
    elsewhere: Organisation,
) -> None:
    partner = make.user("partner")
    make.join(partner, elsewhere)
    edition = make.incident(marking="amber")
    colleague = at_desk(make.user("colleague", staff=True))
    author = at_desk(make.user("writer"))

    refused = colleague.post(page(edition.record), {"act": "share"})
    assert refused.status_code == 403
    assert not Incident.objects.visible_to(partner).exists()

    sent(author, edition.record, act="share", organisations=[elsewhere.pk])
    assert Incident.objects.visible_to(partner).exists()
    assert Article.objects.visible_to(partner).exists()

    sent(author, edition.record, act="share")
    again = User.objects.get(pk=partner.pk)
    assert not Incident.objects.visible_to(again).exists()
    assert not Article.objects.visible_to(again).exists()


def test_who_sets_the_readers_after_somebody_else_is_told_and_sets_nothing(
    elsewhere: Organisation,
) -> None:
    named, other = of(elsewhere, "named"), of(elsewhere, "other")
    edition = make.incident(marking="red")
    author = at_desk(make.user("writer"))
    seen = markings.shared_as(edition.record)
    sent(author, edition.record, act="share", readers=[named.pk])

    for read in (seen, ""):
        late = sent(author, edition.record, act="share", readers=[other.pk], seen=read)
        assert late.status_code == 400
        assert "Somebody else set the readers" in late.content.decode()

    assert [*edition.record.readers.all()] == [named]


def test_the_own_organisation_of_a_record_is_not_among_those_it_is_shared_with(
    elsewhere: Organisation,
) -> None:
    edition = make.incident(marking="amber")
    author = at_desk(make.user("writer"))
    own = edition.record.organisation
    assert own is not None

    form = author.get(page(edition.record)).content.decode()
    refused = sent(author, edition.record, act="share", organisations=[own.pk])
    sent(author, edition.record, act="share", organisations=[elsewhere.pk])

    offered = re.findall(r'name="organisations" value="(\d+)"', form)
    assert offered == [str(elsewhere.pk)]
    assert refused.status_code == 400
    assert list(edition.record.shared_with.all()) == [elsewhere]


@pytest.mark.parametrize("key", ["9" * 40, "9" * 5000, "x", "-1", "\u0663"])
@pytest.mark.parametrize("part", ["organisations", "readers"])
def test_what_is_no_key_of_a_reader_is_refused(part: str, key: str) -> None:
    edition = make.incident(marking="amber")

    refused = sent(at_desk(make.user("writer")), edition.record, act="share", **{part: [key]})

    assert refused.status_code == 400
    assert "is not one of the available choices." in refused.content.decode()


def test_where_there_is_no_other_organisation_that_is_told() -> None:
    edition = make.incident()

    shown = at_desk(make.user("writer")).get(page(edition.record)).content.decode()

    assert shown.count("There is nobody else.") == 1


def test_who_was_let_read_a_record_is_in_the_audit_log(elsewhere: Organisation) -> None:
    named = of(elsewhere, "named")
    edition = make.incident(marking="red")

    sent(at_desk(make.user("writer")), edition.record, act="share", readers=[named.pk])

    entry = AuditEntry.objects.filter(deed="permission").latest("pk")
    assert (entry.name, entry.subject) == ("writer", f"{edition.record}: read by named")


def test_a_named_reader_reads_a_red_record_and_nobody_else_does(elsewhere: Organisation) -> None:
    named, other = of(elsewhere, "named"), of(elsewhere, "other")
    edition = make.incident(marking="red")

    sent(at_desk(make.user("writer")), edition.record, act="share", readers=[named.pk])

    assert Incident.objects.visible_to(named).exists()
    assert not Incident.objects.visible_to(other).exists()


def test_sharing_takes_no_article_along_whose_citation_is_stricter(
    elsewhere: Organisation,
) -> None:
    partner = make.user("partner")
    make.join(partner, elsewhere)
    open_to_them, kept = make.article(), make.article()
    edition = make.incident(marking="amber", citations=[open_to_them, kept], state="draft")
    edition.record.shared_with.add(elsewhere)
    edition.citations.filter(article=kept).update(marking="amber_strict")

    make.publish(edition)
    markings.share_with(edition.record, organisations=[elsewhere])

    assert set(Article.objects.visible_to(partner)) == {open_to_them}


def test_an_article_stays_shared_as_long_as_another_record_is(elsewhere: Organisation) -> None:
    partner = make.user("partner")
    make.join(partner, elsewhere)
    article = make.article()
    one, other = (make.incident(marking="amber", citations=[article]) for _n in range(2))
    for edition in (one, other):
        markings.share_with(edition.record, organisations=[elsewhere])

    markings.share_with(one.record)
    assert Article.objects.visible_to(partner).exists()
    markings.share_with(other.record)
    assert not Article.objects.visible_to(partner).exists()


def test_nobody_revises_an_edition_of_which_a_part_is_hidden_from_them() -> None:
    edition = make.incident(state="draft", marking="amber", claims=[{"state": "RU"}])
    edition.claims.update(marking="red")
    make.publish(edition)
    colleague = make.user("colleague", staff=True)

    with pytest.raises(ValidationError, match="for its authors"):
        review.revise(Incident.objects.get(pk=edition.pk), by=colleague)
    assert review.revise(edition, by=make.user("writer")).claims.count() == 1


def test_the_form_of_an_edition_shows_no_claim_that_is_hidden_and_is_closed_to_others() -> None:
    edition = make.incident(
        state="draft", marking="amber", claims=[{"claimant": "Quiet Kestrel"}, {"claimant": "Open"}]
    )
    edition.claims.filter(claimant="Quiet Kestrel").update(marking="red")
    form = f"/admin/incidents/incident/{edition.pk}/change/"

    theirs = at_desk(make.user("colleague", staff=True)).get(form).content.decode()
    own = at_desk(make.user("writer")).get(form).content.decode()

    assert "Quiet Kestrel" not in theirs
    assert 'name="_save"' not in theirs
    assert "Quiet Kestrel" in own
    assert 'name="_save"' in own


def test_a_claim_ends_for_no_reason_that_is_hidden() -> None:
    edition = make.incident(
        state="draft",
        claims=[{"date": "2024-05-01"}, {"date": "2024-06-01", "supersedes": 0}],
    )
    later = edition.claims.latest("pk")
    assert edition.claims.filter(live_until__isnull=False).count() == 1

    edition.claims.filter(pk=later.pk).update(marking=Marking.RED)
    services.settle(edition)

    assert not edition.claims.filter(live_until__isnull=False).exists()
