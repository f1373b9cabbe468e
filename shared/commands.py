"""The way of one command: load the stream, fold it, decide, append (DESIGN section 3)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from shared import envelope, identity
from shared.envelope import Catalogue, Envelope, Trace
from shared.eventstore import (
    Answer,
    Append,
    EventStore,
    Facts,
    KeyTaken,
    Loaded,
    Recorded,
    Session,
    StaleConnection,
    Statement,
)

S = TypeVar("S")
T = TypeVar("T")


class Domain(Protocol):
    """A domain module: pure functions. `decide` takes the facts as a third argument where a rule needs them."""

    @property
    def initial(self) -> Callable[[], Any]: ...
    @property
    def decide(self) -> Callable[..., Sequence[Any]]: ...
    @property
    def evolve(self) -> Callable[[Any, Any], Any]: ...


@dataclass(frozen=True, slots=True)
class Row:
    """What a read table may know of an event besides the event itself."""

    stream: UUID
    version: int
    time: datetime


def columns(event: Any) -> dict[str, Any]:
    """The fields of an event by name, for a statement's parameters."""
    return {name: getattr(event, name) for name in event.__dataclass_fields__}


@dataclass(frozen=True)
class Aggregate:
    """One kind of stream: its rules, its events and its read table.

    kind: the word in its ids (`goal:OB.1.1`).
    tables: event, row → the statements that keep the read tables true.
    """

    kind: str
    domain: Domain
    catalogue: Catalogue
    tables: Callable[[Any, Row], Sequence[Statement]]

    def holds(self, wire_type: str) -> bool:
        """Whether the type is one of this kind's: the store has streams of several kinds, and an id tells no kind."""
        return wire_type.startswith(f"samtidig.{self.kind}.")

    def fold(self, history: Sequence[str]) -> Any:
        """The state after these events. Raises NotFound where they are those of another kind of stream."""
        state = self.domain.initial()
        for text in history:
            read = envelope.read(text)
            if not self.holds(read.type):
                raise NotFound(read.subject)
            state = self.evolve(state, read)
        return state

    def evolve(self, state: Any, event: Envelope) -> Any:
        """The state after one more event; `state` is None before the first."""
        known = self.domain.initial() if state is None else state
        return self.domain.evolve(known, self.catalogue.decode(event.type, event.data))

    def record(
        self, stream: UUID, version: int, events: Sequence[Any], *, time: datetime, trace: Trace
    ) -> tuple[list[Recorded], list[Statement]]:
        """The events after `version` as they will be stored, and the statements for the read tables."""
        recorded: list[Recorded] = []
        statements: list[Statement] = []
        for number, event in enumerate(events, start=version + 1):
            event_id = identity.new()
            text = self.catalogue.encode(event, id=event_id, stream=stream, version=number, time=time, trace=trace)
            recorded.append(Recorded(stream, number, event_id, self.catalogue.name(event), time, text))
            statements += self.tables(event, Row(stream, number, time))
        return recorded, statements


@dataclass(frozen=True, slots=True)
class Request:
    """What the edge knows of a command besides the command itself.

    key, fingerprint: the Idempotency-Key and a digest of the request that it was sent with.
    expected_version: from If-Match; None when the client didn't say.
    """

    trace: Trace
    key: str | None = None
    fingerprint: str = ""
    expected_version: int | None = None


class KeyReused(Exception):  # noqa: N818
    """The idempotency key was sent before, with another request."""


class VersionMismatch(Exception):  # noqa: N818
    """The stream isn't at the version that the client has seen."""


class NotFound(Exception):  # noqa: N818
    """There is nothing under this id."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a command: given again, unchanged, when it is repeated with its key."""

    answer: Answer
    replayed: bool = field(default=False)


def handle(
    store: EventStore,
    aggregate: Aggregate,
    stream: UUID,
    command: Any,
    request: Request,
    *,
    creates: bool = False,
    facts: Facts | None = None,
) -> Outcome:
    """Carries out one command, once.

    creates: the command begins the stream; any other command on an empty stream is `NotFound`.
    Raises Rejected (a rule said no), NotFound, VersionMismatch, KeyReused, and the store's Conflict, Unavailable and
    OutcomeUnknown. In each case nothing was written, except that after OutcomeUnknown nobody knows yet.
    """
    return in_session(
        store.session,
        lambda session: _handle(session, aggregate, stream, command, request, creates=creates, facts=facts),
    )


def in_session(open_session: Callable[[], AbstractContextManager[S]], work: Callable[[S], T]) -> T:
    """Does the work in a session; once more where its connection had died, or its key was used meanwhile."""
    try:
        with open_session() as session:
            return work(session)
    except (StaleConnection, KeyTaken):
        with open_session() as session:
            return work(session)


def _handle(
    session: Session,
    aggregate: Aggregate,
    stream: UUID,
    command: Any,
    request: Request,
    *,
    creates: bool,
    facts: Facts | None,
) -> Outcome:
    loaded = session.load(stream, key=request.key, facts=facts)
    if repeated := answered_before(loaded, request):
        return repeated
    if not creates and loaded.version == 0:
        raise NotFound(stream)
    if request.expected_version not in (None, loaded.version):
        raise VersionMismatch(loaded.version)
    state = aggregate.fold(loaded.history)
    known = [facts.read(loaded.facts)] if facts else []
    decided = aggregate.domain.decide(command, state, *known)
    recorded, statements = aggregate.record(stream, loaded.version, decided, time=loaded.now, trace=request.trace)
    answer = describe(stream, loaded.version + len(recorded), [event.type for event in recorded], created=creates)
    if recorded or request.key:  # a repetition must be known as one also where the first changed nothing
        session.append(
            Append(stream, loaded.version, recorded, statements),
            key=request.key,
            fingerprint=request.fingerprint,
            answer=answer,
        )
    return Outcome(answer)


def answered_before(loaded: Loaded, request: Request) -> Outcome | None:
    if loaded.answered is None:
        return None
    fingerprint, answer = loaded.answered
    if fingerprint != request.fingerprint:
        raise KeyReused(request.key)
    return Outcome(answer, replayed=True)


def changes(before: Any, after: Any) -> list[dict[str, Any]]:
    """The fields in which two states of one item differ: `{field, before, after}`.

    before: None where the item was not there; then only what holds something counts. A part of a state that is a
    dataclass itself counts as its fields. What is `field(repr=False)` is for the rules and not told: it follows from
    another field's change.
    """
    was = {} if before is None else dict(_fields(before))
    return [
        {"field": name, "before": was.get(name), "after": value}
        for name, value in _fields(after)
        if was.get(name) != value and not (before is None and value in (None, "", ()))
    ]


def _fields(state: Any) -> Iterator[tuple[str, Any]]:
    for each in fields(state):
        if not each.repr:
            continue
        value = getattr(state, each.name)
        if is_dataclass(value):
            yield from _fields(value)
        else:
            yield each.name, value


def describe(stream: UUID, version: int, types: Sequence[str], *, created: bool) -> Answer:
    """The answer to a command. `Consistency-Token` lets the timeline wait until it includes this command."""
    return Answer(
        status=201 if created else 200,
        body={"id": str(stream), "version": version, "events": list(types)},
        headers={"ETag": f'"{version}"', "Consistency-Token": f"{stream}:{version}"},
    )
