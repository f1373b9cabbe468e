"""Plans and central initiatives from spreadsheets.

Plans: one row an area of a plan; the title and the frame of a plan may stand in any of its rows, and in all.
Initiatives: one row an initiative, known by its `external_id`. A row in a year or an area that does not exist yet
drafts the plan and adds the area first. What a file's rows take of a frame together is looked at when all of them are
read, so that rows may share money anew in any order.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from services.central_initiatives.domain.initiative import (
    ChangeBudget,
    Command,
    Initiative,
    LinkGoals,
    Plan,
    Reschedule,
    Revise,
)
from services.central_initiatives.domain.plan import ActionPlan, AddArea, Draft, Plans, Rename, SetFrame, beyond
from services.central_initiatives.domain.plan import Command as PlanCommand
from services.central_initiatives.schemas import MOST_KRONER
from services.central_initiatives.tables import INITIATIVE, PLAN, all_plans
from shared import identity
from shared.fields import PROSE, TITLE
from shared.importing import AUDIENCES, Column, Fault, Invalid, Row, choice, code, day, reference, text, year
from shared.importing.model import Cell
from shared.importing.plan import Importer, Target, own

AMOUNT = re.compile(r"[0-9]{1,15}|[0-9]{1,3}( [0-9]{3}){1,4}")


def kroner(cell: Cell) -> int:
    """An amount in whole kroner: a whole number, or text such as 250 000. A decimal sign is a fault, not rounded."""
    written = " ".join(text(cell).split())
    if not isinstance(cell, str | int) or not AMOUNT.fullmatch(written):
        raise Invalid("not-an-amount")
    found = int(written.replace(" ", ""))
    if found > MOST_KRONER:
        raise Invalid("out-of-range", minimum=0, maximum=MOST_KRONER)
    return found


# Plans

PLAN_COLUMNS = (
    Column("plan_year", year, required=True),
    Column("title", text, maximum=TITLE),
    Column("area", code, required=True),
    Column(
        "frame",
        kroner,
        aliases=("ramme", "budsjettramme"),
        meaning=(
            "Årets ramme for alle tiltakene, i hele kroner. Det holder å skrive den i én av radene.",
            "The year's frame for all its initiatives, in whole kroner. One of the rows is enough.",
        ),
    ),
)


def plan_targets(row: Row) -> Iterator[Target]:
    values: Mapping[str, Any] = row.values
    yield _plan(row, values.get("title"), values.get("frame"))


def _plan(row: Row, title: str | None = None, frame: int | None = None) -> Target:
    """The year's plan with the row's area in it. A cell that is empty leaves what it would hold alone."""
    plan_year, area = _year(row), str(row.values["area"])

    def commands(plan: ActionPlan) -> list[PlanCommand]:
        found: list[PlanCommand] = []
        if plan.year is None:
            found.append(Draft(plan_year, title))
        elif title is not None:
            found.append(Rename(title))
        if plan.area(area) is None:
            found.append(AddArea(area))
        if frame is not None:
            found.append(SetFrame(frame))
        return found

    return Target(row, PLAN, identity.named("action-plan", str(plan_year)), commands, str(plan_year))


def rows_of_a_plan_agree(rows: Sequence[Row], _plans: Plans) -> Iterator[Fault]:
    """A plan has one title and one frame: the last row must not win in silence."""
    said: dict[tuple[int, str], object] = {}
    for row in rows:
        for name in ("title", "frame"):
            if (value := row.values.get(name)) is not None and said.setdefault((_year(row), name), value) != value:
                yield row.fault(name, "rows-differ")


PLANS = Importer(
    PLAN_COLUMNS,
    ["plan_year", "area"],
    plan_targets,
    fields={"amount": "frame"},
    facts=lambda: all_plans(as_a_whole=False),
    together=rows_of_a_plan_agree,
    one_row=False,
)


# Central initiatives

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
    Column(
        "budget",
        kroner,
        aliases=("budsjett", "beløp"),
        meaning=("Hele kroner, innenfor årets ramme.", "Whole kroner, within the year's frame."),
    ),
)


def targets(row: Row) -> Iterator[Target]:
    """The year's plan with the row's area in it, then the initiative."""
    values: dict[str, Any] = dict(row.values)
    item = own("central-initiative", values.pop("external_id"))
    if "goals" in values:
        values["goals"] = tuple(dict.fromkeys(identity.resolve("goal", goal) for goal in values["goals"]))
    yield _plan(row)
    yield Target(
        row,
        INITIATIVE,
        item.stream,
        lambda initiative: _commands(initiative, item.external_id, values),
        item.external_id,
        by_id=item.by_id,
    )


def _commands(initiative: Initiative, external_id: str | None, values: Mapping[str, Any]) -> list[Command]:
    if initiative.status == "nothing":
        return [Plan(external_id=external_id, **values)]
    period = {name: values[name] for name in ("start", "end") if name in values}
    described = {name: value for name, value in values.items() if name not in (*period, "goals", "budget")}
    commands: list[Command] = [Revise(described), Reschedule(period)]
    if "goals" in values:
        commands.append(LinkGoals(values["goals"]))
    if "budget" in values:
        commands.append(ChangeBudget(values["budget"]))
    return commands


def frames_hold(rows: Sequence[Row], plans: Plans) -> Iterator[Fault]:
    """For each year whose frame the file goes beyond, its last rows: as many as the frame has no room for."""
    of_year: dict[int, list[Row]] = {}
    for row in rows:
        of_year.setdefault(_year(row), []).append(row)
    for plan_year, found in of_year.items():
        too_much = beyond(plans.of_year.get(plan_year, ActionPlan()), plans.allocated.get(plan_year, 0))
        costly = [row for row in found if row.values.get("budget")] or found  # without the column, one has moved here
        while too_much > 0 and costly:
            row = costly.pop()
            too_much -= int(str(row.values.get("budget") or too_much))
            yield row.fault("budget", "frame-exceeded")


INITIATIVES = Importer(
    COLUMNS, ["external_id"], targets, facts=lambda: all_plans(as_a_whole=True), together=frames_hold
)


def _year(row: Row) -> int:
    return int(str(row.values["plan_year"]))
