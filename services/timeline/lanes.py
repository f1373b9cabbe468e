"""What stands in the lanes of the timeline: a bar for each initiative, with the days that it shares; communication."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from services.timeline import days, initiatives, matrix, names, paging
from services.timeline.days import NO_DAYS, Days
from services.timeline.members import BEGINNING, Begun
from services.timeline.names import CENTRAL, SectorPlace, sector_order
from services.timeline.paging import BEFORE_ALL, Page
from services.timeline.queries import Queries
from services.timeline.remembered import Row, Rows
from services.timeline.runs import Run
from services.timeline.view import WINDOW, View, known
from services.timeline.work import Work, work_of

ACTIVITIES = f"""
select id, external_id, title, audiences, channel, goals, status, lower(planned) as start,
       upper(planned) - 1 as "end", published_on,
       planned is null as undated
from activity_version
where {known()} and status <> 'withdrawn'
  and (planned is null or planned && {WINDOW})
  and (%(goal)s::uuid is null or %(goal)s = any(goals))
  and (%(audience)s::text is null or %(audience)s = any(audiences))
order by lower(planned) nulls last, id
"""


class BarPlace(NamedTuple):
    """Where a bar stands among all: by its sector (`names.sector_order`), first day in the window, id."""

    unresolved: bool
    code: str
    sector: UUID
    start: date
    id: UUID


FIRST = BarPlace(*CENTRAL, date.min, BEFORE_ALL)
"""Before all bars."""


def bars(
    queries: Queries,
    view: View,
    *,
    limit: int,
    after: BarPlace = FIRST,
    goal: UUID | None = None,
    sector: UUID | None = None,
    meeting: matrix.Meeting | None = None,
) -> Page[BarPlace]:
    """Central ones first, then sector by sector, each lane by first day; undated ones last in their lane.

    meeting: of the central ones those that this figure of the year, or of the sector's, counts.
    """
    of = Of(goal, sector, meeting)

    def ask(limit: int) -> Rows:
        page = f"{limit} bars after {', '.join(map(str, after))}, of {of}"
        return queries.follows(page, view, lambda: _bars(queries, view, limit, after, of), len)

    return paging.page(ask, limit, place)


class Of(NamedTuple):
    """Which bars are asked for."""

    goal: UUID | None
    sector: UUID | None
    meeting: matrix.Meeting | None


def _bars(queries: Queries, view: View, limit: int, after: BarPlace, of: Of) -> Rows:
    work = work_of(queries, view)
    meeting = Meeting(work, of.goal, of.sector)
    central = matrix.counted(queries, view, of.meeting, of.sector) if of.meeting else None

    def sectors() -> Iterator[SectorPlace]:
        yield CENTRAL
        for row in names.sectors_besides(queries, view, work.all_sectors, of.sector):
            yield sector_order(row["id"], row["code"])

    starts = _starts(work, after, sectors(), of.goal, central)
    found: Rows = []
    while len(found) < limit and (some := [*islice(starts, limit - len(found))]):  # again where one is gone meanwhile
        found += meeting.with_days(_there(queries, view, some))
    return found


def _there(queries: Queries, view: View, begun: Iterable[Begun]) -> Rows:
    """A bar is an initiative on the timeline, as long as it is there; one that left the selection meanwhile is shown
    once more.
    """
    starts = {id_: date.fromordinal(start) for start, id_ in begun}
    bars = [bar for bar in initiatives.by_id(queries, view, starts) if bar["undated"] or bar["shown_from"]]
    for bar in bars:
        bar["_sort_start"] = starts[bar["id"].bytes]
    return bars


@dataclass(frozen=True)
class Meeting:
    """The work that bars are held against.

    goal: where one is asked for, only work for it counts, so that the timeline agrees with the cell of the matrix;
    sector: and of local work only this one's.
    """

    work: Work
    goal: UUID | None
    sector: UUID | None
    _local_days: dict[UUID, Days] = field(default_factory=dict)
    """Of goals."""

    def with_days(self, bars: Rows) -> Iterator[Row]:
        """Bars, each with the days that it shares with related ones of the other side (`common`)."""
        supporters = self._supporters({bar["id"].bytes for bar in bars if bar["sector"] is None})
        for bar in bars:
            others = self._local(bar, supporters) if bar["sector"] is None else self._central(bar)
            yield {**bar, "common": days.periods(self.work.days_of(bar) & others, self.work.window)}

    def _supporters(self, central: set[bytes]) -> Mapping[bytes, Sequence[Run]]:
        """Where a goal is asked for, those that have it are counted by that."""
        found: dict[bytes, list[Run]] = defaultdict(list)
        for supports in self.work.supports(self.sector) if self.goal is None else ():
            for id_ in central & supports.keys():
                found[id_] += supports[id_]
        return found

    def _local(self, central: Row, supporters: Mapping[bytes, Sequence[Run]]) -> Days:
        """On which local ones work that are related to a central one."""
        found = NO_DAYS
        for goal in self._goals(central):
            if goal not in self._local_days:
                self._local_days[goal] = self.work.of(goal).local_days(self.sector)
            found |= self._local_days[goal]
        for run in supporters.get(central["id"].bytes, ()):
            found |= days.of_run(run, self.work.window)
        return found

    def _central(self, local: Row) -> Days:
        """On which central ones work that are related to a local one."""
        found = NO_DAYS
        for goal in self._goals(local):
            found |= self.work.of(goal).central.days
        for id_ in local["supports"]:
            if run := self.work.central_days_for(self.goal).get(id_.bytes):
                found |= days.of_run(run, self.work.window)
        return found

    def _goals(self, bar: Row) -> Iterable[UUID]:
        return (goal for goal in bar["goals"] if self.goal in (None, goal))


def _starts(
    work: Work, after: BarPlace, sectors: Iterable[SectorPlace], goal: UUID | None, central: Collection[bytes] | None
) -> Iterator[Begun]:
    """In order, and no sector is looked at before it is its turn. `central`: only these of the central ones."""
    for sector in sectors:
        if sector < after[:3]:
            continue
        begun = Begun(after.start.toordinal(), after.id.bytes) if sector == after[:3] else BEGINNING
        if sector == CENTRAL:
            yield from (one for one in work.begun(None, goal, begun) if central is None or one.id in central)
        else:
            yield from work.begun(sector.sector, goal, begun)


def place(bar: Mapping[str, Any]) -> BarPlace:
    return BarPlace(*sector_order(bar["sector"], bar["sector_code"]), bar["_sort_start"], bar["id"])


def activities(queries: Queries, view: View, goal: UUID | None = None) -> list[dict[str, Any]]:
    return queries.about(view, ACTIVITIES, goal=goal)
