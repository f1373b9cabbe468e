"""Queries of an owning service: its read tables and its history, page by page."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, LiteralString
from uuid import UUID

import marshmallow
import msgspec
from flask import Response
from marshmallow import ValidationError
from psycopg.rows import dict_row

from shared import envelope
from shared.commands import Aggregate, NotFound, changes
from shared.database import Database
from shared.eventstore import EventStore
from shared.fields import Containing, Schema, Text

PAGE = 100
LARGEST_PAGE = 1000


# What a list is asked for


class Cursor(marshmallow.fields.String):
    """Where a page begins: opaque to the client, the `number` of the row before it to us."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> Any:
        written = super()._deserialize(value, attr, data, **options)
        if not (written.isascii() and written.isdigit() and int(written) < 2**63):
            raise ValidationError("cursor-malformed")
        return int(written)


class ListSchema(Schema):
    """What every list takes; a service's own filters come on top."""

    cursor = Cursor(load_default=0, metadata={"description": "`next` of the page before"})
    limit = marshmallow.fields.Integer(
        load_default=PAGE,
        error_messages={"invalid": "wrong-type?detail=number"},
        validate=marshmallow.validate.Range(1, LARGEST_PAGE, error=f"out-of-range?minimum=1&maximum={LARGEST_PAGE}"),
        metadata={"description": "items on a page"},
    )


class SearchSchema(ListSchema):
    text = Containing(load_default=None, metadata={"description": "words in titles, descriptions or names, in order"})


# What is answered


@cache
def listed(item: type[Schema]) -> marshmallow.Schema:
    """The schema of a page of such items."""
    page: dict[str, marshmallow.fields.Field[Any]] = {
        "items": marshmallow.fields.List(marshmallow.fields.Nested(item), required=True),
        "next": marshmallow.fields.String(
            allow_none=True, required=True, metadata={"description": "cursor of the following page; null on the last"}
        ),
    }
    return Schema.from_dict(page, name=f"{item.__name__.removesuffix('Schema')}List")()


class ChangedSchema(Schema):
    """A field that an event changed."""

    field = Text()
    before = marshmallow.fields.Raw(allow_none=True)
    after = marshmallow.fields.Raw(allow_none=True)


class EventSchema(Schema):
    """One event of an item's history: what was recorded when, by whom and why."""

    version = marshmallow.fields.Integer()
    type = Text()
    id = marshmallow.fields.UUID()
    time = marshmallow.fields.DateTime()
    by = Text(allow_none=True, metadata={"description": "the role or unit that acted, where it was said"})
    reason = Text(allow_none=True)
    data = marshmallow.fields.Dict(metadata={"description": "the event's own data, as its contract describes it"})
    changes = marshmallow.fields.List(marshmallow.fields.Nested(ChangedSchema))


class HistorySchema(Schema):
    items = marshmallow.fields.List(marshmallow.fields.Nested(EventSchema))


def page(database: Database, query: LiteralString, asked: Mapping[str, Any]) -> Response:
    """One page of a list: `{items, next}`; `asked` is what a ListSchema has read.

    The query gives rows with a `number` (order of creation) and takes %(after)s and %(limit)s.
    """
    limit = asked["limit"]
    items: list[dict[str, Any]] = []
    if not any("\x00" in value for value in asked.values() if isinstance(value, str)):  # PostgreSQL keeps no NUL
        parameters = {**asked, "after": asked["cursor"], "limit": limit + 1}
        with database.connection() as connection, connection.cursor(row_factory=dict_row) as rows:
            items = rows.execute(query, parameters).fetchall()
    following = str(items[limit - 1]["number"]) if len(items) > limit else None
    return _json({"items": [_without_number(item) for item in items[:limit]], "next": following})


def one(database: Database, query: LiteralString, parameters: Mapping[str, Any]) -> Response:
    """One item with its ETag. Raises NotFound."""
    with database.connection() as connection, connection.cursor(row_factory=dict_row) as rows:
        found = rows.execute(query, parameters).fetchone()
    if found is None:
        raise NotFound
    response = _json(_without_number(found))
    response.headers["ETag"] = f'"{found["version"]}"'
    return response


def history(store: EventStore, aggregate: Aggregate, stream: UUID) -> Response:
    """Every event of a stream in order: who, when, why, and each field before and after.

    Raises NotFound, also where the stream is one of another kind: a store may have several.
    """
    recorded = store.read(stream)
    if not recorded or not aggregate.holds(recorded[0].type):
        raise NotFound(stream)
    return _json({"items": list(_told(aggregate, [event.envelope for event in recorded]))})


def _told(aggregate: Aggregate, texts: list[str]) -> Iterator[dict[str, Any]]:
    state = None
    for text in texts:
        read = envelope.read(text)
        data = msgspec.json.decode(read.data)
        before, state = state, aggregate.evolve(state, read)
        yield {
            "version": read.sequence,
            "type": read.type,
            "id": read.id,
            "time": read.time,
            "by": read.actor,
            "reason": data.get("reason"),
            "data": data,
            "changes": changes(before, state),
        }


def _json(body: Mapping[str, Any]) -> Response:
    return Response(msgspec.json.encode(body), mimetype="application/json")


def _without_number(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "number"}
