"""The matrix: how goals and sectors work together, cell by cell and in all.

The definitions of `concurrency.py` as SQL; a property test holds the two equal to a count day by day.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from services.timeline import names
from services.timeline.queries import Queries
from services.timeline.remembered import Before, Row, Rows
from services.timeline.view import LINKED, THESE, View, over
from services.timeline.work import GIVEN_WORK, Side, Work, changed, changed_ids, ids_of, touched, work_of

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
# Who does, of those with a goal in common (an undated local one counts for the first half),
BY_GOAL: LiteralString = f"""
with {THESE}, {GIVEN_WORK},
l as materialized (select goal, range_agg(days) as days from work where sector is not null group by goal)
select goal, array_agg(k.id::text) as together, array_agg(k.id::text) filter (where l.days && k.period) as concurrent
from known k cross join lateral unnest(k.goals) g(goal) join l using (goal)
where k.sector is null and k.period is not null
group by goal
"""
# and of those with a local one that supports them; who does is known of those too that don't count themselves.
SUPPORT: LiteralString = f"""
{CENTRAL}
select s.central, bool_or(c.id is not null) as counts, bool_or(k.period && c.period) as is_concurrent,
       array_agg(k.id)::text as supporters
from linked k cross join lateral unnest(k.supports::text[]) s(central) left join central c on c.id = s.central::uuid
where k.sector is not null
group by s.central
"""
SUPPORT_OF_ALL: LiteralString = f"with {LINKED}, {SUPPORT}"
# Made anew from some central ones, from who supported them, and from all of which anything was written since.
SUPPORT_OF_SOME: LiteralString = f"with {THESE}, linked as (select * from known), {SUPPORT}"


class Met(NamedTuple):
    """Central initiatives, by id, that work together with a related local one, and that do so at the same time."""

    together: Collection[str]
    concurrent: Collection[str]


NOBODY_MET = Met((), ())


def met_by_goal(row: Mapping[str, Any]) -> Met:
    """Of a row of `BY_GOAL`."""
    return Met(row["together"], row["concurrent"] or ())


def met_by_support(rows: Iterable[Mapping[str, Any]]) -> Met:
    """Of the answer to `SUPPORT_OF_ALL`."""
    counted = [row for row in rows if row["counts"]]
    return Met([row["central"] for row in counted], [row["central"] for row in counted if row["is_concurrent"]])


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
    """`work`: the view's, where it is known already."""
    work = work or work_of(queries, view)
    return counted_totals(work, [*_by_goal(queries, view, work), _by_support(queries, view)])


def counted_totals(work: Work, met: Iterable[Met]) -> dict[str, Any]:
    """Each central initiative counts once, however many it meets."""
    met = [*met]
    return work.totals() | {
        "central_together": len({id_ for one in met for id_ in one.together}),
        "central_concurrent": len({id_ for one in met for id_ in one.concurrent}),
    }


def _by_goal(queries: Queries, view: View, work: Work) -> Collection[Met]:
    """Asked again for the goals that something was written about."""
    query, parameters = over(view, BY_GOAL), view.parameters()

    def touched_goals(before: Before) -> set[UUID]:
        return {side.goal for side in touched(queries, before)}

    def some(goals: Collection[UUID], _: Before) -> dict[UUID, Met]:
        asked = {"ids": work.ids(Side(goal, None) for goal in goals), "work": work.rows(goals)}
        found = {row["goal"]: met_by_goal(row) for row in queries.anew(query, {**parameters, **asked})}
        return {goal: found.get(goal, NOBODY_MET) for goal in goals}

    return queries.in_parts(query, parameters, touched_goals, some, wanted=work.goals).values()


def _by_support(queries: Queries, view: View) -> Met:
    """Asked again for the central ones of which something was written, or of whoever supports them."""
    query, parameters = over(view, SUPPORT_OF_ALL), view.parameters()

    def touched_centrals(before: Before) -> set[str]:
        return {central for row in changed(queries, before) for central in row["centrals"]}

    def some(centrals: Collection[str], before: Before) -> dict[str, Row]:
        supporters = (before.parts[central]["supporters"] for central in centrals if central in before.parts)
        ids = ids_of([*centrals, *supporters, *changed_ids(queries, before)])
        found = by_central(queries.anew(over(view, SUPPORT_OF_SOME), {**parameters, "ids": ids}))
        return {central: found[central] for central in centrals if central in found}

    def everything() -> dict[str, Row]:
        return by_central(queries.anew(query, parameters))

    def by_central(rows: Rows) -> dict[str, Row]:
        return {row["central"]: row for row in rows}

    found = queries.in_parts(query, parameters, touched_centrals, some, everything=everything)
    return met_by_support(found.values())
