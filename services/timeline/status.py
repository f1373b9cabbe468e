"""How fresh the timeline is, and what has been set aside."""

from typing import Any, LiteralString
from uuid import UUID

from services.timeline.queries import Queries

# A partition that was never read to its end makes its topic one that never was: nobody knows what is in it.
FRESHNESS: LiteralString = """
select *, extract(epoch from clock_timestamp() - caught_up)::float8 as seconds
from (
    select topic, max(newest) as newest, case when bool_and(caught_up is not null) then min(caught_up) end as caught_up,
           sum(greatest(end_offset - next_offset, 0))::bigint as waiting
    from checkpoint group by topic
) topics order by topic
"""

PARKED: LiteralString = (
    "select why, count(*)::int as events, count(distinct stream)::int as streams from parked group by why"
)

INCLUDES: LiteralString = (
    "select exists (select from applied where stream = %(stream)s and cardinality(events) >= %(version)s)"
)

# The state, as `queries.STATE`, and whether the end of all topics was reached not long ago: what open pages ask for
# every second.
PULSE: LiteralString = """
select 'checkpoint'::regclass::oid::bigint as model, sum(revision)::bigint as revision,
       coalesce(bool_and(caught_up is not null and caught_up >= clock_timestamp() - make_interval(secs => %(stale)s)),
                false) as is_fresh
from checkpoint
"""

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


def freshness(queries: Queries) -> list[dict[str, Any]]:
    """Topic by topic."""
    return queries.anew(FRESHNESS, {})


def parked(queries: Queries) -> list[dict[str, Any]]:
    """How much is set aside, by reason."""
    return queries.anew(PARKED, {})


def pulse(queries: Queries, stale_seconds: float) -> str:
    """Another text whenever something is known that was not, and when the timeline falls behind or catches up."""
    found = queries.anew(PULSE, {"stale": stale_seconds})[0]
    return f"{found['model']}-{found['revision']}-{'fresh' if found['is_fresh'] else 'stale'}"


def includes(queries: Queries, stream: UUID, version: int) -> bool:
    return bool(queries.anew(INCLUDES, {"stream": stream, "version": version})[0]["exists"])


def set_aside(queries: Queries) -> list[dict[str, Any]]:
    """The longest-waiting streams of each reason, with how many streams and events that reason holds back in all.

    Of each: what it is about, why, since when, and how much waits behind it.
    """
    return queries.rows(SET_ASIDE, {"shown": SHOWN})
