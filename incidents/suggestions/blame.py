"""Which states an article holds responsible, and how: asserted, hinted at, denied, ruled out.

A state is weighed by how its name stands to words of blame, of command and of hostile acts, and
by how often reports of this kind blame it. Nationality blames nobody: a Russian hacker, a
Ukrainian citizen and what came "from the side of Belarus" are no state's act.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from incidents.codebook import Stance

from .claimants import OFTEN, Claimant, behind
from .directory import Directory
from .kinds import ACTS
from .reading import FIRST, Reading, Suggestion
from .texts import LEANINGS, Evidence, Hit, Sentence, leans

ENOUGH: Final = 1.2
# A state that is blamed by less than this share of what blames another one is background.
SHARE: Final = 0.2
# How readily a state is believed to be meant: how often the starter incidents blame it, after
# those that they blame most.
_SOMETIMES: Final = frozenset(
    ("IL", "TR", "IN", "PK", "RS", "AZ", "VE", "SA", "SY", "CU", "US", "AE")
)
_HOSTILE: Final = (
    *("sabotage", "disinfo", "hybrid", "meddle", "spy", "cyber", "coercion", "attack"),
    *("warplane", "shadow", "drone"),
)
_ACTIVE: Final = ACTS | {
    "push",
    "arrest",
    "violate",
    "damage",
    "meddle",
    "drone",
    "breach",
    "jam",
    "recruit",
    "recon",
    "balloon",
}
_TELLING: Final = (*_HOSTILE, "jam", "service", "order", "accuse", "regime", "deny", "diplomat")
_ONLINE: Final = ("hacker", "malware", "ddos", "disinfo")
_SUBJECT: Final = 3
_CLAUSE: Final = 14
# So far behind "against" a state is who it is against, and so far before "was hit" who was hit.
_AGAINST: Final = 1
_HIT: Final = 5
# What a persona that is known to serve a state adds, where the text blames the state.
_TIED: Final = 0.8
# What a sentence of the background says of a state.
_BEFORE: Final = 0.3


@dataclass(slots=True)
class Blame:
    """A state, how strongly it is blamed, and the words that say so best.

    `past` is what earlier cases, told as background, add to it; `actor` is what the directory calls
    the service or group of it that is named.
    """

    state: str
    strength: float = 0.0
    past: float = 0.0
    best: float = 0.0
    evidence: Evidence = field(default_factory=lambda: Evidence(0, 0))
    sentence: Sentence | None = None
    why: str = ""
    claimant: Claimant | None = None
    actor: str = ""
    stances: list[Stance] = field(default_factory=list)

    @property
    def stance(self) -> Stance:
        """What the article says at most."""
        for stance in (Stance.ASSERTS, Stance.SUGGESTS, Stance.RULES_OUT):
            if stance in self.stances:
                return stance
        return Stance.DENIES


def named(reading: Reading, directory: Directory) -> list[Blame]:
    """Return the states that words of blame stand beside, whatever is known of them."""
    found: dict[str, Blame] = {}
    tied: set[str] = set()
    # What is tried in court happened in an earlier year.
    tried = any(s.has("court") for s in reading.sentences if s.in_title or s.number < FIRST)
    for sentence in reading.sentences:
        past = reading.is_background(sentence) and (not tried or sentence.has("date:before"))
        share = _BEFORE if past else 1.0
        telling = sentence.of(*_TELLING)
        states = [
            (c, hit, *_strength(reading, sentence, hit, telling))
            for c, hit in reading.countries(sentence)
        ]
        for place, (code, hit, strength, why) in enumerate(states):
            # "Russia and China": what is said of one is said of both.
            for _code, other, others, beside in states[max(0, place - 1) : place + 2]:
                if others > strength and other is not hit and reading.gap(hit, other) <= 1:
                    strength, why = others, beside
            _add(found, sentence, code, hit, share * strength, why)
            if past and code in found:
                found[code].past += (1 - share) * strength * min(sentence.weight, 1.5)
        for hit, actor in directory.named(sentence):
            told = sentence.has(*_ACTIVE, *_ONLINE, "order", "accuse", "service")
            if told and actor.blames and actor.state:
                _add(found, sentence, actor.state, hit, 1.3, f"{actor.name} belongs to it")
                found[actor.state].actor = found[actor.state].actor or actor.name
            elif actor.state and not actor.watches:
                tied.add(actor.state)
    for state in tied & set(found):
        found[state].strength += _TIED
    return list(found.values())


def blamed(
    reading: Reading,
    states: Iterable[Blame],
    happened: Collection[str] = (),
    *,
    ever: bool = False,
) -> list[Blame]:
    """Return those of the states that an article blames, the most blamed first.

    `happened` are the countries of the event, which are seldom blamed for it; states that are
    blamed for earlier cases alone are among them if they are asked for as blamed `ever`.
    """
    believed = (
        replace(
            blame,
            strength=(blame.strength + ever * blame.past)
            * _prior(blame.state, reading.home or reading.said_home, happened),
        )
        for blame in states
    )
    kept = list(believed)
    least = max((blame.strength for blame in kept), default=0.0) * SHARE
    enough = [blame for blame in kept if blame.strength >= max(ENOUGH, least)]
    for blame in enough:
        blame.claimant = behind(reading, blame.sentence, happened) if blame.sentence else None
    return sorted(enough, key=lambda blame: -blame.strength)


def believable(state: str) -> bool:
    """Tell whether reports blame a state often enough to believe it before the place is known."""
    return state in OFTEN or state in _SOMETIMES


def suggestions(reading: Reading, found: Collection[Blame]) -> list[Suggestion]:
    """Return the states to suggest."""
    return [
        Suggestion(
            blame.state,
            blame.evidence,
            f"“{reading.quote(blame.evidence)}”: {blame.why}; the text {_SAYS[blame.stance]}.",
        )
        for blame in found
    ]


_SAYS: Final = {
    Stance.ASSERTS: "asserts it",
    Stance.SUGGESTS: "suggests it",
    Stance.DENIES: "says that it is denied",
    Stance.RULES_OUT: "rules it out",
}


def _add(
    found: dict[str, Blame],
    sentence: Sentence,
    code: str,
    hit: Hit,
    strength: float,
    why: str,
) -> None:
    if strength <= 0:
        return
    blame = found.setdefault(code, Blame(code))
    weight = strength * min(sentence.weight, 1.5)
    blame.strength += weight
    blame.stances.append(stance(sentence))
    if weight > blame.best or (blame.evidence.in_title and not sentence.in_title):
        blame.best, blame.sentence = weight, sentence
        blame.evidence, blame.why = sentence.at(hit), why


def stance(sentence: Sentence) -> Stance:
    """Return what a sentence makes of its own accusation."""
    if sentence.has("accident") and sentence.has("ruledout"):
        return Stance.RULES_OUT
    if sentence.has("deny") and not sentence.has("order"):
        return Stance.DENIES
    if sentence.has("maybe") or sentence.asks:
        return Stance.SUGGESTS
    return Stance.ASSERTS


def _prior(state: str, home: str, happened: Collection[str]) -> float:
    """Return how readily a state is believed to be meant."""
    prior = 1.0 if state in OFTEN else 0.6 if state in _SOMETIMES else 0.25
    if state == home or state in happened:
        prior *= 0.1
    return prior


def _strength(
    reading: Reading, sentence: Sentence, hit: Hit, telling: list[Hit]
) -> tuple[float, str]:
    """Return how strongly a sentence blames a state, and by what."""
    if _is_pro(reading, sentence, hit):
        return 0.0, ""
    acts = sentence.has(*_ACTIVE, "order", "accuse", "hacker", "foiled", "expel")
    if sentence.has("policy", "sport") and not acts:
        return 0.0, ""
    best: tuple[float, str] = (0.0, "")
    victim = _is_victim(reading, sentence, hit)
    group = any(reading.gap(hit, other) <= 1 for other in sentence.of("hacker", "person"))
    for other in telling:
        gap = reading.gap(hit, other)
        found: tuple[float, str] = (0.0, "")
        if other.start == hit.start or gap > 6:
            continue
        if victim and other.label not in ("accuse", "deny"):
            continue
        if (
            other.label == "service"
            and gap <= 2
            and (acts or sentence.has("order", "accuse"))
            and not sentence.is_parted(hit, other, reading.text_of(sentence))
            and not any(reading.gap(other, who) <= 1 for who in sentence.of("unnamed"))
            and not _tells(sentence, hit, other)
        ):
            found = (1.6, "a service of the state is named")
        elif (
            other.label == "order"
            and gap <= 5
            and not _is_for_another(reading, sentence, hit, other)
            and not _is_of_another(reading, sentence, hit, other)
        ):
            found = (1.4, "somebody is said to act for it")
        elif other.label == "accuse" and gap <= 6 and not group:
            found = (1.3, "it is accused")
        elif other.label in _HOSTILE and gap <= 1 and not group:
            found = (1.3, "the act is called its own")
        elif other.label == "regime" and gap <= 2 and (acts or sentence.has("push")):
            found = (1.4, "its authorities are said to have part in it")
        elif other.label == "jam" and gap <= 3:
            found = (1.0, "the interference is said to come from it")
        elif other.label == "diplomat" and gap <= 1 and sentence.has("expel"):
            found = (1.5, "its diplomats are expelled")
        elif other.label == "deny" and gap <= 4:
            found = (0.7, "it denies")
        if found[0] > best[0]:
            best = found
    begins = hit.first <= _SUBJECT or any(
        0 <= hit.first - said.last <= _SUBJECT for said in sentence.of("said")
    )
    speaks = any(reading.gap(hit, other) <= 1 for other in sentence.of("role"))
    if not best[0] and begins and not (group or victim or speaks) and _acts_after(sentence, hit):
        best = (0.85, "it is the subject of a hostile act")
    return best


def _tells(sentence: Sentence, hit: Hit, service: Hit) -> bool:
    """Tell whether a service only says what it knows: "US intelligence discovered that …"."""
    ends = max(hit.last, service.last)
    that = {other.first for other in sentence.of("date:that")}
    return any(other.first == ends and other.last in that for other in sentence.of("said"))


def _is_victim(reading: Reading, sentence: Sentence, hit: Hit) -> bool:
    """Tell whether a state is acted against, or what is its own was hit."""
    return any(0 <= hit.first - other.last <= _AGAINST for other in sentence.of("against")) or any(
        hit.last <= other.first and reading.gap(hit, other) <= _HIT for other in sentence.of("hit")
    )


def _is_for_another(reading: Reading, sentence: Sentence, hit: Hit, order: Hit) -> bool:
    """Tell whether words of command stand right before another state: X says it works for Y."""
    if 0 <= hit.first - order.last <= 1:
        return False
    return hit.last <= order.first and any(
        other.label != hit.label and 0 <= other.first - order.last <= 1
        for _code, other in reading.countries(sentence)
    )


def _is_of_another(reading: Reading, sentence: Sentence, hit: Hit, order: Hit) -> bool:
    """Tell whether another state stands right before words of command: X says that Y ordered it."""
    return any(
        other.label != hit.label and hit.last <= other.first and 0 <= order.first - other.last <= 1
        for _code, other in reading.countries(sentence)
    )


def _acts_after(sentence: Sentence, hit: Hit) -> bool:
    return any(
        o.label in _ACTIVE and 0 <= o.first - hit.last < _CLAUSE and o.start != hit.start
        for o in sentence.hits
    )


def _is_pro(reading: Reading, sentence: Sentence, hit: Hit) -> bool:
    """Tell whether a name stands for a leaning: pro-Russian, anti-Iranian."""
    if leans(sentence.words[hit.first].key):
        return True
    if hit.first == 0:
        return False
    before = sentence.words[hit.first - 1]
    between = reading.text_of(sentence)[before.end : hit.start]
    return between in ("-", "‑", "–", " ", "") and before.key in LEANINGS
