"""Events → rows, set-based: versions of what changes, and facts, which are told once.

`ROUTES` says which event means what in which table. A fold takes the item's row as it stood and the event's data, and
gives what the event changes in it, or what the fact is; it needs of the data what it names and nothing else (a tolerant
reader). `_project` then writes a whole batch with one query, one update and one COPY per table of versions, and a COPY
per table of facts.

An event changes few columns, so each item carries its row as COPY takes it: only what changed is put into bytes anew.
Until when a row was known is its last column, as what follows decides it. Rows are written in the order of their keys,
which costs an index half as much.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, LiteralString

import msgspec
from psycopg import sql

from shared import copying
from shared.copying import BIGINT, DAY, ID, IDS, INTEGER, MOMENT, NULL, REFERENCE, TEXT, TEXTS, WORD, Kind
from shared.database import Connection
from shared.envelope import Envelope

Row = dict[str, Any]
Fold = Callable[[Row, dict[str, Any]], Row]

ID_AT, VERSION, RECORDED_FROM = range(3)
"""The places of the first columns of every table of versions."""
SOURCE = slice(3, 7)
"""Of the columns with the event, in a table that is `sourced`."""
SOURCES = {"event": ID, "type": TEXT, "actor": TEXT, "reason": TEXT}


@dataclass(frozen=True)
class Versions:
    """A versioned table. `told`: its columns besides those that all have; `kept`: those that folds ask for."""

    table: LiteralString
    told: Mapping[str, Kind]
    kept: tuple[str, ...] = ()

    @cached_property
    def about(self) -> "Versions":
        return self

    @cached_property
    def columns(self) -> dict[str, Kind]:
        return {"id": ID, "version": INTEGER, "recorded_from": MOMENT, **self.told, "recorded_to": MOMENT}

    @cached_property
    def places(self) -> dict[str, int]:
        return {column: place for place, column in enumerate(self.columns)}

    @cached_property
    def fields(self) -> dict[str, tuple[int, Callable[[Any], bytes]]]:
        """Column → its place, and what makes a field of a value."""
        return {column: (self.places[column], kind.put) for column, kind in self.columns.items()}

    @cached_property
    def sourced(self) -> bool:
        """Whether its rows say which event made them: in the first columns after those that all such tables have."""
        return "event" in self.told

    @cached_property
    def nothing(self) -> list[bytes]:
        """The fields of an item before its first event, but for until when it is known."""
        return [kind.nothing for kind in self.columns.values()][:-1]

    @cached_property
    def empty(self) -> Row:
        """What folds see of it then."""
        return {column: self.told[column].empty for column in self.kept}


@dataclass(frozen=True)
class Facts:
    """A table with a row for each event of its kind. `about`: the versions of the items that it is told of."""

    table: LiteralString
    about: Versions
    told: Mapping[str, Kind]

    @cached_property
    def columns(self) -> dict[str, Kind]:
        return {"id": ID, "version": INTEGER, "recorded_from": MOMENT, **SOURCES, **self.told}


GOAL = Versions(
    "goal_version", {"external_id": TEXT, "title": TEXT, "kind": TEXT, "expected_effect": TEXT, "status": WORD}
)
SECTOR = Versions("sector_version", {"code": TEXT, "name": TEXT})
AGENCY = Versions("agency_version", {"code": TEXT, "name": TEXT, "sector": REFERENCE})
INITIATIVE = Versions(
    "initiative_version",
    {
        **SOURCES,
        "external_id": TEXT,
        "sector": REFERENCE,
        "agency": REFERENCE,
        "plan_year": INTEGER,
        "area": WORD,
        "title": TEXT,
        "description": TEXT,
        "responsible": WORD,
        "goals": IDS,
        "supports": IDS,
        "audiences": TEXTS,
        "budget": BIGINT,
        "status": WORD,
        "effect": TEXT,
        "anchored": TEXT,
        "planned_start": DAY,
        "planned_end": DAY,
        "actual_start": DAY,
        "actual_end": DAY,
    },
    kept=("title", "supports", "actual_start"),
)
ACTIVITY = Versions(
    "activity_version",
    {
        "external_id": TEXT,
        "title": TEXT,
        "audiences": TEXTS,
        "channel": TEXT,
        "goals": IDS,
        "central_initiatives": IDS,
        "local_initiatives": IDS,
        "status": WORD,
        "planned_start": DAY,
        "planned_end": DAY,
        "published_on": DAY,
    },
)
PLAN = Versions(
    "plan_version",
    {
        **SOURCES,
        "year": INTEGER,
        "title": TEXT,
        "areas": TEXTS,
        "frame": BIGINT,
        "discussions": TEXTS,
        "status": WORD,
        "adopted_on": DAY,
        "closed_on": DAY,
    },
    kept=("areas", "discussions"),
)
PARTICIPATION = Facts("participation", INITIATIVE, {"phase": TEXT, "who": TEXTS, "happened_on": DAY, "sentence": TEXT})
LEARNING = Facts("learning", INITIATIVE, {"text": TEXT, "tags": TEXTS, "title": TEXT})
STATUS_REPORT = Facts("status_report", INITIATIVE, {"status": TEXT, "sentence": TEXT})
OBSERVED_EFFECT = Facts("observed_effect", GOAL, {"effect": TEXT, "observed_on": DAY})
FEEDBACK = Facts("feedback", ACTIVITY, {"text": TEXT, "received_on": DAY, "audience": TEXT})


# Folds


def takes(*names: str, **sets: Any) -> Fold:
    """The fold of an event that gives these fields anew, and means these values."""

    def fold(_row: Row, data: dict[str, Any]) -> Row:
        changes = {name: data[name] for name in names}
        changes.update(sets)
        return changes

    return fold


_central = takes("external_id", "plan_year", "area", "title", "description", "goals", "audiences", "responsible")


def central_planned(row: Row, data: dict[str, Any]) -> Row:
    return {**_central(row, data), **period(row, data), "budget": data.get("budget"), "status": "planned"}


def period(_row: Row, data: dict[str, Any]) -> Row:
    return {"planned_start": _day(data["start"]), "planned_end": _day(data["end"])}


def started(_row: Row, data: dict[str, Any]) -> Row:
    return {"status": "started", "actual_start": _day(data["on"])}


def ended(status: str) -> Fold:
    """Completed, cancelled or discontinued: only what was started has an actual end."""

    def fold(row: Row, data: dict[str, Any]) -> Row:
        end = _day(data["on"]) if row["actual_start"] else None
        return {"status": status, "actual_end": end, "effect": data.get("effect")}

    return fold


def supported(row: Row, data: dict[str, Any]) -> Row:
    return {"supports": [*row["supports"], data["central"]]}


def no_longer_supported(row: Row, data: dict[str, Any]) -> Row:
    return {"supports": [central for central in row["supports"] if central != data["central"]]}


def anchored(_row: Row, data: dict[str, Any]) -> Row:
    """`anchored`: the dialogues and the day, with a space between each."""
    return {"status": "anchored", "anchored": " ".join([*data["where"], data["on"]])}


def upcast(upcaster: Callable[[dict[str, Any]], dict[str, Any]], fold: Fold) -> Fold:
    """The fold of an earlier version: that of the version which the upcaster makes of its data."""
    return lambda row, data: fold(row, upcaster(data))


def anchored_in_several(data: dict[str, Any]) -> dict[str, Any]:
    """`local-initiative.anchored.v1` had room for one dialogue; the second version has a list."""
    return {**data, "where": [data["where"]]}


_activity = takes("external_id", "title", "audiences", "channel", "goals", "central_initiatives", "local_initiatives")


def activity_planned(row: Row, data: dict[str, Any]) -> Row:
    return {**_activity(row, data), **period(row, data), "status": "planned"}


def published(_row: Row, data: dict[str, Any]) -> Row:
    return {"status": "published", "published_on": _day(data["on"])}


def area_added(row: Row, data: dict[str, Any]) -> Row:
    return {"areas": [*row["areas"], data["name"]]}


def budget_framed(_row: Row, data: dict[str, Any]) -> Row:
    return {"frame": data["amount"]}


def discussed(row: Row, data: dict[str, Any]) -> Row:
    """`discussions`: each the JSON of its day and the names of those with whom the plan was discussed."""
    told = {"on": _day(data["on"]), "organisations": data["organisations"]}
    return {"discussions": [*row["discussions"], msgspec.json.encode(told).decode()]}


def plan_adopted(_row: Row, data: dict[str, Any]) -> Row:
    return {"status": "adopted", "adopted_on": _day(data["on"])}


def plan_closed(_row: Row, data: dict[str, Any]) -> Row:
    return {"status": "closed", "closed_on": _day(data["on"])}


def participated(_row: Row, data: dict[str, Any]) -> Row:
    return {**{name: data[name] for name in ("phase", "who", "sentence")}, "happened_on": _day(data["on"])}


def learnt(row: Row, data: dict[str, Any]) -> Row:
    """With the initiative's title as it was then: what was learnt is also found by what it was learnt in."""
    return {"text": data["text"], "tags": data["tags"], "title": row["title"]}


def effect_observed(_row: Row, data: dict[str, Any]) -> Row:
    return {"effect": data["effect"], "observed_on": _day(data["on"])}


def feedback_received(_row: Row, data: dict[str, Any]) -> Row:
    return {"text": data["text"], "received_on": _day(data["on"]), "audience": data["audience"]}


@lru_cache(4096)
def _day(text: str | None) -> date | None:
    """Raises ValueError or TypeError for what is no date; PostgreSQL would take other spellings too."""
    return None if text is None else date.fromisoformat(text)


ROUTES: dict[str, tuple[Versions | Facts, Fold]] = {
    "samtidig.goal.proposed.v1": (GOAL, takes("external_id", "title", "kind", "expected_effect", status="proposed")),
    "samtidig.goal.revised.v1": (GOAL, takes("title", "kind", "expected_effect")),
    "samtidig.goal.adopted.v1": (GOAL, takes(status="adopted")),
    "samtidig.goal.retired.v1": (GOAL, takes(status="retired")),
    "samtidig.goal.effect-observed.v1": (OBSERVED_EFFECT, effect_observed),
    "samtidig.sector.registered.v1": (SECTOR, takes("code", "name")),
    "samtidig.sector.renamed.v1": (SECTOR, takes("name")),
    "samtidig.agency.registered.v1": (AGENCY, takes("code", "name", "sector")),
    "samtidig.agency.renamed.v1": (AGENCY, takes("name")),
    "samtidig.action-plan.drafted.v1": (PLAN, takes("year", "title", status="drafted")),
    "samtidig.action-plan.renamed.v1": (PLAN, takes("title")),
    "samtidig.action-plan.area-added.v1": (PLAN, area_added),
    "samtidig.action-plan.budget-framed.v1": (PLAN, budget_framed),
    "samtidig.action-plan.discussed.v1": (PLAN, discussed),
    "samtidig.action-plan.adopted.v1": (PLAN, plan_adopted),
    "samtidig.action-plan.closed.v1": (PLAN, plan_closed),
    "samtidig.central-initiative.planned.v1": (INITIATIVE, central_planned),
    "samtidig.central-initiative.revised.v1": (
        INITIATIVE,
        takes("plan_year", "area", "title", "description", "goals", "audiences", "responsible"),
    ),
    "samtidig.central-initiative.rescheduled.v1": (INITIATIVE, period),
    "samtidig.central-initiative.goals-linked.v1": (INITIATIVE, takes("goals")),
    "samtidig.central-initiative.budget-changed.v1": (INITIATIVE, takes("budget")),
    "samtidig.central-initiative.status-reported.v1": (STATUS_REPORT, takes("status", "sentence")),
    "samtidig.central-initiative.started.v1": (INITIATIVE, started),
    "samtidig.central-initiative.completed.v1": (INITIATIVE, ended("completed")),
    "samtidig.central-initiative.cancelled.v1": (INITIATIVE, ended("cancelled")),
    "samtidig.local-initiative.proposed.v1": (
        INITIATIVE,
        takes(
            "external_id",
            "sector",
            "agency",
            "title",
            "description",
            "goals",
            "supports",
            "responsible",
            status="proposed",
        ),
    ),
    "samtidig.local-initiative.revised.v1": (
        INITIATIVE,
        takes("agency", "title", "description", "goals", "responsible"),
    ),
    "samtidig.local-initiative.anchored.v1": (INITIATIVE, upcast(anchored_in_several, anchored)),
    "samtidig.local-initiative.anchored.v2": (INITIATIVE, anchored),
    "samtidig.local-initiative.scheduled.v1": (INITIATIVE, period),
    "samtidig.local-initiative.rescheduled.v1": (INITIATIVE, period),
    "samtidig.local-initiative.started.v1": (INITIATIVE, started),
    "samtidig.local-initiative.completed.v1": (INITIATIVE, ended("completed")),
    "samtidig.local-initiative.discontinued.v1": (INITIATIVE, ended("discontinued")),
    "samtidig.local-initiative.support-declared.v1": (INITIATIVE, supported),
    "samtidig.local-initiative.support-withdrawn.v1": (INITIATIVE, no_longer_supported),
    "samtidig.local-initiative.participation-recorded.v1": (PARTICIPATION, participated),
    "samtidig.local-initiative.learning-shared.v1": (LEARNING, learnt),
    "samtidig.local-initiative.status-reported.v1": (STATUS_REPORT, takes("status", "sentence")),
    "samtidig.communication-activity.planned.v1": (ACTIVITY, activity_planned),
    "samtidig.communication-activity.revised.v1": (
        ACTIVITY,
        takes("title", "audiences", "channel", "goals", "central_initiatives", "local_initiatives"),
    ),
    "samtidig.communication-activity.rescheduled.v1": (ACTIVITY, period),
    "samtidig.communication-activity.published.v1": (ACTIVITY, published),
    "samtidig.communication-activity.withdrawn.v1": (ACTIVITY, takes(status="withdrawn")),
    "samtidig.communication-activity.feedback-received.v1": (FEEDBACK, feedback_received),
}

TABLES: dict[LiteralString, Versions | Facts] = {table.table: table for table, _ in ROUTES.values()}


# A batch

Told = tuple[Envelope, Versions | Facts, Fold]
"""An event, where it belongs, and what it means there."""


class TimelineProjection:
    """What the events of all services mean on the timeline."""

    def apply(self, connection: Connection, events: Sequence[Envelope]) -> Mapping[str, tuple[int, str]]:
        stories: dict[LiteralString, dict[str, list[Told]]] = defaultdict(lambda: defaultdict(list))
        for event in events:
            if route := ROUTES.get(event.type):
                table, fold = route
                stories[table.about.table][event.subject].append((event, table, fold))
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
        for event, table, fold in stories[id_]:
            try:
                if isinstance(table, Facts):
                    written[table.table].append(_fact(table, item, event, fold))
                    continue
                row = _next(about, item, event, fold)
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


def _next(table: Versions, item: Item, event: Envelope, fold: Fold) -> bytes:
    """The row after the event, for COPY, but for until when it is known. An item whose event can't be applied is not to
    be used any more.
    """
    data = _decoded(event.data)
    changes = fold(item.row, data)
    fields, places = item.fields, table.fields
    for column, value in changes.items():
        place, field = places[column]
        fields[place] = NULL if value is None else field(value)
    if table.sourced:
        fields[SOURCE] = _source(event, data)
    item.recorded_from = _known_from(item, event)
    fields[VERSION] = copying.integer(event.sequence)
    fields[RECORDED_FROM] = copying.moment(item.recorded_from)
    for column in table.kept:
        if column in changes:
            item.row[column] = changes[column]
    return b"".join(fields)


def _fact(facts: Facts, item: Item, event: Envelope, fold: Fold) -> bytes:
    """The row of what the event tells, for COPY."""
    data = _decoded(event.data)
    told = fold(item.row, data)
    place = (item.fields[ID_AT], copying.integer(event.sequence), copying.moment(_known_from(item, event)))
    fields = (kind.field(told[column]) for column, kind in facts.told.items())
    return b"".join((*place, *_source(event, data), *fields))


def _source(event: Envelope, data: dict[str, Any]) -> tuple[bytes, bytes, bytes, bytes]:
    """Which event it was, for COPY."""
    return (
        copying.whole_uuid(event.id),
        copying.word(event.type),
        TEXT.field(event.actor),
        TEXT.field(data.get("reason")),
    )


def _known_from(item: Item, event: Envelope) -> datetime:
    """A clock that ran backwards doesn't make an event known before what it changes, or is told of."""
    return max(event.time, item.recorded_from) if item.recorded_from else event.time


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
            {column: table.told[column].taken(contents[table.places[column]]) for column in table.kept},
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
