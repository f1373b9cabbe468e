"""Days to lengths: where a day of the window stands on a chart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from services.timeline.runs import Run

DAY = timedelta(days=1)
SHORTEST = 2.0
"""The width of the shortest bar, so that one day in ten years is still seen."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a chart, from `x`, `width` wide."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Scale:
    """The window's days, from the first to the last one counted, on `width` units."""

    first: date
    last: date
    width: float

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def x(self, day: date) -> float:
        """Where the day begins."""
        return self._x(day.toordinal())

    def part(self, run: Run) -> Part:
        """A run of days inside the window."""
        start, end = map(self._x, run)
        width = max(end - start, SHORTEST)
        return Part(min(start, self.width - width), round(width, 1))

    def parts(self, runs: Iterable[Run]) -> list[Part]:
        return [self.part(run) for run in runs]

    def contains(self, day: date) -> bool:
        return self.first <= day <= self.last

    def _x(self, day: int) -> float:
        return round((day - self.first.toordinal()) / self.days * self.width, 1)
