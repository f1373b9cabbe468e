"""The service's own read table, kept true to the events in the append's transaction."""

from typing import Any, assert_never

from services.goals import domain
from services.goals.domain import EVENTS, Adopted, EffectObserved, Event, Portfolio, Proposed, Retired, Revised
from shared.commands import Aggregate, Row, columns
from shared.envelope import Catalogue
from shared.eventstore import Facts, Statement

INSERT = """
insert into goal (id, external_id, title, kind, code, description, expected_effect, parent, status, version, changed_at)
values (%(id)s, %(external_id)s, %(title)s, %(kind)s, %(code)s, %(description)s, %(expected_effect)s, %(parent)s,
        'proposed', %(version)s, %(time)s)
"""

REVISE = """
update goal set title = %(title)s, kind = %(kind)s, code = %(code)s, description = %(description)s,
    expected_effect = %(expected_effect)s, parent = %(parent)s, version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

# Beginning with the latest; of one day, as they came.
OBSERVE = """
update goal set effects = (
        select jsonb_agg(one order by one ->> 'on' desc, place)
        from jsonb_array_elements(effects || jsonb_build_object('on', %(on)s::date, 'effect', %(effect)s::text))
             with ordinality known(one, place)
    ), version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

SET_STATUS = "update goal set status = %(status)s, version = %(version)s, changed_at = %(time)s where id = %(id)s"

LIST = """
select * from goal
where number > %(after)s
  and (%(status)s::text is null or status = %(status)s)
  and (%(kind)s::text is null or kind = %(kind)s)
  and (%(parent)s::uuid is null or parent = %(parent)s)
  and (%(text)s::text is null or concat_ws(' ', external_id, code, title, description, expected_effect) ilike %(text)s)
order by number limit %(limit)s
"""

ONE = "select * from goal where id = %(id)s"

ADOPTED = """
select coalesce(jsonb_object_agg(kind, n), '{}') as adopted
from (select kind, count(*) as n from goal where status = 'adopted' group by kind) counted
"""


def statements(event: Event, row: Row) -> list[Statement]:
    place: dict[str, Any] = {"id": row.stream, "version": row.version, "time": row.time}
    match event:
        case Proposed():
            return [Statement(INSERT, {**columns(event), **place})]
        case Revised():
            return [Statement(REVISE, {**columns(event), **place})]
        case Adopted():
            return [Statement(SET_STATUS, {**place, "status": "adopted"})]
        case Retired():
            return [Statement(SET_STATUS, {**place, "status": "retired"})]
        case EffectObserved():
            return [Statement(OBSERVE, {**columns(event), **place})]
        case _:
            assert_never(event)


def portfolio(limit: int) -> Facts:
    """How many goals are adopted, under a lock: two writers can't both take the last place."""
    return Facts(
        ADOPTED,
        lambda row: Portfolio(row["adopted"], limit),
        lock="adopted goals",
        after=domain.portfolio_after,
    )


CATALOGUE = Catalogue("goals", EVENTS)
GOAL = Aggregate("goal", domain, CATALOGUE, statements)
