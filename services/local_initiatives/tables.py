"""The service's own read tables, kept true to the events in the append's transaction."""

from collections.abc import Mapping
from typing import Any, assert_never
from uuid import UUID

from services.local_initiatives.domain import agency, initiative, sector
from services.local_initiatives.domain.initiative import (
    Anchored,
    Completed,
    Discontinued,
    Proposed,
    Rescheduled,
    Revised,
    Scheduled,
    Started,
    SupportDeclared,
)
from services.local_initiatives.domain.registry import Registry
from shared.commands import Aggregate, Row, columns
from shared.envelope import Catalogue
from shared.eventstore import Facts, Statement

# Sectors

INSERT_SECTOR = """
insert into sector (id, code, name, version, changed_at) values (%(id)s, %(code)s, %(name)s, %(version)s, %(time)s)
"""

RENAME_SECTOR = "update sector set name = %(name)s, version = %(version)s, changed_at = %(time)s where id = %(id)s"

SECTORS = """
select * from sector
where number > %(after)s and (%(text)s::text is null or concat_ws(' ', code, name) ilike %(text)s)
order by number limit %(limit)s
"""

ONE_SECTOR = "select * from sector where id = %(id)s"


def sector_rows(event: sector.Event, row: Row) -> list[Statement]:
    match event:
        case sector.Registered():
            return [Statement(INSERT_SECTOR, {**columns(event), **_place(row)})]
        case sector.Renamed():
            return [Statement(RENAME_SECTOR, {**columns(event), **_place(row)})]
        case _:
            assert_never(event)


# Agencies

INSERT_AGENCY = """
insert into agency (id, code, name, sector, version, changed_at)
values (%(id)s, %(code)s, %(name)s, %(sector)s, %(version)s, %(time)s)
"""

RENAME_AGENCY = "update agency set name = %(name)s, version = %(version)s, changed_at = %(time)s where id = %(id)s"

AGENCIES = """
select * from agency
where number > %(after)s and (%(sector)s::uuid is null or sector = %(sector)s)
  and (%(text)s::text is null or concat_ws(' ', code, name) ilike %(text)s)
order by number limit %(limit)s
"""

ONE_AGENCY = "select * from agency where id = %(id)s"


def agency_rows(event: agency.Event, row: Row) -> list[Statement]:
    match event:
        case agency.Registered():
            return [Statement(INSERT_AGENCY, {**columns(event), **_place(row)})]
        case agency.Renamed():
            return [Statement(RENAME_AGENCY, {**columns(event), **_place(row)})]
        case _:
            assert_never(event)


# Initiatives

INSERT_INITIATIVE = """
insert into initiative (id, external_id, sector, agency, title, description, goals, supports, responsible, status,
                        version, changed_at)
values (%(id)s, %(external_id)s, %(sector)s, %(agency)s, %(title)s, %(description)s, %(goals)s::uuid[],
        %(supports)s::uuid[], %(responsible)s, 'proposed', %(version)s, %(time)s)
"""

REVISE = """
update initiative set title = %(title)s, description = %(description)s, goals = %(goals)s::uuid[],
    responsible = %(responsible)s, agency = %(agency)s, version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

ANCHOR = """
update initiative set status = 'anchored', anchored_where = %(where)s, anchored_on = %(on)s,
    version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

SCHEDULE = """
update initiative set start = %(start)s, "end" = %(end)s, version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

START = """
update initiative set status = 'started', started_on = %(on)s, version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

FINISH = """
update initiative set status = %(status)s, finished_on = %(on)s, effect = %(effect)s,
    version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

SUPPORT = """
update initiative set supports = supports || %(central)s::uuid, version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

INITIATIVES = """
select * from initiative
where number > %(after)s
    and (%(status)s::text is null or status = %(status)s)
    and (%(sector)s::uuid is null or sector = %(sector)s)
    and (%(agency)s::uuid is null or agency = %(agency)s)
    and (%(goal)s::uuid is null or %(goal)s = any(goals))
    and (%(text)s::text is null or concat_ws(' ', external_id, title, description, responsible) ilike %(text)s)
order by number limit %(limit)s
"""

ONE_INITIATIVE = "select * from initiative where id = %(id)s"


def initiative_rows(event: initiative.Event, row: Row) -> list[Statement]:
    place = _place(row)
    match event:
        case Proposed():
            lists = {"goals": list(event.goals), "supports": list(event.supports)}
            return [Statement(INSERT_INITIATIVE, {**columns(event), **lists, **place})]
        case Revised():
            return [Statement(REVISE, {**columns(event), "goals": list(event.goals), **place})]
        case Anchored():
            return [Statement(ANCHOR, {**columns(event), **place})]
        case Scheduled() | Rescheduled():
            return [Statement(SCHEDULE, {**columns(event), **place})]
        case Started():
            return [Statement(START, {**columns(event), **place})]
        case Completed():
            return [Statement(FINISH, {**columns(event), "status": "completed", **place})]
        case Discontinued():
            return [Statement(FINISH, {**columns(event), "status": "discontinued", "effect": None, **place})]
        case SupportDeclared():
            return [Statement(SUPPORT, {**columns(event), **place})]
        case _:
            assert_never(event)


def _place(row: Row) -> dict[str, Any]:
    return {"id": row.stream, "version": row.version, "time": row.time}


# Facts for the rules

NAMED = """
select (select jsonb_build_object(id, code) from sector where id = %(sector)s) as sectors,
       (select jsonb_build_object(id, sector) from agency where id = %(agency)s) as agencies
"""

ALL = """
select (select jsonb_object_agg(id, code) from sector) as sectors,
       (select jsonb_object_agg(id, sector) from agency) as agencies
"""


def named(*, sector: UUID | None = None, agency: UUID | None = None) -> Facts:
    """The sector and the agency that a command names, as far as they are registered. They never cease to be."""
    return Facts(NAMED, registry, {"sector": sector, "agency": agency})


def registry(row: Mapping[str, Any]) -> Registry:
    return Registry(
        sectors={UUID(sector): code for sector, code in (row["sectors"] or {}).items()},
        agencies={UUID(agency): UUID(str(sector)) for agency, sector in (row["agencies"] or {}).items()},
    )


# Kinds of streams

CATALOGUE = Catalogue("local-initiatives", {**sector.EVENTS, **agency.EVENTS, **initiative.EVENTS})
SECTOR = Aggregate("sector", sector, CATALOGUE, sector_rows)
AGENCY = Aggregate("agency", agency, CATALOGUE, agency_rows)
INITIATIVE = Aggregate("local-initiative", initiative, CATALOGUE, initiative_rows)
