"""Which kinds of events an article tells of: meanings that stand together in a sentence."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from incidents.codebook import EventType as E

from .reading import Reading, Suggestion
from .texts import Sentence

# Kinds with less than this share of the strongest one are background, unless they are plain.
SHARE: Final = 0.25
WEAKEST: Final = 0.85
PLAIN: Final = 1.4
MOST: Final = 7


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of event, shown by one meaning out of each group in the same sentence.

    `near` is needed somewhere in the article, `no` must not stand in the sentence. Where it may be
    `joined`, one word says both: Wahleinmischung.
    """

    kind: str
    groups: tuple[str, ...]
    strength: float = 1.0
    near: str = ""
    no: str = ""
    within: int = 40
    joined: bool = False

    def fits(self, sentence: Sentence, reading: Reading) -> bool:
        """Tell whether a sentence says so."""
        if not all(sentence.has(*group.split("|")) for group in self.groups):
            return False
        if self.no and sentence.has(*self.no.split("|")):
            return False
        if self.near and not reading.anywhere(*self.near.split("|")):
            return False
        return len(self.groups) == 1 or self._close(sentence, reading)

    def _close(self, sentence: Sentence, reading: Reading) -> bool:
        """Tell whether the first two groups stand close to each other."""
        one, other = (sentence.of(*group.split("|")) for group in self.groups[:2])
        return any(
            (self.joined or a.start != b.start) and reading.gap(a, b) <= self.within
            for a in one
            for b in other
        )


RULES: Final = (
    Rule(E.ARSON, ("arson",), 1.5),
    Rule(E.ARSON, ("fire", "sabotage|order|hybrid"), 0.8),
    Rule(E.EXPLOSIVE_DEVICE, ("explosive",), 1.0, no="drone"),
    Rule(
        E.INFRASTRUCTURE_DAMAGE,
        ("rail|grid", "damage|sabotage|explosive"),
        1.2,
        no="cyber|cyb|hacker|malware|ddos",
    ),
    Rule(E.INFRASTRUCTURE_DAMAGE, ("cable", "damage|sabotage"), 1.0, no="undersea"),
    Rule(E.INFRASTRUCTURE_DAMAGE, ("sabotage",), 0.8),
    Rule(E.UNDERSEA_DAMAGE, ("cable", "damage|sabotage"), 1.5, near="undersea|vessel"),
    Rule(E.UNDERSEA_DAMAGE, ("cable", "undersea"), 0.8, near="damage|sabotage|shadow", joined=True),
    Rule(E.UNDERSEA_DAMAGE, ("undersea", "damage|sabotage"), 1.0, near="cable"),
    Rule(E.VANDALISM, ("vandal",), 1.3),
    Rule(E.VANDALISM, ("symbol", "damage|vandal"), 0.9),
    Rule(E.VANDALISM, ("symbol", "paint"), 1.2, within=12),
    Rule(E.CONTAMINATION, ("contaminate",), 1.3),
    Rule(E.ASSASSINATION, ("murderplot",), 1.2),
    Rule(E.ASSASSINATION, ("kill", "order|service|dissident|spy"), 1.0, no="war", within=12),
    Rule(E.ASSAULT_THREAT, ("assault",), 1.0),
    Rule(E.ASSAULT_THREAT, ("attacked", "dissident|person"), 1.0, no="cyb|cyber|hacker", within=6),
    Rule(E.BOMB_THREAT_HOAX, ("bombthreat",), 1.6),
    Rule(E.BOMB_THREAT_HOAX, ("explosive", "threat"), 1.4, within=4),
    Rule(E.CYBER_DISRUPTION, ("ddos",), 1.6),
    Rule(E.CYBER_DISRUPTION, ("website", "down|attack"), 1.0),
    Rule(E.CYBER_DISRUPTION, ("cyber|hacker", "down|website|damage"), 1.0),
    Rule(E.CYBER_DISRUPTION, ("cyber",), 1.0),
    Rule(E.CYBER_DISRUPTION, ("cyb", "attack"), 1.0, within=3),
    Rule(E.CYBER_DISRUPTION, ("hacker", "grid|site"), 1.2),
    Rule(E.CYBER_DESTRUCTION, ("wiper",), 1.0, near="cyber|cyb|malware|hacker"),
    Rule(E.CYBER_INTRUSION, ("breach",), 1.0, near="cyber|cyb|malware|hacker"),
    Rule(E.CYBER_INTRUSION, ("malware",), 1.0),
    Rule(E.CYBER_INTRUSION, ("cyber|cyb|hacker", "spy|data"), 1.2, joined=True),
    Rule(E.CYBER_INTRUSION, ("cyber|cyb|hacker", "network"), 1.1, within=12),
    Rule(E.CYBER_INTRUSION, ("cyber|cyb|hacker", "service"), 0.8, no="ddos|down|website|grid"),
    Rule(E.HACK_LEAK, ("leak", "data"), 1.2, near="cyber|cyb|hacker"),
    Rule(E.HACK_LEAK, ("leak",), 0.8, near="cyber|cyb|hacker", no="money"),
    Rule(E.CYBER_INTRUSION, ("leak", "money"), 1.0, near="cyber|cyb|hacker"),
    Rule(E.INFO_OPERATION, ("disinfo",), 1.2),
    Rule(E.FORGERY_IMPERSONATION, ("forgery",), 1.0),
    Rule(E.GNSS_INTERFERENCE, ("gnss", "jam"), 1.6, joined=True),
    Rule(E.DRONE_INCURSION, ("drone", "airspace|site|violate|seen|border"), 1.5, joined=True),
    Rule(E.DRONE_INCURSION, ("drone", "foiled|suspicious"), 1.0),
    Rule(E.AIRSPACE_VIOLATION, ("airspace", "violate"), 1.3, no="drone"),
    Rule(E.AIRSPACE_VIOLATION, ("warplane", "airspace"), 1.0),
    Rule(E.AIRSPACE_VIOLATION, ("balloon",), 1.5),
    Rule(E.MARITIME_SUSPICIOUS, ("shadow",), 0.7),
    Rule(E.SURVEILLANCE_RECON, ("spy",), 1.2),
    Rule(E.SURVEILLANCE_RECON, ("expel", "diplomat"), 1.0, within=8, joined=True),
    Rule(E.SURVEILLANCE_RECON, ("recon", "site|rail|service|order|spy|dissident"), 0.8),
    Rule(E.RECRUITMENT_INFILTRATION, ("recruit", "service|spy|order|sabotage"), 0.8),
    Rule(E.ELECTION_COVERT_FUNDING, ("election", "meddle"), 1.3, within=8, joined=True),
    Rule(E.ELECTION_COVERT_FUNDING, ("votebuying",), 1.3),
    Rule(E.TRANSNATIONAL_REPRESSION, ("repression",), 1.5),
    Rule(E.MIGRATION_INSTRUMENTALISED, ("migrant", "border"), 0.8, near="push|hybrid|regime"),
    Rule(E.MIGRATION_INSTRUMENTALISED, ("migrant", "push"), 1.2, joined=True),
    Rule(E.ECONOMIC_ENERGY_COERCION, ("coercion",), 1.5),
    Rule(E.SUSPICIOUS_EVENT, ("suspicious", "incidents"), 0.8, no="drone|balloon"),
    Rule(E.SUSPICIOUS_EVENT, ("breakin", "grid|site|suspicious"), 1.0),
)
# The rules of which each meaning is in the first group, in the order of `RULES`.
_BEGUN: Final = {
    label: [place for place, rule in enumerate(RULES) if label in rule.groups[0].split("|")]
    for label in {label for rule in RULES for label in rule.groups[0].split("|")}
}
# What makes a sentence tell of an event at all.
ACTS: Final = frozenset(
    label for rule in RULES for label in rule.groups[0].split("|") if len(rule.groups) == 1
) | {"hybrid", "gnss", "cyb", "attack"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event, how strongly the article speaks of it, and where first."""

    value: str
    score: float
    sentence: Sentence
    meanings: tuple[str, ...]
    sentences: tuple[Sentence, ...] = ()


def weighed(reading: Reading) -> list[Kind]:
    """Return all kinds that an article speaks of, the strongest first."""
    scores: dict[str, float] = {}
    best: dict[str, tuple[float, Sentence, Rule]] = {}
    every: dict[str, list[Sentence]] = {}
    for sentence in reading.sentences:
        seen: dict[str, Rule] = {}
        begun = {place for label in sentence.by_label for place in _BEGUN.get(label, ())}
        for rule in (RULES[place] for place in sorted(begun)):
            stronger = rule.kind not in seen or rule.strength > seen[rule.kind].strength
            if stronger and rule.fits(sentence, reading):
                seen[rule.kind] = rule
        for kind, rule in seen.items():
            weight = rule.strength * sentence.weight
            scores[kind] = scores.get(kind, 0.0) + weight
            every.setdefault(kind, []).append(sentence)
            if kind not in best or weight > best[kind][0] + (1.0 if best[kind][1].in_title else 0):
                best[kind] = (weight, sentence, rule)
    _settle(scores, reading)
    return [
        Kind(kind, score, best[kind][1], best[kind][2].groups, tuple(every[kind]))
        for kind, score in sorted(scores.items(), key=lambda item: -item[1])
        if score > 0
    ]


def _settle(scores: dict[str, float], reading: Reading) -> None:
    """Take away what another kind says better."""
    if E.UNDERSEA_DAMAGE in scores:
        for lesser in (E.INFRASTRUCTURE_DAMAGE, E.MARITIME_SUSPICIOUS):
            scores.pop(lesser, None)
    if E.MARITIME_SUSPICIOUS in scores and len(scores) > 1:
        scores.pop(E.MARITIME_SUSPICIOUS)
    if E.SUSPICIOUS_EVENT in scores and len(scores) > 2:
        scores[E.SUSPICIOUS_EVENT] *= 0.5
    intrusion, disruption = (scores.get(k, 0) for k in (E.CYBER_INTRUSION, E.CYBER_DISRUPTION))
    # An attack that only looks and takes is told as an attack all the same.
    if intrusion >= disruption > 0 and not reading.anywhere("ddos", "down"):
        scores.pop(E.CYBER_DISRUPTION)
    # What a drone carried is part of it.
    if scores.get(E.EXPLOSIVE_DEVICE, 0) <= scores.get(E.DRONE_INCURSION, 0):
        scores.pop(E.EXPLOSIVE_DEVICE, None)
    if (
        E.BOMB_THREAT_HOAX in scores
        and scores.get(E.EXPLOSIVE_DEVICE, 0) <= 2 * scores[E.BOMB_THREAT_HOAX]
    ):
        scores.pop(E.EXPLOSIVE_DEVICE, None)


def kinds(reading: Reading, found: list[Kind], happened: Collection[str]) -> list[Suggestion]:
    """Return the kinds to suggest: the strongest, and those not far behind.

    The first one is told of where a country of the event is named, if any is.
    """
    if not found or found[0].score < WEAKEST:
        return []
    least = max(WEAKEST, min(PLAIN, SHARE * found[0].score))
    strong = [kind for kind in found[:MOST] if kind.score >= least]
    countries = {f"country:{code}" for code in happened}
    there = [kind for kind in strong if _is_told_of(reading, kind, countries)]
    ordered = [*there[:1], *(kind for kind in strong if kind not in there[:1])]
    return [Suggestion(kind.value, kind.sentence.evidence, _why(reading, kind)) for kind in ordered]


def _is_told_of(reading: Reading, kind: Kind, countries: Collection[str]) -> bool:
    """Tell whether a kind stands in a title, or in or beside a sentence with one of `countries`."""
    return any(
        sentence.in_title or near.has(*countries)
        for sentence in kind.sentences
        for near in reading.sentences[max(0, sentence.place - 1) : sentence.place + 2]
    )


def _why(reading: Reading, kind: Kind) -> str:
    said = []
    for group in kind.meanings:
        for hit in kind.sentence.of(*group.split("|"))[:1]:
            said.append(f"“{reading.quote(kind.sentence.at(hit))}”")
    return (
        f"{' and '.join(said)} in one sentence." if len(said) > 1 else f"The text says {said[0]}."
    )
