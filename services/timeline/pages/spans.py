"""Windows that the timeline offers: a week, a month, a tertial, a year, several years, and what fits its bars."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from services.timeline.pages.axis import MONTHS_OF_A_TERTIAL
from services.timeline.pages.scale import DAY
from services.timeline.pages.speaker import Speaker, is_whole_years, is_year
from services.timeline.view import LONGEST_WINDOW
from shared.limits import FIRST_DAY, LAST_DAY, YEARS

Kind = Literal["week", "month", "tertial", "year", "years"]
KINDS: Sequence[Kind] = ("week", "month", "tertial", "year", "years")
MONTHS: dict[Kind, int] = {"month": 1, "tertial": MONTHS_OF_A_TERTIAL, "year": 12}

Window = tuple[date, date]
To = Callable[..., str]
"""The address of the page that is shown, with other parameters."""


@dataclass(frozen=True, slots=True)
class Span:
    """A window that the page offers."""

    title: str
    href: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Spans:
    """`before`, `after`: the windows that touch this one; null where an address can't ask for them."""

    kinds: Sequence[Span]
    before: Span | None
    today: Span
    after: Span | None


def spans(
    first: date, last: date, *, fit: Window | None, years: Sequence[int], today: date, speaker: Speaker, to: To
) -> Spans:
    """`fit`: the first and last day of what is shown; null where nothing with dates is. `years`: with a plan."""
    chosen = kind_of(first, last, years)
    offered = [(kind, around(kind, _anchor(first, last, today, kind), years)) for kind in KINDS]
    kinds = [Span(speaker(f"span.{kind}"), href(window, to), kind == chosen) for kind, window in offered]
    if fit:
        kinds.append(Span(speaker("span.fit"), href(fit, to), fit == (first, last)))
    here = around(chosen or "year", today, years) if chosen != "years" else around("year", today, years)
    before, after = beside(first, last, chosen, -1), beside(first, last, chosen, 1)
    return Spans(
        kinds,
        before and Span(speaker.window(*before), href(before, to)),
        Span(speaker("span.today"), href(here, to), chosen=first <= today <= last),
        after and Span(speaker.window(*after), href(after, to)),
    )


def around(kind: Kind, day: date, years: Sequence[int]) -> Window:
    """The window of a kind that has this day. Several years: all that have a plan, or those around it."""
    match kind:
        case "week":
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=6)
        case "years":
            known = sorted({*years, day.year})
            is_apart = len(known) == 1 or known[-1] - known[0] >= LONGEST_WINDOW
            first, last = (day.year - 1, day.year + 1) if is_apart else (known[0], known[-1])
            return date(first, 1, 1), date(last, 12, 31)
        case _:
            months = MONTHS[kind]
            start = (day.month - 1) // months * months
            return date(day.year, start + 1, 1), _months_later(date(day.year, start + 1, 1), months) - DAY


def kind_of(first: date, last: date, years: Sequence[int]) -> Kind | None:
    """Which kind of window this is; null for one that somebody wrote by hand."""
    if first.year < last.year and is_whole_years(first, last):
        return "years"
    return next((kind for kind in KINDS if around(kind, first, years) == (first, last)), None)


def fitting(periods: Sequence[tuple[date | None, date | None]], first: date, last: date) -> Window | None:
    """From the first to the last day of what has any day in the window, as far as a window may be long.

    An open side counts as far as the window goes.
    """
    if not periods:
        return None
    start = max(min(begins or first for begins, _ in periods), FIRST_DAY)
    end = min(max(ends or last for _, ends in periods), LAST_DAY)
    return start, min(end, date(min(start.year + LONGEST_WINDOW, YEARS[-1]), 1, 1) - DAY)


def _anchor(first: date, last: date, today: date, kind: Kind) -> date:
    """The day that stays in sight when another kind of window is chosen.

    Today, where it is in the window; else the first day for a shorter one, and the middle one for a longer one: the
    middle of a week over New Year is in the year that the week belongs to (ISO 8601).
    """
    if first <= today <= last:
        return today
    longer = MONTHS.get(kind, 0) * 28 > (last - first).days or kind == "years"
    return first + (last - first) // 2 if longer else first


def beside(first: date, last: date, kind: Kind | None, step: int) -> Window | None:
    """The window before (-1) or after (1): of the same kind, else of the same number of days."""
    try:
        if kind in MONTHS:
            start = _months_later(first, step * MONTHS[kind])
            window = (start, _months_later(start, MONTHS[kind]) - DAY)
        elif kind == "years":
            years = last.year - first.year + 1
            window = (first.replace(year=first.year + step * years), last.replace(year=last.year + step * years))
        else:
            days = step * (last - first + DAY)
            window = (first + days, last + days)
    except (ValueError, OverflowError):
        return None
    if window[0] < FIRST_DAY or window[1] > LAST_DAY:
        return None
    return window


def href(window: Window, to: To) -> str:
    """A year is asked for by its number, as the form does."""
    if is_year(*window):
        return to(year=str(window[0].year), **{"from": None, "to": None})
    return to(year=None, **{"from": window[0].isoformat(), "to": window[1].isoformat()})


def _months_later(first: date, months: int) -> date:
    """The first day of a month so many months away."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
