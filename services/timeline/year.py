"""The plan's sentence, sector by sector: of the central initiatives, how many work together with local ones of the
sector, how many at the same time, and on how many days (`concurrency.year`).
"""

from typing import Any
from uuid import UUID

from services.timeline.matrix import CENTRAL
from services.timeline.names import SECTORS
from services.timeline.queries import Queries
from services.timeline.view import LINKED, NOBODY, View
from services.timeline.work import GIVEN_WORK, NO_GOAL, work_of

# Who is related, seen from the central ones: by a goal in common, or because the local one supports it. An undated
# local one makes a relation, and shares no day. `met`: each central one with each sector, and (sector null) with any at
# all. `shared`: the days that the central ones of a goal and a sector have in common: those of each of them together.
HEADLINES = f"""
with {LINKED}, {GIVEN_WORK}, {SECTORS},
{CENTRAL},
by_support as materialized (
    select central, sector, range_agg(period) as days from linked cross join lateral unnest(supports) s(central)
    where sector is not null group by central, sector
),
met as materialized (
    select id, sector, bool_or(concurrent) as concurrent
    from (
        select c.id, w.sector, w.days && c.period as concurrent
        from central c cross join lateral unnest(c.goals) g(goal)
        join work w on w.goal = g.goal and w.sector is not null
        union all
        select c.id, b.sector, b.days && c.period from central c join by_support b on b.central = c.id
    ) partners
    group by grouping sets ((id, sector), (id))
),
counted as (
    select sector, count(*)::int as central_together, (count(*) filter (where concurrent))::int as central_concurrent
    from met group by sector
),
shared as (
    select sector, range_agg(days) as days
    from (
        select l.sector, l.days * c.days as days
        from work l join work c on c.goal = l.goal and c.sector is null
        where l.sector is not null and l.goal <> '{NO_GOAL}'
        union all
        select b.sector, b.days * datemultirange(c.period) from by_support b join central c on c.id = b.central
    ) days
    group by rollup (sector)
),
local as (
    select sector, sum(first_dated)::int as local, sum(first_undated)::int as undated_local
    from work where sector is not null group by rollup (sector)
)
select s.id as sector, s.code, s.name, all_.central, all_.central_days,
       coalesce(h.central_together, 0) as central_together, coalesce(h.central_concurrent, 0) as central_concurrent,
       (select coalesce(sum(upper(r) - lower(r)), 0) from unnest(d.days) r)::int as both_days,
       coalesce(l.local, 0) as local, coalesce(l.undated_local, 0) as undated_local
from (select id, code, name from sectors union all select null, null, null) s
cross join (
    select count(*)::int as central,
           (select coalesce(sum(upper(r) - lower(r)), 0) from unnest(range_agg(period)) r)::int as central_days
    from central
) all_
left join counted h on h.sector is not distinct from s.id
left join shared d on d.sector is not distinct from s.id
left join local l on l.sector is not distinct from s.id
order by s.id is not null, s.code nulls last, s.id
"""


def headlines(queries: Queries, view: View, sector: UUID | None = None) -> list[dict[str, Any]]:
    """First of all sectors together (`sector` null), then of each sector, or only of the one that is asked for.

    Each row: `central` and `central_days` are the same in all of them; `central_together`, `central_concurrent` of the
    central ones; `both_days` of the central days; `local` and `undated_local` count the sector's own initiatives.
    """
    work = work_of(queries, view)
    given = {"used_sectors": work.sectors, "work": work.rows([*work.goals, NOBODY])}
    return queries.about(view, HEADLINES, sector=sector, **given)
