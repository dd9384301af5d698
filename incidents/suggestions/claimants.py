"""Who says who did it: named officials, services, courts, companies, personas, unnamed sources."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from incidents.codebook import ClaimantKind

from . import offices
from .abbreviations import abbreviated
from .directory import Directory
from .groups import BAND
from .kinds import ACTS
from .offices import is_away
from .persons import is_short
from .reading import Reading
from .texts import UNSPACED, Evidence, Hit, Sentence, key

MOST: Final = 5
# The states that the starter incidents blame most.
OFTEN: Final = frozenset(("RU", "CN", "IR", "KP", "BY"))
ENOUGH: Final = 0.9
# Whoever speaks alone is believed with less.
_ALONE: Final = 0.75
_REACH: Final = 6
_LAST_NAME: Final = 4
# So many sentences before, somebody is still the one who speaks.
_BEFORE: Final = 2
_LEAST: Final = 2
# So far from the words for somebody stands that they are not named.
_ANONYMOUS: Final = 1
# Whoever speaks in the first sentences is who the report is about.
_FIRST: Final = 3
_EARLY: Final = 0.6
# Of what somebody says after the best, so much counts: to be named often is not all.
_AGAIN: Final = 0.4
# As far behind somebody a denial belongs to them.
_DENIAL: Final = 8
_MOST_LETTERS: Final = 7


@dataclass(frozen=True, slots=True)
class Claimant:
    """Somebody who says something on an event; `kind` is of the codebook, or nothing."""

    value: str
    evidence: Evidence
    why: str
    kind: ClaimantKind | None = None


@dataclass(frozen=True, slots=True)
class _Sides:
    """Whose word is no claim: `away` are states that are blamed, `theirs` their outlets and firms.

    `own` are services that may be blamed elsewhere, and speak for home here.
    """

    away: Collection[str]
    own: Collection[str] = ()
    theirs: Collection[str] = ()


def claimants(
    reading: Reading, directory: Directory, blamed: Collection[str], happened: Collection[str]
) -> list[Claimant]:
    """Return who says something on the event, those first that speak of it most."""
    sides = _sides(reading, directory, blamed, happened)
    heard: dict[str, list[float]] = {}
    found: dict[str, Claimant] = {}
    called: dict[str, str] = {}
    band: tuple[Sentence, Hit] | None = None
    for sentence in reading.sentences:
        weight = 0.6 + sentence.has(*ACTS) + sentence.has("accuse", "order", "maybe")
        weight += _EARLY if sentence.number < _FIRST else 0.0
        speakers = [(sentence, *speaker) for speaker in _speakers(reading, sentence, sides)]
        named = _personas(sentence)
        band = (sentence, named[-1]) if named else band
        if band and sentence.has("claimed") and not named:
            speakers.append((*band, "It claims to have done it.", 2.0))
        for spoken, hit, why, strength in speakers:
            evidence = reading.closed(spoken.at(hit))
            value = reading.quote(evidence)
            value = called.setdefault(key(_called(spoken, hit, value)), value)
            heard.setdefault(value, []).append(strength * weight)
            if value not in found or found[value].evidence.in_title:
                said = reading.quote(evidence)
                found[value] = Claimant(
                    said, evidence, why, offices.kind(reading, spoken, hit, happened)
                )
    for value in _officials_away(reading, sides) & found.keys():
        del found[value], heard[value]
    alone = _by_last_name(reading, found)
    for value in found:
        heard[value].append(alone.get(_last_name(value), 0.0))
    for names in abbreviated(found):
        less, more = sorted(names, key=lambda value: _scored(heard[value]))
        heard[more] += heard.pop(less)
        del found[less]
    scores = {value: _scored(points) for value, points in heard.items()}
    ranked = sorted(found, key=lambda value: -scores[value])
    best = scores[ranked[0]] if ranked else 0.0
    least = ENOUGH if best >= ENOUGH else _ALONE
    return [found[value] for value in ranked[:MOST] if scores[value] >= least]


def _officials_away(reading: Reading, sides: _Sides) -> set[str]:
    """Return the names of who holds an office of a state that is blamed, wherever they speak."""
    return {
        key(reading.quote(sentence.at(hit)))
        for sentence in reading.sentences
        for hit in sentence.of("name")
        if is_away(reading, sentence, hit, sides.away)
    }


def _sides(
    reading: Reading, directory: Directory, blamed: Collection[str], happened: Collection[str]
) -> _Sides:
    here = {*happened, reading.home} - set(blamed)
    away = (OFTEN | set(blamed)) - here
    actors = directory.actors.values()
    own = {f"actor:{actor.name}" for actor in actors if actor.blames and actor.state in here}
    theirs = {f"actor:{actor.name}" for actor in actors if actor.watches and actor.state in away}
    return _Sides(away, own, theirs)


def _scored(points: list[float]) -> float:
    """Return how much of a claimant somebody is: the best counts whole, the rest in part."""
    best = max(points)
    return best + _AGAIN * (sum(points) - best)


def _called(sentence: Sentence, hit: Hit, value: str) -> str:
    """Return by what somebody is known: what the directory says, or the letters in brackets."""
    for other in sentence.hits:
        if other.label.startswith("actor:") and other.start == hit.start:
            return other.label
    return value.rpartition("(")[2].removesuffix(")") or value


def _personas(sentence: Sentence) -> list[Hit]:
    """Return the groups that a sentence names."""
    return [hit for hit in sentence.hits if hit.label == BAND or hit.label.startswith("actor:")]


def behind(reading: Reading, sentence: Sentence, happened: Collection[str] = ()) -> Claimant | None:
    """Return who says what a sentence says: whoever speaks in it, or shortly before it."""
    near = reading.sentences[max(0, sentence.place - _BEFORE) : sentence.place + 1]
    for before in reversed(near):
        speakers = _speakers(reading, before, _Sides(OFTEN - {reading.home}))
        if speakers and not before.in_title:
            hit, why, _strength = max(speakers, key=lambda speaker: speaker[2])
            evidence = before.at(hit)
            return Claimant(
                reading.quote(evidence), evidence, why, offices.kind(reading, before, hit, happened)
            )
    return None


def _by_last_name(reading: Reading, names: Collection[str]) -> dict[str, float]:
    """Return how often each person speaks who is called by the last name alone."""
    speaks = {last: 0.0 for name in names if (last := _last_name(name))}
    if not speaks or not reading.words.cased:
        return {}
    for sentence in reading.sentences:
        heard = sentence.of("said")
        for place, word in enumerate(sentence.words if heard else ()):
            if word.key not in speaks or (place and sentence.words[place - 1].capital):
                continue
            at = Hit("name", place, place + 1)
            if any(reading.gap(at, said) <= 3 for said in heard):
                speaks[word.key] += 0.8 + 0.8 * sentence.has(*ACTS)
    return speaks


def _last_name(name: str) -> str:
    """Return the last name of a person as it is compared, or nothing where it tells too little."""
    parts = name.split()
    return key(parts[-1]) if len(parts) > 1 and len(parts[-1]) >= _LAST_NAME else ""


def _speakers(reading: Reading, sentence: Sentence, sides: _Sides) -> list[tuple[Hit, str, float]]:
    """Return who speaks in a sentence, why that is thought, and how surely."""
    found = [
        *_persons(reading, sentence, sides),
        *_authorities(reading, sentence, sides),
    ]
    found += _letters(reading, sentence, {hit.start for hit, *_rest in found})
    found += _unnamed(reading, sentence, sides)
    if sentence.has("claimed"):
        found += [(other, "It claims to have done it.", 2.0) for other in _personas(sentence)]
    whole = [(_whole(reading, sentence, hit), why, strength) for hit, why, strength in found]
    return [one for one in whole if not any(_is_within(one[0], other) for other, *_rest in whole)]


def _unnamed(
    reading: Reading, sentence: Sentence, sides: _Sides
) -> Iterator[tuple[Hit, str, float]]:
    """Yield who speaks and is not named, unless for a state that is blamed."""
    said = sentence.of("said", "accuse")
    hidden = sentence.of("unnamed")
    for hit in hidden[:1]:
        within = any(hit.first <= other.first < hit.last for other in said)
        # "Official said" holds the verb, and anonymity is of somebody who speaks.
        told = within or _nearest(reading, hit, hidden) <= _ANONYMOUS
        if not told and _nearest(reading, hit, said) > _reach(reading):
            continue
        if not is_away(reading, sentence, hit, sides.away):
            yield hit, "Somebody who is not named says something.", 0.7


def _is_within(hit: Hit, other: Hit) -> bool:
    """Tell whether a name stands within a longer one."""
    longer = other.end - other.start > hit.end - hit.start
    return longer and other.start <= hit.start and hit.end <= other.end


def _reach(reading: Reading) -> int:
    return _REACH * 3 if reading.words.verb_last or not reading.words.spaced else _REACH


def _persons(
    reading: Reading, sentence: Sentence, sides: _Sides
) -> Iterator[tuple[Hit, str, float]]:
    """Yield the persons who speak, or hold an office that speaks."""
    said = sentence.of("said", "accuse")
    held = sentence.of("role", "agency", "service")
    for hit in sentence.of("name"):
        near = _nearest(reading, hit, said)
        office = _nearest(reading, hit, held)
        if office <= offices.NEAR:
            # Who holds an office speaks where the office does: said the minister of X, Jane Doe.
            theirs = (o for o in held if reading.gap(hit, o) == office and o.start != hit.start)
            near = min(near, *(_nearest(reading, o, said) for o in theirs))
        if is_away(reading, sentence, hit, sides.away) or _denies(reading, sentence, hit, sides):
            continue
        if near <= _reach(reading) and office <= offices.NEAR:
            yield hit, "A person in office who says something.", 1.6
        elif near <= 3 and not sentence.has("arrest"):
            yield hit, "A person who says something.", 0.9
        elif office <= 1 and not sentence.has("arrest", "court"):
            yield hit, "A person in office.", 0.4


def _authorities(
    reading: Reading, sentence: Sentence, sides: _Sides
) -> Iterator[tuple[Hit, str, float]]:
    """Yield the authorities that speak or act, without those that are a person's office."""
    said = sentence.of("said", "accuse")
    acting = sentence.of("arrest", "foiled", "accuse", "probe", "court")
    persons = sentence.of("name")
    own = [hit._replace(label="service") for hit in sentence.hits if hit.label in sides.own]
    theirs = {hit.start for hit in sentence.hits if hit.label in sides.theirs}
    for hit in (*sentence.of("agency"), *own):
        if any(reading.gap(hit, name) <= offices.NEAR for name in persons) and any(
            reading.gap(hit, role) <= 1 for role in sentence.of("role")
        ):
            continue
        if _is_beside_known(reading, sentence, hit):
            continue
        if hit.start in theirs or is_away(reading, sentence, hit, sides.away):
            continue
        if _denies(reading, sentence, hit, sides):
            continue
        proper = hit.label != "agency" or _is_proper(sentence, hit)
        strength = 0.4 if not proper else 0.9 if _is_common(reading, sentence, hit) else 1.3
        if _nearest(reading, hit, said) <= _reach(reading) and (proper or not persons):
            yield hit, "An authority says something.", strength
        elif _nearest(reading, hit, acting) <= _REACH and not persons:
            yield hit, "An authority acts on it.", strength


def _is_beside_known(reading: Reading, sentence: Sentence, hit: Hit) -> bool:
    """Tell whether words only say what a service is that is named right after or before them."""
    if any(o.label.startswith("actor:") and o.start <= hit.start < o.end for o in sentence.hits):
        return False
    return any(
        other.label.startswith("actor:") and reading.gap(hit, other) == 0 for other in sentence.hits
    )


def _letters(
    reading: Reading, sentence: Sentence, known: Collection[int]
) -> Iterator[tuple[Hit, str, float]]:
    """Yield what is called by its letters alone and says something: a firm, an authority."""
    said = sentence.of("said")
    if not said or sentence.in_title or not reading.words.cased:
        return
    text = reading.text_of(sentence)
    meant = {p for hit in sentence.hits for p in range(hit.first, hit.last)}
    for place, word in enumerate(sentence.words):
        if not (_LEAST <= len(word.text) <= _MOST_LETTERS and is_short(word.text)):
            continue
        if place in meant or word.start in known:
            continue
        if text[max(0, word.start - 1) : word.start] in ("(", "-", "‑"):
            continue
        hit = Hit("letters", place, place + 1, 0, word.start, word.end)
        if _nearest(reading, hit, said) <= 2:
            yield hit, "Its letters say something.", 0.9


def _denies(reading: Reading, sentence: Sentence, hit: Hit, sides: _Sides) -> bool:
    """Tell whether somebody only denies, and no state that is blamed stands nearer to it."""
    away = [country for code, country in reading.countries(sentence) if code in sides.away]
    for deny in sentence.of("deny"):
        if reading.gap(hit, deny) > _DENIAL * (2 if reading.words.verb_last else 1):
            continue
        closer = reading.gap(hit, deny)
        if all(reading.gap(country, deny) >= closer for country in away):
            return True
    return False


def _is_common(reading: Reading, sentence: Sentence, hit: Hit) -> bool:
    """Tell whether an authority is told of by common words alone: its intelligence agency."""
    words = sentence.words[hit.first : hit.last]
    return reading.words.cased and len(words) > 1 and not any(word.capital for word in words)


def _is_proper(sentence: Sentence, hit: Hit) -> bool:
    """Tell whether the name of an authority is its own: an abbreviation, several words, a name."""
    if any(o.label.startswith("actor:") and o.start == hit.start for o in sentence.hits):
        return True
    words = sentence.words[hit.first : hit.last]
    whole = _followed(sentence, hit.last)
    least = 3 if UNSPACED.match(words[0].text) else 2
    many = whole - hit.first >= least
    return many or (words[0].text.isupper() and len(words[0].text) > 1) or len(words[0].key) > 11


def _whole(reading: Reading, sentence: Sentence, hit: Hit) -> Hit:
    """Return an authority with the name that follows it, and with its letters in brackets."""
    last = hit.last
    words = sentence.words
    known = any(o.label.startswith("actor:") and o.start == hit.start for o in sentence.hits)
    if hit.label == "agency" and words[hit.first].capital and not known:
        last = _followed(sentence, last)
    end = words[last - 1].end
    text = reading.text_of(sentence)
    if last < len(words) and words[last].text.isupper() and hit.label != "name":
        after = words[last]
        if text[end : after.start] == " (" and text[after.end : after.end + 1] == ")":
            last, end = last + 1, after.end + 1
    return Hit(hit.label, hit.first, last, hit.stem, hit.start, end)


def _followed(sentence: Sentence, last: int) -> int:
    """Return where the name ends that follows an authority: Staatsanwaltschaft Flensburg."""
    words = sentence.words
    if last + 1 < len(words) and words[last].key in ("de", "di", "van", "of", "w", "v", "za"):
        free = all(not other.first <= last + 1 < other.last for other in sentence.of("name"))
        last += 2 * (words[last + 1].capital and free)
    elif last < len(words) and words[last].capital and words[last].text.isalpha():
        free = all(not other.first <= last < other.last for other in sentence.hits)
        if free and words[last].start - words[last - 1].end == 1:
            last += 1
    return last


def _nearest(reading: Reading, hit: Hit, others: Collection[Hit]) -> float:
    return min(
        (reading.gap(hit, other) for other in others if other.start != hit.start), default=99.0
    )
