"""Notes, wired as the real services are."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from shared.commands import Aggregate
from shared.envelope import Catalogue, Trace
from shared.eventstore import Append, Statement
from shared.service import Service
from shared.tests.notes import domain
from shared.tests.notes.domain import EVENTS, Written

TOPIC = "notes.events"

COUNT = """
insert into note (id, lines, last) values (%(id)s, 1, %(line)s)
on conflict (id) do update set lines = note.lines + 1, last = excluded.last
"""

CATALOGUE = Catalogue("notes", EVENTS)
NOTE = Aggregate(
    "note", domain, CATALOGUE, lambda event, row: [Statement(COUNT, {"id": row.stream, "line": event.line})]
)
SERVICE = Service(
    name="notes",
    title="notes",
    topic=TOPIC,
    folder=Path(__file__).parent,
    catalogue=CATALOGUE,
    examples=[Written("One line")],
    sentences={"note-full": ("Notatet er fullt.", "The note is full.")},
    blueprints=[],
)


def written(stream: UUID, version: int, *lines: str, time: datetime | None = None) -> Append:
    """An append of these lines behind the version, without a command in between."""
    recorded, statements = NOTE.record(
        stream,
        version,
        [Written(line) for line in lines],
        time=time or datetime.now(UTC),
        trace=Trace("correlation", "causation"),
    )
    return Append(stream, version, recorded, statements)
