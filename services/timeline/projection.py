"""A batch of events → rows, set-based: versions of what changes, and facts, which are told once.

One query, one update and one COPY per table of versions, and a COPY per table of facts. What an event means in a row is
said in `meanings.py`.

An event changes few columns, so each item carries its row as COPY takes it: only what changed is put into bytes anew.
Until when a row was known is its last column, as what follows decides it. Rows are written in the order of their keys,
which costs an index half as much.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

import msgspec
from psycopg import sql

from services.timeline.meanings import MEANINGS, TABLES, Meaning, Row, Versions
from shared import copying
from shared.copying import ID, INTEGER, MOMENT, NULL
from shared.database import Connection
from shared.envelope import Envelope

ID_AT, VERSION, RECORDED_FROM = range(3)
"""The places of the first columns of every table."""
SOURCE = slice(3, 7)
"""Of the columns with the event, in a table that is `sourced`."""

Told = tuple[Envelope, Meaning]
"""An event, and what it means."""


class TimelineProjection:
    """What the events of all services mean on the timeline."""

    def apply(self, connection: Connection, events: Sequence[Envelope]) -> Mapping[str, tuple[int, str]]:
        stories: dict[LiteralString, dict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
        for event in events:
            if meaning := MEANINGS.get(event.type):
                stories[meaning.about.table][event.subject].append((event, meaning))
        failures: dict[str, tuple[int, str]] = {}
        for name, by_item in stories.items():
            failures.update(_project(connection, TABLES[name].about, by_item))
        return failures


@dataclass(slots=True)
class Item:
    """The newest version of an item: `row` is what folds ask for, `fields` all that COPY needs but until when."""

    row: Row
    fields: list[bytes]
    recorded_from: datetime | None = None


def _project(
    connection: Connection, about: Versions, stories: Mapping[str, Sequence[Told]]
) -> dict[str, tuple[int, str]]:
    """Versions of items and the facts that are told of them: together, as a stream is one story, and stops as one."""
    begun = _items_now(connection, about, [id_ for id_, story in stories.items() if story[0][0].sequence > 1])
    written: dict[LiteralString, list[bytes]] = defaultdict(list)
    closed: list[Closed] = []
    failures: dict[str, tuple[int, str]] = {}
    for id_ in sorted(stories):
        item = begun.get(id_) or _new(about, id_)
        before = item.fields[VERSION]
        rows: list[bytes] = []
        for event, meaning in stories[id_]:
            try:
                if meaning.table is not about:
                    written[meaning.table.table].append(_next(_fact(item, meaning), event, meaning))
                    continue
                row = _next(item, event, meaning)
            except (LookupError, *copying.UNFIT) as error:
                failures[id_] = (event.sequence, f"{type(error).__name__}: {error}")
                break
            if rows:
                rows[-1] += item.fields[RECORDED_FROM]
            elif id_ in begun:
                closed.append((item.fields[ID_AT], before, item.fields[RECORDED_FROM]))
            rows.append(row)
        if rows:
            rows[-1] += copying.INFINITY
            written[about.table] += rows
    _close(connection, about, closed)
    for name, rows in written.items():
        copying.write(connection, name, [*TABLES[name].columns], rows)
    return failures


def _new(table: Versions, id_: str) -> Item:
    """Before its first event."""
    item = Item(table.empty.copy(), table.nothing.copy())
    item.fields[ID_AT] = copying.uuid(id_)
    return item


def _fact(item: Item, meaning: Meaning) -> Item:
    """What is told of an item, in a row of its own: nothing of it changes the item's."""
    return Item(item.row.copy(), [item.fields[ID_AT], *meaning.table.nothing[1:]], item.recorded_from)


def _next(item: Item, event: Envelope, meaning: Meaning) -> bytes:
    """The row after the event, for COPY, but for until when it is known. An item whose event can't be applied is not to
    be used any more.
    """
    data = _decoded(event.data)
    row, fields = item.row, item.fields
    for place, name, field in meaning.taken:
        value = data[name]
        fields[place] = NULL if value is None else field(value)
    for place, name, field in meaning.may_be_taken:
        value = data.get(name)
        fields[place] = NULL if value is None else field(value)
    for place, constant in meaning.constant:
        fields[place] = constant
    if meaning.fold:
        places = meaning.table.fields
        for column, value in meaning.fold(row, data).items():
            place, field = places[column]
            fields[place] = NULL if value is None else field(value)
            if column in row:
                row[column] = value
    for column, name in meaning.keeps:
        row[column] = data.get(name)
    if meaning.table.sourced:
        actor, reason = event.actor, data.get("reason")
        fields[SOURCE] = (
            copying.whole_uuid(event.id),
            copying.word(event.type),
            NULL if actor is None else copying.word(actor),
            NULL if reason is None else copying.text(reason),
        )
    time, before = event.time, item.recorded_from
    if before is not None and before > time:
        time = before  # a clock that ran backwards doesn't make an event known before what it changes, or is told of
    item.recorded_from = time
    fields[VERSION] = copying.integer(event.sequence)
    fields[RECORDED_FROM] = copying.moment(time)
    return b"".join(fields)


def _items_now(connection: Connection, table: Versions, ids: Iterable[str]) -> dict[str, Item]:
    """The newest version of each item, by id."""
    if not ids:
        return {}
    query = sql.SQL("select {} from {} where id = any(%s::uuid[]) and recorded_to = 'infinity'").format(
        sql.SQL(", ").join(map(sql.Identifier, table.columns)), sql.Identifier(table.table)
    )
    found = connection.cursor(binary=True).execute(query, [_array(ids)]).pgresult
    assert found  # noqa: S101 - of a query there is a result
    kinds = [*table.columns.values()]
    items: dict[str, Item] = {}
    for number in range(found.ntuples):
        contents = [found.get_value(number, place) for place in range(len(kinds))]
        items[ID.taken(contents[ID_AT])] = Item(
            {column: table.told[column].taken(contents[table.fields[column][0]]) for column in table.kept},
            [*map(copying.field, contents[:-1])],
            MOMENT.taken(contents[RECORDED_FROM]),
        )
    return items


Closed = tuple[bytes, bytes, bytes]
"""A row that was the newest one: id, version, and until when it was known, as fields."""


def _close(connection: Connection, table: Versions, rows: Sequence[Closed]) -> None:
    """The rows that were the newest ones are now known until their successors came."""
    if not rows:
        return
    keys = (
        [kind.take(field[4:]) for field in fields]
        for kind, fields in zip((ID, INTEGER, MOMENT), zip(*rows, strict=True), strict=True)
    )
    query = sql.SQL(
        "update {} v set recorded_to = n.recorded_to"
        " from unnest(%s::uuid[], %s::int[], %s::timestamptz[]) n(id, version, recorded_to)"
        " where v.id = n.id and v.version = n.version"
    ).format(sql.Identifier(table.table))
    connection.execute(query, [*map(_array, keys)])


def _array(items: Iterable[Any]) -> str:
    """An array of ids, numbers or moments as PostgreSQL writes it: psycopg would look at each item in Python."""
    return "{" + ",".join([f'"{item}"' for item in items]) + "}"


_decoded = msgspec.json.Decoder().decode
