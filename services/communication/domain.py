"""Communication activities (kommunikasjonstiltak): who is told what, when, through which channel.

nothing ─plan─▶ planned ─publish─▶ published ─withdraw─▶ withdrawn
                 └──────────────withdraw─────────────────▲

What is planned, and nothing else, may be rescheduled: once something is told, its day is history. An activity may be
revised at any time, also after it was published or withdrawn: what it is about becomes clearer. Feedback comes to what
was published, also after it was withdrawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, assert_never
from uuid import UUID

from shared.decider import in_order, require

Audience = Literal["employees", "leaders", "top_leaders", "organisations", "residents"]
Status = Literal["planned", "published", "withdrawn"]


# Commands


@dataclass(frozen=True, slots=True)
class Plan:
    """`start`, `end`: the first and the last day; None where it is not known yet."""

    title: str
    external_id: str | None = None
    audiences: tuple[Audience, ...] = ()
    channel: str | None = None
    start: date | None = None
    end: date | None = None
    goals: tuple[UUID, ...] = ()
    central_initiatives: tuple[UUID, ...] = ()
    local_initiatives: tuple[UUID, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Revise:
    """`changes`: field of `Revised` → its new value; what is not named stays."""

    changes: Mapping[str, Any]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reschedule:
    """`changes`: `start`, `end` → the new day, None where it is not known any more; what is not named stays."""

    changes: Mapping[str, Any]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Publish:
    """`on`: the day on which it was told."""

    on: date
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """`on`: the day from which it is not told any more, or is not going to be."""

    on: date
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ReceiveFeedback:
    """`text`: one sentence. `audience`: who gave it, where that is known. Answers are not counted.

    `on`: the day on which it came.
    """

    text: str
    on: date
    audience: Audience | None = None
    reason: str | None = None


Command = Plan | Revise | Reschedule | Publish | Withdraw | ReceiveFeedback


# Events


@dataclass(frozen=True, slots=True)
class Planned:
    external_id: str | None
    title: str
    audiences: tuple[Audience, ...]
    channel: str | None
    start: date | None
    end: date | None
    goals: tuple[UUID, ...]
    central_initiatives: tuple[UUID, ...]
    local_initiatives: tuple[UUID, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class Revised:
    title: str
    audiences: tuple[Audience, ...]
    channel: str | None
    goals: tuple[UUID, ...]
    central_initiatives: tuple[UUID, ...]
    local_initiatives: tuple[UUID, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class Rescheduled:
    start: date | None
    end: date | None
    previous_start: date | None
    previous_end: date | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Published:
    on: date
    reason: str | None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    on: date
    reason: str | None


@dataclass(frozen=True, slots=True)
class FeedbackReceived:
    text: str
    on: date
    audience: Audience | None
    reason: str | None


Event = Planned | Revised | Rescheduled | Published | Withdrawn | FeedbackReceived

EVENTS: dict[str, type[Event]] = {
    "samtidig.communication-activity.planned.v1": Planned,
    "samtidig.communication-activity.revised.v1": Revised,
    "samtidig.communication-activity.rescheduled.v1": Rescheduled,
    "samtidig.communication-activity.published.v1": Published,
    "samtidig.communication-activity.withdrawn.v1": Withdrawn,
    "samtidig.communication-activity.feedback-received.v1": FeedbackReceived,
}


# State: what the rules need to know, and what a revision is compared with


@dataclass(frozen=True, slots=True)
class Feedback:
    on: date
    audience: Audience | None
    text: str


@dataclass(frozen=True, slots=True)
class Activity:
    status: Literal["nothing"] | Status = "nothing"
    title: str = ""
    audiences: tuple[Audience, ...] = ()
    channel: str | None = None
    start: date | None = None
    end: date | None = None
    goals: tuple[UUID, ...] = ()
    central_initiatives: tuple[UUID, ...] = ()
    local_initiatives: tuple[UUID, ...] = ()
    published_on: date | None = None
    withdrawn_on: date | None = None
    feedback: tuple[Feedback, ...] = ()


def initial() -> Activity:
    return Activity()


def decide(command: Command, activity: Activity) -> list[Event]:
    """What changes nothing gives no event, whatever the status: an unchanged list may be imported again at any time."""
    match command:
        case Plan():
            require(activity.status == "nothing", "activity-exists", "external_id")
            require(in_order(command.start, command.end), "end-before-start", "end")
            return [
                Planned(
                    external_id=command.external_id,
                    title=command.title,
                    audiences=command.audiences,
                    channel=command.channel,
                    start=command.start,
                    end=command.end,
                    goals=command.goals,
                    central_initiatives=command.central_initiatives,
                    local_initiatives=command.local_initiatives,
                    reason=command.reason,
                )
            ]
        case Revise(changes, reason):
            revised = replace(activity, **changes)
            if revised == activity:
                return []
            return [
                Revised(
                    title=revised.title,
                    audiences=revised.audiences,
                    channel=revised.channel,
                    goals=revised.goals,
                    central_initiatives=revised.central_initiatives,
                    local_initiatives=revised.local_initiatives,
                    reason=reason,
                )
            ]
        case Reschedule(changes, reason):
            moved = replace(activity, **changes)
            if moved == activity:
                return []
            require(activity.status != "withdrawn", "activity-withdrawn")
            require(activity.status == "planned", "activity-published")
            require(in_order(moved.start, moved.end), "end-before-start", "end")
            return [Rescheduled(moved.start, moved.end, activity.start, activity.end, reason)]
        case Publish(on, reason):
            require(activity.status != "withdrawn", "activity-withdrawn")
            require(activity.status == "planned", "activity-published")
            return [Published(on, reason)]
        case Withdraw(on, reason):
            require(activity.status != "withdrawn", "activity-withdrawn")
            return [Withdrawn(on, reason)]
        case ReceiveFeedback(text, on, audience, reason):
            require(activity.published_on is not None, "activity-not-published")
            if Feedback(on, audience, text) in activity.feedback:
                return []
            return [FeedbackReceived(text, on, audience, reason)]
        case _:
            assert_never(command)


def evolve(activity: Activity, event: Event) -> Activity:
    match event:
        case Planned():
            return Activity(
                status="planned",
                title=event.title,
                audiences=event.audiences,
                channel=event.channel,
                start=event.start,
                end=event.end,
                goals=event.goals,
                central_initiatives=event.central_initiatives,
                local_initiatives=event.local_initiatives,
            )
        case Revised():
            return replace(
                activity,
                title=event.title,
                audiences=event.audiences,
                channel=event.channel,
                goals=event.goals,
                central_initiatives=event.central_initiatives,
                local_initiatives=event.local_initiatives,
            )
        case Rescheduled():
            return replace(activity, start=event.start, end=event.end)
        case Published(on):
            return replace(activity, status="published", published_on=on)
        case Withdrawn(on):
            return replace(activity, status="withdrawn", withdrawn_on=on)
        case FeedbackReceived(text, on, audience):
            return replace(activity, feedback=(*activity.feedback, Feedback(on, audience, text)))
        case _:
            assert_never(event)
