"""What a form started from, what stands now and what was typed: compared, and joined.

Law: nothing that somebody saved is overwritten by a form that did not show it, and nothing that
was typed is dropped. What only one of two people changed is joined; where both changed the same,
the form keeps what was typed and what is stored stands beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import Enum
from typing import Any, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .sent import Digests, Read, Sent, differs, digest, in_words, inputs, stored, typed, written

_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")
# Texts that share less than this are shown whole: marks at every word could not be read.
_ALIKE: Final = 0.35
# Texts longer than this are compared by their ends, and shown around what lies between them.
_LONG: Final = 10_000
_AROUND: Final = 200
# So are texts with more pairs of equal words, such as one word over and over: these cost time.
_MOST_PAIRS: Final = 2_000_000
STORED: Final = "stored"
TYPED: Final = "typed"

Forms = tuple[forms.BaseForm, Sequence[Any]]
Texts = dict[str, Sent]


class Who(Enum):
    """Who changed something since the form was read."""

    YOU = "you"
    OTHER = "other"
    BOTH = "both"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and whether the other text says it otherwise."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that stands otherwise than it was typed."""

    label: str
    stored: list[Piece]
    typed: list[Piece]
    who: Who
    name: str = ""  # its name in the joined form; empty where it is not there


@dataclass(frozen=True, slots=True)
class Part:
    """The form itself, or one of its rows, with what differs in it."""

    title: str = ""
    note: str = ""
    name: str = ""  # that of a row which can be put back as a whole to how it is stored
    back: str = ""  # what putting it back means
    whole: str = ""  # the side that has the row, where the other one has not
    differences: list[Difference] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was typed against what stands now, and the form that joins both."""

    now: Read
    data: Any
    parts: list[Part]
    missing: bool

    @property
    def conflicts(self) -> int:
        """How many fields were changed by both, or by nobody knows whom."""
        told = (one.who for part in self.parts for one in part.differences)
        return sum(who in (Who.BOTH, Who.UNKNOWN) for who in told)


def compare(
    read: Read | None, now: Read, sent: Forms, present: Forms, taken: Collection[str] = ()
) -> Comparison:
    """Compare a form as it was sent with the same form as it stands.

    `sent` and `present` are a form and its formsets, the same ones in the same order. Of what is
    `taken`, by its name in the form sent, the joined form has what is stored.
    """
    joining = _Joining(read, taken, sent[0].data.copy())  # type: ignore[attr-defined]
    joining.fields(sent[0], present[0])
    for before, after in zip(sent[1], present[1], strict=True):
        joining.rows(before, after)
    return Comparison(now, joining.data, joining.parts, missing=read is None)


def left(sent: Forms) -> list[Part]:
    """Return all that was typed into a form, where there is nothing any more to compare it with."""
    parts = [_typed_alone("", sent[0])]
    for formset in sent[1]:
        rows = (row for row in formset.forms if not _is_deleted(formset, row))
        parts += [_typed_alone(_name_of(formset), row) for row in rows]
    return [part for part in parts if part.differences]


class _Joining:
    """The joined form as it grows, and what is told of it."""

    def __init__(self, read: Read | None, taken: Collection[str], data: Any) -> None:
        self.read, self.taken, self.data = read, frozenset(taken), data
        self.parts: list[Part] = []

    def fields(self, sent: forms.BaseForm, present: forms.BaseForm) -> None:
        """Join the fields of the form itself."""
        joined, told = self._joined(sent, present, self.read.fields if self.read else None, "")
        for name, texts in joined.items():
            if texts != typed(sent, name):
                self._write(present, name, texts, "")
        self._tell(Part(differences=told))

    def rows(self, sent: Any, present: Any) -> None:
        """Join the rows of one kind: those that stand, then those that are new."""
        known = None if self.read is None else self.read.rows.get(sent.prefix, {})
        standing = {str(row.instance.pk): row for row in present.initial_forms}
        key_name = sent.model._meta.pk.name
        ours = {str(sent.data.get(f"{row.prefix}-{key_name}")): row for row in sent.initial_forms}
        writing = _Rows(self, sent, present)
        for key, row in standing.items():
            if key in ours:
                self._row(writing, key, ours[key], row, None if known is None else known.get(key))
            else:
                self._row_of_another(writing, key, row, known)
        for key, row in ours.items():
            if key not in standing:
                self._gone(writing, row, None if known is None else known.get(key))
        for row in sent.extra_forms:
            if row.has_changed() and not _is_deleted(sent, row) and row.prefix not in self.taken:
                self._new(writing, row)
        writing.finish()

    def _row(self, writing: _Rows, key: str, sent: Any, present: Any, read: Digests | None) -> None:
        name = writing.next()
        title = f"{_name_of(writing.sent)}: {present.instance}"
        if _is_deleted(writing.sent, sent) and sent.prefix not in self.taken:
            texts = {one: stored(present, one) for one in written(present)}
            changed = read is None or read != {one: digest(texts[one]) for one in texts}
            who = (Who.UNKNOWN if read is None else Who.BOTH) if changed else Who.YOU
            told = _alone(present, texts, who, stored_side=True)
            note = _("You ticked it to be removed; in the form it still is.")
            self._tell(Part(title, note, name, _("Do not remove it"), STORED, told))
            writing.write(present, texts, key, deleted=True)
            return
        joined, told = self._joined(sent, present, read, name)
        self._tell(Part(title, differences=told))
        writing.write(present, joined, key)

    def _row_of_another(
        self, writing: _Rows, key: str, present: Any, known: dict[str, Digests] | None
    ) -> None:
        writing.next()
        texts = {one: stored(present, one) for one in written(present)}
        if known is None or key not in known:
            writing.added.append(texts)
            title = f"{_name_of(writing.sent)}: {present.instance}"
            told = _alone(present, texts, Who.OTHER, stored_side=True)
            note = _("Added meanwhile. It is in your form now; tick it there to remove it.")
            self._tell(Part(title, note, whole=STORED, differences=told))
        writing.write(present, texts, key)

    def _gone(self, writing: _Rows, sent: Any, read: Digests | None) -> None:
        if _is_deleted(writing.sent, sent) or sent.prefix in self.taken:
            return
        texts = {one: typed(sent, one) for one in written(sent)}
        touched = read is None or read != {one: digest(texts[one]) for one in texts}
        title = f"{_name_of(writing.sent)}: {_first_words(sent, texts)}"
        if touched:
            who = Who.UNKNOWN if read is None else Who.BOTH
            note = _("Removed meanwhile. What you typed is in your form as a new row.")
            told = _alone(sent, texts, who)
            self._tell(Part(title, note, writing.new_name(), _("Leave it out"), TYPED, told))
            writing.add(sent, texts)
        else:
            note = _("Removed meanwhile. It is not in your form any more.")
            told = _alone(sent, texts, Who.OTHER)
            self._tell(Part(title, note, whole=TYPED, differences=told))

    def _new(self, writing: _Rows, sent: Any) -> None:
        texts = {one: typed(sent, one) for one in written(sent)}
        if texts in writing.added:
            return  # another one added the very same row
        title = f"{_name_of(writing.sent)}: {_first_words(sent, texts)}"
        told = _alone(sent, texts, Who.YOU)
        name, note = writing.new_name(), _("Added by you.")
        self._tell(Part(title, note, name, _("Leave it out"), TYPED, told))
        writing.add(sent, texts)

    def _joined(
        self, sent: forms.BaseForm, present: forms.BaseForm, read: Digests | None, to: str
    ) -> tuple[Texts, list[Difference]]:
        """Return the texts of the fields joined, and what is told of them."""
        joined: Texts = {}
        told: list[Difference] = []
        for name in written(present):
            stands, said = stored(present, name), typed(sent, name)
            joined[name] = said
            if stands == said or not differs(sent, present, name):
                continue
            who = _who(stands, said, read.get(name) if read else None)
            taken = sent.add_prefix(name) in self.taken or str(sent.prefix) in self.taken
            if taken or who is Who.OTHER:
                joined[name] = stands
            if not taken:
                told.append(_difference(present, name, stands, said, who, _in(to, name)))
        return joined, told

    def _tell(self, part: Part) -> None:
        if part.differences or part.note:
            self.parts.append(part)

    def _write(self, form: forms.BaseForm, name: str, texts: Sent, to: str) -> None:
        for (_widget, part), values in zip(inputs(form, name), texts, strict=True):
            self.data.setlist(_in(to, part), list(values))


class _Rows:
    """The rows of one kind as they are written into the joined form."""

    def __init__(self, joining: _Joining, sent: Any, present: Any) -> None:
        self.joining, self.sent, self.present = joining, sent, present
        self.kept = len(present.initial_forms)
        self.count = 0
        self.new: list[tuple[Any, Texts]] = []
        self.added: list[Texts] = []
        own = re.compile(rf"{re.escape(sent.prefix)}-[0-9]+-.*", re.DOTALL)
        for name in [name for name in joining.data if own.fullmatch(name)]:
            del joining.data[name]

    def next(self) -> str:
        """Return the name of the next row that stands."""
        self.count += 1
        return f"{self.sent.prefix}-{self.count - 1}"

    def new_name(self) -> str:
        """Return the name of the next new row."""
        return f"{self.sent.prefix}-{self.kept + len(self.new)}"

    def write(self, form: Any, texts: Texts, key: str, *, deleted: bool = False) -> None:
        """Write the row that `next` named last."""
        self._write(self.count - 1, form, texts, key)
        if deleted:
            self.joining.data[f"{self.sent.prefix}-{self.count - 1}-DELETE"] = "on"

    def add(self, form: Any, texts: Texts) -> None:
        """Add a new row after those that stand."""
        self._write(self.kept + len(self.new), form, texts, "")
        self.new.append((form, texts))

    def finish(self) -> None:
        """Write how many rows there are."""
        data, prefix = self.joining.data, self.sent.prefix
        data[f"{prefix}-INITIAL_FORMS"] = str(self.kept)
        data[f"{prefix}-TOTAL_FORMS"] = str(self.kept + len(self.new))

    def _write(self, number: int, form: Any, texts: Texts, key: str) -> None:
        to = f"{self.sent.prefix}-{number}"
        for name, values in texts.items():
            self.joining._write(form, name, values, to)
        self.joining.data[f"{to}-{self.sent.model._meta.pk.name}"] = key
        self.joining.data[f"{to}-{self.sent.fk.name}"] = str(self.sent.instance.pk or "")


# -- how it is told -------------------------------------------------------------------------


def _in(form: str, name: str) -> str:
    return f"{form}-{name}" if form else name


def _who(stands: Sent, said: Sent, read: str | None) -> Who:
    if read is None:
        return Who.UNKNOWN
    if read == digest(stands):
        return Who.YOU
    return Who.OTHER if read == digest(said) else Who.BOTH


def _is_deleted(formset: Any, row: Any) -> bool:
    return bool(formset.can_delete and formset.data.get(f"{row.prefix}-DELETE"))


def _name_of(formset: Any) -> str:
    return str(capfirst(formset.model._meta.verbose_name))


def _label(form: forms.BaseForm, name: str) -> str:
    return str(form.fields[name].label or capfirst(name.replace("_", " ")))


def _first_words(form: forms.BaseForm, texts: Texts) -> str:
    """Return what tells a row from others before it is one: its first texts."""
    said = (
        in_words(form.fields[name], texts[name])
        for name in texts
        if not isinstance(form.fields[name].widget, forms.CheckboxInput)
    )
    return ", ".join([text for text in said if text][:2])


def _alone(
    form: forms.BaseForm, texts: Texts, who: Who, *, stored_side: bool = False
) -> list[Difference]:
    """Return the fields of what stands on one side only."""
    told = ((name, in_words(form.fields[name], said)) for name, said in texts.items() if any(said))
    sides = ((name, [Piece(text)], list[Piece]()) for name, text in told if text)
    return [
        Difference(_label(form, name), *((one, none) if stored_side else (none, one)), who)
        for name, one, none in sides
    ]


def _typed_alone(title: str, form: forms.BaseForm) -> Part:
    texts = {name: typed(form, name) for name in written(form)}
    return Part(title, whole=TYPED, differences=_alone(form, texts, Who.YOU))


def _difference(
    form: forms.BaseForm, name: str, stands: Sent, said: Sent, who: Who, to: str
) -> Difference:
    field = form.fields[name]
    one, other = marked(in_words(field, stands), in_words(field, said))
    return Difference(_label(form, name), one, other, who, to)


def marked(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Return two texts in pieces that tell where they differ; whole where they differ in most."""
    if len(one) + len(other) > _LONG:
        return _between(one, other)
    words, others = _WORDS.findall(one), _WORDS.findall(other)
    counts = Counter(others)
    if sum(counts[word] for word in words) > _MOST_PAIRS:
        return _between(one, other)
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return [Piece(one)] if one else [], [Piece(other)] if other else []
    steps = matcher.get_opcodes()
    first = _pieces((words[start:end], kind != "equal") for kind, start, end, *_other in steps)
    second = _pieces((others[start:end], kind != "equal") for kind, *_one, start, end in steps)
    return list(first), list(second)


def _pieces(runs: Iterable[tuple[list[str], bool]]) -> Iterator[Piece]:
    for run, differing in runs:
        if run:
            yield Piece("".join(run), differing)


def _between(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Return what lies between the beginning and the end that two long texts share."""
    start = _shared(one, other)
    end = _shared(one[start:][::-1], other[start:][::-1])
    return _cut(one, start, len(one) - end), _cut(other, start, len(other) - end)


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts share from their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))


def _cut(text: str, start: int, end: int) -> list[Piece]:
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    before = f"… {before}" if start > _AROUND else before
    after = f"{after} …" if end + _AROUND < len(text) else after
    pieces = (Piece(before), Piece(text[start:end], differs=True), Piece(after))
    return [piece for piece in pieces if piece.text]
