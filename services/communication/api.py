"""Communication activities over HTTP: one function per command or query. `<activity>` is an id or an external id."""

from typing import Any
from uuid import UUID

from flask import Response

from services.communication.domain import Plan, Publish, ReceiveFeedback, Reschedule, Revise, Withdraw
from services.communication.imports import ACTIVITIES
from services.communication.schemas import (
    ActivitySchema,
    FilterSchema,
    PlanSchema,
    PublishSchema,
    ReceiveFeedbackSchema,
    RescheduleSchema,
    ReviseSchema,
    WithdrawSchema,
)
from services.communication.tables import ACTIVITY, LIST, ONE
from shared import identity, reading, service
from shared.http import Blueprint, DoneSchema, handle
from shared.importing.execute import DESCRIPTION, import_file
from shared.reading import HistorySchema, listed

blueprint = Blueprint(
    "activities",
    __name__,
    description="Communication activities (kommunikasjonstiltak): who is told what, when, through which channel",
    addressed_by={"activity": "id or external id of a communication activity"},
)


@blueprint.post("/activities")
@blueprint.arguments(PlanSchema)
@blueprint.response(201, DoneSchema)
def plan(command: Plan) -> Response:
    return handle(ACTIVITY, identity.of("communication-activity", command.external_id), command, creates=True)


@blueprint.post("/activities/<activity>/revise")
@blueprint.arguments(ReviseSchema)
@blueprint.response(200, DoneSchema)
def revise(command: Revise, activity: str) -> Response:
    return handle(ACTIVITY, _id(activity), command)


@blueprint.post("/activities/<activity>/reschedule")
@blueprint.arguments(RescheduleSchema)
@blueprint.response(200, DoneSchema)
def reschedule(command: Reschedule, activity: str) -> Response:
    return handle(ACTIVITY, _id(activity), command)


@blueprint.post("/activities/<activity>/publish")
@blueprint.arguments(PublishSchema)
@blueprint.response(200, DoneSchema)
def publish(command: Publish, activity: str) -> Response:
    return handle(ACTIVITY, _id(activity), command)


@blueprint.post("/activities/<activity>/withdraw")
@blueprint.arguments(WithdrawSchema)
@blueprint.response(200, DoneSchema)
def withdraw(command: Withdraw, activity: str) -> Response:
    return handle(ACTIVITY, _id(activity), command)


@blueprint.post("/activities/<activity>/receive-feedback")
@blueprint.arguments(ReceiveFeedbackSchema)
@blueprint.response(200, DoneSchema)
def receive_feedback(command: ReceiveFeedback, activity: str) -> Response:
    return handle(ACTIVITY, _id(activity), command)


@blueprint.post("/activities/import")
@blueprint.doc(**DESCRIPTION)
def import_activities() -> Response:
    return import_file(ACTIVITIES)


@blueprint.get("/activities")
@blueprint.arguments(FilterSchema, location="query")
@blueprint.response(200, listed(ActivitySchema))
def activities(filters: dict[str, Any]) -> Response:
    return reading.page(service.current().database, LIST, filters)


@blueprint.get("/activities/<activity>")
@blueprint.response(200, ActivitySchema)
def activity(activity: str) -> Response:
    return reading.one(service.current().database, ONE, {"id": _id(activity)})


@blueprint.get("/activities/<activity>/history")
@blueprint.response(200, HistorySchema)
def history(activity: str) -> Response:
    return reading.history(service.current().store, ACTIVITY, _id(activity))


def _id(activity: str) -> UUID:
    return identity.resolve("communication-activity", activity)
