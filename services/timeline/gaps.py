"""Gaps: the days on which only one side works for a goal in a sector, and the smallest move to one day of both sides.

The definitions of `concurrency.py`, for a large city; a property test holds the two equal to a count day by day.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from heapq import nsmallest
from itertools import chain
from operator import itemgetter
from typing import Any, Literal, NamedTuple, assert_never
from uuid import UUID

import msgspec

from services.timeline import names, paging, runs
from services.timeline.matrix import Sides, of_sides
from services.timeline.members import ABSENT, NO_MEMBERS
from services.timeline.paging import BEFORE_ALL, Page, Small
from services.timeline.queries import Queries
from services.timeline.remembered import Before, Row, Rows
from services.timeline.runs import Run
from services.timeline.view import THESE, View, over, whole
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


def _named(alias: str) -> str:
    """An initiative as JSON: which it is, and when it runs."""
    return f"""jsonb_build_object('id', {alias}.id, 'title', {alias}.title, 'external_id', {alias}.external_id,
        'sector', {alias}.sector, 'start', lower({whole(alias)}), 'end', upper({whole(alias)}) - 1)"""


# Of runs, numbered, the nearest initiative of the other side, and the smallest move. `edge` is the local one
# at the edge of a local run that faces the nearest central one: the one to move.
NEAREST = f"""
with {THESE},
page as materialized (
    select n, goal, sector, kind, daterange(first, last, '[]') as run
    from json_to_recordset(%(runs)s::json) as p(n int, goal uuid, sector uuid, kind text, first date, last date)
),
dated as materialized (
    select unnest(goals) as goal, sector, id, version, period from known where period is not null
),
nearest as (
    select distinct on (n) page.*, k.id, k.version, k.period, m.o
    from page
    left join dated k on k.goal = page.goal
      and case when kind = 'local_only' then k.sector is null else k.sector is not null
      and (page.sector is null or k.sector = page.sector) end
    cross join lateral (
        select least(upper(k.period), upper(run)) - greatest(lower(k.period), lower(run)) as o
    ) m
    order by n, m.o desc, lower(k.period), k.id
),
met as (
    select *, case when id is null then null
                   when (kind = 'central_only') = (lower(period) < lower(run)) then 1 - o else o - 1 end as move
    from nearest
),
edged as (
    select distinct on (n) met.*, k.id as edge, k.version as edge_version
    from met
    left join dated k on kind = 'local_only' and met.id is not null and k.goal = met.goal and k.sector is not null
      and (met.sector is null or k.sector = met.sector)
      and k.period @> case when move < 0 then lower(run) else upper(run) - 1 end
    order by n, lower(k.period), k.id
)
select move,
       case when n.id is not null then {_named("n")} end as nearest,
       case when l.id is not null then {_named("l")} end as edge
from edged e
left join initiative_version n on n.id = e.id and n.version = e.version
left join initiative_version l on l.id = e.edge and l.version = e.edge_version
order by e.n
"""


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


def _runs(sides: Sides) -> Rows:
    """The days on which one side works alone."""
    _, _, central, local = sides
    alone = (
        ("central_only", runs.less(central.days, local.days)),
        ("local_only", runs.less(local.days, central.days)),
    )
    return [
        {
            "goal": sides.goal,
            "sector": sides.sector,
            "kind": kind,
            "from": date.fromordinal(start),
            "to": date.fromordinal(end - 1),
            "days": end - start,
        }
        for kind, some in alone
        for start, end in some
    ]


def _nearest(queries: Queries, view: View, work: Work, alone: Sequence[Alone]) -> Mapping[Alone, Mapping[str, Any]]:
    """The nearest initiative of the other side, the smallest move, and what comes of it; asked again where either side
    was touched.
    """
    query, parameters = over(view, NEAREST), view.parameters()

    def touched_runs(before: Before) -> set[Alone]:
        sides = touched(queries, before)
        goals = {side.goal for side in sides}
        return {run for run in before.parts if run.goal in goals and (run.sector is None or sides & _sides(run))}

    def some(wanted: Collection[Alone], _: Before) -> dict[Alone, dict[str, Any]]:
        numbered = [{"n": n, **run._asdict()} for n, run in enumerate(wanted)]
        in_all = {run.goal for run in wanted if run.sector is None}
        sides = {side for run in wanted for side in _sides(run)} | {
            side for side in work.members if side.goal in in_all
        }
        asked = {"runs": msgspec.json.encode(numbered).decode(), "ids": work.ids(sides)}
        found = zip(wanted, queries.anew(query, {**parameters, **asked}), strict=True)
        return {run: row | _common_days(work, run, row) for run, row in found}

    return queries.in_parts(query, parameters, touched_runs, some, wanted=alone)


def _common_days(work: Work, run: Alone, row: Row) -> Row:
    """On how many days of the window both sides work for the goal in the sector: now, and if the move were made.

    The one that is moved may leave days that it shares already.
    """
    sides = work.on(run.goal)
    central = sides.get(None, ABSENT).days
    found = {
        "common_days": runs.number(runs.both(central, work.locally(run.goal, run.sector).days)),
        "common_days_after": None,
    }
    if moving := moved_by(run.kind, row):
        own = Side(run.goal, UUID(moving["sector"]))
        others = [work.members.get(own, NO_MEMBERS).days_without(UUID(moving["id"]).bytes, work.window)]
        if run.sector is None:
            others += [present.days for sector, present in sides.items() if sector not in (None, own.sector)]
        local = runs.union([*chain(*others), *runs.clip((_shifted(moving, row["move"]),), work.window)])
        found["common_days_after"] = runs.number(runs.both(central, local))
    return found


def moved_by(kind: str, row: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Whom the smallest move is about: the nearest local one, or that at the edge of the gap."""
    found: Mapping[str, Any] | None = row["nearest"] if kind == "central_only" else row["edge"]
    return found


def _shifted(initiative: Mapping[str, Any], days: int) -> Run:
    start, end = initiative["start"], initiative["end"]
    return (
        date.fromisoformat(start).toordinal() + days if start else date.min.toordinal(),
        date.fromisoformat(end).toordinal() + days + 1 if end else date.max.toordinal(),
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
