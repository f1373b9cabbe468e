"""Rows for PostgreSQL's COPY in its binary format: a value is put into bytes once, and PostgreSQL has no text to read.

A field is its length and its content, a row the number of its fields and the fields (PostgreSQL documentation, COPY,
"Binary Format"). What an event says may be anything: what is not of the column's type raises one of `UNFIT`, or is
PostgreSQL's to refuse.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from struct import Struct
from typing import Any
from uuid import UUID

from psycopg import sql

from shared.database import Connection

NULL = b"\xff\xff\xff\xff"
INFINITY = b"\0\0\0\x08\x7f" + b"\xff" * 7
"""The moment that is later than all others."""

UNFIT = (ValueError, TypeError, AttributeError, OverflowError)

_BEGIN = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"
_FIRST_DAY = date(2000, 1, 1).toordinal()
_FIRST_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)
_length = Struct(">I").pack
_moment_field = Struct(">Iq").pack
_UUID_LENGTH = _length(16)
_OIDS = {"text": 25, "uuid": 2950}


@dataclass(frozen=True)
class Kind:
    """A type of column.

    put: a value → its field. take: the content of a field → the value. nothing: the field of a new row.
    """

    name: str
    put: Callable[[Any], bytes]
    take: Callable[[bytes], Any]
    nothing: bytes = NULL
    empty: Any = None

    def field(self, value: Any) -> bytes:
        return NULL if value is None else self.put(value)

    def taken(self, content: bytes | None) -> Any:
        return None if content is None else self.take(content)


def field(content: bytes | None) -> bytes:
    return NULL if content is None else _length(len(content)) + content


def text(value: str) -> bytes:
    content = str.encode(value)
    return _length(len(content)) + content


word = lru_cache(1024)(text)
"""Text that comes again and again."""


def uuid(value: str) -> bytes:
    """`value`: with hyphens or without."""
    content = bytes.fromhex(str.replace(value, "-", ""))
    if len(content) != 16:  # noqa: PLR2004
        raise ValueError(f"no UUID: {value}")
    return _UUID_LENGTH + content


def whole_uuid(value: UUID) -> bytes:
    return _UUID_LENGTH + value.int.to_bytes(16)


@lru_cache(1024, typed=True)  # 1.0 is none
def integer(value: int) -> bytes:
    return b"\0\0\0\4" + int.to_bytes(value, 4, signed=True)


def bigint(value: int) -> bytes:
    return b"\0\0\0\x08" + int.to_bytes(value, 8, signed=True)


@lru_cache(4096)
def day(value: str) -> bytes:
    """`value`: as JSON has it. PostgreSQL would take other spellings too."""
    return b"\0\0\0\4" + (date.fromisoformat(value).toordinal() - _FIRST_DAY).to_bytes(4, signed=True)


def moment(value: datetime) -> bytes:
    since = value - _FIRST_MOMENT
    return _moment_field(8, (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)


def _array(element: str, put: Callable[[Any], bytes]) -> Callable[[list[Any]], bytes]:
    """Of one dimension, numbered from 1: dimensions, whether there are nulls, the type, length and first number."""
    oid = _OIDS[element].to_bytes(4)
    none = (12).to_bytes(4) + bytes(8) + oid
    begin = (1).to_bytes(4) + bytes(4) + oid

    @lru_cache(1024)
    def head(size: int, count: int) -> bytes:
        return _length(20 + size) + begin + _length(count) + b"\0\0\0\1"

    def field(values: list[Any]) -> bytes:
        if type(values) is not list:
            raise TypeError(f"no list: {values}")
        if not values:
            return none
        content = b"".join(map(put, values))
        return head(len(content), len(values)) + content

    return field


def _elements(take: Callable[[bytes], Any]) -> Callable[[bytes], list[Any]]:
    def elements(content: bytes) -> list[Any]:
        found, at = [], 20
        while at < len(content):
            end = at + 4 + int.from_bytes(content[at : at + 4])
            found.append(take(content[at + 4 : end]))
            at = end
        return found

    return elements


def _uuid(content: bytes) -> str:
    return str(UUID(bytes=content))


def _number(content: bytes) -> int:
    return int.from_bytes(content, signed=True)


def _day(content: bytes) -> str:
    return date.fromordinal(_number(content) + _FIRST_DAY).isoformat()


def _moment(content: bytes) -> datetime:
    return _FIRST_MOMENT + timedelta(microseconds=_number(content))


_texts = _array("text", text)
_again = lru_cache(4096)(uuid)
_uuids = _array("uuid", _again)
whole_uuids = _array("uuid", whole_uuid)

TEXT = Kind("text", text, bytes.decode)
WORD = Kind("text", word, bytes.decode)
ID = Kind("uuid", uuid, _uuid)
REFERENCE = Kind("uuid", _again, _uuid)
INTEGER = Kind("integer", integer, _number)
BIGINT = Kind("bigint", bigint, _number)
DAY = Kind("date", day, _day)
MOMENT = Kind("timestamp with time zone", moment, _moment)
TEXTS = Kind("text[]", _texts, _elements(bytes.decode), _texts([]), ())
IDS = Kind("uuid[]", _uuids, _elements(_uuid), _uuids([]), ())


def write(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[bytes]) -> None:
    """Rows, each the fields of these columns one after another."""
    if not rows:
        return
    query = sql.SQL("copy {} ({}) from stdin (format binary)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    begin = len(columns).to_bytes(2)
    with connection.cursor().copy(query) as copy:
        copy.write(b"".join((_BEGIN, begin, begin.join(rows), _END)))
