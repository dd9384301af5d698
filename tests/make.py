"""Builders of records: each needs as little as it can and makes the rest up, always alike.

What is published never changes, so `incident` takes the child rows too and publishes last.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, Final
from unittest.mock import patch

from django.contrib.auth.models import Group, User
from django.utils import timezone

from articles import edtf
from articles.clearance import REVIEWERS
from articles.codebook import Marking
from articles.models import (
    Article,
    Capture,
    Content,
    Item,
    Membership,
    Organisation,
    Publisher,
    Watch,
)
from articles.services import house
from articles.text import slugged
from incidents import comparing, markings, review, services
from incidents.codebook import WORKED_ON, ActorKind, ChangeReason, State
from incidents.models import (
    Actor,
    Campaign,
    Citation,
    Claim,
    Comparison,
    Effect,
    Incident,
    Location,
    Record,
    Rendition,
    ReportedFigure,
    StatusFinding,
    Target,
)

SUMMARY: Final = "What is known of it fills two lines, for less than that is not published at all."
LISTED: Final[dict[str, Any]] = {"actor": Actor, "campaign": Campaign, "publisher": Publisher}
Row = Mapping[str, Any]
_numbers = count(1)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let what is done within be done at a moment."""
    with patch.object(timezone, "now", return_value=moment):
        yield


def user(name: str = "", *, staff: bool = False, **said: Any) -> User:
    """Make an account, or return the one of this name."""
    username = name or f"user-{next(_numbers)}"
    made, new = User.objects.get_or_create(username=username, defaults={"is_staff": staff, **said})
    if staff and new:
        join(made)
    return made


def join(user: User, organisation: Organisation | None = None) -> None:
    """Make an account a member of an organisation, or of the one that tests share."""
    Membership.objects.create(user=user, organisation=organisation or house())
    user.__dict__.pop("_clearance", None)


def reviewer(name: str = "second") -> User:
    """Make an account that reviews, or return the one of this name."""
    made = user(name, staff=True)
    made.groups.add(Group.objects.get_or_create(name=REVIEWERS)[0])
    return made


def publisher(name: str = "", **said: Any) -> Publisher:
    """Make an outlet."""
    called = name or f"Outlet {next(_numbers)}"
    return Publisher.objects.create(name=called, **{"slug": slugged(called), **said})


def article(url: str = "", **said: Any) -> Article:
    """Make an article of the organisation that tests share; its marking is the model's own."""
    said = {"organisation": house(), **said}
    made = Article(url=url or f"https://example.org/{next(_numbers)}", **said)
    made.full_clean()
    made.save()
    return made


def capture(of: Article, text: str = "What it says.", **said: Any) -> Capture:
    """Make a capture of an article, in which a text was read."""
    body = text.encode()
    content = Content.objects.get_or_create(
        sha256=hashlib.sha256(body).hexdigest(),
        defaults={"size": len(body), "packed": gzip.compress(body)},
    )[0]
    said = {"way": "pasted", "at": timezone.now(), "verdict": "article", "text": text, **said}
    return Capture.objects.create(article=of, content=content, **said)


def watch(url: str = "", **said: Any) -> Watch:
    """Make a feed of an outlet of its own that is watched."""
    said = {"language": "en", **said}
    url = url or f"https://example.org/feed/{next(_numbers)}"
    return Watch.objects.create(publisher=publisher(), url=url, **said)


def item(url: str = "https://example.org/a", *, of: Watch | None = None, **said: Any) -> Item:
    """Make what a feed announced."""
    said = {"title": "A cable is cut", "found_at": timezone.now(), **said}
    return Item.objects.create(watch=of or watch(), url=url, **said)


def actor(name: str = "", *, kind: str = ActorKind.UNKNOWN_GROUP, state: str = "") -> Actor:
    """Make an actor."""
    called = name or f"Actor {next(_numbers)}"
    return Actor.objects.create(name=called, slug=slugged(called), kind=kind, state=state)


def campaign(name: str = "") -> Campaign:
    """Make a campaign."""
    called = name or f"Campaign {next(_numbers)}"
    return Campaign.objects.create(name=called, slug=slugged(called))


def figure(slug: str = "", *, marking: str = Marking.CLEAR, **said: Any) -> ReportedFigure:
    """Make a figure that somebody published."""
    said = {"best": 10, "qualifier": "about", "what": "attacks", "area": "Europe", **said}
    said = {"period": "2024", "claimant": "A minister", **said}
    said = {"claimant_kind": "other_government", **said}
    said = {"organisation": house(), **said}
    return ReportedFigure.objects.create(
        slug=slug or f"figure-{next(_numbers)}", marking=marking, **said
    )


def rendition(of: ReportedFigure, article: Article, **said: Any) -> Rendition:
    """Make what an article made of a figure."""
    said = {"value": of.best, "qualifier": of.qualifier, "what": of.what, **said}
    said = {"area": of.area, "period": of.period, **said}
    return Rendition.objects.create(figure=of, article=article, **said)


def claim(
    of: Incident,
    *,
    about: str = "actor",
    kind: str = "security_service",
    date: str = "2024-06-01",
    stance: str = "asserts",
    state: str | None = None,
    actor: Actor | None = None,
    role: str = "",
    form: str = "on_record_statement",
    claimant: str = "Somebody",
    claimant_actor: Actor | None = None,
    supersedes: Claim | None = None,
    citation: Citation | None = None,
) -> Claim:
    """Make a claim of an edition that is worked on; it accuses Russia where nobody is named."""
    if state is None:
        accuses = about == "actor" and stance != "rules_out" and actor is None
        state = "RU" if accuses and kind != "perpetrator_persona" else ""
    nobody = about == "actor" and stance == "rules_out" and not (state or actor)
    made = Claim(
        incident=of,
        about=about,
        claimant=claimant,
        claimant_actor=claimant_actor,
        claimant_kind=kind,
        date=date,
        stance=stance,
        accused_actor=actor,
        responsible_state=state,
        state_role=role or ("none" if nobody else "not_stated"),
        form=form,
        supersedes=supersedes,
    )
    made.full_clean(validate_unique=False, validate_constraints=False)
    made.save()
    source = citation or of.citations.first()
    if source:
        made.citations.add(source)
    return made


def incident(
    title: str = "Fire at a warehouse",
    *,
    occurred: str = "2024-03-14",
    event_type: str = "arson",
    country: str = "PL",
    status: str = "confirmed",
    outcome: str = "executed",
    locations: Iterable[Row] | None = None,
    targets: Iterable[Row] | None = None,
    findings: Iterable[tuple[str, str]] | None = None,
    claims: Sequence[Row] = (),
    citations: Iterable[Article] | None = None,
    state: str = State.PUBLISHED,
    marking: str = Marking.CLEAR,
    author: User | None = None,
    approver: User | None = None,
    after: Incident | None = None,
    summary: str = SUMMARY,
    published: datetime | None = None,
    **said: Any,
) -> Incident:
    """Make an incident of one primary place and target, one article and one finding.

    Rows of `locations` and `targets` are columns, the first being the primary one where none
    is; `claims` are what `claim` takes, where `supersedes` is the position of an earlier one.
    `after` makes the next edition of the record of another one; `published` says when it
    becomes public.
    """
    writer = author or user("writer", staff=True)
    made = Incident(
        title=title,
        summary=summary,
        occurred=occurred,
        event_type=event_type,
        outcome=outcome,
        marking=marking,
        **said,
    )
    if after is None:
        made.record = Record()
        made.full_clean(exclude=["record"], validate_unique=False, validate_constraints=False)
        services.start_draft(made, by=writer)
    else:
        made.record, made.number = after.record, after.number + 1
        made.change_reason = ChangeReason.CORRECTION
        made.save()
        made.authors.add(writer)
    for row in _with_primary(locations, {"country": country}):
        _place(made, row)
    for row in _with_primary(targets, {"country": country if len(country) == 2 else "ZZ"}):
        Target.objects.create(incident=made, **row)
    Effect.objects.create(incident=made, kind="none_reported")
    for source in [article(added_by=writer)] if citations is None else citations:
        Citation.objects.create(incident=made, article=source)
    if findings is None:
        day = edtf.parse(occurred).start.last.isoformat()
        findings = [] if status == "alleged" else [(status, day)]
    for found, day in findings:
        StatusFinding.objects.create(incident=made, status=found, date=day)
    saved: list[Claim] = []
    for row in claims:
        earlier = row.get("supersedes")
        saved.append(
            claim(made, **{**row, "supersedes": None if earlier is None else saved[earlier]})
        )
    services.settle(made)
    with at(published) if published else nullcontext():
        return _brought_to(made, state, approver)


def related(
    one: Incident, other: Incident, *, relation: str = "follow_up", note: str = ""
) -> Comparison:
    """Decide, as whoever writes, that two records belong together."""
    by = user("writer", staff=True)
    return comparing.decide(
        one.record, other.record, "related", by=by, relation=relation, note=note
    )


def publish(of: Incident, approver: User | None = None) -> Incident:
    """Publish an edition as a second person, who is made a reader of what it cites."""
    if of.state != State.IN_REVIEW:
        review.submit(of, by=of.authors.first() or user("writer", staff=True))
    by = approver or reviewer()
    cited = Article.objects.filter(pk__in=of.citations.values("article"))
    for unread in cited.exclude(pk__in=Article.objects.visible_to(by)):
        unread.readers.add(by)
    return review.approve(of, by=by)


def marked(of: Incident, marking: str) -> None:
    """Give a record another present marking, as if that had been decided."""
    markings.change(of.record, Marking(marking), by=user("writer", staff=True), reason="Found out.")


def recorded(of: Incident, on: date) -> None:
    """Set the day on which a record was first published."""
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    Record.objects.filter(pk=of.record_id).update(first_published_at=at)


def _place(of: Incident, row: Row) -> Location:
    zone = {"zone": "Strait"} if row["country"] == "sea" else {}
    return Location.objects.create(incident=of, **{**zone, **row})


def _with_primary(rows: Iterable[Row] | None, default: Row) -> list[Row]:
    """Return rows of which one is primary, the first that can be; none where none are wanted."""
    listed = [default] if rows is None else list(rows)
    if any("primary" in row for row in listed):
        return listed
    first = next((n for n, row in enumerate(listed) if row.get("role") != "launched"), None)
    return [{**row, "primary": n == first} for n, row in enumerate(listed)]


def _brought_to(made: Incident, state: str, approver: User | None) -> Incident:
    """Bring a draft to a state, by the services where they exist."""
    if state in (State.PUBLISHED, State.WITHDRAWN):
        publish(made, approver)
        if state == State.WITHDRAWN:
            review.withdraw(made, by=approver or reviewer(), reason="Wrong.")
    elif state in (*WORKED_ON, State.DISCARDED):
        made.state = state
        made.submitted_at = timezone.now() if state == State.IN_REVIEW else None
        made.save()
    else:
        raise ValueError(f"An edition becomes {state} by the next one that is published.")
    return made
