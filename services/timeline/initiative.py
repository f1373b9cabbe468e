"""One initiative, with all that it is."""

from typing import Any
from uuid import UUID

from services.timeline.queries import Queries
from services.timeline.view import WINDOW, View, known, whole
from shared import identity

INITIATIVE = f"""
select k.id, k.external_id, k.sector, s.code as sector_code, s.name as sector_name, a.name as agency, k.plan_year,
       k.area, k.title,
       k.description, k.responsible, k.goals, k.supports, k.audiences, k.status, k.anchored,
       k.planned_start, k.planned_end, k.actual_start, k.actual_end, lower(k.whole) as start,
       upper(k.whole) - 1 as "end",
       lower(k.whole * {WINDOW}) as shown_from, upper(k.whole * {WINDOW}) - 1 as shown_to,
       k.undated, coalesce(lower_inf(k.whole), false) as open_start, coalesce(upper_inf(k.whole),
       false) as open_end, k.withdrawn,
       k.version
from (select v.*, whole, whole is null and not v.withdrawn as undated
      from initiative_version v cross join lateral (select {whole("v")} as whole) b
      where v.id = %(id)s and {known("v")}) k
left join sector_version s on s.id = k.sector and {known("s")}
left join agency_version a on a.id = k.agency and {known("a")}
"""


def initiative(queries: Queries, view: View, id_: UUID) -> dict[str, Any] | None:
    found = queries.about(view, INITIATIVE, id=id_)
    return found[0] if found else None


def find(queries: Queries, view: View, reference: str) -> dict[str, Any] | None:
    """By id, or by an external id: a central one's own, a local one's as `<sector code>:<external id>`."""
    for kind in ("central-initiative", "local-initiative"):
        if found := initiative(queries, view, identity.resolve(kind, reference)):
            return found
    return None
