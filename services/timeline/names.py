"""What is known by name: goals, sectors, agencies, areas of action plans; and how much is only referred to.

Goals and sectors that initiatives refer to are there too where nobody has told of them: then only the id is known.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple
from uuid import UUID

from services.timeline.paging import BEFORE_ALL
from services.timeline.queries import Queries
from services.timeline.view import LINKED, View, known
from services.timeline.work import Work, work_of


class SectorPlace(NamedTuple):
    """Where a sector stands among all."""

    unresolved: bool
    code: str
    sector: UUID


def sector_order(sector: UUID | None, code: str | None) -> SectorPlace:
    """By code. Unresolved sectors come last, as unresolved goals do; what is central (null) comes before all."""
    return SectorPlace(sector is not None and code is None, code or "", sector or BEFORE_ALL)


CENTRAL = sector_order(None, None)


def sector_order_in_sql(sector: str, code: str) -> str:
    """The same, of two columns; by `collate "C"`, as Python compares texts."""
    return f"""({sector} is not null and {code} is null), coalesce({code}, '') collate "C",
         coalesce({sector}, '{BEFORE_ALL}')"""


GOALS_KNOWN = f"""
select coalesce(g.id, r.goal) as id, g.external_id, g.title, g.kind, g.status
from (select * from goal_version where {known()}) g
full join unnest(%(used)s::uuid[]) r(goal) on r.goal = g.id
where (g.status is distinct from 'retired' or r.goal is not null)
  and (%(goal)s::uuid is null or coalesce(g.id, r.goal) = %(goal)s)
"""

SECTORS_KNOWN = f"select id, code, name from sector_version where {known()}"
AGENCIES_KNOWN = f"""
select a.id, a.code, a.name, a.sector from agency_version a
left join sector_version s on s.id = a.sector and {known("s")}
where {known("a")} order by {sector_order_in_sql("a.sector", "s.code")}, a.code, a.id
"""
STAND_FOR = f"""
select id, code as said from sector_version where {known()}
union all select id, name from agency_version where {known()}
"""
AREAS_KNOWN = f"select distinct unnest(areas) as area from plan_version where {known()} order by 1"

# What initiatives refer to and nobody has told of: each id once.
UNRESOLVED = f"""
with {LINKED},
goals as (select unnest(%(used)s::uuid[]) as id),
sectors as (select unnest(%(used_sectors)s::uuid[]) as id),
supported as (select distinct unnest(supports) as id from linked where supports <> '{{}}')
select (select count(*) from goals r where not exists
            (select from goal_version v where v.id = r.id and v.recorded_from < %(moment)s::timestamptz))::int as goals,
       (select count(*) from sectors r where not exists
            (select from sector_version v where v.id = r.id
            and v.recorded_from < %(moment)s::timestamptz))::int as sectors,
       (select count(*) from supported r where not exists
            (select from initiative_version v where v.id = r.id
            and v.recorded_from < %(moment)s::timestamptz))::int as supported
"""


def goals(queries: Queries, view: View, goal: UUID | None = None, work: Work | None = None) -> list[dict[str, Any]]:
    """Purposes first, then characteristics, then objectives; each in the order of their owner's own names."""
    used = (work or work_of(queries, view)).used_goals
    return sorted(queries.about(view, GOALS_KNOWN, goal=goal, used=used), key=goal_order)


def sectors(queries: Queries, view: View, sector: UUID | None = None, work: Work | None = None) -> list[dict[str, Any]]:
    return sectors_besides(queries, view, (work or work_of(queries, view)).sectors, sector)


def sectors_besides(
    queries: Queries, view: View, used: Sequence[UUID], sector: UUID | None = None
) -> list[dict[str, Any]]:
    """Those that somebody has told of, and besides them those that are `used`; in the order of `sector_order`."""
    known = queries.about(view, SECTORS_KNOWN)
    unresolved = ({"id": id_, "code": None, "name": None} for id_ in {*used} - {row["id"] for row in known})
    found = (row for row in chain(known, unresolved) if sector in (None, row["id"]))
    return sorted(found, key=lambda row: sector_order(row["id"], row["code"]))


def agencies(queries: Queries, view: View) -> list[dict[str, Any]]:
    return queries.about(view, AGENCIES_KNOWN)


def stand_for(queries: Queries, view: View) -> Mapping[UUID, str]:
    """What stands for sectors and agencies where an initiative is told of, by id: their codes, their names."""
    return {row["id"]: row["said"] for row in queries.about(view, STAND_FOR)}


def areas(queries: Queries, view: View) -> list[str]:
    """Of all action plans, by name."""
    return [row["area"] for row in queries.about(view, AREAS_KNOWN)]


def unresolved(queries: Queries, view: View) -> dict[str, int]:
    """How many goals, sectors and supported initiatives are referred to that nobody has told of."""
    work = work_of(queries, view)
    return queries.about(view, UNRESOLVED, used=work.used_goals, used_sectors=work.sectors)[0]


KINDS = {"purpose": 0, "characteristic": 1, "objective": 2}


def goal_order(goal: Mapping[str, Any]) -> tuple[Any, ...]:
    """K2 before K10: the figures in a name count as numbers. Unresolved goals come last."""
    name = goal["external_id"] or ""
    parts = tuple((part.isdigit(), int(part) if part.isdigit() else 0, part) for part in _split_figures(name))
    return (KINDS.get(goal["kind"], len(KINDS)), not name, parts, goal["title"] or "", str(goal["id"]))


def _split_figures(name: str) -> list[str]:
    parts: list[str] = []
    for character in name:
        if parts and parts[-1].isdigit() == character.isdigit():
            parts[-1] += character
        else:
            parts.append(character)
    return parts
