"""The report of a plan: the plan and its initiatives as they stand now, or as they stood when the plan was adopted.

One query makes the text; adoption keeps it, byte for byte, in the transaction of the append (ADR 8).
"""

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
AS_ADOPTED = "select report from frozen_report where plan = %(id)s"


def report(database: Database, plan: UUID, *, now: bool) -> str:
    """The report as JSON: as adopted, or where the plan is not adopted, or `now` is asked for, as it stands.

    Raises NotFound where there is no such plan.
    """
    with database.connection() as connection:
        found = None if now else connection.execute(AS_ADOPTED, {"id": plan}).fetchone()
        found = found or connection.execute(AS_IT_STANDS, {"id": plan}).fetchone()
    if found is None:
        raise NotFound(plan)
    return str(found[0])
