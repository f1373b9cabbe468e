"""Who works on which days, for each goal in each sector: what cells, totals and gaps are made from.

The definitions of `concurrency.py` as SQL; a property test holds the two equal to a count day by day.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from services.timeline.queries import WRITTEN, Queries
from services.timeline.remembered import Before, Row, Rows
from services.timeline.view import KNOWN, NOBODY, THESE, View, over

NO_GOAL: LiteralString = "00000000-0000-0000-0000-000000000000"
"""Stands where a goal would, for initiatives that have none (RFC 9562, the nil UUID)."""


class Side(NamedTuple):
    """Who works for a goal in a sector (null: centrally)."""

    goal: UUID
    sector: UUID | None


# Of each side, how many initiatives have a day in the window, on which days they run, and which they are. Whatever has
# no goal stands under `NO_GOAL`. `first_…` count what has this goal as its first one: over all goals, each initiative
# once.
WORK: LiteralString = f"""
work as materialized (
    select g.goal, k.sector, count(k.period)::int as n, range_agg(k.period) as days,
           count(*) filter (where k.undated)::int as undated,
           count(k.period) filter (where nth = 1)::int as first_dated,
           count(*) filter (where nth = 1 and k.undated)::int as first_undated,
           count(k.period) filter (where nth = 1 and (lower_inf(k.whole) or upper_inf(k.whole)))::int as first_open,
           array_agg(k.id) as ids
    from known k
    cross join lateral unnest(case k.goals when '{{}}' then array[uuid '{NO_GOAL}'] else k.goals end)
        with ordinality g(goal, nth)
    group by g.goal, k.sector
)
"""
# As JSON, as `GIVEN_WORK` reads it back.
TOLD_WORK: LiteralString = """
select goal, sector, first_dated, first_undated, first_open, ids::text, told::text as work
from work cross join lateral (
    select to_json(w) as told
    from (select goal, sector, n, days, undated, first_dated, first_undated, first_open) w
) w
"""
WORK_OF_ALL = f"with {KNOWN}, {WORK} {TOLD_WORK}"
# Of some sides, made anew from those who worked there before and those of which anything was written since.
WORK_OF_SOME = f"""
with {THESE}, {WORK} {TOLD_WORK}
where exists (select from unnest(%(goals)s::uuid[], %(sectors)s::uuid[]) s(goal, sector)
              where s.goal = work.goal and s.sector is not distinct from work.sector)
"""
GIVEN_WORK: LiteralString = """
work as materialized (
    select * from json_to_recordset(%(work)s::json) as w(goal uuid, sector uuid, n int, days datemultirange,
        undated int, first_dated int, first_undated int, first_open int)
)
"""
# Of whom anything was written since, on which sides they work, or worked, and which central ones that is about: they
# themselves, or those that they support.
CHANGED: LiteralString = f"""
select distinct id, unnest(case goals when '{{}}' then array[uuid '{NO_GOAL}'] else goals end) as goal, sector,
       case when sector is null then array[id] else supports end::text[] as centrals
from initiative_version where id in ({WRITTEN})
"""


@dataclass(frozen=True)
class Work:
    """Who works on which days, side by side: the answer to `WORK_OF_ALL`, from which others are made."""

    by_side: Mapping[Side, Mapping[str, Any]]

    @cached_property
    def goals(self) -> list[UUID]:
        """Those that initiatives have."""
        return sorted({side.goal for side in self.by_side} - {NOBODY})

    @cached_property
    def sectors(self) -> list[UUID]:
        return sorted({side.sector for side in self.by_side if side.sector})

    @cached_property
    def _by_goal(self) -> Mapping[UUID, list[str]]:
        """The same work is the same text, whatever was asked anew."""
        parts = defaultdict(list)
        for side, part in self.by_side.items():
            parts[side.goal].append(part["work"])
        return {goal: sorted(some) for goal, some in parts.items()}

    def rows(self, goals: Iterable[UUID]) -> str:
        """Of these goals, as `GIVEN_WORK` reads it."""
        return f"[{','.join(part for goal in goals for part in self._by_goal.get(goal, ()))}]"

    def ids(self, sides: Iterable[Side]) -> str:
        """Who works there, as `THESE` reads it."""
        return ids_of(self.by_side[side]["ids"] for side in sides if side in self.by_side)

    def count(self, what: str, *, central: bool) -> int:
        return sum(part[what] for side, part in self.by_side.items() if (side.sector is None) == central)

    def totals(self) -> dict[str, int]:
        """Those that take nothing but counting."""
        without_goal = [part for side, part in self.by_side.items() if side.goal == NOBODY]
        return {
            "central": self.count("first_dated", central=True),
            "local": self.count("first_dated", central=False),
            "undated_central": self.count("first_undated", central=True),
            "undated_local": self.count("first_undated", central=False),
            "open": self.count("first_open", central=True) + self.count("first_open", central=False),
            "without_goal": sum(part["first_dated"] + part["first_undated"] for part in without_goal),
        }


def ids_of(parts: Iterable[str]) -> str:
    """Arrays of ids, or ids with commas between them, as one array for PostgreSQL."""
    return f"{{{','.join(part.strip('{}') for part in parts)}}}"


def work_of(queries: Queries, view: View) -> Work:
    """After something was written, asked again for the sides that it was about."""
    query, parameters = over(view, WORK_OF_ALL), view.parameters()

    def some(sides: Collection[Side], before: Before) -> dict[Side, Row]:
        before_them = (before.parts[side]["ids"] for side in sides if side in before.parts)
        asked = {
            "ids": ids_of([*before_them, *changed_ids(queries, before)]),
            "goals": [side.goal for side in sides],
            "sectors": [side.sector for side in sides],
        }
        return by_side(queries.anew(over(view, WORK_OF_SOME), {**parameters, **asked}))

    def everything() -> dict[Side, Row]:
        return by_side(queries.anew(query, parameters))

    return Work(
        queries.in_parts(query, parameters, lambda before: touched(queries, before), some, everything=everything)
    )


def touched(queries: Queries, before: Before) -> set[Side]:
    """On which sides anybody works, or worked, of whom anything was written since."""
    return {*by_side(changed(queries, before))}


def changed(queries: Queries, before: Before) -> Rows:
    """The answer to `CHANGED`."""
    return queries.once(CHANGED, {"since": before.since})


def changed_ids(queries: Queries, before: Before) -> set[str]:
    return {str(row["id"]) for row in changed(queries, before)}


def by_side(rows: Iterable[Row]) -> dict[Side, Row]:
    return {Side(row["goal"], row["sector"]): row for row in rows}
