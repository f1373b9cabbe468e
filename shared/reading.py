"""Queries of an owning service: its read tables and its history, page by page."""

from collections.abc import Mapping
from typing import Any, LiteralString
from uuid import UUID

import msgspec
from flask import Response, request
from psycopg.rows import dict_row

from shared import envelope
from shared.commands import Aggregate, NotFound
from shared.database import Database
from shared.eventstore import EventStore
from shared.http import Problem

PAGE = 100
LARGEST_PAGE = 1000


def page(database: Database, query: LiteralString, parameters: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """One page of a list: `{items, next}`; `next` is the cursor of the following page, null on the last.

    The query gives rows with a `number` (order of creation) and takes %(after)s and %(limit)s.
    """
    after, limit = cursor(), size()
    if any("\x00" in value for value in (parameters or {}).values() if isinstance(value, str)):
        return {"items": [], "next": None}  # PostgreSQL keeps no NUL, so nothing has this value
    with database.connection() as connection, connection.cursor(row_factory=dict_row) as rows:
        found = rows.execute(query, {**(parameters or {}), "after": after, "limit": limit + 1}).fetchall()
    items = found[:limit]
    following = str(items[-1]["number"]) if len(found) > limit else None
    return {"items": [_without_number(item) for item in items], "next": following}


def cursor() -> int:
    try:
        after = int(request.args.get("cursor", "0"))
    except ValueError as error:
        raise Problem(400, "cursor-malformed") from error
    if not 0 <= after < 2**63:
        raise Problem(400, "cursor-malformed")
    return after


def size() -> int:
    given = request.args.get("limit", str(PAGE))
    return max(1, min(int(given), LARGEST_PAGE)) if given.isascii() and given.isdigit() else PAGE


def one(database: Database, query: LiteralString, parameters: Mapping[str, Any]) -> Response:
    """One item with its ETag. Raises NotFound."""
    with database.connection() as connection, connection.cursor(row_factory=dict_row) as rows:
        found = rows.execute(query, parameters).fetchone()
    if found is None:
        raise NotFound
    response = Response(msgspec.json.encode(_without_number(found)), mimetype="application/json")
    response.headers["ETag"] = f'"{found["version"]}"'
    return response


def history(store: EventStore, aggregate: Aggregate, stream: UUID) -> dict[str, Any]:
    """Every event of a stream in order, with what was recorded when and why.

    Raises NotFound, also where the stream is one of another kind: a store may have several.
    """
    recorded = store.read(stream)
    if not recorded or not aggregate.holds(recorded[0].type):
        raise NotFound(stream)
    return {"items": [_told(event.envelope) for event in recorded]}


def _told(text: str) -> dict[str, Any]:
    read = envelope.read(text)
    data = msgspec.json.decode(read.data)
    return {
        "version": read.sequence,
        "type": read.type,
        "id": read.id,
        "time": read.time,
        "reason": data.get("reason"),
        "data": data,
    }


def _without_number(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "number"}
