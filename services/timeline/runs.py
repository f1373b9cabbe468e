"""Days whatever the window, as runs: what is kept of who works when, and what pages draw and say.

A day is its number (`date.toordinal`); a run is half-open, from its first day up to and without the day after its last
one. `Runs` are sorted, and neither overlap nor touch. A property test holds them equal to a count day by day.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter

Run = tuple[int, int]
Runs = tuple[Run, ...]


def inclusive(first: date, last: date) -> Run:
    """From the first to the last day, both counted."""
    return first.toordinal(), last.toordinal() + 1


def dates(run: Run) -> tuple[date, date]:
    """Its first and its last day."""
    start, end = run
    return date.fromordinal(start), date.fromordinal(end - 1)


def union(runs: Iterable[Run]) -> Runs:
    """Of runs in any order."""
    found: list[Run] = []
    last_start, last_end = 0, -1
    for start, end in sorted(runs):
        if start > last_end:
            if last_end > last_start:
                found.append((last_start, last_end))
            last_start, last_end = start, end
        elif end > last_end:
            last_end = end
    if last_end > last_start:
        found.append((last_start, last_end))
    return tuple(found)


def clip(runs: Runs, window: Run) -> Runs:
    first, after = window
    found = []
    for at in range(bisect_right(runs, first, key=itemgetter(1)), len(runs)):
        start, end = runs[at]
        if start >= after:
            break
        found.append((max(start, first), min(end, after)))
    return tuple(found)


def less(one: Runs, other: Runs) -> Runs:
    """The days of one that are not in the other."""
    found = []
    for start, end in one:
        left = start
        for other_start, other_end in other:
            if other_end <= left:
                continue
            if other_start >= end:
                break
            if other_start > left:
                found.append((left, other_start))
            left = other_end
        if left < end:
            found.append((left, end))
    return tuple(found)


def number(runs: Runs) -> int:
    """Of their days."""
    days = 0
    for start, end in runs:
        days += end - start
    return days


def read(periods: Iterable[Sequence[str]]) -> Runs:
    """Of inclusive periods, as `days.periods` writes them."""
    return tuple(inclusive(date.fromisoformat(first), date.fromisoformat(last)) for first, last in periods)


@lru_cache(100_000)
def iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
