"""Which bars stand in which lane, and which of their days count there as common with central work.

A central initiative stands in the lane of the central ones; the days count on which a local one runs that it works
together with. By sector, a local initiative stands in its own sector's lane. By goal, it stands in the lane of each of
its goals, and the days that it shares with central work for that goal count. By area of the action plan, it stands in
the lane of each area that has a central initiative which it works together with, and the days that it shares with those
count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from services.timeline import runs
from services.timeline.pages.names import Names
from services.timeline.pages.speaker import Speaker
from services.timeline.runs import Run, Runs

Row = Mapping[str, Any]
Lanes = Literal["sector", "goal", "area"]
LANES: tuple[Lanes, ...] = ("sector", "goal", "area")

NONE = "none"
"""The key of the lane for what has no goal, or no central initiative in any area."""


@dataclass(frozen=True, slots=True)
class Member:
    """A bar in a lane: an initiative with the days that count there as common."""

    row: Row
    common: Runs


@dataclass(slots=True)
class Group:
    """A lane. `id`: of its goal or sector; `central`: the days of the central work that it is held against."""

    key: str
    title: str
    id: UUID | None = None
    members: list[Member] = field(default_factory=list)
    central: Runs = ()


def shown(row: Row) -> Run:
    """The days of a bar that has some."""
    return runs.inclusive(row["shown_from"], row["shown_to"])


def shared(row: Row, days: Runs) -> Runs:
    """Those on which the bar is shown."""
    return () if row["undated"] else runs.clip(days, shown(row))


def by_sector(local: Iterable[Row], sectors: Iterable[UUID], names: Names) -> list[Group]:
    """`sectors`: whose lanes are there also where nothing is in them."""
    groups = {id_: _of_sector(id_, names) for id_ in sectors}
    for row in local:
        group = groups.setdefault(row["sector"], _of_sector(row["sector"], names))
        group.members.append(Member(row, runs.read(row["common"])))
    return list(groups.values())


def by_goal(
    local: Iterable[Row], goals: Iterable[UUID], central: Mapping[UUID, Runs], names: Names, speaker: Speaker
) -> list[Group]:
    """`goals`: whose lanes are there, in this order, whatever other goals a bar has. `central`: goal → days."""
    groups = {id_: _of_goal(id_, central.get(id_, ()), names) for id_ in goals}
    without = Group(NONE, speaker("lane.without_goal"))
    for row in local:
        for id_ in row["goals"]:
            if group := groups.get(id_):
                group.members.append(Member(row, shared(row, group.central)))
        if not row["goals"]:
            without.members.append(Member(row, runs.read(row["common"])))
    return [*groups.values(), *([without] if without.members else [])]


def by_area(local: Iterable[Row], central: Iterable[Row], speaker: Speaker) -> list[Group]:
    """An undated central initiative makes relations too, and has no days: they work together all the same."""
    groups: dict[str, Group] = {}
    days: dict[tuple[str, UUID], list[Run]] = {}
    for row in central:
        area = row["area"] or ""
        groups.setdefault(area, Group(f"area-{len(groups)}", row["area"] or speaker("lane.without_area")))
        for id_ in (row["id"], *row["goals"]):
            days.setdefault((area, id_), []).extend([] if row["undated"] else [shown(row)])
    merged = {key: runs.union(found) for key, found in days.items()}
    for area, group in groups.items():
        group.central = runs.union(run for (of, _), found in merged.items() if of == area for run in found)
    outside = Group(NONE, speaker("lane.without_central"))
    for row in local:
        links = (*row["goals"], *row["supports"])
        there = [area for area in groups if any((area, id_) in merged for id_ in links)]
        for area in there:
            common = runs.union(run for id_ in links for run in merged.get((area, id_), ()))
            groups[area].members.append(Member(row, shared(row, common)))
        if not there:
            outside.members.append(Member(row, ()))
    return [*(groups[area] for area in sorted(groups)), *([outside] if outside.members else [])]


def _of_sector(id_: UUID, names: Names) -> Group:
    sector = names.sector(id_)
    return Group(sector.reference, sector.name, id_)


def _of_goal(id_: UUID, central: Runs, names: Names) -> Group:
    goal = names.goal(id_)
    return Group(goal.reference, goal.long, id_, central=central)
