"""Connections: durable, replaced when they die, and never waited for without end."""

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
