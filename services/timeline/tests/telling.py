"""What the owning services would have told: single events, and the whole story of a world of `worlds`.

A name stands for an id that sorts as the name does, so that "the lowest id" means the same in SQL as in `worlds`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec
import psycopg

from services.timeline import model
from services.timeline.projection import TimelineProjection
from services.timeline.tests.worlds import Facts
from shared import identity
from shared.database import OPTIONS, Connection
from shared.envelope import Envelope

WHEN = datetime(2018, 1, 15, 9, tzinfo=UTC)
Told = tuple[str, dict[str, Any]]
"""What is told of an item: the type's middle part and its data."""


def key(name: str) -> UUID:
    """The id that a name of at most 16 letters stands for."""
    return UUID(bytes=name.encode().ljust(16, b"\0"))


def name_of(id_: UUID | str | None) -> str | None:
    return None if id_ is None else UUID(str(id_)).bytes.rstrip(b"\0").decode()


def keys(names: Iterable[str]) -> list[str]:
    return [str(key(name)) for name in sorted(names)]


def event(
    stream: UUID, version: int, type_: str, data: dict[str, Any] | msgspec.Raw | None = None, when: datetime = WHEN
) -> Envelope:
    """The event of that version; the same arguments give the same event. A type without a version is in its first."""
    raw = data if isinstance(data, msgspec.Raw) else msgspec.Raw(msgspec.json.encode({"reason": None, **(data or {})}))
    return Envelope(
        specversion="1.0",
        id=identity.named("test event", f"{stream}:{version}:{type_}:{bytes(raw)!r}"),
        source="samtidig/test",
        type=f"samtidig.{type_}" if re.search(r"\.v\d+$", type_) else f"samtidig.{type_}.v1",
        subject=str(stream),
        time=when,
        datacontenttype="application/json",
        dataschema=f"urn:samtidig:test:{type_}",
        sequence=version,
        correlationid="test",
        causationid="test",
        data=raw,
    )


def text(event: Envelope) -> bytes:
    """The event as it is on the wire."""
    return msgspec.json.encode(event)


def stream_of(name: str, *told: Told, when: Sequence[datetime] = ()) -> list[Envelope]:
    """The events of one item in order, recorded at `when`, or all at one instant."""
    times = [*when, *[WHEN] * (len(told) - len(when))]
    return [
        event(key(name), n, type_, data, at) for n, ((type_, data), at) in enumerate(zip(told, times, strict=True), 1)
    ]


# Items


def goal(name: str, title: str | None = None, kind: str = "characteristic") -> Told:
    return "goal.proposed", {
        "external_id": name.upper(),
        "title": title or f"Mål {name}",
        "kind": kind,
        "expected_effect": None,
    }


def sector(code: str, name: str | None = None) -> Told:
    return "sector.registered", {"code": code, "name": name or f"Sektor {code}"}


def central(name: str, *, goals: Iterable[str] = (), start: Any = None, end: Any = None, **fields: Any) -> Told:
    return "central-initiative.planned", {
        "external_id": name,
        "plan_year": 2018,
        "area": "Ledelse",
        "title": f"Tiltak {name}",
        "description": None,
        "goals": keys(goals),
        "audiences": ["employees", "top_leaders"],
        "responsible": None,
        "start": start,
        "end": end,
        **fields,
    }


def local(name: str, in_sector: str, *, goals: Iterable[str] = (), supports: Iterable[str] = (), **fields: Any) -> Told:
    return "local-initiative.proposed", {
        "external_id": name,
        "sector": str(key(in_sector)),
        "agency": None,
        "title": f"Tiltak {name}",
        "description": None,
        "goals": keys(goals),
        "supports": keys(supports),
        "responsible": None,
        **fields,
    }


def participation(phase: str, *who: str, on: date, sentence: str | None = None) -> Told:
    return "local-initiative.participation-recorded", {"phase": phase, "who": who, "on": on, "sentence": sentence}


def learning(text: str, *tags: str) -> Told:
    return "local-initiative.learning-shared", {"text": text, "tags": tags}


def plan(year: int, *areas: str, title: str | None = None) -> list[Told]:
    """A plan that is drafted, with its areas."""
    drafted = ("action-plan.drafted", {"year": year, "title": title or f"Plan {year}"})
    return [drafted, *[("action-plan.area-added", {"year": year, "name": name}) for name in areas]]


# A world


def story(facts: Facts) -> list[Told]:
    """An initiative's events. Half of the supports are declared after the proposal, as they may be."""
    kind = "local-initiative" if facts.sector else "central-initiative"
    period = {"start": facts.planned_start, "end": facts.planned_end}
    told: list[Told] = []
    if facts.sector:
        first, *rest = sorted(facts.supports) or [None]
        supports = [first] if first else []
        agency = str(key(facts.agency)) if facts.agency else None
        told.append(local(facts.id, facts.sector, goals=facts.goals, supports=supports, agency=agency))
        if facts.planned_start or facts.planned_end:
            told.append(("local-initiative.scheduled", period))
        told += [("local-initiative.support-declared", {"central": str(key(name))}) for name in rest]
        told.append(("local-initiative.anchored", {"where": "fagdialog", "on": date(2019, 1, 1)}))
    else:
        audiences = sorted(facts.audiences)
        told.append(central(facts.id, goals=facts.goals, area=facts.area, audiences=audiences, **period))
    if facts.actual_start:
        told.append((f"{kind}.started", {"on": facts.actual_start}))
    if facts.status == "completed":
        told.append((f"{kind}.completed", {"on": facts.actual_end, "effect": None}))
    elif facts.status in ("cancelled", "discontinued"):
        stopped = "discontinued" if facts.sector else "cancelled"
        told.append((f"{kind}.{stopped}", {"on": facts.actual_end or date(2020, 1, 1)}))
    return told


def with_facts(facts: Facts) -> Iterator[Told]:
    """An initiative's events; behind each of them stand some that change nothing."""
    kind = "local-initiative" if facts.sector else "central-initiative"
    for n, one in enumerate(story(facts), 1):
        yield one
        yield f"{kind}.status-reported", {"status": "on_track", "sentence": f"Etter {n}"}
        if facts.sector:
            yield participation("plan", "employees", on=date(2020, 1, n))
            yield learning(f"Lært {n}", "team")


def interleaved(streams: Iterable[list[Envelope]]) -> list[Envelope]:
    """All first events, then all second ones: so that a batch ends in the middle of streams."""
    return sorted((event for stream in streams for event in stream), key=lambda event: event.sequence)


# A read model


def connected(url: str) -> Connection:
    """To the live read model on that database."""
    return psycopg.connect(url, autocommit=True, options=f"{OPTIONS} -c search_path=live,public")


@contextmanager
def read_model(url: str) -> Iterator[Connection]:
    """An empty live read model on that database, and a connection to it."""
    with connected(url) as connection:
        model.create(connection, model.LIVE)
        model.index(connection)
        yield connection


def apply(connection: Connection, events: Sequence[Envelope], batch: int = 1000) -> None:
    for n in range(0, len(events), batch):
        failures = TimelineProjection().apply(connection, events[n : n + batch])
        assert failures == {}


TABLES = (
    *("goal_version", "sector_version", "agency_version", "initiative_version", "activity_version", "plan_version"),
    *("participation", "learning", "status_report", "observed_effect", "feedback"),
)


def dump(connection: Connection) -> dict[str, list[Any]]:
    """Every row of every table, as JSON, in the order of its key; without the transaction that wrote it."""
    query = "select to_jsonb(v) - 'written' from {} v order by id, version"
    return {table: [row for (row,) in connection.execute(query.format(table)).fetchall()] for table in TABLES}


def only_fact(connection: Connection, id_: UUID, table: str) -> dict[str, Any]:
    """The one row of a table of facts that is told of an item, as JSON."""
    ((row,),) = connection.execute(f"select to_jsonb(f) from {table} f where id = %s", [id_]).fetchall()
    found: dict[str, Any] = row
    return found


def last_row(connection: Connection, id_: UUID, table: str = "initiative_version") -> dict[str, Any]:
    """What is known of an item now, as JSON."""
    found = connection.execute(
        f"select to_jsonb(v) from {table} v where id = %s and recorded_to = 'infinity'", [id_]
    ).fetchall()
    assert len(found) == 1
    row: dict[str, Any] = found[0][0]
    return row
