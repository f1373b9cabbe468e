"""Days to lengths: where a day of the window stands on a chart, and where the axis has its marks."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from services.timeline.pages.speaker import Speaker
from services.timeline.runs import Run

DAY = timedelta(days=1)
SHORTEST = 2.0
"""The width of the shortest bar, so that one day in ten years is still seen."""

WEEKS_UP_TO = 45
MONTHS_UP_TO = 800
"""Days of a window whose axis has weeks, or months; a longer one has years."""
MOST_LABELS = 14


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a chart, from `x`, `width` wide."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


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


def ticks(scale: Scale, speaker: Speaker) -> list[Tick]:
    """The axis: weeks, months or years, never more labels than can be read."""
    if scale.days <= WEEKS_UP_TO:
        return [Tick(scale.x(day), speaker.short_day(day)) for day in _mondays(scale)]
    if scale.days <= MONTHS_UP_TO:
        months = list(_months(scale))
        step = next(step for step in (1, 2, 3, 6) if len(months) <= step * MOST_LABELS)
        several = scale.first.year != scale.last.year
        return [Tick(scale.x(m), _month(m, speaker, several=several)) for m in months if (m.month - 1) % step == 0]
    years = [date(year, 1, 1) for year in range(scale.first.year, scale.last.year + 1)]
    step = math.ceil(len(years) / MOST_LABELS)
    return [Tick(scale.x(max(day, scale.first)), str(day.year)) for day in years[::step]]


def _month(first: date, speaker: Speaker, *, several: bool) -> str:
    return str(first.year) if several and first.month == 1 else speaker.month(first)


def _mondays(scale: Scale) -> Iterator[date]:
    day = scale.first + timedelta(days=-scale.first.weekday() % 7)
    while day <= scale.last:
        yield day
        day += timedelta(days=7)


def _months(scale: Scale) -> Iterator[date]:
    year, month = scale.first.year, scale.first.month
    while (day := date(year, month, 1)) <= scale.last:
        if day >= scale.first:
            yield day
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)  # noqa: PLR2004
