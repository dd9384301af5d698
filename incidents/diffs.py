"""What changed from one edition to another, in words for people.

Law: a row that the reader may not see leaves no trace here, neither a line nor a number; rows
are followed by their `uid`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import edtf
from articles.fields import BodyField, CodesField, EdtfField, LineField

from .codebook import ONCE_PUBLIC
from .content import FIELDS, ROWS
from .models import Actor, Citation, Claim, Incident, StatusFinding

KEPT: Final = "kept"
REMOVED: Final = "removed"
ADDED: Final = "added"
CHANGED: Final = "changed"
LABELS: Final = {
    "locations": gettext_lazy("Places"),
    "targets": gettext_lazy("Targets"),
    "citations": gettext_lazy("Articles cited"),
    "claims": gettext_lazy("Claims"),
    "findings": gettext_lazy("Findings"),
    "effects": gettext_lazy("Effects"),
}
# Why an edition came about is said of the edition, not of what it says.
_ABOUT_THE_EDITION: Final = ("change_reason", "change_note")
# Texts that share less than this are shown whole: marks at every word could not be read.
_ALIKE: Final = 0.35
_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")

Reader = User | AnonymousUser


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that is kept, removed or added."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A field with what it said before and what it says after; empty where it said nothing.

    `pieces` marks the words of a text that differ; there are none where it was written anew.
    """

    name: str
    label: str
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class RowDiff:
    """A row that was added, removed or changed, and its fields."""

    kind: str
    uid: str
    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one kind that differ."""

    name: str
    label: str
    rows: tuple[RowDiff, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """All that differs between two editions, as far as one reader may see it."""

    before: Incident | None
    after: Incident
    fields: tuple[Change, ...]
    sections: tuple[Section, ...]

    def __bool__(self) -> bool:
        return bool(self.fields or self.sections)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a field says: a value to compare by, and words to show."""

    value: Any
    shown: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as one reader sees it."""

    title: str
    said: dict[str, _Said]


def diff(before: Incident | None, after: Incident, user: Reader) -> Diff:
    """Return what changed from one edition, or from nothing, to another one.

    The caller has found that `user` may read both editions; of their rows, those are compared
    that `user` may read.
    """
    names = [name for name in FIELDS if name not in _ABOUT_THE_EDITION]
    old = {name: _said(before, name) for name in names} if before else {}
    new = {name: _said(after, name) for name in names}
    old_rows, new_rows = _rows(before, user), _rows(after, user)
    sections = (
        Section(
            name,
            str(LABELS[name]),
            tuple(_compared(name, old_rows.get(name, {}), new_rows[name])),
        )
        for name in ROWS
    )
    return Diff(
        before=before,
        after=after,
        fields=tuple(_changes(old, new, _labels(Incident, names))),
        sections=tuple(section for section in sections if section.rows),
    )


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return two texts as one, its words marked as kept, removed or added.

    There are none where the texts have too little in common for marks to help.
    """
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    one, other = ([word for word in text if word.strip()] for text in (old, new))
    if SequenceMatcher(None, one, other, autojunk=False).ratio() < _ALIKE:
        return ()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    found: list[Piece] = []
    gone, come = "", ""
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        same = "".join(old[i:i_end])
        if tag != "equal":
            gone, come = gone + same, come + "".join(new[j:j_end])
        elif (gone or come) and not same.strip() and i_end < len(old) and j_end < len(new):
            # A space between two changed words would break one mark into two.
            gone, come = gone + same, come + same
        else:
            found += [*_marked(gone, come), Piece(KEPT, same)]
            gone, come = "", ""
    return (*found, *_marked(gone, come))


def _marked(gone: str, come: str) -> list[Piece]:
    return [Piece(kind, text) for kind, text in ((REMOVED, gone), (ADDED, come)) if text]


# -- rows ----------------------------------------------------------------------------------


def _rows(edition: Incident | None, user: Reader) -> dict[str, dict[str, _Row]]:
    """Return the rows of an edition that `user` may read, by relation and `uid`."""
    if edition is None:
        return {}
    loaded = {name: list(_visible(edition, name, user)) for name in ROWS}
    citations = {row.pk: row for row in loaded["citations"]}
    claims = {row.pk: row for row in loaded["claims"]}
    return {
        relation: {
            str(row.uid): _Row(
                _title(row), {name: _said(row, name, citations, claims) for name in fields}
            )
            for row in loaded[relation]
        }
        for relation, fields in ROWS.items()
    }


def _visible(edition: Incident, relation: str, user: Reader) -> Any:
    """Return the rows of a relation that `user` may read, with what they name."""
    model = _model(relation)
    rows = model.objects.visible_to(user, past=edition.state in ONCE_PUBLIC)
    rows = rows.filter(incident=edition.pk)
    if model is Citation:
        return rows.select_related("article__publisher")
    if model is Claim:
        sources = Prefetch("citations", Citation.objects.only("pk"))
        actors = ("claimant_actor__merged_into", "accused_actor__merged_into")
        return rows.select_related(*actors).prefetch_related(sources)
    return rows


def _compared(relation: str, old: dict[str, _Row], new: dict[str, _Row]) -> Iterator[RowDiff]:
    """Yield the rows that were added or changed, in their order, then those removed."""
    labels = _labels(_model(relation), ROWS[relation])
    for uid, row in new.items():
        was = old.get(uid)
        changes = tuple(_changes(was.said if was else {}, row.said, labels))
        if was is None or changes:
            yield RowDiff(CHANGED if was else ADDED, uid, row.title, changes)
    for uid, row in old.items():
        if uid not in new:
            yield RowDiff(REMOVED, uid, row.title, tuple(_changes(row.said, {}, labels)))


def _changes(
    old: dict[str, _Said], new: dict[str, _Said], labels: dict[str, str]
) -> Iterator[Change]:
    """Yield the fields that differ; where a side is not there at all, those that say something."""
    nothing = _Said(None, "")
    for name, label in labels.items():
        before, after = old.get(name, nothing), new.get(name, nothing)
        # That a new row is not the primary one goes without saying.
        silent = before.shown == after.shown == "" or not (
            (old and new) or before.value or after.value
        )
        if silent or before.value == after.value:
            continue
        marked = pieces(before.shown, after.shown) if _is_text(name, before, after) else ()
        yield Change(name, label, before.shown, after.shown, marked)


def _is_text(name: str, before: _Said, after: _Said) -> bool:
    return name in _TEXTS and bool(before.shown and after.shown)


def _title(row: models.Model) -> str:
    if isinstance(row, Claim):
        return f"{row.claimant}, {_dated(row.date)}"
    if isinstance(row, StatusFinding):
        return f"{row.get_status_display()}, {_dated(row.date)}"
    return str(row)


# -- values --------------------------------------------------------------------------------


def _said(
    row: Any,
    name: str,
    citations: dict[int, Citation] | None = None,
    claims: dict[int, Claim] | None = None,
) -> _Said:
    """Return what a field says; a row that it names is said only where it is one of those seen."""
    if name == "citations":
        named = [(citations or {}).get(source.pk) for source in row.citations.all()]
        return _listed((str(one.uid), str(one)) for one in named if one)
    if name in ("citation", "supersedes"):
        seen: Any = (citations if name == "citation" else claims) or {}
        found = seen.get(getattr(row, f"{name}_id"))
        return _Said(str(found.uid), _title(found)) if found else _Said(None, "")
    value = getattr(row, name)
    if isinstance(value, Actor):
        value = value.survivor
    if isinstance(value, models.Model):
        return _Said(value.pk, str(value))
    return _Said(value, _shown(row, name, value))


def _listed(pairs: Iterable[tuple[str, str]]) -> _Said:
    ordered = sorted(pairs, key=lambda pair: (pair[1], pair[0]))
    keys = sorted(uid for uid, _title in ordered)
    return _Said(keys, "; ".join(title for _uid, title in ordered))


def _shown(row: Any, name: str, value: Any) -> str:
    """Return a value as a reader would say it."""
    if value is None or value == "" or value == []:
        return ""
    field = row._meta.get_field(name)
    if isinstance(field, CodesField):
        words = dict(field.vocabulary.choices) if field.vocabulary else {}
        return "; ".join(str(words.get(code, code)) for code in value)
    if isinstance(field, EdtfField):
        return _dated(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.choices:
        label = str(getattr(row, f"get_{name}_display")())
        # The words of some grades begin with their number.
        numbered = not isinstance(value, int) or label.startswith(f"{value} ")
        return label if numbered else f"{value} {label}"
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    return str(value)


def _dated(text: str) -> str:
    """Say a date in words, and as it is kept."""
    try:
        said = edtf.in_words(text)
    except edtf.InvalidDate:
        return text
    return said if said == text else f"{said} ({text})"


def _labels(model: Any, names: Iterable[str]) -> dict[str, str]:
    """Return what some fields of a model are called."""
    return {name: str(capfirst(model._meta.get_field(name).verbose_name)) for name in names}


def _model(relation: str) -> Any:
    return Incident._meta.get_field(relation).related_model


_TEXTS: Final = {
    field.name
    for model in (Incident, *(_model(relation) for relation in ROWS))
    for field in model._meta.get_fields()
    if isinstance(field, BodyField | LineField)
}
