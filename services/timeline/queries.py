"""The definitions of DESIGN section 6 as SQL: `concurrency.py` is their readable reference, and a property test holds
the two equal to a count day by day.

Every query takes a `View`: the window, the basis and the moment whose knowledge counts. All dates that come out are
inclusive; null is open, or unknown.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from heapq import nsmallest
from operator import itemgetter
from typing import Any, Literal, LiteralString, NamedTuple, assert_never
from uuid import UUID

import msgspec
from psycopg.rows import dict_row
from psycopg.types.json import set_json_loads

from services.timeline.concurrency import Selection, Standing
from services.timeline.remembered import Remembered, State, question
from shared import identity
from shared.database import Database
from shared.http import OSLO

set_json_loads(msgspec.json.decode)
"""A matrix has thousands of short lists, which the standard library takes much longer to read."""

Basis = Literal["planned", "actual"]
STATUSES: Mapping[Standing, tuple[str, ...]] = {
    "not_started": ("planned", "proposed", "anchored"),
    "started": ("started",),
    "completed": ("completed",),
    "stopped": ("discontinued", "cancelled"),
}
"""What the owning services call a standing."""
GapOrder = Literal["largest", "goal", "sector", "date"]

NOBODY = UUID(int=0)
"""Before every id."""
NO_GOAL: LiteralString = "00000000-0000-0000-0000-000000000000"
"""Stands where a goal would, for initiatives that have none (RFC 9562, the nil UUID)."""


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class View:
    """What is asked for: the days from `first` to `last`, both counted, as they were known at the end of `known_on`.

    just_after: instead of the end of a day, the instant right after this moment: what was recorded then is known.
    selection: which initiatives count; `agency` is an id.
    """

    first: date
    last: date
    basis: Basis = "actual"
    known_on: date | None = None
    just_after: datetime | None = None
    selection: Selection = EVERYTHING

    def parameters(self) -> dict[str, Any]:
        chosen = self.selection
        return {
            "first": self.first,
            "last": self.last,
            "basis": self.basis,
            "moment": self.moment(),
            "agency": chosen.agency,
            "area": chosen.area,
            "audience": chosen.audience,
            "statuses": [*STATUSES[chosen.standing]] if chosen.standing else None,
        }

    def moment(self) -> datetime | str:
        """The end of the day in Oslo; events recorded before it are known. 'infinity' is now."""
        if self.just_after is not None:
            return self.just_after + RIGHT_AFTER
        if self.known_on is None:
            return "infinity"
        return datetime.combine(self.known_on + timedelta(days=1), time(), tzinfo=OSLO)


RIGHT_AFTER = timedelta(microseconds=1)
"""As near to a moment as PostgreSQL's clock knows."""


class GapPlace(NamedTuple):
    """Where a gap stands among all gaps, in the order that was asked for."""

    after_place: int
    after_days: int
    after_from: date
    after_goal: UUID
    after_sector: UUID
    after_kind: str


FIRST_GAP = GapPlace(-1, 0, date.min, NOBODY, NOBODY, "")
"""Before all gaps."""


def known(alias: str = "") -> str:
    """The condition on a versioned table for what was known at the moment."""
    of = f"{alias}." if alias else ""
    return f"{of}recorded_from < %(moment)s::timestamptz and {of}recorded_to >= %(moment)s::timestamptz"


def chosen(alias: str) -> str:
    """`Selection.has`, on a row of initiative_version."""
    return f"""case when {alias}.sector is null
             then (%(area)s::text is null or {alias}.area = %(area)s)
                  and (%(audience)s::text is null or %(audience)s = any({alias}.audiences))
             else %(agency)s::uuid is null or {alias}.agency = %(agency)s end
        and (%(statuses)s::text[] is null or {alias}.status = any(%(statuses)s))"""


WINDOW: LiteralString = "daterange(%(first)s::date, %(last)s::date, '[]')"


FEW: LiteralString = "cardinality(goals) + cardinality(supports) <= 100"
"""Links that fit into an index; as in `indexes.sql`."""


def _known_on(basis: Basis) -> str:
    """What was known at the moment, on one basis: most of it from an index alone, the rest from a small one."""
    of_this_kind = f"""
    select id, version, sector, goals, supports, {basis} as whole from initiative_version
    where %(basis)s::text = '{basis}' and {known()}
    """
    return f"""
    {of_this_kind} and {FEW} and {basis} && {WINDOW}
    union all
    {of_this_kind} and ({basis} is null or not {FEW}) and not withdrawn and ({basis} is null or {basis} && {WINDOW})
    """


# Of each item that has a day in the window, or no date at all (undated), the version that was known at the moment.
# `period` is clipped to the window, `whole` is not; both half-open. Whatever else is in the row is found by its key.
# A query that reads it once, and not all of it, filters while it scans: so it isn't said to be materialized.
KNOWN = f"""
known as (
    select *, nullif(whole * {WINDOW}, 'empty') as period, whole is null as undated
    from ({_known_on("planned")} union all {_known_on("actual")}) effective
)
"""

# The same of what a `Selection` chooses: for that the row itself is needed, which the index does not have.
KNOWN_AND_CHOSEN = f"""
known as (
    select e.*, nullif(e.whole * {WINDOW}, 'empty') as period, e.whole is null as undated
    from ({_known_on("planned")} union all {_known_on("actual")}) e
    join initiative_version v on v.id = e.id and v.version = e.version
    where {chosen("v")}
)
"""


def over(view: View, query: str) -> str:
    """The query over what the view's selection leaves."""
    return query if view.selection == EVERYTHING else query.replace(KNOWN, KNOWN_AND_CHOSEN)


def _work(of: LiteralString = "") -> LiteralString:
    """Per goal and sector (null: central): how many initiatives have a day in the window, and on which days they run.

    Whatever has no goal stands under `NO_GOAL`. `first_…` count what has this goal as its first one: over all goals,
    each initiative once. `of`: a condition on `known`.
    """
    return f"""
work as materialized (
    select g.goal, k.sector, count(k.period)::int as n, range_agg(k.period) as days,
           count(*) filter (where k.undated)::int as undated,
           count(k.period) filter (where nth = 1)::int as first_dated,
           count(*) filter (where nth = 1 and k.undated)::int as first_undated,
           count(k.period) filter (where nth = 1 and (lower_inf(k.whole) or upper_inf(k.whole)))::int as first_open
    from known k
    cross join lateral unnest(case k.goals when '{{}}' then array[uuid '{NO_GOAL}'] else k.goals end)
        with ordinality g(goal, nth)
    {of}
    group by g.goal, k.sector
)
"""


WORK = _work()

# The answers about cells, gaps and totals are made from this one: a row for each goal, in which `work` is the rows as
# JSON, less the brackets, and `local` to `open` count what has this goal as its first one. `of`: these goals only.
WORK_BY_GOAL = f"""
with {KNOWN}, {
    _work('''
    where %(of)s::uuid[] is null or (k.goals && %(of)s or k.goals = '{}') and g.goal = any(%(of)s)
''')
}
select goal, coalesce(array_agg(sector) filter (where sector is not null), '{{}}') as sectors,
       range_agg(days) filter (where sector is not null)::text as local_days,
       coalesce(sum(first_dated) filter (where sector is not null), 0)::int as local,
       coalesce(sum(first_undated) filter (where sector is null), 0)::int as undated_central,
       coalesce(sum(first_undated) filter (where sector is not null), 0)::int as undated_local,
       sum(first_dated + first_undated)::int as initiatives, sum(first_open)::int as open,
       string_agg(to_json(work)::text, ',' order by sector) as work
from work group by goal
"""

# Which goals have, or had, an initiative (`central`: a central one) of which anything was written since.
TOUCHED: LiteralString = f"""
select distinct unnest(case goals when '{{}}' then array[uuid '{NO_GOAL}'] else goals end) as goal
from initiative_version
where id in (select id from initiative_version where written >= %(since)s::xid8)
  and (sector is null or not %(central)s)
"""

# On which days central ones work for a goal.
CENTRAL_DAYS = f"""
with {KNOWN}
select g.goal, range_agg(k.period)::text as days from known k cross join lateral unnest(k.goals) g(goal)
where k.sector is null and k.period is not null and (%(of)s::uuid[] is null or g.goal = any(%(of)s))
group by g.goal
"""

# The answer to `WORK_BY_GOAL`, read back.
GIVEN_WORK: LiteralString = """
work as materialized (
    select * from json_to_recordset(%(work)s::json) as w(goal uuid, sector uuid, n int, days datemultirange,
        undated int, first_dated int, first_undated int, first_open int)
)
"""

GOALS_KNOWN = f"""
select coalesce(g.id, r.goal) as id, g.external_id, g.title, g.kind, g.status
from (select * from goal_version where {known()}) g
full join unnest(%(used)s::uuid[]) r(goal) on r.goal = g.id
where (g.status is distinct from 'retired' or r.goal is not null)
  and (%(goal)s::uuid is null or coalesce(g.id, r.goal) = %(goal)s)
"""

SECTORS = f"""
sectors as materialized (
    select coalesce(s.id, r.sector) as id, s.code, s.name
    from (select * from sector_version
          where {known()}) s
    full join unnest(%(used_sectors)s::uuid[]) r(sector) on r.sector = s.id
    where %(sector)s::uuid is null or coalesce(s.id, r.sector) = %(sector)s
)
"""

# Of some goals, per sector, and in all sectors together (sector null), both sides' days.
SIDES: LiteralString = """
c as materialized (select * from work where sector is null),
sides as (
    select g.id as goal, s.id as sector, coalesce(c.n, 0) as central, coalesce(l.n, 0) as local,
           coalesce(c.days, '{}') as c, coalesce(l.days, '{}') as l, coalesce(l.undated, 0) as undated
    from unnest(%(goals)s::uuid[]) g(id) cross join unnest(%(sectors)s::uuid[]) s(id)
    left join c on c.goal = g.id
    left join work l on l.goal = g.id and l.sector = s.id
    union all
    select g.id, null, coalesce(c.n, 0), coalesce(l.n, 0), coalesce(c.days, '{}'), coalesce(l.days, '{}'),
           coalesce(l.undated, 0)
    from unnest(%(goals)s::uuid[]) g(id)
    left join c on c.goal = g.id
    left join (select goal, sum(n)::int as n, range_agg(days) as days, sum(undated)::int as undated
               from work where sector is not null group by goal) l on l.goal = g.id
)
"""


def counted(days: str, name: str) -> str:
    """A set of days as their number and as inclusive periods: `<name>_days`, `<name>_periods`."""
    return f"""
    select coalesce(sum(upper(r) - lower(r)), 0)::int as {name}_days,
           coalesce(jsonb_agg(jsonb_build_array(lower(r), upper(r) - 1)), '[]') as {name}_periods
    from unnest({days}) r
    """


CELLS = f"""
with {GIVEN_WORK}, {SIDES}
select goal, sector,
       case when both_days > 0 then 'together' when central_days > 0 and local_days > 0 then 'apart'
            when central_days > 0 then 'central_only' when local_days > 0 then 'local_only' else 'none' end as state,
       central, local, undated, central_days, local_days, both_days,
       both_days / nullif(central_days + local_days - both_days, 0)::float8 as degree,
       both_days / nullif(central_days, 0)::float8 as coverage,
       central_periods, local_periods, both_periods
from sides
cross join lateral ({counted("c", "central")}) cd
cross join lateral ({counted("l", "local")}) ld
cross join lateral ({counted("c * l", "both")}) bd
"""

SECTORS_KNOWN = f"with {SECTORS} select * from sectors order by code nulls last, id"

AGENCIES_KNOWN = f"""
select a.id, a.code, a.name, a.sector from agency_version a
left join sector_version s on s.id = a.sector and {known("s")}
where {known("a")} order by s.code nulls last, a.code, a.id
"""
AREAS_KNOWN = f"select distinct unnest(areas) as area from plan_version where {known()} order by 1"

# The plan's sentence in two halves: a central initiative works together with a related local one, and at the same time.
# `local_goals`, `local_days`: the goals that local ones work for, and when (null: all of them are undated).
TOTALS = f"""
with {KNOWN},
l as materialized (
    select * from unnest(%(local_goals)s::uuid[], %(local_days)s::text[]::datemultirange[]) l(goal, days)
),
linked as materialized (
    select id, sector, goals, supports, period from known where sector is null or supports <> '{{}}'
),
supported as materialized (
    select s.central, range_agg(k.period) as days
    from linked k cross join lateral unnest(k.supports) s(central)
    where k.sector is not null group by s.central
),
central as materialized (
    select by_goal.together or s.central is not null as together,
           coalesce(by_goal.concurrent, false) or coalesce(s.days && k.period, false) as concurrent
    from linked k
    cross join lateral (select count(*) > 0 as together, bool_or(l.days && k.period) as concurrent
                        from l where l.goal = any(k.goals)) by_goal
    left join supported s on s.central = k.id
    where k.sector is null and k.period is not null
)
select count(*)::int as central, (count(*) filter (where together))::int as central_together,
       (count(*) filter (where concurrent))::int as central_concurrent
from central
"""


def _named(alias: str) -> str:
    """An initiative as JSON: which it is, and when it runs."""
    whole = f"case %(basis)s::text when 'planned' then {alias}.planned else {alias}.actual end"
    return f"""jsonb_build_object('id', {alias}.id, 'title', {alias}.title, 'external_id', {alias}.external_id,
        'sector', {alias}.sector, 'start', lower({whole}), 'end', upper({whole}) - 1)"""


# The days on which one side works alone, of some goals; of `CELLS`, those that are a gap.
RUNS = f"""
with {GIVEN_WORK}, {SIDES}
select goal, sector, kind, lower(run) as "from", upper(run) - 1 as "to", upper(run) - lower(run) as days
from (
    select goal, sector, 'central_only' as kind, r as run from sides cross join lateral unnest(c - l) r
    union all
    select goal, sector, 'local_only', r from sides cross join lateral unnest(l - c) r
) runs
"""

# Of a page of gaps, numbered, the nearest initiative of the other side, and the smallest move. `edge` is the local one
# at the edge of a local run that faces the nearest central one: the one to move.
NEAREST = f"""
with {KNOWN},
page as materialized (
    select n, goal, sector, kind, daterange("from", "to", '[]') as run
    from json_to_recordset(%(page)s::json) as p(n int, goal uuid, sector uuid, kind text, "from" date, "to" date)
),
dated as materialized (
    select g.goal, k.sector, k.id, k.version, k.period
    from known k cross join lateral unnest(k.goals) g(goal)
    where k.period is not null and k.goals && %(goals)s::uuid[] and g.goal = any(%(goals)s)
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

# A bar is an initiative on the timeline. `common`: for a local one, the days that it shares with related central ones;
# where a goal is asked for, with those that have this goal, so that the timeline agrees with the cell of the matrix.
BARS = f"""
with {KNOWN},
c as materialized (
    select goal, days from unnest(%(central_goals)s::uuid[], %(central_days)s::text[]::datemultirange[]) c(goal, days)
    where %(goal)s::uuid is null or goal = %(goal)s
),
bars as (
    select k.*, case when k.sector is null then 'central' else 'local' end as lane, s.code
    from known k left join sector_version s on s.id = k.sector and {known("s")}
    where (%(goal)s::uuid is null or %(goal)s = any(k.goals))
      and (%(sector)s::uuid is null or k.sector = %(sector)s or k.sector is null)
),
page as materialized (
    select * from bars
    where (lane, coalesce(code, ''), coalesce(lower(period), '9999-12-31'), id)
          > (%(after_lane)s, %(after_code)s, %(after_start)s::date, %(after_id)s::uuid)
    order by lane, coalesce(code, ''), coalesce(lower(period), '9999-12-31'), id
    limit %(limit)s
)
select p.id, v.external_id, p.lane, p.sector, p.code as sector_code, a.name as agency, v.title, v.area, v.plan_year,
       p.goals, p.supports, v.status,
       lower(p.whole) as start, upper(p.whole) - 1 as "end", v.planned_start, v.planned_end, v.actual_start,
       v.actual_end,
       lower(p.period) as shown_from, upper(p.period) - 1 as shown_to, p.undated,
       coalesce(lower_inf(p.whole), false) as open_start, coalesce(upper_inf(p.whole), false) as open_end,
       coalesce(lower(p.period), '9999-12-31') as sort_start,
       (select coalesce(jsonb_agg(jsonb_build_array(lower(r), upper(r) - 1)), '[]')
        from unnest(datemultirange(p.period) * (coalesce(by_goal.days, '{{}}') + coalesce(by_support.days, '{{}}'))) r
        where p.lane = 'local') as common
from page p
join initiative_version v on v.id = p.id and v.version = p.version
left join lateral (
    select range_agg(c.days) as days from c where c.goal = any(p.goals)
) by_goal on p.lane = 'local'
left join lateral (
    select range_agg(case %(basis)s::text when 'planned' then k.planned else k.actual end) as days
    from initiative_version k
    where k.id = any(p.supports) and {known("k")} and k.sector is null and not k.withdrawn and {chosen("k")}
      and (%(goal)s::uuid is null or %(goal)s = any(k.goals))
) by_support on p.lane = 'local' and p.supports <> '{{}}'
left join agency_version a on a.id = v.agency and {known("a")}
order by p.lane, coalesce(p.code, ''), coalesce(lower(p.period), '9999-12-31'), p.id
"""

ACTIVITIES = f"""
select id, external_id, title, audiences, channel, goals, status, lower(planned) as start,
       upper(planned) - 1 as "end", published_on,
       planned is null as undated
from activity_version
where {known()} and status <> 'withdrawn'
  and (planned is null or planned && daterange(%(first)s::date, %(last)s::date, '[]'))
  and (%(goal)s::uuid is null or %(goal)s = any(goals))
  and (%(audience)s::text is null or %(audience)s = any(audiences))
order by lower(planned) nulls last, id
"""

INITIATIVE = f"""
select k.id, k.external_id, k.sector, s.code as sector_code, s.name as sector_name, a.name as agency, k.plan_year,
       k.area, k.title,
       k.description, k.responsible, k.goals, k.supports, k.audiences, k.status, k.anchored,
       k.planned_start, k.planned_end, k.actual_start, k.actual_end, lower(k.whole) as start,
       upper(k.whole) - 1 as "end",
       lower(k.whole * {WINDOW}) as shown_from, upper(k.whole * {WINDOW}) - 1 as shown_to,
       k.undated, coalesce(lower_inf(k.whole), false) as open_start, coalesce(upper_inf(k.whole),
       false) as open_end, k.withdrawn,
       k.version
from (select v.*, case %(basis)s::text when 'planned' then v.planned else v.actual end as whole,
             case %(basis)s::text when 'planned' then v.planned else v.actual end is null and not v.withdrawn as undated
      from initiative_version v
      where v.id = %(id)s and {known("v")}) k
left join sector_version s on s.id = k.sector and {known("s")}
left join agency_version a on a.id = k.agency and {known("a")}
"""

# The related initiatives of the other side that have a day in the window or no date at all, and whatever supports it or
# is supported by it, at any time; with the verdict: o = least(ends) − greatest(starts), as in `concurrency.pair`.
RELATED = f"""
with {KNOWN},
self as materialized (
    select v.id, v.sector, v.goals, v.supports, whole, nullif(whole * {WINDOW}, 'empty') as period
    from initiative_version v
    cross join lateral (select case %(basis)s::text when 'planned' then v.planned else v.actual end as whole) b
    where v.id = %(id)s and {known("v")} and not v.withdrawn
),
related as (
    select k.id, k.version from self join known k on (self.sector is null) <> (k.sector is null)
    where self.goals && k.goals
    union
    select v.id, v.version from initiative_version v
    where v.supports @> array[%(id)s::uuid] and v.supports <> '{{}}' and {known("v")}
    union
    select v.id, v.version from self join initiative_version v on v.id = any(self.supports) and {known("v")}
),
pairs as (
    select v.id, v.external_id, v.title, v.sector, v.status, v.planned_start, v.planned_end, v.actual_start,
           v.actual_end, b.whole, nullif(b.whole * {WINDOW}, 'empty') as period, b.whole is null as undated,
           self.sector is null as self_is_central, self.period as own, self.whole is null as own_undated,
           case when self.sector is null
           then self.id = any(v.supports) else v.id = any(self.supports) end as by_support,
           array(select unnest(self.goals) intersect select unnest(v.goals)) as shared_goals
    from self cross join related
    join initiative_version v on v.id = related.id and v.version = related.version
    cross join lateral (select case %(basis)s::text when 'planned' then v.planned else v.actual end as whole) b
    where (self.sector is null) <> (v.sector is null) and not v.withdrawn and {chosen("v")}
),
measured as (
    select *, case when self_is_central then own else period end as c, case when self_is_central
    then period else own end as l,
           case when own is not null and period is not null  -- `least` overlooks nulls
                then least(upper(own), upper(period)) - greatest(lower(own), lower(period)) end as o
    from pairs
)
select m.id, m.external_id, m.title, m.sector, s.code as sector_code, m.status, m.planned_start, m.planned_end,
       m.actual_start, m.actual_end, lower(m.whole) as start, upper(m.whole) - 1 as "end",
       lower(m.period) as shown_from, upper(m.period) - 1 as shown_to,
       case when by_support and shared_goals <> '{{}}' then 'both' when by_support
       then 'support' else 'goal' end as basis,
       shared_goals,
       case when own_undated or m.undated then 'undated' when c is null or l is null then 'outside'
            when o > 0 then 'concurrent' when o = 0 then 'adjacent' else 'sequential' end as verdict,
       case when o > 0 then greatest(lower(c), lower(l)) end as common_from,
       case when o > 0 then least(upper(c), upper(l)) - 1 end as common_to,
       case when c is not null and l is not null then greatest(o, 0) end as days,
       case when c is not null and l is not null
            then greatest(o, 0) / least(upper(c) - lower(c), upper(l) - lower(l))::float8 end as share,
       case when o <= 0 then -o end as days_between,
       case when o <= 0 then case when lower(l) < lower(c) then 1 - o else o - 1 end end as smallest_move
from measured m
left join sector_version s on s.id = m.sector and {known("s")}
order by days desc nulls last, o desc nulls last, m.id
"""

# A partition that was never read to its end makes its topic one that never was: nobody knows what is in it.
FRESHNESS: LiteralString = """
select *, extract(epoch from clock_timestamp() - caught_up)::float8 as seconds
from (
    select topic, max(newest) as newest, case when bool_and(caught_up is not null) then min(caught_up) end as caught_up,
           sum(greatest(end_offset - next_offset, 0))::bigint as waiting
    from checkpoint group by topic
) topics order by topic
"""

PARKED: LiteralString = (
    "select why, count(*)::int as events, count(distinct stream)::int as streams from parked group by why"
)

PLAN_YEAR: LiteralString = """
select coalesce(
    (select max(plan_year) from initiative_version where recorded_to = 'infinity' and plan_year <= %(this_year)s),
    (select max(plan_year) from initiative_version where recorded_to = 'infinity' and plan_year is not null),
    %(this_year)s
) as year
"""

PLAN_YEARS: LiteralString = """
select plan_year as year from initiative_version where plan_year is not null and recorded_to = 'infinity'
union
select year from plan_version where recorded_to = 'infinity'
order by 1
"""

# What initiatives refer to and nobody has told of: each id once.
UNRESOLVED = f"""
with {KNOWN},
goals as (select unnest(%(used)s::uuid[]) as id),
sectors as (select unnest(%(used_sectors)s::uuid[]) as id),
supported as (select distinct unnest(supports) as id from known where supports <> '{{}}')
select (select count(*) from goals r where not exists
            (select from goal_version v where v.id = r.id and v.recorded_from < %(moment)s::timestamptz))::int as goals,
       (select count(*) from sectors r where not exists
            (select from sector_version v where v.id = r.id
            and v.recorded_from < %(moment)s::timestamptz))::int as sectors,
       (select count(*) from supported r where not exists
            (select from initiative_version v where v.id = r.id
            and v.recorded_from < %(moment)s::timestamptz))::int as supported
"""

INCLUDES: LiteralString = "select exists (select from applied where stream = %(stream)s and version >= %(version)s)"


# Grows with every batch and replay; another schema is another read model. `unseen`: the first transaction whose rows
# may not be visible yet.
STATE: LiteralString = """
select 'checkpoint'::regclass::oid::bigint as model, sum(revision)::bigint as revision,
       pg_snapshot_xmin(pg_current_snapshot())::text as unseen
from checkpoint
"""

# The state, and whether the end of all topics was reached not long ago: what open pages ask for every second.
PULSE: LiteralString = """
select 'checkpoint'::regclass::oid::bigint as model, sum(revision)::bigint as revision,
       coalesce(bool_and(caught_up is not null and caught_up >= clock_timestamp() - make_interval(secs => %(stale)s)),
                false) as is_fresh
from checkpoint
"""


@dataclass(frozen=True)
class Work:
    """Who works on which days, goal by goal: the answer to `WORK_BY_GOAL`, from which others are made."""

    by_goal: Mapping[UUID, Mapping[str, Any]]

    @cached_property
    def goals(self) -> list[UUID]:
        """Those that initiatives have."""
        return sorted(goal for goal in self.by_goal if goal != NOBODY)

    @cached_property
    def sectors(self) -> list[UUID]:
        return sorted({sector for part in self.by_goal.values() for sector in part["sectors"]})

    def rows(self, goals: Iterable[UUID]) -> str:
        """Of these goals, as `GIVEN_WORK` reads it."""
        return f"[{','.join(self.by_goal[goal]['work'] for goal in goals if goal in self.by_goal)}]"

    def local(self) -> dict[str, Any]:
        """On which days local ones work, as `TOTALS` reads it."""
        days = {goal: self.by_goal[goal]["local_days"] for goal in self.goals if self.by_goal[goal]["sectors"]}
        return {"local_goals": [*days], "local_days": [*days.values()]}

    def totals(self) -> dict[str, int]:
        """Those that take nothing but counting."""
        counted = ("local", "undated_central", "undated_local", "open")
        totals = {name: sum(part[name] for part in self.by_goal.values()) for name in counted}
        return totals | {"without_goal": self.by_goal[NOBODY]["initiatives"] if NOBODY in self.by_goal else 0}


class Queries:
    """Asks the read model. Rows come as mappings, ready for JSON and for the pages."""

    def __init__(self, database: Database, remembered: Remembered | None = None) -> None:
        """`remembered`: keeps answers while nothing new is known; without it every question is asked anew."""
        self._database = database
        self._remembered = remembered

    def rows(self, query: LiteralString, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The answer to a question that the events alone decide. Rows are shared: leave them as they are."""
        if self._remembered is None:
            return self._asked_now(query, parameters)
        state = self._state()
        return list(
            self._remembered.get(state, question(query, parameters), lambda: self._asked_now(query, parameters))
        )

    def _about(self, view: View, query: LiteralString, **asked: Any) -> list[dict[str, Any]]:
        """What is asked of a view, over what its selection leaves."""
        return self.rows(over(view, query), {**view.parameters(), **asked})

    def _asked_now(self, query: LiteralString, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        with self._database.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query, parameters).fetchall()

    def _state(self) -> State:
        return State(**self._asked_now(STATE, {})[0])

    def work(self, view: View) -> Work:
        """Who works on which days."""
        return Work(self._by_goal(view, WORK_BY_GOAL))

    def _by_goal(self, view: View, query: LiteralString, *, central: bool = False) -> Mapping[UUID, dict[str, Any]]:
        """A row for each goal: after something was written, asked again for the goals that it was about.

        central: nothing but central initiatives decides the answer.
        """
        query, parameters = over(view, query), view.parameters()

        def ask(goals: Collection[UUID] | None) -> dict[UUID, dict[str, Any]]:
            asked = {**parameters, "of": None if goals is None else [*goals]}
            return {row["goal"]: row for row in self._asked_now(query, asked)}

        def touched(since: str) -> set[UUID]:
            return {row["goal"] for row in self._asked_now(TOUCHED, {"since": since, "central": central})}

        if self._remembered is None:
            return ask(None)
        return self._remembered.in_parts(self._state(), question(query, parameters), touched, ask)

    def goals(self, view: View, goal: UUID | None = None, work: Work | None = None) -> list[dict[str, Any]]:
        """Purposes first, then characteristics, then objectives; each in the order of their owner's own names."""
        used = (work or self.work(view)).goals
        return sorted(self._about(view, GOALS_KNOWN, goal=goal, used=used), key=goal_order)

    def sectors(self, view: View, sector: UUID | None = None, work: Work | None = None) -> list[dict[str, Any]]:
        used = (work or self.work(view)).sectors
        return self._about(view, SECTORS_KNOWN, sector=sector, used_sectors=used)

    def cells(
        self, view: View, goal: UUID | None = None, sector: UUID | None = None, work: Work | None = None
    ) -> list[dict[str, Any]]:
        """Every goal × sector, and every goal × all sectors. `work`: of these initiatives instead of the view's."""
        return self._of_work(CELLS, view, goal, sector, work)

    def _of_work(
        self, query: LiteralString, view: View, goal: UUID | None, sector: UUID | None, work: Work | None
    ) -> list[dict[str, Any]]:
        """The answer to a question about goals and sectors, which their work alone decides: kept goal by goal."""
        work = work or self.work(view)
        sectors = [row["id"] for row in self.sectors(view, sector, work)]
        goals = [row["id"] for row in self.goals(view, goal, work)]

        def ask(some: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
            parts: dict[UUID, list[dict[str, Any]]] = {goal: [] for goal in some}
            for row in self._asked_now(query, {"goals": some, "sectors": sectors, "work": work.rows(some)}):
                parts[row["goal"]].append(row)
            return parts

        if self._remembered is None:
            return [row for part in ask(goals).values() for row in part]
        decided_by = {goal: (query, goal, tuple(sectors), work.rows([goal])) for goal in goals}
        return [row for part in self._remembered.lasting(decided_by, ask) for row in part]

    def totals(self, view: View, work: Work | None = None) -> dict[str, Any]:
        work = work or self.work(view)
        return self._about(view, TOTALS, **work.local())[0] | work.totals()

    def gaps(
        self,
        view: View,
        *,
        limit: int,
        goal: UUID | None = None,
        sector: UUID | None = None,
        all_sectors: bool = False,
        kind: str | None = None,
        min_days: int = 1,
        sort: GapOrder = "largest",
        after: GapPlace | None = None,
    ) -> list[dict[str, Any]]:
        """The largest gaps first, or in another order; `all_sectors` asks for those of a goal in all sectors together.

        after: the place of the last gap of the page before.
        """
        work = self.work(view)
        rank = self._rank(view, sort, work)
        runs = [
            (GapPlace(rank(run), -run["days"], run["from"], run["goal"], run["sector"] or NOBODY, run["kind"]), run)
            for run in self._of_work(RUNS, view, goal, sector, work)
            if (run["sector"] is None) == all_sectors and kind in (None, run["kind"]) and run["days"] >= min_days
        ]
        shown = nsmallest(limit, (one for one in runs if one[0] > (after or FIRST_GAP)), key=itemgetter(0))
        page = [{"n": n, **run} for n, (_, run) in enumerate(shown)]
        goals = sorted({run["goal"] for _, run in shown})
        met = self._about(view, NEAREST, page=msgspec.json.encode(page).decode(), goals=goals) if shown else []
        return [
            {**run, "place": place.after_place, "total": len(runs), **nearest}
            for (place, run), nearest in zip(shown, met, strict=True)
        ]

    def _rank(self, view: View, sort: GapOrder, work: Work) -> Callable[[Mapping[str, Any]], int]:
        """What gaps are sorted by first; then the largest, the earliest, and ids, so that every gap has one place."""
        match sort:
            case "largest":
                return lambda _: 0
            case "date":
                return lambda run: run["from"].toordinal()
            case "goal" | "sector":
                rows = self.goals(view, work=work) if sort == "goal" else self.sectors(view, work=work)
                ranks = {row["id"]: rank for rank, row in enumerate(rows)}
                return lambda run: ranks.get(run[sort], -1)
            case _:
                assert_never(sort)

    def bars(
        self,
        view: View,
        *,
        limit: int,
        after: Sequence[str] = ("", "", "0001-01-01", "00000000-0000-0000-0000-000000000000"),
        goal: UUID | None = None,
        sector: UUID | None = None,
    ) -> list[dict[str, Any]]:
        """Central ones first, then sector by sector, each lane by first day; undated ones last in their lane."""
        lane, code, start, id_ = after
        place = {"after_lane": lane, "after_code": code, "after_start": start, "after_id": id_}
        days = self._by_goal(view, CENTRAL_DAYS, central=True)
        central = {"central_goals": [*days], "central_days": [row["days"] for row in days.values()]}
        return self._about(view, BARS, goal=goal, sector=sector, limit=limit, **place, **central)

    def activities(self, view: View, goal: UUID | None = None) -> list[dict[str, Any]]:
        return self._about(view, ACTIVITIES, goal=goal)

    def initiative(self, view: View, id_: UUID) -> dict[str, Any] | None:
        found = self._about(view, INITIATIVE, id=id_)
        return found[0] if found else None

    def find(self, view: View, reference: str) -> dict[str, Any] | None:
        """By id, or by an external id: a central one's own, a local one's as `<sector code>:<external id>`."""
        for kind in ("central-initiative", "local-initiative"):
            if found := self.initiative(view, identity.resolve(kind, reference)):
                return found
        return None

    def related(self, view: View, id_: UUID) -> list[dict[str, Any]]:
        return self._about(view, RELATED, id=id_)

    def agencies(self, view: View) -> list[dict[str, Any]]:
        return self._about(view, AGENCIES_KNOWN)

    def areas(self, view: View) -> list[str]:
        """Of all action plans, by name."""
        return [row["area"] for row in self._about(view, AREAS_KNOWN)]

    def plan_year(self, this_year: int) -> int:
        """The newest plan year that has begun; the newest of all where none has; this year where there is no plan."""
        return int(self.rows(PLAN_YEAR, {"this_year": this_year})[0]["year"])

    def plan_years(self) -> list[int]:
        return [row["year"] for row in self.rows(PLAN_YEARS, {})]

    def unresolved(self, view: View) -> dict[str, int]:
        """How many goals, sectors and supported initiatives are referred to that nobody has told of."""
        work = self.work(view)
        return self._about(view, UNRESOLVED, used=work.goals, used_sectors=work.sectors)[0]

    def freshness(self) -> list[dict[str, Any]]:
        return self._asked_now(FRESHNESS, {})

    def parked(self) -> list[dict[str, Any]]:
        return self._asked_now(PARKED, {})

    def pulse(self, stale_seconds: float) -> str:
        """Another text whenever something is known that was not, and when the timeline falls behind or catches up."""
        pulse = self._asked_now(PULSE, {"stale": stale_seconds})[0]
        return f"{pulse['model']}-{pulse['revision']}-{'fresh' if pulse['is_fresh'] else 'stale'}"

    def includes(self, stream: UUID, version: int) -> bool:
        return bool(self._asked_now(INCLUDES, {"stream": stream, "version": version})[0]["exists"])


KINDS = {"purpose": 0, "characteristic": 1, "objective": 2}


def goal_order(goal: Mapping[str, Any]) -> tuple[Any, ...]:
    """K2 before K10: the figures in a name count as numbers. Unresolved goals come last."""
    name = goal["external_id"] or ""
    parts = tuple((part.isdigit(), int(part) if part.isdigit() else 0, part) for part in _split_figures(name))
    return (KINDS.get(goal["kind"], len(KINDS)), not name, parts, goal["title"] or "", str(goal["id"]))


def _split_figures(name: str) -> list[str]:
    parts: list[str] = []
    for character in name:
        if parts and parts[-1].isdigit() == character.isdigit():
            parts[-1] += character
        else:
            parts.append(character)
    return parts
