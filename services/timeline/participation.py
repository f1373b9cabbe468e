"""Who took part in local initiatives, and when: residents, employees, their organisations, safety representatives.

The plan has them take part in the idea, the plan and the development phase (byrådssak 1055/17, section 2). Each time is
a fact that moves no period, on whichever basis the timeline is seen: a mark on the day on which it happened.
"""

from typing import NamedTuple
from uuid import UUID

from services.timeline.names import sector_order_in_sql
from services.timeline.queries import Queries
from services.timeline.remembered import Rows
from services.timeline.view import View, chosen, known

MARKS = f"""
select p.id, p.version, p.event, p.recorded_from as recorded_at, p.actor, p.reason,
       p.phase, p.who, p.happened_on as on, p.sentence,
       v.external_id, v.title, v.sector, s.code as sector_code, v.goals, v.withdrawn, count(*) over ()::int as _total
from participation p
join initiative_version v on v.id = p.id and {known("v")}
left join sector_version s on s.id = v.sector and {known("s")}
where p.recorded_from < %(moment)s::timestamptz
  and p.happened_on between %(first)s and %(last)s
  and (%(goal)s::uuid is null or %(goal)s = any(v.goals))
  and (%(sector)s::uuid is null or v.sector = %(sector)s)
  and {chosen("v")}
order by p.happened_on, {sector_order_in_sql("v.sector", "s.code")}, p.id, p.version
limit %(limit)s
"""


class Marks(NamedTuple):
    """The first rows, and how many there are in all."""

    rows: Rows
    total: int


def marks(queries: Queries, view: View, *, limit: int, goal: UUID | None = None, sector: UUID | None = None) -> Marks:
    """Participation on a day of the window, as far as it was known at the view's moment: the earliest first.

    Each row: the initiative (`id`, `external_id`, `title`, `sector`, `sector_code`, `goals`; `withdrawn`: it was
    stopped before it started), `phase` (`idea`, `plan`, `development`), `who` (a list), `on`, `sentence`, and its
    source (`version`, `event`, `recorded_at`, `actor`, `reason`).
    """
    asked = {**view.parameters(), "goal": goal, "sector": sector, "limit": limit}
    found = queries.rows(MARKS, asked)
    return Marks(found, found[0]["_total"] if found else 0)
