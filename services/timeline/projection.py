"""Events → rows, set-based: versions of what changes, and facts, which are told once.

`ROUTES` says which event means what in which table. A fold takes the item's row as it stood and the event's data, and
gives what the event changes in it, or what the fact is; it needs of the data what it names and nothing else (a tolerant
reader). `_project` then writes a whole batch with one query, one update and one COPY per view, and a COPY per table of
facts.

An event changes few columns, so each item carries its row as COPY takes it: only what changed is put into text anew.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, LiteralString

import msgspec
from psycopg import sql
from psycopg.rows import dict_row

from shared.database import Connection
from shared.envelope import Envelope

Row = dict[str, Any]
Fold = Callable[[Row, dict[str, Any]], Row]

FOREVER = "infinity"
NULL = "\\N"
"""As COPY's text format has it."""


@dataclass(frozen=True)
class View:
    """A versioned table, and what a row of it is before its first event."""

    table: LiteralString
    empty: Mapping[str, Any]

    @cached_property
    def columns(self) -> list[str]:
        return ["id", "version", "recorded_from", "recorded_to", *self.empty]

    @cached_property
    def places(self) -> dict[str, int]:
        return {column: place for place, column in enumerate(self.columns)}

    @cached_property
    def sourced(self) -> bool:
        """Whether its rows say which event made them: in the first columns after those that all views have."""
        return "event" in self.empty

    @cached_property
    def nothing(self) -> list[str]:
        """An empty row as COPY takes it, without its id."""
        return ["0", FOREVER, FOREVER, *map(_copied, self.empty.values())]


@dataclass(frozen=True)
class Facts:
    """A table with a row for each event of its kind. `about`: the view with the items that it is told of."""

    table: LiteralString
    about: View
    told: tuple[str, ...]

    @property
    def columns(self) -> list[str]:
        return ["id", "version", "recorded_from", "event", "type", "actor", "reason", *self.told]


GOAL = View("goal_version", {"external_id": None, "title": None, "kind": None, "expected_effect": None, "status": None})
SECTOR = View("sector_version", {"code": None, "name": None})
AGENCY = View("agency_version", {"code": None, "name": None, "sector": None})
INITIATIVE = View(
    "initiative_version",
    {
        "event": None,
        "type": None,
        "actor": None,
        "reason": None,
        "external_id": None,
        "sector": None,
        "agency": None,
        "plan_year": None,
        "area": None,
        "title": None,
        "description": None,
        "responsible": None,
        "goals": [],
        "supports": [],
        "audiences": [],
        "budget": None,
        "status": None,
        "effect": None,
        "anchored": None,
        "planned_start": None,
        "planned_end": None,
        "actual_start": None,
        "actual_end": None,
    },
)
UUIDS = ("goals", "supports", "central_initiatives", "local_initiatives")
ACTIVITY = View(
    "activity_version",
    {
        "external_id": None,
        "title": None,
        "audiences": [],
        "channel": None,
        "goals": [],
        "central_initiatives": [],
        "local_initiatives": [],
        "status": None,
        "planned_start": None,
        "planned_end": None,
        "published_on": None,
    },
)
PLAN = View(
    "plan_version",
    {
        "event": None,
        "type": None,
        "actor": None,
        "reason": None,
        "year": None,
        "title": None,
        "areas": [],
        "frame": None,
        "discussions": [],
        "status": None,
        "adopted_on": None,
        "closed_on": None,
    },
)
PARTICIPATION = Facts("participation", INITIATIVE, ("phase", "who", "happened_on", "sentence"))
LEARNING = Facts("learning", INITIATIVE, ("text", "tags", "title"))
STATUS_REPORT = Facts("status_report", INITIATIVE, ("status", "sentence"))
OBSERVED_EFFECT = Facts("observed_effect", GOAL, ("effect", "observed_on"))
FEEDBACK = Facts("feedback", ACTIVITY, ("text", "received_on", "audience"))


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
    return {"status": "published", "published_on": data["on"]}


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


def _day(text: str | None) -> date | None:
    """Raises ValueError or TypeError for what is no date; PostgreSQL would take other spellings too."""
    return None if text is None else date.fromisoformat(text)


ROUTES: dict[str, tuple[View | Facts, Fold]] = {
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

TABLES: dict[LiteralString, View | Facts] = {table.table: table for table, _ in ROUTES.values()}


# A batch

Told = tuple[Envelope, View | Facts, Fold]
"""An event, where it belongs, and what it means there."""


class TimelineProjection:
    """What the events of all services mean on the timeline."""

    def apply(self, connection: Connection, events: Sequence[Envelope]) -> Mapping[str, tuple[int, str]]:
        failures: dict[str, tuple[int, str]] = {}
        batches: dict[LiteralString, tuple[View, list[Told]]] = {}
        for event in events:
            if route := ROUTES.get(event.type):
                table, fold = route
                view = table.about if isinstance(table, Facts) else table
                batches.setdefault(view.table, (view, []))[1].append((event, table, fold))
        for view, batch in batches.values():
            failures.update(_project(connection, view, batch))
        return failures


@dataclass(slots=True)
class Item:
    """The newest version of an item: `row` for the folds, `texts` the same for COPY, column by column."""

    row: Row
    texts: list[str]
    recorded_from: datetime | None = None


def _project(connection: Connection, view: View, batch: Sequence[Told]) -> dict[str, tuple[int, str]]:
    """A view and the facts that are told of its items: together, as a stream is one story, and stops as one."""
    items = _items_now(connection, view, _begun_before(batch))
    loaded = [item.texts for item in items.values()]
    written: dict[LiteralString, list[list[str]]] = defaultdict(list)
    failures: dict[str, tuple[int, str]] = {}
    for event, table, fold in batch:
        if event.subject in failures:
            continue
        if (item := items.get(event.subject)) is None:
            item = items[event.subject] = _new(view, event.subject)
        try:
            texts = _fact(table, item, event, fold) if isinstance(table, Facts) else _next(table, item, event, fold)
        except (LookupError, ValueError, TypeError) as error:
            failures[event.subject] = (event.sequence, f"{type(error).__name__}: {error}")
        else:
            written[table.table].append(texts)
    _close(connection, view, [texts for texts in loaded if texts[RECORDED_TO] != FOREVER])
    for name, rows in written.items():
        _write(connection, TABLES[name], rows)
    return failures


def _begun_before(batch: Sequence[Told]) -> list[str]:
    """The items whose first event is not in the batch."""
    first: dict[str, int] = {}
    for event, _, _ in batch:
        first.setdefault(event.subject, event.sequence)
    return [id_ for id_, version in first.items() if version > 1]


ID, VERSION, RECORDED_FROM, RECORDED_TO = range(4)
"""The places of the first columns of every view."""
SOURCE = slice(4, 8)
"""Of the columns with the event, in a view that is `sourced`."""


def _new(view: View, id_: str) -> Item:
    """Before its first event."""
    return Item(dict(view.empty), [id_, *view.nothing])


def _next(view: View, item: Item, event: Envelope, fold: Fold) -> list[str]:
    """The row after the event, for COPY; the one before it was known until then. An event that can't be applied leaves
    the item as it is.
    """
    data = _decoded(event.data)
    changes = fold(item.row, data)
    places = view.places
    texts = item.texts.copy()
    for column, value in changes.items():
        texts[places[column]] = _copied(value)
    if view.sourced:
        texts[SOURCE] = _source(event, data)
    known_from = _known_from(item, event)
    texts[VERSION] = str(event.sequence)
    texts[RECORDED_FROM] = item.texts[RECORDED_TO] = str(known_from)
    item.row.update(changes)
    item.texts, item.recorded_from = texts, known_from
    return texts


def _fact(facts: Facts, item: Item, event: Envelope, fold: Fold) -> list[str]:
    """The row of what the event tells, for COPY."""
    data = _decoded(event.data)
    told = fold(item.row, data)
    place = (event.subject, str(event.sequence), str(_known_from(item, event)))
    return [*place, *_source(event, data), *(_copied(told[column]) for column in facts.told)]


def _source(event: Envelope, data: dict[str, Any]) -> tuple[str, str, str, str]:
    """Which event it was, for COPY, which takes an id without hyphens too."""
    return event.id.hex, event.type, _copied(event.actor), _copied(data.get("reason"))


def _known_from(item: Item, event: Envelope) -> datetime:
    """A clock that ran backwards doesn't make an event known before what it changes, or is told of."""
    return max(event.time, item.recorded_from) if item.recorded_from else event.time


def _items_now(connection: Connection, view: View, ids: Iterable[str]) -> dict[str, Item]:
    """The newest version of each item, by id."""
    if not ids:
        return {}
    query = sql.SQL("select {} from {} where id = any(%s::uuid[]) and recorded_to = 'infinity'").format(
        sql.SQL(", ").join(map(_selected, view.columns)), sql.Identifier(view.table)
    )
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(query, [_array(ids)]).fetchall()
    return {row["id"]: Item(row, [*map(_copied, row.values())], row["recorded_from"]) for row in rows}


def _selected(column: str) -> sql.Composable:
    """Ids as text, as they only pass through: psycopg would make objects of them one by one, in Python."""
    name = sql.Identifier(column)
    if column in ("id", "event", "sector", "agency", "recorded_to"):
        return sql.SQL("{}::text as {}").format(name, name)
    return sql.SQL("{}::text[] as {}").format(name, name) if column in UUIDS else name


def _close(connection: Connection, view: View, rows: Sequence[list[str]]) -> None:
    """The rows that were the newest ones are now known until their successors came."""
    if not rows:
        return
    query = sql.SQL(
        "update {} v set recorded_to = n.recorded_to"
        " from unnest(%s::uuid[], %s::int[], %s::timestamptz[]) n(id, version, recorded_to)"
        " where v.id = n.id and v.version = n.version"
    ).format(sql.Identifier(view.table))
    connection.execute(query, [_array([row[place] for row in rows]) for place in (ID, VERSION, RECORDED_TO)])


def _array(items: Iterable[Any]) -> str:
    """An array of ids, numbers or moments as PostgreSQL writes it: psycopg would look at each item in Python."""
    return "{" + ",".join([f'"{item}"' for item in items]) + "}"


def _write(connection: Connection, table: View | Facts, rows: Sequence[list[str]]) -> None:
    query = sql.SQL("copy {} ({}) from stdin").format(
        sql.Identifier(table.table), sql.SQL(", ").join(map(sql.Identifier, table.columns))
    )
    with connection.cursor().copy(query) as copy:
        copy.write("\n".join(map("\t".join, rows)) + "\n")


_decoded = msgspec.json.Decoder().decode
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _copied(value: Any) -> str:
    """A value as COPY's text format has it (PostgreSQL documentation, COPY, "Text Format")."""
    if value is None:
        return NULL
    if type(value) is list:
        value = "{" + ",".join([f'"{_in_quotes(item)}"' for item in value]) + "}" if value else "{}"
    text = value if type(value) is str else str(value)
    return text if text.isprintable() and "\\" not in text else text.translate(_ESCAPES)


def _in_quotes(item: str) -> str:
    """An element of an array as it stands between quotes."""
    return item if '"' not in item and "\\" not in item else item.replace("\\", "\\\\").replace('"', '\\"')
