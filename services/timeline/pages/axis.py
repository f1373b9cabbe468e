"""The axis of a chart: labels in two rows that suit the zoom, and marks where plan years and tertials begin.

Below stand days, weeks, months, tertials or years, whichever are the finest that can be read; above stands what they
are parts of. A label is left out where it has no room, so that none touches another, however long the window is.

A small chart has `ticks` instead: one row, without room for days and tertials.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import Literal

from services.timeline.pages.letters import measure
from services.timeline.pages.scale import DAY, Scale
from services.timeline.pages.speaker import Speaker
from services.timeline.runs import Run

Unit = Literal["day", "week", "month", "tertial", "year"]
Weight = Literal["year", "tertial", "plain"]
Form = Callable[[date], str]

MONTHS_OF_A_TERTIAL = 4
"""The city plans and reports by thirds of the year, from January, May and September."""

ROW = 16
"""Height of a row of labels, in units of the chart."""
BESIDE = 3
"""Between a mark and its label."""
APART = 4
"""Between a label and the following mark."""

DAYS_UP_TO = 45
"""Days of a window whose axis has single days; then come weeks, months, tertials, and years for all longer ones."""
WEEKS_UP_TO = 130
MONTHS_UP_TO = 800
TERTIALS_UP_TO = 6 * 366

MOST_TICKS = 14


@dataclass(frozen=True, slots=True)
class Mark:
    """A line from the axis down through all lanes, where a plan year, a tertial, or a day, week or month begins."""

    x: float
    weight: Weight


@dataclass(frozen=True, slots=True)
class Label:
    """`y`: the letters' base line."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Axis:
    """`today`: the label of the line for today, in a row of its own; null where today is outside the window."""

    height: float
    labels: Sequence[Label]
    marks: Sequence[Mark]
    today: Label | None


def axis(scale: Scale, speaker: Speaker, today_x: float | None) -> Axis:
    lower, upper = _units(scale.days)
    labels = list(_labels(scale, upper, _upper(upper, speaker), ROW - 4)) if upper else []
    rows = 2 if upper else 1
    labels += _labels(scale, lower, _lower(lower, speaker), ROW * rows - 4)
    height = ROW * rows + 2
    today = None
    if today_x is not None:
        text = speaker("legend.today")
        wide = measure(text)
        today = Label(text, round(min(max(today_x - wide / 2, 0), scale.width - wide), 1), height + ROW - 6)
        height += ROW
    return Axis(height, labels, _marks(scale, lower), today)


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str


def ticks(scale: Scale, speaker: Speaker) -> list[Tick]:
    """Weeks, months or years, as the axis would have above; never more than can be read."""
    lower, upper = _units(scale.days)
    unit = lower if upper is None or upper == "tertial" else upper
    days = list(starts(unit, scale.first, scale.last))
    match unit:
        case "week":
            return [Tick(scale.x(day), speaker.short_day(day)) for day in days]
        case "month":
            days = list(_months(scale.first, scale.last, math.ceil(len(days) / MOST_TICKS)))
            several = scale.first.year != scale.last.year
            return [Tick(scale.x(day), _month_or_year(day, speaker, several=several)) for day in days]
        case _:
            days = sorted({scale.first, *days})
            return [Tick(scale.x(day), str(day.year)) for day in days[:: math.ceil(len(days) / MOST_TICKS)]]


def _month_or_year(first: date, speaker: Speaker, *, several: bool) -> str:
    """A January among several years is called by its year."""
    return str(first.year) if several and first.month == 1 else speaker.month(first)


def starts(unit: Unit, first: date, last: date) -> Iterator[date]:
    """The days of a window with which a unit begins."""
    match unit:
        case "day":
            return _every(first, last, 1)
        case "week":
            return _every(first + timedelta(days=-first.weekday() % 7), last, 7)
        case "month":
            return _months(first, last, 1)
        case "tertial":
            return _months(first, last, MONTHS_OF_A_TERTIAL)
        case "year":
            return _months(first, last, 12)


def tertial(day: date) -> int:
    """1, 2 or 3."""
    return (day.month - 1) // MONTHS_OF_A_TERTIAL + 1


def cells(scale: Scale) -> list[Run]:
    """The window cut where the lower row of the axis has its marks."""
    edges = {scale.first, *starts(_units(scale.days)[0], scale.first, scale.last), scale.last + DAY}
    return list(pairwise(sorted(day.toordinal() for day in edges)))


def _units(days: int) -> tuple[Unit, Unit | None]:
    """Of the lower row, and of the upper one."""
    if days <= DAYS_UP_TO:
        return "day", "week"
    if days <= WEEKS_UP_TO:
        return "week", "month"
    if days <= MONTHS_UP_TO:
        return "month", "tertial"
    if days <= TERTIALS_UP_TO:
        return "tertial", "year"
    return "year", None


def _marks(scale: Scale, lower: Unit) -> list[Mark]:
    """Years and tertials outweigh what else begins on the same day; nothing is marked at the window's own edge."""
    weights: dict[date, Weight] = dict.fromkeys(starts(lower, scale.first, scale.last), "plain")
    weights |= dict.fromkeys(starts("tertial", scale.first, scale.last), "tertial")
    weights |= dict.fromkeys(starts("year", scale.first, scale.last), "year")
    if lower == "year":
        weights = {day: weight for day, weight in weights.items() if weight == "year"}
    weights.pop(scale.first, None)
    marks = {scale.x(day): weight for day, weight in sorted(weights.items())}
    return [Mark(x, weight) for x, weight in marks.items()]


def _labels(scale: Scale, unit: Unit, forms: Sequence[Form], y: float) -> Iterator[Label]:
    """Of every unit in the window, the longest form that all whole ones have room for.

    Left out is what the window cuts too short, and where not even the shortest form fits everywhere, some.
    """
    days = sorted({scale.first, *starts(unit, scale.first, scale.last)})
    edges = [*(scale.x(day) for day in days), scale.width]
    rooms = [end - start - BESIDE - APART for start, end in pairwise(edges)]
    whole = list(zip(days, rooms, strict=True))
    whole = whole[1:-1] or whole
    form = next((f for f in forms if all(measure(f(day)) <= room for day, room in whole)), forms[-1])
    free = 0.0
    for number, (day, x, room) in enumerate(zip(days, edges[:-1], rooms, strict=True)):
        name = form(day)
        wide = measure(name)
        is_cut = number in (0, len(days) - 1)
        if x < free or x + BESIDE + wide > scale.width or (is_cut and wide > room):
            continue
        yield Label(name, round(x + BESIDE, 1), y)
        free = x + BESIDE + wide + APART


def _lower(unit: Unit, speaker: Speaker) -> Sequence[Form]:
    """What a unit is called below, by the day with which it begins; the longest form first."""
    match unit:
        case "day":
            return speaker.weekday, lambda day: str(day.day)
        case "week":
            return (partial(_week, speaker),)
        case "month":
            return (speaker.month,)
        case "tertial":
            return partial(_tertial, speaker), lambda day: str(tertial(day))
        case "year":
            return (lambda day: str(day.year),)


def _upper(unit: Unit, speaker: Speaker) -> Sequence[Form]:
    """And above, where it also says what it is a part of."""
    match unit:
        case "week":
            return partial(_week_of_month, speaker), partial(_week, speaker)
        case "month":
            return partial(_month_of_tertial, speaker), speaker.month_of_year
        case "tertial":
            return (partial(_tertial_of_year, speaker),)
        case _:
            return _lower(unit, speaker)


def _week(speaker: Speaker, day: date) -> str:
    return speaker("axis.week", n=day.isocalendar().week)


def _week_of_month(speaker: Speaker, day: date) -> str:
    return f"{_week(speaker, day)}, {speaker.month_of_year(day)}"


def _month_of_tertial(speaker: Speaker, day: date) -> str:
    """The month with which a tertial begins says so."""
    begins = day.month % MONTHS_OF_A_TERTIAL == 1
    return f"{speaker.month_of_year(day)}, {_tertial(speaker, day)}" if begins else speaker.month_of_year(day)


def _tertial(speaker: Speaker, day: date) -> str:
    return speaker("axis.tertial", n=tertial(day))


def _tertial_of_year(speaker: Speaker, day: date) -> str:
    return f"{_tertial(speaker, day)} {day.year}"


def _every(first: date, last: date, days: int) -> Iterator[date]:
    for number in range(0, (last - first).days + 1, days):
        yield first + timedelta(days=number)


def _months(first: date, last: date, step: int) -> Iterator[date]:
    """The first days of every `step`-th month, counted from January."""
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        day = date(number // 12, number % 12 + 1, 1)
        if number % 12 % step == 0 and day >= first:
            yield day
