"""The plan of a year in words: its status and money, its areas with their initiatives, what local work meets them, what
the goals were expected to give and what was seen; and what is otherwise than when it was adopted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from services.timeline.pages.address import Address
from services.timeline.pages.changes import Section
from services.timeline.pages.names import Names
from services.timeline.pages.source import Source
from services.timeline.pages.speaker import Speaker
from services.timeline.plan import COUNTED, MEETINGS, Edition
from shared.pages.site import Site

Row = Mapping[str, Any]

REPORT = "/plans/{year}/report"
"""Where the owning service has the report of a plan; the same with `.json` is the file."""

COLUMNS = ("initiative", "period", "goals", "audiences", "responsible", "budget", "status", "local")
"""Of the table of an area."""


@dataclass(frozen=True, slots=True)
class Line:
    """An initiative of the plan. `notes`: what came of it, and how it was said to be getting on."""

    id: str
    code: str
    title: str
    href: str
    notes: Sequence[str]
    period: str
    goals: str
    audiences: str
    responsible: str
    budget: str
    status: str
    meeting: str
    local: str


@dataclass(frozen=True, slots=True)
class Area:
    """`total`: of the budgets of its initiatives that are not cancelled, in words; empty where none has one."""

    title: str
    lines: Sequence[Line]
    total: str


@dataclass(frozen=True, slots=True)
class Goal:
    title: str
    href: str
    expected: str
    observed: Sequence[str]


@dataclass(frozen=True, slots=True)
class Event:
    """Of the plan itself."""

    what: str
    when: str
    reason: str


@dataclass(frozen=True, slots=True)
class Since:
    """What is otherwise than when the plan was adopted. `cut`: that not all of it is shown, in words, or empty."""

    title: str
    sentence: str
    events: Sequence[Event]
    sections: Sequence[Section]
    cut: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """The adoption, and the report that was frozen by it. `ways`: text and address; none where the owner is away."""

    lead: str
    sentence: str
    ways: Sequence[tuple[str, str]]
    source: Source


@dataclass(frozen=True, slots=True)
class Version:
    text: str
    href: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """What everything on the page is told with. `names`: of the goals of the plan's initiatives."""

    asked: Edition
    names: Names
    speaker: Speaker
    address: Address


def facts(plan: Row | None, say: Speaker) -> list[tuple[str, Sequence[str]]]:
    """Name and what is said of it, each in a line of its own."""
    if plan is None:
        return [(say("plan.status"), [say("plan.status.unresolved")])]
    frame, allocated = plan["frame"], plan["allocated"]
    told: list[tuple[str, Sequence[str]]] = [
        (say("plan.status"), [_status(plan, say)]),
        (say("plan.discussed"), _discussions(plan, say)),
        (say("plan.frame"), [say("plan.frame.none") if frame is None else say.kroner(frame)]),
        (say("plan.allocated"), [say.kroner(allocated)]),
    ]
    if frame is not None:
        left = frame - allocated
        told.append((say("plan.left" if left >= 0 else "plan.over"), [say.kroner(abs(left))]))
    return told


def _status(plan: Row, say: Speaker) -> str:
    days = {"day": "adopted_on", "closed": "closed_on"}
    return say(f"plan.status.{plan['status']}", **{name: _day(plan[column], say) for name, column in days.items()})


def _day(day: Any, say: Speaker) -> str:
    return say.day(day) if day else ""


def _discussions(plan: Row, say: Speaker) -> list[str]:
    return [
        say("plan.discussed.on", day=say.iso_day(one["on"]), organisations=say.list(one["organisations"]))
        for one in plan["discussions"]
    ] or [say("plan.discussed.not")]


# How many, and whom they meet


def headline(rows: Sequence[Row], asked: Edition, say: Speaker) -> tuple[str, Sequence[str]]:
    """The plan's sentence of its own initiatives, and what else there is to say of those that are counted or not."""
    n = {word: sum(row["meeting"] == word for row in rows) for word in MEETINGS}
    counted = sum(n[word] for word in COUNTED)
    if counted:
        figure = say("overview.figure", n=say.number(n["concurrent"]), of=say.number(counted))
        sentence = say.count("plan.headline", n["concurrent"], figure=figure)
    else:
        sentence = say("plan.headline.none", year=asked.year)
    details = [say.count(f"overview.{word}", n[word]) for word in ("apart", "alone") if n[word]]
    details += [say("overview.all")] if counted and n["concurrent"] == counted else []
    details += [
        say.count(f"plan.not_counted.{word}", n[word]) for word in ("undated", "outside", "withdrawn") if n[word]
    ]
    return sentence, details


def areas(rows: Sequence[Row], plan: Row | None, tell: Telling) -> list[Area]:
    """The plan's areas in its own order, those without initiatives too; then what is in no area of the plan."""
    own: Sequence[str] = plan["areas"] if plan else []
    found = {area: list(of_area) for area, of_area in groupby(rows, key=lambda row: row["area"])}
    others = [area for area in found if area not in own]
    return [_area(area, found.get(area, []), tell, is_own=area in own) for area in [*own, *others]]


def _area(area: str | None, rows: Sequence[Row], tell: Telling, *, is_own: bool) -> Area:
    say = tell.speaker
    title = area or say("plan.area.none")
    budgets = [row["budget"] for row in rows if row["budget"] is not None and row["status"] != "cancelled"]
    return Area(
        title if is_own or area is None else say("plan.area.unresolved", area=title),
        [_line(row, tell) for row in rows],
        say("plan.sum", amount=say.kroner(sum(budgets))) if budgets else "",
    )


def _line(row: Row, tell: Telling) -> Line:
    say = tell.speaker
    planned = say.period(row["planned_start"], row["planned_end"])
    is_withdrawn = row["meeting"] == "withdrawn"
    return Line(
        str(row["id"]),
        row["external_id"] or "",
        row["title"],
        tell.address.to("initiative", reference=str(row["id"])),
        list(_notes(row, say)),
        say("changes.was", period=planned) if is_withdrawn else say.period(row["start"], row["end"]),
        tell.names.goal_codes(row["goals"]),
        ", ".join([say(f"audience.{name}") for name in row["audiences"]]),
        row["responsible"] or "",
        say.kroner(row["budget"]) if row["budget"] is not None else "",
        say(f"status.{row['status']}"),
        row["meeting"],
        say(
            f"plan.meeting.{row['meeting']}",
            common=say.count("common", row["common_days"]),
            sectors=say.count("plan.sectors", row["concurrent_sectors"] or row["sectors"]),
        ),
    )


def _notes(row: Row, say: Speaker) -> Iterator[str]:
    if row["effect"]:
        yield say("plan.effect", effect=row["effect"])
    if row["reported_status"]:
        told = [say(f"report.{row['reported_status']}"), row["reported_sentence"]]
        yield say("plan.reported", status=" ".join(filter(None, told)))


# Goals


def goals(rows: Sequence[Row], effects: Sequence[Row], tell: Telling) -> list[Goal]:
    """Those that the initiatives have, in the order of `effects`; then what nobody has told of, by its id."""
    say, told = tell.speaker, {row["id"]: row for row in effects}
    found = []
    for id_ in [*told, *sorted({id_ for row in rows for id_ in row["goals"]}.difference(told))]:
        named, effect = tell.names.goal(id_), told.get(id_)
        observed = [
            say("plan.observed.on", day=say.iso_day(one["on"]), effect=one["effect"])
            for one in (effect["observed"] if effect else ())
        ]
        found.append(
            Goal(
                named.long,
                tell.address.to("timeline", goal=named.reference),
                (effect and effect["expected_effect"]) or say("plan.expected.none"),
                observed or [say("plan.observed.none")],
            )
        )
    return found


# The adoption, and what came after it


def versions(tell: Telling) -> list[Version]:
    """As it is, and as it was adopted; none where there is nothing to choose."""
    asked, say, to = tell.asked, tell.speaker, tell.address.to
    if asked.adoption is None:
        return []
    known_on = asked.now.known_on
    now = say("plan.version.known", day=say.day(known_on)) if known_on else say("plan.version.now")
    adopted = say("plan.version.adopted", day=adopted_on(asked, say))
    return [
        Version(now, to("plan"), not asked.is_as_adopted),
        Version(adopted, to("plan", version="adopted"), asked.is_as_adopted),
    ]


def adopted_on(asked: Edition, say: Speaker) -> str:
    return _day(asked.adoption and asked.adoption["adopted_on"], say)


def since(
    events: Sequence[Row], summary: str, sections: Sequence[Section], tell: Telling, *, is_whole: bool, cut: str
) -> Since:
    """`summary`: how many initiatives differ, in words; empty where none does. `is_whole`: nothing is left out."""
    say, day = tell.speaker, adopted_on(tell.asked, tell.speaker)
    what = say.list(list(filter(None, [summary, say("plan.differs.itself") if events else ""])))
    nothing = say("plan.differs.not", day=day) if is_whole else say("plan.since.none")
    return Since(
        say("plan.since", day=day),
        say("plan.differs", day=day, what=what) if what else nothing,
        [_event(event, say) for event in events],
        sections,
        cut,
    )


def _event(row: Row, say: Speaker) -> Event:
    name = row["type"].removeprefix("samtidig.action-plan.").rpartition(".")[0]
    told = {
        "renamed": row["title"],
        "area-added": row["areas"][-1] if row["areas"] else "",
        "budget-framed": say.kroner(row["frame"]) if row["frame"] is not None else "",
    }
    what = say(f"plan.event.{name}", what=told.get(name, ""))
    return Event(what, say.moment(row["recorded_at"]), row["reason"] or "")


def frozen(asked: Edition, source: Source, site: Site, say: Speaker) -> Frozen:
    """Where the bytes are that the owning service froze: it alone has them, and knows their digest."""
    path = REPORT.format(year=asked.year)
    page, file = (site.href("central_initiatives", f"{path}{ending}") for ending in ("", ".json"))
    day = adopted_on(asked, say)
    lead = say("plan.frozen.lead", day=day, moment=source.when, version=source.version)
    if page is None or file is None:
        return Frozen(lead, say("plan.frozen.alone", path=path), [], source)
    ways = [(say("plan.frozen.page"), page), (say("plan.frozen.file"), file)]
    return Frozen(lead, say("plan.frozen.way"), ways, source)
