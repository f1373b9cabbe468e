"""The service's own read table, kept true to the events in the append's transaction."""

from typing import Any, assert_never

from services.communication import domain
from services.communication.domain import (
    EVENTS,
    Event,
    FeedbackReceived,
    Planned,
    Published,
    Rescheduled,
    Revised,
    Withdrawn,
)
from shared.commands import Aggregate, Row, columns
from shared.envelope import Catalogue
from shared.eventstore import Statement

INSERT = """
insert into communication_activity (id, external_id, title, audiences, channel, "start", "end",
    goals, central_initiatives, local_initiatives, status, version, changed_at)
values (%(id)s, %(external_id)s, %(title)s, %(audiences)s::text[], %(channel)s, %(start)s, %(end)s,
    %(goals)s::uuid[], %(central_initiatives)s::uuid[], %(local_initiatives)s::uuid[], 'planned', %(version)s, %(time)s)
"""

REVISE = """
update communication_activity set title = %(title)s, audiences = %(audiences)s::text[], channel = %(channel)s,
    goals = %(goals)s::uuid[], central_initiatives = %(central_initiatives)s::uuid[],
    local_initiatives = %(local_initiatives)s::uuid[], version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

RESCHEDULE = """
update communication_activity set "start" = %(start)s, "end" = %(end)s, version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

PUBLISH = """
update communication_activity
set status = 'published', published_on = %(on)s, version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

WITHDRAW = """
update communication_activity
set status = 'withdrawn', withdrawn_on = %(on)s, version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

# Beginning with the latest; of one day, as it came.
RECEIVE_FEEDBACK = """
update communication_activity set feedback = (
        select jsonb_agg(one order by one ->> 'on' desc, place)
        from jsonb_array_elements(feedback || jsonb_build_object(
            'on', %(on)s::date, 'audience', %(audience)s::text, 'text', %(text)s::text
        )) with ordinality known(one, place)
    ), version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

# A period finds what is planned to have a day in it, an unknown side being open, and what was published in it.
LIST = """
select * from communication_activity
where number > %(after)s and (%(status)s::text is null or status = %(status)s)
  and (%(audience)s::text is null or %(audience)s = any (audiences))
  and (%(channel)s::text is null or lower(channel) = lower(%(channel)s))
  and (%(goal)s::uuid is null or %(goal)s = any (goals))
  and (%(initiative)s::uuid[] is null or (central_initiatives || local_initiatives) && %(initiative)s::uuid[])
  and (%(text)s::text is null or concat_ws(' ', external_id, title, channel) ilike %(text)s)
  and ((%(from_)s::date is null and %(to)s::date is null)
       or (coalesce("start", "end") is not null
           and daterange("start", "end", '[]') && daterange(%(from_)s::date, %(to)s::date, '[]'))
       or published_on <@ daterange(%(from_)s::date, %(to)s::date, '[]'))
order by number limit %(limit)s
"""

ONE = "select * from communication_activity where id = %(id)s"


def statements(event: Event, row: Row) -> list[Statement]:
    place: dict[str, Any] = {"id": row.stream, "version": row.version, "time": row.time}
    match event:
        case Planned():
            return [Statement(INSERT, {**_arrays(columns(event)), **place})]
        case Revised():
            return [Statement(REVISE, {**_arrays(columns(event)), **place})]
        case Rescheduled():
            return [Statement(RESCHEDULE, {**columns(event), **place})]
        case Published():
            return [Statement(PUBLISH, {**columns(event), **place})]
        case Withdrawn():
            return [Statement(WITHDRAW, {**columns(event), **place})]
        case FeedbackReceived():
            return [Statement(RECEIVE_FEEDBACK, {**columns(event), **place})]
        case _:
            assert_never(event)


def _arrays(values: dict[str, Any]) -> dict[str, Any]:
    """Lists: of a tuple psycopg would make a row, not an array."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


CATALOGUE = Catalogue("communication", EVENTS)
ACTIVITY = Aggregate("communication-activity", domain, CATALOGUE, statements)
