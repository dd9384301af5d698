"""Whether an article reports a hybrid incident at all: points for and against, with reasons."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from incidents.codebook import EventType as E

from .blame import Blame
from .kinds import Kind
from .reading import Reading, path_words

ENOUGH: Final = 2.0
# Kinds that states use and crime seldom does.
_BY_NATURE: Final = frozenset(
    (
        E.GNSS_INTERFERENCE,
        E.DRONE_INCURSION,
        E.AIRSPACE_VIOLATION,
        E.UNDERSEA_DAMAGE,
        E.INFO_OPERATION,
        E.SURVEILLANCE_RECON,
        E.RECRUITMENT_INFILTRATION,
        E.ELECTION_COVERT_FUNDING,
        E.MIGRATION_INSTRUMENTALISED,
        E.TRANSNATIONAL_REPRESSION,
        E.BOMB_THREAT_HOAX,
        E.MARITIME_SUSPICIOUS,
        E.HACK_LEAK,
        E.ECONOMIC_ENERGY_COERCION,
    )
)
# Words of which a report of something that happened has one at least.
_TRACES: Final = (
    *("probe", "arrest", "court", "foiled", "damage", "down", "seen", "violate", "claimed"),
    *("accuse", "deny", "fire", "ruledout", "unnamed", "breach", "leak", "breakin"),
)
_CYBER: Final = frozenset((E.CYBER_DISRUPTION, E.CYBER_INTRUSION, E.CYBER_DESTRUCTION))
# Words that tie an act of crime to a state.
_TIES: Final = ("sabotage", "hybrid", "service", "spy", "claimed", "meddle")
_OPINION_PATHS: Final = frozenset(
    (
        *("opinion", "opinions", "opiniones", "opinioni", "opinie", "opinioes", "opinii"),
        *("meinung", "kommentar", "kommentare", "kommentarer", "debatt", "debat", "debate"),
        *("column", "columns", "columnas", "kolumne", "kolumny", "editorial", "editoriales"),
        *("blog", "blogs", "nazory", "nazor", "komentar", "komentari", "yazarlar", "mielipide"),
        *("arvamus", "velemeny", "mnenie", "commentisfree", "tribune", "tribunes", "ledare"),
        *("leder", "chronique"),
    )
)
_SPORT_PATHS: Final = frozenset(
    ["sport", "sports", "football", "futbol", "deportes", "sporten", "spor", "urheilu"]
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Points for or against, and why."""

    points: float
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an article is a report, its points and the reasons for them."""

    is_report: bool
    score: float
    reasons: tuple[Reason, ...]


def verdict(
    reading: Reading, kinds: Collection[Kind], blamed: Collection[Blame], happened: Collection[str]
) -> Verdict:
    """Return whether an article is a report of a hybrid incident."""
    reasons = tuple(
        reason for reason in _reasons(reading, kinds, blamed, happened) if reason.points
    )
    score = round(sum(reason.points for reason in reasons), 2)
    return Verdict(score >= ENOUGH and bool(kinds), score, reasons)


def _reasons(
    reading: Reading, kinds: Collection[Kind], blamed: Collection[Blame], happened: Collection[str]
) -> list[Reason]:
    ranked = sorted((kind.score for kind in kinds), reverse=True)
    top = ranked[0] if ranked else 0.0
    names = {kind.value for kind in kinds if kind.score >= 0.4 * top}
    by_nature = bool(names & _BY_NATURE)
    cyber = bool(names & _CYBER)
    acting = any(label.startswith("actor:") for s in reading.sentences for label in s.by_label)
    tied = bool(blamed) or acting or reading.anywhere(*_TIES)
    crime = not (by_nature or tied)
    acts = min(top + 0.25 * sum(ranked[1:5]), 3.0 if crime and not cyber else 6.0)
    return [
        Reason(0.5 * acts, "acts that the text tells of"),
        Reason(1.0 * by_nature, "of a kind that states use"),
        Reason((-1.2 if cyber else -2.0) * crime, "of a kind that crime uses; no state is named"),
        Reason(1.2 * bool(blamed), "a state is blamed"),
        Reason(0.8 * reading.anywhere("hybrid", "sabotage"), "sabotage or hybrid acts by name"),
        Reason(min(1.2, 0.4 * reading.count("arrest", "court", "probe")), "somebody investigates"),
        Reason(0.4 * reading.anywhere("foiled", "claimed"), "an attempt or a claim"),
        Reason(0.5 if happened else -0.6, "a place is known" if happened else "no place is known"),
        *_against(reading, blamed),
    ]


def _against(reading: Reading, blamed: Collection[Blame]) -> list[Reason]:
    """Return what speaks against a report."""
    path = path_words(reading.article.url)
    size = max(1.0, len(reading.sentences) / 12)
    official = bool(blamed) or reading.anywhere("court")
    policy = (0.25 if official else 0.5) * reading.count("policy") / size
    titles = [sentence for sentence in reading.sentences if sentence.in_title]
    lawmaking = any(sentence.has("policy") for sentence in titles) and not official
    drill = 2 * any(sentence.has("exercise") for sentence in titles)
    drill += max(0, reading.count("exercise") - 1)
    # One word alone may be that of somebody who is quoted, as whom they hold responsible.
    opinion = 1.2 * reading.count("opinion") - 0.8 * bool(blamed and reading.anywhere("opinion"))
    war = 0.9 * max(0, reading.count("war") - 1) / size
    traced = bool(blamed) or reading.anywhere(*_TRACES)
    return [
        Reason(0.0 if traced else -2.0, "nothing is said to have happened"),
        Reason(-min(6.0, 1.5 * max(0, reading.count("sport") - 1)), "words of sport"),
        Reason(-3.0 * bool(path & _SPORT_PATHS), "a page of sport"),
        Reason(-2.5 * bool(path & _OPINION_PATHS), "a page of opinion"),
        Reason(-min(3.0, opinion), "words of opinion"),
        Reason(-min(5.0, war), "words of war at a front"),
        Reason(-min(3.0, 1.0 * reading.count("ransom")), "ransom or ordinary crime"),
        Reason(-min(3.5, 1.6 * reading.count("accident")), "an accident"),
        Reason(-min(3.0, policy), "words of policy"),
        Reason(-1.5 * lawmaking, "a title of policy"),
        Reason(-min(3.5, (0.4 if official else 0.8) * drill / size), "an exercise"),
    ]
