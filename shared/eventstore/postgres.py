"""The event store in PostgreSQL. The rules it keeps, and why: infra/decisions/0002-event-store.md."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from psycopg import ClientCursor, errors
from psycopg.pq import TransactionStatus
from psycopg_pool import PoolTimeout

from shared.database import Connection, Database
from shared.eventstore.model import (
    Answer,
    Append,
    Conflict,
    Facts,
    KeyTaken,
    Loaded,
    OutcomeUnknown,
    Recorded,
    StaleConnection,
    Unavailable,
)

LOAD = """
select clock_timestamp(),
       (select max(recorded_at) from event where stream = %(stream)s),
       array(select envelope from event where stream = %(stream)s order by version),
       (select fingerprint from idempotency where key = %(key)s),
       (select answer from idempotency where key = %(key)s),
       ({facts})
"""
NO_FACTS = "null::jsonb"

# A stream's lock is one of 1,024: an import that appends to thousands of streams must not fill the server's lock table.
# It comes before the first row is written, so that position, commit and version agree in every stream.
LOCK = "select pg_advisory_xact_lock(1, {bucket})"
LOCK_FACTS = "select pg_advisory_xact_lock(2, hashtext(%(lock)s))"
BUCKETS = 1024

REMEMBER = "insert into idempotency (key, fingerprint, answer) values (%(key)s, %(fingerprint)s, %(answer)s)"

STORE = """
with stored as (
    insert into event (stream, version, id, type, recorded_at, envelope)
    values (%(stream)s, %(version)s, %(id)s, %(type)s, %(time)s, %(envelope)s)
    returning position
)
insert into outbox select position from stored
"""

TOOK_PLACE = """
select 1 from event where id = any(%(ids)s::uuid[])
union all
select 1 from idempotency where key = %(key)s and cardinality(%(ids)s::uuid[]) = 0
"""
"""One transaction wrote all of it: any of its events stands for the rest; without events, its key does."""

READ = """
select stream, version, id, type, recorded_at, envelope from event
where stream = %(stream)s and version > %(after)s order by version
"""

READ_ALL = """
select position, stream, version, id, type, recorded_at, envelope from event
where position > %(after)s order by position limit %(limit)s
"""


class PostgresEventStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def session(self) -> Iterator["PostgresSession"]:
        """One command's dealings with the store. Leaves nothing behind that was not appended."""
        try:
            with self._database.connection() as connection:
                session = PostgresSession(self._database, connection)
                try:
                    yield session
                finally:
                    session.end()
        except PoolTimeout as error:
            raise Unavailable("no connection to the database") from error

    def read(self, stream: UUID, *, after: int = 0) -> list[Recorded]:
        with self._database.connection() as connection:
            return [Recorded(*row) for row in connection.execute(READ, {"stream": stream, "after": after})]

    def read_all(self, *, after: int = 0, limit: int = 1000) -> Iterator[tuple[int, Recorded]]:
        with self._database.connection() as connection:
            rows = connection.execute(READ_ALL, {"after": after, "limit": limit}).fetchall()
        for position, *event in rows:
            yield position, Recorded(*event)


class PostgresSession:
    def __init__(self, database: Database, connection: Connection) -> None:
        self._database = database
        self._connection = connection

    def load(self, stream: UUID, *, key: str | None = None, facts: Facts | None = None) -> Loaded:
        query = LOAD.format(facts=f"select to_jsonb(facts) from ({facts.query}) facts" if facts else NO_FACTS)
        parameters: dict[str, Any] = {"stream": stream, "key": key, **(facts.parameters if facts else {})}
        try:
            if facts and facts.lock:
                row = self._load_under_lock(query, {**parameters, "lock": facts.lock})
            else:
                row = self._connection.execute(query, parameters).fetchone()
        except errors.LockNotAvailable as error:
            raise Unavailable("a lock was not to be had in time") from error
        except psycopg.OperationalError as error:
            self._database.forget_broken()
            raise StaleConnection("the connection to the database was lost") from error
        assert row is not None
        clock, last, history, fingerprint, answer, found = row
        return Loaded(
            version=len(history),
            history=history,
            now=max(clock, last or clock).astimezone(UTC),
            answered=(fingerprint, msgspec.json.decode(answer, type=Answer)) if answer else None,
            facts=found or {},
        )

    def _load_under_lock(self, query: str, parameters: dict[str, Any]) -> tuple[Any, ...] | None:
        """Begins the transaction that the append will commit: the facts stay true until then."""
        cursor = ClientCursor(self._connection)
        cursor.execute(f"begin; {LOCK_FACTS}; {query}", parameters)
        while cursor.nextset():
            pass
        return cursor.fetchone()

    def load_many(self, streams: Sequence[UUID]) -> dict[UUID, list[str]]:
        """The histories of many streams, under their locks, in a transaction that the append will commit."""
        cursor = ClientCursor(self._connection)
        try:
            cursor.execute("; ".join(["begin", *_locks(streams)]))
            cursor.execute(
                "select stream, array_agg(envelope order by version) from event where stream = any(%(streams)s) group by 1",
                {"streams": list(streams)},
            )
            return dict(cursor.fetchall())
        except psycopg.OperationalError as error:
            raise Unavailable(str(error)) from error

    def facts(self, facts: Facts) -> dict[str, Any]:
        """The row of facts, under its lock where it has one, in the transaction that `load_many` began."""
        if facts.lock:
            self._connection.execute(LOCK_FACTS, {"lock": facts.lock})
        row = self._connection.execute(
            f"select to_jsonb(facts) from ({facts.query}) facts", facts.parameters
        ).fetchone()  # noqa: S608
        found: dict[str, Any] = row[0] if row else {}
        return found

    def clock(self) -> datetime:
        """The store's clock, inside the transaction that `load_many` began (UTC)."""
        row = self._connection.execute("select clock_timestamp()").fetchone()
        assert row is not None
        now: datetime = row[0]
        return now.astimezone(UTC)

    def append(
        self, append: Append, *, key: str | None = None, fingerprint: str = "", answer: Answer | None = None
    ) -> None:
        self.append_all([append], key=key, fingerprint=fingerprint, answer=answer)

    def append_all(
        self, appends: Sequence[Append], *, key: str | None = None, fingerprint: str = "", answer: Answer | None = None
    ) -> None:
        """All of it or nothing, in one round trip: one text of statements is one transaction."""
        text = self._text(appends, key, fingerprint, answer)
        try:
            self._connection.execute(text, prepare=False)
        except errors.UniqueViolation as error:
            if error.diag.constraint_name == "idempotency_key":
                raise KeyTaken(key) from error
            if error.diag.constraint_name in ("event_stream_version", "event_id"):
                raise Conflict(str(error.diag.message_detail)) from error
            raise
        except (errors.LockNotAvailable, errors.DeadlockDetected) as error:
            raise Unavailable(str(error)) from error
        except psycopg.OperationalError as error:
            self._find_out(appends, key, error)

    def _text(self, appends: Sequence[Append], key: str | None, fingerprint: str, answer: Answer | None) -> bytes:
        cursor = ClientCursor(self._connection)
        in_transaction = self._connection.info.transaction_status == TransactionStatus.INTRANS
        statements = _locks([append.stream for append in appends])
        if key is not None and answer is not None:
            text = msgspec.json.encode(answer).decode()
            statements.append(cursor.mogrify(REMEMBER, {"key": key, "fingerprint": fingerprint, "answer": text}))
        for append in appends:
            statements += [cursor.mogrify(STORE, _columns(event)) for event in append.events]
            statements += [cursor.mogrify(statement.sql, statement.parameters) for statement in append.statements]
        if in_transaction:
            statements.append("commit")
        return "; ".join(statements).encode()

    def _find_out(self, appends: Sequence[Append], key: str | None, error: psycopg.OperationalError) -> None:
        """The answer to the commit was lost: look whether it took place, and never append again blindly."""
        ids = [event.id for append in appends for event in append.events]
        self._database.forget_broken()
        try:
            with self._database.connection() as connection:
                for lock in _locks([append.stream for append in appends]):
                    connection.execute(lock)  # waits for the lost transaction, if it still runs
                found = connection.execute(TOOK_PLACE, {"ids": ids, "key": key}).fetchone()
        except psycopg.OperationalError as again:
            raise OutcomeUnknown(str(again)) from error
        if not found:
            raise OutcomeUnknown(str(error)) from error

    def end(self) -> None:
        """Gives up a transaction that was begun and not committed."""
        if self._connection.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR):
            self._connection.execute("rollback")


def _locks(streams: Iterable[UUID]) -> list[str]:
    """In one order for everybody, so that two imports can't wait for each other."""
    return [LOCK.format(bucket=bucket) for bucket in sorted({stream.int % BUCKETS for stream in streams})]


def _columns(event: Recorded) -> dict[str, Any]:
    return {
        "stream": event.stream,
        "version": event.version,
        "id": event.id,
        "type": event.type,
        "time": event.time,
        "envelope": event.envelope,
    }
