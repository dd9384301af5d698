"""Weighted draws that cost little: values are drawn by the thousand and handed out one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import accumulate, chain
from random import Random
from typing import TypeVar

T = TypeVar("T")
AT_ONCE = 4096


def weighted(rng: Random, weights: Mapping[T, float]) -> Callable[[], T]:
    """Return a function that draws a key of `weights`, as often as its weight says."""
    return _drawing(rng, list(weights), list(weights.values()))


def evenly(rng: Random, items: Sequence[T]) -> Callable[[], T]:
    """Return a function that draws one of `items`, each as often."""
    return _drawing(rng, items, [1.0] * len(items))


def zipf(rng: Random, items: Sequence[T], exponent: float = 1.0) -> Callable[[], T]:
    """Return a function that draws one of `items`, the n-th as often as 1/n to a power."""
    return _drawing(rng, items, zipf_weights(len(items), exponent))


def zipf_weights(count: int, exponent: float = 1.0) -> list[float]:
    """Return the weights of `count` ranks."""
    return [1 / rank**exponent for rank in range(1, count + 1)]


def _drawing(rng: Random, items: Sequence[T], weights: Sequence[float]) -> Callable[[], T]:
    refill = partial(rng.choices, items, cum_weights=list(accumulate(weights)), k=AT_ONCE)
    # The sentinel is never drawn: `refill` returns lists.
    return chain.from_iterable(iter(refill, None)).__next__
