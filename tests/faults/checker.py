"""Compares what clients were told with stores, topics and read model. Pure; the names I1 … are those of the invariants.

    lost         acknowledged, or stored, or published, and missing further on                     I1
    doubled      took effect more than once                                                        I2
    reordered    later events of a stream before earlier ones                                      I3
    half-written some of what one command decided                                                  I5
    ghost        there, though nobody was told so: refused, never sent, or not in the store
    altered      not byte for byte what the store holds
    left-over    in an outbox, or set aside
    error        answered with a status that no rule explains

A message may be published more than once, as long as the first copies come in order: those are counted, not found.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Literal
from uuid import UUID

from tests.faults.history import Sent

Kind = Literal["lost", "doubled", "reordered", "half-written", "ghost", "altered", "left-over", "error"]

Event = tuple[UUID, int]
"""Stream and version."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An event in the store of a service. `cause` is the key of the command that it came from."""

    position: int
    stream: UUID
    version: int
    id: UUID
    type: str
    cause: str
    text: str
    time: float = 0.0


@dataclass(frozen=True, slots=True)
class Published:
    """A message of a topic. `time` is when the relay handed it to its producer."""

    partition: int
    offset: int
    stream: UUID
    version: int
    id: UUID
    text: str
    time: float = 0.0


@dataclass(frozen=True)
class Observation:
    """Everything that can be known when all is quiet.

    prefix: what the keys of this load begin with; events with other causes were there before it.
    applied: stream, version and id of each event that the read model took in; shown: stream and version of its rows.
    silent: event types that mean nothing on the timeline.
    """

    prefix: str
    history: Sequence[Sent]
    stored: Mapping[str, Sequence[Stored]]
    published: Mapping[str, Sequence[Published]]
    applied: Sequence[tuple[UUID, int, UUID]]
    shown: Sequence[Event]
    silent: frozenset[str] = frozenset()
    outbox: Mapping[str, int] = field(default_factory=dict)
    parked: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    kind: Kind
    about: str


def check(seen: Observation) -> list[Finding]:
    """Everything that is wrong."""
    return [
        *_answers(seen),
        *(finding for service, events in seen.stored.items() for finding in _store(service, events)),
        *(
            finding
            for service, events in seen.stored.items()
            for finding in _topic(service, events, seen.published.get(service, ()))
        ),
        *_read_model(seen),
        *_left_over(seen),
    ]


def repeated(seen: Observation) -> int:
    """How many messages were published again: allowed, and skipped by every reader."""
    return sum(len(messages) - len({message.id for message in messages}) for messages in seen.published.values())


# What clients were told, against the stores


def _answers(seen: Observation) -> Iterator[Finding]:
    caused: dict[str, list[Stored]] = defaultdict(list)
    for events in seen.stored.values():
        for event in events:
            caused[event.cause].append(event)
    for sent in seen.history:
        yield from _answer(sent, caused.get(sent.key, []))
        for status in sent.statuses:
            if status >= HTTPStatus.INTERNAL_SERVER_ERROR and status != HTTPStatus.SERVICE_UNAVAILABLE:
                yield Finding("error", f"{_name(sent)} was answered {status}")
    known = {sent.key for sent in seen.history}
    for cause in caused:
        if cause.startswith(seen.prefix) and cause not in known:
            yield Finding("ghost", f"events of {cause}, which was never sent")


def _answer(sent: Sent, events: Sequence[Stored]) -> Iterator[Finding]:
    match sent.outcome:
        case "ok":
            yield from _acknowledged(sent, events)
        case "refused":
            if events:
                yield Finding("ghost", f"{_name(sent)} was refused and gave {len(events)} events")
        case "unknown":
            if 0 < len(events) < sent.effects:
                yield Finding("half-written", f"{_name(sent)} gave {len(events)} of {sent.effects} events")
            if len(events) > sent.effects:
                yield Finding("doubled", f"{_name(sent)} gave {len(events)} events instead of {sent.effects}")


def _acknowledged(sent: Sent, events: Sequence[Stored]) -> Iterator[Finding]:
    told = Counter((told.stream, type_) for told in sent.told for type_ in told.types)
    found = Counter((event.stream, event.type) for event in events)
    if missing := told - found:
        kind: Kind = "half-written" if found else "lost"
        yield Finding(kind, f"{_name(sent)} was acknowledged; not in the store: {_types(missing)}")
    if more := found - told:
        yield Finding("doubled", f"{_name(sent)} gave more than was acknowledged: {_types(more)}")
    for stream in sent.told:
        versions = [event.version for event in events if event.stream == stream.stream]
        if stream.version is not None and versions and max(versions) != stream.version:
            yield Finding("reordered", f"{_name(sent)} was told version {stream.version} and stands at {max(versions)}")


# Each store by itself, and against its topic


def _store(service: str, events: Sequence[Stored]) -> Iterator[Finding]:
    heads: dict[UUID, int] = defaultdict(int)
    for event in sorted(events, key=lambda event: event.position):
        head = heads[event.stream]
        if event.version <= head:
            yield Finding("reordered", f"{service}: {_event(event)} was stored after version {head}")
        elif event.version > head + 1:
            yield Finding("lost", f"{service}: {_event(event)} follows version {head} in the store")
        heads[event.stream] = max(head, event.version)
    for (stream, version), count in Counter((event.stream, event.version) for event in events).items():
        if count > 1:
            yield Finding("doubled", f"{service}: {stream} has {count} events of version {version}")


def _topic(service: str, events: Sequence[Stored], messages: Sequence[Published]) -> Iterator[Finding]:
    own = {event.id: event for event in events}
    found: set[UUID] = set()
    heads: dict[UUID, int] = defaultdict(int)
    places: dict[UUID, int] = {}
    for message in sorted(messages, key=lambda message: (message.partition, message.offset)):
        if places.setdefault(message.stream, message.partition) != message.partition:
            yield Finding("reordered", f"{service}: {message.stream} is in two partitions")
            continue
        if message.id not in own:
            yield Finding("ghost", f"{service}: {_event(message)} is on the topic and not in the store")
        elif message.text != own[message.id].text:
            yield Finding("altered", f"{service}: {_event(message)} differs between store and topic")
        found.add(message.id)
        head = heads[message.stream]
        if message.version > head + 1:
            yield Finding("reordered", f"{service}: {_event(message)} was published after version {head}")
        heads[message.stream] = max(head, message.version)
    for id_ in own.keys() - found:
        yield Finding("lost", f"{service}: {_event(own[id_])} is not on the topic")


# The read model against the stores


def _read_model(seen: Observation) -> Iterator[Finding]:
    stored = {(event.stream, event.version): event for events in seen.stored.values() for event in events}
    applied = Counter((stream, version) for stream, version, _ in seen.applied)
    for event, count in applied.items():
        if count > 1:
            yield Finding("doubled", f"timeline: {_named(event)} was applied {count} times")
    for stream, version, id_ in seen.applied:
        if (stream, version) not in stored or stored[stream, version].id != id_:
            yield Finding("ghost", f"timeline: {_named((stream, version))} is not the event in the store")
    for event in stored.keys() - applied.keys():
        yield Finding("lost", f"timeline: {_event(stored[event])} was not applied")
    shown = Counter(seen.shown)
    expected = {event for event, what in stored.items() if what.type not in seen.silent}
    for event in (expected & applied.keys()) - shown.keys():
        yield Finding("lost", f"timeline: {_event(stored[event])} was applied and has no row")
    for event, count in shown.items():
        if event not in expected or event not in applied:
            yield Finding("ghost", f"timeline: a row of {_named(event)}, which was not applied")
        if count > 1:
            yield Finding("doubled", f"timeline: {count} rows of {_named(event)}")


def _left_over(seen: Observation) -> Iterator[Finding]:
    for service, count in seen.outbox.items():
        if count:
            yield Finding("left-over", f"{service}: {count} events in the outbox")
    if seen.parked:
        yield Finding("left-over", f"timeline: {seen.parked} events set aside")


# Words


def _name(sent: Sent) -> str:
    return f"{sent.service}: command {sent.key}"


def _event(event: Stored | Published) -> str:
    return _named((event.stream, event.version))


def _named(event: Event) -> str:
    return f"version {event[1]} of {event[0]}"


def _types(events: Iterable[tuple[UUID, str]]) -> str:
    return ", ".join(f"{type_} of {stream}" for stream, type_ in events)
