"""All that was recorded of one initiative: the events that changed it, and those that told something of it.

A version says what the initiative was from then on; a fact says only what it tells (`told`). `kind` says which of them
an event is: `change`, or `participation`, `learning` or `report`.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.timeline.differences import differences
from services.timeline.queries import Queries
from services.timeline.view import View

FIELDS = (
    *("title", "description", "plan_year", "area", "agency", "responsible", "goals", "supports", "audiences", "budget"),
    *("status", "anchored", "planned_start", "planned_end", "actual_start", "actual_end", "effect"),
)
"""What an event may change, in the order in which it is told."""
STANDING = ("title", "status", "planned_start", "planned_end", "actual_start", "actual_end")
"""What of it is also told as it was from then on."""
PLANNED = ("planned_start", "planned_end")
"""Together, the planned period."""

HISTORY = f"""
with told as (
    select id, version, event, type, recorded_from, actor, reason, 'participation' as kind,
           jsonb_build_object('phase', phase, 'who', who, 'on', happened_on, 'sentence', sentence) as told
    from participation where id = %(id)s
    union all
    select id, version, event, type, recorded_from, actor, reason, 'learning',
           jsonb_build_object('text', text, 'tags', tags)
    from learning where id = %(id)s
    union all
    select id, version, event, type, recorded_from, actor, reason, 'report',
           jsonb_build_object('status', status, 'sentence', sentence)
    from status_report where id = %(id)s
    union all
    select id, version, event, type, recorded_from, actor, reason, 'change', null
    from initiative_version where id = %(id)s
)
select t.version, t.event, t.type, t.recorded_from as recorded_at, t.actor, t.reason, t.kind, t.told,
       {", ".join(f"v.{name}" for name in FIELDS)}
from told t left join initiative_version v on v.id = t.id and v.version = t.version
where t.recorded_from < %(moment)s::timestamptz
order by t.version
"""


def history(queries: Queries, view: View, id_: UUID) -> list[dict[str, Any]]:
    """Every event of the initiative's stream that was known at the view's moment, the first one first.

    `fields`: what the event changed, each with `field`, `before` and `after`; of the first one, all that it said.
    `moved`: whether it gave another planned period to what had one.
    """
    rows = queries.rows(HISTORY, {"moment": view.moment(), "id": id_})
    events: list[dict[str, Any]] = []
    before: Mapping[str, Any] = dict.fromkeys(FIELDS)
    for row in rows:
        changed: list[dict[str, Any]] = []
        had_period = any(before[name] for name in PLANNED)
        if row["kind"] == "change":
            changed = differences(FIELDS, before, row)
            before = row
        moved = had_period and any(one["field"] in PLANNED for one in changed)
        told = {name: value for name, value in row.items() if name in STANDING or name not in FIELDS}
        events.append({**told, "fields": changed, "moved": moved})
    return events
