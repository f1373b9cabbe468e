"""What HTTP may say to the central initiatives service. Mandatory: a title, and where in which plan it stands."""

from typing import get_args

from marshmallow import fields

from services.central_initiatives.domain.initiative import (
    Audience,
    Cancel,
    Complete,
    Plan,
    Reschedule,
    Revise,
    Start,
    Status,
)
from services.central_initiatives.domain.plan import AddArea, Draft
from shared.fields import PROSE, TITLE, Choice, Day, Reference, Schema, Several, Text, Year
from shared.reading import SearchSchema
from shared.schemas import ChangeSchema, CommandSchema, HappenedSchema, PeriodSchema

AUDIENCES = get_args(Audience)
STATUSES = get_args(Status)


# Action plans


class DraftSchema(CommandSchema):
    makes = Draft

    year = Year(required=True)
    title = Text(TITLE, allow_none=True)


class AddAreaSchema(CommandSchema):
    makes = AddArea

    name = Text(required=True)


class PlanSchema(Schema):
    """An action plan as it stands, its areas in the order in which they were added."""

    id = fields.UUID()
    year = Year()
    title = Text(TITLE, allow_none=True)
    areas = fields.List(Text())
    version = fields.Integer()
    changed_at = fields.DateTime()


# Central initiatives


class PlanInitiativeSchema(PeriodSchema):
    makes = Plan

    external_id = Text(allow_none=True, metadata={"description": "its name in its owner's own lists, set once"})
    plan_year = Year(required=True)
    area = Text(required=True, metadata={"description": "an area of that year's plan"})
    title = Text(TITLE, required=True)
    description = Text(PROSE, allow_none=True)
    goals = Several(Reference("goal"))
    audiences = Several(Choice(AUDIENCES))
    responsible = Text(allow_none=True, metadata={"description": "a role or a unit, never a person"})


class ReviseSchema(ChangeSchema):
    """What is not named stays as it is; null empties a field."""

    makes = Revise

    plan_year = Year()
    area = Text(metadata={"description": "an area of the year's plan"})
    title = Text(TITLE)
    description = Text(PROSE, allow_none=True)
    goals = Several(Reference("goal"))
    audiences = Several(Choice(AUDIENCES))
    responsible = Text(allow_none=True, metadata={"description": "a role or a unit, never a person"})


class RescheduleSchema(ChangeSchema, PeriodSchema):
    """What is not named stays as it is; null: the day is not known."""

    makes = Reschedule


class StartSchema(HappenedSchema):
    makes = Start


class CompleteSchema(HappenedSchema):
    makes = Complete

    effect = Text(PROSE, allow_none=True, metadata={"description": "one sentence on what came of it; never demanded"})


class CancelSchema(HappenedSchema):
    makes = Cancel


class FilterSchema(SearchSchema):
    """What a list of initiatives may be narrowed to."""

    status = Choice(STATUSES, load_default=None)
    area = Text(load_default=None)
    plan_year = Year(strict=False, load_default=None)
    goal = Reference("goal", load_default=None)


class InitiativeSchema(Schema):
    """A central initiative as it stands."""

    id = fields.UUID()
    external_id = Text(allow_none=True)
    plan_year = Year()
    area = Text()
    title = Text(TITLE)
    description = Text(PROSE, allow_none=True)
    goals = fields.List(fields.UUID())
    audiences = fields.List(Choice(AUDIENCES))
    responsible = Text(allow_none=True)
    start = Day(allow_none=True)
    end = Day(allow_none=True)
    status = Choice(STATUSES)
    started_on = Day(allow_none=True)
    completed_on = Day(allow_none=True)
    cancelled_on = Day(allow_none=True)
    effect = Text(PROSE, allow_none=True)
    version = fields.Integer()
    changed_at = fields.DateTime()
