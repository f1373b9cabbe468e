"""A read model as a schema of its own, marked with the definition that made it.

The mark is the schema's comment: tables and mark are made, renamed and dropped in one transaction.
"""

import hashlib
from collections.abc import Callable

from psycopg import sql

from shared.database import Connection
from shared.inbox import TABLES
from shared.inbox.consumer import Stuck

MARK = "select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = %s"
MINE = "select obj_description(current_schema()::regnamespace, 'pg_namespace')"


def fingerprint(*definition: str) -> str:
    """Of everything that decides what a read model holds; the inbox's own tables are part of it always."""
    return hashlib.sha256("\0".join([TABLES, *definition]).encode()).hexdigest()[:16]


def alone(connection: Connection, lock: int) -> None:
    """Until the connection ends, nobody else makes this read model; waits for whoever does, however long.

    `lock`: the number of the advisory lock, one for each kind of read model.
    """
    patience = connection.execute("show lock_timeout").fetchall()[0][0]
    connection.execute("select set_config('lock_timeout', '0', false), set_config('statement_timeout', '0', false)")
    connection.execute("select pg_advisory_lock(%s)", [lock])
    connection.execute("select set_config('lock_timeout', %s, false)", [patience])


def create(connection: Connection, schema: str, tables: str, mark: str) -> None:
    """The schema with the inbox's tables and these, empty; what was there under its name is gone."""
    name = sql.Identifier(schema)
    with connection.transaction():
        connection.execute(sql.SQL("drop schema if exists {} cascade").format(name))
        connection.execute(sql.SQL("create schema {}").format(name))
        connection.execute(sql.SQL("set local search_path to {}").format(name))
        connection.execute(TABLES.encode(), prepare=False)
        connection.execute(tables.encode(), prepare=False)
        connection.execute(sql.SQL("comment on schema {} is {}").format(name, sql.Literal(mark)))


def mark_of(connection: Connection, schema: str) -> str | None:
    """The mark that it was created with; "" when it has none, None when there is no such schema."""
    found = connection.execute(MARK, [schema]).fetchone()
    return None if found is None else found[0] or ""


def check(own: str) -> Callable[[Connection], None]:
    """For a `Consumer`: raises Stuck where the read model that is there now was made by another definition.

    Another program would leave out what it doesn't know, and count it as applied.
    """

    def check(connection: Connection) -> None:
        found = connection.execute(MINE).fetchall()
        if found != [(own,)]:
            raise Stuck(f"the read model was made by another definition, {found[0][0]}; this program's is {own}")

    return check
