"""Which texts were taken from which: proposed from their words, decided by a person.

Law: nothing here changes an article until somebody decides; the same story told in other words
is never proposed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import similarity
from .codebook import Decision, DerivationSign
from .models import Article, Band, Capture, Derivation


@transaction.atomic
def propose(capture: Capture) -> list[Derivation]:
    """Keep the signature of a text, and propose what it, or what is like it, was taken from.

    Of texts that share most passages the one published first is proposed as the source.
    """
    if not capture.signature:
        return []
    alike = _alike(capture)
    own = bytes(capture.signature)
    bands = similarity.bands(own)
    Band.objects.bulk_create(Band(capture=capture, value=value) for value in bands)
    made = [_propose(late, early, alike) for late, early in _pairs(capture.article, alike)]
    if capture.origin and not capture.article.wire_origin:
        sign = {"sign": DerivationSign.NAMED}
        made.append(
            Derivation.objects.get_or_create(
                article=capture.article, source=None, origin=capture.origin, defaults=sign
            )[0]
        )
    return made


def _alike(capture: Capture) -> dict[Article, float]:
    """Return the other articles whose text shares most passages with a capture."""
    own = bytes(capture.signature)
    near = Band.objects.filter(value__in=similarity.bands(own))
    rows = Capture.objects.filter(pk__in=near.values("capture")).exclude(article=capture.article)
    found: dict[Article, float] = {}
    for row in rows.select_related("article").defer("text"):
        share = similarity.resemblance(own, bytes(row.signature))
        if share >= similarity.THRESHOLD:
            found[row.article] = max(share, found.get(row.article, 0.0))
    return found


def _pairs(article: Article, alike: dict[Article, float]) -> Iterable[tuple[Article, Article]]:
    """Yield which article would be taken from which; each pair has `article` on one side."""
    if not alike:
        return
    first = min([article, *alike], key=_since)
    if first != article:
        yield article, first
        return
    for other in alike:
        yield other, article


def _since(article: Article) -> tuple[date, int]:
    """Return when an article was published at the latest; undated ones come last."""
    return article.published_to or date.max, article.pk


def _propose(late: Article, early: Article, alike: dict[Article, float]) -> Derivation:
    share = alike.get(late, alike.get(early))
    known: dict[str, Any] = {"sign": DerivationSign.COPY, "resemblance": share}
    return Derivation.objects.get_or_create(article=late, source=early, defaults=known)[0]


@transaction.atomic
def decide(derivation: Derivation, decision: Decision, *, by: User) -> None:
    """Decide on a proposal; what is accepted is written to the article.

    Raises ValidationError where it was decided by now, or where an article would be taken from
    itself in a circle.
    """
    article = Article.objects.select_for_update().get(pk=derivation.article_id)
    present = Derivation.objects.get(pk=derivation.pk)
    if present.decision != Decision.OPEN:
        told = {"name": present.decided_by, "decision": present.get_decision_display()}
        raise ValidationError(_("%(name)s decided this by now: %(decision)s.") % told)
    if decision == Decision.ACCEPTED:
        if derivation.source_id:
            # As it is now: what it was taken from may have been decided meanwhile.
            source = Article.objects.get(pk=derivation.source_id)
            _refuse_circle(article, source)
            article.derived_from = source
        else:
            article.wire_origin = derivation.origin
        article.save()
    derivation.decision, derivation.decided_by = decision, by
    derivation.decided_at = timezone.now()
    derivation.save(update_fields=["decision", "decided_by", "decided_at"])


def _refuse_circle(article: Article, source: Article) -> None:
    seen = {article.pk}
    above: Article | None = source
    while above is not None:
        if above.pk in seen:
            raise ValidationError(
                _("“%(source)s” was itself taken from this article."),
                code="circle",
                params={"source": str(source)[:80]},
            )
        seen.add(above.pk)
        above = above.derived_from
