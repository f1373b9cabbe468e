"""The service's own read tables, kept true to the events in the append's transaction."""

from collections.abc import Mapping
from typing import Any, assert_never
from uuid import UUID

from services.local_initiatives.domain import agency, initiative, sector, upcasters
from services.local_initiatives.domain.initiative import (
    Anchored,
    Completed,
    Discontinued,
    LearningShared,
    ParticipationRecorded,
    Proposed,
    Rescheduled,
    Revised,
    Scheduled,
    Started,
    StatusReported,
    SupportDeclared,
    SupportWithdrawn,
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
update initiative set status = 'anchored', anchored_where = %(where)s::text[], anchored_on = %(on)s,
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

WITHDRAW_SUPPORT = """
update initiative set supports = array_remove(supports, %(central)s::uuid), version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

RECORD_PARTICIPATION = """
update initiative set
    participations = participations || jsonb_build_object(
        'phase', %(phase)s::text, 'who', %(who)s::text[], 'on', %(on)s::date, 'sentence', %(sentence)s::text
    ),
    version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

REPORT_STATUS = """
update initiative set reported_status = %(status)s, reported_sentence = %(sentence)s, reported_at = %(time)s,
    version = %(version)s, changed_at = %(time)s
where id = %(id)s
"""

# Of a year is what is planned on a day of it, or took place on one: a period that lacks an end goes on, one that lacks
# both days is none, and what was started and not finished goes on until its planned end, or past it.
INITIATIVES = """
select initiative.*, shared.learnings
from initiative,
    lateral (
        select coalesce(json_agg(json_build_object('text', text, 'tags', tags) order by number), '[]') as learnings
        from learning where learning.initiative = initiative.id
    ) shared,
    (select daterange(make_date(%(year)s::int, 1, 1), make_date(%(year)s::int + 1, 1, 1)) as year) asked
where number > %(after)s
    and (%(status)s::text is null or status = %(status)s)
    and (%(reported_status)s::text is null or reported_status = %(reported_status)s)
    and (%(sector)s::uuid is null or sector = %(sector)s)
    and (%(agency)s::uuid is null or agency = %(agency)s)
    and (%(goal)s::uuid is null or %(goal)s = any(goals))
    and (%(supports)s::uuid is null or %(supports)s = any(supports))
    and (
        %(year)s::int is null
        or coalesce(start, "end") is not null and daterange(start, "end", '[]') && asked.year
        or started_on is not null
            and daterange(started_on, coalesce(finished_on, case when "end" >= started_on then "end" end), '[]')
                && asked.year
    )
    and (%(text)s::text is null or concat_ws(' ', external_id, title, description, responsible) ilike %(text)s)
order by number limit %(limit)s
"""

ONE_INITIATIVE = """
select initiative.*, shared.learnings
from initiative,
    lateral (
        select coalesce(json_agg(json_build_object('text', text, 'tags', tags) order by number), '[]') as learnings
        from learning where learning.initiative = initiative.id
    ) shared
where id = %(id)s
"""


# Learning

SHARE_LEARNING = """
insert into learning (initiative, version, text, tags, shared_at)
values (%(id)s, %(version)s, %(text)s, %(tags)s::text[], %(time)s)
"""

TOUCH = "update initiative set version = %(version)s, changed_at = %(time)s where id = %(id)s"

# With what the initiative is today: a learning is found under the goals that it serves now.
LEARNING = """
select l.number, l.text, l.tags, l.shared_at, i.id as initiative, i.external_id, i.title, i.sector, i.agency, i.goals
from learning l join initiative i on i.id = l.initiative
where l.number > %(after)s
    and (%(initiative)s::uuid is null or i.id = %(initiative)s)
    and (%(sector)s::uuid is null or i.sector = %(sector)s)
    and (%(goal)s::uuid is null or %(goal)s = any(i.goals))
    and (%(tag)s::text is null or %(tag)s = any(l.tags))
    and (%(text)s::text is null or concat_ws(' ', l.text, array_to_string(l.tags, ' '), i.title) ilike %(text)s)
order by l.number limit %(limit)s
"""


def initiative_rows(event: initiative.Event, row: Row) -> list[Statement]:
    place = _place(row)
    match event:
        case Proposed():
            lists = {"goals": list(event.goals), "supports": list(event.supports)}
            return [Statement(INSERT_INITIATIVE, {**columns(event), **lists, **place})]
        case Revised():
            return [Statement(REVISE, {**columns(event), "goals": list(event.goals), **place})]
        case Anchored():
            return [Statement(ANCHOR, {**columns(event), "where": list(event.where), **place})]
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
        case SupportWithdrawn():
            return [Statement(WITHDRAW_SUPPORT, {**columns(event), **place})]
        case ParticipationRecorded():
            return [Statement(RECORD_PARTICIPATION, {**columns(event), "who": list(event.who), **place})]
        case LearningShared():
            shared = {**columns(event), "tags": list(event.tags), **place}
            return [Statement(SHARE_LEARNING, shared), Statement(TOUCH, place)]
        case StatusReported():
            return [Statement(REPORT_STATUS, {**columns(event), **place})]
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

CATALOGUE = Catalogue(
    "local-initiatives",
    {**sector.EVENTS, **agency.EVENTS, **upcasters.EVENTS, **initiative.EVENTS},
    upcasters.UPCASTERS,
)
SECTOR = Aggregate("sector", sector, CATALOGUE, sector_rows)
AGENCY = Aggregate("agency", agency, CATALOGUE, agency_rows)
INITIATIVE = Aggregate("local-initiative", initiative, CATALOGUE, initiative_rows)
