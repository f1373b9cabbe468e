"""What HTTP may say to the communication service. Mandatory: a title, nothing else."""

from typing import Any, get_args

from marshmallow import ValidationError, fields, post_load, validates_schema

from services.communication.domain import Audience, Plan, Publish, Reschedule, Revise, Status, in_order
from shared.fields import TITLE, Choice, Day, ReasonSchema, Reference, Schema, Several, Text
from shared.http import today

AUDIENCES = get_args(Audience)
STATUSES = get_args(Status)


class PeriodSchema(ReasonSchema):
    start = Day(allow_none=True, metadata={"description": "first day"})
    end = Day(allow_none=True, metadata={"description": "last day, inclusive"})

    @validates_schema(skip_on_field_errors=False)
    def days_in_order(self, data: dict[str, Any], **_: Any) -> None:
        if not in_order(data.get("start"), data.get("end")):
            raise ValidationError("end-before-start", "end")


class PlanSchema(PeriodSchema):
    external_id = Text(allow_none=True, metadata={"description": "its name in its owner's own lists, set once"})
    title = Text(TITLE, required=True)
    audiences = Several(Choice(AUDIENCES))
    channel = Text(allow_none=True)
    goals = Several(Reference("goal"))
    central_initiatives = Several(Reference("central-initiative"))
    local_initiatives = Several(
        Reference("local-initiative", metadata={"description": "id, or <sector code>:<external id>"})
    )

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Plan:
        return Plan(**data)


class ReviseSchema(ReasonSchema):
    """What is not named stays as it is; null empties a field."""

    title = Text(TITLE)
    audiences = Several(Choice(AUDIENCES))
    channel = Text(allow_none=True)
    goals = Several(Reference("goal"))
    central_initiatives = Several(Reference("central-initiative"))
    local_initiatives = Several(
        Reference("local-initiative", metadata={"description": "id, or <sector code>:<external id>"})
    )

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Revise:
        reason = data.pop("reason", None)
        return Revise(data, reason)


class RescheduleSchema(PeriodSchema):
    """A day that is not named stays as it is; null says that it is not known any more."""

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Reschedule:
        reason = data.pop("reason", None)
        return Reschedule(data, reason)


class PublishSchema(ReasonSchema):
    on = Day(load_default=today, metadata={"description": "the day on which it was told; today unless said"})

    @post_load
    def command(self, data: dict[str, Any], **_: Any) -> Publish:
        return Publish(**data)


class FilterSchema(Schema):
    """What a list of activities may be narrowed to."""

    status = Choice(STATUSES, load_default=None)
    audience = Choice(AUDIENCES, load_default=None)


class ActivitySchema(Schema):
    """A communication activity as it stands."""

    id = fields.UUID()
    external_id = Text(allow_none=True)
    title = Text(TITLE)
    audiences = Several(Choice(AUDIENCES))
    channel = Text(allow_none=True)
    start = Day(allow_none=True)
    end = Day(allow_none=True)
    goals = Several(fields.UUID())
    central_initiatives = Several(fields.UUID())
    local_initiatives = Several(fields.UUID())
    status = Choice(STATUSES)
    published_on = Day(allow_none=True)
    version = fields.Integer()
    changed_at = fields.DateTime()
