"""Central initiatives from a spreadsheet: one row an initiative, known by its `external_id`.

A row in a year or an area that does not exist yet drafts the plan and adds the area first.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from services.central_initiatives.domain.initiative import Command, Initiative, Plan, Reschedule, Revise
from services.central_initiatives.domain.plan import ActionPlan, AddArea, Draft
from services.central_initiatives.domain.plan import Command as PlanCommand
from services.central_initiatives.tables import INITIATIVE, PLAN
from shared import identity
from shared.fields import PROSE, TITLE
from shared.importing import AUDIENCES, Column, Row, choice, code, day, reference, text, year
from shared.importing.execute import Importer, Target

COLUMNS = (
    Column("external_id", code, required=True),
    Column("plan_year", year, required=True),
    Column("area", code, required=True),
    Column("title", text, required=True, maximum=TITLE),
    Column("description", text, maximum=PROSE),
    Column("goals", reference, many=True),
    Column("audiences", choice(AUDIENCES), many=True),
    Column("start", day),
    Column("end", day),
    Column("responsible", text),
)


def targets(row: Row) -> Iterator[Target]:
    """The year's plan with the row's area in it, then the initiative, decided on that plan."""
    values: dict[str, Any] = dict(row.values)
    external_id = values.pop("external_id")
    if "goals" in values:
        values["goals"] = tuple(dict.fromkeys(identity.resolve("goal", goal) for goal in values["goals"]))
    plan_year, area = values["plan_year"], values["area"]
    plan = identity.named("action-plan", str(plan_year))
    yield Target(row, PLAN, plan, lambda state: _make_place(state, plan_year, area), str(plan_year))
    yield Target(
        row,
        INITIATIVE,
        identity.named("central-initiative", external_id),
        lambda initiative: _commands(initiative, external_id, values),
        external_id,
        facts=lambda states: states[plan],
        needs=[(PLAN, plan)],
    )


def _make_place(plan: ActionPlan, year: int, area: str) -> list[PlanCommand]:
    draft = [Draft(year)] if plan.year is None else []
    add_area = [AddArea(area)] if plan.area(area) is None else []
    return [*draft, *add_area]


def _commands(initiative: Initiative, external_id: str, values: Mapping[str, Any]) -> list[Command]:
    if initiative.status == "nothing":
        return [Plan(external_id=external_id, **values)]
    period = {name: values[name] for name in ("start", "end") if name in values}
    described = {name: value for name, value in values.items() if name not in period}
    return [Revise(described), Reschedule(period)]


INITIATIVES = Importer(COLUMNS, ["external_id"], targets)
