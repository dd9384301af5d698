"""What this database said on a day: editions stay what they were, and so do their numbers.

It stays one file: lists, counts, ladders, files and records are asked of the same two days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection, transaction
from django.http import QueryDict
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from articles.codebook import Marking
from incidents import joining, markings, review, services
from incidents.answers import answer, count_for
from incidents.codebook import ChangeReason, State
from incidents.counts import count
from incidents.filters import COUNTED, ask
from incidents.formats import csv
from incidents.ladders import ladders
from incidents.models import Incident, Record
from incidents.pages import ordered, with_rows
from incidents.questions import Question
from incidents.refusals import InvalidQuestion
from incidents.tables.flat import FLAT, cells, lines
from incidents.words import caveats, in_words
from tests import make

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()
YESTERDAY = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = datetime(2026, 3, 11, 0, tzinfo=UTC)
AS_OF = "as_of=2026-03-10"


def asked(query: str, user: User | AnonymousUser = NOBODY) -> Question:
    return ask(QueryDict(query), user)


def listed(query: str, user: User | AnonymousUser = NOBODY) -> list[int]:
    return list(ordered(asked(query, user)).values_list("pk", flat=True))


def refused(query: str) -> dict[str, list[str]]:
    with pytest.raises(InvalidQuestion) as told:
        asked(query)
    return told.value.errors


def revise(published: Incident, **said: Any) -> Incident:
    """Publish another edition that says something else."""
    draft = review.revise(published, by=make.user("writer", staff=True))
    draft.change_reason = ChangeReason.CORRECTION
    for name, value in said.items():
        setattr(draft, name, value)
    draft.save()
    services.settle(draft)
    return make.publish(draft)


def withdraw(published: Incident) -> None:
    review.withdraw(published, by=make.reviewer(), reason="It was wrong.")


# -- one day -------------------------------------------------------------------------------


def test_a_day_lists_what_was_public_at_its_end() -> None:
    first = make.incident(published=datetime(2026, 3, 10, 23, 59, 59, 999999, tzinfo=UTC))
    with make.at(datetime(2026, 3, 12, tzinfo=UTC)):
        second = revise(first, title="Fire at a mill")

    assert listed("as_of=2026-03-09") == []
    assert listed("as_of=2026-03-10") == [first.pk]
    assert listed("as_of=2026-03-11") == [first.pk]
    assert listed("as_of=2026-03-12") == [second.pk]
    assert listed("") == [second.pk]


def test_what_was_withdrawn_is_in_the_days_before() -> None:
    made = make.incident(published=YESTERDAY)
    with make.at(TODAY):
        withdraw(made)

    assert listed(AS_OF) == [made.pk]
    assert listed("as_of=2026-03-11") == []
    assert asked(AS_OF).incidents().get().state == State.WITHDRAWN


def test_its_child_rows_are_those_of_the_edition_of_the_day() -> None:
    made = make.incident(claims=[{"state": "RU"}], published=YESTERDAY)
    with make.at(TODAY):
        draft = review.revise(made, by=make.user("writer", staff=True))
        draft.change_reason = ChangeReason.CORRECTION
        draft.save()
        draft.claims.update(responsible_state="BY")
        draft.locations.update(country="LT")
        services.settle(draft)
        make.publish(draft)

    assert listed(f"{AS_OF}&attributed_to=RU&country=PL") == [made.pk]
    assert listed(f"{AS_OF}&attributed_to=BY") == []
    assert listed("attributed_to=RU") == []
    loaded = with_rows(asked(AS_OF).incidents(), asked(AS_OF)).get()
    assert [claim.responsible_state for claim in loaded.claims.all()] == ["RU"]
    assert len(loaded.citations.all()) == 1


def test_entries_that_were_seen_then_may_be_asked_for() -> None:
    gone = make.actor("Gone unit")
    campaign = make.campaign("Gone campaign")
    made = make.incident(claims=[{"actor": gone}], campaign=campaign, published=YESTERDAY)
    with make.at(TODAY):
        withdraw(made)

    assert listed(f"{AS_OF}&actor=gone-unit&campaign=gone-campaign") == [made.pk]
    assert set(refused("actor=gone-unit&campaign=gone-campaign")) == {"actor", "campaign"}


def test_it_combines_with_what_was_publicly_known_then() -> None:
    findings = [("suspected", "2024-03-15"), ("confirmed", "2024-05-01")]
    made = make.incident(findings=findings, published=YESTERDAY)
    with make.at(TODAY):
        withdraw(made)

    assert listed(f"{AS_OF}&known_on=2024-04-01&status=suspected") == [made.pk]
    assert listed(f"{AS_OF}&status=confirmed") == [made.pk]


def test_the_time_of_first_publication_goes_with_the_day() -> None:
    made = make.incident(published=YESTERDAY)
    with make.at(TODAY):
        revise(made, title="Fire at a mill")

    assert listed(f"{AS_OF}&time_basis=recorded&from=2026-03-10&to=2026-03-10") == [made.pk]
    assert count(asked(f"{AS_OF}&time_basis=recorded"), interval="month").total == 1


@pytest.mark.parametrize("state", ["draft", "in_review", "changes_requested"])
def test_other_states_than_published_are_refused(state: str) -> None:
    assert set(refused(f"{AS_OF}&state={state}")) == {"state"}


def test_published_may_be_said_beside_it() -> None:
    assert listed(f"{AS_OF}&state=published") == []


@pytest.mark.parametrize("value", ["2999-01-01", "2026-3-1", "yesterday", "2026-02-30"])
def test_a_day_to_come_and_what_is_no_day_are_refused(value: str) -> None:
    assert set(refused(f"as_of={value}")) == {"as_of"}


# -- who may read it -----------------------------------------------------------------------


def test_what_was_raised_never_comes_back() -> None:
    made = make.incident(published=YESTERDAY)
    second = make.incident(published=YESTERDAY)
    with make.at(TODAY):
        make.marked(made, Marking.RED)
        revise(second, marking=Marking.AMBER)

    assert listed(AS_OF) == []
    assert listed(AS_OF, make.user("anna", staff=True)) == [second.pk]


def test_an_edition_that_took_the_place_of_a_stricter_one_opens_that_to_nobody() -> None:
    made = make.incident(marking=Marking.AMBER, published=YESTERDAY)
    with make.at(TODAY):
        clear = revise(made, marking=Marking.CLEAR)

    assert listed("as_of=2026-03-11") == [clear.pk]
    assert listed(AS_OF) == []


def test_a_draft_was_public_on_no_day() -> None:
    make.incident(state="draft", marking=Marking.CLEAR)

    assert listed(f"as_of={datetime.now(UTC).date()}", make.user("writer", staff=True)) == []


def test_a_hidden_claim_of_a_past_edition_stays_hidden() -> None:
    draft = make.incident(state="draft", claims=[{"state": "RU"}])
    draft.claims.update(marking=Marking.AMBER)
    with make.at(YESTERDAY):
        make.publish(draft)
    with make.at(TODAY):
        withdraw(draft)

    assert listed(f"{AS_OF}&attributed_to=RU") == []
    assert count(asked(AS_OF), ["attributed_to"]).cells[0].key == {"attributed_to": "none"}
    assert Incident.objects.get(pk=draft.pk).claims.count() == 1
    assert list(with_rows(asked(AS_OF).incidents(), asked(AS_OF)).get().claims.all()) == []


# -- saying it -----------------------------------------------------------------------------


def test_the_question_and_its_answer_name_the_day() -> None:
    question = ask(QueryDict(AS_OF), NOBODY, COUNTED)
    counts = count_for(question)

    said = answer(counts, f"https://hti/api/v1/counts/?{AS_OF}", str)

    assert in_words(question).endswith("as published here on 10 March 2026")
    assert said["as_of"] == "2026-03-10"
    assert said["citation"].endswith(f"https://hti/api/v1/counts/?{AS_OF}")
    assert "as published here on 10 March 2026" in said["citation"]
    assert any("2026-03-10 (UTC)" in caveat for caveat in caveats(counts))


def test_a_number_of_today_is_cited_so_that_it_can_be_asked_for_again() -> None:
    counts = count_for(ask(QueryDict("country=PL"), NOBODY, COUNTED))

    said = answer(counts, "https://hti/api/v1/counts/?country=PL", str)

    again = f"https://hti/api/v1/counts/?country=PL&as_of={datetime.now(UTC).date()}"
    assert said["citation"].endswith(again)


def test_a_number_of_drafts_is_cited_by_its_own_address() -> None:
    counts = count_for(ask(QueryDict("state=draft"), make.user("anna", staff=True), COUNTED))

    assert answer(counts, "https://hti/?state=draft", str)["citation"].endswith("?state=draft")


def test_a_day_that_is_not_over_is_said_to_be_so() -> None:
    told = caveats(count_for(ask(QueryDict(f"as_of={datetime.now(UTC).date()}"), NOBODY, COUNTED)))

    assert any("not over" in caveat for caveat in told)


# -- yesterday's numbers, whatever happened since ------------------------------------------

COUNTRIES: Final = ("PL", "LT", "DE", "FI")
TYPES: Final = ("arson", "vandalism", "undersea_damage")
QUESTIONS: Final = (
    "series=all",
    "",
    "series=all&by=country&assign=any",
    "series=all&by=event_type&interval=month",
    "series=all&by=attributed_to&by=level",
    "series=all&by=actor",
    "series=all&by=publisher&by=language",
    "series=all&by=campaign&by=status",
    "series=all&contested=true&by=claimant_kind",
    "attributed_to=RU&min_level=1&date_match=possible&year=2024",
    "series=all&region=baltic&by=target_country",
    "series=all&time_basis=attributed&by=attributed_to&interval=year",
    "series=all&time_basis=reported&interval=year",
    "series=all&time_basis=recorded&interval=month",
    "series=all&known_on=2024-03-20&by=status",
    "series=all&campaign=parcels&actor=apt28&actor=sandworm",
)
EDITS: Final = 50
KINDS: Final = ("revise", "revise", "revise", "withdraw", "merge", "log")
edits = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 50), st.integers(0, 50)),
    min_size=EDITS,
    max_size=EDITS,
)
# What fails is long as it is; making it shorter would take minutes.
SOME = settings(
    max_examples=2 if connection.vendor == "sqlite" else 1,
    phases=(Phase.explicit, Phase.generate),
)


@pytest.fixture(scope="module")
def yesterday(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Write what was public yesterday, in a transaction that is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        apt, worm = make.actor("APT28", state="RU"), make.actor("Sandworm", state="RU")
        parcels = make.campaign("Parcels")
        outlets = [make.publisher("Herald"), make.publisher("Kurier")]
        for n in range(9):
            said: list[dict[str, Any]] = [{"state": "RU", "actor": (apt, worm)[n % 2]}]
            if n % 3 == 0:
                said.append({"state": "BY", "kind": "company", "date": f"2024-0{n % 5 + 1}"})
            article = make.article(
                publisher=outlets[n % 2], language=("en", "pl")[n % 2], published=f"2024-0{n + 1}"
            )
            make.incident(
                f"Fire number {n}",
                occurred=("2024-03-14", "2024-03", "2024", "[2023-12..2024-02]")[n % 4],
                event_type=TYPES[n % 3],
                country=COUNTRIES[n % 4],
                status=("confirmed", "suspected", "alleged")[n % 3],
                claims=said[: n % 3 + 1],
                campaign=parcels if n % 2 else None,
                citations=[article],
                published=YESTERDAY - timedelta(days=n),
            )
        count_rows()
        yield
        transaction.set_rollback(True)


def count_rows() -> None:
    """Let the database know how many rows there are, as it finds out by itself in use."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def told(query: str, as_of: str) -> Any:
    """Return all that the public is told in answer to a question."""
    question = ask(QueryDict(f"{query}&{as_of}"), NOBODY, COUNTED)
    counts = count_for(question)
    around = ladders(question)
    numbers = (counts.total, counts.low, counts.high, counts.undated, counts.additive)
    cells = [(cell.key, cell.label, cell.count, cell.low, cell.high) for cell in counts.cells]
    steps = [(step.step, step.count) for step in (*around.series, *around.attribution)]
    return numbers, cells, steps, around.excluded, around.marking, rows(question)


def rows(question: Question) -> list[str]:
    """Return the exported lines of a question, without the state that each has today."""
    told = cells(question, set(FLAT) - {"state"})
    return b"".join(csv.write(lines(ordered(question)), told)).decode().split("\r\n")


def public() -> list[Incident]:
    return list(Incident.objects.visible_to(NOBODY).order_by("record__provisional"))


def edit(kind: str, one: int, other: int) -> None:
    """Do one of the things that change what is public."""
    standing = public()
    if kind == "log" or len(standing) < 2:
        make.incident(f"Later fire {one}", country=COUNTRIES[other % 4], claims=[{"state": "CN"}])
        return
    chosen = standing[one % len(standing)]
    if kind == "withdraw":
        withdraw(chosen)
    elif kind == "merge":
        taken = standing[other % len(standing)]
        if taken.pk != chosen.pk:
            writer = make.user("writer", staff=True)
            make.publish(joining.join(chosen.record, taken.record, by=writer))
    else:
        rewrite(chosen, other)


def parts(record: Record) -> set[int]:
    """Return the editions of what was merged into a record, which are raised with it."""
    found: set[int] = set()
    for part in Record.objects.filter(merged_into=record):
        found |= {*part.editions.values_list("pk", flat=True)} | parts(part)
    return found


def rewrite(chosen: Incident, n: int) -> None:
    """Revise nearly all that is counted."""
    draft = review.revise(chosen, by=make.user("writer", staff=True))
    draft.change_reason = ChangeReason.CORRECTION
    draft.title, draft.occurred = f"Another fire {n}", f"2023-{n % 12 + 1:02}"
    draft.event_type, draft.campaign = TYPES[n % 3], None
    draft.outcome = ("executed", "foiled")[n % 2]
    draft.save()
    draft.locations.update(country=COUNTRIES[n % 4])
    draft.targets.update(country=COUNTRIES[n % 4])
    draft.claims.update(responsible_state=("RU", "IR")[n % 2], accused_actor=None)
    make.claim(draft, state="CN", date="2024-02-02")
    draft.citations.create(article=make.article(language="de", published="2022"))
    services.settle(draft)
    make.publish(draft)


@SOME
@given(done=edits)
def test_yesterday_is_the_same_after_fifty_edits_withdrawals_and_merges(
    yesterday: None, done: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic():
        before = {query: told(query, AS_OF) for query in QUESTIONS}
        assert before == {query: told(query, "") for query in QUESTIONS}
        for n, (kind, one, other) in enumerate(done):
            with make.at(TODAY + timedelta(minutes=n)):
                edit(kind, one, other)
        count_rows()

        after = {query: told(query, AS_OF) for query in QUESTIONS}

        assert told("series=all", "") != before["series=all"]
        transaction.set_rollback(True)
    assert after == before


@SOME
@given(done=edits, raised=st.lists(st.integers(0, 8), min_size=1, max_size=4, unique=True))
def test_of_yesterday_only_what_was_raised_since_is_gone_with_what_was_merged_into_it(
    yesterday: None, done: list[tuple[str, int, int]], raised: list[int]
) -> None:
    with transaction.atomic():
        before = listed(f"series=all&{AS_OF}")
        hidden = {before[n] for n in raised}
        for n, (kind, one, other) in enumerate(done[: EDITS // 5]):
            with make.at(TODAY + timedelta(minutes=n)):
                edit(kind, one, other)
        with make.at(TODAY + timedelta(days=1)):
            for record in Record.objects.filter(editions__in=hidden):
                hidden |= parts(record)
                record.refresh_from_db()
                if record.marking != Marking.AMBER:
                    writer = make.user("writer", staff=True)
                    markings.change(record, Marking.AMBER, by=writer, reason="Named a person.")

        after = listed(f"series=all&{AS_OF}")
        counted = count(asked(f"series=all&{AS_OF}")).total
        transaction.set_rollback(True)

    assert after == [pk for pk in before if pk not in hidden]
    assert counted == len(after)
