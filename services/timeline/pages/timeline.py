"""The timeline: the central lane on top, lanes by sector, goal or area below; and the same facts as a table.

`Chart` is plain data that holds everything a drawing needs, in units of its own: the page draws it, and so do pictures.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal
from urllib.parse import quote
from uuid import UUID

from markupsafe import Markup

from services.timeline import runs, what_if
from services.timeline.pages import axis, grouping, lanes
from services.timeline.pages.axis import Axis
from services.timeline.pages.gaps import Gap
from services.timeline.pages.grouping import Group, Lanes, Member, shown
from services.timeline.pages.lanes import HEIGHTS, Emphasis, Heights, Item, Lane, Stretch
from services.timeline.pages.names import Names
from services.timeline.pages.scale import DAY, Part, Scale
from services.timeline.pages.speaker import Speaker
from services.timeline.runs import Run, Runs
from services.timeline.view import View

Row = Mapping[str, Any]

WIDTH = 900
"""Of the chart, in its own units."""
MANY, FEW = 300, 12
"""Of more bars than `MANY`, lanes with more than `FEW` are closed until somebody opens them."""
FOCUSED = "focused"
"""Where the bar in focus is, in an address."""
ALL = "*"
"""In an address: all lanes."""
ALWAYS_EXPLAINED = ("central", "local", "both", "activity", "open")
FURTHER = {
    "activities": ("activity", "channel", "goals", "status", "period", "audiences"),
    "participation": ("initiative", "sector", "phase", "who", "day", "sentence"),
}
"""Lanes of what is no initiative → the columns of their tables."""


@dataclass(frozen=True, slots=True)
class Told:
    """A row of the table."""

    title: str
    href: str | None
    where: str
    goals: str
    status: str
    period: str
    common: str
    dated: bool
    id: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A lane with its heading, what is undated in it, and its rows of the table.

    `missing`: what its marks say; `toggle`: the address with it closed, or open again; `spoken`: its name, said aloud.
    """

    key: str
    title: str
    notes: Sequence[str]
    lane: Lane
    undated: Sequence[Told]
    rows: Sequence[Told]
    missing: Sequence[Stretch] = ()
    is_open: bool = True
    toggle: str | None = None
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """The first section is the central lane.

    `today`: where its line stands; null where it is outside the window. `is_against`: lanes are held against a goal,
    and say on which days central work meets nothing.
    """

    width: int
    axis: Axis
    today: float | None
    sections: Sequence[Section]
    is_against: bool
    heights: Heights = HEIGHTS

    @property
    def undated(self) -> Sequence[Section]:
        return [section for section in self.sections if section.undated]

    @property
    def legend(self) -> Sequence[str]:
        """The shapes that are explained, by their names."""
        bars = [bar for section in self.sections for bar in section.lane.bars]
        further = {
            "strip": any(section.lane.strip for section in self.sections),
            "gap": self.is_against,
            "nothing": not self.is_against,
            "participation": any(section.key == "participation" for section in self.sections),
            "dim": any(bar.item.emphasis == "dim" for bar in bars),
            "cells": self.is_closed,
            "today": self.today is not None,
        }
        return [*ALWAYS_EXPLAINED, *(name for name, is_there in further.items() if is_there)]

    @property
    def is_closed(self) -> bool:
        """Whether any lane is."""
        return any(not section.is_open for section in self.sections)


@dataclass(frozen=True, slots=True)
class Content:
    """What the read model answered.

    gaps: with their rows, where the lanes are held against a goal; else null. participated: how often anybody took
    part, with what is not among `participation`.
    """

    bars: Sequence[Row]
    activities: Sequence[Row] = ()
    participation: Sequence[Row] = ()
    participated: int = 0
    cells: Mapping[tuple[UUID, UUID | None], Row] = field(default_factory=dict)
    gaps: Sequence[tuple[Row, Gap]] | None = None


@dataclass(frozen=True, slots=True)
class Focus:
    """The initiative that is looked at: its id; and for it and each that it works together with, the days in common."""

    id: UUID
    common: Mapping[UUID, Runs]


Of = Literal["all", "sector", "goal", "goal_and_sector"]
"""Whose local initiatives are on the chart."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How the chart is to be: by what its lanes are, which of them are opened and closed, who is in focus; of whom."""

    lanes: Lanes = "sector"
    of: Of = "all"
    opened: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    focus: Focus | None = None


class Telling:
    """What everything on the chart is made with."""

    def __init__(
        self,
        view: View,
        asked: Asked,
        *,
        names: Names,
        speaker: Speaker,
        today: date,
        initiative: tuple[str, str],
        owned: Callable[[str, UUID], str | None],
        to: Callable[..., str],
    ) -> None:
        """`initiative`: what stands before and after one in the address of its page; `to`: this page's own address.

        owned: the page of an item of another service, null where it has none.
        """
        self.view, self.asked, self.names, self.say, self.to = view, asked, names, speaker, to
        self.scale = Scale(view.first, view.last, WIDTH)
        self.owned = owned
        self._page = initiative
        before, name, after = to(focus="~").partition("focus=~")
        self._focus = before + name.removesuffix("~"), after
        self.today = self._middle(today)
        self.told: dict[UUID, Told] = {}
        self._hrefs: dict[UUID, str] = {}
        self._is_anchored = False

    def page(self, row: Row) -> str:
        return f"{self._page[0]}{row['id']}{self._page[1]}"

    def focus(self, row: Row) -> str:
        """The address with it in focus."""
        if row["id"] not in self._hrefs:
            self._hrefs[row["id"]] = f"{self._focus[0]}{quote(what_if.reference(row), safe=':')}{self._focus[1]}#focus"
        return self._hrefs[row["id"]]

    def anchor(self, id_: UUID) -> str:
        """What the explanation links to: the first bar of the initiative in focus, as it may stand in several lanes."""
        if self._is_anchored or self.emphasis(id_) != "focus":
            return ""
        self._is_anchored = True
        return FOCUSED

    def emphasis(self, id_: UUID) -> Emphasis:
        focus = self.asked.focus
        if focus is None:
            return "plain"
        if id_ == focus.id:
            return "focus"
        return "plain" if id_ in focus.common else "dim"

    def is_open(self, key: str, bars: int, of: int) -> bool:
        """By name, else by what is said of all lanes, else by how much there is."""
        if key in self.asked.closed | self.asked.opened:
            return key in self.asked.opened
        if ALL in self.asked.closed | self.asked.opened:
            return ALL in self.asked.opened
        return of <= MANY or bars <= FEW

    def toggle(self, key: str, *, is_open: bool) -> str:
        """The address with this lane closed, or opened."""
        closed, opened = self.asked.closed - {key}, self.asked.opened - {key}
        if is_open:
            closed |= {key}
        else:
            opened |= {key}
        return self.to(closed=sorted(closed), open=sorted(opened)) + f"#lane-{key}"

    def _middle(self, today: date) -> float | None:
        if not self.scale.contains(today):
            return None
        return round((self.scale.x(today) + self.scale.x(today + DAY)) / 2, 1)


def chart(content: Content, tell: Telling, *, sectors: Iterable[UUID], goals: Iterable[UUID]) -> Chart:
    """`sectors`, `goals`: whose lanes are shown, also where nothing is in them."""
    say = tell.say
    central = _central(content)
    groups = _groups(content, tell, sectors, goals)
    of = len(central) + sum(len(group.members) for group in groups)
    notes = [say.count("initiatives", len(central)) if central else say("lane.none"), say("lane.central.area")]
    notes += _met(central, tell)
    sections = [_section(Group("central", say("lane.central"), members=central), notes, [], tell, of)]
    sections += [_local(group, content, tell, of) for group in groups]
    further = [(key, [_fact(key, row, tell) for row in getattr(content, key)]) for key in FURTHER]
    in_all = {"activities": len(content.activities), "participation": content.participated}
    sections += [_further(key, facts, in_all[key], tell, of) for key, facts in further if facts]
    return Chart(WIDTH, axis.axis(tell.scale, say, tell.today), tell.today, sections, content.gaps is not None)


def _central(content: Content) -> list[Member]:
    return [Member(bar, runs.read(bar["common"])) for bar in content.bars if bar["lane"] == "central"]


def _met(central: Iterable[Member], tell: Telling) -> list[str]:
    """How many of the central ones work at the same time as a local one that they work together with."""
    days = [member.common for member in central if not member.row["undated"]]
    met = tell.say.number(sum(bool(common) for common in days))
    return [tell.say(f"lane.met.{tell.asked.of}", n=met, of=tell.say.number(len(days)))] if days else []


def _groups(content: Content, tell: Telling, sectors: Iterable[UUID], goals: Iterable[UUID]) -> list[Group]:
    local = [bar for bar in content.bars if bar["lane"] == "local"]
    match tell.asked.lanes:
        case "sector":
            return grouping.by_sector(local, sectors, tell.names)
        case "goal":
            days = {goal: runs.read(cell["central_periods"]) for (goal, _), cell in content.cells.items()}
            return grouping.by_goal(local, goals, days, tell.names, tell.say)
        case "area":
            central = [bar for bar in content.bars if bar["lane"] == "central"]
            return grouping.by_area(local, central, tell.say)


def _local(group: Group, content: Content, tell: Telling, of: int) -> Section:
    """The days of the lane: those with an own initiative, those of them in common, and those on which it is missing."""
    say, view = tell.say, tell.view
    busy = runs.union(shown(row) for row, _ in _dated(group.members))
    common = runs.union(run for member in group.members for run in member.common)
    notes = [say.count("initiatives", len(group.members)) if group.members else say("lane.none")]
    if busy:
        days = say.number(runs.number(common))
        notes.append(say("lane.concurrent", days=days, of=say.count("days", runs.number(busy))))
    cell = _cell(group, content, tell)
    if cell and cell["degree"] is not None:
        notes.append(say("lane.degree", degree=say.percent(cell["degree"])))
    if content.gaps is None or group.id is None:
        missing = [_idle(run, tell) for run in runs.less((runs.inclusive(view.first, view.last),), busy)]
    else:
        by = "goal" if tell.asked.lanes == "goal" else "sector"
        gaps = [(row, gap) for row, gap in content.gaps if row[by] == group.id]
        missing = [_gap(row, gap, tell) for row, gap in gaps]
        days_alone = cell["central_days"] - cell["both_days"] if cell else 0  # of all gaps, whether shown or not
        notes += [say("lane.gaps", days=say.count("days", days_alone))] if days_alone else []
    return _section(group, notes, missing, tell, of)


def _cell(group: Group, content: Content, tell: Telling) -> Row | None:
    """Of the matrix, where the lane is one of its cells."""
    for (goal, sector), row in content.cells.items():
        if tell.asked.lanes == "goal" and goal == group.id:
            return row
        if tell.asked.lanes == "sector" and sector == group.id and sector is not None:
            return row
    return None


def _dated(members: Iterable[Member]) -> list[tuple[Row, Runs]]:
    return [(member.row, member.common) for member in members if not member.row["undated"]]


def _section(group: Group, notes: Sequence[str], missing: Sequence[Stretch], tell: Telling, of: int) -> Section:
    say, key = tell.say, group.key
    rows = [_told(member, tell) for member in group.members]
    undated = [row for row in rows if not row.dated]
    if undated:
        notes = [*notes, say("lane.undated", n=say.number(len(undated)))]
    dated = _dated(group.members)
    strip = tell.scale.parts(group.central)
    focus = tell.asked.focus
    is_open = tell.is_open(key, len(dated), of) or (
        focus is not None and any(row["id"] == focus.id for row, _ in dated)
    )
    if is_open:
        items = [_item(Member(row, common), tell) for row, common in dated]
        lane = lanes.lane(items, tell.scale, today=tell.today, stretches=missing, strip=strip)
        spoken = group.title
    else:
        bars = [shown(row) for row, _ in dated]
        common = tell.scale.parts(runs.union(run for _, days in dated for run in days))
        lane = lanes.closed(bars, axis.cells(tell.scale), tell.scale, common=common, stretches=missing, strip=strip)
        spoken = _spoken(group.title, lane, len(dated), tell)
    toggle = tell.toggle(key, is_open=is_open) if dated else None
    return Section(key, group.title, notes, lane, undated, rows, missing, is_open, toggle, spoken)


def _spoken(title: str, lane: Lane, bars: int, tell: Telling) -> str:
    most = max(cell.n for cell in lane.cells)
    return tell.say("lane.closed", title=title, bars=tell.say.count("initiatives", bars), most=tell.say.number(most))


def _idle(run: Run, tell: Telling) -> Stretch:
    period, days = tell.say.period(*runs.dates(run)), tell.say.count("days", runs.number((run,)))
    return Stretch("idle", tell.scale.part(run), tell.say("lane.idle", period=period, days=days))


def _gap(row: Row, gap: Gap, tell: Telling) -> Stretch:
    """Days of central work that no local work meets, with the smallest move by which both work on one of them."""
    say = tell.say
    days = say.count("days", row["days"])
    move = say("gap.mark.move", move=say.move(row["move"])) if row["move"] is not None else say("gap.mark.nobody")
    way_out = gap.way_out.striptags() if isinstance(gap.way_out, Markup) else gap.way_out
    where = tell.scale.part(runs.inclusive(row["from"], row["to"]))
    return Stretch("gap", where, gap.what, f"{days}: {move}", gap.moved_href, way_out)


def _told(member: Member, tell: Telling) -> Told:
    """A row of the table; of one that stands in several lanes, all but the days in common are made once."""
    bar, say = member.row, tell.say
    told = tell.told.get(bar["id"])
    if told is None:
        is_elsewhere = bar["lane"] == "local" and tell.asked.lanes != "sector"
        sector = tell.names.sector(bar["sector"]).name if is_elsewhere else None
        told = tell.told[bar["id"]] = Told(
            bar["title"],
            tell.page(bar),
            ", ".join(filter(None, [sector, bar["area"] or bar["agency"]])),
            tell.names.goal_codes(bar["goals"]),
            say(f"status.{bar['status']}"),
            say.period(bar["start"], bar["end"]),
            "",
            dated=not bar["undated"],
            id=str(bar["id"]),
        )
    if bar["undated"]:
        return told
    periods = ", ".join([say.period(*runs.dates(run)) for run in member.common])
    nobody = f"table.met.{tell.asked.of}" if bar["lane"] == "central" else "table.no_common"
    common = f"{say.number(runs.number(member.common))}: {periods}" if member.common else say(nobody)
    return replace(told, common=common)


def _item(member: Member, tell: Telling) -> Item:
    bar, say = member.row, tell.say
    row = tell.told[bar["id"]]
    told = [row.period, row.status]
    if tell.asked.lanes != "sector" and row.where:
        told.insert(0, row.where)
    common = member.common
    if tell.asked.focus:
        common = tell.asked.focus.common.get(bar["id"], ())
    if common:
        told.append(say.count("common", runs.number(common)))
    return Item(
        bar["lane"],
        tell.scale.part(shown(bar)),
        bar["title"],
        ", ".join(told),
        tell.focus(bar),
        tell.scale.parts(common),
        bar["open_start"],
        bar["open_end"],
        tell.emphasis(bar["id"]),
        tell.anchor(bar["id"]),
    )


# What is no initiative: communication, participation


@dataclass(frozen=True, slots=True)
class Fact:
    """Of a lane below the initiatives: its row of the table, its bar, and its days in the window."""

    row: Told
    item: Item | None
    days: Run | None


def _fact(key: str, row: Row, tell: Telling) -> Fact:
    return _activity(row, tell) if key == "activities" else _took_part(row, tell)


def _activity(activity: Row, tell: Telling) -> Fact:
    say, scale = tell.say, tell.scale
    href = tell.owned("communication-activity", activity["id"])
    row = Told(
        activity["title"],
        href,
        activity["channel"] or "",
        tell.names.goal_codes(activity["goals"]),
        say(f"status.{activity['status']}"),
        say.period(activity["start"], activity["end"]),
        ", ".join([say(f"audience.{audience}") for audience in activity["audiences"]]),
        dated=not activity["undated"],
        id=str(activity["id"]),
    )
    if not row.dated:
        return Fact(row, None, None)
    first, last = max(activity["start"] or scale.first, scale.first), min(activity["end"] or scale.last, scale.last)
    days = runs.inclusive(first, last)
    told = ", ".join(filter(None, [row.period, row.where, row.common]))
    item = Item("activity", scale.part(days), row.title, told, href)
    item = replace(item, open_start=activity["start"] is None, open_end=activity["end"] is None)
    return Fact(row, item, days)


def _took_part(mark: Row, tell: Telling) -> Fact:
    say, day = tell.say, mark["on"]
    who = say.list([say(f"who.{one}") for one in mark["who"]])
    phase = say(f"phase.{mark['phase']}")
    title = say("participation.mark", phase=phase, who=who)
    row = Told(
        mark["title"],
        tell.page(mark),
        tell.names.sector(mark["sector"]).name if mark["sector"] else "",
        phase,
        who,
        say.day(day),
        mark["sentence"] or "",
        dated=True,
        id=f"{mark['id']}-{mark['version']}",
    )
    middle = (tell.scale.x(day) + tell.scale.x(day + DAY)) / 2
    x = round(min(max(middle - lanes.DIAMOND / 2, 0), WIDTH - lanes.DIAMOND), 1)
    told = ", ".join(filter(None, [mark["title"], row.period, mark["sentence"]]))
    item = Item("participation", Part(x, lanes.DIAMOND), title, told, tell.focus(mark), emphasis=_dimmed(mark, tell))
    return Fact(row, item, runs.inclusive(day, day))


def _dimmed(mark: Row, tell: Telling) -> Emphasis:
    return "dim" if tell.emphasis(mark["id"]) == "dim" else "plain"


def _further(key: str, facts: Sequence[Fact], in_all: int, tell: Telling, of: int) -> Section:
    """`in_all`: how many there are, with those that are not shown."""
    say = tell.say
    rows = [fact.row for fact in facts]
    items = [fact.item for fact in facts if fact.item]
    days = [fact.days for fact in facts if fact.days]
    undated = [row for row in rows if not row.dated]
    notes = [say.count(key, in_all)]
    if undated:
        notes.append(say("lane.undated", n=say.number(len(undated))))
    is_open = tell.is_open(key, len(items), max(of, len(items)))
    title = say(f"lane.{key}")
    if is_open:
        lane = lanes.lane(items, tell.scale, today=tell.today)
    else:
        lane = lanes.closed(days, axis.cells(tell.scale), tell.scale)
    toggle = tell.toggle(key, is_open=is_open) if items else None
    return Section(key, title, notes, lane, undated, rows, (), is_open, toggle, title)
