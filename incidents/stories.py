"""What the staff chain of the ledger says of each record, told from its first entry to its last.

Law: it reads entries and nothing else but the marking that an edition was given by its author,
which the digest in its entry covers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from articles.codebook import Marking, strictest

from .codebook import LedgerAction, State
from .models import LedgerEntry

Ending = tuple[str, datetime | None]


@dataclass(slots=True)
class Told:
    """What the ledger says of one edition that was published."""

    entry: LedgerEntry
    marking: str
    # How it is marked now; empty before its entry is reached.
    effective: str = ""
    ended: Ending | None = None


@dataclass(slots=True)
class Story:
    """What the ledger says of one record."""

    editions: dict[int, Told] = field(default_factory=dict)
    last: int = 0
    marking: str = ""
    merged_into: str | None = None
    withdrawn_reason: str = ""
    purged_at: datetime | None = None
    # The digest of what was left of it.
    tombstone: str = ""

    @property
    def markings(self) -> set[str]:
        """How its editions are marked now."""
        return {told.effective for told in self.editions.values() if told.effective}

    def ending(self, number: int) -> Ending:
        """Return the state that an edition has now, and when it ended."""
        ended = self.editions[number].ended
        if ended:
            return ended
        later = [other for other in self.editions if other > number]
        if later:
            return State.SUPERSEDED, self.editions[min(later)].entry.at
        return State.PUBLISHED, None


class Wrong(Exception):
    """An entry tells what cannot have happened after the entries before it."""


@dataclass(slots=True)
class Stories:
    """All records that the ledger tells of, by their key; `own` gives markings of editions."""

    own: Mapping[tuple[int, int], str]
    records: dict[int, Story] = field(default_factory=dict)

    def begin(self, entries: Iterable[LedgerEntry]) -> list[LedgerEntry]:
        """Take note of every edition that is ever published; return entries that repeat one.

        An edition from before the ledger is entered after entries that already name it.
        """
        repeated = []
        for entry in entries:
            story = self.records.setdefault(entry.record_id, Story())
            if entry.action != LedgerAction.PUBLISHED or entry.edition is None:
                continue
            if entry.edition in story.editions:
                repeated.append(entry)
                continue
            own = self.own.get((entry.record_id, entry.edition), entry.marking)
            story.editions[entry.edition] = Told(entry, own)
        return repeated

    def tell(self, entry: LedgerEntry) -> bool:
        """Go on by one entry; return whether something CLEAR was changed by it.

        Raises Wrong where it cannot have happened.
        """
        story = self.records[entry.record_id]
        if story.purged_at:
            raise Wrong("it comes after the record was purged")
        before = story.markings
        if entry.action == LedgerAction.PUBLISHED:
            return self._published(story, entry)
        if entry.action in (LedgerAction.WITHDRAWN, LedgerAction.MERGED):
            return self._ended(story, entry)
        if entry.action in (LedgerAction.RAISED, LedgerAction.LOWERED):
            _marked(story, entry)
            return Marking.CLEAR in before | story.markings
        if entry.action == LedgerAction.PURGED:
            story.purged_at, story.withdrawn_reason = entry.at, ""
            story.tombstone = entry.content
            return Marking.CLEAR in before
        if story.merged_into is None:
            raise Wrong("the record was not merged")
        story.merged_into = None
        return False

    def _published(self, story: Story, entry: LedgerEntry) -> bool:
        """Tell of a publication; one from before the ledger may come late."""
        if entry.edition is None:
            raise Wrong("it names no edition")
        told = story.editions[entry.edition]
        told.effective = entry.marking
        if entry.edition < story.last:
            return entry.marking == Marking.CLEAR
        story.last, story.marking = entry.edition, entry.marking
        if told.ended is None:
            story.withdrawn_reason = ""
        shown = {past.effective for past in story.editions.values()}
        for past in story.editions.values():
            # A stricter edition keeps those before it from whom it is kept.
            if past.effective:
                past.effective = strictest([past.effective, entry.marking])
        return Marking.CLEAR in shown

    def _ended(self, story: Story, entry: LedgerEntry) -> bool:
        """Tell of a withdrawal, or of a merge, which may end an edition."""
        withdrawn = entry.action == LedgerAction.WITHDRAWN
        if not withdrawn:
            if story.merged_into is not None:
                raise Wrong("the record was merged already")
            story.merged_into = entry.why
        elif entry.edition is not None and entry.edition >= story.last:
            story.withdrawn_reason = entry.why
        if entry.edition is None:
            if withdrawn:
                raise Wrong("it names no edition")
            return False
        told = story.editions.get(entry.edition)
        if told is None:
            raise Wrong("it ends an edition that was not published")
        if told.ended:
            raise Wrong("it ends an edition that had ended")
        told.ended = (State.WITHDRAWN if withdrawn else State.SUPERSEDED, entry.at)
        return entry.marking == Marking.CLEAR


def _marked(story: Story, entry: LedgerEntry) -> None:
    """Tell of another present marking.

    Raises Wrong where it is not the stricter or less strict one that its action says.
    """
    to = Marking(entry.marking)
    if story.marking:
        before = Marking(story.marking)
        raised = entry.action == LedgerAction.RAISED
        if (to.strictness > before.strictness) != raised or to == before:
            raise Wrong(f"the record was marked {before} before")
    story.marking = to
    for told in story.editions.values():
        if told.effective:
            told.effective = strictest([told.marking, to])
