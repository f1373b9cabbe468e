"""A checker that finds nothing must have been able to find something: each fault is planted in a sound world."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from tests.faults.checker import Finding, Observation, Published, Stored, check, repeated
from tests.faults.history import Sent, Told

PROPOSED, ADOPTED, DRAFTED = "samtidig.goal.proposed.v1", "samtidig.goal.adopted.v1", "samtidig.action-plan.drafted.v1"
A, B, PLAN = UUID(int=1), UUID(int=2), UUID(int=3)


def stored(position: int, stream: UUID, version: int, type_: str, cause: str) -> Stored:
    id_ = UUID(int=100 + position)
    return Stored(position, stream, version, id_, type_, cause, text=f"text of {id_}")


def published(offset: int, event: Stored) -> Published:
    return Published(event.stream.int % 2, offset, event.stream, event.version, event.id, event.text)


GOALS = [
    stored(1, A, 1, PROPOSED, "run-1"),
    stored(2, B, 1, PROPOSED, "run-2"),
    stored(4, A, 2, ADOPTED, "run-3"),
    stored(5, UUID(int=4), 1, PROPOSED, "run-6"),
    stored(6, UUID(int=5), 1, PROPOSED, "run-6"),
]
PLANS = [stored(50, PLAN, 1, DRAFTED, "run-7")]


def sent(number: int, outcome: str, *told: Told, effects: int = 1) -> Sent:
    return Sent(f"run-{number}", "goals", effects, outcome, 0.0, 1.0, told=told, statuses=(503, 200))


SOUND = Observation(
    prefix="run-",
    history=[
        sent(1, "ok", Told(A, (PROPOSED,), 1)),
        sent(2, "ok", Told(B, (PROPOSED,), 1)),
        sent(3, "unknown"),  # and it took place
        sent(4, "unknown"),  # and it did not
        sent(5, "refused"),
        sent(6, "ok", Told(UUID(int=4), (PROPOSED,)), Told(UUID(int=5), (PROPOSED,)), effects=2),
        sent(7, "ok", Told(PLAN, (DRAFTED,), 1)),
        sent(8, "ok", Told(A, (), 2)),  # changed nothing
    ],
    stored={"goals": GOALS, "central_initiatives": PLANS},
    published={
        "goals": [published(n, event) for n, event in enumerate(GOALS)],
        "central_initiatives": [published(0, PLANS[0])],
    },
    applied=[(event.stream, event.version, event.id) for event in [*GOALS, *PLANS]],
    shown=[(event.stream, event.version) for event in GOALS],
    silent=frozenset({DRAFTED}),
    outbox={"goals": 0},
)


def goals_stored(*events: Stored) -> Observation:
    return replace(SOUND, stored={**SOUND.stored, "goals": list(events)})


def goals_published(*messages: Published) -> Observation:
    return replace(SOUND, published={**SOUND.published, "goals": list(messages)})


def with_history(*more: Sent) -> Observation:
    return replace(SOUND, history=[*SOUND.history, *more])


MESSAGES = SOUND.published["goals"]


def everywhere(*events: Stored) -> Observation:
    """Goals as given in store, topic and read model alike: only what clients were told can differ."""
    return replace(
        SOUND,
        stored={**SOUND.stored, "goals": list(events)},
        published={**SOUND.published, "goals": [published(n, event) for n, event in enumerate(events)]},
        applied=[(event.stream, event.version, event.id) for event in [*events, *PLANS]],
        shown=[(event.stream, event.version) for event in events],
    )


def kinds(findings: list[Finding]) -> set[str]:
    return {finding.kind for finding in findings}


def test_a_sound_world_has_no_findings():
    assert check(SOUND) == []
    assert repeated(SOUND) == 0


def test_a_message_published_again_is_counted_and_not_found():
    again = replace(MESSAGES[0], offset=99)
    world = goals_published(*MESSAGES, again)
    assert check(world) == []
    assert repeated(world) == 1


def test_a_whole_run_of_messages_published_again_after_later_ones_is_no_reordering():
    """What a paused relay sends when it wakes up: everything that its follower has sent already, in order."""
    world = goals_published(*MESSAGES, *(replace(message, offset=message.offset + 50) for message in MESSAGES))
    assert check(world) == []
    assert repeated(world) == len(MESSAGES)


PLANTED: dict[str, tuple[str, Callable[[], Observation]]] = {
    "an acknowledged command is in no store": ("lost", lambda: everywhere(*GOALS[1:2], *GOALS[3:])),
    "an acknowledged import is in the store in part": ("half-written", lambda: everywhere(*GOALS[:-1])),
    "an unknown import is in the store in part": (
        "half-written",
        lambda: replace(SOUND, history=[*SOUND.history[:5], sent(6, "unknown", effects=3), *SOUND.history[6:]]),
    ),
    "an unknown command took effect twice": (
        "doubled",
        lambda: everywhere(*GOALS, stored(7, A, 3, ADOPTED, "run-3")),
    ),
    "an acknowledged command took effect twice": (
        "doubled",
        lambda: everywhere(*GOALS, stored(7, B, 2, PROPOSED, "run-2")),
    ),
    "a refused command took effect": ("ghost", lambda: everywhere(*GOALS, stored(7, B, 2, ADOPTED, "run-5"))),
    "an event of a command that nobody sent": ("ghost", lambda: everywhere(*GOALS, stored(7, B, 2, ADOPTED, "run-99"))),
    "an answer named another version": ("reordered", lambda: with_history(sent(1, "ok", Told(A, (PROPOSED,), 2)))),
    "an answer was an error": ("error", lambda: with_history(replace(sent(5, "refused"), statuses=(500, 409)))),
    "a stream was stored out of order": (
        "reordered",
        lambda: goals_stored(replace(GOALS[0], position=9), *GOALS[1:]),
    ),
    "a stream has a hole in the store": ("lost", lambda: goals_stored(*GOALS[:2], replace(GOALS[2], version=3))),
    "a version is in the store twice": ("doubled", lambda: goals_stored(*GOALS, replace(GOALS[0], id=UUID(int=9)))),
    "an event was not published": ("lost", lambda: goals_published(*MESSAGES[:-1])),
    "a later event was published first": (
        "reordered",
        lambda: goals_published(replace(MESSAGES[0], offset=10), *MESSAGES[1:]),
    ),
    "a later event was published first, and then again in order": (
        "reordered",
        lambda: goals_published(replace(MESSAGES[0], offset=10), *MESSAGES[1:], replace(MESSAGES[2], offset=11)),
    ),
    "a stream is in two partitions": (
        "reordered",
        lambda: goals_published(*MESSAGES, replace(MESSAGES[2], partition=7, offset=0)),
    ),
    "a message is not in the store": (
        "ghost",
        lambda: goals_published(*MESSAGES, replace(MESSAGES[1], offset=10, version=2, id=UUID(int=9))),
    ),
    "a message was altered": ("altered", lambda: goals_published(*MESSAGES[:-1], replace(MESSAGES[-1], text="other"))),
    "an event was not applied": ("lost", lambda: replace(SOUND, applied=SOUND.applied[1:], shown=SOUND.shown[1:])),
    "an event was applied twice": ("doubled", lambda: replace(SOUND, applied=[*SOUND.applied, SOUND.applied[0]])),
    "another event of the same version was applied": (
        "ghost",
        lambda: replace(SOUND, applied=[(A, 1, UUID(int=9)), *SOUND.applied[1:]]),
    ),
    "an applied event has no row": ("lost", lambda: replace(SOUND, shown=SOUND.shown[1:])),
    "an event has two rows": ("doubled", lambda: replace(SOUND, shown=[*SOUND.shown, SOUND.shown[0]])),
    "a row has no event": ("ghost", lambda: replace(SOUND, shown=[*SOUND.shown, (A, 9)])),
    "a silent event has a row": ("ghost", lambda: replace(SOUND, shown=[*SOUND.shown, (PLAN, 1)])),
    "an event is in the outbox": ("left-over", lambda: replace(SOUND, outbox={"goals": 1})),
    "an event was set aside": ("left-over", lambda: replace(SOUND, parked=1)),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_what_is_planted_is_found_and_named(planted: str):
    kind, world = PLANTED[planted]
    assert kind in kinds(check(world()))


def test_an_event_lost_between_topic_and_read_model_is_found_as_that_and_nothing_else():
    world = replace(SOUND, applied=SOUND.applied[:-2] + SOUND.applied[-1:], shown=SOUND.shown[:-1])
    assert check(world) == [
        Finding("lost", f"timeline: version 1 of {UUID(int=5)} was not applied"),
    ]
