"""What initiatives are, by their ids: what is said of them on the timeline, and among related ones.

Kept initiative by initiative, whatever the window and whatever is selected: who looks at other days, at a goal, or at
whom one works together with, meets mostly the same ones. Which they are, others say.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from services.timeline import names
from services.timeline.queries import Queries
from services.timeline.remembered import Row, Rows
from services.timeline.view import View, known, whole
from services.timeline.work import kept_by_id

INITIATIVES = f"""
select v.id, v.external_id, case when v.sector is null then 'central' else 'local' end as lane, v.sector, v.agency,
       v.title, v.area, v.plan_year, v.goals, v.supports, v.status, lower(whole) as start, upper(whole) - 1 as "end",
       v.planned_start, v.planned_end, v.actual_start, v.actual_end, whole is null as undated,
       coalesce(lower_inf(whole), false) as open_start, coalesce(upper_inf(whole), false) as open_end
from initiative_version v cross join lateral (select {whole("v")} as whole) b
where v.id = any(%(ids)s::uuid[]) and {known("v")} and not v.withdrawn
"""


def by_id(queries: Queries, view: View, ids: Iterable[bytes]) -> Rows:
    """In this order, without those that are not known, or stopped before they started. Whoever asks may add to a row.

    Each with the code of its sector, the name of its agency, and from when to when it runs in the window (null: on no
    day of it).
    """
    wanted = [*ids]
    found = kept_by_id(queries, INITIATIVES, {"moment": view.moment(), "basis": view.basis}, wanted)
    said = names.stand_for(queries, view)

    def seen(row: Row) -> Row:
        first, last = shown(row, view)
        sector_code, agency = said.get(row["sector"]), said.get(row["agency"])
        return {**row, "sector_code": sector_code, "agency": agency, "shown_from": first, "shown_to": last}

    return [seen(found[id_]) for id_ in wanted if id_ in found]


def shown(row: Mapping[str, Any], view: View) -> tuple[date, date] | tuple[None, None]:
    """The first and the last day in the window; none where there is no such day."""
    if row["undated"]:
        return None, None
    first, last = max(row["start"] or date.min, view.first), min(row["end"] or date.max, view.last)
    return (first, last) if first <= last else (None, None)
