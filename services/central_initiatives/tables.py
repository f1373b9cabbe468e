"""The service's own read tables, kept true to the events in the append's transaction."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, assert_never
from uuid import UUID

from services.central_initiatives.domain import initiative, plan
from services.central_initiatives.domain.initiative import (
    BudgetChanged,
    Cancelled,
    Completed,
    GoalsLinked,
    Initiative,
    Planned,
    Rescheduled,
    Revised,
    Started,
    StatusReported,
)
from services.central_initiatives.domain.plan import (
    ActionPlan,
    Adopted,
    AreaAdded,
    BudgetFramed,
    Closed,
    Discussed,
    Drafted,
    Plans,
    Renamed,
)
from services.central_initiatives.reports import FREEZE
from shared.commands import Aggregate, Row, columns
from shared.envelope import Catalogue
from shared.eventstore import Facts, Statement

# Action plans

DRAFT = """
insert into action_plan (id, year, title, areas, version, changed_at)
values (%(id)s, %(year)s, %(title)s, '{}', %(version)s, %(time)s)
"""

ADD_AREA = """
update action_plan set areas = areas || %(name)s::text, version = %(version)s, changed_at = %(time)s where id = %(id)s
"""

RENAME = "update action_plan set title = %(title)s, version = %(version)s, changed_at = %(time)s where id = %(id)s"

FRAME = "update action_plan set frame = %(amount)s, version = %(version)s, changed_at = %(time)s where id = %(id)s"

DISCUSS = """
update action_plan set
    discussions = discussions
        || jsonb_build_object('organisations', %(organisations)s::text[], 'on', %(on)s::date),
    version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

ADOPT = """
update action_plan set status = 'adopted', adopted_on = %(on)s, adopted_at = %(time)s, version = %(version)s,
    changed_at = %(time)s
where id = %(id)s
"""

CLOSE = """
update action_plan set status = 'closed', closed_on = %(on)s, version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

PLAN_AND_MONEY = """
select *, (
    select coalesce(sum(budget), 0)::bigint from initiative where plan_year = year and initiative.status <> 'cancelled'
) as allocated
from action_plan
"""

PLANS = f"""
{PLAN_AND_MONEY}
where number > %(after)s
  and (%(status)s::text is null or status = %(status)s)
  and (%(text)s::text is null or concat_ws(' ', year, title, array_to_string(areas, ' ')) ilike %(text)s)
order by number limit %(limit)s
"""

ONE_PLAN = f"{PLAN_AND_MONEY} where id = %(id)s"

PLANS_OF_YEARS = """
select coalesce(
    jsonb_object_agg(
        year,
        jsonb_build_object(
            'areas', areas,
            'status', status,
            'frame', frame,
            'allocated', (
                select coalesce(sum(budget), 0) from initiative
                where plan_year = year and initiative.status <> 'cancelled'
            )
        )
    ),
    '{}'
) as plans
from action_plan
where %(years)s::integer[] is null
   or year = any(%(years)s::integer[] || (select plan_year from initiative where id = %(initiative)s))
"""


def plan_statements(event: plan.Event, row: Row) -> list[Statement]:
    place = _place(row)
    match event:
        case Drafted():
            return [Statement(DRAFT, {**columns(event), **place})]
        case Renamed():
            return [Statement(RENAME, {**columns(event), **place})]
        case AreaAdded():
            return [Statement(ADD_AREA, {**columns(event), **place})]
        case BudgetFramed():
            return [Statement(FRAME, {**columns(event), **place})]
        case Discussed():
            return [Statement(DISCUSS, {**columns(event), "organisations": list(event.organisations), **place})]
        case Adopted():
            return [Statement(ADOPT, {**columns(event), **place}), Statement(FREEZE, place)]
        case Closed():
            return [Statement(CLOSE, {**columns(event), **place})]
        case _:
            assert_never(event)


def plans_of(*years: int, initiative: UUID | None = None) -> Facts:
    """The plans of these years and of the initiative's own, with what is allocated of their frames.

    Under a lock, until the append is committed: two writers can't both take what is left of a frame, and nothing is
    planned in a year while it is closed. One lock for all years, as an initiative may move from one to another.
    """
    return Facts(PLANS_OF_YEARS, _known_plans, {"years": list(years), "initiative": initiative}, lock="action plans")


def all_plans(*, as_a_whole: bool) -> Facts:
    """Every plan, for an import, under the same lock. `as_a_whole`: as in `Plans`."""

    def read(row: Mapping[str, Any]) -> Plans:
        return replace(_known_plans(row), as_a_whole=as_a_whole)

    return Facts(PLANS_OF_YEARS, read, {"years": None, "initiative": None}, lock="action plans", after=plans_after)


def plans_after(known: Plans, before: ActionPlan | Initiative, after: ActionPlan | Initiative) -> Plans:
    """The facts for the next row of a file, when a plan or an initiative became another."""
    if isinstance(after, ActionPlan):
        return known if after.year is None else replace(known, of_year={**known.of_year, after.year: after})
    money = Counter(known.allocated)
    if isinstance(before, Initiative):
        money.subtract(initiative.allocated(before))
    money.update(initiative.allocated(after))
    return replace(known, allocated=money)


def _known_plans(row: Mapping[str, Any]) -> Plans:
    found = {int(year): plan for year, plan in row["plans"].items()}
    return Plans(
        of_year={
            year: ActionPlan(year, tuple(plan["areas"]), plan["status"], frame=plan["frame"])
            for year, plan in found.items()
        },
        allocated={year: plan["allocated"] for year, plan in found.items()},
    )


# Central initiatives

PLAN_INITIATIVE = """
insert into initiative (id, external_id, plan_year, area, title, description, goals, audiences, responsible,
                        start, "end", budget, status, version, changed_at)
values (%(id)s, %(external_id)s, %(plan_year)s, %(area)s, %(title)s, %(description)s, %(goals)s, %(audiences)s,
        %(responsible)s, %(start)s, %(end)s, %(budget)s, 'planned', %(version)s, %(time)s)
"""

REVISE = """
update initiative set plan_year = %(plan_year)s, area = %(area)s, title = %(title)s, description = %(description)s,
    goals = %(goals)s, audiences = %(audiences)s, responsible = %(responsible)s, version = %(version)s,
    changed_at = %(time)s
where id = %(id)s
"""

RESCHEDULE = """
update initiative set start = %(start)s, "end" = %(end)s, version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

LINK_GOALS = "update initiative set goals = %(goals)s, version = %(version)s, changed_at = %(time)s where id = %(id)s"

CHANGE_BUDGET = """
update initiative set budget = %(budget)s, version = %(version)s, changed_at = %(time)s where id = %(id)s
"""

START = """
update initiative set status = 'started', started_on = %(on)s, version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

COMPLETE = """
update initiative set status = 'completed', completed_on = %(on)s, effect = %(effect)s, version = %(version)s,
    changed_at = %(time)s
where id = %(id)s
"""

CANCEL = """
update initiative set status = 'cancelled', cancelled_on = %(on)s, version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

REPORT_STATUS = """
update initiative set reported_status = %(status)s, reported_sentence = %(sentence)s, reported_at = %(time)s,
    version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

INITIATIVES = """
select * from initiative
where number > %(after)s
  and (%(status)s::text is null or status = %(status)s)
  and (%(area)s::text is null or lower(area) = lower(%(area)s))
  and (%(plan_year)s::integer is null or plan_year = %(plan_year)s)
  and (%(goal)s::uuid is null or %(goal)s = any(goals))
  and (%(audience)s::text is null or %(audience)s = any(audiences))
  and (%(reported_status)s::text is null or reported_status = %(reported_status)s)
  and (%(text)s::text is null or concat_ws(' ', external_id, title, description, responsible) ilike %(text)s)
order by number limit %(limit)s
"""

ONE_INITIATIVE = "select * from initiative where id = %(id)s"


def initiative_statements(event: initiative.Event, row: Row) -> list[Statement]:
    place = _place(row)
    match event:
        case Planned():
            return [Statement(PLAN_INITIATIVE, {**columns(event), **_lists(event), **place})]
        case Revised():
            return [Statement(REVISE, {**columns(event), **_lists(event), **place})]
        case Rescheduled():
            return [Statement(RESCHEDULE, {**columns(event), **place})]
        case GoalsLinked():
            return [Statement(LINK_GOALS, {"goals": list(event.goals), **place})]
        case BudgetChanged():
            return [Statement(CHANGE_BUDGET, {**columns(event), **place})]
        case Started():
            return [Statement(START, {**columns(event), **place})]
        case Completed():
            return [Statement(COMPLETE, {**columns(event), **place})]
        case Cancelled():
            return [Statement(CANCEL, {**columns(event), **place})]
        case StatusReported():
            return [Statement(REPORT_STATUS, {**columns(event), **place})]
        case _:
            assert_never(event)


def _place(row: Row) -> dict[str, Any]:
    return {"id": row.stream, "version": row.version, "time": row.time}


def _lists(event: Planned | Revised) -> dict[str, Any]:
    """PostgreSQL's arrays: psycopg makes them of lists, and of tuples it makes rows."""
    return {"goals": list(event.goals), "audiences": list(event.audiences)}


CATALOGUE = Catalogue("central-initiatives", {**plan.EVENTS, **initiative.EVENTS})
PLAN = Aggregate("action-plan", plan, CATALOGUE, plan_statements)
INITIATIVE = Aggregate("central-initiative", initiative, CATALOGUE, initiative_statements)
