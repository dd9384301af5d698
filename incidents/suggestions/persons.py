"""Names of persons: words with capitals, or beside an office, that are no place and no country."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from incidents import gazetteer

from .reading import Reading
from .texts import UNSPACED, Hit, Sentence, Word

_LONGEST: Final = 3
_SPEAKS: Final = 12
_FULL: Final = 2
_DASHES: Final = ("-", "‑", "–")
_LETTERS: Final = 5
_OFFICE: Final = 6
_TOWN: Final = 300_000
# A word of no more letters, of which several are capitals, is no name: KaPo.
_MIXED: Final = 5
_KOREAN: Final = "[\uac00-\ud7a3]{3,4}"
# How Korean names of ministries, parties and agencies end.
_BODIES: Final = ("당", "부", "성", "청", "원", "국", "처", "실", "회", "위", "군", "서")
# How persons are called whose name is not told: Daniel K., M. G.
INITIALS: Final = "initials"
# Of these no name is made, where none has a capital letter.
_NO_NAME: Final = frozenset(
    (
        *("في", "من", "على", "الی", "عن", "ان", "قد", "مع", "بعد", "قبل", "هذا", "هذه", "التی"),
        *("در", "از", "به", "با", "که", "را", "این", "آن", "نیز", "هم"),
        *("के", "की", "का", "में", "ने", "से", "को", "और", "है", "कि", "पर"),
        *("של", "את", "על", "עם", "כי", "גם", "לא", "זה", "הוא"),
        *("და", "რომ", "ამ", "ეს"),
    )
)
# How far from a word of each meaning a name may stand.
_ANCHORS: Final = {
    **{"role": 3, "agency": 2, "said": 4},
    **{"arrest": 16, "court": 8, "vessel": 2, "accuse": 3, "wanted": 16},
}
# Where every noun has a capital, two of them are no name so far off.
_NOUNS: Final = {"role": 3, "agency": 2, "vessel": 2, "accuse": 3, "arrest": 8, "wanted": 8}
# An age behind a name: John Smith, 39, or Jan Novák (39).
_AGED: Final = re.compile(r",? ?\(?[1-9]\d[),]")
_PARTICLES: Final = {"de", "van", "von", "der", "den", "al", "el", "bin", "ben", "da", "di", "la"}


def mark(reading: Reading) -> None:
    """Add to each sentence the names of persons in it; ships bear names alike."""
    for sentence in reading.sentences:
        if reading.words.cased:
            sentence.add(
                [hit for hit in _capitals(reading, sentence) if _anchored(reading, sentence, hit)]
            )
            sentence.add(list(_initials(reading, sentence)))
        else:
            sentence.add(list(_beside_offices(reading, sentence)))


def _anchored(reading: Reading, sentence: Sentence, hit: Hit) -> bool:
    """Tell whether somebody of this name holds an office, speaks, is charged, or is a ship.

    Whose age is told is a person anyhow.
    """
    if _AGED.match(reading.text_of(sentence), hit.end):
        return True
    reach = _NOUNS if reading.words.nouns else _ANCHORS
    return any(
        other.label in reach and reading.gap(hit, other) <= reach[other.label]
        for other in sentence.hits
    )


def _capitals(reading: Reading, sentence: Sentence) -> Iterator[Hit]:
    """Yield two or three words with capitals in a row that mean nothing else."""
    other: set[int] = set()
    ships = sentence.has("vessel")
    text = reading.text_of(sentence)
    for hit in sentence.hits:
        other.update(range(hit.first, hit.last))
    words = sentence.words
    after_office = {hit.last for hit in sentence.of("role")}
    # Some last names are those of countries in another case, or of peoples.
    lands = {
        hit.first
        for hit in sentence.hits
        if hit.label.startswith("country:")
        and hit.last - hit.first == 1
        and words[hit.first].capital
        and words[hit.first].start - words[hit.first - 1].end == 1
    }
    place = 0
    while place < len(words):
        last = place
        while (
            last < len(words)
            and last - place < _LONGEST + 1
            and (
                _is_name(words, last, place, other, ships=ships)
                or (last - place == 1 and place in after_office and last in lands)
            )
        ):
            last += 1
        while last > place and words[last - 1].key in _PARTICLES:
            last -= 1
        if _is_full(sentence, text, place, last):
            yield Hit("name", place, last, 0, words[place].start, words[last - 1].end)
        place = max(last, place + 1)


def _is_full(sentence: Sentence, text: str, first: int, last: int) -> bool:
    """Tell whether words are a whole name: two at least, and not one that is joined by a dash."""
    words = sentence.words[first:last]
    if len(words) < _FULL or all(word.text.isupper() for word in words):
        return False
    if all(text[one.end : two.start] in _DASHES for one, two in pairwise(words)):
        return False
    return not _is_town(text[words[0].start : words[-1].end])


def _is_town(name: str) -> bool:
    """Tell whether a name is rather that of a large town: New York."""
    return any(town.people >= _TOWN for town in gazetteer.named(name))


def _initials(reading: Reading, sentence: Sentence) -> Iterator[Hit]:
    """Yield names of which a letter and a point are told."""
    if not sentence.has("arrest", "court", "wanted"):
        return
    words, text = sentence.words, reading.text_of(sentence)
    meant = {p for hit in sentence.hits for p in range(hit.first, hit.last)}
    for place, (word, after) in enumerate(pairwise(words)):
        if not (word.capital and after.capital and len(after.text) == 1):
            continue
        pointed = text[after.end : after.end + 1] == "."
        between = text[word.end : after.start]
        joined = (". ", ".") if len(word.text) == 1 else (" ",)
        if pointed and between in joined and not {place, place + 1} & meant:
            yield Hit(INITIALS, place, place + 2, 0, word.start, after.end)


def _is_name(words: list[Word], place: int, first: int, other: set[int], *, ships: bool) -> bool:
    word = words[place]
    if place in other:
        return False
    if place > first:
        # Names are not parted by a point or a comma.
        if word.start - words[place - 1].end > 1:
            return False
        if word.key in _PARTICLES:
            return True
        if word.text.isdecimal():
            return ships
        return word.capital
    body = is_short(word.text) and len(word.text) > 2
    return word.capital and word.text.isalpha() and len(word.text) > 1 and not body


def is_short(text: str) -> bool:
    """Tell whether a word abbreviates the name of a body: in capitals, or few and mixed letters."""
    return text.isupper() or (len(text) <= _MIXED and sum(map(str.isupper, text)) > 1)


def _beside_offices(reading: Reading, sentence: Sentence) -> Iterator[Hit]:
    """Yield the words beside an office, in scripts without capitals."""
    words, text = sentence.words, reading.text_of(sentence)
    meant = {p for hit in sentence.hits for p in range(hit.first, hit.last)}
    step = -1 if reading.words.name_last else 1
    for hit in sentence.of("role"):
        place = hit.first - 1 if reading.words.name_last else hit.last
        beside = words[place].start if 0 <= place < len(words) else hit.end
        if ":" in text[hit.end : beside]:
            continue
        # Between an office and a name may stand what it is the office of.
        for _ in range(_OFFICE):
            if 0 <= place < len(words) and (place in meant or _is_no_name(words[place])):
                place += step
        run = _hangul(words, _run(words, place, step, meant))
        if not _is_whole(reading, run, words) and not reading.words.name_last:
            run = _before_comma(words, hit, meant, text)
        if _is_whole(reading, run, words) and _speaks(reading, sentence, run):
            yield Hit("name", run[0], run[-1] + 1, 0, words[run[0]].start, words[run[-1]].end)


def _before_comma(words: list[Word], office: Hit, meant: set[int], text: str) -> list[int]:
    """Return the words that begin a sentence and stand before an office and a comma."""
    if not office.first or not set("،,").intersection(
        text[words[office.first - 1].end : office.start]
    ):
        return []
    run = _run(words, office.first - 1, -1, meant)
    return run if run and run[0] == 0 else []


def _hangul(words: list[Word], run: list[int]) -> list[int]:
    """Return of Korean words beside an office the name alone, without the body it is of."""
    names = [at for at in run if re.fullmatch(_KOREAN, words[at].text)]
    if len(run) < _FULL or len(names) < len(run):
        return run
    plain = [at for at in names if not words[at].text.endswith(_BODIES)]
    return plain[-1:] or names[-1:]


def _run(words: list[Word], place: int, step: int, meant: set[int]) -> list[int]:
    """Return the places of words in a row that mean nothing else, in order."""
    run: list[int] = []
    most = _LETTERS if 0 <= place < len(words) and UNSPACED.match(words[place].text) else 2
    while 0 <= place < len(words) and len(run) < most and place not in meant:
        if (
            words[place].text.isdecimal()
            or words[place].key in _NO_NAME
            or (run and not _adjoin(words[place], words[run[-1]]))
        ):
            break
        run.append(place)
        place += step
    return sorted(run)


def _is_no_name(word: Word) -> bool:
    """Tell whether a word begins no name; in Arabic, because it has an article."""
    return word.key in _NO_NAME or word.key.startswith("ال")


def _adjoin(one: Word, other: Word) -> bool:
    first, second = sorted((one, other), key=lambda word: word.start)
    return second.start - first.end <= 1


def _is_whole(reading: Reading, run: list[int], words: list[Word]) -> bool:
    """Tell whether words can be a whole name; a Korean one is a single word."""
    if len(run) == 1:
        return bool(re.fullmatch(_KOREAN, words[run[0]].text))
    return len(run) > 1


def _speaks(reading: Reading, sentence: Sentence, run: list[int]) -> bool:
    reach = _SPEAKS * 3 if reading.words.verb_last or not reading.words.spaced else _SPEAKS
    return any(
        abs(said.first - place) <= reach for said in sentence.of("said", "accuse") for place in run
    )
