"""What stands in the lanes of the timeline: a bar for each initiative, with the days that it shares; communication."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from services.timeline import matrix, names, paging
from services.timeline.names import CENTRAL, SectorPlace, sector_order
from services.timeline.paging import BEFORE_ALL, Page
from services.timeline.queries import Queries
from services.timeline.remembered import Row, Rows
from services.timeline.runs import both, inclusive, iso, periods, union
from services.timeline.view import THESE, WINDOW, View, chosen, known, over, whole
from services.timeline.work import Support, SupportsByCentral, Work, ids_of, in_sector, supports_of, work_of

# A bar is an initiative on the timeline. `common`: for a local one, the days that it shares with related central ones;
# where a goal is asked for, with those that have this goal, so that the timeline agrees with the cell of the matrix.
# For a central one: `Meeting`.
BARS = f"""
with {THESE},
c as materialized (
    select goal, days from unnest(%(central_goals)s::uuid[], %(central_days)s::text[]::datemultirange[]) c(goal, days)
),
page as materialized (
    select k.*, n, sort_start, case when k.sector is null then 'central' else 'local' end as lane
    from unnest(%(ids)s::uuid[], %(starts)s::date[]) with ordinality o(id, sort_start, n) join known k using (id)
)
select p.id, v.external_id, p.lane, p.sector, s.code as sector_code, a.name as agency, v.title, v.area, v.plan_year,
       p.goals, p.supports, v.status,
       lower(p.whole) as start, upper(p.whole) - 1 as "end", v.planned_start, v.planned_end, v.actual_start,
       v.actual_end,
       lower(p.period) as shown_from, upper(p.period) - 1 as shown_to, p.undated,
       coalesce(lower_inf(p.whole), false) as open_start, coalesce(upper_inf(p.whole), false) as open_end,
       p.sort_start as _sort_start,
       case when p.lane = 'local' then (
           select coalesce(jsonb_agg(jsonb_build_array(lower(r), upper(r) - 1)), '[]')
           from unnest(
               datemultirange(p.period) * (coalesce(by_goal.days, '{{}}') + coalesce(by_support.days, '{{}}'))
           ) r
       ) end as common
from page p
join initiative_version v on v.id = p.id and v.version = p.version
left join lateral (
    select range_agg(c.days) as days from c where c.goal = any(p.goals)
) by_goal on p.lane = 'local'
left join lateral (
    select range_agg({whole("k")}) as days
    from initiative_version k
    where k.id = any(p.supports) and {known("k")} and k.sector is null and not k.withdrawn and {chosen("k")}
      and (%(goal)s::uuid is null or %(goal)s = any(k.goals))
) by_support on p.lane = 'local' and p.supports <> '{{}}'
left join sector_version s on s.id = p.sector and {known("s")}
left join agency_version a on a.id = v.agency and {known("a")}
order by n
"""

ACTIVITIES = f"""
select id, external_id, title, audiences, channel, goals, status, lower(planned) as start,
       upper(planned) - 1 as "end", published_on,
       planned is null as undated
from activity_version
where {known()} and status <> 'withdrawn'
  and (planned is null or planned && {WINDOW})
  and (%(goal)s::uuid is null or %(goal)s = any(goals))
  and (%(audience)s::text is null or %(audience)s = any(audiences))
order by lower(planned) nulls last, id
"""


class BarPlace(NamedTuple):
    """Where a bar stands among all: by its sector (`names.sector_order`), first day in the window, id."""

    unresolved: bool
    code: str
    sector: UUID
    start: date
    id: UUID


FIRST = BarPlace(*CENTRAL, date.min, BEFORE_ALL)
"""Before all bars."""


def bars(
    queries: Queries,
    view: View,
    *,
    limit: int,
    after: BarPlace = FIRST,
    goal: UUID | None = None,
    sector: UUID | None = None,
    meeting: matrix.Meeting | None = None,
) -> Page[BarPlace]:
    """Central ones first, then sector by sector, each lane by first day; undated ones last in their lane.

    meeting: of the central ones those that this figure of the year, or of the sector's, counts.
    """
    of = Of(goal, sector, meeting)

    def ask(limit: int) -> Rows:
        page = f"{limit} bars after {', '.join(map(str, after))}, of {of}"
        return queries.follows(page, view, lambda: _bars(queries, view, limit, after, of), len)

    return paging.page(ask, limit, place)


class Of(NamedTuple):
    """Which bars are asked for."""

    goal: UUID | None
    sector: UUID | None
    meeting: matrix.Meeting | None


def _bars(queries: Queries, view: View, limit: int, after: BarPlace, of: Of) -> Rows:
    work = work_of(queries, view)
    days = _central_days(work, of.goal)
    meeting = _meeting(queries, view, work, of.goal, of.sector)
    central = matrix.counted(queries, view, of.meeting, of.sector) if of.meeting else None
    asked: dict[str, Any] = {"goal": of.goal, "central_goals": [*days], "central_days": [*days.values()]}

    def sectors() -> Iterator[SectorPlace]:
        yield CENTRAL
        for row in names.sectors_besides(queries, view, work.all_sectors, of.sector):
            yield sector_order(row["id"], row["code"])

    starts = _starts(work, after, sectors(), of.goal, central)
    found: Rows = []
    while len(found) < limit and (some := [*islice(starts, limit - len(found))]):  # again where one is gone meanwhile
        asked |= {"ids": ids_of(id_ for _, id_ in some), "starts": [iso(start) for start, _ in some]}
        found += meeting.with_days(queries.anew(over(view, BARS), {**view.parameters(), **asked}))
    return found


@dataclass(frozen=True)
class Meeting:
    """The local work that central bars are held against: where a goal or a sector is asked for, that for it, or its."""

    work: Work
    supports: Iterable[SupportsByCentral]
    goal: UUID | None
    sector: UUID | None

    def with_days(self, bars: Rows) -> Iterator[Row]:
        """Bars, each central one with the days that it shares with related local ones."""
        supporters = self._supporters({bar["id"].bytes for bar in bars if bar["sector"] is None})
        for bar in bars:
            if bar["sector"] is None:
                yield {**bar, "common": self._common(bar, supporters.get(bar["id"].bytes, ()))}
            else:
                yield bar

    def _supporters(self, central: set[bytes]) -> Mapping[bytes, Sequence[Support]]:
        found: dict[bytes, list[Support]] = defaultdict(list)
        for by_central in self.supports:
            for id_ in central & by_central.keys():
                found[id_] += by_central[id_]
        return found

    def _common(self, central: Mapping[str, Any], supporters: Iterable[Support]) -> list[tuple[str, str]]:
        if central["shown_from"] is None:
            return []
        own = inclusive(central["shown_from"], central["shown_to"])
        goals = [self.goal] if self.goal else central["goals"]
        local = [self.work.locally(goal, self.sector).days for goal in goals]
        local += [((start, end),) for _, start, end in supporters]
        return periods(union(run for days in local for run in both((own,), days)))


def _meeting(queries: Queries, view: View, work: Work, goal: UUID | None, sector: UUID | None) -> Meeting:
    """A local one that supports, and has the goal that is asked for, is counted by that."""
    supports = {} if goal else supports_of(queries, view)
    return Meeting(work, in_sector(supports, sector), goal, sector)


Start = tuple[int, bytes]
"""Of a bar: the number of its first day in the window, and its id."""


def _starts(
    work: Work, after: BarPlace, sectors: Iterable[SectorPlace], goal: UUID | None, central: Collection[bytes] | None
) -> Iterator[Start]:
    """In order, and no sector is looked at before it is its turn. `central`: only these of the central ones."""
    for sector in sectors:
        if sector >= after[:3]:
            begun = (after.start.toordinal(), after.id.bytes) if sector == after[:3] else (0, b"")
            known = dict(work.first_days(None if sector == CENTRAL else sector.sector, goal))
            if sector == CENTRAL and central is not None:
                known = {id_: start for id_, start in known.items() if id_ in central}
            yield from sorted(one for id_, start in known.items() if (one := (start, id_)) > begun)


def _central_days(work: Work, goal: UUID | None) -> Mapping[UUID, str]:
    """On which days central ones work for each goal, or for the one, as PostgreSQL reads them."""
    found = ((goal, members.within(work.window).days) for goal, members in work.sides(None, goal))
    return {of: f"{{{','.join(f'[{first},{last}]' for first, last in periods(days))}}}" for of, days in found}


def place(bar: Mapping[str, Any]) -> BarPlace:
    return BarPlace(*sector_order(bar["sector"], bar["sector_code"]), bar["_sort_start"], bar["id"])


def activities(queries: Queries, view: View, goal: UUID | None = None) -> list[dict[str, Any]]:
    return queries.about(view, ACTIVITIES, goal=goal)
