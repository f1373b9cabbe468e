"""Files that were uploaded and are not imported yet: kept between the steps of a page, a day at most."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from shared.eventstore import Answer, Append, Statement
from shared.importing.header import Chosen

Database = Connection[tuple[Any, ...]]

MOST = 200
"""Uploads that are kept, the newest of them."""
LARGEST = 512 * 1024 * 1024
"""Bytes of all their contents together."""
NAME = 200
"""Characters of a file's name."""

STORE = """
insert into upload (id, kind, filename, content) values (%(id)s, %(kind)s, %(filename)s, %(content)s)
"""

FIND = """
select id, kind, filename, content, mapping, created_at, imported_at, answer from upload
where id = %(id)s and kind = %(kind)s and created_at > clock_timestamp() - interval '24 hours'
"""

SET_MAPPING = "update upload set mapping = %(mapping)s where id = %(id)s and imported_at is null"

MARK_IMPORTED = "update upload set imported_at = clock_timestamp(), answer = %(answer)s where id = %(id)s"

PURGE = """
delete from upload where created_at <= clock_timestamp() - interval '24 hours' or id in (
    select id from (
        select id, row_number() over newest as number, sum(octet_length(content)) over newest as bytes from upload
        window newest as (order by created_at desc, id)
    ) counted
    where number > %(most)s or (bytes > %(largest)s and number > 1)
)
"""


@dataclass(frozen=True)
class Upload:
    """mapping: what the person said of its columns, None before. answer: of the import, None before."""

    id: UUID
    kind: str
    filename: str
    content: bytes
    mapping: dict[str, str | None] | None
    created_at: datetime
    imported_at: datetime | None
    answer: dict[str, Any] | None


def store(connection: Database, kind: str, filename: str | None, content: bytes) -> UUID:
    """Keep a file; the id is not to be guessed by somebody else. Older ones are thrown away on the way."""
    upload = uuid4()
    name = (filename or "").replace("\x00", "")[:NAME]
    with connection.transaction():
        connection.execute(STORE, {"id": upload, "kind": kind, "filename": name, "content": content})
        purge(connection)
    return upload


def find(connection: Database, kind: str, upload: UUID) -> Upload | None:
    """None where there is none of this kind, or no longer."""
    with connection.cursor(row_factory=class_row(Upload)) as rows:
        return rows.execute(FIND, {"id": upload, "kind": kind}).fetchone()


def set_mapping(connection: Database, upload: UUID, mapping: Chosen) -> None:
    connection.execute(SET_MAPPING, {"id": upload, "mapping": Jsonb(dict(mapping))})


def mark_imported(upload: UUID, answer: Answer) -> Append:
    """For the append that stores the events: all of it or nothing."""
    told = msgspec.json.encode(answer.body).decode()
    return Append(upload, 0, [], [Statement(MARK_IMPORTED, {"id": upload, "answer": told})])


def purge(connection: Database, *, most: int = MOST, largest: int = LARGEST) -> int:
    """Throw away what is older than a day, and the oldest of what is too much; how many those were."""
    return connection.execute(PURGE, {"most": most, "largest": largest}).rowcount
