"""Lines of the table: what took how long beside its limit, and whether its goal holds."""

from __future__ import annotations

from dataclasses import dataclass

from .cases import Goal


@dataclass(frozen=True, slots=True)
class Line:
    """Two medians in milliseconds, and the goal that they are held against."""

    database: str
    size: int
    group: str
    goal: str
    ours: str
    limit: str
    took: float | None
    limit_took: float | None
    rounds: int
    asks: str
    verdict: str


HEAD = (
    f"{'goal':>5}  {'what':<38} {'ms':>10}  {'beside':<32} {'ms':>10} {'ratio':>8} "
    f"{'runs':>5}  {'asks':<26} verdict"
)


def shown(line: Line) -> str:
    """Return a line as it is printed."""
    ratio = line.took / line.limit_took if line.took and line.limit_took else None
    what = line.ours if line.ours.startswith(line.group) else f"{line.group}: {line.ours}"
    what = what.removeprefix("count: ").removesuffix(": ours")
    return (
        f"{line.goal:>5}  {what:<38} {_number(line.took):>10}  {line.limit:<32} "
        f"{_number(line.limit_took):>10} {'' if ratio is None else f'{ratio:.3g}':>8} "
        f"{line.rounds or '':>5}  {line.asks:<26} {line.verdict}"
    )


def _number(milliseconds: float | None) -> str:
    return "" if milliseconds is None else f"{milliseconds:,.1f}"


def asked(goal: Goal, kind: str, size: int) -> str:
    """Say what a goal asks of a database of a kind and size, or nothing where it asks nothing."""
    if size < goal.least_size:
        return ""
    said = []
    if goal.at_most and kind in goal.at_most:
        said.append(f"at most {goal.at_most[kind]:g}x")
        if goal.granted:
            said.append(f"or +{goal.granted:g} ms")
    if goal.at_least and kind in goal.at_least:
        said.append(f"{goal.at_least[kind]:g}x as fast")
    if goal.rss and said:
        said.append(f"+{goal.rss} MB")
    return ", ".join(said)


def verdict(goal: Goal, kind: str, size: int, took: float, limit: float, grown: float) -> str:
    """Say whether a goal holds; nothing where there is none for a database of a kind and size."""
    if not asked(goal, kind, size):
        return ""
    holds = True
    if goal.at_most and kind in goal.at_most:
        holds &= took <= goal.at_most[kind] * limit or took <= limit + goal.granted
    if goal.at_least and kind in goal.at_least:
        holds &= limit >= goal.at_least[kind] * took
    told = ""
    if goal.rss:
        holds &= grown <= goal.rss
        told = f" (grew {grown:.0f} MB)"
    return f"{'holds' if holds else 'misses'}{told}"


def growth(lines: list[Line], allowed_for_pages: float = 1.5) -> list[str]:
    """Say how much longer the same took with more incidents: pages alike, counts in proportion."""
    took: dict[tuple[str, str, str], dict[int, float]] = {}
    for line in lines:
        if line.took is not None:
            took.setdefault((line.database, line.group, line.ours), {})[line.size] = line.took
    said = []
    for (database, group, ours), by_size in took.items():
        small, large = min(by_size), max(by_size)
        if small == large:
            continue
        page = group.startswith("page")
        allowed = allowed_for_pages if page else 1.1 * large / small
        grew = by_size[large] / by_size[small]
        said.append(
            f"{database:<11} {group}: {ours}: {small:,} to {large:,} records {grew:.2f}x, "
            f"at most {allowed:g}x: {'holds' if grew <= allowed else 'misses'}"
        )
    return said
