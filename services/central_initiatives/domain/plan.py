"""Action plans (årlige handlingsplaner): one a year, divided into areas (byrådssak 1055/17, section 4).

nothing ─draft─▶ drafted ─adopt─▶ adopted ─close─▶ closed

A plan is adopted when it has been discussed with the employees' organisations (Hovedavtalen § 14 f). Until it is closed
it may be renamed, discussed again, given areas and a budget frame, and initiatives may be planned in it. Plans and
areas never disappear. Money is in whole kroner (NOK).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, assert_never

from shared.decider import Rejected, in_order, require

Status = Literal["drafted", "adopted", "closed"]


# Commands. `on` is the day on which it happened, Europe/Oslo.


@dataclass(frozen=True, slots=True)
class Draft:
    year: int
    title: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Rename:
    title: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class AddArea:
    name: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SetFrame:
    amount: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RecordDiscussion:
    """`organisations`: whom the plan was discussed with, by name: organisations and bodies, never people."""

    organisations: tuple[str, ...]
    on: date
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Adopt:
    on: date
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Close:
    on: date
    reason: str | None = None


Command = Draft | Rename | AddArea | SetFrame | RecordDiscussion | Adopt | Close


# Events. `year`: the plan's, so that a reader of one event alone knows which plan it is.


@dataclass(frozen=True, slots=True)
class Drafted:
    year: int
    title: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Renamed:
    year: int
    title: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class AreaAdded:
    year: int
    name: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class BudgetFramed:
    year: int
    amount: int
    previous_amount: int | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Discussed:
    year: int
    organisations: tuple[str, ...]
    on: date
    reason: str | None


@dataclass(frozen=True, slots=True)
class Adopted:
    year: int
    on: date
    reason: str | None


@dataclass(frozen=True, slots=True)
class Closed:
    year: int
    on: date
    reason: str | None


Event = Drafted | Renamed | AreaAdded | BudgetFramed | Discussed | Adopted | Closed

EVENTS: dict[str, type[Event]] = {
    "samtidig.action-plan.drafted.v1": Drafted,
    "samtidig.action-plan.renamed.v1": Renamed,
    "samtidig.action-plan.area-added.v1": AreaAdded,
    "samtidig.action-plan.budget-framed.v1": BudgetFramed,
    "samtidig.action-plan.discussed.v1": Discussed,
    "samtidig.action-plan.adopted.v1": Adopted,
    "samtidig.action-plan.closed.v1": Closed,
}


# State: what the rules need to know, and what the history tells as changed


@dataclass(frozen=True, slots=True)
class Discussion:
    organisations: tuple[str, ...]
    on: date


@dataclass(frozen=True, slots=True)
class ActionPlan:
    year: int | None = None
    """None: there is no plan yet."""
    areas: tuple[str, ...] = ()
    status: Literal["nothing"] | Status = "nothing"
    title: str | None = None
    frame: int | None = None
    """None: no frame was set, and budgets are not limited."""
    discussions: tuple[Discussion, ...] = ()
    adopted_on: date | None = None
    closed_on: date | None = None

    def area(self, name: str) -> str | None:
        """The plan's own spelling of an area's name; None where the plan has no such area."""
        return next((area for area in self.areas if _folded(area) == _folded(name)), None)


@dataclass(frozen=True, slots=True)
class Plans:
    """Facts about the years' plans and the money in them, read under a lock in the same transaction."""

    of_year: Mapping[int, ActionPlan] = field(default_factory=dict)
    allocated: Mapping[int, int] = field(default_factory=dict)
    """Plan year → the budgets of its initiatives together, the cancelled ones left out."""
    as_a_whole: bool = False
    """Of an import: a frame limits what the whole file leaves, and not each row, so that rows may share money anew."""


def initial() -> ActionPlan:
    return ActionPlan()


NO_PLANS = Plans()


def decide(command: Command, plan: ActionPlan, plans: Plans = NO_PLANS) -> list[Event]:
    """Only a frame asks about the money that is allocated."""
    if isinstance(command, Draft):
        require(plan.year is None, "action-plan-exists", "year")
        return [Drafted(command.year, command.title, command.reason)]
    if plan.year is None:
        raise Rejected("plan-year-unknown")
    if says_what_is(command, plan):
        return []
    require(plan.status != "closed", "plan-closed")
    match command:
        case Rename(title, reason):
            return [Renamed(plan.year, title, reason)]
        case AddArea(name, reason):
            require(plan.area(name) is None, "area-exists", "name")
            return [AreaAdded(plan.year, name.strip(), reason)]
        case SetFrame(amount, reason):
            require(plans.allocated.get(plan.year, 0) <= amount, "frame-below-allocated", "amount")
            return [BudgetFramed(plan.year, amount, plan.frame, reason)]
        case RecordDiscussion(organisations, on, reason):
            require(bool(organisations), "organisations-missing", "organisations")
            return [Discussed(plan.year, organisations, on, reason)]
        case Adopt(on, reason):
            require(plan.status == "drafted", "plan-adopted")
            require(discussed_by(plan, on), "plan-not-discussed")
            return [Adopted(plan.year, on, reason)]
        case Close(on, reason):
            require(plan.status == "adopted", "plan-not-adopted")
            require(in_order(plan.adopted_on, on), "closed-before-adopted", "on")
            return [Closed(plan.year, on, reason)]
        case _:
            assert_never(command)


def says_what_is(command: Command, plan: ActionPlan) -> bool:
    """Whether a title, a frame or a discussion is what the plan has already."""
    match command:
        case Rename(title):
            return title == plan.title
        case SetFrame(amount):
            return amount == plan.frame
        case RecordDiscussion(organisations, on):
            return Discussion(organisations, on) in plan.discussions
        case _:
            return False


def discussed_by(plan: ActionPlan, day: date) -> bool:
    """Discussed first: the employees' organisations had their say on that day or before it."""
    return any(discussion.on <= day for discussion in plan.discussions)


def beyond(plan: ActionPlan, amount: int) -> int:
    """Kroner that this much, for all initiatives together, goes beyond the frame. Without a frame there is no limit."""
    return 0 if plan.frame is None else max(0, amount - plan.frame)


def evolve(plan: ActionPlan, event: Event) -> ActionPlan:
    match event:
        case Drafted():
            return ActionPlan(event.year, status="drafted", title=event.title)
        case Renamed():
            return replace(plan, title=event.title)
        case AreaAdded():
            return replace(plan, areas=(*plan.areas, event.name))
        case BudgetFramed():
            return replace(plan, frame=event.amount)
        case Discussed():
            return replace(plan, discussions=(*plan.discussions, Discussion(event.organisations, event.on)))
        case Adopted():
            return replace(plan, status="adopted", adopted_on=event.on)
        case Closed():
            return replace(plan, status="closed", closed_on=event.on)
        case _:
            assert_never(event)


def _folded(name: str) -> str:
    """As names of areas are compared: people write them with other capitals and other blanks."""
    return " ".join(name.split()).casefold()
