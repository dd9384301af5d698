"""What reading the 64 worst texts costs, at 4,096, 16,384 and 65,536 characters.

    .venv/bin/python -m tests.scratch linear --times 3

The least of so many times of the processor is told for each text and each reader of texts. What
takes more than six times as long at four times the length, or more than half a second, is marked.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable
from typing import Final

from articles.extraction.origins import origin
from articles.similarity import signature
from articles.text import slugged
from incidents.resembling import signs
from incidents.suggestions import Article, suggest
from tests.suggestions.worst import LENGTHS, WORST, written

MOST_RATIO: Final = 6.0
MOST_SECONDS: Final = 0.5
# So little is not told apart from nothing.
_LEAST: Final = 0.001
_URL: Final = "https://a.example/2024/03/01/x"
READERS: Final[dict[str, Callable[[str], object]]] = {
    "suggestion": lambda text: suggest(Article("", text, _URL, "2024-03-01")),
    "suggestion of a title": lambda text: suggest(Article(text, "", _URL, "2024-03-01")),
    "same incident": lambda text: signs(text, text, urls=[_URL], published="2024-03-01"),
    "origin": origin,
    "fingerprint": signature,
    "slug": slugged,
}


def spent(read: Callable[[str], object], text: str, times: int = 1) -> float:
    """Return the least time of the processor that reading a text takes, in seconds."""
    least = float("inf")
    for _ in range(times):
        gc.collect()
        begun = time.process_time()
        read(text)
        least = min(least, time.process_time() - begun)
    return least


def main(arguments: list[str]) -> int:
    """Tell what each text costs; return 1 where one costs too much."""
    parser = argparse.ArgumentParser(prog="linear")
    parser.add_argument("--times", "--count", type=int, default=3)
    parser.add_argument("--only", choices=READERS, help="one reader of texts")
    asked = parser.parse_args(arguments)
    over = 0
    for reader, read in READERS.items():
        if asked.only not in (None, reader):
            continue
        _tell(f"{reader}: seconds at {', '.join(map(str, LENGTHS))} characters, ratio")
        for name, worst in WORST.items():
            read(written(worst, 2000))
            *_short, middle, long = took = [
                spent(read, written(worst, length), asked.times) for length in LENGTHS
            ]
            ratio = long / max(middle, _LEAST)
            bad = ratio > MOST_RATIO or long > MOST_SECONDS
            over += bad
            told = " ".join(f"{seconds:7.3f}" for seconds in took)
            _tell(f"  {name:34} {told}  {ratio:5.2f}{'  OVER' if bad else ''}")
    _tell(f"{over} over {MOST_RATIO} or {MOST_SECONDS} s")
    return int(over > 0)


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
