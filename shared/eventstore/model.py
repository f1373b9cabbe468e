"""What a command needs from an event store, and nothing about how it is stored."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import msgspec


class Conflict(Exception):  # noqa: N818
    """Somebody else appended to the stream first. Nothing was written."""


class KeyTaken(Exception):  # noqa: N818
    """The idempotency key was used meanwhile. Nothing was written; loading again gives the stored answer."""


class Unavailable(Exception):  # noqa: N818
    """The database can't be reached, or a lock was not to be had in time. Nothing was written."""


class StaleConnection(Unavailable):
    """The connection had died since it was last used; another may be alive. Nothing was written."""


class OutcomeUnknown(Exception):  # noqa: N818
    """The connection was lost while the append was under way, and the event is not (yet) there."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One stored event: its place, and the CloudEvent as it was and will be published."""

    stream: UUID
    version: int
    id: UUID
    type: str
    time: datetime
    envelope: str


class Answer(msgspec.Struct, frozen=True):
    """What was answered to a command: kept with its idempotency key, given again when it is repeated."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Statement:
    """One SQL statement that writes a read table in the append's transaction."""

    sql: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule must know about other streams: one query that gives one row.

    With `lock` (a name) the row is read under that lock, held until the append is committed, so that two writers
    can't both find room for the last one. Without it the facts are such as never become untrue. `read` makes of the row
    what the domain's `decide` takes as its third argument. `after` (facts, state before, state after → facts) says how
    what one row of an import changes is known to the rows after it.
    """

    query: str
    read: Callable[[Mapping[str, Any]], Any]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    lock: str | None = None
    after: Callable[[Any, Any, Any], Any] = lambda known, _before, _after: known


@dataclass(frozen=True, slots=True)
class Loaded:
    """A stream as it stands.

    now: the store's clock, never before the stream's last event (UTC).
    answered: fingerprint and answer of the command that used the same idempotency key before.
    facts: the row of `Facts.query` by column name.
    """

    version: int
    history: list[str]
    now: datetime
    answered: tuple[str, Answer] | None
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Append:
    """Events that follow each other in one stream, with the statements that keep the read tables true to them."""

    stream: UUID
    expected_version: int
    events: Sequence[Recorded]
    statements: Sequence[Statement] = ()


class Session(Protocol):
    """One command's dealings with the store."""

    def load(self, stream: UUID, *, key: str | None = None, facts: Facts | None = None) -> Loaded: ...

    def append(
        self, append: Append, *, key: str | None = None, fingerprint: str = "", answer: Answer | None = None
    ) -> None:
        """All of it or nothing. Raises Conflict, KeyTaken, Unavailable or OutcomeUnknown."""
        ...


class EventStore(Protocol):
    def session(self) -> AbstractContextManager[Session]: ...

    def read(self, stream: UUID, *, after: int = 0) -> list[Recorded]:
        """The stream's events with a version above `after`, in order."""
        ...

    def read_all(self, *, after: int = 0, limit: int = 1000) -> Iterator[tuple[int, Recorded]]:
        """Position and event of the whole store, in order of position."""
        ...
