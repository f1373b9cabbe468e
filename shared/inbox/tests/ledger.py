"""A read model that only keeps a list of what it was told, and streams of events for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from shared import identity
from shared.database import Connection
from shared.envelope import Envelope
from shared.inbox.inbox import Progress, read_message
from shared.inbox.sorting import Message
from shared.lease import Holder

TOPIC, PARTITION = "test.events", 0
PLACE = (TOPIC, PARTITION)
LEASE = f"{TOPIC}/{PARTITION}"
ME = "this process"
TABLE = "create table ledger (line bigserial, stream uuid not null, version integer not null, event uuid not null)"


@dataclass
class Ledger:
    """The projection. `fails`: events that it can't understand; `refused`: those that the database doesn't take."""

    fails: set[tuple[UUID, int]] = field(default_factory=set)
    refused: set[tuple[UUID, int]] = field(default_factory=set)
    calls: int = 0

    def apply(self, connection: Connection, events: Sequence[Envelope]) -> Mapping[str, tuple[int, str]]:
        self.calls += 1
        failures: dict[str, tuple[int, str]] = {}
        for event in events:
            stream, version = UUID(event.subject), event.sequence
            if (stream, version) in self.fails:
                failures.setdefault(event.subject, (version, "not understood"))
            if event.subject not in failures:
                id_ = None if (stream, version) in self.refused else event.id
                connection.execute(
                    "insert into ledger (stream, version, event) values (%s, %s, %s)", [stream, version, id_]
                )
        return failures


def stream(name: str) -> UUID:
    return identity.named("test stream", name)


def value(name: str, version: int, history: str = "", **attributes: Any) -> bytes:
    """The text of an event. `history`: another one for a store that was rewound and went on differently."""
    event = {
        "specversion": "1.0",
        "id": identity.named("test event", f"{name}:{version}:{history}"),
        "source": "samtidig/test",
        "type": "samtidig.test.happened.v1",
        "subject": str(stream(name)),
        "time": datetime(2018, 1, 1, tzinfo=UTC),
        "datacontenttype": "application/json",
        "dataschema": "urn:samtidig:test",
        "sequence": version,
        "correlationid": "test",
        "causationid": "test",
        "data": {},
    }
    return msgspec.json.encode({**event, **attributes})


def message(name: str, version: int, *, offset: int = 0, history: str = "") -> Message:
    return read_message(TOPIC, PARTITION, offset, value(name, version, history))


def messages(told: str, *, first: int = 0) -> list[Message]:
    """`a1 a2 b1 a2x`: stream a's version 1, and so on; x: from another history. Offsets count from `first`."""
    return [message(word[0], int(word[1]), offset=n, history=word[2:]) for n, word in enumerate(told.split(), first)]


def word(of: Message) -> str:
    """A message as `messages` reads it, without its history."""
    assert of.event is not None
    name = next(name for name in "abc" if str(stream(name)) == of.event.subject)
    return f"{name}{of.event.sequence}"


def begin(connection: Connection, holder: str = ME) -> int:
    """This process holds the partition, and nothing of it has been read: the lease's epoch."""
    connection.execute(
        "insert into checkpoint (topic, partition) values (%s, %s) on conflict do nothing", [TOPIC, PARTITION]
    )
    return Holder(holder).hold(connection, [LEASE], 60)[LEASE]


def progress(first: int, count: int, epoch: int) -> dict[tuple[str, int], Progress]:
    return {PLACE: Progress(expected=first, following=first + count, epoch=epoch, end=first + count)}


def place(connection: Connection) -> int:
    """Where the partition is to be read on."""
    row = connection.execute("select next_offset from checkpoint").fetchone()
    assert row is not None
    return int(row[0])


def lines(connection: Connection) -> list[str]:
    """The ledger in the order in which it was written."""
    return _words(connection, "select stream, version from ledger order by line")


def applied(connection: Connection) -> list[str]:
    return _words(
        connection, "select stream, version from applied, generate_series(1, cardinality(events)) version order by 1, 2"
    )


def parked(connection: Connection) -> dict[str, str]:
    """What is set aside, and why; what could not be read stands as `?`."""
    rows = connection.execute('select stream, version, why from parked order by version, "offset"').fetchall()
    return {("?" if row[0] is None else _word(row[0], row[1])): row[2] for row in rows}


def _words(connection: Connection, query: str) -> list[str]:
    return [_word(*row) for row in connection.execute(query.encode()).fetchall()]


def _word(of: UUID, version: int) -> str:
    return next(name for name in "abc" if stream(name) == of) + str(version)
