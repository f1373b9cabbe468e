"""Who works on which days, goal by goal: what cells, totals and gaps are made from.

The definitions of `concurrency.py` as SQL; a property test holds the two equal to a count day by day.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, LiteralString
from uuid import UUID

from services.timeline.queries import Queries
from services.timeline.view import KNOWN, NOBODY, View, over

NO_GOAL: LiteralString = "00000000-0000-0000-0000-000000000000"
"""Stands where a goal would, for initiatives that have none (RFC 9562, the nil UUID)."""


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

OF_THESE_GOALS: LiteralString = f"""
where %(of)s::uuid[] is null
   or g.goal = any(%(of)s) and (k.goals && %(of)s or k.goals = '{{}}' and '{NO_GOAL}' = any(%(of)s))
"""

# The answers about cells, gaps and totals are made from this one: a row for each goal, in which `work` is the rows as
# JSON, less the brackets, and `local` to `open` count what has this goal as its first one. `of`: these goals only.
WORK_BY_GOAL = f"""
with {KNOWN}, {_work(OF_THESE_GOALS)}
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

# The answer to `WORK_BY_GOAL`, read back.
GIVEN_WORK: LiteralString = """
work as materialized (
    select * from json_to_recordset(%(work)s::json) as w(goal uuid, sector uuid, n int, days datemultirange,
        undated int, first_dated int, first_undated int, first_open int)
)
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


def work_of(queries: Queries, view: View) -> Work:
    return Work(by_goal(queries, view, WORK_BY_GOAL))


def by_goal(queries: Queries, view: View, query: str, *, central: bool = False) -> Mapping[UUID, dict[str, Any]]:
    """A row for each goal: after something was written, asked again for the goals that it was about.

    central: nothing but central initiatives decides the answer.
    """
    query, parameters = over(view, query), view.parameters()

    def ask(goals: Collection[UUID] | None) -> dict[UUID, dict[str, Any]]:
        asked = {**parameters, "of": None if goals is None else [*goals]}
        return {row["goal"]: row for row in queries.anew(query, asked)}

    return queries.in_parts(query, parameters, lambda since, _: touched(queries, since, central=central), ask)


def touched(queries: Queries, since: str, *, central: bool = False) -> set[UUID]:
    """Of which goals' initiatives anything was written, in this transaction or a later one."""
    return {row["goal"] for row in queries.anew(TOUCHED, {"since": since, "central": central})}
