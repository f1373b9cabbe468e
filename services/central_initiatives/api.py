"""Plans and central initiatives over HTTP: one function per command or query.

A plan is addressed by its year; `<initiative>` is an id or an external id.
"""

from typing import Any
from uuid import UUID

from flask import Response

from services.central_initiatives.domain.initiative import Cancel, Complete, Plan, Reschedule, Revise, Start
from services.central_initiatives.domain.plan import AddArea, Draft
from services.central_initiatives.imports import INITIATIVES as IMPORTER
from services.central_initiatives.schemas import (
    AddAreaSchema,
    CancelSchema,
    CompleteSchema,
    DraftSchema,
    FilterSchema,
    InitiativeSchema,
    PlanInitiativeSchema,
    PlanSchema,
    RescheduleSchema,
    ReviseSchema,
    StartSchema,
)
from services.central_initiatives.tables import (
    INITIATIVE,
    INITIATIVES,
    ONE_INITIATIVE,
    ONE_PLAN,
    PLAN,
    PLANS,
    plan_of_year,
)
from shared import identity, reading, service
from shared.http import Blueprint, DoneSchema, handle
from shared.importing.execute import DESCRIPTION, import_file
from shared.reading import HistorySchema, SearchSchema, listed

blueprint = Blueprint(
    "central_initiatives",
    __name__,
    description="Central initiatives (sentrale tiltak) and the action plan (handlingsplan) of each year",
    addressed_by={"year": "the plan's year", "initiative": "id or external id of a central initiative"},
)


# Action plans


@blueprint.post("/plans")
@blueprint.arguments(DraftSchema)
@blueprint.response(201, DoneSchema)
def draft(command: Draft) -> Response:
    return handle(PLAN, _plan(command.year), command, creates=True, name=str(command.year))


@blueprint.post("/plans/<int:year>/areas")
@blueprint.arguments(AddAreaSchema)
@blueprint.response(200, DoneSchema)
def add_area(command: AddArea, year: int) -> Response:
    return handle(PLAN, _plan(year), command)


@blueprint.get("/plans")
@blueprint.arguments(SearchSchema, location="query")
@blueprint.response(200, listed(PlanSchema))
def plans(filters: dict[str, Any]) -> Response:
    return reading.page(service.current().database, PLANS, filters)


@blueprint.get("/plans/<int:year>")
@blueprint.response(200, PlanSchema)
def plan(year: int) -> Response:
    return reading.one(service.current().database, ONE_PLAN, {"id": _plan(year)})


@blueprint.get("/plans/<int:year>/history")
@blueprint.response(200, HistorySchema)
def plan_history(year: int) -> Response:
    return reading.history(service.current().store, PLAN, _plan(year))


# Central initiatives


@blueprint.post("/initiatives")
@blueprint.arguments(PlanInitiativeSchema)
@blueprint.response(201, DoneSchema)
def plan_initiative(command: Plan) -> Response:
    stream = identity.of("central-initiative", command.external_id)
    return handle(INITIATIVE, stream, command, creates=True, facts=plan_of_year(command.plan_year))


@blueprint.post("/initiatives/<initiative>/revise")
@blueprint.arguments(ReviseSchema)
@blueprint.response(200, DoneSchema)
def revise(command: Revise, initiative: str) -> Response:
    stream = _initiative(initiative)
    return handle(INITIATIVE, stream, command, facts=plan_of_year(command.changes.get("plan_year"), initiative=stream))


@blueprint.post("/initiatives/<initiative>/reschedule")
@blueprint.arguments(RescheduleSchema)
@blueprint.response(200, DoneSchema)
def reschedule(command: Reschedule, initiative: str) -> Response:
    return handle(INITIATIVE, _initiative(initiative), command)


@blueprint.post("/initiatives/<initiative>/start")
@blueprint.arguments(StartSchema)
@blueprint.response(200, DoneSchema)
def start(command: Start, initiative: str) -> Response:
    return handle(INITIATIVE, _initiative(initiative), command)


@blueprint.post("/initiatives/<initiative>/complete")
@blueprint.arguments(CompleteSchema)
@blueprint.response(200, DoneSchema)
def complete(command: Complete, initiative: str) -> Response:
    return handle(INITIATIVE, _initiative(initiative), command)


@blueprint.post("/initiatives/<initiative>/cancel")
@blueprint.arguments(CancelSchema)
@blueprint.response(200, DoneSchema)
def cancel(command: Cancel, initiative: str) -> Response:
    return handle(INITIATIVE, _initiative(initiative), command)


@blueprint.post("/initiatives/import")
@blueprint.doc(**DESCRIPTION)
def import_initiatives() -> Response:
    return import_file(IMPORTER)


@blueprint.get("/initiatives")
@blueprint.arguments(FilterSchema, location="query")
@blueprint.response(200, listed(InitiativeSchema))
def initiatives(filters: dict[str, Any]) -> Response:
    return reading.page(service.current().database, INITIATIVES, filters)


@blueprint.get("/initiatives/<initiative>")
@blueprint.response(200, InitiativeSchema)
def initiative(initiative: str) -> Response:
    return reading.one(service.current().database, ONE_INITIATIVE, {"id": _initiative(initiative)})


@blueprint.get("/initiatives/<initiative>/history")
@blueprint.response(200, HistorySchema)
def history(initiative: str) -> Response:
    return reading.history(service.current().store, INITIATIVE, _initiative(initiative))


def _plan(year: int) -> UUID:
    return identity.named("action-plan", str(year))


def _initiative(reference: str) -> UUID:
    return identity.resolve("central-initiative", reference)
