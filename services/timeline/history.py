"""All that was recorded of one initiative: the events that changed it, and those that told something of it.

A version says what the initiative was from then on; a fact says only what it tells (`told`).
"""

from typing import Any, LiteralString
from uuid import UUID

from services.timeline.queries import Queries, View

HISTORY: LiteralString = """
with told as (
    select id, version, event, type, recorded_from, actor, reason, null::text as title, null::text as status,
           null::date as planned_start, null::date as planned_end, null::date as actual_start, null::date as actual_end,
           jsonb_build_object('phase', phase, 'who', who, 'on', happened_on, 'sentence', sentence) as told
    from participation where id = %(id)s
    union all
    select id, version, event, type, recorded_from, actor, reason, null, null, null, null, null, null,
           jsonb_build_object('text', text, 'tags', tags)
    from learning where id = %(id)s
    union all
    select id, version, event, type, recorded_from, actor, reason, null, null, null, null, null, null,
           jsonb_build_object('status', status, 'sentence', sentence)
    from status_report where id = %(id)s
    union all
    select id, version, event, type, recorded_from, actor, reason, title, status, planned_start, planned_end,
           actual_start, actual_end, null
    from initiative_version where id = %(id)s
)
select version, event, type, recorded_from as recorded_at, actor, reason, title, status, planned_start, planned_end,
       actual_start, actual_end, told
from told where recorded_from < %(moment)s::timestamptz
order by version
"""


def history(queries: Queries, view: View, id_: UUID) -> list[dict[str, Any]]:
    """Every event of the initiative's stream that was known at the view's moment, the first one first."""
    return queries.rows(HISTORY, {**view.parameters(), "id": id_})
