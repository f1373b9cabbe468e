"""The timeline: the central lane on top, a lane for each sector, communication last; and the same facts as a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.timeline.pages import lanes
from services.timeline.pages.address import Address
from services.timeline.pages.lanes import Item, Lane
from services.timeline.pages.names import Named, Names
from services.timeline.pages.scale import DAY, Scale, Tick, between, count, ticks, union
from services.timeline.pages.speaker import Speaker
from services.timeline.queries import View

Row = Mapping[str, Any]
Run = tuple[date, date]

WIDTH = 900
"""Of the chart, in its own units."""


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


@dataclass(frozen=True, slots=True)
class Section:
    """A lane with its heading, what is undated in it, and its rows of the table."""

    key: str
    title: str
    notes: Sequence[str]
    lane: Lane
    undated: Sequence[Told]
    rows: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Chart:
    width: int
    ticks: Sequence[Tick]
    today: float | None
    sections: Sequence[Section]

    @property
    def undated(self) -> Sequence[Section]:
        return [section for section in self.sections if section.undated]


@dataclass(frozen=True, slots=True)
class Telling:
    """What everything on the chart is made with."""

    view: View
    scale: Scale
    names: Names
    speaker: Speaker
    before: str
    after: str
    today: date

    @property
    def today_x(self) -> float | None:
        """In the middle of today; null where it is outside the window."""
        if not self.scale.contains(self.today):
            return None
        return round((self.scale.x(self.today) + self.scale.x(self.today + DAY)) / 2, 1)


def chart(
    view: View,
    bars: Sequence[Row],
    activities: Sequence[Row],
    degrees: Mapping[UUID, float | None],
    *,
    names: Names,
    sectors: Iterable[UUID],
    speaker: Speaker,
    address: Address,
    today: date,
) -> Chart:
    """`sectors`: whose lanes are shown, also where nothing is in them. `degrees`: of a goal, where one is asked for."""
    before, after = address.initiatives()
    tell = Telling(view, Scale(view.first, view.last, WIDTH), names, speaker, before, after, today)
    central = [bar for bar in bars if bar["lane"] == "central"]
    local: dict[UUID, list[Row]] = {sector: [] for sector in sectors}
    for bar in bars:
        if bar["lane"] == "local":
            local.setdefault(bar["sector"], []).append(bar)
    sections = [_central(central, tell)]
    sections += [_sector(names.sector(id_), rows, degrees.get(id_), tell) for id_, rows in local.items()]
    if activities:
        sections.append(_activities(activities, tell))
    return Chart(WIDTH, ticks(tell.scale, speaker), tell.today_x, sections)


def _central(bars: Sequence[Row], tell: Telling) -> Section:
    say = tell.speaker
    notes = [say.count("initiatives", len(bars)) if bars else say("lane.none"), say("lane.central.area")]
    return _section("central", say("lane.central"), notes, bars, tell)


def _sector(sector: Named, bars: Sequence[Row], degree: float | None, tell: Telling) -> Section:
    """The days of the lane: those with an own initiative, those of them in common, and those with nothing going on."""
    say, view = tell.speaker, tell.view
    busy = union((bar["shown_from"], bar["shown_to"]) for bar in bars if not bar["undated"])
    common = union(run for bar in bars for run in _runs(bar["common"]))
    free = between(busy, view.first, view.last)
    notes = [say.count("initiatives", len(bars)) if bars else say("lane.none")]
    if busy:
        days = say.number(count(common))
        notes.append(say("lane.concurrent", days=days, of=say.count("days", count(busy))))
    if degree is not None:
        notes.append(say("lane.degree", degree=say.percent(degree)))
    return _section(sector.reference, sector.name, notes, bars, tell, free=free)


def _section(
    key: str, title: str, notes: Sequence[str], bars: Sequence[Row], tell: Telling, *, free: Sequence[Run] = ()
) -> Section:
    say = tell.speaker
    idle = [(tell.scale.part(*run), _idle(run, say)) for run in free]
    rows = [_told(bar, tell) for bar in bars]
    dated = [_item(bar, row, tell) for bar, row in zip(bars, rows, strict=True) if row.dated]
    undated = [row for row in rows if not row.dated]
    if undated:
        notes = [*notes, say("lane.undated", n=say.number(len(undated)))]
    lane = lanes.lane(dated, tell.scale, today=tell.today_x, idle=idle)
    return Section(key, title, notes, lane, undated, rows)


def _idle(run: Run, speaker: Speaker) -> str:
    return speaker("lane.idle", period=speaker.period(*run), days=speaker.count("days", count([run])))


def _told(bar: Row, tell: Telling) -> Told:
    say = tell.speaker
    runs = _runs(bar["common"])
    periods = ", ".join([say.period(*run) for run in runs])
    common = f"{say.number(count(runs))}: {periods}" if runs else say("table.no_common")
    return Told(
        bar["title"],
        f"{tell.before}{bar['id']}{tell.after}",
        bar["area"] or bar["agency"] or "",
        tell.names.goal_codes(bar["goals"]),
        say(f"status.{bar['status']}"),
        say.period(bar["start"], bar["end"]),
        "" if bar["lane"] == "central" or bar["undated"] else common,
        dated=not bar["undated"],
    )


def _item(bar: Row, row: Told, tell: Telling) -> Item:
    say = tell.speaker
    told = [row.period, row.status]
    if runs := _runs(bar["common"]):
        told.append(say.count("common", count(runs)))
    return Item(
        bar["lane"],
        tell.scale.part(bar["shown_from"], bar["shown_to"]),
        bar["title"],
        ", ".join(told),
        row.href,
        tell.scale.parts(bar["common"] or ()),
        bar["open_start"],
        bar["open_end"],
    )


def _activities(activities: Sequence[Row], tell: Telling) -> Section:
    say, scale = tell.speaker, tell.scale
    rows, items = [], []
    for activity in activities:
        audiences = ", ".join([say(f"audience.{audience}") for audience in activity["audiences"]])
        row = Told(
            activity["title"],
            None,
            activity["channel"] or "",
            tell.names.goal_codes(activity["goals"]),
            say(f"status.{activity['status']}"),
            say.period(activity["start"], activity["end"]),
            audiences,
            dated=not activity["undated"],
        )
        rows.append(row)
        if row.dated:
            first = max(activity["start"] or scale.first, scale.first)
            last = min(activity["end"] or scale.last, scale.last)
            told = ", ".join(filter(None, [row.period, row.where, row.common]))
            items.append(
                Item(
                    "activity",
                    scale.part(first, last),
                    row.title,
                    told,
                    open_start=activity["start"] is None,
                    open_end=activity["end"] is None,
                )
            )
    lane = lanes.lane(items, scale, today=tell.today_x)
    undated = [row for row in rows if not row.dated]
    notes = [say.count("activities", len(rows))]
    if undated:
        notes.append(say("lane.undated", n=say.number(len(undated))))
    return Section("activities", say("lane.activities"), notes, lane, undated, rows)


def _runs(periods: Iterable[Sequence[str]] | None) -> list[Run]:
    return [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in periods or ()]


@dataclass(frozen=True, slots=True)
class Span:
    """A window that the page offers."""

    title: str
    href: str
    chosen: bool


def spans(view: View, years: Sequence[int], speaker: Speaker, address: Address) -> list[Span]:
    """The year, its thirds (tertialer, as the city plans by), and all plan years."""
    year = view.first.year
    offered = [(speaker("timeline.span.year", year=year), date(year, 1, 1), date(year, 12, 31))]
    for third in range(3):
        first = date(year, 1 + 4 * third, 1)
        last = (date(year, 5 + 4 * third, 1) if third < 2 else date(year + 1, 1, 1)) - DAY  # noqa: PLR2004
        offered.append((speaker("timeline.span.third", n=third + 1), first, last))
    if years and years[0] < years[-1]:
        offered.append(
            (
                speaker("timeline.span.years", first=years[0], last=years[-1]),
                date(years[0], 1, 1),
                date(years[-1], 12, 31),
            )
        )
    return [
        Span(
            title,
            address.to("timeline", **{"from": first.isoformat(), "to": last.isoformat()}),
            (first, last) == (view.first, view.last),
        )
        for title, first, last in offered
    ]
