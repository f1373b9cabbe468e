"""Gaps: the days on which only one side works for a goal in a sector, and the smallest move to one day of both sides.

The definitions of `concurrency.py`, for a large city; a property test holds the two equal to a count day by day.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from heapq import nsmallest
from operator import itemgetter
from typing import Any, Literal, NamedTuple, assert_never
from uuid import UUID

from services.timeline import days, initiatives, names, paging
from services.timeline.matrix import GoalRow, of_sides
from services.timeline.paging import BEFORE_ALL, Page, Small
from services.timeline.queries import Queries
from services.timeline.remembered import Before, Rows
from services.timeline.runs import Run, inclusive
from services.timeline.view import View
from services.timeline.work import Side, Work, touched, work_of

GapOrder = Literal["largest", "goal", "sector", "date"]


class Alone(NamedTuple):
    """Days, both counted, on which one side works alone for a goal in a sector (null: in all of them together)."""

    goal: UUID
    sector: UUID | None
    kind: str
    first: date
    last: date


class GapPlace(NamedTuple):
    """Where a gap stands among all gaps, in the order that was asked for."""

    after_place: Small
    after_days: Small
    after_from: date
    after_goal: UUID
    after_sector: UUID
    after_kind: str


FIRST = GapPlace(-2, 0, date.min, BEFORE_ALL, BEFORE_ALL, "")
"""Before all gaps: those of all sectors together come before those of the first one."""


NAMED = ("id", "title", "external_id", "sector", "start", "end")
"""What is said of the nearest one."""


def page(
    queries: Queries,
    view: View,
    *,
    limit: int,
    goal: UUID | None = None,
    sector: UUID | None = None,
    all_sectors: bool = False,
    kind: str | None = None,
    min_days: int = 1,
    sort: GapOrder = "largest",
    after: GapPlace = FIRST,
) -> Page[GapPlace]:
    """The largest gaps first, or in another order; `all_sectors` asks for those of a goal in all sectors together."""
    work = work_of(queries, view)
    rank = _rank(queries, view, sort, work)
    found = [
        (GapPlace(rank(run), -run["days"], run["from"], run["goal"], run["sector"] or BEFORE_ALL, run["kind"]), run)
        for run in of_sides(queries, view, _runs, goal=goal, sector=sector, work=work)
        if (run["sector"] is None) == all_sectors and kind in (None, run["kind"]) and run["days"] >= min_days
    ]

    def ask(limit: int) -> Rows:
        shown = nsmallest(limit, (one for one in found if one[0] > after), key=itemgetter(0))
        places = [Alone(run["goal"], run["sector"], run["kind"], run["from"], run["to"]) for _, run in shown]
        met = _nearest(queries, view, work, places)
        return [
            {**run, "_place": place.after_place, **met[one]} for (place, run), one in zip(shown, places, strict=True)
        ]

    return paging.page(ask, limit, place, total=len(found))


def _runs(row: GoalRow) -> Rows:
    """The days on which one side works alone."""
    window, goal, central, in_sectors = row
    alone = (
        (sector, kind, run)
        for sector, local in in_sectors
        for kind, some in (("central_only", central.days & ~local.days), ("local_only", local.days & ~central.days))
        if some
        for run in days.runs_of(some, window)
    )
    return [
        {
            "goal": goal,
            "sector": sector,
            "kind": kind,
            "from": date.fromordinal(start),
            "to": date.fromordinal(end - 1),
            "days": end - start,
        }
        for sector, kind, (start, end) in alone
    ]


def _nearest(queries: Queries, view: View, work: Work, alone: Sequence[Alone]) -> Mapping[Alone, Mapping[str, Any]]:
    """The nearest initiative of the other side, the smallest move, and what comes of it; asked again where either side
    was touched.
    """

    def touched_runs(before: Before) -> set[Alone]:
        sides = touched(queries, before)
        goals = {side.goal for side in sides}
        return {run for run in before.parts if run.goal in goals and (run.sector is None or sides & _sides(run))}

    def some(wanted: Collection[Alone], _: Before) -> dict[Alone, dict[str, Any]]:
        moves = {run: smallest_move(work, run) for run in wanted}
        ids = {id_ for move in moves.values() if move for id_ in (move.nearest, move.edge) if id_}
        rows = initiatives.by_id(queries, view, ids)
        named = {row["id"].bytes: {name: row[name] for name in NAMED} for row in rows}
        return {run: _told(work, run, move, named) for run, move in moves.items()}

    return queries.in_parts("nearest", view.parameters(), touched_runs, some, wanted=alone)


class Move(NamedTuple):
    """The smallest move to one day of both sides.

    days: how many, later or (below zero) earlier. nearest: the id of the nearest initiative of the other side. edge: of
    days of local work alone, the local one at their edge that faces the nearest central one, which is the one to move.
    """

    days: int
    nearest: bytes
    edge: bytes | None


def smallest_move(work: Work, run: Alone) -> Move | None:
    """Null where the other side has nobody in the window. The other side has no day of the run, so each of it works
    before or after it; of those that are as near as each other it is the one that begins first.
    """
    window, (first, after) = work.window, inclusive(run.first, run.last)
    local = [members for _, members in work.of(run.goal).local_members(run.sector)]
    others = local if run.kind == "central_only" else [work.side(Side(run.goal, None))]
    distances = [
        *(first - end for some in others if (end := some.last_end(first, window)) is not None),
        *(start - after for some in others if (start := some.next_start(after, window)) is not None),
    ]
    if not distances:
        return None
    distance = min(distances)
    begun = min(
        begun
        for some in others
        for begun in (*some.ending(first - distance, window), *some.starting(after + distance, window))
    )
    later = (run.kind == "central_only") == (begun.start < first)
    if run.kind == "central_only":
        edge = None
    else:
        edge = min(begun for some in local for begun in some.on(after - 1 if later else first, window)).id
    return Move(distance + 1 if later else -distance - 1, begun.id, edge)


def _told(work: Work, run: Alone, move: Move | None, named: Mapping[bytes, Any]) -> dict[str, Any]:
    """Of the move, and on how many days of the window both sides work for the goal in the sector: now, and if it were
    made. The one that is moved may leave days that it shares already.
    """
    sides = work.of(run.goal)
    central = sides.central.days
    found = {
        "move": None,
        "nearest": None,
        "edge": None,
        "common_days": (central & sides.local_days(run.sector)).bit_count(),
        "common_days_after": None,
    }
    if move is None or {move.nearest, move.edge or move.nearest} - named.keys():  # gone since; so it is asked again
        return found
    found |= {"move": move.days, "nearest": named[move.nearest], "edge": named[move.edge] if move.edge else None}
    if moving := moved_by(run.kind, found):
        own, id_ = moving["sector"], moving["id"].bytes
        local = days.of_run(_shifted(moving, move.days), work.window)
        for sector, members in sides.local_members(run.sector):
            is_own = sector == own
            local |= members.days_without(id_, work.window) if is_own else members.days(work.window)
        found["common_days_after"] = (central & local).bit_count()
    return found


def moved_by(kind: str, row: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Whom the smallest move is about: the nearest local one, or that at the edge of the gap."""
    found: Mapping[str, Any] | None = row["nearest"] if kind == "central_only" else row["edge"]
    return found


def _shifted(initiative: Mapping[str, Any], days: int) -> Run:
    start, end = initiative["start"], initiative["end"]
    return (
        start.toordinal() + days if start else date.min.toordinal(),
        end.toordinal() + days + 1 if end else date.max.toordinal(),
    )


def _sides(run: Alone) -> set[Side]:
    """Whose initiatives decide how a gap in a sector could be closed."""
    return {Side(run.goal, None), Side(run.goal, run.sector)}


def _rank(queries: Queries, view: View, sort: GapOrder, work: Work) -> Callable[[Mapping[str, Any]], int]:
    """What gaps are sorted by first; then the largest, the earliest, and ids, so that every gap has one place."""
    match sort:
        case "largest":
            return lambda _: 0
        case "date":
            return lambda run: run["from"].toordinal()
        case "goal" | "sector":
            rows = names.goals(queries, view, work=work) if sort == "goal" else names.sectors(queries, view, work=work)
            ranks = {row["id"]: rank for rank, row in enumerate(rows)}
            return lambda run: ranks.get(run[sort], -1)
        case _:
            assert_never(sort)


def place(gap: Mapping[str, Any]) -> GapPlace:
    return GapPlace(gap["_place"], -gap["days"], gap["from"], gap["goal"], gap["sector"] or BEFORE_ALL, gap["kind"])
