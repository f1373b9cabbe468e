"""Local initiatives (lokale tiltak): a sector's own, adapted to its character, and anchored in the governance and
professional dialogue before they start (byrådssak 1055/17, section 3).

nothing ─propose─▶ proposed ─anchor─▶ anchored ─start─▶ started ─complete─▶ completed
                      └──────────────────┴────discontinue───┴─────────────▶ discontinued

Until it is completed or discontinued an initiative may be scheduled, rescheduled once it has a period, and report its
status; nobody demands that it does. It may always be revised, support a central initiative or support it no longer,
record who took part, and share what was learnt, which often shows after the end.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, assert_never
from uuid import UUID

from services.local_initiatives.domain.registry import EMPTY, Registry, require_agency, require_sector
from shared.decider import in_order, require

Dialogue = Literal["styringsdialog", "fagdialog", "medbestemmelse"]
Status = Literal["proposed", "anchored", "started", "completed", "discontinued"]
Phase = Literal["idea", "plan", "development"]
"""In which the plan has others take part (byrådssak 1055/17, section 2)."""
Participant = Literal["residents", "employees", "organisations", "safety_representatives"]
Progress = Literal["on_track", "at_risk", "off_track"]


# Commands. Days are inclusive; `on` is the day on which it happened.


@dataclass(frozen=True, slots=True)
class Propose:
    """goals, supports: ids in other services, which are not asked whether they know them."""

    title: str
    sector: UUID
    external_id: str | None = None
    agency: UUID | None = None
    description: str | None = None
    goals: tuple[UUID, ...] = ()
    supports: tuple[UUID, ...] = ()
    responsible: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Revise:
    """`changes`: field of `Revised` → its new value; what is not named stays."""

    changes: Mapping[str, Any]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """where: at least one; governance and professional dialogue often go together."""

    where: tuple[Dialogue, ...]
    on: date
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    start: date | None = None
    end: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reschedule:
    """`changes`: `start` or `end` → the new day, or None for no day; what is not named stays."""

    changes: Mapping[str, Any]
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
class Discontinue:
    on: date
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Support:
    central: UUID
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class WithdrawSupport:
    central: UUID
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RecordParticipation:
    """who: at least one."""

    phase: Phase
    who: tuple[Participant, ...]
    on: date
    sentence: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ShareLearning:
    """tags: words by which other sectors find it."""

    text: str
    tags: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ReportStatus:
    status: Progress
    sentence: str | None = None
    reason: str | None = None


Command = (
    Propose
    | Revise
    | Anchor
    | Schedule
    | Reschedule
    | Start
    | Complete
    | Discontinue
    | Support
    | WithdrawSupport
    | RecordParticipation
    | ShareLearning
    | ReportStatus
)


# Events


@dataclass(frozen=True, slots=True)
class Proposed:
    external_id: str | None
    sector: UUID
    agency: UUID | None
    title: str
    description: str | None
    goals: tuple[UUID, ...]
    supports: tuple[UUID, ...]
    responsible: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Revised:
    title: str
    description: str | None
    goals: tuple[UUID, ...]
    responsible: str | None
    agency: UUID | None
    reason: str | None


# The second version; the first is in `upcasters`.
@dataclass(frozen=True, slots=True)
class Anchored:
    where: tuple[Dialogue, ...]
    on: date
    reason: str | None


@dataclass(frozen=True, slots=True)
class Scheduled:
    start: date | None
    end: date | None
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
class Discontinued:
    on: date
    reason: str | None


@dataclass(frozen=True, slots=True)
class SupportDeclared:
    central: UUID
    reason: str | None


@dataclass(frozen=True, slots=True)
class SupportWithdrawn:
    central: UUID
    reason: str | None


@dataclass(frozen=True, slots=True)
class ParticipationRecorded:
    phase: Phase
    who: tuple[Participant, ...]
    on: date
    sentence: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class LearningShared:
    text: str
    tags: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class StatusReported:
    status: Progress
    sentence: str | None
    reason: str | None


Event = (
    Proposed
    | Revised
    | Anchored
    | Scheduled
    | Rescheduled
    | Started
    | Completed
    | Discontinued
    | SupportDeclared
    | SupportWithdrawn
    | ParticipationRecorded
    | LearningShared
    | StatusReported
)

EVENTS: dict[str, type[Event]] = {
    "samtidig.local-initiative.proposed.v1": Proposed,
    "samtidig.local-initiative.revised.v1": Revised,
    "samtidig.local-initiative.anchored.v2": Anchored,
    "samtidig.local-initiative.scheduled.v1": Scheduled,
    "samtidig.local-initiative.rescheduled.v1": Rescheduled,
    "samtidig.local-initiative.started.v1": Started,
    "samtidig.local-initiative.completed.v1": Completed,
    "samtidig.local-initiative.discontinued.v1": Discontinued,
    "samtidig.local-initiative.support-declared.v1": SupportDeclared,
    "samtidig.local-initiative.support-withdrawn.v1": SupportWithdrawn,
    "samtidig.local-initiative.participation-recorded.v1": ParticipationRecorded,
    "samtidig.local-initiative.learning-shared.v1": LearningShared,
    "samtidig.local-initiative.status-reported.v1": StatusReported,
}


# State: what the rules need to know, and what a change is compared with


@dataclass(frozen=True, slots=True)
class Participation:
    phase: Phase
    who: tuple[Participant, ...]
    on: date
    sentence: str | None


@dataclass(frozen=True, slots=True)
class Learning:
    text: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Initiative:
    status: Literal["nothing"] | Status = "nothing"
    sector: UUID | None = None
    agency: UUID | None = None
    title: str = ""
    description: str | None = None
    goals: tuple[UUID, ...] = ()
    supports: tuple[UUID, ...] = ()
    responsible: str | None = None
    start: date | None = None
    end: date | None = None
    anchored_where: tuple[Dialogue, ...] = ()
    anchored_on: date | None = None
    started_on: date | None = None
    finished_on: date | None = None
    effect: str | None = None
    participations: tuple[Participation, ...] = ()
    learnings: tuple[Learning, ...] = ()
    reported_status: Progress | None = None
    reported_sentence: str | None = None

    @property
    def scheduled(self) -> bool:
        """One day is enough: a period may be open at either end."""
        return self.start is not None or self.end is not None

    @property
    def finished(self) -> bool:
        return self.status in ("completed", "discontinued")


def initial() -> Initiative:
    return Initiative()


def decide(command: Command, initiative: Initiative, registry: Registry = EMPTY) -> list[Event]:
    """Only proposing, and moving to another agency, ask about sectors and agencies."""
    match command:
        case Propose():
            require(initiative.status == "nothing", "initiative-exists", "external_id")
            require_sector(command.sector, registry)
            require_agency(command.agency, command.sector, registry)
            return [
                Proposed(
                    external_id=command.external_id,
                    sector=command.sector,
                    agency=command.agency,
                    title=command.title,
                    description=command.description,
                    goals=command.goals,
                    supports=command.supports,
                    responsible=command.responsible,
                    reason=command.reason,
                )
            ]
        case Revise(changes, reason):
            revised = replace(initiative, **changes)
            if revised == initiative:
                return []
            if revised.agency != initiative.agency and initiative.sector is not None:
                require_agency(revised.agency, initiative.sector, registry)
            return [
                Revised(
                    title=revised.title,
                    description=revised.description,
                    goals=revised.goals,
                    responsible=revised.responsible,
                    agency=revised.agency,
                    reason=reason,
                )
            ]
        case Anchor(where, on, reason):
            require(not initiative.finished, "initiative-ended")
            require(initiative.status == "proposed", "already-anchored")
            require(bool(where), "dialogue-missing", "where")
            return [Anchored(where, on, reason)]
        case Schedule(start, end, reason):
            require(not initiative.finished, "initiative-ended")
            require(not initiative.scheduled, "already-scheduled")
            require(start is not None or end is not None, "period-missing", "start")
            require(in_order(start, end), "end-before-start", "end")
            return [Scheduled(start, end, reason)]
        case Reschedule(changes, reason):
            require(initiative.scheduled, "not-scheduled")
            moved = replace(initiative, **changes)
            if moved == initiative:
                return []
            require(not initiative.finished, "initiative-ended")
            require(in_order(moved.start, moved.end), "end-before-start", "end")
            return [Rescheduled(moved.start, moved.end, initiative.start, initiative.end, reason)]
        case Start(on, reason):
            require(not initiative.finished, "initiative-ended")
            require(initiative.status != "started", "already-started")
            require(initiative.status == "anchored", "not-anchored")
            return [Started(on, reason)]
        case Complete(on, effect, reason):
            require(not initiative.finished, "initiative-ended")
            require(initiative.status == "started", "not-started")
            require(in_order(initiative.started_on, on), "ended-before-started", "on")
            return [Completed(on, effect, reason)]
        case Discontinue(on, reason):
            require(not initiative.finished, "initiative-ended")
            require(in_order(initiative.started_on, on), "ended-before-started", "on")
            return [Discontinued(on, reason)]
        case Support(central, reason):
            return [] if central in initiative.supports else [SupportDeclared(central, reason)]
        case WithdrawSupport(central, reason):
            return [SupportWithdrawn(central, reason)] if central in initiative.supports else []
        case RecordParticipation(phase, who, on, sentence, reason):
            require(bool(who), "participants-missing", "who")
            known = Participation(phase, who, on, sentence) in initiative.participations
            return [] if known else [ParticipationRecorded(phase, who, on, sentence, reason)]
        case ShareLearning(text, tags, reason):
            learning = Learning(text, _alike(tags))
            return [] if learning in initiative.learnings else [LearningShared(learning.text, learning.tags, reason)]
        case ReportStatus(status, sentence, reason):
            require(not initiative.finished, "initiative-ended")
            return [StatusReported(status, sentence, reason)]
        case _:
            assert_never(command)


def _alike(tags: tuple[str, ...]) -> tuple[str, ...]:
    """A word is one tag, whoever writes it: in lower case, once."""
    return tuple(dict.fromkeys(tag.lower() for tag in tags))


def evolve(initiative: Initiative, event: Event) -> Initiative:
    match event:
        case Proposed():
            return Initiative(
                status="proposed",
                sector=event.sector,
                agency=event.agency,
                title=event.title,
                description=event.description,
                goals=event.goals,
                supports=event.supports,
                responsible=event.responsible,
            )
        case Revised():
            return replace(
                initiative,
                title=event.title,
                description=event.description,
                goals=event.goals,
                responsible=event.responsible,
                agency=event.agency,
            )
        case Anchored():
            return replace(initiative, status="anchored", anchored_where=event.where, anchored_on=event.on)
        case Scheduled() | Rescheduled():
            return replace(initiative, start=event.start, end=event.end)
        case Started():
            return replace(initiative, status="started", started_on=event.on)
        case Completed():
            return replace(initiative, status="completed", finished_on=event.on, effect=event.effect)
        case Discontinued():
            return replace(initiative, status="discontinued", finished_on=event.on)
        case SupportDeclared():
            return replace(initiative, supports=(*initiative.supports, event.central))
        case SupportWithdrawn():
            return replace(initiative, supports=tuple(one for one in initiative.supports if one != event.central))
        case StatusReported():
            return replace(initiative, reported_status=event.status, reported_sentence=event.sentence)
        case ParticipationRecorded(phase, who, on, sentence):
            told = Participation(phase, who, on, sentence)
            return replace(initiative, participations=(*initiative.participations, told))
        case LearningShared(text, tags):
            return replace(initiative, learnings=(*initiative.learnings, Learning(text, tags)))
        case _:
            assert_never(event)
