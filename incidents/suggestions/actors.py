"""Who is said to have done it: states and their services, groups, vessels, accused persons."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from .blame import Blame
from .directory import Directory, KnownActor
from .groups import BAND, quoted, quoted_before
from .kinds import ACTS
from .persons import INITIALS
from .reading import Reading, Suggestion
from .texts import LEANINGS, Evidence, Hit, Sentence, key, leans

MOST: Final = 6
# So many names of one entry are shown, where they are written in different ways.
_NAMES: Final = 2
_ALIKE: Final = 4
# So many words after "war" its sides are named.
_SIDES: Final = 5
# So far from a word of arrest or search stands who is meant.
_CHARGED: Final = 16
# So far behind a word for a murder or an attack stands the victim.
_VICTIM: Final = 3
_OFFICER: Final = 8
_HEAD: Final = 2
# So far behind a gang stands who leads it.
_LED: Final = 4
_SAID: Final = 4


def actors(
    reading: Reading, directory: Directory, blamed: Collection[Blame], happened: Collection[str]
) -> list[Suggestion]:
    """Return the actors of an article, services and groups before states and persons."""
    found: dict[str, Suggestion] = {}
    states = {blame.state for blame in blamed}

    def add(evidence: Evidence, why: str, entry: str = "") -> None:
        evidence = reading.closed(evidence)
        name = reading.quote(evidence)
        kept = found.get(name)
        if kept is None or (kept.evidence.in_title and not evidence.in_title):
            found[name] = Suggestion(name, evidence, why, entry)

    told: set[str] = set()
    # States of which a service is named: another wording for it says nothing new.
    serving: set[str] = set()
    for evidence, actor in _known(reading, directory, states, happened):
        add(evidence, f"It is known as {actor.name}.", actor.name)
        told.add(actor.state)
        if actor.blames:
            serving.add(actor.state)
    for sentence in reading.sentences:
        for hit in sentence.of(BAND):
            add(sentence.at(hit), "A group that is named.")
    groups = bool(found)
    for blame in blamed:
        organ = None if blame.state in serving else _organ(reading, blame)
        words = organ or (None if blame.state in told else _name(reading, blame))
        if words is not None:
            add(words, blame.why.capitalize() + ".")
    for evidence in _unnamed(reading, said_so=groups):
        add(evidence, "Somebody is said to act who is not named.")
    for sentence in reading.sentences:
        for hit in () if groups else _leaning(sentence):
            add(sentence.at(hit), "A group that is said to act.")
        for hit in _accused(reading, sentence, states):
            add(sentence.at(hit), "Somebody who is accused.")
        for hit in _vessels(reading, sentence):
            add(sentence.at(hit), "A vessel that is named.")
    return _distinct(found.values())[:MOST]


def _known(
    reading: Reading,
    directory: Directory,
    states: Collection[str],
    happened: Collection[str],
) -> Iterator[tuple[Evidence, KnownActor]]:
    """Yield the actors of the directory that may have acted, with the words that name them."""
    for sentence in reading.sentences:
        for hit, actor in directory.named(sentence):
            own = actor.state in happened or actor.watches or actor.state == reading.home
            # Who claims it did it, wherever its state is told of.
            claims = not (actor.watches or actor.blames) and sentence.has("claimed")
            if actor.state and own and actor.state not in states and not claims:
                continue
            if _is_at_war(reading, sentence, hit) or reading.is_background(sentence):
                continue
            if not actor.watches or (actor.state and sentence.has(*ACTS, "accuse", "order")):
                yield sentence.at(hit), actor


def _is_at_war(reading: Reading, sentence: Sentence, hit: Hit) -> bool:
    """Tell whether a name is a side of a war that is told of: between Israel and Hamas."""
    return any(0 <= hit.first - war.last <= _SIDES for war in sentence.of("warname"))


def _distinct(found: Collection[Suggestion]) -> list[Suggestion]:
    """Leave out further names of an entry, unless few, and a unit of a service that is named."""
    kept: list[Suggestion] = []
    begun: dict[str, list[str]] = {one.entry: [] for one in found if one.entry}
    for one in found:
        words = one.entry.split(" ")
        if any(" ".join(words[:n]) in begun for n in range(1, len(words))):
            continue
        same = begun.get(one.entry, [])
        if len(same) < _NAMES and key(one.value)[:_ALIKE] not in same:
            kept.append(one)
            same.append(key(one.value)[:_ALIKE])
    return kept


def _organ(reading: Reading, blame: Blame) -> Evidence | None:
    """Return the words for a service or the regime of a state, with those for the state."""
    for sentence in reading.sentences:
        known = [hit for hit in sentence.hits if hit.label.startswith("actor:")]
        for hit in sentence.of(f"country:{blame.state}"):
            for other in sentence.of("service", "regime"):
                if any(o.start <= other.start < o.end for o in known):
                    continue
                if reading.gap(hit, other) <= 1 and other.start != hit.start:
                    begun, ended = min(hit.start, other.start), max(hit.end, other.end)
                    return Evidence(begun, ended, sentence.in_title)
    return None


def _name(reading: Reading, blame: Blame) -> Evidence | None:
    """Return the name of a state: where it is blamed, or where it has a capital."""
    named: Evidence | None = None
    for sentence in reading.sentences:
        for hit in sentence.of(f"country:{blame.state}"):
            capital = sentence.words[hit.first].capital or not reading.words.cased
            evidence = sentence.at(hit)
            if capital and evidence == blame.evidence and not sentence.in_title:
                return evidence
            if capital and (named is None or named.in_title):
                named = evidence
    return named


def _leaning(sentence: Sentence) -> list[Hit]:
    """Return groups of hackers with what says whose side they take."""
    found = []
    words = sentence.words
    for hit in sentence.of("hacker"):
        first = hit.first
        before = [o for o in sentence.hits if o.last == first and o.label.startswith("country:")]
        if before:
            first = before[0].first
        elif first and leans(words[first - 1].key):
            first -= 1
        else:
            continue
        if first and words[first - 1].key in LEANINGS:
            first -= 1
        found.append(Hit("group", first, hit.last, 0, words[first].start, hit.end))
    return found


def _unnamed(reading: Reading, *, said_so: bool) -> Iterator[Evidence]:
    """Yield the first service or power of a state that is told of without its name, and gangs."""
    service: Evidence | None = None
    for sentence in reading.sentences:
        if not sentence.has("order", "accuse", *ACTS):
            continue
        for gang in sentence.of("gang"):
            if any(0 <= o.first - gang.last <= _LED for o in sentence.of("order")):
                yield sentence.at(gang)
        if said_so or service:
            continue
        for hit in (*sentence.of("power"), *_foreign(reading, sentence)):
            if not _is_named(reading, sentence, hit):
                service = sentence.at(hit)
                yield service
                break


def _is_named(reading: Reading, sentence: Sentence, hit: Hit) -> bool:
    """Tell whether a country right before or behind words says whose they are."""
    text = reading.text_of(sentence)
    for _code, land in reading.countries(sentence):
        begun, ended = sorted((hit, land), key=lambda one: one.first)
        if reading.gap(hit, land) <= 1 and "," not in text[begun.end : ended.start]:
            return True
    return False


def _foreign(reading: Reading, sentence: Sentence) -> Iterator[Hit]:
    """Yield services that are called foreign."""
    for hit in sentence.of("foreign"):
        for other in sentence.of("service"):
            if reading.gap(hit, other) <= 1 and other.start != hit.start:
                first, last = min(hit.first, other.first), max(hit.last, other.last)
                words = sentence.words
                yield Hit("power", first, last, 0, words[first].start, words[last - 1].end)


def _accused(reading: Reading, sentence: Sentence, states: Collection[str]) -> Iterator[Hit]:
    """Yield persons who are arrested, charged, sentenced, wanted, or said to have ordered it."""
    legal = sentence.of("arrest", "court", "wanted")
    offices = sentence.of("role", "agency")
    speaking = sentence.of("said")
    for hit in sentence.of("name", INITIALS):
        if _is_victim(sentence, hit):
            continue
        if _ordered(reading, sentence, hit, states):
            yield hit
            continue
        near = min((reading.gap(hit, other) for other in legal), default=99.0)
        office = min((reading.gap(hit, other) for other in offices), default=99.0)
        said = min((reading.gap(hit, other) for other in speaking), default=99.0)
        if office <= _HEAD:
            # An officer who is arrested holds an office, and says nothing.
            taken = not speaking and hit.label == "name" and near <= _OFFICER
            after = any(other.last <= hit.first for other in sentence.of("arrest", "court"))
            if not (taken and after and not sentence.of("accuse")):
                continue
        if near <= _CHARGED and said > _SAID:
            yield hit


def _ordered(reading: Reading, sentence: Sentence, hit: Hit, states: Collection[str]) -> bool:
    """Tell whether an official of a state that is blamed stands behind a word of command."""
    lands = [c for code, c in reading.countries(sentence) if code in states]
    near = [c for c in lands if 0 <= hit.first - c.last <= _HEAD]
    offices = [o for o in sentence.of("role") if 0 <= hit.first - o.last <= _OFFICER]
    return bool(near and offices) and any(
        0 <= hit.first - order.last <= _CHARGED and order.last <= near[0].first
        for order in sentence.of("order")
    )


def _is_victim(sentence: Sentence, hit: Hit) -> bool:
    """Tell whether the attack right before a name was aimed at who bears it."""
    if any(
        0 <= hit.first - other.last <= _VICTIM
        for other in sentence.of("murderplot", "kill", "assault", "attacked")
    ):
        return True
    # "Against the former adviser John Smith": between stands nothing but an office.
    begins = {hit.first, *(o.first for o in sentence.of("role") if 0 <= hit.first - o.last <= 1)}
    return any(
        0 <= first - other.last <= (first != hit.first)
        for other in sentence.of("against")
        for first in begins
    )


def _named_right_behind(reading: Reading, sentence: Sentence, ship: Hit) -> Hit | None:
    """Return the one word with a capital right behind a word for a ship, if it means nothing."""
    words, at = sentence.words, ship.last
    if not reading.words.cased or at >= len(words) or not words[at].text[0].isupper():
        return None
    meant = any(other.first <= at < other.last for other in sentence.hits)
    apart = words[at].start - words[at - 1].end > 1 or words[at].text.isupper()
    longer = at + 1 < len(words) and words[at + 1].capital
    if meant or apart or longer:
        return None
    return Hit("vessel", at, at + 1, 0, words[at].start, words[at].end)


def _vessels(reading: Reading, sentence: Sentence) -> list[Hit]:
    """Return names beside a word for a ship."""
    if not reading.anywhere("cable", "shadow"):
        return []
    found = []
    for hit in sentence.of("name"):
        if any(reading.gap(hit, other) <= 2 for other in sentence.of("vessel")):
            found.append(hit)
    for ship in sentence.of("vessel", "shadow"):
        found += filter(None, (_named_right_behind(reading, sentence, ship),))
        # A name in quotation marks stands right before or behind the word for a ship.
        found += filter(None, (quoted(reading, sentence, ship.last),))
        found += filter(None, (quoted_before(reading, sentence, ship.first),))
    return found
