"""Goals over HTTP: one function per command or query. `<goal>` is an id or an external id."""

from typing import Any
from uuid import UUID

from flask import Response

from services.goals.domain import Adopt, ObserveEffect, Propose, Retire, Revise, require_another_parent
from services.goals.imports import GOALS, places
from services.goals.schemas import (
    AdoptSchema,
    FilterSchema,
    GoalSchema,
    ObserveEffectSchema,
    ProposeSchema,
    RetireSchema,
    ReviseSchema,
)
from services.goals.tables import GOAL, LIST, ONE
from shared import identity, reading, service
from shared.http import Blueprint, DoneSchema, handle
from shared.importing.execute import DESCRIPTION, import_file
from shared.reading import HistorySchema, listed

blueprint = Blueprint(
    "goals",
    __name__,
    description="Goals (mål): what is to be achieved, with an expected effect",
    addressed_by={"goal": "id or external id of a goal"},
)


@blueprint.post("/goals")
@blueprint.arguments(ProposeSchema)
@blueprint.response(201, DoneSchema)
def propose(command: Propose) -> Response:
    stream = identity.of("goal", command.external_id)
    require_another_parent(stream, command.parent)
    return handle(GOAL, stream, command, creates=True)


@blueprint.post("/goals/<goal>/revise")
@blueprint.arguments(ReviseSchema)
@blueprint.response(200, DoneSchema)
def revise(command: Revise, goal: str) -> Response:
    require_another_parent(_id(goal), command.changes.get("parent"))
    return handle(GOAL, _id(goal), command, facts=places())


@blueprint.post("/goals/<goal>/adopt")
@blueprint.arguments(AdoptSchema)
@blueprint.response(200, DoneSchema)
def adopt(command: Adopt, goal: str) -> Response:
    return handle(GOAL, _id(goal), command, facts=places())


@blueprint.post("/goals/<goal>/retire")
@blueprint.arguments(RetireSchema)
@blueprint.response(200, DoneSchema)
def retire(command: Retire, goal: str) -> Response:
    return handle(GOAL, _id(goal), command)


@blueprint.post("/goals/<goal>/observe-effect")
@blueprint.arguments(ObserveEffectSchema)
@blueprint.response(200, DoneSchema)
def observe_effect(command: ObserveEffect, goal: str) -> Response:
    return handle(GOAL, _id(goal), command)


@blueprint.post("/goals/import")
@blueprint.doc(**DESCRIPTION)
def import_goals() -> Response:
    return import_file(GOALS)


@blueprint.get("/goals")
@blueprint.arguments(FilterSchema, location="query")
@blueprint.response(200, listed(GoalSchema))
def goals(filters: dict[str, Any]) -> Response:
    return reading.page(service.current().database, LIST, filters)


@blueprint.get("/goals/<goal>")
@blueprint.response(200, GoalSchema)
def goal(goal: str) -> Response:
    return reading.one(service.current().database, ONE, {"id": _id(goal)})


@blueprint.get("/goals/<goal>/history")
@blueprint.response(200, HistorySchema)
def history(goal: str) -> Response:
    return reading.history(service.current().store, GOAL, _id(goal))


def _id(goal: str) -> UUID:
    return identity.resolve("goal", goal)
