"""Goals (mål): few, clear, and adopted only with an expected effect (byrådssak 1055/17, sections 1 and 2).

nothing ─propose─▶ proposed ─adopt─▶ adopted ─retire─▶ retired
                      └────────────retire───────────────▲

A goal that is not retired may be revised. An effect may be observed of a goal that is adopted or was before it was
retired: effects come late.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, assert_never
from uuid import UUID

from shared.decider import require

Kind = Literal["purpose", "characteristic", "objective"]
Status = Literal["proposed", "adopted", "retired"]


# Commands


@dataclass(frozen=True, slots=True)
class Propose:
    title: str
    kind: Kind
    external_id: str | None = None
    code: str | None = None
    description: str | None = None
    expected_effect: str | None = None
    parent: UUID | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Revise:
    """`changes`: field of `Revised` → its new value; what is not named stays."""

    changes: Mapping[str, Any]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Adopt:
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Retire:
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ObserveEffect:
    """`effect`: one sentence, no indicator. `on`: the day on which it was observed."""

    effect: str
    on: date
    reason: str | None = None


Command = Propose | Revise | Adopt | Retire | ObserveEffect


# Events


@dataclass(frozen=True, slots=True)
class Proposed:
    external_id: str | None
    title: str
    kind: Kind
    code: str | None
    description: str | None
    expected_effect: str | None
    parent: UUID | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Revised:
    title: str
    kind: Kind
    code: str | None
    description: str | None
    expected_effect: str | None
    parent: UUID | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Adopted:
    reason: str | None


@dataclass(frozen=True, slots=True)
class Retired:
    reason: str | None


@dataclass(frozen=True, slots=True)
class EffectObserved:
    effect: str
    on: date
    reason: str | None


Event = Proposed | Revised | Adopted | Retired | EffectObserved

EVENTS: dict[str, type[Event]] = {
    "samtidig.goal.proposed.v1": Proposed,
    "samtidig.goal.revised.v1": Revised,
    "samtidig.goal.adopted.v1": Adopted,
    "samtidig.goal.retired.v1": Retired,
    "samtidig.goal.effect-observed.v1": EffectObserved,
}


# State: what the rules need to know, and what a revision is compared with


@dataclass(frozen=True, slots=True)
class Effect:
    on: date
    effect: str


@dataclass(frozen=True, slots=True)
class Goal:
    status: Literal["nothing"] | Status = "nothing"
    title: str = ""
    kind: Kind = "objective"
    code: str | None = None
    description: str | None = None
    expected_effect: str | None = None
    parent: UUID | None = None
    effects: tuple[Effect, ...] = ()
    was_adopted: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Facts about the other goals, read under a lock in the same transaction."""

    adopted: dict[str, int]
    """Kind → how many are adopted."""
    limit: int


def initial() -> Goal:
    return Goal()


NO_PLACE = Portfolio({}, 0)


def decide(command: Command, goal: Goal, portfolio: Portfolio = NO_PLACE) -> list[Event]:
    """Only adopting, and revising what is adopted, ask about the other goals."""
    match command:
        case Propose():
            require(goal.status == "nothing", "goal-exists", "external_id")
            return [
                Proposed(
                    external_id=command.external_id,
                    title=command.title,
                    kind=command.kind,
                    code=command.code,
                    description=command.description,
                    expected_effect=command.expected_effect,
                    parent=command.parent,
                    reason=command.reason,
                )
            ]
        case Revise(changes, reason):
            revised = replace(goal, **changes)
            if revised == goal:
                return []
            require(goal.status != "retired", "goal-retired")
            if goal.status == "adopted":
                require(bool(revised.expected_effect), "expected-effect-missing", "expected_effect")
                require(revised.kind == goal.kind or few_enough(revised, portfolio), "too-many-adopted-goals", "kind")
            return [
                Revised(
                    title=revised.title,
                    kind=revised.kind,
                    code=revised.code,
                    description=revised.description,
                    expected_effect=revised.expected_effect,
                    parent=revised.parent,
                    reason=reason,
                )
            ]
        case Adopt(reason):
            require(goal.status == "proposed", "goal-not-proposed")
            require(bool(goal.expected_effect), "expected-effect-missing", "expected_effect")
            require(few_enough(goal, portfolio), "too-many-adopted-goals")
            return [Adopted(reason)]
        case Retire(reason):
            require(goal.status in ("proposed", "adopted"), "goal-not-active")
            return [Retired(reason)]
        case ObserveEffect(effect, on, reason):
            require(goal.was_adopted, "goal-not-adopted")
            if Effect(on, effect) in goal.effects:
                return []
            return [EffectObserved(effect, on, reason)]
        case _:
            assert_never(command)


def few_enough(goal: Goal, portfolio: Portfolio) -> bool:
    """Few and clear goals: purposes and characteristics are limited, objectives are not."""
    return goal.kind == "objective" or portfolio.adopted.get(goal.kind, 0) < portfolio.limit


def portfolio_after(portfolio: Portfolio, before: Goal, after: Goal) -> Portfolio:
    """The facts for the next goal of an import, when one goal became another: a place can't be taken twice."""
    adopted = Counter(portfolio.adopted)
    adopted[before.kind] -= before.status == "adopted"
    adopted[after.kind] += after.status == "adopted"
    return replace(portfolio, adopted=adopted)


def require_another_parent(goal: UUID, parent: UUID | None) -> None:
    """Asked before a goal is proposed or revised, by who knows which one it is: its own events don't say."""
    require(parent != goal, "parent-is-itself", "parent")


def evolve(goal: Goal, event: Event) -> Goal:
    match event:
        case Proposed():
            return Goal(
                status="proposed",
                title=event.title,
                kind=event.kind,
                code=event.code,
                description=event.description,
                expected_effect=event.expected_effect,
                parent=event.parent,
            )
        case Revised():
            return replace(
                goal,
                title=event.title,
                kind=event.kind,
                code=event.code,
                description=event.description,
                expected_effect=event.expected_effect,
                parent=event.parent,
            )
        case Adopted():
            return replace(goal, status="adopted", was_adopted=True)
        case Retired():
            return replace(goal, status="retired")
        case EffectObserved(effect, on):
            return replace(goal, effects=(*goal.effects, Effect(on, effect)))
        case _:
            assert_never(event)
