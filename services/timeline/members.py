"""The initiatives of a goal in a sector, whatever the window, and who of them works on which days of one.

Plain columns, as a large city's are a hundred thousand initiatives, and each process keeps them.
"""

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import accumulate, chain, compress, count, islice, repeat
from typing import Any, NamedTuple, Self

from services.timeline import days
from services.timeline.days import NO_DAYS, Days
from services.timeline.runs import Run

NEVER = 2**31 - 1
"""Stands where the days of an undated one would."""
LAST_DAY = date.max.toordinal()

FIRST_GOAL, FIRST_GOAL_AND_OPEN, OTHER_GOAL = b"1o2"
"""Over all goals each initiative counts once: where the goal is its first one. Open: it has no first or no last day."""
IS_FIRST, IS_OPEN = (
    bytes(kind in chosen for kind in range(256))
    for chosen in ({FIRST_GOAL, FIRST_GOAL_AND_OPEN}, {FIRST_GOAL_AND_OPEN})
)
"""Kinds → whether they are, as `bytes.translate` reads it."""


class Present(NamedTuple):
    """A side in a window: how many initiatives have a day in it, how many are undated, on which days they run."""

    n: int = 0
    undated: int = 0
    days: Days = NO_DAYS

    @property
    def anybody(self) -> bool:
        return bool(self.n or self.undated)


ABSENT = Present()


Supports = Mapping[bytes, Sequence[Run]]
"""By the id of the central one, when those run that support it; `NEVER` where it isn't known."""


class Begun(NamedTuple):
    """An initiative, and its first day in a window: what bars are in the order of, and who moves is chosen by."""

    start: int
    id: bytes


BEGINNING = Begun(0, b"")
"""Before all."""


@dataclass(frozen=True, eq=False)
class Workers:
    """The initiatives of a side that have a day in the window. `runs`: each with all its days, as they are kept."""

    runs: Sequence[tuple[bytes, int, int]]
    window: Run
    _met: dict[Days, frozenset[bytes]] = field(default_factory=dict)

    @cached_property
    def ids(self) -> frozenset[bytes]:
        return frozenset([id_ for id_, _, _ in self.runs])

    @cached_property
    def days_of(self) -> Mapping[bytes, Run]:
        """Of each, those in the window."""
        first, after = self.window
        return {id_: (max(start, first), min(end, after)) for id_, start, end in self.runs}

    def met(self, others: Days) -> frozenset[bytes]:
        """Those that have one of these days; remembered, as most of a city stays as it is when one is moved."""
        first, after = self.window
        if others == days.until(after - first):
            return self.ids
        known = self._met.get(others)
        if known is None:
            if len(self._met) >= MOST_MET:
                self._met.clear()
            known = self._met[others] = frozenset(
                id_ for id_, (start, end) in self.days_of.items() if others >> start - first & days.until(end - start)
            )
        return known


MOST_MET = 50
"""Days of others that are remembered: of each sector, of all together, and of some before a change."""


class Extents(NamedTuple):
    """Runs, counted: how many have a day in a window is a question of their sorted ends alone."""

    starts: "array[int]"
    ends: "array[int]"

    @classmethod
    def of(cls, starts: Iterable[int], ends: Iterable[int]) -> Self:
        return cls(array("i", sorted(starts)), array("i", sorted(ends)))

    @classmethod
    def merged(cls, some: Iterable["Extents"]) -> Self:
        known = [*some]
        return cls.of(chain.from_iterable(one.starts for one in known), chain.from_iterable(one.ends for one in known))

    def within(self, window: Run) -> int:
        return bisect_left(self[0], window[1]) - bisect_right(self[1], window[0])

    @property
    def dated(self) -> int:
        """How many: the others come last, as `NEVER` does."""
        return bisect_left(self.starts, NEVER)

    def edges(self) -> "array[int]":
        """Where days begin on which any of them runs, and where they end, in turns.

        Between two of these days nobody runs where as many have ended as had begun, and the next begins later.
        """
        if not self.dated:
            return array("i")
        following = zip(self.ends, islice(self.starts, 1, self.dated))  # noqa: B905 - the last end has none
        idle = chain.from_iterable((end, start) for end, start in following if start > end)
        return array("i", (self.starts[0], *idle, self.ends[self.dated - 1]))


class Firsts(NamedTuple):
    """Those that count here over all goals, and of the dated ones those that are open; in a window."""

    dated: int = 0
    undated: int = 0
    open: int = 0


class FirstExtents(NamedTuple):
    """`Firsts`, whatever the window."""

    all: Extents
    open: Extents

    @classmethod
    def of(cls, members: "Members") -> Self:
        def chosen(kinds: bytes) -> Extents:
            flags = members.kinds.translate(kinds)
            return Extents.of(compress(members.starts, flags), compress(members.ends, flags))

        return cls(chosen(IS_FIRST), chosen(IS_OPEN))

    @classmethod
    def together(cls, sides: Iterable["Members"]) -> Self:
        """Of several sides; what is in order already takes little to sort."""
        known = [members.firsts for members in sides]
        return cls(Extents.merged(one.all for one in known), Extents.merged(one.open for one in known))

    def within(self, window: Run) -> Firsts:
        undated = len(self.all.starts) - self.all.dated
        return Firsts(self.all.within(window), undated, self.open.within(window))


WINDOWS_OF_EACH = 2
"""In which each initiative of a side is remembered."""


@dataclass(frozen=True, eq=False)
class Members:
    """The initiatives of a side, column by column: a city's are a hundred thousand, kept in each process.

    supported: the ids of central ones that these support; supporters: by which of these, by number, in the same order.
    """

    ids: bytes
    starts: "array[int]"
    ends: "array[int]"
    kinds: bytes
    supported: bytes = b""
    supporters: "array[int]" = field(default_factory=lambda: array("i"))
    _working_in: dict[Run, Workers] = field(default_factory=dict)

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        """Of a row of `work.MEMBERS`."""
        links = numbers(row["links"]) if row["supported"] else ()  # most have none
        supporters = array("i", chain.from_iterable(map(repeat, compress(count(), links), filter(None, links))))
        columns = (row["ids"], numbers(row["starts"]), numbers(row["ends"]), row["kinds"].encode())
        return cls(*columns, row["supported"], supporters)

    def __len__(self) -> int:
        return len(self.starts)

    def with_(self, new: "Members", *, instead_of: Collection[bytes]) -> "Members":
        ids = split(self.ids)
        kept = [id_ not in instead_of for id_ in ids]
        place = [*accumulate(kept, initial=0)]  # of those that are kept
        links = [
            (id_, place[number])
            for id_, number in zip(split(self.supported), self.supporters, strict=True)
            if kept[number]
        ]
        return Members(
            b"".join(compress(ids, kept)) + new.ids,
            array("i", compress(self.starts, kept)) + new.starts,
            array("i", compress(self.ends, kept)) + new.ends,
            bytes(compress(self.kinds, kept)) + new.kinds,
            b"".join(id_ for id_, _ in links) + new.supported,
            array("i", [*(number for _, number in links), *(place[-1] + number for number in new.supporters)]),
        )

    def within(self, window: Run) -> Present:
        return Present(self.number(window), self.undated, self.days(window))

    def days(self, window: Run) -> Days:
        """On which any of them runs."""
        return days.between(self.edges, window)

    def number(self, window: Run) -> int:
        """How many have a day in the window."""
        return self._all.within(window)

    def is_there(self, window: Run) -> bool:
        """Whether there is anybody in the window, or undated."""
        return bool(self.undated or self.number(window))

    @cached_property
    def _all(self) -> Extents:
        return Extents.of(self.starts, self.ends)

    @cached_property
    def firsts(self) -> FirstExtents:
        return FirstExtents.of(self)

    @cached_property
    def edges(self) -> "array[int]":
        return self._all.edges()

    @cached_property
    def supports(self) -> Supports:
        return supports_of([self])

    def days_without(self, id_: bytes, window: Run) -> Days:
        """On which any of them but this one runs."""
        first, after = window
        found = NO_DAYS
        for number, start, end in zip(count(), self.starts, self.ends):
            if start < after and end > first and self._id(number) != id_:
                found |= days.of_run((start, end), window)
        return found

    def last_end(self, day: int, window: Run) -> int | None:
        """The end of those that ended last, up to the day, and have one in the window."""
        ends = self._all.ends
        at = bisect_right(ends, day) - 1
        return ends[at] if at >= 0 and ends[at] > window[0] else None

    def next_start(self, day: int, window: Run) -> int | None:
        """The first day of those that begin next, from the day on, and have one in the window."""
        starts = self._all.starts
        at = bisect_left(starts, day)
        return starts[at] if at < len(starts) and starts[at] < window[1] else None

    def ending(self, end: int, window: Run) -> Iterator[Begun]:
        """Those with a day in the window that end there."""
        return self._begun(window, (number for number, one in enumerate(self.ends) if one == end > window[0]))

    def starting(self, start: int, window: Run) -> Iterator[Begun]:
        """Those with a day in the window that begin on this day."""
        return self._begun(window, (number for number, one in enumerate(self.starts) if one == start < window[1]))

    def on(self, day: int, window: Run) -> Iterator[Begun]:
        """Those that work on this day of the window."""
        numbered = zip(count(), self.starts, self.ends)
        return self._begun(window, (number for number, start, end in numbered if start <= day < end))

    def _begun(self, window: Run, numbers: Iterable[int]) -> Iterator[Begun]:
        return (Begun(max(self.starts[number], window[0]), self._id(number)) for number in numbers)

    @cached_property
    def undated(self) -> int:
        return self.starts.count(NEVER)

    def working(self, window: Run) -> Workers:
        found = self._working_in.get(window)
        if found is None:
            if len(self._working_in) >= WINDOWS_OF_EACH:
                self._working_in.clear()
            found = self._working_in[window] = self._working(window)
        return found

    def _working(self, window: Run) -> Workers:
        first, after = window
        runs = [
            (self._id(number), start, end)
            for number, start, end in zip(count(), self.starts, self.ends)
            if start < after and end > first
        ]
        return Workers(runs, window)

    def there(self, window: Run) -> Iterator[tuple[bytes, Run | None]]:
        """Those with a day in the window, with their days in it, and the undated ones, with none."""
        first, after = window
        for number, start, end in zip(count(), self.starts, self.ends):
            if start < after and end > first:
                yield self._id(number), (max(start, first), min(end, after))
            elif start == NEVER:
                yield self._id(number), None

    def begun(self, window: Run, after: Begun = BEGINNING) -> Iterator[Begun]:
        """Those that are there, in order: by the first day in the window, then by id; the undated ones come last, with
        the last day that there is. Only those after one; nobody is looked at before it is their turn, but for those
        that began before the window.
        """
        first, end = window
        if after.start <= first:
            in_progress = self._by_start[: self._begin(first + 1)]
            yield from self._after(after, (number for number in in_progress if self.ends[number] > first), first)
        for number in islice(self._by_start, self._begin(max(first + 1, after.start)), self._begin(end)):
            one = Begun(self.starts[number], self._id(number))
            if one > after:
                yield one
        yield from self._after(after, self._by_start[len(self) - self.undated :], LAST_DAY)

    def _after(self, after: Begun, numbers: Iterable[int], day: int) -> Iterator[Begun]:
        return (one for id_ in sorted(map(self._id, numbers)) if (one := Begun(day, id_)) > after)

    def _begin(self, day: int) -> int:
        """Before how many of them, `_by_start`, begin."""
        return bisect_left(self._by_start, day, key=self.starts.__getitem__)

    @cached_property
    def _by_start(self) -> "array[int]":
        """Their numbers, by their first days, then by their ids."""
        return array("i", sorted(range(len(self)), key=lambda number: (self.starts[number], self._id(number))))

    def _id(self, number: int) -> bytes:
        return self.ids[16 * number : 16 * number + 16]


NO_MEMBERS = Members(b"", array("i"), array("i"), b"")


def supports_of(sides: Iterable[Members]) -> Supports:
    """By any of several sides."""
    found: dict[bytes, list[Run]] = {}
    for members in sides:
        for id_, number in zip(split(members.supported), members.supporters, strict=True):
            found.setdefault(id_, []).append((members.starts[number], members.ends[number]))
    return found


def numbers(sent: bytes) -> "array[int]":
    """Of PostgreSQL's `int4send`."""
    found = array("i", sent)
    if sys.byteorder == "little":
        found.byteswap()
    return found


def split(ids: bytes) -> list[bytes]:
    return [ids[at : at + 16] for at in range(0, len(ids), 16)]
