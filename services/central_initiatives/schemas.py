"""What HTTP may say to the central initiatives service. Mandatory: a title, and where in which plan it stands."""

from typing import Any, get_args

from marshmallow import fields, validate

from services.central_initiatives.domain.initiative import (
    Audience,
    Cancel,
    ChangeBudget,
    Complete,
    LinkGoals,
    Plan,
    Progress,
    ReportStatus,
    Reschedule,
    Revise,
    Start,
    Status,
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
from services.central_initiatives.domain.plan import Status as PlanStatus
from shared.fields import COMMON, PROSE, TITLE, Choice, Day, Reference, Schema, Several, Text, Year
from shared.reading import SearchSchema
from shared.schemas import ChangeSchema, CommandSchema, HappenedSchema, PeriodSchema

AUDIENCES = get_args(Audience)
STATUSES = get_args(Status)
PROGRESS = get_args(Progress)
PLAN_STATUSES = get_args(PlanStatus)

MOST_KRONER = 100_000_000_000
"""More than the city's whole budget of a year; sums of it still fit a 64-bit number."""


class Kroner(fields.Integer):
    """An amount of money in whole kroner (NOK)."""

    default_error_messages = {**COMMON, "invalid": "not-an-amount"}  # noqa: RUF012 - marshmallow's way

    def __init__(self, **options: Any) -> None:
        within = validate.Range(0, MOST_KRONER, error=f"out-of-range?minimum=0&maximum={MOST_KRONER}")
        super().__init__(strict=True, validate=within, **options)


# Action plans


class DraftSchema(CommandSchema):
    makes = Draft

    year = Year(required=True)
    title = Text(TITLE, allow_none=True)


class AddAreaSchema(CommandSchema):
    makes = AddArea

    name = Text(required=True)


class RenameSchema(CommandSchema):
    makes = Rename

    title = Text(TITLE, required=True)


class FrameSchema(CommandSchema):
    makes = SetFrame

    amount = Kroner(required=True, metadata={"description": "whole kroner; not below what is already allocated"})


class DiscussionSchema(HappenedSchema):
    makes = RecordDiscussion

    organisations = Several(
        Text(), required=True, metadata={"description": "whom it was discussed with: names of organisations and bodies"}
    )


class AdoptSchema(HappenedSchema):
    makes = Adopt


class CloseSchema(HappenedSchema):
    makes = Close


class PlanFilterSchema(SearchSchema):
    """What a list of plans may be narrowed to."""

    status = Choice(PLAN_STATUSES, load_default=None)


class DiscussedSchema(Schema):
    organisations = fields.List(Text())
    on = Day()


class PlanSchema(Schema):
    """An action plan as it stands, its areas in the order in which they were added."""

    id = fields.UUID()
    year = Year()
    title = Text(TITLE, allow_none=True)
    areas = fields.List(Text())
    status = Choice(PLAN_STATUSES)
    frame = Kroner(allow_none=True, metadata={"description": "whole kroner; null: none was set, nothing is limited"})
    allocated = Kroner(metadata={"description": "the budgets of the year's initiatives that are not cancelled"})
    discussions = fields.List(fields.Nested(DiscussedSchema))
    adopted_on = Day(allow_none=True)
    adopted_at = fields.DateTime(allow_none=True, metadata={"description": "when the adoption was recorded"})
    closed_on = Day(allow_none=True)
    version = fields.Integer()
    changed_at = fields.DateTime()


class ReportQuerySchema(Schema):
    now = fields.Boolean(
        load_default=False,
        error_messages={"invalid": "wrong-type?detail=true, false"},
        metadata={"description": "the plan as it stands now, also where it is adopted"},
    )


class ReportedInitiativeSchema(Schema):
    """An initiative in the report of its plan."""

    id = fields.UUID()
    external_id = Text(allow_none=True)
    area = Text()
    title = Text(TITLE)
    start = Day(allow_none=True)
    end = Day(allow_none=True)
    goals = fields.List(fields.UUID())
    budget = Kroner(allow_none=True)
    responsible = Text(allow_none=True)
    status = Choice(STATUSES)
    version = fields.Integer()


class ReportSchema(Schema):
    """The report of a plan. `frozen`: as it was when the plan was adopted, byte for byte; else as it stands."""

    year = Year()
    title = Text(TITLE, allow_none=True)
    status = Choice(PLAN_STATUSES)
    version = fields.Integer(metadata={"description": "the plan's version that the report shows"})
    frozen = fields.Boolean()
    adopted_on = Day(allow_none=True)
    adopted_at = fields.DateTime(allow_none=True)
    closed_on = Day(allow_none=True)
    frame = Kroner(allow_none=True)
    allocated = Kroner()
    areas = fields.List(Text())
    discussions = fields.List(fields.Nested(DiscussedSchema))
    initiatives = fields.List(fields.Nested(ReportedInitiativeSchema))


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
    budget = Kroner(allow_none=True, metadata={"description": "whole kroner, within the frame of the year's plan"})


class ReviseSchema(ChangeSchema):
    """What is not named stays as it is; null empties a field."""

    makes = Revise

    plan_year = Year()
    area = Text(metadata={"description": "an area of the year's plan"})
    title = Text(TITLE)
    description = Text(PROSE, allow_none=True)
    audiences = Several(Choice(AUDIENCES))
    responsible = Text(allow_none=True, metadata={"description": "a role or a unit, never a person"})


class RescheduleSchema(ChangeSchema, PeriodSchema):
    """What is not named stays as it is; null: the day is not known."""

    makes = Reschedule


class LinkGoalsSchema(CommandSchema):
    makes = LinkGoals

    goals = Several(Reference("goal"), required=True, metadata={"description": "all of them, as they are to be"})


class ChangeBudgetSchema(CommandSchema):
    makes = ChangeBudget

    budget = Kroner(required=True, allow_none=True, metadata={"description": "whole kroner; null: none is set aside"})


class StartSchema(HappenedSchema):
    makes = Start


class CompleteSchema(HappenedSchema):
    makes = Complete

    effect = Text(PROSE, allow_none=True, metadata={"description": "one sentence on what came of it; never demanded"})


class CancelSchema(HappenedSchema):
    makes = Cancel


class ReportStatusSchema(CommandSchema):
    makes = ReportStatus

    status = Choice(PROGRESS, required=True)
    sentence = Text(PROSE, allow_none=True, metadata={"description": "one sentence; never demanded"})


class FilterSchema(SearchSchema):
    """What a list of initiatives may be narrowed to."""

    status = Choice(STATUSES, load_default=None)
    area = Text(load_default=None)
    plan_year = Year(strict=False, load_default=None)
    goal = Reference("goal", load_default=None)
    audience = Choice(AUDIENCES, load_default=None)
    reported_status = Choice(PROGRESS, load_default=None)


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
    budget = Kroner(allow_none=True)
    status = Choice(STATUSES)
    reported_status = Choice(PROGRESS, allow_none=True)
    reported_sentence = Text(PROSE, allow_none=True)
    reported_at = fields.DateTime(allow_none=True)
    started_on = Day(allow_none=True)
    completed_on = Day(allow_none=True)
    cancelled_on = Day(allow_none=True)
    effect = Text(PROSE, allow_none=True)
    version = fields.Integer()
    changed_at = fields.DateTime()
