"""Communication activities from a spreadsheet: one row an activity, known by its `external_id`, or its id."""

from collections.abc import Iterator
from typing import Any

from services.communication.domain import Activity, Command, Plan, Reschedule, Revise
from services.communication.tables import ACTIVITY
from shared import identity
from shared.fields import TITLE
from shared.importing import AUDIENCES, Column, Row, choice, code, day, reference, text
from shared.importing.plan import Importer, Target, own

COLUMNS = (
    Column("external_id", code, required=True),
    Column("title", text, required=True, maximum=TITLE),
    Column("audiences", choice(AUDIENCES), many=True),
    Column("channel", text),
    Column("start", day),
    Column("end", day),
    Column("goals", reference, many=True),
    Column("central_initiatives", reference, many=True),
    Column("local_initiatives", reference, many=True),
)

REFERENCES = {
    "goals": "goal",
    "central_initiatives": "central-initiative",
    "local_initiatives": "local-initiative",
}
"""Column → the kind of what it refers to. A local initiative is written `<sector code>:<external id>`."""


def targets(row: Row) -> Iterator[Target]:
    values: dict[str, Any] = dict(row.values)
    item = own("communication-activity", values.pop("external_id"))
    for column in REFERENCES.keys() & values.keys():
        found = (identity.resolve(REFERENCES[column], written) for written in values[column])
        values[column] = tuple(dict.fromkeys(found))
    yield Target(
        row,
        ACTIVITY,
        item.stream,
        lambda activity: _commands(activity, item.external_id, values),
        item.external_id,
        by_id=item.by_id,
    )


def _commands(activity: Activity, external_id: str | None, values: dict[str, Any]) -> list[Command]:
    if activity.status == "nothing":
        return [Plan(external_id=external_id, **values)]
    period = {name: value for name, value in values.items() if name in ("start", "end")}
    rest = {name: value for name, value in values.items() if name not in period}
    return [Revise(rest), Reschedule(period)]


ACTIVITIES = Importer(COLUMNS, ["external_id"], targets)
