"""Concurrency (samtidighet): do central and local initiatives work together, and at the same time?

The readable reference of DESIGN section 6. The plan (byrådssak 1055/17, section 4) asks that central and local measures
"virker sammen" and "virker samtidig"; here both words become arithmetic on days. `work.py`, `matrix.py` and the other
questions say the same for a hundred thousand initiatives, partly in SQL, and a property test holds the two equal to a
count day by day.

The unit is the day. People, events and files write inclusive dates; in here a stretch of days is half-open, from
`start` up to and without `end`, so that lengths and overlaps are plain subtraction:

    o = least(ends) − greatest(starts)      o > 0  concurrent, on o days
                                            o = 0  adjacent
                                            o < 0  sequential, with −o days between

Everything that is counted is first clipped to the window: a `Period` may be open, a `Span` has both its ends.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal, Self

Status = Literal["not_started", "started", "completed", "discontinued", "cancelled"]
Basis = Literal["planned", "actual"]
RelationBasis = Literal["support", "goal", "both"]
Verdict = Literal["concurrent", "adjacent", "sequential", "undated", "outside"]
State = Literal["together", "apart", "central_only", "local_only", "none"]
GapKind = Literal["central_only", "local_only"]
Standing = Literal["not_started", "started", "completed", "stopped"]

ONE_DAY = timedelta(days=1)


# Stretches of days


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Consecutive days, at least one: from `start` up to and without `end`. A window is a span too."""

    start: date
    end: date

    def __post_init__(self) -> None:
        """ValueError for a span without days: an absent one is None, never empty."""
        if self.start >= self.end:
            raise ValueError(f"a span needs a day: {self.start} is not before {self.end}")

    @classmethod
    def inclusive(cls, first: date, last: date) -> Self:
        """From the first to the last day, both counted. 9999-12-31 has no day after it: OverflowError."""
        return cls(first, last + ONE_DAY)

    @classmethod
    def of_year(cls, year: int) -> Self:
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @property
    def last(self) -> date:
        return self.end - ONE_DAY

    @property
    def days(self) -> int:
        return (self.end - self.start).days


@dataclass(frozen=True, slots=True)
class Period:
    """What an initiative's dates say: from `start` (None: open) up to and without `end` (None: open)."""

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        """ValueError for a reversed pair. The owning services refuse an end before its start, so none arrives here."""
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError(f"a period needs a day: {self.start} is not before {self.end}")

    @classmethod
    def inclusive(cls, first: date | None, last: date | None) -> Self:
        """From the first to the last day, both counted. A last day of 9999-12-31 means "no end", and is one."""
        return cls(first, None if last is None or last == date.max else last + ONE_DAY)

    def clip(self, window: Span) -> Span | None:
        """The days in the window; None if there are none. An open side runs to the window's edge."""
        start = window.start if self.start is None else max(self.start, window.start)
        end = window.end if self.end is None else min(self.end, window.end)
        return Span(start, end) if start < end else None


@dataclass(frozen=True, slots=True)
class Days:
    """A set of days as sorted spans that neither overlap nor touch, so that each span is a maximal run."""

    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Self:
        """The union of spans in any order."""
        runs: list[Span] = []
        for span in sorted(spans):
            if runs and span.start <= runs[-1].end:
                runs[-1] = Span(runs[-1].start, max(runs[-1].end, span.end))
            else:
                runs.append(span)
        return cls(tuple(runs))

    @property
    def days(self) -> int:
        return sum(span.days for span in self.spans)

    def clip(self, window: Span) -> "Days":
        return self & Days((window,))

    def __contains__(self, day: date) -> bool:
        return any(span.start <= day < span.end for span in self.spans)

    def __or__(self, other: "Days") -> "Days":
        return self._combine(other, lambda here, there: here or there)

    def __and__(self, other: "Days") -> "Days":
        return self._combine(other, lambda here, there: here and there)

    def __sub__(self, other: "Days") -> "Days":
        return self._combine(other, lambda here, there: here and not there)

    def _combine(self, other: "Days", keep: Callable[[bool, bool], bool]) -> "Days":
        """Between two neighbouring edges nothing changes, so the first day there speaks for all of them."""
        edges = sorted({edge for span in self.spans + other.spans for edge in (span.start, span.end)})
        return Days.of(Span(start, end) for start, end in pairwise(edges) if keep(start in self, start in other))


# One initiative


@dataclass(frozen=True, slots=True)
class Effective:
    """When an initiative runs: dated (`period`), `undated` (shown and counted as such), or `cancelled` (never ran)."""

    period: Period | None = None
    undated: bool = False

    @property
    def open_start(self) -> bool:
        """Flagged on the page: no first day is known, so it is taken to run from the window's start."""
        return self.period is not None and self.period.start is None

    @property
    def open_end(self) -> bool:
        """Flagged on the page: no last day is known, so it is taken to run to the window's end."""
        return self.period is not None and self.period.end is None

    @property
    def cancelled(self) -> bool:
        """Stopped before it started: in no count, neither as dated nor as undated."""
        return self.period is None and not self.undated


def effective_period(
    *,
    status: Status,
    planned_start: date | None = None,
    planned_end: date | None = None,
    actual_start: date | None = None,
    actual_end: date | None = None,
    basis: Basis = "actual",
) -> Effective:
    """The effective period of DESIGN section 6, from inclusive dates.

    On the `planned` basis it is the planned period whatever happened since, except that what was stopped before it
    started has none on either basis. ValueError for an end before its start, which the owning services refuse.
    """
    stopped_before_start = status in ("cancelled", "discontinued") and actual_start is None
    if stopped_before_start:
        return Effective()
    if basis == "planned" or status == "not_started":
        return _dated(planned_start, planned_end)
    if status == "started":
        overtaken = planned_end is not None and actual_start is not None and planned_end < actual_start
        return _dated(actual_start, None if overtaken else planned_end)
    return _dated(actual_start, actual_end)


def _dated(first: date | None, last: date | None) -> Effective:
    if first is None and last is None:
        return Effective(undated=True)
    return Effective(Period.inclusive(first, last))


@dataclass(frozen=True, slots=True)
class Initiative:
    """What concurrency needs to know of an initiative. `sector` is None for a central one.

    An agency may have a local one, an area and audiences a central one.
    """

    id: str
    effective: Effective
    goals: frozenset[str] = frozenset()
    sector: str | None = None
    supports: frozenset[str] = frozenset()
    status: Status = "not_started"
    agency: str | None = None
    area: str | None = None
    audiences: frozenset[str] = frozenset()

    def within(self, window: Span) -> Span | None:
        """Its days in the window; None if it is undated, cancelled or elsewhere in time."""
        return None if self.effective.period is None else self.effective.period.clip(window)


# Which initiatives count


@dataclass(frozen=True, slots=True)
class Selection:
    """Which initiatives count, before anything is asked of them; None: all.

    Each part chooses among those that can have it, and leaves the other side as it is: an area and an audience among
    the central ones, an agency among the local ones, a standing among both. So "the area X" is the work of X with
    whatever sectors do, and "the agency Y" is what Y does with whatever is central.
    """

    agency: str | None = None
    area: str | None = None
    audience: str | None = None
    standing: Standing | None = None

    def has(self, initiative: Initiative) -> bool:
        if initiative.sector is None:
            is_chosen = self.area in (None, initiative.area) and (
                self.audience is None or self.audience in initiative.audiences
            )
        else:
            is_chosen = self.agency in (None, initiative.agency)
        return is_chosen and self.standing in (None, standing_of(initiative.status))


def standing_of(status: Status) -> Standing:
    match status:
        case "discontinued" | "cancelled":
            return "stopped"
        case _:
            return status


# Two initiatives


def related(central: Initiative, local: Initiative) -> RelationBasis | None:
    """Virker sammen: the local one supports the central one explicitly, or they share a goal."""
    return relation(central.id in local.supports, not central.goals.isdisjoint(local.goals))


def relation(supports: bool, shares_a_goal: bool) -> RelationBasis | None:
    if supports and shares_a_goal:
        return "both"
    if supports:
        return "support"
    return "goal" if shares_a_goal else None


@dataclass(frozen=True, slots=True)
class Pair:
    """What two related initiatives' days have to do with one another; everything in days, inside the window.

    `days` (in common) and `share` (of the shorter one, 0 to 1) are None where a date is missing or one side has no day
    in the window; `common` is set for a concurrent pair; `days_between` and `smallest_move` are set for an adjacent or
    sequential one. The move is the local one's: + later, − earlier, and just enough for one common day.
    """

    verdict: Verdict
    common: Span | None = None
    days: int | None = None
    share: float | None = None
    days_between: int | None = None
    smallest_move: int | None = None


def pair(central: Period | None, local: Period | None, window: Span) -> Pair:
    """The verdict on two related initiatives. None is an undated one; cancelled ones make no pairs."""
    if central is None or local is None:
        return Pair("undated")
    c, l = central.clip(window), local.clip(window)  # noqa: E741 - c and l are the definition's letters
    if c is None or l is None:
        return Pair("outside")
    o = _signed_overlap(c, l)
    if o > 0:
        common = Span(max(c.start, l.start), min(c.end, l.end))
        return Pair("concurrent", common, days=o, share=o / min(c.days, l.days))
    verdict: Verdict = "adjacent" if o == 0 else "sequential"
    return Pair(verdict, days=0, share=0.0, days_between=-o, smallest_move=_smallest_move(l, towards=c))


def _signed_overlap(one: Span, other: Span) -> int:
    return (min(one.end, other.end) - max(one.start, other.start)).days


def _smallest_move(span: Span, *, towards: Span) -> int:
    """Signed days until two spans without a common day share one.

    Clipping does not change it: the two edges that face one another lie inside the window.
    """
    distance = 1 - _signed_overlap(span, towards)
    return distance if span.start < towards.start else -distance


# A goal and a sector


@dataclass(frozen=True, slots=True)
class Cell:
    """A goal in a sector: how many initiatives have a day in the window, and on which days which side runs."""

    central_count: int
    local_count: int
    central: Days
    local: Days

    @property
    def both(self) -> Days:
        return self.central & self.local

    @property
    def central_only(self) -> Days:
        return self.central - self.local

    @property
    def local_only(self) -> Days:
        return self.local - self.central

    @property
    def central_days(self) -> int:
        return self.central.days

    @property
    def local_days(self) -> int:
        return self.local.days

    @property
    def both_days(self) -> int:
        return self.both.days

    @property
    def degree(self) -> float | None:
        """Days with both sides, of the days with any; None where neither side has a day."""
        return _share(self.both_days, (self.central | self.local).days)

    @property
    def coverage(self) -> float | None:
        """Days with both sides, of the central days; None where there are none."""
        return _share(self.both_days, self.central_days)

    @property
    def state(self) -> State:
        if self.both_days:
            return "together"
        if self.central_days and self.local_days:
            return "apart"
        if self.central_days:
            return "central_only"
        return "local_only" if self.local_days else "none"


def cell(central: Iterable[Period], local: Iterable[Period], window: Span) -> Cell:
    """The cell of a goal and a sector, from the goal's central periods and the sector's local periods for that goal.

    A cell counts by an initiative's own goals. Explicit support without a shared goal counts for pairs and for the
    year's headline, not here: a support names an initiative, and does not say which of its goals is meant.
    """
    c = [span for period in central if (span := period.clip(window))]
    l = [span for period in local if (span := period.clip(window))]  # noqa: E741
    return Cell(central_count=len(c), local_count=len(l), central=Days.of(c), local=Days.of(l))


def cell_of(initiatives: Iterable[Initiative], goal: str, sector: str | None, window: Span) -> Cell:
    """The cell of a goal and a sector, or of all sectors together (`sector` None), among these initiatives."""
    dated = [(i, period) for i in initiatives if goal in i.goals and (period := i.effective.period)]
    return cell(
        (period for i, period in dated if i.sector is None),
        (period for i, period in dated if _is_local_in(sector, i)),
        window,
    )


def _is_local_in(sector: str | None, initiative: Initiative) -> bool:
    """Local, and in that sector; in any sector if `sector` is None."""
    return initiative.sector is not None and sector in (None, initiative.sector)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


# What is missing


@dataclass(frozen=True, slots=True)
class Gap:
    """A maximal run of days on which only one side works for a goal in a sector (None: in all sectors together).

    `nearest` is the id of the initiative of the other side, for that goal and sector, that lies closest to the run;
    None if that side has no day in the window. `smallest_move` is how far the local side must move (signed days,
    + later) for one common day: the nearest local one into a central run, a local run into the nearest central one.
    """

    kind: GapKind
    goal: str
    sector: str | None
    span: Span
    nearest: str | None
    smallest_move: int | None

    @property
    def days(self) -> int:
        return self.span.days


def gaps(initiatives: Sequence[Initiative], goal: str, sector: str | None, window: Span) -> list[Gap]:
    """The gaps of a goal in a sector, or in all sectors together (`sector` None), in the order of their first days."""
    dated = [(i, span) for i in initiatives if goal in i.goals and (span := i.within(window))]
    central = [(i.id, span) for i, span in dated if i.sector is None]
    local = [(i.id, span) for i, span in dated if _is_local_in(sector, i)]
    days = cell_of(initiatives, goal, sector, window)

    found = []
    for run in days.central_only.spans:
        nearest = _nearest(run, local)
        move = _smallest_move(nearest[1], towards=run) if nearest else None
        found.append(Gap("central_only", goal, sector, run, nearest[0] if nearest else None, move))
    for run in days.local_only.spans:
        nearest = _nearest(run, central)
        move = _smallest_move(run, towards=nearest[1]) if nearest else None
        found.append(Gap("local_only", goal, sector, run, nearest[0] if nearest else None, move))
    return sorted(found, key=lambda gap: gap.span)


def _nearest(run: Span, candidates: Iterable[tuple[str, Span]]) -> tuple[str, Span] | None:
    """The candidate with the fewest days to the run; among equals the one that starts first, then the lowest id."""
    return min(candidates, key=lambda c: (-_signed_overlap(run, c[1]), c[1].start, c[0]), default=None)


# The year


@dataclass(frozen=True, slots=True)
class Headline:
    """How far the window's central initiatives are met, by all sectors or by one.

    `central` counts the dated ones with a day in the window. `together` of them have a related local one that has a day
    in the window or is undated: a missing date does not undo a relation. `at_the_same_time` of them share a day with a
    related local one. `local` and `undated_local` count the local ones with a day in the window and without any date.
    `both_days` are the days on which some central initiative and a related local one both run, of `central_days`.
    """

    central: int
    together: int
    at_the_same_time: int
    local: int
    undated_local: int
    central_days: int
    both_days: int

    @property
    def together_share(self) -> float | None:
        return _share(self.together, self.central)

    @property
    def at_the_same_time_share(self) -> float | None:
        return _share(self.at_the_same_time, self.central)


@dataclass(frozen=True, slots=True)
class Year:
    """The plan's sentence in figures: virker sammen (`together`), virker samtidig (`at_the_same_time`)."""

    all_sectors: Headline
    by_sector: dict[str, Headline]
    undated_central: int


def year(initiatives: Iterable[Initiative], sectors: Iterable[str], window: Span) -> Year:
    """The headline of a window, over all sectors and for each of `sectors`, also one that has no local initiative."""
    everything = list(initiatives)
    central = [i for i in everything if i.sector is None]
    local = [i for i in everything if i.sector is not None]
    return Year(
        all_sectors=_headline(central, local, window),
        by_sector={sector: _headline(central, [i for i in local if i.sector == sector], window) for sector in sectors},
        undated_central=sum(i.effective.undated for i in central),
    )


def _headline(central: Iterable[Initiative], local: Sequence[Initiative], window: Span) -> Headline:
    counted = [(i, span) for i in central if (span := i.within(window))]
    present = [i for i in local if i.effective.undated or i.within(window)]
    partners = {c.id: [l for l in present if related(c, l)] for c, _ in counted}  # noqa: E741
    met = {
        c.id: Days((span,)) & Days.of(days for partner in partners[c.id] if (days := partner.within(window)))
        for c, span in counted
    }
    return Headline(
        central=len(counted),
        together=sum(bool(partners[c.id]) for c, _ in counted),
        at_the_same_time=sum(bool(met[c.id].days) for c, _ in counted),
        local=sum(not i.effective.undated for i in present),
        undated_local=sum(i.effective.undated for i in present),
        central_days=Days.of(span for _, span in counted).days,
        both_days=Days.of(span for days in met.values() for span in days.spans).days,
    )
