"""What is told beside an initiative: communication about it, and effects that were observed of its goals."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.timeline.queries import Queries
from services.timeline.view import View, known

COMMUNICATION = f"""
select id, version, external_id, title, audiences, channel, status, planned_start as start, planned_end as "end",
       published_on,
       (select coalesce(jsonb_agg(jsonb_build_object('on', f.received_on, 'audience', f.audience, 'text', f.text)
                                  order by f.received_on, f.version), '[]')
        from feedback f where f.id = a.id and f.recorded_from < %(moment)s::timestamptz) as feedback
from activity_version a
where {known()} and status <> 'withdrawn'
  and (central_initiatives @> array[%(id)s::uuid] or local_initiatives @> array[%(id)s::uuid])
order by planned_start nulls last, id
"""

EFFECTS = """
select id as goal, version, event, type, recorded_from as recorded_at, actor, reason, effect, observed_on
from observed_effect
where id = any(%(goals)s::uuid[]) and recorded_from < %(moment)s::timestamptz
order by observed_on desc, id, version desc
"""


def communication(queries: Queries, view: View, id_: UUID) -> list[dict[str, Any]]:
    """The activities that name the initiative, whenever they are, with what was said to them; the first one first."""
    return queries.rows(COMMUNICATION, {"moment": view.moment(), "id": id_})


def effects(queries: Queries, view: View, goals: Sequence[UUID]) -> list[dict[str, Any]]:
    """What was seen to come of these goals, the newest first. Nobody says of which initiative it came."""
    return queries.rows(EFFECTS, {"moment": view.moment(), "goals": list(goals)}) if goals else []
