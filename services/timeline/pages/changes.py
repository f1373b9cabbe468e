"""What changed between two days, in words and as ghost bars: the old period above the new one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from services.timeline.changes import KINDS, ChangeKind, Comparison
from services.timeline.pages.address import Address
from services.timeline.pages.axis import Tick, ticks
from services.timeline.pages.names import Names
from services.timeline.pages.recorded import value
from services.timeline.pages.scale import Part, Scale
from services.timeline.pages.source import anchor, event_name
from services.timeline.pages.speaker import Speaker
from services.timeline.runs import inclusive

Row = Mapping[str, Any]

WIDTH = 400
"""Of a chart of one change, in its own units."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event: when it was recorded, what it was, why; and where it stands in the history."""

    when: str
    what: str
    reason: str
    href: str


@dataclass(frozen=True, slots=True)
class Change:
    """`side` is also what its bar is drawn as."""

    side: Literal["central", "local"]
    title: str
    href: str
    where: str
    period: str
    old: Part | None
    new: Part | None
    differences: Sequence[tuple[str, str, str]]
    events: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Section:
    """The changes of one kind; `total` may be more than stand on this page."""

    kind: ChangeKind
    title: str
    changes: Sequence[Change]


@dataclass(frozen=True, slots=True)
class Chart:
    width: int
    ticks: Sequence[Tick]


@dataclass(frozen=True, slots=True)
class Telling:
    """What all changes of a page are told with. `named`: agencies and initiatives that came or went, by id."""

    scale: Scale
    names: Names
    named: Mapping[UUID, str]
    speaker: Speaker
    address: Address


def sections(
    rows: Sequence[Row],
    counts: Mapping[ChangeKind, int],
    named: Mapping[UUID, str],
    *,
    comparison: Comparison,
    names: Names,
    speaker: Speaker,
    address: Address,
) -> list[Section]:
    """Kind by kind, those that have changes on this page."""
    tell = Telling(Scale(comparison.now.first, comparison.now.last, WIDTH), names, named, speaker, address)
    found = []
    for kind in KINDS:
        if of_kind := [row for row in rows if row["kind"] == kind]:
            title = speaker.count(f"changes.{kind}", counts[kind])
            found.append(Section(kind, title, [_change(row, tell) for row in of_kind]))
    return found


def chart(comparison: Comparison, speaker: Speaker) -> Chart:
    """The axis that all changes of a page share."""
    return Chart(WIDTH, ticks(Scale(comparison.now.first, comparison.now.last, WIDTH), speaker))


def summary(counts: Mapping[ChangeKind, int], speaker: Speaker) -> str:
    """How many there are of each kind, in one sentence; empty where there are none."""
    return speaker.list([speaker.count(f"changes.{kind}", n) for kind, n in counts.items() if n])


def _change(row: Row, tell: Telling) -> Change:
    history = tell.address.to("initiative", reference=str(row["id"]))
    has_old, has_new = row["kind"] in ("moved", "removed"), row["kind"] in ("moved", "added")
    return Change(
        "local" if row["sector"] else "central",
        row["title"],
        history,
        tell.names.sector(row["sector"]).name if row["sector"] else tell.speaker("initiative.central"),
        _period(row, tell.speaker),
        _part(row["old_start"], row["old_end"], tell.scale) if has_old else None,
        _part(row["new_start"], row["new_end"], tell.scale) if has_new else None,
        [difference(found, tell.names, tell.named, tell.speaker) for found in row["fields"]],
        [_told(event, history, tell.speaker) for event in row["events"]],
    )


def _part(start: date | None, end: date | None, scale: Scale) -> Part | None:
    """What of a period is in the window; None where nothing is, or where there are no days."""
    if start is None and end is None:
        return None
    first, last = max(start or scale.first, scale.first), min(end or scale.last, scale.last)
    return scale.part(inclusive(first, last)) if first <= last else None


def _period(row: Row, speaker: Speaker) -> str:
    old, new = (speaker.period(row[f"{age}_start"], row[f"{age}_end"]) for age in ("old", "new"))
    match row["kind"]:
        case "moved":
            moves = [
                speaker(f"changes.moved.{side}", move=speaker.move((row[f"new_{side}"] - row[f"old_{side}"]).days))
                for side in ("start", "end")
                if row[f"old_{side}"] and row[f"new_{side}"] and row[f"old_{side}"] != row[f"new_{side}"]
            ]
            moved = speaker("changes.from_to", old=old, new=new)
            return f"{moved} {speaker.sentence(speaker.list(moves))}" if moves else moved
        case "removed" if row["is_new"]:
            return speaker("changes.came_and_went", period=new)
        case "removed":
            return speaker("changes.was", period=old)
        case _:
            return new


def difference(found: Row, names: Names, named: Mapping[UUID, str], speaker: Speaker) -> tuple[str, str, str]:
    """What differs, what was there before and what afterwards; a dash where there is nothing."""
    field = found["field"]
    before, after = (value(field, found[side], names, named, speaker) or "–" for side in ("before", "after"))
    return speaker(f"fact.{field}"), before, after


def _told(event: Row, history: str, speaker: Speaker) -> Told:
    return Told(
        speaker.moment(event["recorded_at"]),
        event_name(event["type"], speaker),
        event["reason"] or "",
        f"{history}#{anchor(event['version'])}",
    )
