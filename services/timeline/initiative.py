"""One initiative, and whom it works together with: each related one, with the verdict on the two.

The definitions of `concurrency.py` as SQL; a property test holds the two equal to a count day by day.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Literal, get_args
from uuid import UUID

from services.timeline.queries import Queries
from services.timeline.remembered import Before
from services.timeline.view import THESE, WINDOW, View, chosen, known, over, whole
from services.timeline.work import ids_of, work_of
from shared import identity

Row = Mapping[str, Any]

Heading = Literal["concurrent", "not_concurrent", "other"]
HEADINGS: tuple[Heading, ...] = get_args(Heading)
"""Of related initiatives, in the order in which they are shown."""
UNDER: Mapping[str, Heading] = {
    "concurrent": "concurrent",
    "adjacent": "not_concurrent",
    "sequential": "not_concurrent",
    "undated": "other",
    "outside": "other",
}
"""Verdict → the heading that it stands under."""

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

OF_THESE = "(%(of)s::uuid[] is null or {} = any(%(of)s))"

# Of `ids`, the related initiatives of the other side that have a day in the window or no date at all, and whatever
# supports it or is supported by it, at any time; with the verdict: o = least(ends) − greatest(starts), as in
# `concurrency.pair`.
RELATED = f"""
with {THESE},
self as materialized (
    select v.id, v.sector, v.goals, v.supports, whole, nullif(whole * {WINDOW}, 'empty') as period
    from initiative_version v
    cross join lateral (select {whole("v")} as whole) b
    where v.id = %(id)s and {known("v")} and not v.withdrawn
),
related as (
    select k.id, k.version from known k
    where (k.sector is null) <> %(is_central)s and k.goals && %(goals)s::uuid[] and {OF_THESE.format("k.id")}
    union
    select v.id, v.version from initiative_version v
    where v.supports @> array[%(id)s::uuid] and v.linked and v.sector is not null
      and {known("v")} and {OF_THESE.format("v.id")}
    union
    select v.id, v.version from self join initiative_version v on v.id = any(self.supports) and {known("v")}
    where {OF_THESE.format("v.id")}
),
pairs as (
    select v.id, v.external_id, v.title, v.sector, v.status, v.planned_start, v.planned_end, v.actual_start,
           v.actual_end, b.whole, nullif(b.whole * {WINDOW}, 'empty') as period, b.whole is null as undated,
           self.sector is null as self_is_central, self.period as own, self.whole is null as own_undated,
           case when self.sector is null
           then self.id = any(v.supports) else v.id = any(self.supports) end as by_support,
           array(select unnest(self.goals) intersect select unnest(v.goals)) as shared_goals
    from self cross join related
    join initiative_version v on v.id = related.id and v.version = related.version
    cross join lateral (select {whole("v")} as whole) b
    where (self.sector is null) <> (v.sector is null) and not v.withdrawn and {chosen("v")}
),
measured as (
    select *, case when self_is_central then own else period end as c, case when self_is_central
    then period else own end as l,
           case when own is not null and period is not null  -- `least` overlooks nulls
                then least(upper(own), upper(period)) - greatest(lower(own), lower(period)) end as o
    from pairs
)
select m.id, m.external_id, m.title, m.sector, s.code as sector_code, m.status, m.planned_start, m.planned_end,
       m.actual_start, m.actual_end, lower(m.whole) as start, upper(m.whole) - 1 as "end",
       lower(m.period) as shown_from, upper(m.period) - 1 as shown_to,
       case when by_support and shared_goals <> '{{}}' then 'both' when by_support
       then 'support' else 'goal' end as basis,
       shared_goals,
       case when own_undated or m.undated then 'undated' when c is null or l is null then 'outside'
            when o > 0 then 'concurrent' when o = 0 then 'adjacent' else 'sequential' end as verdict,
       case when o > 0 then greatest(lower(c), lower(l)) end as common_from,
       case when o > 0 then least(upper(c), upper(l)) - 1 end as common_to,
       case when c is not null and l is not null then greatest(o, 0) end as days,
       case when c is not null and l is not null
            then greatest(o, 0) / least(upper(c) - lower(c), upper(l) - lower(l))::float8 end as share,
       case when o <= 0 then -o end as days_between,
       case when o <= 0 then case when lower(l) < lower(c) then 1 - o else o - 1 end end as smallest_move
from measured m
left join sector_version s on s.id = m.sector and {known("s")}
"""

CODES = f"select id::text || ' ' || code as code from sector_version where {known()} order by id"


def initiative(queries: Queries, view: View, id_: UUID) -> dict[str, Any] | None:
    found = queries.about(view, INITIATIVE, id=id_)
    return found[0] if found else None


def find(queries: Queries, view: View, reference: str) -> dict[str, Any] | None:
    """By id, or by an external id: a central one's own, a local one's as `<sector code>:<external id>`."""
    for kind in ("central-initiative", "local-initiative"):
        if found := initiative(queries, view, identity.resolve(kind, reference)):
            return found
    return None


def related_to(queries: Queries, view: View, id_: UUID) -> list[dict[str, Any]]:
    """Those with whom it shares the most days first, then the nearest.

    Asked again for those that something was written about; besides them, what it is itself decides the answer, and what
    sectors are called.
    """
    row = initiative(queries, view, id_)
    if row is None:
        return []
    query = over(view, RELATED)
    asked = {
        **view.parameters(),
        "id": id_,
        "version": row["version"],
        "goals": row["goals"],
        "is_central": row["sector"] is None,
        "codes": [sector["code"] for sector in queries.about(view, CODES)],
    }

    def ask(of: Sequence[UUID] | None, ids: str) -> dict[UUID, dict[str, Any]]:
        return {one["id"]: one for one in queries.anew(query, {**asked, "of": of, "ids": ids})}

    def some(of: Collection[UUID], _: Before) -> dict[UUID, dict[str, Any]]:
        return ask([*of], ids_of(id_.bytes for id_ in of))

    def everything() -> dict[UUID, dict[str, Any]]:
        return ask(None, work_of(queries, view).other_side(row["goals"], is_central=row["sector"] is None))

    found = queries.in_parts(query, asked, queries.written, some, everything=everything)
    return sorted(found.values(), key=_nearest_first)


def by_heading(related: Iterable[Row]) -> dict[Heading, list[Row]]:
    """Each heading with its related ones, as they came; also those that have none."""
    found: dict[Heading, list[Row]] = {heading: [] for heading in HEADINGS}
    for row in related:
        found[UNDER[row["verdict"]]].append(row)
    return found


def _nearest_first(related: Mapping[str, Any]) -> tuple[Any, ...]:
    days = related["days"]
    return days is None, -(days or 0), related["days_between"] or 0, related["id"]
