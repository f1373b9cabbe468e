"""What HTTP may say to the communication service. Mandatory: a title, nothing else."""

from typing import get_args

from marshmallow import fields

from services.communication.domain import Audience, Plan, Publish, Reschedule, Revise, Status
from shared.fields import TITLE, Choice, Day, Reference, Schema, Several, Text
from shared.reading import SearchSchema
from shared.schemas import ChangeSchema, HappenedSchema, PeriodSchema

AUDIENCES = get_args(Audience)
STATUSES = get_args(Status)


class PlanSchema(PeriodSchema):
    makes = Plan

    external_id = Text(allow_none=True, metadata={"description": "its name in its owner's own lists, set once"})
    title = Text(TITLE, required=True)
    audiences = Several(Choice(AUDIENCES))
    channel = Text(allow_none=True)
    goals = Several(Reference("goal"))
    central_initiatives = Several(Reference("central-initiative"))
    local_initiatives = Several(
        Reference("local-initiative", metadata={"description": "id, or <sector code>:<external id>"})
    )


class ReviseSchema(ChangeSchema):
    """What is not named stays as it is; null empties a field."""

    makes = Revise

    title = Text(TITLE)
    audiences = Several(Choice(AUDIENCES))
    channel = Text(allow_none=True)
    goals = Several(Reference("goal"))
    central_initiatives = Several(Reference("central-initiative"))
    local_initiatives = Several(
        Reference("local-initiative", metadata={"description": "id, or <sector code>:<external id>"})
    )


class RescheduleSchema(ChangeSchema, PeriodSchema):
    """A day that is not named stays as it is; null says that it is not known any more."""

    makes = Reschedule


class PublishSchema(HappenedSchema):
    makes = Publish


class FilterSchema(SearchSchema):
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
