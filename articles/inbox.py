"""What watched sources announce comes in once, and somebody says what it is.

Law: nothing that came in is dropped without a reason, nothing becomes an article by itself, and
what was purged does not come in again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from .canonical import digest
from .capturing import Fetch
from .codebook import Triage
from .extraction import Unreadable, announced
from .fetching import Unreachable, fetch
from .models import Article, Item, Purged, Watch
from .querysets import reads_unpublished

OK: Final = 200


def due() -> list[Watch]:
    """Return the watched sources whose time has come, the one longest waiting first."""
    now = timezone.now()
    active = Watch.objects.filter(active=True).order_by("looked_at", "pk")
    return [
        watch
        for watch in active
        if watch.looked_at is None or watch.looked_at + timedelta(hours=watch.hours) <= now
    ]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is watched, and in which languages how much of it."""

    watches: list[Watch]
    languages: list[tuple[str, int]]


def plan(user: User | AnonymousUser) -> Plan:
    """Return what is watched now, the language with most sources first.

    Others than staff are told what is meant for them: who watches what may say too much.
    """
    active = Watch.objects.filter(active=True).select_related("publisher")
    watches = list(active if reads_unpublished(user) else active.filter(told=True))
    languages = Counter(watch.language for watch in watches)
    return Plan(watches, sorted(languages.items(), key=lambda pair: (-pair[1], pair[0])))


def look(watch: Watch, *, fetch: Fetch = fetch) -> int:
    """Fetch a watched source and take in what is new; return how many.

    What fails is noted at the source, which is asked again when its time comes.
    """
    try:
        answer = fetch(watch.url)
        if answer.status != OK:
            return _failed(watch, _("The site answered with status %d.") % answer.status)
        found = announced(answer.body, url=answer.address, kind=watch.kind)
    except Unreachable as failed:
        return _failed(watch, failed.message)
    except Unreadable:
        return _failed(watch, _("It could not be read."))
    if not found:
        return _failed(watch, _("It announces nothing."))
    with transaction.atomic():
        digests = {digest(one.url): one for one in found}
        known = _purged(digests) | set(
            Item.objects.filter(address_digest__in=digests).values_list("address_digest", flat=True)
        )
        now = timezone.now()
        new = [
            Item(
                watch=watch,
                url=one.url,
                title=one.title,
                summary=one.summary,
                published=one.published,
                found_at=now,
            )
            for key, one in digests.items()
            if key not in known
        ]
        # Another process may have taken in the same meanwhile.
        Item.objects.bulk_create(new, ignore_conflicts=True)
        watch.looked_at, watch.failed, watch.failures = now, "", 0
        watch.save(update_fields=["looked_at", "failed", "failures"])
    return len(new)


@transaction.atomic
def decide(item: Item, state: Triage, *, by: User, reason: str = "") -> None:
    """Say that an item is for later, or not relevant and why.

    Raises ValidationError where it is refused without a reason, or was decided by now.
    """
    if state == Triage.REFUSED and not reason.strip():
        raise ValidationError(
            {"reason": _("Say why it is not relevant; the method is judged by it.")}
        )
    present = Item.objects.select_for_update().get(pk=item.pk)
    if present.state == Triage.REFUSED:
        told = _("%(name)s decided this by now: %(state)s.")
        said = {"name": present.decided_by, "state": present.get_state_display()}
        raise ValidationError(told % said)
    present.state, present.reason = state, reason.strip()
    present.decided_by, present.decided_at = by, timezone.now()
    # Its digest stays: another item may have that of its address by now.
    present.full_clean(exclude=["watch", "article", "decided_by", "address_digest"])
    present.save(update_fields=["state", "reason", "decided_by", "decided_at"])


def taken(article: Article, *, by: User, state: Triage = Triage.DRAFTED) -> None:
    """Note that something now rests on an article that came in, however it was found.

    What was put off stays so for whoever may not see what rests on it.
    """
    waiting = Item.objects.filter(address_digest=article.address_digest, state=Triage.NEW)
    waiting.update(state=state, article=article, decided_by=by, decided_at=timezone.now())


def bar(digests: Collection[str]) -> None:
    """Take nothing in any more from addresses, told by their digests: they are being purged."""
    Purged.objects.bulk_create(
        [Purged(digest=_keyed(digest, settings.SECRET_KEY)) for digest in set(digests)],
        ignore_conflicts=True,
    )


def _purged(digests: Collection[str]) -> set[str]:
    """Return those of some digests of addresses that were purged."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    keyed = {_keyed(digest, key): digest for key in keys for digest in digests}
    barred = Purged.objects.filter(pk__in=keyed).values_list("pk", flat=True)
    return {keyed[key] for key in barred}


def _keyed(digest: str, key: str) -> str:
    return salted_hmac("articles.inbox", digest, secret=key, algorithm="sha256").hexdigest()


def _failed(watch: Watch, why: str) -> int:
    watch.looked_at, watch.failed = timezone.now(), why[:300]
    watch.failures += 1
    watch.save(update_fields=["looked_at", "failed", "failures"])
    return 0
