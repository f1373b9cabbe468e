"""Who works on which days, for each goal in each sector: what cells, totals and gaps are made from.

Who works on a side is kept whatever the window: so the first question about any days is answered as fast as the next.
What follows from it is counted here and in `matrix.py`, `gaps.py` and `year.py`, as `concurrency.py` defines it; a
property test holds both equal to a count day by day.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from heapq import merge
from itertools import chain, groupby
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from services.timeline import days, runs
from services.timeline.days import NO_DAYS, Days
from services.timeline.members import (
    BEGINNING,
    FIRST_GOAL,
    FIRST_GOAL_AND_OPEN,
    NEVER,
    NO_MEMBERS,
    OTHER_GOAL,
    Begun,
    FirstExtents,
    Firsts,
    Members,
    Supports,
    Workers,
    split,
)
from services.timeline.queries import COUNTED, Queries
from services.timeline.remembered import Before, Row, Rows
from services.timeline.runs import Run
from services.timeline.sides import NOBODY, OfGoal, Sides
from services.timeline.view import EVERYTHING, KNOWN, NO_LONGER, NOT_YET, NOW, THESE, View, over

NO_GOAL = UUID(int=0)
"""Stands where a goal would, for initiatives that have none (RFC 9562, the nil UUID)."""


class Side(NamedTuple):
    """Who works for a goal in a sector (null: centrally)."""

    goal: UUID
    sector: UUID | None


# A period as the numbers of its days. What has no goal stands under `NO_GOAL`.
NUMBERS: LiteralString = f"""
cross join lateral (
    select int4send(coalesce(lower(k.period) - date '0001-01-01' + 1, {NEVER})) as start,
           int4send(coalesce(upper(k.period) - date '0001-01-01' + 1, {NEVER})) as "end"
) number
"""
SUPPORTS_HERE: LiteralString = "nth = 1 and k.sector is not null and k.supports <> '{}'"
"""Which central ones a local one supports stands with its first goal."""
MEMBERS: LiteralString = f"""
select g.goal, k.sector, string_agg(uuid_send(k.id), '') as ids,
       string_agg(start, '') as starts, string_agg("end", '') as ends,
       string_agg(case when nth > 1 then '{chr(OTHER_GOAL)}'
                       when lower_inf(k.whole) or upper_inf(k.whole) then '{chr(FIRST_GOAL_AND_OPEN)}'
                       else '{chr(FIRST_GOAL)}' end, '') as kinds,
       string_agg(int4send(case when {SUPPORTS_HERE} then cardinality(k.supports) else 0 end), '') as links,
       string_agg(case when {SUPPORTS_HERE} then (select string_agg(uuid_send(c), '') from unnest(k.supports) c)
                       else '' end, '') as supported
from known k {NUMBERS}
cross join lateral unnest(case k.goals when '{{}}' then array[uuid '{NO_GOAL}'] else k.goals end)
    with ordinality g(goal, nth)
group by g.goal, k.sector
"""
MEMBERS_OF_ALL = f"with {KNOWN} {MEMBERS}"
MEMBERS_OF_SOME = f"with {THESE} {MEMBERS}"
MEMBERS_NO_LONGER = f"with {NO_LONGER} {MEMBERS}"

NOT_KNOWN_YET = f"with {NOT_YET} select id, goals, sector from not_yet limit %(limit)s"
MANY_UNKNOWN = 500
"""Initiatives: where more than so many are otherwise now than they were known, reading those days takes less."""

# Of whom anything was written since, and on which sides they work, or worked.
CHANGED: LiteralString = f"""
select distinct id, unnest(case goals when '{{}}' then array[uuid '{NO_GOAL}'] else goals end) as goal, sector
from initiative_version where id in (select id from initiative_version where written >= %(since)s::xid8)
"""


@dataclass(frozen=True)
class Work:
    """Who works on which days of a window, side by side; what has no goal stands under `NO_GOAL`."""

    window: Run
    goals: Mapping[UUID, OfGoal]

    def size(self) -> int:
        """In rows: of the central ones each is kept, of the others how many they are."""
        sides = sum(len(of.sectors) for of in self.goals.values())
        return sides + sum(members.number(self.window) for _, members in self.sides(None))

    def of(self, goal: UUID) -> Sides:
        """Who works for the goal in the window."""
        return self.goals.get(goal, NOBODY).within(self.window)

    def state(self, goal: UUID) -> int:
        """Decides all that is said of the goal, with the window."""
        return self.goals.get(goal, NOBODY).state

    def side(self, side: Side) -> Members:
        """Whatever the window."""
        return self.goals.get(side.goal, NOBODY).sectors.get(side.sector, NO_MEMBERS)

    @cached_property
    def used_goals(self) -> list[UUID]:
        """Those of initiatives in the window."""
        return sorted(goal for goal in self.goals if goal != NO_GOAL and self.of(goal).anybody)

    @cached_property
    def sectors(self) -> list[UUID]:
        return [one for one in self.all_sectors if any(some.is_there(self.window) for _, some in self.sides(one))]

    @cached_property
    def all_sectors(self) -> list[UUID]:
        """Also those with nobody in the window."""
        return sorted({sector for of in self.goals.values() for sector in of.sectors if sector})

    @cached_property
    def central(self) -> Mapping[UUID, Workers]:
        """The central ones, by goal."""
        return {goal: members.working(self.window) for goal, members in self.sides(None)}

    @cached_property
    def central_ids(self) -> frozenset[bytes]:
        """Of the central ones that have a day in the window."""
        return frozenset().union(*(some.ids for some in self.central.values()))

    @cached_property
    def central_days(self) -> Mapping[bytes, Run]:
        """Of each central one."""
        return {id_: run for some in self.central.values() for id_, run in some.days_of.items()}

    def central_days_for(self, goal: UUID | None) -> Mapping[bytes, Run]:
        """Of those that have the goal (null: of each)."""
        return self.central_days if goal is None else self.side(Side(goal, None)).working(self.window).days_of

    def begun(self, sector: UUID | None, goal: UUID | None, after: Begun = BEGINNING) -> Iterator[Begun]:
        """Who works in the sector (null: centrally), for any goal or for the one, after one, in order."""
        following = (members.begun(self.window, after) for _, members in self.sides(sector, goal))
        return (one for one, _ in groupby(merge(*following)))  # some have several goals

    def sides(self, sector: UUID | None, goal: UUID | None = None) -> Iterator[tuple[UUID, Members]]:
        """Of the sector (null: centrally), by goal, or for the one."""
        if goal == NO_GOAL:
            return
        for of in self.goals if goal is None else [goal]:
            if (members := self.goals.get(of, NOBODY).sectors.get(sector)) is not None:
                yield of, members

    def other_side(self, goals: Iterable[UUID], *, is_central: bool) -> Iterator[tuple[bytes, Run | None]]:
        """Who works for these goals on the other side of a central or a local one, with the days in the window; some
        of them several times, the undated ones with none.
        """
        sides = (side for goal in goals for side in self.goals.get(goal, NOBODY).sectors.items())
        others = (members for sector, members in sides if (sector is None) != is_central)
        return chain.from_iterable(members.there(self.window) for members in others)

    def supports(self, sector: UUID | None) -> Iterable[Supports]:
        """By local ones of the sector (null: of any), whatever the window."""
        return (of.supports(sector) for of in self.goals.values())

    def supporters(self) -> Mapping[bytes, Sequence[tuple[UUID, Run]]]:
        """Of each central one, by id: the sectors and the days of those that support it."""
        found: dict[bytes, list[tuple[UUID, Run]]] = defaultdict(list)
        for of in self.goals.values():
            for sector, members in of.sectors.items():
                if sector is not None:
                    for central, some in members.supports.items():
                        found[central] += [(sector, run) for run in some]
        return found

    def days_of(self, row: Row) -> Days:
        """Of an initiative, as a question of a view answers them: from `shown_from` to `shown_to`, both counted."""
        if row["shown_from"] is None:
            return NO_DAYS
        return days.of_run(runs.inclusive(row["shown_from"], row["shown_to"]), self.window)

    def counts(self, run: Run) -> bool:
        """Whether an initiative with these days has one in the window, or is undated."""
        start, end = run
        first, after = self.window
        return (start < after and end > first) or start == NEVER

    def local_in(self, sector: UUID) -> Firsts:
        """Of this sector, over all goals."""
        return self._counted(members.firsts for _, members in self.sides(sector))

    @cached_property
    def local(self) -> Firsts:
        """In all sectors together."""
        return self._counted(of.local_firsts for of in self.goals.values())

    def _counted(self, some: Iterable[FirstExtents]) -> Firsts:
        found = [one.within(self.window) for one in some]
        return Firsts(*map(sum, zip(*found, strict=True)))

    def totals(self) -> dict[str, int]:
        """Those that take nothing but counting."""
        central, local = self._counted(of.central_firsts for of in self.goals.values()), self.local
        return {
            "central": central.dated,
            "local": local.dated,
            "undated_central": central.undated,
            "undated_local": local.undated,
            "open": central.open + local.open,
            "without_goal": sum(one.n + one.undated for one in self.of(NO_GOAL).there.values()),
        }


def ids_of(ids: Iterable[bytes]) -> str:
    """As one array for PostgreSQL."""
    return f"{{{','.join([id_.hex() for id_ in ids])}}}"


def work_of(queries: Queries, view: View) -> Work:
    """After something was written, asked again for those that it was about."""
    reach = reach_of(view)
    query, parameters = over(reach, MEMBERS_OF_ALL), reach.parameters()

    def everything() -> Mapping[UUID, OfGoal]:
        made = _from_now(queries, reach)
        return by_goal(queries.anew(query, parameters)) if made is None else made

    def touched_goals(before: Before) -> set[UUID]:
        return {side.goal for side in touched(queries, before)}

    def some(_: Collection[UUID], before: Before) -> dict[UUID, OfGoal]:
        gone = changed_ids(queries, before)
        new = by_goal(queries.anew(over(reach, MEMBERS_OF_SOME), {**parameters, "ids": ids_of(gone)}))
        return members_with(before.parts, touched(queries, before), new, instead_of=gone)

    def size(members: Mapping[UUID, OfGoal]) -> int | None:
        """What is known now of everything is there once, and asked for all the time: it stays."""
        return None if _is_everything(view) else _size(members)

    members = queries.in_parts(query, parameters, touched_goals, some, everything=everything, many=COUNTED, size=size)
    whole = size(members) or 0
    return queries.follows("work", view, lambda: Work(window_of(view), members), lambda work: work.size() + whole)


def _from_now(queries: Queries, view: View) -> Mapping[UUID, OfGoal] | None:
    """What was known, made of what is known now: without those that became known as they are only later, and with what
    they, and those that are stopped now, were known as. Right for the days of the view: others it doesn't look at.

    Null where that takes longer than to read it.
    """
    if view.moment() == NOW or view.selection != EVERYTHING:
        return None
    now = work_of(queries, replace(view, known_on=None, just_after=None)).goals
    asked = view.parameters()
    not_yet = queries.anew(over(view, NOT_KNOWN_YET), {**asked, "limit": MANY_UNKNOWN + 1})
    if len(not_yet) > MANY_UNKNOWN:
        return None
    sides = {Side(goal, row["sector"]) for row in not_yet for goal in row["goals"] or [NO_GOAL]}
    new = by_goal(queries.anew(over(view, MEMBERS_NO_LONGER), asked))
    known_then = (id_ for of in new.values() for members in of.sectors.values() for id_ in split(members.ids))
    gone = {*(row["id"].bytes for row in not_yet), *known_then}  # the latter too: who is written of between the two
    touched_goals = {side.goal for side in sides} | new.keys()
    others = {goal: of for goal, of in now.items() if goal not in touched_goals}
    return others | members_with(now, sides, new, instead_of=gone)


def _size(by_goal: Mapping[UUID, OfGoal]) -> int:
    return sum(of.weight for of in by_goal.values())


def members_with(
    known: Mapping[UUID, OfGoal],
    sides: Collection[Side],
    new: Mapping[UUID, OfGoal],
    *,
    instead_of: Collection[bytes],
) -> dict[UUID, OfGoal]:
    """The goals of the sides where those stand whose place the new ones take, and where the new ones stand: each whole,
    as it is then.
    """
    touched_sides = {*sides, *(Side(goal, sector) for goal, of in new.items() for sector in of.sectors)}
    found = {goal: {**known.get(goal, NOBODY).sectors} for goal, _ in touched_sides}
    for goal, sector in touched_sides:
        added = new.get(goal, NOBODY).sectors.get(sector, NO_MEMBERS)
        found[goal][sector] = found[goal].get(sector, NO_MEMBERS).with_(added, instead_of=instead_of)
    left = {goal: {sector: some for sector, some in sectors.items() if some} for goal, sectors in found.items()}
    return {goal: OfGoal(sectors) for goal, sectors in left.items() if sectors}


def reach_of(view: View) -> View:
    """The view over all days for which it is read. Of what is known now, where nothing is chosen, these are all.

    Anything else is asked more rarely, and of few windows each: there it is the window's years.
    """
    if _is_everything(view):
        return replace(view, first=date.min, last=date.max)
    return replace(view, first=date(view.first.year, 1, 1), last=date(view.last.year, 12, 31))


def _is_everything(view: View) -> bool:
    return view.moment() == NOW and view.selection == EVERYTHING


def window_of(view: View) -> Run:
    return runs.inclusive(view.first, view.last)


def touched(queries: Queries, before: Before) -> set[Side]:
    """On which sides anybody works, or worked, of whom anything was written since."""
    return {Side(row["goal"], row["sector"]) for row in changed(queries, before)}


def changed(queries: Queries, before: Before) -> Rows:
    """The answer to `CHANGED`."""
    return queries.once(CHANGED, {"since": before.since})


def changed_ids(queries: Queries, before: Before) -> set[bytes]:
    return {row["id"].bytes for row in changed(queries, before)}


def kept_by_id(
    queries: Queries, query: LiteralString, asked: Mapping[str, Any], ids: Collection[bytes]
) -> Mapping[bytes, Row]:
    """The rows that a question has of these initiatives (`ids`), by id: kept until something is written of them."""

    def some(of: Collection[bytes], _: Before) -> dict[bytes, Row]:
        return {row["id"].bytes: row for row in queries.anew(query, {**asked, "ids": ids_of(of)})}

    return queries.in_parts(query, asked, lambda before: changed_ids(queries, before), some, wanted=ids)


def by_goal(rows: Iterable[Row]) -> dict[UUID, OfGoal]:
    """Of the rows of `MEMBERS`."""
    found: dict[UUID, dict[UUID | None, Members]] = defaultdict(dict)
    for row in rows:
        found[row["goal"]][row["sector"]] = Members.read(row)
    return {goal: OfGoal(sectors) for goal, sectors in found.items()}
