"""The plan of a year: the action plan with its central initiatives, and whether local work meets each of them.

A plan is seen as it is known at the view's moment, or exactly as it was when it was adopted: the view is then of the
instant right after the adoption was recorded (`Edition`). What is said of local work is what `matrix.totals` counts
and `initiative.RELATED` explains, for each initiative by itself, within the plan's year. One word says it, the first
that holds (`MEETINGS`):

    withdrawn    stopped before it started, so that it counts nowhere
    undated      has no period to compare
    outside      has no day in the year
    concurrent   a related local initiative works on one of its days
    apart        there are related local ones, and none works on one of its days
    alone        there is no related local one

The owning service freezes a report when a plan is adopted (infra/decisions/0008-frozen-report.md); what is shown here
is what the events tell, and beside it stands where the frozen bytes are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, LiteralString, get_args
from uuid import UUID

from services.timeline.changes import Comparison
from services.timeline.names import goal_order
from services.timeline.queries import Queries
from services.timeline.view import KNOWN, WINDOW, View, chosen, known
from shared.http import OSLO

Meeting = Literal["withdrawn", "undated", "outside", "concurrent", "apart", "alone"]
MEETINGS: tuple[Meeting, ...] = get_args(Meeting)
COUNTED: tuple[Meeting, ...] = ("concurrent", "apart", "alone")
"""Initiatives with a day in the year."""

Row = dict[str, Any]

PLAN = f"""
select id, version, year, title, areas, frame, status, adopted_on, closed_on,
       (select coalesce(jsonb_agg(d::jsonb order by n), '[]') from unnest(discussions) with ordinality t(d, n))
       as discussions,
       (select coalesce(sum(budget) filter (where status <> 'cancelled'), 0) from initiative_version i
        where i.plan_year = p.year and {known("i")})::bigint as allocated
from plan_version p
where year = %(year)s and {known("p")}
order by id limit 1
"""

ADOPTION: LiteralString = """
select id as stream, version, event, type, recorded_from as recorded_at, actor, reason, adopted_on
from plan_version
where year = %(year)s and type = 'samtidig.action-plan.adopted.v1' and recorded_from < %(moment)s::timestamptz
order by id, version limit 1
"""

# `days`: on which related local initiatives of a sector work, in the window; null where all of them are undated.
INITIATIVES = f"""
with {KNOWN},
work as materialized (
    select g.goal, k.sector, range_agg(k.period) as days
    from known k cross join lateral unnest(k.goals) g(goal) group by g.goal, k.sector
),
planned as materialized (
    select v.*, whole, nullif(whole * {WINDOW}, 'empty') as period
    from initiative_version v
    cross join lateral (select case %(basis)s::text when 'planned' then v.planned else v.actual end as whole) b
    where v.plan_year = %(year)s and v.sector is null and {known("v")}
      and (%(goal)s::uuid is null or %(goal)s = any(v.goals)) and {chosen("v")}
),
related as (
    select p.id, w.sector, range_agg(w.days) as days
    from planned p join work w on w.goal = any(p.goals)
    where w.sector is not null and (%(sector)s::uuid is null or w.sector = %(sector)s)
    group by p.id, w.sector
    union all
    select p.id, k.sector, range_agg(datemultirange(k.period))
    from known k cross join lateral unnest(k.supports) s(central) join planned p on p.id = s.central
    where k.sector is not null and (%(sector)s::uuid is null or k.sector = %(sector)s)
    group by p.id, k.sector
),
met as (
    select p.id, count(distinct r.sector)::int as sectors,
           count(distinct r.sector) filter (where r.days && p.period)::int as concurrent_sectors,
           range_agg(r.days) * datemultirange(p.period) as common
    from related r join planned p on p.id = r.id
    where not p.withdrawn
    group by p.id, p.period
)
select p.id, p.version, p.external_id, p.title, p.description, p.area, p.goals, p.audiences, p.responsible, p.budget,
       p.status, p.effect, p.planned_start, p.planned_end, p.actual_start, p.actual_end,
       lower(p.whole) as start, upper(p.whole) - 1 as "end", lower(p.period) as shown_from,
       upper(p.period) - 1 as shown_to,
       case when p.withdrawn then 'withdrawn' when p.whole is null then 'undated' when p.period is null then 'outside'
            when m.concurrent_sectors > 0 then 'concurrent' when m.id is not null then 'apart' else 'alone'
       end as meeting,
       coalesce(m.sectors, 0) as sectors, coalesce(m.concurrent_sectors, 0) as concurrent_sectors,
       (select coalesce(sum(upper(d) - lower(d)), 0)::int from unnest(m.common) d) as common_days,
       (select coalesce(jsonb_agg(jsonb_build_array(lower(d), upper(d) - 1)), '[]') from unnest(m.common) d) as common,
       r.status as reported_status, r.sentence as reported_sentence, r.recorded_from as reported_at
from planned p
left join met m on m.id = p.id
left join lateral (
    select * from status_report s where s.id = p.id and s.recorded_from < %(moment)s::timestamptz
    order by s.version desc limit 1
) r on true
order by coalesce(array_position(%(areas)s::text[], p.area), cardinality(%(areas)s::text[]) + 1), p.area nulls last,
         coalesce(lower(p.whole), p.planned_start) nulls last, p.external_id nulls last, p.id
"""

EFFECTS = f"""
select g.id, g.external_id, g.title, g.kind, g.status, g.expected_effect,
       (select coalesce(jsonb_agg(jsonb_build_object('effect', o.effect, 'on', o.observed_on, 'event', o.event)
                                  order by o.observed_on, o.version), '[]')
        from observed_effect o where o.id = g.id and o.recorded_from < %(moment)s::timestamptz) as observed
from goal_version g where g.id = any(%(ids)s) and {known("g")}
"""

EVENTS: LiteralString = """
select version, event, type, recorded_from as recorded_at, actor, reason, title, areas, frame
from plan_version
where id = %(stream)s and version > %(version)s and recorded_from < %(moment)s::timestamptz
order by version
"""


NEWEST_YEAR: LiteralString = """
select coalesce(
    (select max(plan_year) from initiative_version where recorded_to = 'infinity' and plan_year <= %(this_year)s),
    (select max(plan_year) from initiative_version where recorded_to = 'infinity' and plan_year is not null),
    %(this_year)s
) as year
"""

YEARS: LiteralString = """
select plan_year as year from initiative_version where plan_year is not null and recorded_to = 'infinity'
union
select year from plan_version where recorded_to = 'infinity'
order by 1
"""


@dataclass(frozen=True, slots=True)
class Edition:
    """A plan as somebody asks for it.

    now: the plan's year, as it is known when they ask, or on the day that they name. adoption: its event, as far as it
    is known by then. view: what is shown: `now`, or the instant of the adoption.
    """

    year: int
    now: View
    adoption: Row | None
    view: View

    @property
    def is_as_adopted(self) -> bool:
        return self.view.just_after is not None

    @property
    def since(self) -> Comparison | None:
        """The plan when it was adopted, and as it is `now`."""
        if self.adoption is None:
            return None
        moment = self.adoption["recorded_at"]
        return Comparison(self.now, moment.astimezone(OSLO).date(), just_after=moment, plan_year=self.year)


def edition(queries: Queries, view: View, *, as_adopted: bool) -> Edition:
    """Of the plan of the year in which the view begins. Where it is not adopted, `view` is `now`."""
    year = view.first.year
    now = replace(view, first=date(year, 1, 1), last=date(year, 12, 31))
    found = queries.rows(ADOPTION, {**now.parameters(), "year": year})
    adoption = found[0] if found else None
    if not as_adopted or adoption is None:
        return Edition(year, now, adoption, now)
    return Edition(year, now, adoption, replace(now, known_on=None, just_after=adoption["recorded_at"]))


def plan(queries: Queries, asked: Edition) -> Row | None:
    """The plan itself; null where nobody has told of one. `allocated`: the budgets of all its initiatives that are not
    cancelled, whatever a selection leaves out.
    """
    found = queries.rows(PLAN, {**asked.view.parameters(), "year": asked.year})
    return found[0] if found else None


def initiatives(
    queries: Queries, asked: Edition, areas: Iterable[str], goal: UUID | None = None, sector: UUID | None = None
) -> list[Row]:
    """The plan's initiatives, area by area, the earliest first; `sector`: met by local work of this one alone.

    Each with its period on the view's basis, `meeting` (as above), in how many `sectors` there are related local ones,
    in how many of them at the same time (`concurrent_sectors`), and the `common` days: inclusive periods in the year.
    """
    return queries.about(asked.view, INITIATIVES, year=asked.year, areas=list(areas), goal=goal, sector=sector)


def effects(queries: Queries, asked: Edition, goals: Iterable[UUID]) -> list[Row]:
    """Of each of the goals that somebody has told of: the effect that is expected, and those that were observed; in the
    order of `names.goals`, retired ones too.
    """
    return sorted(queries.rows(EFFECTS, {**asked.view.parameters(), "ids": sorted(set(goals))}), key=goal_order)


def events_since(queries: Queries, asked: Edition) -> list[Row]:
    """What was recorded of the plan itself after its adoption, the oldest first, each with the plan as it was then."""
    if asked.adoption is None:
        return []
    position = {name: asked.adoption[name] for name in ("stream", "version")}
    return queries.rows(EVENTS, {**asked.now.parameters(), **position})


def newest_year(queries: Queries, this_year: int) -> int:
    """The newest plan year that has begun; the newest of all where none has; this year where there is no plan."""
    return int(queries.rows(NEWEST_YEAR, {"this_year": this_year})[0]["year"])


def years(queries: Queries) -> list[int]:
    """Of all plans, and of all initiatives of a plan."""
    return [row["year"] for row in queries.rows(YEARS, {})]
