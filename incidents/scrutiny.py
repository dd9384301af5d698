"""What a reviewer should look at before deciding: what is missing, and what is doubtful.

Law: what is missing keeps an edition from being published; what is doubtful is for a person to
judge. Nothing is said of rows that the reader may not see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import Count, Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.codebook import Marking, beyond_usual, strictest

from .codebook import ONCE_PUBLIC, ActorKind, AttributionLevel
from .dossiers import Told
from .dossiers import told as told_in_time
from .models import Citation, Claim, Incident, Joining
from .needs import PARTS, blamed_in_title, needs
from .publishing import marking_of
from .resembling import alike

FEW: Final = 2


@dataclass(frozen=True, slots=True)
class Concern:
    """Something about an edition, the part of its form where it stands, and whether it blocks."""

    about: str
    told: str
    url: str
    blocks: bool = False


def concerns(edition: Incident, user: User) -> list[Concern]:
    """Return what is missing, then what is doubtful, as far as `user` may see it."""
    missing = [Concern(need.label, need.why, need.url, blocks=True) for need in needs(edition)]
    return [*missing, *_doubts(edition, user)]


def cited(edition: Incident, user: User) -> list[Citation]:
    """Return the articles cited that `user` may read, each with how many captures are `kept`."""
    visible = Citation.objects.visible_to(user, past=edition.state in ONCE_PUBLIC)
    rows = visible.filter(incident=edition.pk).select_related("article__publisher")
    return list(rows.annotate(kept=Count("article__captures")).order_by("pk"))


def claimed(edition: Incident, user: User) -> list[Told]:
    """Return the claims that `user` may read, in time, each with the sources that they may read."""
    past = edition.state in ONCE_PUBLIC
    claims: Any = Claim.objects.visible_to(user, past=past).filter(incident=edition.pk)
    sources = Citation.objects.visible_to(user, past=past).select_related("article__publisher")
    named = claims.select_related("accused_actor__merged_into", "claimant_actor__merged_into")
    return told_in_time(named.with_life(None).prefetch_related(Prefetch("citations", sources)))


def _doubts(edition: Incident, user: User) -> Iterator[Concern]:
    cited = Citation.objects.visible_to(user).filter(incident=edition.pk)
    citations = list(cited.select_related("article"))
    claims = list(
        Claim.objects.visible_to(user)
        .filter(incident=edition.pk)
        .select_related("accused_actor__merged_into")
    )
    if citations and cited.independent(user) < FEW:
        about, url = str(PARTS["citations"][0]), _part(edition, PARTS["citations"][1])
        yield Concern(about, _("All of it rests on one source; no independent one says so."), url)
    yield from _of_dead_links(edition, citations)
    yield from _of_persons(edition, claims)
    if names := blamed_in_title(edition):
        told = _("It names %(names)s. A title is neutral; who is blamed goes into claims.")
        yield Concern(_("Title"), told % {"names": ", ".join(names)}, _part(edition, "id_title"))
    yield from _of_markings(edition, citations, claims)
    yield from _of_a_merge(edition, user)
    yield from _of_records_alike(edition, user)


def _of_dead_links(edition: Incident, citations: list[Citation]) -> Iterator[Concern]:
    about, url = str(PARTS["citations"][0]), _part(edition, PARTS["citations"][1])
    for citation in citations:
        if since := citation.article.dead_since:
            told = _("“%(article)s” no longer answers since %(day)s.")
            yield Concern(
                about, told % {"article": citation.article, "day": since.isoformat()}, url
            )


def _of_persons(edition: Incident, claims: list[Claim]) -> Iterator[Concern]:
    """Name the persons whom no live claim accuses at the level from which persons are named."""
    levels: dict[str, int] = {}
    for claim in claims:
        actor = claim.accused_actor
        if actor and actor.survivor.kind == ActorKind.INDIVIDUAL and claim.live_until is None:
            name = actor.survivor.name
            levels[name] = max(levels.get(name, 0), claim.level)
    for name, level in sorted(levels.items()):
        if level < AttributionLevel.FORMAL:
            told = _(
                "%(name)s is a person and is accused at level %(level)d; persons are named from "
                "level 4 on."
            )
            about, anchor = PARTS["claims"]
            yield Concern(str(about), told % {"name": name, "level": level}, _part(edition, anchor))


def _of_a_merge(edition: Incident, user: User) -> Iterator[Concern]:
    """Say which record becomes a part of this one, and how it was marked."""
    joined = Joining.objects.filter(edition=edition).select_related("source__record").first()
    if joined is None:
        return
    source = joined.source
    if not Incident.objects.visible_to(user).filter(pk=source.pk).exists():
        told = _("It takes in a record that you may not read, so that somebody else decides.")
        yield Concern(_("Merge"), told, _part(edition, "takes-in"), blocks=True)
        return
    told = _("It takes in %(record)s, “%(title)s”, which is %(marking)s and becomes %(will)s.")
    words = {
        "record": source.record,
        "title": source.title,
        "marking": marking_of(source).label,
        "will": edition.get_marking_display(),
    }
    compare = reverse("admin:incidents_record_compare", args=(edition.record_id,))
    yield Concern(_("Merge"), told % words, f"{compare}?with={source.record}")


def _of_records_alike(edition: Incident, user: User) -> Iterator[Concern]:
    """Name other records that may be the same incident, while nobody decided on the two."""
    if edition.record.first_published_at:
        return
    compare = reverse("admin:incidents_record_compare", args=(edition.record_id,))
    told = _("%(record)s, “%(title)s”, may be the same incident. %(reasons)s")
    for other in alike(edition, user):
        record = other.incident.record
        words = {"record": record, "title": other.incident.title}
        reasons = " ".join(other.reasons)
        yield Concern(
            _("Another record"), told % {**words, "reasons": reasons}, f"{compare}?with={record}"
        )


def _of_markings(
    edition: Incident, citations: list[Citation], claims: list[Claim]
) -> Iterator[Concern]:
    own, record = Marking(edition.marking), edition.record
    about, url = _("Marking"), _part(edition, "id_marking")
    if record.first_published_at and Marking(record.marking).strictness > own.strictness:
        told = _("Publishing lowers the present marking of the record from %(was)s to %(will)s.")
        words = {"was": record.get_marking_display(), "will": edition.get_marking_display()}
        yield Concern(about, told % words, url)
    elif own != Marking.CLEAR:
        told = _("Published as %(marking)s it is not for the public, which reads TLP:CLEAR alone.")
        yield Concern(about, told % {"marking": edition.get_marking_display()}, url)
    yield from _of_articles(edition, citations)
    rows: list[Citation | Claim] = [*citations, *claims]
    for row in rows:
        if Marking(row.marking).strictness > own.strictness:
            told = _("“%(row)s” is %(marking)s and is hidden from others who read the edition.")
            yield Concern(about, told % {"row": row, "marking": row.get_marking_display()}, url)


def revealed(edition: Incident, user: User) -> list[Concern]:
    """Return the articles that `user` may read, and that fewer may than will read the edition."""
    cited = Citation.objects.visible_to(user).filter(incident=edition.pk).order_by("pk")
    return list(_of_articles(edition, cited.select_related("article")))


def _of_articles(edition: Incident, citations: Iterable[Citation]) -> Iterator[Concern]:
    """Name the articles beyond AMBER, as which any article begins, that the edition reveals."""
    about, url = _("Marking"), _part(edition, "id_marking")
    for citation in citations:
        read_as = strictest([edition.marking, citation.marking])
        article = citation.article
        stricter = Marking(article.marking).strictness > read_as.strictness
        if stricter and beyond_usual(article.marking):
            told = _("“%(article)s” is %(was)s; whoever reads what is published here may read it.")
            words = {"article": article, "was": article.get_marking_display()}
            yield Concern(about, told % words, url)


def _part(edition: Incident, anchor: str) -> str:
    return f"{reverse('admin:incidents_incident_change', args=(edition.pk,))}#{anchor}"
