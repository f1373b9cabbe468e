"""Goals from a spreadsheet: one row a goal, known by its `external_id`, or its id."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.goals.domain import Command, Goal, Propose, Revise, require_another_parent
from services.goals.tables import GOAL, portfolio
from shared import identity, service
from shared.eventstore import Facts
from shared.fields import PROSE, TITLE
from shared.importing import Column, Row, choice, code, reference, text
from shared.importing.plan import Importer, Target, own

KINDS = {"purpose": ("formål",), "characteristic": ("kjennetegn",), "objective": ("delmål",)}

COLUMNS = (
    Column("external_id", code, required=True),
    Column("title", text, required=True, maximum=TITLE),
    Column("kind", choice(KINDS), required=True),
    Column("code", code),
    Column("description", text, maximum=PROSE),
    Column("expected_effect", text, maximum=PROSE),
    Column("parent", reference),
)


def targets(row: Row) -> Iterator[Target]:
    values: dict[str, Any] = dict(row.values)
    item = own("goal", values.pop("external_id"))
    if values.get("parent"):
        values["parent"] = identity.resolve("goal", values["parent"])

    def commands(goal: Goal) -> list[Command]:
        require_another_parent(item.stream, values.get("parent"))
        return _commands(goal, item.external_id, values)

    yield Target(row, GOAL, item.stream, commands, item.external_id, by_id=item.by_id)


def _commands(goal: Goal, external_id: str | None, values: Mapping[str, Any]) -> list[Command]:
    if goal.status == "nothing":
        return [Propose(external_id=external_id, **values)]
    return [Revise(values)]


def places() -> Facts:
    """How many goals may still be adopted."""
    return portfolio(service.current().settings.adopted_goals_limit)


GOALS = Importer(COLUMNS, ["external_id"], targets, facts=places)
