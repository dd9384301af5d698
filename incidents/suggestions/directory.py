"""Actors that reports name: services, groups and personas, by any of their names.

The names kept with the program stand in names.toml; the entries of the actor directory are
passed in by the caller, because rules read no database.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Final

from .matching import Matcher
from .texts import Hit, Sentence

SOURCE: Final = Path(__file__).with_name("names.toml")
# A name of so many letters in capitals is an abbreviation.
_ABBREVIATION: Final = 5
_INFLECTED: Final = 3
# Naming one of these kinds blames its state.
_BLAMING: Final = ("service", "proxy")
_WATCHING: Final = ("observer", "firm")


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor, the state it belongs or is tied to, and whether naming it blames that state.

    One that `watches` is named in reports as who investigates or tells, seldom as who acts; a
    `firm` does it for money.
    Its `phrases` are names of several words in every case, as the files of words write them.
    """

    name: str
    state: str = ""
    blames: bool = False
    aliases: tuple[str, ...] = ()
    watches: bool = False
    phrases: tuple[str, ...] = ()
    firm: bool = False


@dataclass(slots=True)
class Directory:
    """Actors and the phrases that name them."""

    actors: dict[str, KnownActor] = field(default_factory=dict)
    matcher: Matcher = field(default_factory=Matcher)
    _taken: set[str] = field(default_factory=set)

    def add(self, actor: KnownActor) -> None:
        """Learn an actor by its name and aliases, unless another one is called by that name."""
        if actor.name.casefold() in self._taken:
            return
        self._taken.update(name.casefold() for name in _names(actor))
        self.actors[actor.name] = actor
        names = map(_plain, (actor.name, *actor.aliases))
        for alias in dict.fromkeys(filter(None, names)):
            long = len(alias) > _ABBREVIATION and not alias.isupper() and " " not in alias
            self.matcher.add(
                f"actor:{actor.name}",
                f"{alias}*" if long and alias[-1].isalpha() else alias,
                tail=_INFLECTED,
                capital=alias[0].isupper(),
            )

        for phrase in actor.phrases:
            self.matcher.add(f"actor:{actor.name}", phrase, capital=phrase[0].isupper())

    def mark(self, sentences: Iterable[Sentence]) -> None:
        """Add to each sentence the actors that it names."""
        for sentence in sentences:
            for hit in self.matcher.hits(sentence.words):
                said = sentence.words[hit.first].text
                alias = self.actors[hit.label[6:]]
                short = hit.last - hit.first == 1 and len(said) <= _ABBREVIATION
                if short and said.isascii() and not _is_written(alias, said):
                    continue
                sentence.add([hit])
                if alias.watches:
                    sentence.add([hit._replace(label="agency")])
                if alias.firm:
                    sentence.add([hit._replace(label="firm")])

    def named(self, sentence: Sentence) -> Iterator[tuple[Hit, KnownActor]]:
        """Yield the actors that a sentence names."""
        for hit in sentence.hits:
            if hit.label.startswith("actor:"):
                yield hit, self.actors[hit.label[6:]]


def _plain(name: str) -> str:
    """Return a name without the signs that mean something in a phrase."""
    return " ".join(name.replace("*", " ").replace("^", " ").split())


def _is_written(actor: KnownActor, said: str) -> bool:
    return said.isupper() or said in (actor.name, *actor.aliases)


@cache
def known() -> tuple[KnownActor, ...]:
    """Return the actors that are kept with the program."""
    table = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return tuple(
        KnownActor(
            entry["name"],
            entry["state"],
            entry["kind"] in _BLAMING,
            tuple(alias for alias in entry["aliases"] if "*" not in alias),
            entry["kind"] in _WATCHING,
            tuple(alias for alias in entry["aliases"] if "*" in alias),
            entry["kind"] == "firm",
        )
        for entry in table["actor"]
    )


def directory(more: Iterable[KnownActor]) -> Directory:
    """Return the actors passed in, and those that are kept with the program.

    Of one that is both, what is kept tells what the names of the other do not: what naming it
    means, and what else it is called.
    """
    made = Directory()
    kept_by_name = {name.casefold(): actor for actor in known() for name in _names(actor)}
    for actor in more:
        same = next(filter(None, (kept_by_name.get(n.casefold()) for n in _names(actor))), None)
        made.add(_completed(actor, same) if same else actor)
    for actor in known():
        made.add(actor)
    return made


def _names(actor: KnownActor) -> tuple[str, ...]:
    return (actor.name, *actor.aliases)


def _completed(actor: KnownActor, same: KnownActor) -> KnownActor:
    return replace(
        same,
        name=actor.name,
        state=actor.state or same.state,
        aliases=(*actor.aliases, *_names(same)),
    )


@cache
def kept() -> Directory:
    """Return the actors that are kept with the program alone."""
    return directory(())
