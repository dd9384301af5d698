"""Files of words: what may stand in them, and how each kind of entry is found."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from babel import localedata

from incidents.codebook import Sector
from incidents.suggestions.kinds import RULES
from incidents.suggestions.matching import LONGEST_STEM, Matcher
from incidents.suggestions.texts import words
from incidents.suggestions.vocabulary import FOLDER, languages, phrases, vocabulary

DOCUMENT = Path(__file__).parents[2] / "docs" / "languages.md"
FILES = sorted(FOLDER.glob("*.toml"))
ASKED = [
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "sv",
    "da",
    "no",
    "fi",
    "et",
    "lv",
    "lt",
    "pl",
    "cs",
    "sk",
    "hu",
    "ro",
    "bg",
    "sr",
    "hr",
    "sl",
    "mk",
    "sq",
    "el",
    "uk",
    "ru",
    "be",
    "ka",
    "tr",
    "az",
    "ar",
    "fa",
    "he",
    "id",
    "ms",
    "zh",
    "ja",
    "ko",
    "vi",
    "hi",
]
PARTS = ("words", "dates", "numbers", "sectors", "countries")
# These number their months.
NUMBERED = ("ja", "ko", "zh", "vi")
# A language without these finds next to nothing.
NEEDED = {
    *("drone", "sabotage", "arson", "explosive", "cyber", "disinfo", "spy", "gnss", "jam", "said"),
    *("order", "accuse", "service", "role", "agency", "arrest", "court", "probe", "incidents"),
}
# What is hit most often, in every language.
TARGETS = {"energy", "transport", "health", "public_administration", "military_defence"}


def table(path: Path) -> dict[str, dict[str, str]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def found(phrase: str, text: str, *, proclitics: tuple[str, ...] = ()) -> list[str]:
    matcher = Matcher(proclitics)
    matcher.add("it", phrase)
    said = list(words(text))
    return [text[hit.start : hit.end] for hit in matcher.hits(said)]


def test_every_language_asked_for_has_a_file() -> None:
    assert not set(ASKED) - set(languages())


@pytest.mark.parametrize("language", languages())
def test_a_language_has_the_words_that_rules_need(language: str) -> None:
    known = vocabulary(language).matcher
    labels = {
        phrase.label
        for index in (known.exact, known.opening, known.inside, known.unspaced)
        for entries in index.values()
        for phrase in entries
    }

    assert not (NEEDED | {f"sector:{target}" for target in TARGETS}) - labels
    assert {"country:RU", "country:AL"} <= labels
    assert {"month:1", "month:12"} <= labels or language in NUMBERED
    assert localedata.exists(language.replace("no", "nb"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_meaning_that_no_rule_knows_is_no_meaning(path: Path) -> None:
    known = set(table(FOLDER / "en.toml")["words"]) | {"hacker", "cyb", "unit", "money", "letters"}

    assert not set(table(path).get("words", {})) - known
    assert not set(table(path).get("sectors", {})) - set(Sector.values)


def test_every_meaning_of_a_rule_has_english_words_and_is_explained() -> None:
    meanings = {one for rule in RULES for group in rule.groups for one in group.split("|")}
    english = vocabulary("en").matcher
    labels = {
        p.label for index in (english.exact, english.opening) for e in index.values() for p in e
    }
    explained = DOCUMENT.read_text(encoding="utf-8")

    assert not meanings - labels
    assert not [
        label for label in table(FOLDER / "en.toml")["words"] if f"`{label}`" not in explained
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_entry_is_empty_or_all_star(path: Path) -> None:
    parts = [part for name, part in table(path).items() if name in PARTS]
    lines = [line for part in parts for line in part.values()]

    assert all(phrase.strip("*^ ") for line in lines for phrase in phrases(line))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_stem_is_longer_than_what_is_looked_up(path: Path) -> None:
    entries = [
        word.strip("*^")
        for name, part in table(path).items()
        if name in PARTS
        for said in part.values()
        for entry in said.split(",")
        for word in entry.split()
        if word.endswith("*")
    ]

    assert [stem for stem in entries if len(stem) > LONGEST_STEM] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_entry_stands_twice_in_a_line(path: Path) -> None:
    lines = {
        (name, meaning): [entry.strip() for entry in said.split(",")]
        for name, part in table(path).items()
        if name in PARTS
        for meaning, said in part.items()
    }

    assert not [line for line, entries in lines.items() if len(set(entries)) < len(entries)]


def test_a_phrase_of_command_does_not_hide_the_state_in_it() -> None:
    matcher = Matcher()
    matcher.add("order", "in the service of russia*")
    matcher.add("ignore", "russia* house")
    matcher.add("country:RU", "russia*")

    def meant(text: str) -> set[str]:
        return {hit.label for hit in matcher.hits(list(words(text)))}

    assert meant("spies in the service of Russia") == {"order", "country:RU"}
    assert meant("a reading at Russia House") == {"ignore"}


def test_a_plain_word_is_exactly_that_word() -> None:
    assert found("cable", "a cable, two cables") == ["cable"]


def test_a_star_behind_stands_for_any_ending() -> None:
    assert found("kabel*", "Zwei Kabel und ein Kabelbruch") == ["Kabel", "Kabelbruch"]


def test_a_star_before_finds_parts_of_joined_words() -> None:
    assert found("*kabel*", "Das Unterseekabel riss") == ["Unterseekabel"]


def test_a_phrase_is_words_in_a_row() -> None:
    assert found("nuclear* plant*", "over nuclear plants; nuclear, not a plant") == [
        "nuclear plants"
    ]


def test_case_and_accents_make_no_difference() -> None:
    assert found("sabotáž*", "SABOTAŻE") == ["SABOTAŻE"]


def test_an_entry_with_a_roof_needs_a_capital() -> None:
    assert found("^čín*", "činy v Číně") == ["Číně"]


def test_an_entry_with_an_equals_sign_needs_its_accents() -> None:
    assert found("=mają", "mają, maja, Mają") == ["mają", "Mają"]


def test_an_abbreviation_is_found_in_capitals_only() -> None:
    assert found("US", "the US told us") == ["US"]


def test_without_spaces_a_phrase_is_found_where_it_stands() -> None:
    assert found("海底", "通往海底的电缆") == ["海底"]


def test_what_is_written_before_a_word_is_taken_off() -> None:
    assert found("روسيا", "وبروسيا", proclitics=("وب",)) == ["وبروسيا"]


def test_the_longer_phrase_hides_the_shorter_one() -> None:
    matcher = Matcher()
    matcher.add("explosive", "bomb*")
    matcher.add("bombthreat", "bomb threat*")

    assert [hit.label for hit in matcher.hits(list(words("bomb threats")))] == ["bombthreat"]


def test_a_language_without_a_file_still_finds_names_and_shared_words() -> None:
    known = vocabulary("ga")

    labels = {
        hit.label for hit in known.matcher.hits(list(words("Sabotage, GPS, drone in Estonia")))
    }

    assert {"sabotage", "gnss", "drone", "country:EE"} <= labels
