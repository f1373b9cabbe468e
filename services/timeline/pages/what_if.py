"""A scenario in words, and the cells that it changes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from markupsafe import Markup

from services.timeline.pages import overview
from services.timeline.pages.address import Address
from services.timeline.pages.names import Named, Names
from services.timeline.pages.overview import Cell
from services.timeline.pages.scale import Scale
from services.timeline.pages.speaker import Speaker
from services.timeline.view import View
from services.timeline.what_if import Found, What

Row = Mapping[str, Any]

COMPARED = ("state", "central", "local", "undated", "central_periods", "local_periods", "both_periods")
"""What makes a cell another."""


@dataclass(frozen=True, slots=True)
class Told:
    """A change: with a link, without one, and the page without it."""

    sentence: str | Markup
    plain: str
    undo: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell of the matrix that the scenario changes. `days`: how many it has in common, before and after."""

    goal: Named
    sector: str
    before: Cell
    after: Cell
    days: str


def changes(
    scenario: Iterable[Found], names: Names, speaker: Speaker, address: Address, undo: Callable[[What, int], str]
) -> list[Told]:
    """In the order of the address. `undo`: the page without the nth change of a kind."""
    told: list[Told] = []
    counted: dict[What, int] = {}
    for found in scenario:
        what = found.change.what
        number = counted[what] = counted.get(what, -1) + 1
        plain = _sentence(found, speaker.quoted(found.row["title"]) if found.row else "", names, speaker)
        linked: str | Markup = plain
        if found.row:
            link = Markup('<a href="{}">{}</a>').format(
                address.to("initiative", reference=str(found.id)), speaker.quoted(found.row["title"])
            )
            linked = _sentence(found, link, names, speaker)
        told.append(Told(linked, plain, undo(what, number)))
    return told


def _sentence(found: Found, title: str | Markup, names: Names, speaker: Speaker) -> str:
    change = found.change
    new = speaker.period(change.start, change.end)
    if found.row is None:
        goal = names.goal(change.goal).long if change.goal else ""
        sector = names.sector(change.sector).name if change.sector else ""
        return speaker(f"what_if.add.{'local' if change.sector else 'central'}", goal=goal, sector=sector, period=new)
    old = speaker.period(found.row["start"], found.row["end"])
    return speaker(f"what_if.{change.what}", title=title, where=where(found, names, speaker), old=old, new=new)


def where(found: Found, names: Names, speaker: Speaker) -> str:
    sector = found.row["sector"] if found.row else found.change.sector
    return names.sector(sector).name if sector else speaker("initiative.central")


def cells(before: Sequence[Row], after: Sequence[Row], view: View, names: Names, speaker: Speaker) -> list[Changed]:
    """The cells that differ, in the order of the matrix; those of all sectors after those of each."""
    scale = Scale(view.first, view.last, overview.WIDTH)
    old, new = ({(cell["goal"], cell["sector"]): cell for cell in rows} for rows in (before, after))
    goals, sectors = list(names.goals), [*names.sectors, None]

    def order(place: tuple[UUID, UUID | None]) -> tuple[int, int, str]:
        goal, sector = place
        return (
            goals.index(goal) if goal in goals else len(goals),
            sectors.index(sector) if sector in sectors else len(sectors),
            str(place),
        )

    states = {place: (old.get(place, NOTHING), new.get(place, NOTHING)) for place in sorted(old | new, key=order)}
    differing = [
        (*place, was, is_) for place, (was, is_) in states.items() if any(was[name] != is_[name] for name in COMPARED)
    ]
    return [
        Changed(
            names.goal(goal),
            names.sector(sector).name if sector else speaker("matrix.all.long"),
            overview.cell(was, scale, speaker, ""),
            overview.cell(is_, scale, speaker, ""),
            _days(was["both_days"], is_["both_days"], speaker),
        )
        for goal, sector, was, is_ in differing
    ]


def _days(before: int, after: int, speaker: Speaker) -> str:
    if before == after:
        return speaker("what_if.days.same", n=speaker.number(after))
    sign = "+" if after > before else "−"
    change = f"{sign}{speaker.number(abs(after - before))}"
    return speaker("what_if.days.changed", before=speaker.number(before), after=speaker.number(after), change=change)


NOTHING: Row = {
    "state": "none",
    "degree": None,
    "central": 0,
    "local": 0,
    "undated": 0,
    "both_days": 0,
    "central_periods": [],
    "local_periods": [],
    "both_periods": [],
}
"""A cell of a goal or a sector that nothing has."""
