"""Plans and central initiatives over HTTP: one function per command or query.

A plan is addressed by its year; `<initiative>` is an id or an external id.
"""

import base64
import hashlib
from typing import Any
from uuid import UUID

import msgspec
from flask import Response, request

from services.central_initiatives.domain.initiative import (
    Cancel,
    ChangeBudget,
    Complete,
    LinkGoals,
    Plan,
    ReportStatus,
    Reschedule,
    Revise,
    Start,
)
from services.central_initiatives.domain.plan import (
    AddArea,
    Adopt,
    Close,
    Draft,
    RecordDiscussion,
    Rename,
    SetFrame,
)
from services.central_initiatives.imports import INITIATIVES as IMPORTER
from services.central_initiatives.imports import PLANS as PLAN_IMPORTER
from services.central_initiatives.reports import report
from services.central_initiatives.schemas import (
    AddAreaSchema,
    AdoptSchema,
    CancelSchema,
    ChangeBudgetSchema,
    CloseSchema,
    CompleteSchema,
    DiscussionSchema,
    DraftSchema,
    FilterSchema,
    FrameSchema,
    InitiativeSchema,
    LinkGoalsSchema,
    PlanFilterSchema,
    PlanInitiativeSchema,
    PlanSchema,
    RenameSchema,
    ReportQuerySchema,
    ReportSchema,
    ReportStatusSchema,
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
    plans_of,
)
from shared import identity, reading, service
from shared.commands import NotFound
from shared.http import Blueprint, DoneSchema, handle
from shared.importing.execute import DESCRIPTION, import_file
from shared.limits import YEARS
from shared.reading import HistorySchema, listed

blueprint = Blueprint(
    "central_initiatives",
    __name__,
    description="Central initiatives (sentrale tiltak) and the action plan (handlingsplan) of each year",
    addressed_by={"year": "the plan's year", "initiative": "id or external id of a central initiative"},
)


# Action plans

REPORT_HEADERS = {
    "ETag": {"description": "the SHA-256 of the report, in hexadecimal", "schema": {"type": "string"}},
    "Repr-Digest": {"description": "the same (RFC 9530)", "schema": {"type": "string"}},
    "Adoption": {
        "description": "of a frozen report, as a dictionary (RFC 9651): `on`, the day; `recorded`, when it was "
        "recorded; and the position of its event: `stream`, `version` in it, `event` (its id)",
        "schema": {"type": "string"},
    },
}


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


@blueprint.post("/plans/<int:year>/rename")
@blueprint.arguments(RenameSchema)
@blueprint.response(200, DoneSchema)
def rename(command: Rename, year: int) -> Response:
    return handle(PLAN, _plan(year), command)


@blueprint.post("/plans/<int:year>/frame")
@blueprint.arguments(FrameSchema)
@blueprint.response(200, DoneSchema)
def set_frame(command: SetFrame, year: int) -> Response:
    return handle(PLAN, _plan(year), command, facts=plans_of(year))


@blueprint.post("/plans/<int:year>/discussions")
@blueprint.arguments(DiscussionSchema)
@blueprint.response(200, DoneSchema)
def record_discussion(command: RecordDiscussion, year: int) -> Response:
    return handle(PLAN, _plan(year), command)


@blueprint.post("/plans/<int:year>/adopt")
@blueprint.arguments(AdoptSchema)
@blueprint.response(200, DoneSchema)
def adopt(command: Adopt, year: int) -> Response:
    return handle(PLAN, _plan(year), command, facts=plans_of(year))


@blueprint.post("/plans/<int:year>/close")
@blueprint.arguments(CloseSchema)
@blueprint.response(200, DoneSchema)
def close(command: Close, year: int) -> Response:
    return handle(PLAN, _plan(year), command, facts=plans_of(year))


@blueprint.post("/plans/import")
@blueprint.doc(**DESCRIPTION)
def import_plans() -> Response:
    return import_file(PLAN_IMPORTER)


@blueprint.get("/plans")
@blueprint.arguments(PlanFilterSchema, location="query")
@blueprint.response(200, listed(PlanSchema))
def plans(filters: dict[str, Any]) -> Response:
    return reading.page(service.current().database, PLANS, filters)


@blueprint.get("/plans/<int:year>")
@blueprint.response(200, PlanSchema)
def plan(year: int) -> Response:
    return reading.one(service.current().database, ONE_PLAN, {"id": _plan(year)})


@blueprint.get("/plans/<int:year>/report")
@blueprint.arguments(ReportQuerySchema, location="query")
@blueprint.response(200, ReportSchema, headers=REPORT_HEADERS)
def plan_report(asked: dict[str, Any], year: int) -> Response:
    """As it was when the plan was adopted, byte for byte; before that, as it stands."""
    return _report(year, now=asked["now"])


@blueprint.get("/plans/<int:year>/report.json")
@blueprint.arguments(ReportQuerySchema, location="query")
@blueprint.response(200, ReportSchema, headers=REPORT_HEADERS)
def plan_report_file(asked: dict[str, Any], year: int) -> Response:
    """The same bytes as a file, for a browser too."""
    response = _report(year, now=asked["now"])
    name = f"report-{year}-now.json" if asked["now"] else f"report-{year}.json"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _report(year: int, *, now: bool) -> Response:
    found = report(service.current().database, _plan(year), now=now)
    content = found.text.encode()
    digest = hashlib.sha256(content)
    response = Response(content, mimetype="application/json")
    response.set_etag(digest.hexdigest())
    response.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
    if found.adoption:
        told = msgspec.json.decode(content)
        response.headers["Adoption"] = (
            f'on="{told["adopted_on"]}", recorded="{told["adopted_at"]}", stream="{found.adoption.stream}", '
            f'version={found.adoption.version}, event="{found.adoption.event}"'
        )
    response.make_conditional(request)
    return response


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
    return handle(INITIATIVE, stream, command, creates=True, facts=plans_of(command.plan_year))


@blueprint.post("/initiatives/<initiative>/revise")
@blueprint.arguments(ReviseSchema)
@blueprint.response(200, DoneSchema)
def revise(command: Revise, initiative: str) -> Response:
    stream = _initiative(initiative)
    years = [command.changes["plan_year"]] if "plan_year" in command.changes else []
    return handle(INITIATIVE, stream, command, facts=plans_of(*years, initiative=stream))


@blueprint.post("/initiatives/<initiative>/reschedule")
@blueprint.arguments(RescheduleSchema)
@blueprint.response(200, DoneSchema)
def reschedule(command: Reschedule, initiative: str) -> Response:
    return handle(INITIATIVE, _initiative(initiative), command)


@blueprint.post("/initiatives/<initiative>/link-goals")
@blueprint.arguments(LinkGoalsSchema)
@blueprint.response(200, DoneSchema)
def link_goals(command: LinkGoals, initiative: str) -> Response:
    return handle(INITIATIVE, _initiative(initiative), command)


@blueprint.post("/initiatives/<initiative>/change-budget")
@blueprint.arguments(ChangeBudgetSchema)
@blueprint.response(200, DoneSchema)
def change_budget(command: ChangeBudget, initiative: str) -> Response:
    stream = _initiative(initiative)
    return handle(INITIATIVE, stream, command, facts=plans_of(initiative=stream))


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


@blueprint.post("/initiatives/<initiative>/report-status")
@blueprint.arguments(ReportStatusSchema)
@blueprint.response(200, DoneSchema)
def report_status(command: ReportStatus, initiative: str) -> Response:
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
    """Raises NotFound for a year that no plan can have; PostgreSQL would not even ask for one of eleven figures."""
    if year not in YEARS:
        raise NotFound
    return identity.named("action-plan", str(year))


def _initiative(reference: str) -> UUID:
    return identity.resolve("central-initiative", reference)
