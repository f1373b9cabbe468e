"""The matrix: how goals and sectors work together, cell by cell and in all.

The definitions of `concurrency.py` as SQL; a property test holds the two equal to a count day by day.
"""

from collections.abc import Sequence
from typing import Any, LiteralString
from uuid import UUID

from services.timeline import names
from services.timeline.queries import Queries
from services.timeline.view import LINKED, View
from services.timeline.work import GIVEN_WORK, Work, work_of

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

# The central ones that are counted, of `LINKED`.
CENTRAL: LiteralString = """
central as materialized (select id, goals, period from linked where sector is null and period is not null)
"""

# The plan's sentence in two halves: a central initiative works together with a related local one, and at the same time.
# `local_goals`, `local_days`: the goals that local ones work for, and when (null: all of them are undated).
TOTALS = f"""
with {LINKED},
l as materialized (
    select * from unnest(%(local_goals)s::uuid[], %(local_days)s::text[]::datemultirange[]) l(goal, days)
),
{CENTRAL},
met as (
    select id, bool_or(concurrent) as concurrent
    from (
        select c.id, l.days && c.period as concurrent
        from central c cross join lateral unnest(c.goals) g(goal) join l using (goal)
        union all
        select c.id, k.period && c.period
        from linked k cross join lateral unnest(k.supports) s(central) join central c on c.id = s.central
        where k.sector is not null
    ) partners
    group by id
)
select (select count(*) from central)::int as central, count(*)::int as central_together,
       (count(*) filter (where concurrent))::int as central_concurrent
from met
"""


def cells(
    queries: Queries, view: View, goal: UUID | None = None, sector: UUID | None = None, work: Work | None = None
) -> list[dict[str, Any]]:
    """Every goal × sector, and every goal × all sectors. `work`: of these initiatives instead of the view's."""
    return of_work(queries, view, CELLS, goal=goal, sector=sector, work=work)


def of_work(
    queries: Queries, view: View, query: LiteralString, *, goal: UUID | None, sector: UUID | None, work: Work | None
) -> list[dict[str, Any]]:
    """The answer to a question about goals and sectors, which their work alone decides: kept goal by goal."""
    work = work or work_of(queries, view)
    sectors = [row["id"] for row in names.sectors(queries, view, sector, work)]
    goals = [row["id"] for row in names.goals(queries, view, goal, work)]

    def ask(some: Sequence[UUID]) -> dict[UUID, list[dict[str, Any]]]:
        parts: dict[UUID, list[dict[str, Any]]] = {goal: [] for goal in some}
        for row in queries.anew(query, {"goals": some, "sectors": sectors, "work": work.rows(some)}):
            parts[row["goal"]].append(row)
        return parts

    decided_by = {goal: (query, goal, tuple(sectors), work.rows([goal])) for goal in goals}
    return [row for part in queries.lasting(decided_by, ask) for row in part]


def totals(queries: Queries, view: View, work: Work | None = None) -> dict[str, Any]:
    work = work or work_of(queries, view)
    return queries.about(view, TOTALS, **work.local())[0] | work.totals()
