"""What changed on the timeline between two days, as it was known at the end of each.

The difference of two states: what an initiative was known to be then, and what it is known to be later; events that
undid one another leave no difference. Each change has one kind, the first that holds:

    removed   stopped before it started, and was not so then
    added     was not known then
    moved     its period is another, on the basis that is asked for
    changed   something else of `FIELDS` is another

It is counted where the initiative is in the view (`lanes.bars`) on at least one of the two days; of an action plan's
changes, where it is in the plan on at least one of them, whenever it runs. A property test holds this equal to the
difference of the two states that their events alone would have made.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal, LiteralString, NamedTuple, get_args
from uuid import UUID

from services.timeline import paging
from services.timeline.differences import differences
from services.timeline.names import CENTRAL, sector_order, sector_order_in_sql
from services.timeline.paging import BEFORE_ALL, Page, Small
from services.timeline.queries import Queries
from services.timeline.remembered import Rows
from services.timeline.view import STATUSES, WINDOW, View, chosen, whole

ChangeKind = Literal["added", "moved", "removed", "changed"]
KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)

FIELDS = (
    "title",
    "goals",
    "supports",
    "status",
    "plan_year",
    "area",
    "agency",
    "responsible",
    "audiences",
    "budget",
    "description",
)
"""What is compared besides the period, in the order in which it is told."""


def _compared(alias: str) -> str:
    return ", ".join(f"{alias}.{'told_status' if name == 'status' else name}" for name in FIELDS)


# Only what has an event between the two moments can differ. `whole` is the period on the basis, as in `view.KNOWN`;
# of what is withdrawn, the planned one, as it is nowhere else in time. `told_status`: that a plan is carried out is no
# change of the plan, that something of it is stopped is.
CHANGED = f"""
touched as materialized (
    select distinct id from initiative_version
    where recorded_from at time zone 'UTC' >= %(from_moment)s::timestamptz at time zone 'UTC'
      and recorded_from at time zone 'UTC' < %(to_moment)s::timestamptz at time zone 'UTC'
),
versions as (
    select v.*, {whole("v")} as whole,
           case when v.withdrawn then period(planned_start, planned_end) else {whole("v")} end as place,
           case when %(plan_year)s::integer is null or status = any(%(stopped)s) then status end as told_status
    from touched join initiative_version v using (id)
),
seen as (
    select v.*, case when %(plan_year)s::integer is null then place is null or place && {WINDOW}
                     else plan_year is not distinct from %(plan_year)s end
                and (%(goal)s::uuid is null or %(goal)s = any(goals))
                and (%(sector)s::uuid is null or sector is null or sector = %(sector)s)
                and ({chosen("v")}) as in_view
    from versions v
),
o as (select * from seen where recorded_from < %(from_moment)s::timestamptz
                           and recorded_to >= %(from_moment)s::timestamptz),
n as (select * from seen where recorded_from < %(to_moment)s::timestamptz
                           and recorded_to >= %(to_moment)s::timestamptz),
changes as materialized (
    select n.id, n.sector, n.external_id, n.title, o.id is null as is_new,
           coalesce(lower(coalesce(n.place, o.place)), '0001-01-01') as sort_start,
           case when n.withdrawn then 'removed' when o.id is null then 'added'
                when o.whole is distinct from n.whole then 'moved' else 'changed' end as kind,
           lower(o.place) as old_start, upper(o.place) - 1 as old_end,
           lower(n.place) as new_start, upper(n.place) - 1 as new_end,
           to_jsonb(o) as old, to_jsonb(n) as new
    from n left join o on o.id = n.id
    where (n.in_view or o.in_view and not o.withdrawn)
      and case when n.withdrawn then o.withdrawn is not true
               when o.id is null then true
               else o.whole is distinct from n.whole
                    or ({_compared("o")}) is distinct from ({_compared("n")}) end
)
"""

COUNTS = f"with {CHANGED} select kind, count(*)::int as n from changes group by kind"

PAGE = f"""
with {CHANGED}
select c.*, s.code as sector_code, array_position(%(kinds)s::text[], kind) as _place, sort_start as _sort_start
from changes c
left join sector_version s on s.id = c.sector
     and s.recorded_from < %(to_moment)s::timestamptz and s.recorded_to >= %(to_moment)s::timestamptz
where (array_position(%(kinds)s::text[], kind), {sector_order_in_sql("c.sector", "s.code")}, sort_start, c.id)
      > (%(after_place)s, %(after_unresolved)s, %(after_code)s, %(after_sector)s::uuid, %(after_start)s::date,
         %(after_id)s::uuid)
order by _place, {sector_order_in_sql("c.sector", "s.code")}, sort_start, c.id
limit %(limit)s
"""

EVENTS: LiteralString = """
select id, version, event, type, recorded_from as recorded_at, reason
from initiative_version
where id = any(%(ids)s) and recorded_from >= %(from_moment)s::timestamptz and recorded_from < %(to_moment)s::timestamptz
order by id, version
"""


class ChangePlace(NamedTuple):
    """Where a change stands among all: by kind, then as on the timeline."""

    after_place: Small
    after_unresolved: bool
    after_code: str
    after_sector: UUID
    after_start: date
    after_id: UUID


FIRST = ChangePlace(0, *CENTRAL, date.min, BEFORE_ALL)
"""Before all changes."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two states of one view: at the end of `known_then`, and as `now` has it.

    just_after: instead of the end of that day, right after this moment on it. plan_year: of this year's plan alone,
    whose initiatives may start and be completed without being another plan.
    """

    now: View
    known_then: date
    just_after: datetime | None = None
    plan_year: int | None = None

    @property
    def then(self) -> View:
        return replace(self.now, known_on=self.known_then, just_after=self.just_after)

    def parameters(self) -> dict[str, Any]:
        view, then = self.now.parameters(), self.then.moment()
        moments = {"from_moment": then, "to_moment": view["moment"]}
        return {**view, **moments, "plan_year": self.plan_year, "stopped": [*STATUSES["stopped"]]}


def counts(
    queries: Queries, comparison: Comparison, goal: UUID | None = None, sector: UUID | None = None
) -> dict[ChangeKind, int]:
    """How many changes there are of each kind."""
    asked = {**comparison.parameters(), "goal": goal, "sector": sector}
    found = {row["kind"]: row["n"] for row in queries.rows(COUNTS, asked)}
    return {kind: found.get(kind, 0) for kind in KINDS}


def page(
    queries: Queries,
    comparison: Comparison,
    *,
    limit: int,
    goal: UUID | None = None,
    sector: UUID | None = None,
    after: ChangePlace = FIRST,
) -> Page[ChangePlace]:
    """Changes by kind, each with both periods, the fields that differ, and the events between the two moments."""
    asked = {**comparison.parameters(), "goal": goal, "sector": sector, "kinds": list(KINDS), **after._asdict()}

    def ask(limit: int) -> Rows:
        rows = queries.rows(PAGE, {**asked, "limit": limit})
        events = _by_id(queries.rows(EVENTS, {**comparison.parameters(), "ids": [row["id"] for row in rows]}))
        return [
            {
                **{name: row[name] for name in PLAIN},
                "fields": _differences(row["old"], row["new"]),
                "events": events.get(row["id"], []),
            }
            for row in rows
        ]

    return paging.page(ask, limit, place)


PLAIN = (
    *("id", "external_id", "title", "sector", "sector_code", "kind", "is_new"),
    *("old_start", "old_end", "new_start", "new_end", "_place", "_sort_start"),
)
"""What a change has of its row as it is."""


def place(change: Mapping[str, Any]) -> ChangePlace:
    of_sector = sector_order(change["sector"], change["sector_code"])
    return ChangePlace(change["_place"], *of_sector, change["_sort_start"], change["id"])


def _differences(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Nothing of what was not there before."""
    if old is None:
        return []
    told = [name for name in FIELDS if name != "status" or old["told_status"] != new["told_status"]]
    return differences(told, _of_json(old), _of_json(new))


def _of_json(state: Mapping[str, Any]) -> dict[str, Any]:
    """With ids as elsewhere, where JSON has texts."""
    agency = UUID(state["agency"]) if state["agency"] else None
    return {**state, "agency": agency, **{name: [UUID(id_) for id_ in state[name]] for name in ("goals", "supports")}}


def _by_id(rows: Iterable[dict[str, Any]]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["id"], []).append({name: value for name, value in row.items() if name != "id"})
    return found
