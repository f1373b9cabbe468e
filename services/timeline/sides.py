"""The initiatives of a goal, side by side: centrally, and in each sector; and who of them is there in a window.

Kept goal by goal: where something is written of an initiative, its goals alone are looked at again.
"""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from uuid import UUID

from services.timeline import days, runs
from services.timeline.days import Days
from services.timeline.members import NO_MEMBERS, FirstExtents, Members, Present, Supports, supports_of
from services.timeline.runs import Run

Sectors = Mapping[UUID | None, Members]
"""By sector, the central ones under null."""

WINDOWS = 4
"""In which a goal is remembered."""


@dataclass(frozen=True, eq=False)
class OfGoal:
    """Whatever the window.

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
            found = self._in[window] = Sides(self, window)
        return found

    def local_members(self, sector: UUID | None) -> Iterator[tuple[UUID, Members]]:
        """Of the sector (null: of each), by sector."""
        for of, members in self.sectors.items():
            if of is not None and sector in (None, of):
                yield of, members

    def local_days(self, window: Run) -> Days:
        """On which anybody works in any sector."""
        return days.between(self._local_edges, window)

    @cached_property
    def _local_edges(self) -> "array[int]":
        return runs.edges(run for _, members in self.local_members(None) for run in members.runs())

    def supports(self, sector: UUID | None) -> Supports:
        """By local ones of the sector (null: of any)."""
        return self._all_supports if sector is None else self.sectors.get(sector, NO_MEMBERS).supports

    @cached_property
    def _all_supports(self) -> Supports:
        return supports_of(members for _, members in self.local_members(None))

    @cached_property
    def central_firsts(self) -> FirstExtents:
        return self.sectors.get(None, NO_MEMBERS).firsts

    @cached_property
    def local_firsts(self) -> FirstExtents:
        """In all sectors together."""
        return FirstExtents.of(members for _, members in self.local_members(None))


NOBODY = OfGoal({})


@dataclass(frozen=True, eq=False)
class Sides:
    """In a window."""

    of: OfGoal
    window: Run

    @property
    def state(self) -> int:
        return self.of.state

    @cached_property
    def there(self) -> Mapping[UUID | None, Present]:
        """Of the sectors in which anybody is."""
        present = ((sector, members.within(self.window)) for sector, members in self.of.sectors.items())
        return {sector: one for sector, one in present if one.anybody}

    @cached_property
    def central(self) -> Present:
        return self.of.sectors.get(None, NO_MEMBERS).within(self.window)

    def local(self, sector: UUID | None) -> Present:
        """In the sector (null: in all of them together)."""
        return self._in_all_sectors if sector is None else self.of.sectors.get(sector, NO_MEMBERS).within(self.window)

    def local_members(self, sector: UUID | None) -> Iterator[tuple[UUID, Members]]:
        return self.of.local_members(sector)

    def local_days(self, sector: UUID | None) -> Days:
        """`local` without counting."""
        if sector is None:
            return self._days_in_all_sectors
        return self.of.sectors.get(sector, NO_MEMBERS).days(self.window)

    @cached_property
    def _in_all_sectors(self) -> Present:
        some = [present for sector, present in self.there.items() if sector]
        return Present(sum(one.n for one in some), sum(one.undated for one in some), self._days_in_all_sectors)

    @cached_property
    def _days_in_all_sectors(self) -> Days:
        return self.of.local_days(self.window)

    @property
    def anybody(self) -> bool:
        return any(members.is_there(self.window) for members in self.of.sectors.values())
