"""The initiatives of a goal in a sector, whatever the window, and who of them works on which days of one.

Plain columns, as a large city's are a hundred thousand initiatives, and each process keeps them.
"""

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import compress
from typing import Any, NamedTuple, Self, TypeVar

from services.timeline import runs
from services.timeline.runs import Run, Runs

NEVER = 2**31 - 1
"""Stands where the days of an undated one would."""
LAST_DAY = date.max.toordinal()

FIRST_GOAL, FIRST_GOAL_AND_OPEN, OTHER_GOAL = b"1o2"
"""Over all goals each initiative counts once: where the goal is its first one. Open: it has no first or no last day."""


class Present(NamedTuple):
    """A side in a window: how many initiatives have a day in it, how many are undated, on which days they run."""

    n: int = 0
    undated: int = 0
    days: Runs = ()
    first_dated: int = 0
    first_undated: int = 0
    first_open: int = 0

    @property
    def anybody(self) -> bool:
        return bool(self.n or self.undated)


ABSENT = Present()


@dataclass(frozen=True, eq=False)
class Workers:
    """The initiatives of a side that have a day in the window: id → their days in it."""

    days_of: Mapping[bytes, Run]
    _met: dict[Runs, frozenset[bytes]] = field(default_factory=dict)

    @cached_property
    def ids(self) -> frozenset[bytes]:
        return frozenset(self.days_of)

    def met(self, days: Runs) -> frozenset[bytes]:
        """Those that have one of these days; remembered, as most of a city stays as it is when one is moved."""
        known = self._met.get(days)
        if known is None:
            if len(self._met) >= MOST_MET:
                self._met.clear()
            found = (id_ for id_, (start, end) in self.days_of.items() if runs.meets(days, start, end))
            known = self._met[days] = frozenset(found)
        return known


MOST_MET = 50
"""Days of others that are remembered: of each sector, of all together, and of some before a change."""


@dataclass(frozen=True)
class Extents:
    """Runs, counted: how many have a day in a window is a question of their sorted ends alone."""

    starts: "array[int]"
    ends: "array[int]"

    @classmethod
    def of(cls, starts: Iterable[int], ends: Iterable[int]) -> Self:
        return cls(array("i", sorted(starts)), array("i", sorted(ends)))

    def within(self, window: Run) -> int:
        first, after = window
        return bisect_left(self.starts, after) - bisect_right(self.ends, first)


WINDOWS, WINDOWS_OF_EACH = 8, 2
"""In which a side is remembered, and in which each of its initiatives is: of many years that is much more."""
Found = TypeVar("Found")


@dataclass(frozen=True, eq=False)
class Members:
    """The initiatives of a side, column by column: a city's are a hundred thousand, kept in each process."""

    ids: bytes
    starts: "array[int]"
    ends: "array[int]"
    kinds: bytes
    _present_in: dict[Run, Present] = field(default_factory=dict)
    _working_in: dict[Run, Workers] = field(default_factory=dict)

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        """Of a row of `work.MEMBERS`."""
        return cls(row["ids"], numbers(row["starts"]), numbers(row["ends"]), row["kinds"].encode())

    def __len__(self) -> int:
        return len(self.starts)

    def with_(self, new: "Members", *, instead_of: Collection[bytes]) -> "Members":
        ids = split(self.ids)
        kept = [id_ not in instead_of for id_ in ids]
        return Members(
            b"".join(compress(ids, kept)) + new.ids,
            array("i", compress(self.starts, kept)) + new.starts,
            array("i", compress(self.ends, kept)) + new.ends,
            bytes(compress(self.kinds, kept)) + new.kinds,
        )

    def within(self, window: Run) -> Present:
        return self._kept(self._present_in, window, self._within, WINDOWS)

    @staticmethod
    def _kept(known: dict[Run, Found], window: Run, ask: Callable[[Run], Found], windows: int) -> Found:
        found = known.get(window)
        if found is None:
            if len(known) >= windows:
                known.clear()
            found = known[window] = ask(window)
        return found

    def _within(self, window: Run) -> Present:
        return Present(
            self._all.within(window),
            self._undated,
            runs.clip(self._days, window),
            self._firsts.within(window),
            self._first_undated,
            self._open_firsts.within(window),
        )

    @cached_property
    def _all(self) -> Extents:
        return Extents.of(self.starts, self.ends)

    @cached_property
    def _firsts(self) -> Extents:
        return self._of({FIRST_GOAL, FIRST_GOAL_AND_OPEN})

    @cached_property
    def _open_firsts(self) -> Extents:
        return self._of({FIRST_GOAL_AND_OPEN})

    def _of(self, kinds: Collection[int]) -> Extents:
        chosen = [kind in kinds for kind in self.kinds]
        return Extents.of(compress(self.starts, chosen), compress(self.ends, chosen))

    @cached_property
    def _days(self) -> Runs:
        return runs.union((start, end) for start, end in zip(self.starts, self.ends, strict=True) if start != NEVER)

    def days_without(self, id_: bytes, window: Run) -> Runs:
        """On which any of them but this one runs."""
        first, after = window
        others = (
            (start, end)
            for number, (start, end) in enumerate(zip(self.starts, self.ends, strict=True))
            if start < after and end > first and self._id(number) != id_
        )
        return runs.clip(runs.union(others), window)

    @cached_property
    def _undated(self) -> int:
        return self.starts.count(NEVER)

    @cached_property
    def _first_undated(self) -> int:
        return sum(start == NEVER and kind != OTHER_GOAL for start, kind in zip(self.starts, self.kinds, strict=True))

    def working(self, window: Run) -> "Workers":
        """Those with a day in the window, on their days in it."""
        return self._kept(self._working_in, window, self._working, WINDOWS_OF_EACH)

    def _working(self, window: Run) -> "Workers":
        first, after = window
        return Workers(
            {
                self._id(number): (max(start, first), min(end, after))
                for number, (start, end) in enumerate(zip(self.starts, self.ends, strict=True))
                if start < after and end > first
            }
        )

    def first_days(self, window: Run) -> Iterator[tuple[bytes, int]]:
        """Those with a day in the window, with the first one, and the undated ones, with the last day that there is."""
        first, after = window
        for number, (start, end) in enumerate(zip(self.starts, self.ends, strict=True)):
            if start < after and end > first:
                yield self._id(number), max(start, first)
            elif start == NEVER:
                yield self._id(number), LAST_DAY

    def _id(self, number: int) -> bytes:
        return self.ids[16 * number : 16 * number + 16]


NO_MEMBERS = Members(b"", array("i"), array("i"), b"")


def numbers(sent: bytes) -> "array[int]":
    """Of PostgreSQL's `int4send`."""
    found = array("i", sent)
    if sys.byteorder == "little":
        found.byteswap()
    return found


def split(ids: bytes) -> list[bytes]:
    return [ids[at : at + 16] for at in range(0, len(ids), 16)]
