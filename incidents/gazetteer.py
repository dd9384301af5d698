"""Towns by any of their names: a gazetteer that needs no network (docs/adr/0010-gazetteer.md).

The names stay one block of bytes with the offsets of its lines, so that a quarter of a million of
them cost 7 MB and no text is made of those that nobody asks for.
"""

from __future__ import annotations

import gzip
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress, islice
from pathlib import Path
from typing import Final

from articles.countries import COUNTRIES
from articles.text import tokens

SOURCE: Final = Path(__file__).parent / "data/gazetteer.tsv.gz"
ATTRIBUTION: Final = "Place names: GeoNames (geonames.org), CC BY 4.0."
MOST_FOUND: Final = 12
LONGEST_NAME: Final = 120
SHORTEST_STEM: Final = 4
MOST_BEGUN: Final = 200
# No valid UTF-8 holds this byte: it stands after every continuation of a prefix.
_AFTER: Final = b"\xff"


@dataclass(frozen=True, slots=True)
class Town:
    """A town; its coordinates are those of its middle, to three decimals."""

    name: str
    country: str
    region: str
    lat: str
    lon: str
    people: int

    def __str__(self) -> str:
        parts = dict.fromkeys((self.name, self.region, COUNTRIES[self.country]))
        return f"{', '.join(filter(None, parts))} ({self.lat}, {self.lon})"


class _Lines(Sequence[bytes]):
    """The lines of a block of bytes, cut out as they are read."""

    def __init__(self, block: bytes) -> None:
        self.block = block
        self.starts = array("I", [0])
        start = 0
        for line in block.splitlines(keepends=True):
            start += len(line)
            self.starts.append(start)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, index: int) -> bytes:  # type: ignore[override]  # no slices
        return self.block[self.starts[index] : self.starts[index + 1] - 1]

    def letters(self, index: int) -> int:
        """Return how long a line is."""
        line = self[index]
        return len(line) if line.isascii() else len(line.decode())


class _Gazetteer:
    """The towns, most people first, and all their names in order."""

    def __init__(self, data: bytes) -> None:
        towns, _empty, names = data.partition(b"\n\n")
        first = towns.rindex(b"\n#") + 1
        self.towns = _Lines(towns[towns.index(b"\n", first) + 1 :] + b"\n")
        keys: list[bytes] = []
        self.town_of = array("H")
        self.first = array("B")
        for line in names.splitlines():
            key, _tab, number = line.partition(b"\t")
            keys.append(key)
            self.town_of.append(int(number.rstrip(b"*")))
            self.first.append(number.endswith(b"*"))
        self.names = _Lines(b"\n".join(keys) + b"\n")
        self.countries = array("H", (self._country(town) for town in self.towns))

    @staticmethod
    def _country(town: bytes) -> int:
        return int.from_bytes(town.split(b"\t", 2)[1], "big")

    def town(self, number: int) -> Town:
        """Return one town."""
        name, country, region, lat, lon, people = self.towns[number].decode().split("\t")
        return Town(name, country, region, lat, lon, int(people))

    def between(self, low: bytes, high: bytes) -> slice:
        """Return where the names from `low` to `high` stand."""
        return slice(bisect_left(self.names, low), bisect_right(self.names, high))

    def exactly(self, name: bytes) -> slice:
        """Return where a name stands."""
        first = last = bisect_left(self.names, name)
        while last < len(self.names) and self.names[last] == name:
            last += 1
        return slice(first, last)

    def within(self, found: Iterable[int], country: str | None) -> list[int]:
        """Return those of the towns that lie in a country, most people first."""
        if country is None:
            return sorted(set(found))
        code = int.from_bytes(country.encode(), "big")
        return sorted({number for number in found if self.countries[number] == code})


@cache
def _gazetteer() -> _Gazetteer:
    return _Gazetteer(gzip.decompress(SOURCE.read_bytes()))


def find(prefix: str, country: str | None = None) -> list[Town]:
    """Return at most 12 towns with a name that begins with `prefix`, in any script.

    Those with exactly this name come first, then those whose first name begins with it, then those
    with another name that does; among these, those with more people.
    """
    key = _key(prefix)
    if not key:
        return []
    known = _gazetteer()
    exact = known.exactly(key)
    begun = known.between(key, key + _AFTER)
    towns = known.town_of[begun]
    found = dict.fromkeys(known.within(known.town_of[exact], country))
    found |= dict.fromkeys(known.within(compress(towns, known.first[begun]), country))
    if len(found) < MOST_FOUND:
        found |= dict.fromkeys(known.within(towns, country))
    return [known.town(number) for number in islice(found, MOST_FOUND)]


def named(name: str) -> list[Town]:
    """Return every town of exactly this name, in any script, most people first."""
    key = _key(name)
    if not key:
        return []
    known = _gazetteer()
    exact = known.town_of[known.exactly(key)]
    return [known.town(number) for number in known.within(exact, None)]


@cache
def unspaced() -> frozenset[str]:
    """Return the first two letters of the names in scripts from Thai on, most without spaces."""
    known = _gazetteer()
    names = known.between("\u0e00".encode(), _AFTER)
    return frozenset(
        known.names[at].decode().replace(" ", "")[:2] for at in range(names.start, names.stop)
    )


def inflected(name: str, endings: int) -> list[Town]:
    """Return towns that differ from `name` in at most so many last letters.

    Those that share more of it come first, then those with more people.
    """
    key = _key(name).decode()
    known = _gazetteer()
    found: dict[int, None] = {}
    for cut in range(1, endings + 1):
        stem = key[:-cut]
        if len(stem) < SHORTEST_STEM:
            break
        begun = known.between(stem.encode(), stem.encode() + _AFTER)
        places = range(begun.start, min(begun.stop, begun.start + MOST_BEGUN))
        fit = (p for p in places if known.names.letters(p) <= len(stem) + endings)
        found |= dict.fromkeys(known.within((known.town_of[place] for place in fit), None))
    return [known.town(number) for number in found]


def _key(name: str) -> bytes:
    """Return a name as names are compared; what is longer than any name is nobody's."""
    return " ".join(tokens(name)).encode() if len(name) <= LONGEST_NAME else b""
