"""What stands in the lanes of the timeline: a bar for each initiative, with the days that it shares; communication."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from services.timeline.queries import Queries
from services.timeline.remembered import Before
from services.timeline.view import KNOWN, LINKED, View, chosen, known, over
from services.timeline.work import touched

# On which days central ones work for a goal.
CENTRAL_DAYS = f"""
with {LINKED}
select g.goal, range_agg(k.period)::text as days from linked k cross join lateral unnest(k.goals) g(goal)
where k.sector is null and k.period is not null and (%(of)s::uuid[] is null or g.goal = any(%(of)s))
group by g.goal
"""


def _bars(lane: str, bars: str) -> str:
    """A bar is an initiative on the timeline. `common`: for a local one, the days that it shares with related central
    ones; where a goal is asked for, with those that have this goal, so that the timeline agrees with the cell of the
    matrix. Null for a central one: whom it meets may stand on another page.

    bars: which initiatives stand in the lane, as a table of that name.
    """
    return f"""
with {bars},
c as materialized (
    select goal, days from unnest(%(central_goals)s::uuid[], %(central_days)s::text[]::datemultirange[]) c(goal, days)
    where %(goal)s::uuid is null or goal = %(goal)s
),
page as materialized (
    select k.*, '{lane}' as lane, s.code
    from bars k left join sector_version s on s.id = k.sector and {known("s")}
    where (%(goal)s::uuid is null or %(goal)s = any(k.goals))
      and (coalesce(s.code, ''), coalesce(lower(k.period), '9999-12-31'), k.id)
          > (%(after_code)s, %(after_start)s::date, %(after_id)s::uuid)
    order by coalesce(s.code, ''), coalesce(lower(k.period), '9999-12-31'), k.id
    limit %(limit)s
)
select p.id, v.external_id, p.lane, p.sector, p.code as sector_code, a.name as agency, v.title, v.area, v.plan_year,
       p.goals, p.supports, v.status,
       lower(p.whole) as start, upper(p.whole) - 1 as "end", v.planned_start, v.planned_end, v.actual_start,
       v.actual_end,
       lower(p.period) as shown_from, upper(p.period) - 1 as shown_to, p.undated,
       coalesce(lower_inf(p.whole), false) as open_start, coalesce(upper_inf(p.whole), false) as open_end,
       coalesce(lower(p.period), '9999-12-31') as sort_start,
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
    select range_agg(case %(basis)s::text when 'planned' then k.planned else k.actual end) as days
    from initiative_version k
    where k.id = any(p.supports) and {known("k")} and k.sector is null and not k.withdrawn and {chosen("k")}
      and (%(goal)s::uuid is null or %(goal)s = any(k.goals))
) by_support on p.lane = 'local' and p.supports <> '{{}}'
left join agency_version a on a.id = v.agency and {known("a")}
order by coalesce(p.code, ''), coalesce(lower(p.period), '9999-12-31'), p.id
"""


# In the order in which they are shown: where central ones fill a page, no local one is looked at.
LANES = {
    "central": _bars("central", f"{LINKED}, bars as (select * from linked where sector is null)"),
    "local": _bars(
        "local",
        f"""{KNOWN},
        bars as (select * from known where sector is not null and (%(sector)s::uuid is null or sector = %(sector)s))
        """,
    ),
}

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


FIRST = ("", "0001-01-01", "00000000-0000-0000-0000-000000000000")
"""Before all bars of a lane: code of the sector, first day, id."""


def bars(
    queries: Queries,
    view: View,
    *,
    limit: int,
    after: Sequence[str] = ("", *FIRST),
    goal: UUID | None = None,
    sector: UUID | None = None,
) -> list[dict[str, Any]]:
    """Central ones first, then sector by sector, each lane by first day; undated ones last in their lane.

    after: the place of the last bar of the page before.
    """
    days = _central_days(queries, view, goal)
    asked = {"goal": goal, "sector": sector, "central_goals": [*days], "central_days": [*days.values()]}
    found: list[dict[str, Any]] = []
    for lane, query in LANES.items():
        if len(found) < limit and lane >= after[0]:
            code, start, id_ = after[1:] if lane == after[0] else FIRST
            place = {"after_code": code, "after_start": start, "after_id": id_}
            found += queries.about(view, query, limit=limit - len(found), **place, **asked)
    return found


def _central_days(queries: Queries, view: View, goal: UUID | None) -> Mapping[UUID, str]:
    """By goal, or of the one; asked again for those of a central one that something was written about."""
    query, parameters = over(view, CENTRAL_DAYS), view.parameters()

    def touched_goals(before: Before) -> set[UUID]:
        return {side.goal for side in touched(queries, before) if side.sector is None}

    def ask(of: list[UUID] | None) -> dict[UUID, str]:
        return {row["goal"]: row["days"] for row in queries.anew(query, {**parameters, "of": of})}

    if goal is None:
        return queries.in_parts(
            query, parameters, touched_goals, lambda some, _: ask([*some]), everything=lambda: ask(None)
        )
    one_by_one = {**parameters, "of": "some"}
    found = queries.in_parts(
        query, one_by_one, touched_goals, lambda some, _: dict.fromkeys(some, "{}") | ask([*some]), wanted=[goal]
    )
    return {goal: found[goal]}


def place(bar: Mapping[str, Any]) -> tuple[Any, ...]:
    """Where a bar stands among all bars."""
    return bar["lane"], bar["sector_code"] or "", bar["sort_start"], bar["id"]


def activities(queries: Queries, view: View, goal: UUID | None = None) -> list[dict[str, Any]]:
    return queries.about(view, ACTIVITIES, goal=goal)
