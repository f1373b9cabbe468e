"""Sets of days of a window, for thousands of cells at a time: the arithmetic of `concurrency.Days`, on whole numbers.

Bit n stands for the n-th day of the window, of which the first is day 0. So the days of both sides are `&`, of either
`|`, of one alone `& ~`, and `int.bit_count` says how many they are. A property test holds them equal to sets of days.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache

from services.timeline.runs import Run, iso

Days = int
NO_DAYS: Days = 0


def until(day: int) -> Days:
    """All days before it."""
    return (1 << day) - 1


def of_run(run: Run, window: Run) -> Days:
    """Those of its days that are in the window."""
    first, after = window
    start, end = max(run[0], first), min(run[1], after)
    return until(end - first) ^ until(start - first) if start < end else NO_DAYS


def between(edges: Sequence[int], window: Run) -> Days:
    """Those in the window, of runs of which each begins at one edge and ends at the next (`members.Extents.edges`)."""
    first, after = window
    at, last = bisect_right(edges, first), bisect_left(edges, after)
    days = until(after - first) if last % 2 else NO_DAYS
    for edge in edges[at:last]:
        days ^= until(edge - first)
    return days


def runs_of(days: Days, window: Run) -> list[Run]:
    """As runs of days that neither overlap nor touch, the earliest first."""
    first, _ = window
    edges = days ^ days << 1  # a run's first day, and the day after its last one
    found = []
    while edges:
        start = edges & -edges
        edges ^= start
        end = edges & -edges
        edges ^= end
        found.append((first + start.bit_length() - 1, first + end.bit_length() - 1))
    return found


@lru_cache(2_000)
def periods(days: Days, window: Run) -> list[tuple[str, str]]:
    """Inclusive, as ISO 8601 writes dates; leave the list as it is."""
    return [(iso(start), iso(end - 1)) for start, end in runs_of(days, window)]
