"""Events → names. A tolerant reader: it takes what it knows from any version of an event, and refuses none.

A name that can't be read is no reason to hold a stream up: what was known before stays.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from typing import Any
from uuid import UUID

import msgspec

from shared.database import Connection
from shared.envelope import Envelope
from shared.references.lists import Reference
from shared.references.sources import Source, Wire

TYPE = re.compile(r"samtidig\.(?P<kind>[^.]+)\.(?P<happened>[^.]+)\.v\d+")

KNOWN = "select kind, id, external_id, title, part_of, note, active from reference where id = any(%(ids)s)"

WRITE = """
insert into reference (kind, id, external_id, title, part_of, note, active) values (%s, %s, %s, %s, %s, %s, %s)
on conflict (kind, id) do update set external_id = excluded.external_id, title = excluded.title,
    part_of = excluded.part_of, note = excluded.note, active = excluded.active
"""


class ReferenceProjection:
    """The projection of `shared.inbox` for these sources."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._kinds: dict[str, Wire] = {kind: wire for source in sources for kind, wire in source.kinds.items()}

    def apply(self, connection: Connection, events: Sequence[Envelope]) -> Mapping[str, tuple[int, str]]:
        found = connection.execute(KNOWN, {"ids": [UUID(event.subject) for event in events]}).fetchall()
        known = {(kind, columns[0]): Reference(*columns) for kind, *columns in found}
        changed: dict[tuple[str, UUID], Reference] = {}
        for event in events:
            of = TYPE.fullmatch(event.type)
            if of and (wire := self._kinds.get(of["kind"])):
                key = (of["kind"], UUID(event.subject))
                before = changed.get(key) or known.get(key)
                after = fold(wire, before or Reference(key[1]), of["happened"], event.data)
                if after != before and after.title:
                    changed[key] = after
        rows = [(kind, *astuple(reference)) for (kind, _), reference in changed.items()]
        connection.cursor().executemany(WRITE, rows)
        return {}


def fold(wire: Wire, before: Reference, happened: str, raw: msgspec.Raw) -> Reference:
    """What the item is called after this event."""
    if happened in wire.ends:
        return replace(before, active=False)
    if happened not in wire.names:
        return before
    data = _data(raw)
    return replace(
        before,
        external_id=_text(data.get(wire.external_id)) or before.external_id,
        title=_text(data.get(wire.title)) or before.title,
        part_of=_id(data[wire.part_of]) if wire.part_of in data else before.part_of,
        note=_text(data[wire.note]) if wire.note in data else before.note,
    )


def _data(raw: msgspec.Raw) -> dict[str, Any]:
    try:
        data = msgspec.json.decode(raw)
    except (msgspec.DecodeError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _text(value: object) -> str | None:
    """Numbers too: a plan's year. PostgreSQL takes no NUL."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).replace("\x00", "").strip() or None


def _id(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
