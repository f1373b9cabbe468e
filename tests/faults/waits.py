"""How long each fault was felt: the longest that anything had to wait while it lasted. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from tests.faults.checker import Published, Stored
from tests.faults.faults import Done
from tests.faults.history import Sent

BEFORE_SECONDS = 1.0
"""What was under way when the fault came belongs to it."""


@dataclass(frozen=True)
class Timeline:
    """first_seen: stream and version → when the event was first seen on the timeline."""

    history: Sequence[Sent]
    stored: Mapping[str, Sequence[Stored]]
    published: Mapping[str, Sequence[Published]]
    first_seen: Mapping[tuple[UUID, int], float]


def felt(done: Done, world: Timeline) -> float:
    """Seconds.

    An API or PostgreSQL: the longest that a client waited for its answer, repetitions included. A relay: from store to
    producer. Kafka and the consumer: from store to timeline. Each counted until all was well again: what still waited
    then waits for the next fault.
    """
    process = done.fault.process
    if process == "postgres":
        return _answers(done, world, world.stored)
    if process in world.stored:
        return _answers(done, world, [process])
    if process.endswith("-relay"):
        service = process.removesuffix("-relay")
        first = {message.id: message.time for message in sorted(world.published[service], key=_by_offset, reverse=True)}
        during = _during(done, world.stored[service])
        return max((min(first[event.id], done.over) - event.time for event in during if event.id in first), default=0.0)
    if process in ("kafka", "timeline-consumer"):
        events = [event for service in world.stored for event in _during(done, world.stored[service])]
        seen = ((event, world.first_seen.get((event.stream, event.version))) for event in events)
        return max((min(when, done.over) - event.time for event, when in seen if when), default=0.0)
    return 0.0  # the timeline's pages: nobody sends commands there


def longest(faults: Iterable[Done], world: Timeline) -> dict[str, tuple[int, float]]:
    """Process and signal → how often, and the longest that one of these was felt."""
    found: dict[str, tuple[int, float]] = {}
    for done in faults:
        count, before = found.get(str(done.fault), (0, 0.0))
        found[str(done.fault)] = (count + 1, max(before, felt(done, world)))
    return found


def _answers(done: Done, world: Timeline, services: Iterable[str]) -> float:
    services = set(services)
    return max(
        (
            min(sent.ended, done.over) - sent.began
            for sent in world.history
            if sent.service in services and done.at - BEFORE_SECONDS < sent.began < done.over
        ),
        default=0.0,
    )


def _during(done: Done, events: Iterable[Stored]) -> list[Stored]:
    return [event for event in events if done.at - BEFORE_SECONDS < event.time < done.over]


def _by_offset(message: Published) -> tuple[int, int]:
    return (message.partition, message.offset)
