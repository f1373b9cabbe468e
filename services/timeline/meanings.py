"""What the events of all services mean on the timeline: which tells what, in which columns of which table.

An event changes the row of its item (versions), or tells something of it once and for all (facts). It needs of its data
what it names and nothing else (a tolerant reader). How a batch of events is written: `projection.py`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, LiteralString

import msgspec

from shared.copying import BIGINT, DAY, ID, IDS, INTEGER, MOMENT, REFERENCE, TEXT, TEXTS, WORD, Kind

Row = dict[str, Any]
Data = dict[str, Any]
Fold = Callable[[Row, Data], Row]
"""The item's row as it stood, as far as the table keeps it for folds, and the event's data → what changes in it."""

Taken = tuple[int, str, Callable[[Any], bytes]]
"""The place of a column, the attribute of the data that it is taken from, and what makes a field of a value."""

FIRST = {"id": ID, "version": INTEGER, "recorded_from": MOMENT}
"""The first columns of every table."""
SOURCES = {"event": ID, "type": WORD, "actor": WORD, "reason": TEXT}
"""Which event it was: the columns after those that all tables have, where a table is `sourced`."""


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
        return {**FIRST, **self.told, "recorded_to": MOMENT}

    @cached_property
    def fields(self) -> dict[str, tuple[int, Callable[[Any], bytes]]]:
        """Column → its place, and what makes a field of a value."""
        return _fields(self.columns)

    @cached_property
    def sourced(self) -> bool:
        """Whether its rows say which event made them."""
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
    sourced: ClassVar = True

    @cached_property
    def columns(self) -> dict[str, Kind]:
        return {**FIRST, **SOURCES, **self.told}

    @cached_property
    def fields(self) -> dict[str, tuple[int, Callable[[Any], bytes]]]:
        return _fields(self.columns)

    @cached_property
    def nothing(self) -> list[bytes]:
        return [kind.nothing for kind in self.columns.values()]


def _fields(columns: Mapping[str, Kind]) -> dict[str, tuple[int, Callable[[Any], bytes]]]:
    return {column: (place, kind.put) for place, (column, kind) in enumerate(columns.items())}


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


@dataclass(frozen=True, slots=True)
class Meaning:
    """What events of one type tell, and in which columns of which table.

    about: the versions of the items that they are told of. taken: columns that are taken from the data.
    may_be_taken: the same, where an event may do without. constant: place and field of what the type itself means.
    fold: the rest, which depends on the row as it stood. keeps: of what is taken, the columns that folds will ask for,
    with their attribute.
    """

    table: Versions | Facts
    about: Versions
    taken: list[Taken]
    may_be_taken: list[Taken]
    constant: list[tuple[int, bytes]]
    fold: Fold | None
    keeps: list[tuple[str, str]]


def tells(
    table: Versions | Facts,
    *takes: str | Mapping[str, str],
    may_take: Sequence[str] = (),
    fold: Fold | None = None,
    **sets: Any,
) -> Meaning:
    """`takes`: attributes that have a column of their name, and mappings of columns to attributes of another one.

    `may_take`: attributes that have a column of their name, and that events may do without.
    """
    columns: dict[str, str] = {}
    for names in takes:
        columns |= {names: names} if isinstance(names, str) else names
    perhaps = {name: name for name in may_take}
    fields = table.fields

    def taken(columns: Mapping[str, str]) -> list[Taken]:
        return [(fields[column][0], name, fields[column][1]) for column, name in columns.items()]

    kept = () if isinstance(table, Facts) else table.kept
    return Meaning(
        table,
        table.about,
        taken(columns),
        taken(perhaps),
        [(fields[column][0], fields[column][1](value)) for column, value in sets.items()],
        fold,
        [(column, name) for column, name in (columns | perhaps).items() if column in kept],
    )


# What depends on the row as it stood, or has another form than its column


def ended(row: Row, data: Data) -> Row:
    """Only what was started has an actual end."""
    return {"actual_end": data["on"] if row["actual_start"] else None}


def supported(row: Row, data: Data) -> Row:
    return {"supports": [*row["supports"], data["central"]]}


def no_longer_supported(row: Row, data: Data) -> Row:
    return {"supports": [central for central in row["supports"] if central != data["central"]]}


def anchored(_row: Row, data: Data) -> Row:
    """`anchored`: the dialogues and the day, with a space between each."""
    return {"anchored": " ".join([*data["where"], data["on"]])}


def upcast(upcaster: Callable[[Data], Data], fold: Fold) -> Fold:
    """The fold of an earlier version: that of the version which the upcaster makes of its data."""
    return lambda row, data: fold(row, upcaster(data))


def anchored_in_several(data: Data) -> Data:
    """`local-initiative.anchored.v1` had room for one dialogue; the second version has a list."""
    return {**data, "where": [data["where"]]}


def area_added(row: Row, data: Data) -> Row:
    return {"areas": [*row["areas"], data["name"]]}


def discussed(row: Row, data: Data) -> Row:
    """`discussions`: each the JSON of its day and the names of those with whom the plan was discussed."""
    told = {"on": date.fromisoformat(data["on"]), "organisations": data["organisations"]}
    return {"discussions": [*row["discussions"], msgspec.json.encode(told).decode()]}


def learnt(row: Row, _data: Data) -> Row:
    """With the initiative's title as it was then: what was learnt is also found by what it was learnt in."""
    return {"title": row["title"]}


PERIOD = {"planned_start": "start", "planned_end": "end"}

MEANINGS: dict[str, Meaning] = {
    "samtidig.goal.proposed.v1": tells(GOAL, "external_id", "title", "kind", "expected_effect", status="proposed"),
    "samtidig.goal.revised.v1": tells(GOAL, "title", "kind", "expected_effect"),
    "samtidig.goal.adopted.v1": tells(GOAL, status="adopted"),
    "samtidig.goal.retired.v1": tells(GOAL, status="retired"),
    "samtidig.goal.effect-observed.v1": tells(OBSERVED_EFFECT, "effect", {"observed_on": "on"}),
    "samtidig.sector.registered.v1": tells(SECTOR, "code", "name"),
    "samtidig.sector.renamed.v1": tells(SECTOR, "name"),
    "samtidig.agency.registered.v1": tells(AGENCY, "code", "name", "sector"),
    "samtidig.agency.renamed.v1": tells(AGENCY, "name"),
    "samtidig.action-plan.drafted.v1": tells(PLAN, "year", "title", status="drafted"),
    "samtidig.action-plan.renamed.v1": tells(PLAN, "title"),
    "samtidig.action-plan.area-added.v1": tells(PLAN, fold=area_added),
    "samtidig.action-plan.budget-framed.v1": tells(PLAN, {"frame": "amount"}),
    "samtidig.action-plan.discussed.v1": tells(PLAN, fold=discussed),
    "samtidig.action-plan.adopted.v1": tells(PLAN, {"adopted_on": "on"}, status="adopted"),
    "samtidig.action-plan.closed.v1": tells(PLAN, {"closed_on": "on"}, status="closed"),
    "samtidig.central-initiative.planned.v1": tells(
        INITIATIVE,
        "external_id",
        "plan_year",
        "area",
        "title",
        "description",
        "goals",
        "audiences",
        "responsible",
        PERIOD,
        may_take=("budget",),
        status="planned",
    ),
    "samtidig.central-initiative.revised.v1": tells(
        INITIATIVE, "plan_year", "area", "title", "description", "goals", "audiences", "responsible"
    ),
    "samtidig.central-initiative.rescheduled.v1": tells(INITIATIVE, PERIOD),
    "samtidig.central-initiative.goals-linked.v1": tells(INITIATIVE, "goals"),
    "samtidig.central-initiative.budget-changed.v1": tells(INITIATIVE, "budget"),
    "samtidig.central-initiative.status-reported.v1": tells(STATUS_REPORT, "status", "sentence"),
    "samtidig.central-initiative.started.v1": tells(INITIATIVE, {"actual_start": "on"}, status="started"),
    "samtidig.central-initiative.completed.v1": tells(INITIATIVE, may_take=("effect",), fold=ended, status="completed"),
    "samtidig.central-initiative.cancelled.v1": tells(INITIATIVE, may_take=("effect",), fold=ended, status="cancelled"),
    "samtidig.local-initiative.proposed.v1": tells(
        INITIATIVE,
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
    "samtidig.local-initiative.revised.v1": tells(INITIATIVE, "agency", "title", "description", "goals", "responsible"),
    "samtidig.local-initiative.anchored.v1": tells(
        INITIATIVE, fold=upcast(anchored_in_several, anchored), status="anchored"
    ),
    "samtidig.local-initiative.anchored.v2": tells(INITIATIVE, fold=anchored, status="anchored"),
    "samtidig.local-initiative.scheduled.v1": tells(INITIATIVE, PERIOD),
    "samtidig.local-initiative.rescheduled.v1": tells(INITIATIVE, PERIOD),
    "samtidig.local-initiative.started.v1": tells(INITIATIVE, {"actual_start": "on"}, status="started"),
    "samtidig.local-initiative.completed.v1": tells(INITIATIVE, may_take=("effect",), fold=ended, status="completed"),
    "samtidig.local-initiative.discontinued.v1": tells(
        INITIATIVE, may_take=("effect",), fold=ended, status="discontinued"
    ),
    "samtidig.local-initiative.support-declared.v1": tells(INITIATIVE, fold=supported),
    "samtidig.local-initiative.support-withdrawn.v1": tells(INITIATIVE, fold=no_longer_supported),
    "samtidig.local-initiative.participation-recorded.v1": tells(
        PARTICIPATION, "phase", "who", "sentence", {"happened_on": "on"}
    ),
    "samtidig.local-initiative.learning-shared.v1": tells(LEARNING, "text", "tags", fold=learnt),
    "samtidig.local-initiative.status-reported.v1": tells(STATUS_REPORT, "status", "sentence"),
    "samtidig.communication-activity.planned.v1": tells(
        ACTIVITY,
        "external_id",
        "title",
        "audiences",
        "channel",
        "goals",
        "central_initiatives",
        "local_initiatives",
        PERIOD,
        status="planned",
    ),
    "samtidig.communication-activity.revised.v1": tells(
        ACTIVITY, "title", "audiences", "channel", "goals", "central_initiatives", "local_initiatives"
    ),
    "samtidig.communication-activity.rescheduled.v1": tells(ACTIVITY, PERIOD),
    "samtidig.communication-activity.published.v1": tells(ACTIVITY, {"published_on": "on"}, status="published"),
    "samtidig.communication-activity.withdrawn.v1": tells(ACTIVITY, status="withdrawn"),
    "samtidig.communication-activity.feedback-received.v1": tells(FEEDBACK, "text", "audience", {"received_on": "on"}),
}
"""By the type of the event."""

TABLES: dict[LiteralString, Versions | Facts] = {meaning.table.table: meaning.table for meaning in MEANINGS.values()}
