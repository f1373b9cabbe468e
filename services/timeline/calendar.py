"""What a calendar feed has: every initiative and communication activity of a goal, a sector or an area."""

from typing import Any, LiteralString
from uuid import UUID

from services.timeline.queries import Queries

# What was stopped before it started keeps its planned days, so that calendars that have it can strike it out.
# Activities have no sector and no area of their own: they follow the initiatives that they tell of.
EVENTS: LiteralString = """
with chosen as materialized (
    select id, version, recorded_from, case when sector is null then 'central' else 'local' end as lane, sector,
           title, description, status, withdrawn as cancelled,
           case when withdrawn then period(planned_start, planned_end) else actual end as whole
    from initiative_version
    where recorded_to = 'infinity' and (%(goal)s::uuid is null or %(goal)s = any(goals))
      and (%(sector)s::uuid is null or sector = %(sector)s) and (%(area)s::text is null or area = %(area)s)
),
events as (
    select * from chosen
    union all
    select id, version, recorded_from, 'activity', null, title, null, status, status = 'withdrawn', planned
    from activity_version
    where recorded_to = 'infinity' and (%(goal)s::uuid is null or %(goal)s = any(goals))
      and ((%(sector)s::uuid is null and %(area)s::text is null)
           or (central_initiatives || local_initiatives) && array(select id from chosen))
)
select id, version, recorded_from as recorded_at, lane, sector, title, description, status, cancelled,
       lower(whole) as start, upper(whole) as after_end
from events order by id
"""


def events(
    queries: Queries, *, goal: UUID | None = None, sector: UUID | None = None, area: str | None = None
) -> list[dict[str, Any]]:
    """As known now. `after_end` is the first day after it; null on one side is open, on both undated."""
    return queries.rows(EVENTS, {"goal": goal, "sector": sector, "area": area})
