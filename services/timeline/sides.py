"""The initiatives of a goal, side by side: centrally, and in each sector; and who of them is there in a window.

Kept goal by goal: where something is written of an initiative, its goals alone are looked at again.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, count
from uuid import UUID

from services.timeline import days
from services.timeline.days import Days
from services.timeline.members import NO_MEMBERS, Extents, FirstExtents, Members, Present, Supports, supports_of
from services.timeline.runs import Run

Sectors = Mapping[UUID | None, Members]
"""By sector, the central ones under null."""

WINDOWS = 4
"""In which a goal is remembered."""


@dataclass(frozen=True, eq=False)
class Together:
    """The local ones of all sectors, whatever the window."""

    sides: Sequence[Members]

    @cached_property
    def edges(self) -> "array[int]":
        """Where days begin on which anybody works, and where they end, in turns."""
        starts = chain.from_iterable(members.edges[::2] for members in self.sides)
        ends = chain.from_iterable(members.edges[1::2] for members in self.sides)
        return Extents.of(starts, ends).edges()

    @cached_property
    def supports(self) -> Supports:
        return supports_of(self.sides)

    @cached_property
    def firsts(self) -> FirstExtents:
        return FirstExtents.together(self.sides)


@dataclass(frozen=True, eq=False)
class OfGoal:
    """Whatever the window. What is remembered here does not know of it: it is gone as soon as nobody needs it.

    state: a number that no other has: what follows from these initiatives follows from it as well.
    """

    sectors: Sectors
    state: int = field(default_factory=count().__next__)
    _in: dict[Run, "Sides"] = field(default_factory=dict)

    def within(self, window: Run) -> "Sides":
        found = self._in.get(window)
        if found is None:
            if len(self._in) >= WINDOWS:
                self._in.clear()
            found = self._in[window] = Sides(self.sectors, self._together, window)
        return found

    @cached_property
    def _together(self) -> Together:
        return Together([members for sector, members in self.sectors.items() if sector])

    def supports(self, sector: UUID | None) -> Supports:
        """By local ones of the sector (null: of any)."""
        return self._together.supports if sector is None else self.sectors.get(sector, NO_MEMBERS).supports

    @cached_property
    def weight(self) -> int:
        """In rows: an initiative is some eighty bytes; whom it supports, by sector and for all, seven times as much."""
        sides = self.sectors.values()
        return len(sides) + sum(len(members) + 7 * len(members.supporters) for members in sides) // 25

    @property
    def central_firsts(self) -> FirstExtents:
        return self.sectors.get(None, NO_MEMBERS).firsts

    @property
    def local_firsts(self) -> FirstExtents:
        """In all sectors together."""
        return self._together.firsts


NOBODY = OfGoal({})


@dataclass(frozen=True, eq=False)
class Sides:
    """In a window."""

    sectors: Sectors
    together: Together
    window: Run

    @cached_property
    def there(self) -> Mapping[UUID | None, Present]:
        """Of the sectors in which anybody is."""
        present = ((sector, members.within(self.window)) for sector, members in self.sectors.items())
        return {sector: one for sector, one in present if one.anybody}

    @cached_property
    def central(self) -> Present:
        return self.sectors.get(None, NO_MEMBERS).within(self.window)

    def local(self, sector: UUID | None) -> Present:
        """In the sector (null: in all of them together)."""
        return self._in_all_sectors if sector is None else self.sectors.get(sector, NO_MEMBERS).within(self.window)

    def local_members(self, sector: UUID | None) -> Iterator[tuple[UUID, Members]]:
        """Of the sector (null: of each), by sector; whatever the window."""
        for of, members in self.sectors.items():
            if of is not None and sector in (None, of):
                yield of, members

    def local_days(self, sector: UUID | None) -> Days:
        """`local` without counting."""
        if sector is None:
            return self._days_in_all_sectors
        return self.sectors.get(sector, NO_MEMBERS).days(self.window)

    @cached_property
    def _in_all_sectors(self) -> Present:
        some = [present for sector, present in self.there.items() if sector]
        return Present(sum(one.n for one in some), sum(one.undated for one in some), self._days_in_all_sectors)

    @cached_property
    def _days_in_all_sectors(self) -> Days:
        return days.between(self.together.edges, self.window)

    @property
    def anybody(self) -> bool:
        return any(members.is_there(self.window) for members in self.sectors.values())
