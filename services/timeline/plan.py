"""The plan of a year: the action plan with its central initiatives, and whether local work meets each of them.

A plan is seen as it is known at the view's moment, or exactly as it was when it was adopted: the view is then of the
instant right after the adoption was recorded (`Edition`). What is said of local work is what `matrix.totals` counts
and `initiative.related_to` explains, for each initiative by itself, within the plan's year. One word says it, the first
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

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Literal, LiteralString, get_args
from uuid import UUID

from services.timeline import days
from services.timeline.changes import Comparison
from services.timeline.days import NO_DAYS, Days
from services.timeline.names import goal_order
from services.timeline.queries import Queries
from services.timeline.runs import Run
from services.timeline.view import WINDOW, View, chosen, known, whole
from services.timeline.work import Work, ids_of, work_of
from shared import limits
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

# `meeting`: null where whom local work meets decides it, which is counted from who works when (`_met`).
INITIATIVES = f"""
select p.id, p.version, p.external_id, p.title, p.description, p.area, p.goals, p.audiences, p.responsible, p.budget,
       p.status, p.effect, p.planned_start, p.planned_end, p.actual_start, p.actual_end,
       case when p.withdrawn then 'withdrawn' when p.whole is null then 'undated' when p.period is null then 'outside'
       end as meeting,
       lower(p.whole) as start, upper(p.whole) - 1 as "end", lower(p.period) as shown_from,
       upper(p.period) - 1 as shown_to,
       r.status as reported_status, r.sentence as reported_sentence, r.recorded_from as reported_at
from (
    select v.*, whole, nullif(whole * {WINDOW}, 'empty') as period
    from initiative_version v
    cross join lateral (select {whole("v")} as whole) b
    where v.plan_year = %(year)s and v.sector is null and {known("v")}
      and (%(goal)s::uuid is null or %(goal)s = any(v.goals)) and {chosen("v")}
) p
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
    (select max(plan_year) from initiative_version
     where recorded_to = 'infinity' and plan_year between %(first)s and least(%(this_year)s, %(last)s)),
    (select max(plan_year) from initiative_version
     where recorded_to = 'infinity' and plan_year between %(first)s and %(last)s),
    %(this_year)s
) as year
"""

PLAN_YEARS = f"""
select plan_year, count(*)::int as n from initiative_version v
where v.id = any(%(ids)s) and {known("v")} and plan_year is not null
group by plan_year order by plan_year
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
        """The plan when it was adopted, and as it is `now`: what is planned, whichever basis is shown. That it is
        carried out, earlier or later than planned, is no change of it.
        """
        if self.adoption is None:
            return None
        moment = self.adoption["recorded_at"]
        planned = replace(self.now, basis="planned")
        return Comparison(planned, moment.astimezone(OSLO).date(), just_after=moment, plan_year=self.year)


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
    rows = queries.about(asked.view, INITIATIVES, year=asked.year, areas=list(areas), goal=goal)
    work = work_of(queries, asked.view)
    supporters = work.supporters()
    return [row | _met(row, work, _partners(row, work, supporters.get(row["id"].bytes, ()), sector)) for row in rows]


Partners = Mapping[UUID, Days]
"""Sector → the days of its related local work, of those that have a day in the year or none at all."""


def _partners(row: Row, work: Work, supporters: Iterable[tuple[UUID, Run]], sector: UUID | None) -> Partners:
    found: dict[UUID, Days] = {}
    if row["meeting"] == "withdrawn":
        return found
    for goal in row["goals"]:
        for of, present in work.of(goal).there.items():
            if of and sector in (None, of):
                found[of] = found.get(of, NO_DAYS) | present.days
    for of, run in supporters:
        if sector in (None, of) and work.counts(run):
            found[of] = found.get(of, NO_DAYS) | days.of_run(run, work.window)
    return found


def _met(row: Row, work: Work, partners: Partners) -> Row:
    own = work.days_of(row)
    common = [own & of_sector for of_sector in partners.values()]
    in_all = reduce(or_, common, NO_DAYS)
    return {
        "meeting": row["meeting"] or ("concurrent" if in_all else "apart" if partners else "alone"),
        "sectors": len(partners),
        "concurrent_sectors": sum(map(bool, common)),
        "common_days": in_all.bit_count(),
        "common": days.periods(in_all, work.window),
    }


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


def of_other_plans(queries: Queries, view: View) -> dict[int, int]:
    """How many of the central initiatives that the year's figures count are of the plan of another year, by year: one
    that goes on, or begins early, has days in a year whose plan it is not in.
    """
    ids = ids_of(work_of(queries, view).central_ids)
    rows = queries.rows(PLAN_YEARS, {**view.parameters(), "ids": ids})
    return {row["plan_year"]: row["n"] for row in rows if row["plan_year"] != view.first.year}


def newest_year(queries: Queries, this_year: int) -> int:
    """The newest plan year that has begun; the newest of all where none has; this year where there is no plan.

    Of those that can be asked for (`limits.YEARS`).
    """
    asked = {"this_year": this_year, "first": limits.YEARS[0], "last": limits.YEARS[-1]}
    return int(queries.rows(NEWEST_YEAR, asked)[0]["year"])


def years(queries: Queries) -> list[int]:
    """Of all plans, and of all initiatives of a plan."""
    return [row["year"] for row in queries.rows(YEARS, {}) if row["year"] in limits.YEARS]
