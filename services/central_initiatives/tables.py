"""The service's own read tables, kept true to the events in the append's transaction."""

from collections.abc import Mapping
from typing import Any, assert_never
from uuid import UUID

from services.central_initiatives.domain import initiative, plan
from services.central_initiatives.domain.initiative import (
    Cancelled,
    Completed,
    Planned,
    Rescheduled,
    Revised,
    Started,
)
from services.central_initiatives.domain.plan import ActionPlan, AreaAdded, Drafted
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

PLANS = """
select * from action_plan
where number > %(after)s
  and (%(text)s::text is null or concat_ws(' ', year, title, array_to_string(areas, ' ')) ilike %(text)s)
order by number limit %(limit)s
"""

ONE_PLAN = "select * from action_plan where id = %(id)s"

PLAN_OF_YEAR = """
select year, areas from action_plan
where year = coalesce(%(year)s::integer, (select plan_year from initiative where id = %(initiative)s))
"""


def plan_statements(event: plan.Event, row: Row) -> list[Statement]:
    place = _place(row)
    match event:
        case Drafted():
            return [Statement(DRAFT, {**columns(event), **place})]
        case AreaAdded():
            return [Statement(ADD_AREA, {**columns(event), **place})]
        case _:
            assert_never(event)


def plan_of_year(year: int | None, *, initiative: UUID | None = None) -> Facts:
    """The plan of a year, or where none is given of the initiative's own. Plans and areas never disappear: no lock."""
    return Facts(PLAN_OF_YEAR, _known_plan, {"year": year, "initiative": initiative})


def _known_plan(row: Mapping[str, Any]) -> ActionPlan:
    return ActionPlan(row["year"], tuple(row["areas"])) if row else ActionPlan()


# Central initiatives

PLAN_INITIATIVE = """
insert into initiative (id, external_id, plan_year, area, title, description, goals, audiences, responsible,
                        start, "end", status, version, changed_at)
values (%(id)s, %(external_id)s, %(plan_year)s, %(area)s, %(title)s, %(description)s, %(goals)s, %(audiences)s,
        %(responsible)s, %(start)s, %(end)s, 'planned', %(version)s, %(time)s)
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

INITIATIVES = """
select * from initiative
where number > %(after)s
  and (%(status)s::text is null or status = %(status)s)
  and (%(area)s::text is null or lower(area) = lower(%(area)s))
  and (%(plan_year)s::integer is null or plan_year = %(plan_year)s)
  and (%(goal)s::uuid is null or %(goal)s = any(goals))
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
        case Started():
            return [Statement(START, {**columns(event), **place})]
        case Completed():
            return [Statement(COMPLETE, {**columns(event), **place})]
        case Cancelled():
            return [Statement(CANCEL, {**columns(event), **place})]
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
