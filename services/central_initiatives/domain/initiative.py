"""Central initiatives (sentrale tiltak): they supplement and support what happens in the line.

nothing ─plan─▶ planned ─start─▶ started ─complete─▶ completed
                   └────────────────┴─────cancel───▶ cancelled

Planned and started ones may be rescheduled; all but cancelled ones may be revised. A period is an inclusive first and
last day, Europe/Oslo; either may be unknown (None).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, assert_never
from uuid import UUID

from services.central_initiatives.domain.plan import ActionPlan
from shared.decider import Rejected, in_order, require

Audience = Literal["employees", "leaders", "top_leaders", "organisations", "residents"]
Status = Literal["planned", "started", "completed", "cancelled"]


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


@dataclass(frozen=True, slots=True)
class Revise:
    """`changes`: field of `Revised` → its new value; what is not named stays."""

    changes: Mapping[str, Any]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reschedule:
    """`changes`: `start`, `end` or both → the day, or None for an unknown one; what is not named stays."""

    changes: Mapping[str, date | None]
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


Command = Plan | Revise | Reschedule | Start | Complete | Cancel


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


@dataclass(frozen=True, slots=True)
class Revised:
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


Event = Planned | Revised | Rescheduled | Started | Completed | Cancelled

EVENTS: dict[str, type[Event]] = {
    "samtidig.central-initiative.planned.v1": Planned,
    "samtidig.central-initiative.revised.v1": Revised,
    "samtidig.central-initiative.rescheduled.v1": Rescheduled,
    "samtidig.central-initiative.started.v1": Started,
    "samtidig.central-initiative.completed.v1": Completed,
    "samtidig.central-initiative.cancelled.v1": Cancelled,
}


# State: what the rules need to know, and what a revision is compared with


@dataclass(frozen=True, slots=True)
class Description:
    """What a revision may change."""

    plan_year: int
    area: str
    title: str
    description: str | None
    goals: tuple[UUID, ...]
    audiences: tuple[Audience, ...]
    responsible: str | None


NOT_DESCRIBED = Description(0, "", "", None, (), (), None)


@dataclass(frozen=True, slots=True)
class Period:
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Initiative:
    status: Literal["nothing"] | Status = "nothing"
    description: Description = NOT_DESCRIBED
    period: Period = Period()
    started_on: date | None = None


def initial() -> Initiative:
    return Initiative()


NO_PLAN = ActionPlan()


def decide(command: Command, initiative: Initiative, plan: ActionPlan = NO_PLAN) -> list[Event]:
    """`plan`: the one of the initiative's year; only planning, and revising year or area, ask about it."""
    match command:
        case Plan():
            require(initiative.status == "nothing", "initiative-exists", "external_id")
            require(in_order(command.start, command.end), "end-before-start", "end")
            return [
                Planned(
                    external_id=command.external_id,
                    plan_year=command.plan_year,
                    area=known_area(plan, command.area),
                    title=command.title,
                    description=command.description,
                    goals=command.goals,
                    audiences=command.audiences,
                    responsible=command.responsible,
                    start=command.start,
                    end=command.end,
                    reason=command.reason,
                )
            ]
        case Revise(changes, reason):
            revised = replace(initiative.description, **changes)
            if "plan_year" in changes or "area" in changes:
                revised = replace(revised, area=known_area(plan, revised.area))
            if revised == initiative.description:
                return []
            require(initiative.status != "cancelled", "initiative-cancelled")
            return [
                Revised(
                    plan_year=revised.plan_year,
                    area=revised.area,
                    title=revised.title,
                    description=revised.description,
                    goals=revised.goals,
                    audiences=revised.audiences,
                    responsible=revised.responsible,
                    reason=reason,
                )
            ]
        case Reschedule(changes, reason):
            before, after = initiative.period, replace(initiative.period, **changes)
            if after == before:
                return []
            require(initiative.status in ("planned", "started"), "initiative-ended")
            require(in_order(after.start, after.end), "end-before-start", "end" if "end" in changes else "start")
            return [Rescheduled(after.start, after.end, before.start, before.end, reason)]
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
        case _:
            assert_never(command)


def known_area(plan: ActionPlan, name: str) -> str:
    """The area as the plan spells it. Rejects a year without a plan, and an area that its plan hasn't got."""
    require(plan.year is not None, "plan-year-unknown", "plan_year")
    area = plan.area(name)
    if area is None:
        raise Rejected("area-unknown", "area")
    return area


def evolve(initiative: Initiative, event: Event) -> Initiative:
    match event:
        case Planned():
            return Initiative("planned", _description(event), Period(event.start, event.end))
        case Revised():
            return replace(initiative, description=_description(event))
        case Rescheduled(start, end):
            return replace(initiative, period=Period(start, end))
        case Started(on):
            return replace(initiative, status="started", started_on=on)
        case Completed():
            return replace(initiative, status="completed")
        case Cancelled():
            return replace(initiative, status="cancelled")
        case _:
            assert_never(event)


def _description(event: Planned | Revised) -> Description:
    return Description(
        plan_year=event.plan_year,
        area=event.area,
        title=event.title,
        description=event.description,
        goals=event.goals,
        audiences=event.audiences,
        responsible=event.responsible,
    )
