"""Connections: durable, replaced when they die, and never waited for without end."""

from collections.abc import Callable, Iterator

import psycopg
import pytest

from shared import commands, identity, migrations
from shared.commands import Request
from shared.database import Database, _assert_durable
from shared.envelope import Trace
from shared.eventstore import Unavailable
from shared.eventstore.postgres import PostgresEventStore
from shared.tests.notes.domain import Write
from shared.tests.notes.service import NOTE, SERVICE

TRACE = Trace("correlation", "causation")


def test_a_server_that_acknowledges_before_it_has_written_is_refused(database_url):
    with psycopg.connect(database_url, autocommit=True) as connection:
        _assert_durable(connection)
        connection.execute("set synchronous_commit = off")
        with pytest.raises(RuntimeError, match="synchronous_commit"):
            _assert_durable(connection)


def test_a_command_does_not_notice_that_its_connection_had_died(database_url, database):
    store = PostgresEventStore(database)
    stream = identity.new()
    commands.handle(store, NOTE, stream, Write(("one",)), Request(TRACE), creates=True)
    with psycopg.connect(database_url, autocommit=True) as other:
        ended = other.execute(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        ).fetchone()
    assert ended[0] >= 1
    outcome = commands.handle(store, NOTE, stream, Write(("two",)), Request(TRACE))
    assert outcome.answer.body["version"] == 2


@pytest.fixture
def own(database_url) -> Iterator[Database]:
    found = Database(database_url, size=2)
    yield found
    found.close()


@pytest.fixture
def ended(database_url) -> Callable[[], None]:
    """Ends all connections, as a server does that stops."""

    def end() -> None:
        with psycopg.connect(database_url, autocommit=True) as other:
            other.execute(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )

    return end


def test_a_question_does_not_notice_that_idle_connections_had_died(own, ended):
    with own.connection() as one, own.connection() as other:
        assert one.execute("select 1").fetchone() == other.execute("select 1").fetchone()
    ended()
    for _ in range(10):
        with own.connection() as connection:
            assert connection.execute("select 1").fetchone() == (1,)
    assert own.reachable()


def test_a_connection_that_dies_is_counted_in_use_and_idle(own, ended):
    with own.connection() as connection:
        ended()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("select 1")
    assert own.lost == 1
    assert own.reachable()
    lost = own.lost
    assert own.reachable()
    assert own.lost == lost
    ended()
    assert own.reachable()
    assert own.lost > lost


def test_what_a_server_says_of_its_own_does_not_end_a_connection(own, database_url):
    with own.connection() as one, own.connection() as other:
        one.execute("listen told")
        other.execute("listen told")
        processes = {one.info.backend_pid, other.info.backend_pid}
    with psycopg.connect(database_url, autocommit=True) as other:
        other.execute("notify told")
    with own.connection() as one, own.connection() as other:
        assert {one.info.backend_pid, other.info.backend_pid} == processes
    assert own.lost == 0


def test_without_a_database_a_command_is_told_so(monkeypatch):
    monkeypatch.setattr("shared.database.CONNECT_SECONDS", 0.2)
    nowhere = Database("postgresql://nobody@127.0.0.1:1/nothing")
    try:
        with pytest.raises(Unavailable):
            commands.handle(PostgresEventStore(nowhere), NOTE, identity.new(), Write(("one",)), Request(TRACE))
        assert not nowhere.reachable()
    finally:
        nowhere.close()


def test_migrations_are_applied_once(postgres):
    url = postgres.database()
    folder = SERVICE.folder / "migrations"
    assert migrations.migrate(url, folder) == ["0001.event-store", "0001.import", "0001.note"]
    assert migrations.migrate(url, folder) == []
