"""I9. Messages that no store of ours has written, or that a projection stumbles over: none of them ends the reader."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import psycopg
import pytest

from shared.database import OPTIONS, Connection
from shared.envelope import Envelope
from shared.inbox import TABLES
from shared.inbox.inbox import Inbox, read_message
from shared.inbox.tests import ledger
from shared.inbox.tests.ledger import ME, PARTITION, TOPIC, Ledger, lines, messages, parked, place, progress, value
from shared.testing.plugin import Postgres


@pytest.fixture(scope="module")
def database(postgres: Postgres) -> str:
    url = postgres.database()
    with psycopg.connect(url) as connection:
        connection.execute(TABLES.encode())
        connection.execute(ledger.TABLE)
    return url


@pytest.fixture
def connection(database: str) -> Iterator[Connection]:
    with psycopg.connect(database, autocommit=True, options=OPTIONS) as connection:
        connection.execute("truncate checkpoint, applied, parked, lease, ledger")
        yield connection


@pytest.mark.parametrize(
    "attributes",
    [
        {"type": "samtidig.test.happened.v1\\"},
        {"type": "\\N"},
        {"type": "\\."},
        {"type": "samtidig.test\0.happened.v1"},
        {"type": "samtidig.test.happened.v1\n"},
        {"time": "2018-01-01T00:00:00+23:59"},
        {"time": "2018-01-01T00:00:00-16:00"},
    ],
    ids=str,
)
def test_what_the_tables_would_not_take_is_set_aside(connection: Connection, attributes: dict[str, Any]) -> None:
    strange = read_message(TOPIC, PARTITION, 1, value("b", 1, **attributes))
    first, last = messages("a1 a2")
    batch = [first, strange, last]
    Inbox(Ledger(), ME).take(connection, batch, progress(0, len(batch), ledger.begin(connection)))
    assert lines(connection) == ["a1", "a2"]
    assert parked(connection) == {"?": "unreadable"}
    assert place(connection) == len(batch)


@pytest.mark.parametrize("time", ["2018-01-01T00:00:00+15:59", "2018-01-01T00:00:00-15:59"])
def test_the_furthest_time_zones_are_taken(connection: Connection, time: str) -> None:
    batch = [read_message(TOPIC, PARTITION, 0, value("a", 1, time=time))]
    Inbox(Ledger(), ME).take(connection, batch, progress(0, 1, ledger.begin(connection)))
    assert lines(connection) == ["a1"]


class Stumbling(Ledger):
    """A projection with a fault: one event makes it raise what nobody has thought of."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def apply(self, connection: Connection, events: Sequence[Envelope]) -> Mapping[UUID, tuple[int, str]]:
        for event in events:
            if event.subject == str(ledger.stream("b")) and event.sequence == 2:
                raise self.error
        return super().apply(connection, events)


@pytest.mark.parametrize("error", [AttributeError("no 'isalnum'"), OverflowError(), RecursionError("a\0b")], ids=repr)
def test_a_fault_in_the_projection_stops_one_stream(connection: Connection, error: Exception) -> None:
    batch = messages("a1 b1 b2 a2 b3 c1")
    Inbox(Stumbling(error), ME).take(connection, batch, progress(0, len(batch), ledger.begin(connection)))
    assert sorted(lines(connection)) == ["a1", "a2", "b1", "c1"]
    assert parked(connection) == {"b2": "failed", "b3": "behind"}
    [(detail,)] = connection.execute("select detail from parked where why = 'failed'").fetchall()
    assert detail.startswith(type(error).__name__)
    Inbox(Ledger(), "").replay(connection)
    assert parked(connection) == {}
    assert [line for line in lines(connection) if line[0] == "b"] == ["b1", "b2", "b3"]


def test_a_lost_connection_is_not_the_event_s_fault(connection: Connection) -> None:
    class Cut(Ledger):
        def apply(self, connection: Connection, events: Sequence[Envelope]) -> Mapping[UUID, tuple[int, str]]:
            connection.close()
            return super().apply(connection, events)

    with pytest.raises(psycopg.OperationalError):
        Inbox(Cut(), ME).take(connection, messages("a1"), progress(0, 1, ledger.begin(connection)))
