"""The event store in PostgreSQL. The rules it keeps, and why: infra/decisions/0002-event-store.md."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple
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

LOAD_MANY = """
select stream, array_agg(envelope order by version), max(recorded_at) from event where stream = any(%(streams)s)
group by stream
"""

BEGIN_IMPORT = "begin; set local idle_in_transaction_session_timeout = '60s'"
"""Tens of thousands of rows take longer to decide than a command may leave its transaction idle."""

# A stream's lock is one of 1,024: an import that appends to thousands of streams must not fill the server's lock table.
# It comes before the first row is written, so that position, commit and version agree in every stream.
LOCK = "select pg_advisory_xact_lock(1, {bucket})"
LOCK_FACTS = "select pg_advisory_xact_lock(2, hashtext(%(lock)s))"
BUCKETS = 1024

REMEMBER = "insert into idempotency (key, fingerprint, answer) values (%(key)s, %(fingerprint)s, %(answer)s)"

STORE = """
with stored as (
    insert into event (stream, version, id, type, recorded_at, envelope)
    values (%(_stream)s, %(_version)s, %(_id)s, %(_type)s, %(_time)s, %(_envelope)s)
    returning position
)
insert into outbox select position from stored
"""

# The usual append as one statement, which psycopg prepares: all of it reads from the lock's part, so the lock comes
# first. Its parts can't see each other's rows, so it serves one event with one statement for the read tables; parsing
# and planning four statements of a text each time took half as long again (measured in tests/benchmarks).
APPEND_ONE = """
with locked as materialized (select pg_advisory_xact_lock(1, %(_bucket)s)),
remembered as (
    insert into idempotency (key, fingerprint, answer)
    select %(_key)s, %(_fingerprint)s, %(_answer)s from locked where %(_key)s::text is not null
    returning key
),
stored as (
    insert into event (stream, version, id, type, recorded_at, envelope)
    select %(_stream)s, %(_version)s, %(_id)s, %(_type)s, %(_time)s, %(_envelope)s from locked
    where (select count(*) from remembered) <= 1  -- the key first: a repetition finds it taken, not a changed stream
    returning position
),
pointed as (insert into outbox select position from stored),
read_table as ({statement})
select position from stored
"""

REFUSED = (
    errors.LockNotAvailable,
    errors.DeadlockDetected,
    errors.IdleInTransactionSessionTimeout,
    errors.ReadOnlySqlTransaction,
)
"""Nothing was written, and it may go well another time."""

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


class Many(NamedTuple):
    """What an import begins with: history by stream (none for a new one), the store's clock, the row of facts.

    The clock (UTC) is never before the last event of any of the streams.
    """

    histories: dict[UUID, list[str]]
    now: datetime
    facts: dict[str, Any]


class PostgresSession:
    def __init__(self, database: Database, connection: Connection) -> None:
        self._database = database
        self._connection = connection

    def load(self, stream: UUID, *, key: str | None = None, facts: Facts | None = None) -> Loaded:
        query = LOAD.format(facts=_facts(facts))
        parameters: dict[str, Any] = {"stream": stream, "key": key, **(facts.parameters if facts else {})}
        try:
            if facts and facts.lock:
                rows = self._load_under_lock(query, {**parameters, "lock": facts.lock})
            else:
                rows = self._connection.execute(query, parameters).fetchall()
        except errors.LockNotAvailable as error:
            raise Unavailable("a lock was not to be had in time") from error
        except psycopg.OperationalError as error:
            self._database.forget_broken()
            raise StaleConnection("the connection to the database was lost") from error
        [(clock, last, history, fingerprint, answer, found)] = rows
        return Loaded(
            version=len(history),
            history=history,
            now=max(clock, last or clock).astimezone(UTC),
            answered=(fingerprint, msgspec.json.decode(answer, type=Answer)) if answer else None,
            facts=found or {},
        )

    def _load_under_lock(self, query: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
        """Begins the transaction that the append will commit: the facts stay true until then."""
        cursor = ClientCursor(self._connection)
        cursor.execute(f"begin; {LOCK_FACTS}; {query}", parameters)
        while cursor.nextset():
            pass
        return cursor.fetchall()

    def load_many(self, streams: Sequence[UUID], *, facts: Facts | None = None) -> Many:
        """Many streams as they stand, under their locks, in a transaction that the append will commit.

        The lock of the facts comes first, as in a command: the other way round, an import and a command could wait for
        each other.
        """
        cursor = ClientCursor(self._connection)
        try:
            cursor.execute(BEGIN_IMPORT)
            if facts and facts.lock:
                cursor.execute(LOCK_FACTS, {"lock": facts.lock})
            if streams:
                cursor.execute("; ".join(_locks(streams)))
            cursor.execute(LOAD_MANY, {"streams": list(streams)})
            found = cursor.fetchall()
            cursor.execute(
                f"select clock_timestamp(), ({_facts(facts)})",
                facts.parameters if facts else {},
            )
            [(clock, row)] = cursor.fetchall()
        except errors.LockNotAvailable as error:
            raise Unavailable("a lock was not to be had in time") from error
        except psycopg.OperationalError as error:
            self._database.forget_broken()
            raise StaleConnection("the connection to the database was lost") from error
        histories = {stream: history for stream, history, _ in found}
        now = max([clock, *(last for _, _, last in found)])
        return Many(histories, now.astimezone(UTC), row or {})

    def append(
        self, append: Append, *, key: str | None = None, fingerprint: str = "", answer: Answer | None = None
    ) -> None:
        self.append_all([append], key=key, fingerprint=fingerprint, answer=answer)

    def append_all(
        self, appends: Sequence[Append], *, key: str | None = None, fingerprint: str = "", answer: Answer | None = None
    ) -> None:
        """All of it or nothing, in one round trip: one text of statements is one transaction."""
        try:
            if self._is_usual(appends):
                self._append_one(appends[0], key, fingerprint, answer)
            else:
                self._connection.execute(self._text(appends, key, fingerprint, answer), prepare=False)
        except errors.UniqueViolation as error:
            if error.diag.constraint_name == "idempotency_key":
                raise KeyTaken(key) from error
            if error.diag.constraint_name in ("event_stream_version", "event_id"):
                raise Conflict(str(error.diag.message_detail)) from error
            raise
        except REFUSED as error:
            raise Unavailable(str(error)) from error
        except psycopg.OperationalError as error:
            self._find_out(appends, key, error)

    def _is_usual(self, appends: Sequence[Append]) -> bool:
        """One event with one statement, outside of a transaction that the loading began."""
        return (
            len(appends) == 1
            and len(appends[0].events) == 1
            and len(appends[0].statements) == 1
            and self._connection.info.transaction_status == TransactionStatus.IDLE
        )

    def _append_one(self, append: Append, key: str | None, fingerprint: str, answer: Answer | None) -> None:
        [event], [statement] = append.events, append.statements
        parameters = {
            **statement.parameters,
            **_columns(event),
            "_bucket": _bucket(event.stream),
            "_key": key,
            "_fingerprint": fingerprint,
            "_answer": None if answer is None else msgspec.json.encode(answer).decode(),
        }
        self._connection.execute(_append_one(statement.sql), parameters)

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
    return [LOCK.format(bucket=bucket) for bucket in sorted(set(map(_bucket, streams)))]


def _bucket(stream: UUID) -> int:
    return stream.int % BUCKETS


def _facts(facts: Facts | None) -> str:
    """The service's own query as one value: its row, as JSON."""
    return f"select to_jsonb(facts) from ({facts.query}) facts" if facts else "select null::jsonb"  # noqa: S608


def _columns(event: Recorded) -> dict[str, Any]:
    """Underscored, so that they can stand beside a read table's own parameters."""
    return {
        "_stream": event.stream,
        "_version": event.version,
        "_id": event.id,
        "_type": event.type,
        "_time": event.time,
        "_envelope": event.envelope,
    }


@cache
def _append_one(statement: str) -> str:
    return APPEND_ONE.format(statement=statement)
