"""What has been set aside, stream by stream: what it is about, why, since when, and how much waits behind it."""

from typing import Any, LiteralString

from services.timeline.queries import Queries

SHOWN = 50
"""Streams of each reason that a page shows; whoever has more than that has one cause to look for."""

# A stream waits for its first event that could not be applied; the events behind it are counted with it. A message
# without a stream is no event of ours, and stands for itself.
SET_ASIDE: LiteralString = """
with streams as (
    select distinct on (coalesce(stream::text, topic || partition || '-' || "offset"))
           topic, partition, "offset", stream, version, type, why, detail, parked_at,
           count(*) over whole as events
    from parked
    window whole as (partition by coalesce(stream::text, topic || partition || '-' || "offset"))
    order by coalesce(stream::text, topic || partition || '-' || "offset"), why = 'behind', version, partition, "offset"
),
numbered as (
    select *, row_number() over (partition by why order by parked_at, topic, partition, "offset") as number,
           count(*) over (partition by why)::int as streams, sum(events) over (partition by why)::int as all_events
    from streams
),
named as (
    select id, title, false as on_timeline from goal_version where recorded_to = 'infinity'
    union all select id, name, false from sector_version where recorded_to = 'infinity'
    union all select id, name, false from agency_version where recorded_to = 'infinity'
    union all select id, title, true from initiative_version where recorded_to = 'infinity'
    union all select id, title, false from activity_version where recorded_to = 'infinity'
)
select n.topic, n.partition, n."offset", n.stream, n.version, n.type, n.why, n.detail, n.parked_at as since,
       n.events::int as events, n.streams, n.all_events, named.title, coalesce(named.on_timeline, false) as on_timeline
from numbered n left join named on named.id = n.stream
where n.number <= %(shown)s
order by n.why, n.number
"""


def set_aside(queries: Queries) -> list[dict[str, Any]]:
    """The longest-waiting streams of each reason, with how many streams and events that reason holds back in all."""
    return queries.rows(SET_ASIDE, {"shown": SHOWN})
