"""Central initiatives (sentrale tiltak): they supplement and support what happens in the line.

nothing ─plan─▶ planned ─start─▶ started ─complete─▶ completed
                   └────────────────┴─────cancel───▶ cancelled

Planned and started ones may be rescheduled, and their status may be reported; all but cancelled ones may be revised,
linked to goals and given a budget. A period is an inclusive first and last day, Europe/Oslo; either may be unknown
(None). A budget is in whole kroner (NOK); the budgets of a year's initiatives stay within the frame of its plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, assert_never
from uuid import UUID

from services.central_initiatives.domain.plan import NO_PLANS, ActionPlan, Plans, beyond
from shared.decider import Rejected, in_order, require

Audience = Literal["employees", "leaders", "top_leaders", "organisations", "residents"]
Status = Literal["planned", "started", "completed", "cancelled"]
Progress = Literal["on_track", "at_risk", "off_track"]


# Commands


@dataclass(frozen=True, slots=True)
class Plan:
    plan_year: int
    area: str
    title: str
    external_id: str | None = None
    description: str | None = None
    goals: tuple[UUID, ...] = ()
    audiences: tuple[Audience, ...] = ()
    responsible: str | None = None
    start: date | None = None
    end: date | None = None
    reason: str | None = None
    budget: int | None = None


@dataclass(frozen=True, slots=True)
class Revise:
    """`changes`: field of `Description` → its new value; what is not named stays."""

    changes: Mapping[str, Any]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reschedule:
    """`changes`: `start`, `end` or both → the day, or None for an unknown one; what is not named stays."""

    changes: Mapping[str, date | None]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class LinkGoals:
    """`goals`: all of them, as they are to be from now on."""

    goals: tuple[UUID, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeBudget:
    """`budget`: None where no money is set aside."""

    budget: int | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Start:
    on: date
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Complete:
    on: date
    effect: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Cancel:
    on: date
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ReportStatus:
    status: Progress
    sentence: str | None = None
    reason: str | None = None


Command = Plan | Revise | Reschedule | LinkGoals | ChangeBudget | Start | Complete | Cancel | ReportStatus


# Events


@dataclass(frozen=True, slots=True)
class Planned:
    external_id: str | None
    plan_year: int
    area: str
    title: str
    description: str | None
    goals: tuple[UUID, ...]
    audiences: tuple[Audience, ...]
    responsible: str | None
    start: date | None
    end: date | None
    reason: str | None
    budget: int | None = None


@dataclass(frozen=True, slots=True)
class Revised:
    """The whole description as it is from now on; the goals are repeated, and changed by `GoalsLinked` only."""

    plan_year: int
    area: str
    title: str
    description: str | None
    goals: tuple[UUID, ...]
    audiences: tuple[Audience, ...]
    responsible: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Rescheduled:
    start: date | None
    end: date | None
    previous_start: date | None
    previous_end: date | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class GoalsLinked:
    goals: tuple[UUID, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class BudgetChanged:
    budget: int | None
    previous_budget: int | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Started:
    on: date
    reason: str | None


@dataclass(frozen=True, slots=True)
class Completed:
    on: date
    effect: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Cancelled:
    on: date
    reason: str | None


@dataclass(frozen=True, slots=True)
class StatusReported:
    status: Progress
    sentence: str | None
    reason: str | None


Event = Planned | Revised | Rescheduled | GoalsLinked | BudgetChanged | Started | Completed | Cancelled | StatusReported

EVENTS: dict[str, type[Event]] = {
    "samtidig.central-initiative.planned.v1": Planned,
    "samtidig.central-initiative.revised.v1": Revised,
    "samtidig.central-initiative.rescheduled.v1": Rescheduled,
    "samtidig.central-initiative.goals-linked.v1": GoalsLinked,
    "samtidig.central-initiative.budget-changed.v1": BudgetChanged,
    "samtidig.central-initiative.started.v1": Started,
    "samtidig.central-initiative.completed.v1": Completed,
    "samtidig.central-initiative.cancelled.v1": Cancelled,
    "samtidig.central-initiative.status-reported.v1": StatusReported,
}


# State: what the rules need to know, and what the history tells as changed


@dataclass(frozen=True, slots=True)
class Description:
    """What a revision may change."""

    plan_year: int
    area: str
    title: str
    description: str | None
    audiences: tuple[Audience, ...]
    responsible: str | None


NOT_DESCRIBED = Description(0, "", "", None, (), None)


@dataclass(frozen=True, slots=True)
class Period:
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Initiative:
    status: Literal["nothing"] | Status = "nothing"
    description: Description = NOT_DESCRIBED
    goals: tuple[UUID, ...] = ()
    period: Period = Period()
    budget: int | None = None
    started_on: date | None = None
    completed_on: date | None = None
    cancelled_on: date | None = None
    effect: str | None = None
    reported_status: Progress | None = None
    reported_sentence: str | None = None


def initial() -> Initiative:
    return Initiative()


def decide(command: Command, initiative: Initiative, plans: Plans = NO_PLANS) -> list[Event]:
    """Only planning, moving to another year or area, and money ask about the plans."""
    match command:
        case Plan():
            require(initiative.status == "nothing", "initiative-exists", "external_id")
            require(in_order(command.start, command.end), "end-before-start", "end")
            require(still_open(plans, command.plan_year), "plan-closed", "plan_year")
            area = known_area(plans, command.plan_year, command.area)
            require(affordable(initiative, command.plan_year, command.budget, plans), "frame-exceeded", "budget")
            return [
                Planned(
                    external_id=command.external_id,
                    plan_year=command.plan_year,
                    area=area,
                    title=command.title,
                    description=command.description,
                    goals=command.goals,
                    audiences=command.audiences,
                    responsible=command.responsible,
                    start=command.start,
                    end=command.end,
                    reason=command.reason,
                    budget=command.budget,
                )
            ]
        case Revise(changes, reason):
            before, after = initiative.description, replace(initiative.description, **changes)
            if "plan_year" in changes or "area" in changes:
                after = replace(after, area=known_area(plans, after.plan_year, after.area))
            if after == before:
                return []
            require(initiative.status != "cancelled", "initiative-cancelled")
            if after.plan_year != before.plan_year:
                moves_with_its_money = affordable(initiative, after.plan_year, initiative.budget, plans)
                require(still_open(plans, after.plan_year), "plan-closed", "plan_year")
                require(moves_with_its_money, "frame-exceeded", "plan_year")
            return [
                Revised(
                    plan_year=after.plan_year,
                    area=after.area,
                    title=after.title,
                    description=after.description,
                    goals=initiative.goals,
                    audiences=after.audiences,
                    responsible=after.responsible,
                    reason=reason,
                )
            ]
        case Reschedule(changes, reason):
            known, period = initiative.period, replace(initiative.period, **changes)
            if period == known:
                return []
            require(initiative.status in ("planned", "started"), "initiative-ended")
            require(in_order(period.start, period.end), "end-before-start", "end" if "end" in changes else "start")
            return [Rescheduled(period.start, period.end, known.start, known.end, reason)]
        case LinkGoals(goals, reason):
            if set(goals) == set(initiative.goals):
                return []
            require(initiative.status != "cancelled", "initiative-cancelled")
            return [GoalsLinked(goals, reason)]
        case ChangeBudget(budget, reason):
            if budget == initiative.budget:
                return []
            require(initiative.status != "cancelled", "initiative-cancelled")
            year = initiative.description.plan_year
            require(still_open(plans, year), "plan-closed")
            require(affordable(initiative, year, budget, plans), "frame-exceeded", "budget")
            return [BudgetChanged(budget, initiative.budget, reason)]
        case Start(on, reason):
            require(initiative.status == "planned", "initiative-not-planned")
            return [Started(on, reason)]
        case Complete(on, effect, reason):
            require(initiative.status == "started", "initiative-not-started")
            require(in_order(initiative.started_on, on), "ended-before-started", "on")
            return [Completed(on, effect, reason)]
        case Cancel(on, reason):
            require(initiative.status in ("planned", "started"), "initiative-not-active")
            require(in_order(initiative.started_on, on), "ended-before-started", "on")
            return [Cancelled(on, reason)]
        case ReportStatus(status, sentence, reason):
            require(initiative.status in ("planned", "started"), "initiative-ended")
            return [StatusReported(status, sentence, reason)]
        case _:
            assert_never(command)


def known_area(plans: Plans, year: int, name: str) -> str:
    """The area as the year's plan spells it. Rejects a year without a plan, and an area that its plan hasn't got."""
    plan = plans.of_year.get(year)
    if plan is None:
        raise Rejected("plan-year-unknown", "plan_year")
    area = plan.area(name)
    if area is None:
        raise Rejected("area-unknown", "area")
    return area


def still_open(plans: Plans, year: int) -> bool:
    """A closed plan takes no more initiatives, and its money is settled."""
    return plans.of_year.get(year, ActionPlan()).status != "closed"


def affordable(initiative: Initiative, year: int, budget: int | None, plans: Plans) -> bool:
    """Whether the year's frame has room for this budget beside those of the other initiatives."""
    if plans.as_a_whole or budget is None:
        return True
    others = plans.allocated.get(year, 0) - allocated(initiative).get(year, 0)
    return not beyond(plans.of_year.get(year, ActionPlan()), others + budget)


def allocated(initiative: Initiative) -> dict[int, int]:
    """Plan year → kroner that the initiative takes of its frame. What was cancelled gives its money back."""
    if initiative.status in ("nothing", "cancelled") or initiative.budget is None:
        return {}
    return {initiative.description.plan_year: initiative.budget}


def evolve(initiative: Initiative, event: Event) -> Initiative:
    match event:
        case Planned():
            return Initiative(
                "planned", _description(event), event.goals, Period(event.start, event.end), budget=event.budget
            )
        case Revised():  # before goals-linked came, a revision could change the goals
            return replace(initiative, description=_description(event), goals=event.goals)
        case Rescheduled(start, end):
            return replace(initiative, period=Period(start, end))
        case GoalsLinked(goals):
            return replace(initiative, goals=goals)
        case BudgetChanged(budget):
            return replace(initiative, budget=budget)
        case Started(on):
            return replace(initiative, status="started", started_on=on)
        case Completed(on, effect):
            return replace(initiative, status="completed", completed_on=on, effect=effect)
        case Cancelled(on):
            return replace(initiative, status="cancelled", cancelled_on=on)
        case StatusReported(status, sentence):
            return replace(initiative, reported_status=status, reported_sentence=sentence)
        case _:
            assert_never(event)


def _description(event: Planned | Revised) -> Description:
    return Description(
        plan_year=event.plan_year,
        area=event.area,
        title=event.title,
        description=event.description,
        audiences=event.audiences,
        responsible=event.responsible,
    )
