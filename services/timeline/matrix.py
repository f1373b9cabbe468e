"""The matrix: how goals and sectors work together, cell by cell and in all.

The definitions of `concurrency.py`, counted from who works when (`work.py`); a property test holds both equal to a
count day by day.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from typing import Any, Literal, NamedTuple, assert_never, get_args
from uuid import UUID

from services.timeline import names, runs
from services.timeline.members import ABSENT, Present
from services.timeline.queries import Queries
from services.timeline.remembered import Rows
from services.timeline.runs import Run
from services.timeline.view import View
from services.timeline.work import NO_GOAL, Supports, Work, in_sector, supports_of, work_of


def cells(
    queries: Queries, view: View, goal: UUID | None = None, sector: UUID | None = None, work: Work | None = None
) -> list[dict[str, Any]]:
    """Every goal × sector, and every goal × all sectors. `work`: of these initiatives instead of the view's."""
    return of_sides(queries, view, _cell, goal=goal, sector=sector, work=work)


class Sides(NamedTuple):
    """Both sides of a goal in a sector (null: in all of them together)."""

    goal: UUID
    sector: UUID | None
    central: Present
    local: Present


def of_sides(
    queries: Queries,
    view: View,
    said: Callable[[Sides], Rows],
    *,
    goal: UUID | None,
    sector: UUID | None,
    work: Work | None,
) -> Rows:
    """What is said of each goal × sector, and of each goal × all sectors: kept goal by goal, as nothing but both
    sides' work decides it.
    """
    work = work or work_of(queries, view)
    sectors = [row["id"] for row in names.sectors(queries, view, sector, work)]
    goals = [row["id"] for row in names.goals(queries, view, goal, work)]
    named = " ".join(map(str, sectors))  # text is hashed once, a UUID each time
    by_goal = {of: _present(work, of, sectors) for of in goals}

    def ask(some: Sequence[UUID]) -> dict[UUID, Rows]:
        return {of: [*chain.from_iterable(map(said, _sides(of, sectors, *by_goal[of])))] for of in some}

    decided_by = {of: (said, of, named, both) for of, both in by_goal.items()}
    return [*chain.from_iterable(queries.lasting(decided_by, ask))]


def _present(work: Work, goal: UUID, sectors: Iterable[UUID]) -> tuple[Present, ...]:
    """Centrally, in each sector, and in all sectors together."""
    there = work.on(goal)
    return (there.get(None, ABSENT), *[there.get(sector, ABSENT) for sector in sectors], work.locally(goal, None))


def _sides(goal: UUID, sectors: Iterable[UUID], central: Present, *local: Present) -> Iterable[Sides]:
    for sector, present in zip((*sectors, None), local, strict=True):
        yield Sides(goal, sector, central, present)


def _cell(sides: Sides) -> Rows:
    """`concurrency.Cell`, with its periods inclusive."""
    _, _, central, local = sides
    both = runs.both(central.days, local.days)
    central_days, local_days, both_days = map(runs.number, (central.days, local.days, both))
    any_days = central_days + local_days - both_days
    return [
        {
            "goal": sides.goal,
            "sector": sides.sector,
            "state": _state(central_days, local_days, both_days),
            "central": central.n,
            "local": local.n,
            "undated": local.undated,
            "central_days": central_days,
            "local_days": local_days,
            "both_days": both_days,
            "degree": both_days / any_days if any_days else None,
            "coverage": both_days / central_days if central_days else None,
            "central_periods": runs.periods(central.days),
            "local_periods": runs.periods(local.days),
            "both_periods": runs.periods(both),
        }
    ]


def _state(central_days: int, local_days: int, both_days: int) -> str:
    if both_days:
        return "together"
    if central_days and local_days:
        return "apart"
    if central_days:
        return "central_only"
    return "local_only" if local_days else "none"


class Met(NamedTuple):
    """Of the central initiatives, by id, those that work together with a related local one, and those that do so at the
    same time; and the days on which some do.
    """

    together: Collection[bytes]
    concurrent: Collection[bytes]
    days: runs.Runs


def met(work: Work, supports: Supports, sector: UUID | None = None) -> Met:
    """By local ones of the sector (null: of any) with a goal in common, and by those that support a central one; an
    undated one makes a relation, and shares no day.
    """
    together: set[bytes] = set()
    concurrent: set[bytes] = set()
    days: list[Run] = []
    for goal, central in work.central.items():
        partners = work.locally(goal, sector)
        if goal != NO_GOAL and partners.anybody:
            together |= central.ids
            concurrent |= central.met(partners.days)
            days += runs.both(partners.days, work.on(goal).get(None, ABSENT).days)
    central_days = work.central_days
    for by_central in in_sector(supports, sector):
        for id_ in central_days.keys() & by_central.keys():
            start, end = central_days[id_]
            for support in filter(work.counts, by_central[id_]):
                together.add(id_)
                if support.start < end and support.end > start:
                    concurrent.add(id_)
                    days.append((max(start, support.start), min(end, support.end)))
    return Met(together, concurrent, runs.union(days))


Meeting = Literal["together", "concurrent", "apart", "alone"]
"""One of the year's figures: central initiatives that work together with local ones; those that do so at the same time
too; those that do not; those that have nobody to work together with.
"""
MEETINGS: tuple[Meeting, ...] = get_args(Meeting)


def counted(queries: Queries, view: View, meeting: Meeting, sector: UUID | None = None) -> Collection[bytes]:
    """The central initiatives, by id, that this figure of the year counts; of a sector's year, where it is given."""
    found = _met_in(queries, view, sector)
    match meeting:
        case "together":
            return found.together
        case "concurrent":
            return found.concurrent
        case "apart":
            return {id_ for id_ in found.together if id_ not in found.concurrent}
        case "alone":
            return {id_ for id_ in work_of(queries, view).central_days if id_ not in found.together}
        case _:
            assert_never(meeting)


def _met_in(queries: Queries, view: View, sector: UUID | None) -> Met:
    """As `met`; the figures and the bars of each of them are counted from the same."""
    work, supports = work_of(queries, view), supports_of(queries, view)
    return queries.follows(f"met in {sector}", view, lambda: met(work, supports, sector), _size)


def _size(found: Met) -> int:
    return len(found.together) + len(found.concurrent)


def totals(queries: Queries, view: View) -> dict[str, Any]:
    return queries.follows("totals", view, lambda: totals_of(work_of(queries, view), _met_in(queries, view, None)))


def totals_of(work: Work, all_of_them: Met) -> dict[str, Any]:
    """Each central initiative counts once, however many it meets."""
    return work.totals() | {
        "central_together": len(all_of_them.together),
        "central_concurrent": len(all_of_them.concurrent),
    }
