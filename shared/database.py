"""Connections to a service's own PostgreSQL: a pool per process, opened after the server has forked."""

import os
import select
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

Connection = psycopg.Connection[tuple[Any, ...]]

CONNECT_SECONDS = 5
"""How long a request waits for a connection before it is told that the database can't be reached."""

OPTIONS = (
    "-c statement_timeout=30s -c lock_timeout=5s -c idle_in_transaction_session_timeout=15s"
    " -c jit=off -c max_parallel_workers_per_gather=0"
)
"""Questions are short: to compile them, or to start other processes for them, takes longer than to answer them."""

KEPT_ALIVE: Mapping[str, Any] = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 35_000,
}
"""A server that is silent because it is not there any more is given up after 25 s, what is sent to it after 35: nothing
that the server measures, as `statement_timeout`, ends a wait for it.
"""


class Database:
    """The connections are in autocommit: a statement, or a text of several, is a transaction of its own."""

    def __init__(self, url: str, *, size: int = 8, search_path: str = "public") -> None:
        self.url = url
        self._size = size
        self._options = f"{OPTIONS} -c search_path={search_path}"
        self._pool: ConnectionPool[Connection] | None = None
        self._pid = 0
        self.lost = 0
        """How often a connection was found dead: another number is, perhaps, another life of the server."""
        self._opening = threading.Lock()

    @property
    def pool(self) -> ConnectionPool[Connection]:
        if self._pool is None or self._pid != os.getpid():
            with self._opening:
                if self._pool is None or self._pid != os.getpid():
                    self._pool = ConnectionPool(
                        self.url,
                        kwargs={
                            "autocommit": True,
                            "options": self._options,
                            "connect_timeout": CONNECT_SECONDS,
                            **KEPT_ALIVE,
                        },
                        configure=_assert_durable,
                        min_size=1,
                        max_size=self._size,
                        timeout=CONNECT_SECONDS,
                        open=True,
                    )
                    self._pid = os.getpid()
        return self._pool

    @contextmanager
    def connection(self, timeout: float | None = None) -> Iterator[Connection]:
        """A connection from the pool, none whose server went away meanwhile.

        Raises `psycopg.OperationalError` when none is to be had in time.
        """
        pool = self.pool
        connection = pool.getconn(timeout)
        if not _is_alive(connection):
            self.lost += 1
            pool.putconn(connection)
            self.forget_broken()
            connection = pool.getconn(timeout)
        try:
            yield connection
        finally:
            self.lost += connection.closed
            pool.putconn(connection)  # in autocommit there is nothing to commit; what was begun, the pool rolls back

    def forget_broken(self) -> None:
        """After a connection was found dead: look at the idle ones too, so that the next request gets a live one."""
        self.pool.check()

    def reachable(self) -> bool:
        try:
            with self.connection(timeout=1) as connection:
                connection.execute("select 1")
        except (psycopg.OperationalError, PoolTimeout):
            return False
        return True

    def close(self) -> None:
        if self._pool is not None and self._pid == os.getpid():
            self._pool.close()
            self._pool = None


def _is_alive(connection: Connection) -> bool:
    """Without asking, unless the server has said something of its own: mostly that it goes away."""
    said = select.poll()
    said.register(connection.fileno(), select.POLLIN)
    if not said.poll(0):
        return True
    try:
        connection.execute("select 1")
    except psycopg.OperationalError:
        return False
    return True


def _assert_durable(connection: Connection) -> None:
    """An acknowledged append must survive a crash of the server (infra/decisions/0002-event-store.md)."""
    row = connection.execute("show synchronous_commit").fetchone()
    if row is None or row[0] == "off":
        raise RuntimeError("synchronous_commit is off: an acknowledged command could be lost. Turn it on.")
