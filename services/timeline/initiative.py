"""One initiative, and whom it works together with: each related one, with the verdict on the two.

Who they are is asked, and what the two have to do with each other is `concurrency.pair`; a property test holds both
equal to a count day by day.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Literal, get_args
from uuid import UUID

from services.timeline.concurrency import Period, Span, pair, relation
from services.timeline.queries import Queries
from services.timeline.remembered import Before
from services.timeline.view import IS_LINKED, WINDOW, View, chosen, known, over, whole
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

# The other side's, of these `ids` those that have a day in the window or no date at all and a goal in common; and
# whatever supports it or is supported by it, at any time.
RELATED = f"""
select v.id, v.external_id, v.title, v.sector, s.code as sector_code, v.status, v.goals, v.supports, v.planned_start,
       v.planned_end, v.actual_start, v.actual_end, lower(whole) as start, upper(whole) - 1 as "end",
       lower(whole * {WINDOW}) as shown_from, upper(whole * {WINDOW}) - 1 as shown_to, whole is null as undated
from initiative_version v
cross join lateral (select {whole("v")} as whole) b
left join sector_version s on s.id = v.sector and {known("s")}
where v.id = any(%(ids)s::uuid[] || %(supports)s::uuid[] || array(
          select id from initiative_version
          where supports @> array[%(id)s::uuid] and {IS_LINKED} and sector is not null and {known()}))
  and {known("v")} and not v.withdrawn and (v.sector is null) <> %(is_central)s and {chosen("v")}
  and (v.supports @> array[%(id)s::uuid] or v.id = any(%(supports)s)
       or v.goals && %(goals)s::uuid[] and (whole is null or whole && {WINDOW}))
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
    if row is None or row["withdrawn"]:
        return []
    with_verdict = _verdicts(row, view)
    query = over(view, RELATED)
    asked = {
        **view.parameters(),
        "id": id_,
        "version": row["version"],
        "goals": row["goals"],
        "supports": row["supports"],
        "is_central": row["sector"] is None,
        "codes": [sector["code"] for sector in queries.about(view, CODES)],
    }

    def ask(ids: str) -> dict[UUID, dict[str, Any]]:
        return {one["id"]: with_verdict(one) for one in queries.anew(query, {**asked, "ids": ids})}

    def some(of: Collection[UUID], _: Before) -> dict[UUID, dict[str, Any]]:
        return {id_: one for id_, one in ask(ids_of(id_.bytes for id_ in of)).items() if id_ in of}

    def everything() -> dict[UUID, dict[str, Any]]:
        return ask(work_of(queries, view).other_side(row["goals"], is_central=row["sector"] is None))

    found = queries.in_parts(query, asked, queries.written, some, everything=everything)
    return sorted(found.values(), key=_nearest_first)


def _verdicts(row: Row, view: View) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Puts on a related one what relates the two, and the verdict on them."""
    is_central, own_goals, own = row["sector"] is None, [*dict.fromkeys(row["goals"])], _period(row)
    window = Span.inclusive(view.first, view.last)

    def with_verdict(other: dict[str, Any]) -> dict[str, Any]:
        found = pair(own, _period(other), window) if is_central else pair(_period(other), own, window)
        del other["undated"]  # the verdict says it
        goals, supports = other.pop("goals"), other.pop("supports")
        shared_goals = [goal for goal in own_goals if goal in goals]
        is_supported = row["id"] in supports if is_central else other["id"] in row["supports"]
        return other | {
            "basis": relation(is_supported, bool(shared_goals)),
            "shared_goals": shared_goals,
            "verdict": found.verdict,
            "common_from": found.common.start if found.common else None,
            "common_to": found.common.last if found.common else None,
            "days": found.days,
            "share": found.share,
            "days_between": found.days_between,
            "smallest_move": found.smallest_move,
        }

    return with_verdict


def _period(row: Row) -> Period | None:
    return None if row["undated"] else Period.inclusive(row["start"], row["end"])


def by_heading(related: Iterable[Row]) -> dict[Heading, list[Row]]:
    """Each heading with its related ones, as they came; also those that have none."""
    found: dict[Heading, list[Row]] = {heading: [] for heading in HEADINGS}
    for row in related:
        found[UNDER[row["verdict"]]].append(row)
    return found


def _nearest_first(related: Mapping[str, Any]) -> tuple[Any, ...]:
    days = related["days"]
    return days is None, -(days or 0), related["days_between"] or 0, related["id"]
