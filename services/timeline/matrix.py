"""The matrix: how goals and sectors work together, cell by cell and in all.

The definitions of `concurrency.py`, counted from who works when (`work.py`); a property test holds both equal to a
count day by day.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from typing import Any, Literal, NamedTuple, assert_never, get_args
from uuid import UUID

from services.timeline import days, names
from services.timeline.days import NO_DAYS, Days
from services.timeline.members import ABSENT, Present
from services.timeline.queries import Queries
from services.timeline.remembered import Rows
from services.timeline.runs import Run
from services.timeline.view import View
from services.timeline.work import NO_GOAL, Work, work_of


def cells(
    queries: Queries, view: View, goal: UUID | None = None, sector: UUID | None = None, work: Work | None = None
) -> list[dict[str, Any]]:
    """Every goal × sector, and every goal × all sectors. `work`: of these initiatives instead of the view's."""
    return of_sides(queries, view, _cells, goal=goal, sector=sector, work=work)


class GoalRow(NamedTuple):
    """Who works for a goal in a window: centrally, and in each sector, last in all sectors together (null)."""

    window: Run
    goal: UUID
    central: Present
    local: tuple[tuple[UUID | None, Present], ...]


def of_sides(
    queries: Queries,
    view: View,
    said: Callable[[GoalRow], Rows],
    *,
    goal: UUID | None,
    sector: UUID | None,
    work: Work | None,
) -> Rows:
    """What is said of each goal × sector, and of each goal × all sectors: kept goal by goal, as nothing but its
    initiatives decides it.
    """
    work = work or work_of(queries, view)
    sectors = [row["id"] for row in names.sectors(queries, view, sector, work)]
    goals = [row["id"] for row in names.goals(queries, view, goal, work)]
    named = " ".join(map(str, sectors))  # text is hashed once, a UUID each time

    def ask(some: Sequence[UUID]) -> dict[UUID, Rows]:
        return {of: said(_row(work, of, sectors)) for of in some}

    decided_by = {of: (said, work.window, of, work.state(of), named) for of in goals}
    return [*chain.from_iterable(queries.lasting(decided_by, ask))]


def _row(work: Work, goal: UUID, sectors: Iterable[UUID]) -> GoalRow:
    of = work.of(goal)
    local = [(sector, of.there.get(sector, ABSENT)) for sector in sectors]
    return GoalRow(work.window, goal, of.central, (*local, (None, of.local(None))))


def _cells(row: GoalRow) -> Rows:
    """Each a `concurrency.Cell`, with its periods inclusive."""
    window, goal, central, in_sectors = row
    central_days, central_periods = central.days.bit_count(), days.periods(central.days, window)
    found = []
    for sector, local in in_sectors:
        both = central.days & local.days
        local_days, both_days = local.days.bit_count(), both.bit_count()
        any_days = central_days + local_days - both_days
        found.append(
            {
                "goal": goal,
                "sector": sector,
                "state": _state(central_days, local_days, both_days),
                "central": central.n,
                "local": local.n,
                "undated": local.undated,
                "central_days": central_days,
                "local_days": local_days,
                "both_days": both_days,
                "degree": both_days / any_days if any_days else None,
                "coverage": both_days / central_days if central_days else None,
                "central_periods": central_periods,
                "local_periods": days.periods(local.days, window),
                "both_periods": days.periods(both, window),
            }
        )
    return found


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
    days: Days


def met(work: Work, sector: UUID | None = None) -> Met:
    """By local ones of the sector (null: of any) with a goal in common, and by those that support a central one; an
    undated one makes a relation, and shares no day.
    """
    together: set[bytes] = set()
    concurrent: set[bytes] = set()
    common = NO_DAYS
    for goal, central in work.central.items():
        sides = work.of(goal)
        partners = sides.local(sector)
        if goal != NO_GOAL and partners.anybody:
            together |= central.ids
            concurrent |= central.met(partners.days)
            common |= partners.days & sides.central.days
    first, after = work.window
    is_open = common != days.until(after - first)
    unmet = work.central_ids if is_open else work.central_ids - concurrent  # of the others nothing is left to say
    for supports in work.supports(sector) if unmet else ():
        for id_ in unmet & supports.keys():
            own = days.of_run(work.central_days[id_], work.window)
            for run in filter(work.counts, supports[id_]):
                together.add(id_)
                if met_days := own & days.of_run(run, work.window):
                    concurrent.add(id_)
                    common |= met_days
    return Met(together, concurrent, common)


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
            return work_of(queries, view).central_ids.difference(found.together)
        case _:
            assert_never(meeting)


def _met_in(queries: Queries, view: View, sector: UUID | None) -> Met:
    """As `met`; the figures and the bars of each of them are counted from the same."""
    work = work_of(queries, view)
    return queries.follows(f"met in {sector}", view, lambda: met(work, sector), _size)


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
