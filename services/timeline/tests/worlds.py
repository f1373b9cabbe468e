"""Random worlds of initiatives, and what DESIGN section 6 says about each, counted day by day.

Whatever computes concurrency is tested against the counts below: `concurrency.py` and the SQL. So this file imports
neither, knows no half-open bounds, no unions of ranges and no overlap formula: it asks, for one day after another, who
runs on it. Slow and plain on purpose. Days are numbers (`date.toordinal`), so that a set of them can be moved.

A `World` is given as facts (dates and statuses as events tell them), so a test can turn it into dataclasses, rows or
events. Statuses follow what the owning services allow: an end never lies before its start, and what is started,
completed or discontinued after its start has an actual start.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import count

from hypothesis import strategies as st

GOALS = ("g1", "g2", "g3")
SECTORS = ("A", "B")
FIRST, LAST = date(2019, 12, 20), date(2020, 3, 10)  # short, so that periods meet; over a new year and a leap day


@dataclass(frozen=True)
class Facts:
    """One initiative as its events tell it; all dates inclusive. `sector` is None for a central one."""

    id: str
    sector: str | None
    goals: frozenset[str]
    supports: frozenset[str]
    status: str  # not_started, started, completed, discontinued, cancelled
    planned_start: date | None
    planned_end: date | None
    actual_start: date | None
    actual_end: date | None
    agency: str | None = None  # of a local one
    area: str = "Ledelse"  # of a central one, like its audiences
    audiences: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Choice:
    """Which initiatives count; None: all."""

    agency: str | None
    area: str | None
    audience: str | None
    standing: str | None

    def has(self, i: Facts) -> bool:
        standing = {"discontinued": "stopped", "cancelled": "stopped"}.get(i.status, i.status)
        if self.standing not in (None, standing):
            return False
        if i.sector:
            return not self.agency or i.agency == self.agency
        return (not self.area or i.area == self.area) and (not self.audience or self.audience in i.audiences)


@dataclass(frozen=True)
class World:
    initiatives: tuple[Facts, ...]
    first: date  # of the window
    last: date
    basis: str  # planned, actual

    def less(self, choice: Choice) -> "World":
        """The world in which the others were never heard of."""
        return replace(self, initiatives=tuple(i for i in self.initiatives if choice.has(i)))

    @property
    def central(self) -> list[Facts]:
        return [i for i in self.initiatives if i.sector is None]

    def local(self, sector: str | None = None) -> list[Facts]:
        """The local ones, in one sector or in all of them."""
        return [i for i in self.initiatives if i.sector is not None and sector in (None, i.sector)]


# Strategies: built once and drawn from often, which is what makes a world cheap


# Each date as likely (`st.dates` draws year, month and day apart, and would crowd the short year); half of them lie
# fives of days apart, as most lengths are, so that one period often ends where another begins.
DAYS_OF_A_WORLD = range(FIRST.toordinal(), LAST.toordinal() + 1)
DATES = st.one_of(st.sampled_from(DAYS_OF_A_WORLD), st.sampled_from(DAYS_OF_A_WORLD[::5])).map(date.fromordinal)
LENGTHS = st.sampled_from([1, 2, 5, 10, 20, 30, 40])
OPENNESS = st.sampled_from(["closed"] * 7 + ["open start", "open end", "undated"])
GOALS_OF_ONE = st.sampled_from([("g1",), ("g1",), ("g2",), ("g1", "g2"), ("g2", "g3"), ()]).map(frozenset)
SUPPORTS_OF_ONE = st.sampled_from([(), (), ("c1",), ("c2", "c3"), ("c1", "unknown")]).map(frozenset)
AGENCIES, AREAS, AUDIENCES = ("e1", "e2"), ("Ledelse", "Læring"), ("leaders", "residents")
AGENCY_OF_ONE = st.sampled_from([None, *AGENCIES])
AUDIENCES_OF_ONE = st.sampled_from([(), AUDIENCES[:1], AUDIENCES]).map(frozenset)
HISTORIES = st.sampled_from(
    [("not_started", False)] * 3
    + [("started", True), ("completed", True), ("discontinued", True), ("cancelled", True)]
    + [("discontinued", False), ("cancelled", False)]  # stopped before it started
)
WIDE_WINDOWS = st.sampled_from(
    [(date(2019, 12, 1), date(2020, 3, 31))] * 3  # all dates and more
    + [(date(2020, 1, 1), date(2020, 12, 31)), (date(2019, 1, 1), date(2021, 12, 31))]  # a year, three years
)


@st.composite
def stretches(draw: st.DrawFn) -> tuple[date, date]:
    """A first and a last day, the same or later."""
    first = draw(DATES)
    return first, date.fromordinal(first.toordinal() + draw(LENGTHS) - 1)


STRETCHES = stretches()
WINDOWS = st.one_of(WIDE_WINDOWS, STRETCHES)


@st.composite
def facts(draw: st.DrawFn, id_: str, sector: str | None) -> Facts:
    first, last = draw(STRETCHES)
    openness = draw(OPENNESS)
    status, began = draw(HISTORIES)
    actual_start, actual_end = draw(STRETCHES) if began else (None, None)
    return Facts(
        id=id_,
        sector=sector,
        goals=draw(GOALS_OF_ONE),
        supports=draw(SUPPORTS_OF_ONE) if sector else frozenset(),
        status=status,
        planned_start=None if openness in ("open start", "undated") else first,
        planned_end=None if openness in ("open end", "undated") else last,
        actual_start=actual_start,
        actual_end=None if status == "started" else actual_end,
        agency=draw(AGENCY_OF_ONE) if sector else None,
        area=draw(st.sampled_from(AREAS)),
        audiences=frozenset() if sector else draw(AUDIENCES_OF_ONE),
    )


CENTRAL = [facts(id_, None) for id_ in ("c1", "c2", "c3")]
LOCAL = [facts(id_, sector) for id_, sector in (("l1", "A"), ("l2", "B"), ("l3", "A"), ("l4", "A"), ("l5", "B"))]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A few initiatives of each side, a window and a basis; among them undated, open, slipped and cancelled ones,
    ones without goals, and supports without a shared goal or of something unknown."""
    central = [draw(one) for one in CENTRAL[: draw(st.sampled_from([3, 3, 2, 1, 0]))]]
    local = [draw(one) for one in LOCAL[: draw(st.sampled_from([5, 5, 4, 3, 1, 0]))]]
    first, last = draw(WINDOWS)
    return World(tuple(central + local), first, last, draw(st.sampled_from(["planned", "actual"])))


WORLDS = worlds()
CHOICES = st.builds(
    Choice,
    agency=st.sampled_from([None, *AGENCIES, "e3"]),
    area=st.sampled_from([None, None, *AREAS]),
    audience=st.sampled_from([None, None, *AUDIENCES]),
    standing=st.sampled_from([None, None, "not_started", "started", "completed", "stopped"]),
)


# One initiative, day by day


def is_cancelled(i: Facts) -> bool:
    return i.status in ("cancelled", "discontinued") and i.actual_start is None


def is_planned(i: Facts, basis: str) -> bool:
    """Its planned dates speak, not its actual ones."""
    return basis == "planned" or i.status == "not_started"


def is_undated(i: Facts, basis: str) -> bool:
    return not is_cancelled(i) and is_planned(i, basis) and i.planned_start is None and i.planned_end is None


def runs_on(i: Facts, day: date, basis: str) -> bool:
    """Whether it runs on that day, whatever the window."""
    if is_cancelled(i) or is_undated(i, basis):
        return False
    if is_planned(i, basis):
        begun = i.planned_start is None or i.planned_start <= day
        over = i.planned_end is not None and i.planned_end < day
    else:
        begun = i.actual_start is not None and i.actual_start <= day
        over = i.actual_end is not None and i.actual_end < day
        if i.status == "started" and i.planned_end is not None and i.actual_start is not None:
            late = i.planned_end < i.actual_start  # then its planned end says nothing any more
            over = not late and i.planned_end < day
    return begun and not over


@lru_cache(maxsize=64)
def days_of(world: World, i: Facts) -> frozenset[int]:
    """The days of the window on which it runs."""
    return frozenset(n for n in window_of(world) if runs_on(i, date.fromordinal(n), world.basis))


def window_of(world: World) -> range:
    return range(world.first.toordinal(), world.last.toordinal() + 1)


# Two initiatives


@dataclass(frozen=True)
class CountedPair:
    verdict: str
    common: frozenset[int]
    share: Fraction | None
    days_between: int | None
    smallest_move: int | None


def count_pair(world: World, central: Facts, local: Facts) -> CountedPair:
    if is_undated(central, world.basis) or is_undated(local, world.basis):
        return CountedPair("undated", frozenset(), None, None, None)
    c, l = days_of(world, central), days_of(world, local)  # noqa: E741
    if not c or not l:
        return CountedPair("outside", frozenset(), None, None, None)
    if c & l:
        return CountedPair("concurrent", c & l, Fraction(len(c & l), min(len(c), len(l))), None, None)
    between = [n for n in range(min(c | l), max(c | l)) if n not in c | l]
    verdict = "sequential" if between else "adjacent"
    move = next(m for m in outwards() if any(runs_on(local, date.fromordinal(n - m), world.basis) for n in c))
    return CountedPair(verdict, frozenset(), Fraction(0), len(between), move)


def outwards() -> Iterator[int]:
    """1, −1, 2, −2, …: the first that will do is the smallest."""
    for n in count(1):
        yield from (n, -n)


def are_related(central: Facts, local: Facts) -> str | None:
    by_support = central.id in local.supports
    by_goal = any(goal in local.goals for goal in central.goals)
    return {(True, True): "both", (True, False): "support", (False, True): "goal"}.get((by_support, by_goal))


# A goal and a sector


@dataclass(frozen=True)
class CountedCell:
    state: str
    central: int
    local: int
    central_days: frozenset[int]
    local_days: frozenset[int]
    both_days: frozenset[int]
    degree: Fraction | None
    coverage: Fraction | None


def count_cell(world: World, goal: str, sector: str | None) -> CountedCell:
    """`sector` None: all sectors together."""
    central = [days_of(world, i) for i in world.central if goal in i.goals]
    local = [days_of(world, i) for i in world.local(sector) if goal in i.goals]
    c, l = frozenset().union(*central), frozenset().union(*local)  # noqa: E741
    both, either = c & l, c | l
    if both:
        state = "together"
    elif c and l:
        state = "apart"
    else:
        state = "central_only" if c else "local_only" if l else "none"
    return CountedCell(
        state=state,
        central=sum(1 for days in central if days),
        local=sum(1 for days in local if days),
        central_days=c,
        local_days=l,
        both_days=both,
        degree=Fraction(len(both), len(either)) if either else None,
        coverage=Fraction(len(both), len(c)) if c else None,
    )


# Gaps


@dataclass(frozen=True)
class CountedGap:
    kind: str
    first: int
    last: int
    nearest: str | None
    smallest_move: int | None


def runs(days: AbstractSet[int]) -> list[list[int]]:
    """The maximal runs of consecutive days."""
    found: list[list[int]] = []
    for n in sorted(days):
        if n - 1 in days:
            found[-1].append(n)
        else:
            found.append([n])
    return found


def count_gaps(world: World, goal: str, sector: str | None) -> list[CountedGap]:
    cell = count_cell(world, goal, sector)
    central = {i.id: days_of(world, i) for i in world.central if goal in i.goals}
    local = {i.id: days_of(world, i) for i in world.local(sector) if goal in i.goals}
    found = []
    for run in runs(cell.central_days - cell.local_days):
        moves = {id_: move_to_meet(days, set(run)) for id_, days in local.items() if days}
        nearest = nearest_of(moves, local)
        found.append(CountedGap("central_only", run[0], run[-1], nearest, moves.get(nearest)))
    for run in runs(cell.local_days - cell.central_days):
        moves = {id_: move_to_meet(set(run), days) for id_, days in central.items() if days}
        nearest = nearest_of(moves, central)
        found.append(CountedGap("local_only", run[0], run[-1], nearest, moves.get(nearest)))
    return sorted(found, key=lambda gap: gap.first)


def nearest_of(moves: dict[str, int], days: dict[str, frozenset[int]]) -> str | None:
    """The one with the least to move; among equals the one that starts first in the window, then the lowest id."""
    return min(moves, key=lambda id_: (abs(moves[id_]), min(days[id_]), id_), default=None)


def move_to_meet(moving: AbstractSet[int], still: AbstractSet[int]) -> int:
    """The fewest days, later (+) or earlier (−), after which the moved days and the still ones share one."""
    return next(m for m in outwards() if any(n + m in still for n in moving))


# The year


@dataclass(frozen=True)
class CountedHeadline:
    central: int
    together: int
    at_the_same_time: int
    local: int
    undated_local: int
    central_days: int
    both_days: int


def count_headline(world: World, sector: str | None) -> CountedHeadline:
    """`sector` None: over all sectors."""
    central = {i: days for i in world.central if (days := days_of(world, i))}
    local = {i: days_of(world, i) for i in world.local(sector)}
    present = [i for i, days in local.items() if days or is_undated(i, world.basis)]
    partners = {c: [i for i in present if are_related(c, i)] for c in central}
    return CountedHeadline(
        central=len(central),
        together=sum(1 for c in central if partners[c]),
        at_the_same_time=sum(1 for c in central if any(central[c] & local[i] for i in partners[c])),
        local=sum(1 for days in local.values() if days),
        undated_local=sum(1 for i in present if is_undated(i, world.basis)),
        central_days=sum(1 for n in window_of(world) if any(n in days for days in central.values())),
        both_days=sum(
            1 for n in window_of(world) if any(n in central[c] and n in local[i] for c in central for i in partners[c])
        ),
    )


def count_undated_central(world: World) -> int:
    return sum(1 for i in world.central if is_undated(i, world.basis))
