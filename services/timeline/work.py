"""Who works on which days, for each goal in each sector: what cells, totals and gaps are made from.

Who works on a side is kept whatever the window: so the first question about any days is answered as fast as the next.
What follows from it is counted here and in `matrix.py`, `gaps.py` and `year.py`, as `concurrency.py` defines it; a
property test holds both equal to a count day by day.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from services.timeline import runs
from services.timeline.members import (
    ABSENT,
    FIRST_GOAL,
    FIRST_GOAL_AND_OPEN,
    NEVER,
    NO_MEMBERS,
    OTHER_GOAL,
    Members,
    Present,
    Workers,
    numbers,
    split,
)
from services.timeline.queries import WRITTEN, Queries
from services.timeline.remembered import Before, Row, Rows
from services.timeline.runs import Run
from services.timeline.view import EVERYTHING, KNOWN, LINKED, NOW, THESE, View, over

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
MEMBERS: LiteralString = f"""
select g.goal, k.sector, string_agg(uuid_send(k.id), '') as ids,
       string_agg(start, '') as starts, string_agg("end", '') as ends,
       string_agg(case when nth > 1 then '{chr(OTHER_GOAL)}'
                       when lower_inf(k.whole) or upper_inf(k.whole) then '{chr(FIRST_GOAL_AND_OPEN)}'
                       else '{chr(FIRST_GOAL)}' end, '') as kinds
from known k {NUMBERS}
cross join lateral unnest(case k.goals when '{{}}' then array[uuid '{NO_GOAL}'] else k.goals end)
    with ordinality g(goal, nth)
group by g.goal, k.sector
"""
MEMBERS_OF_ALL = f"with {KNOWN} {MEMBERS}"
MEMBERS_OF_SOME = f"with {THESE} {MEMBERS}"

SUPPORTERS: LiteralString = f"""
select k.sector, string_agg(uuid_send(s.central), '') as centrals, string_agg(uuid_send(k.id), '') as ids,
       string_agg(start, '') as starts, string_agg("end", '') as ends
from linked k {NUMBERS}
cross join lateral unnest(k.supports) s(central)
where k.sector is not null
group by k.sector
"""
SUPPORTERS_OF_ALL: LiteralString = f"with {LINKED} {SUPPORTERS}"
SUPPORTERS_OF_SOME: LiteralString = f"with {THESE}, linked as (select * from known) {SUPPORTERS}"

# Of whom anything was written since, and on which sides they work, or worked.
CHANGED: LiteralString = f"""
select distinct id, unnest(case goals when '{{}}' then array[uuid '{NO_GOAL}'] else goals end) as goal, sector
from initiative_version where id in ({WRITTEN})
"""
MANY_INITIATIVES = 5_000
"""Versions: where more than so many were written since, reading everybody takes less than reading those."""


class Support(NamedTuple):
    """By a local initiative, of a central one. `start` and `end` as in `Members`."""

    id: bytes
    start: int
    end: int


SupportsByCentral = Mapping[bytes, Sequence[Support]]
Supports = Mapping[UUID, SupportsByCentral]
"""By the sector of the local one, and by the id of the central one."""


def in_sector(supports: Supports, sector: UUID | None) -> Iterable[SupportsByCentral]:
    """Those by local ones of the sector; null: of any."""
    return supports.values() if sector is None else [supports.get(sector, {})]


def supports_read(rows: Iterable[Row]) -> dict[UUID, SupportsByCentral]:
    """Of the rows of `SUPPORTERS`."""
    return {row["sector"]: _by_central(row) for row in rows}


def _by_central(row: Row) -> SupportsByCentral:
    found: dict[bytes, list[Support]] = {}
    supports = map(Support, split(row["ids"]), numbers(row["starts"]), numbers(row["ends"]))
    for central, support in zip(split(row["centrals"]), supports, strict=True):
        found.setdefault(central, []).append(support)
    return found


@dataclass(frozen=True)
class Work:
    """Who works on which days of a window, side by side."""

    window: Run
    members: Mapping[Side, Members]
    _in_all_sectors: dict[UUID, Present] = field(default_factory=dict)

    def size(self) -> int:
        """In rows: of the central ones each is kept, of the others how many they are."""
        return len(self.members) + sum(members.within(self.window).n for _, members in self.sides(None))

    def on(self, goal: UUID) -> Mapping[UUID | None, Present]:
        """Who works for the goal: by sector, centrally under null; nobody where there is none."""
        return self._present.get(goal, {})

    def locally(self, goal: UUID, sector: UUID | None) -> Present:
        """Who works for the goal in the sector (null: in all of them together)."""
        if sector is not None:
            return self.members.get(Side(goal, sector), NO_MEMBERS).within(self.window)
        known = self._in_all_sectors.get(goal)
        if known is None:
            some = [members.within(self.window) for members in self._local_sides.get(goal, ())]
            known = self._in_all_sectors[goal] = _together(tuple(one for one in some if one.anybody))
        return known

    @cached_property
    def _present(self) -> Mapping[UUID, Mapping[UUID | None, Present]]:
        """The sides on which somebody is."""
        found: dict[UUID, dict[UUID | None, Present]] = defaultdict(dict)
        for side, members in self.members.items():
            if (present := members.within(self.window)).anybody:
                found[side.goal][side.sector] = present
        return found

    @cached_property
    def _everybody(self) -> Sequence[tuple[Side, Present]]:
        return [(Side(goal, sector), one) for goal, some in self._present.items() for sector, one in some.items()]

    @cached_property
    def _local_sides(self) -> Mapping[UUID, Sequence[Members]]:
        """Of each goal."""
        found = defaultdict(list)
        for side, members in self.members.items():
            if side.sector:
                found[side.goal].append(members)
        return found

    @cached_property
    def goals(self) -> list[UUID]:
        """Those that initiatives have."""
        return sorted(self._present.keys() - {NO_GOAL})

    @cached_property
    def sectors(self) -> list[UUID]:
        return sorted({side.sector for side, _ in self._everybody if side.sector})

    @property
    def all_sectors(self) -> list[UUID]:
        """Also those with nobody in the window."""
        return sorted({side.sector for side in self.members if side.sector})

    @cached_property
    def central(self) -> Mapping[UUID, Workers]:
        """The central ones, by goal; what has no goal stands under `NO_GOAL`."""
        return {goal: members.working(self.window) for goal, members in self.sides(None)}

    @cached_property
    def central_days(self) -> Mapping[bytes, Run]:
        """Of each central one."""
        return {id_: days for some in self.central.values() for id_, days in some.days_of.items()}

    def first_days(self, sector: UUID | None, goal: UUID | None) -> Iterator[tuple[bytes, int]]:
        """Who works in the sector (null: centrally), for any goal or for the one; some of them several times.

        Each with its first day in the window; an undated one with the last day that there is.
        """
        for _, members in self.sides(sector, goal):
            yield from members.first_days(self.window)

    def sides(self, sector: UUID | None, goal: UUID | None = None) -> Iterator[tuple[UUID, Members]]:
        """Of the sector (null: centrally), by goal, or for the one."""
        if goal is None:
            yield from self._in_sector.get(sector, ())
        elif goal != NO_GOAL and (members := self.members.get(Side(goal, sector))) is not None:
            yield goal, members

    @cached_property
    def _in_sector(self) -> Mapping[UUID | None, Sequence[tuple[UUID, Members]]]:
        found = defaultdict(list)
        for side, members in self.members.items():
            found[side.sector].append((side.goal, members))
        return found

    def ids(self, sides: Iterable[Side]) -> str:
        """Who is there, undated ones too, as `THESE` reads it."""
        known = (self.members[side].first_days(self.window) for side in sides if side in self.members)
        return ids_of(id_ for some in known for id_, _ in some)

    def other_side(self, goals: Collection[UUID], *, is_central: bool) -> str:
        """Who works for these goals on the other side of a central or a local one."""
        return self.ids(side for side in self.members if side.goal in goals and (side.sector is None) != is_central)

    def counts(self, support: Support) -> bool:
        """Whether the local one has a day in the window, or is undated."""
        first, after = self.window
        return (support.start < after and support.end > first) or support.start == NEVER

    def local(self, sector: UUID | None) -> tuple[int, int]:
        """How many of this sector (null: of all) have a day in the window, and how many are undated."""
        some = [one for side, one in self._everybody if side.sector and sector in (None, side.sector)]
        return sum(one.first_dated for one in some), sum(one.first_undated for one in some)

    def totals(self) -> dict[str, int]:
        """Those that take nothing but counting."""
        central = [one for side, one in self._everybody if side.sector is None]
        local, undated_local = self.local(None)
        return {
            "central": sum(one.first_dated for one in central),
            "local": local,
            "undated_central": sum(one.first_undated for one in central),
            "undated_local": undated_local,
            "open": sum(one.first_open for _, one in self._everybody),
            "without_goal": sum(one.first_dated + one.first_undated for one in self.on(NO_GOAL).values()),
        }


@lru_cache(1000)
def _together(some: tuple[Present, ...]) -> Present:
    if not some:
        return ABSENT
    n, undated, days, *firsts = zip(*some, strict=True)
    return Present(sum(n), sum(undated), runs.union(run for one in days for run in one), *map(sum, firsts))


def ids_of(ids: Iterable[bytes]) -> str:
    """As one array for PostgreSQL."""
    return f"{{{','.join([id_.hex() for id_ in ids])}}}"


def work_of(queries: Queries, view: View) -> Work:
    """After something was written, asked again for those that it was about."""
    reach = reach_of(view)
    query, parameters = over(reach, MEMBERS_OF_ALL), reach.parameters()

    def everything() -> dict[Side, Members]:
        return by_side(queries.anew(query, parameters))

    def some(sides: Collection[Side], before: Before) -> dict[Side, Members]:
        gone = changed_ids(queries, before)
        new = by_side(queries.anew(over(reach, MEMBERS_OF_SOME), {**parameters, "ids": ids_of(gone)}))
        return members_with(before.parts, sides, new, instead_of=gone)

    def touched_sides(before: Before) -> set[Side]:
        return touched(queries, before)

    size = _kept_anyway if _is_everything(view) else _size
    members = queries.in_parts(
        query, parameters, touched_sides, some, everything=everything, many=MANY_INITIATIVES, size=size
    )
    whole = size(members)
    return queries.follows("work", view, lambda: Work(window_of(view), members), lambda work: work.size() + whole)


def _kept_anyway(_: Mapping[Any, Any]) -> int:
    """What is known now of everything is there once, and asked for all the time: it takes no room from the rest."""
    return 1


def _size(sides: Mapping[Side, Members]) -> int:
    """An initiative is some eighty bytes."""
    return len(sides) + sum(map(len, sides.values())) // 25


def _size_of_supports(by_sector: Supports) -> int:
    """A central one that is supported from a sector is some hundred bytes."""
    return len(by_sector) + sum(map(len, by_sector.values())) // 5


def supports_of(queries: Queries, view: View) -> Supports:
    """Who supports whom, at any time that is kept; asked again for those that something was written about."""
    reach = reach_of(view)
    query, parameters = over(reach, SUPPORTERS_OF_ALL), reach.parameters()

    def touched_sectors(before: Before) -> set[UUID]:
        return {side.sector for side in touched(queries, before) if side.sector}

    def everything() -> dict[UUID, SupportsByCentral]:
        return supports_read(queries.anew(query, parameters))

    def some(sectors: Collection[UUID], before: Before) -> dict[UUID, SupportsByCentral]:
        gone = changed_ids(queries, before)
        new = supports_read(queries.anew(over(reach, SUPPORTERS_OF_SOME), {**parameters, "ids": ids_of(gone)}))
        return supports_with(before.parts, sectors, new, instead_of=gone)

    size = _kept_anyway if _is_everything(view) else _size_of_supports
    return queries.in_parts(
        query, parameters, touched_sectors, some, everything=everything, many=MANY_INITIATIVES, size=size
    )


def members_with(
    known: Mapping[Side, Members],
    sides: Collection[Side],
    new: Mapping[Side, Members],
    *,
    instead_of: Collection[bytes],
) -> dict[Side, Members]:
    """The sides where those stand whose place the new ones take, and where the new ones stand, as they are then."""
    found = {
        side: known.get(side, NO_MEMBERS).with_(new.get(side, NO_MEMBERS), instead_of=instead_of)
        for side in {*sides, *new}
    }
    return {side: members for side, members in found.items() if members}


def supports_with(
    known: Supports, sectors: Collection[UUID], new: Supports, *, instead_of: Collection[bytes]
) -> dict[UUID, SupportsByCentral]:
    """As `members_with`."""
    return {
        sector: _with(known.get(sector, {}), new.get(sector, {}), instead_of=instead_of) for sector in {*sectors, *new}
    }


def _with(
    known: SupportsByCentral, new: SupportsByCentral, *, instead_of: Collection[bytes]
) -> dict[bytes, Sequence[Support]]:
    found = {
        central: [
            *(support for support in known.get(central, ()) if support.id not in instead_of),
            *new.get(central, ()),
        ]
        for central in known.keys() | new.keys()
    }
    return {central: supports for central, supports in found.items() if supports}


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


def by_side(rows: Iterable[Row]) -> dict[Side, Members]:
    return {Side(row["goal"], row["sector"]): Members.read(row) for row in rows}
