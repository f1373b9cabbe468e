"""What happens to an append or an import that the server interrupts, and to the time of one when the clock ran back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from shared import identity
from shared.eventstore import Append, StaleConnection, Unavailable
from shared.eventstore.postgres import PostgresEventStore, PostgresSession
from shared.tests.notes.service import written


@pytest.fixture
def session(postgres_store: PostgresEventStore) -> Iterator[PostgresSession]:
    with postgres_store.session() as session:
        yield session


def test_a_transaction_that_was_idle_too_long_wrote_nothing_and_says_so(
    postgres_store: PostgresEventStore, session: PostgresSession
) -> None:
    """I5. It was answered as a fault of ours (500), not as something to be tried again."""
    stream = identity.new()
    session.load_many([stream])
    session._connection.execute("set local idle_in_transaction_session_timeout = '50ms'")
    with psycopg.connect(postgres_store._database.url) as other:
        other.execute("select pg_sleep(0.5)")
    with pytest.raises(Unavailable):
        session.append(written(stream, 0, "line"))
    assert postgres_store.read(stream) == []


def test_an_import_may_take_longer_to_decide_than_a_command(session: PostgresSession) -> None:
    session.load_many([identity.new()])
    row = session._connection.execute("show idle_in_transaction_session_timeout").fetchone()
    assert row == ("1min",)


def test_a_database_that_takes_no_writes_is_unavailable(session: PostgresSession) -> None:
    session._connection.execute("set default_transaction_read_only = on")
    try:
        with pytest.raises(Unavailable):
            session.append(written(identity.new(), 0, "line"))
    finally:
        session._connection.execute("reset default_transaction_read_only")


def test_an_import_on_a_connection_that_had_died_is_told_that_another_may_live(session: PostgresSession) -> None:
    pid = session._connection.info.backend_pid
    with psycopg.connect(session._database.url) as other:
        other.execute("select pg_terminate_backend(%s, 1000)", [pid])
    with pytest.raises(StaleConnection):
        session.load_many([identity.new()])


def test_an_import_s_events_are_not_older_than_those_before_them(
    postgres_store: PostgresEventStore, session: PostgresSession
) -> None:
    """The server's clock ran backwards between two events of a stream."""
    early, late = identity.new(), identity.new()
    for stream, days in ((early, -1), (late, 1)):
        append = written(stream, 0, "line")
        events = [replace(event, time=event.time + timedelta(days=days)) for event in append.events]
        with postgres_store.session() as other:
            other.append(Append(stream, 0, events))
    [last] = postgres_store.read(late)
    assert session.load_many([early]).now < last.time
    session.end()
    assert session.load_many([early, late]).now == last.time
