"""The report of a plan: the plan and its initiatives as they stand now, or as they stood when the plan was adopted.

One query makes the text; adoption keeps it, byte for byte, in the transaction of the append (ADR 8).
"""

from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from shared.commands import NotFound
from shared.database import Database

# `json`, not `jsonb`, which reorders. Days and moments are written out here: their form must not hang on a setting of
# the server.
REPORT: LiteralString = """
select json_build_object(
    'year', plan.year,
    'title', plan.title,
    'status', plan.status,
    'version', plan.version,
    'frozen', {frozen},
    'adopted_on', plan.adopted_on,
    'adopted_at', to_char(plan.adopted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'closed_on', plan.closed_on,
    'frame', plan.frame,
    'allocated', (
        select coalesce(sum(budget), 0) from initiative where plan_year = plan.year and status <> 'cancelled'
    ),
    'areas', plan.areas,
    'discussions', plan.discussions,
    'initiatives', (
        select coalesce(
            json_agg(
                json_build_object(
                    'id', id,
                    'external_id', external_id,
                    'area', area,
                    'title', title,
                    'start', start,
                    'end', "end",
                    'goals', goals,
                    'budget', budget,
                    'responsible', responsible,
                    'status', status,
                    'version', version
                )
                order by array_position(plan.areas, area), start nulls last, number
            ),
            '[]'
        )
        from initiative where plan_year = plan.year
    )
)::text
from action_plan plan where plan.id = %(id)s
"""

FREEZE: LiteralString = f"""
insert into frozen_report (plan, report) select %(id)s, ({REPORT.format(frozen="true")}) on conflict do nothing
"""
"""Runs after the plan's own row says that it is adopted. What is frozen stays also where events are applied again."""

AS_IT_STANDS: LiteralString = REPORT.format(frozen="false")
AS_ADOPTED: LiteralString = """
select report, event.stream, event.version, event.id
from frozen_report
join event on event.stream = plan and event.version = (report::json ->> 'version')::integer
where plan = %(id)s
"""


@dataclass(frozen=True, slots=True)
class Position:
    """An event: its stream, its version there, its id."""

    stream: UUID
    version: int
    event: UUID


@dataclass(frozen=True, slots=True)
class Report:
    """`text`: JSON, to be answered as it is. `adoption`: the event that froze it; null where it is not frozen."""

    text: str
    adoption: Position | None


def report(database: Database, plan: UUID, *, now: bool) -> Report:
    """As adopted, or where the plan is not adopted, or `now` is asked for, as it stands.

    Raises NotFound where there is no such plan.
    """
    with database.connection() as connection:
        if not now and (frozen := connection.execute(AS_ADOPTED, {"id": plan}).fetchone()):
            text, *position = frozen
            return Report(text, Position(*position))
        found = connection.execute(AS_IT_STANDS, {"id": plan}).fetchone()
    if found is None:
        raise NotFound(plan)
    return Report(found[0], None)
