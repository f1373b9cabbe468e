"""Action plans (årlige handlingsplaner): one a year, divided into areas (byrådssak 1055/17, section 4).

nothing ─draft─▶ drafted

Areas are added to a drafted plan. Plans and areas never disappear.
"""

from dataclasses import dataclass, replace
from typing import assert_never

from shared.decider import Rejected, require

# Commands


@dataclass(frozen=True, slots=True)
class Draft:
    year: int
    title: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AddArea:
    name: str
    reason: str | None = None


Command = Draft | AddArea


# Events


@dataclass(frozen=True, slots=True)
class Drafted:
    year: int
    title: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class AreaAdded:
    """`year`: the plan's, so that a reader of this event alone knows which plan it is."""

    year: int
    name: str
    reason: str | None


Event = Drafted | AreaAdded

EVENTS: dict[str, type[Event]] = {
    "samtidig.action-plan.drafted.v1": Drafted,
    "samtidig.action-plan.area-added.v1": AreaAdded,
}


# State: what the rules need to know


@dataclass(frozen=True, slots=True)
class ActionPlan:
    year: int | None = None
    """None: there is no plan yet."""
    areas: tuple[str, ...] = ()

    def area(self, name: str) -> str | None:
        """The plan's own spelling of an area's name; None where the plan has no such area."""
        return next((area for area in self.areas if _folded(area) == _folded(name)), None)


def initial() -> ActionPlan:
    return ActionPlan()


def decide(command: Command, plan: ActionPlan) -> list[Event]:
    match command:
        case Draft(year, title, reason):
            require(plan.year is None, "action-plan-exists", "year")
            return [Drafted(year, title, reason)]
        case AddArea(name, reason):
            if plan.year is None:
                raise Rejected("plan-year-unknown")
            require(plan.area(name) is None, "area-exists", "name")
            return [AreaAdded(plan.year, name.strip(), reason)]
        case _:
            assert_never(command)


def evolve(plan: ActionPlan, event: Event) -> ActionPlan:
    match event:
        case Drafted(year):
            return ActionPlan(year)
        case AreaAdded(_, name):
            return replace(plan, areas=(*plan.areas, name))
        case _:
            assert_never(event)


def _folded(name: str) -> str:
    """As names of areas are compared: people write them with other capitals and other blanks."""
    return " ".join(name.split()).casefold()
