"""What HTTP may say to the central initiatives service. Mandatory: a title, and where in which plan it stands."""

from collections.abc import Mapping
from typing import Any, get_args

from marshmallow import ValidationError, fields, post_load, validates_schema

from services.central_initiatives.domain.initiative import (
    Audience,
    Cancel,
    Complete,
    Period,
    Plan,
    Reschedule,
    Revise,
    Start,
    Status,
    in_order,
)
from services.central_initiatives.domain.plan import AddArea, Draft
from shared.fields import PROSE, TITLE, Choice, Day, ReasonSchema, Reference, Schema, Several, Text, Year
from shared.http import today

AUDIENCES = get_args(Audience)
STATUSES = get_args(Status)


# Action plans


class DraftSchema(ReasonSchema):
    year = Year(required=True)
    title = Text(TITLE, allow_none=True)

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Draft:
        return Draft(**data)


class AddAreaSchema(ReasonSchema):
    name = Text(required=True)

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> AddArea:
        return AddArea(**data)


class PlanSchema(Schema):
    """An action plan as it stands, its areas in the order in which they were added."""

    id = fields.UUID()
    year = Year()
    title = Text(TITLE, allow_none=True)
    areas = fields.List(Text())
    version = fields.Integer()
    changed_at = fields.DateTime()


# Central initiatives


class PeriodSchema(ReasonSchema):
    """Inclusive days, Europe/Oslo; either may be unknown."""

    start = Day(allow_none=True)
    end = Day(allow_none=True)

    @validates_schema(skip_on_field_errors=False)
    def days_in_order(self, data: Mapping[str, Any], **_: Any) -> None:
        if not in_order(Period(data.get("start"), data.get("end"))):
            raise ValidationError("end-before-start", "end")


class PlanInitiativeSchema(PeriodSchema):
    external_id = Text(allow_none=True, metadata={"description": "its name in its owner's own lists, set once"})
    plan_year = Year(required=True)
    area = Text(required=True, metadata={"description": "an area of that year's plan"})
    title = Text(TITLE, required=True)
    description = Text(PROSE, allow_none=True)
    goals = Several(Reference("goal"))
    audiences = Several(Choice(AUDIENCES))
    responsible = Text(allow_none=True, metadata={"description": "a role or a unit, never a person"})

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Plan:
        return Plan(**data)


class ReviseSchema(ReasonSchema):
    """What is not named stays as it is; null empties a field."""

    plan_year = Year()
    area = Text(metadata={"description": "an area of the year's plan"})
    title = Text(TITLE)
    description = Text(PROSE, allow_none=True)
    goals = Several(Reference("goal"))
    audiences = Several(Choice(AUDIENCES))
    responsible = Text(allow_none=True, metadata={"description": "a role or a unit, never a person"})

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Revise:
        reason = data.pop("reason", None)
        return Revise(data, reason)


class RescheduleSchema(PeriodSchema):
    """What is not named stays as it is; null: the day is not known."""

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Reschedule:
        reason = data.pop("reason", None)
        return Reschedule(data, reason)


class HappenedSchema(ReasonSchema):
    on = Day(load_default=today, metadata={"description": "the day on which it happened; today where it isn't given"})


class StartSchema(HappenedSchema):
    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Start:
        return Start(**data)


class CompleteSchema(HappenedSchema):
    effect = Text(PROSE, allow_none=True, metadata={"description": "one sentence on what came of it; never demanded"})

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Complete:
        return Complete(**data)


class CancelSchema(HappenedSchema):
    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Cancel:
        return Cancel(**data)


class FilterSchema(Schema):
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
